"""Files formed in processes of their own, so that none of them can hang or end the run."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from onex_tools.process import new_context

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from onex_tools.format.chain import Chain
    from onex_tools.format.formed import Formed, Steps
    from onex_tools.format.project import Recipe

CHUNK_BYTES = 60_000
"""Bytes that a process is handed at once: about a second of work."""
WORTH_BYTES = 60_000
"""Below this much in all, a second process costs more than it saves."""
STUCK = 10
"""So many times the limit may pass on the clock: a busy machine gives a process few turns."""
LATE = "it took longer than"
"""How the refusal of a file begins that ran out of time."""
COLLECT = 30
"""Files between two looks for memory that nothing holds any more."""


class Order(NamedTuple):
    """A file to be formed: its path, its bytes, and how."""

    path: str
    data: bytes
    recipe: Recipe
    steps: Steps


class Done(NamedTuple):
    """What became of an order; ``unusable``: the tool whose settings it refused, and why."""

    order: Order
    formed: Formed
    unusable: tuple[str, str] = ("", "")


class Terms(NamedTuple):
    """How the work is done.

    Attributes:
        root: the absolute path of the tree.
        seconds: how long a processor may be busy with one file.
        processes: how many work side by side.
        keep: whether the new bytes are wanted, or only that there are some.
    """

    root: str
    seconds: float
    processes: int
    keep: bool


class _Hand:
    """A process, and the orders that it has not answered yet."""

    def __init__(self, terms: Terms, others: Sequence[_Hand]) -> None:
        context = new_context()
        self.pipe, theirs = context.Pipe()
        inherited = [self.pipe, *(hand.pipe for hand in others)]
        self.process = context.Process(target=_serve, args=(terms, theirs, inherited), daemon=True)
        self.process.start()
        theirs.close()
        self.left: list[Order] = []
        self.since = 0.0

    def give(self, orders: list[Order]) -> None:
        """Hand it orders; it has to be free."""
        self.left = orders
        self.since = time.monotonic()
        with suppress(OSError):  # it was killed: so says the end of its pipe, which is read next
            self.pipe.send(orders)

    def end(self) -> None:
        """Stop the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def form_all(orders: Iterable[Order], terms: Terms) -> Iterator[Done]:
    """What becomes of each of ``orders``, as they are done; asked for piece by piece.

    A file that takes too long, or ends its process, is refused; the others go on.
    """
    crew = _Crew(orders, terms)
    try:
        yield from crew.run()
    finally:
        crew.end()


class _Crew:
    """The processes of one run."""

    def __init__(self, orders: Iterable[Order], terms: Terms) -> None:
        self._terms = terms
        self._chunks = _chunks(orders)
        self._again: list[list[Order]] = []
        self._hands: list[_Hand] = []

    def end(self) -> None:
        for hand in self._hands:
            hand.end()

    def run(self) -> Iterator[Done]:
        from multiprocessing.connection import wait

        while self._hand_out():
            busy = {hand.pipe: hand for hand in self._hands if hand.left}
            for pipe in wait(list(busy), self._patience()):
                yield from self._hear(busy[pipe])
            for hand in [hand for hand in self._hands if self._is_late(hand)]:
                yield self._lose(hand, self._late())

    def _hand_out(self) -> bool:
        """Give work to whoever has none; false where all is done."""
        for hand in self._hands:
            if not hand.left and not self._give(hand):
                break
        while len(self._hands) < self._terms.processes and all(h.left for h in self._hands):
            chunk = self._next()
            if chunk is None:
                break
            self._hands.append(_Hand(self._terms, self._hands))
            self._hands[-1].give(chunk)
        return any(hand.left for hand in self._hands)

    def _give(self, hand: _Hand) -> bool:
        chunk = self._next()
        if chunk is not None:
            hand.give(chunk)
        return chunk is not None

    def _next(self) -> list[Order] | None:
        return self._again.pop() if self._again else next(self._chunks, None)

    def _patience(self) -> float:
        begun = min(hand.since for hand in self._hands if hand.left)
        return max(0.0, begun + STUCK * self._terms.seconds - time.monotonic())

    def _is_late(self, hand: _Hand) -> bool:
        return bool(hand.left) and time.monotonic() >= hand.since + STUCK * self._terms.seconds

    def _hear(self, hand: _Hand) -> Iterator[Done]:
        try:
            formed, unusable = hand.pipe.recv()
        except (EOFError, OSError):
            hand.process.join()
            timed_out = hand.process.exitcode == -signal.SIGPROF
            yield self._lose(hand, self._late() if timed_out else "formatting it ended the process")
            return
        hand.since = time.monotonic()
        yield Done(hand.left.pop(0), formed, unusable)

    def _late(self) -> str:
        return f"{LATE} the {self._terms.seconds:g} seconds that `timeout` of [format] allows"

    def _lose(self, hand: _Hand, why: str) -> Done:
        """Refuse the file that ``hand`` was at, and let another do the rest."""
        from onex_tools.format.formed import Formed

        hand.end()
        self._hands.remove(hand)
        first, *rest = hand.left
        if rest:
            self._again.append(rest)
        return Done(first, Formed(refused=why))


