"""Which files the lock covers and which have a sidecar: by the settings, and by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from onex_tools.globs import excludes, matches
from onex_tools.stamp.block import V1
from onex_tools.stamp.eligible import is_wanted, reason_against
from onex_tools.stamp.form import LOCK, SUFFIX
from onex_tools.stamp.hashing import body_hash, hash_of_chunks
from onex_tools.stamp.lock import EXECUTABLE, FILE, LINK, Entry, path_bytes
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.reader import MAX_HEAD, read
from onex_tools.stamp.styles import FILE_TYPES, FileType

NODES = {"file": FILE, "executable": EXECUTABLE, "link": LINK}
"""The kind of an entry, by what the kernel calls what stands at a path."""


class Content(NamedTuple):
    """What stands at a path.

    Attributes:
        node: a key of ``NODES``.
        data: a file's bytes, or the text of a link; empty where there are ``pieces``.
        kind: the kind of file, as ``SourceFile.kind`` names it, or its row.
        pieces: the bytes of a file that is too large to be held, piece by piece.
    """

    node: str
    data: bytes
    kind: str | FileType = ""
    pieces: Iterator[bytes] | None = None


def is_locked(path: str, options: Stamp) -> bool:
    """Whether the settings want ``path`` in the lock, if it cannot carry a stamp itself.

    ``exclude`` goes before ``lock``.
    """
    wanted = matches(options.lock, path) and not excludes(options.exclude, path)
    return wanted and path != LOCK


def has_sidecar(path: str, options: Stamp) -> bool:
    """Whether the settings want a sidecar for the file at ``path``; ``exclude`` goes first.

    There is none for the lock, for what is called as a sidecar is, and for a name that is not
    UTF-8, since no YAML could hold it.
    """
    wanted = matches(options.sidecar, path) and not excludes(options.exclude, path)
    return wanted and path != LOCK and not path.endswith(SUFFIX) and _is_utf8(path)


def _is_utf8(path: str) -> bool:
    name = path_bytes(path.rpartition("/")[2])
    return name.decode("utf-8", "replace").encode() == name


def locked_hash(path: str, data: bytes, kind: str | FileType, options: Stamp) -> str | None:
    """The hash that the lock has for a file that ``lock`` names; None: it is not for the lock.

    The lock is for files that do not carry a stamp (a sidecar does) and are not to: because nothing
    of the kind can, because of what they hold, or because ``include`` does not name them.
    ``kind`` is the file's, by its name or as the row that says how it carries a stamp.
    """
    row = FILE_TYPES.get(kind) if isinstance(kind, str) else kind
    asked = row is not None and (row.asked or matches(options.include, path))
    if asked and is_wanted(path, options.include, ()) and not reason_against(path, data, row):
        return None
    return None if _is_stamped(data, kind) else body_hash(data)


def locked_hash_of_pieces(kind: str | FileType, pieces: Iterator[bytes]) -> str | None:
    """``locked_hash`` of a file that is too large for a stamp to be written in it."""
    first: list[bytes] = []
    while sum(map(len, first)) < MAX_HEAD and (piece := next(pieces, b"")):
        first.append(piece)
    head = b"".join(first)
    return None if _is_stamped(head, kind) else hash_of_chunks(chain((head,), pieces))


def _is_stamped(data: bytes, kind: str | FileType) -> bool:
    return any(block.form == V1 for block in read(data, kind).blocks)


def wanted_entries(
    paths: Iterable[str],
    options_of: Callable[[str], Stamp],
    open_: Callable[[str], Content | None],
) -> list[Entry]:
    """The entries that the lock must have for ``paths``, sorted.

    Args:
        paths: relative to the root; all files and links of a tree, or those that changed.
        options_of: the settings that hold for a path.
        open_: what stands at a path, or None for nothing; called only where the settings want an
            entry, so that nothing else is read.
    """
    found = []
    for path in sorted(paths, key=path_bytes):
        options = options_of(path)
        content = open_(path) if is_locked(path, options) else None
        entry = entry_of(path, content, options) if content else None
        if entry is not None:
            found.append(entry)
    return found


def entry_of(path: str, content: Content, options: Stamp) -> Entry | None:
    """The entry for what stands at ``path``, which ``lock`` names; None: it is not for the lock."""
    if content.node == "link":
        found: str | None = body_hash(content.data)
    elif content.pieces is not None:
        found = locked_hash_of_pieces(content.kind, content.pieces)
    else:
        found = locked_hash(path, content.data, content.kind, options)
    return Entry(found, NODES[content.node], path) if found else None


def replaced(
    entries: Iterable[Entry], looked_at: Iterable[str], wanted: Iterable[Entry]
) -> list[Entry]:
    """``entries`` with those of the paths ``looked_at`` replaced by ``wanted``, sorted.

    For a run that looks at some files only: what it did not look at stays.
    """
    seen = frozenset(looked_at)
    kept = (entry for entry in entries if entry.path not in seen)
    return sorted((*kept, *wanted), key=lambda entry: path_bytes(entry.path))
