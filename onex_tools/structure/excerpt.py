r"""Which lines of a YAML text have to be read to know the settings at some places in it.

That is sure only where every line is plain: no quoted text, flow collection or block goes over
lines that are indented no more than the line it begins on. Then the lines that lead to a place are
those before it that are indented less and less, and what lies between can be passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from onex_tools.structure.joined import SIBLINGS

_END = rb"(?:[ ]++\#[^\n]*+|[ ]*+)(?:\n|\Z)"
_CLOSED = rb'"(?:[^"\\\n]++|\\.)*+"|\'(?:[^\'\n]++|\'\')*+\''
_PLAIN = rb"(?![-?:]\s|[\"'\[\]{}#&!|>])\S(?:[^:\#\n\s]++|(?<![ ])\#|:(?=\S)|[ ]++(?!\#|:\s))*+"
_PROPERTIES = rb"(?:[&!][^\s{}]*+(?:[ ]++|(?=\n|\Z)))*+"
_KEY = rb"""(?: "[^"\\\n]*+" | '[^'\n]*+'
    | (?![-?:]\s|<%%|[\#&*!|>%%@`\[{}\],])[^\s"':](?:[^\s:"'\#{]++|:(?=\S)|[ ]++(?=[^\s:"'\#{])
      |(?<![ ])\#)*+
    )[ ]*+:(?:[ ]++|(?=\n|\Z))"""
_WORD = rb"""(?: %(CLOSED)b
    | (?![-?]\s)[^\s\[\]{},"'\#:&*!|>%%@`](?:[^\s\[\]{},"'\#:]++|:(?=[^\s\[\]{},])
      |[ ]++(?=[^\s\[\]{},"'\#:]))*+ )"""
_DEEPER = rb"\n(?:[ ]*+\n)*+%(MARGIN)b"
_SPACE = rb"(?:[ ]++|%(DEEPER)b|\n(?:[ ]*+\n)*+%(CLOSING)b(?=[\]}]))*+"
_BRACKETS = rb"""(?: \[%(SPACE)b(?:%(ITEM)b%(SPACE)b(?:,%(SPACE)b|(?=\])))*+\]
    | \{%(SPACE)b(?:%(ITEM)b%(SPACE)b(?:,%(SPACE)b|(?=\})))*+\} )"""
_ITEM = rb"(?: %(WORD)b(?:[ ]*+:(?=\s)%(SPACE)b%(VALUE)b?+)?+ | %(INNER)b )"
_MORE = rb"""(?:[ ]*+\n)*+%(MARGIN)b[ ]*+(?:["'\[\]}&!|>]|\{(?![{%%\#]))
    (?:[^:\#\n]++|:(?=\S)|(?<![ ])\#)*+(?:\n|\Z)"""
_VALUE = rb"""%(PROPERTIES)b(?: %(PLAIN)b%(END)b(?:%(MORE)b)*+
    | (?: "(?:[^"\\\n]++|\\.|\\?%(DEEPER)b)*+" | '(?:[^'\n]++|''|%(DEEPER)b)*+' )%(END)b
    | (?:%(CLOSED)b)[^\n]*+(?:\n|\Z)
    | %(BRACKETS)b%(END)b
    | [|>](?:[1-9][+-]?+|[+-]?+)[ ]*+(?:\#[^\n]*+)?(?:\n|\Z)(?:[ ]*+\n)*+
      (?:(?P<%(BLOCK)b>%(MARGIN)b[ ]*+)(?=\S)[^\n]*+(?:\n|\Z)
      (?:(?:(?P=%(BLOCK)b)[^\n]*+|[ ]*+)(?:\n|\Z))*+)?
    | (?:\#[^\n]*+)?(?:\n|\Z) )"""
_TEMPLATE = rb"[ ]*+(?:\{\{[^{}\n]*+\}\}|\{%[^%\n]*+%\})[ ]*+(?:\n|\Z)"
_LINE = rb"""(?:
      (?P<item>[ ]*+)-[ ](?![ ])%(KEY)b%(OF_ITEM)b
    | (?P<line>[ ]*+)(?!---\s|\.\.\.\s)(?:%(KEY)b|-(?:[ ]++|(?=\n|\Z))(?!-\s))%(OF_LINE)b
    | (?P<text>[ ]*+)(?!(?:---|\.\.\.)(?:\s|\Z))%(OF_TEXT)b
    | (?:---|\.\.\.)%(END)b
    | %(TEMPLATE)b
)"""


def _named(text: bytes, **parts: bytes) -> bytes:
    return text % {name.encode(): part for name, part in parts.items()}


def _values(name: str, margin: str, more: str = "") -> bytes:
    """The values that may stand on a line.

    Their other lines are indented by ``margin``, those of a plain text by ``more`` if it is given.
    """
    inside = {"MARGIN": margin.encode(), "CLOSING": b"(?P=%b)" % name.encode()}
    deeper = _named(_DEEPER, **inside)
    space = _named(_SPACE, DEEPER=deeper, **inside)
    word = _named(_WORD, CLOSED=_CLOSED)
    item = _named(_ITEM, WORD=word, SPACE=space, VALUE=word, INNER=b"(?!)")
    inner = _named(_BRACKETS, SPACE=space, ITEM=item)
    value = b"(?:%b|%b)" % (word, inner)
    item = _named(_ITEM, WORD=word, SPACE=space, VALUE=value, INNER=inner)
    return _named(
        _VALUE,
        **inside,
        DEEPER=deeper,
        BRACKETS=_named(_BRACKETS, SPACE=space, ITEM=item),
        BLOCK=b"block_of_" + name.encode(),
        MORE=_named(_MORE, MARGIN=(more or margin).encode()),
        PROPERTIES=_PROPERTIES,
        PLAIN=_PLAIN,
        CLOSED=_CLOSED,
        END=_END,
    )


WORTH = 60_000
"""Bytes of text from which the patterns are worth to be compiled: it takes as long to read them."""


DENSE = 4
"""Lines for each place: where there are fewer, to read all costs less."""


class _Asked:
    """How many bytes this process was asked about."""

    size = 0


@cache
def _lines() -> re.Pattern[bytes]:
    """A pattern of a text of which every line is plain."""
    line = _named(
        _LINE,
        KEY=_named(_KEY),
        OF_ITEM=_values("item", "(?P=item)[ ]{3}"),
        OF_LINE=_values("line", "(?P=line)[ ]"),
        OF_TEXT=_values("text", "(?P=text)[ ]", "(?P=text)(?![ ])"),
        TEMPLATE=_TEMPLATE,
        END=_END,
    )
    return re.compile(rb"(?:%b)*+\Z" % line, re.VERBOSE)


@cache
def _keyed() -> re.Pattern[bytes]:
    """A pattern of a line that begins with a key."""
    return re.compile(rb"[ ]*+%b%b" % (_PROPERTIES, _named(_KEY)), re.VERBOSE)


@cache
def _sibling() -> re.Pattern[bytes]:
    r"""A pattern of a line whose key may be of what names a value beside it, or of that value.

    It begins with the end of the line before: ``\n`` is found much faster than any line's start.
    """
    names = "|".join(sorted(SIBLINGS)).encode()
    return re.compile(rb"\n[ ]*+(?:-[ ]++)?+(?:[&!][^\s]*+[ ]++)*+[\"']?(?:%b)[\"']?[ ]*+:" % names)


_HOLDS_NONE = re.compile(rb"[^\n]*:[ ]*+(?:[&!][^\s]*+[ ]*+)*+(?:\#[^\n]*+)?|[ ]*+-[ ]*+")
"""A line of which the value, if there is one, comes on later lines."""
_CONTENT = re.compile(rb"[ ]*+-[ ]++(?=\S)")
_LEADS = re.compile(
    rb"([ ]*+(?:(?:---|\.\.\.)(?=[ \n]|\Z)|-[^\n]?|[^\n])?)[^\n]*+(?:\n|\Z)",
)
"""A line, and of it what tells how deep it stands."""
_NO_DEPTH = 1 << 62
"""The depth of lines that nothing depends on: blanks, comments, templates, closing brackets."""


class Part(NamedTuple):
    """Lines to read, from ``start`` up to ``end``.

    ``nth`` is the number, from 0, of the list item that begins on the first of them, or -1.
    ``is_text`` says that they belong to a value which began before: they are not a part otherwise.
    """

    start: int
    end: int
    nth: int
    is_text: bool


def parts(data: bytes, places: Sequence[int]) -> Sequence[Part] | None:
    r"""The parts of ``data`` to read, in order; None: all of it, since nothing less is sure.

    ``data`` has ``\n`` at the end of its lines; ``places`` are in order. A line with one of them
    is read with all that is indented below it, with the lines that lead to it, and with those
    beside them that may hold a name or its value.
    """
    _Asked.size += len(data)
    is_worth = _Asked.size >= WORTH and len(places) * DENSE <= data.count(b"\n")
    if not is_worth or _lines().match(data) is None:
        return None
    outline = _Outline(data)
    if outline.is_unclear:
        return None
    lines = dict.fromkeys(bisect_right(outline.starts, place) - 1 for place in places)
    return outline.parts() if all(map(outline.mark, lines)) else None


class _Outline:
    """The lines of a text by how deep they stand, and those of them that are to be read.

    The depth of a line is twice its column from 1, and one more for an item of a list; a mark
    between documents has none. What leads to a line, its parent, is the nearest line before it
    that is less deep. All of this is found out where it is asked for.
    """

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        self._lines = data.split(b"\n")
        self.starts = list(map(add, accumulate(map(len, self._lines), initial=0), count()))
        leads = _LEADS.findall(data)
        self._depths = list(map(_Depths().__getitem__, leads[: len(self._lines)]))
        self._before, self._after = _runs(self._depths)
        self._places: dict[int, tuple[int, int]] = {}
        self._enclosing: dict[tuple[int, int], int] = {}
        self._first: dict[int, int] = {}
        self._keyed: set[int] = set()
        self._siblings: dict[int, list[int]] = {}
        self._looked_beside: set[tuple[int, int]] = set()
        self._marked = {line: line + 1 for line, depth in enumerate(self._depths) if not depth}
        self._is_text = {-1: False}
        found = _sibling().finditer(b"\n" + data)
        self._named = {bisect_right(self.starts, one.start()) - 1 for one in found}
        for line in sorted(self._named):
            self._siblings.setdefault(self._parent(line), []).append(line)

    @property
    def is_unclear(self) -> bool:
        """Whether a name, or a value that has one, stands where it belongs to nothing."""
        return any(map(self._is_odd, self._named))

    def _parent(self, line: int) -> int:
        """The line that leads to ``line``; -1: none does."""
        return self._place(line)[0]

    def _nth(self, line: int) -> int:
        """The number of the item that begins on ``line``; -1: it is none."""
        return self._place(line)[1] if self._depths[line] & 1 else -1

    def _place(self, line: int) -> tuple[int, int]:
        """The parent of ``line``, and how many stand before it that are as deep, below that."""
        if line not in self._places:
            depths, depth, nth, above = self._depths, self._depths[line], 0, line - 1
            while above >= 0 and depths[above] >= depth:
                if depths[above] == _NO_DEPTH != depth:
                    above = self._before[above]
                    continue
                if depths[above] == depth:
                    nth += 1
                    if above in self._places:
                        above, before = self._places[above]
                        nth += before
                        break
                above -= 1
            self._places[line] = above, nth
        return self._places[line]

    def _end(self, line: int) -> int:
        """The line after ``line``, and after all that are deeper."""
        depths, depth, end = self._depths, self._depths[line], line + 1
        while end < len(depths) and depths[end] > depth:
            end = self._after[end]
        return end

    def _is_odd(self, line: int) -> bool:
        """Whether ``line`` is not as deep as the first one below what leads to both."""
        above, depth = self._parent(line), self._depths[line]
        if depth in (0, _NO_DEPTH):
            return False
        first = self._depths[self._first_below(above)]
        return depth not in (first, self._depth_of_content(above))

    def _first_below(self, line: int) -> int:
        """The first line that ``line`` leads to; it leads to one at least."""
        if line not in self._first:
            below = line + 1
            while self._depths[below] == _NO_DEPTH:
                below += 1
            self._first[line] = below
        return self._first[line]

    def _depth_of_content(self, line: int) -> int:
        """How deep the keys stand of which the first is on ``line``, an item; 0: there is none."""
        content = _CONTENT.match(self._lines[line]) if line >= 0 else None
        return 2 * content.end() + 2 if content is not None else 0

    def mark(self, line: int) -> bool:
        """Mark what is to be read for ``line``; whether that is sure."""
        if self._depths[line] != _NO_DEPTH:
            self._marked[line] = self._end_of_key(line)
            return self._lead(line)
        text = self._lines[line].lstrip(b" ")
        column = len(self._lines[line]) - len(text)
        above = self._enclosed_by(self._parent(line), 2 * column + 3)
        if text[:1] == b"#":
            return self._lead(above)
        self._marked[line] = line + 1
        if text.startswith(b"{{") and not self._lead(self._parent(line)):
            return False  # a template may also stand in a block, at any depth
        return self._lead(line, above)

    def _enclosed_by(self, line: int, depth: int) -> int:
        """The nearest of ``line`` and what leads to it that is less deep than ``depth``."""
        asked = line, depth
        if asked not in self._enclosing:
            while line >= 0 and self._depths[line] >= depth:
                line = self._parent(line)
            self._enclosing[asked] = line
        return self._enclosing[asked]

    def _end_of_key(self, line: int) -> int:
        """The line after all that the key on ``line`` leads to, or the item if it has no key."""
        if self._holds(line):
            return line + 1
        depth, end = self._depth_of_content(line), line + 1
        if not depth:
            return self._end(line)
        while self._depths[end : end + 1] > [depth]:
            end += 1
        return end

    def _lead(self, line: int, above: int | None = None) -> bool:
        """Mark what leads to ``line``, and what stands beside that; whether it is sure."""
        way = []
        while line not in self._is_text:
            way.append(line)
            line, above = self._parent(line) if above is None else above, None
        is_text = self._is_text[line]
        for below in reversed(way):
            is_text = is_text or self._has_in_value(line, below)
            if not is_text and self._is_odd(below):
                return False
            self._is_text[below] = is_text
            self._marked.setdefault(below, below + 1)
            if not is_text:
                self._mark_text(below)
            if below in self._named:
                self._mark_beside(below)
            line = below
        return True

    def _mark_text(self, line: int) -> None:
        """Mark what stands before ``line`` if it is one text with it, below what leads to both."""
        above = self._parent(line)
        first = line if self._depths[line] in (0, _NO_DEPTH) else self._first_below(above)
        if first < line and first not in self._keyed:
            if self._depths[first] & 1 or _keyed().match(self._lines[first]):
                self._keyed.add(first)
            else:
                self._marked[first] = max(self._marked.get(first, 0), line + 1)
                self._is_text.setdefault(first, False)

    def _has_in_value(self, line: int, below: int) -> bool:
        """Whether the line ``below`` belongs to a value that begins on ``line``."""
        return self._holds(line) and self._depths[below] != self._depth_of_content(line)

    def _holds(self, line: int) -> bool:
        """Whether a value begins on ``line``: what is below it belongs to that."""
        return line >= 0 and self._depths[line] > 0 and not _HOLDS_NONE.fullmatch(self._lines[line])

    def _mark_beside(self, line: int) -> None:
        """Mark the lines beside ``line`` that may be its name or its value."""
        above, depth = self._parent(line), self._depths[line]
        if depth & 1:
            above, depth = line, self._depth_of_content(line)
        if (above, depth) in self._looked_beside:
            return
        self._looked_beside.add((above, depth))
        for one in self._siblings.get(above, ()):
            if self._depths[one] == depth:
                self._marked[one] = self._end(one)
                self._is_text.setdefault(one, self._is_text[line])
        if above in self._named and self._depth_of_content(above) == depth:
            self._marked[above] = max(self._marked[above], self._end_of_key(above))

    def parts(self) -> Sequence[Part]:
        """What was marked, in order."""
        starts = [min(start, self._size) for start in self.starts]
        return [
            Part(starts[line], starts[end], self._nth(line), self._is_text.get(line, False))
            for line, end in sorted(self._marked.items())
        ]


def _depth(lead: bytes) -> int:
    """How deep a line stands that begins so, as `_LEADS` has found."""
    text = lead.lstrip(b" ")
    if text in (b"", b"#", b"]", b"}", b"{"):
        return _NO_DEPTH
    if lead in (b"---", b"..."):
        return 0
    return 2 * (len(lead) - len(text)) + 2 + (text in (b"-", b"- "))


def _runs(depths: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each line the line before it, and the line after it, past all that have no depth."""
    before, after = list(range(-1, len(depths) - 1)), list(range(1, len(depths) + 1))
    without = [line for line, depth in enumerate(depths) if depth == _NO_DEPTH]
    for line in without:
        if line and depths[line - 1] == _NO_DEPTH:
            before[line] = before[line - 1]
    for line in reversed(without):
        if line + 1 < len(depths) and depths[line + 1] == _NO_DEPTH:
            after[line] = after[line + 1]
    return before, after


class _Depths(dict[bytes, int]):
    """How deep lines stand by how they begin: of a text, many begin alike."""

    def __missing__(self, lead: bytes) -> int:
        depth = self[lead] = _depth(lead)
        return depth
