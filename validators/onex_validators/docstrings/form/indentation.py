"""How the lines of a docstring are indented, compared with its opening quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onex_tools.api import Bad, Finding, Fix, Good, SourceFile
from onex_validators.docstrings.form.rewrite import Change, change_layout
from onex_validators.docstrings.reading.text import Docstring
from onex_validators.docstrings.rule import EVERY_CONVENTION, WrittenRule

_SPACE = " \t\f"
"""What indents a line; other white space, such as an ideographic space, is text to be shown."""


class _Line(NamedTuple):
    """A line of a docstring by its number, the white space that it begins with, and its width."""

    number: int
    space: str
    width: int


class _Lines(NamedTuple):
    """The lines below the first one: those with text, and that of the closing quotes.

    ``closing`` is None where text stands before the closing quotes, or on the only line.
    """

    text: Sequence[_Line]
    closing: _Line | None


def _indented(docstring: Docstring) -> _Lines | None:
    """The lines whose indentation counts; None where there is nothing to compare them with.

    A line that a backslash joins to the line before begins in the middle of a line.
    """
    if len(docstring.lines) == 1 or docstring.before.strip():
        return None
    text, closing, last = [], None, len(docstring.lines) - 1
    for number in range(1, last + 1):
        line = docstring.lines[number]
        if (line.strip() or number == last) and not docstring.is_joined(number):
            space = line[: len(line) - len(line.lstrip(_SPACE))]
            found = _Line(number, space, len(space.expandtabs()))
            if line.strip():
                text.append(found)
            else:
                closing = found
    return _Lines(text, closing)


def _change(docstring: Docstring, indents: Mapping[_Line, str], title: str) -> Fix | None:
    changes = []
    for line, space in indents.items():
        if line.space != space:
            start = docstring.starts[line.number]
            changes.append(Change(start, start + len(line.space), space))
    return change_layout(docstring, title, changes) if changes else None


def _shifted(docstring: Docstring, lines: _Lines) -> dict[_Line, str]:
    """All lines moved together, so that the outermost ones stand below the quotes."""
    common = min((line.space for line in lines.text), key=len)
    while not all(line.space.startswith(common) for line in lines.text):
        common = common[:-1]
    return {line: docstring.indent + line.space[len(common) :] for line in lines.text}


class TabsInIndentation(WrittenRule):
    """Lines of a docstring are indented with tabs, and others with spaces.

    A tab is as wide as whoever looks at it has chosen, so the lines are not where they seem to be.
    Tabs alone are the file's own affair.
    """

    code, name, aliases = "DCS108", "tabs-in-indentation", ("D206",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'def f():\n    """Add.\n\n    All prices.\n    """\n'),
        Good("cart.py", 'def f():\n\t"""Add.\n\n\tAll prices.\n\t"""\n'),
        Bad(
            "cart.py",
            'def f():\n        """Add.\n\n\tAll prices.\n        """\n',
            at=(4,),
            fixed='def f():\n        """Add.\n\n        All prices.\n        """\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first line with a tab, or else with a space, in front."""
        if "\t" not in docstring.raw and "\t" not in docstring.indent:
            return
        found = _indented(docstring)
        if found is None:
            return
        lines = [*found.text, *([found.closing] if found.closing else [])]
        marks = {*docstring.indent, *(mark for line in lines for mark in line.space)}
        if not lines or marks < {"\t", " "}:
            return
        odd = "\t" if "\t" not in docstring.indent else " "
        line = next((line for line in lines if odd in line.space), lines[0])
        fix = None
        if odd == "\t":
            spaces = {line: line.space.expandtabs() for line in lines}
            fix = _change(docstring, spaces, "indent with spaces")
        yield file.finding(
            self,
            docstring.line_span(line.number),
            "the docstring is indented with tabs as well as spaces",
            help="indent it as the line of its quotes is",
            fix=fix,
        )


class UnderIndentedDocstring(WrittenRule):
    """Lines of a docstring are indented less than its opening quotes.

    What stands outermost sets the margin that `help()` takes away, so all other lines are shown
    indented. Where all lines are too far out, the fix moves them together; where some are, it is
    not safe: what is shown changes.
    """

    code, name, aliases = "DCS109", "under-indented-docstring", ("D207",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'def f():\n    """Add.\n\n    All prices.\n    """\n'),
        Bad(
            "cart.py",
            'def f():\n    """Add.\n\n  All prices.\n    - Taxes.\n"""\n',
            at=(4,),
            fixed='def f():\n    """Add.\n\n    All prices.\n      - Taxes.\n    """\n',
        ),
        Bad(
            "cart.py",
            'def f():\n    """Add.\n\n    All prices.\nAnd taxes.\n    """\n',
            at=(5,),
            fixed='def f():\n    """Add.\n\n    All prices.\n    And taxes.\n    """\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first line that is too far out."""
        found = _indented(docstring)
        if found is None:
            return
        wanted = len(docstring.indent.expandtabs())
        under = [line for line in found.text if line.width < wanted]
        closes = found.closing is not None and found.closing.width < wanted
        if not under and not closes:
            return
        indents = dict.fromkeys(under, docstring.indent)
        if under and under[0] == found.text[0]:
            indents = _shifted(docstring, found)
        if found.closing is not None and closes:
            indents[found.closing] = docstring.indent
        first = under[0] if under else found.closing
        assert first is not None
        yield file.finding(
            self,
            docstring.line_span(first.number),
            f"a line of the docstring is indented by {first.width}, its quotes by {wanted}",
            help="indent all lines at least as far as the opening quotes",
            fix=_change(docstring, indents, "indent the docstring like its quotes"),
        )


class OverIndentedDocstring(WrittenRule):
    """All lines of a docstring, or its closing quotes, are indented more than its opening quotes.

    `help()` takes the common margin away, so it is only the source that looks crooked.
    """

    code, name, aliases = "DCS110", "over-indented-docstring", ("D208",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'def f():\n    """Add.\n\n    All prices.\n    """\n'),
        Good("cart.py", 'def f():\n    """Add.\n\n    All prices:\n        taxes.\n    """\n'),
        Bad(
            "cart.py",
            'def f():\n    """Add.\n\n       All prices.\n         - Taxes.\n    """\n',
            at=(4,),
            fixed='def f():\n    """Add.\n\n    All prices.\n      - Taxes.\n    """\n',
        ),
        Bad(
            "cart.py",
            'def f():\n    """Add.\n\n    All prices.\n        """\n',
            at=(5,),
            fixed='def f():\n    """Add.\n\n    All prices.\n    """\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first line, or at that of the closing quotes."""
        found = _indented(docstring)
        if found is None:
            return
        wanted = len(docstring.indent.expandtabs())
        over = found.text if all(line.width > wanted for line in found.text) else ()
        closes = found.closing is not None and found.closing.width > wanted
        if not over and not closes:
            return
        indents = _shifted(docstring, found) if over else {}
        if found.closing is not None and closes:
            indents[found.closing] = docstring.indent
        first = over[0] if over else found.closing
        assert first is not None
        yield file.finding(
            self,
            docstring.line_span(first.number),
            f"the docstring is indented by {first.width}, its quotes by {wanted}",
            help="indent it like its opening quotes",
            fix=_change(docstring, indents, "indent the docstring like its quotes"),
        )
