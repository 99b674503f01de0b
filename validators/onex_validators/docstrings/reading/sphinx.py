"""Sections in the sphinx convention: fields such as ``:param name: text``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onex_tools.api import SourceFile
from onex_validators.docstrings.reading.entries import indent_of, match_names
from onex_validators.docstrings.reading.parts import Entry, Section
from onex_validators.docstrings.reading.text import Docstring

FIELDS: Mapping[str, str] = {
    **dict.fromkeys(("param", "parameter", "arg", "argument"), "arguments"),
    **dict.fromkeys(("key", "keyword", "kwarg", "kwparam"), "other arguments"),
    **dict.fromkeys(("return", "returns"), "returns"),
    **dict.fromkeys(("yield", "yields"), "yields"),
    **dict.fromkeys(("raise", "raises", "except", "exception"), "raises"),
    **dict.fromkeys(("ivar", "cvar", "var"), "attributes"),
}
"""The kinds of what fields describe, by the fields' names."""
TYPES: Mapping[str, str] = {
    "type": "arguments",
    "paramtype": "arguments",
    "kwtype": "other arguments",
    "rtype": "returns",
    "ytype": "yields",
    "vartype": "attributes",
}
"""The kinds of what a field gives the type of, by the fields' names."""

_SUSPECT = re.compile(r"(?:\A|[\r\n])[ \t]*+:[A-Za-z]")
_FIELD = re.compile(r"[ \t]*+:([A-Za-z]++)(?:[ \t]++((?:[^:]++|:(?!\s|$))*+))?+:(?=\s|$)")
_COMMA = re.compile(r"[\w*\\.]+(?:\s*,\s*[\w*\\.]+)+\Z")


class Field(NamedTuple):
    """One field.

    Attributes:
        name: ``param``, ``type``, ``returns``, ...
        argument: what stands between the name and the second colon.
        line, end: the numbers, from 0, of its first line and of the line after its last.
        start: the offset in ``raw`` of the first colon.
        at: the offset of the argument, or of the second colon.
        body: the offset behind the second colon.
        stop: the offset behind its last line.
    """

    name: str
    argument: str
    line: int
    end: int
    start: int
    at: int
    body: int
    stop: int


def fields(docstring: Docstring) -> Sequence[Field]:
    """The fields of ``docstring`` in order, whatever their names: those that are not indented."""
    known = docstring.file.shared(_known)
    found = known.get(docstring.start)
    if found is None:
        found = known[docstring.start] = _fields(docstring)
    return found


def _known(_: SourceFile) -> dict[int, Sequence[Field]]:
    """The fields in a file, by offset of the docstring."""
    return {}


def _fields(docstring: Docstring) -> Sequence[Field]:
    if not _SUSPECT.search(docstring.raw):
        return ()
    margin = margin_of(docstring)
    heads = []
    for number, line in enumerate(docstring.lines):
        match = _FIELD.match(line)
        if match and (not number or indent_of(line) == margin):
            heads.append((number, match))
    return [_field(docstring, number, match, margin) for number, match in heads]


def margin_of(docstring: Docstring) -> int:
    """The least indent of a line after the first.

    Where the first line announces a literal block, the docstring's own.
    """
    if docstring.lines[0].rstrip().endswith("::"):
        return len(docstring.indent)
    rest = [line for line in docstring.lines[1:] if line.strip()]
    return min(map(indent_of, rest), default=0)


def _field(docstring: Docstring, number: int, match: re.Match[str], margin: int) -> Field:
    lines, offset = docstring.lines, docstring.starts[number]
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) > margin):
        end += 1
    while end > number + 1 and not lines[end - 1].strip():
        end -= 1
    argument = (match[2] or "").strip()
    at = match.start(2) if match[2] else match.end() - 1
    stop = docstring.starts[end - 1] + len(lines[end - 1])
    start = offset + indent_of(lines[number])
    return Field(match[1], argument, number, end, start, offset + at, offset + match.end(), stop)


def read_fields(docstring: Docstring) -> Sequence[Section]:
    """The sections that the fields of ``docstring`` make: one for each kind, by its first field."""
    found = fields(docstring)
    kinds: dict[str, list[Field]] = {}
    for field in found:
        kind = FIELDS.get(field.name) or _valued(field.name)
        if kind:
            kinds.setdefault(kind, []).append(field)
    types = _types(found)
    return [_section(docstring, kind, group, types) for kind, group in kinds.items()]


def _valued(name: str) -> str:
    """The kind of a type that can stand without a field that describes the value."""
    return TYPES[name] if name in ("rtype", "ytype") else ""


def _types(found: Sequence[Field]) -> Mapping[tuple[str, str], Field]:
    """The fields that give types, by the kind and the name of what they are the type of."""
    return {(TYPES[one.name], bare_name(one.argument)): one for one in found if one.name in TYPES}


def bare_name(text: str) -> str:
    """A name without what only the markup asks for."""
    return text.replace("\\", "").strip("`")


def _section(
    docstring: Docstring,
    kind: str,
    group: Sequence[Field],
    types: Mapping[tuple[str, str], Field],
) -> Section:
    if kind in ("returns", "yields"):
        entries: Sequence[Entry] = (_value(docstring, group),)
    else:
        entries = list(_entries(docstring, kind, group, types))
    return Section(kind, "", group[0].line, max(one.end for one in group), entries)


def _value(docstring: Docstring, group: Sequence[Field]) -> Entry:
    """What is returned or yielded."""
    text = [one for one in group if one.name not in TYPES]
    described = any(body_text(docstring, one) for one in text)
    for one in group:
        if one.name in TYPES:
            start = one.body + indent_of(docstring.raw[one.body : one.stop])
            return Entry((), body_text(docstring, one), described, start, one.stop)
    first = group[0]
    return Entry((), first.argument, described, first.start, first.body)


def body_text(docstring: Docstring, field: Field) -> str:
    """The text of ``field`` in one line."""
    return " ".join(docstring.raw[field.body : field.stop].split())


def _entries(
    docstring: Docstring,
    kind: str,
    group: Sequence[Field],
    types: Mapping[tuple[str, str], Field],
) -> Iterator[Entry]:
    for field in group:
        names, written, start = _named(docstring, kind, field)
        given = types.get((kind, names[0])) or types.get(("arguments", names[0])) if names else None
        if given:
            written = body_text(docstring, given)
        described = bool(body_text(docstring, field))
        end = field.at + len(field.argument) if field.argument else field.body
        yield Entry(names, written, described, start, end)


def _named(docstring: Docstring, kind: str, field: Field) -> tuple[tuple[str, ...], str, int]:
    """The names and the type that the argument of ``field`` gives, and where the names begin."""
    raw, end = docstring.raw, field.at + len(field.argument)
    if not field.argument:
        return (), "", field.start
    if kind == "raises" or _COMMA.match(field.argument):
        return match_names(raw, field.at, end)[0], "", field.at
    written, _, name = field.argument.rpartition(" ")
    return (bare_name(name),), written.strip(), end - len(name)
