"""A whole run of files mended: judged again, written, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.engine import make_job, run
from onex_tools.mending import Mended, mend_file, parses_by_kind, wanted_of
from onex_tools.model import Finding, Location, Severity
from onex_tools.result import FAILURES
from onex_tools.rules import UnwrittenFile

if TYPE_CHECKING:
    from onex_tools.engine import Request
    from onex_tools.filepass import FilePass
    from onex_tools.model import Ignore
    from onex_tools.result import Result
    from onex_tools.session import Session
    from onex_tools.settle import Settled
    from onex_tools.source import SourceFile
    from onex_tools.waivers import Bench

BATCH = 256
"""Mended files that are held in memory until they are written together."""


class FixedData(NamedTuple):
    """The result of a run over mended bytes, and those bytes by path."""

    result: Result
    data: dict[str, bytes]


class FileJudge:
    """What this run would say of one file, were its bytes others.

    Attributes:
        seen: every answer so far, by the bytes it is about.
    """

    def __init__(self, work: FilePass, bench: Bench, of_tree_rules: Sequence[Finding]) -> None:
        self._work, self._bench, self._of_tree_rules = work, bench, of_tree_rules
        self.seen: dict[bytes, Settled] = {}

    def __call__(self, path: str, data: bytes) -> list[Finding]:
        """The findings that count."""
        if data not in self.seen:
            self.seen[data] = self._settle(path, data)
        return self.seen[data].findings

    def _settle(self, path: str, data: bytes) -> Settled:
        from onex_tools.cache import unpack
        from onex_tools.settle import settle

        found, ignores = unpack(path, self._work.judge_data(path, data).result)
        is_first = not self.seen  # what tree rules said holds only until lines have moved
        bench = self._bench.of_one(lambda path: self._source(path, data), complete=is_first)
        if is_first:
            found += map(copy, self._of_tree_rules)
        directives: dict[str, Sequence[Ignore]] = {path: ignores}
        settled = settle(found, directives, bench)
        mine = [finding for finding in settled.findings if finding.path == path]
        return settled._replace(findings=mine)

    @staticmethod
    def _source(path: str, data: bytes) -> SourceFile:
        """The file for its lines alone: what an unused comment stands in."""
        from onex_tools.filepass import kind_of, new_services
        from onex_tools.source import SourceFile

        return SourceFile(path, kind_of(path, data), data, new_services(0))


def _make_bench(session: Session, request: Request) -> Bench:
    """What a file is settled by; complete if the run knows all that tree rules found."""
    from onex_tools.baseline import read_baseline
    from onex_tools.waivers import Bench

    baseline = session.config.baseline
    return Bench(
        rules=session.catalogue.rules,
        policy=lambda path: session.part(path).config,
        ran=lambda path: session.part(path).codes,
        today=request.today,
        complete=request.paths is None and request.data is None and request.scope == "all",
        open_file=session.open_file,
        baseline=read_baseline(session.root, baseline) if baseline else None,
        lenient=bool(session.catalogue.problems),
    )


def _by_tree_rules(session: Session, before: Result) -> dict[str, list[Finding]]:
    """What the run found, waived or not, that no judging of one file does, by path."""
    found: dict[str, list[Finding]] = {}
    if session.tree_codes:
        for finding in (*before.findings, *(item.finding for item in before.waived)):
            if finding.code in session.tree_codes:
                found.setdefault(finding.path, []).append(finding)
    return found


def mend_files(
    session: Session, request: Request, before: Result, *, unsafe: bool
) -> Iterator[tuple[Mended, FileJudge]]:
    """Mend, without writing, every file in which ``before`` has something to mend.

    Bytes that ``request`` brings along are judged whether ``before`` found a fix in them or not.
    """
    from onex_tools.discover import Skip
    from onex_tools.filepass import FilePass
    from onex_tools.watchdog import Watchdog

    job = make_job(session, request._replace(scope=_file_scope(request)), {})
    parses = partial(parses_by_kind, limit=session.config.max_parse_bytes)
    with Watchdog(job.seconds) as watchdog:
        work, bench = FilePass(job, watchdog), _make_bench(session, request)
        of_tree_rules = _by_tree_rules(session, before)
        for path in _fixable_paths(session, request, before, unsafe=unsafe):
            judge = FileJudge(work, bench, of_tree_rules.get(path, ()))
            try:
                data = job.read(path, job.max_bytes)
            except Skip as skip:
                if request.data is None:  # otherwise the run has said so
                    faults = [_unwritten(path, f"not read: {skip}")]
                    yield Mended(path, b"", b"", faults), judge
            else:
                yield mend_file(path, data, judge, unsafe=unsafe, parses=parses), judge


def _file_scope(request: Request) -> str:
    """Facts for tree rules are not wanted here, and a run of tree rules has no file rules."""
    return "tree" if request.scope == "tree" else "file"


def _fixable_paths(
    session: Session, request: Request, before: Result, *, unsafe: bool
) -> list[str]:
    if request.data is not None:
        return sorted(path for path in request.data if not session.excluded(path))
    return sorted({finding.path for finding in wanted_of(before.findings, unsafe=unsafe)})


def fix_run(session: Session, request: Request, *, unsafe: bool = False) -> Result:
    """Run, mend and write every file that can be, and give the result of a run after that.

    A file that cannot be written is a finding; the others go on.

    Raises:
        DiscoveryError, BaselineError: as ``run``.
    """
    from onex_tools.writing import remove_stale_drafts

    notes = list(session.notes)
    before = run(session, request)
    faults: list[Finding] = []
    fixed, wrote = 0, False
    if request.data is None and request.paths is None:
        remove_stale_drafts(session.root, session.listing().paths())
    mended = (one for one, _ in mend_files(session, request, before, unsafe=unsafe))
    while batch := list(islice(mended, BATCH)):
        refused = _write(session.root, batch)
        for one in batch:
            faults += one.faults
            if one.path in refused:
                faults.append(_unwritten(one.path, f"not written: {refused[one.path]}"))
            elif one.changed:
                fixed, wrote = fixed + one.fixed, True
    if wrote:
        session.notes[:] = notes  # a second run says the same again
    return with_faults(run(session, request) if wrote else before, faults, fixed)


def _write(root: str, batch: Iterable[Mended]) -> dict[str, str]:
    """Write what was mended; gives why what was not written was not, by path."""
    from onex_tools.writing import Change, replace_files

    changes = [Change(one.path, one.old, one.new) for one in batch if one.changed]
    return {refused.path: refused.reason for refused in replace_files(root, changes)}


def fix_data(session: Session, request: Request, *, unsafe: bool = False) -> FixedData:
    """Mend the bytes that ``request`` brings along; no file is written."""
    notes = list(session.notes)
    before = run(session, request)
    given = request.data or {}
    data = {path: raw for path, raw in given.items() if isinstance(raw, bytes)}
    faults: list[Finding] = []
    fixed = 0
    for mended, _ in mend_files(session, request, before, unsafe=unsafe):
        faults += mended.faults
        data[mended.path] = mended.new
        fixed += mended.fixed
    if not fixed:
        return FixedData(with_faults(before, faults, 0), data)
    session.notes[:] = notes
    after = run(session, request._replace(data={**given, **data}))
    return FixedData(with_faults(after, faults, fixed), data)


def with_faults(result: Result, faults: Sequence[Finding], fixed: int) -> Result:
    """``result`` with what mending had to say."""
    result.findings = sorted([*result.findings, *faults], key=Finding.order)
    result.failed = result.failed or any(fault.code in FAILURES for fault in faults)
    result.fixed = fixed
    return result


def _unwritten(path: str, why: str) -> Finding:
    return Finding(UnwrittenFile.code, Location(path), why, Severity.ERROR, anchor=why)
