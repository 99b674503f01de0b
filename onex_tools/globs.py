"""Glob patterns over relative paths, compiled once to linear-time tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=1024)
def compile_glob(pattern: str) -> re.Pattern[str]:
    """A pattern whose ``match`` says whether a whole relative path fits ``pattern``.

    ``*`` and ``?`` stop at ``/``, ``**`` does not, ``[abc]`` is a choice. A pattern without a
    ``/`` (except at its end) fits in every folder; a trailing ``/`` takes all below a folder.
    """
    text = pattern.removeprefix("./")
    below = text.endswith("/")
    text = text.rstrip("/")
    anchored = "/" in text
    text = text.removeprefix("/")
    parts = text.split("/")
    out = [] if anchored else ["(?:.*/)?"]
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            out.append(".*" if last else "(?:.*/)?")
        else:
            out.append(_segment(part) + ("" if last else "/"))
    out.append("/.*" if below else "")
    return re.compile("(?s:" + "".join(out) + r")\Z")


def _segment(part: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(part):
        char = part[at]
        at += 1
        if char == "*":
            if not out or out[-1] != "[^/]*":
                out.append("[^/]*")
        elif char == "?":
            out.append("[^/]")
        elif char == "[" and "]" in part[at + 1 :]:
            end = part.index("]", at + 1)
            body = part[at:end].replace("\\", r"\\").replace("[", r"\[")
            out.append("[" + ("^" + body[1:] if body.startswith("!") else body) + "]")
            at = end + 1
        else:
            out.append(re.escape(char))
    return "".join(out)


def matches(patterns: Sequence[str], path: str) -> bool:
    """Whether ``path`` fits any of ``patterns``."""
    return any(compile_glob(pattern).match(path) for pattern in patterns)


def excludes(patterns: Sequence[str], path: str) -> bool:
    """Whether ``path``, or a folder above it, fits any of ``patterns``."""
    if matches(patterns, path):
        return True
    at = path.rfind("/")
    while at > 0:
        if matches(patterns, path[:at]):
            return True
        at = path.rfind("/", 0, at)
    return False
