"""Lines of a file as spans of bytes, and the marks that a line can be."""

from __future__ import annotations

import re
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.stamp.styles import STYLES, Style

NEEDLE = b"OmniNode:"
"""Every marker holds these bytes: a file without them has no stamp."""

_MARKER = re.compile(
    rb"(#+|//+|--|/\*+|<!--|)[ \t]*===[ \t]*(/?)OmniNode:((?:[A-Za-z0-9]{1,40}_){0,4}Metadata)"
    rb"[ \t]*===[ \t]*(?:(?:-->|\*/)[ \t]*)?\Z"
)
_NEAR = re.compile(
    rb"(?:#+|//+|--|/\*+|<!--|)[ \t]*=+[ \t]*(?:/[ \t]*)?OmniNode:[A-Za-z0-9_]{0,40}Met"
)
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


def marker_in(data: bytes, line: Line) -> Marker | None:
    """The marker that ``line`` is, or None; it begins at column 0."""
    match = _MARKER.match(data, line.start, line.end)
    if match is None:
        return None
    return Marker(_style_of(match[1]), match[3].decode("ascii"), bool(match[2]))


def _style_of(prefix: bytes) -> Style:
    return next(style for style in STYLES if prefix.startswith(style.opening))


def is_near_marker(data: bytes, line: Line) -> bool:
    """Whether ``line`` begins as a marker does, whatever follows."""
    return _NEAR.match(data, line.start, line.end) is not None


def conflict_mark(data: bytes, line: Line) -> str:
    """The first character of git's conflict marker that ``line`` is, or an empty text."""
    match = _CONFLICT.match(data, line.start, line.end)
    return chr(match[1][0]) if match else ""


def skip_blank(data: bytes, at: int) -> int:
    """The offset after the blank lines at ``at``; a blank line holds white space at most."""
    match = _SPACE.match(data, at)
    end = match.end() if match else at
    return end if end == len(data) else max(at, data.rfind(b"\n", at, end) + 1)
