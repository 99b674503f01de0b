"""What a run of `onex format` says: its findings, waived where somebody waived them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onex_tools.format.rules import FORMAT_RULES
from onex_tools.model import Finding, Location, Severity, Span
from onex_tools.result import FAILURES, Note, Result

if TYPE_CHECKING:
    from onex_tools.baseline import Baseline
    from onex_tools.format.agreement import Said
    from onex_tools.format.files import Outcome, Report
    from onex_tools.format.header import Fault
    from onex_tools.model import Ignore
    from onex_tools.session import Session

UNFORMATTED, HEADER, LICENCE = "FMT001", "FMT002", "FMT003"
DISAGREE, UNUSABLE, REFUSED = "FMT020", "FMT021", "FMT030"
UNREADABLE, UNWRITTEN, MISSING = "ONX001", "ONX005", "ONX092"
_CODES = frozenset(rule.code for rule in FORMAT_RULES)
_NAMES = _CODES | {rule.name for rule in FORMAT_RULES}
_SYNTAX = ("E999 ",)
_WHITE_SPACE = ("E1", "E2", "E3", "W1", "W2", "W3")
"""How messages of flake8 begin that are on what black sets anew in every file."""
_QUOTE = re.compile("['\"`]")
_KEPT = _CODES | FAILURES | {UNREADABLE, UNWRITTEN, "ONX014", "ONX015", "ONX016"}
"""What is said here; that a waiver is malformed or over, `onex validate` says."""


def look_over(session: Session, today: str) -> Result:
    """What there is to be accepted in the whole tree: the findings of the rules that run here.

    It has failed where settings cannot be used, too: nobody knows what is wrong below them.

    Raises:
        MissingTools: the tools are not installed.
    """
    from onex_tools.format.files import Task, format_files

    report = format_files(session, Task(None, write=False))
    result = judge(session, report, wrote=False, whole=True, today=today)
    result.failed |= any(left.said is not None for left in report.left)
    result.findings = [finding for finding in result.findings if finding.code in _CODES]
    return result


def judge(session: Session, report: Report, *, wrote: bool, whole: bool, today: str) -> Result:
    """The result of a run that gave ``report``.

    ``wrote``: files were written, so that what could be mended was. ``whole``: the whole tree was
    looked at, so that a waiver that waives nothing is spare. ``today`` is an ISO date.
    """
    found = list(_findings(session, report, wrote=wrote))
    rules = session.catalogue.rules
    result = Result(
        root=session.root,
        notes=[*session.notes, *_notes(report)],
        rules={code: rules[code] for code in rules if code in _KEPT},
        files=report.looked,
        failed=any(finding.code in FAILURES for finding in found),
        fail_on=session.fail_on,
        read=session.read_for_report,
    )
    if found:
        from onex_tools.hidden import Unasked

        result.secrets = Unasked(session)
        _mask(found, result)
    paths = sorted({*report.planner.waiving, *(finding.path for finding in found)})
    ignores = {path: own for path in paths if (own := _ignores(session, path))}
    if found or ignores or session.entries() or session.config.baseline:
        all_judged = report.lint_fault is None and all(left.said is None for left in report.left)
        _weigh(session, result, found, ignores, whole=whole and all_judged, today=today)
    return result


def _weigh(
    session: Session,
    result: Result,
    found: list[Finding],
    ignores: Mapping[str, Sequence[Ignore]],
    *,
    whole: bool,
    today: str,
) -> None:
    from onex_tools.settle import settle
    from onex_tools.waivers import Bench

    bench = Bench(
        rules=session.catalogue.rules,
        policy=lambda path: session.part(path).config,
        ran=lambda path: _CODES,  # noqa: ARG005
        today=today,
        complete=whole,
        open_file=session.open_file,
        entries=session.entries(),
        baseline=_known(session, found),
        lenient=bool(session.catalogue.problems),
    )
    settled = settle(found, ignores, bench)
    result.findings = [finding for finding in settled.findings if finding.code in _KEPT]
    result.waived, result.stale = settled.waived, settled.stale


def _known(session: Session, found: Sequence[Finding]) -> Baseline | None:
    """The baseline, without what was accepted of `onex validate`: it is not gone if we are silent.

    A fault that both can say, such as a file that cannot be read, is kept where it is found here.
    """
    path = session.config.baseline
    if not path:
        return None
    from onex_tools.baseline import read_baseline

    baseline = read_baseline(session.root, path)
    said = {(finding.code, finding.path) for finding in found}
    ours = {m: what for m, what in baseline.entries.items() if what[0] in _CODES or what in said}
    return baseline._replace(entries=ours)


def _mask(found: Sequence[Finding], result: Result) -> None:
    """Hide the secrets of a file in what tools say of it: some quote what they find fault with.

    That a file is not in its final form is said in our own words, and nothing is looked for.
    """
    from onex_tools.masking import mask, pieces_of, telling

    quoting: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.code != UNFORMATTED and _QUOTE.search(finding.message):
            quoting.setdefault(finding.path, []).append(finding)
    for path, findings in quoting.items():
        data = result.read(path) or b""
        spans = result.secrets(path, data)
        parts = telling(pieces_of(data, [Span(0, len(data))] if spans is None else spans))
        for finding in findings:
            mask(finding, parts)


def _ignores(session: Session, path: str) -> list[Ignore]:
    """The directives in a file that speak of our rules: flake8 listens to its own."""
    return [
        one
        for one in session.ignores_in(path)
        if one.tool == "onex" and not one.fault and not _NAMES.isdisjoint(one.codes)
    ]


# Findings ----------------------------------------------------------------------------------------


def _findings(session: Session, report: Report, *, wrote: bool) -> Iterator[Finding]:
    severity = {rule.code: rule.severity for rule in FORMAT_RULES}
    for outcome in report.outcomes:
        yield from _of_file(outcome, severity, wrote=wrote)
    for left in report.left:
        if left.said is not None:
            yield _of_settings(session, UNUSABLE, left.said, severity)
        elif left.unreadable:
            yield Finding(UNREADABLE, Location(left.path), left.reason, anchor=left.reason)
    for said in report.planner.project.disagreements():
        yield _of_settings(session, DISAGREE, said, severity)
    yield from _of_flake8(report, wrote=wrote)
    for said in report.unheard:
        yield _of_settings(session, DISAGREE, said, severity)
    fault = report.lint_fault
    if fault and fault.path:
        yield _of_settings(session, MISSING, fault, {MISSING: Severity.ERROR})
    elif fault:
        said_, help_ = fault.message, fault.help
        yield Finding(MISSING, Location("."), said_, Severity.ERROR, help=help_, anchor=said_)


def _of_flake8(report: Report, *, wrote: bool) -> Iterator[Finding]:
    """What flake8 says, but for what another finding on the same file says already.

    That is the syntax error for which a file was refused, and white space that black will set.
    """
    refused = {outcome.path for outcome in report.outcomes if outcome.formed.refused}
    unformed = set() if wrote else {o.path for o in report.outcomes if o.changed} - refused
    for path, linted in report.linted.items():
        known = _SYNTAX if path in refused else _WHITE_SPACE if path in unformed else ()
        for finding in linted:
            if not known or not finding.message.startswith(known):
                yield finding


def _of_file(outcome: Outcome, severity: dict[str, Severity], *, wrote: bool) -> Iterator[Finding]:
    formed, at = outcome.formed, _places(outcome.path, outcome.data)
    if outcome.why_not:
        said = f"not written: {outcome.why_not}"
        yield Finding(UNWRITTEN, Location(outcome.path), said, Severity.ERROR, anchor=said)
    if formed.refused:
        help_ = "it is as it was: mend it, or name it in `exclude` of [format]"
        yield Finding(
            REFUSED,
            at(formed.span or formed.line),
            formed.refused,
            severity[REFUSED],
            help=help_,
            anchor=REFUSED,
        )
    if wrote and not formed.refused and not outcome.why_not:
        there = _places(outcome.path, outcome.data if formed.new is None else formed.new)
        for fault in formed.remains:
            yield _of_header(fault, there, severity)
    else:
        for fault in formed.header:
            yield _of_header(fault, at, severity)
    if outcome.changed and not wrote:
        said = "it is not in its final form: `onex format` would change it from this line on"
        yield Finding(UNFORMATTED, at(formed.line), said, severity[UNFORMATTED], anchor=UNFORMATTED)


def _of_header(
    fault: Fault, at: Callable[[int | Span], Location], severity: dict[str, Severity]
) -> Finding:
    code = LICENCE if fault.there.startswith("no ") and "line" in fault.there else HEADER
    message = f"{fault.there}; expected: {fault.expected}"
    return Finding(code, at(fault.line), message, severity[code], anchor=message)


def _of_settings(session: Session, code: str, said: Said, severity: dict[str, Severity]) -> Finding:
    path = os.path.relpath(os.path.join(session.root, said.path or "."), session.root)
    if path.startswith("../"):  # above the root, where no report can point to
        return Finding(
            code,
            Location("."),
            f"{path}: {said.message}",
            severity[code],
            help=said.help,
            anchor=f"{path}: {said.message}",
        )
    data = session.read_for_report(path)
    at = _location(path, data, said.line) if data is not None else Location(path)
    return Finding(code, at, said.message, severity[code], help=said.help, anchor=said.message)


def _places(path: str, data: bytes) -> Callable[[int | Span], Location]:
    return lambda where: _location(path, data, where)


def _location(path: str, data: bytes, where: int | Span) -> Location:
    from typing import Any, cast

    from onex_tools.source import SourceFile

    return SourceFile(path, "", data, cast("Any", None)).location(where)


def _notes(report: Report) -> Iterator[Note]:
    for left in report.left:
        if left.said is None and not left.unreadable:
            yield Note("skipped", f"{left.path}: {left.reason}")
    number = report.planner.notebooks
    if number:
        said = f"{number:,} notebook{'s' * (number > 1)} left out: only .py and .pyi are formatted"
        yield Note("skipped", said)
