"""What reading a file for stamps gives: blocks with their fields, faults, and the body."""

from __future__ import annotations

from typing import NamedTuple

from onex_tools.model import Span

V1 = "v1"
LEGACY = "legacy"

CLOSED = "closed"
VISIBLE = "visible"
OPENER = "opener"
UNCLOSED = "unclosed"


class Field(NamedTuple):
    """One field of a block.

    Attributes:
        key: the name before the colon.
        text: the value as text, without its quotes; never a number, date or mapping.
        span: the value's bytes as they stand, quotes included; empty where there is no value.
        line: its line in the file, from 1.
        nested: the lines below it that belong to it, decoration removed, indentation kept.
    """

    key: str
    text: str
    span: Span
    line: int
    nested: tuple[str, ...] = ()


class Fault(NamedTuple):
    """Something that is wrong with a block's form.

    ``kind`` is a fixed word (``unclosed``, ``malformed-line``, ``conflict-marker``, ...) and
    ``message`` says it in a sentence; ``span`` covers the line at fault, ``line`` counts from 1.
    """

    kind: str
    message: str
    span: Span
    line: int


class Block(NamedTuple):
    """One metadata block.

    Attributes:
        kind: the word of its marker: ``Metadata``, ``Tool_Metadata``, ...
        form: ``v1`` or ``legacy``.
        layout: how it is written; a key of ``styles.LAYOUTS``, which has the plain words.
        closed: ``closed``, ``visible`` (the closing line is outside the comment), ``opener``
            (an opening line stands where the closing one belongs) or ``unclosed``.
        span: from the opening line to the end of the closing one, its line ending included.
        after: the offset after the blank lines that follow; where the body goes on.
        opening: the opening line, without its line ending.
        line: the line of the opening line, from 1.
        last_line: the line of the closing line, or of the last one read.
        fields: in the order of the file.
    """

    kind: str
    form: str
    layout: str
    closed: str
    span: Span
    after: int
    opening: Span
    line: int
    last_line: int
    fields: tuple[Field, ...] = ()

    def field(self, key: str) -> Field | None:
        """The first field called ``key``."""
        for field in self.fields:
            if field.key == key:
                return field
        return None

    def text(self, key: str) -> str:
        """The text of the first field called ``key``, or an empty one."""
        field = self.field(key)
        return field.text if field else ""


class Displaced(NamedTuple):
    """A part of the prologue that a block above it has pushed down; ``span`` is in the file."""

    name: str
    span: Span


class Reading(NamedTuple):
    """A file, read for stamps.

    Attributes:
        body: the file without its closed blocks and the blank lines directly after each.
        blocks: from the top of the file to the bottom; the newest of a stack comes first.
        faults: what is wrong with the form of the blocks, in the order of the file.
        displaced: what must lead the file and no longer does, because of a block.
    """

    body: bytes
    blocks: tuple[Block, ...] = ()
    faults: tuple[Fault, ...] = ()
    displaced: tuple[Displaced, ...] = ()

    @property
    def conflicted(self) -> bool:
        """Whether merge conflict markers stand in or between the blocks."""
        return any(fault.kind == "conflict-marker" for fault in self.faults)

    @property
    def settled(self) -> tuple[Block, ...]:
        """The blocks whose content can be judged: closed ones, outside a merge conflict."""
        if self.conflicted:
            return ()
        return tuple(block for block in self.blocks if block.closed != UNCLOSED)
