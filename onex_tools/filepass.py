"""One file: read once, every check that wants it run over it, the answer in a row for the cache."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, Protocol

from onex_tools import rules
from onex_tools.cache import NO_ID, NOTHING, Row, digest, unpack
from onex_tools.discover import Skip
from onex_tools.globs import compile_glob, matches
from onex_tools.kinds import UNKNOWN, Kinds
from onex_tools.model import IGNORE_MARKERS, Finding, Ignore, Location, Severity
from onex_tools.needles import Needles
from onex_tools.registry import Catalogue
from onex_tools.result import FAILURES, ExtractorInfo, RuleInfo
from onex_tools.source import Node, ParseFailure, Services, SourceFile
from onex_tools.watchdog import CheckTimeout, Watchdog

MAX_FINDINGS = 1000
"""Findings of one rule in one file; a rule that goes on is stopped."""


class Scope(Protocol):
    """What holds in one part of the tree: which rules run, and with which settings."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the rules that run here."""

    def options(self, section: str) -> Any:
        """The settings of ``section`` here, as an instance of its class."""


def _plain_file(_path: str) -> Node:
    return Node("file")


@dataclass(slots=True, eq=False, repr=False)
class Job:
    """What every worker needs to know to check files.

    ``tree`` says whether tree rules run; ``facts`` names the extractors that some tree rule will
    ask; ``scope_of`` gives the scope that holds for a path; ``read`` the bytes of a path, or
    raises Skip; ``pieces``, where there is one, the bytes of a file of any size; ``node`` what
    stands at a path. ``foreign`` names the checks that are not built in: they get no chance to end
    the run. ``given`` has the documents that tree rules may ask for, by name.
    """

    catalogue: Catalogue
    tree: bool
    facts: frozenset[str]
    scope_of: Callable[[str], Scope]
    read: Callable[[str, int], bytes]
    max_bytes: int
    max_parse_bytes: int
    seconds: float
    pieces: Callable[[str], Iterator[bytes]] | None = None
    node: Callable[[str], Node] = _plain_file
    foreign: frozenset[str] = frozenset()
    given: Mapping[str, bytes] = field(default_factory=dict)
    timed: bool = False
    timings: dict[str, float] = field(default_factory=dict)


class _Check:
    """A check in one scope: imported and made when the first file needs it."""

    __slots__ = ("_job", "_made", "_scope", "contains", "in_pieces", "info", "label")

    def __init__(self, job: Job, scope: Scope, info: RuleInfo | ExtractorInfo, label: str) -> None:
        self.info, self.label = info, label
        self.contains = tuple(text.encode() for text in info.contains)
        self.in_pieces = isinstance(info, ExtractorInfo) and info.in_pieces
        self._job, self._scope = job, scope
        self._made: Any = None

    def instance(self) -> Any:
        """The rule or extractor with its settings."""
        if self._made is None:
            section = self.info.section
            options = self._scope.options(section) if section else None
            self._made = self._job.catalogue.locate(self.info.where)(options)
        return self._made

    def is_for(self, holds: Callable[[bytes], bool]) -> bool:
        """Whether a file has one of the texts that the check needs; ``holds`` tells of each."""
        return not self.contains or any(map(holds, self.contains))

    def findings(self, file: SourceFile) -> list[Finding]:
        """What the rule finds in ``file``."""
        return _run(self.instance(), file)

    def fact(self, file: SourceFile) -> Any:
        """What the extractor finds in ``file``; it must be something that JSON can hold."""
        fact = self.instance().extract(file)
        json.dumps(fact)
        return fact

    def fact_of_pieces(self, pieces: Iterator[bytes], file: SourceFile) -> Any:
        """As ``fact``, of a file over the limit: ``file`` has its path and kind only."""
        fact = self.instance().extract_pieces(file.path, file.kind, pieces)
        json.dumps(fact)
        return fact


class _Plan(NamedTuple):
    """The checks for one kind of file in one scope."""

    validators: tuple[_Check, ...]
    extractors: tuple[_Check, ...]
    needles: Needles


class _Pieces:
    """A file's bytes, hashed on their way; ``lost`` says why they came to an early end."""

    def __init__(self, source: Iterator[bytes]) -> None:
        from blake3 import blake3

        self._source, self._hasher = source, blake3()
        self.lost: Skip | None = None

    def __iter__(self) -> Iterator[bytes]:
        try:
            for piece in self._source:
                self._hasher.update(piece)
                yield piece
        except Skip as skip:
            self.lost = skip

    def content_id(self) -> bytes:
        """The content id of the whole file, also where nobody has read it to its end."""
        for _ in self:
            pass
        return self._hasher.digest()


