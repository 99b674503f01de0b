"""What a report counts: severities, fixes, findings of each rule, seconds of each rule."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from onex_tools.model import Severity
from onex_tools.result import Result


class Counts(NamedTuple):
    """How many findings there are, by severity and by what mends them."""

    errors: int
    warnings: int
    infos: int
    safe: int
    unsafe: int

    @property
    def findings(self) -> int:
        """All of them."""
        return self.errors + self.warnings + self.infos


class RuleCount(NamedTuple):
    """How often a rule fired, and how many of its findings bring a safe fix."""

    code: str
    name: str
    number: int
    fixable: int


class RuleTime(NamedTuple):
    """The seconds a rule took, and its share (0 to 1) of all rules' seconds."""

    code: str
    name: str
    seconds: float
    share: float


def count(result: Result) -> Counts:
    """Count the findings of ``result`` that are not waived."""
    severities = Counter(finding.severity for finding in result.findings)
    fixes = Counter(finding.fix.safe for finding in result.findings if finding.fix)
    return Counts(
        severities[Severity.ERROR],
        severities[Severity.WARNING],
        severities[Severity.INFO],
        fixes[True],
        fixes[False],
    )


def rule_counts(result: Result) -> list[RuleCount]:
    """The rules that fired, the most frequent first."""
    fired = Counter(finding.code for finding in result.findings)
    safe = Counter(f.code for f in result.findings if f.fix and f.fix.safe)
    rows = [RuleCount(code, name_of(result, code), n, safe[code]) for code, n in fired.items()]
    return sorted(rows, key=lambda row: (-row.number, row.code))


def rule_times(result: Result) -> list[RuleTime]:
    """The rules that were timed, the slowest first."""
    total = sum(result.timings.values()) or 1.0
    rows = [
        RuleTime(code, name_of(result, code), seconds, seconds / total)
        for code, seconds in result.timings.items()
    ]
    return sorted(rows, key=lambda row: (-row.seconds, row.code))


def name_of(result: Result, code: str) -> str:
    """The name of the rule ``code``, or "" for a rule that the result does not know."""
    info = result.rules.get(code)
    return info.name if info else ""


def plural(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
