"""What counts: inline ignores, then the configuration's, then the baseline; nothing is lost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from onex_tools.model import ANY_NOQA, Finding, Ignore, Location, Severity
from onex_tools.result import FAILURES, UNDONE, RuleInfo, Waived, Waiver
from onex_tools.selection import best, closest
from onex_tools.waivers import TREE, Bench, Uses, directive_faults, entry_faults, stale_entries

MAX_WHOLE = 100
"""Directives for the whole of one file that are listened to."""


class Settled(NamedTuple):
    """The findings that count, those that do not, and baseline fingerprints that matched none."""

    findings: list[Finding]
    waived: list[Waived]
    stale: list[str]


def settle(found: list[Finding], ignores: Mapping[str, Sequence[Ignore]], bench: Bench) -> Settled:
    """Sort ``found`` into what counts and what is waived; faults of the waivers are added."""
    uses = Uses(frozenset(one.path for one in found if one.code in UNDONE))
    counted: list[Finding] = []
    waived: list[Waived] = []

    by_path = {path: _Directives(directives) for path, directives in ignores.items()}

    def judge(
        findings: Iterable[Finding], directives: Callable[[Location], Sequence[Ignore]]
    ) -> None:
        for finding in findings:
            waiver = _waiver(finding, directives(finding.location), bench, uses)
            if waiver:
                waived.append(Waived(finding, waiver))
            else:
                counted.append(finding)

    judge(found, lambda at: by_path[at.path].near(at) if at.path in by_path else ())
    for path, directives in ignores.items():
        judge(list(directive_faults(path, directives, bench, uses)), lambda _: ())
    judge(list(entry_faults(bench, uses)), lambda _: ())
    counted.sort(key=Finding.order)
    stale: list[str] = []
    if bench.baseline is not None:
        counted, stale = _subtract(counted, waived, bench, uses)
        if stale and bench.complete:
            judge([stale_entries(len(stale), bench)], lambda _: ())
            counted.sort(key=Finding.order)
    waived.sort(key=lambda item: item.finding.order())
    return Settled(counted, waived, stale)


class _Directives:
    """The directives of one file by their lines: a file may hold thousands, and findings too."""

    def __init__(self, directives: Sequence[Ignore]) -> None:
        self._whole = [one for one in directives if one.first == 0][:MAX_WHOLE]
        self._local = sorted((one for one in directives if one.first), key=lambda one: one.line)
        self._lines = [one.line for one in self._local]
        self._reach = max((one.last - one.line for one in self._local), default=0)
        # A comment at the end of joined lines speaks for all of them, and few comments share one.
        self._above: dict[int, list[Ignore]] = {}
        for one in self._local:
            for line in range(one.first, one.line):
                self._above.setdefault(line, []).append(one)

    def near(self, at: Location) -> list[Ignore]:
        """Those that may cover ``at``."""
        found = [*self._whole, *self._between(at.line - self._reach, at.line)]
        found += self._above.get(at.line, ())
        return found + self._between(at.end_line, at.end_line) if at.end_line > at.line else found

    def _between(self, first: int, last: int) -> list[Ignore]:
        return self._local[bisect_left(self._lines, first) : bisect_right(self._lines, last)]


def _waiver(
    finding: Finding, directives: Sequence[Ignore], bench: Bench, uses: Uses
) -> Waiver | None:
    """Grade ``finding``, and give what waives it."""
    info = bench.rules.get(finding.code)
    if info is None or finding.code in FAILURES:
        return None
    _grade(finding, info, bench)
    inline = _inline(finding, info, directives, bench, uses)
    return inline or _by_path(finding, info, bench, uses)


def _grade(finding: Finding, info: RuleInfo, bench: Bench) -> None:
    """The severity that the configuration gives the rule here."""
    label = closest(bench.policy(finding.path).severity, info)
    if label is not None:
        finding.severity = Severity.named(label)


def _inline(
    finding: Finding,
    info: RuleInfo,
    directives: Sequence[Ignore],
    bench: Bench,
    uses: Uses,
) -> Waiver | None:
    waiver = None
    for directive in directives:
        named = _names(directive, info)
        if named is None or not _covers(directive, finding.location):
            continue
        key = (finding.path, directive, named)
        if directive.fault:
            continue
        if bench.locks(info, finding.path):
            uses.blocked.add(key)
        elif directive.until and directive.until < bench.today:
            uses.used.add(key)
        else:
            uses.used.add(key)
            kind = "inline" if directive.tool == "onex" else "foreign"
            origin = f"{finding.path}:{directive.line}"
            reason = directive.reason or ("" if kind == "inline" else f"{directive.tool} comment")
            waiver = waiver or Waiver(kind, origin, reason, directive.until)
    return waiver


def _names(directive: Ignore, info: RuleInfo) -> str | None:
    """The word of ``directive`` that means the rule."""
    if directive.tool == "onex":
        words = (info.code, info.name, *info.aliases)
        return next((code for code in directive.codes if code in words), None)
    if directive.codes == (ANY_NOQA,):
        flake8_style = any(alias[:1].isupper() and ":" not in alias for alias in info.aliases)
        return ANY_NOQA if flake8_style else None
    # As in flake8, the beginning of a code means all that begin with it.
    prefixes = directive.tool == "noqa"
    return next(
        (
            code
            for code in directive.codes
            if code in info.aliases or (prefixes and _begins(code, info))
        ),
        None,
    )


def _begins(code: str, info: RuleInfo) -> bool:
    words = (info.code, *(alias for alias in info.aliases if ":" not in alias))
    return any(word.startswith(code) for word in words)


def _covers(directive: Ignore, at: Location) -> bool:
    if directive.first == 0:
        return True
    return directive.first <= at.line <= directive.last or directive.line == at.end_line


def _by_path(finding: Finding, info: RuleInfo, bench: Bench, uses: Uses) -> Waiver | None:
    policy = bench.policy(finding.path)
    off = not info.selectable and best(policy.ignore, info)
    if off and not bench.locks(info, finding.path):
        return Waiver("config", "ignore")
    for entry in policy.per_file_ignores:
        if best(entry.codes, info) and entry.matches(finding.path):
            uses.entries.add(id(entry))
            expired = entry.until and entry.until < bench.today
            if not expired and not bench.locks(info, finding.path):
                return Waiver("config", entry.origin, entry.reason, entry.until)
    return None


def _subtract(
    counted: list[Finding], waived: list[Waived], bench: Bench, uses: Uses
) -> tuple[list[Finding], list[str]]:
    """Move what the baseline knows to ``waived``; also give the fingerprints it has too many."""
    baseline = bench.baseline
    assert baseline is not None
    new: list[Finding] = []
    left = dict(baseline.entries)
    for finding, mark in zip(counted, baseline.fingerprints(counted, bench.evidence), strict=True):
        info = bench.rules.get(finding.code)
        known = left.pop(mark, None)
        failed = info is None or finding.code in FAILURES
        if known is None or failed or (info and bench.locks(info, finding.path)):
            new.append(finding)
        else:
            waived.append(Waived(finding, Waiver("baseline", baseline.path)))
    # What a selection or a failure left out is not gone, only not looked for.
    gone = [
        mark
        for mark, (code, path) in left.items()
        if bench.looked_for(code, path) and not _is_missed(code, path, bench, uses)
    ]
    return new, sorted(gone)


def _is_missed(code: str, path: str, bench: Bench, uses: Uses) -> bool:
    """Whether a check may have missed a finding at ``path``, since it did not do all its work."""
    info = bench.rules.get(code)
    is_tree = info is not None and info.scope == "tree"
    return bool(uses.undone) if is_tree else not uses.undone.isdisjoint((path, TREE))
