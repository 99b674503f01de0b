"""Scripts of Windows: ``set NAME=value`` of batch files, ``$env:NAME = "value"`` of PowerShell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.model import Span
from onex_tools.structure.setting import Setting, as_text

_STATEMENT = re.compile(
    rb"""
    ^[ \t@]*+(?:
        set[ \t]++(?:/\w[ \t]++)*+
        (?: "([^\s"=][^"=\r\n]*+)=([^\r\n"]*+) | ([^\s"=][^"=\r\n]*+)=([^\r\n&]*+) )
      | (?:\[[\w.]++\][ \t]*+)?\$((?:\w++:)?\w++)[ \t]*+=(?!=)[ \t]*+
        (?: "((?:[^"`\r\n]|`[^\r\n]|"")*+)" | '((?:[^'\r\n]|'')*+)' )
    )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_ESCAPE = re.compile('`(.)|""')
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def scan(data: bytes) -> Sequence[Setting]:
    """The assignments of texts in ``data``: environment variables, and PowerShell's own."""
    return [_setting(statement) for statement in _STATEMENT.finditer(data)]


def _setting(statement: re.Match[bytes]) -> Setting:
    group = statement.lastindex or 2
    key_group = 5 if group > 4 else group - 1
    text, style = as_text(statement[group]), ""
    if group == 6:
        text, style = _ESCAPE.sub(_character, text), '"'
    elif group == 7:
        text, style = text.replace("''", "'"), "'"
    scope = statement[key_group].find(b":") + 1 if key_group == 5 else 0
    key = Span(statement.start(key_group) + scope, statement.end(key_group))
    path = (as_text(statement[key_group][scope:]),)
    return Setting(path, text, Span(*statement.span(group)), key, "string", style)


def _character(escape: re.Match[str]) -> str:
    return _LETTERS.get(escape[1], escape[1]) if escape[1] else '"'
