"""One file of an open folder replaced, made or removed, by way of a draft beside it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from typing import NamedTuple

from onex_tools.writing.swap import Renamer

STALE_SECONDS = 3600.0
"""A draft this old belongs to no run that is still alive."""

_DRAFT = re.compile(r"\.onex-[0-9a-f]{16}\.tmp\Z")
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_CHANGED = "it was changed since it was read"


class Refusal(Exception):
    """The reason alone, on its way to where the path is known."""


class Hand:
    """What puts files in place; it has no state, and threads may share it."""

    def __init__(self, *, hard_links: bool) -> None:
        self._hard_links = hard_links
        self._renamer = Renamer()

    def put(self, folder: int, name: str, old: bytes | None, new: bytes | None) -> None:
        """Let ``name`` in ``folder`` hold ``new`` where it held ``old``; None is no file at all.

        Raises:
            Refusal, OSError, ValueError: the file is as it was.
        """
        if old is None:
            if new is not None:
                self._create(folder, name, new)
            return
        held = _Held(folder, name, old)
        try:
            held.check(hard_links=self._hard_links)
            if new is None:
                self._remove(folder, name, held)
            elif new != old:
                self._replace(folder, name, held, new)
        finally:
            held.close()

    def _create(self, folder: int, name: str, new: bytes) -> None:
        draft = _write_draft(folder, new, None)
        with _dropped_on_failure(folder, draft):
            try:
                self._renamer.rename_to_free(folder, draft.name, name)
            except FileExistsError:
                raise Refusal("it has come to exist") from None

    def _replace(self, folder: int, name: str, held: _Held, new: bytes) -> None:
        draft = _write_draft(folder, new, held)
        with _dropped_on_failure(folder, draft):
            if not held.has(folder, name):
                raise Refusal(_CHANGED)
            exchanged = self._renamer.exchange(folder, draft.name, name)
            if not exchanged:  # an edit between these two calls cannot be seen
                if not held.unchanged():
                    raise Refusal(_CHANGED)
                os.replace(draft.name, name, src_dir_fd=folder, dst_dir_fd=folder)
        if exchanged:
            self._conclude(folder, name, held, draft)

    def _conclude(self, folder: int, name: str, held: _Held, draft: _Draft) -> None:
        """Let go of what was replaced, or give it its name back if somebody had edited it."""
        try:
            intact = held.has(folder, draft.name) and held.unchanged()
        except OSError:
            self._give_back(folder, name, draft)
            raise
        if not intact:
            self._give_back(folder, name, draft)
            raise Refusal(_CHANGED)
        _drop(folder, draft.name)

    def _give_back(self, folder: int, name: str, draft: _Draft) -> None:
        """Exchange again until what comes out is what was last put in: nobody was faster."""
        put = draft.inode
        try:
            while True:
                coming = os.lstat(draft.name, dir_fd=folder).st_ino
                self._renamer.exchange(folder, draft.name, name)
                if os.lstat(draft.name, dir_fd=folder).st_ino == put:
                    break
                put = coming
        except OSError as error:
            where = f"what it held is in {draft.name}"
            raise Refusal(f"it was changed just now; {where} ({error.strerror})") from None
        _drop(folder, draft.name)

    def _remove(self, folder: int, name: str, held: _Held) -> None:
        """Rename it first, so that what is unlinked is what was looked at."""
        aside = _draft_name()
        os.rename(name, aside, src_dir_fd=folder, dst_dir_fd=folder)
        try:
            intact = held.has(folder, aside) and held.unchanged()
        except OSError:
            self._renamer.rename_to_free(folder, aside, name)
            raise
        if intact:
            _drop(folder, aside)
            return
        with contextlib.suppress(FileExistsError):  # a newer one: then this one is history
            self._renamer.rename_to_free(folder, aside, name)
        _drop(folder, aside)
        raise Refusal(_CHANGED)


class _Held:
    """A file kept open: what it held when it was read, whatever its name is by now."""

    def __init__(self, folder: int, name: str, old: bytes) -> None:
        try:
            self.handle = os.open(name, _READ, dir_fd=folder)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise Refusal("it is a symbolic link") from None
            raise
        self._old = old

    def check(self, *, hard_links: bool) -> None:
        """Refuse what may not be replaced, or does not hold the old bytes."""
        self.status = status = os.fstat(self.handle)
        if not stat.S_ISREG(status.st_mode):
            raise Refusal("it is not a regular file")
        if not status.st_nlink:  # replaced since it was opened
            raise Refusal(_CHANGED)
        if status.st_nlink > 1 and not hard_links:
            raise Refusal(f"it has {status.st_nlink} names (hard links), and one would lag behind")
        if not status.st_mode & 0o222:
            raise Refusal("it is write-protected")
        if status.st_size != len(self._old) or not self.unchanged():
            raise Refusal(_CHANGED)

    def unchanged(self) -> bool:
        """Whether it still holds the old bytes, where its size is still the same."""
        at, old = 0, self._old
        while chunk := os.pread(self.handle, len(old) - at + 1, at):
            if chunk != (old if len(chunk) == len(old) else old[at : at + len(chunk)]):
                return False
            at += len(chunk)
            if at == len(old):
                break
        return at == len(old)

    def has(self, folder: int, name: str) -> bool:
        """Whether ``name`` is its name, and mode, links, owner and size are what they were."""
        try:
            now = os.lstat(name, dir_fd=folder)
        except FileNotFoundError:
            return False
        return now[:7] == self.status[:7]

    def close(self) -> None:
        """Let go of it; nothing was written through it, so that nothing can be lost."""
        with contextlib.suppress(OSError):
            os.close(self.handle)


class _Draft(NamedTuple):
    """A file that is written and saved, but not yet in place."""

    name: str
    inode: int


def _draft_name() -> str:
    return f".onex-{os.urandom(8).hex()}.tmp"


def _write_draft(folder: int, new: bytes, held: _Held | None) -> _Draft:
    """Put ``new`` on the disk, with what else belongs to the file that it is for."""
    name = _draft_name()
    try:
        handle = os.open(name, _CREATE, 0o600 if held else 0o666, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Refusal("its folder is read-only") from None
        raise
    try:
        try:
            _write_all(handle, new)
            made = os.fstat(handle)
            if held:
                _take_over(handle, made, held)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        _drop(folder, name)
        raise
    return _Draft(name, made.st_ino)


def _write_all(handle: int, data: bytes) -> None:
    written = os.write(handle, data)
    while written < len(data):
        written += os.write(handle, memoryview(data)[written:])


def _take_over(handle: int, made: os.stat_result, held: _Held) -> None:
    """Give the draft the owner, as far as that is allowed, and the mode of the file."""
    status = held.status
    mode = stat.S_IMODE(status.st_mode)
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(handle, status.st_uid, status.st_gid)
        except OSError:
            mode &= ~(stat.S_ISUID | stat.S_ISGID)  # rights of an owner it no longer has
    os.fchmod(handle, mode)


def _drop(folder: int, name: str) -> None:
    """Remove a draft; if that fails, it will be stale one day."""
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)


@contextlib.contextmanager
def _dropped_on_failure(folder: int, draft: _Draft) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _drop(folder, draft.name)
        raise


def is_draft(name: str) -> bool:
    """Whether a file of that name is a draft of ours."""
    return _DRAFT.match(name) is not None


def remove_stale_in(folder: int) -> int:
    """Remove the drafts that killed runs left in an open folder; gives how many those were."""
    return sum(_remove_if_stale(folder, name) for name in os.listdir(folder))


def _remove_if_stale(folder: int, name: str) -> bool:
    if not is_draft(name):
        return False
    try:
        status = os.lstat(name, dir_fd=folder)
        if not stat.S_ISREG(status.st_mode) or time.time() - status.st_mtime < STALE_SECONDS:
            return False
        os.unlink(name, dir_fd=folder)
    except OSError:
        return False
    return True
