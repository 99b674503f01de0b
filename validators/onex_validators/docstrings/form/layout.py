"""Where the text of a docstring begins and ends between its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onex_tools.api import Bad, Finding, Good, SourceFile, Span
from onex_validators.docstrings.form.rewrite import Change, change_layout
from onex_validators.docstrings.reading.text import Docstring
from onex_validators.docstrings.rule import (
    EVERY_CONVENTION,
    NO_CONVENTION,
    WrittenRule,
    conventions,
)

WIDEST = 88
"""Columns: no fix joins lines into one that is longer."""
_JOINED = re.compile(r"(?<!\\)(?:\\\\)*\\[\r\n]")


def is_joined(docstring: Docstring) -> bool:
    """Whether a backslash joins lines of the docstring: where it breaks says nothing then."""
    return "\\" in docstring.raw and bool(_JOINED.search(docstring.raw))


def _edges(docstring: Docstring) -> tuple[int, int]:
    """Where the text begins and ends in ``raw``, white space left out."""
    raw = docstring.raw
    return len(raw) - len(raw.lstrip()), len(raw.rstrip())


def _touches_quote(docstring: Docstring) -> bool:
    """The text begins or ends with the character of the quotes."""
    text = docstring.raw.strip()
    return docstring.quotes[0] in (text[0], text[-1])


class OneLinerOnSeveralLines(WrittenRule):
    """A docstring has one line of text, and takes several.

    With the quotes on the same line it takes less room, and is known at once to be all there is.
    It is mended where the line is no longer than 88 columns then.
    """

    code, name, aliases = "DCS101", "one-liner-on-several-lines", ("D200",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", '"""Carts of a shop."""\n'),
        Bad(
            "cart.py",
            '"""\nCarts of a shop.\n"""\n',
            fixed='"""Carts of a shop."""\n',
        ),
        Bad(
            "cart.py",
            "def f():\r\n    '''Add.\r\n    '''\r\n",
            at=(2,),
            fixed="def f():\r\n    '''Add.'''\r\n",
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding on the whole docstring."""
        if len(docstring.lines) == 1 or "\n" in docstring.text or is_joined(docstring):
            return
        if sum(1 for line in docstring.lines if line.strip()) != 1:
            return
        start, end = _edges(docstring)
        changes = [Change(0, start), Change(end, len(docstring.raw))]
        fix = None
        if self._fits(docstring) and not _touches_quote(docstring):
            fix = change_layout(docstring, "put the docstring on one line", changes)
        yield file.finding(
            self,
            docstring.whole,
            f"the docstring has one line of text and takes {len(docstring.lines)}",
            help="put text and quotes on one line",
            fix=fix,
        )

    def _fits(self, docstring: Docstring) -> bool:
        around = len(docstring.before) + len(docstring.prefix) + 2 * len(docstring.quotes)
        return around + len(docstring.raw.strip()) <= WIDEST


