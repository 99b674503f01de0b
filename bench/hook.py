"""One file in a hook, start-up, and what Python and click alone cost."""

from __future__ import annotations

from pathlib import Path

from bench.corpus import tree
from bench.lab import Command, Lab, Row

BUDGET = 0.060
"""CPU seconds that one file in a hook may take."""


def run(lab: Lab) -> list[Row]:
    """``onex validate --scope file --quiet FILE`` for three kinds of file, against ruff, flake8."""
    folder = tree(lab.work, "corpus")
    file = _one(folder, "*_3.py")
    kinds = {
        "a Python file": file,
        "a stamped YAML file": _one(folder, "*4.yaml"),
        "a stamped Markdown file": _one(folder, "notes_*2.md"),
    }
    hook = [lab.onex, "validate", "--scope", "file", "--quiet"]
    flake8 = [lab.tool("flake8"), "--isolated", "--max-line-length=120", file]
    ruff = [lab.tool("ruff"), "check", "--isolated", "--quiet", file]
    click = "python, click imported"
    commands = [
        *(
            Command(f"hook: {what}", [*hook, path], (click,), budget=BUDGET)
            for what, path in kinds.items()
        ),
        Command("`onex --help`", [lab.onex, "--help"], (click,)),
        Command("flake8, the Python file", flake8, (click,)),
        Command("ruff check, the Python file", ruff, (click,)),
        Command(click, [lab.python, "-c", "import click"]),
        Command("bare python", [lab.python, "-c", "pass"]),
    ]
    return lab.compare(folder, commands, 21)


def _one(folder: Path, pattern: str) -> str:
    """The first path, relative to ``folder``, of a file that fits ``pattern``."""
    return str(min(folder.glob(f"services/*/*/*/{pattern}")).relative_to(folder))
