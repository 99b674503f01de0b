"""Find the stamps at the head of a file: any bytes in, blocks and faults out, in linear time."""

from __future__ import annotations

from typing import Protocol

from onex_tools.kinds import CommentStyle
from onex_tools.model import Span
from onex_tools.stamp.block import UNCLOSED, Block, Displaced, Fault, Reading
from onex_tools.stamp.lines import (
    NEEDLE,
    Line,
    Marker,
    conflict_mark,
    line_at,
    marks_of,
    skip_blank,
)
from onex_tools.stamp.prologue import comment_end, prologue
from onex_tools.stamp.quick import quick_read
from onex_tools.stamp.recogniser import BlockRecogniser
from onex_tools.stamp.styles import FileType, file_type, row_of

MAX_BLOCKS = 32
"""More blocks than this are no stack but an attack; each costs a hash of all that follows."""

MAX_HEAD = 262_144
"""Comments are searched this far from the first byte: a stamp stands at the head of its file."""


class Readable(Protocol):
    """What a source file offers that reading needs."""

    data: bytes
    kind: str

    @property
    def comments(self) -> CommentStyle | None:
        """What a plugin says of its comments."""


def reading(file: Readable) -> Reading:
    """``read`` on a source file; for ``file.shared``, so that all checks share one reading."""
    return read(file.data, row_of(file) or file.kind)


def read(data: bytes, kind: str | FileType) -> Reading:
    """Read the stamps of a file.

    Args:
        data: the file's bytes, whatever they are.
        kind: the kind of file, as ``SourceFile.kind`` names it, or its row.

    Returns:
        The blocks that stand at column 0 in the leading comments, and what is wrong with them.
    """
    if NEEDLE not in data:
        return Reading(data)
    row = file_type(kind) if isinstance(kind, str) else kind
    return quick_read(data, row) or read_carefully(data, row)


def read_carefully(data: bytes, row: FileType) -> Reading:
    """What ``read`` gives, line by line, for whatever stands at the head of a file."""
    head = _Head(data, row)
    head.walk()
    body = without(data, head.blocks)
    faults = sorted(head.known_faults(), key=lambda fault: fault.span)
    return Reading(body, tuple(head.blocks), tuple(faults), head.displaced(body))


def without(data: bytes, blocks: list[Block] | tuple[Block, ...]) -> bytes:
    """``data`` minus the closed ones of ``blocks`` and the blank lines directly after each."""
    pieces, at = [], 0
    for block in blocks:
        if block.closed != UNCLOSED:
            pieces.append(data[at : block.span.start])
            at = block.after
    pieces.append(data[at:])
    return b"".join(pieces)


class _Head:
    """The walk over the head of one file: prologue, comments, blank lines and blocks."""

    def __init__(self, data: bytes, kind: FileType) -> None:
        self.data, self.kind = data, kind
        self.at, self.number = 0, 1
        self.marks = marks_of(kind.styles)
        self.parts = list(kind.prologue)
        self.blocks: list[Block] = []
        self.faults: list[Fault] = []
        self.in_conflict = False

    def walk(self) -> None:
        """Go from the first byte to the first line that is content."""
        self._go(self._prologue_end())
        # A prologue is looked for once more where nothing but blocks stands above.
        untouched = True
        while True:
            self._go(skip_blank(self.data, self.at))
            line = line_at(self.data, self.at, self.number)
            if line is None or self.at > MAX_HEAD:
                return
            if self._mark(line):
                continue
            end = self._prologue_end() if untouched else self.at
            if end == self.at:
                end, untouched = comment_end(self.data, self.kind, line), False
            if end == self.at:
                return
            self._go(end)

    def _go(self, end: int) -> None:
        self.number += self.data.count(b"\n", self.at, end)
        self.at = end

    def _mark(self, line: Line) -> bool:
        """Take ``line`` if it is a block's first line or a mark of its own."""
        marker = self.marks.marker_in(self.data, line)
        if marker is not None and not marker.closing:
            if len(self.blocks) < MAX_BLOCKS:
                self._block(line, marker)
            else:
                self._fault(
                    "too-many-blocks", f"more than {MAX_BLOCKS} stamps: no more are read", line
                )
                self._go(len(self.data))
            return True
        if marker is not None:
            self._fault("stray-closer", "closing line without an opening one", line)
        elif self.marks.is_near(self.data, line):
            self._fault("malformed-marker", "misspelt first or last line of a stamp", line)
        elif mark := conflict_mark(self.data, line):
            if mark != "<" and not self.in_conflict:
                return False
            self.in_conflict = mark != ">"
            self._fault("conflict-marker", "merge conflict marker", line)
        else:
            return False
        self._go(line.after)
        return True

    def _block(self, line: Line, marker: Marker) -> None:
        recogniser = BlockRecogniser(self.data, line, marker, self.marks, bare=self.kind.bare)
        recogniser.in_conflict = self.in_conflict
        self.blocks.append(recogniser.run())
        self.faults += recogniser.faults
        self.in_conflict = recogniser.in_conflict
        self._go(self.blocks[-1].after)

    def _fault(self, kind: str, message: str, line: Line) -> None:
        self.faults.append(Fault(kind, message, line.span, line.number))

    def _prologue_end(self) -> int:
        found = prologue(self.data, self.parts, self.at)
        for part, _, _ in found.parts:
            self.parts.remove(part)
        return found.end

    def known_faults(self) -> list[Fault]:
        """The faults that are a stamp's: a conflict below the last block belongs to the body."""
        end = self.blocks[-1].span.end if self.blocks else 0
        return [f for f in self.faults if f.kind != "conflict-marker" or f.span.start < end]

    def displaced(self, body: bytes) -> tuple[Displaced, ...]:
        """The parts of the body's prologue that one of the blocks has pushed down."""
        gaps, removed = [], 0
        for block in self.blocks:
            if block.closed != UNCLOSED:
                gaps.append((block.span.start - removed, block.after - block.span.start))
                removed += gaps[-1][1]
        if not gaps:
            return ()
        found = []
        for part, start, end in prologue(body, self.kind.prologue).parts:
            shift = sum(length for offset, length in gaps if offset <= start)
            if part.leads and any(offset < end for offset, _ in gaps):
                found.append(Displaced(part.name, Span(start + shift, end + shift)))
        return tuple(found)
