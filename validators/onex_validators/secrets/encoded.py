"""Files in which values stand as they are not: in base64, or in UTF-16."""

from __future__ import annotations

from onex_tools.api import SourceFile
from onex_tools.structure.wide import ENCODINGS
from onex_validators.pattern import pattern

_OBJECT = pattern(
    rb"kind[\"']?\s{0,20}:(?:\s|[!&]\S{1,50}\s|\#[^\n]{0,200}\n|[|>][-+\d]{0,2}|/\*[^*]{0,50}\*/){0,40}+"
    rb"[\"']?(?:Secret|ConfigMap)\b"
)
_ESCAPED = pattern(rb"\\(?:\r?\n|u00|x[2-7]|U000000[2-7])")
_JOINED = frozenset(("dotenv", "ini", "json", "properties", "toml", "yaml"))


def is_wide(file: SourceFile) -> bool:
    """Whether ``file`` is in UTF-16, of which only the settings are read."""
    return file.data[:2] in ENCODINGS


def is_encoded(file: SourceFile) -> bool:
    """Whether values of ``file`` stand in it otherwise: encoded, escaped, or over several lines."""
    if is_wide(file) or _OBJECT.search(file.data) is not None:
        return True
    return file.kind in _JOINED and _ESCAPED.search(file.data) is not None
