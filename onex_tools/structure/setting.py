"""One setting: a value in a configuration file, and the keys that lead to it."""

from __future__ import annotations

from typing import NamedTuple

from onex_tools.model import Span

MAX_DEPTH = 100
"""Keys of a path: what is nested deeper keeps the path of the level above the limit."""


class Setting(NamedTuple):
    """One value in a configuration file, and the keys that lead to it.

    Attributes:
        path: the keys from the root of the document: names, and numbers (from 0) in lists.
        value: as a program that reads the file would get it: without quotes, escapes resolved,
            the lines of a block joined. Bytes that are no UTF-8 are surrogate-escaped.
        span: the bytes of the value as it is written, without its quotes.
        key_span: the bytes of the last key as it is written, without its quotes; empty, at the
            value, where there is none (an item of a list).
        kind: ``string``, ``number``, ``boolean`` or ``null``, as the format's own rules say;
            formats that know only text (INI, properties, ...) give ``string`` for all.
        style: how it is written: ``"`` or ``'`` (also three of them), ``|`` or ``>`` for a block,
            or empty for a plain word.
        tag: the YAML tag as it is written (``!Ref``, ``!!binary``), or empty.
        decoded_from: ``base64`` where ``value`` is what the text stands for (the ``data`` of a
            Kubernetes Secret), or empty.
        document: the number, from 0, of the YAML document in its file; each begins a new path.
    """

    path: tuple[str | int, ...]
    value: str
    span: Span
    key_span: Span
    kind: str = "string"
    style: str = ""
    tag: str = ""
    decoded_from: str = ""
    document: int = 0

    @property
    def key(self) -> str:
        """The last name of the path (numbers of lists are passed over), or ""."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def dotted(self) -> str:
        """The path as people write it: ``services.db.environment[0]``."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text


def as_text(data: bytes) -> str:
    """``data`` as text; bytes that are no UTF-8 are surrogate-escaped."""
    return data.decode("utf-8", "surrogateescape")
