"""Sections in the google convention: ``name (type): text``, indented below a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onex_validators.docstrings.reading.entries import (
    ERRORS,
    KINDS,
    VALUES,
    Chunk,
    bare_type,
    chunk_span,
    close_bracket,
    kind_of,
    match_names,
    skip_blanks,
    split_body,
)
from onex_validators.docstrings.reading.headings import Heading
from onex_validators.docstrings.reading.parts import Entry, Section
from onex_validators.docstrings.reading.text import Docstring

_COLON = re.compile(r":(?![:/])")
_WORD = re.compile(r"[A-Za-z_][\w.]*+")
_ERRORS = ("Error", "Exception", "Warning", "Exit", "Interrupt", "Iteration")
_TYPE_PART = re.compile(
    r":\w++(?::\w++)*+:`[^`\r\n]*+`|[^\s:()\[\]{}]++|[ \t]*+(?:\||,|\bor\b|\bof\b)[ \t]*+"
)


def read_section(docstring: Docstring, heading: Heading, stop: int) -> Section:
    """The section under ``heading``, which at the latest ends before line ``stop``."""
    kind = kind_of(heading.title)
    body = split_body(docstring, heading, stop, heading.indent)
    entries: Sequence[Entry] = ()
    if kind in VALUES:
        whole = Chunk(body.chunks[0].line, body.end) if body.chunks else None
        entries = (_value(docstring, whole),) if whole else ()
    elif heading.title.lower() in KINDS:
        entries = list(_entries(docstring, body.chunks, kind))
    return Section(kind, heading.written, heading.line, body.end, entries)


def _entries(docstring: Docstring, chunks: Sequence[Chunk], kind: str) -> Iterator[Entry]:
    for chunk in chunks:
        entry = _entry(docstring.raw, *chunk_span(docstring, chunk))
        if entry is None and kind in ERRORS:
            entry = _error(docstring.raw, *chunk_span(docstring, chunk))
        if entry is not None:
            yield entry


def _entry(raw: str, start: int, end: int) -> Entry | None:
    """The entry that ``raw[start:end]`` is, or None where it is text."""
    names, behind = match_names(raw, start, end)
    if not names or names == ("None",):
        return None
    at, kind = skip_blanks(raw, behind, end), ""
    if raw.startswith("(", at, end):
        at, kind = _bracketed(raw, at, end)
    if not (_COLON.match(raw, at, end) or _is_headword(raw, at, end, kind)):
        return None
    return Entry(names, kind, bool(raw[at + 1 : end].strip()), start, behind)


def _bracketed(raw: str, at: int, end: int) -> tuple[int, str]:
    """Where the bracket at ``at`` lets the text go on, and the type in it."""
    close = close_bracket(raw, at, end)
    if close < 0:
        colon = raw.find(":", at, end)
        return (end if colon < 0 else colon), ""
    return skip_blanks(raw, close + 1, end), bare_type(raw[at + 1 : close])


def _is_headword(raw: str, at: int, end: int, kind: str) -> bool:
    """Whether a line that ends at ``at``, without a colon, is the head of an entry.

    It is where it gives a type, or where its text is indented below it.
    """
    if raw[at : at + 1] not in ("\n", "\r", ""):
        return False
    return bool(kind or raw[at:end].strip())


def _error(raw: str, start: int, end: int) -> Entry | None:
    """An exception's name in front of running text, or alone."""
    match = _WORD.match(raw, start, end)
    if match is None or not match[0].endswith(_ERRORS):
        return None
    return Entry((match[0],), "", bool(raw[match.end() : end].strip()), start, match.end())


def _value(docstring: Docstring, chunk: Chunk) -> Entry:
    """What is returned or yielded: ``type: text``, or text alone."""
    raw = docstring.raw
    start, end = chunk_span(docstring, chunk)
    close = type_end(raw, start, end)
    if close > start:
        kind = bare_type(raw[start:close])
        colon = skip_blanks(raw, close, end)
        return Entry((), kind, bool(raw[colon + 1 : end].strip()), start, close)
    line_end = docstring.starts[chunk.line] + len(docstring.lines[chunk.line].rstrip())
    return Entry((), "", True, start, line_end)


def type_end(raw: str, start: int, end: int) -> int:
    """Where the type that ``raw[start:end]`` begins with ends, if a colon follows; else ``start``.

    A type has no blanks, but in brackets and around ``|``, ``,``, ``or`` and ``of``.
    """
    at = start
    while at < end:
        if raw[at] in "([{":
            at = close_bracket(raw, at, end) + 1
            if not at:
                return start
            continue
        match = _TYPE_PART.match(raw, at, end)
        if match is None or not match[0]:
            break
        at = match.end()
    colon = skip_blanks(raw, at, end)
    return at if at > start and _COLON.match(raw, colon, end) else start
