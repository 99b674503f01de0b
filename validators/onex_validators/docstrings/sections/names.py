"""Which sections a docstring has: misspelt, repeated, out of order, or of two conventions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onex_tools.api import Bad, Edit, Finding, Fix, Good, Related, SourceFile, Span
from onex_validators.docstrings.reading.entries import KINDS, indent_of
from onex_validators.docstrings.reading.headings import ANY, Heading, is_dashes, is_underlined
from onex_validators.docstrings.reading.parts import Section
from onex_validators.docstrings.reading.sections import certain_headings, read
from onex_validators.docstrings.reading.spelling import near_word
from onex_validators.docstrings.reading.sphinx import FIELDS, TYPES, fields
from onex_validators.docstrings.reading.text import Docstring
from onex_validators.docstrings.rule import EVERY_CONVENTION, DocstringRule, conventions

GOOGLE = {"convention": "google"}
NUMPY = {"convention": "numpy"}
SPHINX = {"convention": "sphinx"}
_TITLE = re.compile(r"[ \t]*+([A-Z][A-Za-z]++(?: [A-Za-z]++)?+)([ \t]*+)(:?)[ \t]*+")
_KINDS = frozenset(KINDS.values())
_ORDERS = {
    "numpy": (
        *("short summary", "extended summary", "arguments", "attributes", "methods", "returns"),
        *("yields", "receives", "other arguments", "raises", "warns", "warnings", "see also"),
        *("notes", "references", "examples"),
    ),
    "google": ("arguments", "other arguments", "returns", "yields", "raises"),
}


def title_span(docstring: Docstring, section: Section) -> Span:
    """Where the title of ``section`` stands, without a colon."""
    start = docstring.starts[section.line] + indent_of(docstring.lines[section.line])
    return docstring.span(start, start + len(section.title))


def titled_sections(docstring: Docstring, convention: str) -> Sequence[Section]:
    """The sections of google's or numpy's convention; none where it is sphinx's."""
    reading = read(docstring, convention)
    return () if reading.convention == "sphinx" else reading.sections


