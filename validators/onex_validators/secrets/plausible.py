"""Whether a name may stand before a secret, by what is beside it: most files need no closer look.

What is found by a closer look only, over the syntax or the structure of the whole file, begins at
such a name. So this must not say no where that would find something, within ``NEAR`` bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onex_tools.api import SourceFile
from onex_validators.secrets import command, source
from onex_validators.secrets.encoded import is_encoded
from onex_validators.secrets.judgement import IN_PROSE, LIVE, LOOSELY, STRICTLY, is_sample, verdict
from onex_validators.secrets.names import Name, letters, names
from onex_validators.secrets.pattern import pattern
from onex_validators.secrets.places import is_made_up
from onex_validators.secrets.words import LOOSE, TOKEN, Meaning

NEAR = 400
"""Bytes behind a name in which its value begins."""
_SHORT = 120
"""Bytes before a name in which it is said that it is one."""
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
    look = _Look(file)
    return any(look.finds_literal(name) for name in file.shared(names))


def in_settings(file: SourceFile) -> bool:
    """Whether a setting of ``file`` may be a secret."""
    found, look = file.shared(names), _Look(file)
    if file.shared(is_encoded) or any(command.on_lines(file, look.text)):
        return True
    if file.kind not in _SCANNED:
        return bool(found)
    return any(look.finds_value(name) for name in found)


class _Look:
    """Looks beside names in one file."""

    def __init__(self, file: SourceFile) -> None:
        self.text = file.shared(letters)
        self._is_made_up = file.shared(is_made_up)

    def finds_literal(self, name: Name) -> bool:
        """Whether a literal near ``name`` in Python may be the secret that it speaks of."""
        text = self.text
        if _STATEMENT.match(text, name.start):
            return False
        window = text[name.end : name.end + NEAR]
        beside = text[max(name.start - 20, 0) : name.start] + window[:20]
        how = STRICTLY
        if _COMPARED.search(beside):
            how, window = LOOSELY, text[max(name.start - NEAR, 0) : name.start] + window
        parts = {part for quote in "\"'`" for part in window.split(quote)}
        return self._is_live((name.meaning,), filter(_WORD.fullmatch, parts), how)

    def finds_value(self, name: Name) -> bool:
        """Whether the setting ``name`` may have the secret that it speaks of for a value."""
        text = self.text
        behind = _SIGN.match(text, name.end)
        if behind is None or not behind["sign"]:
            return _is_named_beside(text, name) or self._is_given(name)
        at = behind.end()
        quoted = _QUOTED.match(text, at)
        if quoted is not None:
            value = quoted["double"] or quoted["single"] or ""
            return self._is_set(name, (value, value.replace("''", "'")))
        first = text[at : at + 1]
        if first in "\"'|>&!*":
            return bool(first.strip()) or _is_above(text, name.start, at)
        if first in "\r\n#" or (first in "[{" and text[at + 1 : at + 2] != "{"):
            return _is_above(text, name.start, at)
        return self._is_set(name, _plain_values(text, at)) or _goes_on(text, name.start, at)

    def _is_set(self, name: Name, values: Iterable[str]) -> bool:
        meanings = [name.meaning]
        if name.meaning.kind == LOOSE:  # the key above it may say more
            meanings.append(name.meaning._replace(kind=TOKEN))
        return self._is_live(meanings, values, LOOSELY)

    def _is_given(self, name: Name) -> bool:
        """Whether a value follows as it does on command lines."""
        found = source.values(self.text, (name.start, name.end), "shell")
        return any(self._is_live((name.meaning,), (value,), how) for value, _, how in found)

    def _is_live(self, meanings: Sequence[Meaning], values: Iterable[str], how: int) -> bool:
        how = max(how, IN_PROSE) if self._is_made_up else how
        texts = (one for one in map(_plain, values) if not (self._is_made_up and is_sample(one)))
        return any(verdict(said, text, how) == LIVE for text in texts for said in meanings)


def _plain(value: str) -> str:
    """``value``, of which each byte is a character, as it reads."""
    if value.isascii():
        return value
    return value.encode("latin-1", "replace").decode("utf-8", "replace")


def _plain_values(text: str, at: int) -> tuple[str, ...]:
    """What a value without quotes may be: to the end of the line, or of the item."""
    found = _PLAIN.match(text, at)
    line = found[0] if found is not None else ""
    return (line, _REMARK.split(line)[0], re.split(r"[,}\]\s]", line)[0], *line.split('"'))


def _goes_on(text: str, start: int, at: int) -> bool:
    """Whether a value without quotes goes on in the next line, which is further inside."""
    below = _DEEPER.match(text, at)
    return below is not None and len(below["indent"]) > _indent(text, start)


def _indent(text: str, start: int) -> int:
    """How far inside the key at ``start`` stands; one of a list item from its dash on."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return len(line) - len(line.lstrip(" \t-\"'"))


def _is_above(text: str, start: int, at: int) -> bool:
    """Whether what stands below a key may be its value: in a list, or under a word for it."""
    if text[at : at + 1] in ("[", "{"):
        end = text.find("]}"[text[at] == "{"], at, at + _BELOW)
        below = text[at + 1 : end if end >= 0 else at + _BELOW]
        return bool(below.strip()) and (text[at] == "[" or _DEFAULT.search(below) is not None)
    own, lines = _indent(text, start), []
    for line in text[at : at + _BELOW].split("\n")[1:]:
        inside = len(line) - len(line.lstrip(" \t"))
        if line.strip() and (inside < own or (inside == own and line[inside] != "-")):
            break
        lines.append(line)
    below = "\n".join(lines).lstrip(" \t\r\n")
    return below[:1] in ("-", "[", "#") or _DEFAULT.search(below) is not None


def _is_named_beside(text: str, name: Name) -> bool:
    """Whether the name is itself a value, ``name: X``, of which the value stands beside it."""
    before = text[max(text.rfind("\n", 0, name.start) + 1, name.start - _SHORT) : name.start]
    if not (":" in before or "=" in before) or _NAMING.search(before) is None:
        return False
    return _VALUE.search(text, max(name.start - NEAR, 0), name.end + NEAR) is not None
