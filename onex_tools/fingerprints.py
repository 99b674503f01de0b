"""What tells one finding from another: its anchor, or of a secret a short digest under a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from onex_tools.model import Finding
from onex_tools.result import RuleInfo

DIGEST_BYTES = 2
"""Of the digest of a secret. All that whoever holds the key can learn of it are these 16 bits: a
list of guesses gets shorter, and rarely as short as one. In exchange one changed secret in 65,536
is taken for the old one."""


class Evidence(NamedTuple):
    """What is at hand to tell secrets apart.

    ``rules`` say by code what is sensitive; ``read`` gives the bytes that were judged, by path.
    """

    rules: Mapping[str, RuleInfo]
    read: Callable[[str], bytes | None]


def named(findings: Iterable[tuple[Finding, str]]) -> Iterator[str]:
    """What a fingerprint is made of, for each finding with its anchor: unlike for any two.

    Code, path, anchor, and which finding with the same three it is, counted from 1, with a NUL
    between them.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding, anchor in findings:
        what = (finding.code, finding.path, anchor)
        seen[what] += 1
        yield "\0".join((*what, str(seen[what])))


class Secrets:
    """Gives findings of sensitive rules an anchor that changes with their secret.

    It is computed from the file when it is needed: the finding has nothing of it, and so neither
    has the cache. ``key`` is the baseline's.
    """

    def __init__(self, key: bytes, evidence: Evidence) -> None:
        self._key, self._evidence = key, evidence
        self._path, self._data = "", b""

    def holds(self, finding: Finding) -> bool:
        """Whether what ``finding`` marks is secret; of an unknown rule it is."""
        info = self._evidence.rules.get(finding.code)
        return info is None or info.sensitive

    def anchor(self, finding: Finding) -> str:
        """What stays the same where ``finding`` moves, and changes where it is another one."""
        if not self.holds(finding):
            return finding.anchor
        from blake3 import blake3

        # With code and path, equal secrets of two files cannot be told by equal digests.
        where = f"{finding.code}\0{finding.path}\0".encode("utf-8", "surrogatepass")
        return blake3(where + self._text(finding), key=self._key).hexdigest(DIGEST_BYTES)

    def _text(self, finding: Finding) -> bytes:
        """The secret without the white space around its lines; the whole file where no span is."""
        at = finding.location
        if at.path != self._path:
            self._path, self._data = at.path, self._evidence.read(at.path) or b""
        text = self._data[at.start : at.end] if at.start < at.end else self._data
        return b"\n".join(line.strip() for line in text.splitlines())
