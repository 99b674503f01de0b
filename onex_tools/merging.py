"""Git's merge driver: three versions of one file in, the merged one out, with a right stamp."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.kinds import UNKNOWN, kind_of_head, kind_of_name
from onex_tools.process import Answer, ask
from onex_tools.stamp.lines import NEEDLE
from onex_tools.stamp.merge import (
    Merge,
    Text,
    Versions,
    merged,
    merged_lock,
    merged_sidecar,
)
from onex_tools.stamp.styles import FILE_TYPES

if TYPE_CHECKING:
    from onex_tools.stamp.options import Stamp

MARKER_SIZE = 7
LABELS = ("base", "ours", "theirs")
"""What conflict markers name the versions where git does not say how they are called."""

_LOCK, _SIDECAR = "onex.lock", ".onex.yaml"
_SECONDS = 86_400.0
"""Git itself sets its merge no limit; this one only keeps a lost process from staying for ever."""
_LOOKED_AT = 8000
_USAGE_ERROR = 129
_MOST_CONFLICTS = 127
_BINARY = "it is binary, or larger than git merges: ours is kept"


class MergeFailed(Exception):
    """The merge could not be made, and nothing was written; the message says why."""


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


def merge_file(request: Request, options: Callable[[], Stamp]) -> Merge:
    """Merge the versions that ``request`` names, and put the result into the file of ours.

    ``options`` is called only where a stamp is to be written.

    Raises:
        MergeFailed: git gave no answer.
        OSError: a file could not be read or written.
    """
    versions = Versions(*(_read(name) for name in request.files))
    merge = _merge(request, versions, options)
    if merge.data != versions.ours:
        _replace(request.files[1], merge.data)
    return merge


def _merge(request: Request, versions: Versions, options: Callable[[], Stamp]) -> Merge:
    def merge_text(texts: Versions) -> Text:
        return git_merge(texts, request.marker_size, request.labels)

    if any(b"\0" in data[:_LOOKED_AT] for data in versions):
        return Merge(versions.ours, False, (_BINARY,))
    name = request.path.rpartition("/")[2]
    if name == _LOCK:
        return merged_lock(versions) or Merge(*merge_text(versions))
    if not any(NEEDLE in data for data in versions):
        return Merge(*merge_text(versions))
    if name.endswith(_SIDECAR):
        sidecar = merged_sidecar(request.path, versions, FILE_TYPES["yaml"])
        if sidecar is not None:
            return sidecar
    kind = kind_of_name(name)
    if kind == UNKNOWN and "." not in name:
        kind = kind_of_head(versions.ours)
    row = FILE_TYPES.get(kind)
    if row is None:
        return Merge(*merge_text(versions))
    from onex_tools.stamp.identity import utc_now
    from onex_tools.stamp.plan import Source, Wish

    source = Source(request.path, versions.ours, kind, row)
    return merged(source, versions, options(), Wish(lambda: utc_now(os.environ)), merge_text)


# The text merge --------------------------------------------------------------------------------


def git_merge(versions: Versions, marker_size: int, labels: tuple[str, str, str]) -> Text:
    """Git's own merge of three texts, in the conflict style that is configured.

    Raises:
        MergeFailed: git gave no answer.
    """
    if versions.base == versions.theirs or versions.ours == versions.theirs:
        return Text(versions.ours, True)
    if versions.base == versions.ours:
        return Text(versions.theirs, True)
    base, ours, theirs = labels
    with _held(versions) as names:
        options = [f"--marker-size={marker_size}", "-L", ours, "-L", base, "-L", theirs]
        files = [names[1], names[0], names[2]]
        # A merge of branches compares lines so; older versions of git cannot be asked for it.
        answer = _ask_git([*options, "--diff-algorithm=histogram", *files])
        if answer.code == _USAGE_ERROR:
            answer = _ask_git([*options, *files])
    if not 0 <= answer.code <= _MOST_CONFLICTS:
        said = answer.errors.decode("utf-8", "replace").strip()
        if "binary" in said:
            return Text(versions.ours, False)
        raise MergeFailed(f"git merge-file failed: {said or answer.code}")
    return Text(answer.output, answer.code == 0)


def _ask_git(arguments: list[str]) -> Answer:
    try:
        return ask(["git", "merge-file", "-p", *arguments], os.environ, _SECONDS)
    except FileNotFoundError:
        raise MergeFailed("git is not installed") from None
    except TimeoutError:
        raise MergeFailed("git merge-file gave no answer") from None


@contextlib.contextmanager
def _held(versions: Versions) -> Iterator[list[str]]:
    """Names under which a program that we start can read ``versions``.

    The files have no names of their own, so none of them is left behind, whatever ends us.
    """
    with contextlib.ExitStack() as stack:
        names = []
        for data in versions:
            handle = _nameless()
            stack.callback(os.close, handle)
            os.set_inheritable(handle, True)
            _write(handle, data)
            os.lseek(handle, 0, os.SEEK_SET)
            names.append(f"/dev/fd/{handle}")
        yield names


def _nameless() -> int:
    """A new file without a name: in memory where the system has that, else on disk."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("onex-merge")
    import tempfile

    with tempfile.TemporaryFile() as stream:
        return os.dup(stream.fileno())


# Files -----------------------------------------------------------------------------------------


def _read(name: str) -> bytes:
    with open(name, "rb") as stream:
        return stream.read()


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _replace(name: str, data: bytes) -> None:
    """Put ``data`` into the file, at one stroke and with its mode kept."""
    mode = stat.S_IMODE(os.stat(name).st_mode)
    draft = os.path.join(os.path.dirname(name), f".onex-{os.urandom(8).hex()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        try:
            _write(handle, data)
            os.fchmod(handle, mode)
        finally:
            os.close(handle)
        os.replace(draft, name)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
