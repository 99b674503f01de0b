"""Made-up secrets for the examples of rules, so that none stands in the repository."""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62


def drawn(seed: str, size: int = 24, alphabet: str = BASE62) -> str:
    """A text as a machine draws it, always the same for the same seed."""
    import random

    return "".join(random.Random(seed).choices(alphabet, k=size))
