"""Fixes inside a docstring: what is put where, and whether readers still see the same text."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onex_tools.api import Edit, Fix
from onex_validators.docstrings.reading.text import Docstring


class Change(NamedTuple):
    """Replace ``raw[start:end]`` of a docstring by ``text``, which is ASCII."""

    start: int
    end: int
    text: str = ""


def change_layout(docstring: Docstring, title: str, changes: Sequence[Change]) -> Fix | None:
    """A fix that moves white space; safe where ``inspect.cleandoc`` still gives the same text.

    White space at both ends of that text does not count.

    None where the literal would end elsewhere or mean something else altogether.
    """
    new = _literal_value(docstring, _changed(docstring.raw, changes))
    if new is None or new.split() != docstring.value.split():
        return None
    safe = inspect.cleandoc(new).strip() == inspect.cleandoc(docstring.value).strip()
    return Fix(title, edits(docstring, changes), safe)


def edits(docstring: Docstring, changes: Iterable[Change]) -> list[Edit]:
    """``changes`` as edits of the file."""
    return [
        Edit(*docstring.span(change.start, change.end), change.text.encode("ascii"))
        for change in changes
    ]


def _changed(raw: str, changes: Sequence[Change]) -> str:
    for start, end, text in sorted(changes, reverse=True):
        raw = raw[:start] + text + raw[end:]
    return raw


def _literal_value(docstring: Docstring, raw: str) -> str | None:
    """What Python makes of ``raw`` between the quotes of ``docstring``; None if not one string."""
    return evaluated(f"{docstring.prefix}{docstring.quotes}{raw}{docstring.quotes}")


def evaluated(literal: str) -> str | None:
    """The text that ``literal`` stands for; None where it is no string, or several."""
    import warnings

    with warnings.catch_warnings():
        # An unknown escape, such as `\d`, is the docstring's own affair.
        warnings.simplefilter("ignore")
        try:
            value = ast.literal_eval(literal)
        except (SyntaxError, ValueError, MemoryError):
            return None
    return value if isinstance(value, str) else None
