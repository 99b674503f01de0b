"""What flake8 finds, as findings of ours."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from onex_tools.config.problem import nearest
from onex_tools.discover import Reader, Skip
from onex_tools.format.agreement import Said
from onex_tools.format.options import Flake8Options
from onex_tools.format.patterns import selected
from onex_tools.format.places import Places
from onex_tools.format.runner import LintError, Row, Runner, known_options, shortened
from onex_tools.model import Finding, Location, Severity

__all__ = ["LintError", "LintJob", "known_options", "lint", "unknown_options", "versions"]

CODE = "FMT010"
"""The rule that everything flake8 says is a finding of."""
FAILS = "flake8 fails on this file: "
"""How the finding begins that says nothing of the file: the next time it may be another."""
BROKEN = 8
"""So many files that make flake8 fail are named; with more, flake8 itself is what is broken."""

_SEVERE = ("E9", "F63", "F7", "F82")
_TELL_SECRETS = ("S105", "S106", "S107")
"""Codes of plugins whose message repeats, after a colon, the secret that it found."""
_SPACE = re.compile(rb"\s+")
_PARTS = ("flake8", "pycodestyle", "pyflakes", "mccabe")


class LintJob(NamedTuple):
    """Files that the same options of flake8 hold for; paths are relative to the root."""

    paths: Sequence[str]
    options: Flake8Options


def lint(root: str, jobs: Sequence[LintJob], processes: int = 0) -> Mapping[str, Sequence[Finding]]:
    """What flake8 finds in the files below ``root``, by path; a path without findings is absent.

    Files that flake8 would pass over by its options (``exclude``, ``filename``) are not judged.
    ``processes`` is how many may work side by side; 0: as many as there are processors. A file
    that flake8 breaks on is one finding, and the others are judged all the same.

    Raises:
        LintError: flake8 is not installed, cannot work with these options, or did not end.
    """
    root = os.path.abspath(root)
    rows: list[Row] = []
    broken: dict[str, str] = {}
    for job in jobs:
        paths = selected(root, job.paths, job.options)
        if paths:
            with Runner(root, job.options, processes or _processors()) as runner:
                for share in _shares(paths):
                    rows += _judged(runner, share, broken)
    return _findings(root, rows, broken)


def unknown_options(options: Flake8Options, known: Collection[str]) -> Iterator[Said]:
    """Each option that neither flake8 nor a plugin has; ``known`` is what they have.

    flake8 passes over them in silence.
    """
    for name, _ in options.others:
        written = name.replace("_", "-").lower()[:40]
        if written not in known:
            said = f"neither flake8 nor an installed plugin of it has the option `{written}`"
            help_ = nearest(written, known) or "install the plugin beside onex, or take it out"
            yield Said(options.path, options.line(name), said, help_)


def versions() -> tuple[str, ...]:
    """What flake8 consists of here: itself, its parts and its plugins, each with its version.

    Read from the names of installed distributions, since importing importlib.metadata costs more
    than a run that finds everything remembered.
    """
    found: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        infos = [name for name in names if name.endswith((".dist-info", ".egg-info"))]
        found.update(name for name in infos if _is_part(folder, name))
    return tuple(sorted(found))


def _is_part(folder: str, name: str) -> bool:
    if name.partition("-")[0].lower() in _PARTS:
        return True
    try:
        with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
            return b"[flake8." in file.read()
    except OSError:
        return False


def _judged(runner: Runner, paths: Sequence[str], broken: dict[str, str]) -> list[Row]:
    """What flake8 reports of ``paths``; files that it breaks on are added to ``broken``."""
    rows = runner.rows(paths)
    if rows is not None:
        return rows
    kind = runner.kind()
    if not broken and not runner.works():
        raise runner.failure()
    if len(paths) > 1:
        half = len(paths) // 2
        return _judged(runner, paths[:half], broken) + _judged(runner, paths[half:], broken)
    broken[paths[0]] = kind
    if len(broken) > BROKEN:
        raise LintError(
            f"flake8 fails on many files ({kind}), among them {next(iter(broken))}",
            "look for a plugin of it that is broken",
        )
    return []


def _shares(paths: Sequence[str]) -> Iterator[list[str]]:
    """``paths`` in as few shares as the system's limit for arguments allows."""
    limit = min(os.sysconf("SC_ARG_MAX") // 4, 1 << 19)  # the environment needs room too
    share: list[str] = []
    size = 0
    for path in paths:
        length = len(os.fsencode(path)) + 16  # with a pointer, a NUL, and what comes before
        if share and size + length > limit:
            yield share
            share, size = [], 0
        share.append(path)
        size += length
    if share:
        yield share


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _findings(
    root: str, rows: Iterable[Row], broken: Mapping[str, str]
) -> dict[str, list[Finding]]:
    read = Reader(root)
    by_path: dict[str, list[Row]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    found = {}
    for path, own in by_path.items():
        places, anchors = Places(path, _data(read, path)), dict[tuple[int, str], str]()
        found[path] = [_finding(row, places, anchors) for row in own]
    for path, kind in broken.items():
        said = f"{FAILS}{kind}"
        found[path] = [Finding(CODE, Location(path), said, Severity.ERROR, anchor=kind)]
    return found


def _data(read: Reader, path: str) -> bytes:
    try:
        return read(path, 1 << 30)
    except Skip:
        return b""  # gone since flake8 read it: the finding stands, at the whole file


def _finding(row: Row, places: Places, anchors: dict[tuple[int, str], str]) -> Finding:
    # One line may have several faults, and a number in a message changes with the code. One that
    # has a hundred thousand is long, and looked at once.
    key = (row.line, row.code)
    anchor = anchors.get(key)
    if anchor is None:
        anchor = anchors[key] = _anchor(row.code, places.line(row.line))
    severity = Severity.ERROR if row.code.startswith(_SEVERE) else Severity.WARNING
    said = row.text.partition(":")[0] if row.code in _TELL_SECRETS else row.text
    message = f"{row.code} {shortened(said)}"
    return Finding(CODE, places.location(row), message, severity, anchor=anchor)


def _anchor(code: str, line: bytes) -> str:
    from blake3 import blake3

    digest: str = blake3(code.encode() + b"\0" + _SPACE.sub(b"", line)).hexdigest(length=8)
    return digest
