"""Git's merge driver: three versions of one file in, the merged one out, with a right stamp."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.merging.text import LABELS, MARKER_SIZE, git_merge, write_all
from onex_tools.stamp.form import LOCK, SUFFIX
from onex_tools.stamp.lines import NEEDLE
from onex_tools.stamp.versions import Text, Versions

if TYPE_CHECKING:
    from onex_tools.kinds import Kinds
    from onex_tools.stamp.merge import Merge
    from onex_tools.stamp.options import Stamp

_BINARY = "binary: ours is kept"


class Request(NamedTuple):
    """What git asks for.

    Attributes:
        files: the files that hold the versions; ours takes the result.
        path: the path of the result in the repository.
        marker_size: characters of a conflict marker.
        labels: what markers call the base, ours and theirs.
    """

    files: tuple[str, str, str]
    path: str
    marker_size: int = MARKER_SIZE
    labels: tuple[str, str, str] = LABELS


class Ground(NamedTuple):
    """What holds where the file belongs: the settings of the stamp, and the kinds of files."""

    options: Stamp
    kinds: Kinds


class Merged(NamedTuple):
    """What came out: whether there is no conflict left, and what a person should know."""

    clean: bool
    notes: tuple[str, ...] = ()


def merge_file(request: Request, ground: Callable[[], Ground]) -> Merged:
    """Merge the versions that ``request`` names, and put the result into the file of ours.

    ``ground`` is called only where a version may have a stamp.

    Raises:
        MergeFailed: git gave no answer.
        OSError: a file could not be read or written.
    """
    versions = Versions(*(_read(name) for name in request.files))
    if versions.binary:
        return Merged(False, (_BINARY,))

    def merge_text(texts: Versions) -> Text:
        return git_merge(texts, request.marker_size, request.labels)

    special = request.path.rpartition("/")[2] == LOCK or any(NEEDLE in data for data in versions)
    merge = _united(request.path, versions, ground, merge_text) if special else None
    data, clean = merge[:2] if merge else merge_text(versions)
    if data != versions.ours:
        _replace(request.files[1], data)
    return Merged(clean, merge.notes if merge else ())


def _united(
    path: str,
    versions: Versions,
    ground: Callable[[], Ground],
    merge_text: Callable[[Versions], Text],
) -> Merge | None:
    """The merge of files with stamps, or of locks; None where it is one of texts only."""
    from onex_tools.stamp.identity import utc_now
    from onex_tools.stamp.merge import merged, merged_lock, merged_sidecar
    from onex_tools.stamp.plan import Source, Wish
    from onex_tools.stamp.styles import file_type, row_for

    name = path.rpartition("/")[2]
    if name == LOCK:
        return merged_lock(versions)
    if name.endswith(SUFFIX):
        sidecar = merged_sidecar(path, versions, file_type("yaml"))
        if sidecar is not None:
            return sidecar
    options, kinds = ground()
    kind = kinds.of(path, versions.ours)
    row = row_for(kind, kinds.comments(kind))
    if row is None:
        return None
    source = Source(path, versions.ours, kind, row)
    return merged(source, versions, options, Wish(lambda: utc_now(os.environ)), merge_text)


def _read(name: str) -> bytes:
    with open(name, "rb") as stream:
        return stream.read()


def _replace(name: str, data: bytes) -> None:
    """Put ``data`` into the file, at one stroke and with its mode kept.

    Not by the room that writes files of the tree: this one is git's own draft, which nobody edits
    and git takes away at once. To compare it again and to save it on the disk would cost each
    merged file some eight milliseconds more, and a write-protected file would be refused.
    """
    mode = stat.S_IMODE(os.stat(name).st_mode)
    draft = os.path.join(os.path.dirname(name), f".onex-{os.urandom(8).hex()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        try:
            write_all(handle, data)
            os.fchmod(handle, mode)
        finally:
            os.close(handle)
        os.replace(draft, name)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
