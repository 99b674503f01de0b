"""Python without the bodies of its definitions: the text of a file, cut down before it is parsed.

What is left stands in the line and the column that it had. Of all the rest only strings, comments
and lines that begin with ``def``, ``async def``, ``class``, ``@`` or ``__all__`` are looked for.
The keywords may stand in no expression, so that such a line begins a definition wherever it is no
part of a string. Brackets are followed in what is kept, and where it has to be known which blocks
hold a definition.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache, lru_cache

_STAND_IN, _OPENER = b"0", b"if 1:"
"""For a statement, and for what begins a block, where only the place matters."""
_BOM = b"\xef\xbb\xbf"

# Parts of patterns. Each CR has an LF behind it where they are used.
_COMMENT = r"#[^\n]*+"
_JOINT = r"\\\r?\n"
_WORD_ENDS = r"(?![A-Za-z0-9_\x80-\xff])"
_WORD = rf"(?:(?:def|class){_WORD_ENDS}|async[ \t\f]*+(?:\\|def{_WORD_ENDS}))"
_BEGINS = rf"(?:@|{_WORD})"
_ALL = "__all__"
_QUOTED = r"(?:[rRuUbBfFtT]{0,2}+[\"']|\()"
"""What a docstring begins with, which may stand in brackets."""
_NOTHING = rf"[ \t\f]*+(?:{_COMMENT})?+"
"""What a line holds that Python does not see."""
_STRING = (
    r'"(?:""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    r'|(?!"")[^"\\\r\n]*+(?:\\(?:\r\n|.)[^"\\\r\n]*+)*+")'
)
# From Python 3.12 on a field of a string may hold the quotes of that string. These are the strings
# whose fields hold no quotes, or the others around nothing that could end the field.
_FIELD = r"""(?:[^{}"'#\\\r\n]|'[^{}"'\\\r\n]*+'|\{[^{}"'#\\\r\n]*+\})*+"""
_FORMATTED = (
    rf'"(?:""(?:[^"\\{{}}]|\{{\{{|\}}\}}|\\[^{{}}]|"(?!"")|\{{{_FIELD}\}})*+"""'
    rf'|(?!"")(?:[^"\\{{}}\r\n]|\{{\{{|\}}\}}|\\(?:\r\n|[^{{}}])|\{{{_FIELD}\}})*+")'
)
_HAS_FIELDS = r"(?:(?<=[fFtT])|(?<=[fFtT][rR]))"

# Lines as they usually are: brackets in brackets, strings in them that are plain.
_PLAIN = r""""(?!"")[^"\\{\r\n]*+"|'(?!'')[^'\\{\r\n]*+'"""
_CODE = r"[^()\[\]{}\"'#\\\r\n]++"


def _pattern(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode("ascii"), re.DOTALL)


def _in_both_quotes(pattern: str) -> str:
    return pattern + "|" + pattern.translate({ord('"'): "'", ord("'"): '"'})


def _string(version: tuple[int, ...]) -> str:
    """A string from its quotes on; what is before them tells whether it has fields."""
    plain = _in_both_quotes(_STRING)
    if version < (3, 12):
        return f"(?:{plain})"
    formatted = _in_both_quotes(_FORMATTED)
    return f"(?:(?!{_HAS_FIELDS})(?:{plain})|{_HAS_FIELDS}(?:{formatted}))"


@cache
def _skipped(version: tuple[int, ...]) -> re.Pattern[bytes]:
    """All up to the line of a definition, and its ``indent``, or of ``__all__``, or to the end."""
    line = rf"(?:\n|{_JOINT})(?!{_ALL}|[ \t\f]*+{_BEGINS})"
    passed = rf"[^\"'#\n\\]++|{line}|{_string(version)}|{_COMMENT}"
    return _pattern(rf"(?:{passed})*+(?:\Z|\n(?:(?={_ALL})|(?P<indent>[ \t]*+)(?={_BEGINS})))")


@cache
def _marks(version: tuple[int, ...]) -> re.Pattern[bytes]:
    """What tells where lines of code end."""
    return _pattern(rf"{_string(version)}|{_COMMENT}|{_JOINT}|[()\[\]{{}}\n\"']")


@cache
def _plain_line() -> re.Pattern[bytes]:
    """A line of code, its ``code`` without the comment."""
    bracket = "(?!)"
    for _ in range(3):
        within = rf"[^()\[\]{{}}\"'#\\]++|{_PLAIN}|{_COMMENT}|{bracket}"
        bracket = rf"[(\[{{](?:{within})*+[)\]}}]"
    return _pattern(rf"(?P<code>(?:{_CODE}|{_PLAIN}|{bracket})*+)(?:{_COMMENT})?+(?=\r?\n|\Z)")


@lru_cache(maxsize=64)
def _otherwise(indent: bytes) -> re.Pattern[bytes]:
    """A line, in a string or not, that is indented less or otherwise, and not without code."""
    return re.compile(rb"\n(?!" + indent + rb")(?![ \t\f]*+(?:#|\r?(?:\n|\Z)))")


_ABOVE = _pattern(rf"(?:{_NOTHING}\r?\n|{_NOTHING}\Z)*+")
_BELOW = _pattern(
    rf"(?:\r?\n{_NOTHING}(?=\r?\n))*+\r?\n(?P<indent>[ \t]*+)"
    rf"(?:(?={_BEGINS})(?P<definition>)|(?={_QUOTED})(?P<quoted>)|[^#\f\\\r\n])"
)
_DOCSTRING = _pattern(r'[rR]?"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""(?=\r?\n|\Z)')
_INDENT = _pattern(r"[ \t\f]*+(?:#|\r?(?:\n|\Z))|(?P<indent>[ \t]*+)(?![\f\\])")
_DEFINES, _MEMBER, _IS_KEPT = _pattern(_BEGINS), _pattern(_WORD), _pattern(f"{_QUOTED}|{_ALL}")
_OPENS = _pattern(
    rf"(?:async|case|elif|else|except|finally|for|if|match|try|while|with){_WORD_ENDS}"
)


def reduced(data: bytes, version: tuple[int, ...] = sys.version_info[:2]) -> bytes | None:
    """What is to be parsed of ``data`` for its outline; None where that is not sure.

    ``version`` is that of the Python that parses it.
    """
    odd = data.count(b"\r") != data.count(b"\r\n") or b"\0" in data
    if odd or data.startswith(_BOM):
        return None
    try:
        return _Reduction(data, version).text()
    except _Doubt:
        return None


class _Doubt(Exception):
    """The text is not plain enough to be cut down."""


class _Reduction:
    """The text that is left of ``data``, made from its beginning to its end."""

    def __init__(self, data: bytes, version: tuple[int, ...]) -> None:
        self._data, self._version = data, version
        self._pieces: list[bytes] = []
        self._written = self._read = 0
        self._blocks = [b""]
        """The indents of what stands in the open blocks, the module's first."""

    def text(self) -> bytes:
        """The whole text.

        Raises:
            _Doubt: it may not be right.
        """
        skip = _skipped(self._version).match
        self._begin()
        while True:
            found = skip(self._data, self._read)
            if found is None:
                raise _Doubt
            if found["indent"] is not None:
                self._enter(found["indent"], found.start("indent") - 1)
                self._define(found.start("indent"), found["indent"])
            elif found.end() < len(self._data):
                self._export(found.end())
            else:
                return b"".join(self._pieces)

    def _begin(self) -> None:
        """Keep the first statement of the module."""
        data = self._data
        above = _ABOVE.match(data)
        at = above.end() if above else 0
        if data.startswith((b" ", b"\t", b"\f", b"\\"), at):
            raise _Doubt
        if _DEFINES.match(data, at):
            self._define(at, b"")
        elif at < len(data):
            self._first(at, at, kept=bool(_IS_KEPT.match(data, at)))

    def _export(self, at: int) -> None:
        """Keep a statement of the module that is about ``__all__``."""
        if all(end != at - 1 for _, end in self._lines(self._read, at)):
            raise _Doubt  # it goes on in this line
        del self._blocks[1:]
        self._read = self._line(at)[1]
        self._write(at, self._read)

    def _define(self, start: int, indent: bytes) -> None:
        """Keep the definition in the line that begins at ``start``, up to its first statement."""
        at = start + len(indent)
        while self._data.startswith(b"@", at):
            below = self._below(self._line(at)[1])
            if below["indent"] != indent:
                raise _Doubt
            at = below.end("indent")
        if not _MEMBER.match(self._data, at):
            raise _Doubt
        code, end = self._line(at)
        self._write(start, end)
        self._read = end
        if self._data[at:code].rstrip(b" \t\f").endswith(b":"):
            self._enter_body(end, indent)

    def _enter_body(self, end: int, indent: bytes) -> None:
        """Keep the first statement below a header that ends at ``end``."""
        below = self._below(end)
        inner = below["indent"]
        if len(inner) <= len(indent) or not inner.startswith(indent):
            raise _Doubt
        self._blocks.append(inner)
        start, at = below.span("indent")
        if below["definition"] is None:
            self._first(start, at, kept=below["quoted"] is not None)
        else:
            self._read = start - 1

    def _first(self, start: int, at: int, *, kept: bool) -> None:
        """Keep a first statement where it may be a docstring; else something in its place."""
        if kept:
            docstring = _DOCSTRING.match(self._data, at)
            self._read = docstring.end() if docstring else self._line(at)[1]
            self._write(start, self._read)
        else:
            self._write(start, at)
            self._pieces.append(_STAND_IN)
            self._read = at

    def _write(self, start: int, end: int) -> None:
        """Write what is there from ``start`` to ``end``, in its place."""
        self._pieces.append(b"\n" * self._data.count(b"\n", self._written, start))
        self._pieces.append(self._data[start:end])
        self._written = end

    def _below(self, end: int) -> re.Match[bytes]:
        """The line of code below the one that ends at ``end``."""
        found = _BELOW.match(self._data, end)
        if found is None:
            raise _Doubt
        return found

    def _line(self, at: int) -> tuple[int, int]:
        """Where the code ends that stands ``at``, and where its line does."""
        plain = _plain_line().match(self._data, at)
        if plain is not None:
            return plain.end("code"), plain.end()
        for code, end in self._lines(at, len(self._data)):
            return code, end - self._data.endswith(b"\r", at, end)
        raise _Doubt

    def _lines(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Where code and line end, of all lines from ``start`` to ``stop`` that end there."""
        depth, comment = 0, None
        for mark in _marks(self._version).finditer(self._data, start, stop):
            sign = mark[0]
            if sign in b"([{":
                depth += 1
            elif sign in b")]}":
                depth -= 1
            elif sign in (b'"', b"'"):
                raise _Doubt
            elif depth:
                continue
            elif sign == b"\n":
                yield (mark.start() if comment is None else comment), mark.start()
                comment = None
            elif sign.startswith(b"#"):
                comment = mark.start()

    def _enter(self, indent: bytes, stop: int) -> None:
        """Leave the blocks that do not hold what is indented so below ``stop``, enter what does."""
        blocks = self._blocks
        while len(blocks[-1]) > len(indent):
            blocks.pop()
        if not indent:
            return
        plain = blocks[-1] == indent
        if not plain or _otherwise(indent).search(self._data, self._read, stop):
            self._enter_others(indent, stop)

    def _enter_others(self, indent: bytes, stop: int) -> None:
        """Enter blocks that are no definition's.

        Of the lines above, each that is indented less than all below it begins one, and the first
        of these stands in a block that is known.
        """
        openers: list[tuple[int, bytes]] = []
        outer = indent
        for at, own in reversed(list(self._left_out(stop))):
            if len(own) < len(outer):
                openers.append((at, outer))
                outer = own
        while len(self._blocks[-1]) > len(outer):
            self._blocks.pop()
        if self._blocks[-1] != outer:
            raise _Doubt
        for at, inner in reversed(openers):
            self._open(at, inner)

    def _open(self, at: int, inner: bytes) -> None:
        """Let a block begin ``at`` a statement, in which all is indented by ``inner``."""
        outer = self._blocks[-1]
        if not _OPENS.match(self._data, at) or not inner.startswith(outer):
            raise _Doubt
        if at == self._written:
            self._pieces.pop()  # what stands in for this very statement
        else:
            self._write(at - len(outer), at)
        self._pieces.append(_OPENER)
        self._blocks.append(inner)

    def _left_out(self, stop: int) -> Iterator[tuple[int, bytes]]:
        """Place and indent of the statements above ``stop`` that are not kept."""
        data = self._data
        if self._read == self._written and self._pieces and self._pieces[-1] is _STAND_IN:
            yield self._read, data[data.rfind(b"\n", 0, self._read) + 1 : self._read]
        for _, end in self._lines(self._read, stop):
            line = _INDENT.match(data, end + 1, stop)
            if line is None:
                raise _Doubt
            if line["indent"] is not None:
                yield line.end(), line["indent"]
