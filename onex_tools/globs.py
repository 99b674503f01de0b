"""Glob patterns over relative paths, compiled once to linear-time tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=1024)
def compile_glob(pattern: str) -> re.Pattern[str]:
    """A pattern whose ``match`` says whether a whole relative path fits ``pattern``.

    ``*``, ``?`` and ``[abc]`` stop at ``/``, ``**`` does not. A pattern without a
    ``/`` (except at its end) fits in every folder; a trailing ``/`` takes all below a folder.
    """
    text = pattern.removeprefix("./")
    below = text.endswith("/")
    text = text.rstrip("/")
    parts = text.removeprefix("/").split("/")
    if "/" not in text:
        parts.insert(0, "**")
    if below:
        parts += ["*", "**"] if parts[-1] == "**" else ["**"]
    runs: list[list[str]] = [[]]
    for part in parts:
        if part == "**":
            runs.append([])
        else:
            runs[-1].append(_segment(part) + "/")
    first, *between = map("".join, runs)
    if not between:
        return re.compile(f"(?s:{first[:-1]})\\Z")
    # The earliest place for a run leaves the most to the next **, so none is tried twice.
    middle = "".join(f"(?>(?:[^/]*/)*?{run})" for run in between[:-1] if run)
    last = f"(?:[^/]*/)*{between[-1][:-1]}" if between[-1] else ".*"
    return re.compile(f"(?s:{first}{middle}{last})\\Z")


def _segment(part: str) -> str:
    """One folder or file name; a ``*`` takes the earliest place for what follows it."""
    chunks, at = [""], 0
    while at < len(part):
        char = part[at]
        at += 1
        if char == "*":
            chunks.append("")
        elif char == "?":
            chunks[-1] += "[^/]"
        elif char == "[" and "]" in part[at + 1 :]:
            end = part.index("]", at + 1)
            # Doubled, these mean set operations one day, and re warns of it on standard error.
            body = re.sub(r"[\\\[&~|]|(?<=-)-", r"\\\g<0>", part[at:end])
            chunks[-1] += "(?!/)[" + ("^" + body[1:] if body.startswith("!") else body) + "]"
            at = end + 1
        else:
            chunks[-1] += re.escape(char)
    first, *between = chunks
    if not between:
        return first
    middle = "".join(f"(?>[^/]*?{chunk})" for chunk in between[:-1] if chunk)
    return f"{first}{middle}[^/]*{between[-1]}"


@lru_cache(maxsize=1024)
def ending(pattern: str) -> str:
    """What every path that fits ``pattern`` ends in, letter for letter; it may be nothing."""
    return pattern[max(map(pattern.rfind, "*?[]/")) + 1 :]


def fits(pattern: str, path: str) -> bool:
    """Whether ``path`` fits ``pattern``, which is not compiled for a path that ends otherwise."""
    return path.endswith(ending(pattern)) and compile_glob(pattern).match(path) is not None


def matches(patterns: Sequence[str], path: str) -> bool:
    """Whether ``path`` fits any of ``patterns``."""
    return any(fits(pattern, path) for pattern in patterns)


def excludes(patterns: Sequence[str], path: str) -> bool:
    """Whether ``path``, or a folder above it, fits any of ``patterns``."""
    if not patterns or matches(patterns, path):
        return bool(patterns)
    at = path.rfind("/")
    while at > 0:
        if matches(patterns, path[:at]):
            return True
        at = path.rfind("/", 0, at)
    return False
