"""The sections of a docstring (arguments, returns, ...), in whichever convention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Entry(NamedTuple):
    """One thing that a section describes: an argument, an exception, a value.

    Attributes:
        names: as written, stars kept; several where one line describes several; none for a value
            that is only described by its type.
        type: as written, without brackets, or "".
        described: whether there is any text on it.
        start, end: the offsets in the docstring's ``raw`` of the names, or of the type.
    """

    names: tuple[str, ...]
    type: str
    described: bool
    start: int
    end: int


class Section(NamedTuple):
    """One section.

    Attributes:
        kind: what it holds, in one word for all conventions: ``arguments``, ``other arguments``,
            ``returns``, ``yields``, ``raises``, ``warns``, ``attributes``, ``methods``,
            ``examples``, ``notes``, ...
        title: as written; "" in the sphinx convention, where fields stand alone.
        line: the number, from 0, of the line of the title (or of the first field).
        end: the number of the line after its last.
        entries: what it describes, in order.
    """

    kind: str
    title: str
    line: int
    end: int
    entries: Sequence[Entry]


class Reading(NamedTuple):
    """A docstring read by a convention: ``google``, ``numpy``, ``sphinx``, or "" if it has none."""

    convention: str
    sections: Sequence[Section]
