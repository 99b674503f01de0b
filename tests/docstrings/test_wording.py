"""Where a summary ends, and what is no signature."""

from __future__ import annotations

import pytest

from onex_validators.docstrings.form.wording import NoFullStopAfterSummary, SignatureAsSummary
from onex_validators.docstrings.settings import Docstrings
from tests.docstrings.conftest import new_source


def found(rule, text, **settings):
    """The lines of what ``rule`` finds in a file."""
    file = new_source("cart.py", text.encode())
    return [one.location.line for one in rule(Docstrings(**settings)).check(file)]


@pytest.mark.parametrize(
    ("text", "by_paragraph", "by_line"),
    [
        ('"""Carts of\nall shops.\n"""\n', [], [1]),
        ('"""Carts.\nOf all shops\n"""\n', [2], []),
        ('"""Carts\n"""\n', [1], [1]),
        ('"""\nCarts of\nall shops.\n"""\n', [], [2]),
    ],
)
def test_the_summary_is_a_paragraph_or_by_setting_a_line(text, by_paragraph, by_line):
    assert found(NoFullStopAfterSummary, text) == by_paragraph
    assert found(NoFullStopAfterSummary, text, summary_line=True) == by_line


@pytest.mark.parametrize(
    ("summary", "lines"),
    [
        ("line(s) -> None", [2]),
        ("Call line(count).", [2]),
        ("Write new line(s).", []),
        ("Write newline(count).", []),
    ],
)
def test_a_plural_in_brackets_is_no_signature(summary, lines):
    assert found(SignatureAsSummary, f'def line(s):\n    """{summary}"""\n') == lines
