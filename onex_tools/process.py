"""What another program answers, without the 2 ms that importing ``subprocess`` takes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

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
