"""What counts: inline ignores, then the configuration's, then the baseline; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from onex_tools.model import (
    ANY_NOQA,
    Confidence,
    Edit,
    Finding,
    Fix,
    Ignore,
    Location,
    Severity,
)
from onex_tools.result import FAILURES, RuleInfo, Waived, Waiver
from onex_tools.selection import best, closest

if TYPE_CHECKING:
    from onex_tools.baseline import Baseline
    from onex_tools.source import SourceFile

MALFORMED, UNKNOWN, REASONLESS = "ONX010", "ONX011", "ONX012"
EXPIRED, UNUSED, LOCKED = "ONX013", "ONX014", "ONX015"
"""The engine's rules on waivers; ``onex_tools.rules`` describes them."""


class PathIgnore(Protocol):
    """One entry of ``per-file-ignores``; ``origin`` is where it is written, as ``path:line``."""

    codes: tuple[str, ...]
    reason: str
    until: str

    @property
    def origin(self) -> str:
        """Where it is written: ``path:line``."""

    def matches(self, path: str) -> bool:
        """Whether the entry is for the file at ``path``."""


class Policy(Protocol):
    """What the configuration says about findings in one part of the tree."""

    @property
    def severity(self) -> Mapping[str, str]:
        """Levels by selector."""

    @property
    def locked(self) -> Sequence[str]:
        """Selectors of rules that cannot be waived."""

    @property
    def per_file_ignores(self) -> Sequence[PathIgnore]:
        """What is waived by path."""


@dataclass(slots=True)
class Bench:
    """What a settlement needs to know.

    ``policy`` and ``ran`` give the configuration and the codes that ran, by path; ``today`` is an
    ISO date; ``complete`` says that the whole tree was checked, so that what matches nothing is
    unused; ``open_file`` gives the file at a path, to write the fix of an unused comment.
    """

    rules: Mapping[str, RuleInfo]
    policy: Callable[[str], Policy]
    ran: Callable[[str], frozenset[str]]
    today: str
    complete: bool
    open_file: Callable[[str], SourceFile | None]
    baseline: Baseline | None = None


@dataclass(slots=True)
class Settled:
    """The findings that count, those that do not, and baseline fingerprints that matched none."""

    findings: list[Finding]
    waived: list[Waived]
    stale: list[str]


def settle(found: list[Finding], ignores: Mapping[str, Sequence[Ignore]], bench: Bench) -> Settled:
    """Sort ``found`` into what counts and what is waived; faults of the waivers are added."""
    found.sort(key=Finding.order)
    counted: list[Finding] = []
    waived: list[Waived] = []
    used: set[tuple[str, Ignore, str]] = set()
    blocked: set[tuple[str, Ignore, str]] = set()
    used_entries: set[str] = set()
    for finding in found:
        info = bench.rules.get(finding.code)
        waiver = None
        if info is not None and finding.code not in FAILURES:
            _grade(finding, info, bench)
            waiver = _inline(finding, info, ignores.get(finding.path, ()), bench, used, blocked)
            waiver = waiver or _by_path(finding, info, bench, used_entries)
        if waiver:
            waived.append(Waived(finding, waiver))
        else:
            counted.append(finding)
    for path, directives in ignores.items():
        for fault in _faults(path, directives, bench, used, blocked):
            _grade(fault, bench.rules[fault.code], bench)
            waiver = _by_path(fault, bench.rules[fault.code], bench, used_entries)
            if waiver:
                waived.append(Waived(fault, waiver))
            else:
                counted.append(fault)
    counted += _entry_faults(bench, used_entries)
    counted.sort(key=Finding.order)
    stale: list[str] = []
    if bench.baseline is not None:
        counted, stale = _subtract(counted, waived, bench)
    waived.sort(key=lambda item: item.finding.order())
    return Settled(counted, waived, stale)


def _grade(finding: Finding, info: RuleInfo, bench: Bench) -> None:
    """The severity that the configuration gives the rule here."""
    label = closest(bench.policy(finding.path).severity, info)
    if label is not None:
        finding.severity = Severity.named(label)


def _is_locked(info: RuleInfo, path: str, bench: Bench) -> bool:
    return bool(best(bench.policy(path).locked, info))


def _inline(
    finding: Finding,
    info: RuleInfo,
    directives: Sequence[Ignore],
    bench: Bench,
    used: set[tuple[str, Ignore, str]],
    blocked: set[tuple[str, Ignore, str]],
) -> Waiver | None:
    waiver = None
    for directive in directives:
        named = _names(directive, info)
        if named is None or not _covers(directive, finding.location):
            continue
        key = (finding.path, directive, named)
        if directive.fault:
            continue
        if _is_locked(info, finding.path, bench):
            blocked.add(key)
        elif directive.until and directive.until < bench.today:
            used.add(key)
        else:
            used.add(key)
            kind = "inline" if directive.tool == "onex" else "foreign"
            origin = f"{finding.path}:{directive.line}"
            reason = directive.reason or ("" if kind == "inline" else f"{directive.tool} comment")
            waiver = waiver or Waiver(kind, origin, reason, directive.until)
    return waiver


def _names(directive: Ignore, info: RuleInfo) -> str | None:
    """The word of ``directive`` that means the rule."""
    if directive.tool == "onex":
        return next((code for code in directive.codes if code in (info.code, info.name)), None)
    if directive.codes == (ANY_NOQA,):
        flake8_style = any(alias[:1].isupper() and ":" not in alias for alias in info.aliases)
        return ANY_NOQA if flake8_style else None
    return next((code for code in directive.codes if code in info.aliases), None)


