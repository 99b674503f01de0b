"""INI and its kin: sections, keys, continued lines; pip.conf, .npmrc, my.cnf, systemd units."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.model import Span
from onex_tools.structure.setting import Setting, as_text

_LINE = re.compile(
    rb"""
    ([ \t\f\v]*+)
    (?: (?: [;\#] | \{\{(?=[^\r\n]*\}\}[ \t]*+[\r\n]) | \{%(?=[^\r\n]*%\}) )[^\r\n]*+
      | \[([^\r\n]+)\][^\]\r\n]*+
      | ((?://|@)[^=\r\n]*+|[^=:\r\n]*+)([=:]?+)[ \t]*+([^\r\n]*+)
    )(?:\r\n?|\n|\Z)
    """,
    re.VERBOSE,
)
_SUBSECTION = re.compile(r'([^\s"]+)\s+"(.*)"')


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``, as Python's configparser reads them without interpolation.

    The names of keys stay as they are written. A key without a sign and a value is a setting
    of kind ``null``. Quotes around a whole value are taken off.
    """
    reader = _Reader(data)
    for line in _LINE.finditer(data):
        reader.take(line)
    reader.end_value()
    return reader.found


def unquoted(text: str, place: Span) -> tuple[str, Span, str]:
    """``text`` without the quotes around the whole of it, its place, and the quote or ""."""
    quote = text[:1]
    if len(text) > 1 and quote in ('"', "'") and text.find(quote, 1) == len(text) - 1:
        return text[1:-1], Span(place.start + 1, place.end - 1), quote
    return text, place, ""


class _Reader:
    """Reads line by line; a value ends where the next line is no part of it."""

    def __init__(self, data: bytes) -> None:
        self.found: list[Setting] = []
        self._data = data
        self._section: tuple[str, ...] = ()
        self._key: Span | None = None
        self._indent = 0
        self._parts: list[Span] = []
        self._signed = False

    def take(self, line: re.Match[bytes]) -> None:
        """Read the next line."""
        if self._key is not None and self._continued(line):
            return
        if line[3]:
            self._begin(line)
        elif line[2]:
            self.end_value()
            section = as_text(line[2])
            both = _SUBSECTION.fullmatch(section)
            self._section = both.groups() if both is not None else (section,)

    def end_value(self) -> None:
        """The value that was begun is whole: note it."""
        key, self._key = self._key, None
        if key is None:
            return
        parts = [part for part in self._parts if part.end > part.start] or self._parts[:1]
        place = Span(parts[0].start, parts[-1].end)
        lines = [as_text(self._data[slice(*part)]) for part in self._parts]
        text, style = "\n".join(lines).rstrip(), ""
        if len(lines) == 1:
            text, place, style = unquoted(text, place)
        path = (*self._section, as_text(self._data[slice(*key)]))
        kind = "string" if self._signed else "null"
        self.found.append(Setting(path, text, place, key, kind, style))

    def _continued(self, line: re.Match[bytes]) -> bool:
        """Take the line as a part of the value, if it is one: a deeper indent, or blank."""
        start, end = line.end(1), line.end()
        written = self._data[start:end].rstrip()
        if written and line.end(1) - line.start() <= self._indent:
            return False
        if self._signed and (not written or line.lastindex != 1):
            self._parts.append(Span(start, start + len(written)))
        return True

    def _begin(self, line: re.Match[bytes]) -> None:
        """A key, with what stands behind its sign."""
        self.end_value()
        key = line[3].rstrip()
        if not key:
            return
        self._signed = bool(line[4])
        self._indent = line.end(1) - line.start()
        self._key = Span(line.start(3), line.start(3) + len(key))
        start = line.start(5)
        self._parts = [Span(start, start + len(line[5].rstrip()))]
