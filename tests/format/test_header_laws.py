"""Laws of the header, over headers of every shape, and what isort and black make of them."""

from __future__ import annotations

import ast
import warnings
from collections import Counter

import black
import isort
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.format.head import read_head
from onex_tools.format.header import (
    HeaderRefused,
    HeaderWish,
    arrange,
    faults,
    needs_arranging,
)
from onex_tools.format.licence import LOOK, notice_of
from onex_tools.format.stray import STUB
from tests.conftest import examples

WISHES = (
    HeaderWish(),
    HeaderWish("MIT"),
    HeaderWish("", "2024 Jane Doe"),
    HeaderWish("MIT", "Copyright (c) 2024 Jane Doe", docstring_stub=True),
    HeaderWish(docstring_stub=True),
)
MODES = (black.Mode(), black.Mode(is_pyi=True), black.Mode(line_length=40, preview=True))
BLOCK = """\
# === OmniNode:Metadata ===
# name: cart.py
# uuid: 5f0e8bc4-93c5-4b0e-8bc4-0c5f0e8bc45f
# copyright: Copyright (c) 2020 Somebody
# === /OmniNode:Metadata ===
"""
OLD_BLOCK = """\
# === OmniNode:Tool_Metadata ===
# metadata_version: 0.1
# name: cart
# === /OmniNode:Tool_Metadata ===
"""
LEADERS = (
    "#!/usr/bin/env python3\n",
    "# -*- coding: utf-8 -*-\n",
    "# vim: set fileencoding=latin-1 :\n",
    BLOCK,
    OLD_BLOCK,
    "# ---\n# jupyter:\n#   kernelspec: {}\n# ---\n",
)
NOTICES = (
    "# SPDX-License-Identifier: MIT\n",
    "# SPDX-License-Identifier: Apache-2.0\n",
    "# SPDX-FileCopyrightText: 2019-2021 Jane Doe\n#\n# SPDX-License-Identifier: MIT\n",
    "# Copyright (c) 2020 Jane Doe <jane@example.org>\n",
    "# Copyright 2001, 2004 John Roe. All rights reserved.\n",
    "# © 2020 Jane Doe\n# All rights reserved.\n",
    "# Copyright 2020 Jane Doe\n#\n# You may use this file\n#   as you like.\n",
    "# SPDX-License-Identifier: MIT\n# pylint: disable=invalid-name\n",
)
COMMENTS = (
    "# What follows is old.\n",
    "# type: ignore\n",
    "# mypy: ignore-errors\n",
    "# ruff: noqa\n",
    "# fmt: off\n",
    "# fmt: on\n",
    "# isort: split\n",
    "# pylint: disable=missing-docstring\n",
    "  # further to the right\n",
    "\t# with a tab\n",
    "#\n",
    "#" * 40 + "\n",
    "# ends in a backslash \\\n",
    "# -*- coding: utf-8 -*-\n",
)
SPACE = ("\n", "\n\n", "\n\n\n", "\f\n", "  \n")
STRINGS = (
    '"""What the file is for."""\n',
    "'''One.\n\n# SPDX-License-Identifier: MIT\nimport this\n'''\n",
    'r"""A \\d raw one."""\n',
    '"""Copyright 2020 Jane Doe\n\nMore.\n"""\n',
    '"""Constants"""\n',
    '"""\nx = 1\ny = 2\n"""\n',
    '"""An example.\n\n>>> 1\n1\n"""\n',
    '"plain."\n',
    '"""Two.""" """Parts."""\n',
    '"""With a comment."""  # here\n',
    '"""Joined."""; import re\n',
    '"""Closed.""" ;\n',
    '"""Continued."""\\\n\n',
    'u"""Old."""\n',
    '("""In parentheses.""")\n',
)
IMPORTS = (
    "from __future__ import annotations\n",
    "import sys\n",
    "import abc, os\n",
    "from os import (\n    path,  # Copyright 2020 Jane Doe\n    sep,\n)\n",
    "from os import \\\n    name\n",
    "import json  # SPDX-License-Identifier: MIT\n",
    "import abc; import re\n",
)
CODE = (
    "x = 1\n",
    "import os; x = 1\n",
    "@final\nclass Cart:\n    pass\n",
    "def total():\n    return '''\n# Copyright 2020 Jane Doe\n'''\n",
    "if True:\n    # Copyright 2020 Jane Doe\n    import late\n",
    "print(__doc__)\n",
)


def _module(parts: list[str]) -> str | None:
    text = "".join(parts)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError:
        return None
    return text


