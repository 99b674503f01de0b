"""What is wrong with a configuration: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

COMMAND_LINE = "command line"
"""The path of a problem with an option instead of a file."""

MOST = 100
"""Problems that are told one by one; who has more gains nothing from reading them all."""


class Problem(NamedTuple):
    """One fault: ``path`` is relative to the root, ``line`` counts from 1; 0 means unknown."""

    message: str
    path: str = ""
    line: int = 0
    help: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return (place if self.path else "") + self.message


class ConfigError(Exception):
    """The configuration cannot be used; ``problems`` holds every fault, up to ``MOST``."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = list(dict.fromkeys(problems))
        if len(found) > MOST:
            found[MOST:] = [Problem(f"and {len(found) - MOST:,} more problems")]
        self.problems = tuple(found)
        super().__init__("\n".join(map(str, found)))


def nearest(word: str, known: Iterable[str]) -> str:
    """Help that names the known word nearest to ``word``, or "" where none is near."""
    import difflib

    # Comparing grows with the square of the length, and ``word`` may be foreign.
    near = difflib.get_close_matches(word[:80], list(known), 1)
    return f"did you mean `{near[0]}`?" if near else ""


def quoted(text: str) -> str:
    """``text`` in quotes for a message: short, on one line, control characters escaped."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