class WrongFinding(TypeError):
    """A check yielded something that is not a finding of its own rule."""


_EMPTY = _Plan((), (), Needles(()))


class _Services:
    """What the engine hands to every file: the hasher, the parsers, the comment styles."""

    def __init__(self, max_parse_bytes: int, kinds: Kinds) -> None:
        self._limit = max_parse_bytes
        self.comments = kinds.comments

    digest = staticmethod(digest)

    def parse(self, language: str, file: SourceFile) -> Any:
        """See ``onex_tools.parse.parse``; larger files are not parsed."""
        from onex_tools.parse import parse

        if len(file.data) > self._limit:
            said = f"it has {len(file.data):,} bytes; the limit for parsing is {self._limit:,}"
            raise ParseFailure(language, said)
        return parse(language, file)


def new_services(max_parse_bytes: int, kinds: Kinds | None = None) -> Services:
    """The hasher, the parsers and the comment styles; files over the limit are not parsed."""
    return _Services(max_parse_bytes, kinds or Kinds())


class FilePass:
    """Runs the checks of ``job`` over one file after the other.

    ``announce`` is told which foreign check begins, and with "" that it has ended: then this is a
    process of its own. ``lost`` has the checks to leave out of the next file, and why.
    """

    def __init__(
        self,
        job: Job,
        watchdog: Watchdog | None = None,
        announce: Callable[[str], None] | None = None,
    ) -> None:
        self._job, self._announce = job, announce
        self.lost: Mapping[str, str] = {}
        self._kinds = job.catalogue.kinds
        self._services = new_services(job.max_parse_bytes, self._kinds)
        self._watchdog = watchdog or Watchdog(job.seconds)
        self._plans: dict[tuple[int, str, str, tuple[str, ...]], _Plan] = {}
        self._checks: dict[tuple[int, str], _Check] = {}
        self._needles: dict[frozenset[bytes], Needles] = {}
        globs = {glob: 0 for info in job.catalogue.rules.values() for glob in info.files}
        globs |= {glob: 0 for info in job.catalogue.extractors.values() for glob in info.files}
        self._special = _ByName(glob for glob in globs if not _is_by_ending(glob))
        self._chosen: dict[tuple[int, str], list[str]] = {}

    def row(self, path: str, known: Row | None = None) -> Row:
        """The row of the file at ``path``; its content id is ``NO_ID`` if it must not be kept.

        ``known`` is the row of an earlier run, good for as long as the content is the same.
        """
        kind = self._kinds.of_path(path)
        by_head = kind == UNKNOWN and "." not in path.rpartition("/")[2]
        if not by_head and self.plan(path, kind) == _EMPTY:
            return NOTHING
        try:
            data = self._job.read(path, self._job.max_bytes)
        except Skip as skip:
            row = self._over_limit(path, kind, skip) if skip.over_limit else None
            if row is None:
                row = NOTHING if by_head else self._unread(path, kind, skip)
            return row
        if known is not None and digest(data) == known.content.hex():
            return known
        return self.judge_data(path, data)

    def judge_data(self, path: str, data: bytes) -> Row:
        """The row that a file at ``path`` with these bytes would have."""
        return self.judge(SourceFile(path, self._kinds.of(path, data), data, self._services))

    def _unread(self, path: str, kind: str, skip: Skip) -> Row:
        file = SourceFile(path, kind, b"", self._services)
        return Row(NO_ID, _packed([_not_checked(file, skip)], []), b"")

    def _over_limit(self, path: str, kind: str, skip: Skip) -> Row | None:
        """The row of a file over the limit, if an extractor takes it in pieces."""
        plan = self.plan(path, kind)
        wanted = [check for check in plan.extractors if check.in_pieces]
        if not wanted or self._job.pieces is None:
            return None
        file = SourceFile(path, kind, b"", self._services)
        facts: dict[str, Any] = {}
        found: list[Finding] = []
        for check in wanted:
            pieces = _Pieces(self._job.pieces(path))
            fact = self._guarded(file, check.label, partial(check.fact_of_pieces, iter(pieces)))
            content = pieces.content_id()
            if pieces.lost is not None:
                return self._unread(path, kind, pieces.lost)
            if isinstance(fact, Finding):
                found.append(fact)
            elif fact is not None:
                facts[check.label] = fact
        failed = bool(found)
        if plan.validators or len(wanted) < len(plan.extractors):
            found.append(_not_checked(file, skip))
        facts_line = json.dumps(facts).encode() if facts else b""
        return Row(NO_ID if failed else content, _packed(found, []), facts_line)

    def judge(self, file: SourceFile) -> Row:
        """The row of ``file``, whose bytes are at hand."""
        plan = self.plan(file.path, file.kind)
        if plan == _EMPTY:
            return NOTHING
        found: list[Finding] = []
        facts: dict[str, Any] = {}
        holds = plan.needles.among(file.data)
        for check in plan.validators:
            if check.is_for(holds):
                answer = self._guarded(file, check.label, check.findings)
                found.extend([answer] if isinstance(answer, Finding) else answer)
        for check in plan.extractors:
            fact = None
            if check.is_for(holds):
                fact = self._guarded(file, check.label, check.fact)
            if isinstance(fact, Finding):
                found.append(fact)
            elif fact is not None:
                facts[check.label] = fact
        found, result = self._row_of(file, list(_once(found)))
        failed = any(finding.code in FAILURES for finding in found)
        content = NO_ID if failed else bytes.fromhex(file.content_id)
        facts_line = json.dumps(facts).encode() if facts else b""
        return Row(content, result, facts_line)

    def _row_of(self, file: SourceFile, found: list[Finding]) -> tuple[list[Finding], bytes]:
        """The findings and their result line; one that cannot be kept is a crash of its rule."""
        ignored = _ignores_in(file)
        try:
            result = _packed(found, ignored)
            if self._job.foreign:
                unpack(file.path, result)
        except (AttributeError, LookupError, TypeError, ValueError):
            found = [_kept(file.path, finding) for finding in found]
            result = _packed(found, ignored)
        return found, result

    def _guarded(self, file: SourceFile, label: str, work: Callable[[SourceFile], Any]) -> Any:
        """What ``work`` returns, or the finding that says why it could not."""
        if label in self.lost:
            return file.finding(rules.CrashedCheck(), None, self.lost[label], anchor=label)
        begun = time.perf_counter() if self._job.timed else 0.0
        announce = self._announce if label in self._job.foreign else None
        try:
            if announce:
                announce(label)
            self._watchdog.begin()
            return work(file)
        except ParseFailure as failure:
            return _unparsable(file, failure)
        except CheckTimeout:
            return _timed_out(file, label, self._job.seconds)
        except BaseException as error:
            # An interrupt is the user's, save in a process that none reaches.
            if isinstance(error, KeyboardInterrupt) and not self._announce:
                raise
            return crashed(file, label, error)
        finally:
            self._watchdog.end()
            if announce:
                announce("")
            if self._job.timed:
                spent = self._job.timings.get(label, 0.0) + time.perf_counter() - begun
                self._job.timings[label] = spent

    def plan(self, path: str, kind: str) -> _Plan:
        """The checks that want a file of ``kind`` at ``path``."""
        scope = self._job.scope_of(path)
        name = path.rpartition("/")[2]
        globs = (*self._special.candidates(name), *self._chosen_globs(scope))
        special = tuple(glob for glob in globs if compile_glob(glob).match(path))
        key = (id(scope), kind, name.rpartition(".")[2] if "." in name else "", special)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._make_plan(scope, path, kind)
        return plan

    def _chosen_globs(self, scope: Scope) -> Iterable[str]:
        """The globs that settings in ``scope`` hold and that a name's ending does not decide."""
        globs = (glob for name in self._job.facts for glob in self._globs_from(scope, name))
        return (glob for glob in globs if not _is_by_ending(glob))

    def _globs_from(self, scope: Scope, name: str) -> Sequence[str]:
        """The globs that the extractor ``name`` takes from its settings in ``scope``."""
        key = (id(scope), name)
        if key not in self._chosen:
            info, found = self._job.catalogue.extractors[name], []
            options = scope.options(info.section) if info.files_from else None
            for setting in info.files_from:
                found += getattr(options, setting)
            self._chosen[key] = found
        return self._chosen[key]

    def _make_plan(self, scope: Scope, path: str, kind: str) -> _Plan:
        catalogue = self._job.catalogue
        validators = (
            self._check(scope, info, code)
            for code, info in catalogue.rules.items()
            if info.scope == "file" and code in scope.codes and catalogue.wants(info, path, kind)
        )
        extractors = (
            self._check(scope, info, name)
            for name, info in catalogue.extractors.items()
            if name in self._job.facts
            and (catalogue.wants(info, path, kind) or matches(self._globs_from(scope, name), path))
        )
        plan = _Plan(tuple(validators), tuple(extractors), _EMPTY.needles)
        checks = (*plan.validators, *plan.extractors)
        texts = frozenset(text for check in checks for text in check.contains)
        if not texts:
            return plan
        return plan._replace(needles=self._needles.setdefault(texts, Needles(texts)))

    def _check(self, scope: Scope, info: RuleInfo | ExtractorInfo, label: str) -> _Check:
        key = (id(scope), info.where)
        if key not in self._checks:
            self._checks[key] = _Check(self._job, scope, info, label)
        return self._checks[key]


