"""Where in a file names stand that speak of a secret."""

from __future__ import annotations

from functools import lru_cache

from onex_tools.api import SourceFile
from onex_validators.pattern import pattern

WORDS = (
    *("pass", "pwd", "pw", "psw", "secret", "token", "api key", "key", "cred", "auth", "jwt"),
    *("bearer", "masterauth", "kennwort", "contrasena", "senha", "mdp", "wachtwoord"),
    *("haslo", "parola"),
)
"""A file that names a secret has one of these words."""
_WORDS = frozenset(WORDS)
_ANY = pattern("(?i)" + "|".join({word.rpartition(" ")[2] for word in WORDS}))
_OF_NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.$"
_NAME_END = pattern(r"[\w\-]{0,80}")
_BESIDE = (b"val", b"default", b"string")
_OF_A_VALUE = pattern(rb"(?:ue)?[\"']?\s*+:")
"""Keys of values under a name that stands beside them, and what follows these keys."""
_MARKED = pattern(rb"\?\s")
"""The mark before a key of any form."""
_LONGEST = 60
"""Characters of a name before the word in it that speaks of a secret."""


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
    held = file.found.among(frozenset(), _WORDS)[1]
    return tuple(sorted({at for word in held for at in file.mentions(word)}))


def values_stand_beside(file: SourceFile) -> bool:
    """Whether, in YAML or JSON, a value may have its name beside it, or before it behind ``?``."""
    if _MARKED.search(file.data) is not None:
        return True
    data = file.data.lower()
    for word in _BESIDE:
        at = data.find(word)
        while at >= 0:
            if _OF_A_VALUE.match(data, at + len(word)):
                return True
            at = data.find(word, at + 1)
    return False


@lru_cache(maxsize=10_000)
def has_word(text: str) -> bool:
    """Whether one of ``WORDS`` stands in ``text``, the name of something: files repeat them."""
    return _ANY.search(text) is not None
