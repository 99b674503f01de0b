"""Files replaced whole: their new bytes or their old ones, and only if nobody changed them."""

from __future__ import annotations

import contextlib
import errno
import os
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onex_tools.writing.drafts import Hand, Refusal, is_draft, remove_stale_in

THREADS = 32
"""So many files wait for the disk together; it saves them together."""
FEW = 8
"""Fewer files than this are written one after the other."""

_CANNOT_SAVE = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What file systems say that cannot save a folder; on those the file itself is safe."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class Change(NamedTuple):
    """What is to become of a file.

    Attributes:
        path: relative to the root, with slashes.
        old: its bytes now; None: there is no such file.
        new: its bytes afterwards; None: it is removed.
    """

    path: str
    old: bytes | None
    new: bytes | None


class WriteRefused(Exception):
    """A file was left as it was, or may not last; ``reason`` says why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: not written: {reason}")
        self.message, self.path, self.reason = str(self), path, reason


def replace_file(root: str, path: str, old: bytes | None, new: bytes | None) -> None:
    """Make the one ``Change(path, old, new)`` below ``root``; see ``replace_files``.

    Raises:
        WriteRefused: the file is as it was.
    """
    for refused in replace_files(root, [Change(path, old, new)]):
        raise refused


def replace_files(
    root: str, changes: Iterable[Change], *, hard_links: bool = False, threads: int = THREADS
) -> list[WriteRefused]:
    """Make every change that can be made below ``root``; gives the others, in their order.

    Another process sees the old bytes or the new ones, even after a crash, and what is made is on
    the disk when this returns; mode and, where it is allowed, owner stay. Every folder is opened
    in turn and held, so that no link can lead a write elsewhere. A file is refused if it does not
    hold its old bytes, is no regular file, is behind a link, is write-protected, or the system
    says no; the others go on. Where the system can exchange two names (Linux and macOS on their
    usual file systems), what was replaced is compared once more, and an edit made at the last
    moment gets its name back; elsewhere an edit in the microseconds between the last look and the
    rename cannot be seen.

    A file with several names is refused, unless ``hard_links``: then it is replaced under the
    name given, and the other names keep the old bytes. Writing into the file itself would keep
    the names together, but a process killed at that moment would leave half of it.

    From 8 files up, ``threads`` of them are on their way at once, since saving one is waiting.
    Drafts that killed runs left in the same folders are removed. An interrupt lets the files
    that are under way finish, and then goes on its way.
    """
    return _Run(root, list(changes), Hand(hard_links=hard_links), threads).refused()


def remove_stale(root: str, folders: Iterable[str]) -> int:
    """Remove what killed runs left in ``folders`` below ``root``; gives how many files that was.

    Only regular files under our own kind of name that are older than ``STALE_SECONDS``.
    """
    count = 0
    for path in sorted(set(folders)):
        try:
            handle = _open_folder(root, path.split("/") if path else [])
        except (OSError, ValueError, Refusal):
            continue
        try:
            count += remove_stale_in(handle)
        finally:
            os.close(handle)
    return count


def remove_stale_drafts(root: str, paths: Iterable[str]) -> int:
    """The same for every folder that has a draft among ``paths``, a listing of files."""
    drafts = [path for path in paths if is_draft(path.rpartition("/")[2])]
    return remove_stale(root, (path.rpartition("/")[0] for path in drafts))


class _Folder:
    """A folder, open from the first of its changes to the last."""

    def __init__(self, path: str) -> None:
        from threading import Lock

        self.path = path
        self.lock = Lock()
        self.handle: int | None = None
        self.left = 0
        self.made: list[int] = []

    def open(self, root: str) -> int:
        """Its handle; whoever comes first opens it."""
        with self.lock:
            if self.handle is None:
                handle = _open_folder(root, self.path.split("/")[:-1])
                if not os.fstat(handle).st_mode & 0o222:  # which would not hold back root
                    os.close(handle)
                    raise Refusal("its folder is read-only")
                self.handle = handle
            return self.handle

    def is_last(self) -> bool:
        """Tick one change off; whether that was the last."""
        with self.lock:
            self.left -= 1
            return not self.left


class _Run:
    """Many changes on their way, in several threads, since saving a file is waiting.

    None of them is the main thread, not even where there is one only: an interrupt cannot come
    between two steps that belong together.
    """

    def __init__(self, root: str, changes: Sequence[Change], hand: Hand, threads: int) -> None:
        self._threads = threads
        self._root, self._changes, self._hand = root, changes, hand
        self._reasons: dict[int, str] = {}
        self._folders: dict[str, _Folder] = {}
        self._failure: BaseException | None = None
        self._active, self._stopped = 0, False
        self._todo = deque(self._in_order())

    def _in_order(self) -> list[int]:
        """By folder, so that few are open at a time; a path counts once."""
        seen: dict[str, int] = {}
        for number, change in enumerate(self._changes):
            if seen.setdefault(change.path, number) != number:
                self._reasons[number] = "it is to be changed twice at once"
                continue
            path = _folder_of(change.path)
            folder = self._folders.get(path)
            if folder is None:
                folder = self._folders[path] = _Folder(path)
            folder.left += 1
        return sorted(seen.values(), key=lambda number: _folder_of(self._changes[number].path))

    def refused(self) -> list[WriteRefused]:
        """Make the changes; gives those that were not made."""
        if not self._todo:
            return self._told()
        from threading import Condition, Thread

        self._idle = Condition()
        many = len(self._todo) >= FEW
        threads = [Thread(target=self._work) for _ in range(self._threads if many else 1)]
        try:
            with contextlib.suppress(RuntimeError):  # the system has no more threads
                for thread in threads:
                    thread.start()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
            self._work()  # not even one
        finally:
            self._stop()
        if self._failure is not None:
            raise self._failure
        return self._told()

    def _told(self) -> list[WriteRefused]:
        reasons = sorted(self._reasons.items())
        return [WriteRefused(self._changes[number].path, why) for number, why in reasons]

    def _work(self) -> None:
        with self._idle:
            if self._stopped:
                return
            self._active += 1
        try:
            while self._todo:
                try:
                    number = self._todo.popleft()
                except IndexError:  # another thread was faster
                    break
                self._make(number)
        except BaseException as failure:
            self._todo.clear()
            self._failure = failure
        finally:
            with self._idle:
                self._active -= 1
                self._idle.notify_all()

    def _stop(self) -> None:
        """Let what is under way finish, and nothing else begin."""
        self._todo.clear()
        with self._idle:
            self._stopped = True
            self._idle.wait_for(lambda: not self._active)
        for folder in self._folders.values():
            self._close(folder)

    def _make(self, number: int) -> None:
        path, old, new = self._changes[number]
        above = _folder_of(path)
        folder = self._folders[above]
        try:
            self._hand.put(folder.open(self._root), path[len(above) :], old, new)
        except (Refusal, OSError, ValueError) as error:
            self._reasons[number] = _why(error)
        else:
            folder.made.append(number)
        finally:
            if folder.is_last():
                self._close(folder)

    def _close(self, folder: _Folder) -> None:
        """Save the names in a folder, and tidy it up."""
        handle, folder.handle = folder.handle, None
        if handle is None:
            return
        try:
            if folder.made:
                os.fsync(handle)
        except OSError as error:
            if error.errno not in _CANNOT_SAVE:
                why = f"it is written, but its folder cannot be saved: {_why(error)}"
                self._reasons.update(dict.fromkeys(folder.made, why))
        with contextlib.suppress(OSError):
            remove_stale_in(handle)
        with contextlib.suppress(OSError):
            os.close(handle)


def _folder_of(path: str) -> str:
    """What comes before the name, with a slash at its end, or nothing."""
    return path[: path.rfind("/") + 1]


def _open_folder(root: str, folders: Sequence[str]) -> int:
    """A handle of the folder, reached without passing a link."""
    handle = os.open(root, _FOLDER)
    for part in folders:
        above = handle
        try:
            if part in ("", ".", ".."):
                raise Refusal("its path is not a plain one below the root")
            handle = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=above)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR):
                raise Refusal("a folder above it is a symbolic link") from None
            raise
        finally:
            os.close(above)
    return handle


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or "it cannot be written").lower()
    return str(error) if isinstance(error, Refusal) else "its path cannot be opened"
