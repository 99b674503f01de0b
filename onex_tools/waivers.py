"""What is wrong with waivers: directives and entries that are faulty, over, unused or locked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from onex_tools.fingerprints import Evidence
from onex_tools.model import Confidence, Edit, Finding, Fix, Ignore, Location, Severity
from onex_tools.result import RuleInfo
from onex_tools.selection import best, tool_of

if TYPE_CHECKING:
    from onex_tools.baseline import Baseline
    from onex_tools.source import SourceFile

MALFORMED, UNKNOWN, REASONLESS = "ONX010", "ONX011", "ONX012"
EXPIRED, UNUSED, LOCKED, STALE = "ONX013", "ONX014", "ONX015", "ONX016"
"""The engine's rules on waivers; ``onex_tools.rules`` describes them."""
TOO_MANY = "ONX004"
TREE = "."
"""The path of a finding that no file has."""
MAX_FAULTS = 1000
"""Faults of directives in one file."""


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
    def ignore(self) -> Sequence[str]:
        """Selectors of rules that do not run; the engine's own are waived by it."""

    @property
    def per_file_ignores(self) -> Sequence[PathIgnore]:
        """What is waived by path."""


class Bench:
    """What a settlement needs to know.

    ``policy`` and ``ran`` give the configuration and the codes that ran, by path; ``today`` is an
    ISO date; ``lenient`` says that rules may be missing, of whose codes nothing is known;
    ``complete`` says that the whole tree was checked, so that what matches nothing is
    unused; ``open_file`` gives the file that was judged at a path; ``entries`` are all those of
    every ``per-file-ignores``.
    """

    def __init__(
        self,
        rules: Mapping[str, RuleInfo],
        policy: Callable[[str], Policy],
        ran: Callable[[str], frozenset[str]],
        today: str,
        open_file: Callable[[str], SourceFile | None],
        *,
        complete: bool,
        entries: Sequence[PathIgnore] = (),
        baseline: Baseline | None = None,
        lenient: bool = False,
    ) -> None:
        self.rules, self.policy, self.ran, self.today = rules, policy, ran, today
        self.complete, self.lenient, self.open_file = complete, lenient, open_file
        self.entries, self.baseline = entries, baseline
        self._by_word: dict[str, list[RuleInfo]] = {}

    def of_one(self, file: Callable[[str], SourceFile | None], *, complete: bool) -> Bench:
        """The same for one file that ``file`` gives, which may be another one by now."""
        from copy import copy

        other = copy(self)
        other.open_file, other.complete = file, complete and self.complete
        return other

    @property
    def evidence(self) -> Evidence:
        """What tells secrets apart."""
        return Evidence(self.rules, self._read)

    def _read(self, path: str) -> bytes | None:
        file = self.open_file(path)
        return file.data if file else None

    @property
    def by_word(self) -> Mapping[str, Sequence[RuleInfo]]:
        """The rules that a code, a name or an alias means."""
        if not self._by_word:
            for info in self.rules.values():
                for word in {info.code, info.name, *info.aliases}:
                    self._by_word.setdefault(word, []).append(info)
        return self._by_word

    def looked_for(self, code: str, path: str) -> bool:
        """Whether this run would have found a fault of the rule ``code`` in the file again."""
        info = self.rules.get(code)
        return info is None or info.scope == "engine" or code in self.ran(path)

    def locks(self, info: RuleInfo, path: str) -> bool:
        """Whether the rule may not be waived in the file at ``path``."""
        return bool(best(self.policy(path).locked, info))


Use = tuple[str, Ignore, str]
"""A path, a directive in it, and the word of the directive that meant a rule."""


class Uses:
    """What was done with the waivers: used ones, those a lock held back, entries that matched.

    ``undone`` are the paths at which a check did not do all of its work; `TREE` for a tree rule.
    """

    def __init__(self, undone: frozenset[str]) -> None:
        self.undone = undone
        self.used: set[Use] = set()
        self.blocked: set[Use] = set()
        self.entries: set[int] = set()


def directive_faults(
    path: str, directives: Iterable[Ignore], bench: Bench, uses: Uses
) -> Iterator[Finding]:
    """What is wrong with our own directives in the file at ``path``."""
    ours = (directive for directive in directives if directive.tool == "onex")
    faults = (fault for one in ours for fault in _faults(path, one, bench, uses))
    yield from islice(faults, MAX_FAULTS)
    if next(faults, None):
        said = f"more than {MAX_FAULTS:,} faults in ignore comments; the rest is left out"
        yield _fault(TOO_MANY, Location(path), said, bench)


