"""Literals that a machine drew, under no name that says what they are."""

from __future__ import annotations

import pytest

from onex_validators.secrets.high_entropy import _literals
from tests.conftest import Repository, no_hang
from tests.secrets.values import ON, drawn, number

TEXT = drawn("entropy", 44)


def lines(repo: Repository, name: str, text: str) -> list[int]:
    """The line of each finding."""
    repo.write(name, text)
    report = repo.onex("validate", "--select", "SEC030", "--output-format", "json")
    return [one["line"] for one in report.json()["findings"]]


@pytest.mark.parametrize("text", ['send("%s")', "x = ['%s']", "f(`%s`, 1)"])
def test_drawn_literals(repo: Repository, text: str) -> None:
    assert lines(repo, "a.js", f"// first\n{text % TEXT}\n") == [2]


@pytest.mark.parametrize(
    "text",
    [
        f'"{number("digest", 64)}"',
        f'integrity: "{TEXT}"',
        f'apiKey = "{TEXT}"',
        '"a-text-of-words-that-somebody-wrote-by-hand"',
        '"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"',
        "\n".join(f'"{drawn(str(n), 40)}"' for n in range(30)),
    ],
)
def test_literals_that_are_known_or_nothing(repo: Repository, text: str) -> None:
    assert lines(repo, "a.js", text + "\n") == []


def test_it_is_asked_for_by_its_code_alone(repo: Repository) -> None:
    repo.write("a.js", f'send("{TEXT}")\n')
    report = repo.onex("validate", "--select", ON, "--output-format", "json")
    assert report.json()["findings"] == []


def test_hostile_repetitions_take_no_time() -> None:
    for piece in (b'"', b'"a', b'"' + b"aB1" * 30, b"'aB1"):
        with no_hang():
            list(_literals(piece * (200_000 // len(piece))))