def _texts() -> st.SearchStrategy[str]:
    parts = st.one_of(
        *map(st.sampled_from, (LEADERS, NOTICES, COMMENTS, SPACE, STRINGS, IMPORTS, SPACE))
    )
    head = st.lists(parts, max_size=9)
    usual = st.tuples(
        st.lists(st.sampled_from(LEADERS), max_size=3, unique=True),
        st.lists(st.one_of(*map(st.sampled_from, (NOTICES, COMMENTS, SPACE))), max_size=4),
        st.lists(st.sampled_from((*STRINGS, *SPACE)), max_size=2),
        st.lists(st.one_of(*map(st.sampled_from, (NOTICES, IMPORTS, SPACE))), max_size=4),
    ).map(lambda groups: [part for group in groups for part in group])
    tail = st.lists(st.sampled_from((*CODE, *SPACE, *NOTICES, *IMPORTS)), max_size=3)
    whole = st.tuples(st.one_of(head, usual), tail).map(lambda pair: _module(pair[0] + pair[1]))
    texts = whole.filter(lambda text: text is not None)
    return st.tuples(texts, st.booleans()).map(_with_end)


def _with_end(pair: tuple[str | None, bool]) -> str:
    text, cut = pair
    text = text or ""
    shorter = _module([text[:-1]]) if cut and text.endswith("\n") else None
    return text if shorter is None else shorter


def _arranged(text: str, wish: HeaderWish) -> str | None:
    try:
        return arrange(text, wish).text
    except HeaderRefused:
        return None


def _full_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _dumped(text: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [ast.dump(statement) for statement in ast.parse(text).body]


def _stays(line: str) -> bool:
    """Whether no rule moves a line: it is neither a notice nor of a string."""
    return line.lstrip().startswith("#") and notice_of(line) is None and line.strip("# ") != ""


@given(_texts(), st.sampled_from(WISHES))
@settings(max_examples=examples(100))
def test_one_answer(text: str, wish: HeaderWish) -> None:
    needs = needs_arranging(text, ast.parse(text), wish)
    assert needs == (_arranged(text, wish) != text)
    if needs:
        assert faults(text, ast.parse(text), wish)


@given(_texts(), st.sampled_from(WISHES))
@settings(max_examples=examples(100))
def test_twice_is_once(text: str, wish: HeaderWish) -> None:
    once = _arranged(text, wish)
    if once is not None:
        assert arrange(once, wish) == (once, ())


@given(_texts(), st.sampled_from(WISHES))
@settings(max_examples=examples(100))
def test_nothing_is_lost_and_nothing_means_something_else(text: str, wish: HeaderWish) -> None:
    once = _arranged(text, wish)
    if once is None:
        return
    assert not Counter(_full_lines(text)) - Counter(_full_lines(once))
    if "'''" not in text and '"""' not in text:
        before, after = (list(filter(_stays, _full_lines(each))) for each in (text, once))
        assert [line for line in after if line != STUB] == before
    old, new = _dumped(text), _dumped(once)
    assert not Counter(old) - Counter(new)
    assert len(new) - len(old) in (0, 1)
    moved = new[0] if new and (not old or new[0] != old[0]) else None
    left = [each for each in new if each != moved]
    assert left == [each for each in old if each != moved]


@given(_texts(), st.sampled_from(WISHES), st.sampled_from(MODES))
@settings(max_examples=examples(60))
def test_isort_and_black_undo_nothing(text: str, wish: HeaderWish, mode: black.Mode) -> None:
    once = _arranged(text, wish)
    if once is None:
        return
    shaped = _shaped(once, mode)
    if shaped is None:
        return
    if _is_sorted_with_comments(once):
        for _ in range(2):
            shaped = _shaped(_arranged(shaped, wish) or shaped, mode) or shaped
    assert _arranged(shaped, wish) == shaped
    if ";" not in text and _settles(text, mode):
        assert _shaped(shaped, mode) == shaped


def _settles(text: str, mode: black.Mode) -> bool:
    """Whether isort and black alone make the same of ``text`` once and twice: not always so."""
    shaped = _shaped(text, mode)
    return shaped is not None and _shaped(shaped, mode) == shaped


def _is_sorted_with_comments(text: str) -> bool:
    """Whether isort may bring up a text that we leave, so that things settle some rounds later."""
    if "# fmt: off" in text:
        return True  # isort may sort this comment too, and what stood below it no longer does
    head = read_head(text, ast.parse(text))
    if head is None or head.docstring() is not None:
        return False
    left = [run for run in head.comments if run.start > head.top and not run.pure]
    return any(LOOK.search(line) for run in left for line in head.lines[run.start : run.end])


def _shaped(text: str, mode: black.Mode) -> str | None:
    """What isort and black make of ``text``; None where black refuses it."""
    try:
        sorted_ = isort.code(text, config=isort.Config(profile="black"))
        return black.format_str(sorted_, mode=mode)
    except (isort.exceptions.ISortError, black.InvalidInput):
        return None


@pytest.mark.parametrize("wish", WISHES)
def test_the_parts_are_reached(wish: HeaderWish) -> None:
    # A law that holds because nothing is ever done holds nothing.
    text = "import os\n" + NOTICES[0] + "\n" + STRINGS[0] + "\n" + CODE[0]
    assert arrange(text, wish).text != text
