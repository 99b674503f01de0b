"""See at a glance that a stamp is right: the usual case, at a tenth of the cost of reading it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onex_tools.stamp.form import CLOSING, OPENING, STANDARD
from onex_tools.stamp.hashing import body_hash
from onex_tools.stamp.lines import NEEDLE, skip_blank
from onex_tools.stamp.naming import namespace_agrees
from onex_tools.stamp.prologue import place
from onex_tools.stamp.styles import FileType, Style

_VALUE = rb"(?! )[ -~]++(?<! )"
_VALUES = {
    "uuid": rb"(?!0{8}-)[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "created_at": rb"(?!1970-01-01|<)" + _VALUE,
    "hash": rb"b3-v1:[0-9a-f]{64}",
}
_REQUIRED = ("name", "uuid")


class Found(NamedTuple):
    """A block that has the usual form: its match, its style, and the file without it."""

    match: re.Match[bytes]
    style: Style
    start: int
    after: int
    body: bytes


def glance(path: str, data: bytes, row: FileType, *, detached: bool = False) -> bool:
    """Whether the file has one stamp, canonical, in its place, and in agreement with the file.

    False says nothing: then ``plan`` has to look. Where it is true, ``plan`` changes nothing while
    the hash is kept in the file, or outside of it if ``detached``.
    """
    found = find(data, row)
    if found is None or not _speaks_for(path, found):
        return False
    said = found.match["hash"]
    if detached:
        return said is None and found.match["last_modified_at"] is None
    return said is not None and said.decode() == body_hash(found.body)


def proves(path: str, data: bytes, row: FileType, body: bytes) -> bool:
    """Whether the file is ``body`` with one such stamp on it; False says nothing again."""
    found = find(data, row)
    if found is None or found.body != body or not _speaks_for(path, found):
        return False
    said = found.match["hash"]
    return said is None or said.decode() == body_hash(body)


def find(data: bytes, row: FileType) -> Found | None:
    """The block of a file that has one, in the usual form and in its place."""
    first = data.find(NEEDLE)
    if first < 0:
        return None
    start = data.rfind(b"\n", 0, first) + 1
    for style in row.styles:
        match = _form(style).match(data, start)
        if match is not None:
            break
    else:
        return None
    if match["hash"] is None and not _is_of_today(match, style):
        return None
    end = match.end()
    if data.find(NEEDLE, end) >= 0 or (style.closing and _ends_early(match, style)):
        return None
    after = skip_blank(data, end)
    body = data[:start] + data[after:]
    return Found(match, style, start, after, body) if place(body, row) == start else None


def _is_of_today(match: re.Match[bytes], style: Style) -> bool:
    """Whether a block without a hash is one of ours for certain, and not of an older tool."""
    version = match["metadata_version"]
    if version is not None:
        return version.startswith(b"1.")
    short = all(match[key] is None for key in STANDARD if key not in _REQUIRED)
    return short and not style.name.endswith(("-lines", "-bare"))


def _ends_early(match: re.Match[bytes], style: Style) -> bool:
    inside = match[0][len(style.opening) :].rstrip().removesuffix(style.closing)
    dashes = style.opening == b"<!--" and b"--" in inside
    return style.closing in inside or style.opening in inside or dashes


def _speaks_for(path: str, found: Found) -> bool:
    """Whether name and namespace are the file's."""
    name, match = path.rpartition("/")[2], found.match
    said = match["name"].decode()
    if (said != name or said[0] in "\"'") and not _is_quoted(said, name, found.style):
        return False
    namespace = match["namespace"]
    return namespace is None or _is_namespace(namespace.decode(), path, name)


def _is_quoted(said: str, name: str, style: Style) -> bool:
    from onex_tools.stamp.render import scalar

    return said == scalar(name, style)


def _is_namespace(said: str, path: str, name: str) -> bool:
    stem = name.rpartition(".")[0]
    return (bool(stem) and said.endswith("." + stem)) or namespace_agrees(said, path, name)


@lru_cache(maxsize=64)
def _form(style: Style) -> re.Pattern[bytes]:
    """How a canonical block looks in one comment style; compiled when a file may have it."""
    return re.compile(_pattern(style))


def _pattern(style: Style) -> bytes:
    """A block with no other fields than ours, in our order, so that none stands twice."""
    begin, end = re.escape(style.opening), re.escape(style.closing)
    lead = b"" if style.closing or not style.opening else begin + b" "
    first = (begin + b" " if style.opening else b"") + re.escape(OPENING.encode())
    last = lead + re.escape(CLOSING.encode()) + (b" " + end if style.closing else b"")
    lines = []
    for key in STANDARD:
        line = b"%b%b: (?P<%b>%b)(?P=eol)" % (lead, *[key.encode()] * 2, _VALUES.get(key, _VALUE))
        lines.append(line if key in _REQUIRED else b"(?:%b)?+" % line)
    return first + rb"(?P<eol>\r?\n)" + b"".join(lines) + last + rb"(?:(?P=eol)|\Z)"
