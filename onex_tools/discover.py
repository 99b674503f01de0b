"""Which files there are: git's own answer, read without running anything the repository ships."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from onex_tools.process import STALL_SECONDS, ask
from onex_tools.source import Node

GIT_SECONDS = 120.0
"""How long git may take."""

_SAFE = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "core.pager=cat", "-c", "protocol.allow=never"),
)
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",  # a missing object of a partial clone would run the remote's program
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
_GIT_READS = frozenset({".git", ".gitignore", ".gitattributes", ".gitmodules", ".mailmap"})
_LIST = ("ls-files", "--cached", "--others", "--exclude-standard", "-z")
_PIECE = 1 << 20
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
_NEVER = frozenset({".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv", ".tox"})


class DiscoveryError(Exception):
    """The files cannot be listed; ``help`` says what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message, self.help = message, help


class Skip(Exception):
    """A path that is not read; the message says why."""

    over_limit = False


class OverLimit(Skip):
    """A file that is larger than the limit."""

    over_limit = True


class Listing(NamedTuple):
    """Paths relative to the root as git gave them, NUL after each: unsorted, maybe repeated."""

    raw: bytes
    by_git: bool

    def paths(self) -> list[str]:
        """The paths as text, undecodable bytes surrogate-escaped, in the listing's order."""
        return os.fsdecode(self.raw).split("\0")[:-1]


def has_git(root: str) -> bool:
    """Whether ``root`` is inside a git work tree, told without running git."""
    folder = os.path.abspath(root)
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
    return True


def list_files(root: str, empty_git_dir: Callable[[], str]) -> Listing:
    """Every file below ``root`` that git tracks or would not ignore.

    Outside a repository git's ignore rules hold all the same: git is given ``empty_git_dir()``, an
    empty repository of our own. Without git the tree is walked, and ignore files have no effect.

    Raises:
        DiscoveryError: git refused, failed or took too long.
    """
    try:
        env = {}
        if not has_git(root):
            env = {"GIT_DIR": empty_git_dir(), "GIT_WORK_TREE": os.path.abspath(root)}
        return Listing(run_git(root, _LIST, env), True)
    except FileNotFoundError:
        walked = sorted(_walk(os.fsencode(root)))
        return Listing(b"".join(path + b"\0" for path in walked), False)


def run_git(root: str, arguments: Sequence[str], env: dict[str, str] | None = None) -> bytes:
    """What ``git`` prints, run in ``root`` so that no configuration of its can run a program.

    Callers pass only commands that never compare work-tree content: those run the repository's
    ``filter.*.clean``.

    Raises:
        DiscoveryError: git failed, refused the folder, waits for a FIFO or took too long.
        FileNotFoundError: git is not installed.
    """
    # pre-commit sets GIT_INDEX_FILE; it and GIT_DIR are honoured, but no lock is ever taken.
    full = {**os.environ, **(env or {}), **_QUIET}
    command = ["git", "-C", root, *_SAFE]
    try:
        answer = ask([*command, *arguments], full, GIT_SECONDS, partial(_look_for_fifo, root))
    except TimeoutError:
        raise DiscoveryError(
            f"git {arguments[0]} did not answer within {GIT_SECONDS:.0f} seconds",
            "look for a FIFO or a device among the files that its configuration includes",
        ) from None
    if answer.code:
        raise _refusal(arguments[0], answer.errors.decode("utf-8", "replace").strip())
    return answer.output


def _refusal(command: str, said: str) -> DiscoveryError:
    if "dubious ownership" in said:
        return DiscoveryError(
            "git refuses this folder because another user owns it",
            "if you trust it: git config --global --add safe.directory FOLDER",
        )
    lines = said.splitlines() or ["it gave no reason"]
    reason = next((line for line in lines if line.startswith("fatal: ")), lines[0])
    return DiscoveryError(f"git {command} failed: {reason}")


def _look_for_fifo(root: str) -> None:
    """Find what git may be waiting for: a file that it reads, and that is none."""
    for path in _read_by_git(root):
        try:
            mode = os.stat(path).st_mode
        except OSError:
            continue
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise DiscoveryError(
                f"git cannot answer: {os.path.relpath(path, root)} is not a regular file",
                "remove it, or name the files to check",
            )


