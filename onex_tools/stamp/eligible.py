"""Which files never carry a stamp, whatever the configuration says, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.globs import excludes, matches
from onex_tools.stamp.hashing import is_text
from onex_tools.stamp.prologue import prologue
from onex_tools.stamp.styles import FILE_TYPES, file_type

_LOOKED_AT = 1024
_GENERATED = re.compile(rb"@generated\b|\bDO NOT EDIT\b", re.IGNORECASE)
_LFS = b"version https://git-lfs.github.com/spec/"
_CONFLICT = re.compile(rb"^<{7} ", re.MULTILINE)


def is_wanted(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether the configuration wants a stamp at ``path``: nothing in ``include`` means all."""
    return (not include or matches(include, path)) and not excludes(exclude, path)


def reason_against(data: bytes, kind: str) -> str:
    """Why a file never gets a stamp, in a few words; empty where it may have one.

    Args:
        data: the file's bytes.
        kind: the kind of file, as ``SourceFile.kind`` names it.
    """
    if kind not in FILE_TYPES:
        return "no comments in this kind of file"
    if not is_text(data):
        return "not text"
    if data.startswith(_LFS):
        return "a pointer to a large file"
    if b"\r" in data and b"\n" not in data:
        return "lines end with CR alone"
    end = 0
    for found in prologue(data, file_type(kind).prologue):
        end = found.end
    if not data[end:].strip():
        return "nothing below the prologue" if end else "empty"
    if _GENERATED.search(data, 0, _LOOKED_AT):
        return "generated"
    if _CONFLICT.search(data):
        return "an unresolved merge conflict"
    return ""
