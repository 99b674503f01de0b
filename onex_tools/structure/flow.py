"""The flow collections of YAML, ``[a, b]`` and ``{a: b}``, on one line or on several."""

from __future__ import annotations

import re
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.structure import scalars
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    rb"""
    (?P<space>[ \t\n]++)
    | (?P<comment>\#[^\n]*+)
    | (?P<quoted>"(?:[^"\\]++|\\.)*+" | '(?:[^']++|'')*+')
    | (?P<open>["'][^\n,\]}]*+)
    | (?P<property>[&!][^\s,\[\]{}]*+)
    | (?P<key>\?(?=\s))
    | (?P<word>(?!:)(?:[^\s,\[\]{}:]++|\{\{[^{}\n]{0,400}+\}\}|:(?![\s,\[\]{}])
        |[ \t]++(?=[^\s,\[\]{}:\#]|\{\{[^{}\n]{0,400}+\}\}))++)
    | (?P<mark>[{}\[\],:])
    """,
    re.VERBOSE | re.DOTALL,
)
_FOREIGN = re.compile(rb"\n([ \t]*+)(?:-[ ]|[\w.\"'/-]++:(?=\s)|(---|\.\.\.)(?<=\n...)(?=\s))")


def is_over(data: bytes, start: int, end: int, indent: int) -> bool:
    """Whether a line begins between the places that nothing inside of quotes can hold.

    It has a key or an item that is not indented more than ``indent``, or it ends the document.
    """
    if data.find(b"\n", start, end) < 0:
        return False
    lines = _FOREIGN.finditer(data, start, end)
    return any(len(line[1]) <= indent or line[2] is not None for line in lines)


class _Scalar(NamedTuple):
    """A scalar as it is written: where it stands, and what it is quoted with."""

    start: int
    end: int
    quote: bytes


class _Level:
    """One open bracket: what leads to it, whether its items have keys, how many there were."""

    __slots__ = ("count", "has_keys", "path")

    def __init__(self, path: Path, has_keys: bool) -> None:
        self.path, self.has_keys, self.count = path, has_keys, 0


class Flow:
    """Reads one collection token by token; what is missing (a comma, a bracket) is passed over."""

    def __init__(self, written: bytes, data: bytes, document: int) -> None:
        r"""``data`` is ``written`` with ``\n`` at the end of all lines."""
        self.found: list[Setting] = []
        self._written, self._data, self._document = written, data, document
        self._levels: list[_Level] = []
        self._open_with = {True: 0, False: 0}
        self._key: _Scalar | None = None
        self._value: _Scalar | None = None
        self._tag = ""
        self._is_joined = False
        self._last = b""

    def read(self, at: int, path: Path, indent: int) -> int:
        """Read the collection that begins at ``at``; where it ends.

        It ends too before a line that is not indented more than ``indent`` and begins an item or
        a key of the block around it.
        """
        self._open(path, self._data[at : at + 1] == b"{")
        at += 1
        while self._levels:
            token = _TOKEN.match(self._data, at)
            if token is None or self._is_over(token, indent):
                break
            if token.lastgroup == "quoted" and is_over(self._data, *token.span(), indent):
                at = self._unclosed(at)
                continue
            self._take(token)
            at = token.end()
        while self._levels:
            self._close(self._levels[-1].has_keys)
        return at

    def _is_over(self, token: re.Match[bytes], indent: int) -> bool:
        if token.lastgroup != "space" or b"\n" not in token[0]:
            return False
        if self._levels[-1].has_keys and self._last in (b",", b"{"):
            return False
        start = self._data.rindex(b"\n", token.start(), token.end())
        line = _FOREIGN.match(self._data, start)
        return line is not None and (len(line[1]) <= indent or line[2] is not None)

    def _unclosed(self, at: int) -> int:
        """Read a quoted text that is not closed: it ends with its line."""
        end = self._data.find(b"\n", at)
        self._scalar(at + 1, end, self._data[at : at + 1])
        return end

    def _take(self, token: re.Match[bytes]) -> None:
        group, (start, end) = token.lastgroup, token.span()
        if group == "space":
            return
        if group == "mark":
            self._mark(token[0])
        elif group == "quoted":
            self._scalar(start + 1, end - 1, token[0][:1])
        elif group == "open":
            self._scalar(start + 1, start + len(token[0].rstrip()), token[0][:1])
        elif group == "word":
            self._word(start, end)
        elif group == "property" and token[0][:1] == b"!":
            self._tag = as_text(token[0])
        self._is_joined = group == "word"
        self._last = token[0][:1]

    def _word(self, start: int, end: int) -> None:
        """A plain text, or one more line of it."""
        value = self._value
        if self._is_joined and value is not None:
            self._value = value._replace(end=end)
        else:
            self._scalar(start, end, b"")

    def _scalar(self, start: int, end: int, quote: bytes) -> None:
        if self._value is not None:
            self._end_item()  # a comma is missing
        self._value = _Scalar(start, max(start, end), quote)
        self._is_joined = not quote

    def _mark(self, mark: bytes) -> None:
        if mark == b":":
            if self._key is None:
                self._key, self._value = self._value or _Scalar(0, 0, b""), None
                self._tag = ""
        elif mark == b",":
            self._end_item()
        elif mark in b"{[":
            if self._value is not None:
                self._end_item()
            level = self._levels[-1]
            self._open(self._path(level, self._key), mark == b"{")
            level.count += 1
        else:
            self._end_item()
            if self._open_with[mark == b"}"]:
                self._close(mark == b"}")

    def _open(self, path: Path, has_keys: bool) -> None:
        self._levels.append(_Level(path, has_keys))
        self._open_with[has_keys] += 1
        self._key, self._tag = None, ""

    def _close(self, has_keys: bool) -> None:
        """Back to the level around the nearest open bracket of this form."""
        self._end_item()
        while self._levels:
            closed = self._levels.pop().has_keys
            self._open_with[closed] -= 1
            if closed == has_keys:
                return

    def _end_item(self) -> None:
        """What was read since the last item is one: note it, if it has a key or a value."""
        level, key, value, tag = self._levels[-1], self._key, self._value, self._tag
        self._key, self._value, self._tag = None, None, ""
        if key is None and level.has_keys:
            key, value = value, None
        if key is None and value is None and not tag:
            return
        path = self._path(level, key)
        level.count += 1
        last = value or key
        end = min(last.end + len(last.quote), len(self._data)) if last is not None else 0
        value = value or _Scalar(end, end, b"")
        text, style = self._text(value), value.quote.decode()
        place = Span(value.start, value.end)
        key_place = Span(key.start, key.end) if key is not None else Span(place.start, place.start)
        kind = scalars.kind(text, style, tag)
        self.found.append(
            Setting(path, text, place, key_place, kind, style, tag, "", self._document)
        )

    def _path(self, level: _Level, key: _Scalar | None) -> Path:
        """The path of an item; a key in a list is one of a mapping with this key alone."""
        path = level.path
        if len(path) < MAX_DEPTH and not level.has_keys:
            path = (*path, level.count)
        if len(path) < MAX_DEPTH and key is not None:
            path = (*path, self._text(key))
        return path

    def _text(self, scalar: _Scalar) -> str:
        text = as_text(self._written[scalar.start : scalar.end])
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return scalars.value(text, scalar.quote.decode())
