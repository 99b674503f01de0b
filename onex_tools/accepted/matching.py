"""Which of our findings another tool was told to accept, and which of its entries match none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from onex_tools.accepted.entry import Commit, Entry, digest
from onex_tools.model import Finding

_AROUND = re.compile(rb"[\s\"'`]")
_REACH = 1000
_TALLEST = 1000
"""Lines of a secret that are looked at."""
_HEADER = re.compile(
    rb"BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?|PuTTY-User-Key-File-\d"
)
_PARTS = (
    re.compile(rb"eyJ[\w=-]{1,9000}\.[\w=-]{1,9000}\.?"),
    re.compile(rb"[rs]k_live_[0-9A-Za-z]{24}"),
    re.compile(rb"(?<=[\"'`])[^\"'`\r\n]+(?=[\"'`])"),
)
"""What detect-secrets keeps of a web token, of a Stripe key, and of a quoted text."""
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
    """Where files come from: their bytes as they are, their lines as they were in a commit."""

    now: Callable[[str], bytes | None]
    then: Callable[[Commit], Sequence[bytes] | None]


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
        self._findings, self._sources = findings, sources
        self._lines = [line.strip() for line in data.splitlines()]
        self._said: dict[str, set[int]] = {}
        self._hinted: dict[str, set[int]] = {}
        self._on: dict[int, set[int]] = {}
        for number, finding in findings.items():
            at = finding.location
            for text in _readings(data, at.start, at.end):
                self._said.setdefault(digest(text), set()).add(number)
            for text in _marks(data, at.start, at.end):
                self._hinted.setdefault(digest(text), set()).add(number)
            for line in range(at.line, at.end_line + 1):
                self._on.setdefault(line, set()).add(number)

    def judge(self, entries: Sequence[Entry], matched: Matched) -> None:
        """Add to ``matched`` what becomes of the ``entries``, which are on this file."""
        named: dict[tuple[int, Commit | None], set[str]] = {}
        for entry in entries:
            named.setdefault((entry.first, entry.commit), set()).add(entry.what)
        for entry in entries:
            if entry.digest:
                found, why = self._by_digest(entry)
            else:
                found, why = self._by_line(entry, len(named[entry.first, entry.commit]))
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
        found = alike & self._between(entry.first, entry.last)
        return found or (alike if len(alike) == 1 else set()), _ALIKE if alike else _NO_SUCH

    def _by_line(self, entry: Entry, accepted: int) -> tuple[set[int], str]:
        """The findings on the line of ``entry``, on which so many were ``accepted``."""
        first, why = self._line(entry)
        if why:
            return set(), why
        found = self._between(first, first + entry.last - entry.first)
        spans = {self._findings[number].location[1:3] for number in found}
        if len(spans) > accepted:
            return set(), f"onex finds {len(spans)} secrets on that line, and {accepted} accepted"
        return found, "onex finds no secret on that line"

    def _between(self, first: int, last: int) -> set[int]:
        """The findings on these lines."""
        lines = range(first, min(last, first + _TALLEST) + 1)
        if len(lines) < len(self._findings):
            return set[int]().union(*(self._on.get(line, ()) for line in lines))
        places = ((number, finding.location) for number, finding in self._findings.items())
        return {number for number, at in places if at.line <= last and first <= at.end_line}

    def _line(self, entry: Entry) -> tuple[int, str]:
        """The line of ``entry`` in the file as it is: a commit's lines may stand elsewhere now."""
        if entry.commit is None:
            return entry.first, ""
        then = self._sources.then(entry.commit)
        if then is None:
            return 0, f"commit {entry.commit.id[:12]} is not in this clone"
        wanted = then[entry.first - 1].strip() if 0 < entry.first <= len(then) else b""
        now = self._places.get(wanted, []) if wanted else []
        if len(now) == 1:
            return now[0], ""
        return 0, f"the line that held it is {'there several times' if now else 'gone'}"

    @cached_property
    def _places(self) -> Mapping[bytes, Sequence[int]]:
        """Where each line stands."""
        places: dict[bytes, list[int]] = {}
        for number, line in enumerate(self._lines, 1):
            places.setdefault(line, []).append(number)
        return places


def _readings(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """What another tool may have taken for the secret that we found at ``data[start:end]``.

    The whole of it, with the sign before or after it, with what is written in one word with it, or
    the greater part that detect-secrets keeps.
    """
    yield data[start:end].strip(b"\"'` \t\r\n")
    for pattern in _PARTS:
        for part in (pattern.match(data, start, end), pattern.match(data, start + 1, end)):
            if part:
                yield part[0]
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
