r"""The lock: ``onex.lock``, one line for each file whose hash cannot stand in the file itself.

The format, version 1. The file is ASCII or UTF-8 without a byte order mark, its lines end with LF,
the last one too. The first line is ``onex-lock 1``; every other line is one entry::

    b3-v1:<64 lower-case hexadecimal digits>  <kind>  <path>

with two blanks between the parts. The hash is that of the whole file, made as a body's is
(``body_hash``). The kind is ``f`` for a file, ``x`` for one that its owner may execute, ``l`` for a
symbolic link, whose text (what it points to, as bytes) is what is hashed. The path is relative to
the folder of the lock, with ``/`` between its parts.

Paths are bytes. One stands as it is where it is UTF-8, holds none of the characters that
``_UNSAFE`` lists (controls, line and paragraph separators, marks of writing direction, byte order
marks), neither begins nor ends with a blank, and does not begin with ``"``. Any other stands
between ``"`` signs, with ``\xHH`` (two lower-case hexadecimal digits) for each byte of an unsafe
character, each byte that is not UTF-8 and a blank at either end, and with a backslash before ``"``
and backslash. So every path has exactly one form.

Entries are sorted by the bytes of their paths (not of the form above), each path once. Refused
are: absolute paths, parts that are empty, ``.`` or ``..``, NUL, ``onex.lock`` itself, and paths
that a file system without regard to case or Unicode form would take for the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.stamp.block import Fault
from onex_tools.stamp.form import LOCK
from onex_tools.stamp.hashing import body_hash

HEADER = b"onex-lock 1"
FILE, EXECUTABLE, LINK = "f", "x", "l"
KINDS = {FILE: "a file", EXECUTABLE: "executable", LINK: "a symbolic link"}
"""What an entry can be, in plain words."""

MAX_FAULTS = 100
"""A lock with more faults than this is no lock: the rest is not looked at."""

_ENTRY = re.compile(rb"(b3-v1:[0-9a-f]{64})  ([fxl])  (.+)", re.DOTALL)
_HASH = re.compile(rb"b3-v1:[0-9a-f]{64}(?![^ ])")
_KIND = re.compile(rb"  [fxl](?![^ ])")
_VERSION = re.compile(rb"onex-lock [0-9]+")
_CONFLICT = re.compile(rb"(?:<{7}|={7}|>{7}|\|{7})(?: |\Z)")
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
    '|\\A[ ]|[ ]\\Z|\\A(?=")'
)
_QUOTED = re.compile(rb'"((?:[^"\\]|\\["\\]|\\x[0-9a-f]{2})*)"', re.DOTALL)
_ESCAPE = re.compile(rb'\\(?:x([0-9a-f]{2})|(["\\]))')
_WANTED = "expected `b3-v1:` and 64 lower-case digits, two blanks, f, x or l, two blanks, a path"


class Entry(NamedTuple):
    """One line: the hash with its prefix, the kind (a key of ``KINDS``), and the path as text.

    Bytes of a path that are not UTF-8 are surrogate-escaped.
    """

    hash: str
    kind: str
    path: str


class LockReading(NamedTuple):
    """A lock, read: its entries, and what is wrong with it, in the order of the file.

    Without faults the entry ``entries[n]`` stands in line ``n + 2``.
    """

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()


class Merged(NamedTuple):
    """Two locks made one; ``doubtful`` has the paths that they changed in different ways."""

    entries: tuple[Entry, ...]
    doubtful: tuple[str, ...]


class LockError(ValueError):
    """Entries that no lock may hold; the message says which, and why."""


# Paths -------------------------------------------------------------------------------------------


def path_bytes(path: str) -> bytes:
    """The bytes of a path; by these entries are sorted."""
    return path.encode("utf-8", "surrogateescape")


def written(path: str) -> bytes:
    """The one form in which a lock has ``path``; see the module's docstring."""
    if not _UNSAFE.search(path):
        return path.encode()
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return b'"' + path_bytes(_UNSAFE.sub(_escaped, escaped)) + b'"'


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in path_bytes(match[0]))


def read_path(raw: bytes) -> str | None:
    """The path whose form is ``raw``; None where it is the form of none."""
    if raw.startswith(b'"'):
        match = _QUOTED.fullmatch(raw)
        if match is None:
            return None
        raw = _ESCAPE.sub(lambda m: bytes.fromhex(m[1].decode()) if m[1] else m[2], match[1])
    return raw.decode("utf-8", "surrogateescape")


def fault_of_path(path: str) -> str:
    """Why no lock may list ``path``, in a few words; empty where one may."""
    parts = path.split("/")
    if path.startswith("/"):
        return "absolute path"
    if "\0" in path:
        return "path with a NUL byte"
    if ".." in parts:
        return "path with a `..` part"
    if "." in parts or "" in parts:
        return "path with an empty or `.` part"
    return "the lock itself" if folded(path) == LOCK else ""


