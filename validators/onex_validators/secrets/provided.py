"""Whether a provider's rule finds a token at a place: then the others say nothing there."""

from __future__ import annotations

from functools import lru_cache

from onex_tools.api import rules_in
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Token

_BEFORE = 160
"""Bytes before a value in which a provider's word may stand."""


def has_token(data: bytes, start: int, end: int) -> bool:
    """Whether a provider's token overlaps the bytes from ``start`` to ``end``."""
    first = max(start - _BEFORE, 0)
    window = data[first : end + 2]
    for token in _tokens():
        if any(anchor.encode() in window for anchor in token.anchors):
            for hit in token.hits(window):
                if hit.span.end > start - first and hit.span.start < end - first:
                    return True
    return False


@lru_cache(1)
def _tokens() -> tuple[Token, ...]:
    rules = rules_in("onex_validators.secrets.providers")
    return tuple(
        token for rule in rules if issubclass(rule, ProviderToken) for token in rule.tokens
    )
