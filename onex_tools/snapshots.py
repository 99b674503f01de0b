"""A run over the whole tree, from the last one's snapshot: only what changed is done again."""

from __future__ import annotations

import os
import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from onex_tools.cache import (
    DOUBTFUL,
    ID_SIZE,
    LEFT_OUT,
    MISSING,
    NO_ID,
    RACY_NS,
    Cache,
    Row,
    Snapshot,
    digest,
    each_stat,
    read_snapshot,
    write_snapshot,
)
from onex_tools.discover import Listing

_MOST = (1 << 63) - 1
STAT_SIZE = 32


class Rows:
    """A row for every path of a listing, kept column by column: most are only ever copied."""

    __slots__ = ("contents", "facts", "paths", "results")

    def __init__(
        self, paths: list[str], contents: bytes, results: list[bytes], facts: list[bytes]
    ) -> None:
        self.paths, self.results, self.facts = paths, results, facts
        self.contents = bytearray(contents)

    @classmethod
    def blank(cls, paths: list[str]) -> Rows:
        """Rows of paths of which nothing is known."""
        count = len(paths)
        return cls(paths, NO_ID * count, [b""] * count, [b""] * count)

    @classmethod
    def of(cls, snapshot: Snapshot, paths: list[str]) -> Rows:
        """The snapshot's rows; ``paths`` are those of its listing."""
        return cls(paths, snapshot.contents, snapshot.results, snapshot.facts.split(b"\n"))

    def __getitem__(self, place: int) -> Row:
        content = self.contents[place * ID_SIZE : (place + 1) * ID_SIZE]
        return Row(bytes(content), self.results[place], self.facts[place])

    def __setitem__(self, place: int, row: Row) -> None:
        self.contents[place * ID_SIZE : (place + 1) * ID_SIZE] = row.content
        self.results[place], self.facts[place] = row.result, row.facts

    def lines(self) -> dict[str, bytes]:
        """The result line of every path."""
        return dict(zip(self.paths, self.results, strict=True))

    def files(self) -> list[str]:
        """The sorted paths of the regular files that are not excluded."""
        others = frozenset(LEFT_OUT.values())
        return sorted(path for path, line in self.lines().items() if line not in others)

    def links(self) -> list[str]:
        """The sorted paths of the symbolic links that are not excluded."""
        mark = LEFT_OUT["link"]
        return sorted(path for path, line in self.lines().items() if line == mark)

    def fact_lines(self) -> dict[str, bytes]:
        """The facts line of every file that has one."""
        return {path: line for path, line in zip(self.paths, self.facts, strict=True) if line}


class Ledger:
    """What is known of the tree when a run begins, and what it learns.

    Attributes:
        rows: one for every path of the listing, in its order, repeated ones too.
        stats: four numbers a path, as they are now.
        head: what the tree checks and the notes need, as JSON.
        todo: the places of all paths that may not be what they were.
        same_listing: the paths are those of the snapshot.
        gone: the rows of paths that only the snapshot has.
    """

    def __init__(
        self,
        rows: Rows,
        stats: array[int],
        todo: Sequence[int],
        head: Mapping[str, Any] | None = None,
        *,
        same_listing: bool = False,
        gone: Mapping[str, Row] | None = None,
    ) -> None:
        self.rows, self.stats, self.todo = rows, stats, todo
        self.head: Mapping[str, Any] = head or {}
        self.same_listing = same_listing
        self.gone: Mapping[str, Row] = gone or {}

    @property
    def fresh(self) -> bool:
        """Whether nothing has changed since the snapshot, so that ``head`` holds."""
        return self.same_listing and not self.todo

    def results(self) -> dict[str, bytes]:
        """The result lines worth reading (longer than one byte), by path."""
        return {path: line for path, line in self.rows.lines().items() if len(line) > 1}

    def counts(self) -> tuple[int, dict[str, int]]:
        """How many files some check looked at, and how many paths are none to check, by why."""
        numbers = Counter(self.rows.lines().values())
        left_out = {why: numbers[mark] for why, mark in LEFT_OUT.items()}
        return numbers.total() - numbers[b""] - sum(left_out.values()), left_out


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
        snapshot = self._newest()
        if snapshot is None:
            return Ledger(Rows.blank(paths), stats, range(len(paths)))
        if snapshot.listing == listing.raw:
            todo = list(_differing(snapshot.stats.tobytes(), stats.tobytes()))
            rows = Rows.of(snapshot, paths)
            return Ledger(rows, stats, todo, snapshot.head, same_listing=True)
        return _carried(snapshot, paths, stats)

    def _newest(self) -> Snapshot | None:
        snapshot = read_snapshot(self._cache.get(self._name))
        if snapshot is None:
            newest = self._cache.newest(self._place)
            snapshot = read_snapshot(self._cache.get(newest)) if newest else None
        return snapshot

    def save(self, listing: Listing, ledger: Ledger, head: Mapping[str, Any], begun: int) -> None:
        """Keep what the run learned; files touched near ``begun`` (ns) are looked at again."""
        rows, stats = ledger.rows, array("q", ledger.stats)
        horizon = begun - RACY_NS
        for place in ledger.todo:
            at, row = 4 * place, rows[place]
            lost = row.result and row.content == NO_ID and row.is_file
            if lost or stats[at] > horizon or stats[at + 1] > horizon:
                stats[at : at + 4] = array("q", DOUBTFUL)
        contents, facts = bytes(rows.contents), b"\n".join(rows.facts)
        snapshot = Snapshot(listing.raw, stats, contents, rows.results, facts, head)
        self._cache.put(self._name, write_snapshot(snapshot))