def _chunks(orders: Iterable[Order]) -> Iterator[list[Order]]:
    chunk: list[Order] = []
    size = 0
    for order in orders:
        chunk.append(order)
        size += len(order.data)
        if size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# In the process -----------------------------------------------------------------------------------


def _serve(terms: Terms, pipe: Connection, inherited: Sequence[Any]) -> None:
    """The life of a process: an answer for each order, until nothing more comes."""
    import gc
    import sys

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for other in inherited:
        other.close()
    os.dup2(2, 1)  # what a tool prints is no part of the report
    sys.stdout = sys.stderr
    _trust_installed_only(terms.root)
    gc.disable()
    form = _former(terms)
    count = 0
    try:
        while True:
            for order in pipe.recv():
                # Its signal ends the process, whatever compiled code it is in.
                signal.setitimer(signal.ITIMER_PROF, terms.seconds)
                formed = form(order)
                signal.setitimer(signal.ITIMER_PROF, 0)
                pipe.send(formed)
                count += 1
                if count % COLLECT == 0:
                    gc.collect()
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)


def _former(terms: Terms) -> Callable[[Order], tuple[Formed, tuple[str, str]]]:
    """Forms one file; the tools are set up once for each recipe."""
    from onex_tools.format.blacken import BlackRefused
    from onex_tools.format.chain import Chain
    from onex_tools.format.formed import Formed
    from onex_tools.format.sorting import IsortRefused

    chains: dict[str, Chain | tuple[str, str]] = {}

    def form(order: Order) -> tuple[Formed, tuple[str, str]]:
        key = order.recipe.form_key(terms.root)
        chain = chains.get(key)
        if chain is None:
            try:
                chain = Chain(order.recipe, terms.root)
            except BlackRefused as error:
                chain = ("black", error.reason)
            except IsortRefused as error:
                chain = ("isort", str(error))
            chains[key] = chain
        if isinstance(chain, tuple):
            return Formed(), chain
        formed = chain.form(order.path, order.data, order.steps)
        if formed.new is not None and not terms.keep:
            formed = formed._replace(new=b"")
        return formed, ("", "")

    return form


def _trust_installed_only(root: str) -> None:
    """Take the checked tree out of where Python looks for plugins of isort."""
    import sys

    homes = {sys.prefix, sys.exec_prefix, sys.base_prefix, os.path.expanduser("~/.local")}
    # A Python inside the tree is trusted; a tree inside of Python's folder, such as /usr, is not.
    inside = [home for home in homes if _is_below(home, root)]
    sys.path[:] = [
        folder
        for folder in map(os.path.abspath, filter(None, sys.path))
        if not _is_below(folder, root) or any(_is_below(folder, home) for home in inside)
    ]


def _is_below(folder: str, root: str) -> bool:
    return folder == root or folder.startswith(root.rstrip("/") + "/")
