"""What stands beside files that cannot hold a stamp: ``onex.lock`` and sidecars, kept right."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from onex_tools.discover import OverLimit, Reader, Skip
from onex_tools.stamp.block import Block
from onex_tools.stamp.coverage import Content, has_sidecar, replaced, wanted_entries
from onex_tools.stamp.form import LOCK
from onex_tools.stamp.hashing import body_hash, hash_of_chunks
from onex_tools.stamp.lock import Entry, LockError, LockReading, parse_lock, render_lock
from onex_tools.stamp.plan import REFUSE, RIGHT, STAMP, UPDATE, Plan, Wish
from onex_tools.stamp.reader import read
from onex_tools.stamp.render import NewField
from onex_tools.stamp.sidecar import agrees, is_sidecar, sidecar_bytes, sidecar_of
from onex_tools.stamp.styles import row_for
from onex_tools.stamp.values import in_order, new_fields

if TYPE_CHECKING:
    from onex_tools.session import Session
    from onex_tools.stamp.options import Stamp

Planned = tuple[str, bytes | None, Plan]
"""The path of a lock or sidecar, its bytes now (None: there is none), and what becomes of it."""


class Companions:
    """The lock and the sidecars of one tree, as its settings want them."""

    def __init__(self, session: Session, wish: Wish) -> None:
        self._session, self._wish = session, wish
        self._reader, self._kinds = Reader(session.root), session.catalogue.kinds
        self._limit = session.config.max_scan_bytes

    def plans(self, paths: Sequence[str], *, whole: bool) -> Iterator[Planned]:
        """What becomes of the lock and the sidecars for ``paths``, which are all if ``whole``."""
        for path in paths:
            options = self._options(path)
            if options.sidecar and has_sidecar(path, options):
                yield from self._readable(sidecar_of(path), partial(self._sidecar, path))
        yield from self._readable(LOCK, partial(self._lock, paths, whole=whole))

    def _readable(self, path: str, make: Callable[[], Planned | None]) -> Iterator[Planned]:
        """What ``make`` plans for what is at ``path``; a refusal where that is no plain file."""
        try:
            planned = make()
        except Skip as skip:
            planned = path, None, Plan(REFUSE, b"", str(skip))
        if planned is not None:
            yield planned

    def _options(self, path: str) -> Stamp:
        options: Stamp = self._session.part(path).options("stamp")
        return options

    # The lock ------------------------------------------------------------------------------------

    def _lock(self, paths: Sequence[str], *, whole: bool) -> Planned | None:
        old = self._read(LOCK)
        if old is None and not any(self._options(path).lock for path in paths):
            return None
        reading = parse_lock(old) if old is not None else LockReading(())
        if reading.faults:
            first = reading.faults[0]
            return LOCK, old, Plan(REFUSE, old or b"", first.message, first.line)
        wanted = wanted_entries(paths, self._options, self._open)
        if not whole:
            gone = (entry.path for entry in reading.entries if self._is_gone(entry.path))
            wanted = replaced(reading.entries, {*paths, *gone}, wanted)
        if old is None and not wanted:
            return None
        try:
            new = render_lock(wanted)
        except LockError as error:
            return LOCK, old, Plan(REFUSE, old or b"", str(error))
        if new == old:
            return LOCK, old, Plan(RIGHT, new)
        said = _difference(reading.entries, wanted)
        return LOCK, old, Plan(STAMP if old is None else UPDATE, new, said)

    def _is_gone(self, path: str) -> bool:
        return not os.path.lexists(os.path.join(self._session.root, path))

    def _open(self, path: str) -> Content | None:
        """What stands at ``path``; None where it is neither a file nor a link."""
        full = os.path.join(os.fsencode(self._session.root), os.fsencode(path))
        try:
            mode = os.lstat(full).st_mode
            if stat.S_ISLNK(mode):
                return Content("link", os.readlink(full))
        except (OSError, ValueError):
            return None
        node = "executable" if mode & stat.S_IXUSR else "file"
        try:
            data = self._reader(path, self._limit)
        except OverLimit:
            return Content(node, b"", self._kinds.of_path(path), self._reader.pieces(path))
        except Skip:
            return None
        kind = self._kinds.of(path, data)
        return Content(node, data, row_for(kind, self._kinds.comments(kind)) or kind)

    # Sidecars ------------------------------------------------------------------------------------

    def _sidecar(self, path: str) -> Planned | None:
        """What becomes of the sidecar of the file at ``path``; None where there is no such file."""
        hash_ = self._hash(path)
        if hash_ is None:
            return None
        beside = sidecar_of(path)
        old = self._read(beside)
        if old is None:
            return beside, None, Plan(STAMP, sidecar_bytes(path, hash_, self._fields(path, hash_)))
        reading = read(old, "yaml")
        if not is_sidecar(beside, reading):
            return beside, old, Plan(REFUSE, old, f"it is there, and is no sidecar of {path}")
        block = reading.blocks[0]
        if agrees(beside, block, hash_):
            return beside, old, Plan(RIGHT, old)
        return beside, old, Plan(UPDATE, sidecar_bytes(path, hash_, _as_they_are(block)), "hash")

    def _hash(self, path: str) -> str | None:
        try:
            return body_hash(self._reader(path, self._limit))
        except OverLimit:
            return hash_of_chunks(self._reader.pieces(path))
        except Skip:
            return None

    def _fields(self, path: str, hash_: str) -> list[NewField]:
        options = self._options(path)
        values = new_fields(path, self._kinds.of_path(path), options)
        values["uuid"] = self._wish.mint(options.repository, path, hash_)
        values["created_at"] = self._wish.clock()
        return in_order(values, [], options)

    def _read(self, path: str) -> bytes | None:
        """The bytes of a lock or a sidecar; None where there is none.

        Raises:
            Skip: there is something that cannot be read.
        """
        if self._is_gone(path):
            return None
        return self._reader(path, max(self._limit, 64 << 20))


def _as_they_are(block: Block) -> list[NewField]:
    return [NewField(field.key, field.text, field.nested) for field in block.fields]


def _difference(old: Iterable[Entry], new: Iterable[Entry]) -> str:
    """How many entries came, went and changed, in words."""
    before = {entry.path: entry for entry in old}
    after = {entry.path: entry for entry in new}
    counts = {
        "new": len(after.keys() - before.keys()),
        "gone": len(before.keys() - after.keys()),
        "changed": sum(before[path] != after[path] for path in after.keys() & before.keys()),
    }
    return ", ".join(f"{number:,} {word}" for word, number in counts.items() if number)
