"""Stamps written, brought up to date or removed over many files: planned, then written for good."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.discover import Reader, Skip
from onex_tools.kinds import UNKNOWN
from onex_tools.stamp.form import LOCK, SUFFIX
from onex_tools.stamp.lines import NEEDLE
from onex_tools.stamp.options import unwanted
from onex_tools.stamp.plan import LEAVE, REFUSE, STILL, Plan, Source, Wish, plan, removed
from onex_tools.stamp.styles import row_for

if TYPE_CHECKING:
    from onex_tools.session import Session
    from onex_tools.stamp.options import Stamp
    from onex_tools.stamp.styles import FileType
    from onex_tools.stamping.index import Index

FIRST = 64
"""Files that tell whether there is much to write."""
FEWER = 10
"""Threads that write in each of several processes: more keep the one that plans waiting."""
BATCH = 256
"""Files whose bytes are held in memory at once."""


class Outcome(NamedTuple):
    """What became of a file: its plan, and whether it was written (or was to be only looked at)."""

    path: str
    old: bytes | None
    plan: Plan

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return self.plan.action not in STILL and self.plan.new != self.old

    def without_bytes(self) -> Outcome:
        """The same for those who want to know what became of the file, and not of its bytes."""
        return Outcome(self.path, None if self.changed else b"", self.plan._replace(new=b""))


class Task:
    """What to do.

    Attributes:
        paths: files and folders relative to the root; None for the whole tree.
        wish: what is asked for besides right stamps; None: stamps are removed.
        write: whether files are written; else it is only said what would be.
        index: git's index, for files that were wholly in it to be added again.
        progress: called with (files done, files in all).
        unstaged: filled with the written files that could not be added.
        sharers: processes that do it together; each then writes with ``FEWER`` threads.
    """

    def __init__(
        self,
        paths: Sequence[str] | None,
        wish: Wish | None,
        *,
        write: bool = True,
        index: Index | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        # No dataclass: to make one takes as long as to look at a hundred files.
        self.paths, self.wish, self.write = paths, wish, write
        self.index, self.progress = index, progress
        self.unstaged: list[str] = []
        self.sharers = 1


def stamp_files(session: Session, task: Task) -> Iterator[Outcome]:
    """Do ``task``, batch by batch; gives every file that was looked at, in the order of paths.

    Raises:
        DiscoveryError: the files cannot be listed, or git's index cannot be used.
    """
    paths = session.files(task.paths)
    if task.write:
        session.tidy(paths)
    done = 0
    for size, outcomes in _batches(session, task, paths):
        yield from outcomes
        done += size
        if task.progress:
            task.progress(done, len(paths))
    if task.wish is not None:
        beside = list(_beside(session, task, task.wish, paths))
        yield from _written(session, task, beside) if task.write else beside


def _batches(
    session: Session, task: Task, paths: Sequence[str]
) -> Iterator[tuple[int, list[Outcome]]]:
    """How many files each batch has, and what became of them.

    The first few are done here; if that meant writing, the rest is shared out.
    """
    look = _Look(session, task)

    def work(batch: Sequence[str]) -> list[Outcome]:
        planned = look(batch)
        return list(_written(session, task, planned)) if task.write else planned

    first = work(paths[:FIRST])
    yield len(paths[:FIRST]), first
    batches = [paths[at : at + BATCH] for at in range(FIRST, len(paths), BATCH)]
    results: Iterator[list[Outcome]] = map(work, batches)
    busy = 2 * sum(outcome.changed for outcome in first) > FIRST
    if len(batches) > 1 and busy and task.write and task.index is None:
        from onex_tools.stamping.shares import in_shares, shares

        task.sharers = min(shares(), len(batches))
        if task.sharers > 1:
            results = in_shares(work, batches, task.sharers)
    yield from zip(map(len, batches), results, strict=True)


def _beside(session: Session, task: Task, wish: Wish, paths: Sequence[str]) -> Iterator[Outcome]:
    """The lock and the sidecars, which speak for files that cannot hold a stamp themselves."""
    whole = task.paths is None
    named = list(dict.fromkeys([*paths, *(task.paths or ())]))  # links too, and what is gone
    if not _has_companions(session, named):
        return
    from onex_tools.stamping.companions import Companions

    for path, old, planned in Companions(session, wish).plans(named, whole=whole):
        yield Outcome(path, old, planned)


def _has_companions(session: Session, paths: Iterable[str]) -> bool:
    """Whether there is a lock, or the settings that hold for ``paths`` want one or sidecars."""
    folders = {path[: path.rfind("/") + 1] for path in paths}
    settings = [session.part(folder).options("stamp") for folder in sorted(folders)]
    return any(one.lock or one.sidecar for one in settings) or os.path.lexists(
        os.path.join(session.root, LOCK)
    )


def removed_from(session: Session, path: str) -> Plan:
    """What the file at ``path`` is without its stamp; nothing is written.

    Raises:
        Skip: it cannot be read.
    """
    data = Reader(session.root)(path, session.config.max_scan_bytes)
    kinds = session.catalogue.kinds
    kind = kinds.of(path, data)
    row = row_for(kind, kinds.comments(kind))
    return removed(Source(path, data, kind, row)) if row else Plan(LEAVE, data)


class _Look:
    """Looks at files; what is the same for many of them is asked for once."""

    def __init__(self, session: Session, task: Task) -> None:
        self._session, self._task = session, task
        self._reader, self._limit = Reader(session.root), session.config.max_scan_bytes
        self._kinds = session.catalogue.kinds
        self._rows: dict[str, FileType | None] = {}
        self._options: dict[str, Stamp] = {}
        self._named = frozenset(task.paths or ())

    def __call__(self, paths: Sequence[str]) -> list[Outcome]:
        """What is to become of the files at ``paths``, but for those whose kind has no stamps.

        All are read before the first is judged: going to and fro between the system and us made
        both slower, by a fifth in all.
        """
        held = [self._read(path) for path in paths]
        return [
            outcome
            for one in held
            if (outcome := self._outcome(one) if isinstance(one, Source) else one) is not None
        ]

    def _read(self, path: str) -> Source | Outcome | None:
        """The file at ``path``, or what is to be said where it carries no stamp."""
        kind = self._kinds.of_path(path)
        by_head = kind == UNKNOWN and "." not in path[path.rfind("/") + 1 :]
        if not by_head and self._row(kind) is None:
            return self._left(path, "no comments in this kind of file")
        try:
            data = self._reader(path, self._limit)
        except Skip as skip:
            return self._left(path, str(skip))
        kind = self._kinds.of(path, data) if by_head else kind
        row = self._row(kind)
        if row is None:
            return self._left(path, "no comments in this kind of file")
        return Source(path, data, kind, row)

    def _outcome(self, source: Source) -> Outcome | None:
        path, data, _, row = source
        if path.endswith(SUFFIX) and self._is_sidecar(source):
            return self._left(path, "a sidecar: it goes with its file")
        if self._task.wish is None:
            return Outcome(path, data, removed(source))
        options = self._settings(path[: path.rfind("/") + 1])
        reason = _unwanted(path, options, asked=row.asked)
        if reason and NEEDLE not in data:
            return self._left(path, reason)
        return Outcome(path, data, plan(source, options, self._task.wish))

    def _settings(self, folder: str) -> Stamp:
        if folder not in self._options:
            self._options[folder] = self._session.part(folder).options("stamp")
        return self._options[folder]

    def _row(self, kind: str) -> FileType | None:
        if kind not in self._rows:
            self._rows[kind] = row_for(kind, self._kinds.comments(kind))
        return self._rows[kind]

    def _left(self, path: str, reason: str) -> Outcome | None:
        """A file that is left alone; said of files that were named, not of all in a folder."""
        return Outcome(path, b"", Plan(LEAVE, b"", reason)) if path in self._named else None

    def _is_sidecar(self, source: Source) -> bool:
        """Whether the file is a sidecar, or stands where one belongs."""
        from onex_tools.stamp.coverage import has_sidecar
        from onex_tools.stamp.reader import read
        from onex_tools.stamp.sidecar import file_of, is_sidecar

        file = file_of(source.path)
        wanted = has_sidecar(file, self._settings(file[: file.rfind("/") + 1]))
        there = wanted and os.path.lexists(os.path.join(self._session.root, file))
        return there or is_sidecar(source.path, read(source.data, source.row))


def _unwanted(path: str, options: Stamp, *, asked: bool) -> str:
    """Why the configuration wants no new stamp in the file; empty where it does."""
    reason = unwanted(path, options.include, options.exclude)
    if not (reason or asked or options.include):
        return "readers of this kind disagree on comments: `include` of [stamp] has to name it"
    return reason


def _written(session: Session, task: Task, planned: Sequence[Outcome]) -> Iterator[Outcome]:
    changed = [outcome for outcome in planned if outcome.changed]
    if not changed:
        yield from planned
        return
    from onex_tools.stamping.adding import write_and_add
    from onex_tools.writing import THREADS, Change

    changes = [Change(o.path, o.old, o.plan.new) for o in changed]
    threads = THREADS if task.sharers == 1 else FEWER
    refused, unstaged = write_and_add(
        session.root, changes, task.index, what="the stamp", threads=threads
    )
    task.unstaged += unstaged
    for outcome in planned:
        if outcome.path in refused:
            why = f"not written: {refused[outcome.path]}"
            outcome = outcome._replace(plan=Plan(REFUSE, outcome.old or b"", why))
        yield outcome
