"""One line of source as a terminal shows it, with the columns its carets go under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onex_tools.masking import MASK
from onex_tools.model import Span
from onex_tools.report.foreign import visible
from onex_tools.report.pages import Page

_TAB = 4


class Row(NamedTuple):
    """The text of a line, the column (from 0) where the carets begin, and how many there are."""

    text: str
    column: int
    carets: int


class _Cell(NamedTuple):
    start: int
    end: int
    text: str
    width: int


def lay_out(page: Page, line: Span, mark: Span, width: int) -> Row:
    """``line`` of ``page`` in at most about ``width`` columns, cut around ``mark``.

    Tabs are expanded, wide characters counted as two columns, secrets replaced by a mask that does
    not tell their length. An empty ``mark`` gets one caret.
    """
    start = min(max(mark.start, line.start), line.end)
    mark = Span(start, min(max(mark.end, start), line.end))
    if line.end - line.start <= width and not page.masks(*line):
        row = _simple(page.data[line.start : line.end], mark, line.start)
        if row and len(row.text) <= width:
            return row
    shown = _window(page.data, line, mark, width)
    cells = list(_cells(page, shown))
    cut = (shown.start > line.start, shown.end < line.end)
    return _fitted(cells, mark, width, cut)


def _simple(text: bytes, mark: Span, start: int) -> Row | None:
    """The row of a short line of printable ASCII, which most lines are."""
    if not text.isascii():
        return None
    shown = text.decode("ascii").expandtabs(_TAB)
    if not shown.isprintable():
        return None
    before = len(text[: mark.start - start].expandtabs(_TAB))
    within = len(text[: mark.end - start].expandtabs(_TAB)) - before
    return Row(shown, before, max(within, 1))


def _window(data: bytes, line: Span, mark: Span, width: int) -> Span:
    """The bytes of ``line`` worth decoding, cut between characters where it is UTF-8."""
    start = max(line.start, mark.start - width)
    end = min(line.end, mark.start + 4 * width)
    for _ in range(3):
        start -= line.start < start and data[start] & 0xC0 == 0x80
        end += end < line.end and data[end] & 0xC0 == 0x80
    return Span(start, end)


def _cells(page: Page, shown: Span) -> Iterator[_Cell]:
    at = shown.start
    column = 0
    for mask in page.masks(*shown):
        for cell in _decoded(page.data, Span(at, mask.start), column):
            column += cell.width
            yield cell
        yield _Cell(mask.start, mask.end, MASK, len(MASK))
        column += len(MASK)
        at = mask.end
    yield from _decoded(page.data, Span(at, shown.end), column)


def _decoded(data: bytes, span: Span, column: int) -> Iterator[_Cell]:
    at = span.start
    for char in data[span.start : span.end].decode("utf-8", "surrogateescape"):
        size = 1 if char < "\x80" or "\udc80" <= char <= "\udcff" else len(char.encode())
        if char == "\t":
            width = _TAB - column % _TAB
            text = " " * width
        else:
            text = visible(char)
            width = _width(char) if len(text) == 1 else len(text)
        yield _Cell(at, at + size, text, width)
        at += size
        column += width


def _width(char: str) -> int:
    """The columns that a printable character takes."""
    if char < "\u0300":
        return 1
    import unicodedata

    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _fitted(cells: Sequence[_Cell], mark: Span, width: int, cut: tuple[bool, bool]) -> Row:
    focus = next((i for i, cell in enumerate(cells) if cell.end > mark.start), len(cells))
    first, last = 0, len(cells)
    if any(cut) or sum(cell.width for cell in cells) > width:
        first = _left(cells, focus, width, cut[0])
        last = _right(cells, first, width - 2)
    head = "…" if first or cut[0] else ""
    tail = "…" if last < len(cells) or cut[1] else ""
    text = head + "".join([cell.text for cell in cells[first:last]]) + tail
    column = len(head) + sum(cell.width for cell in cells[first:focus])
    carets = sum(cell.width for cell in cells[focus:last] if cell.start < mark.end)
    return Row(text, column, max(carets, 1))


def _left(cells: Sequence[_Cell], focus: int, width: int, cut: bool) -> int:
    """The first cell to show: the line's own first if ``focus`` then still has room."""
    if not cut and sum(cell.width for cell in cells[:focus]) <= width // 2:
        return 0
    room = width // 4
    while focus and room >= cells[focus - 1].width:
        focus -= 1
        room -= cells[focus].width
    return focus


def _right(cells: Sequence[_Cell], first: int, room: int) -> int:
    """One past the last cell that fits into ``room`` columns."""
    for at in range(first, len(cells)):
        room -= cells[at].width
        if room < 0:
            return at
    return len(cells)
