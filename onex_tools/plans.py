"""Which checks want a file: by its kind and path, and by the texts and words that it holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from onex_tools import rules
from onex_tools.globs import ending, fits, matches
from onex_tools.model import IGNORE_MARKERS, Finding
from onex_tools.needles import Places, Sought
from onex_tools.registry import Catalogue
from onex_tools.result import ExtractorInfo, RuleInfo
from onex_tools.source import SourceFile
from onex_tools.structure.wide import narrowed

MAX_FINDINGS = 1000
"""Findings of one rule in one file; a rule that goes on is stopped."""


class Scope(Protocol):
    """What holds in one part of the tree: which rules run, and with which settings."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the rules that run here."""

    def options(self, section: str) -> Any:
        """The settings of ``section`` here, as an instance of its class."""


class Source(Protocol):
    """Where checks come from, and who asks for them."""

    @property
    def catalogue(self) -> Catalogue:
        """Every check that there is."""

    @property
    def facts(self) -> frozenset[str]:
        """The names of the extractors that some tree rule will ask."""

    @property
    def scope_of(self) -> Callable[[str], Scope]:
        """Gives the scope that holds for a path."""


class WrongFinding(TypeError):
    """A check yielded something that is not a finding of its own rule."""


class Check:
    """A check in one scope: imported and made when the first file needs it."""

    __slots__ = ("_made", "_scope", "_source", "contains", "in_pieces", "info", "label", "mentions")

    def __init__(
        self, source: Source, scope: Scope, info: RuleInfo | ExtractorInfo, label: str
    ) -> None:
        self.info, self.label = info, label
        self.contains = tuple(text.encode() for text in info.contains)
        self.mentions = info.mentions
        self.in_pieces = isinstance(info, ExtractorInfo) and info.in_pieces
        self._source, self._scope = source, scope
        self._made: Any = None

    def instance(self) -> Any:
        """The rule or extractor with its settings."""
        if self._made is None:
            section = self.info.section
            options = self._scope.options(section) if section else None
            self._made = self._source.catalogue.locate(self.info.where)(options)
        return self._made

    def reads_outlines(self) -> bool:
        """Whether the outline of a Python file is enough for it, with its settings."""
        if not self.info.outline:
            return False
        try:
            return bool(self.instance().outline)
        except Exception:
            return True  # it is said of the file when the check is run

    def findings(self, file: SourceFile) -> list[Finding]:
        """What the rule finds in ``file``."""
        return _run(self.instance(), file)

    def fact(self, file: SourceFile) -> Any:
        """What the extractor finds in ``file``; it must be something that JSON can hold."""
        fact = self.instance().extract(file)
        json.dumps(fact)
        return fact

    def fact_of_pieces(self, pieces: Iterator[bytes], file: SourceFile) -> Any:
        """As ``fact``, of a file over the limit: ``file`` has its path and kind only."""
        fact = self.instance().extract_pieces(file.path, file.kind, pieces)
        json.dumps(fact)
        return fact


