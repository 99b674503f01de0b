"""What is remembered between runs: one snapshot per root and set of checks, and the catalogue.

A snapshot is a row per listed file (times and size, content id, result, facts), so an unchanged
tree costs one comparison of bytes. It holds no code, no secret and no absolute path; whatever
about it looks wrong makes the run a cold one.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from onex_tools.model import Finding, Ignore

FORMAT = b"onex-snapshot 2\n"
ID_SIZE = 32
NO_ID = bytes(ID_SIZE)
RACY_NS = 2_000_000_000
"""A file touched this shortly before it was read may change again without a new time."""
LIMIT = 128 << 20
"""Bytes of what is kept under one name; a snapshot of half a million files."""
KEEP = 12
"""Snapshots kept per folder; the oldest go first."""

Stat = tuple[int, int, int, int]
MISSING: Stat = (0, 0, 0, 0)
DOUBTFUL: Stat = (-1, -1, -1, -1)
"""Equal to no file's numbers, not even those of a missing one: it is looked at again."""
LEFT_OUT = {"gone": b"g", "link": b"l", "nested": b"n", "special": b"s", "excluded": b"x"}
"""What a listed path is that is no file to check, and its result line."""
_LEFT_OUT = frozenset(LEFT_OUT.values())


class Row(NamedTuple):
    """One listed file: content id (raw bytes), result line, facts line; no newline in either.

    ``result`` is empty for a file that no check wanted, ``0`` for a clean one, one of LEFT_OUT for
    what is no file to check, else JSON.
    """

    content: bytes
    result: bytes
    facts: bytes

    @property
    def is_file(self) -> bool:
        """Whether the path is a regular file that is not excluded."""
        return self.result not in _LEFT_OUT

    @property
    def standing(self) -> bytes:
        """Why the path is no file to check, as a value of LEFT_OUT; empty for one that is."""
        return self.result if self.result in _LEFT_OUT else b""


NOTHING = Row(NO_ID, b"", b"")


class Snapshot(NamedTuple):
    """Columns in the order of ``listing`` (git's bytes), and what the tree checks found."""

    listing: bytes
    stats: array[int]
    contents: bytes
    results: list[bytes]
    facts: bytes
    head: Mapping[str, Any]


def each_stat(stats: array[int]) -> Iterator[Stat]:
    """The numbers of one file after the other."""
    numbers = iter(stats.tolist())
    return zip(numbers, numbers, numbers, numbers, strict=True)


def folder() -> str | None:
    """Where this user's cache lives: ``ONEX_CACHE_DIR``, else the system's place; None: nowhere."""
    chosen = os.environ.get("ONEX_CACHE_DIR")
    if chosen:
        return os.path.abspath(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    if not base or not os.path.isabs(base):
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")
    return os.path.join(base, "onex")


def code_folder() -> str | None:
    """Where Python keeps the byte code of this package; None: it keeps none."""
    kept = None if __spec__ is None else __spec__.cached
    return None if sys.dont_write_bytecode or not kept else os.path.dirname(kept)


def digest(data: bytes) -> str:
    """64 hexadecimal digits of BLAKE3."""
    from blake3 import blake3

    return str(blake3(data).hexdigest())


class Cache:
    """The user's cache folder; every method is silent where it cannot be used.

    What is ``private`` no other user reads; else files get the modes that the user's mask leaves.

    Attributes:
        base: where it is; None: nowhere.
        trusted: whether ``get`` gives anything.
        answered: whether it ever did.
    """

    def __init__(self, base: str | None, *, private: bool = True) -> None:
        self.base = base
        self._of_folder, self._of_file = (0o700, 0o600) if private else (0o777, 0o666)
        self.trusted, self.answered = True, False

    def get(self, name: str) -> bytes | None:
        """The bytes kept as ``name`` (a relative path), if they are whole."""
        if self.base is None or not self.trusted:
            return None
        try:
            handle = os.open(os.path.join(self.base, name), os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            return None
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            with open(handle, "rb", closefd=False) as stream:
                seal, body = stream.read(32), stream.read(LIMIT)
        except OSError:
            return None
        finally:
            os.close(handle)
        from blake3 import blake3

        if blake3(body).digest() != seal:
            return None
        self.answered = True
        return body

    def put(self, name: str, body: bytes) -> bool:
        """Keep ``body`` as ``name``, and say if it is kept; others see the old bytes or the new."""
        if self.base is None:
            return False
        from blake3 import blake3

        target = os.path.join(self.base, name)
        partial = f"{target}.{os.getpid()}.partial"
        try:
            os.makedirs(os.path.dirname(target), mode=self._of_folder, exist_ok=True)
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, self._of_file)
            with open(handle, "wb") as stream:
                stream.write(blake3(body).digest())
                stream.write(body)
            os.replace(partial, target)
            self._prune(os.path.dirname(target))
        except (OSError, RecursionError):  # makedirs calls itself for every folder that is missing
            self._drop(partial)
            return False
        return True

    def _drop(self, path: str) -> None:
        import contextlib

        with contextlib.suppress(OSError):
            os.unlink(path)

    def _prune(self, place: str) -> None:
        entries = [entry for entry in os.scandir(place) if entry.is_file()]
        if len(entries) <= KEEP:
            return
        entries.sort(key=lambda entry: entry.stat().st_mtime_ns)
        for entry in entries[:-KEEP]:
            self._drop(entry.path)

    def newest(self, place: str) -> str | None:
        """The most recently written name in the folder ``place``."""
        if self.base is None:
            return None
        try:
            entries = [e for e in os.scandir(os.path.join(self.base, place)) if e.is_file()]
        except OSError:
            return None
        entries = [entry for entry in entries if not entry.name.endswith(".partial")]
        if not entries:
            return None
        return f"{place}/{max(entries, key=lambda entry: entry.stat().st_mtime_ns).name}"

    def empty_git_dir(self) -> str:
        """A git repository with nothing in it, whose ignore rules serve folders without one."""
        if self.base is not None:
            place = os.path.join(self.base, "empty.git")
            if _is_empty_git_dir(place) or _make_git_dir(place):
                return place
        place = os.path.join(_passing_folder(), "empty.git")
        _make_git_dir(place)
        return place


def _is_empty_git_dir(place: str) -> bool:
    """Whether ``place`` has what git looks for first, and no ignore rules of its own."""
    head, config = os.path.join(place, "HEAD"), os.path.join(place, "config")
    try:
        if not all(stat.S_ISREG(os.lstat(path).st_mode) for path in (head, config)):
            return False
        with open(head, "rb") as stream:
            begins = stream.read(16)
    except OSError:
        return False
    return begins == b"ref: refs/heads/" and not os.path.lexists(os.path.join(place, "info"))


def _make_git_dir(place: str) -> bool:
    import subprocess

    try:
        os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
    except (OSError, RecursionError):
        return False
    command = ["git", "init", "--quiet", "--bare", "--template=", place]
    subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL)
    return _is_empty_git_dir(place)


