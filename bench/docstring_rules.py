"""Every docstring rule of a convention, against pydocstyle and pydoclint, over Django."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import django
from bench.docstrings import source_files
from bench.lab import Command, Lab, Row

TOOLS = ("ruff", "pydocstyle", "pydoclint")
SETTINGS = """\
[docstrings]
convention = "{convention}"
complete = "begun"
types = "both"
magic = true
init = true
tests = true
generated = true
documentation = true
empty = true
"""
RUFF, PYDOCSTYLE, PYDOCLINT = "ruff check --select D,DOC", "pydocstyle", "pydoclint"


def run(lab: Lab) -> list[Row]:
    """All rules that a convention has, in files of every kind; nobody has a cache."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, data in source_files(str(django.tree(lab))):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        (folder / "onex.toml").write_text(SETTINGS.format(convention="google"), encoding="utf-8")
        return lab.compare(folder, _commands(lab), 3, warmups=0)  # theirs take most of a minute


def _commands(lab: Lab) -> list[Command]:
    google = "lint.pydocstyle.convention='google'"
    ruff = [lab.tool("ruff"), "check", "--isolated", "--no-cache", "--preview", "--quiet"]
    ours = [lab.onex, "validate", "--no-cache", "--select", "DCS", "--output-format", "concise"]
    return [
        _command("`onex validate --select DCS`", ours, PYDOCSTYLE, limit=1 / 5),
        _command("the same, against pydoclint", ours, PYDOCLINT, limit=1 / 2),
        _command(PYDOCSTYLE, [lab.tool("pydocstyle"), "--convention=google", "--match=.*", "."]),
        _command(PYDOCLINT, [lab.tool("pydoclint"), "--quiet", "--style=google", "."]),
        _command(RUFF, [*ruff, "--select", "D,DOC", "--config", google, "."]),
    ]


def _command(name: str, words: list[str], base: str = "", limit: float = 0.0) -> Command:
    return Command(name, words, (base,) if base else (), limit=limit, exits=(0, 1))
