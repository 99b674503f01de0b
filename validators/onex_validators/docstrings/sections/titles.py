"""Titles of sections: how they are written, and the underlines below them."""

from __future__ import annotations

from collections.abc import Iterable

from onex_tools.api import Bad, Finding, Fix, Good, SourceFile
from onex_validators.docstrings.reading.entries import indent_of
from onex_validators.docstrings.reading.headings import NUMPY as NUMPY_TITLES
from onex_validators.docstrings.rule import conventions
from onex_validators.docstrings.sections.shape import SectionRule, Shape, indent_from


def _module(text: str) -> str:
    """A module whose docstring ends in ``text``."""
    return f'"""Loads.\n\n{text}\n"""\n'


def _function(text: str) -> str:
    """A function whose docstring ends in ``text``."""
    return f'def load():\n    """Load.\n\n{text}\n    """\n'


NUMPY = {"convention": "numpy"}
GOOGLE = {"convention": "google"}


class UncapitalisedSectionTitle(SectionRule):
    """The title of a section is not written with the capitals of its convention.

    Tools that read docstrings look for the exact words, `Returns` or `See Also`; others are plain
    text to them.
    """

    code, name, aliases = "DCS201", "uncapitalised-section-title", ("D405",)
    enabled_by = conventions("google", "numpy")
    examples = (
        Good("load.py", _module("See Also:\n    `dump`, for the way back."), settings=GOOGLE),
        Bad(
            "load.py",
            _module("returns:\n    What was loaded."),
            at=(3,),
            fixed=_module("Returns:\n    What was loaded."),
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            _module("See also\n--------\ndump : The way back."),
            at=(3,),
            fixed=_module("See Also\n--------\ndump : The way back."),
            settings=NUMPY,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        heading = shape.heading
        if heading.written != heading.title:
            message = f"section title `{heading.written}` is to be written `{heading.title}`"
            start = shape.docstring.starts[heading.line] + heading.indent
            edit = shape.edit(start, start + len(heading.written), heading.title)
            fix = Fix(f"write `{heading.title}`", (edit,))
            yield file.finding(self, shape.title, message, fix=fix)


class ColonAfterSectionTitle(SectionRule):
    """A colon follows the title of a section in the numpy convention.

    There a title stands alone on its line, over dashes; with a colon it is google's.
    """

    code, name, aliases = "DCS202", "colon-after-section-title", ("D406",)
    enabled_by = conventions("numpy")
    examples = (
        Good("load.py", _module("Returns\n-------\nint\n    How many."), settings=NUMPY),
        Bad(
            "load.py",
            _module("Returns:\n-------\nint\n    How many."),
            at=(3,),
            fixed=_module("Returns\n-------\nint\n    How many."),
            settings=NUMPY,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        heading = shape.heading
        if shape.numpy and heading.colon:
            start = shape.docstring.starts[heading.line] + heading.indent + len(heading.written)
            fix = Fix("remove the colon", (shape.edit(start, start + 1, ""),))
            message = f"section title `{heading.written}` is followed by a colon"
            yield file.finding(self, shape.title, message, fix=self.certain(fix))


class MissingSectionUnderline(SectionRule):
    """The title of a section in the numpy convention is not underlined with dashes.

    Without them it is plain text to the tools that read docstrings.
    """

    code, name, aliases = "DCS203", "missing-section-underline", ("D407",)
    enabled_by = conventions("numpy")
    examples = (
        Good("load.py", _module("Returns\n-------\nint\n    How many."), settings=NUMPY),
        Bad(
            "load.py",
            _function("    Returns\n    int\n        How many."),
            at=(4,),
            fixed=_function("    Returns\n    -------\n    int\n        How many."),
            settings=NUMPY,
        ),
        Bad(
            "load.py",
            _module("Notes\n=====\nIt is slow."),
            at=(3,),
            fixed=_module("Notes\n-----\nIt is slow."),
            settings=NUMPY,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        if shape.numpy and shape.underline < 0:
            message = f"section title `{shape.heading.written}` is not underlined with dashes"
            fix = None if _would_reveal(shape) else self.certain(_underlined(shape))
            yield file.finding(self, shape.title, message, fix=fix)


def _would_reveal(shape: Shape) -> bool:
    """Whether below dashes the next line would be a title, which it is not below a title."""
    below = shape.docstring.lines[shape.heading.line + 1 :][:1]
    return bool(below) and below[0].strip().removesuffix(":").lower() in NUMPY_TITLES


def _underlined(shape: Shape) -> Fix:
    """Dashes below the title, in the place of equals signs if there are any."""
    docstring, heading = shape.docstring, shape.heading
    lines, starts, dashes = docstring.lines, docstring.starts, "-" * len(heading.written)
    below = heading.line + 1
    if shape.text >= 0 and not lines[shape.text].strip().strip("="):
        start = starts[shape.text] + indent_of(lines[shape.text])
        edit = shape.edit(start, start + len(lines[shape.text].strip()), dashes)
    else:
        indent = lines[heading.line][: heading.indent]
        at = starts[below] if below < len(starts) else len(docstring.raw)
        new = [indent + dashes, docstring.newline]
        edit = shape.edit(at, at, "".join(new if below < len(starts) else reversed(new)))
    return Fix("underline it", (edit,))


class BlankLineBeforeSectionUnderline(SectionRule):
    """Blank lines stand between the title of a section and its underline.

    The underline then belongs to nothing, and the title is plain text.
    """

    code, name, aliases = "DCS204", "blank-line-before-section-underline", ("D408",)
    enabled_by = conventions("numpy")
    examples = (
        Good("load.py", _module("Returns\n-------\nint\n    How many."), settings=NUMPY),
        Bad(
            "load.py",
            _module("Returns\n\n-------\nint\n    How many."),
            at=(5,),
            fixed=_module("Returns\n-------\nint\n    How many."),
            settings=NUMPY,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the underline."""
        first = shape.heading.line + 1
        if shape.underline > first:
            fix = Fix("remove the blank lines", (shape.cut(first, shape.underline),))
            message = f"blank lines before the underline of `{shape.heading.written}`"
            span = shape.docstring.line_span(shape.underline)
            yield file.finding(self, span, message, fix=fix)


class SectionUnderlineLength(SectionRule):
    """The underline of a section is not as long as its title.

    Tools that read docstrings take a shorter one for plain text, and some a longer one too.
    """

    code, name, aliases = "DCS205", "section-underline-length", ("D409",)
    enabled_by = conventions("numpy")
    examples = (
        Good("load.py", _module("Returns\n-------\nint\n    How many."), settings=NUMPY),
        Bad(
            "load.py",
            _function("    Returns\n    ---\n    int\n        How many."),
            at=(5,),
            fixed=_function("    Returns\n    -------\n    int\n        How many."),
            settings=NUMPY,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the underline."""
        if shape.underline < 0:
            return
        docstring, title = shape.docstring, shape.heading.written
        line = docstring.lines[shape.underline]
        dashes = line.strip()
        if len(dashes) != len(title):
            start = docstring.starts[shape.underline] + indent_of(line)
            edit = shape.edit(start, start + len(dashes), "-" * len(title))
            message = f"underline of `{title}` has {len(dashes)} dashes instead of {len(title)}"
            span = docstring.line_span(shape.underline)
            yield file.finding(
                self, span, message, fix=Fix("make it as long as the title", (edit,))
            )


class MissingColonAfterSectionTitle(SectionRule):
    """No colon follows the title of a section in the google convention.

    Without it the title is plain text to the tools that read docstrings.
    """

    code, name, aliases = "DCS211", "missing-colon-after-section-title", ("D416",)
    enabled_by = conventions("google")
    examples = (
        Good("load.py", _module("Returns:\n    How many."), settings=GOOGLE),
        Bad(
            "load.py",
            _module("Returns\n    How many."),
            at=(3,),
            fixed=_module("Returns:\n    How many."),
            settings=GOOGLE,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        heading = shape.heading
        if not shape.numpy and not heading.colon:
            start = shape.docstring.starts[heading.line] + heading.indent + len(heading.written)
            fix = Fix("add a colon", (shape.edit(start, start, ":"),))
            message = f"section title `{heading.written}` is not followed by a colon"
            yield file.finding(self, shape.title, message, fix=self.certain(fix))


class OverIndentedSectionTitle(SectionRule):
    """The title of a section is indented further than the docstring.

    It reads like a part of the section before it, or like an example.
    """

    code, name, aliases = "DCS212", "over-indented-section-title", ("D214",)
    enabled_by = conventions("google", "numpy")
    examples = (
        Good("load.py", _function("    Returns:\n        How many."), settings=GOOGLE),
        Bad(
            "load.py",
            _function("      Returns:\n        How many."),
            at=(4,),
            fixed=_function("    Returns:\n        How many."),
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            _function(
                "    Example:\n        An order.\n\n        Returns:\n            Its items."
            ),
            at=(7,),
            why="it may belong to the example, so there is no fix",
            settings=GOOGLE,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        heading, before = shape.heading, shape.before
        if heading.indent > len(shape.docstring.indent):
            message = f"section title `{heading.written}` is indented further than the docstring"
            is_nested = before is not None and before.indent < heading.indent
            fix = None if is_nested else indent_from(shape, heading.line)
            yield file.finding(self, shape.title, message, fix=fix)


class OverIndentedSectionUnderline(SectionRule):
    """The underline of a section is indented further than the docstring.

    Tools that read docstrings then do not take it for one.
    """

    code, name, aliases = "DCS213", "over-indented-section-underline", ("D215",)
    enabled_by = conventions("numpy")
    examples = (
        Good("load.py", _function("    Returns\n    -------\n    int"), settings=NUMPY),
        Bad(
            "load.py",
            _function("    Returns\n      -------\n    int"),
            at=(5,),
            fixed=_function("    Returns\n    -------\n    int"),
            settings=NUMPY,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the underline."""
        docstring, line = shape.docstring, shape.underline
        if line >= 0 and indent_of(docstring.lines[line]) > len(docstring.indent):
            title = shape.heading.written
            message = f"underline of `{title}` is indented further than the docstring"
            fix = indent_from(shape, line)
            yield file.finding(self, docstring.line_span(line), message, fix=fix)
