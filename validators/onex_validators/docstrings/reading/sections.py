"""The sections of a docstring (arguments, returns, ...), in whichever convention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onex_tools.api import SourceFile
from onex_validators.docstrings.reading import google, numpy
from onex_validators.docstrings.reading.entries import KINDS, indent_of
from onex_validators.docstrings.reading.headings import ANY, NUMPY, Heading, headings, stops
from onex_validators.docstrings.reading.parts import Entry, Reading, Section
from onex_validators.docstrings.reading.sphinx import read_fields
from onex_validators.docstrings.reading.text import Docstring

__all__ = ["Entry", "Reading", "Section", "certain_headings", "read"]

_NOTHING = Reading("", ())


def read(docstring: Docstring, convention: str) -> Reading:
    """The sections of ``docstring``, read by ``convention`` and remembered.

    ``google``, ``numpy`` and ``sphinx`` are read as such; any other word, such as "", means that
    the docstring itself tells which of the three it follows.
    """
    readings = docstring.file.shared(_readings)
    key = (docstring.start, convention)
    found = readings.get(key)
    if found is None:
        found = readings[key] = _read(docstring, convention)
    return found


def _readings(_: SourceFile) -> dict[tuple[int, str], Reading]:
    """What has been read of a file, by offset of the docstring and convention."""
    return {}


def _read(docstring: Docstring, convention: str) -> Reading:
    if convention == "sphinx":
        return _reading(convention, read_fields(docstring))
    found = certain_headings(docstring)
    if convention in ("google", "numpy"):
        return _reading(convention, list(_titled(docstring, found)))
    if not any(heading.title.lower() in KINDS for heading in found):
        fields = read_fields(docstring)
        if fields:
            return _reading("sphinx", fields)
    return _reading(_guess(found), list(_titled(docstring, found)))


def _reading(convention: str, sections: Sequence[Section]) -> Reading:
    return Reading(convention, sections) if sections else _NOTHING


def certain_headings(docstring: Docstring) -> Sequence[Heading]:
    """The headings of ``docstring`` that are neither an entry nor part of an example.

    A title further to the right than the one before it is; and where there are underlines, so is
    what has none, unless it is written like a title of google's.
    """
    found = headings(docstring, ANY)
    underlined = any(heading.underlined for heading in found)
    kept: list[Heading] = []
    for one in found:
        formed = one.underlined or not underlined or (one.colon and one.written == one.title)
        if formed and (not kept or one.indent <= kept[-1].indent):
            kept.append(one)
    return kept


def _guess(found: Sequence[Heading]) -> str:
    """The convention that ``found`` speaks for."""
    if any(heading.underlined for heading in found):
        return "numpy"
    if any(heading.colon or heading.title.lower() not in NUMPY for heading in found):
        return "google"
    return "numpy"


def _titled(docstring: Docstring, found: Sequence[Heading]) -> Iterator[Section]:
    for heading, stop in zip(found, stops(docstring, found), strict=True):
        form = numpy if _is_flush(docstring, heading, stop) else google
        yield form.read_section(docstring, heading, stop)


def _is_flush(docstring: Docstring, heading: Heading, stop: int) -> bool:
    """Whether what ``heading`` is the title of is written in the form of numpy."""
    if heading.underlined or heading.colon:
        return heading.underlined
    for line in docstring.lines[heading.line + 1 : stop]:
        if line.strip():
            return indent_of(line) <= heading.indent
    return False
