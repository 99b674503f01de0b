"""YAML: blocks and flow collections, all scalars, several documents, lines of templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.structure import excerpt, scalars
from onex_tools.structure.extents import END, MARKER, PLAIN, Extents, Written, end_of
from onex_tools.structure.flow import Flow
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text
from onex_tools.structure.template import Templates

Path = tuple[str | int, ...]

_COMMON = re.compile(
    rb"""
    ([ ]*+)(-[ ]++)?
    (?: ([A-Za-z0-9_./$-]++):(?=\s)[ ]*+ )?
    (?: "([^"\\\n]*+)"
      | '([^'\n]*+)'
      | ([^\s:\#{}\[\],&*!|>'"%@`?-](?:[^\s:\#{]++|:(?=\S)|[ ]++(?=[^\s:\#]))*+)
        (?=[ ]*+(?:[ ]\#|\n|\Z)))?
    (?:[ ]++\#[^\n]*+)?[ ]*+(?:\n|\Z)
    (?=(?:[ ]*+\n)*+(?(6)(?(3)(?(2)(?!\1[ ]{2}[ \t])|(?!\1[ \t]))|(?!\1[ \t]))))
    """,
    re.VERBOSE,
)
"""A line with a key, a scalar or both: nearly all of YAML."""
_BLANK = re.compile(rb"(?:[ \t]*+(?:\#[^\n]*+)?\n)*+([ \t]*+)(?:\#[^\n]*+\Z)?")
_STRUCTURE = re.compile(rb"(?:[ ]*+(?:[\#\]}{][^\n]*+)?\n)*+([ ]*+)(?=[^\n])(-(?=[ \n]|\Z))?")
"""Where the next line is that a key or an item may begin on."""
_INDICATOR = re.compile(rb"([-?:])(?:[ \t]++|(?=\n|\Z))")
_PROPERTIES = re.compile(rb"(?:[&!][^\s{}]*+(?:[ \t]++|(?=\n|\Z)))++")
_QUOTED = rb""""(?:[^"\\\n]++|\\.)*+"|'(?:[^'\n]++|'')*+'"""
_KEY = re.compile(rb"(?:(%b)[ \t]*+:|(?!['\"])(%b)[ \t]*+:(?=\s|\Z))[ \t]*+" % (_QUOTED, PLAIN))
_REST = re.compile(rb"[^\n]*+\n?")


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``; each document's paths begin anew.

    An alias has the text ``*name`` for its value, and so have keys that are merged. A key
    without a value has an empty one of kind ``null``.
    """
    reader = _Reader(data)
    reader.read()
    return reader.found


def near(data: bytes, places: Sequence[int]) -> Sequence[Setting]:
    """Those settings of ``data`` with one of ``places`` in them or in their path, and more.

    Also those that may give them a name, and the first of all.
    """
    reader = _Reader(data)
    if not places:
        return reader.read_first()
    return reader.found if reader.read_near(places) else scan(data)


class Target(NamedTuple):
    """What waits for a value: the path, the key's place, and what is known of the value.

    ``role`` is ``key`` where the value will itself be a key (after ``?``), and ``explicit`` where
    the value comes after a ``:`` of its own.
    """

    path: Path
    key_span: Span
    at: int
    tag: str = ""
    role: str = ""


class _Level:
    """One open collection: its column, what leads to it, how many items there were."""

    __slots__ = ("count", "indent", "is_list", "path")

    def __init__(self, indent: int, path: Path, *, is_list: bool) -> None:
        self.indent, self.path, self.is_list, self.count = indent, path, is_list, 0


class _Reader:
    """Reads line by line; what has no place in a document is passed over."""

    def __init__(self, data: bytes) -> None:
        self.found: list[Setting] = []
        written = self._written = data
        if b"\r" in data:
            data = re.sub(rb"\r(?!\n)", b"\n", data).replace(b"\r\n", b" \n")
        self._data = data
        self._templates = Templates(data)
        self._extents = Extents(written, data, self._templates)
        self._document, self._is_open = 0, False
        self._is_passed, self._nth = False, -1
        self._levels = [_Level(-1, (), is_list=False)]
        self._target: Target | None = Target((), Span(0, 0), 0)

    def read(self) -> None:
        """Read all lines."""
        at = 0
        while at < len(self._data):
            at = self._next(at)
        self._enter(-1, is_list=False)

    def read_first(self) -> Sequence[Setting]:
        """Read until there is a setting: that one, or none."""
        at = 0
        while at < len(self._data) and not self.found:
            at = self._next(at)
        if not self.found:
            self._enter(-1, is_list=False)
        return self.found[:1]

    def read_near(self, places: Sequence[int]) -> bool:
        """Read the lines that ``places`` depend on; whether it is sure which these are."""
        parts = excerpt.parts(self._data, places)
        if parts is None:
            return False
        at, last = 0, excerpt.Part(len(self._data), len(self._data), -1, is_text=False)
        for part in (*parts, last):
            while at < part.start and not self.found:
                at = self._next(at)
            if at <= part.start:
                if part.is_text:
                    return False
                self._pass_over(at, part.start)
                at, self._nth = part.start, part.nth
            while at < part.end:
                at = self._next(at)
        self._enter(-1, is_list=False)
        return True

    def _pass_over(self, at: int, to: int) -> None:
        """Go on at ``to``; what begins before that opens the collection that it belongs to."""
        line = _STRUCTURE.match(self._data, at)
        if line is None or line.end() >= to:
            return
        self._is_passed = True
        level, column, is_list = self._levels[-1], len(line[1]), line[2] is not None
        if column > level.indent or (column == level.indent and is_list > level.is_list):
            if is_list or self._key(line.end()) is not None:
                self._enter(column, is_list=is_list)
            else:
                self._target = None

    def _next(self, at: int) -> int:
        """Read the line at ``at``, and those that its value needs; where the next one begins."""
        data = self._data
        line = _COMMON.match(data, at)
        if line is not None and (line.start(2) >= 0 or line.start(3) >= 0):
            return self._common(line)
        blank = _BLANK.match(data, at)
        assert blank is not None, "what it asks for may all be missing"
        return self._line(*blank.span(1)) if blank.end() < len(data) else len(data)

    def _common(self, line: re.Match[bytes]) -> int:
        """Read a line with a key, with a scalar on the same line, or with both."""
        column = line.end(1) - line.start()
        start = line.end(1)
        if line.start(2) >= 0:
            self._item(column, start)
            column, start = line.end(2) - line.start(), line.end(2)
        group = line.lastindex or 1
        target = self._target
        if line.start(3) >= 0:
            level = self._enter(column, is_list=False)
            path = (*level.path, as_text(line[3])) if len(level.path) < MAX_DEPTH else level.path
            target = self._target = Target(path, Span(*line.span(3)), line.end(3) + 1)
        if group < 4 or target is None:
            return line.end()
        self._target = None
        text, style = as_text(line[group]), ('"', "'", "")[group - 4]
        kind = scalars.kind(text, style, target.tag)
        place = Span(*line.span(group))
        self.found.append(
            Setting(target.path, text, place, target.key_span, kind, style, target.tag, "",
                    self._document)
        )  # fmt: skip
        return line.end()

    def _line(self, start: int, at: int) -> int:
        """Read the line that begins at ``start``, its text at ``at``; where the next begins."""
        data = self._data
        if data[at] in b"{<":
            end = self._templates.line(at)
            if end:
                return end
        if at == start and data[at] in b"-.%":
            marker = MARKER.match(data, at)
            if marker is not None:
                self._new_document(marker.end(), begins=marker[1] == b"---")
                at = marker.end()
                return self._value(at) if END.match(data, at) is None else end_of(_REST, data, at)
            if data[at] == b"%"[0]:
                return end_of(_REST, data, at)
        indicator = _INDICATOR.match(data, at)
        while indicator is not None:
            self._indicated(indicator[1], at - start, at)
            at = indicator.end()
            if END.match(data, at) is not None:
                return end_of(_REST, data, at)
            indicator = _INDICATOR.match(data, at)
        return self._content(start, at)

    def _indicated(self, mark: bytes, column: int, at: int) -> None:
        """Read the beginning of an item, or of a key or a value that is marked as such."""
        if mark == b"-":
            self._item(column, at)
            return
        target = self._target
        is_value = mark == b":"
        if is_value and target and (target.role, self._levels[-1].indent) == ("explicit", column):
            self._target = target._replace(role="")
            return
        level = self._enter(column, is_list=False)
        path = _below(level.path, "") if is_value else level.path
        self._target = Target(path, Span(at, at), at + 1, "", "" if is_value else "key")

    def _item(self, column: int, at: int) -> None:
        level = self._enter(column, is_list=True)
        if self._nth >= 0:
            level.count, self._nth = self._nth, -1
        path = _below(level.path, level.count)
        level.count += 1
        self._target = Target(path, Span(at + 1, at + 1), at + 1)

    def _new_document(self, at: int, *, begins: bool) -> None:
        self._enter(-1, is_list=False)
        last = self.found[-1].document if self.found else -1
        if self._is_open or self._is_passed or last == self._document:
            self._document += 1
        self._is_open, self._is_passed = begins, False
        self._target = Target((), Span(at, at), at)

    def _content(self, start: int, at: int) -> int:
        """Read a key and what follows it, or a value."""
        data, column = self._data, at - start
        key = self._key(at)
        if key is None:
            if self._target is None or column <= self._levels[-1].indent:
                return end_of(_REST, data, at)
            return self._value(at)
        level = self._enter(column, is_list=False)
        quoted = key.start(1) >= 0
        place = key.span(1) if quoted else key.span(2)
        span = Span(place[0] + quoted, place[1] - quoted)
        text = self._extents.text(*span, key[0][:1] if quoted else b"")
        colon = data.index(b":", place[1])
        self._target = Target(_below(level.path, text), span, colon + 1)
        return self._value(key.end())

    def _key(self, at: int) -> re.Match[bytes] | None:
        """The key at ``at``, with what stands before its value; None: a value stands there."""
        at = end_of(_PROPERTIES, self._data, at)
        return _KEY.match(self._data, at) if not self._begins_flow(at) else None

    def _begins_flow(self, at: int) -> bool:
        mark = self._data[at : at + 2]
        return mark[:1] == b"[" or (mark[:1] == b"{" and mark not in (b"{{", b"{%", b"{#"))

    def _value(self, at: int) -> int:
        """Read the value at ``at``, or what is known of one that comes on a later line."""
        data, target = self._data, self._target
        assert target is not None, "a key or an item comes before each value"
        properties = _PROPERTIES.match(data, at)
        if properties is not None:
            tag = next((part for part in properties[0].split() if part[:1] == b"!"), b"")
            target = target._replace(tag=as_text(tag) or target.tag, at=at)
            at = properties.end()
        end = END.match(data, at)
        if end is not None:
            self._target = target
            return end.end()
        self._target = None
        indent = self._levels[-1].indent
        if self._begins_flow(at):
            flow = Flow(self._written, data, self._document)
            at = flow.read(at, target.path, indent)
            self.found += flow.found
            return end_of(_REST, data, at)
        scalar = self._extents.scalar(at, indent)
        self._note(target, scalar)
        return scalar.end

    def _note(self, target: Target, scalar: Written) -> None:
        """Note the value, or that it is a key which waits for its value."""
        if target.role == "key":
            path = _below(target.path, scalar.text)
            self._target = Target(path, scalar.span, scalar.span.end, "", "explicit")
            return
        kind = scalars.kind(scalar.text, scalar.style, target.tag)
        where = scalar.span, target.key_span
        self.found.append(
            Setting(
                target.path, scalar.text, *where, kind, scalar.style, target.tag, "", self._document
            )
        )

    def _enter(self, column: int, *, is_list: bool) -> _Level:
        """The collection whose keys or items begin in ``column``; opened where it is new."""
        level, target = self._levels[-1], self._target
        self._target = None
        if target is not None:
            if column > level.indent or (column == level.indent and is_list > level.is_list):
                return self._push(column, target.path, is_list=is_list)
            self._miss(target)
        if level.indent == column and level.is_list == is_list:
            return level
        left = None
        while level.indent > column or (level.indent == column and level.is_list > is_list):
            left = self._levels.pop()
            level = self._levels[-1]
        if level.indent == column and level.is_list == is_list:
            return level
        if left is not None and level.indent < column and left.is_list == is_list:
            left.indent = column
            self._levels.append(left)
            return left
        path = left.path if left is not None and level.indent < column else level.path
        return self._push(column, path, is_list=is_list)

    def _push(self, column: int, path: Path, *, is_list: bool) -> _Level:
        level = _Level(column, path, is_list=is_list)
        self._levels.append(level)
        return level

    def _miss(self, target: Target) -> None:
        """Note that a key or an item has no value."""
        if target.role == "key":
            target = target._replace(path=_below(target.path, ""))
        if target.path:
            kind = scalars.kind("", "", target.tag)
            where = Span(target.at, target.at), target.key_span
            self.found.append(
                Setting(target.path, "", *where, kind, "", target.tag, "", self._document)
            )


def _below(path: Path, part: str | int) -> Path:
    return (*path, part) if len(path) < MAX_DEPTH else path
