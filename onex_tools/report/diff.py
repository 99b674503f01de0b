"""A fix as a small diff: the lines it takes away, and the lines it puts there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import add
from sys import maxsize

from onex_tools.masking import MASK
from onex_tools.model import Edit, Finding, Span
from onex_tools.report.foreign import visible
from onex_tools.report.frame import Line
from onex_tools.report.pages import Page, merged
from onex_tools.report.row import lay_out
from onex_tools.report.style import Style

_LINES = 10
_TRAIL = 20


def diff(page: Page, finding: Finding, style: Style, *, own: bool) -> list[Line]:
    """The changed lines of ``finding.fix``, or nothing if its edits do not fit the file.

    ``own`` says that the rule knows what is secret. Text that any other rule writes over a secret
    is masked as a whole, for it may hold the secret in another spelling.
    """
    edits = sorted(finding.fix.edits) if finding.fix else []
    if not _fits(page, edits):
        return []
    lines: list[Line] = []
    limit = maxsize if style.show_all else _LINES
    for span, group in _hunks(page, edits):
        number = finding.location.line + _lines_between(page, finding.location.start, span.start)
        old = Page(page.data[span.start : span.end], _moved(page, span), page.pieces)
        new = _mended(page, span, group, own=own)
        lines += _changed(old, new, number, style)
        if len(lines) > limit:
            rest = f"… the rest: {style.command} validate --diff"
            return [*lines[:limit], Line("", "|", rest)]
    return lines


def _fits(page: Page, edits: Sequence[Edit]) -> bool:
    at = 0
    for edit in edits:
        if edit.start < at or edit.end < edit.start:
            return False
        at = edit.end
    return at <= len(page.data)


def _hunks(page: Page, edits: Sequence[Edit]) -> Iterator[tuple[Span, list[Edit]]]:
    """The edits in groups that share lines, each with the span of its whole lines."""
    group: list[Edit] = []
    whole = Span(0, 0)
    for edit in edits:
        start = page.line(edit.start).start
        end = page.after(page.line(edit.end).end)
        if group and start < whole.end:
            whole = Span(whole.start, max(whole.end, end))
        else:
            if group:
                yield whole, group
            group, whole = [], Span(start, end)
        group.append(edit)
    if group:
        yield whole, group


def _lines_between(page: Page, here: int, there: int) -> int:
    """How many lines below ``here`` is ``there``; negative if it is above."""
    start, end = sorted((page.line(here).start, there))
    data = page.data
    lines = data.count(b"\n", start, end)
    if data.find(b"\r", start, end) >= 0:
        lines += data.count(b"\r", start, end) - data.count(b"\r\n", start, end)
    return lines if there >= here else -lines


def _moved(page: Page, span: Span, by: int = 0) -> list[Span]:
    """The secrets in ``span``, as offsets from its start, each moved by ``by`` bytes."""
    shift = by - span.start
    return [Span(s.start + shift, s.end + shift) for s in page.masks(*span)]


def _mended(page: Page, span: Span, edits: Sequence[Edit], *, own: bool) -> Page:
    """``span`` of ``page`` after ``edits``, with what is secret in the result."""
    parts: list[bytes] = []
    secret: list[Span] = []
    size = 0
    at = span.start
    for edit in [*edits, Edit(span.end, span.end, b"")]:
        kept = Span(at, edit.start)
        secret += _moved(page, kept, size)
        new = edit.replacement
        if new and not own and page.touches(edit.start, edit.end):
            new = MASK.encode()
        parts += [page.data[kept.start : kept.end], new]
        size += kept.end - kept.start + len(new)
        at = edit.end
    return Page(b"".join(parts), merged(secret), page.pieces)


def _changed(old: Page, new: Page, number: int, style: Style) -> list[Line]:
    """The lines in which two versions of a hunk differ, its first line being ``number``.

    Where they are many, one more of each side than a diff shows.
    """
    gone, come = _split(old), _split(new)
    head = _alike(old, gone, new, come)
    tail = _alike(old, gone[head:][::-1], new, come[head:][::-1])
    most = maxsize if style.show_all else _LINES // 2 + 1
    gone = gone[head : len(gone) - tail][:most]
    come = come[head : len(come) - tail][:most]
    focus = _focus(old, gone[0], new, come[0]) if gone and come else 0
    texts = [_shown(old, line, focus, style) for line in gone]
    others = [_shown(new, line, focus, style) for line in come]
    if texts == others:  # then line endings may be all that differs
        ends = [_ending(old, line) for line in gone]
        other_ends = [_ending(new, line) for line in come]
        if ends != other_ends:
            texts = list(map(add, texts, ends))
            others = list(map(add, others, other_ends))
    first = number + head
    return [Line(str(n), "-", text, "removed") for n, text in enumerate(texts, first)] + [
        Line(str(n), "+", text, "added") for n, text in enumerate(others, first)
    ]


def _split(page: Page) -> list[Span]:
    """The lines of a page, with their endings."""
    spans, at = [], 0
    for line in page.data.splitlines(keepends=True):
        spans.append(Span(at, at + len(line)))
        at += len(line)
    return spans


def _alike(old: Page, gone: Sequence[Span], new: Page, come: Sequence[Span]) -> int:
    """How many lines are the same in both, before the first that is not."""
    count = 0
    for left, right in zip(gone, come, strict=False):
        if old.data[left.start : left.end] != new.data[right.start : right.end]:
            break
        count += 1
    return count


def _focus(old: Page, left: Span, new: Page, right: Span) -> int:
    """Where in two lines the first difference is, found by halving since lines may be long."""
    low, high = 0, min(left.end - left.start, right.end - right.start)
    while low < high:
        half = (low + high + 1) // 2
        if (
            old.data[left.start + low : left.start + half]
            == new.data[right.start + low : right.start + half]
        ):
            low = half
        else:
            high = half - 1
    return low


def _shown(page: Page, line: Span, focus: int, style: Style) -> str:
    """A line without its ending, with a dot for every blank at its end."""
    text = page.data[line.start : line.end].rstrip(b"\r\n")
    body = text.rstrip(b" \t")
    end = line.start + len(body)
    at = min(line.start + focus, end)
    trail = visible(text[len(body) :][:_TRAIL].decode().replace(" ", "·"))
    return lay_out(page, Span(line.start, end), Span(at, at), style.width).text + trail


def _ending(page: Page, line: Span) -> str:
    text = page.data[line.start : line.end]
    return visible(text[len(text.rstrip(b"\r\n")) :].decode())
