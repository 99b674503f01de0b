"""What was computed of a file is gone when the file is done: runs look for no circles."""

from __future__ import annotations

import ast
import gc

import pytest

from onex_tools.cli import main
from onex_tools.source import SourceFile
from onex_tools.testing import example_cases

TEXT = '''"""Sums."""


def add(first: int, second: int) -> int:
    """Add two numbers

    Args:
        first: one.
        third: none.
    """
    return first + second


class Sum:
    """A sum."""

    def __init__(self, first: int) -> None:
        """Begin with one number."""
        self.first = first
'''


@pytest.fixture
def kept(repo, monkeypatch, capsys):
    """Runs in this process; gives what is printed, and what outlives the files."""

    def run(*arguments):
        for name, value in repo.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(repo.root)
        gc.collect()
        gc.disable()
        try:
            assert main(["validate", "--no-cache", "--jobs", "1", *arguments]) == 1
            left = [one for one in gc.get_objects() if isinstance(one, (ast.Module, SourceFile))]
        finally:
            gc.enable()
        return capsys.readouterr().out, left

    return run


def test_no_tree_outlives_its_file(repo, kept):
    for number in range(5):
        repo.write(f"a{number}.py", TEXT)
    repo.write("broken.py", "def add(:\n")
    repo.write("onex.toml", 'preview = true\n[docstrings]\nconvention = "google"\n')
    out, left = kept()
    assert "DCS303" in out
    assert left == []


def test_no_example_of_a_rule_outlives_its_file(repo, kept):
    """All examples in one tree, by all rules: what none of them sees may still hold a file."""
    for number, case in enumerate(example_cases("onex_validators")):
        name = case.example.path.replace("/", "-")
        text = case.example.text
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        repo.write(f"{number}/{name}", data)
    families = sorted({case.rule.code[:3] for case in example_cases("onex_validators")})
    out, left = kept("--select", ",".join(families), "--output-format", "concise")
    assert out.count("\n") > 100
    assert [one.path if isinstance(one, SourceFile) else "tree" for one in left] == []
