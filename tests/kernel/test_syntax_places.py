"""A file that is no valid Python is reported at the line and column that Python's parser names."""

from __future__ import annotations

import sys

import pytest

from tests.conftest import Repository

PLACES = [
    (b"x = (\n", (1, 5)),
    (b"def f(:\n", (1, 7)),
    (b"x = 1\nif x:\n\ty = = 2\n", (3, 6)),
    ("é = = 1\n".encode(), (1, 5)),
    ("\U0001f600 = 1\n".encode(), (1, 1)),
    ("x = ('é', 'é' 1 2)\n".encode(), (1, 11)),
    (b"\xef\xbb\xbfx = = 1\n", (1, 5)),
    ("\ufeffé = = 1\n".encode(), (1, 5)),
    ("# coding: latin-1\né = = 1\n".encode("latin-1"), (2, 5)),
    ("# coding: utf-8\né = = 1\n".encode(), (2, 5)),
    (b"a\r\rb = = 3\r", (3, 5)),
    (b"a\r\nb = = 3\r\n", (2, 5)),
    (b'x = """\n{a}\n""" + = 3\n', (3, 7)),
    (b"x = 1 +\\\n", (1, 9)),
    (b"if x:\npass\n", (2, 1)),
]


@pytest.mark.parametrize(("data", "place"), PLACES)
def test_place_of_a_syntax_error(git_repo: Repository, data: bytes, place: tuple[int, int]) -> None:
    git_repo.write("a.py", data)
    (found,) = git_repo.onex("validate", "--output-format", "json").json()["findings"]
    assert (found["code"], found["line"], found["column"]) == ("ONX003", *place)
    for _ in range(2):  # cold, and from memory
        done = git_repo.onex("format", "--check", "--output-format", "json")
        (found,) = done.json()["findings"]
        assert (found["code"], found["line"], found["column"]) == ("FMT030", *place)


def test_replacement_field(git_repo: Repository) -> None:
    """Python 3.11 counts in it from a line of its own making."""
    git_repo.write("a.py", 'x = 1\ny = f"é{a b}"\n')
    (found,) = git_repo.onex("validate", "--output-format", "json").json()["findings"]
    column = 9 if sys.version_info >= (3, 12) else 1
    assert (found["code"], found["line"], found["column"]) == ("ONX003", 2, column)
