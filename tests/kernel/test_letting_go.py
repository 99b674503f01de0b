"""What was computed of a file is gone when the file is done: runs look for no circles."""

from __future__ import annotations

import ast
import gc

from onex_tools.cli import main
from onex_tools.source import SourceFile

TEXT = '''"""Sums."""


def add(first: int, second: int) -> int:
    """Add two numbers

    Args:
        first: one.
        third: none.
    """
    return first + second
'''


def test_no_tree_outlives_its_file(repo, monkeypatch, capsys):
    for number in range(5):
        repo.write(f"a{number}.py", TEXT)
    repo.write("broken.py", "def add(:\n")
    repo.write("onex.toml", 'preview = true\n[docstrings]\nconvention = "google"\n')
    for name, value in repo.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(repo.root)
    gc.collect()
    gc.disable()
    try:
        code = main(["validate", "--no-cache", "--jobs", "1"])
        kept = [one for one in gc.get_objects() if isinstance(one, (ast.Module, SourceFile))]
    finally:
        gc.enable()
    assert code == 1
    assert "DCS303" in capsys.readouterr().out
    assert kept == []
