"""A run over the whole tree, from the last one's snapshot: only what changed is done again."""

from __future__ import annotations

import os
import time
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onex_tools.cache import (
    DOUBTFUL,
    LEFT_OUT,
    MISSING,
    NO_ID,
    NOTHING,
    RACY_NS,
    Cache,
    Row,
    Snapshot,
    Stat,
    digest,
    each_stat,
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
        left_out: how many paths are no files to check, by why (a key of LEFT_OUT).
        head: what the tree checks and the notes need, as JSON.
        fresh: nothing has changed since the snapshot: ``results`` and ``head`` are complete.
    """

    paths: list[str]
    stats: array[int]
    results: dict[str, bytes] = field(default_factory=dict)
    checked: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
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
            ledger.checked = snapshot.head["checked"]
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
        times = zip(stats[::4], stats[1::4], rows, strict=True)
        for index, (written, changed, row) in enumerate(times):
            if written > horizon or changed > horizon or (row.result and row.content == NO_ID):
                stats[4 * index : 4 * index + 4] = array("q", DOUBTFUL)
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
    standing: Callable[[str], str],
    judge: Callable[[Sequence[tuple[str, Row | None, int]]], Mapping[str, Row]],
) -> frozenset[str]:
    """Bring the ledger up to date; gives the paths that may be another file than before, or none.

    ``standing`` says of a path ``file``, or why it is none to check (a key of LEFT_OUT); ``judge``
    gets (path, the earlier row or None, size) and answers with rows.
    """
    todo: dict[str, tuple[str, Row | None, int]] = {}
    before, rows = ledger.before, ledger.rows
    others: set[str] = set()
    for path, now in zip(ledger.paths, each_stat(ledger.stats), strict=True):
        known = before.get(path)
        if known is not None and known[0] == now:
            rows[path] = known[1]
        elif path in rows or path in todo:
            continue  # git lists a path once for each side of an unsettled merge
        elif (why := "gone" if now == MISSING else standing(path)) == "file":
            todo[path] = (path, known[1] if known else None, now[2])
        else:
            others.add(path)
            rows[path] = Row(NO_ID, LEFT_OUT[why], b"")
    rows.update(judge(list(todo.values())))
    if not ledger.same_listing:
        others |= before.keys() - rows.keys()
    _count(ledger)
    return frozenset(others.union(todo))


def _count(ledger: Ledger) -> None:
    lines = [row.result for row in ledger.rows.values()]
    numbers = Counter(lines)
    ledger.left_out = {why: numbers[mark] for why, mark in LEFT_OUT.items()}
    ledger.checked = len(lines) - numbers[b""] - sum(ledger.left_out.values())
    ledger.results = {p: line for p, line in zip(ledger.rows, lines, strict=True) if len(line) > 1}


def listing_changed(ledger: Ledger, changed: frozenset[str]) -> bool:
    """Whether a file came, went, or became something else; ``changed`` is what ``update`` gave."""
    before, rows = ledger.before, ledger.rows
    return not ledger.same_listing or any(
        path not in before or before[path][1].is_file != rows[path].is_file for path in changed
    )


def changed_facts(ledger: Ledger, changed: frozenset[str], names: Sequence[str]) -> frozenset[str]:
    """The extractors of which some file's fact may differ from the snapshot's."""
    if not ledger.before:
        return frozenset(names)
    import json

    found: set[str] = set()
    for path in changed:
        old = ledger.before[path][1].facts if path in ledger.before else b""
        new = ledger.rows[path].facts if path in ledger.rows else b""
        if old != new:
            was, now = json.loads(old or b"{}"), json.loads(new or b"{}")
            found.update(name for name in names if was.get(name) != now.get(name))
    return frozenset(found)


def now_ns() -> int:
    """The clock that file times are compared with."""
    return time.time_ns()
