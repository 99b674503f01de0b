"""A line on the terminal that says how far a long run is; gone when the run is done."""

from __future__ import annotations

import time
from typing import TextIO

DELAY = 0.7
"""Seconds before the line appears: a short run shows nothing."""


class Progress:
    """Call it with (done, all)."""

    def __init__(self, stream: TextIO, doing: str = "checking") -> None:
        self._stream, self._doing = stream, doing
        self._begun = time.monotonic()
        self._shown = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Show ``done`` of ``total`` files, at most ten times a second."""
        now = time.monotonic()
        if done >= total:
            if self._shown:
                self._stream.write("\r\x1b[K")
                self._stream.flush()
            return
        if now - self._begun < DELAY or now - self._shown < 0.1:
            return
        self._shown = now
        self._stream.write(f"\r\x1b[K{self._doing} files {done:,} of {total:,}")
        self._stream.flush()
