"""One file mended in rounds of edits, until nothing is left to mend or nothing more is fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from onex_tools import edits
from onex_tools.edits import Kept, Round
from onex_tools.model import Edit, Finding, Location, Severity
from onex_tools.result import FAILURES
from onex_tools.rules import DroppedFix, TooManyFindings

PATIENCE = 3
"""Rounds that may pass without fewer findings to mend than ever before."""
MOST_ROUNDS = 300
"""Rounds in all: enough for a file with 300,000 faults, of which a rule reports 1,000 at a time."""

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
        return wanted_of(self._found, unsafe=self._unsafe)

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


def wanted_of(found: Sequence[Finding], *, unsafe: bool) -> list[Finding]:
    """Those of ``found`` that can be mended."""
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
