"""How random a text is: whether a machine drew it, or a person wrote it."""

from __future__ import annotations

import math
import re
from collections import Counter

from onex_validators.pattern import pattern
from onex_validators.secrets.words import listed

_LETTERS = pattern(r"[A-Za-z]{2,}")
_PIECE = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^A-Za-z0-9_.\-]")
_REPEATED = pattern(r"(.{3,10}?)\1{2}")
_HEX = pattern(r"(?:0x)?(?:[0-9a-f]+|[0-9A-F]+)")
_NO_TOKEN = pattern(r"[\s<>{}()\"'`\\,;|]|://")
_PAIRS = listed(
    "ab ac ad ag ai al am an ap ar as at au ba be bi bl bo br bu ca ce ch ci ck cl co cr ct cu"
    " da de di do dr ds du ea ec ed ee ef eg ei el em en ep er es et ev ew ex ey fa fe ff fi fl"
    " fo fr fu ge gh gi gl gn go gr gs gu ha he hi ho ht ia ic id ie if ig il im in io ip ir is"
    " it iv iz ke ki la ld le lf li ll lo ls lt lu ly ma mb me mi mo mp mu na nc nd ne nf ng ni"
    " nk no ns nt nu oa ob oc od of og oi ok ol om on oo op or os ot ou ov ow pa pe ph pi pl po"
    " pp pr ps pt pu qu ra rc rd re rg ri rk rl rm rn ro rr rs rt ru rv ry sa sc se sh si sk sl"
    " so sp ss st su sw ta te th ti to tr ts tt tu tw ty ub uc ud ue ul um un up ur us ut va ve"
    " vi wa we wh wi wn wo wr xp ye za ze"
)
"""Pairs of letters that make up most of what people write."""
_SPOKEN = 0.66
"""Of the pairs in a text that people wrote so many are common; of drawn letters, a third are."""


def entropy(text: str) -> float:
    """Shannon's entropy of the characters of ``text``, in bits each."""
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in Counter(text).values()) if size else 0.0


def is_spoken(text: str) -> bool:
    """Whether the letters of ``text`` follow each other as those of words do."""
    return _spoken_part(text) >= _SPOKEN


def _spoken_part(text: str) -> float:
    """How many of the pairs of letters in ``text`` are common, from 0 to 1."""
    pairs = [
        word[i : i + 2].lower() for word in _LETTERS.findall(text) for i in range(len(word) - 1)
    ]
    return sum(pair in _PAIRS for pair in pairs) / len(pairs) if pairs else 0.0


def is_hex(text: str) -> bool:
    """Whether ``text`` is a number in base 16, written in letters of one case."""
    return _HEX.fullmatch(text) is not None


def is_random(text: str, shortest: int = 12) -> bool:
    """Whether ``text`` was drawn by a machine, as far as one can see.

    It is long enough, has no white space, many different characters, and changes between capital
    and small letters and digits more often than words with a number do.
    """
    body = text.rstrip("=")
    if len(body) < shortest or _NO_TOKEN.search(text) or _REPEATED.search(body):
        return False
    if is_hex(body):
        return len(body) >= 16 and entropy(body) >= 2.8 and not body.isalpha()
    if body.isdigit() or entropy(body) < _needed(len(body)):
        return False
    if is_spoken(body) and _is_plain(body):
        return False
    return _restlessness(body) >= 0.3 or _is_unspoken(body)


def _needed(size: int) -> float:
    """The entropy that a drawn text of ``size`` characters has nearly always."""
    return min(3.6, 0.82 * math.log2(size))


def _restlessness(text: str) -> float:
    """Pieces (words, numbers, signs) for each character: words are long pieces."""
    return len(_PIECE.findall(text)) / len(text)


def _is_unspoken(text: str) -> bool:
    """Whether ``text`` is letters of one case and digits that make no words."""
    mixed = re.search(r"[0-9]", text) and re.search(r"[A-Za-z]", text)
    return bool(mixed) and text.isalnum() and _spoken_part(text) < 0.45


def _is_plain(text: str) -> bool:
    """Whether there are no digits between the letters."""
    return re.search(r"[A-Za-z][0-9]+[A-Za-z]", text) is None
