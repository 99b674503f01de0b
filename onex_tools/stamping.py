"""Stamps written, brought up to date or removed over many files: planned, then written for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.discover import Reader, Skip
from onex_tools.globs import excludes, matches
from onex_tools.kinds import UNKNOWN
from onex_tools.stamp.plan import LEAVE, REFUSE, Plan, Source, Wish, plan, removed
from onex_tools.stamp.reader import read
from onex_tools.stamp.sidecar import SUFFIX, is_sidecar
from onex_tools.stamp.styles import row_for

if TYPE_CHECKING:
    from onex_tools.session import Session
    from onex_tools.staging import Index
    from onex_tools.stamp.options import Stamp

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
        return self.plan.new != self.old


@dataclass(slots=True, eq=False, repr=False)
class Task:
    """What to do.

    Attributes:
        paths: files and folders relative to the root; None for the whole tree.
        wish: what is asked for besides right stamps; None: stamps are removed.
        write: whether files are written; else it is only said what would be.
        index: git's index, for files that were wholly in it to be added again.
        progress: called with (files done, files in all).
        unstaged: filled with the written files that could not be added.
    """

    paths: Sequence[str] | None
    wish: Wish | None
    write: bool = True
    index: Index | None = None
    progress: Callable[[int, int], None] | None = None
    unstaged: list[str] = field(default_factory=list)


def stamp_files(session: Session, task: Task) -> Iterator[Outcome]:
    """Do ``task``, batch by batch; gives every file that was looked at, in the order of paths.

    Raises:
        DiscoveryError: the files cannot be listed, or git's index cannot be used.
    """
    paths = _paths(session, task)
    reader = Reader(session.root)
    for at in range(0, len(paths), BATCH):
        planned = [
            outcome
            for path in paths[at : at + BATCH]
            if (outcome := _planned(session, reader, task, path)) is not None
        ]
        yield from _written(session, task, planned) if task.write else planned
        if task.progress:
            task.progress(min(at + BATCH, len(paths)), len(paths))
    if task.wish is not None:
        beside = list(_beside(session, task, task.wish, paths))
        yield from _written(session, task, beside) if task.write else beside


def _beside(session: Session, task: Task, wish: Wish, paths: Sequence[str]) -> Iterator[Outcome]:
    """The lock and the sidecars, which speak for files that cannot hold a stamp themselves."""
    from onex_tools.companions import Companions

    whole = task.paths is None
    named = list(dict.fromkeys([*paths, *(task.paths or ())]))  # links too, and what is gone
    try:
        for path, old, planned in Companions(session, wish).plans(named, whole=whole):
            yield Outcome(path, old, planned)
    except Skip as skip:
        yield Outcome("onex.lock", b"", Plan(REFUSE, b"", str(skip)))


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


def _paths(session: Session, task: Task) -> list[str]:
    if task.paths is not None:
        return session.expand(task.paths)
    return sorted({path for path in session.listing().paths() if not session.excluded(path)})


def _planned(session: Session, reader: Reader, task: Task, path: str) -> Outcome | None:
    """What is to become of the file at ``path``; None where its kind carries no stamp."""
    kinds = session.catalogue.kinds
    kind = kinds.of_path(path)
    by_head = kind == UNKNOWN and "." not in path.rpartition("/")[2]
    if not by_head and row_for(kind, kinds.comments(kind)) is None:
        return _left(task, path, "no comments in this kind of file")
    try:
        data = reader(path, session.config.max_scan_bytes)
    except Skip as skip:
        return _left(task, path, str(skip))
    kind = kinds.of(path, data)
    row = row_for(kind, kinds.comments(kind))
    if row is None:
        return _left(task, path, "no comments in this kind of file")
    source = Source(path, data, kind, row)
    if task.wish is None:
        return Outcome(path, data, removed(source))
    options: Stamp = session.part(path).options("stamp")
    reason = _unwanted(path, options, asked=row.asked)
    if reason and b"OmniNode:" not in data:
        return _left(task, path, reason)
    if path.endswith(SUFFIX) and is_sidecar(path, read(data, row)):
        return None
    return Outcome(path, data, plan(source, options, task.wish))


def _left(task: Task, path: str, reason: str) -> Outcome | None:
    """A file that is left alone; said of files that were named, not of all in a folder."""
    named = task.paths is not None and path in task.paths
    return Outcome(path, b"", Plan(LEAVE, b"", reason)) if named else None


def _unwanted(path: str, options: Stamp, *, asked: bool) -> str:
    """Why the configuration wants no new stamp in the file; empty where it does."""
    if excludes(options.exclude, path):
        return "`exclude` of [stamp] names it"
    if options.include and not matches(options.include, path):
        return "`include` of [stamp] does not name it"
    if not (asked or options.include):
        return "readers of this kind disagree on comments: `include` of [stamp] has to name it"
    return ""


def _written(session: Session, task: Task, planned: Sequence[Outcome]) -> Iterator[Outcome]:
    from onex_tools.writing import Change, replace_files

    changed = [outcome for outcome in planned if outcome.changed]
    agreed = task.index.agreed([o.path for o in changed]) if task.index and changed else set()
    changes = [Change(o.path, o.old, o.plan.new) for o in changed]
    refused = {refusal.path: refusal for refusal in replace_files(session.root, changes)}
    if task.index:
        wrote = [o.path for o in changed if o.path not in refused]
        task.index.add(path for path in wrote if path in agreed)
        task.unstaged += [path for path in wrote if path not in agreed]
    for outcome in planned:
        refusal = refused.get(outcome.path)
        if refusal is not None:
            why = Plan(REFUSE, outcome.old or b"", f"not written: {refusal.reason}", 1)
            outcome = outcome._replace(plan=why)
        yield outcome
