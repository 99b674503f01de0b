"""Walks in documents, followed literally: files written, commands run, output compared.

A walk stands between ``<!-- walk: NAME -->`` and ``<!-- end of the walk -->``. In it, a block after
``<!-- file: PATH -->`` is that file's whole text, and in a ``console`` block every line after
``$ COMMAND`` is what it prints. ``...`` stands for any text in a line; alone, for any lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_WALK = re.compile(r"<!-- walk: ([a-z-]+) -->\n(.*?)<!-- end of the walk -->", re.DOTALL)
_STEP = re.compile(
    r"(?:<!-- file: (\S+) -->\n+)?^(`{3,})(\w*)\n(.*?)^\2$", re.DOTALL | re.MULTILINE
)


class File(NamedTuple):
    """A file to write: its path, and its whole text."""

    path: str
    text: str


class Command(NamedTuple):
    """A command to type, and what it prints."""

    line: str
    output: str


def walks_in(document: Path) -> dict[str, list[File | Command]]:
    """The steps of every walk in ``document``, by name.

    Raises:
        AssertionError: a walk is not closed, has no command, or a block in it is of no use.
    """
    text = document.read_text(encoding="utf-8")
    found = {name: _steps(body) for name, body in _WALK.findall(text)}
    assert len(found) == text.count("<!-- walk: ") == text.count("<!-- end of the walk -->")
    assert all(any(isinstance(step, Command) for step in steps) for steps in found.values())
    return found


def _steps(body: str) -> list[File | Command]:
    steps: list[File | Command] = []
    for path, _, language, text in _STEP.findall(body):
        assert path or language == "console", f"neither a file nor commands:\n{text}"
        steps += [File(path, text)] if path else _commands(text)
    return steps


def _commands(text: str) -> list[Command]:
    first, *parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not first, f"output without a command: {first}"
    pairs = (part.partition("\n") for part in parts)
    return [Command(line, output) for line, _, output in pairs]


def follow(steps: list[File | Command], folder: Path, environment: Mapping[str, str]) -> None:
    """Take ``steps`` in ``folder``.

    Raises:
        AssertionError: a command prints something else than the document shows.
    """
    for step in steps:
        if isinstance(step, File):
            path = folder / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
            continue
        done = subprocess.run(
            ["bash", "-c", step.line],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        came = done.stdout.decode()
        assert matches(step.output, came), (
            f"$ {step.line}\n--- the document shows\n{step.output}--- it prints\n{came}"
        )


def shims(folder: Path) -> Path:
    """A folder with ``python`` and ``onex`` in it, as an active environment would have."""
    folder.mkdir()
    for name, arguments in {"python": "", "onex": "-P -m onex_tools"}.items():
        (folder / name).write_text(f'#!/bin/sh\nexec {sys.executable} {arguments} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


def surroundings(commands: Path, cache: Path, **more: str) -> dict[str, str]:
    """An environment in which the programs in ``commands`` come first, and nothing else is set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ONEX_", "GIT_", "PYTHON"))
    }
    own = {
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "ONEX_CACHE_DIR": str(cache),
        "ONEX_TRUST_FILE": str(cache / "trust.json"),
        "NO_COLOR": "1",
    }
    return {**kept, **own, **more}


def matches(shown: str, came: str) -> bool:
    """Whether ``came`` is what a document shows; blank lines at the end do not count."""
    parts = []
    for line in shown.rstrip().splitlines():
        if line.strip() == "...":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(".*".join(map(re.escape, line.rstrip().split("..."))) + r"[ \t]*\n")
    return re.fullmatch("".join(parts), came.rstrip() + "\n" if came.strip() else "") is not None
