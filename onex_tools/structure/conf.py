"""Files of ``key value`` or ``key = value`` lines: redis, nginx, sshd, PostgreSQL, Apache."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.model import Span
from onex_tools.structure.ini import unquoted
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text

_LINE = re.compile(
    rb"""
    [ \t\f\v]*+
    (?: (?:[;\#!]|//)[^\r\n]*+
      | \[([^\r\n\]]++)\][^\r\n]*+
      | <(/?)([^\r\n>]*+)>?
      | (\})[^\r\n]*+
      | ("[^"\r\n]*+"|'[^'\r\n]*+'|[^\s=:;{}"']++)[ \t]*+
        (?: (\{)[ \t]*+
          | (?:[=:][ \t]*+)?
            ( (?:"[^"\r\n]*+"|'[^'\r\n]*+')(?=[\s;,\#]|\Z)
            | (?:[^\r\n\#]|(?<![\s;])\#)*+
            )
        )
        [^\r\n]*+
    )?+ [^\r\n]*+ (?:\r\n?|\n|\Z)
    """,
    re.VERBOSE,
)


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``; sections, ``name {`` and ``<name ..>`` blocks lead to them."""
    reader = _Reader()
    for line in _LINE.finditer(data):
        reader.take(line)
    return reader.found


class _Reader:
    """Reads line by line, and knows the blocks that are open."""

    def __init__(self) -> None:
        self.found: list[Setting] = []
        self._section: tuple[str, ...] = ()
        self._blocks: list[str] = []

    def take(self, line: re.Match[bytes]) -> None:
        """Read the next line."""
        if line[5]:
            self._setting(line)
        elif line[1]:
            self._section, self._blocks = (as_text(line[1]),), []
        elif line[3] and not line[2]:
            self._blocks.append(as_text(line[3].strip()))
        elif (line[4] or line[2]) and self._blocks:
            self._blocks.pop()

    def _setting(self, line: re.Match[bytes]) -> None:
        """A key with its value, or the line that opens a block."""
        written = (line[7] or b"").rstrip()
        if line[6] or written.endswith(b"{"):
            self._blocks.append(as_text(line[5] + b" " + written[:-1]).strip())
            return
        written = written.rstrip(b";,").rstrip()
        key, key_place, _ = unquoted(as_text(line[5]), Span(*line.span(5)))
        start = line.start(7)
        text, place, style = unquoted(as_text(written), Span(start, start + len(written)))
        path = (*self._section, *self._blocks[: MAX_DEPTH - 2], key)
        self.found.append(Setting(path, text, place, key_place, "string", style))
