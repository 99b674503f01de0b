"""A safe fix keeps the code, the comments and what readers see, and leaves nothing to fix."""

from __future__ import annotations

import ast
import os
import sysconfig
import warnings
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from onex_tools.api import Edit
from tests.conftest import examples, some
from tests.docstrings import mending
from tests.docstrings.conftest import new_source

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]

PIECES = (
    *("Add", "all prices", "returns", "x.", "Really?", "e.g.", "größer", ":param a: b", "-----"),
    *(" ", "  ", "\t", "\n", "\n", "\n    ", "\n    ", "\n\n    ", "\n\t", "\n        ", "\n  "),
    *('"', "'", '""', "''", "\\\\", "\\d", "\\n", "\\\n", "\\'", '\\"', "\\u20ac", ">>> f()"),
)
HEADS = (
    *("", "# coding: utf-8\n", "def f():\n    ", "def f():\n\n\n    ", "def f(): ", "def f():\n\t"),
    *(
        "class C:\n    ",
        "class C:\n\n    # why\n\n    ",
        "class C:\n  def f(self):\n    ",
        "\ufeff",
    ),
)
TAILS = (
    *("", "\n", "  # why\n", "; x = 1\n", " ;\n", "\n\n\n"),
    *("\n{0}x = 1\n", "\n\n{0}x = 1\n", "\n\n\n{0}# why\n\n{0}def g(): pass\n", " \\\n\n"),
)


@st.composite
def sources(draw) -> bytes:
    """A file with one docstring, of any layout that Python reads."""
    head, tail = draw(st.sampled_from(HEADS)), draw(st.sampled_from(TAILS))
    prefix = draw(st.sampled_from(("", "", "r", "u", "R")))
    quotes = draw(st.sampled_from(('"""', '"""', "'''", '"', "'")))
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9)))
    indent = head.rpartition("\n")[2]
    tail = tail.format(indent if not indent.strip() else "    ")
    source = f"{head}{prefix}{quotes}{text}{quotes}{tail}"
    ending = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
    data = source.replace("\n", ending).encode()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(data)
        except (SyntaxError, ValueError):
            assume(False)
    return data


@settings(max_examples=examples(40))
@given(data=sources())
@example(data=b'"""x.\\nAdd\\\n"""')
@example(data=b'"""Add\n\\n"""')
@example(data=b'"""all prices\t"""')
@pytest.mark.parametrize("rule", mending.rules(), ids=lambda rule: rule.code)
def test_keeps_the_text_and_is_done_at_once(rule, data):
    edits = mending.safe_edits(rule, new_source("a.py", data))
    new = mending.applied(data, edits)
    mending.assert_same(rule.code, data, new)
    assert mending.safe_edits(rule, new_source("a.py", new)) == []


@given(data=sources())
def test_all_fixes_come_to_an_end(data):
    kept = [rule for rule in mending.rules() if rule.code not in ("DCS104", "DCS114")]
    for _ in range(8):
        old = data
        for rule in kept:
            data = mending.applied(data, mending.safe_edits(rule, new_source("a.py", data)))
        if data == old:
            return
    raise AssertionError(f"still changing: {data!r}")


@given(data=sources())
@example(data=b"''' \"both\" '''")
@example(data=b"'''end\" '''")
def test_fixes_of_all_rules_fit_together(data):
    kept = [rule for rule in mending.rules() if rule.code not in ("DCS104", "DCS114")]
    file = new_source("a.py", data)
    fixes = [fix for rule in kept for fix in mending.safe_fixes(rule, file)]
    chosen: list[Edit] = []
    for fix in fixes:
        if not any(a.start < b.end and b.start < a.end for a in fix.edits for b in chosen):
            chosen += fix.edits
    ast.parse(mending.applied(data, chosen))


@given(data=st.binary(max_size=200))
def test_any_bytes_are_judged(data):
    for rule in mending.rules():
        mending.safe_edits(rule, new_source("a.py", data))


@pytest.mark.slow
def test_keeps_the_texts_of_the_standard_library_but_for_its_tests():
    mended = Counter()
    for path in some(Path(sysconfig.get_path("stdlib")).rglob("*.py"), 40):
        if {"site-packages", "test", "tests"} & {*path.parts}:
            continue
        data = path.read_bytes()
        file = new_source("a.py", data)
        for rule in mending.rules():
            edits = mending.safe_edits(rule, file)
            if edits:
                new = mending.applied(data, edits)
                mending.assert_same(rule.code, data, new)
                assert mending.safe_edits(rule, new_source("a.py", new)) == [], path
                mended[rule.code] += 1
    codes = {rule.code for rule in mending.rules()} - UNMENDED
    assert set(mended) == codes if os.environ.get("ONEX_ALL_FILES") else set(mended) <= codes
    assert len(mended) > 5


UNMENDED = {"DCS108", "DCS132", "DCS133", "DCS134", "DCS135", "DCS136"}
"""The rules without a safe fix in the standard library."""
