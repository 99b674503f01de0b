"""Files of environment variables: ``A=b``, ``export A="b"``, ``A: b``, quoted values over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.model import Span
from onex_tools.structure.setting import Setting, as_text
from onex_tools.structure.shell import unescaped_ansi

_NEXT_KEY = rb"(?!(?:export[ \t]++)?[A-Z_][A-Z0-9_]*+=[^=\s])"
_INNER = rb"(?:\r\n?|\n)%b" % _NEXT_KEY
_LINE = re.compile(
    rb"""
    ^[ \t]*+(?:(?:export|set|SET)[ \t]++)?([A-Za-z_][\w.-]*+)[ \t]*+[=:][ \t]*+
    (?: "((?:[^"\\\r\n]|\\[^\r\n]|\\?%b)*+)"(?=\s|\#|;|\Z)
      | \$'((?:[^'\\\r\n]|\\[^\r\n]|%b)*+)'(?=\s|\#|;|\Z)
      | '((?:[^'\r\n]|%b)*+)'(?=\s|\#|;|\Z)
      | ((?:[^\r\n\#]|(?<![\s=:])\#)*+)
    )[^\r\n]*+
    """
    % (_INNER, _INNER, _INNER),
    re.VERBOSE | re.MULTILINE,
)
_DOUBLE = re.compile(r'\\(?:\r?\n|([nrtf"\\$`]))')
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``, as the readers of such files agree on them.

    A quoted text goes over lines up to its second quote, or ends with its line where a line that
    assigns comes first. A comment behind a value without quotes begins with a blank.
    """
    return [_setting(line) for line in _LINE.finditer(data) if line[1]]


def _setting(line: re.Match[bytes]) -> Setting:
    group = line.lastindex or 5
    place, text = Span(*line.span(group)), as_text(line[group])
    style = ("", '"', "'", "'", "")[group - 1]
    if group == 5:
        text = text.rstrip()
        place = Span(place.start, place.start + len(line[5].rstrip()))
        if text[:1] in ('"', "'") and text.count(text[0]) == 1:
            place, style, text = Span(place.start + 1, place.end), text[0], text[1:]
    elif group == 2:
        text = _DOUBLE.sub(_character, text)
    elif group == 3:
        text = unescaped_ansi(text)
    path = (as_text(line[1]),)
    return Setting(path, text, place, Span(*line.span(1)), "string", style)


def _character(escape: re.Match[str]) -> str:
    return _LETTERS.get(escape[1], escape[1]) if escape[1] else ""
