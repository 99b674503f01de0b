"""JSON, with comments, trailing commas, single quotes, bare keys and template braces too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text

_TOKEN = re.compile(
    rb"""
    (?P<pair>"([^"\\\n]*+)"[ ]*+:[ ]*+(?:"([^"\\\n]*+)"|([\w.+-]++))(?=[ \r\n]*+[,}]))
    | (?P<comment>//[^\n]*+ | \#[^\n]*+ | /\*.*?(?:\*/|\Z))
    | (?P<quoted>"(?:[^"\\\n]|\\.)*+"? | '(?:[^'\\\n]|\\.)*+'?)
    | (?P<word>(?:\{\{[^{}\n]{0,400}+\}\}|[^\s{}\[\],:"'\#/]|/(?![/*]))++)
    | (?P<mark>[{}\[\]:,])
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE = rb"[ \t\r\n]*+"
_TEXT = rb'"(?:[^"\\\n]|\\.)*+"'
_BRACKETS = rb"""(?:
    \{%(SPACE)b(?:%(TEXT)b%(SPACE)b:%(SPACE)b%(ITEM)b%(SPACE)b(?:,%(SPACE)b(?!\})|(?=\})))*+\}
  | \[%(SPACE)b(?:%(ITEM)b%(SPACE)b(?:,%(SPACE)b(?!\])|(?=\])))*+\]
)"""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_JOINED = ("\n", "\r", "\r\n")
_NUMBER = re.compile(r"[-+]?(?:\d[\d.eE+-]*|0[xX][0-9a-fA-F]+|\.\d[\deE+-]*|Infinity|NaN)")
_OPENING = (b"{", b"[")
_KINDS = {"true": "boolean", "false": "boolean", "null": "null"}


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``; what stands outside of any bracket is read as in an object."""
    reader = _Reader(data)
    for token in _TOKEN.finditer(data):
        reader.take(token)
    reader.end_item()
    return reader.found


def near(data: bytes, places: Sequence[int]) -> Sequence[Setting]:
    """Those settings of ``data`` with one of ``places``, in order, in them or in their path.

    There are more: those beside them, those in brackets that are not strict JSON, and the first
    of all.
    """
    reader, at = _Reader(data), 0
    if not places:
        return reader.take_first()
    while at >= 0:
        at = reader.take_near(at, places)
    reader.end_item()
    return reader.found


def unescaped(text: str) -> str:
    r"""``text`` with the escapes of JSON and JavaScript resolved (``\n``, ``\u0041``)."""
    if "\\" not in text:
        return text
    return one_character(_ESCAPE.sub(_character, text))


def one_character(text: str) -> str:
    """``text`` with the pairs of surrogates in it as the characters that they stand for."""
    return _PAIR.sub(_joined_pair, text)


def _character(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2]
    if digits:
        return chr(int(digits, 16))
    return "" if escape[3] in _JOINED else _ESCAPED.get(escape[3], escape[3])


def _joined_pair(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _brackets(depth: int) -> bytes:
    """A pattern of strict JSON in brackets, with others in it down to some depth."""
    inner = b"|" + _brackets(depth - 1) if depth else b""
    item = rb"(?:%b|[\w.+-]++%b)" % (_TEXT, inner)
    return _BRACKETS % {b"SPACE": _SPACE, b"TEXT": _TEXT, b"ITEM": item}


@cache
def _complete() -> re.Pattern[bytes]:
    """A pattern of brackets that can be passed over, with the comma that leads to them."""
    lead = b"(?:%b,%b)?+" % (_SPACE, _SPACE)
    return re.compile(lead + _brackets(2), re.VERBOSE)


class _Scalar(NamedTuple):
    """A word or a quoted text: where it stands, and what it is quoted with."""

    start: int
    end: int
    quote: str


class _Level:
    """One open bracket: what leads to it, whether its items have keys, how many there were.

    ``is_whole`` says that nothing in it may be passed over.
    """

    __slots__ = ("count", "has_keys", "is_whole", "path")

    def __init__(self, path: tuple[str | int, ...], has_keys: bool) -> None:
        self.path, self.has_keys, self.count, self.is_whole = path, has_keys, 0, False


class _Reader:
    """Reads token by token; what is missing (a comma, a bracket, a colon) is passed over."""

    def __init__(self, data: bytes) -> None:
        self.found: list[Setting] = []
        self._data = data
        self._levels = [_Level((), True)]
        self._open_with = {True: 0, False: 0}
        self._key: _Scalar | None = None
        self._value: _Scalar | None = None

    def take(self, token: re.Match[bytes]) -> None:
        """Read the next token."""
        group = token.lastgroup
        if group == "pair":
            self._pair(token)
        elif group == "mark":
            self._mark(token[0])
        elif group != "comment":
            self._scalar(*token.span())

    def take_first(self) -> Sequence[Setting]:
        """Read until there is a setting: that one, or none."""
        for token in _TOKEN.finditer(self._data):
            self.take(token)
            if self.found:
                break
        self.end_item()
        return self.found[:1]

    def take_near(self, at: int, places: Sequence[int]) -> int:
        """Read on from ``at`` until brackets are passed over; where to go on, or -1."""
        for token in _TOKEN.finditer(self._data, at):
            if token[0] not in _OPENING:
                self.take(token)
                continue
            key, is_whole = self._key, self._levels[-1].is_whole
            if not is_whole and key is not None:
                is_whole = _next(places, key.start) < key.end
            if not is_whole and self.found:
                end = self._pass_over(token.start(), _next(places, token.start()))
                if end:
                    return end
            self.take(token)
            self._levels[-1].is_whole = is_whole
        return -1

    def _pass_over(self, at: int, to: int) -> int:
        """Pass over the brackets at ``at``, and those that follow, before ``to``: up to where."""
        match, data, count, end = _complete().match, self._data, 0, 0
        to = min(to, len(data))
        passed = match(data, at, to)
        while passed is not None:
            count, end = count + 1, passed.end()
            passed = match(data, end, to)
        if count:
            if self._value is not None:
                self.end_item()  # a comma is missing
            self._levels[-1].count += count
            self._key = None
        return end

    def end_item(self) -> None:
        """What was read since the last item is one: note it, if it has a value."""
        level, key, value = self._levels[-1], self._key, self._value
        self._key = self._value = None
        if value is None or (level.has_keys and key is None):
            return
        path = self._path(level, key)
        level.count += 1
        text = self._text(value)
        kind = "string" if value.quote else _kind(text)
        place = Span(value.start, value.end)
        key_place = Span(key.start, key.end) if key is not None else Span(value.start, value.start)
        self.found.append(Setting(path, text, place, key_place, kind, value.quote))

    def _pair(self, token: re.Match[bytes]) -> None:
        """A key and its value in one token, without escapes: nearly all of JSON."""
        level = self._levels[-1]
        value = 3 if token.start(3) >= 0 else 4
        if not level.has_keys or self._key is not None or len(level.path) >= MAX_DEPTH:
            self._scalar(token.start(), token.end(2) + 1)
            self._mark(b":")
            self._scalar(token.start(value) - (value == 3), token.end())
            return
        self._value = None
        text = as_text(token[value])
        kind, quote = ("string", '"') if value == 3 else (_kind(text), "")
        path = (*level.path, as_text(token[2]))
        level.count += 1
        self.found.append(
            Setting(path, text, Span(*token.span(value)), Span(*token.span(2)), kind, quote)
        )

    def _scalar(self, start: int, end: int) -> None:
        """A word, or a text with its quotes, that may become a key or a value."""
        if self._value is not None:
            self.end_item()  # a comma is missing
        quote = self._data[start : start + 1]
        if quote in b"\"'":
            closed = end - start > 1 and self._data[end - 1 : end] == quote
            self._value = _Scalar(start + 1, end - closed, quote.decode())
        else:
            self._value = _Scalar(start, end, "")

    def _mark(self, mark: bytes) -> None:
        if mark == b":":
            if self._levels[-1].has_keys and self._key is None:
                self._key, self._value = self._value, None
        elif mark == b",":
            self.end_item()
        elif mark in b"{[":
            if self._value is not None:
                self.end_item()
            self._open(mark == b"{")
        else:
            self.end_item()
            self._close(mark == b"}")

    def _open(self, has_keys: bool) -> None:
        level = self._levels[-1]
        self._levels.append(_Level(self._path(level, self._key), has_keys))
        self._open_with[has_keys] += 1
        level.count += 1
        self._key = None

    def _close(self, has_keys: bool) -> None:
        """Back to the level around the nearest open bracket of this form, if there is one."""
        while self._open_with[has_keys]:
            closed = self._levels.pop().has_keys
            self._open_with[closed] -= 1
            if closed == has_keys:
                return

    def _path(self, level: _Level, key: _Scalar | None) -> tuple[str | int, ...]:
        if len(level.path) >= MAX_DEPTH or (level.has_keys and key is None):
            return level.path
        return (*level.path, self._text(key) if key is not None else level.count)

    def _text(self, scalar: _Scalar) -> str:
        text = as_text(self._data[scalar.start : scalar.end])
        return unescaped(text) if scalar.quote else text


def _next(places: Sequence[int], at: int) -> int:
    """The first of ``places`` from ``at`` on; what is behind all, if there is none."""
    number = bisect_left(places, at)
    return places[number] if number < len(places) else 1 << 62


def _kind(word: str) -> str:
    return _KINDS.get(word) or ("number" if _NUMBER.fullmatch(word) else "string")
