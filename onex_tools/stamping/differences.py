"""What a change of a stamp leaves in place: the body, however the stamp moves about in it."""

from __future__ import annotations

from itertools import pairwise

from onex_tools import edits
from onex_tools.edits import Kept
from onex_tools.stamp.block import Reading
from onex_tools.stamp.reader import read
from onex_tools.stamp.styles import FileType

Gap = tuple[int, int]
"""A block taken out of a file: where it was in the body that is left, and how long it was."""


def kept_runs(old: bytes, new: bytes, row: FileType | None) -> list[Kept]:
    """The runs of ``old`` that are there in ``new``, so that a diff shows stamps alone.

    Where the body is another too, or the file has no comments (``row`` is None), it is all but
    what both begin and end with.
    """
    if row is not None:
        before, after = read(old, row), read(new, row)
        if before.body == after.body:
            return _runs(len(before.body), _gaps(before), _gaps(after))
    return edits.kept([edits.difference(old, new)], len(old))


def _gaps(reading: Reading) -> list[Gap]:
    """The blocks of a file, each at its offset in the body."""
    gaps, out = [], 0
    for block in reading.blocks:
        length = block.after - block.span.start
        gaps.append((block.span.start - out, length))
        out += length
    return gaps


def _runs(size: int, old: list[Gap], new: list[Gap]) -> list[Kept]:
    """The body, cut where a block stands on either side."""
    cuts = sorted({0, size, *(at for at, _ in (*old, *new))})
    return [
        Kept(start + _before(old, start), start + _before(new, start), end - start)
        for start, end in pairwise(cuts)
    ]


def _before(gaps: list[Gap], offset: int) -> int:
    """How many bytes of blocks stand above the byte at ``offset`` of the body."""
    return sum(length for at, length in gaps if at <= offset)
