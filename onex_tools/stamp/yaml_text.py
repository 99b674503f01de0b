"""Fields of a stamp as YAML reads them: the texts that they are, never a number or a date."""

from __future__ import annotations

import json
import re

_ITEM = re.compile(r"(\s*(?:-\s+)?(?:[A-Za-z_][\w.-]*:(?:\s+|\Z))?)(.*)", re.DOTALL)
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})")
_NO_TEXT = re.compile(
    r"[>@].*|=|~|<<"
    r"|(?:null|true|false|yes|no|on|off|y|n)"
    r"|[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*)"
    r"|[-+]?(?:[0-9][0-9_]*+(?::[0-5]?[0-9])*+\.?|\.)[0-9_]*(?:e[-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t ].*)?",
    re.IGNORECASE,
)
"""What YAML would take for something else than text."""


def as_yaml(line: str) -> str:
    """A line of a block such that YAML too reads the value as the text it is."""
    match = _ITEM.fullmatch(line)
    lead, value = match.groups() if match else ("", line)
    if value.startswith('"'):
        # JSON has two escapes for a character beyond 65,535, and libyaml refuses each.
        return lead + _PAIR.sub(_joined, value)
    return lead + (json.dumps(value) if _NO_TEXT.fullmatch(value) else value)


def _joined(match: re.Match[str]) -> str:
    pair = bytes.fromhex(match[2] + match[3]).decode("utf-16-be")
    return match[1] + pair
