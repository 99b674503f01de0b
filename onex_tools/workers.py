"""Cold work in several processes, where that pays; a dying process takes nothing with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from onex_tools.cache import Row
from onex_tools.filepass import FilePass, Job, failed_row
from onex_tools.watchdog import Watchdog

Task = tuple[str, Row | None, int]
WORTH_BYTES = 1_500_000
"""Below this much to read, about 0.3 s of work, a second process costs more than it saves."""
CHUNK_BYTES = 400_000

_pass: FilePass | None = None
"""The file pass of this worker process; set once by ``_start``."""


def judge_all(
    job: Job, tasks: Sequence[Task], jobs: int, progress: Callable[[int, int], None] | None
) -> Mapping[str, Row]:
    """A row for every task; ``progress`` gets (done, all) now and then."""
    size = sum(size for _, _, size in tasks)
    wanted = jobs or _processors()
    rows: dict[str, Row] = {}
    if wanted < 2 or size < WORTH_BYTES or job.timed:
        with Watchdog(job.seconds) as watchdog:
            one = FilePass(job, watchdog)
            for done, (path, known, _) in enumerate(tasks):
                if progress and done % 100 == 0:
                    progress(done, len(tasks))
                rows[path] = one.row(path, known)
        return rows
    for part in _in_processes(job, list(_chunks(tasks)), wanted):
        rows.update(part)
        if progress:
            progress(len(rows), len(tasks))
    return rows


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chunks(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += task[2]
        if size >= CHUNK_BYTES or len(chunk) >= 500:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _in_processes(job: Job, chunks: list[list[Task]], count: int) -> Iterator[dict[str, Row]]:
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    lost: list[list[Task]] = []
    with ProcessPoolExecutor(count, _context(), _start, (job,)) as pool:
        futures = {pool.submit(_work, chunk): chunk for chunk in chunks}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                lost.append(futures[future])
    for chunk in lost:
        for task in chunk:
            yield _alone(job, task)


def _context() -> Any:
    import multiprocessing
    import sys

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _alone(job: Job, task: Task) -> dict[str, Row]:
    """One file in a process of its own, so that the one that kills it is found and named."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(1, _context(), _start, (job,)) as pool:
        try:
            return pool.submit(_work, [task]).result()
        except BrokenProcessPool:
            return {task[0]: failed_row(task[0], "a check killed its process on this file")}


def _start(job: Job) -> None:
    global _pass
    import gc
    import signal

    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _pass = FilePass(job, Watchdog(job.seconds).__enter__())


def _work(tasks: Sequence[Task]) -> dict[str, Row]:
    assert _pass is not None
    return {path: _pass.row(path, known) for path, known, _ in tasks}
