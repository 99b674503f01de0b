"""Whether a name may stand before a secret, by what is beside it: most files need no closer look.

What is found by a closer look only, over the syntax or the structure of the whole file, begins at
such a name. So this must not say no where that would find something, within ``NEAR`` bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onex_tools.api import SourceFile
from onex_validators.secrets import command, source
from onex_validators.secrets.encoded import is_encoded
from onex_validators.secrets.judgement import LIVE, LOOSELY, STRICTLY, verdict
from onex_validators.secrets.names import Name, letters, names
from onex_validators.secrets.pattern import pattern
from onex_validators.secrets.words import LOOSE, TOKEN, Meaning

NEAR = 400
"""Bytes behind a name in which its value begins."""
_BELOW = 2000
"""Bytes behind a key in which the others below it say what its value is."""
_SCANNED = frozenset(("json", "json5", "yaml"))
_STATEMENT = pattern(r"(?<![\w.\-$\"'])pass[ \t]*(?:[\r\n#;]|\Z)")
_WORD = pattern(r"\S{4,512}")
_COMPARED = pattern(r"[!=]=")
_SIGN = pattern(r"\\{0,3}[\"']?[\])]?[ \t]{0,40}(?P<sign>[:=])?[ \t]{0,40}")
_QUOTED = pattern(r"\"(?P<double>(?:[^\"\\\n]|\\.)*)\"|'(?P<single>(?:[^'\n]|'')*)'")
_PLAIN = pattern(r"[^\n]{0,600}")
_REMARK = pattern(r"[ \t]#|[,}\]][ \t\r]*$")
_DEEPER = pattern(r"[^\n]*\n(?P<indent>[ \t]*)(?=\S)")
_DEFAULT = pattern(r"(?i)[\"']?(?:default|default_?value|value|val|#text|text)[\"']?[ \t]*[:=]")
_NAMING = pattern(
    r"(?i)(?:name|key|variable|option|id)[\"']?[ \t]{0,8}[:=][ \t]{0,8}[\"']?[\w.\-/ ]{0,60}$"
)
_VALUE = pattern(
    r"(?i)(?:value|val|default|default_?value|parameter_?value|secret_?value|string)"
    r"[\"']?[ \t]{0,8}[:=]"
)


def in_python(file: SourceFile) -> bool:
    """Whether a literal near a name may be a secret."""
    text = file.shared(letters)
    return any(_has_literal(text, name) for name in file.shared(names))


def in_settings(file: SourceFile) -> bool:
    """Whether a setting of ``file`` may be a secret."""
    found, text = file.shared(names), file.shared(letters)
    if file.shared(is_encoded) or any(command.on_lines(file, text)):
        return True
    if file.kind not in _SCANNED:
        return bool(found)
    return any(_has_value(text, name) for name in found)


def _has_literal(text: str, name: Name) -> bool:
    if _STATEMENT.match(text, name.start):
        return False
    window = text[name.end : name.end + NEAR]
    beside = text[max(name.start - 20, 0) : name.start] + window[:20]
    how = STRICTLY
    if _COMPARED.search(beside):
        how, window = LOOSELY, text[max(name.start - NEAR, 0) : name.start] + window
    parts = {part for quote in "\"'`" for part in window.split(quote)}
    return _is_live(name.meaning, filter(_WORD.fullmatch, parts), how)


def _is_live(said: Meaning, values: Iterable[str], how: int = LOOSELY) -> bool:
    meanings = [said]
    if said.kind == LOOSE and how == LOOSELY:
        meanings.append(said._replace(kind=TOKEN))  # the key above it may say more
    return any(verdict(meant, _plain(one), how) == LIVE for one in values for meant in meanings)


def _plain(value: str) -> str:
    """``value``, of which each byte is a character, as it reads."""
    if value.isascii():
        return value
    return value.encode("latin-1", "replace").decode("utf-8", "replace")


def _has_value(text: str, name: Name) -> bool:
    behind = _SIGN.match(text, name.end)
    if behind is None or not behind["sign"]:
        return _is_named_beside(text, name) or _is_given(text, name)
    at = behind.end()
    quoted = _QUOTED.match(text, at)
    if quoted is not None:
        value = quoted["double"] or quoted["single"] or ""
        return _is_live(name.meaning, (value, value.replace("''", "'")))
    first = text[at : at + 1]
    if first in "\"'|>&!*":
        return bool(first.strip()) or _is_above(text, at)
    if first in "\r\n#" or (first in "[{" and text[at + 1 : at + 2] != "{"):
        return first == "[" or _is_above(text, at)
    return _is_live(name.meaning, _plain_values(text, at)) or _goes_on(text, name.start, at)


def _plain_values(text: str, at: int) -> tuple[str, ...]:
    """What a value without quotes may be: to the end of the line, or of the item."""
    found = _PLAIN.match(text, at)
    line = found[0] if found is not None else ""
    return (line, _REMARK.split(line)[0], re.split(r"[,}\]\s]", line)[0], *line.split('"'))


def _goes_on(text: str, start: int, at: int) -> bool:
    """Whether a value without quotes goes on in the next line, which is further inside."""
    below = _DEEPER.match(text, at)
    if below is None:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return len(below["indent"]) > len(line) - len(line.lstrip(" \t-\"'"))


def _is_above(text: str, at: int) -> bool:
    """Whether what stands below a key may be its value: in a list, or under a word for it."""
    below = text[at : at + _BELOW].lstrip(" \t\r\n{#")
    return below[:1] in "-[" or _DEFAULT.search(below) is not None


def _is_named_beside(text: str, name: Name) -> bool:
    """Whether the name is itself a value, ``name: X``, of which the value stands beside it."""
    first = text.rfind("\n", max(name.start - NEAR, 0), name.start) + 1
    if _NAMING.search(text[max(first, name.start - NEAR) : name.start]) is None:
        return False
    around = text[max(name.start - NEAR, 0) : name.end + NEAR]
    return _VALUE.search(around) is not None


def _is_given(text: str, name: Name) -> bool:
    """Whether a value follows as it does on command lines."""
    found = source.values(text, (name.start, name.end), "shell")
    return any(verdict(name.meaning, value, how) == LIVE for value, _, how in found)
