"""Sections in the numpy convention: ``name : type`` below an underlined title, text indented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onex_validators.docstrings.reading.entries import (
    KINDS,
    VALUES,
    Chunk,
    bare_type,
    chunk_span,
    kind_of,
    match_names,
    skip_blanks,
    split_body,
)
from onex_validators.docstrings.reading.headings import Heading, is_underlined
from onex_validators.docstrings.reading.parts import Entry, Section
from onex_validators.docstrings.reading.text import Docstring


def read_section(docstring: Docstring, heading: Heading, stop: int) -> Section:
    """The section under ``heading``, which at the latest ends before line ``stop``.

    The next underlined line ends it too, whatever it says.
    """
    first = heading.line + 1 + heading.underlined
    lines = docstring.lines
    stop = next(
        (at for at in range(first, stop) if lines[at].strip() and is_underlined(docstring, at)),
        stop,
    )
    kind = kind_of(heading.title)
    body = split_body(docstring, heading, stop, -1)
    has_entries = heading.title.lower() in KINDS
    entries = list(_entries(docstring, body.chunks, kind)) if has_entries else ()
    return Section(kind, heading.written, heading.line, body.end, entries)


def _entries(docstring: Docstring, chunks: Sequence[Chunk], kind: str) -> Iterator[Entry]:
    for chunk in chunks:
        start, end = chunk_span(docstring, chunk)
        line = docstring.starts[chunk.line] + len(docstring.lines[chunk.line].rstrip())
        entry = _entry(docstring.raw, start, line)
        if kind in VALUES and (entry is None or not entry.type):
            entry = _value(docstring.raw, start, line)
        if entry is not None:
            described = entry.described or bool(docstring.raw[line:end].strip())
            yield entry._replace(described=described)


def _entry(raw: str, start: int, end: int) -> Entry | None:
    """The entry that the line ``raw[start:end]`` heads, or None where it is text."""
    names, behind = match_names(raw, start, end)
    at = skip_blanks(raw, behind, end)
    if not names or names == ("None",) or raw.startswith("::", at, end):
        return None
    if at < end and raw[at] != ":":
        return None
    return Entry(names, bare_type(raw[at + 1 : end]), False, start, behind)


def _value(raw: str, start: int, end: int) -> Entry:
    """A value that has no name: its type, or a sentence."""
    text = raw[start:end]
    is_type = not text.endswith(".") or text.endswith("...")
    return Entry((), bare_type(text) if is_type else "", not is_type, start, end)
