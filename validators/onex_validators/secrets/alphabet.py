"""The characters that tokens are written in."""

from __future__ import annotations

import re

DIGITS = "0123456789"
LOWER = "abcdefghijklmnopqrstuvwxyz"
UPPER = LOWER.upper()
HEX = DIGITS + "abcdef"
ANY_HEX = HEX + "ABCDEF"
UPPER_HEX = DIGITS + "ABCDEF"
BASE32 = UPPER + "234567"
LOWER_BASE32 = BASE32.lower()
BECH32 = "023456789ACDEFGHJKLMNPQRSTUVWXYZ"
"""The characters of bech32, in capital letters: without 1, B, I, O."""
LOWER_ALNUM = DIGITS + LOWER
UPPER_ALNUM = DIGITS + UPPER
BASE62 = DIGITS + UPPER + LOWER
"""Digits, then capital letters, then small ones: the order in which base 62 counts."""
BASE58 = "".join(c for c in BASE62 if c not in "0OIl")
WORD = BASE62 + "_"
URL_SAFE = BASE62 + "_-"
BASE64 = BASE62 + "+/"

_RUNS = (DIGITS, UPPER, LOWER)


def character_class(alphabet: str) -> str:
    """A regular expression's class of the characters of ``alphabet``."""
    left, text = set(alphabet), ""
    for run in _RUNS:
        if left.issuperset(run):
            text += f"{run[0]}-{run[-1]}"
            left -= set(run)
    return f"[{text}{''.join(re.escape(c) for c in sorted(left))}]"
