"""Python without what stands in its strings and comments, and the logical lines of it.

The text is not parsed. What is not sure, or needs more than a look, is a `Doubt`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from onex_validators.pattern import pattern
from onex_validators.secrets.names import has_word

_QUOTED = (
    r'"(?:""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    r'|(?!"")[^"\\\r\n]*+(?:\\(?:\r\n|.)[^"\\\r\n]*+)*+")'
)
_OTHERWISE = _QUOTED.translate({ord('"'): "'"})
_LEXEME = pattern(rf"{_QUOTED}|{_OTHERWISE}|#[^\n]*+|\\\r?\n|[\"']".encode(), re.DOTALL)
"""A string, a comment, what joins two lines, or a quote that begins no string."""
_PREFIX = pattern(rb"(?<![\w\x80-\xff])[bBfFrRtTuU]{1,2}\Z")
_FIELD = rb"""\{(?:[^{}"'#\\]|'[^'{}#\\]*+'|"[^"{}#\\]*+"|\{[^{}"'#\\]*+\})*+\}"""
_FIELDS = pattern(rb"(?:[^{}]|\{\{|\}\}|" + _FIELD + rb")*+", re.DOTALL)
"""What a string with fields holds that ends where it seems to: from Python 3.12 on they may have
quotes of its kind in them."""
_QUOTED_IN_FIELD = pattern(rb"\{(?:[^{}]|\{[^{}]*+\})*?[\"']")
_ENCODING = pattern(rb"(?:[^\n]*\n)?[^\n]*coding[:=](?![ \t]*(?:utf[-_]?8|(?:us-)?ascii)\b)", re.I)
_LETTER = "(?:[46][1-9a-fA-F]|[57][0-9aA])"
_HIDDEN = pattern(
    rf"\\(?:(?:x|u00|U000000){_LETTER}|(?:u|U0000)212[aA]|N\{{|1(?:[0-6][0-7]|7[0-2])"
    r"|(?<=[A-Za-z]\\)\r?\n[A-Za-z\\\"'])".encode()
)
"""A letter that is written as its number, or whose word goes on in the next line."""
_JOINED = pattern(rb"'\s*+[rRbBuU]{0,2}\"")
_ENDS = pattern(rb"[A-Za-z][\"']|([\"'])\1")
_GOES_ON = pattern(rb"([\"'])(?:\1\1)?+(?:[A-Za-z]|\\\r?\n|\1)")
_AROUND = 15
"""Bytes on both sides of where two strings meet, in which a word may begin and end."""
_ROUND = bytes.maketrans(b"[]{}", b"()()")
MAY_HOLD_LITERALS = b"$"
"""What no code has: it stands for a string with strings in its fields."""
_LINE_END = pattern(rb"\n|\Z")


class Doubt(Exception):
    """The text is not plain enough to say anything of it."""


def blanked(data: bytes) -> bytes:
    """``data`` without what stands in its comments and strings, each byte in its place.

    A string begins with ``"`` and ends with ``'``, one with fields is blank, brackets are round,
    and lines that a backslash joins are one.
    """
    if not _is_plain(data) or _HIDDEN.search(data):
        raise Doubt
    code: bytes = _LEXEME.sub(_outside, data).translate(_ROUND)
    if any(_hides_word(data, *joint.span()) for joint in _JOINED.finditer(code)):
        raise Doubt
    return code


def _is_plain(data: bytes) -> bool:
    """Whether lines and letters are what they seem to be: Python knows letters by other forms."""
    if data.count(b"\r") != data.count(b"\r\n") or _ENCODING.match(data):
        return False
    try:
        letters = () if data.isascii() else set(data.decode())
    except UnicodeError:
        return False
    forms = (unicodedata.normalize("NFKC", one) for one in letters if not one.isascii())
    return not any(re.search(r"[A-Za-z]", form) for form in forms)


def _outside(lexeme: re.Match[bytes]) -> bytes:
    """What stands in the code for a string, a comment, or a joint."""
    text, start, data = lexeme[0], lexeme.start(), lexeme.string
    if text[0] in b"#\\":
        return b" " * len(text)
    if len(text) == 1:
        raise Doubt
    if data[max(start - 1, 0)] in b"fFtTrR" and re.search(b"[ft]", prefix(data, start)):
        return _formatted(text)
    return b'"' + b" " * (len(text) - 2) + b"'"


def prefix(data: bytes, start: int) -> bytes:
    """The letters before the quote at ``start``, in small ones."""
    found = _PREFIX.search(data[max(start - 3, 0) : start])
    return found[0].lower() if found else b""


def _formatted(text: bytes) -> bytes:
    """What stands for a string with fields, which is no literal, but may have some within."""
    if not _FIELDS.fullmatch(text, 1, len(text) - 1):
        raise Doubt
    has_literals = _QUOTED_IN_FIELD.search(text, 1, len(text) - 1)
    return (MAY_HOLD_LITERALS if has_literals else b" ") * len(text)


def _hides_word(data: bytes, end: int, start: int) -> bool:
    """Whether a word may begin in the string that ends there, and go on in the one behind."""
    ends, goes_on = _ENDS.match(data, end - 1), _GOES_ON.match(data, start - 1)
    if ends is None or goes_on is None:
        return False
    if ends[1] is not None or not goes_on[0][-1:].isalpha():
        return True
    first = goes_on.end() - 1
    around = data[max(end - _AROUND, 0) : end] + data[first : first + _AROUND]
    return has_word(around.decode("latin-1"))


def lines(code: bytes, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the logical lines begin and end that have one of ``places``, which are in order."""
    known = 0
    for at in places:
        if at >= known:
            start = _start(code, known, at)
            known = _end(code, start, at)
            yield start, known


def _start(code: bytes, known: int, at: int) -> int:
    """Where the logical line of ``at`` begins; one ends at ``known``, somewhere before."""
    start = code.rfind(b"\n", known, at) + 1 or known
    depth = _opened(code, known, start)
    while depth > 0 and start > known:
        last, start = start, code.rfind(b"\n", known, start - 1) + 1 or known
        depth -= _opened(code, start, last)
    return start


def _end(code: bytes, start: int, at: int) -> int:
    """Where the logical line ends that begins at ``start`` and has ``at`` in it."""
    last, depth = at, _opened(code, start, at)
    for end in _LINE_END.finditer(code, at):
        depth += _opened(code, last, end.start())
        last = end.start()
        if depth <= 0:
            break
    return last


def _opened(code: bytes, start: int, end: int) -> int:
    """How many more brackets begin there than end."""
    return code.count(b"(", start, end) - code.count(b")", start, end)