class ClosingQuotesNotOnOwnLine(WrittenRule):
    """The closing quotes of a docstring of several lines stand behind its text.

    On a line of their own they show where the docstring ends, and text can be added without
    touching the line above.
    """

    code, name, aliases = "DCS111", "closing-quotes-not-on-own-line", ("D209",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", '"""Carts.\n\nOne for each visitor.\n"""\n'),
        Bad(
            "cart.py",
            '"""Carts.\n\nOne for each visitor."""\n',
            at=(3,),
            fixed='"""Carts.\n\nOne for each visitor.\n"""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the closing quotes."""
        if len(docstring.lines) == 1 or not docstring.lines[-1].strip():
            return
        if "\n" not in docstring.text:
            return
        fix = None
        if len(docstring.quotes) == 3:
            change = Change(
                _edges(docstring)[1], len(docstring.raw), docstring.newline + docstring.indent
            )
            fix = change_layout(docstring, "move the closing quotes", [change])
        yield file.finding(
            self,
            Span(docstring.end - len(docstring.quotes), docstring.end),
            "the closing quotes of the docstring stand behind its text",
            help="put them on a line of their own",
            fix=fix,
        )


class WhiteSpaceAroundText(WrittenRule):
    """White space stands between the quotes of a docstring and its text.

    It is neither shown nor needed. Where the text begins or ends with the very character of the
    quotes, a space may keep them apart.
    """

    code, name, aliases = "DCS112", "white-space-around-text", ("D210",)
    enabled_by = EVERY_CONVENTION
    examples = (
        Good("cart.py", '"""Carts of a shop."""\n'),
        Good("cart.py", '"""Also known as "carts" """\n', why="four quotes would be in a row"),
        Bad("cart.py", '""" Carts of a shop. """\n', fixed='"""Carts of a shop."""\n'),
        Bad(
            "cart.py",
            '""" Carts.\n\nOne for each visitor.\n"""\n',
            fixed='"""Carts.\n\nOne for each visitor.\n"""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first line of the text."""
        raw = docstring.raw
        if not (raw[0].isspace() or raw[-1].isspace()):
            return
        start, end = _edges(docstring)
        quote, changes = docstring.quotes[0], []
        if docstring.lines[0].strip() and start and raw[start] != quote:
            changes.append(Change(0, start))
        if len(docstring.lines) == 1 and end < len(raw) and raw[end - 1] != quote:
            changes.append(Change(end, len(raw)))
        if changes:
            yield file.finding(
                self,
                docstring.line_span(docstring.summary),
                "white space stands between quotes and text",
                help="remove it",
                fix=change_layout(docstring, "remove the white space around the text", changes),
            )


class SummaryNotOnFirstLine(WrittenRule):
    """The summary of a docstring does not stand on the line of the opening quotes.

    The opposite is `summary-not-on-second-line`: choose one of the two.
    """

    code, name, aliases = "DCS113", "summary-not-on-first-line", ("D212",)
    opposites = ("DCS114",)
    enabled_by = conventions("google", "sphinx")
    examples = (
        Good("cart.py", '"""Carts.\n\nOne for each visitor.\n"""\n'),
        Good("cart.py", '"""Carts of a shop."""\n', why="it has one line"),
        Bad(
            "cart.py",
            '"""\nCarts.\n\nOne for each visitor.\n"""\n',
            at=(2,),
            settings={"convention": "google"},
            fixed='"""Carts.\n\nOne for each visitor.\n"""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first line of the text."""
        if len(docstring.lines) == 1 or docstring.lines[0].strip():
            return
        start, _ = _edges(docstring)
        fix = None
        if docstring.raw[start] != docstring.quotes[0]:
            title = "begin on the line of the quotes"
            fix = change_layout(docstring, title, [Change(0, start)])
        yield file.finding(
            self,
            docstring.line_span(docstring.summary),
            "the docstring's text begins below its opening quotes",
            help="begin on the line of the quotes",
            fix=fix,
        )


class SummaryNotOnSecondLine(WrittenRule):
    """The summary of a docstring of several lines stands on the line of the opening quotes.

    No convention asks for the line below, and it is the opposite of `summary-not-on-first-line`:
    choose one of the two.
    """

    code, name, aliases = "DCS114", "summary-not-on-second-line", ("D213",)
    enabled_by = NO_CONVENTION
    examples = (
        Good("cart.py", '"""\nCarts.\n\nOne for each visitor.\n"""\n'),
        Good("cart.py", '"""Carts of a shop."""\n', why="it has one line"),
        Bad(
            "cart.py",
            '"""Carts.\n\nOne for each visitor.\n"""\n',
            fixed='"""\nCarts.\n\nOne for each visitor.\n"""\n',
        ),
    )

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield a finding at the first line of the text."""
        first = docstring.lines[0]
        if len(docstring.lines) == 1 or not first.strip() or first.endswith("\\"):
            return
        fix = None
        if len(docstring.quotes) == 3:
            start, _ = _edges(docstring)
            change = Change(0, start, docstring.newline + docstring.indent)
            fix = change_layout(docstring, "begin on the line below the quotes", [change])
        yield file.finding(
            self,
            docstring.line_span(0),
            "the docstring's text begins on the line of its opening quotes",
            help="begin on the line below the quotes",
            fix=fix,
        )