def _differing(old: bytes, new: bytes) -> Iterator[int]:
    """The places at which a file's numbers are not what they were, found by halving."""
    spans = [(0, len(new) // STAT_SIZE)]
    while spans:
        low, high = spans.pop()
        begin, end = low * STAT_SIZE, high * STAT_SIZE
        if old[begin:end] == new[begin:end]:
            continue
        if high - low == 1:
            yield low
        else:
            middle = (low + high) // 2
            spans += ((middle, high), (low, middle))


def _carried(snapshot: Snapshot, paths: list[str], stats: array[int]) -> Ledger:
    """The ledger for another listing than the snapshot's: rows move with their paths."""
    earlier = Rows.of(snapshot, Listing(snapshot.listing, by_git=True).paths())
    places = {path: place for place, path in enumerate(earlier.paths)}
    before = list(each_stat(snapshot.stats))
    rows, todo = Rows.blank(paths), []
    for place, (path, now) in enumerate(zip(paths, each_stat(stats), strict=True)):
        known = places.get(path)
        if known is not None:
            rows[place] = earlier[known]
        if known is None or before[known] != now:
            todo.append(place)
    gone = {path: earlier[places[path]] for path in places.keys() - set(paths)}
    return Ledger(rows, stats, todo, snapshot.head, gone=gone)


Change = tuple[Row, Row]
"""What a path was, and what it is."""


def update(
    ledger: Ledger,
    standing: Callable[[str], str],
    judge: Callable[[Sequence[tuple[str, Row | None, int]]], Mapping[str, Row]],
) -> dict[str, Change]:
    """Bring the ledger up to date; gives every path that may not be what it was.

    ``standing`` says of a path ``file``, or why it is none to check (a key of LEFT_OUT); ``judge``
    gets (path, the earlier row, size) and answers with rows.
    """
    paths, stats = ledger.rows.paths, ledger.stats
    before: dict[str, Row] = {}
    after: dict[str, Row] = {}
    tasks: list[tuple[str, Row | None, int]] = []
    for place in ledger.todo:
        path = paths[place]
        if path in before:  # git lists a path once for each side of an unsettled merge
            continue
        before[path] = ledger.rows[place]
        missing = stats[4 * place : 4 * place + 4] == array("q", MISSING)
        why = "gone" if missing else standing(path)
        if why == "file":
            tasks.append((path, before[path], stats[4 * place + 2]))
        else:
            after[path] = Row(NO_ID, LEFT_OUT[why], b"")
    after.update(judge(tasks))
    for place in ledger.todo:
        ledger.rows[place] = after[paths[place]]
    gone = Row(NO_ID, LEFT_OUT["gone"], b"")
    changed = {path: (row, after[path]) for path, row in before.items()}
    return changed | {path: (row, gone) for path, row in ledger.gone.items()}


def listing_changed(ledger: Ledger, changed: Mapping[str, Change]) -> bool:
    """Whether a file came, went, or became something else; ``changed`` is what ``update`` gave."""
    if not ledger.same_listing:
        return True
    return any(was.standing != now.standing for was, now in changed.values())


def changed_facts(changed: Mapping[str, Change], names: Sequence[str]) -> frozenset[str]:
    """The extractors of which some file's fact is another than before."""
    import json

    found: set[str] = set()
    for was, now in changed.values():
        if was.facts != now.facts:
            old, new = (json.loads(row.facts) if row.facts else {} for row in (was, now))
            found.update(name for name in names if old.get(name) != new.get(name))
    return frozenset(found)


def now_ns() -> int:
    """The clock that file times are compared with."""
    return time.time_ns()
