"""Where in a file names stand that speak of a secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onex_tools.api import SourceFile
from onex_validators.secrets.pattern import pattern
from onex_validators.secrets.words import Meaning, meaning

WORDS = (
    *("pass", "pwd", "pw", "psw", "secret", "token", "api key", "key", "cred", "auth", "jwt"),
    *("bearer", "kennwort", "contrasena", "senha", "mdp", "wachtwoord", "haslo", "parola"),
)
"""A file that names a secret has one of these words."""
_OF_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.$"
_NAME_END = pattern(r"[\w\-]{0,80}")
_LONGEST = 60
"""Characters of a name before the word in it that speaks of a secret."""


class Name(NamedTuple):
    """A name by its first character and the one behind it, and what it says of its value."""

    start: int
    end: int
    meaning: Meaning


def around(text: str, at: int) -> tuple[int, int]:
    """Where the name begins and ends that has the character ``at`` of ``text`` in it."""
    head = text[max(at - _LONGEST, 0) : at]
    end = _NAME_END.match(text, at)
    return at - (len(head) - len(head.rstrip(_OF_NAMES))), end.end() if end else at


def letters(file: SourceFile) -> str:
    """The bytes of ``file``, each as one character."""
    return file.data.decode("latin-1")


def word_places(file: SourceFile) -> tuple[int, ...]:
    """Where one of ``WORDS`` begins."""
    return tuple(sorted({at for word in WORDS for at in file.mentions(word)}))


def names(file: SourceFile) -> tuple[Name, ...]:
    """The names in ``file`` that speak of a secret."""
    return tuple(_names(file))


def _names(file: SourceFile) -> Iterator[Name]:
    text, done = file.shared(letters), 0
    for at in file.shared(word_places):
        if at >= done:
            start, done = around(text, at)
            said = meaning(text[start:done])
            if said is not None:
                yield Name(start, done, said)
