"""Which quotes a docstring has, and whether backslashes in it mean what they seem to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onex_tools.api import Bad, Edit, Finding, Fix, Good, SourceFile
from onex_validators.docstrings.form.rewrite import evaluated
from onex_validators.docstrings.reading.text import Docstring, encoding
from onex_validators.docstrings.rule import EVERY_CONVENTION, WrittenRule

_DOUBLE, _SINGLE = '"""', "'''"
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_QUOTES = re.compile(r"""\\(?:"{3}|'{3}|"(?:\\"){2}|'(?:\\'){2})""")
_MEANT = "\r\nuUN"
_ALONE = re.compile(r"[ \t]*\\[bf][ \t]*(?:[\r\n]|\Z)")
_NAMED = re.compile(r"""\\[abfnrtvxuUN0-7\r\n]""")


class DocstringInOtherQuotes(WrittenRule):
    r'''A docstring does not stand in three double quotes.

    All docstrings look the same in `"""`, and grow without a change of quotes. A docstring that
    itself holds `"""` may stand in `\'\'\'`.
    '''

    code, name, aliases = "DCS120", "docstring-in-other-quotes", ("D300",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", '"""Carts of a shop."""\n'),
        Good("cart.py", "'''Write \"\"\" around it.'''\n"),
        Bad("cart.py", "'''Carts of a shop.'''\n", fixed='"""Carts of a shop."""\n'),
        Bad("cart.py", "r'The \\d of a cart.'\n", fixed='r"""The \\d of a cart."""\n'),
        Bad("cart.py", "'Also called \"carts\"'\n", why="four quotes would be in a row"),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding on the whole docstring."""
        if docstring.quotes == _DOUBLE:
            return
        if docstring.quotes == _SINGLE and _DOUBLE in docstring.raw:
            return
        yield file.finding(
            self,
            docstring.whole,
            f"the docstring stands in {docstring.quotes}",
            help='put it in """',
            fix=_requoted(docstring),
        )


def _requoted(docstring: Docstring) -> Fix | None:
    raw, bare = docstring.raw, docstring.raw.strip()
    # White space at the ends may go in the same pass, and may not be all that parts the quotes.
    if bare.startswith('"') or evaluated(f"{docstring.prefix}{_DOUBLE}{bare}{_DOUBLE}") is None:
        return None
    if evaluated(f"{docstring.prefix}{_DOUBLE}{raw}{_DOUBLE}") != docstring.value:
        return None
    size = len(docstring.quotes)
    opening = Edit(docstring.body - size, docstring.body, b'"""')
    closing = Edit(docstring.end - size, docstring.end, b'"""')
    return Fix('put the docstring in """', [opening, closing])


class BackslashInDocstring(WrittenRule):
    r"""A docstring with a backslash is not raw.

    `\d` in it is a warning in Python today and an error later, and `\t` is not what it looks like.
    In a raw docstring a backslash is a backslash. Line ends, names and numbers of characters
    (`\N`, `\u`, `\U`), escaped triple quotes, and `\b` or `\f` alone on a line, which say to click
    how to print a help text, are taken as meant. It is mended where no escape loses its meaning.
    """

    code, name, aliases = "DCS121", "backslash-in-docstring", ("D301",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", 'r"""Matches \\d+ carts."""\n'),
        Good("cart.py", '"""A line that \\\ngoes on, and \\u20ac."""\n'),
        Good("cart.py", '"""Fill a cart.\n\n\\b\nfill apples\nfill pears\n"""\n'),
        Bad("cart.py", '"""Matches \\d+ carts."""\n', fixed='r"""Matches \\d+ carts."""\n'),
        Bad("cart.py", '"""Matches \\\\d+ carts."""\n', fixed='r"""Matches \\d+ carts."""\n'),
        Bad("cart.py", '"""Parted by \\t each."""\n'),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first backslash."""
        raw = docstring.raw
        if "\\" not in raw or docstring.prefix in ("r", "R"):
            return
        at = _escape_at(raw)
        if at >= 0:
            yield file.finding(
                self,
                docstring.span(at, at + 2),
                "a backslash in a docstring that is not raw",
                help='begin the docstring with r""", or write the character itself',
                fix=_raw(docstring),
            )


def _escape_at(raw: str) -> int:
    """Where the first escape is that nobody can be sure is meant; -1 where there is none."""
    position = 0
    while match := _ESCAPE.search(raw, position):
        quotes = _QUOTES.match(raw, match.start())
        if quotes:
            position = quotes.end()
        elif match[1] in _MEANT or _is_alone(raw, match):
            position = match.end()
        else:
            return match.start()
    return -1


def _is_alone(raw: str, escape: re.Match[str]) -> bool:
    r"""Whether ``escape`` is a word to click: ``\b`` or ``\f``, and nothing else on its line."""
    begin = max(raw.rfind("\n", 0, escape.start()), raw.rfind("\r", 0, escape.start())) + 1
    return _ALONE.match(raw, begin) is not None


def _raw(docstring: Docstring) -> Fix | None:
    """The same text, written raw."""
    if docstring.prefix or _NAMED.search(docstring.raw.replace("\\\\", "")):
        return None
    new = docstring.raw.replace("\\\\", "\\")
    literal = f"r{docstring.quotes}{new}{docstring.quotes}"
    if evaluated(literal) != docstring.value:
        return None
    replacement = literal.encode(docstring.file.shared(encoding))
    return Fix("make the docstring raw", [Edit(docstring.start, docstring.end, replacement)])
