"""Blank lines before, in and after a docstring: missing ones, and those that are too many."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from onex_tools.api import Bad, Edit, Finding, Fix, Good, SourceFile, Span
from onex_validators.docstrings.form.layout import is_joined
from onex_validators.docstrings.form.rewrite import Change, edits
from onex_validators.docstrings.reading.text import Docstring
from onex_validators.docstrings.rule import (
    EVERY_CONVENTION,
    NO_CONVENTION,
    WrittenRule,
    conventions,
)

_BLANK_LINES = re.compile(rb"(?:[ \t\f]*(?:\r\n|\r|\n))*")
_REST = re.compile(rb"[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_INNER = (*_FUNCTIONS, ast.ClassDef)


def _above(file: SourceFile, docstring: Docstring) -> Span | None:
    """The blank lines right above the docstring; None where code stands before it on its line."""
    if docstring.before.strip():
        return None
    starts, line = file.line_starts, docstring.node.lineno - 1
    first = line
    while first > 0 and not file.data[starts[first - 1] : starts[first]].strip():
        first -= 1
    return Span(starts[first], starts[line])


def _below(file: SourceFile, docstring: Docstring) -> Span | None:
    """The blank lines below the docstring's last line; None where code stands on that line."""
    rest = _REST.match(file.data, docstring.end)
    blank = rest and _BLANK_LINES.match(file.data, rest.end())
    return Span(*blank.span()) if blank else None


def _count(file: SourceFile, lines: Span) -> int:
    text = file.data[lines.start : lines.end]
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


def _lines(count: int) -> str:
    return "a blank line stands" if count == 1 else f"{count} blank lines stand"


def _opening(docstring: Docstring) -> Span:
    return Span(docstring.start, docstring.body)


def _closing(docstring: Docstring) -> Span:
    return Span(docstring.end - len(docstring.quotes), docstring.end)


