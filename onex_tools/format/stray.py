"""A module's docstring that stands too low to be one, and where it belongs."""

from __future__ import annotations

import ast
import re

from onex_tools.format.head import Comments, Head, text_of

STUB = '"""TODO(docstring): Describe this file."""'
"""The marked docstring; a module that has no other counts as one without."""

_PLAIN = re.compile(r'[rRuU]?("""|\'\'\')(?:(?!\1)[^\\]|\\.)*+\1[ \t]*;?[ \t]*\Z', re.DOTALL)
_DIRECTIVE = re.compile(r"#[ \t]*[\w-]+[ \t]*:|.*(?:-\*-|noqa|nosec)", re.IGNORECASE)
_SENTENCE_ENDS = (".", "!", "?", ":")


def stray_docstring(head: Head) -> ast.Constant | None:
    """The string below imports that was meant as docstring, if the module has none.

    It is the first string that stands as a statement among the imports or directly below them, is
    plain and in triple quotes, and reads as prose: one sentence, or several lines. Code that was
    put out of use by quotes is none, nor is a heading of one line, nor what ``# fmt: off`` is for.
    """
    if head.docstring() is not None:
        return None
    found = next(filter(None, map(text_of, head.leading)), None)
    if found is None or not _is_prose(str(found.value)) or head.is_off(found.lineno - 1):
        return None
    if is_joined(found, head):
        return found
    whole = "\n".join(head.lines[found.lineno - 1 : found.end_lineno])
    return found if _PLAIN.match(whole) else None


def is_joined(stray: ast.Constant, head: Head) -> bool:
    """Whether ``stray`` shares a line with another statement: black parts the two."""
    first, last = stray.lineno, stray.end_lineno or stray.lineno
    if last > len(head.lines):
        return True
    if any(head.lines[index].endswith("\\") for index in (first - 2, last - 1)):
        return True
    sharing = [s for s in head.leading if s.lineno <= last and (s.end_lineno or 0) >= first]
    return len(sharing) > 1


def _is_prose(text: str) -> bool:
    lines = [line for line in text.strip().split("\n") if line.strip()]
    if not lines or (len(lines) == 1 and not lines[0].rstrip().endswith(_SENTENCE_ENDS)):
        return False
    return not _is_code(text)


def _is_code(text: str) -> bool:
    """Whether Python would take ``text`` for statements that do something."""
    import inspect
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(inspect.cleandoc(text)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return not all(
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name | ast.Constant)
        for statement in body
    )


def why_not(stray: ast.Constant, head: Head, text: str) -> str:
    """Why ``stray`` must stay where it is although it is no docstring there; empty if it need not.

    Where it stands, the string does nothing. Moved up it becomes ``__doc__``: the module may ask
    for that, and a doctest in it would be run.
    """
    if "__doc__" in text:
        return "the module uses __doc__"
    if ">>>" in str(stray.value):
        return "it holds a doctest, which would then be run"
    if any(run.end == stray.lineno - 1 and not run.pure for run in head.comments):
        return "a comment belongs to it"
    return ""


def docstring_place(head: Head) -> int:
    """The index of the line where a docstring goes: below the comments that speak of the file.

    A comment directly above the first statement, with a blank line above it, speaks of that
    statement, if it is no notice of a licence and no word to a tool: those must lead the file.
    """
    top = head.top
    while top > head.slot and not head.lines[top - 1].strip():
        top -= 1
    run = next((run for run in head.comments if run.end == head.top), None)
    return run.start if run and _is_of_statement(run, head) else top


def _is_of_statement(run: Comments, head: Head) -> bool:
    if run.notices or run.start <= head.slot or head.lines[run.start - 1].strip():
        return False
    if not head.rest and not head.statements:
        return False
    return not any(_DIRECTIVE.match(line) for line in head.lines[run.start : run.end])
