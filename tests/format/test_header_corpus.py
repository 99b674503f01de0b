"""The headers of Python's own library: few are out of order, and all hold with a line added."""

from __future__ import annotations

import ast
import sysconfig
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import black
import isort
import pytest

from onex_tools.format.head import look
from onex_tools.format.header import (
    HeaderRefused,
    HeaderWish,
    arrange,
    faults,
    needs_arranging,
)
from tests.conftest import some

LIBRARY = Path(sysconfig.get_paths()["stdlib"])
ALL = HeaderWish("LicenseRef-Ours", "2024 Jane Doe", docstring_stub=True)


def _modules() -> Iterator[tuple[Path, str, ast.Module]]:
    for path in some(LIBRARY.rglob("*.py"), 20):
        if "site-packages" in path.parts:
            continue
        try:
            with tokenize.open(path) as file, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                text = file.read()
                yield path, text, ast.parse(text)
        except (SyntaxError, UnicodeError, ValueError):
            continue


@pytest.mark.slow
def test_nothing_is_at_fault_without_a_wish() -> None:
    found = {path: faults(text, module, HeaderWish()) for path, text, module in _modules()}
    assert len(found) > 50
    assert len([path for path, said in found.items() if said]) <= len(found) // 500


@pytest.mark.slow
def test_a_header_comes_in_and_all_else_stays() -> None:
    refused = []
    for path, text, module in _modules():
        try:
            arranged = arrange(text, ALL).text
        except HeaderRefused as error:
            refused.append((path.name, error.reason))
            continue
        assert needs_arranging(text, module, ALL) == (arranged != text), path
        lines = [text.split("\n"), arranged.split("\n")]
        assert not Counter(filter(str.strip, lines[0])) - Counter(lines[1]), path
        assert arrange(arranged, ALL) == (arranged, ()), path
    assert len(refused) < 10, refused


@pytest.mark.slow
def test_isort_and_black_undo_nothing() -> None:
    mode = black.Mode()
    for path, text, module in _modules():
        head = look(text, module)[0] + "x = 1\n"
        try:
            shaped = black.format_str(
                isort.code(arrange(head, ALL).text, profile="black"), mode=mode
            )
        except (HeaderRefused, isort.exceptions.ISortError, black.InvalidInput):
            continue
        assert arrange(shaped, ALL) == (shaped, ()), path