class MisspeltSectionTitle(DocstringRule):
    """The title of a section is misspelt.

    Under `Retuns:` or `Paramters` tools find no section, and what stands there is not checked
    either. A line counts that is set like a title, with a colon or an underline, and that is spelt
    almost like a known one.
    """

    code, name = "DCS220", "misspelt-section-title"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("load.py", '"""Load.\n\nTips:\n    Load early.\n"""\n', settings=GOOGLE),
        Bad(
            "load.py",
            '"""Load.\n\nRetuns:\n    It.\n"""\n',
            at=(3,),
            fixed='"""Load.\n\nReturns:\n    It.\n"""\n',
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nReturns :\n    It.\n"""\n',
            at=(3,),
            fixed='"""Load.\n\nReturns:\n    It.\n"""\n',
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nParamters\n----------\npath : str\n"""\n',
            at=(3,),
            fixed='"""Load.\n\nParameters\n----------\npath : str\n"""\n',
            settings=NUMPY,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at each such title."""
        if ":" not in docstring.raw and "--" not in docstring.raw:
            return
        for number, line in enumerate(docstring.lines[1:], 1):
            match = _TITLE.fullmatch(line)
            wanted = match and _wanted(match)
            if match and wanted and _is_title(docstring, number, match[3]):
                yield self._report(file, docstring, docstring.starts[number], match)

    def _report(
        self, file: SourceFile, docstring: Docstring, start: int, match: re.Match[str]
    ) -> Finding:
        written, wanted = match[1] + match[2] + match[3], _wanted(match) + match[3]
        span = docstring.span(start + match.start(1), start + match.end(3))
        message = f"`{written}` is no title of a section that is known"
        edit = Edit(span.start, span.end, wanted.encode())
        fix = Fix(f"write `{wanted}`", (edit,), safe=False)
        return file.finding(self, span, message, help=f"did you mean `{wanted}`?", fix=fix)


def _wanted(match: re.Match[str]) -> str:
    """The title that a line is meant to be, or ""."""
    small = match[1].lower()
    if small in ANY:
        return ANY[small] if match[2] and match[3] and match[1] == ANY[small] else ""
    return ANY.get(near_word(small, ANY), "")


def _is_title(docstring: Docstring, number: int, colon: str) -> bool:
    """Whether line ``number`` is set like a title: a paragraph of its own, at the margin."""
    lines = docstring.lines
    indent = indent_of(lines[number])
    if lines[number - 1].strip() or indent > len(docstring.indent):
        return False
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if is_dashes(below):
        return indent_of(below) == indent
    return bool(colon and below.strip()) and indent_of(below) > indent


class RepeatedSection(DocstringRule):
    """A docstring has two sections of the same kind.

    Tools that read docstrings keep one of them, so that half of the arguments or exceptions are
    lost to them. Several examples and notes are left alone, unless their titles are underlined.
    """

    code, name = "DCS221", "repeated-section"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good(
            "load.py",
            '"""Load.\n\nArgs:\n    path: A path.\n\nKeyword Args:\n    safe: With care.\n"""\n',
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nArgs:\n    path: A path.\n\nArguments:\n    safe: With care.\n"""\n',
            at=(6,),
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nNotes\n-----\nSlow.\n\nNotes\n-----\nBig.\n"""\n',
            at=(7,),
            settings=NUMPY,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at each title after the first of its kind."""
        seen: dict[str, Section] = {}
        for section in titled_sections(docstring, self.options.convention):
            key = section.kind if section.kind != "other arguments" else section.title.lower()
            first = seen.setdefault(key, section)
            counts = section.kind in _KINDS or is_underlined(docstring, section.line)
            if first is not section and counts:
                place = file.location(title_span(docstring, first))
                related = [Related(place, f"section `{first.title}` is here")]
                message = f"section `{section.title}` after another one of the same kind"
                span = title_span(docstring, section)
                help = "put both together"
                yield file.finding(self, span, message, help=help, related=related)


class MixedConventions(DocstringRule):
    """A docstring is written in two conventions.

    Underlined titles are numpy's, titles with a colon google's, and `:param x:` is sphinx's. A
    tool that reads one of them sees the other parts as plain text.
    """

    code, name = "DCS222", "mixed-docstring-conventions"
    enabled_by = EVERY_CONVENTION
    examples = (
        Good(
            "load.py",
            '"""Load.\n\nNote:\n    Slow.\n\n:param path: A path.\n"""\n',
            settings=SPHINX,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nArgs:\n    path: A path.\n\n:returns: It.\n"""\n',
            at=(6,),
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nParameters\n----------\npath : str\n\nReturns:\n    It.\n"""\n',
            at=(7,),
            settings=NUMPY,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first title or field in another convention than the rest."""
        found = certain_headings(docstring)
        parts = sorted((*_forms(docstring, found), *_field_forms(docstring, found)))
        if not parts:
            return
        names = [name for _, name, *_ in parts]
        wanted = self.options.convention if self.options.convention in names else names[0]
        for _, name, start, end in parts:
            if name != wanted:
                span = docstring.span(start, end)
                message = f"this is {name}'s convention, and other parts are in {wanted}'s"
                yield file.finding(self, span, message, help=f"write it in {wanted}'s convention")
                return


_Part = tuple[int, str, int, int]
"""A line, a convention, and the offsets between which a heading or field stands."""


def _forms(docstring: Docstring, found: Sequence[Heading]) -> Iterator[_Part]:
    """Each heading that has the form of one convention."""
    for heading in found:
        if heading.underlined or heading.colon:
            start = docstring.starts[heading.line] + heading.indent
            form = "numpy" if heading.underlined else "google"
            yield heading.line, form, start, start + len(heading.written)


def _field_forms(docstring: Docstring, found: Sequence[Heading]) -> Iterator[_Part]:
    """Each field, where titles speak of what fields speak of."""
    if any(heading.title.lower() in KINDS for heading in found):
        for field in fields(docstring):
            if field.name in FIELDS or field.name in TYPES:
                yield field.line, "sphinx", field.start, field.body


class SectionOutOfOrder(DocstringRule):
    """Sections stand in another order than their convention has.

    Readers who know the order find what they look for; so do those who compare two docstrings.
    numpy's: arguments, attributes, methods, returns, yields, receives, other parameters, raises,
    warns, warnings, see also, notes, references, examples. Google's: arguments, returns or yields,
    raises; other sections may stand anywhere.
    """

    code, name, aliases = "DCS223", "section-out-of-order", ("D420",)
    preview = True
    enabled_by = conventions("google", "numpy")
    examples = (
        Good(
            "load.py",
            '"""Load.\n\nArgs:\n    path: A path.\n\nReturns:\n    It.\n"""\n',
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nRaises:\n    OSError: If not.\n\nReturns:\n    It.\n"""\n',
            at=(6,),
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nExamples\n--------\nHere.\n\nNotes\n-----\nSlow.\n"""\n',
            at=(7,),
            settings=NUMPY,
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at each title that a later one of the order stands before."""
        order = _ORDERS.get(read(docstring, self.options.convention).convention, ())
        last: Section | None = None
        for section in titled_sections(docstring, self.options.convention):
            if section.kind not in order:
                continue
            if last is not None and order.index(section.kind) < order.index(last.kind):
                message = f"section `{section.title}` stands after `{last.title}`"
                span = title_span(docstring, section)
                help = f"move it before `{last.title}`"
                yield file.finding(self, span, message, help=help)
            else:
                last = section
