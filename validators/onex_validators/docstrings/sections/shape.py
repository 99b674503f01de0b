"""How each section of a docstring is laid out, and what the rules on sections share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onex_tools.api import Edit, Finding, Fix, SourceFile, Span
from onex_validators.docstrings.reading.entries import indent_of
from onex_validators.docstrings.reading.headings import (
    GOOGLE,
    NUMPY,
    Heading,
    follows_numpy,
    headings,
    is_dashes,
    stops,
)
from onex_validators.docstrings.reading.text import Docstring
from onex_validators.docstrings.rule import DocstringRule


class Shape(NamedTuple):
    """The lines of one section.

    Attributes:
        docstring: the one that it is part of.
        heading: its title.
        before: the heading before it, or None.
        stop: the line of the next heading, or the number of lines.
        numpy: whether numpy's convention applies, and not google's.
        underline: the line of the dashes below the title, -1 without any.
        text: the first line of its text, -1 without any.
    """

    docstring: Docstring
    heading: Heading
    before: Heading | None
    stop: int
    numpy: bool
    underline: int
    text: int

    @property
    def title(self) -> Span:
        """Where the title stands, without a colon."""
        start = self.docstring.starts[self.heading.line] + self.heading.indent
        return self.docstring.span(start, start + len(self.heading.written))

    @property
    def is_last(self) -> bool:
        """Whether no section follows."""
        return self.stop == len(self.docstring.lines)

    def edit(self, start: int, end: int, text: str) -> Edit:
        """The replacement of ``raw[start:end]`` by ``text``."""
        return Edit(*self.docstring.span(start, end), text.encode())

    def cut(self, first: int, stop: int) -> Edit:
        """The removal of the lines from ``first`` to before ``stop``."""
        return self.edit(self.docstring.starts[first], self.docstring.starts[stop], "")


class SectionRule(DocstringRule):
    """A rule that judges each section of google's or numpy's convention by itself."""

    abstract = True

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield what ``weigh`` finds, for each section."""
        for shape in shapes(docstring, self.options.convention):
            yield from self.weigh(file, shape)

    def certain(self, fix: Fix) -> Fix | None:
        """``fix``, unless which convention it leads to is only guessed: the guess may change."""
        return fix if self.options.convention in ("google", "numpy") else None

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield the faults of one section."""
        raise NotImplementedError


def shapes(docstring: Docstring, convention: str) -> Sequence[Shape]:
    """The sections of ``docstring`` by ``convention``, remembered."""
    known = docstring.file.shared(_known)
    key = (docstring.start, convention)
    found = known.get(key)
    if found is None:
        found = known[key] = tuple(_shapes(docstring, convention))
    return found


def _known(_: SourceFile) -> dict[tuple[int, str], Sequence[Shape]]:
    """The shapes in a file, by offset of the docstring and convention."""
    return {}


def _shapes(docstring: Docstring, convention: str) -> Iterator[Shape]:
    if "\n" not in docstring.raw and "\r" not in docstring.raw:
        return
    is_numpy = follows_numpy(docstring, convention)
    found = headings(docstring, NUMPY if is_numpy else GOOGLE)
    before: Heading | None = None
    for heading, stop in zip(found, stops(docstring, found), strict=True):
        text, underline = _next_text(docstring, heading.line + 1, stop), -1
        if text >= 0 and is_dashes(docstring.lines[text]):
            text, underline = _next_text(docstring, text + 1, stop), text
        yield Shape(docstring, heading, before, stop, is_numpy, underline, text)
        before = heading


def _next_text(docstring: Docstring, first: int, stop: int) -> int:
    """The first line from ``first`` to before ``stop`` that is not blank, or -1."""
    lines = docstring.lines
    return next((at for at in range(first, stop) if lines[at].strip()), -1)


def blank_lines_before(docstring: Docstring, first: int, stop: int) -> int:
    """How many blank lines, none of them before ``first``, end at ``stop``."""
    at = stop
    while at > first and not docstring.lines[at - 1].strip():
        at -= 1
    return stop - at


def insert_line(shape: Shape, line: int, title: str) -> Fix | None:
    """A blank line before line ``line``; None where a backslash joins that to the line before."""
    docstring = shape.docstring
    if docstring.is_joined(line):
        return None
    start = docstring.starts[line]
    return Fix(title, (shape.edit(start, start, docstring.newline),))


def indent_from(shape: Shape, line: int) -> Fix | None:
    """The indentation of the docstring for line ``line``; None where one of the two has none."""
    docstring = shape.docstring
    if docstring.before.strip() or docstring.is_joined(line):
        return None
    start = docstring.starts[line]
    end = start + indent_of(docstring.lines[line])
    return Fix("indent it like the docstring", (shape.edit(start, end, docstring.indent),))
