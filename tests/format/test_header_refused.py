"""Headers that are out of order and stay so: nobody could show that nothing else changes."""

from __future__ import annotations

import ast

import libcst
import pytest

from onex_tools.format.header import (
    MAX_PARTS,
    HeaderRefused,
    HeaderWish,
    arrange,
    faults,
    needs_arranging,
)
from onex_tools.format.nodes import Unreadable, rearranged

MIT = HeaderWish("MIT")
SPDX = "# SPDX-License-Identifier: MIT\n"
DOTS = ".".join("a" * (MAX_PARTS + 1))
BLOCK = """\
# === OmniNode:Metadata ===
# name: cart.py
# uuid: 5f0e8bc4-93c5-4b0e-8bc4-0c5f0e8bc45f
# === /OmniNode:Metadata ===
"""
JOINED = "the docstring shares a line with another statement"
REVIVED = "black would bring an encoding declaration to life"
UNREAD = "a form feed keeps the metadata block from being read"
LEADING = "the shebang or the encoding declaration would change"


@pytest.mark.parametrize(
    ("text", "wish", "line", "reason"),
    [
        (f"import os\r{SPDX}x = 1\n", HeaderWish(), 2, "a carriage return stands in the header"),
        ('"""A\rdocstring."""\n', MIT, 1, "a carriage return stands in the header"),
        ("x = 1\n", HeaderWish("", "encoding: latin-1"), 1, LEADING),
        (f"import os\nimport {DOTS}\n", MIT, 2, f"it has more than {MAX_PARTS} parts"),
        ('"a" ' * (MAX_PARTS + 1) + "\n", MIT, 1, f"it has more than {MAX_PARTS} parts"),
        (f"\n{SPDX}# coding: latin-1\nx = 1\n", HeaderWish(), 1, REVIVED),
        (f"\f\n{SPDX}{BLOCK}", HeaderWish(), 1, UNREAD),
        ('import os; """What it is for."""\n', HeaderWish(), 1, JOINED),
        ('import os\n"""What it is for."""; x = 1\n', HeaderWish(), 2, JOINED),
        ('import os\n"""What it is for."""\\\n\nx = 1\n', HeaderWish(), 2, JOINED),
    ],
)
def test_refused(text: str, wish: HeaderWish, line: int, reason: str) -> None:
    assert needs_arranging(text, ast.parse(text), wish)
    assert faults(text, ast.parse(text), wish)
    with pytest.raises(HeaderRefused) as caught:
        arrange(text, wish)
    assert (caught.value.line, caught.value.reason) == (line, reason)
    assert str(caught.value) == f"line {line}: {reason}"


@pytest.mark.parametrize(
    ("text", "line", "start"),
    [
        ("x = (\n", 1, "Python's parser says: "),
        ("x = 1\nx y\n", 2, "Python's parser says: "),
        ("x\0\n", 1, "Python's parser says: "),
        ("x = " + "-" * 100_000 + "1\n", 1, "it is nested too deeply to parse"),
        ("\\\nimport os\n", 1, "libcst cannot read the header: "),
        ("\fimport os\n", 1, "libcst cannot read the header: "),
    ],
)
def test_refused_by_a_parser(text: str, line: int, start: str) -> None:
    with pytest.raises(HeaderRefused) as caught:
        arrange(text, MIT)
    assert caught.value.line == line
    assert caught.value.reason.startswith(start)


@pytest.mark.parametrize("line", ["two\nlines", "a\rreturn"])
def test_a_wish_of_two_lines_breaks_nothing(line: str) -> None:
    with pytest.raises(HeaderRefused):
        arrange("x = 1\n", HeaderWish("", line))


def test_a_shebang_does_not_come_to_life() -> None:
    text = f"{SPDX}\n#!/bin/sh\n{BLOCK}\nx = 1\n"
    with pytest.raises(HeaderRefused, match=LEADING):
        arrange(text, HeaderWish())


def test_an_encoding_does_not_come_to_life() -> None:
    text = f"{SPDX}\n# coding: latin-1\n{BLOCK}\nx = 1\n"
    with pytest.raises(HeaderRefused, match=LEADING):
        arrange(text, HeaderWish())


def test_what_libcst_cannot_read_below_the_header_does_not_matter() -> None:
    # Neither a statement that it refuses, nor one too deep for its recursion, reaches it.
    deep = "x = " + "(" * 150 + "1" + ")" * 150 + "\n"
    assert arrange(f"import os\n{deep}", MIT).text == f"{SPDX}\nimport os\n{deep}"
    text = f"import os\ny = 1\n\f\n{deep}\nz = '''a\rb'''\n"
    assert arrange(text, MIT).text == f"{SPDX}\n{text}"


def test_nodes_refuse_what_has_a_body() -> None:
    with pytest.raises(Unreadable, match="a statement with a body"):
        rearranged("if x:\n    y\n", [0, 1])
    with pytest.raises(Unreadable):
        rearranged("if x\n", [0])


def test_another_text_of_libcst_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libcst.Module, "code", property(lambda _: "import sys\n"))
    with pytest.raises(HeaderRefused, match="it does not give back the same text"):
        arrange("import os\n", MIT)
    with pytest.raises(HeaderRefused, match="another header than was planned"):
        arrange("import sys\n", MIT)
