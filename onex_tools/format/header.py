"""Put the header of a Python module in order: what leads it, licence, docstring, imports.

libcst makes the new header, and three proofs come before it is given out: it is the one that was
planned line by line, no line is lost, and Python reads the same module but for the docstring.
"""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from itertools import islice, takewhile
from typing import NamedTuple

from onex_tools.format.head import is_leading, leading_words, look, text_of
from onex_tools.format.licence import LOOK, HeaderWish
from onex_tools.format.order import Fault, Plan, left_alone, plan_header
from onex_tools.format.stray import STUB
from onex_tools.lexemes import PYTHON

__all__ = [
    "Arranged",
    "Fault",
    "HeaderRefused",
    "HeaderWish",
    "arrange",
    "faults",
    "needs_arranging",
]

STUB_TEXT = ast.literal_eval(STUB)
MAX_PARTS = 100
"""An import with more dots, or a string of more pieces, is not handed to libcst."""


class HeaderRefused(Exception):
    """A header is out of order, and it cannot be put in order safely.

    Attributes:
        line: where, from 1.
        reason: why not, without a full stop.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


class Arranged(NamedTuple):
    """A text with its header in order, and what moved or came in; the lines are those before."""

    text: str
    what: tuple[str, ...] = ()


def needs_arranging(text: str, module: ast.Module, wish: HeaderWish) -> bool:
    r"""Whether ``arrange`` would change ``text``, or refuse to.

    Args:
        text: the module's text, with ``\n`` as line end and without a byte order mark.
        module: the same, parsed.
        wish: what the header should say.
    """
    if not _may_be_wrong(text, module, wish):
        return False
    plan = plan_header(text, module, wish)
    return plan is not None and plan.changes


def faults(text: str, module: ast.Module, wish: HeaderWish) -> tuple[Fault, ...]:
    """What is out of order in the header of ``text``, from the top.

    More than ``arrange`` puts in order: another licence than the one wished for is only reported.
    """
    if not _may_be_wrong(text, module, wish):
        return ()
    plan = plan_header(text, module, wish)
    if plan is None:
        return ()
    found = [*plan.faults, *left_alone(plan.head, text, wish)]
    return tuple(sorted(found, key=lambda fault: fault.line))


def arrange(text: str, wish: HeaderWish) -> Arranged:
    r"""``text`` with its header in order; ``arrange`` of the result changes nothing more.

    Args:
        text: the text of a module, with ``\n`` as line end and without a byte order mark.
        wish: what the header should say.

    Raises:
        HeaderRefused: the text is not Python, or its header cannot be put in order safely.
    """
    module = _parsed(text)
    plan = plan_header(text, module, wish)
    if plan is None or not plan.changes:
        return Arranged(text)
    line = plan.faults[0].line
    if plan.refusal:
        raise HeaderRefused(line, plan.refusal)
    if "\r" in text.removesuffix(plan.head.rest):
        raise HeaderRefused(line, "a carriage return stands in the header")
    arranged = _rewritten(plan, line) + plan.head.rest
    _prove(text, module, arranged, line)
    return Arranged(arranged, tuple(plan.done))


def _may_be_wrong(text: str, module: ast.Module, wish: HeaderWish) -> bool:
    """Whether a header has to be read line by line; mostly one look shows that it has not."""
    if any(wish):
        return True
    leading = takewhile(is_leading, module.body)
    if any(text_of(statement) for statement in islice(leading, 1, None)):
        return True
    return LOOK.search(look(text, module)[0]) is not None


def _parsed(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise HeaderRefused(error.lineno or 1, f"Python's parser says: {error.msg}") from None
    except ValueError as error:
        raise HeaderRefused(1, f"Python's parser says: {error}") from None
    except (RecursionError, MemoryError):
        raise HeaderRefused(1, "it is nested too deeply to parse") from None


def _rewritten(plan: Plan, line: int) -> str:
    """The head in its new order, by libcst; refused where it is not the one that was planned."""
    from onex_tools.format.nodes import Unreadable, rearranged

    lines = plan.head.lines
    for statement in plan.head.statements:
        if _is_deep(statement, lines):
            raise HeaderRefused(statement.lineno, f"it has more than {MAX_PARTS} parts")
    wanted = [lines[entry] if isinstance(entry, int) else entry for entry in plan.entries]
    try:
        made = rearranged("".join(f"{line}\n" for line in lines), plan.entries)
    except Unreadable as error:
        raise HeaderRefused(line, f"libcst cannot read the header: {error}") from None
    if made != "".join(f"{line}\n" for line in wanted):
        raise HeaderRefused(line, "libcst makes another header than was planned")
    return made


def _is_deep(statement: ast.stmt, lines: list[str]) -> bool:
    """Whether libcst would need too deep a recursion: its parser may then end the process."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        names = [getattr(statement, "module", None) or "", *(a.name for a in statement.names)]
        return any(name.count(".") >= MAX_PARTS for name in names)
    source = "\n".join(lines[statement.lineno - 1 : statement.end_lineno])
    return len(PYTHON.findall(source.encode())) > MAX_PARTS


def _prove(text: str, module: ast.Module, arranged: str, line: int) -> None:
    """Refuse a text in which anything is lost, or means something else."""
    if leading_words(text) != leading_words(arranged):
        raise HeaderRefused(line, "the shebang or the encoding declaration would change")
    if Counter(_full_lines(text)) - Counter(_full_lines(arranged)):
        raise HeaderRefused(line, "a line would be lost")
    if not _same_module(module, _parsed(arranged)):
        raise HeaderRefused(line, "Python would read another module")


def _full_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _same_module(before: ast.Module, after: ast.Module) -> bool:
    """Whether two modules are the same but for a docstring that the first one has not."""
    if ast.get_docstring(before, clean=False) is not None:
        return _same(before.body, after.body)
    docstring = text_of(after.body[0]) if after.body else None
    if docstring is None:
        return _same(before.body, after.body)
    left = before.body
    if docstring.value != STUB_TEXT:
        stray = next(s for s in left if (t := text_of(s)) and t.value == docstring.value)
        left = [statement for statement in left if statement is not stray]
    return _same(left, after.body[1:])


def _same(before: object, after: object) -> bool:
    """Whether two syntax trees are equal but for positions; no recursion, however deep they are."""
    pairs = [(before, after)]
    while pairs:
        one, other = pairs.pop()
        if type(one) is not type(other):
            return False
        if isinstance(one, ast.AST):
            mine, others = vars(one), vars(other)
            fields = [(mine.get(name), others.get(name)) for name in one._fields]
            pairs += [pair for pair in fields if pair[0] is not pair[1]]
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            pairs += zip(one, other, strict=True)
        elif one != other and repr(one) != repr(other):
            return False
    return True
