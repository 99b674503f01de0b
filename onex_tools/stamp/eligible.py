"""Which files never carry a stamp, whatever the configuration says, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.globs import excludes, matches
from onex_tools.stamp.hashing import is_text
from onex_tools.stamp.prologue import prologue
from onex_tools.stamp.styles import FileType

_LOOKED_AT = 1024
_GENERATED = re.compile(rb"@generated\b|\bDO NOT EDIT\b", re.IGNORECASE)
_LFS = b"version https://git-lfs.github.com/spec/"
_CONFLICT = re.compile(rb"^<{7} ", re.MULTILINE)


def is_wanted(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether the configuration wants a stamp at ``path``: nothing in ``include`` means all."""
    return (not include or matches(include, path)) and not excludes(exclude, path)


def reason_against(path: str, data: bytes, row: FileType) -> str:
    """Why a file never gets a stamp, in a few words; empty where it may have one.

    Args:
        path: where it is.
        data: the file's bytes.
        row: how files of its kind carry a stamp.
    """
    if not is_text(data):
        return "not text"
    if data.startswith(_LFS):
        return "a pointer to a large file"
    if b"\r" in data and b"\n" not in data:
        return "lines end with CR alone"
    end = 0
    for found in prologue(data, row.prologue):
        end = found.end
    if not data[end:].strip():
        return "nothing below the prologue" if end else "empty"
    if _GENERATED.search(data, 0, _LOOKED_AT):
        return "generated"
    if _CONFLICT.search(data):
        return "an unresolved merge conflict"
    return ""
