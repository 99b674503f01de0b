"""Made-up secrets, so that none stands in the repository."""

from __future__ import annotations

import random

from onex_validators.secrets.alphabet import BASE62, HEX

BASE64_URL = BASE62 + "-_"


def drawn(seed: str, size: int = 24, alphabet: str = BASE62) -> str:
    """A text that a machine drew, with a digit, a small and a capital letter in it."""
    text = "".join(random.Random(seed).choices(alphabet, k=size - 3))
    return f"{text}4xQ" if alphabet == BASE62 else text + alphabet[10:12] + alphabet[3]


def number(seed: str, size: int = 40) -> str:
    """A number in base 16."""
    return "".join(random.Random(seed).choices(HEX, k=size))


ON = "SEC001,SEC002,SEC003,SEC004,SEC005,SEC006,SEC010,SEC011,SEC020,SEC021,SEC022,SEC110"
"""The rules that are no experiment; previews run if they are named."""
