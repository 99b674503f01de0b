"""A change of one file as a unified diff: what a patch tool reads, and a person can trust."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onex_tools.edits import Kept
from onex_tools.masking import MASK
from onex_tools.model import Edit, Span
from onex_tools.report.foreign import visible
from onex_tools.report.pages import Page, merged
from onex_tools.report.style import Style, paint

CONTEXT = 3
_COMPARABLE = 1_000_000
"""A pair of changed blocks is compared line by line while the product of their lines is less."""
_MISSING = "\\ No newline at end of file\n"


class Change(NamedTuple):
    """Lines ``old`` to ``old_end`` became lines ``new`` to ``new_end``; all count from 0."""

    old: int
    old_end: int
    new: int
    new_end: int


class _Lines:
    """A page by lines, which only LF ends, as patch tools have it."""

    def __init__(self, page: Page) -> None:
        self.page, self.data = page, page.data
        self.starts = [0]
        at = self.data.find(b"\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = self.data.find(b"\n", at + 1)
        if self.starts[-1] == len(self.data):
            self.starts.pop()

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, line: int) -> Span:
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.data)
        return Span(self.starts[line], end)

    def raw(self, first: int, end: int) -> list[bytes]:
        return [self.data[slice(*self.span(line))] for line in range(first, end)]

    def begins(self, offset: int) -> bool:
        """Whether a line begins at ``offset``, or would if the file went on."""
        return offset == 0 or self.data[offset - 1 : offset] == b"\n"

    def at(self, offset: int) -> int:
        """The line that ``offset`` is on."""
        return bisect_right(self.starts, offset) - 1 if not self.begins(offset) else self.to(offset)

    def to(self, offset: int) -> int:
        """How many lines begin before ``offset``."""
        return bisect_left(self.starts, offset)


def unified(
    path: str, old: Page, new: Page, kept: Sequence[Kept], style: Style, *, context: int = CONTEXT
) -> str:
    """The diff that makes ``old`` to ``new``, of which ``kept`` is common; "" if nothing changed.

    Around each change stand ``context`` lines. Secrets are masked, and what a terminal obeys or
    hides is spelled out; a diff in which neither occurs can be applied as it is.
    """
    before, after = _Lines(old), _Lines(new)
    changes = list(_changes(before, after, kept))
    if not changes:
        return ""
    name = visible(path)
    head = paint(style, "bold", f"--- a/{name}") + "\n" + paint(style, "bold", f"+++ b/{name}")
    hunks = (_hunk(before, after, group, style, context) for group in _groups(changes, context))
    return head + "\n" + "".join(hunks)


def carried(page: Page, edits: Iterable[tuple[Edit, bool]]) -> list[Span]:
    """Where the secrets of ``page`` are after ``edits``, which are sorted.

    With each edit stands whether its rule knows what is secret: what any other rule writes over a
    secret is secret as a whole, for it may be the same in another spelling.
    """
    secret: list[Span] = []
    at = size = 0
    end = len(page.data)
    for edit, own in [*edits, (Edit(end, end, b""), True)]:
        secret += [Span(s - at + size, e - at + size) for s, e in page.masks(at, edit.start)]
        size += edit.start - at
        if not own and page.touches(edit.start, edit.end):
            secret.append(Span(size, size + len(edit.replacement)))
        size += len(edit.replacement)
        at = edit.end
    return merged(secret)


def _changes(old: _Lines, new: _Lines, kept: Sequence[Kept]) -> Iterator[Change]:
    """The blocks of lines that differ, in order, none touching another."""
    for block in _blocks(old, new, kept):
        gone, come = old.raw(block.old, block.old_end), new.raw(block.new, block.new_end)
        if len(gone) * len(come) >= _COMPARABLE:
            if gone != come:
                yield block
            continue
        import difflib

        for tag, a, b, c, d in difflib.SequenceMatcher(None, gone, come).get_opcodes():
            if tag != "equal":
                yield Change(block.old + a, block.old + b, block.new + c, block.new + d)


def _blocks(old: _Lines, new: _Lines, kept: Sequence[Kept]) -> Iterator[Change]:
    """The gaps between what was kept, widened to whole lines; those that then touch are one."""
    open_block: Change | None = None
    for start, stop, new_start, new_stop in _gaps(old, new, kept):
        whole = old.begins(stop) and new.begins(new_stop)
        block = Change(
            old.at(start),
            old.to(stop) if whole or stop == len(old.data) else old.at(stop) + 1,
            new.at(new_start),
            new.to(new_stop) if whole or new_stop == len(new.data) else new.at(new_stop) + 1,
        )
        if open_block and block.old <= open_block.old_end:
            ends = (max(open_block.old_end, block.old_end), max(open_block.new_end, block.new_end))
            open_block = Change(open_block.old, ends[0], open_block.new, ends[1])
        else:
            if open_block:
                yield open_block
            open_block = block
    if open_block:
        yield open_block


def _gaps(old: _Lines, new: _Lines, kept: Sequence[Kept]) -> Iterator[tuple[int, int, int, int]]:
    at = new_at = 0
    for run in [*kept, Kept(len(old.data), len(new.data), 0)]:
        if run.old > at or run.new > new_at:
            yield at, run.old, new_at, run.new
        at, new_at = run.old + run.size, run.new + run.size


def _groups(changes: Sequence[Change], context: int) -> Iterator[list[Change]]:
    """Changes whose context would meet, together."""
    group: list[Change] = []
    for change in changes:
        if group and change.old - group[-1].old_end > 2 * context:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _hunk(old: _Lines, new: _Lines, group: Sequence[Change], style: Style, context: int) -> str:
    lead = min(context, group[0].old)
    first, new_first = group[0].old - lead, group[0].new - lead
    last = min(group[-1].old_end + context, len(old))
    new_last = group[-1].new_end + last - group[-1].old_end
    title = f"@@ -{_range(first, last)} +{_range(new_first, new_last)} @@"
    parts = [paint(style, "info", title), "\n"]
    at = first
    for change in group:
        parts += _context(old, at, change.old)
        gone = _shown(old, change.old, change.old_end)
        come = _shown(new, change.new, change.new_end)
        if _differ_in_cr_alone(gone, come):
            gone, come = _spelled(gone), _spelled(come)
        parts += _marked("-", gone, "removed", style)
        parts += _marked("+", come, "added", style)
        at = change.old_end
    parts += _context(old, at, last)
    return "".join(parts)


def _differ_in_cr_alone(gone: Sequence[tuple[str, str]], come: Sequence[tuple[str, str]]) -> bool:
    same = [text for text, _ in gone] == [text for text, _ in come]
    return same and [e[:1] == "\r" for _, e in gone] != [e[:1] == "\r" for _, e in come]


def _spelled(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(text + visible(ending), "\n" if ending else "") for text, ending in lines]


def _range(first: int, end: int) -> str:
    if end == first:
        return f"{first},0"
    return f"{first + 1}" if end == first + 1 else f"{first + 1},{end - first}"


def _context(lines: _Lines, first: int, end: int) -> Iterator[str]:
    for text, ending in _shown(lines, first, end):
        yield f" {text}{ending or chr(10) + _MISSING}"


def _marked(mark: str, lines: Iterable[tuple[str, str]], ink: str, style: Style) -> Iterator[str]:
    for text, ending in lines:
        yield paint(style, ink, mark + text) + (ending or "\n" + _MISSING)


def _shown(lines: _Lines, first: int, end: int) -> list[tuple[str, str]]:
    """Each line without and with only its ending; a CR at the end is part of the ending."""
    shown = []
    for line in range(first, end):
        start, stop = lines.span(line)
        text = lines.data[start:stop]
        body = text[:-1] if text.endswith(b"\n") else text
        body = body[:-1] if text.endswith(b"\r\n") else body
        ending = text[len(body) :].decode("ascii")
        shown.append((_masked(lines.page, Span(start, start + len(body))), ending))
    return shown


def _masked(page: Page, span: Span) -> str:
    parts = []
    at = span.start
    for mask in [*page.masks(*span), Span(span.end, span.end)]:
        parts.append(_text(page.data[at : mask.start]))
        parts.append(MASK if mask.end > mask.start else "")
        at = mask.end
    return "".join(parts)


def _text(data: bytes) -> str:
    return "\t".join(map(visible, data.decode("utf-8", "surrogateescape").split("\t")))