def _not_checked(file: SourceFile, skip: Skip) -> Finding:
    rule = rules.FileOverLimit if skip.over_limit else rules.UnreadableFile
    return file.finding(rule(), None, f"not checked: {skip}", anchor=rule.name)


class _ByName:
    """Globs by the file name that they end in: a path is matched with few of them."""

    def __init__(self, globs: Iterable[str]) -> None:
        self._named: dict[str, list[str]] = {}
        self._others: list[str] = []
        for glob in globs:
            name = glob.rpartition("/")[2]
            plain = name and not set(name) & set("*?[")
            (self._named.setdefault(name, []) if plain else self._others).append(glob)

    def candidates(self, name: str) -> Iterable[str]:
        """Those that a path with the file name ``name`` may fit."""
        return (*self._named.get(name, ()), *self._others)


def _is_by_ending(glob: str) -> bool:
    """Whether ``glob`` is ``*`` or ``*.ending``, so that a name's ending decides."""
    head, dot, ending = glob.removeprefix("**/").partition(".")
    return head == "*" and (not dot or not set(ending) & set(".*?/["))


def kind_of(path: str, data: bytes) -> str:
    """The kind of the file at ``path``, where no plugin has a say: by its name, or first line."""
    return Kinds().of(path, data)


def _run(validator: Any, file: SourceFile) -> list[Finding]:
    found: list[Finding] = []
    for finding in validator.check(file) or ():
        if not isinstance(finding, Finding) or finding.code != validator.code:
            raise WrongFinding(f"it yielded something that is no finding of {validator.code}")
        found.append(finding)
        if len(found) > MAX_FINDINGS:
            found[-1] = file.finding(
                rules.TooManyFindings(),
                None,
                f"{validator.code} found more than {MAX_FINDINGS:,} faults; the rest is left out",
                anchor=validator.code,
            )
            break
    return found


