"""Values that stand for a secret and are none: they are to be replaced by whoever reads them."""

from __future__ import annotations

import itertools
import re

from onex_validators.pattern import pattern
from onex_validators.secrets.words import listed

_SAID = pattern(r"(?i)example|placeholder|changeme|redacted|dummy|your[_-]?|x{6}|\*{4}")
_FEW = 5
"""Different characters that a real token of some length has more of."""
_COUNTED = 7
"""Steps from one character to the next of the alphabet that nobody draws in a row."""
_WORDS = listed(
    "a abc abcd abcdef active add admin all any anonymous auto automatic bar basic bearer baz"
    " blank bool boolean bytes change changeit changeme clear config custom default demo"
    " disabled dummy empty enabled encrypted env environment example fake false file fill"
    " filtered fixme foo foobar generate generated guest hash hashed here hidden ignore in"
    " inherit input insert int internal invalid key local login manual masked me missing mock my"
    " n na name new nil no none null number off on oauth optional or password passphrase passwd"
    " pass placeholder plain prompt public pwd qwerty random redacted removed replace required"
    " root sample sanitized secret secrets set some something static string system tbd temp test"
    " testing text the this todo token true type undefined unknown unset unused user username"
    " value xyz yes your api apikey token tokens api apikey mot"
)
"""Words of which a value that says nothing is made."""
_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]+")
_MARKED = pattern(
    r"(?i)[<\[(][^<>\n]{0,80}[>\])]|x+|\*+|\.+|-+|_+|#+|\?+|0+|1+|n/?a|12345\d*|1234|"
    r"(?:your|my|insert|enter|put|replace|change|fill|add|paste|type)[-_ .]?(?:your|me|with|the|in|"
    r"my|here|it|this|a)?[-_ .].{0,80}|.{0,60}[-_ ](?:here|goes|go|placeholder|example)|"
    r".{0,20}(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this)|placeholder|redacted|dummy|"
    r"fixme|todo|example|xxxx|fake|\*\*\*|\.\.\.|<[a-z_ -]{1,30}>).{0,60}"
)
_MADE_UP = pattern(r"(?i)^\d{0,9}12345678\d{0,9}$|^abcdefgh\w{0,20}$|#{4}|(.{3,10}?)\1{2}")
"""What people type where a machine would draw: rows of the keyboard, the same again and again."""


def is_made_up(body: str) -> bool:
    """Whether ``body``, a token without the mark of its format, only fills a place."""
    return bool(_SAID.search(body)) or len(set(body)) < min(_FEW, len(body))


def is_counted(body: str) -> bool:
    """Whether many characters of ``body`` follow each other as they do in the alphabet."""
    steps = [ord(b) - ord(a) == 1 for a, b in itertools.pairwise(body)]
    runs = (sum(1 for _ in run) for rising, run in itertools.groupby(steps) if rising)
    return max(runs, default=0) >= _COUNTED


def is_placeholder(value: str, words: tuple[str, ...] = ()) -> bool:
    """Whether ``value`` fills the place of a secret: ``changeme``, ``<token>``, ``xxxx``.

    Args:
        value: what stands in the place.
        words: those of the name before it: a value of nothing but these stands for itself.
    """
    text = value.strip(" \"'`")
    if "EXAMPLE" in text or (len(text) < 60 and _MARKED.fullmatch(text)):
        return True  # a machine does not draw that word: 62 ** 7
    if _MADE_UP.search(text) or len(set(text)) < 3 or not re.search(r"[^\W_]", text):
        return True
    if re.search(r"[^A-Za-z0-9_\-. :,!]", text):
        return False
    said = [word.lower() for word in _WORD.findall(re.sub(r"([a-z])([A-Z])", r"\1 \2", text))]
    digits = sum(c.isdigit() for c in text)
    if not said or digits > 1:
        return False
    return tuple(said) == words or all(word in _WORDS for word in said)