class Plan:
    """The checks for one kind of file in one scope."""

    __slots__ = ("_always", "_by_text", "_by_word", "_sought", "extractors", "validators")

    def __init__(
        self, validators: Sequence[Check], extractors: Sequence[Check], looking: _Looking
    ) -> None:
        self.validators, self.extractors = validators, extractors
        self._always: list[int] = []
        self._by_text: dict[bytes, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for number, check in enumerate((*validators, *extractors)):
            for text in check.contains:
                self._by_text.setdefault(text, []).append(number)
            for word in check.mentions:
                self._by_word.setdefault(word, []).append(number)
            if not (check.contains or check.mentions):
                self._always.append(number)
        # Directives are looked for with the rest: that costs nothing more.
        self._sought = looking.sought((*self._by_text, *IGNORE_MARKERS), self._by_word)

    @property
    def is_empty(self) -> bool:
        """Whether nothing wants such a file."""
        return not (self.validators or self.extractors)

    def wanted(self, file: SourceFile) -> tuple[list[Check], list[Check]]:
        """The validators and the extractors that ``file`` has the texts or the words for."""
        numbers = set(self._always)
        if self._by_text or self._by_word:
            numbers.update(self._numbers(file.found))
            wide = narrowed(file.data)  # checks that read settings read that
            if wide is not None:
                numbers.update(self._numbers(Places(wide)))
        first = len(self.validators)
        chosen = sorted(numbers)
        return (
            [self.validators[number] for number in chosen if number < first],
            [self.extractors[number - first] for number in chosen if number >= first],
        )

    def _numbers(self, places: Places) -> Iterator[int]:
        places.look(self._sought)
        texts, words = places.held
        for text in texts:
            yield from self._by_text.get(text, ())
        for word in words:
            yield from self._by_word[word]


class _Looking:
    """The searches for texts and words: plans that look for the same share one."""

    def __init__(self) -> None:
        self._of: dict[tuple[frozenset[bytes], frozenset[str]], Sought] = {}

    def sought(self, texts: Iterable[bytes], words: Iterable[str]) -> Sought:
        """The search for ``texts`` and ``words``."""
        wanted = frozenset(texts), frozenset(words)
        return self._of.get(wanted) or self._of.setdefault(wanted, Sought(*wanted))


class Planner:
    """Knows the checks for every file; files that are alike share a plan."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._plans: dict[tuple[int, str, str, tuple[str, ...]], Plan] = {}
        self._checks: dict[tuple[int, str], Check] = {}
        self._looking = _Looking()
        self._last = ("", "", Plan((), (), self._looking))
        catalogue = source.catalogue
        globs = {glob: 0 for info in catalogue.rules.values() for glob in info.files}
        globs |= {glob: 0 for info in catalogue.extractors.values() for glob in info.files}
        self._special = _ByName(glob for glob in globs if not _is_by_ending(glob))
        self._chosen: dict[tuple[int, str], list[str]] = {}

    def plan(self, path: str, kind: str) -> Plan:
        """The checks that want a file of ``kind`` at ``path``."""
        if self._last[:2] != (path, kind):
            self._last = (path, kind, self._plan(path, kind))
        return self._last[2]

    def _plan(self, path: str, kind: str) -> Plan:
        scope = self._source.scope_of(path)
        name = path.rpartition("/")[2]
        globs = (*self._special.candidates(name), *self._chosen_globs(scope))
        special = tuple(glob for glob in globs if fits(glob, path))
        key = (id(scope), kind, name.rpartition(".")[2] if "." in name else "", special)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._made(scope, path, kind)
        return plan

    def _chosen_globs(self, scope: Scope) -> Iterable[str]:
        """The globs that settings in ``scope`` hold and that a name's ending does not decide."""
        globs = (glob for name in self._source.facts for glob in self._globs_from(scope, name))
        return (glob for glob in globs if not _is_by_ending(glob))

    def _globs_from(self, scope: Scope, name: str) -> Sequence[str]:
        """The globs that the extractor ``name`` takes from its settings in ``scope``."""
        key = (id(scope), name)
        if key not in self._chosen:
            info, found = self._source.catalogue.extractors[name], []
            options = scope.options(info.section) if info.files_from else None
            for setting in info.files_from:
                found += getattr(options, setting)
            self._chosen[key] = found
        return self._chosen[key]

    def _made(self, scope: Scope, path: str, kind: str) -> Plan:
        catalogue = self._source.catalogue
        validators = (
            self._check(scope, info, code)
            for code, info in catalogue.rules.items()
            if info.scope == "file" and code in scope.codes and catalogue.wants(info, path, kind)
        )
        extractors = (
            self._check(scope, info, name)
            for name, info in catalogue.extractors.items()
            if name in self._source.facts
            and (catalogue.wants(info, path, kind) or matches(self._globs_from(scope, name), path))
        )
        return Plan(tuple(validators), tuple(extractors), self._looking)

    def _check(self, scope: Scope, info: RuleInfo | ExtractorInfo, label: str) -> Check:
        key = (id(scope), info.where)
        if key not in self._checks:
            self._checks[key] = Check(self._source, scope, info, label)
        return self._checks[key]


class _ByName:
    """Globs by the file name that they end in: a path is matched with few of them."""

    def __init__(self, globs: Iterable[str]) -> None:
        self._named: dict[str, list[str]] = {}
        self._others: list[tuple[str, str]] = []
        for glob in globs:
            name = glob.rpartition("/")[2]
            if name and not set(name) & set("*?["):
                self._named.setdefault(name, []).append(glob)
            else:
                self._others.append((ending(glob), glob))

    def candidates(self, name: str) -> Iterable[str]:
        """Those that a path with the file name ``name`` may fit."""
        others = [glob for last, glob in self._others if name.endswith(last)]
        return (*self._named.get(name, ()), *others)


def _is_by_ending(glob: str) -> bool:
    """Whether ``glob`` is ``*`` or ``*.ending``, so that a name's ending decides."""
    head, dot, ending = glob.removeprefix("**/").partition(".")
    return head == "*" and (not dot or not set(ending) & set(".*?/["))


def _run(validator: Any, file: SourceFile) -> list[Finding]:
    found: list[Finding] = []
    for finding in validator.check(file) or ():
        if not isinstance(finding, Finding) or finding.code != validator.code:
            raise WrongFinding(f"it yielded something that is no finding of {validator.code}")
        found.append(finding)
        if len(found) > MAX_FINDINGS:
            found[-1] = file.finding(
                rules.TooManyFindings(),
                None,
                f"{validator.code} found more than {MAX_FINDINGS:,} faults; the rest is left out",
                anchor=validator.code,
            )
            break
    return found
