"""The order of a header: which lines of a head move, what comes in, and what is at fault now."""

from __future__ import annotations

import ast
from typing import NamedTuple

from onex_tools.format.head import Comments, Head, leading_words, notices_in_docstring, read_head
from onex_tools.format.licence import (
    COPYRIGHT,
    LICENCE,
    LOOK,
    HeaderWish,
    Notice,
    copyright_line,
    expression_fault,
    holder,
    licence_line,
    one_spelling,
)
from onex_tools.format.stray import STUB, docstring_place, is_joined, stray_docstring, why_not


class Fault(NamedTuple):
    """Something in a header that is out of order.

    Attributes:
        line: where it stands, from 1, in the text as it is.
        there: what is there.
        expected: what was expected.
    """

    line: int
    there: str
    expected: str


GAP = None
"""A blank line, if lines that are not blank stand on both sides."""

LAST_LEADING = 2
"""isort takes comments for those of the file if they begin no lower than on the line with this
index; others it may take for those of the import below."""

Entry = int | str | None
"""A line of the head by its index, a new line, or ``GAP``."""


class Plan(NamedTuple):
    """What becomes of a head.

    Attributes:
        head: the head as it is.
        entries: its lines in their new order, by index, and new lines as text.
        faults: why, from the top; empty if ``entries`` changes nothing.
        done: what is done about each of them, in short sentences.
        refusal: why nothing may be done although something is out of order; empty if it may.
    """

    head: Head
    entries: list[int | str]
    faults: list[Fault]
    done: list[str]
    refusal: str = ""

    @property
    def changes(self) -> bool:
        """Whether any line moves or comes in, or would have to."""
        return bool(self.refusal) or self.entries != list(range(len(self.head.lines)))


def plan_header(text: str, module: ast.Module, wish: HeaderWish) -> Plan | None:
    """What becomes of the head of ``text``; None where nothing in it may be touched.

    That is so in a file without content, and below a metadata block that is broken.
    """
    head = read_head(text, module) if text.strip() else None
    if head is None:
        return None
    draft = _Draft(head)
    draft.licences(wish)
    draft.docstring(text, wish)
    draft.part_licence()
    draft.check_top(text)
    notes = sorted(draft.notes, key=lambda note: note[0].line)
    done = [f"line {fault.line}: {done}" for fault, done in notes]
    return Plan(head, draft.entries(), [fault for fault, _ in notes], done, draft.refusal)


