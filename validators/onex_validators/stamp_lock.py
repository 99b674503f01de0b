"""``onex.lock``: malformed, with files missing or listed too many, or files that have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from onex_tools.api import (
    Bad,
    Extractor,
    Finding,
    Good,
    Related,
    Severity,
    SourceFile,
    Tree,
    TreeValidator,
    Validator,
)
from onex_tools.stamp import Stamp, row_of
from onex_tools.stamp.coverage import (
    NODES,
    is_locked,
    locked_hash,
    locked_hash_of_pieces,
)
from onex_tools.stamp.form import LOCK
from onex_tools.stamp.hashing import body_hash
from onex_tools.stamp.lock import (
    KINDS,
    Entry,
    LockReading,
    clash,
    collisions,
    parse_lock,
    path_bytes,
)

EVIDENCE = f"/{LOCK}|config:stamp.lock"
UPDATE = f"type `onex stamp`, which updates {LOCK}"

_DATA = '{"port": 8080}\n'
_LOCK = """\
onex-lock 1
b3-v1:30bbc307f8fc3b1d8723411654f9e8dbed108e9bfb90f8191aa8d22412b6e0ec  f  data/ports.json
"""
_COVERED = {"lock": ("data/",)}


def lock_reading(file: SourceFile) -> LockReading:
    """``parse_lock`` on a source file; for ``file.shared``, so that all rules share one reading."""
    return parse_lock(file.data)


class LockFact(Extractor):
    """The hash that ``onex.lock`` must have for a file; None for one that it does not cover."""

    name = "lock"
    settings = Stamp
    files_from = ("lock",)

    def extract(self, file: SourceFile) -> Any:
        """The hash as text."""
        if not is_locked(file.path, self.options):
            return None
        return locked_hash(file.path, file.data, row_of(file) or file.kind, self.options)

    def extract_pieces(self, path: str, kind: str, pieces: Iterator[bytes]) -> Any:
        """The hash of a file that is too large to be read whole."""
        return locked_hash_of_pieces(kind, pieces) if is_locked(path, self.options) else None


class MalformedLock(Validator):
    """Lock cannot be read as it was meant.

    Each line has one form, and the lines one order, so that two branches merge without a doubt and
    nobody can hide an entry. Nothing else is said about the lock until it is well-formed. Resolve a
    conflict by keeping either side, delete what was written by hand, and let `onex stamp` write it;
    a lock that is past mending can be deleted: it is made anew from the files.
    """

    code, name = "STP013", "malformed-lock"
    severity = Severity.ERROR
    files = (f"/{LOCK}",)
    examples = (
        Good(LOCK, _LOCK),
        Bad(LOCK, _LOCK.replace("onex-lock 1", "onex-lock 2")),
        Bad(LOCK, _LOCK.replace("data/", "../"), at=(2,)),
        Bad(LOCK, _LOCK + _LOCK.partition("\n")[2], at=(3,), why="each path stands once"),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at each faulty line; one alone where sides of a merge are left."""
        for fault in file.shared(lock_reading).faults:
            advice = "mend the line, or delete the file and type `onex stamp`, which writes it anew"
            if fault.kind == "conflict-marker":
                advice = "keep either side and delete the markers; then type `onex stamp`"
            elif fault.kind == "other-version":
                advice = "another version of onex wrote it: use that one, or let this one write it"
            yield file.finding(self, fault.span, fault.message, help=advice, anchor=fault.kind)


class _Lock(NamedTuple):
    """A well-formed lock, or that there is none; ``paths`` has the place of each entry by path."""

    file: SourceFile | None
    entries: tuple[Entry, ...]
    paths: dict[str, int]

    def related(self, path: str, words: str) -> list[Related]:
        """The line of the entry for ``path``."""
        if self.file is None:
            return []
        span = self.file.line_span(self.paths[path] + 2)
        return [Related(self.file.location(span), words)]


def _lock_of(tree: Tree) -> _Lock | None:
    """The tree's lock; None where it is malformed or cannot be read, which another rule says."""
    file = tree.read(LOCK)
    if file is None:
        return None if tree.paths(f"/{LOCK}") else _Lock(None, (), {})
    reading = file.shared(lock_reading)
    if reading.faults:
        return None
    paths = {entry.path: place for place, entry in enumerate(reading.entries)}
    return _Lock(file, reading.entries, paths)


def _links(tree: Tree, options: Stamp) -> list[str]:
    return [path for path in tree.links() if is_locked(path, options)] if options.lock else []


class _LockRule(TreeValidator):
    """A rule that compares the tree with its lock; it says nothing where that is malformed."""

    enabled_by = EVIDENCE
    settings = Stamp
    uses = (LockFact,)

    def check(self, tree: Tree) -> Iterable[Finding]:
        """What ``compare`` finds."""
        lock = _lock_of(tree)
        return () if lock is None else self.compare(tree, lock)

    def compare(self, tree: Tree, lock: _Lock) -> Iterable[Finding]:
        """Yield what does not agree."""
        raise NotImplementedError


