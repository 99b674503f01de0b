"""What rules of its own recognise: where they find something, the rules on names say nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from onex_tools.api import SourceFile, rules_in
from onex_validators.secrets import authorization, connection, credential_file, url, web_token
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Token

_BEFORE = 160
"""Bytes before a value in which a provider's word may stand."""
_KEYS = re.compile(rb"PRIVATE KEY|LS0tLS1CRUdJTi|PuTTY-User-Key-File")


def is_recognised(file: SourceFile, span: tuple[int, int]) -> bool:
    """Whether a rule on a format of secrets finds one at ``span``."""
    start, end = span
    if any(start < one[1] and one[0] < end for one in file.shared(_spans)):
        return True
    return _KEYS.search(file.data, start, end) is not None or _has_token(file.data, start, end)


def _spans(file: SourceFile) -> tuple[tuple[int, int], ...]:
    return (
        *(one.span for one in file.shared(url.logins)),
        *(one.span for one in file.shared(connection.pairs)),
        *(one.span for one in file.shared(web_token.tokens)),
        *(one.span for one in file.shared(authorization.headers)),
        *(one.span for one in file.shared(credential_file.lines)),
    )


def _has_token(data: bytes, start: int, end: int) -> bool:
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
