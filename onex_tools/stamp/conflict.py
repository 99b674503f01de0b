"""Merge conflicts that nobody has settled yet, in a file's body."""

from __future__ import annotations

import re

_MARKERS = tuple(
    re.compile(rb"^%b{7}(?:[ \t\r]|$)" % sign, re.MULTILINE) for sign in (b"<", b"=", b">")
)


def conflict_line(data: bytes) -> int:
    """The line of the first merge conflict that has all its three markers; 0: there is none."""
    at, line = 0, 0
    for marker in _MARKERS:
        match = marker.search(data, at)
        if match is None:
            return 0
        line = line or data.count(b"\n", 0, match.start()) + 1
        at = match.end()
    return line