def folded(path: str) -> str:
    """What is the same for all paths that some file systems take for one: case and form folded."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def collisions(paths: Iterable[str]) -> dict[str, str]:
    """The paths that cannot stand in one lock with an earlier one, and that one, by path.

    They differ from it in case or Unicode form only, or it would be a folder of theirs.
    """
    found: dict[str, str] = {}
    known: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        key = folded(path)
        other = known.get(key) or folders.get(key) or _file_above(key, known)
        if other is not None:
            found[path] = other
            continue
        known[key] = path
        above = key.rpartition("/")[0]
        while above and above not in folders:
            folders[above] = path
            above = above.rpartition("/")[0]
    return found


def _file_above(key: str, known: Mapping[str, str]) -> str | None:
    above = key.rpartition("/")[0]
    while above:
        if above in known:
            return known[above]
        above = above.rpartition("/")[0]
    return None


# Reading and writing -----------------------------------------------------------------------------


def parse_lock(data: bytes) -> LockReading:
    """Read a lock; whatever the bytes are, every fault is named with its line."""
    return _Parser(data).run()


def render_lock(entries: Iterable[Entry]) -> bytes:
    """The lock with ``entries``, which may come in any order.

    Raises:
        LockError: no lock may hold them.
    """
    rows = sorted(entries, key=lambda entry: path_bytes(entry.path))
    lines = [b"%s  %s  %s\n" % (e.hash.encode(), e.kind.encode(), written(e.path)) for e in rows]
    data = HEADER + b"\n" + b"".join(lines)
    reading = parse_lock(data)
    if reading.faults:
        raise LockError("; ".join(dict.fromkeys(fault.message for fault in reading.faults[:5])))
    return data


def tree_root(entries: Iterable[Entry]) -> str:
    """One hash over all ``entries``: that of the lock that holds them, its first line included.

    It is ``b3-v1:`` and the BLAKE3 of exactly the bytes that ``render_lock`` gives, so that
    ``b3sum onex.lock`` proves it. It stands nowhere in the lock: it is computed when asked for.

    Raises:
        LockError: no lock may hold the entries.
    """
    return body_hash(render_lock(entries))


class _Parser:
    """Reads one lock, line by line."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.faults: list[Fault] = []
        self._lines: list[tuple[Entry, Span, int]] = []

    def run(self) -> LockReading:
        """The entries and the faults."""
        lines = self._each_line()
        if not self._take_header(next(lines, Span(0, 0))):
            return LockReading((), tuple(self.faults))
        for number, span in enumerate(lines, 2):
            if len(self.faults) >= MAX_FAULTS:
                break
            self._take(span, number)
        self._judge_together()
        conflicts = [fault for fault in self.faults if fault.kind == "conflict-marker"]
        # Two versions of a line are no duplicates, and in no order, until one is chosen.
        faults = conflicts[:1] or sorted(self.faults, key=lambda fault: fault.span)
        return LockReading(tuple(entry for entry, _, _ in self._lines), tuple(faults[:MAX_FAULTS]))

    def _each_line(self) -> Iterator[Span]:
        """The lines without their LF."""
        start, size = 0, len(self.data)
        while start < size:
            end = self.data.find(b"\n", start)
            end = size if end < 0 else end
            yield Span(start, end)
            start = end + 1

    def _fault(self, kind: str, message: str, span: Span, line: int) -> None:
        self.faults.append(Fault(kind, message, span, line))

    def _take_header(self, span: Span) -> bool:
        """Whether the first line says that this is a lock of the version that is known."""
        text = self.data[span.start : span.end]
        if text.removesuffix(b"\r") == HEADER:
            self._judge_endings()
            return True
        if _VERSION.fullmatch(text):
            said = f"lock of another version: `{text.decode()}`, expected `{HEADER.decode()}`"
            self._fault("other-version", said, span, 1)
        elif _CONFLICT.match(text):
            self._fault("conflict-marker", "merge conflict marker", span, 1)
        else:
            found = f"found {_shown(text)}" if text else "found nothing"
            said = f"first line is not that of a lock: {found}, expected `{HEADER.decode()}`"
            self._fault("wrong-header", said, span, 1)
        return False

    def _judge_endings(self) -> None:
        """Faults of line endings, each told once for the whole file."""
        data = self.data
        at = data.find(b"\r\n")
        if at >= 0:
            line, count = data.count(b"\n", 0, at) + 1, data.count(b"\r\n")
            said = f"{count:,} {'line ends' if count == 1 else 'lines end'} with CRLF, expected LF"
            self._fault("carriage-return", said, Span(data.rfind(b"\n", 0, at) + 1, at), line)
        if not data.endswith(b"\n"):
            start, line = data.rfind(b"\n") + 1, data.count(b"\n") + 1
            said = "last line has no line ending, expected LF"
            self._fault("no-final-newline", said, Span(start, len(data)), line)

    def _take(self, span: Span, line: int) -> None:
        """Read one line as an entry."""
        text = self.data[span.start : span.end].removesuffix(b"\r")
        match = _ENTRY.fullmatch(text)
        if match is None:
            kind, said = _malformed(text)
            self._fault(kind, said, span, line)
            return
        path = read_path(match[3])
        if path is None or written(path) != match[3]:
            hint = '`"` at both ends, and only `\\xHH`, `\\"` and `\\\\` with a backslash'
            wanted = _name(path) if path is not None else hint
            said = f"path is not in its one form: found {_shown(match[3])}, expected {wanted}"
            self._fault("malformed-path", said, span, line)
            return
        refused = fault_of_path(path)
        if refused:
            said = f"{refused}: {_name(path)}"
            self._fault("refused-path", f"{said}, expected a path below this folder", span, line)
            return
        self._lines.append((Entry(match[1].decode(), match[2].decode(), path), span, line))

    def _judge_together(self) -> None:
        """Faults of one entry beside another: order, duplicates, collisions."""
        before = b""
        first: dict[str, int] = {}
        for entry, span, line in self._lines:
            raw = path_bytes(entry.path)
            if entry.path in first:
                said = f"{_name(entry.path)} stands in line {first[entry.path]} too"
                self._fault("duplicate-path", f"{said}, expected each path once", span, line)
            elif raw < before:
                other = _name(before.decode("utf-8", "surrogateescape"))
                said = f"{_name(entry.path)} stands after {other}, expected it before"
                self._fault("unsorted", f"{said} (sorted by the bytes of the path)", span, line)
            first.setdefault(entry.path, line)
            before = raw
        clashes = collisions(first)
        for entry, span, line in self._lines if clashes else ():
            if entry.path in clashes and first[entry.path] == line:
                said = clash(entry.path, clashes[entry.path])
                self._fault("colliding-path", said, span, line)


