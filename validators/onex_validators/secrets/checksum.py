"""Checksums inside tokens: they tell a token from a text that only looks like one, offline.

A failed one lowers the confidence and never drops a finding: tokens in documentation and tests are
often made up, and some issuers have changed their way of counting.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import NamedTuple

from onex_validators.secrets.alphabet import BASE62


class Checksum(NamedTuple):
    """How a token proves itself.

    Attributes:
        holds: whether a token's checksum is right.
        sealed: a made-up token with the right checksum; examples are made with it.
    """

    holds: Callable[[str], bool]
    sealed: Callable[[str], str]


def base62(number: int, width: int) -> str:
    """``number`` in base 62, with zeros before it up to ``width`` digits."""
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = BASE62[rest] + digits
    return digits.rjust(width, BASE62[0])


def _sealed(token: str) -> str:
    start = token.rfind("_") + 1
    body = token[start:-6]
    return token[:start] + body + base62(zlib.crc32(body.encode()), 6)


CRC32_IN_BASE62 = Checksum(lambda token: _sealed(token) == token, _sealed)
"""The last six characters are the CRC-32, in base 62, of those between the last ``_`` and them.

So it is in tokens of GitHub and npm. Source: GitHub's engineering blog on its token formats, 2021.
"""
