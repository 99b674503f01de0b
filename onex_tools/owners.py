"""Whose a file is, by CODEOWNERS: the last line that matches wins."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from onex_tools.globs import compile_glob

PLACES = ("CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
LIMIT = 3 << 20


class Owners(NamedTuple):
    """The lines of a CODEOWNERS file: pattern and owners each."""

    lines: Sequence[tuple[str, list[str]]]

    def of(self, path: str) -> list[str]:
        """The owners of the file at ``path``; empty where nobody is named."""
        for pattern, owners in reversed(self.lines):
            if _fits(pattern, path):
                return owners
        return []


def _fits(pattern: str, path: str) -> bool:
    if compile_glob(pattern).match(path):
        return True
    # A pattern that names a folder owns everything below it.
    return not pattern.endswith(("*", "/")) and bool(compile_glob(pattern + "/").match(path))


def read_owners(root: str) -> Owners:
    """The owners that the repository at ``root`` declares; none where there is no such file."""
    for place in PLACES:
        full = os.path.join(root, place)
        if os.path.isfile(full) and os.path.getsize(full) <= LIMIT:
            with open(full, encoding="utf-8", errors="replace") as stream:
                return Owners(_lines(stream.read()))
    return Owners(())


def _lines(text: str) -> list[tuple[str, list[str]]]:
    lines = []
    for line in text.splitlines():
        words = line.partition(" #")[0].split()
        if words and not words[0].startswith(("#", "[")):
            pattern, *owners = words
            lines.append((pattern, owners))
    return lines
