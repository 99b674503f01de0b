"""Source frames: lines of a file beside their numbers, with carets under what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onex_tools.model import Location, Span
from onex_tools.report.pages import Page
from onex_tools.report.row import lay_out
from onex_tools.report.style import Style, paint

CONTEXT = 2


class Line(NamedTuple):
    """A line of a block: what stands in the gutter, the mark after it, the text, its colour."""

    gutter: str
    mark: str
    text: str = ""
    ink: str = ""


def frame(page: Page, at: Location, ink: str, style: Style, context: int = CONTEXT) -> list[Line]:
    """The lines around ``at`` with carets under its span, or under its first line's part of it.

    ``context`` is how many lines stand before and after; blank ones at the ends are left out.
    """
    line = page.line(at.start)
    before = list(_before(page, line, context))
    after = list(_after(page, line, context))
    lines = [Line("", "|")]
    first = at.line - len(before)
    for number, other in enumerate(before, first):
        lines.append(Line(str(number), "|", _text(page, other, style)))
    row = lay_out(page, line, Span(at.start, at.end), style.width)
    lines.append(Line(str(at.line), "|", row.text))
    lines.append(Line("", "|", " " * row.column + "^" * row.carets + _until(at), ink))
    for number, other in enumerate(after, at.line + 1):
        lines.append(Line(str(number), "|", _text(page, other, style)))
    return lines


def render(lines: Iterable[Line], style: Style) -> str:
    """``lines`` as text: gutters of one width, marks and texts in their colours."""
    lines = list(lines)
    width = max((len(line.gutter) for line in lines), default=0) or 1
    parts = []
    for gutter, mark, text, ink in lines:
        # An arrow stands in the column of the gutter's bar, a bar one further, as in rustc.
        space = "" if mark in ("-->", ":::") else " "
        if mark in ("-", "+"):
            parts.append(paint(style, ink, f"{gutter:>{width}} {mark} {text}".rstrip()))
        else:
            lead = " " * (width - len(gutter))
            head = paint(style, "gutter", f"{lead}{gutter}{space}{mark}")
            parts.append(f"{head} {paint(style, ink, text)}" if text else head)
        parts.append("\n")
    return "".join(parts)


def _until(at: Location) -> str:
    """What tells, after the carets, that the span goes on below the line it begins on."""
    last = at.end_line if at.end_column > 1 else at.end_line - 1
    return f" to line {last}" if last > at.line else ""


def _text(page: Page, line: Span, style: Style) -> str:
    return lay_out(page, line, Span(line.start, line.start), style.width).text


def _before(page: Page, line: Span, count: int) -> Iterator[Span]:
    found: list[Span] = []
    while line.start and len(found) < count:
        line = page.line(line.start - 1)
        found.append(line)
    yield from _unpadded(page, found[::-1])


def _after(page: Page, line: Span, count: int) -> Iterator[Span]:
    found: list[Span] = []
    start = page.after(line.end)
    while start < len(page.data) and len(found) < count:
        line = page.line(start)
        found.append(line)
        start = page.after(line.end)
    yield from reversed(_unpadded(page, found[::-1]))


def _unpadded(page: Page, lines: list[Span]) -> list[Span]:
    """``lines`` without the blank ones they open with."""
    for index, line in enumerate(lines):
        if page.data[line.start : line.end].strip():
            return lines[index:]
    return []
