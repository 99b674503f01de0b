"""Which of our findings another tool was told to accept, and which of its entries match none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from onex_tools.accepted.entry import Commit, Entry, digest
from onex_tools.model import Finding

_AROUND = re.compile(rb"[\s\"'`]")
_REACH = 1000
_HEADER = re.compile(
    rb"BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?|PuTTY-User-Key-File-\d"
)
_MARK = re.compile(rb"[A-Za-z]{2,10}(?=[_-])")


_ALIKE = "it says no more than how several secrets there begin"
_NO_SUCH = "onex finds no such secret there"


class Matched(NamedTuple):
    """What came of the entries.

    Attributes:
        findings: the places, in what was given, of the findings that are accepted.
        real: those of them that somebody found to be secrets indeed.
        left: each entry that matched nothing, and why.
    """

    findings: set[int]
    real: set[int]
    left: list[tuple[Entry, str]]


class Sources(NamedTuple):
    """Where the bytes of files come from: as they are, and as they were in a commit."""

    now: Callable[[str], bytes | None]
    then: Callable[[Commit], bytes | None]


def match(entries: Iterable[Entry], findings: Sequence[Finding], sources: Sources) -> Matched:
    """Find the ``findings`` that ``entries`` speak of; each file is read once, then forgotten."""
    found = _by_path(entries)
    places: dict[str, list[int]] = {}
    for number, finding in enumerate(findings):
        places.setdefault(finding.path, []).append(number)
    matched = Matched(set(), set(), [])
    for path, mine in sorted(found.items()):
        data = sources.now(path)
        if data is None:
            matched.left.extend((entry, "there is no such file to check") for entry in mine)
            continue
        at = {number: findings[number] for number in places.get(path, ())}
        _File(data, at, sources).judge(mine, matched)
    return matched


def _by_path(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.path, []).append(entry)
    return found


class _File:
    """One file: its bytes, and what was found in it."""

    def __init__(self, data: bytes, findings: Mapping[int, Finding], sources: Sources) -> None:
        self._data, self._findings, self._sources = data, findings, sources
        self._said: dict[str, set[int]] = {}
        self._hinted: dict[str, set[int]] = {}
        for number, finding in findings.items():
            span = (finding.location.start, finding.location.end)
            for text in _readings(data, *span):
                self._said.setdefault(digest(text), set()).add(number)
            for text in _marks(data, *span):
                self._hinted.setdefault(digest(text), set()).add(number)

    def judge(self, entries: Sequence[Entry], matched: Matched) -> None:
        """Add to ``matched`` what becomes of the ``entries``, which are on this file."""
        for entry in entries:
            found, why = self._by_digest(entry) if entry.digest else self._by_line(entry, entries)
            matched.findings.update(found)
            if entry.real:
                matched.real.update(found)
            if not found:
                matched.left.append((entry, why))

    def _by_digest(self, entry: Entry) -> tuple[set[int], str]:
        found = self._said.get(entry.digest)
        if found:
            return found, ""
        # A digest of what many secrets begin with says which one only by its place.
        alike = self._hinted.get(entry.digest, set())
        here = {number for number in alike if self._is_on(number, entry.first, entry.last)}
        found = here or (alike if len(alike) == 1 else set())
        return found, _ALIKE if alike else _NO_SUCH

    def _by_line(self, entry: Entry, entries: Sequence[Entry]) -> tuple[set[int], str]:
        first, last, why = self._lines(entry)
        if why:
            return set(), why
        found = {number for number in self._findings if self._is_on(number, first, last)}
        spans = {self._findings[number].location[1:3] for number in found}
        named = {
            one.what for one in entries if (one.first, one.commit) == (entry.first, entry.commit)
        }
        if len(spans) > len(named):
            return set(), f"onex finds {len(spans)} secrets on that line, and {len(named)} accepted"
        return found, "onex finds no secret on that line"

    def _is_on(self, number: int, first: int, last: int) -> bool:
        at = self._findings[number].location
        return at.line <= last and first <= at.end_line

    def _lines(self, entry: Entry) -> tuple[int, int, str]:
        """The lines of ``entry`` in the file as it is: a commit's lines may stand elsewhere now."""
        if entry.commit is None:
            return entry.first, entry.last, ""
        then = self._sources.then(entry.commit)
        if then is None:
            return 0, 0, f"commit {entry.commit.id[:12]} is not in this clone"
        wanted = _line(then, entry.first)
        now = [
            number
            for number, line in enumerate(self._data.splitlines(), 1)
            if line.strip() == wanted
        ]
        if not wanted or not now:
            return 0, 0, "the line that held it is gone"
        if len(now) > 1:
            return 0, 0, "the line that held it is there several times"
        return now[0], now[0] + entry.last - entry.first, ""


def _line(data: bytes, number: int) -> bytes:
    """The line ``number`` of ``data`` without the space around it."""
    lines = data.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else b""


def _readings(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """What another tool may have taken for the secret that we found at ``data[start:end]``.

    Never less than the whole of it, but for quotes: with the sign before or after it, or with what
    is written in one word with it.
    """
    yield data[start:end].strip(b"\"'` \t\r\n")
    begin = start - _word(data[max(start - _REACH, 0) : start][::-1])
    stop = end + _word(data[end : end + _REACH])
    for left in {start, max(start - 1, 0), begin, max(begin - 1, 0)}:
        for right in {end, end + 1, stop, stop + 1}:
            yield data[left:right]


def _word(data: bytes) -> int:
    """How many bytes there are before a quote or white space."""
    end = _AROUND.search(data)
    return end.start() if end else len(data)


def _marks(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """What many secrets have at their head: detect-secrets keeps no more of some."""
    for found in (
        _HEADER.search(data, start, min(end, start + 100)),
        _MARK.match(data, start, end),
    ):
        if found:
            yield found[0]
