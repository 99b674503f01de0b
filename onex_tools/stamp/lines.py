"""Lines of a file as spans of bytes, and the marks that a line can be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.stamp.comments import STYLES, Style

NEEDLE = b"OmniNode:"
"""Every marker holds these bytes: a file without them has no stamp."""

_CONFLICT = re.compile(rb"(<{7}|={7}|>{7}|\|{7})(?:[ \t]|\Z)")
_SPACE = re.compile(rb"[ \t\r\n]*")


class Line(NamedTuple):
    """One line: its bytes without the line ending, where the next one starts, and its number."""

    start: int
    end: int
    after: int
    number: int

    @property
    def span(self) -> Span:
        """The bytes of the line, without its ending."""
        return Span(self.start, self.end)


class Marker(NamedTuple):
    """An opening or closing marker: its comment style and the kind of block it names."""

    style: Style
    kind: str
    closing: bool


def line_at(data: bytes, start: int, number: int) -> Line | None:
    """The line that begins at ``start``; None at the end of the file. LF and CRLF end a line."""
    if start >= len(data):
        return None
    newline = data.find(b"\n", start)
    if newline < 0:
        newline = after = len(data)
    else:
        after = newline + 1
    end = newline - 1 if newline > start and data[newline - 1] == 0x0D else newline
    return Line(start, end, after, number)


class Marks(NamedTuple):
    """The marks of a block in the comments of one kind of file, and in those of old dialects."""

    styles: tuple[Style, ...]
    marker: re.Pattern[bytes]
    near: re.Pattern[bytes]

    def marker_in(self, data: bytes, line: Line) -> Marker | None:
        """The marker that ``line`` is, or None; it begins at column 0."""
        match = self.marker.match(data, line.start, line.end)
        if match is None:
            return None
        style = next(style for style in self.styles if match[1].startswith(style.opening))
        return Marker(style, match[3].decode("ascii"), bool(match[2]))

    def is_near(self, data: bytes, line: Line) -> bool:
        """Whether ``line`` begins as a marker does, whatever follows."""
        return self.near.match(data, line.start, line.end) is not None


@lru_cache(maxsize=64)
def marks_of(styles: tuple[Style, ...]) -> Marks:
    """The marks of a block in files with comments of ``styles``."""
    known = {style.opening: style for style in (*STYLES, *styles)}
    # The longest sign first: the empty one of no comment at all is at the head of every line.
    ordered = tuple(known[sign] for sign in sorted(known, key=len, reverse=True))
    begin = b"|".join(map(_opening, ordered))
    ends = b"|".join(re.escape(style.closing) for style in ordered if style.closing)
    marker = (
        rb"(%b)[ \t]*===[ \t]*(/?)OmniNode:((?:[A-Za-z0-9]{1,40}_){0,4}Metadata)"
        rb"[ \t]*===[ \t]*(?:(?:%b)[ \t]*)?\Z"
    )
    near = rb"(?:%b)[ \t]*=+[ \t]*(?:/[ \t]*)?OmniNode:[A-Za-z0-9_]{0,40}Met"
    return Marks(ordered, re.compile(marker % (begin, ends)), re.compile(near % begin))


def _opening(style: Style) -> bytes:
    """A pattern for the sign that opens a comment; some are often doubled."""
    sign = re.escape(style.opening)
    return sign + b"+" if style.opening[-1:] in (b"#", b"/", b"*", b";", b"%", b"!") else sign


def conflict_mark(data: bytes, line: Line) -> str:
    """The first character of git's conflict marker that ``line`` is, or an empty text."""
    match = _CONFLICT.match(data, line.start, line.end)
    return chr(match[1][0]) if match else ""


def skip_blank(data: bytes, at: int) -> int:
    """The offset after the blank lines at ``at``; a blank line holds white space at most."""
    match = _SPACE.match(data, at)
    end = match.end() if match else at
    return end if end == len(data) else max(at, data.rfind(b"\n", at, end) + 1)