class BlankLineBeforeFunctionDocstring(WrittenRule):
    """A blank line stands before the docstring of a function.

    A docstring belongs to the line that begins the function. A blank line between them makes it
    look like the first step of the body.
    """

    code, name, aliases = "DCS102", "blank-line-before-function-docstring", ("D201",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'def total():\n    """Add all prices."""\n'),
        Good("cart.py", 'def total():\n\n    # In cents.\n    """Add all prices."""\n'),
        Bad(
            "cart.py",
            'def total():\n\n    """Add all prices."""\n',
            at=(3,),
            fixed='def total():\n    """Add all prices."""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the opening quotes."""
        if isinstance(docstring.definition.node, _FUNCTIONS):
            yield from _blank_above(self, file, docstring)


class BlankLineBeforeClassDocstring(WrittenRule):
    """A blank line stands before the docstring of a class.

    A docstring belongs to the line that begins the class, as that of a function does.
    """

    code, name, aliases = "DCS105", "blank-line-before-class-docstring", ("D211",)
    opposites = ("DCS104",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'class Cart:\n    """What one visitor wants to buy."""\n'),
        Bad(
            "cart.py",
            'class Cart:\n\n    """What one visitor wants to buy."""\n',
            at=(3,),
            fixed='class Cart:\n    """What one visitor wants to buy."""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the opening quotes."""
        if isinstance(docstring.definition.node, ast.ClassDef):
            yield from _blank_above(self, file, docstring)


def _blank_above(rule: WrittenRule, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
    above = _above(file, docstring)
    if above and above.start < above.end:
        yield file.finding(
            rule,
            _opening(docstring),
            f"{_lines(_count(file, above))} before the docstring",
            help="let it follow the line above directly",
            fix=Fix("remove the blank lines before the docstring", [Edit(*above, b"")]),
        )


class NoBlankLineBeforeClassDocstring(WrittenRule):
    """There is not one blank line before the docstring of a class.

    Some projects set a class's docstring off from its first line. No convention asks for it, and
    it is the opposite of `blank-line-before-class-docstring`: choose one of the two.
    """

    code, name, aliases = "DCS104", "no-blank-line-before-class-docstring", ("D203",)
    enabled_by = NO_CONVENTION
    examples = (
        Good("cart.py", 'class Cart:\n\n    """What one visitor wants to buy."""\n'),
        Good("cart.py", 'class Cart: """What one visitor wants to buy."""\n'),
        Bad(
            "cart.py",
            'class Cart:\n    """What one visitor wants to buy."""\n',
            at=(2,),
            fixed='class Cart:\n\n    """What one visitor wants to buy."""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the opening quotes."""
        if not isinstance(docstring.definition.node, ast.ClassDef):
            return
        above = _above(file, docstring)
        if above is not None and (count := _count(file, above)) != 1:
            edit = Edit(*above, docstring.newline.encode())
            yield file.finding(
                self,
                _opening(docstring),
                f"{_lines(count)} before the docstring" if count else "no blank line stands before",
                help="put one blank line before the docstring",
                fix=Fix("put one blank line before the docstring", [edit]),
            )


class BlankLineAfterFunctionDocstring(WrittenRule):
    """A blank line stands after the docstring of a function.

    The body follows directly: the quotes are separation enough. One blank line is right before a
    class or function that begins the body.
    """

    code, name, aliases = "DCS103", "blank-line-after-function-docstring", ("D202",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'def total(cart):\n    """Add all prices."""\n    return sum(cart)\n'),
        Good(
            "cart.py",
            'def reader():\n    """Make a reader."""\n\n    def read(): ...\n    return read\n',
        ),
        Bad(
            "cart.py",
            'def total(cart):\n    """Add all prices."""\n\n    return sum(cart)\n',
            at=(2,),
            fixed='def total(cart):\n    """Add all prices."""\n    return sum(cart)\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the closing quotes."""
        node = docstring.definition.node
        if not isinstance(node, _FUNCTIONS) or len(node.body) < 2:
            return
        below = _below(file, docstring)
        if below is None or below.start == below.end:
            return
        count, kept = _count(file, below), b""
        if isinstance(node.body[1], _INNER):
            if count == 1:
                return
            kept = docstring.newline.encode()
        yield file.finding(
            self,
            _closing(docstring),
            f"{_lines(count)} after the docstring",
            help="let the body follow directly",
            fix=Fix("remove the blank lines after the docstring", [Edit(*below, kept)]),
        )


class NoBlankLineAfterClassDocstring(WrittenRule):
    """There is not one blank line after the docstring of a class.

    It sets the docstring off from the attributes and methods, as these are set off from each other.
    """

    code, name, aliases = "DCS106", "no-blank-line-after-class-docstring", ("D204",)
    enabled_by = conventions("pep257", "numpy", "sphinx")
    examples = (
        Good("cart.py", 'class Cart:\n    """What one visitor buys."""\n\n    size = 0\n'),
        Good("cart.py", 'class Cart:\n    """What one visitor buys."""\n'),
        Bad(
            "cart.py",
            'class Cart:\n    """What one visitor buys."""\n    size = 0\n',
            at=(2,),
            settings={"convention": "numpy"},
            fixed='class Cart:\n    """What one visitor buys."""\n\n    size = 0\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the closing quotes."""
        node = docstring.definition.node
        if not isinstance(node, ast.ClassDef) or len(node.body) < 2:
            return
        below = _below(file, docstring)
        count = 0 if below is None else _count(file, below)
        if count == 1:
            return
        title = "put one blank line after the docstring"
        fix = Fix(title, [Edit(*below, docstring.newline.encode())]) if below else None
        yield file.finding(
            self,
            _closing(docstring),
            f"{_lines(count) if count else 'no blank line stands'} after the docstring",
            help=title,
            fix=fix,
        )


class NoBlankLineAfterSummary(WrittenRule):
    """The summary of a docstring is not followed by one blank line.

    Tools that list names show the first paragraph. Where the description follows without a blank
    line, they show all of it; a summary that goes on in the second line does not fit into a list.
    """

    code, name, aliases = "DCS107", "no-blank-line-after-summary", ("D205",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", '"""Carts.\n\nA cart is what one visitor wants to buy.\n"""\n'),
        Bad(
            "cart.py",
            '"""Carts.\nA cart is what one visitor wants to buy.\n"""\n',
            at=(2,),
            fixed='"""Carts.\n\nA cart is what one visitor wants to buy.\n"""\n',
        ),
        Bad(
            "cart.py",
            '"""Carts.\n\n\nA cart is what one visitor wants to buy.\n"""\n',
            at=(4,),
            fixed='"""Carts.\n\nA cart is what one visitor wants to buy.\n"""\n',
        ),
        Bad("cart.py", '"""Carts of a shop,\nand of all of its visitors.\n"""\n', at=(2,)),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the line that comes too early or too late."""
        _, ending, rest = docstring.text.partition("\n")
        if not ending:
            return
        count = _blank_lines(rest)
        if count == 1:
            return
        parts = f"{count} blank lines part" if count else "no blank line parts"
        yield file.finding(
            self,
            docstring.line_span(min(docstring.summary + 1 + count, len(docstring.lines) - 1)),
            f"{parts} the summary from the description",
            help="say in one line what it is for, then leave one line blank",
            fix=_parted(docstring, count),
        )


def _blank_lines(text: str) -> int:
    """How many lines at the beginning of ``text`` are blank."""
    count = 0
    for line in text.split("\n"):
        if line.strip():
            return count
        count += 1
    return count


def _parted(docstring: Docstring, count: int) -> Fix | None:
    """One blank line after the summary, where it is clear that the summary ends there."""
    if is_joined(docstring) or len(docstring.lines) != docstring.value.count("\n") + 1:
        return None
    second = docstring.summary + 1
    start, end = docstring.starts[second], docstring.starts[second + count]
    if not count and not _ends_before(docstring, docstring.lines[second]):
        return None
    change = Change(start, end, docstring.newline)
    return Fix("put one blank line after the summary", edits(docstring, [change]))


def _ends_before(docstring: Docstring, line: str) -> bool:
    """The summary ends like a sentence, and ``line`` begins like one, or like a field."""
    text = line.lstrip()
    return (
        docstring.headline.endswith((".", "!", "?"))
        and not docstring.headline.endswith("..")
        and (text[0].isupper() or text[0] in ":@")
        and line[: len(line) - len(text)] == docstring.indent
    )
