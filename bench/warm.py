"""A warm run over 10,000 Python files, and one after a single file was edited."""

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
    """Warm against ruff; then one edit in 10,000 files against warm."""
    folder = tree(lab.work, "corpus")
    ruff, onex = [lab.tool("ruff"), *RUFF], [lab.onex, "validate"]
    _prove_same_files(lab, folder)
    time.sleep(RACY_SECONDS)
    warm = [
        Command("`onex validate`, warm", onex, ("ruff check, warm",), limit=1.5),
        Command("ruff check, warm", [*ruff, "."]),
        Command("git ls-files", ["git", *LISTING]),
        Command("bare python", [lab.python, "-c", "pass"]),
        Command("python, click imported", [lab.python, "-c", "import click"]),
    ]
    rows = lab.compare(folder, warm, 15)
    with _edits(folder) as edit:
        edited = [
            Command(
                "`onex validate`, one file edited",
                onex,
                ("`onex validate`, nothing edited",),
                limit=1.3,
                before=edit,
            ),
            Command(
                "`onex validate`, nothing edited",
                onex,
                before=lambda: _settle(lab, folder, onex),
            ),
        ]
        rows += lab.compare(folder, edited, 9)
    return rows


def _prove_same_files(lab: Lab, folder: Path) -> None:
    """Both tools look at every Python file, and neither has anything to say."""
    listed = lab.output(folder, [lab.tool("ruff"), "check", "--isolated", "--show-files", "."])
    theirs = sum(1 for line in listed.splitlines() if line.endswith(".py"))
    said = json.loads(lab.output(folder, [lab.onex, "validate", "--output-format", "json"]))
    if said["findings"] or said["summary"]["files"] < theirs or theirs < 10_000:
        raise BenchError(f"ruff sees {theirs} files; onex says {said['summary']}")
    lab.output(folder, [lab.tool("ruff"), *RUFF, "."])


def _settle(lab: Lab, folder: Path, onex: list[str]) -> None:
    """Let the edited file grow old, and let onex see that it has."""
    time.sleep(RACY_SECONDS)
    lab.output(folder, onex)


@contextmanager
def _edits(folder: Path) -> Iterator[Callable[[], None]]:
    """Gives what edits one Python file after the other; all are put back in the end."""
    originals: dict[Path, bytes] = {}
    paths = itertools.cycle(sorted(folder.glob("services/*/*/*/*_7.py")))

    def edit() -> None:
        path = next(paths)
        originals.setdefault(path, path.read_bytes())
        with open(path, "ab") as stream:
            stream.write(b"\n# edited\n")

    try:
        yield edit
    finally:
        for path, data in originals.items():
            status = path.stat()
            path.write_bytes(data)
            os.utime(path, (status.st_atime - 3600, status.st_mtime - 3600))