def _covers(directive: Ignore, at: Location) -> bool:
    if directive.first == 0:
        return True
    return directive.first <= at.line <= directive.last or directive.line == at.end_line


def _by_path(finding: Finding, info: RuleInfo, bench: Bench, used: set[str]) -> Waiver | None:
    for entry in bench.policy(finding.path).per_file_ignores:
        if best(entry.codes, info) and entry.matches(finding.path):
            used.add(entry.origin)
            expired = entry.until and entry.until < bench.today
            if not expired and not _is_locked(info, finding.path, bench):
                return Waiver("config", entry.origin, entry.reason, entry.until)
    return None


def _faults(
    path: str,
    directives: Iterable[Ignore],
    bench: Bench,
    used: set[tuple[str, Ignore, str]],
    blocked: set[tuple[str, Ignore, str]],
) -> Iterator[Finding]:
    """What is wrong with our own directives in the file at ``path``."""
    known = {info.code for info in bench.rules.values()}
    known |= {info.name for info in bench.rules.values()}
    for directive in directives:
        if directive.tool != "onex":
            continue
        at = _place(path, directive)
        if directive.fault:
            yield _fault(MALFORMED, at, f"this ignore waives nothing: {directive.fault}", bench)
            continue
        unknown = [code for code in directive.codes if code not in known]
        for code in unknown:
            yield _fault(UNKNOWN, at, f"no rule is called {code}", bench)
        if any((path, directive, code) in blocked for code in directive.codes):
            locked = [code for code in directive.codes if (path, directive, code) in blocked]
            yield _fault(LOCKED, at, f"{', '.join(locked)} is locked by the root", bench)
        if directive.until and directive.until < bench.today:
            yield _fault(EXPIRED, at, f"this ignore ended on {directive.until}", bench)
            continue
        if not directive.reason:
            yield _fault(REASONLESS, at, "this ignore gives no reason", bench)
        spare = [code for code in directive.codes if _is_spare(path, directive, code, bench, used)]
        spare = [c for c in spare if c not in unknown and (path, directive, c) not in blocked]
        if spare:
            yield _unused(path, directive, spare, at, bench)


def _place(path: str, directive: Ignore) -> Location:
    line, column = directive.line, directive.column
    size = directive.end - directive.start
    return Location(path, directive.start, directive.end, line, column, line, column + size)


def _is_spare(
    path: str, directive: Ignore, code: str, bench: Bench, used: set[tuple[str, Ignore, str]]
) -> bool:
    """Whether a rule ran that the directive names, and found nothing there."""
    if (path, directive, code) in used:
        return False
    ran = bench.ran(path)
    info = next((i for i in bench.rules.values() if code in (i.code, i.name)), None)
    return info is not None and info.code in ran and (info.scope == "file" or bench.complete)


def _unused(path: str, directive: Ignore, spare: list[str], at: Location, bench: Bench) -> Finding:
    fault = _fault(UNUSED, at, f"nothing here is waived for {', '.join(spare)}", bench)
    file = bench.open_file(path)
    if file is None:
        return fault
    start, end = directive.start, directive.end
    if set(spare) == set(directive.codes):
        line = file.line_span(directive.line)
        alone = not file.data[line.start : start].strip() and not file.data[end : line.end].strip()
        if alone:
            starts = file.line_starts
            below = starts[directive.line] if directive.line < len(starts) else len(file.data)
            edit = Edit(line.start, below, b"")
        else:
            edit = Edit(len(file.data[:start].rstrip(b" \t")), end, b"")
    else:
        text = file.data[start:end].decode("utf-8", "surrogateescape")
        kept = ", ".join(code for code in directive.codes if code not in spare)
        head, _, tail = text.partition("[")
        new = f"{head}[{kept}]{tail.partition(']')[2]}"
        edit = Edit(start, end, new.encode("utf-8", "surrogateescape"))
    fault.fix = Fix("remove what is unused", (edit,))
    return fault


def _fault(code: str, at: Location, message: str, bench: Bench) -> Finding:
    info = bench.rules[code]
    severity, confidence = Severity(info.severity), Confidence(info.confidence)
    return Finding(code, at, message, severity, confidence, anchor=message)


def _entry_faults(bench: Bench, used: set[str]) -> Iterator[Finding]:
    """Entries of ``per-file-ignores`` that are over, or (in a complete run) waive nothing."""
    for entry in bench.policy("").per_file_ignores:
        path, _, line = entry.origin.rpartition(":")
        at = Location(path or entry.origin, 0, 0, int(line) if line.isdigit() else 1)
        at = at._replace(end_line=at.line)
        if entry.until and entry.until < bench.today:
            yield _fault(EXPIRED, at, f"this waiver ended on {entry.until}", bench)
        elif bench.complete and entry.origin not in used:
            codes = ", ".join(entry.codes)
            yield _fault(UNUSED, at, f"nothing is waived for {codes} by this entry", bench)


def _subtract(
    counted: list[Finding], waived: list[Waived], bench: Bench
) -> tuple[list[Finding], list[str]]:
    """Move what the baseline knows to ``waived``; also give the fingerprints it has too many."""
    baseline = bench.baseline
    assert baseline is not None
    new: list[Finding] = []
    left = dict(baseline.entries)
    for finding, mark in zip(counted, baseline.fingerprints(counted), strict=True):
        info = bench.rules.get(finding.code)
        known = left.pop(mark, None)
        failed = info is None or finding.code in FAILURES
        if known is None or failed or (info and _is_locked(info, finding.path, bench)):
            new.append(finding)
        else:
            waived.append(Waived(finding, Waiver("baseline", baseline.path)))
    return new, sorted(left)
