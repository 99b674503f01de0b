"""Whether a program wrote a file, by what the comments at its head say: in linear time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onex_tools.stamp.comments import HASH
from onex_tools.stamp.prologue import REACH, leading_comments

if TYPE_CHECKING:
    from onex_tools.stamp.styles import FileType

MARK = re.compile(
    rb"(?<![\w-])@generated\b(?!-)|\bAUTO-?GENERATED\b"
    rb"|\bDO NOT (?:EDIT|MODIFY)(?: (?:THIS FILE|BY HAND|MANUALLY|DIRECTLY))?(?:[.!]|[^\w\n]*$)"
    rb"|(?i:<auto-?generated\b"
    rb"|\b(?:auto-?generated|automatically generated|generated automatically) (?:by|with|using)\b"
    rb"|\bthis (?:file|code|header) (?:is|was|has been) (?:auto-?|automatically )?generated\b"
    rb"|^[^\w\n]{0,80}(?:this is an? )?auto-?generated(?: file\b| code\b|[^\w\n]*$)"
    rb"|\bgenerated (?:from \S{1,99} )?by (?:the )?(?:gnu )?(?:aclocal|antlr|autoconf|autoheader"
    rb"|automake|bison|cmake|coffeescript|configure|cython|flex|gperf|protocol buffer|re2c|swig)\b"
    rb"|\bmade by gnu bison\b|\bcode produced by gperf\b)",
    re.MULTILINE,
)
"""One of these is enough."""
MADE = re.compile(
    rb"(?i)(?:\bauto-?|(?<![\w@-]))generated\b(?!-)"
    rb"|\b(?:created|managed|written|made|produced) (?:automatically )?(?:by|from)\b"
)
FORBIDDEN = re.compile(rb"(?i)\bdo not (?:manually |hand[- ]?)?(?:edit|modify|change)\b")
"""These two count in one line, or in two that follow each other."""
_WORDS = (b"generated", b"do not ", b" gnu bison", b" by gperf")
"""A file without any of these, in small letters, is not looked at."""
_DOCSTRING = re.compile(rb"\s*[rRuU]?(\"\"\"|''')\s*")
_BLANK_LINE = re.compile(rb"\n[ \t\r]*\n")


def is_generated(data: bytes, row: FileType, at: int) -> bool:
    """Whether the comments at the head of the file, or its docstring, say that it is generated.

    ``at`` is the end of the prologue.
    """
    head = leading_comments(data, row, at)
    if row.styles[0] == HASH:
        head += b"\n" + _docstring(data, len(head))
    lower = head.lower()
    if not any(word in lower for word in _WORDS):
        return False
    return MARK.search(head) is not None or _is_forbidden(head)


def _docstring(data: bytes, at: int) -> bytes:
    """The first paragraph of the string at ``at``, as Python's modules have one."""
    match = _DOCSTRING.match(data, at, REACH)
    if match is None:
        return b""
    text = data[match.end() : max(match.end(), data.find(match[1], match.end(), REACH))]
    return _BLANK_LINE.split(text, maxsplit=1)[0]


def _is_forbidden(head: bytes) -> bool:
    """Whether two words on making and editing stand in one line, or one below the other."""
    made_above = forbidden_above = False
    for line in head.split(b"\n"):
        made, forbidden = MADE.search(line) is not None, FORBIDDEN.search(line) is not None
        if (made or made_above) and (forbidden or forbidden_above) and (made or forbidden):
            return True
        made_above, forbidden_above = made, forbidden
    return False
