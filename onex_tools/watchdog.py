"""A time limit on every check, without a system call per check."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any

TICK = 0.5
"""Seconds between looks; a check is stopped at most this much after its limit."""


class CheckTimeout(BaseException):
    """Raised inside a check that ran out of time; not an Exception, so none swallows it."""


class Watchdog:
    """Raises CheckTimeout in whatever check is running when its time is over.

    ``begin()`` before a check costs an assignment. The timer's handler runs between byte codes and
    inside ``re``; other C code that never looks for signals cannot be interrupted. Off the main
    thread there are no signals, so there is no limit.
    """

    def __init__(self, seconds: float) -> None:
        self._limit = max(1, round(seconds / TICK))
        self._ticks = 0
        self._begun: int | None = None
        self._before: Any = None

    def __enter__(self) -> Watchdog:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGALRM, self._tick)
            signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._begun = None
        if self._before is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)

    def begin(self) -> None:
        """A check starts now."""
        self._begun = self._ticks

    def end(self) -> None:
        """No check runs until the next ``begin``."""
        self._begun = None

    def _tick(self, _number: int, _frame: FrameType | None) -> None:
        self._ticks += 1
        if self._begun is not None and self._ticks - self._begun > self._limit:
            self._begun = self._ticks
            raise CheckTimeout
