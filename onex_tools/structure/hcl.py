"""HCL, the language of Terraform: attributes in blocks, maps and lists, here-documents."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from onex_tools.model import Span
from onex_tools.structure.json import unescaped
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text

Path = tuple[str | int, ...]

_GAP = re.compile(rb"(?:[\s,;)]++|\#[^\r\n]*+|//[^\r\n]*+|/\*.*?(?:\*/|\Z))*+", re.DOTALL)
_SPACE = re.compile(rb"[ \t]*+")
_KEY = re.compile(
    rb"""(?:"((?:[^"\\\r\n]|\\.)*+)"|([^\s"=:,;\#{}\[\]()]++))[ \t]*+(?:=(?![=>])|:(?!:))"""
)
_JUNK = re.compile(rb"""[^\s"=:,;\#{}\[\]()]++|"(?:[^"\\\r\n]|\\.)*+"?""")
_BLOCK = re.compile(rb"""[\w.-]++((?:[ \t]++(?:"[^"\r\n]*+"|[\w.-]++))*+)[ \t]*+(\{?)""")
_LABEL = re.compile(rb"""[\w.-]++|"[^"\r\n]*+\"""")
_SIMPLE = re.compile(rb'"((?:[^"\\$%\r\n]|\\[^\r\n]|[$%](?!\{))*+)"')
_OPEN = re.compile(rb'"((?:[^"\\\r\n]|\\[^\r\n])*+)"?')
_TEMPLATE = re.compile(rb'\\[^\r\n]|[$%]\{|["{}\r\n]')
_DOCUMENT = re.compile(rb"<<(-?)[\"']?([\w-]++)[\"']?[ \t]*+\r?\n")
_WORD = re.compile(
    rb"""(?: "(?:[^"\\\r\n]|\\[^\r\n])*+" | \([^()\r\n{}]{0,400}+\) | \[[^\[\]\r\n{}]{0,400}+\]
      | [^\s"\#,{}\[\]()/] | /(?![/*]) | [ \t]++(?![\#\r\n]|//|/\*) )++""",
    re.VERBOSE,
)
_AFTER = re.compile(rb"[ \t]*+(?=[\r\n,}\]);\#]|//|/\*|\Z)")
_NUMBER = re.compile(r"-?\d[\d.]*(?:[eE][-+]?\d+)?")
_KINDS = {"true": "boolean", "false": "boolean", "null": "null"}


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``; types and labels of blocks lead to their attributes.

    Expressions and interpolations stay in the value as they are written. The ``default`` of a
    variable is noted a second time under the name of the variable.
    """
    reader = _Reader(data)
    reader.read()
    return reader.found


class _Level:
    """One open bracket: what leads to it, whether its items have keys, how many there were."""

    __slots__ = ("count", "has_keys", "path")

    def __init__(self, path: Path, has_keys: bool) -> None:
        self.path, self.has_keys, self.count = path, has_keys, 0


class _Reader:
    """Reads item by item: an attribute, a block, a value of a list, or a closing bracket."""

    def __init__(self, data: bytes) -> None:
        self.found: list[Setting] = []
        self._data = data
        self._levels = [_Level((), True)]
        self._plain_until = 0
        self._documents = True
        self._called: tuple[Path, Span | None] | None = None

    def read(self) -> None:
        """Read all items."""
        at, data = 0, self._data
        while True:
            at = _end(_GAP, data, at)
            if at >= len(data):
                return
            mark = data[at : at + 1]
            if mark in (b"}", b"]"):
                self._close(mark == b"}")
                self._called = None
                at += 1
            elif self._called is not None:
                (path, key), self._called = self._called, None
                at = self._value(path, key, at)
            elif self._levels[-1].has_keys:
                at = self._attribute(at)
            else:
                level = self._levels[-1]
                level.count += 1
                at = self._value(_below(level.path, level.count - 1), None, at)

    def _attribute(self, at: int) -> int:
        """Read an attribute, or open a block; where that ends, after ``at`` in any case."""
        level, key = self._levels[-1], _KEY.match(self._data, at)
        if key is not None:
            group = key.lastindex or 1
            name = unescaped(as_text(key[group]))
            at = _end(_SPACE, self._data, key.end())
            return self._value(_below(level.path, name), Span(*key.span(group)), at)
        block = _BLOCK.match(self._data, at)
        if block is None:
            if self._data[at : at + 1] == b"{":
                self._levels.append(_Level(level.path, True))
            return max(at + 1, _end(_JUNK, self._data, at))
        if block[2]:
            path = level.path
            for label in _LABEL.findall(block[0])[:MAX_DEPTH]:
                path = _below(path, as_text(label.strip(b'"')))
            self._levels.append(_Level(path, True))
        return block.end()

    def _value(self, path: Path, key: Span | None, at: int) -> int:
        """Read the value at ``at``, or open its bracket; where that ends."""
        data = self._data
        mark = data[at : at + 1]
        if mark in (b"{", b"["):
            self._levels.append(_Level(path, mark == b"{"))
            return at + 1
        if mark == b'"':
            start, end, after = self._string(at)
            if _AFTER.match(data, after) is not None:
                text = as_text(data[start:end])
                text = text if "${" in text or "%{" in text else unescaped(text)
                self._add(Setting(path, text, Span(start, end), _place(key, start), "string", '"'))
                return after
        document = _DOCUMENT.match(data, at) if mark == b"<" else None
        end = self._document(path, key, document) if document is not None else 0
        return end or self._expression(path, key, at)

    def _expression(self, path: Path, key: Span | None, at: int) -> int:
        """Read a word or an expression up to the end of its line or a bracket."""
        word = _WORD.match(self._data, at)
        if word is None:
            return at if self._data[at : at + 1] in b"\r\n" else at + 1
        if self._data[word.end() : word.end() + 1] == b"(":
            self._called = path, key  # what the function is given, an object maybe
            return word.end() + 1
        text = as_text(word[0].rstrip())
        place = Span(at, at + len(word[0].rstrip()))
        kind = _KINDS.get(text) or ("number" if _NUMBER.fullmatch(text) else "string")
        self._add(Setting(path, text, place, _place(key, at), kind))
        return word.end()

    def _document(self, path: Path, key: Span | None, document: re.Match[bytes]) -> int:
        """Read a here-document; where it ends, or 0 if it does not."""
        if not self._documents:
            return 0
        line = re.compile(rb"(?<=\n)[ \t]*+" + re.escape(document[2]) + rb"[ \t]*+(?=[\r\n]|\Z)")
        end = line.search(self._data, document.end())
        if end is None:
            self._documents = False
            return 0
        place = Span(document.end(), end.start())
        text = as_text(self._data[slice(*place)]).replace("\r\n", "\n")
        text = textwrap.dedent(text) if document[1] else text
        self._add(Setting(path, text, place, _place(key, place.start), "string", "|"))
        return end.end()

    def _string(self, at: int) -> tuple[int, int, int]:
        """Where the text of the string at ``at`` begins and ends, and where the string does."""
        simple = _SIMPLE.match(self._data, at)
        if simple is not None:
            return *simple.span(1), simple.end()
        end = self._end_of_template(at) if at >= self._plain_until else 0
        if end:
            return at + 1, end - 1, end
        opened = _OPEN.match(self._data, at)
        assert opened is not None, "it begins with a quote"
        return *opened.span(1), opened.end()

    def _end_of_template(self, at: int) -> int:
        """The end of a string with strings in its interpolations; 0 if it is none on its line."""
        opened: list[bytes] = []
        for token in _TEMPLATE.finditer(self._data, at):
            mark, inner = token[0], opened[-1] if opened else b""
            if mark in b"\r\n":
                self._plain_until = token.start()
                return 0
            if mark == b'"' and inner == b'"':
                opened.pop()
                if not opened:
                    return token.end()
            elif mark == b"}" and inner == b"{":
                opened.pop()
            elif mark == b'"' or (mark[-1:] == b"{" and (inner == b"{" or len(mark) == 2)):
                opened.append(mark[-1:])
        self._plain_until = len(self._data)
        return 0

    def _add(self, setting: Setting) -> None:
        self.found.append(setting)
        path = setting.path
        if len(path) == 3 and path[0] == "variable" and path[2] == "default":
            self.found.append(setting._replace(path=path[:2]))

    def _close(self, has_keys: bool) -> None:
        """Back to the level around the nearest open bracket of this form."""
        while len(self._levels) > 1 and self._levels.pop().has_keys != has_keys:
            pass


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    match = pattern.match(data, at)
    return at if match is None else match.end()


def _place(key: Span | None, at: int) -> Span:
    return key if key is not None else Span(at, at)


def _below(path: Path, part: str | int) -> Path:
    return (*path, part) if len(path) < MAX_DEPTH else path
