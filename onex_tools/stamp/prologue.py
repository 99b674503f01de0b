"""What must stay at the head of a file: where it ends, and where a block goes that stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.stamp.lines import NEEDLE, Line, line_at, skip_blank
from onex_tools.stamp.parts import BOM, Part, compiled

if TYPE_CHECKING:
    from onex_tools.stamp.styles import FileType

__all__ = [
    "BOM",
    "REACH",
    "Found",
    "Prologue",
    "comment_end",
    "leading_comments",
    "place",
    "prologue",
]

REACH = 65_536
"""Front matter that is never closed must not cost a search of the whole file."""

_BLANK = b" \t\n\r\f\v"
_GROUP = re.compile(rb"\((?!\?)")
"""A group with a number: beside other patterns, the number would be another one."""
_EOL = re.compile(rb"[ \t]*(?:\r?\n|\r?\Z)")


class Found(NamedTuple):
    """A part of a prologue, and where it is: ``data[start:end]``."""

    part: Part
    start: int
    end: int


class Prologue(NamedTuple):
    """What leads a file.

    Attributes:
        parts: in the order of the file.
        end: the offset of the line after the last part, or where the search began.
        doubt: why it cannot be told where the head of the file ends; empty where it can.
    """

    parts: tuple[Found, ...]
    end: int
    doubt: str = ""


def prologue(data: bytes, parts: Sequence[Part], at: int = 0) -> Prologue:
    """The prologue at ``at``: each part is looked for where the one before it ends.

    Each of ``parts`` occurs once at most and is no longer than 64 KiB. One that holds a stamp is
    none: then the stamp stands above what it belongs below.
    """
    found: list[Found] = []
    left, lines = list(parts), 0
    while True:
        step = _next(data, left, at, lines)
        if isinstance(step, str):
            return Prologue(tuple(found), at, step)
        if step is None:
            return Prologue(tuple(found), at)
        left.remove(step.part)
        found.append(step)
        lines += data.count(b"\n", at, step.end)
        at = step.end


def _next(data: bytes, parts: Sequence[Part], at: int, lines: int) -> Found | str | None:
    """The part at ``at`` or below the blank lines there; why that is in doubt; or None."""
    below = -1
    for part in parts:
        if lines >= part.lines:
            continue
        start = at
        if part.below_blanks:
            start = below = skip_blank(data, at) if below < 0 else below
        step = _match(data, part, start)
        if step is not None:
            return step
    return None


def _match(data: bytes, part: Part, start: int) -> Found | str | None:
    limit = start + REACH
    end = part.end(data, start, limit)
    if end <= start:
        unclosed = part.opens(data, start, limit)
        return f"it is not sure where the {part.name} ends" if unclosed else None
    if data.find(NEEDLE, start, end) >= 0:
        return None
    if not part.whole:
        return Found(part, start, end)
    match = _EOL.match(data, end)
    if match is None:
        return f"more follows on the line of the {part.name}"
    return Found(part, start, match.end())


def place(data: bytes, row: FileType) -> int:
    """The offset at which a new block goes: after the prologue and all blank lines below it."""
    if _has_none(data, row.prologue):
        return 0
    return skip_blank(data, prologue(data, row.prologue).end)


def _has_none(data: bytes, parts: tuple[Part, ...]) -> bool:
    """Whether plainly no part leads the file, nor a blank line: one look in place of many."""
    if not data or data[0] in _BLANK:
        return False
    first, others = _first_look(parts)
    return first.match(data, 0, REACH) is None and all(
        part.end(data, 0, REACH) <= 0 and not part.opens(data, 0, REACH) for part in others
    )


@lru_cache(maxsize=128)
def _first_look(parts: tuple[Part, ...]) -> tuple[re.Pattern[bytes], tuple[Part, ...]]:
    """One pattern for how most of ``parts`` begin, and the others, which cannot stand in it."""
    patterns, others = [], []
    for part in parts:
        if isinstance(part.pattern, bytes) and not _GROUP.search(part.pattern + part.opening):
            patterns += [part.pattern, part.opening] if part.opening else [part.pattern]
        else:
            others.append(part)
    either = b"|".join(b"(?:%b)" % pattern for pattern in patterns)
    return re.compile(either or rb"(?!)"), tuple(others)


def comment_end(data: bytes, row: FileType, line: Line) -> int:
    """The end of the comment that begins at ``line``; the offset of the line where none does."""
    if row.leading and (match := compiled(row.leading).match(data, line.start)):
        return match.end()
    start = line.start
    while start < line.end and data[start] in b" \t\f":
        start += 1
    for style in row.styles:
        if not data.startswith(style.opening, start):
            continue
        if not style.closing:
            return line.after
        close = data.find(style.closing, start + len(style.opening))
        last = line_at(data, close, 0) if close >= 0 else None
        if last and not data[close + len(style.closing) : last.end].strip():
            return last.after
    return line.start


def leading_comments(data: bytes, row: FileType, at: int) -> bytes:
    """The prologue, which ends at ``at``, and the comments that follow it; 64 KiB at most."""
    while at < REACH:
        line = line_at(data, skip_blank(data, at), 0)
        end = comment_end(data, row, line) if line else at
        if line is None or end == line.start:
            break
        at = end
    return data[: min(at, REACH)]
