"""What the entries of google and numpy sections have in common: chunks of lines, and names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from onex_validators.docstrings.reading.headings import Heading
from onex_validators.docstrings.reading.text import Docstring

KINDS = {
    "arg": "arguments",
    "args": "arguments",
    "argument": "arguments",
    "arguments": "arguments",
    "param": "arguments",
    "params": "arguments",
    "parameter": "arguments",
    "parameters": "arguments",
    "keyword args": "other arguments",
    "keyword arguments": "other arguments",
    "other args": "other arguments",
    "other arguments": "other arguments",
    "other params": "other arguments",
    "other parameters": "other arguments",
    "receives": "receives",
    "return": "returns",
    "returns": "returns",
    "yield": "yields",
    "yields": "yields",
    "exceptions": "raises",
    "raise": "raises",
    "raises": "raises",
    "warn": "warns",
    "warns": "warns",
    "attribute": "attributes",
    "attributes": "attributes",
    "methods": "methods",
}
"""The kinds of the sections that have entries, by their titles in small letters."""
VALUES = frozenset(("returns", "yields"))
"""The kinds whose entries are values, and need no names."""
ERRORS = frozenset(("raises", "warns"))
"""The kinds whose entries are exceptions."""

_NAME = (
    r"(?::\w++(?::\w++)*+:)?+`{0,2}+[~!]?+"
    r"((?:\\?\*){0,2}+(?!\d)\w++(?:(?:\.|-|\\_)\w++)*+)"
    r"(?:\(\))?+`{0,2}+"
)
_AND = r"[ \t]*+(?:,[ \t]*+(?:(?:or|and)\b)?+|/|&|\||(?<=[\s`])(?:or|and)\b)[ \t]*+"
_NAMES = re.compile(rf"{_NAME}(?:{_AND}{_NAME})*+(?:[ \t]*+,?[ \t]*+\.\.\.)?+")
_ONE = re.compile(_NAME)
_BRACKET = re.compile(r"[()\[\]{}]")
_EXTRA = re.compile(
    r",[ \t\r\n]*+(?:optional|required|defaults?\b.*)\Z"
    r"|[(\[](?:optional[)\]]|defaults?\b.*)\Z|\A(?:optional|required)\Z",
    re.DOTALL | re.IGNORECASE,
)


class Chunk(NamedTuple):
    """The lines that belong to one entry: those from ``line`` to before ``end``."""

    line: int
    end: int


class Body(NamedTuple):
    """The lines below a heading, in chunks, and the number of the line after the last."""

    chunks: Sequence[Chunk]
    end: int


def kind_of(title: str) -> str:
    """The kind of a section, by its title."""
    small = title.lower()
    return KINDS.get(small, small)


def indent_of(line: str) -> int:
    """How many characters of white space ``line`` begins with."""
    return len(line) - len(line.lstrip())


def split_body(docstring: Docstring, heading: Heading, stop: int, margin: int) -> Body:
    """The chunks between ``heading`` and line ``stop``: one for each line with the least indent.

    A line that is indented by ``margin`` or less ends the body; where the first line already is,
    the first blank line does.
    """
    lines, first = docstring.lines, heading.line + 1 + heading.underlined
    starts: list[int] = []
    least, flush = -1, False
    for number in range(first, stop):
        line = lines[number]
        if not line.strip():
            if flush:
                return _body(starts, number)
            continue
        indent = indent_of(line)
        if indent <= margin and not flush:
            flush = not starts and number == first
            if not flush:
                return _body(starts, number)
        if least < 0 or indent <= least:
            least = indent
            starts.append(number)
    return _body(starts, stop)


def _body(starts: Sequence[int], end: int) -> Body:
    bounds = itertools.pairwise((*starts, end))
    return Body([Chunk(*both) for both in bounds], end)


def chunk_span(docstring: Docstring, chunk: Chunk) -> tuple[int, int]:
    """Where ``chunk`` begins and ends in ``raw``, white space before it left out."""
    starts, raw = docstring.starts, docstring.raw
    start = starts[chunk.line] + indent_of(docstring.lines[chunk.line])
    return start, starts[chunk.end] if chunk.end < len(starts) else len(raw)


def match_names(raw: str, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The names that ``raw`` lists from ``start``, and the offset behind the last."""
    match = _NAMES.match(raw, start, end)
    if match is None:
        return (), start
    names = (name.replace("\\", "") for name in _ONE.findall(match[0]))
    return tuple(name for name in names if _is_name(name)), match.end()


def _is_name(text: str) -> bool:
    """Whether ``text`` is neither a conjunction nor a line of underscores."""
    return text not in ("or", "and") and (len(text) <= 2 or bool(text.strip("_")))


def skip_blanks(raw: str, start: int, end: int) -> int:
    """The offset of the first character from ``start`` that is no blank and no tab."""
    while start < end and raw[start] in " \t":
        start += 1
    return start


def close_bracket(raw: str, start: int, end: int) -> int:
    """The offset of what closes the bracket at ``start``, or -1."""
    depth = 0
    for match in _BRACKET.finditer(raw, start, end):
        depth += 1 if match[0] in "([{" else -1
        if not depth:
            return match.start()
    return -1


def bare_type(text: str) -> str:
    """The type, without ``optional`` and a default behind it."""
    once = _EXTRA.sub("", text.strip()).rstrip(" ,")
    return _EXTRA.sub("", once).rstrip(" ,")
