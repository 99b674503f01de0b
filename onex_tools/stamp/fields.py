"""The fields of a block: what one line says, read as text and never by a YAML loader."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

_FIELD = re.compile(rb"([A-Za-z_][A-Za-z0-9_.\-]{0,63})[ \t]*:(?:[ \t]+|\Z)")
_NESTED = re.compile(rb"[ \t]+\S|-(?:[ \t]|\Z)")
_ITEM = re.compile(r"\s*(?:-\s+)?(?:[A-Za-z_][\w.-]*:\s+)?")


class Scalar(NamedTuple):
    """A value as text; ``plain`` is false where a YAML loader would reject it or read it wrong."""

    text: str
    plain: bool


def split_field(content: bytes) -> tuple[str, int] | None:
    """The key of a ``key: value`` line and the offset of its value, or None."""
    match = _FIELD.match(content)
    return (match[1].decode("ascii"), match.end()) if match else None


def is_nested(content: bytes) -> bool:
    """Whether a line belongs to the field above it: it is indented, or an item of a list."""
    return _NESTED.match(content) is not None


def read_scalar(raw: bytes) -> Scalar:
    """The text of a value: quotes are taken off where they are whole; all else stays as it is.

    Double-quoted text is read with JSON's escapes, which is how the writer escapes.
    """
    text = raw.decode("utf-8", "surrogateescape").strip()
    quote = text[:1]
    if quote == "'":
        inner = text[1:-1]
        whole = len(text) > 1 and text.endswith("'") and "'" not in inner.replace("''", "")
        return Scalar(inner.replace("''", "'"), plain=True) if whole else Scalar(text, plain=False)
    if quote == '"':
        try:
            value = json.loads(text)
        except ValueError:
            return Scalar(text, plain=False)
        return Scalar(value, plain=True)
    flow = (quote == "{" and text.endswith("}")) or (quote == "[" and text.endswith("]"))
    return Scalar(text, plain=flow or not (": " in text or text.endswith(":")))


def read_item(nested: str) -> Scalar:
    """The value of a nested line, without its list dash and key."""
    return read_scalar(_ITEM.sub("", nested, count=1).encode("utf-8", "surrogateescape"))
