"""What is remembered of files by their content: that their form is final, and their faults.

Each entry is kept under a digest of all that it follows from: the bytes, the path, the settings,
the versions of the tools, of Python and of our own code. So none can be out of date, and a
repository at another place may use them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from onex_tools.cache import digest, unpack_findings

if TYPE_CHECKING:
    from onex_tools.cache import Cache
    from onex_tools.model import Finding

PLACE = "format"
"""The folder in the cache."""
MOST = 400_000
"""Entries that are kept; with more, those that this run did not ask for go."""

FINAL = 0
"""What is known of most files: nothing is to be done, and nothing to be said."""


class Memory:
    """What is known of the files of the tree at ``root``."""

    def __init__(self, cache: Cache, root: str) -> None:
        self._cache = cache
        self._name = f"{PLACE}/{digest(root.encode('utf-8', 'surrogateescape'))[:32]}"
        self._old = self._read()
        self._seen: dict[str, Any] = {}
        self._new = False

    def _read(self) -> dict[str, Any]:
        data = self._cache.get(self._name)
        if data is None:
            newest = self._cache.newest(PLACE)  # of another tree, perhaps a clone of this one
            data = self._cache.get(newest) if newest else None
        try:
            known = json.loads(data or b"{}")
        except (ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}

    def get(self, key: str) -> Any:
        """What is known under ``key``, as JSON has it; None: nothing."""
        if key in self._seen:
            return self._seen[key]
        value = self._old.get(key)
        if value is not None:
            self._seen[key] = value
        return value

    def put(self, key: str, value: Any) -> None:
        """Know ``value`` from now on."""
        self._seen[key] = value
        self._new = True

    def findings(self, key: str, path: str) -> list[Finding] | None:
        """The findings known under ``key`` of the file at ``path``; None where there are none."""
        rows = self.get(key)
        if rows is None:
            return None
        if not rows:
            return []
        try:
            return unpack_findings([(path, row) for row in rows])
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
            return None

    def put_findings(self, key: str, findings: Sequence[Finding]) -> None:
        """Know ``findings`` of the file that ``key`` stands for."""
        self.put(key, [finding.packed() for finding in findings])

    def save(self, *, whole: bool) -> None:
        """Keep what is known; where the ``whole`` tree was looked at, only what it asked for."""
        stale = whole and len(self._old) > 2 * len(self._seen)
        if not (self._new or stale):
            return
        kept = self._seen if whole or len(self._old) > MOST else {**self._old, **self._seen}
        self._cache.put(self._name, json.dumps(kept, separators=(",", ":")).encode())
