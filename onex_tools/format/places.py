"""Where the lines and columns that flake8 gives are in the bytes of a file."""

from __future__ import annotations

import re
from typing import Any, cast

from onex_tools.format.runner import Row
from onex_tools.model import Location, Span
from onex_tools.source import SourceFile

_IN_CHARACTERS = re.compile(r"[EW]\d+")
"""Codes of pycodestyle, whose columns count characters; syntax trees count bytes of UTF-8."""
_TO_THE_END = ("E501", "W505", "B950")
_TOKEN = re.compile(rb"[\w\x80-\xff]+|[ \t\f]+|[^\s]")
_MARK = b"\xef\xbb\xbf"


class Places:
    """The places that flake8 may speak of in one file."""

    def __init__(self, path: str, data: bytes) -> None:
        self._file = SourceFile(path, "python", data, cast("Any", None))
        self._encoding = "ascii" if data.isascii() else _encoding(data)

    def line(self, number: int) -> bytes:
        """The bytes of a line, without its ending."""
        span = self._line(number)
        return self._file.data[span.start : span.end]

    def location(self, row: Row) -> Location:
        """The token (for a line that is too long: its rest) at the place that ``row`` names."""
        return self._file.location(self._span(row) if row.line > 0 else None)

    def _line(self, number: int) -> Span:
        span = self._file.line_span(number)
        marked = span.start == 0 and self._file.data.startswith(_MARK)
        return Span(len(_MARK), max(span.end, len(_MARK))) if marked else span

    def _span(self, row: Row) -> Span:
        line = self._line(row.line)
        start = min(line.start + self._offset(row), line.end)
        token = _TOKEN.match(self._file.data, start, line.end)
        if row.code in _TO_THE_END:
            return Span(start, line.end)
        return Span(start, token.end() if token else start)

    def _offset(self, row: Row) -> int:
        """How many bytes of its line are before the place that flake8 gives."""
        # A syntax error's column counts from 1 already when flake8 adds 1.
        before = max(row.column - (2 if row.code == "E999" else 1), 0)
        text = self.line(row.line)
        if text.isascii():
            return before
        line = text.decode(self._encoding, "replace")
        if not _IN_CHARACTERS.fullmatch(row.code):
            before = _characters(line, before)
        return len(line[:before].encode(self._encoding, "replace"))


def _characters(line: str, offset: int) -> int:
    """``offset``, a number of bytes in UTF-8, in characters; itself if it cannot be one."""
    data = line.encode("utf-8", "replace")
    try:
        return len(data[:offset].decode("utf-8")) if offset <= len(data) else offset
    except UnicodeDecodeError:
        return offset


def _encoding(data: bytes) -> str:
    """What flake8 reads a file as: what its first lines say; Latin-1 if that is not true."""
    import io
    import tokenize

    try:
        name, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        data.decode(name)
    except (SyntaxError, UnicodeError, LookupError):
        return "latin-1"
    return "utf-8" if name == "utf-8-sig" else name
