"""Which of many texts and words a file holds, found in one pass over its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

MANY = 12
"""Texts; fewer are looked for one by one."""
WORTH = 40_000
"""Bytes looked at one text at a time before a pattern of all texts is worth its compilation."""

_END = -1
_SMALL = bytes(range(256)).lower()
_JOINTS = b"_-. "
"""What words of one name are joined by."""


def folded(data: bytes) -> bytes:
    """``data`` in small letters and without what joins words: ``API_KEY`` is ``apikey``."""
    return data.translate(_SMALL, _JOINTS)


class Needles:
    """Looks for ``texts`` in one file after the other."""

    def __init__(self, texts: Collection[bytes]) -> None:
        self._texts = frozenset(texts)
        self._looked_at = 0
        self._pattern: re.Pattern[bytes] | None = None
        self._longer: dict[bytes, tuple[bytes, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._texts)

    def among(self, data: bytes) -> Callable[[bytes], bool]:
        """What tells of one of the texts whether ``data`` holds it."""
        if len(self._texts) < MANY:
            return _one_by_one(data)
        if self._pattern is None:
            self._looked_at += len(data)
            if self._looked_at < WORTH:
                return _one_by_one(data)
            self._pattern = self._compiled()
        return frozenset(self._held(self._pattern, data)).__contains__

    def _compiled(self) -> re.Pattern[bytes]:
        """The pattern of those texts that begin with no other of them."""
        shortest: list[bytes] = []
        for text in sorted(self._texts):
            if shortest and text.startswith(shortest[-1]):
                self._longer[shortest[-1]] = (*self._longer.get(shortest[-1], ()), text)
            else:
                shortest.append(text)
        return re.compile(_alternatives(_tree(shortest)))

    def _held(self, pattern: re.Pattern[bytes], data: bytes) -> Iterator[bytes]:
        search, longer = pattern.search, self._longer
        found = search(data)
        while found is not None:
            text, at = found[0], found.start()
            yield text
            for more in longer.get(text, ()):
                if data.startswith(more, at):
                    yield more
            found = search(data, at + 1)


def _one_by_one(data: bytes) -> Callable[[bytes], bool]:
    known: dict[bytes, bool] = {}

    def holds(text: bytes) -> bool:
        if text not in known:
            known[text] = text in data
        return known[text]

    return holds


def _tree(texts: Iterable[bytes]) -> dict[int, Any]:
    """The texts by their first byte, and so on; none begins with another."""
    root: dict[int, Any] = {}
    for text in texts:
        branch = root
        for byte in text:
            branch = branch.setdefault(byte, {})
        branch[_END] = {}
    return root


def _alternatives(branch: dict[int, Any]) -> bytes:
    """A pattern of all that a tree holds; what begins alike is tried once."""
    if _END in branch:
        return b""
    parts = [re.escape(bytes([byte])) + _alternatives(below) for byte, below in branch.items()]
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"
