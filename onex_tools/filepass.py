"""One file: read once, every check that wants it run over it, the answer in a row for the cache."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from onex_tools import rules
from onex_tools.cache import NO_ID, NOTHING, Row, digest, unpack
from onex_tools.discover import Skip
from onex_tools.kinds import UNKNOWN, Kinds
from onex_tools.model import IGNORE_MARKERS, Finding, Ignore, Location, Severity
from onex_tools.plans import Planner, Scope, WrongFinding
from onex_tools.registry import Catalogue
from onex_tools.result import FAILURES
from onex_tools.source import Node, ParseFailure, Services, SourceFile
from onex_tools.watchdog import CheckTimeout, Watchdog

if TYPE_CHECKING:
    import ast

_MARKERS = frozenset(IGNORE_MARKERS)


def _plain_file(_path: str) -> Node:
    return Node("file")


class Job(NamedTuple):
    """What every worker needs to know to check files.

    ``tree`` says whether tree rules run; ``facts`` names the extractors that some tree rule will
    ask; ``scope_of`` gives the scope that holds for a path; ``read`` the bytes of a path, or
    raises Skip; ``pieces``, where there is one, the bytes of a file of any size; ``node`` what
    stands at a path. ``foreign`` names the checks that are not built in: they get no chance to end
    the run. ``given`` has the documents that tree rules may ask for, by name; ``timings``, where it
    is not None, gets the seconds that each check takes; ``keeps`` says that rows are for later runs
    too, so that they need the content's id.
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
    given: Mapping[str, bytes] = {}
    timings: dict[str, float] | None = None
    keeps: bool = True

    def __repr__(self) -> str:
        return object.__repr__(self)  # what files hold is not shown


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

    def outline(self, file: SourceFile) -> ast.Module | None:
        """See ``onex_tools.parse.parse_outline``; larger files are not parsed."""
        from onex_tools.parse import parse_outline

        return parse_outline(file) if len(file.data) <= self._limit else None


def new_services(max_parse_bytes: int, kinds: Kinds | None = None) -> Services:
    """The hasher, the parsers and the comment styles; files over the limit are not parsed."""
    return _Services(max_parse_bytes, kinds or Kinds())


