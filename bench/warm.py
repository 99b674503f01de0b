"""Warm runs over 10,000 Python files: nothing, one file, or every file's time changed."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.corpus import tree
from bench.lab import BenchError, Command, Lab, Row

RUFF = ("check", "--isolated", "--select", "E4,E7,E9,F,D1", "--quiet")
LISTING = ("ls-files", "--cached", "--others", "--exclude-standard", "-z")
RACY_SECONDS = 2.2
"""Longer than a file counts as just written, which makes it be read again."""


def run(lab: Lab) -> list[Row]:
    """Warm against ruff; one edit or one new file against warm; all times changed against ruff."""
    folder = tree(lab.work, "corpus")
    _prove_same_files(lab, folder)
    time.sleep(RACY_SECONDS)
    return [*_warm(lab, folder), *_edited(lab, folder), *_touched(lab, folder)]


def _warm(lab: Lab, folder: Path) -> list[Row]:
    theirs = "ruff check, warm"
    commands = [
        Command("`onex validate`, warm", _onex(lab), (theirs,), limit=1.5),
        Command(theirs, _ruff(lab)),
        Command("git ls-files", ["git", *LISTING]),
        Command("bare python", [lab.python, "-c", "pass"]),
        Command("python, click imported", [lab.python, "-c", "import click"]),
    ]
    return lab.compare(folder, commands, 15)


def _edited(lab: Lab, folder: Path) -> list[Row]:
    def settle() -> None:
        time.sleep(RACY_SECONDS)
        lab.output(folder, _onex(lab))

    none = "`onex validate`, nothing edited"
    with _edits(folder) as (edit, add):
        commands = [
            Command("`onex validate`, one file edited", _onex(lab), (none,), 1.3, before=edit),
            Command("`onex validate`, one file added", _onex(lab), (none,), before=add),
            Command(none, _onex(lab), before=settle),
        ]
        return lab.compare(folder, commands, 9)


def _touched(lab: Lab, folder: Path) -> list[Row]:
    paths = [path for path in folder.rglob("*.*") if ".git" not in path.parts and path.is_file()]
    ages = itertools.count(3600)

    def touch() -> None:
        then = time.time() - next(ages)
        for path in paths:
            os.utime(path, (then, then))

    theirs = "ruff check, all times changed"
    commands = [
        Command("`onex validate`, all times changed", _onex(lab), (theirs,), before=touch),
        Command(theirs, _ruff(lab), before=touch),
    ]
    return lab.compare(folder, commands, 5)


def _onex(lab: Lab) -> list[str]:
    return [lab.onex, "validate"]


def _ruff(lab: Lab) -> list[str]:
    return [lab.tool("ruff"), *RUFF, "."]


def _prove_same_files(lab: Lab, folder: Path) -> None:
    """Both tools look at every Python file, and neither has anything to say."""
    listed = lab.output(folder, [lab.tool("ruff"), "check", "--isolated", "--show-files", "."])
    theirs = sum(1 for line in listed.splitlines() if line.endswith(".py"))
    said = json.loads(lab.output(folder, [*_onex(lab), "--output-format", "json"]))
    if said["findings"] or said["summary"]["files"] < theirs or theirs < 10_000:
        raise BenchError(f"ruff sees {theirs} files; onex says {said['summary']}")
    lab.output(folder, _ruff(lab))


@contextmanager
def _edits(folder: Path) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Gives what edits one Python file after the other, and what adds one; all is put back."""
    originals: dict[Path, bytes | None] = {}
    paths = itertools.cycle(sorted(folder.glob("services/*/*/*/*_7.py")))

    def edit() -> None:
        path = next(paths)
        originals.setdefault(path, path.read_bytes())
        with open(path, "ab") as stream:
            stream.write(b"\n# edited\n")

    def add() -> None:
        source = next(paths)
        path = source.with_name("added_" + source.name)
        originals[path] = None
        path.write_bytes(source.read_bytes())

    try:
        yield edit, add
    finally:
        for path, data in originals.items():
            if data is None:
                path.unlink()
            else:
                status = path.stat()
                path.write_bytes(data)
                os.utime(path, (status.st_atime - 3600, status.st_mtime - 3600))