def _read_by_git(root: str) -> Iterator[str]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        inside = "/.git" in folder[len(root) :]
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif inside or entry.name in _GIT_READS:
                yield entry.path
    for key in ("core.excludesFile", "core.attributesFile"):
        command = ["git", "-C", root, *_SAFE, "config", "--type=path", "--get", key]
        try:
            answer = ask(command, {**os.environ, **_QUIET}, STALL_SECONDS)
        except TimeoutError:
            return  # its configuration includes a FIFO; there is no telling which
        yield os.path.join(root, os.fsdecode(answer.output.rstrip(b"\n")))


def _walk(root: bytes) -> Iterator[bytes]:
    folders = [b""]
    while folders:
        below = folders.pop()
        try:
            entries = list(os.scandir(os.path.join(root, below)))
        except OSError:
            continue
        for entry in entries:
            path = below + b"/" + entry.name if below else entry.name
            if os.fsdecode(entry.name) in _NEVER:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                yield path


def staged_blobs(root: str) -> dict[str, str]:
    """The path and blob id of every regular file that differs between HEAD and the index."""
    names = ("diff", "--cached", "--relative", "--name-only", "--diff-filter=ACMRT", "-z")
    try:
        changed = run_git(root, names)
    except DiscoveryError:
        if _knows(root, "--git-dir"):
            raise
        raise DiscoveryError(
            f"nothing can be staged: {root} is in no git repository",
            "run it in one, or name the files",
        ) from None
    wanted = set(os.fsdecode(changed).split("\0"))
    blobs = {}
    for row in os.fsdecode(run_git(root, ("ls-files", "--stage", "-z"))).split("\0"):
        meta, _, path = row.partition("\t")
        if path in wanted and meta.startswith("100"):
            blobs[path] = meta.split(" ")[1]
    return blobs


def _knows(root: str, *asked: str) -> bool:
    """Whether ``git rev-parse`` has an answer."""
    try:
        return bool(run_git(root, ("rev-parse", "--quiet", *asked)))
    except DiscoveryError:
        return False


def named_blobs(root: str, names: Sequence[str]) -> dict[str, str]:
    """The id of the blob that each name (``COMMIT:PATH``) stands for, where git knows one."""
    plain = [name for name in dict.fromkeys(names) if "\n" not in name]
    rows = os.fsdecode(_cat_file(root, "--batch-check", plain)).split("\n")
    ids = {}
    for name, row in zip(plain, rows, strict=False):
        blob, kind, _ = (*row.split(" "), "", "")[:3]
        if kind == "blob" and blob != name:
            ids[name] = blob
    return ids


def read_blobs(root: str, blobs: Iterable[str], limit: int) -> dict[str, bytes | Skip]:
    """The bytes of each blob, or why they are not read, by its id.

    They come straight from git's store: no filter runs.
    """
    ids = sorted(set(blobs))
    found: dict[str, bytes | Skip] = {blob: Skip("git has lost its content") for blob in ids}
    wanted = []
    for row in _cat_file(root, "--batch-check", ids).decode().splitlines():
        blob, kind, size = (*row.split(" "), "", "")[:3]
        if kind == "blob" and int(size) <= limit:
            wanted.append(blob)
        elif kind == "blob":
            found[blob] = OverLimit(f"it has {int(size):,} bytes; the limit is {limit:,}")
    out, at = _cat_file(root, "--batch", wanted), 0
    for blob in wanted:
        end = out.find(b"\n", at)
        head = out[at:end].split(b" ")
        at = end + 1
        if end >= 0 and len(head) == 3:
            found[blob] = out[at : at + int(head[2])]
            at += int(head[2]) + 1
    return found


def _cat_file(root: str, mode: str, ids: Sequence[str]) -> bytes:
    """What ``git cat-file`` prints about the objects ``ids``; it may end before all are read."""
    import subprocess

    if not ids:
        return b""
    return subprocess.run(
        ["git", *_SAFE, "cat-file", mode],
        cwd=root,
        env={**os.environ, **_QUIET},
        input=os.fsencode("".join(f"{one}\n" for one in ids)),
        capture_output=True,
        timeout=GIT_SECONDS,
        check=False,
    ).stdout


