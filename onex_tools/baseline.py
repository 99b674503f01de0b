"""Findings that were there before: a sorted file of keyed fingerprints that survive moved lines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onex_tools.discover import Reader, Skip
from onex_tools.fingerprints import Evidence, Secrets, named
from onex_tools.model import Finding

VERSIONS = (1, 2)
"""In the first, a finding of a sensitive rule stays known when its secret changes."""
DEFAULT_PATH = "onex-baseline.txt"
LIMIT = 256 << 20
"""Bytes a baseline may have: some two million findings."""


class BaselineError(Exception):
    """The baseline cannot be read; the message says where and why."""


class Baseline(NamedTuple):
    """The known findings: how often each fingerprint may occur, with code and path to show."""

    path: str
    key: bytes
    entries: dict[str, tuple[str, str]]
    version: int = VERSIONS[-1]

    @property
    def tells_secrets(self) -> bool:
        """Whether a finding is another one when its secret is."""
        return self.version > 1

    def fingerprints(self, findings: Sequence[Finding], evidence: Evidence) -> list[str]:
        """The fingerprint of each finding: keyed BLAKE3 of code, path, anchor and occurrence.

        The anchor of a finding of a sensitive rule is a digest of its secret.
        """
        from blake3 import blake3

        secrets = Secrets(self.key, evidence) if self.tells_secrets else None
        anchors = (secrets.anchor(one) if secrets else one.anchor for one in findings)
        texts = named(zip(findings, anchors, strict=True))
        return [
            blake3(text.encode("utf-8", "surrogateescape"), key=self.key).hexdigest(16)
            for text in texts
        ]

    def text(self) -> str:
        """The file: header, key, then a line a finding, sorted by path, code and fingerprint."""
        rows = sorted((path, code, mark) for mark, (code, path) in self.entries.items())
        lines = [f"{mark} {code} {_quoted(path)}" for path, code, mark in rows]
        return "\n".join([_header(self.version), f"key {self.key.hex()}", *lines, ""])


def _header(version: int) -> str:
    return f"onex-baseline {version}"


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(path), safe="/ ._-+@,=()[]~")


def make_baseline(
    path: str, findings: Sequence[Finding], evidence: Evidence, key: bytes | None
) -> Baseline:
    """A baseline that knows exactly ``findings``; ``key`` keeps an earlier one's fingerprints."""
    baseline = Baseline(path, key or os.urandom(32), {})
    marks = baseline.fingerprints(findings, evidence)
    for finding, mark in zip(findings, marks, strict=True):
        baseline.entries[mark] = (finding.code, finding.path)
    return baseline


def prune(baseline: Baseline, gone: Iterable[str]) -> Baseline:
    """``baseline`` without the fingerprints that are ``gone``."""
    left = set(gone)
    kept = {mark: what for mark, what in baseline.entries.items() if mark not in left}
    return baseline._replace(entries=kept)


def read_baseline(root: str, path: str) -> Baseline:
    """The baseline at ``path`` below ``root``.

    Raises:
        BaselineError: it is missing, or a line of it is not what it should be.
    """
    try:
        lines = Reader(root)(path, LIMIT).decode().split("\n")
    except (Skip, UnicodeDecodeError) as error:
        reason = str(error) if isinstance(error, Skip) else "it is not UTF-8"
        raise BaselineError(f"{path}: the baseline cannot be read: {reason}") from None
    # What stands there is not shown: the path may be that of any file.
    version = next((number for number in VERSIONS if _header(number) == lines[0]), 0)
    if not version:
        raise BaselineError(
            f"{path}:1: expected `{_header(VERSIONS[-1])}`, as in every baseline; "
            "to start anew, remove the file and run `onex baseline create`"
        )
    try:
        key = bytes.fromhex(lines[1].removeprefix("key "))
    except (IndexError, ValueError):
        key = b""
    if len(key) != 32:
        raise BaselineError(f"{path}:2: expected `key` and 64 hexadecimal digits")
    from urllib.parse import unquote

    entries = {}
    for number, line in enumerate(lines[2:], 3):
        if not line:
            continue
        mark, _, rest = line.partition(" ")
        code, _, where = rest.partition(" ")
        if len(mark) != 32 or not where or set(mark) - set("0123456789abcdef"):
            raise BaselineError(
                f"{path}:{number}: expected a fingerprint, a code and a path "
                "(a merge conflict? keep both sides' lines)"
            )
        entries[mark] = (code, os.fsdecode(unquote(where, errors="surrogateescape")))
    return Baseline(path, key, entries, version)
