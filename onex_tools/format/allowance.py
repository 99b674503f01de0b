"""How long a repository's own patterns may be matched: some of them would take for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 2.0
"""How long a processor may be busy with the patterns of one configuration."""
MORE = 0.001
"""What each path adds to it, many times what a sound pattern needs."""


class Spent(BaseException):
    """Nothing is left of an allowance; not an Exception, so none swallows it."""


class Allowance:
    """Processor time for matching, shared by all paths of one configuration.

    ``re`` looks for signals while it searches, so it can be stopped. Off the main thread there are
    no signals, and no limit.
    """

    def __init__(self) -> None:
        self._left = SECONDS

    @contextmanager
    def spend(self) -> Iterator[None]:
        """Stop what is done inside when nothing is left.

        Raises:
            Spent: nothing was left.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGVTALRM, _stop)
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, self._left)
            yield
        finally:
            try:
                left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                self._left = left + MORE
            finally:
                signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Spent
