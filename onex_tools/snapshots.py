"""A run over the whole tree, from the last one's snapshot: only what changed is done again."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onex_tools.cache import (
    DOUBTFUL,
    MISSING,
    NO_ID,
    NOTHING,
    RACY_NS,
    Cache,
    Row,
    Snapshot,
    Stat,
    digest,
    read_snapshot,
    write_snapshot,
)
from onex_tools.discover import Listing

_MOST = (1 << 63) - 1


@dataclass(slots=True, eq=False, repr=False)
class Ledger:
    """What is known of the tree when a run begins, and what it learns.

    Attributes:
        paths: those of the listing, in its order, repeated ones too.
        stats: four numbers a path, as they are now.
        results: result lines worth reading (longer than one byte), by path.
        checked: how many files some check looked at.
        head: what the tree checks and the notes need, as JSON.
        fresh: nothing has changed since the snapshot: ``results`` and ``head`` are complete.
    """

    paths: list[str]
    stats: array[int]
    results: dict[str, bytes] = field(default_factory=dict)
    checked: int = 0
    head: Mapping[str, Any] = field(default_factory=dict)
    fresh: bool = False
    rows: dict[str, Row] = field(default_factory=dict)
    before: dict[str, tuple[Stat, Row]] = field(default_factory=dict)
    same_listing: bool = False


def take_stats(root: str, paths: Sequence[str]) -> array[int]:
    """Time of content, time of change, size and inode of every path; zeros where there is none."""
    # A warm run is mostly this loop: relative paths and plain appends make it a sixth faster.
    lstat, prefix = os.lstat, "" if root == os.getcwd() else root.rstrip("/") + "/"
    stats: list[int] = []
    add = stats.append
    for path in paths:
        try:
            now = lstat(prefix + path)
        except (OSError, ValueError):
            stats += MISSING
            continue
        add(now.st_mtime_ns)
        add(now.st_ctime_ns)
        add(now.st_size)
        add(now.st_ino)
    try:
        return array("q", stats)
    except OverflowError:  # some file systems make up inodes of 64 bits
        return array("q", [number & _MOST for number in stats])


class SnapshotStore:
    """Where the snapshots of one root and one set of checks are."""

    def __init__(self, cache: Cache, root: str, signature: str) -> None:
        self._cache = cache
        self._place = f"snapshots/{signature[:32]}"
        self._name = f"{self._place}/{digest(os.fsencode(root))[:32]}"

    def open(self, root: str, listing: Listing) -> Ledger:
        """The ledger for ``listing``, with what the last run left.

        A clone at another place starts from the newest snapshot of the same checks: content ids
        make it safe.
        """
        paths = listing.paths()
        stats = take_stats(root, paths)
        ledger = Ledger(paths, stats)
        snapshot = read_snapshot(self._cache.get(self._name))
        if snapshot is None:
            newest = self._cache.newest(self._place)
            snapshot = read_snapshot(self._cache.get(newest)) if newest else None
        if snapshot is None:
            return ledger
        ledger.head = snapshot.head
        ledger.same_listing = snapshot.listing == listing.raw
        if ledger.same_listing and snapshot.stats == stats:
            lines = snapshot.results
            ledger.results = {paths[i]: line for i, line in enumerate(lines) if len(line) > 1}
            ledger.checked = len(lines) - lines.count(b"")
            ledger.fresh = True
            return ledger
        old = paths if ledger.same_listing else Listing(snapshot.listing, by_git=True).paths()
        ledger.before = snapshot.rows(old)
        return ledger

    def save(self, listing: Listing, ledger: Ledger, head: Mapping[str, Any], begun: int) -> None:
        """Keep what the run learned; files touched near ``begun`` (ns) are looked at again."""
        rows = [ledger.rows.get(path, NOTHING) for path in ledger.paths]
        stats = array("q", ledger.stats)
        horizon = begun - RACY_NS
        for index, row in enumerate(rows):
            at = 4 * index
            lost = row.content == NO_ID and row.result
            if lost or stats[at] > horizon or stats[at + 1] > horizon:
                stats[at : at + 4] = array("q", DOUBTFUL)
        snapshot = Snapshot(
            listing.raw,
            stats,
            b"".join(row.content for row in rows),
            [row.result for row in rows],
            b"\n".join(row.facts for row in rows),
            head,
        )
        self._cache.put(self._name, write_snapshot(snapshot))


def update(
    ledger: Ledger,
    is_file: Callable[[str], bool],
    judge: Callable[[Sequence[tuple[str, Row | None, int]]], Mapping[str, Row]],
) -> frozenset[str]:
    """Bring ``ledger.rows`` up to date; gives the paths that were looked at again.

    ``judge`` gets (path, the earlier row or None, size) and answers with rows; ``is_file`` says
    whether a path is a regular file that the configuration does not exclude.
    """
    todo: list[tuple[str, Row | None, int]] = []
    seen: set[str] = set()
    before, rows, stats = ledger.before, ledger.rows, ledger.stats
    for index, path in enumerate(ledger.paths):
        if path in seen:
            continue
        seen.add(path)
        at = 4 * index
        now: Stat = tuple(stats[at : at + 4])  # type: ignore[assignment]
        known = before.get(path)
        if known is not None and known[0] == now:
            rows[path] = known[1]
        elif now != MISSING and is_file(path):
            todo.append((path, known[1] if known else None, now[2]))
        else:
            rows[path] = NOTHING
    rows.update(judge(todo))
    ledger.results = {path: row.result for path, row in rows.items() if len(row.result) > 1}
    ledger.checked = sum(1 for row in rows.values() if row.result)
    return frozenset(path for path, _, _ in todo)


def changed_facts(
    ledger: Ledger, looked_at: frozenset[str], names: Sequence[str]
) -> frozenset[str]:
    """The extractors of which some file's fact may differ from the snapshot's."""
    gone = ledger.before.keys() - ledger.rows.keys()
    if not ledger.before or any(ledger.before[path][1].facts for path in gone):
        return frozenset(names)
    import json

    changed: set[str] = set()
    for path in looked_at | {p for p, row in ledger.rows.items() if row == NOTHING}:
        old = ledger.before[path][1].facts if path in ledger.before else b""
        new = ledger.rows[path].facts
        if old != new:
            was, now = json.loads(old or b"{}"), json.loads(new or b"{}")
            changed.update(n for n in names if was.get(n) != now.get(n))
    return frozenset(changed)


def now_ns() -> int:
    """The clock that file times are compared with."""
    return time.time_ns()
