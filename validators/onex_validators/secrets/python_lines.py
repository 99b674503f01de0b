"""Lines of Python on which a name may meet its secret, told without parsing the file.

Most files that have a word for a secret hold none: ``self.token = token``, ``def f(key=None)``.
What is not sure is told as one that may.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from onex_tools.api import SourceFile
from onex_validators.pattern import pattern
from onex_validators.secrets.judgement import IN_PROSE, LIVE, LOOSELY, STRICTLY, verdict
from onex_validators.secrets.names import word_places
from onex_validators.secrets.python_code import MAY_HOLD_LITERALS, Doubt, blanked, lines, prefix
from onex_validators.secrets.words import Meaning, meaning

_NAME = pattern(rb"[\w\x80-\xff]+")
_LITERAL = pattern(rb"\"[^']*'(?:\s*+[rRbBuU]{0,2}\"[^']*')*+")
_PIECE = pattern(rb"\"[^']*'")
_ESCAPE = pattern(rb"\\.", re.DOTALL)
_CODED = b"abfvxuUN01234567\r\n"
_MEANT = {rb"\n": b"\n", rb"\r": b"\r", rb"\t": b"\t", rb"\\": b"\\", rb"\'": b"'", rb"\"": b'"'}
WORTH = 200_000
"""Bytes of Python from which a look at the lines is worth its patterns: to parse less is faster."""
_MOST = 100
"""Pairs of a kind and a text on one line that cost less to judge than a file to parse."""


class _Asked:
    """How many bytes this process was asked about."""

    size = 0


def may_hold_one(file: SourceFile) -> bool:
    """Whether a name in ``file`` may have a value that is a secret.

    Both stand on one logical line: the name as a word or a string, the value as a string. Of a file
    that Python does not parse, nothing is said.
    """
    places = file.shared(word_places)
    if not places:
        return False
    _Asked.size += len(file.data)
    if _Asked.size < WORTH:
        return True
    try:
        code = blanked(file.data)
        return any(
            _may_meet(_Line(file.data, code, start, end), _between(places, start, end))
            for start, end in lines(code, places)
        )
    except Doubt:
        return True


def _between(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    return places[bisect_left(places, start) : bisect_left(places, end)]


class _Line:
    """A logical line of ``data``, of which ``code`` is the code."""

    def __init__(self, data: bytes, code: bytes, start: int, end: int) -> None:
        self.data, self.code, self.start, self.end = data, code, start, end
        self.spans = [found.span() for found in _LITERAL.finditer(code, start, end)]
        """Where its literals are, without the prefix of the first piece of each."""

    def words(self) -> set[str]:
        """The names that stand in the code."""
        return {word.decode() for word in _NAME.findall(self.code, self.start, self.end)}

    def ways(self) -> tuple[int, ...]:
        """How a value on this line may be judged."""
        signs = (self.code.find(sign, self.start, self.end) for sign in (b"==", b"!="))
        return (STRICTLY, IN_PROSE) if max(signs) < 0 else (LOOSELY, STRICTLY, IN_PROSE)

    def text(self, start: int, end: int) -> str:
        """What the literal says that stands there.

        Raises:
            Doubt: an escape in it stands for what is not looked up.
        """
        pieces = _PIECE.finditer(self.code, start, end)
        return b"".join(_piece(self.data, *piece.span()) for piece in pieces).decode()


def _piece(data: bytes, start: int, end: int) -> bytes:
    size = 3 if data.startswith((b'"""', b"'''"), start) else 1
    text = data[start + size : end - size]
    if b"\\" not in text or b"r" in prefix(data, start):
        return text
    if any(escape[1] in _CODED for escape in _ESCAPE.findall(text)):
        raise Doubt
    return _ESCAPE.sub(lambda escape: _MEANT.get(escape[0], escape[0]), text)


def _may_meet(line: _Line, places: tuple[int, ...]) -> bool:
    """Whether a name and what is a secret under it may stand on ``line``, with words ``places``.

    Raises:
        Doubt: a literal is written in a way that is not read here.
    """
    if any(line.code[at] in MAY_HOLD_LITERALS for at in places):
        return True
    if not line.spans:
        return False
    named: dict[str, set[str]] = {}
    for said, text in _names(line, places):
        if said is not None:
            named.setdefault(said.kind, set()).add(text)
    if len(named) * len(line.spans) > _MOST:
        return True
    return bool(named) and any(_judged(line, named))


def _names(line: _Line, places: tuple[int, ...]) -> Iterator[tuple[Meaning | None, str]]:
    """What each name on ``line`` says, with the text of the literal that it is, if it is one."""
    words = [(meaning(word), "") for word in line.words()]
    yield from words
    if len(line.spans) == 1 and not any(said for said, _ in words):
        return
    for start, end in line.spans:
        if _between(places, start, end):
            text = line.text(start, end)
            is_bytes = b"b" in prefix(line.data, start)
            yield meaning(f"b'{text}'" if is_bytes else text), text


def _judged(line: _Line, named: dict[str, set[str]]) -> Iterator[bool]:
    """Whether each text of ``line`` is a secret under each kind of name, if it is not that name.

    The words of the name are left out: a value that repeats them is all the less a secret.
    """
    ways = line.ways()
    for text, number in Counter(line.text(*span) for span in line.spans).items():
        for kind, names in named.items():
            if number > 1 or names != {text}:
                yield any(verdict(Meaning(kind, ()), text, how) == LIVE for how in ways)
