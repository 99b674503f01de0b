"""Fixes made: one file in rounds until nothing is left to mend, and a whole run of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from onex_tools import edits
from onex_tools.edits import Kept, Round
from onex_tools.engine import make_job, run
from onex_tools.model import Edit, Finding, Location, Severity
from onex_tools.result import FAILURES
from onex_tools.rules import DroppedFix, TooManyFindings, UnwrittenFile

if TYPE_CHECKING:
    from onex_tools.engine import Request
    from onex_tools.filepass import FilePass
    from onex_tools.model import Ignore
    from onex_tools.result import Result
    from onex_tools.session import Session
    from onex_tools.settle import Settled
    from onex_tools.source import SourceFile
    from onex_tools.waivers import Bench

PATIENCE = 3
"""Rounds that may pass without fewer findings to mend than ever before."""
MOST_ROUNDS = 300
"""Rounds in all: enough for a file with 300,000 faults, of which a rule reports 1,000 at a time."""

BATCH = 256
"""Mended files that are held in memory until they are written together."""

Judge = Callable[[str, bytes], list[Finding]]
"""The findings that count in a file at a path with these bytes; waived ones are not among them."""
Parses = Callable[[str, bytes], bool]

_LANGUAGE = {"json": "yaml", "python": "python", "toml": "toml", "yaml": "yaml"}
_CRASHED = "ONX090"


class Step(NamedTuple):
    """One round: the bytes it began with, and what it did to them."""

    before: bytes
    round: Round


class Mended:
    """What became of one file.

    Attributes:
        new: its bytes after the fixes; ``old`` itself if one was not fit to be made.
        steps: the rounds that lead from ``old`` to ``new``.
        fixed: how many findings were mended, those that came up on the way among them.
        faults: findings about fixes that cannot be made (``ONX090``) or were dropped (``ONX006``).
    """

    def __init__(self, path: str, old: bytes, new: bytes, faults: Iterable[Finding] = ()) -> None:
        self.path, self.old, self.new = path, old, new
        self.steps: list[Step] = []
        self.fixed, self.faults = 0, list(faults)

    @property
    def changed(self) -> bool:
        """Whether there is something to write."""
        return self.new != self.old

    def stages(self) -> Iterator[tuple[bytes, list[tuple[Edit, frozenset[str]]]]]:
        """The bytes at every stage, with the edits then made and their rules; last ``new``."""
        for before, (made, owners, _) in self.steps:
            yield before, list(zip(made, owners, strict=True))
        yield self.new, []

    def kept(self) -> list[Kept]:
        """The runs of bytes of ``old`` that are still there in ``new``."""
        runs = [Kept(0, 0, len(self.old))]
        for step in self.steps:
            runs = edits.compose(runs, edits.kept(step.round.edits, len(step.before)))
        return runs


class FixedData(NamedTuple):
    """The result of a run over mended bytes, and those bytes by path."""

    result: Result
    data: dict[str, bytes]


class _BadFix(Exception):
    """The fixes of ``codes`` make the file what it must not become."""

    def __init__(self, codes: Sequence[str], why: str, *, crashed: bool = False) -> None:
        super().__init__(why)
        self.codes, self.why, self.crashed = codes, why, crashed

    def findings(self, path: str) -> Iterator[Finding]:
        """One finding a rule."""
        at = Location(path)
        for code in self.codes:
            if self.crashed:
                said = f"the fix of {code} cannot be made: {self.why}"
                yield Finding(_CRASHED, at, said, Severity.ERROR, anchor=code)
            else:
                said = f"nothing was mended here: the fix of {code} {self.why}"
                help_ = f"report it to whoever ships {code}; `--ignore {code}` mends the rest"
                yield Finding(DroppedFix.code, at, said, help=help_, anchor=code)


def parses_by_kind(path: str, data: bytes, limit: int = 1 << 20) -> bool:
    """Whether a file of a kind that has a parser is valid; others, and larger ones, never are."""
    from onex_tools.filepass import kind_of, new_services
    from onex_tools.source import ParseFailure, SourceFile

    kind = kind_of(path, data)
    if kind not in _LANGUAGE:
        return False
    try:
        SourceFile(path, kind, data, new_services(limit)).parsed(_LANGUAGE[kind])
    except ParseFailure:
        return False
    return True


def mend_file(
    path: str, data: bytes, judge: Judge, *, unsafe: bool = False, parses: Parses = parses_by_kind
) -> Mended:
    """Make the fixes of every finding in ``data``, round after round, until none is left.

    The result is verified: what parsed still does, no check fails that did not, and no rule with a
    safe fix finds more than before. If that does not hold, nothing is changed, and ``faults`` names
    the rules. They name those too whose fixes have no end, alone or by undoing each other's: these
    fixes are not made, and all others are. ``unsafe`` makes unsafe fixes too.
    """
    try:
        return _mend(_Work(path, data, judge, parses, unsafe=unsafe))
    except _BadFix as bad:
        return Mended(path, data, data, bad.findings(path))


def _mend(work: _Work) -> Mended:
    """All rounds. What others mend may give an end to fixes that had none, so these come again."""
    mended = work.mended
    tried: set[bytes] = set()
    while endless := work.go_on(frozenset()):
        before = mended.new
        if before in tried:
            raise _BadFix(sorted(endless), "never comes to an end")
        tried.add(before)
        while more := work.go_on(endless):
            endless |= more
        if mended.new == before:
            mended.faults += _endless(mended.path, endless)
            break
    work.refuse_worse()
    return mended


def _endless(path: str, codes: frozenset[str]) -> Iterator[Finding]:
    """One finding for each rule whose fix was not made, as those of ``codes`` never end."""
    for code in sorted(codes):
        others = sorted(codes - {code})
        fixes = " and ".join(f"that of {other}" for other in others)
        why = f"and {fixes} undo each other" if others else "never comes to an end"
        said = f"not mended here: the fix of {code} {why}"
        ways = " or ".join(f"`--ignore {one}`" for one in (code, *others))
        help_ = f"report it to whoever ships {code}; {ways} leaves it out"
        yield Finding(DroppedFix.code, Location(path), said, help=help_, anchor=code)


class _Work:
    """The mending of one file.

    Attributes:
        mended: what has become of it so far.
    """

    def __init__(
        self, path: str, data: bytes, judge: Judge, parses: Parses, *, unsafe: bool
    ) -> None:
        self.mended = Mended(path, data, data)
        self._judge, self._parses = partial(judge, path), partial(parses, path)
        self._unsafe = unsafe
        self._first = self._found = self._judge(data)
        self._sound, self._failures = self._parses(data), _failures(self._first)
        self._safe: set[str] = set()

    def go_on(self, without: frozenset[str]) -> frozenset[str]:
        """Make rounds, but for the fixes of the rules ``without``, until nothing is left to mend.

        If there is no end to it, all stays as it was, and those are given that are to blame.
        """
        start, found, safe = len(self.mended.steps), self._found, set(self._safe)
        endless = self._make_rounds(without)
        if endless:
            self._undo(start)
            self._found, self._safe = found, safe
        return endless

    def refuse_worse(self) -> None:
        """Refuse a safe fix that leaves more than there was.

        Raises:
            _BadFix: it does.
        """
        _refuse_worse(self._first, self._found, self._safe)

    def _undo(self, start: int) -> None:
        mended = self.mended
        for step in reversed(mended.steps[start:]):
            mended.new = step.before
            mended.fixed -= step.round.made
        del mended.steps[start:]

    def _make_rounds(self, without: frozenset[str]) -> frozenset[str]:
        begun: dict[bytes, int] = {}
        steps, progress = self.mended.steps, _Progress()
        while wanted := [f for f in self._wanted() if f.code not in without]:
            _refuse_impossible(wanted, len(self.mended.new))
            first = begun.setdefault(self.mended.new, len(steps))
            if first < len(steps):
                return _codes_of(steps[first:])
            if not progress.goes_on(self._found, wanted):
                return progress.idle(_codes_of(steps[-2:]).union(_codes(wanted)))
            self._make_round(wanted)
        return frozenset()

    def _wanted(self) -> list[Finding]:
        return _wanted(self._found, unsafe=self._unsafe)

    def _make_round(self, wanted: Sequence[Finding]) -> None:
        mended = self.mended
        step = Step(mended.new, edits.choose(wanted))
        mended.new = edits.apply(step.before, step.round.edits)
        if mended.new == step.before:
            raise _BadFix(step.round.codes or _codes(wanted), "changes nothing")
        mended.steps.append(step)
        mended.fixed += step.round.made
        codes = step.round.codes
        self._safe.update(f.code for f in wanted if f.fix and f.fix.safe and f.code in codes)
        self._found = self._judge(mended.new)
        if self._breaks(mended.new, self._found):
            culprits = _culprits(step, lambda new: self._breaks(new, self._judge(new)))
            raise _BadFix(culprits, "leaves a file that cannot be checked any more")

    def _breaks(self, new: bytes, after: Sequence[Finding]) -> bool:
        return (self._sound and not self._parses(new)) or _failures(after) > self._failures


def _codes_of(steps: Iterable[Step]) -> frozenset[str]:
    return frozenset(code for step in steps for code in step.round.codes)


class _Progress:
    """Whether a file's rounds come nearer to an end."""

    def __init__(self) -> None:
        self._rounds, self._patience = 0, PATIENCE
        self._fewest = self._place = -1
        self._counts: list[Counter[str]] = []

    def goes_on(self, found: Sequence[Finding], wanted: Sequence[Finding]) -> bool:
        """Whether another round, to mend ``wanted``, may be made.

        There must now and then be fewer of them. Of faults too many to be reported at once there
        are as many in every round; then the first must move towards the end of the file.
        """
        number = len(wanted)
        place = min(finding.location.start for finding in wanted)
        cut_off = any(finding.code == TooManyFindings.code for finding in found)
        nearer = not self._rounds or number < self._fewest or (cut_off and place > self._place)
        self._fewest = number if self._fewest < 0 else min(number, self._fewest)
        self._place = place
        self._patience = PATIENCE if nearer else self._patience - 1
        self._rounds += 1
        self._counts.append(Counter(finding.code for finding in wanted))
        return self._patience > 0 and self._rounds <= MOST_ROUNDS

    def idle(self, codes: frozenset[str]) -> frozenset[str]:
        """Those of ``codes`` that have lately not come nearer to an end; all if each has."""
        before, now = self._counts[-PATIENCE:][0], self._counts[-1]
        return frozenset(code for code in codes if now[code] >= before[code]) or codes


