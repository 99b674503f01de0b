"""Files replaced whole: their new bytes or their old ones, and only if nobody changed them."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Sequence

STALE_SECONDS = 3600.0
"""A draft this old belongs to no run that is still alive."""

_DRAFT = re.compile(r"\.onex-[0-9a-f]{16}\.tmp\Z")
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_CHANGED = "it was changed since it was read"


class WriteRefused(Exception):
    """A file was left as it was; ``reason`` says why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: not written: {reason}")
        self.message, self.path, self.reason = str(self), path, reason


class _Refusal(Exception):
    """The reason alone, on its way to where the path is known."""


def replace_file(root: str, path: str, old: bytes, new: bytes) -> None:
    """Put ``new`` into the file at ``path`` below ``root``, which holds ``old``.

    Another process sees the old bytes or the new ones, even after a crash; mode and, where it is
    allowed, owner stay. Every folder is opened in turn and held, so that no link can lead the
    write elsewhere. The bytes are compared once more right before the file is replaced; an edit
    in the few microseconds between the two cannot be seen.

    Raises:
        WriteRefused: the file changed, is no regular file with one name, is behind a link, is
            write-protected, or the system refused; it is as it was.
    """
    *folders, name = path.split("/")
    try:
        handle = _open_folder(root, folders)
        try:
            if old != new:
                _replace(handle, name, old, new)
        finally:
            os.close(handle)
    except _Refusal as refusal:
        raise WriteRefused(path, str(refusal)) from None
    except (OSError, ValueError) as error:
        raise WriteRefused(path, _why(error)) from None


def remove_stale(root: str, folders: Iterable[str]) -> int:
    """Remove what killed runs left in ``folders`` below ``root``; gives how many files that was.

    Only regular files under our own kind of name that are older than ``STALE_SECONDS``.
    """
    count = 0
    for folder in sorted(set(folders)):
        try:
            handle = _open_folder(root, folder.split("/") if folder else [])
        except (OSError, ValueError, _Refusal):
            continue
        try:
            count += sum(_remove_if_stale(handle, name) for name in os.listdir(handle))
        finally:
            os.close(handle)
    return count


def _remove_if_stale(folder: int, name: str) -> bool:
    if not _DRAFT.match(name):
        return False
    try:
        status = os.lstat(name, dir_fd=folder)
        if not stat.S_ISREG(status.st_mode) or time.time() - status.st_mtime < STALE_SECONDS:
            return False
        os.unlink(name, dir_fd=folder)
    except OSError:
        return False
    return True


def _open_folder(root: str, folders: Sequence[str]) -> int:
    """A handle of the folder, reached without passing a link."""
    handle = os.open(root, _FOLDER)
    for part in folders:
        above = handle
        try:
            if part in ("", ".", ".."):
                raise _Refusal("its path is not a plain one below the root")
            handle = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=above)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR):
                raise _Refusal("a folder above it is a symbolic link") from None
            raise
        finally:
            os.close(above)
    return handle


def _replace(folder: int, name: str, old: bytes, new: bytes) -> None:
    status = _held(folder, name, old)
    draft = f".onex-{os.urandom(8).hex()}.tmp"
    try:
        handle = os.open(draft, _CREATE, 0o600, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise _Refusal("its folder is read-only") from None
        raise
    try:
        with open(handle, "wb") as stream:
            stream.write(new)
            stream.flush()
            _take_over(handle, status)
            os.fsync(handle)
        now = _held(folder, name, old)
        if (now.st_ino, now.st_dev, now.st_mode) != (status.st_ino, status.st_dev, status.st_mode):
            raise _Refusal(_CHANGED)
        os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft, dir_fd=folder)
        raise
    with contextlib.suppress(OSError):  # some file systems cannot; the file itself is safe
        os.fsync(folder)


def _held(folder: int, name: str, old: bytes) -> os.stat_result:
    """The status of a file that may be replaced and still holds ``old``."""
    try:
        handle = os.open(name, _READ, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _Refusal("it is a symbolic link") from None
        raise
    with open(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _Refusal("it is not a regular file")
        if status.st_nlink != 1:
            raise _Refusal(f"it has {status.st_nlink} names (hard links), and one would lag behind")
        if not status.st_mode & 0o222:
            raise _Refusal("it is write-protected")
        if status.st_size != len(old) or stream.read(len(old) + 1) != old:
            raise _Refusal(_CHANGED)
    return status


def _take_over(handle: int, status: os.stat_result) -> None:
    """Give the draft the owner, as far as that is allowed, and the mode of the file."""
    mode = stat.S_IMODE(status.st_mode)
    made = os.fstat(handle)
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(handle, status.st_uid, status.st_gid)
        except OSError:
            mode &= ~(stat.S_ISUID | stat.S_ISGID)  # rights of an owner it no longer has
    os.fchmod(handle, mode)


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "its path cannot be opened"
