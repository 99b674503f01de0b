"""Whose a file is, by CODEOWNERS: the last line that matches wins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.discover import Reader, Skip
from onex_tools.globs import compile_glob

PLACES = ("CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
LIMIT = 3 << 20
MAX_LINES = 20_000
MAX_PATTERN = 500
"""Longer patterns match nothing: compiling 3 MB of them would take minutes."""


class Owners:
    """The lines of a CODEOWNERS file: pattern and owners each."""

    def __init__(self, lines: Sequence[tuple[str, list[str]]]) -> None:
        self._lines = [(_globs(pattern), owners) for pattern, owners in reversed(lines)]

    def of(self, path: str) -> list[str]:
        """The owners of the file at ``path``; empty where nobody is named."""
        for globs, owners in self._lines:
            if any(glob.match(path) for glob in globs):
                return owners
        return []


def _globs(pattern: str) -> list[re.Pattern[str]]:
    """What ``pattern`` owns: what it matches, and if it names a folder everything below it."""
    below = [] if pattern.endswith(("*", "/")) else [pattern + "/"]
    try:
        return [compile_glob(glob) for glob in (pattern, *below)]
    except re.error:
        return []


def read_owners(root: str) -> Owners:
    """The owners that the repository at ``root`` declares; none where there is no such file."""
    read = Reader(root)
    for place in PLACES:
        try:
            data = read(place, LIMIT)
        except Skip:
            continue
        return Owners(_lines(data.decode("utf-8", "replace")))
    return Owners(())


def _lines(text: str) -> list[tuple[str, list[str]]]:
    lines = []
    for line in text.splitlines():
        words = line.partition(" #")[0].split()
        if words and not words[0].startswith(("#", "[")):
            pattern, *owners = words
            if len(pattern) <= MAX_PATTERN:
                lines.append((pattern, owners))
    return lines[-MAX_LINES:]
