"""Edits together: which may go in one round, what they make of the bytes, and what they leave."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onex_tools.model import Edit, Finding


class Round(NamedTuple):
    """The edits of one round in their order, and the codes of the rules each came from.

    ``made`` is how many findings they mend.
    """

    edits: tuple[Edit, ...]
    owners: tuple[frozenset[str], ...]
    made: int

    @property
    def codes(self) -> list[str]:
        """The rules that have a part in the round, sorted."""
        return sorted(frozenset[str]().union(*self.owners))

    def of(self, code: str) -> tuple[Edit, ...]:
        """The edits of the rule ``code`` alone."""
        pairs = zip(self.edits, self.owners, strict=True)
        return tuple(edit for edit, owners in pairs if code in owners)


class Kept(NamedTuple):
    """A run of ``size`` bytes that edits left alone: from ``old`` before to ``new`` after."""

    old: int
    new: int
    size: int


def fault(edits: Sequence[Edit], size: int) -> str:
    """Why ``edits`` cannot be made in a file of ``size`` bytes, or ""."""
    at = 0
    for start, end, _ in _ordered(edits):
        if start < 0 or end > size:
            return f"an edit of bytes {start} to {end} leaves the file, which has {size:,}"
        if end < start:
            return f"an edit ends, at byte {end}, before it begins, at {start}"
        if start < at:
            return f"two of its edits overlap at byte {start}"
        at = end
    return ""


def choose(findings: Iterable[Finding]) -> Round:
    """The fixes that can be made at once: by position, each whole or not at all.

    A fix that overlaps an earlier one, or meets an insertion, is left for another round, since it
    was made for bytes that the other changes. Edits that are the same are made once.
    """
    taken: list[Edit] = []
    owners: dict[Edit, set[str]] = {}
    count = 0
    for finding in sorted(findings, key=_position):
        edits = tuple(dict.fromkeys(finding.fix.edits if finding.fix else ()))
        new = [edit for edit in edits if edit not in owners]
        if any(_meets(taken, edit) for edit in new):
            continue
        for edit in new:
            insort(taken, edit, key=_place)
        for edit in edits:
            owners.setdefault(edit, set()).add(finding.code)
        count += 1
    return Round(tuple(taken), tuple(frozenset(owners[edit]) for edit in taken), count)


def apply(data: bytes, edits: Sequence[Edit]) -> bytes:
    """``data`` after ``edits``, which ``fault`` has nothing against."""
    parts: list[bytes] = []
    at = 0
    for start, end, replacement in _ordered(edits):
        parts += [data[at:start], replacement]
        at = end
    return b"".join([*parts, data[at:]])


def kept(edits: Sequence[Edit], size: int) -> list[Kept]:
    """What ``edits`` leave of a file of ``size`` bytes."""
    runs: list[Kept] = []
    at = moved = 0
    for start, end, replacement in [*_ordered(edits), Edit(size, size, b"")]:
        if start > at:
            runs.append(Kept(at, at + moved, start - at))
        moved += len(replacement) - (end - start)
        at = end
    return runs


def compose(first: Sequence[Kept], second: Sequence[Kept]) -> list[Kept]:
    """What is left after both, where ``second`` begins with what ``first`` made."""
    runs: list[Kept] = []
    i = j = 0
    while i < len(first) and j < len(second):
        one, two = first[i], second[j]
        end, other_end = one.new + one.size, two.old + two.size
        start, stop = max(one.new, two.old), min(end, other_end)
        if start < stop:
            runs.append(Kept(one.old + start - one.new, two.new + start - two.old, stop - start))
        if end < other_end:
            i += 1
        else:
            j += 1
    return runs


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _ordered(edits: Sequence[Edit]) -> list[Edit]:
    """By position; insertions at one point stay in the order in which the rule gave them."""
    return sorted(edits, key=_place)


def _position(finding: Finding) -> tuple[int, int, str, str, tuple[Edit, ...]]:
    edits = _ordered(finding.fix.edits) if finding.fix else []
    start, end = (edits[0].start, edits[-1].end) if edits else (0, 0)
    return start, end, finding.code, finding.message, tuple(edits)


def _meets(taken: Sequence[Edit], edit: Edit) -> bool:
    """Whether ``edit`` overlaps one of ``taken`` (sorted, disjoint), or touches an insertion."""
    at = bisect_left(taken, _place(edit), key=_place)
    before = at > 0 and _clash(taken[at - 1], edit)
    return before or (at < len(taken) and _clash(edit, taken[at]))


def _clash(first: Edit, second: Edit) -> bool:
    inserts = first.start == first.end or second.start == second.end
    return second.start <= first.end if inserts else second.start < first.end


def difference(old: bytes, new: bytes) -> Edit:
    """The one edit that makes ``old`` to ``new``: what both begin and end with is left alone."""
    start = _common(old, new, min(len(old), len(new)))
    size = _common(old[::-1], new[::-1], min(len(old), len(new)) - start)
    return Edit(start, len(old) - size, new[start : len(new) - size])


def _common(one: bytes, other: bytes, most: int) -> int:
    """How many bytes both begin with, at the most ``most``."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
