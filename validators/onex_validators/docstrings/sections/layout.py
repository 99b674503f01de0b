"""Blank lines around sections and below their titles, and sections without text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onex_tools.api import Bad, Finding, Fix, Good, SourceFile
from onex_validators.docstrings.rule import NO_CONVENTION, conventions
from onex_validators.docstrings.sections.shape import (
    SectionRule,
    Shape,
    blank_lines_before,
    insert_line,
)

GOOGLE = {"convention": "google"}
NUMPY = {"convention": "numpy"}
_DIRECTIVE = re.compile(r"\s*\.\.\s")


class MissingBlankLineAfterSection(SectionRule):
    """No blank line stands between a section and the next one.

    Sections run into each other, for the eye and for tools that read docstrings.
    """

    code, name, aliases = "DCS206", "missing-blank-line-after-section", ("D410",)
    enabled_by = conventions("google", "numpy")
    examples = (
        Good(
            "load.py",
            '"""Load.\n\nArgs:\n    x: A path.\n\nReturns:\n    It.\n"""\n',
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nArgs:\n    x: A path.\nReturns:\n    It.\n"""\n',
            at=(3,),
            fixed='"""Load.\n\nArgs:\n    x: A path.\n\nReturns:\n    It.\n"""\n',
            settings=GOOGLE,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        if not shape.is_last and shape.docstring.lines[shape.stop - 1].strip():
            message = f"no blank line after section `{shape.heading.written}`"
            fix = insert_line(shape, shape.stop, "add a blank line")
            yield file.finding(self, shape.title, message, fix=fix)


class MissingBlankLineBeforeSection(SectionRule):
    """No blank line stands before the title of a section.

    The title is then the last line of the text before it, for the eye and for tools that read
    docstrings.
    """

    code, name, aliases = "DCS207", "missing-blank-line-before-section", ("D411",)
    enabled_by = conventions("google", "numpy")
    examples = (
        Good("load.py", '"""Load.\n\nReturns:\n    It.\n"""\n', settings=GOOGLE),
        Bad(
            "load.py",
            '"""Load.\nReturns:\n    It.\n"""\n',
            at=(2,),
            fixed='"""Load.\n\nReturns:\n    It.\n"""\n',
            settings=GOOGLE,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        line = shape.heading.line
        if shape.docstring.lines[line - 1].strip():
            message = f"no blank line before section `{shape.heading.written}`"
            fix = insert_line(shape, line, "add a blank line")
            yield file.finding(self, shape.title, message, fix=fix)


class BlankLineAfterSectionTitle(SectionRule):
    """Blank lines stand between the title of a section and its text.

    They take the text away from its title. One blank line before a directive of reStructuredText
    is left alone.
    """

    code, name, aliases = "DCS208", "blank-line-after-section-title", ("D412",)
    enabled_by = conventions("google", "numpy")
    examples = (
        Good("load.py", '"""Load.\n\nReturns:\n    It.\n"""\n', settings=GOOGLE),
        Good(
            "load.py",
            '"""Load.\n\nExamples\n--------\n\n.. code-block:: sh\n\n    load\n"""\n',
            settings=NUMPY,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nReturns:\n\n    It.\n"""\n',
            at=(3,),
            fixed='"""Load.\n\nReturns:\n    It.\n"""\n',
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            '"""Load.\n\nReturns\n-------\n\nint\n"""\n',
            at=(3,),
            fixed='"""Load.\n\nReturns\n-------\nint\n"""\n',
            settings=NUMPY,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        first = max(shape.heading.line, shape.underline) + 1
        blank = shape.text - first
        if blank > 0 and not (blank == 1 and _DIRECTIVE.match(shape.docstring.lines[shape.text])):
            fix = Fix("remove the blank lines", (shape.cut(first, shape.text),))
            message = f"blank lines after section title `{shape.heading.written}`"
            yield file.finding(self, shape.title, message, fix=fix)


class MissingBlankLineAfterLastSection(SectionRule):
    """No blank line stands between the last section and the closing quotes.

    No convention asks for one; this is for those who like to add sections by whole lines.
    """

    code, name, aliases = "DCS209", "missing-blank-line-after-last-section", ("D413",)
    enabled_by = NO_CONVENTION
    examples = (
        Good("load.py", '"""Load.\n\nReturns:\n    It.\n\n"""\n', settings=GOOGLE),
        Bad(
            "load.py",
            '"""Load.\n\nReturns:\n    It.\n"""\n',
            at=(3,),
            fixed='"""Load.\n\nReturns:\n    It.\n\n"""\n',
            settings=GOOGLE,
        ),
        Bad(
            "load.py",
            'def load():\n    """Load.\n\n    Returns:\n        It."""\n',
            at=(4,),
            fixed='def load():\n    """Load.\n\n    Returns:\n        It.\n\n    """\n',
            settings=GOOGLE,
        ),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        if not shape.is_last:
            return
        docstring = shape.docstring
        blank = blank_lines_before(docstring, shape.heading.line + 1, shape.stop)
        if blank < 2:
            end = len(docstring.raw) if not blank else docstring.starts[-1]
            start = len(docstring.raw.rstrip()) if not blank else end
            new = docstring.newline if blank else docstring.newline * 2 + docstring.indent
            fix = Fix("add a blank line", (shape.edit(start, end, new),))
            message = f"no blank line after the last section, `{shape.heading.written}`"
            yield file.finding(self, shape.title, message, fix=fix)


class EmptySection(SectionRule):
    """A section has a title and no text.

    Somebody meant to write it. Write it, or take the title out.
    """

    code, name, aliases = "DCS210", "empty-section", ("D414",)
    enabled_by = conventions("google", "numpy")
    examples = (
        Good("load.py", '"""Load.\n\nReturns:\n    It.\n"""\n', settings=GOOGLE),
        Bad(
            "load.py",
            '"""Load.\n\nArgs:\n\nReturns:\n    It.\n"""\n',
            at=(3,),
            settings=GOOGLE,
        ),
        Bad("load.py", '"""Load.\n\nReturns\n-------\n"""\n', at=(3,), settings=NUMPY),
    )

    def weigh(self, file: SourceFile, shape: Shape) -> Iterable[Finding]:
        """Yield a finding at the title."""
        if shape.text < 0:
            message = f"section `{shape.heading.written}` is empty"
            yield file.finding(self, shape.title, message, help="write its text or remove it")
