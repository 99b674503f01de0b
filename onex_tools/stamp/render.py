"""Write a block in its one canonical form: ASCII, one field a line, safe in any comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from onex_tools.stamp.form import CLOSING, OPENING
from onex_tools.stamp.styles import Style

_PLAIN = re.compile(r"[A-Za-z0-9_./(<>=+@^~][ -\[\]-~]*+(?<![ :])")
_MISREAD = re.compile(r": | #|coding[:=]|\b(?:vim?|ex):")
"""What YAML, Python's encoding declaration or an editor's mode line would make of a value."""
_ITEM = re.compile(
    r"(\s*(?:-(?:\s+|\Z))?(?:[A-Za-z_][\w.-]*:(?:\s+|\Z))?)(.*)", re.ASCII | re.DOTALL
)
"""Indentation, dash and key of a nested line, which stay, and its value."""


class NewField(NamedTuple):
    """A field to be written: ``text`` without quotes; ``nested`` lines as the reader gave them."""

    key: str
    text: str
    nested: tuple[str, ...] = ()


def render(fields: Iterable[NewField], style: Style, eol: bytes = b"\n") -> bytes:
    """The canonical block with ``fields``, the ending of its last line included.

    A style with a closing sign makes one comment of plain lines; any other, a comment per line.
    """
    opening, closing = style.opening.decode("ascii"), style.closing.decode("ascii")
    lines = [OPENING, *_field_lines(fields, style), CLOSING]
    if closing:
        lines[0], lines[-1] = f"{opening} {lines[0]}", f"{lines[-1]} {closing}"
    elif opening:
        lines = [f"{opening} {line}" for line in lines]
    return b"".join(line.encode("ascii") + eol for line in lines)


def _field_lines(fields: Iterable[NewField], style: Style) -> Iterable[str]:
    for key, text, nested in fields:
        yield f"{key}: {scalar(text, style)}" if text or not nested else f"{key}:"
        for line in nested:
            match = _ITEM.fullmatch(line)
            lead, item = match.groups() if match else ("  ", line)
            yield lead + (scalar(_unquoted(item), style) if item else "")


def _unquoted(item: str) -> str:
    from onex_tools.stamp.fields import read_scalar

    return read_scalar(item.encode("utf-8", "surrogateescape")).text


@lru_cache(maxsize=1024)
def scalar(text: str, style: Style) -> str:
    """``text`` as it stands in a block: as it is where that is safe, else as a JSON string.

    Quoted are all characters outside of ASCII, line breaks, what YAML would misread, and what
    would end the comment, or open another in it.
    """
    signs = _signs(style)
    plain = _PLAIN.fullmatch(text) and not _MISREAD.search(text)
    if plain and not any(sign in text for sign in signs):
        return text
    quoted = json.dumps(text).replace("\x7f", "\\u007f")
    quoted = _MISREAD.sub(lambda match: _escaped(match[0]), quoted)
    for sign in signs:
        while sign in quoted and sign != '"':
            quoted = quoted.replace(sign, sign[:-1] + _escape(sign[-1]))
    return quoted


def _signs(style: Style) -> tuple[str, ...]:
    """What must not stand inside a comment of ``style``."""
    ends = (style.closing, style.opening) if style.closing else ()
    return tuple(sign.decode("ascii") for sign in (*ends, *style.unsafe))


def _escaped(text: str) -> str:
    """``text``, part of a JSON string, with its last sign that means something escaped."""
    sign = next((sign for sign in ":=#" if sign in text), "")
    return text.replace(sign, _escape(sign)) if sign else text


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}"
