"""Missing docstrings alone: our agreement with ruff, and CPU time against interrogate too."""

from __future__ import annotations

import tempfile
import warnings
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
RUFF, INTERROGATE = "`ruff check --select D1`", "interrogate"


def run(lab: Lab) -> list[Row]:
    """Every missing docstring of Django, with settings under which both tools ask for the same."""
    tree = django.tree(lab)
    print(lab.output(CHECKOUT, [lab.python, "-W", "ignore", "-c", AGREE, str(tree)]))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        docstrings.prepare(tree, Path(folder))
        return lab.compare(Path(folder), _commands(lab), 3, warmups=1)


def _commands(lab: Lab) -> list[Command]:
    ours = [lab.onex, "validate", "--no-cache", "--select", "D1", "."]
    child = [lab.python, docstrings.__file__, "--child"]
    ruff = [lab.tool("ruff"), "check", "--isolated", "--no-cache", "--select", "D1", "."]
    return [
        Command(RUFF, ruff, exits=(1,)),
        Command("`ast.parse`", [*child, "parse", "."], (RUFF,)),
        Command("the rules alone", [*child, "presence", "."], (RUFF,)),
        Command("`onex validate --select D1`", ours, (RUFF,), limit=6, exits=(1,)),
        Command("the same, against interrogate", ours, (INTERROGATE,), limit=2 / 3, exits=(1,)),
        Command(INTERROGATE, [lab.tool("interrogate"), "."], (RUFF,), exits=(1,)),
    ]
