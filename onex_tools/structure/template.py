"""Lines that belong to a template engine: Helm and Go, Jinja, ERB."""

from __future__ import annotations

import re

_CLOSED_BY = {b"{{": b"}}", b"{%": b"%}", b"{#": b"#}", b"<%": b"%>"}
_REST = re.compile(rb"[ \t]*+(?:\#[^\n]*+)?(?:\n|\Z)")
_LINE = re.compile(rb"[^\n]*+\n?")
_SPACE = re.compile(rb"[ \t]*+")
_COMMENT = re.compile(rb"\{\{-?[ \t]*+/\*")
_LONGEST = 4000
"""Bytes of a tag that goes over lines: a longer one is taken for one that is not closed."""


class Templates:
    """The template tags of a text; asked for places in rising order."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._next = dict.fromkeys((*_CLOSED_BY.values(), b"*/"), 0)

    def line(self, at: int) -> int:
        """Where the next line begins if nothing but tags is on this one from ``at`` on; else 0."""
        data, start = self._data, at
        while data[at : at + 2] in _CLOSED_BY:
            end = self._end(at)
            if end < 0:
                return _end(_LINE, data, at) if at == start else 0
            at = _end(_SPACE, data, end)
        rest = _REST.match(data, at) if at > start else None
        if rest is not None:
            return rest.end()
        return _end(_LINE, data, at) if b"\n" in data[start:at] else 0

    def _end(self, at: int) -> int:
        """Where the tag at ``at`` ends, or -1."""
        if _COMMENT.match(self._data, at):
            end = self._find(b"*/", at)
            if end >= 0:
                return self._within(at, self._find(b"}}", end))
        return self._within(at, self._find(_CLOSED_BY[self._data[at : at + 2]], at + 2))

    def _within(self, at: int, end: int) -> int:
        return end if end - at < _LONGEST else -1

    def _find(self, mark: bytes, at: int) -> int:
        """Where the first ``mark`` from ``at`` on ends, or -1; looked for once, not again."""
        if 0 <= self._next[mark] < at + len(mark):
            found = self._data.find(mark, at)
            self._next[mark] = found + len(mark) if found >= 0 else -1
        return self._next[mark]


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    match = pattern.match(data, at)
    return at if match is None else match.end()