def clash(path: str, other: str) -> str:
    """What is wrong with two paths of ``collisions``, in a sentence."""
    if folded(path) == folded(other):
        return f"{_name(path)} differs from {_name(other)} in case or Unicode form only"
    return f"{_name(path)} and {_name(other)} make one path both a file and a folder"


def _name(path: str) -> str:
    """A path as the lock has it, its beginning if it is very long."""
    form = written(path).decode()
    return form if len(form) <= 200 else f"{form[:200]}..."


def _malformed(text: bytes) -> tuple[str, str]:
    """The kind of fault, and what is wrong with a line that is no entry."""
    if _CONFLICT.match(text):
        return "conflict-marker", "merge conflict marker"
    if not text.strip():
        return "malformed-line", f"empty line; {_WANTED}"
    if not _HASH.match(text):
        return "malformed-line", f"no hash: found {_shown(text)}; {_WANTED}"
    rest = text[len("b3-v1:") + 64 :]
    if not _KIND.match(rest):
        return "malformed-line", f"no kind after the hash: found {_shown(rest)}; {_WANTED}"
    return "malformed-line", f"no path after the kind: found {_shown(rest[3:])}; {_WANTED}"


def _shown(text: bytes) -> str:
    """The beginning of some bytes, such that any terminal can show it."""
    more = "..." if len(text) > 60 else ""
    return ascii(text[:60].decode("utf-8", "backslashreplace")) + more


# Merging -----------------------------------------------------------------------------------------


def merged(base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry]) -> Merged:
    """Merge two locks that come from ``base``, path by path.

    What one side changed, added or took out is taken; what both did alike is one change. What they
    did in different ways stays as ``ours`` has it, and its path is doubtful: whether it is right is
    for the files to say. So is one that only ``theirs`` added beside a path that it collides with.
    """
    old, mine, other = ({entry.path: entry for entry in side} for side in (base, ours, theirs))
    chosen: dict[str, Entry] = {}
    doubtful: set[str] = set()
    # Ours come first, so that of two that collide it is theirs that is left out.
    for path in dict.fromkeys((*mine, *old, *other)):
        was, here, there = old.get(path), mine.get(path), other.get(path)
        if here not in (was, there) and there != was:
            doubtful.add(path)
        entry = there if here == was else here
        if entry is not None:
            chosen[path] = entry
    for path in collisions(chosen):
        del chosen[path]
        doubtful.add(path)
    rows = sorted(chosen.values(), key=lambda entry: path_bytes(entry.path))
    return Merged(tuple(rows), tuple(sorted(doubtful, key=path_bytes)))