def _passing_folder() -> str:
    import atexit
    import shutil
    import tempfile

    place = tempfile.mkdtemp(prefix="onex-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def write_snapshot(snapshot: Snapshot) -> bytes:
    """The bytes of ``snapshot``."""
    head = json.dumps(snapshot.head).encode()
    results = b"\n".join(snapshot.results)
    parts = (
        head,
        snapshot.listing,
        snapshot.stats.tobytes(),
        snapshot.contents,
        results,
        snapshot.facts,
    )
    sizes = " ".join(str(len(part)) for part in parts).encode()
    return FORMAT + sizes + b"\n" + b"".join(parts)


def read_snapshot(data: bytes | None) -> Snapshot | None:
    """The snapshot in ``data``, or None where there is any doubt."""
    if not data or not data.startswith(FORMAT):
        return None
    try:
        end = data.index(b"\n", len(FORMAT))
        sizes = [int(size) for size in data[len(FORMAT) : end].split(b" ")]
        parts = list(_cut(data, end + 1, sizes))
        head, listing, packed, contents, results, facts = parts
        stats = array("q")
        stats.frombytes(packed)
        lines = results.split(b"\n")
        count = listing.count(b"\0")
        sides = (len(lines), facts.count(b"\n") + 1, len(stats) / 4, len(contents) / ID_SIZE)
        if any(side != count for side in sides):
            return None
        return Snapshot(listing, stats, contents, lines, facts, json.loads(head))
    except (ValueError, TypeError, IndexError, RecursionError):
        return None


def _cut(data: bytes, at: int, sizes: list[int]) -> Iterator[bytes]:
    for size in sizes:
        yield data[at : at + size]
        at += size


def unpack(path: str, result: bytes) -> tuple[list[Finding], list[Ignore]]:
    """The findings and the ignore directives in a row's result line.

    Raises:
        ValueError, LookupError, TypeError, AttributeError, RecursionError: nobody wrote it so.
    """
    if len(result) < 2:
        return [], []
    value: Mapping[str, Any] = json.loads(result)
    directives = [Ignore(tool, tuple(codes), *rest) for tool, codes, *rest in value["i"]]
    return unpack_findings([(path, row) for row in value["f"]]), directives


def unpack_findings(rows: Iterable[tuple[str, list[Any]]]) -> list[Finding]:
    """The findings that ``Finding.packed`` wrote, with their paths; raises as ``unpack`` does."""
    found = [Finding.unpacked(path, row) for path, row in rows]
    for one in found:
        texts = {type(one.path), type(one.code), type(one.message), type(one.help)}
        texts |= {type(text) for pair in one.details.items() for text in pair}
        if texts != {str} or {*map(type, one.location[1:])} != {int}:
            raise ValueError("not a finding")
    return found
