"""See at a glance that a stamp is right: the usual case, at a tenth of the cost of reading it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onex_tools.stamp.hashing import body_hash
from onex_tools.stamp.lines import NEEDLE, skip_blank
from onex_tools.stamp.naming import namespace_agrees
from onex_tools.stamp.prologue import place
from onex_tools.stamp.render import CLOSING, OPENING, scalar
from onex_tools.stamp.styles import FileType, Style
from onex_tools.stamp.values import STANDARD

_VALUE = rb"[!-~](?:[ -~]*[!-~])?"
_VALUES = {
    "uuid": rb"(?!0{8}-)[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "created_at": rb"(?!1970-01-01|<)" + _VALUE,
    "hash": rb"b3-v1:[0-9a-f]{64}",
}
_REQUIRED = ("name", "uuid", "hash")


class _Form(NamedTuple):
    """How a canonical block looks in one comment style."""

    style: Style
    block: re.Pattern[bytes]


def glance(path: str, data: bytes, row: FileType) -> re.Match[bytes] | None:
    """The stamp of a file that has one, canonical, in its place and in agreement with the file.

    Its groups are the values of the fields, by their keys. None says nothing: then ``plan`` has to
    look. What is seen here is never changed by ``plan`` while the hash is kept in the file.
    """
    first = data.find(NEEDLE)
    if first < 0:
        return None
    start = data.rfind(b"\n", 0, first) + 1
    for form in _forms(row.styles):
        match = form.block.match(data, start)
        if match is not None:
            break
    else:
        return None
    if data.find(NEEDLE, match.end()) >= 0 or not _speaks_for(path, match, form):
        return None
    body = data[:start] + data[skip_blank(data, match.end()) :]
    agrees = place(body, row) == start and match["hash"].decode() == body_hash(body)
    return match if agrees else None


def _speaks_for(path: str, match: re.Match[bytes], form: _Form) -> bool:
    """Whether the names are the file's, and the comment ends where the block does."""
    name = path.rpartition("/")[2]
    said = match["name"].decode()
    if (said != name or said[0] in "\"'") and said != scalar(name, form.style):
        return False
    namespace = match["namespace"]
    if namespace is not None and not _is_namespace(namespace.decode(), path, name):
        return False
    style = form.style
    if not style.closing:
        return True
    inside = match[0][len(style.opening) :].rstrip().removesuffix(style.closing)
    return style.closing not in inside and b"--" not in inside


def _is_namespace(said: str, path: str, name: str) -> bool:
    stem = name.rpartition(".")[0]
    return (bool(stem) and said.endswith("." + stem)) or namespace_agrees(said, path, name)


@lru_cache(maxsize=64)
def _forms(styles: tuple[Style, ...]) -> tuple[_Form, ...]:
    return tuple(_Form(style, re.compile(_pattern(style))) for style in styles)


def _pattern(style: Style) -> bytes:
    """A block with no other fields than ours, in our order, so that none stands twice."""
    begin, end = re.escape(style.opening), re.escape(style.closing)
    lead = b"" if style.closing or not style.opening else begin + b" "
    first = (begin + b" " if style.opening else b"") + re.escape(OPENING.encode())
    last = lead + re.escape(CLOSING.encode()) + (b" " + end if style.closing else b"")
    fields = []
    for key in STANDARD:
        line = b"%b%b: (?P<%b>%b)(?P=eol)" % (lead, *[key.encode()] * 2, _VALUES.get(key, _VALUE))
        fields.append(line if key in _REQUIRED else b"(?:%b)?+" % line)
    return first + rb"(?P<eol>\r?\n)" + b"".join(fields) + last + rb"(?:(?P=eol)|\Z)"
