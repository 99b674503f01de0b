"""What another program answers, without the 2 ms that importing ``subprocess`` takes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

STALL_SECONDS = 2.0
_CHUNK = 1 << 20


class Answer(NamedTuple):
    """A program's exit code (minus the signal that ended it), its output and its complaints."""

    code: int
    output: bytes
    errors: bytes


def ask(
    words: list[str],
    env: Mapping[str, str],
    seconds: float,
    stalled: Callable[[], None] | None = None,
) -> Answer:
    """Run a program, found in ``PATH``, to its end; it has nothing to read.

    ``stalled`` is called once if nothing has come for two seconds; the program is killed if it
    raises.

    Raises:
        FileNotFoundError: there is no such program.
        TimeoutError: it took longer than ``seconds`` and was killed.
    """
    out, err = os.pipe(), os.pipe()
    try:
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, out[1], 1),
            (os.POSIX_SPAWN_DUP2, err[1], 2),
        ]
        try:
            child = os.posix_spawnp(words[0], words, env, file_actions=actions)
        finally:
            os.close(out[1])
            os.close(err[1])
        try:
            said = _read_all((out[0], err[0]), time.monotonic() + seconds, stalled)
        except BaseException:
            os.kill(child, 9)
            os.waitpid(child, 0)
            raise
    finally:
        os.close(out[0])
        os.close(err[0])
    _, status = os.waitpid(child, 0)
    return Answer(os.waitstatus_to_exitcode(status), *said)


def _read_all(
    pipes: tuple[int, int], end: float, stalled: Callable[[], None] | None
) -> list[bytes]:
    """Everything that comes from each of ``pipes``, read side by side so that none fills up."""
    import select

    chunks: dict[int, list[bytes]] = {pipe: [] for pipe in pipes}
    left = list(pipes)
    while left:
        rest = max(0.0, end - time.monotonic())
        ready, _, _ = select.select(left, [], [], min(rest, STALL_SECONDS) if stalled else rest)
        if not ready and stalled:
            stalled()
            stalled = None
            continue
        if not ready:
            raise TimeoutError
        for pipe in ready:
            chunk = os.read(pipe, _CHUNK)
            chunks[pipe].append(chunk)
            if not chunk:
                left.remove(pipe)
    return [b"".join(chunks[pipe]) for pipe in pipes]


class Lost(Exception):
    """A process of our own that gave no answer; the message says what became of it."""


def new_context() -> Any:
    """How processes of our own are made: by fork where nothing forbids it."""
    import multiprocessing
    import sys

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def apart(seconds: float, work: Callable[..., Any], *arguments: Any) -> Any:
    """What ``work(*arguments)`` returns, computed in a process of its own.

    Raises:
        Lost: the process ended without an answer, or had none within ``seconds``.
    """
    context = new_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise Lost("hung, and was ended with its process")
        return ours.recv()
    except (EOFError, OSError):
        raise Lost("ended its process") from None
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer(pipe: Any, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    import signal
    import sys

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(2, 1)  # what foreign code prints is no part of the report
    sys.stdout, speaker = sys.stderr, os.getpid()
    try:
        said = work(*arguments)
        if os.getpid() == speaker:
            pipe.send(said)
    finally:
        os._exit(0)  # without waiting for threads that it may have left
