"""What a run hands to the reporters: findings that count, findings that are waived, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from onex_tools.model import SECRET_SCANNERS, Finding, Severity, Span

FAILURES = frozenset({"ONX090", "ONX091", "ONX092"})
"""Findings that say a check did not do its work: exit code 2, never cached, never waived."""

UNDONE = FAILURES | {"ONX001", "ONX002", "ONX003", "ONX004"}
"""Findings behind which others may be missing: nobody can say that there are none."""

UNTOLD = FAILURES | {"ONX004"}
"""Findings whose anchor is a rule that crashed, took too long, or found more than is kept."""


class RuleInfo(NamedTuple):
    """A rule's metadata, as the catalogue keeps it: known without importing the rule.

    ``scope`` is ``file``, ``tree``, ``engine`` or ``format`` (a rule of `onex format`); ``plugin``
    the entry point it came from.
    ``where`` is ``module:qualname`` for the engine to import; ``section`` names the settings.
    """

    code: str
    name: str
    summary: str
    explanation: str
    severity: int
    confidence: int
    preview: bool
    sensitive: bool
    scope: str
    kinds: tuple[str, ...]
    files: tuple[str, ...]
    enabled_by: str
    section: str
    aliases: tuple[str, ...]
    uses: tuple[str, ...]
    plugin: str
    where: str
    fixable: bool
    contains: tuple[str, ...] = ()
    opposites: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    defers_to: tuple[str, ...] = ()
    outline: bool = False

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def known_as(self) -> tuple[str, ...]:
        """The codes that other tools have for this rule, not for all rules on secrets at once."""
        return tuple(alias for alias in self.aliases if alias not in SECRET_SCANNERS)

    @property
    def selectable(self) -> bool:
        """Whether `--select` and `select` decide that it runs; it then has a check of its own."""
        return self.scope in ("file", "tree")


class ExtractorInfo(NamedTuple):
    """An extractor's metadata: which files it wants, and where its code is.

    ``in_pieces`` says whether it takes files over the limit, piece by piece.
    """

    name: str
    kinds: tuple[str, ...]
    files: tuple[str, ...]
    section: str
    plugin: str
    where: str
    contains: tuple[str, ...] = ()
    files_from: tuple[str, ...] = ()
    in_pieces: bool = False
    mentions: tuple[str, ...] = ()
    outline: bool = False


class FieldSpec(NamedTuple):
    """One setting of a section: type is one of bool, int, float, str, list, table.

    ``minimum`` and ``maximum`` bound a number; ``rules`` and ``switches`` as in ``setting``.
    """

    name: str
    type: str
    default: Any
    doc: str
    choices: tuple[str, ...]
    minimum: float | None = None
    maximum: float | None = None
    rules: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()

    def concerns(self, code: str) -> bool:
        """Whether it means something to the rule with ``code``."""
        return not self.rules or code.startswith(self.rules) or code in self.switches


class SectionSpec(NamedTuple):
    """The settings of a family of rules, ``[tool.onex.<section>]``."""

    section: str
    fields: tuple[FieldSpec, ...]
    doc: str
    where: str


class Waiver(NamedTuple):
    """Why a finding does not count.

    ``kind`` is ``inline``, ``foreign``, ``config`` or ``baseline``; ``origin`` says where it is
    written (``path:line`` or a configuration key); ``until`` is an ISO date or "".
    """

    kind: str
    origin: str
    reason: str = ""
    until: str = ""


class Waived(NamedTuple):
    """A finding that does not count, and why."""

    finding: Finding
    waiver: Waiver


class Note(NamedTuple):
    """One line about the run itself: what was left out, what is off, and how to turn it on.

    ``kind`` is ``skipped``, ``off`` or ``hint``; ``help`` is a command or a setting, or "".
    """

    kind: str
    message: str
    help: str = ""


class Result:
    """A finished run.

    Attributes:
        root: absolute path of the root; never printed into machine formats.
        findings: those that count, in their stable order.
        waived: those that do not, in the same order.
        rules: metadata by code, for every rule that ran and every code in ``findings``.
        files: how many files were checked.
        failed: a check crashed, timed out or is missing: the exit code is 2.
        stale: fingerprints of the baseline that no finding has any more.
        key: the baseline's, for fingerprints of secrets; empty where there is none.
        timings: seconds by rule code; empty unless asked for.
        read: gives the bytes of a path for source frames, or None.
        secrets: gives, for a path and its bytes, the spans that sensitive rules mark which did not
            run there; None: that cannot be told.
    """

    def __init__(
        self,
        root: str,
        *,
        notes: Iterable[Note] = (),
        rules: Mapping[str, RuleInfo] | None = None,
        files: int = 0,
        failed: bool = False,
        fail_on: Severity = Severity.WARNING,
        timings: Mapping[str, float] | None = None,
        read: Callable[[str], bytes | None] = lambda path: None,  # noqa: ARG005
    ) -> None:
        self.root, self.files, self.fixed = root, files, 0
        self.findings: list[Finding] = []
        self.notes = list(notes)
        self.waived: list[Waived] = []
        self.rules: Mapping[str, RuleInfo] = rules or {}
        self.failed, self.fail_on = failed, fail_on
        self.stale: list[str] = []
        self.key = b""
        self.timings: Mapping[str, float] = timings or {}
        self.read = read
        self.secrets: Callable[[str, bytes], Sequence[Span] | None] = lambda path, data: ()  # noqa: ARG005

    def but(self, findings: list[Finding], waived: list[Waived]) -> Result:
        """The same run with these findings."""
        from copy import copy

        other = copy(self)
        other.findings, other.waived = findings, waived
        return other

    def exit_code(self) -> int:
        """0 clean, 1 findings at or above ``fail_on``, 2 a check that did not do its work."""
        if self.failed:
            return 2
        return int(any(finding.severity >= self.fail_on for finding in self.findings))