class _Draft:
    """The new order of a head, while it is made."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.notes: list[tuple[Fault, str]] = []
        self.refusal = ""
        self._taken: set[int] = set()
        self._before: dict[int, list[Entry]] = {}

    def entries(self) -> list[int | str]:
        """The lines in their new order, each ``GAP`` settled."""
        made: list[Entry] = []
        for index in range(len(self.head.lines)):
            made += self._before.get(index, ())
            if index not in self._taken:
                made.append(index)
        made += self._before.get(len(self.head.lines), ())
        return self._settled(made)

    def _settled(self, entries: list[Entry]) -> list[int | str]:
        made: list[int | str] = []
        gap = False
        for entry in entries:
            if entry is None:
                gap = True
                continue
            if gap and made and self._is_full(made[-1]) and self._is_full(entry):
                made.append("")
            gap = False
            made.append(entry)
        if gap and self.head.rest and made and self._is_full(made[-1]):
            made.append("")
        return made

    def _is_full(self, entry: int | str) -> bool:
        line = self.head.lines[entry] if isinstance(entry, int) else entry
        return bool(line.strip())

    def _note(self, fault: Fault, done: str) -> None:
        self.notes.append((fault, done))

    def _insert(self, index: int, entries: list[Entry]) -> None:
        self._before.setdefault(index, []).extend(entries)

    def _take(self, start: int, end: int) -> list[Entry]:
        """Take lines out, and the blank lines below them that would be too many."""
        lines = self.head.lines
        after = end
        if start == 0 or not lines[start - 1].strip():
            while after < len(lines) and not lines[after].strip(" \t"):
                after += 1
        self._taken.update(range(start, after))
        return list(range(start, end))

    def licences(self, wish: HeaderWish) -> None:
        """Bring all licence lines together below what must lead the file; add what is missing."""
        head = self.head
        pure = [run for run in head.comments if run.pure and not head.is_off(run.start)]
        above = [run for run in pure if run.start < head.slot]
        below = [run for run in pure if run.start > head.top]
        home = next((run for run in pure if head.slot <= run.start < head.top), None)
        licence, copyright_ = self._missing(wish)
        first = [*licence, *self._moved(above, "above what must lead the file")]
        last = [*self._moved(below, "below the docstring or an import"), *copyright_]
        if not first and not last:
            return
        if home is None:
            gap: list[Entry] = [GAP] if head.closed else []
            self._insert(head.slot, [*gap, *first, *last, GAP])
        else:
            self._insert(home.start, first)
            self._insert(home.end, last)

    def _moved(self, runs: list[Comments], where: str) -> list[Entry]:
        there = f"a licence or copyright line {where}"
        expected = "that line right below shebang, encoding and metadata block"
        for run in runs:
            self._note(Fault(run.start + 1, there, expected), "moved licence or copyright lines")
        return [line for run in runs for line in self._take(run.start, run.end)]

    def _missing(self, wish: HeaderWish) -> tuple[list[Entry], list[Entry]]:
        """The licence line and the copyright line that must come in, each if any."""
        kinds = {notice.kind for _, notice in notices(self.head)}
        if foreign(self.head, wish):
            return [], []
        licence: list[Entry] = []
        copyright_: list[Entry] = []
        if wish.spdx and LICENCE not in kinds:
            licence = [self._new(self.head.slot, "no licence line", licence_line(wish))]
        if wish.copyright and COPYRIGHT not in kinds:
            copyright_ = [self._new(self.head.slot, "no copyright line", copyright_line(wish))]
        return licence, copyright_

    def _new(self, index: int, there: str, line: str) -> str:
        number = max(1, min(index + 1, len(self.head.lines)))
        self._note(Fault(number, there, line), f"added `{line}`")
        return line

    def docstring(self, text: str, wish: HeaderWish) -> None:
        """Bring up the string that was meant as docstring, or add a stub."""
        head = self.head
        if head.docstring() is not None:
            return
        stray = stray_docstring(head)
        place = docstring_place(head)
        if stray is None and wish.docstring_stub:
            self._insert(place, [GAP, self._new(place, "no docstring", STUB), GAP])
        if stray is None or why_not(stray, head, text):
            return
        there = "a docstring below an import, where it is none"
        fault = Fault(stray.lineno, there, "that docstring above all imports")
        self._note(fault, "moved the docstring above the imports")
        if is_joined(stray, head):
            self.refusal = "the docstring shares a line with another statement"
            return
        lines = self._take(stray.lineno - 1, stray.end_lineno or stray.lineno)
        self._insert(place, [GAP, *lines, GAP])

    def part_licence(self) -> None:
        """Part a licence from the import below it, where isort may sort both to another place."""
        head = self.head
        run = next((run for run in head.comments if run.end == head.top), None)
        if run is None or not run.notices or head.docstring() or not head.leading:
            return
        if not self._before and run.start > LAST_LEADING:
            there = "a licence or copyright line directly above an import"
            self._note(Fault(run.end, there, "a blank line between them"), "added a blank line")
            self._insert(head.top, [GAP])
        elif self._before:
            self._insert(head.top, [GAP])

    def check_top(self, text: str) -> None:
        """Refuse a licence above what black would make lead the file.

        black takes blank lines away from the top, and so moves a comment on line 3 up to line 2:
        then the licence would stand above what must lead the file.
        """
        head = self.head
        if not any(LOOK.search(line) for line in head.lines):
            return
        top = text[: len(text) - len(text.lstrip())]
        if "\f" in top and any("OmniNode:" in line for line in head.lines):
            fault = Fault(1, "a form feed above a metadata block", "the block on top")
            self._note(fault, "")
            self.refusal = "a form feed keeps the metadata block from being read"
        elif leading_words(text)[1] != leading_words(text.lstrip())[1]:
            fault = Fault(1, "blank lines above an encoding declaration", "it on line 1 or 2")
            self._note(fault, "")
            self.refusal = "black would bring an encoding declaration to life"


def notices(head: Head) -> list[tuple[int, Notice]]:
    """All notices of a head, each with the line of its run; those of the docstring are the last."""
    found = [(run.start + 1, notice) for run in head.comments for notice in run.notices]
    return found + [(head.top + 1, notice) for notice in notices_in_docstring(head)]


def foreign(head: Head, wish: HeaderWish) -> list[Fault]:
    """What says that the file is under another licence, or another's, than the wish is for.

    Such a file gets no line: a claim on somebody else's work is not for a formatter to make.
    """
    found = notices(head)
    licences = [(line, n) for line, n in found if n.kind == LICENCE]
    holders = [(line, n) for line, n in found if n.kind == COPYRIGHT]
    faults = []
    if wish.spdx and licences and one_spelling(wish.spdx) not in {n.value for _, n in licences}:
        line, notice = licences[0]
        said = notice.text.partition(":")[2].strip()
        fault = expression_fault(said)
        there = f"{notice.text!r}" + (f", which is no SPDX expression: {fault}" if fault else "")
        faults.append(
            Fault(line, there, f"{licence_line(wish)!r}; another licence is left as it is")
        )
    if wish.copyright and holders and holder(wish.copyright) not in {n.value for _, n in holders}:
        line, notice = holders[0]
        expected = f"{copyright_line(wish)!r}; another holder's line is left as it is"
        faults.append(Fault(line, f"{notice.text!r}", expected))
    return faults


def left_alone(head: Head, text: str, wish: HeaderWish) -> list[Fault]:
    """What is out of order and must be settled by a person."""
    found = foreign(head, wish)
    stray = stray_docstring(head)
    if stray is not None and (reason := why_not(stray, head, text)):
        there = f"a docstring below an import, where it is none; {reason}, so it is not moved"
        found.append(Fault(stray.lineno, there, "that docstring above all imports, or a comment"))
    return found
