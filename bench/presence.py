"""The docstring rules alone: our agreement with ruff, and CPU time against interrogate too."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import django, docstrings
from bench.lab import CHECKOUT, Command, Lab, Row

AGREE = """
import sys
from pathlib import Path
from bench.docstrings import print_agreement
print_agreement(Path(sys.argv[1]))
"""
"""In a process of its own: what it holds in memory would hide the peaks of the others."""


def run(lab: Lab) -> list[Row]:
    """Every missing docstring of Django, with settings under which both tools ask for the same."""
    tree = django.tree(lab)
    print(lab.output(CHECKOUT, [lab.python, "-W", "ignore", "-c", AGREE, str(tree)]))
    with tempfile.TemporaryDirectory() as folder:
        docstrings.prepare(tree, Path(folder))
        commands = [
            Command(name, words, () if name == "ruff" else ("ruff",), exits=(0, 1))
            for name, words in docstrings.commands().items()
        ]
        return lab.compare(Path(folder), commands, 3)
