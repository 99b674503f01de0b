"""The repository as a whole: what tree rules may ask, and which of their answers still hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from onex_tools import rules
from onex_tools.cache import digest
from onex_tools.discover import Skip
from onex_tools.filepass import Job, crashed, new_services
from onex_tools.globs import compile_glob
from onex_tools.model import Confidence, Finding, Location, Related, Severity, Span
from onex_tools.rule import Extractor, Rule, TreeValidator
from onex_tools.source import Node, SourceFile
from onex_tools.watchdog import CheckTimeout, Watchdog


class Asked(NamedTuple):
    """What one tree rule asked: any listing, which facts, and which paths.

    ``reads`` has the ids of the files it read, and nothing for a path of which it asked only what
    stands there; ``given`` the ids of documents that the run was handed, or nothing.
    """

    listing: bool
    facts: Sequence[str]
    reads: Mapping[str, str]
    given: Mapping[str, str] = {}


class TreeRecord(NamedTuple):
    """A tree rule's questions and its findings (path and packed finding each)."""

    asked: Asked
    found: Sequence[tuple[str, list[Any]]]

    def findings(self) -> list[Finding]:
        """The findings."""
        return [Finding.unpacked(path, row) for path, row in self.found]


class Changes(NamedTuple):
    """What differs from the run whose records are at hand."""

    listing: bool
    facts: frozenset[str]
    files: frozenset[str]
    given: Mapping[str, str] = {}
    """The ids of the documents at hand, changed or not."""

    def spare(self, record: TreeRecord) -> bool:
        """Whether ``record`` would come out the same."""
        asked = record.asked
        return not (
            (asked.listing and self.listing)
            or self.facts.intersection(asked.facts)
            or self.files.intersection(asked.reads)
            or any(self.given.get(name, "") != known for name, known in asked.given.items())
        )


class TreeView:
    """Implements ``onex_tools.source.Tree`` over the rows of the file pass."""

    def __init__(
        self,
        job: Job,
        paths: Sequence[str],
        facts: Mapping[str, bytes],
        links: Sequence[str] = (),
    ) -> None:
        self._job = job
        self._paths, self._links = paths, links
        self._listed = frozenset(paths)
        self._standing = self._listed.union(links)
        self._lines = facts
        self._facts: dict[str, dict[str, Any]] | None = None
        self._files: dict[str, SourceFile | None] = {}
        self._kinds = job.catalogue.kinds
        self._services = new_services(job.max_parse_bytes, self._kinds)
        self.start()

    def start(self) -> None:
        """Forget what was asked: another rule's turn."""
        self._listing = False
        self._names: set[str] = set()
        self._reads: dict[str, str] = {}
        self._given: dict[str, str] = {}

    def asked(self) -> Asked:
        """What was asked since ``start``."""
        reads = dict(sorted(self._reads.items()))
        return Asked(self._listing, sorted(self._names), reads, self._given)

    def paths(self, pattern: str = "**") -> Sequence[str]:
        """See ``Tree.paths``."""
        return self._matching(self._paths, pattern)

    def links(self, pattern: str = "**") -> Sequence[str]:
        """See ``Tree.links``."""
        return self._matching(self._links, pattern)

    def _matching(self, paths: Sequence[str], pattern: str) -> Sequence[str]:
        self._listing = True
        if pattern == "**":
            return list(paths)
        match = compile_glob(pattern).match
        return [path for path in paths if match(path)]

    def node(self, path: str) -> Node:
        """See ``Tree.node``."""
        self._reads.setdefault(path, "")
        if path in self._standing:
            return self._job.node(path)
        self._listing = True  # it may come: then the listing is another
        return Node("")

    def facts(self, extractor: type[Extractor]) -> Mapping[str, Any]:
        """See ``Tree.facts``."""
        self._names.add(extractor.name)
        if self._facts is None:
            self._facts = {}
            for path, line in sorted(self._lines.items()):
                for name, fact in json.loads(line).items():
                    self._facts.setdefault(name, {})[path] = fact
        return self._facts.get(extractor.name, {})

    def read(self, path: str) -> SourceFile | None:
        """See ``Tree.read``."""
        if path not in self._files:
            self._files[path] = self._open(path) if path in self._listed else None
        file = self._files[path]
        if file is None:
            self._listing = True  # it may come: then the listing is another
        self._reads[path] = file.content_id if file else ""
        return file

    def _open(self, path: str) -> SourceFile | None:
        try:
            data = self._job.read(path, self._job.max_bytes)
        except Skip:
            return None
        return SourceFile(path, self._kinds.of(path, data), data, self._services)

    def given(self, name: str) -> bytes | None:
        """See ``Tree.given``."""
        data = self._job.given.get(name)
        self._given[name] = "" if data is None else digest(data)
        return data

    def finding(
        self,
        rule: Rule,
        path: str,
        where: Location | Span | tuple[int, int] | None,
        message: str,
        *,
        help: str = "",
        related: Sequence[Related] = (),
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        anchor: str | None = None,
    ) -> Finding:
        """See ``Tree.finding``."""
        if isinstance(where, Location):
            location = where
        else:
            file = self.read(path) if where is not None else None
            location = file.location(where) if file else Location(path)
        return Finding(
            rule.code,
            location._replace(path=path),
            message,
            rule.severity if severity is None else severity,
            rule.confidence if confidence is None else confidence,
            help,
            None,
            related,
            digest(message.encode("utf-8", "surrogateescape"))[:16] if anchor is None else anchor,
        )


