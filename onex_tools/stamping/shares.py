"""Many files planned and written by several processes at once, each its share of the batches."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from onex_tools.process import new_context

if TYPE_CHECKING:
    from onex_tools.stamping.files import Outcome

MOST = 8
"""Processes that write at once; more wait for the same disk."""

Batch = Sequence[str]
Work = Callable[[Batch], "list[Outcome]"]


def shares() -> int:
    """How many processes are worth it here; 1 where none can be split off this one."""
    if sys.platform != "linux":
        return 1  # elsewhere a process starts anew, and would have to be told all that is known
    return min(MOST, len(os.sched_getaffinity(0)))


def in_shares(work: Work, batches: Sequence[Batch], processes: int) -> Iterator[list[Outcome]]:
    """What ``work`` gives for each of ``batches``, in their order, without the files' bytes.

    Where a process is lost, what is left of its share is done here: a batch done twice is done.
    """
    hands = [_Hand(work, batches[number::processes]) for number in range(processes)]
    try:
        for number, batch in enumerate(batches):
            done = hands[number % processes].next()
            yield work(batch) if done is None else done
    finally:
        for hand in hands:
            hand.end()


class _Hand:
    """A process with a share of the batches."""

    def __init__(self, work: Work, share: Sequence[Batch]) -> None:
        context = new_context()
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(theirs, work, share), daemon=True)
        self._process.start()
        theirs.close()

    def next(self) -> list[Outcome] | None:
        """The outcomes of its next batch; None if it was lost."""
        try:
            outcomes: list[Outcome] = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return outcomes

    def end(self) -> None:
        """Let go of it, done or not: each file has its old bytes or its new ones."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _do(pipe: Any, work: Work, share: Sequence[Batch]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    try:
        for batch in share:
            pipe.send([outcome.without_bytes() for outcome in work(batch)])
    except BaseException:
        os._exit(1)
    os._exit(0)