def _faults(path: str, directive: Ignore, bench: Bench, uses: Uses) -> Iterator[Finding]:
    at = _place(path, directive)
    if directive.fault:
        yield _fault(MALFORMED, at, f"this ignore waives nothing: {directive.fault}", bench)
        return
    rules = bench.by_word
    unknown = [word for word in directive.codes if word not in rules]
    for word in () if bench.lenient else unknown:
        yield _fault(UNKNOWN, at, f"no rule is called {word}", bench, _nearest(word, rules))
    blocked = [word for word in directive.codes if (path, directive, word) in uses.blocked]
    if blocked:
        said = f"{', '.join(blocked)} is locked: nobody may ignore it"
        yield _fault(
            LOCKED, at, said, bench, "mend the finding; `locked` is in the root's settings"
        )
    if directive.until and directive.until < bench.today:
        said = f"this ignore ended on {directive.until}"
        yield _fault(EXPIRED, at, said, bench, "mend the finding, or agree on a new date")
        return
    if not directive.reason:
        help_ = "say why after two dashes: `onex: ignore[CODE] -- reason`"
        yield _fault(REASONLESS, at, "this ignore gives no reason", bench, help_)
    known = [word for word in directive.codes if word not in unknown and word not in blocked]
    spare = [word for word in known if _is_spare(path, directive, word, bench, uses)]
    if spare:
        yield _unused(path, directive, spare, at, bench)


def _nearest(word: str, known: Iterable[str]) -> str:
    import difflib

    if tool_of(word):
        return f"it is another tool's code, and onex has no rule for it: write `# noqa: {word}`"
    near = difflib.get_close_matches(word[:80], list(known), 1)
    return f"did you mean `{near[0]}`?" if near else "`onex rules` lists them all"


def _place(path: str, directive: Ignore) -> Location:
    line, column = directive.line, directive.column
    size = directive.end - directive.start
    return Location(path, directive.start, directive.end, line, column, line, column + size)


def _is_spare(path: str, directive: Ignore, word: str, bench: Bench, uses: Uses) -> bool:
    """Whether all rules ran that the directive means by ``word``, and found nothing there."""
    if (path, directive, word) in uses.used or path in uses.undone:
        return False
    is_whole = bench.complete and not uses.undone  # facts about one file speak of others
    return all(
        info.code in bench.ran(path) and (info.scope != "tree" or is_whole)
        for info in bench.by_word[word]
    )


def _unused(path: str, directive: Ignore, spare: list[str], at: Location, bench: Bench) -> Finding:
    words = " or ".join(spare)
    fault = _fault(UNUSED, at, f"this ignore waives nothing: no {words} is found here", bench)
    file = bench.open_file(path)
    if file is not None:
        edit = (
            _without(file, directive)
            if set(spare) == set(directive.codes)
            else _with_fewer(file, directive, spare)
        )
        fault.fix = Fix("remove what is unused", (edit,))
    return fault


def _without(file: SourceFile, directive: Ignore) -> Edit:
    """The edit that removes the directive, with its line where it stands alone."""
    start, end, line = directive.start, directive.end, file.line_span(directive.line)
    if file.data[line.start : start].strip() or file.data[end : line.end].strip():
        before = file.data[line.start : start].rstrip(b" \t")
        return Edit(line.start + len(before), end, b"")
    starts = file.line_starts
    below = starts[directive.line] if directive.line < len(starts) else len(file.data)
    return Edit(line.start, below, b"")


def _with_fewer(file: SourceFile, directive: Ignore, spare: list[str]) -> Edit:
    text = file.data[directive.start : directive.end].decode("utf-8", "surrogateescape")
    kept = ", ".join(code for code in directive.codes if code not in spare)
    head, _, tail = text.partition("[")
    new = f"{head}[{kept}]{tail.partition(']')[2]}"
    return Edit(directive.start, directive.end, new.encode("utf-8", "surrogateescape"))


def _fault(code: str, at: Location, message: str, bench: Bench, help_: str = "") -> Finding:
    info = bench.rules[code]
    severity, confidence = Severity(info.severity), Confidence(info.confidence)
    return Finding(code, at, message, severity, confidence, help_, anchor=message)


def stale_entries(count: int, bench: Bench) -> Finding:
    """The baseline holds ``count`` findings that are gone."""
    assert bench.baseline is not None
    message = f"{count:,} findings in the baseline are gone"
    message = "1 finding in the baseline is gone" if count == 1 else message
    return _fault(STALE, Location(bench.baseline.path), message, bench, "run `onex baseline prune`")


def entry_faults(bench: Bench, uses: Uses) -> Iterator[Finding]:
    """Entries of ``per-file-ignores`` that are over, or (in a complete run) waive nothing."""
    for entry in bench.entries:
        at = _entry_place(entry.origin, bench)
        if entry.until and entry.until < bench.today:
            said = f"this waiver ended on {entry.until}"
            yield _fault(EXPIRED, at, said, bench, "mend the findings, or agree on a new date")
        elif bench.complete and id(entry) not in uses.entries and _could_match(entry, bench, uses):
            codes = ", ".join(entry.codes)
            yield _fault(UNUSED, at, f"nothing is waived for {codes} by this entry", bench)


def _entry_place(origin: str, bench: Bench) -> Location:
    path, _, line = origin.rpartition(":")
    if not line.isdigit():
        return Location(origin)
    file = bench.open_file(path)
    return file.location(int(line)) if file else Location(path, line=int(line), end_line=int(line))


def _could_match(entry: PathIgnore, bench: Bench, uses: Uses) -> bool:
    """Whether a rule ran that the entry names, and did all of its work."""
    if any(path == TREE or entry.matches(path) for path in uses.undone):
        return False
    ran = bench.ran("")
    named = [info for code, info in bench.rules.items() if code in ran and best(entry.codes, info)]
    return bool(named) and not (uses.undone and any(info.scope == "tree" for info in named))
