"""What reading a docstring's sections gives, in whichever convention it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Entry(NamedTuple):
    """One thing that a section describes: an argument, an exception, a value.

    Attributes:
        names: stars kept, quotes, roles and backslashes of the markup left out; several where one
            line describes several; none for a value that is only described by its type.
        type: as written, without the brackets around it, ``optional`` and a default; or "".
        described: whether there is any text on it.
        start, end: the offsets in the docstring's ``raw`` of the names, or of the type, or, where
            there is neither, of the first line of the text.
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
            ``receives``, ``returns``, ``yields``, ``raises``, ``warns``, ``attributes``,
            ``methods``; else its title in small letters (``notes``, ``see also``, ...).
        title: as written; "" in the sphinx convention, where fields stand alone.
        line: the number, from 0, of the line of the title (or of the first field).
        end: the number of the line after its last.
        entries: what it describes, in order; none in a section of running text.
    """

    kind: str
    title: str
    line: int
    end: int
    entries: Sequence[Entry]


class Reading(NamedTuple):
    """A docstring read by a convention: ``google``, ``numpy``, ``sphinx``, or "" if it has none.

    Attributes:
        convention: the one by which ``sections`` were read; "" where there are no sections.
        sections: in the order of their first lines.
    """

    convention: str
    sections: Sequence[Section]