def _wanted(found: Sequence[Finding], *, unsafe: bool) -> list[Finding]:
    return [finding for finding in found if finding.fix and (finding.fix.safe or unsafe)]


def _codes(found: Sequence[Finding]) -> list[str]:
    return sorted({finding.code for finding in found})


def _failures(found: Sequence[Finding]) -> int:
    return sum(finding.code in FAILURES for finding in found)


def _refuse_impossible(wanted: Sequence[Finding], size: int) -> None:
    for finding in wanted:
        fault = edits.fault(finding.fix.edits, size) if finding.fix else ""
        if fault:
            raise _BadFix([finding.code], fault, crashed=True)


def _culprits(step: Step, breaks: Callable[[bytes], bool]) -> list[str]:
    """The rules whose edits alone break the file, or all of the round if it takes several."""
    codes = step.round.codes
    alone = [c for c in codes if breaks(edits.apply(step.before, step.round.of(c)))]
    return alone or codes


def _refuse_worse(first: Sequence[Finding], last: Sequence[Finding], safe: set[str]) -> None:
    before = Counter(finding.code for finding in first)
    after = Counter(finding.code for finding in last)
    for code in sorted(safe):
        if after[code] > before[code]:
            why = f"leaves {after[code]} of its findings where there were {before[code]}"
            raise _BadFix([code], why)


# A whole run ---------------------------------------------------------------------------------


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
    return sorted({finding.path for finding in _wanted(before.findings, unsafe=unsafe)})


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
    result.failed = result.failed or _failures(faults) > 0
    result.fixed = fixed
    return result


def _unwritten(path: str, why: str) -> Finding:
    return Finding(UnwrittenFile.code, Location(path), why, Severity.ERROR, anchor=why)
