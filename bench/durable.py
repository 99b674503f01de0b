"""The writer alone: 2,800 files saved for good, against plain writing of the same bytes."""

from __future__ import annotations

from pathlib import Path

from bench.headers import TOOLS
from bench.lab import Command, Lab, Row
from bench.mixed import files, tree
from bench.stamping import FILES, LIMIT, PLAIN, PLAIN_WRITING, SIZE, restorer

__all__ = ["TOOLS", "run"]

WRITER = """
import os, sys
from onex_tools.writing import Change, replace_files
goal, folder = sys.argv[1:]
paths = [os.path.join(base, name)[len(goal) + 1:]
         for base, _, names in os.walk(goal) for name in names]
def content(root, path):
    with open(os.path.join(root, path), "rb") as stream:
        return stream.read()
refused = replace_files(folder, [Change(p, content(folder, p), content(goal, p)) for p in paths])
sys.exit(len(refused) > 0)
"""
"""Every file is read before, as ``onex stamp`` reads it, and compared while it is replaced."""

BLOCK = b"".join(b"# field_%02d: value\n" % number for number in range(40))


def run(lab: Lab) -> list[Row]:
    """Both begin with the same files, on the disk, and end with the same bytes, saved."""
    folder = tree(lab.work, "unstamped", FILES, SIZE, headed=False)
    fresh = restorer(folder)
    words = [str(_goal(lab)), str(folder)]
    commands = [
        Command(
            "the writer of onex",
            [lab.python, "-c", WRITER, *words],
            (PLAIN,),
            LIMIT,
            before=fresh,
            by="wall",
        ),
        Command(PLAIN, [lab.python, "-c", PLAIN_WRITING, *words], before=fresh, by="wall"),
    ]
    try:
        return lab.compare(folder, commands, 11)
    finally:
        fresh()


def _goal(lab: Lab) -> Path:
    """A folder with the same files, each with a block of the size of a stamp above it."""
    goal = lab.work / "written"
    for path, data in files(FILES, SIZE, headed=False):
        target = goal / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(BLOCK + data)
    return goal