class UnlistedFile(_LockRule):
    """File that the lock covers is not in it.

    A file that cannot hold a stamp, and that `lock` in `[stamp]` names, has its hash in
    `onex.lock`; without an entry there nothing vouches for it. Let `onex stamp` add it, or leave
    the file out by `exclude` in `[stamp]`.
    """

    code, name = "STP014", "unlisted-file"
    examples = (
        Good("data/ports.json", _DATA, tree={LOCK: _LOCK}, settings=_COVERED),
        Good("data/ports.json", _DATA, tree={LOCK: "onex-lock 1\n"}, why="`lock` names no file"),
        Good("data/tool.py", "x = 1\n", settings=_COVERED, why="it is to hold a stamp itself"),
        Bad(
            "data/ports.json",
            _DATA,
            tree={LOCK: "onex-lock 1\n"},
            settings=_COVERED,
        ),
        Bad(
            "data/ports.json",
            _DATA,
            at=((LOCK, 1),),
            tree={"data/hosts.json": "[]\n"},
            settings=_COVERED,
            why="without a lock there is one finding, however many files it is to cover",
        ),
    )

    def compare(self, tree: Tree, lock: _Lock) -> Iterable[Finding]:
        """One finding at each file; one in all where there is no lock."""
        covered = [*tree.facts(LockFact), *_links(tree, self.options)]
        missing = sorted(path for path in covered if path not in lock.paths)
        if not missing:
            return
        if lock.file is None:
            count = "1 file" if len(missing) == 1 else f"{len(missing):,} files"
            said = f"there is no {LOCK}, and it is to cover {count}"
            yield tree.finding(self, LOCK, None, said, help=UPDATE, anchor=self.name)
            return
        clashes = collisions([*lock.paths, *missing])
        for path in missing:
            said, advice = f"file is not listed in {LOCK}", UPDATE
            if path in clashes:
                said = f"file cannot be listed in {LOCK}: {clash(path, clashes[path])}"
                advice = "rename one of them, or name it in `exclude` of `[stamp]`"
            yield tree.finding(self, path, None, said, help=advice, anchor=self.name)


class StrayLockEntry(_LockRule):
    """Lock lists a file that it does not cover.

    The file is gone, was renamed, carries a stamp of its own by now, or is not named by `lock` in
    `[stamp]` any more. Whoever trusts the lock looks for it in vain. `onex stamp` takes the entry
    out.
    """

    code, name = "STP015", "stray-lock-entry"
    examples = (
        Good("data/ports.json", _DATA, tree={LOCK: _LOCK}, settings=_COVERED),
        Bad(LOCK, _LOCK, at=(2,), settings=_COVERED, why="the file is gone"),
        Bad(LOCK, _LOCK, at=(2,), tree={"data/ports.json": _DATA}, settings={"lock": ("*.bin",)}),
        Bad(LOCK, _LOCK, at=(1,), tree={"data/ports.json": _DATA}, why="`lock` names no file"),
    )

    def compare(self, tree: Tree, lock: _Lock) -> Iterable[Finding]:
        """One finding at each entry; one in all where the settings cover nothing."""
        if lock.file is None:
            return
        facts = tree.facts(LockFact)
        covered = {*facts, *_links(tree, self.options)}
        stray = [entry.path for entry in lock.entries if entry.path not in covered]
        if stray and not facts and not self.options.lock:
            count = "1 file" if len(stray) == 1 else f"{len(stray):,} files"
            said = f"{count} listed, but `lock` in `[stamp]` names none"
            advice = f"name them there (globs), or delete {LOCK}"
            span = lock.file.line_span(1)
            yield tree.finding(self, LOCK, span, said, help=advice, anchor=self.name)
            return
        there = {*tree.paths(), *tree.links()} if stray else set()
        for path in stray:
            said = "no file here has this path: it is gone, ignored by git, or excluded"
            if path in there:
                said = "file needs no entry: `lock` does not name it, or it is to hold a stamp"
            span = lock.file.line_span(lock.paths[path] + 2)
            yield tree.finding(self, LOCK, span, said, help=UPDATE, anchor=path)


class ChangedLockedFile(_LockRule):
    """File is not what the lock says.

    Its content was changed after it was listed, or the right to execute it, or what a symbolic link
    points to. If the change is meant, `onex stamp` updates the lock; if it is not, restore the
    file.
    """

    code, name = "STP016", "changed-locked-file"
    examples = (
        Good("data/ports.json", _DATA, tree={LOCK: _LOCK}, settings=_COVERED),
        Good(
            "data/ports.json",
            _DATA.replace("\n", "\r\n"),
            tree={LOCK: _LOCK},
            settings=_COVERED,
            why="line endings of text do not count",
        ),
        Bad(
            "data/ports.json",
            _DATA.replace("8080", "80"),
            tree={LOCK: _LOCK},
            settings=_COVERED,
        ),
        Bad(
            "data/ports.json",
            _DATA,
            tree={LOCK: _LOCK.replace("  f  ", "  x  ")},
            settings=_COVERED,
            why="it was executable",
        ),
    )

    def compare(self, tree: Tree, lock: _Lock) -> Iterable[Finding]:
        """One finding at each file or link."""
        facts = tree.facts(LockFact)
        links = frozenset(_links(tree, self.options))
        for entry in lock.entries:
            if entry.path not in facts and entry.path not in links:
                continue
            said = _difference(tree, entry, facts.get(entry.path))
            if said:
                related = lock.related(entry.path, "listed here")
                help_ = f"if the change is meant, {UPDATE}; if not, restore the file"
                yield tree.finding(
                    self, entry.path, None, said, help=help_, related=related, anchor=self.name
                )


def _difference(tree: Tree, entry: Entry, hash_: str | None) -> str:
    """What is not as ``entry`` says, in a sentence; ``hash_`` is a file's, None for a link."""
    node = tree.node(entry.path)
    kind = NODES.get(node.kind)
    if kind is None:  # it went while the run was at it
        return ""
    if "l" in (kind, entry.kind) and kind != entry.kind:
        return f"it is {KINDS[kind]}, and {KINDS[entry.kind]} in {LOCK}"
    if node.kind == "link":
        same = body_hash(path_bytes(node.link)) == entry.hash
        return "" if same else f"link points to another place than {LOCK} says"
    said = [f"content is not what {LOCK} says"] if hash_ != entry.hash else []
    if kind != entry.kind:
        said.append("it may be executed now" if kind == "x" else "it may not be executed any more")
    return ", and ".join(said)
