"""What must stay at the head of a file: the parts that a block goes after, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_REACH = 65_536
"""Front matter that is never closed must not cost a search of the whole file."""

_EOL = rb"[ \t]*(?:\r?\n|\r?\Z)"


class Part(NamedTuple):
    """One recogniser of a prologue.

    Attributes:
        name: in plain words, for messages.
        pattern: matches the part from its first byte to the end of its last line.
        lines: the part may begin only where fewer than this many lines stand above it.
        leads: it loses its meaning when something stands above it.
    """

    name: str
    pattern: re.Pattern[bytes]
    lines: int = 1
    leads: bool = True


BOM = Part("byte order mark", re.compile(rb"\xef\xbb\xbf"))
SHEBANG = Part("shebang", re.compile(rb"#!(?!\[)[^\n]*(?:\n|\Z)"))
_COOKIE = rb"[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)[^\n]*(?:\n|\Z)"
COOKIE = Part("encoding declaration", re.compile(_COOKIE), lines=2)
COOKIE_BELOW = Part(
    "encoding declaration", re.compile(rb"[ \t\f]*(?:#[^\n]*)?\n" + _COOKIE), lines=1
)
CLOUD_CONFIG = Part("cloud-config header", re.compile(rb"#cloud-config" + _EOL))
DIRECTIVES = Part(
    "parser directive",
    re.compile(
        rb"(?:#[ \t]*(?:syntax|escape|check)[ \t]*=[ \t]*[^\s][^\n]*(?:\n|\Z))+", re.IGNORECASE
    ),
    lines=2,
)
_KEY = rb"[A-Za-z_\"'][^\n:=]*"
FRONT_MATTER = Part(
    "front matter",
    # A rule at the head of a document is `---` too: front matter has a key first, and an end.
    re.compile(
        rb"---[ \t]*\r?\n(?:[ \t\r]*(?:#[^\n]*)?\n)*"
        + _KEY
        + rb":(?=[\s])(?:[^\n]*\n)*?(?:---|\.\.\.)"
        + _EOL
    ),
)
TOML_FRONT_MATTER = Part(
    "front matter",
    re.compile(rb"\+\+\+[ \t]*\r?\n(?:[^\n]*\n)*?\+\+\+" + _EOL),
)


class Found(NamedTuple):
    """A part of a prologue, and where it is: ``data[start:end]``."""

    part: Part
    start: int
    end: int


def prologue(data: bytes, parts: tuple[Part, ...], at: int = 0) -> Iterator[Found]:
    """The parts of the prologue at ``at``, each matched where the one before it ends.

    Each of ``parts`` occurs once at most, and reaches to the end of the line that is 64 KiB on.
    """
    left, lines = list(parts), 0
    while True:
        newline = data.find(b"\n", at + _REACH, at + 2 * _REACH)
        limit = newline if newline >= 0 else at + 2 * _REACH
        for part in left:
            match = part.pattern.match(data, at, limit) if lines < part.lines else None
            if match is not None and match.end() > at:
                break
        else:
            return
        left.remove(part)
        yield Found(part, at, match.end())
        lines += data.count(b"\n", at, match.end())
        at = match.end()


def place(data: bytes, row: Any) -> int:
    """The offset at which a new block goes: after the prologue and the blank lines below it."""
    from onex_tools.stamp.lines import skip_blank

    end = 0
    for found in prologue(data, row.prologue):
        end = found.end
    return skip_blank(data, end)
