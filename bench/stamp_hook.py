"""One file in a hook: a right one, which is not written, and a stale one, against other tools."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from bench.headers import ADDLICENSE, INSERT_LICENSE, TOOLS, addlicense, insert_license
from bench.hook import BUDGET
from bench.lab import Command, Lab, Row
from bench.stamps import FILES, SIZE, stamped

__all__ = ["TOOLS", "run"]


def run(lab: Lab) -> list[Row]:
    """``onex stamp --update-index FILE``, as the hook calls it, in a repository of 7,000 files."""
    folder = stamped(lab, "stamped", FILES, SIZE)
    right, edited = sorted(folder.glob("*s/*/*/*.py"))[:2]
    file, stale = str(right.relative_to(folder)), str(edited.relative_to(folder))
    click, update = "python, click imported", [lab.onex, "stamp", "--update-index"]
    commands = [
        Command("`onex stamp --update-index`, right", [*update, file], (click,), budget=BUDGET),
        Command(
            "`onex stamp --update-index`, stale, staged",
            [*update, stale],
            (click,),
            before=_stager(folder, edited),
        ),
        Command("`onex stamp --check`, right", [lab.onex, "stamp", "--check", file], (click,)),
        Command("reuse lint-file", [lab.tool("reuse"), "lint-file", file], (click,)),
        Command(INSERT_LICENSE, insert_license(lab, "one", [file]), (click,)),
        Command(ADDLICENSE, addlicense(lab, file), (click,)),
        Command(click, [lab.python, "-c", "import click"]),
        Command("bare python", [lab.python, "-c", "pass"]),
    ]
    original = edited.read_bytes()
    try:
        return lab.compare(folder, commands, 21)
    finally:
        _stage(folder, edited, original)
        os.utime(edited, (right.stat().st_atime, right.stat().st_mtime))


def _stager(folder: Path, path: Path) -> Callable[[], None]:
    """Gives what edits the file, and stages the edit."""
    original, numbers = path.read_bytes(), itertools.count()

    def edit() -> None:
        _stage(folder, path, original + f"\n# edit {next(numbers)}\n".encode())

    return edit


def _stage(folder: Path, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    subprocess.run(["git", "add", str(path)], cwd=folder, check=True)