def changed_since(root: str, revision: str) -> set[str]:
    """The paths that may differ from where this branch left ``revision``.

    Committed and staged changes by git; work-tree changes by the index's recorded size and time,
    since git's own comparison would run the repository's filters; and everything untracked.

    Raises:
        DiscoveryError: there is no such revision, or no common ancestor (a shallow clone).
    """
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    try:
        commit = run_git(root, verify).decode().strip()
        base = run_git(root, ("merge-base", commit, "HEAD")).decode().strip()
    except DiscoveryError as error:
        if error.help:  # git itself cannot be used here
            raise
        if not _knows(root, "--verify", "HEAD"):
            raise DiscoveryError(
                "there is no commit yet to look back from", "leave out --since until there is one"
            ) from None
        raise DiscoveryError(
            f"there is no revision {revision!r} that shares history with HEAD",
            "fetch it first (in CI: a full clone, fetch-depth: 0)",
        ) from None
    names = run_git(root, ("diff", "--cached", "--relative", "--name-only", "-z", base))
    others = run_git(root, ("ls-files", "--others", "--exclude-standard", "-z"))
    changed = set(os.fsdecode(names + others).split("\0"))
    changed.update(_touched(root))
    changed.discard("")
    return changed


def _touched(root: str) -> Iterator[str]:
    """Tracked files whose size or time is not what the index remembers."""
    rows = os.fsdecode(run_git(root, ("ls-files", "--debug", "-z")))
    # --debug prints the NUL after the path, then five lines of "key: value" pairs.
    row = r"([^\0]*)\0[^\n]*\n  mtime: (\d+):(\d+)\n[^\n]*\n[^\n]*\n  size: (\d+)[^\n]*\n"
    for match in re.finditer(row, rows):
        path, *known = match.groups()
        try:
            now = os.lstat(os.path.join(root, path))
        except OSError:
            continue
        changed = (now.st_mtime_ns // 10**9, now.st_mtime_ns % 10**9, now.st_size)
        if changed != tuple(map(int, known)):
            yield path


class Reader:
    """Reads files below one root; never through a link, never anything but a regular file."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._below = os.path.join(root, "")
        self._plain: dict[str, bool] = {"": True}

    def __call__(self, path: str, limit: int) -> bytes:
        """The bytes of ``path``.

        Raises:
            Skip: it is missing, not a regular file, behind a link, unreadable or over ``limit``.
        """
        handle = self._open(path)
        try:
            size = _size(handle)
            if size > limit:
                raise OverLimit(f"it has {size:,} bytes; the limit is {limit:,}")
            return _read_all(handle, size, limit)
        except OSError as error:
            raise Skip(_why(error)) from None
        finally:
            os.close(handle)

    def pieces(self, path: str) -> Iterator[bytes]:
        """The bytes of ``path``, however many, a piece at a time.

        Raises:
            Skip: as above; it may also come after some pieces.
        """
        handle = self._open(path)
        try:
            _size(handle)
            while piece := os.read(handle, _PIECE):
                yield piece
        except OSError as error:
            raise Skip(_why(error)) from None
        finally:
            os.close(handle)

    def node(self, path: str) -> Node:
        """What stands at ``path``; nothing, where a folder above it is a link."""
        full = os.path.join(self._root, path)
        try:
            mode = os.lstat(full).st_mode
            if not self._is_plain(path.rpartition("/")[0]):
                return Node("")
            if stat.S_ISLNK(mode):
                return Node("link", os.readlink(full))
        except (OSError, ValueError):
            return Node("")
        if not stat.S_ISREG(mode):
            return Node("")
        return Node("executable" if mode & stat.S_IXUSR else "file")

    def _open(self, path: str) -> int:
        """A handle of what stands at ``path``, which no link leads to."""
        folder = path[: max(path.rfind("/"), 0)]
        if not (self._plain.get(folder) or self._is_plain(folder)):
            raise Skip("a folder above it is a symbolic link")
        try:
            return os.open(self._below + path, _READ)
        except OSError as error:
            raise Skip(_why(error)) from None

    def _is_plain(self, folder: str) -> bool:
        known, new = self._plain, []
        while folder not in known:
            new.append(folder)
            folder = folder.rpartition("/")[0]
        plain = known[folder]
        for below in reversed(new):
            plain = plain and not os.path.islink(os.path.join(self._root, below))
            known[below] = plain
        return plain


def _size(handle: int) -> int:
    """The size of a regular file."""
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise Skip("it is not a regular file")
    return status.st_size


def _read_all(handle: int, size: int, limit: int) -> bytes:
    data = os.read(handle, size + 1)
    if len(data) == size:
        return data
    chunks = [data]
    while chunks[-1]:
        if sum(map(len, chunks)) > limit:
            raise OverLimit(f"it grew past the limit of {limit:,} bytes while it was read")
        chunks.append(os.read(handle, 1 << 20))
    return b"".join(chunks)


def _why(error: OSError) -> str:
    import errno

    if error.errno == errno.ELOOP:
        return "it is a symbolic link"
    return (error.strerror or "it cannot be read").lower()
