"""What becomes of a header, case by case: what moves, what comes in, what stays."""

from __future__ import annotations

import ast
from typing import NamedTuple

import pytest

from onex_tools.format.header import HeaderWish, arrange, faults, needs_arranging
from onex_tools.format.stray import STUB

NONE = HeaderWish()
MIT = HeaderWish("MIT")
BOTH = HeaderWish("MIT", "2024 Jane Doe")
STUBS = HeaderWish(docstring_stub=True)
ALL = HeaderWish("MIT", "2024 Jane Doe", docstring_stub=True)

SPDX = "# SPDX-License-Identifier: MIT\n"
DOE = "# SPDX-FileCopyrightText: 2024 Jane Doe\n"
SHEBANG = "#!/usr/bin/env python3\n"
COOKIE = "# -*- coding: utf-8 -*-\n"
BLOCK = """\
# === OmniNode:Metadata ===
# name: cart.py
# uuid: 5f0e8bc4-93c5-4b0e-8bc4-0c5f0e8bc45f
# copyright: Copyright (c) 2020 Somebody
# === /OmniNode:Metadata ===
"""
OLD = "# === OmniNode:Tool_Metadata ===\n# name: cart\n# === /OmniNode:Tool_Metadata ===\n"
NOTEBOOK = "# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n"
FUTURE = "from __future__ import annotations\n"
DOC = '"""What it is for."""\n'
LONG = '"""What it is for\n\nand how.\n"""\n'
TEXT = "# Copyright 2020 Jane Doe\n#\n# You may use this file\n# as you like.\n"


class Case(NamedTuple):
    """A header before and after; the same where ``after`` is empty."""

    name: str
    wish: HeaderWish
    before: str
    after: str = ""


