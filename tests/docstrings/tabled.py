"""Tables of small cases: what one rule finds in a text, where, and what its fixes make of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from onex_tools.api import Finding

from . import mending
from .conftest import new_source

Place = tuple[int, int]
"""A line and a column, from 1."""


class Row(NamedTuple):
    """What a rule has to say of ``text``: at which places, and what it makes of it.

    ``fixed`` is None where it mends nothing; ``safe`` says whether it does so without being asked.
    """

    text: str
    at: Sequence[Place] = ()
    fixed: str | None = None
    safe: bool = True


def table(*rows: Row) -> pytest.MarkDecorator:
    """Runs a test once for each of ``rows``."""
    return pytest.mark.parametrize("row", rows, ids=lambda row: ascii(row.text)[:60])


def assert_judged(code: str, row: Row) -> None:
    """The rule ``code`` says of the text of ``row`` what stands in it, and nothing afterwards."""
    found, new = _judged(code, row.text)
    assert [(one.location.line, one.location.column) for one in found] == list(row.at)
    assert new == (row.text if row.fixed is None else row.fixed)
    assert all(bool(one.fix) == (row.fixed is not None) for one in found)
    assert all(one.fix.safe == row.safe for one in found if one.fix)
    if row.fixed is not None:
        assert _judged(code, new) == ([], new)


def _judged(code: str, text: str) -> tuple[list[Finding], str]:
    rule = next(rule for rule in mending.rules() if rule.code == code)
    file = new_source("a.py", text)
    found = sorted(rule.check(file), key=Finding.order)
    edits = [edit for one in found if one.fix for edit in one.fix.edits]
    return found, mending.applied(file.data, edits).decode()