def judge_tree(job: Job, rule: TreeValidator, view: TreeView, watchdog: Watchdog) -> TreeRecord:
    """What ``rule`` finds in ``view``, with what it asked."""
    view.start()
    label = rule.code
    try:
        watchdog.begin()
        found = sorted(rule.check(view) or (), key=Finding.order)
    except CheckTimeout:
        message = f"{label} ran longer than {job.seconds:g} seconds over the tree and was stopped"
        found = [view.finding(rules.TimedOutCheck(), ".", None, message, anchor=label)]
    except (Exception, SystemExit) as error:
        found = [crashed(_nowhere(job), label, error)]
    finally:
        watchdog.end()
    return TreeRecord(view.asked(), [(finding.path, finding.packed()) for finding in found])


def judge_tree_apart(
    job: Job, code: str, make: Callable[[str], TreeValidator], view: TreeView
) -> TreeRecord:
    """``judge_tree`` for a rule that ``make`` makes, in a process of its own, which it may end."""
    from onex_tools.process import Lost, apart

    try:
        record: TreeRecord = apart(2 * job.seconds + 2, _judge_made, job, code, make, view)
    except Lost as lost:
        said = f"{code} {lost} over the tree"
        found = _nowhere(job).finding(rules.CrashedCheck(), None, said, anchor=code)
        return TreeRecord(Asked(False, (), {}), [(found.path, found.packed())])
    return record


def _judge_made(
    job: Job, code: str, make: Callable[[str], TreeValidator], view: TreeView
) -> TreeRecord:
    try:
        with Watchdog(job.seconds) as watchdog:
            return judge_tree(job, make(code), view, watchdog)
    except BaseException as error:
        found = crashed(_nowhere(job), code, error)
        return TreeRecord(Asked(False, (), {}), [(found.path, found.packed())])


def _nowhere(job: Job) -> SourceFile:
    return SourceFile(".", "", b"", new_services(job.max_parse_bytes))


def pack(record: TreeRecord) -> list[Any]:
    """A form of ``record`` for JSON."""
    return [list(record.asked), list(record.found)]


def unpack(value: list[Any]) -> TreeRecord:
    """What ``pack`` wrote."""
    asked, found = value
    return TreeRecord(Asked(*asked), [(path, row) for path, row in found])
