"""Java properties: signs, blanks or nothing after a key, continued lines, escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onex_tools.model import Span
from onex_tools.structure.setting import Setting, as_text

_JOIN = rb"\\(?:\r\n?|\n|\Z)[ \t\f]*+"
_LINE = re.compile(
    rb"""
    [ \t\f]*+ (?: [\#!][^\r\n]*+
      | ((?:[^\\\s=:]|\x0b|%b|\\.)*+) ((?:[ \t\f]|%b)*+) ([=:]?+) (?:[ \t\f]|%b)*+
        ((?:[^\\\r\n]|%b|\\.)*+)
    )(?:\r\n?|\n|\Z)
    """
    % (_JOIN, _JOIN, _JOIN, _JOIN),
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|((?:\r\n?|\n|\Z)[ \t\f]*)|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``; a key stays whole: its dots are no path."""
    return list(_settings(data))


def _settings(data: bytes) -> Iterator[Setting]:
    for line in _LINE.finditer(data):
        if line[1] or line[3]:
            path = (unescaped(as_text(line[1])),)
            text = unescaped(as_text(line[4]))
            yield Setting(path, text, Span(*line.span(4)), Span(*line.span(1)))


def unescaped(text: str) -> str:
    r"""``text`` with the escapes of Java properties resolved, its lines joined."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return "" if escape[3] is None else _ESCAPED.get(escape[3], escape[3])