def _once(found: list[Finding]) -> Iterable[Finding]:
    """All findings, but of those that a parse failed only the first of each language."""
    seen: set[str] = set()
    for finding in found:
        if finding.code == rules.UnparsableFile.code:
            if finding.anchor in seen:
                continue
            seen.add(finding.anchor)
        yield finding


def _unparsable(file: SourceFile, failure: ParseFailure) -> Finding:
    message = f"not valid {failure.language}: {failure.message}"
    return file.finding(rules.UnparsableFile(), failure.span, message, anchor=failure.language)


def _timed_out(file: SourceFile, label: str, seconds: float) -> Finding:
    message = f"{label} ran longer than {seconds:g} seconds on this file and was stopped"
    return file.finding(rules.TimedOutCheck(), None, message, anchor=label)


def crashed(file: SourceFile, label: str, error: BaseException) -> Finding:
    """A finding that says where in its own code a check failed, and nothing of what it read."""
    import os
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    said = f": {error}" if isinstance(error, WrongFinding) else ""
    where = "on this file" if file.path != "." else "over the tree"
    message = f"{label} crashed {where}: {type(error).__name__}{place}{said}"
    return file.finding(rules.CrashedCheck(), None, message, anchor=label)


def failed_row(path: str, message: str) -> Row:
    """The row of a file whose checks could not be run to their end."""
    at = Location(path)
    found = [Finding(rules.CrashedCheck.code, at, message, Severity.ERROR, anchor=message)]
    return Row(NO_ID, _packed(found, []), b"")


def _ignores_in(file: SourceFile) -> list[Ignore]:
    if not any(marker in file.data for marker in IGNORE_MARKERS):
        return []
    from onex_tools.ignores import find_ignores

    return find_ignores(file)


def _kept(path: str, finding: Finding) -> Finding:
    try:
        unpack(path, _packed([finding], []))
        return finding
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        message = (
            f"{finding.code} crashed on this file: a finding of it is not well-formed: {error}"
        )
        at = Location(path)
        return Finding(rules.CrashedCheck.code, at, message, Severity.ERROR, anchor=finding.code)


def _packed(found: Iterable[Finding], ignored: Sequence[Ignore]) -> bytes:
    rows = [finding.packed() for finding in found]
    if not rows and not ignored:
        return b"0"
    return json.dumps({"f": rows, "i": ignored}).encode()