class FilePass:
    """Runs the checks of ``job`` over one file after the other.

    ``announce`` is told which foreign check begins, and with "" that it has ended: then this is a
    process of its own. ``plans`` are of a pass over other files, for the same job. ``lost`` has the
    checks to leave out of the next file, and why.
    """

    def __init__(
        self,
        job: Job,
        watchdog: Watchdog | None = None,
        announce: Callable[[str], None] | None = None,
        plans: Planner | None = None,
    ) -> None:
        self._job, self._announce = job, announce
        self.lost: Mapping[str, str] = {}
        self._kinds = job.catalogue.kinds
        self._services = new_services(job.max_parse_bytes, self._kinds)
        self._watchdog = watchdog or Watchdog(job.seconds)
        self._plans = plans or Planner(job)

    def row(self, path: str, known: Row | None = None) -> Row:
        """The row of the file at ``path``; its content id is ``NO_ID`` if it must not be kept.

        ``known`` is the row of an earlier run, good for as long as the content is the same.
        """
        kind = self._kinds.of_path(path)
        by_head = kind == UNKNOWN and "." not in path.rpartition("/")[2]
        if not by_head and self._plans.plan(path, kind).is_empty:
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
        file = SourceFile(path, self._kinds.of(path, data), data, self._services)
        try:
            return self.judge(file)
        finally:
            file.forget()

    def _unread(self, path: str, kind: str, skip: Skip) -> Row:
        file = SourceFile(path, kind, b"", self._services)
        return Row(NO_ID, _packed([_not_checked(file, skip)], []), b"")

    def _over_limit(self, path: str, kind: str, skip: Skip) -> Row | None:
        """The row of a file over the limit, if an extractor takes it in pieces."""
        plan = self._plans.plan(path, kind)
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
        plan = self._plans.plan(file.path, file.kind)
        if plan.is_empty:
            return NOTHING
        found: list[Finding] = []
        facts: dict[str, Any] = {}
        validators, extractors = plan.wanted(file)
        if all(check.reads_outlines() for check in (*validators, *extractors)):
            file.skim()
        for check in validators:
            answer = self._guarded(file, check.label, check.findings)
            found.extend([answer] if isinstance(answer, Finding) else answer)
        for check in extractors:
            fact = self._guarded(file, check.label, check.fact)
            if isinstance(fact, Finding):
                found.append(fact)
            elif fact is not None:
                facts[check.label] = fact
        found = self._heeded(list(_once(found)))
        found, result = self._row_of(file, found)
        failed = any(finding.code in FAILURES for finding in found)
        content = bytes.fromhex(file.content_id) if self._job.keeps and not failed else NO_ID
        facts_line = json.dumps(facts).encode() if facts else b""
        return Row(content, result, facts_line)

    def _heeded(self, found: list[Finding]) -> list[Finding]:
        """``found`` without what a rule says where one that it defers to says something.

        What is left out speaks for nothing: of rules that defer to each other one is heard.
        """
        known = self._job.catalogue.rules
        by_code: dict[str, list[Finding]] = {}
        for one in found:
            by_code.setdefault(one.code, []).append(one)
        defers = {code: known[code].defers_to if code in known else () for code in by_code}
        if not any(defers.values()):
            return found
        heard: dict[str, list[Finding]] = {}
        for code in _deferring_last(defers):
            over = [
                one for other in heard if other.startswith(defers[code]) for one in heard[other]
            ]
            mine = by_code[code]
            heard[code] = [one for one in mine if not any(_overlap(one, other) for other in over)]
        kept = {id(one) for some in heard.values() for one in some}
        return [one for one in found if id(one) in kept]

    def _row_of(self, file: SourceFile, found: list[Finding]) -> tuple[list[Finding], bytes]:
        """The findings and their result line; one that cannot be kept is a crash of its rule."""
        ignored = _ignores_in(file)
        try:
            self._mask(file, found)
            result = _packed(found, ignored)
            if self._job.foreign:
                unpack(file.path, result)
        except (AttributeError, LookupError, TypeError, ValueError):
            found = [_kept(file.path, finding) for finding in found]
            self._mask(file, found)
            result = _packed(found, ignored)
        return found, result

    def _mask(self, file: SourceFile, found: list[Finding]) -> None:
        """Hide in what the other rules say the secrets that a sensitive one found."""
        rules = self._job.catalogue.rules
        secret = [one for one in found if one.code in rules and rules[one.code].sensitive]
        if secret and len(secret) < len(found):
            from onex_tools.masking import mask_others

            mask_others(found, secret, file.data)

    def _guarded(self, file: SourceFile, label: str, work: Callable[[SourceFile], Any]) -> Any:
        """What ``work`` returns, or the finding that says why it could not."""
        if label in self.lost:
            return file.finding(rules.CrashedCheck(), None, self.lost[label], anchor=label)
        timings = self._job.timings
        begun = time.perf_counter() if timings is not None else 0.0
        announce = self._announce if label in self._job.foreign else None
        try:
            if announce:
                announce(label)
            self._watchdog.begin()
            return work(file)
        except ParseFailure as failure:
            return _unparsable(file, failure)
        except CheckTimeout as stop:
            return _timed_out(file, label, self._job.seconds, stop)
        except BaseException as error:
            # An interrupt is the user's, save in a process that none reaches.
            if isinstance(error, KeyboardInterrupt) and not self._announce:
                raise
            return crashed(file, label, error)
        finally:
            self._watchdog.end()
            if announce:
                announce("")
            if timings is not None:
                timings[label] = timings.get(label, 0.0) + time.perf_counter() - begun


def _not_checked(file: SourceFile, skip: Skip) -> Finding:
    rule = rules.FileOverLimit if skip.over_limit else rules.UnreadableFile
    return file.finding(rule(), None, f"not checked: {skip}", anchor=rule.name)


def kind_of(path: str, data: bytes) -> str:
    """The kind of the file at ``path``, where no plugin has a say: by its name, or first line."""
    return Kinds().of(path, data)


def _deferring_last(defers: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The codes, each behind those that it defers to; in a circle the first code leads."""
    left, order = sorted(defers), []
    while left:
        free = (
            code
            for code in left
            if not any(other.startswith(defers[code]) for other in left if other != code)
        )
        order.append(next(free, left[0]))
        left.remove(order[-1])
    return order


def _overlap(one: Finding, other: Finding) -> bool:
    first, second = one.location, other.location
    return first.start < second.end and second.start < first.end


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


def _timed_out(file: SourceFile, label: str, seconds: float, stop: CheckTimeout) -> Finding:
    message = f"{label} ran longer than {seconds:g} seconds on this file and was stopped"
    if stop.args:
        message = f"{label} was not run on this file: {stop}"
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
    texts, _ = file.found.among(_MARKERS, frozenset())
    if not texts:
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
