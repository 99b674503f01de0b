"""TOML: tables, dotted keys, all four strings; broken lines and template braces are passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text

Path = tuple[str | int, ...]

_PART = rb"""(?:"(?:[^"\\\r\n]|\\.)*+"|'[^'\r\n]*+'|[^\s=.,"'\#\[\]{}]++)"""
_NAMES = rb"(%b(?:[ \t]*+\.[ \t]*+%b)*+)[ \t]*+" % (_PART, _PART)
_TEMPLATE = rb"\{\{[^{}\r\n]{0,400}+\}\}"
_PAIR = re.compile(
    rb"""[ \t]*+([\w-]++)[ \t]*+=[ \t]*+(?:"([^"\\\r\n]*+)"|'([^'\r\n]*+)'|([\w.+:-]++))"""
    rb"[ \t]*+(?:\#[^\r\n]*+)?(?:\r\n?|\n|\Z)"
)
_KEY = re.compile(rb"[ \t]*+" + _NAMES + rb"=(?!=)")
_HEADER = re.compile(rb"[ \t]*+\[(\[?)[ \t]*+" + _NAMES + rb"\]\]?(?=[ \t]*+(?:[\#\r\n]|\Z))")
_NEXT_TABLE = re.compile(rb"\[\[?[A-Za-z_][\w.-]*+\]\]?[ \t]*+(?:[\#\r\n]|\Z)")
_PARTS = re.compile(_PART)
_JUNK = re.compile(_NAMES)
_BLANK = re.compile(rb"(?:[ \t\r\n]++|\#[^\r\n]*+)++")
_GAP = re.compile(rb"(?:[ \t\r\n,]++|\#[^\r\n]*+)*+")
_SPACE = re.compile(rb"[ \t]*+")
_REST = re.compile(rb"[^\r\n]*+(?:\r\n?|\n|\Z)")
_LONG = {
    b'"""': re.compile(rb'"""((?:[^"\\]|\\.|"(?!""))*+"{0,2})"""', re.DOTALL),
    b"'''": re.compile(rb"'''((?:[^']|'(?!''))*+'{0,2})'''"),
}
_QUOTED = re.compile(rb""""((?:[^"\\\r\n]|\\.)*+)"?|'([^'\r\n]*+)'?""")
_WORD = re.compile(rb"""\d{4}-\d\d-\d\d[ ]\d\d:[\w:.+-]++|(?:%b|[^\s,\[\]{}"'\#=])++""" % _TEMPLATE)
_LINE = re.compile(rb"(?:%b|[^\r\n\#])*+" % _TEMPLATE)
_ESCAPE = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|U(00[01][0-9a-fA-F]{5})|x([0-9a-fA-F]{2})|([ \t]*\n[ \t\n]*)|(.))",
    re.DOTALL,
)
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"'}
_ESCAPED |= {"\\": "\\"}
_NUMBER = re.compile(
    r"[-+]?(?:\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d[\d_]*)?|inf|nan"
    r"|0x[\da-fA-F_]+|0o[0-7_]+|0b[01_]+)"
)


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``, each table of an array with its number in the path."""
    reader = _Reader(data)
    reader.read()
    return reader.found


def unescaped(text: str) -> str:
    r"""``text`` with TOML's escapes resolved; what is none (``\U`` of ``C:\Users``) stays."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2] or escape[3]
    if digits:
        code = int(digits, 16)
        return chr(code) if code < 0x110000 else escape[0]
    return "" if escape[4] else _ESCAPED.get(escape[5], escape[0])


class _Key(NamedTuple):
    """What leads to a value, and where its last part stands."""

    path: Path
    place: Span | None


class _Level:
    """One open bracket: what leads to it, whether its items have keys, how many there were."""

    __slots__ = ("count", "has_keys", "path")

    def __init__(self, path: Path, has_keys: bool) -> None:
        self.path, self.has_keys, self.count = path, has_keys, 0


