"""Shell scripts: the statements that assign, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.model import Span
from onex_tools.structure.setting import Setting, as_text

_NAME = rb"([A-Za-z_]\w*+)\+?=(?!\()"
_DECLARED = rb"(?:(?:export|readonly|local|declare|typeset)[ \t]++(?:-\w++[ \t]++)*+)?+"
_NEXT = re.compile(
    rb"(?:(?:^|[;&|({`\n]|\b(?:then|do|else)(?=\s))[ \t]*+" + _DECLARED + _NAME + rb")"
    rb"|<<(-?)[ \t]*+(?:\\|([\"']))?(\w++)(?(3)[\"'])"
    rb"|(?:^|(?<=[\s;]))\#[^\r\n]*+"
)
_MORE = re.compile(rb"[ \t]++" + _NAME)
_BARE = rb"""(?: [^\s"'\\;&|()<>$\{] | \\(?:\r\n|.) | \{\{[^{}\r\n]{0,400}+\}\}
    | \$\{[^{}\r\n]{0,400}+\} | \$\([^()\r\n]{0,400}+\) | \$(?!') | \{ )"""
_WORD = re.compile(
    rb"""(?: "(?:[^"\\]|\\.)*+" | \$'(?:[^'\\]|\\.)*+' | '[^']*+' | %b++)*+""" % _BARE,
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(
    r"""(?P<double>"(?:[^"\\]|\\.)*+"?)|(?P<ansi>\$'(?:[^'\\]|\\.)*+'?)|(?P<single>'[^']*+'?)"""
    r"""|\\(?P<escaped>\r\n|.)""",
    re.DOTALL,
)
_DOUBLE = re.compile(r'\\(?:\r?\n|(["\\$`]))')
_ANSI = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f"}
_LINE_END = re.compile(rb"\r\n?|\n|\Z")


def scan(data: bytes) -> Sequence[Setting]:
    """The assignments of ``data``: ``NAME=value``, several in a row, behind ``export`` too.

    What commands are given is no setting, nor is a here-document. References (``$A``,
    ``${A:-b}``, ``$(command)``) stay in the value as they are written.
    """
    found: list[Setting] = []
    reader = _Reader(data, found)
    at = 0
    while (token := _NEXT.search(data, at)) is not None:
        if token[1] is not None:
            at = reader.assignment(token)
        elif token[4] is not None:
            at = reader.end_of_document(token)
        else:
            at = token.end()
    return found


class _Reader:
    """Reads words, and remembers what does not end, so that it is not looked for again."""

    def __init__(self, data: bytes, found: list[Setting]) -> None:
        self._data, self._found = data, found
        self._unclosed = False
        self._documents = True

    def assignment(self, token: re.Match[bytes]) -> int:
        """Note an assignment and those that follow it directly; where the last ends."""
        more: re.Match[bytes] | None = token
        end = token.end()
        while more is not None:
            start, end = more.end(), self._end_of_word(more.end())
            text, place, style = value_of(self._data, start, end)
            key = Span(*more.span(1))
            self._found.append(Setting((as_text(more[1]),), text, place, key, "string", style))
            more = _MORE.match(self._data, end)
        return end

    def end_of_document(self, token: re.Match[bytes]) -> int:
        """Where the here-document ends; if it does not, where its sign does."""
        if self._documents:
            tabs = rb"\t*+" if token[2] else rb""
            line = rb"(?<=\n)" + tabs + re.escape(token[4]) + rb"(?=\r?\n|\Z)"
            end = re.compile(line).search(self._data, token.end())
            if end is not None:
                return end.end()
            self._documents = False
        return token.end()

    def _end_of_word(self, at: int) -> int:
        word = None if self._unclosed else _WORD.match(self._data, at)
        if word is not None and self._data[word.end() : word.end() + 1] not in (b'"', b"'"):
            return word.end()
        if word is not None:
            self._unclosed = True  # the quote at its end has no second one in the whole rest
        return self._end_in_line(at)

    def _end_in_line(self, at: int) -> int:
        """The end of the word, where a quote that is open in this line ends with it."""
        line_end = _LINE_END.search(self._data, at)
        assert line_end is not None, "the end of the file ends a line"
        word = _WORD.match(self._data, at, line_end.start())
        end = at if word is None else word.end()
        return line_end.start() if self._data[end : end + 1] in (b'"', b"'") else end


def value_of(data: bytes, start: int, end: int) -> tuple[str, Span, str]:
    """What the shell makes of the word at ``start``: its value, its place, and its quote or ""."""
    text = as_text(data[start:end])
    if not any(mark in text for mark in "\"'\\"):
        return text, Span(start, end), ""
    whole = _PIECE.fullmatch(text)
    value = _PIECE.sub(_plain, text)
    if whole is None or whole["escaped"]:
        return value, Span(start, end), ""
    quote = text[-1] if len(text) > 1 and text[-1] == text[0].replace("$", "'") else ""
    inner = Span(start + 1 + (text[0] == "$"), end - bool(quote))
    return value, inner, text[0].replace("$", "'")


def unescaped_double(text: str) -> str:
    """The text between double quotes without the backslashes that the shell takes off."""
    return _DOUBLE.sub(lambda escape: escape[1] or "", text)


def unescaped_ansi(text: str) -> str:
    """The text of ``$'..'`` with its escapes resolved."""
    return _ANSI.sub(_character, text)


def _plain(piece: re.Match[str]) -> str:
    text = piece[0]
    if piece["double"]:
        return unescaped_double(text[1:-1] if len(text) > 1 and text[-1] == '"' else text[1:])
    if piece["ansi"]:
        return unescaped_ansi(text[2:].removesuffix("'"))
    if piece["single"]:
        return text[1:].removesuffix("'")
    return "" if piece["escaped"][-1] == "\n" else piece["escaped"]


def _character(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2]
    if digits:
        return chr(int(digits, 16))
    if escape[3]:
        return chr(int(escape[3], 8))
    return _LETTERS.get(escape[4], escape[4])
