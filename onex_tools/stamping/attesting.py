"""An attestation of a tree: every file that it speaks for, each read once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.discover import OverLimit, Reader, Skip
from onex_tools.kinds import UNKNOWN
from onex_tools.stamp.attestation import Subject
from onex_tools.stamp.attested import Unsettled, is_named, named_hash, stamped_hash
from onex_tools.stamp.coverage import NODES, is_locked
from onex_tools.stamp.hashing import body_hash, hash_of_chunks
from onex_tools.stamp.lines import NEEDLE
from onex_tools.stamp.lock import Entry, path_bytes, tree_root
from onex_tools.stamp.reader import MAX_HEAD
from onex_tools.stamp.styles import row_for

if TYPE_CHECKING:
    from onex_tools.session import Session


class Hole(NamedTuple):
    """A file that an attestation must speak for and cannot: why, and the line; 0: all of it."""

    path: str
    line: int
    reason: str


class Gathered(NamedTuple):
    """The files of an attestation, and those that are missing from it, sorted by path.

    With a hole there is nothing to attest: a document with holes would pass for a whole one.
    """

    subjects: list[Subject]
    holes: list[Hole]


def gather(session: Session, paths: Sequence[str] | None) -> Gathered:
    """Hash every file to be covered.

    Args:
        session: the tree, and what its settings name.
        paths: files and folders relative to the root; None for the whole tree.

    Raises:
        DiscoveryError: the files cannot be listed.
    """
    found = Gathered([], [])
    gatherer = _Gatherer(session)
    for path in _paths(session, paths):
        one = gatherer.look_at(path)
        if isinstance(one, Subject):
            found.subjects.append(one)
        elif one is not None:
            found.holes.append(one)
    return found


def root_of(session: Session, subjects: Iterable[Subject]) -> str:
    """One hash over all of them: that of the lock which would list them, with their modes.

    Raises:
        LockError: no lock may hold them, since their paths differ in case only.
    """
    reader = Reader(session.root)
    return tree_root(
        Entry(subject.hash, NODES.get(reader.node(subject.path).kind, "f"), subject.path)
        for subject in subjects
    )


def _paths(session: Session, named: Sequence[str] | None) -> list[str]:
    found = {path for path in session.listing().paths() if not session.excluded(path)}
    if named is not None:
        below = tuple(f"{path}/" for path in named)
        found = {path for path in found if path in named or path.startswith(below)}
        found.update(session.expand(named))  # a file may be named that git ignores
    return sorted(found, key=path_bytes)


class _Gatherer:
    """Looks at one file after the other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reader = Reader(session.root)
        self._limit = session.config.max_scan_bytes

    def look_at(self, path: str) -> Subject | Hole | None:
        """What the attestation says of ``path``; None where it does not cover it."""
        options = self._session.part(path).options("stamp")
        standing = self._session.standing(path)
        if standing == "link":
            return self._link(path) if is_locked(path, options) else None
        named, may = is_named(path, options), self._may_carry(path)
        if standing != "file" or not (named or may):
            return None
        try:
            data = self._reader(path, self._limit)
        except OverLimit as skip:
            return self._large(path, str(skip), named=named, may=may)
        except Skip as skip:
            return Hole(path, 0, f"it cannot be read: {skip}")
        return self._judge(path, data, named=named, may=may)

    def _may_carry(self, path: str) -> bool:
        """Whether a file of this name may carry a stamp."""
        kinds = self._session.catalogue.kinds
        kind, name = kinds.of_path(path), path.rpartition("/")[2]
        by_head = kind == UNKNOWN and "." not in name
        known = row_for(kind, kinds.comments(kind)) is not None
        return known or by_head or name.endswith(".onexignore")

    def _judge(self, path: str, data: bytes, *, named: bool, may: bool) -> Subject | Hole | None:
        marked = NEEDLE in data
        if not (named or marked):
            return None
        file = self._session.open_file(path, data)
        assert file is not None, "its bytes are at hand"
        hash_ = stamped_hash(file) if may and marked else None
        if isinstance(hash_, Unsettled):
            return Hole(path, hash_.line, hash_.message)
        if hash_ is None and named:
            hash_ = named_hash(file)
        return Subject(path, hash_, hashlib.sha256(data).hexdigest()) if hash_ else None

    def _large(self, path: str, limit: str, *, named: bool, may: bool) -> Subject | Hole | None:
        """A file that is read in pieces only: no stamp is looked for below its head."""
        try:
            pieces = self._reader.pieces(path)
            head = b""
            while len(head) < MAX_HEAD and (piece := next(pieces, b"")):
                head += piece
            if may and NEEDLE in head[:MAX_HEAD]:
                return Hole(path, 0, f"it has a stamp, and is too large to be read: {limit}")
            if not named:
                return None
            whole = hashlib.sha256()
            hash_ = hash_of_chunks(_through(whole, chain((head,), pieces)))
            return Subject(path, hash_, whole.hexdigest())
        except Skip as skip:
            return Hole(path, 0, f"it cannot be read: {skip}")

    def _link(self, path: str) -> Subject | Hole:
        try:
            text = os.readlink(os.path.join(os.fsencode(self._session.root), os.fsencode(path)))
        except OSError:
            return Hole(path, 0, "it was a symbolic link, and is none any more")
        return Subject(path, body_hash(text), "", link=True)


def _through(whole: hashlib._Hash, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        whole.update(piece)
        yield piece