class _Reader:
    """Reads statement by statement, and the items of open brackets one by one."""

    def __init__(self, data: bytes) -> None:
        self.found: list[Setting] = []
        self._data = data
        self._table: Path = ()
        self._tables: dict[Path, int] = {}
        self._levels: list[_Level] = []
        self._unclosed: set[bytes] = set()

    def read(self) -> None:
        """Read all statements."""
        at, data = 0, self._data
        while at < len(data):
            pair = _PAIR.match(data, at)
            if pair is None:
                at = self._statement(at)
                continue
            group = pair.lastindex or 0
            text = as_text(pair[group])
            path = _below(self._table, as_text(pair[1]))
            kind, style = ("string", " \"'"[group - 1]) if group < 4 else (_kind(text), "")
            place, key = Span(*pair.span(group)), Span(*pair.span(1))
            self.found.append(Setting(path, text, place, key, kind, style))
            at = pair.end()

    def _statement(self, at: int) -> int:
        """Read a table's header or a key with its value, or pass over a line; where it ends."""
        blank = _BLANK.match(self._data, at)
        if blank is not None:
            return blank.end()
        header = _HEADER.match(self._data, at)
        if header is not None:
            self._open_table(header)
            return header.end()
        key = _KEY.match(self._data, at)
        if key is None:
            return _end(_REST, self._data, at)
        end = self._value(self._key(self._table, key), key.end())
        return self._items(end)

    def _open_table(self, header: re.Match[bytes]) -> None:
        """What follows belongs to the table, or to the next or last of an array of tables."""
        path: Path = ()
        names = [_name(part) for part in _PARTS.findall(header[2])[: MAX_DEPTH // 2]]
        for nth, name in enumerate(names, 1):
            path = (*path, name)
            if header[1] and nth == len(names):
                self._tables[path] = self._tables.get(path, -1) + 1
            if path in self._tables:
                path = (*path, self._tables[path])
        self._table = path

    def _key(self, path: Path, key: re.Match[bytes]) -> _Key:
        last = None
        for last in _PARTS.finditer(self._data, *key.span(1)):
            path = _below(path, _name(last[0]))
        assert last is not None, "the key's expression asks for one part at least"
        quoted = last[0][:1] in b"\"'"
        return _Key(path, Span(last.start() + quoted, last.end() - quoted))

    def _value(self, key: _Key, at: int) -> int:
        """Read the text or the word at ``at``, or open the bracket there; where it ends."""
        at = _end(_SPACE, self._data, at)
        mark = self._data[at : at + 1]
        if mark == b"[" or (mark == b"{" and self._data[at + 1 : at + 2] != b"{"):
            self._levels.append(_Level(key.path, mark == b"{"))
            return at + 1
        if mark in (b'"', b"'"):
            return self._quoted(key, at)
        word = (_WORD if self._levels else _LINE).match(self._data, at)
        if word is None:
            return at
        written = word[0].rstrip()
        if written:
            text = as_text(written)
            self._add(key, text, Span(at, at + len(written)), _kind(text))
        return word.end()

    def _quoted(self, key: _Key, at: int) -> int:
        quote = self._data[at : at + 3]
        token = None
        if quote in _LONG and quote not in self._unclosed:
            token = _LONG[quote].match(self._data, at)
            if token is None:
                self._unclosed.add(quote)  # nor is any that follows
        if token is None:
            token = _QUOTED.match(self._data, at)
            quote = quote[:1]
        assert token is not None, "a quote begins a text"
        group = token.lastindex or 1
        text = as_text(token[group])
        if len(quote) == 3:
            text = text.replace("\r\n", "\n").removeprefix("\n")
        if quote[:1] == b'"':
            text = unescaped(text)
        self._add(key, text, Span(*token.span(group)), "string", quote.decode())
        return token.end()

    def _items(self, at: int) -> int:
        """Read the items of all open brackets; where the last of these ends."""
        data = self._data
        while self._levels and at < len(data):
            gap = _end(_GAP, data, at)
            if self._is_over(at, gap):
                self._levels.clear()
                return gap
            at = gap
            if data[at : at + 1] in (b"]", b"}"):
                self._close(data[at : at + 1] == b"}")
                at += 1
            else:
                at = self._item(at)
        return at

    def _item(self, at: int) -> int:
        """Read an item of the innermost bracket; where it ends, after ``at`` in any case."""
        level = self._levels[-1]
        if level.has_keys:
            key = _KEY.match(self._data, at)
            if key is None:
                return max(_end(_JUNK, self._data, at), at + 1)
            return self._value(self._key(level.path, key), key.end())
        end = self._value(_Key(_below(level.path, level.count), None), at)
        level.count += end > at
        return max(end, at + 1)

    def _is_over(self, at: int, gap: int) -> bool:
        """Whether the line after the white space is one that no bracket can hold."""
        if self._data.find(b"\n", at, gap) < 0:
            return False
        if _NEXT_TABLE.match(self._data, gap):
            return True
        return not self._levels[-1].has_keys and _KEY.match(self._data, gap) is not None

    def _close(self, has_keys: bool) -> None:
        """Back to the level around the nearest open bracket of this form."""
        while self._levels and self._levels.pop().has_keys != has_keys:
            pass

    def _add(self, key: _Key, text: str, place: Span, kind: str, style: str = "") -> None:
        key_place = key.place or Span(place.start, place.start)
        self.found.append(Setting(key.path, text, place, key_place, kind, style))


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    """Where the match ends of a pattern that matches anywhere."""
    match = pattern.match(data, at)
    return at if match is None else match.end()


def _below(path: Path, part: str | int) -> Path:
    return (*path, part) if len(path) < MAX_DEPTH else path


def _name(part: bytes) -> str:
    if part[:1] == b'"':
        return unescaped(as_text(part[1:-1]))
    return as_text(part[1:-1] if part[:1] == b"'" else part)


def _kind(word: str) -> str:
    if word in ("true", "false"):
        return "boolean"
    return "number" if _NUMBER.fullmatch(word) else "string"