MOVED = (
    Case("below the docstring", NONE, f"{DOC}\n{SPDX}\nimport os\n", f"{SPDX}\n{DOC}\nimport os\n"),
    Case("touching it", NONE, f"{DOC}{SPDX}import os\n", f"{SPDX}\n{DOC}import os\n"),
    Case("below an import", NONE, f"import os\n{SPDX}\nx = 1\n", f"{SPDX}\nimport os\n\nx = 1\n"),
    Case("at the end", NONE, f"import os\n{SPDX}", f"{SPDX}\nimport os\n"),
    Case("without a last line end", NONE, f"import os\n{DOE[:-1]}", f"{DOE}\nimport os\n"),
    Case(
        "between imports",
        NONE,
        f"import a\n\n{SPDX}\nimport b\n",
        f"{SPDX}\nimport a\n\nimport b\n",
    ),
    Case(
        "to those that are there",
        NONE,
        f"# 1\n\n{SPDX}\n{DOC}\n{DOE}\nimport os\n",
        f"# 1\n\n{SPDX}{DOE}\n{DOC}\nimport os\n",
    ),
    Case(
        "several, in their order",
        NONE,
        f"{DOC}\n{DOE}#\n{SPDX}\nimport os\n\n# Copyright 2001 John Roe\n\nx = 1\n",
        f"{DOE}#\n{SPDX}# Copyright 2001 John Roe\n\n{DOC}\nimport os\n\nx = 1\n",
    ),
    Case("above a stamp", NONE, f"{SPDX}\n{BLOCK}\n{DOC}", f"{BLOCK}\n{SPDX}\n{DOC}"),
    Case("touching a stamp", NONE, f"{SPDX}{BLOCK}{DOC}", f"{BLOCK}\n{SPDX}\n{DOC}"),
    Case("above an old stamp", NONE, f"{SPDX}{OLD}\n{DOC}", f"{OLD}\n{SPDX}\n{DOC}"),
    Case("above the encoding", NONE, f"{SPDX}{COOKIE}{DOC}", f"{COOKIE}{SPDX}\n{DOC}"),
    Case(
        "below all that leads",
        NONE,
        f"{SHEBANG}{COOKIE}{BLOCK}\n{DOC}{SPDX}",
        f"{SHEBANG}{COOKIE}{BLOCK}\n{SPDX}\n{DOC}",
    ),
    Case("docstring", NONE, f"import os\n\n{LONG}\nx = 1\n", f"{LONG}\nimport os\n\nx = 1\n"),
    Case(
        "docstring below a future",
        NONE,
        f"{FUTURE}\n{DOC}\nimport os\n",
        f"{DOC}\n{FUTURE}\nimport os\n",
    ),
    Case("raw docstring", NONE, "import os\nr'''\\d.'''\n", "r'''\\d.'''\n\nimport os\n"),
    Case(
        "docstring and licence on it",
        NONE,
        f"import os\n{SPDX}{DOC}",
        f"{SPDX}\n{DOC}\nimport os\n",
    ),
    Case(
        "fmt: on",
        NONE,
        f"{DOC}# fmt: off\n\n# fmt: on\n\n{SPDX}",
        f"{SPDX}\n{DOC}# fmt: off\n\n# fmt: on\n\n",
    ),
    Case("docstring of one word", NONE, 'import os\n"""Carts."""\n', '"""Carts."""\n\nimport os\n'),
    Case(
        "docstring below a licence",
        NONE,
        f"{TEXT}\nimport os\n\n{LONG}",
        f"{TEXT}\n{LONG}\nimport os\n\n",
    ),
    Case(
        "docstring above the import's own comment",
        NONE,
        f"# All of it.\n\n# The system.\nimport os\n\n{LONG}",
        f"# All of it.\n\n{LONG}\n# The system.\nimport os\n\n",
    ),
    Case(
        "docstring below a word to a tool",
        NONE,
        f"# type: ignore\nimport os\n{DOC}",
        f"# type: ignore\n\n{DOC}\nimport os\n",
    ),
    Case(
        "licence parted from an import that is sorted",
        NONE,
        f"{BLOCK}\n{TEXT}import b\nimport a\n",
        f"{BLOCK}\n{TEXT}\nimport b\nimport a\n",
    ),
)
ADDED = (
    Case("both", BOTH, DOC, f"{SPDX}{DOE}\n{DOC}"),
    Case("all", ALL, "import os\n", f"{SPDX}{DOE}\n{STUB}\n\nimport os\n"),
    Case("only code", ALL, "x = 1\n", f"{SPDX}{DOE}\n{STUB}\n\nx = 1\n"),
    Case("only comments", ALL, "# later\n", f"{SPDX}{DOE}\n# later\n\n{STUB}\n"),
    Case(
        "below all that leads",
        MIT,
        f"{SHEBANG}{COOKIE}import os\n",
        f"{SHEBANG}{COOKIE}{SPDX}\nimport os\n",
    ),
    Case("below a stamp", MIT, f"{BLOCK}\n{DOC}", f"{BLOCK}\n{SPDX}\n{DOC}"),
    Case("touching a stamp", MIT, f"{BLOCK}{DOC}", f"{BLOCK}\n{SPDX}\n{DOC}"),
    Case(
        "below a notebook's header",
        MIT,
        f"{SHEBANG}{NOTEBOOK}# %%\n",
        f"{SHEBANG}{NOTEBOOK}\n{SPDX}\n# %%\n",
    ),
    Case(
        "below dashes",
        MIT,
        f"# ---\n# A title\n# ---\n{DOC}",
        f"{SPDX}\n# ---\n# A title\n# ---\n{DOC}",
    ),
    Case("to a copyright", MIT, f"{DOE}\n{DOC}", f"{SPDX}{DOE}\n{DOC}"),
    Case("to a licence", BOTH, f"{SPDX}\n{DOC}", f"{SPDX}{DOE}\n{DOC}"),
    Case("to a licence text", MIT, f"{TEXT}\n{DOC}", f"{SPDX}\n{TEXT}\n{DOC}"),
    Case("and one moved", BOTH, f"{DOC}{DOE}", f"{SPDX}{DOE}\n{DOC}"),
    Case("stub below comments", STUBS, f"{TEXT}import os\n", f"{TEXT}\n{STUB}\n\nimport os\n"),
    Case(
        "stub above a comment on code",
        STUBS,
        "# All.\n\n# One.\nx = 1\n",
        f"# All.\n\n{STUB}\n\n# One.\nx = 1\n",
    ),
    Case("tabs and form feeds", MIT, "\f\n\t# x\nif x:\n\ty\n", f"{SPDX}\f\n\t# x\nif x:\n\ty\n"),
    Case("decorated", STUBS, "@a\ndef f(): ...\n", f"{STUB}\n\n@a\ndef f(): ...\n"),
    Case("one line", MIT, "import os; x = 1\n", f"{SPDX}\nimport os; x = 1\n"),
    Case("dead encoding", MIT, f"\n\n{COOKIE}x = 1\n", f"{SPDX}\n\n{COOKIE}x = 1\n"),
    Case("shebang that is none", MIT, f"\n{SHEBANG}x = 1\n", f"{SPDX}\n{SHEBANG}x = 1\n"),
)
KEPT = (
    Case("empty", ALL, ""),
    Case("blank", ALL, "\n\n"),
    Case("in order", ALL, f"{SHEBANG}{COOKIE}{BLOCK}\n{SPDX}{DOE}\n{DOC}\n{FUTURE}\nimport os\n"),
    Case("other years", BOTH, f"# Copyright (c) 1999-2001 Jane Doe\n{SPDX}{DOC}"),
    Case("several holders", BOTH, f"{SPDX}# Copyright 2001 John Roe\n{DOE}\n{DOC}"),
    Case("said in the docstring", BOTH, f'"""A cart.\n\nCopyright 2020 Jane Doe\n{SPDX[2:]}"""\n'),
    Case("said in a string", MIT, 'import os\n"""A\nSPDX-License-Identifier: MIT\n>>> 1\n"""\n'),
    Case("another licence", MIT, f"# SPDX-License-Identifier: ISC\n{DOC}"),
    Case("another licence, no holder", BOTH, f"# SPDX-License-Identifier: ISC\n{DOC}"),
    Case("another holder", BOTH, f"# Copyright 2001 John Roe\n\n{DOC}"),
    Case("spelt otherwise", MIT, f"# SPDX-License-Identifier:  mit\n{DOC}"),
    Case("licence text below the docstring", NONE, f"{DOC}\n{TEXT}\nimport os\n"),
    Case("with other words", NONE, f"{DOC}\n{SPDX}# pylint: disable=all\nimport os\n"),
    Case("below code", NONE, f"x = 1\n{SPDX}import os\n"),
    Case("in a string", NONE, f"{DOC}x = '''\n{SPDX}'''\n"),
    Case("in brackets", NONE, f"from os import (\n{SPDX}    path,\n)\n"),
    Case("after a backslash", NONE, f"import os \\\n{SPDX}x = 1\n"),
    Case("in a stamp of no order", NONE, f"{DOC}\n{BLOCK}\nimport os\n"),
    Case("stamp that is broken", ALL, f"{BLOCK[:60]}\n{DOC}"),
    Case("stamp that pushed down", ALL, f"{BLOCK}{COOKIE}{DOC}"),
    Case("order of comments", NONE, f"# pylint: x\n\n{SPDX}\n# mypy: y\n\n{DOC}"),
    Case("licence at an import on top", NONE, f"{SPDX}import b\nimport a\n"),
    Case("fmt: off", NONE, f"# fmt: off\nimport os\n{SPDX}\n{LONG}\nx = 1\n"),
    Case("heading", NONE, 'import os\n\n"""Constants"""\n\nX = 1\n'),
    Case("code out of use", NONE, 'import os\n\n"""\nx = 1\ny = 2\n"""\n'),
    Case("string in one quote", NONE, 'import os\n"What it is for."\n'),
    Case("string of two", NONE, 'import os\n"""What it""" """ is for."""\n'),
    Case("string with a comment", NONE, f"import os\n{DOC[:-1]}  # here\n"),
    Case("string below code", NONE, f"x = 1\n{DOC}"),
    Case("f-string", NONE, f"import os\nf{DOC}"),
    Case("module that asks for it", NONE, f"import os\n{DOC}\nprint(__doc__)\n"),
    Case("doctest", NONE, 'import os\n"""Sums.\n\n>>> 1\n1\n"""\n'),
    Case("comment on the string", NONE, f"import os\n\n# About it.\n{DOC}"),
    Case("no stub beside it", STUBS, f"import os\n{DOC}\nprint(__doc__)\n"),
)


