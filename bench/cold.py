"""A cold run over 10,000 Python files, against reading them and ruff's docstring rules."""

from __future__ import annotations

from bench.corpus import tree
from bench.lab import Command, Lab, Row

READ = """
import os, sys
for folder, folders, names in os.walk("."):
    if ".git" in folders:
        folders.remove(".git")
    for name in names:
        with open(os.path.join(folder, name), "rb") as stream:
            stream.read()
"""
PARSE = """
import ast, gc, os, sys, warnings
warnings.simplefilter("ignore")
gc.disable()
for folder, folders, names in os.walk("."):
    if ".git" in folders:
        folders.remove(".git")
    for name in names:
        with open(os.path.join(folder, name), "rb") as stream:
            data = stream.read()
        if name.endswith(".py"):
            try:
                ast.parse(data)
            except (SyntaxError, ValueError):
                pass
"""


def run(lab: Lab) -> list[Row]:
    """Everything cold; and parts of it, which say where the time goes."""
    return lab.compare(tree(lab.work, "corpus"), commands(lab), 5)


def commands(lab: Lab) -> list[Command]:
    """The cold runs of onex and of what it is compared with, for any tree."""
    ruff = [lab.tool("ruff"), "check", "--isolated", "--no-cache", "--select", "D1", "--quiet", "."]
    cold = [lab.onex, "validate", "--no-cache", "--quiet"]
    exits = (0, 1)
    return [
        Command("`onex validate --no-cache`", cold, (RUFF, READING), exits=exits),
        Command("the same, in one process", [*cold, "--jobs", "1"], (RUFF, READING), exits=exits),
        Command("only stamps (STP)", [*cold, "--jobs", "1", "--select", "STP"], exits=exits),
        Command("only docstrings (DCS)", [*cold, "--jobs", "1", "--select", "DCS"], exits=exits),
        Command(PARSING, [lab.python, "-c", PARSE]),
        Command(READING, [lab.python, "-c", READ]),
        Command(RUFF, ruff, exits=exits),
    ]


RUFF, READING = "ruff check --no-cache --select D1", "reading all files"
PARSING = "reading and ast.parse, one process"
