"""Checks in processes of their own: several at once where that pays, foreign ones always.

A process that dies or hangs takes one check of one file with it, and the parent knows which.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from onex_tools.cache import Row
from onex_tools.filepass import FilePass, Job, failed_row
from onex_tools.plans import Planner
from onex_tools.watchdog import Watchdog

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Task = tuple[str, Row | None, int]
WORTH_BYTES = 1_500_000
"""Below this much to read, about 0.3 s of work, a second process costs more than it saves."""
CHUNK_BYTES = 400_000
SAMPLE = 16
"""Of so many files the first is judged before there are processes: they start with what it needs,
rules imported and patterns compiled."""
SMALL = 100_000
"""Bytes of a file that may be judged so: what ends a process is large, and has one of its own."""
MAX_DEATHS = 20
"""A check that has ended its process so many times is not tried again."""

Progress = Callable[[int, int], None] | None


def judge_all(job: Job, tasks: Sequence[Task], jobs: int, progress: Progress) -> Mapping[str, Row]:
    """A row for every task; ``progress`` gets (done, all) now and then."""
    wanted = jobs or _processors()
    if sum(size for _, _, size in tasks) < WORTH_BYTES or job.timings is not None:
        wanted = 1
    plans, first = Planner(job), tasks
    if wanted > 1:
        first = [task for task in tasks[::SAMPLE] if task[2] <= SMALL]
    rows = {} if job.foreign else _judged_here(job, first, plans, len(tasks), progress)
    rest = [task for task in tasks if task[0] not in rows]
    if not rest:
        return rows
    with _Crew(job, rest, wanted, plans, rows) as crew:
        return crew.run(progress)


def _judged_here(
    job: Job, tasks: Sequence[Task], plans: Planner, count: int, progress: Progress
) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    with Watchdog(job.seconds) as watchdog:
        one = FilePass(job, watchdog, plans=plans)
        for done, (path, known, _) in enumerate(tasks):
            if progress and done % 100 == 0:
                progress(done, count)
            rows[path] = one.row(path, known)
    return rows


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Given(NamedTuple):
    """A file to judge; ``lost`` has the checks that are left out there, and why."""

    path: str
    known: Row | None
    lost: Mapping[str, str]


class _Chunk(NamedTuple):
    """Files for one process; ``careful``: each row is sent at once, so that a death is placed."""

    files: list[_Given]
    careful: bool


def _chunks(tasks: Sequence[Task], *, careful: bool) -> Iterator[_Chunk]:
    files: list[_Given] = []
    size = 0
    for path, known, more in tasks:
        files.append(_Given(path, known, {}))
        size += more
        if size >= CHUNK_BYTES or len(files) >= 500:
            yield _Chunk(files, careful)
            files, size = [], 0
    if files:
        yield _Chunk(files, careful)


class _Hand:
    """A worker process, what it has still to do, and the foreign check that it is in, if any."""

    def __init__(self, job: Job, plans: Planner) -> None:
        from onex_tools.process import new_context

        context = new_context()
        self.pipe, theirs = context.Pipe()
        known = plans if context.get_start_method() == "fork" else None  # it cannot be sent
        self.process = context.Process(target=_serve, args=(job, theirs, known), daemon=True)
        self.process.start()
        theirs.close()
        self.left = _Chunk([], careful=False)
        self.busy = False
        self.check, self.since = "", 0.0

    def end(self) -> None:
        """Stop the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """The worker processes of one run, which begin with ``plans``; ``rows`` are done already."""

    def __init__(
        self, job: Job, tasks: Sequence[Task], count: int, plans: Planner, rows: dict[str, Row]
    ) -> None:
        self._job, self._plans, self._all = job, plans, len(tasks) + len(rows)
        self._waiting = list(_chunks(tasks, careful=bool(job.foreign)))[::-1]
        self._count = min(count, len(self._waiting))
        self._hands: list[_Hand] = []
        self._rows = rows
        self._timings = job.timings if job.timings is not None else {}
        self._deaths: Counter[str] = Counter()
        # A check is stopped in its process first: what goes on after that swallows everything.
        self._limit = 2 * job.seconds + 2

    def __enter__(self) -> _Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for hand in self._hands:
            hand.end()

    def run(self, progress: Progress) -> Mapping[str, Row]:
        """The rows of all tasks."""
        from multiprocessing.connection import wait

        while self._hand_out():
            for pipe in wait([hand.pipe for hand in self._hands], self._patience()):
                self._hear(next(hand for hand in self._hands if hand.pipe is pipe))
            for hand in [hand for hand in self._hands if self._is_late(hand)]:
                self._lose(hand, "hung, and was ended with its process,")
            if progress:
                progress(len(self._rows), self._all)
        return self._rows

    def _hand_out(self) -> bool:
        """Give work to whoever has none; false where all is done."""
        for hand in self._hands:
            if not hand.busy and self._waiting:
                self._give(hand)
        while self._waiting and len(self._hands) < self._count:
            self._hands.append(_Hand(self._job, self._plans))
            self._give(self._hands[-1])
        return any(hand.busy for hand in self._hands)

    def _give(self, hand: _Hand) -> None:
        banned = {
            label: f"{label} was not tried on this file: it ended its process on {count} others"
            for label, count in self._deaths.items()
            if count >= MAX_DEATHS
        }
        files, careful = self._waiting.pop()
        files = [given._replace(lost={**banned, **given.lost}) for given in files]
        hand.left, hand.busy = _Chunk(files, careful), True
        hand.pipe.send(hand.left)

    def _patience(self) -> float | None:
        ends = [hand.since + self._limit for hand in self._hands if hand.check]
        return max(0.0, min(ends) - time.monotonic()) if ends else None

    def _is_late(self, hand: _Hand) -> bool:
        return bool(hand.check) and time.monotonic() > hand.since + self._limit

    def _hear(self, hand: _Hand) -> None:
        try:
            kind, what = hand.pipe.recv()
        except (EOFError, OSError):
            self._lose(hand, "ended its process")
            return
        if kind == "check":
            hand.check, hand.since = what, time.monotonic()
        elif kind == "rows":
            for row in what:
                self._rows[hand.left.files.pop(0).path] = row
        else:
            for label, seconds in what.items():
                self._timings[label] = self._timings.get(label, 0.0) + seconds
            hand.busy = False

    def _lose(self, hand: _Hand, how: str) -> None:
        """Leave out what ``hand`` was at when it was lost, and let another do the rest."""
        hand.end()
        self._hands.remove(hand)
        if not hand.left.files:
            return
        if not hand.left.careful:
            self._waiting.append(_Chunk(hand.left.files, careful=True))
            return
        first, *rest = hand.left.files
        if hand.check:
            self._deaths[hand.check] += 1
            lost = {**first.lost, hand.check: f"{hand.check} {how} on this file"}
            rest.insert(0, first._replace(lost=lost))
        else:
            self._rows[first.path] = failed_row(first.path, f"a check {how} on this file")
        if rest:
            self._waiting.append(_Chunk(rest, careful=True))


def _serve(job: Job, pipe: Connection, plans: Planner | None) -> None:
    """The life of a worker: rows for the files it is given, until nothing more comes."""
    import gc
    import signal
    import sys

    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(2, 1)  # what a check prints is no part of the report
    sys.stdout = sys.stderr
    say = partial(_say, pipe, os.getpid())
    try:
        with Watchdog(job.seconds) as watchdog:
            files = FilePass(job, watchdog, partial(say, "check"), plans)
            timings = job.timings if job.timings is not None else {}
            while True:
                given, careful = pipe.recv()
                rows = []
                for path, known, files.lost in given:
                    rows.append(files.row(path, known))
                    if careful:
                        say("rows", rows)
                        rows.clear()
                say("rows", rows)
                say("spent", dict(timings))
                timings.clear()
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)  # without waiting for threads that a check may have left


def _say(pipe: Connection, speaker: int, kind: str, what: Any) -> None:
    if os.getpid() != speaker:  # a check has forked, and this is the copy
        os._exit(0)
    pipe.send((kind, what))
