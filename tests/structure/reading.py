"""What the tests of the scanners share."""

from __future__ import annotations

import json
from typing import Any

from onex_tools.api import Setting
from onex_tools.structure.scan import settings
from tests.conftest import no_hang

MANY = 25_000
Leaf = tuple[tuple[str | int, ...], str]


def scan(name: str, text: str | bytes, kind: str | None = None) -> list[Setting]:
    """The settings of a file called ``name``."""
    from onex_tools.kinds import kind_of_name

    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return list(settings(name, kind or kind_of_name(name), data))


def scan_many(name: str, piece: str, *, before: str = "", kind: str | None = None) -> list[Setting]:
    """The settings of a file with so many pieces that a look back from each would be a hang.

    A scan takes a second at most; a loop over all that was read, for each piece, takes fifteen.
    """
    with no_hang(10):
        return scan(name, before + piece * MANY, kind)


def pairs(name: str, text: str | bytes) -> dict[str, str]:
    """The values by their path as people write it."""
    return {found.dotted: found.value for found in scan(name, text)}


def written(name: str, text: str) -> list[tuple[str, str]]:
    """Each setting's key and value as their bytes stand in the file."""
    data = text.encode()
    return [
        (data[slice(*found.key_span)].decode(), data[slice(*found.span)].decode())
        for found in scan(name, text)
    ]


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[Leaf]:
    """The scalars of parsed data with their paths, as JSON writes them."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for at, item in enumerate(value) for leaf in leaves(item, (*path, at))]
    return [(path, value if isinstance(value, str) else json.dumps(value))]
