"""XML: attributes, the text of elements, and pairs of a key and a value; unclosed tags too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onex_tools.model import Span
from onex_tools.structure.setting import MAX_DEPTH, Setting, as_text

_TOKEN = re.compile(
    rb"""
    (?P<text>[^<]++)
    | </(?P<close>[^\s<>]++)[^<>]*+>?
    | <(?P<open>[^\s<>/!?="']++)
      (?P<attributes>(?:[^<>"'/]|"[^"<]*+"|'[^'<]*+'|["']|/(?!>))*+)(?P<empty>/?)>?
    | <!--.*?(?:-->|\Z)
    | <!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
    | <[!?][^<>]*+>?
    | <
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rb"""(?<![^\s"'/])([^\s=<>"'/]++)\s*+=\s*+(?:"([^"<]*+)"?|'([^'<]*+)'?|([^\s"'<>]++))"""
)
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_BREAK = re.compile(r"\r\n?|\n|\t")
_KEYS = frozenset({b"key", b"name"})
_VALUES = frozenset(b"value string integer real date data dict array".split())


def scan(data: bytes) -> Sequence[Setting]:
    """The settings of ``data``, without the white space around texts.

    A value has the path of its elements, then the name of its attribute. In an element with the
    attributes ``key`` or ``name`` and ``value``, and of the elements ``<key>`` or ``<name>`` and
    ``<value>`` (in property lists ``<string>`` and others) beside each other, the value's path
    ends in what the key says.
    """
    reader = _Reader(data)
    for token in _TOKEN.finditer(data):
        reader.take(token)
    reader.end_text()
    return reader.found


def unescaped(text: str) -> str:
    """``text`` with the character references and the five entities that XML has resolved."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    if entity[3]:
        return _ENTITIES[entity[3]]
    code = int(entity[1]) if entity[1] else int(entity[2], 16)
    return chr(code) if code < 0x110000 else entity[0]


class _Level:
    """One open element: its tag, what leads to it, and a key that waits for the next element."""

    __slots__ = ("key", "key_place", "path", "place", "tag")

    def __init__(self, tag: bytes, path: tuple[str | int, ...], place: Span) -> None:
        self.tag, self.path, self.place = tag, path, place
        self.key: str | None = None
        self.key_place = place


class _Reader:
    """Reads tag by tag; a text ends with the next tag."""

    def __init__(self, data: bytes) -> None:
        self.found: list[Setting] = []
        self._levels = [_Level(b"", (), Span(0, 0))]
        self._open_with: Counter[bytes] = Counter()
        self._data = data
        self._texts: list[tuple[Span, str]] = []

    def take(self, token: re.Match[bytes]) -> None:
        """Read the next token."""
        group = token.lastgroup
        if group == "text":
            written = token[0].strip()
            if written or self._texts:
                start = token.start() + len(token[0]) - len(token[0].lstrip())
                text = unescaped(as_text(token[0]))
                self._texts.append((Span(start, start + len(written)), text))
        elif group == "cdata":
            self._texts.append((Span(*token.span("cdata")), as_text(token["cdata"])))
        elif group == "close":
            self.end_text()
            self._close(token["close"])
        elif group is not None:
            self.end_text()
            self._open(token)

    def end_text(self) -> None:
        """The text of an element is whole: note it, if there is any."""
        texts, self._texts = self._texts, []
        level = self._levels[-1]
        text = "".join(part for _, part in texts).replace("\r\n", "\n").strip()
        if not text or len(self._levels) == 1:
            return
        spans = [span for span, part in texts if part.strip()] or [texts[0][0]]
        place = Span(spans[0].start, spans[-1].end)
        self.found.append(Setting(level.path, text, place, level.place))
        if _local(level.tag) in _KEYS:
            self._levels[-2].key, self._levels[-2].key_place = text, place

    def _open(self, tag: re.Match[bytes]) -> None:
        above, name, place = self._levels[-1], tag["open"], Span(*tag.span("open"))
        part = as_text(name)
        if above.key is not None and _local(name) not in _KEYS:
            if _local(name) in _VALUES:
                part, place = above.key, above.key_place
            above.key = None
        level = _Level(name, _below(above.path, part), place)
        if tag["attributes"]:
            self._attributes(level, tag)
        if not tag["empty"]:
            self._levels.append(level)
            self._open_with[name] += 1

    def _attributes(self, level: _Level, tag: re.Match[bytes]) -> None:
        """Note the attributes; a ``value`` beside a ``key`` or ``name`` has that for its name."""
        settings = [
            _attribute(level.path, one)
            for one in _ATTRIBUTE.finditer(self._data, *tag.span("attributes"))
        ]
        key = next((one for one in settings if _is(one, "key")), None)
        key = key or next((one for one in settings if _is(one, "name")), None)
        for one in settings:
            if key is not None and _is(one, "value"):
                one = one._replace(path=_below(level.path, key.value), key_span=key.span)
            self.found.append(one)

    def _close(self, name: bytes) -> None:
        """Back to the element around the nearest open one of this name, if there is one."""
        while self._open_with[name] > 0:
            closed = self._levels.pop().tag
            self._open_with[closed] -= 1
            if closed == name:
                return


def _attribute(path: tuple[str | int, ...], one: re.Match[bytes]) -> Setting:
    group = one.lastindex or 2
    text = unescaped(_BREAK.sub(" ", as_text(one[group])))
    style = ('"', "'", "")[group - 2]
    where = Span(*one.span(group)), Span(*one.span(1))
    return Setting(_below(path, as_text(one[1])), text, *where, "string", style)


def _is(attribute: Setting, name: str) -> bool:
    return attribute.key.lower() == name and attribute.value != ""


def _below(path: tuple[str | int, ...], part: str) -> tuple[str | int, ...]:
    return (*path, part) if len(path) < MAX_DEPTH else path


def _local(name: bytes) -> bytes:
    """The name without its namespace, in small letters."""
    return name.rpartition(b":")[2].lower()