def _named(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", MOVED + ADDED, ids=_named)
def test_put_in_order(case: Case) -> None:
    module = ast.parse(case.before)
    assert needs_arranging(case.before, module, case.wish)
    arranged = arrange(case.before, case.wish)
    assert arranged.text == case.after
    assert arranged.what
    assert len(faults(case.before, module, case.wish)) == len(arranged.what)
    assert not needs_arranging(case.after, ast.parse(case.after), case.wish)
    assert faults(case.after, ast.parse(case.after), case.wish) == ()


@pytest.mark.parametrize("case", KEPT, ids=_named)
def test_left_as_it_is(case: Case) -> None:
    assert not needs_arranging(case.before, ast.parse(case.before), case.wish)
    assert arrange(case.before, case.wish) == (case.before, ())


def test_what_is_said() -> None:
    text = f"import os\n{SPDX}\n{LONG}\nx = 1\n"
    assert arrange(text, HeaderWish("MIT", "2024 Jane Doe")).what == (
        f"line 1: added `{DOE.strip()}`",
        "line 2: moved licence or copyright lines",
        "line 4: moved the docstring above the imports",
    )
    assert faults(text, ast.parse(text), NONE) == (
        (
            2,
            "a licence or copyright line below the docstring or an import",
            "that line right below shebang, encoding and metadata block",
        ),
        (4, "a docstring below an import, where it is none", "that docstring above all imports"),
    )


def test_only_reported() -> None:
    lines = "# SPDX-License-Identifier: The MIT\n# Copyright 2001 John Roe\n"
    text = f"{lines}\nimport os\n{DOC}__doc__\n"
    assert faults(text, ast.parse(text), BOTH) == (
        (
            1,
            "'SPDX-License-Identifier: The MIT', which is no SPDX expression: "
            "AND, OR or WITH is missing before 'MIT'",
            "'# SPDX-License-Identifier: MIT'; another licence is left as it is",
        ),
        (
            1,
            "'Copyright 2001 John Roe'",
            "'# SPDX-FileCopyrightText: 2024 Jane Doe'; another holder's line is left as it is",
        ),
        (
            5,
            "a docstring below an import, where it is none; the module uses __doc__, "
            "so it is not moved",
            "that docstring above all imports, or a comment",
        ),
    )
