"""Verifying 7,000 stamped files, against walking over them and against tools that check headers."""

from __future__ import annotations

import json
import time
from pathlib import Path

from bench.corpus import commit
from bench.headers import ADDLICENSE, INSERT_LICENSE, REUSE, TOOLS, addlicense, insert_license
from bench.lab import BenchError, Command, Lab, Row
from bench.mixed import LICENCE, tree
from bench.warm import LISTING, RACY_SECONDS

__all__ = ["TOOLS", "run"]

FILES, SIZE = 7000, (1024, 8192)
MORE = 0.3
"""CPU seconds that verification may take more than the walk."""
WALK = f"""
import os, subprocess, sys
import click
words = ["git", *{LISTING!r}]
listed = subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout
for path in listed.split(b"\\0")[:-1]:
    os.lstat(path)
    if "read" in sys.argv:
        handle = os.open(path, os.O_RDONLY)
        os.read(handle, os.fstat(handle).st_size + 1)
        os.close(handle)
"""
"""Python with click, the same listing by git, and one look at every file."""
WALKED, READ = "the walk", "the walk, every file read"


def run(lab: Lab) -> list[Row]:
    """The whole tree: ours, the walk, and the public tools; then the stamp rules with a cache."""
    folder = stamped(lab, "stamped", FILES, SIZE)
    paths = _prove_all_right(lab, folder)
    time.sleep(RACY_SECONDS)
    return [*_against_the_walk(lab, folder), *_against_others(lab, folder, paths)]


def stamped(lab: Lab, name: str, count: int, size: tuple[int, int]) -> Path:
    """A repository of files that have both the public tools' header and a stamp by ``onex``."""
    folder = tree(lab.work, name, count, size, headed=True)
    ready = folder / ".git" / "stamped"
    if not ready.exists():
        licence = folder / "LICENSES" / f"{LICENCE}.txt"
        licence.parent.mkdir(exist_ok=True)
        licence.write_text("The text of the licence would stand here.\n", encoding="utf-8")
        lab.output(folder, [lab.onex, "stamp", "--quiet"])
        commit(folder)
        ready.write_bytes(b"")
    return folder


def _against_the_walk(lab: Lab, folder: Path) -> list[Row]:
    validate = [lab.onex, "validate", "--select", "STP"]
    cold, warm = "`onex validate --select STP --no-cache`", "`onex validate --select STP`, warm"
    walk = [lab.python, "-c", WALK]
    commands = [
        Command("`onex stamp --check`", [lab.onex, "stamp", "--check"], (WALKED,), more=MORE),
        Command(WALKED, walk),
        Command(READ, [*walk, "read"]),
        Command(cold, [*validate, "--no-cache"], (WALKED,)),
        Command(warm, validate, (WALKED,), more=MORE),
    ]
    return lab.compare(folder, commands, 11)


def _against_others(lab: Lab, folder: Path, paths: list[str]) -> list[Row]:
    ours = "`onex stamp --check`, in turn with these"
    commands = [
        Command(ours, [lab.onex, "stamp", "--check"]),
        Command(REUSE, [lab.tool("reuse"), "lint", "--quiet"], (ours,)),
        Command(INSERT_LICENSE, insert_license(lab, "checked", paths), (ours,)),
        Command(ADDLICENSE, addlicense(lab, "."), (ours,)),
    ]
    return lab.compare(folder, commands, 3)


def _prove_all_right(lab: Lab, folder: Path) -> list[str]:
    """Every file is stamped and headed, and each tool says so; gives their paths."""
    said = json.loads(
        lab.output(folder, [lab.onex, "stamp", "--check", "--output-format", "json"])
    )["files"]
    right = [row["path"] for row in said if row["action"] == "right"]
    if len(right) != len(said) or len(right) < FILES:
        raise BenchError(f"{len(right)} of {len(said)} files are right; wanted: {FILES}")
    linted = json.loads(lab.output(folder, [lab.tool("reuse"), "lint", "--json"]))
    seen = linted["summary"]["files_total"]
    if seen < FILES:
        raise BenchError(f"reuse looks at {seen} of {FILES} files")
    return right
