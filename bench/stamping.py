"""Stamping 2,800 files for good, against the plain writing of the same bytes and other tools."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from bench.headers import INSERT_LICENSE, TOOLS, annotate, insert_license
from bench.lab import Command, Lab, Row
from bench.mixed import files, tree

__all__ = ["TOOLS", "run"]

FILES, SIZE = 2800, (2048, 6144)
LIMIT = 2.0
"""So many times the plain writing, in wall time, may stamping take."""
PLAIN = "plain fsync and rename, 32 threads"
ANNOTATE = "reuse annotate"
PLAIN_WRITING = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
goal, folder = sys.argv[1:]
os.chdir(goal)
paths = [os.path.join(base, name)[2:]
         for base, _, names in os.walk(".") if "/.git" not in base for name in names]
contents = []
for path in paths:
    with open(path, "rb") as stream:
        contents.append(stream.read())
os.chdir(folder)
def put(path, data):
    draft = path + ".tmp"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    os.write(handle, data)
    os.fsync(handle)
    os.close(handle)
    os.replace(draft, path)
with ThreadPoolExecutor(32) as pool:
    for _ in pool.map(put, paths, contents):
        pass
"""
"""What stands in one folder is written into another, each file saved before it is renamed."""


def run(lab: Lab) -> list[Row]:
    """Every command begins with the same files, on the disk and without stamps or headers."""
    folder = tree(lab.work, "unstamped", FILES, SIZE, headed=False)
    paths = [path for path, _ in files(FILES, SIZE, headed=False)]
    fresh = restorer(folder)
    goal = _goal(lab, folder, paths)
    ours, stamp = "`onex stamp`", [lab.onex, "stamp", "--quiet"]
    plain = [lab.python, "-c", PLAIN_WRITING, str(goal), str(folder)]
    written = [
        Command(ours, stamp, (PLAIN,), LIMIT, before=fresh, by="wall"),
        Command(PLAIN, plain, before=fresh, by="wall"),
    ]
    again = "`onex stamp`, in turn with these"
    insert = insert_license(lab, "inserted", paths)
    others = [
        Command(again, stamp, before=fresh, by="wall"),
        Command(ANNOTATE, annotate(lab), (again,), before=fresh, by="wall"),
        Command(INSERT_LICENSE, insert, (again,), exits=(1,), before=fresh, by="wall"),
    ]
    try:
        return [*lab.compare(folder, written, 11), *lab.compare(folder, others, 3)]
    finally:
        fresh()


def restorer(folder: Path) -> Callable[[], None]:
    """Gives what puts every file back as the tree was made, and has the disk come to rest."""

    def restore() -> None:
        for path, data in files(FILES, SIZE, headed=False):
            (folder / path).write_bytes(data)
        os.sync()

    return restore


def _goal(lab: Lab, folder: Path, paths: list[str]) -> Path:
    """A folder with the very bytes that stamping gives, and nothing else."""
    goal = lab.work / "goal"
    if goal.exists():
        shutil.rmtree(goal)
    lab.output(folder, [lab.onex, "stamp", "--quiet"])
    for path in paths:
        target = goal / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / path, target)
    return goal
