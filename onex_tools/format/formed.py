"""What becomes of a file: the words that the chain, the processes and the memory share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from onex_tools.format.header import Fault
    from onex_tools.model import Span


class Steps(NamedTuple):
    """Which steps a file takes; what a tool is told to leave alone, it does not get."""

    header: bool = True
    isort: bool = True
    black: bool = True


class Formed(NamedTuple):
    """What became of a file.

    Attributes:
        new: its bytes in their final form; None: they are that already, or it was refused.
        refused: why it cannot be formatted; empty where it can.
        line: the line that ``refused`` speaks of; else the first that changes.
        span: the bytes that ``refused`` speaks of, where more is known than the line.
        header: what is out of order in its header as it is.
        remains: what of that is out of order in its final form too.
    """

    new: bytes | None = None
    refused: str = ""
    line: int = 1
    span: Span | None = None
    header: tuple[Fault, ...] = ()
    remains: tuple[Fault, ...] = ()
