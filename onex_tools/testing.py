"""The test of every rule, built in or not: its examples, its metadata, and bytes that break it.

A plugin's own tests are these lines::

    from onex_tools.testing import check_plugin, example_cases

    @pytest.mark.parametrize("case", example_cases("acme_rules"), ids=str)
    def test_example(case):
        case.check()

    def test_plugin():
        check_plugin("acme_rules")
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from onex_tools import hostile, kinds
from onex_tools.config import ConfigError
from onex_tools.filepass import new_services
from onex_tools.mending import Mended, mend_file
from onex_tools.model import Finding
from onex_tools.result import ExtractorInfo, RuleInfo
from onex_tools.rule import Bad, Good, Rule, Validator
from onex_tools.source import SourceFile
from onex_tools.trial import Offer, Outcome, PluginName, Trial, load_plugin, planned

__all__ = ["Case", "Fault", "PluginName", "check_plugin", "example_cases"]

SUMMARY_COLUMNS = 100
Run = Callable[[Mapping[str, bytes]], Outcome]
_HARMLESS = frozenset({"ONX003", "ONX004"})
"""What the engine may say of hostile bytes: they do not parse, or hold too many faults."""
_TIMED_OUT = "ONX091"


class Fault(NamedTuple):
    """One thing wrong with a plugin: where, what was expected, what came, what to do."""

    where: str
    expected: str
    came: str
    todo: str

    def __str__(self) -> str:
        return (
            f"{self.where}\n  expected: {self.expected}\n"
            f"  came:     {self.came}\n  to do:    {self.todo}"
        )


def check_plugin(plugin: PluginName) -> None:
    """Judge everything about ``plugin``: what its rules say of themselves, and what they do.

    Args:
        plugin: a module (``"acme_rules"``), the path of a local rule file
            (``"tools/onex_rules/no_todo.py"``), or a list of rule classes.

    Raises:
        AssertionError: with every fault: the rule, the example, what was expected, what came and
            what to do.
        FileNotFoundError: there is no such rule file.
    """
    offer = load_plugin(plugin)
    known = kinds.known_kinds().union(offer.catalogue.styles, offer.catalogue.groups)
    faults = list(_refused(offer))
    for rule in offer.rules:
        faults += _undocumented(rule)
    for check in (*offer.rules, *offer.extractors):
        faults += _for_nothing(check, known)
    for case in _cases(offer):
        faults += case.faults()
    faults += _fragile(offer)
    _refuse(f"`{offer.name}`", faults)


def example_cases(plugin: PluginName) -> list[Case]:
    """Every example of every rule of ``plugin``, for ``pytest.mark.parametrize``.

    Raises:
        AssertionError: some rule cannot be used, or there is none; no example is left out quietly.
        FileNotFoundError: there is no such rule file.
    """
    offer = load_plugin(plugin)
    _refuse(f"`{offer.name}`", list(_refused(offer)))
    return _cases(offer)


class Case:
    """One example of one rule; ``str`` gives an id for pytest, such as ``ACM001-2-bad``."""

    def __init__(self, offer: Offer, rule: type[Rule], number: int) -> None:
        self.rule, self.number = rule, number
        self.example: Good | Bad = rule.examples[number - 1]
        self._offer = offer

    def __str__(self) -> str:
        return f"{self.rule.code}-{self.number}-{type(self.example).__name__.lower()}"

    def check(self) -> None:
        """Run the example through the engine.

        Raises:
            AssertionError: it does not do what it says.
        """
        _refuse(str(self), list(self.faults()))

    def faults(self) -> Iterator[Fault]:
        """What the example does not do."""
        unfit = self.unfit()
        if unfit:
            yield self._fault("settings that the rule has", unfit, "correct `settings`")
            return
        outcome = self.run(self.files())
        if outcome.troubles:
            yield from self._troubles(outcome, "an example that the engine can judge")
            return
        yield from self._misplaced(outcome.findings)
        if self.rule.sensitive:
            yield from self._leaks(outcome.findings)
        yield from self._unmended(outcome.findings)

    def unfit(self) -> str:
        """Why the example's settings are not the rule's, or ""."""
        if self.example.settings and self.rule.settings is None:
            return "it has none"
        try:
            self.run({})
        except ConfigError as error:
            return str(error)
        return ""

    def run(self, files: Mapping[str, bytes]) -> Outcome:
        """What the rule reports on ``files`` with the example's settings.

        Raises:
            ConfigError: the settings do not fit.
        """
        given = {name: _bytes(text) for name, text in self.example.given.items()}
        return self._trial.run(files, given)

    @cached_property
    def _trial(self) -> Trial:
        return Trial(self._offer, [self.rule], settings=self.example.settings)

    def files(self) -> dict[str, bytes]:
        """The files of the example, by path."""
        own = {self.example.path: self.example.text} if self.example.path else {}
        return {path: _bytes(text) for path, text in {**self.example.tree, **own}.items()}

    def _fault(self, expected: str, came: str, todo: str) -> Fault:
        kind, path = type(self.example).__name__, self.example.path
        where = f"{self.rule.code} {self.rule.name}, example {self.number}: {kind}({path!r})"
        return Fault(where, expected, came, todo)

    def _troubles(self, outcome: Outcome, expected: str) -> Iterator[Fault]:
        for finding, words in outcome.troubles:
            todo = "correct the example" if finding.code in _HARMLESS else "correct the rule"
            yield self._fault(expected, f"{words} [{finding.code}]", todo)

    def _misplaced(self, found: Sequence[Finding]) -> Iterator[Fault]:
        wanted = self._wanted()
        if wanted == sorted((finding.path, finding.location.line) for finding in found):
            return
        expected = ", ".join(f"{path}:{line}" for path, line in wanted)
        yield self._fault(
            f"findings at {expected}" if expected else "no finding",
            _shown(found) + ("" if found else self._unwanted()),
            "correct `check`, or the example (`at` holds the line of each finding)",
        )

    def _wanted(self) -> list[tuple[str, int]]:
        """Path and line of every finding the example promises, sorted."""
        if not isinstance(self.example, Bad):
            return []
        path = self.example.path
        return sorted(at if isinstance(at, tuple) else (path, at) for at in self.example.at)

    def _unwanted(self) -> str:
        """Why the rule did not even look, or "" if it did."""
        path, data = self.example.path, _bytes(self.example.text)
        if not issubclass(self.rule, Validator):
            return ""
        kind = self._offer.catalogue.kinds.of(path, data)
        plan = planned(self._offer, self.rule, path, kind)
        if plan.is_empty:
            return f": by its `kinds` and `files` the rule is not for this file (kind `{kind}`)"
        validators, _ = plan.wanted(SourceFile(path, kind, data, new_services(0)))
        if not validators:
            needed = ", ".join((*self.rule.contains, *self.rule.mentions))
            return f": the file holds nothing of what `contains` and `mentions` name ({needed})"
        return ""

    def _leaks(self, found: Sequence[Finding]) -> Iterator[Fault]:
        files = self.files()
        for finding in found:
            at = finding.location
            secret = _text(files.get(finding.path, b"")[at.start : at.end]).strip()
            said = (finding.message, finding.help, *(text for _, text in finding.related))
            if len(secret) > 3 and any(secret in text for text in said):
                came = f"at {finding.path}:{at.line} it shows what the span covers"
                todo = "say what kind of secret it is, never its text"
                yield self._fault("a message without the secret", came, todo)

    def _unmended(self, found: Sequence[Finding]) -> Iterator[Fault]:
        example = self.example
        fixed = example.fixed if isinstance(example, Bad) else None
        fixes = any(finding.fix for finding in found)
        if fixed is None:
            if fixes and not _shows_fix(self.rule):
                todo = "add `fixed=...`, the text after the fix, to a Bad example"
                yield self._fault("an example that shows the fix", "none of the rule's does", todo)
            return
        if not fixes:
            todo = "hand `fix=Fix(...)` to `file.finding`, or take `fixed` out"
            yield self._fault("a fix", "findings without one", todo)
            return
        files = self.files()
        done = _mend(self.run, files, example.path)
        outcome = self.run({**files, example.path: done.new})
        yield from self._troubles(outcome, "a file that can be judged after the fix")
        for finding in done.faults:
            yield self._fault("a fix that can be made", finding.message, "correct the edits")
        if done.faults:
            return
        if done.new != _bytes(fixed):
            todo = "correct the edits, or `fixed`"
            expected = f"after the fix {_text(_bytes(fixed))!r}"
            yield self._fault(expected, repr(_text(done.new)), todo)
        elif any(finding.fix or not _only_marks(found) for finding in outcome.findings):
            todo = "mend all that is reported, once and for all"
            yield self._fault("nothing to report after the fix", _shown(outcome.findings), todo)


def _only_marks(found: Sequence[Finding]) -> bool:
    """Whether no fix is safe: such a one may leave a mark for a person, and be reported still."""
    return not any(finding.fix and finding.fix.safe for finding in found)


def _mend(run: Run, files: Mapping[str, bytes], path: str) -> Mended:
    """The file at ``path`` after every fix, safe or not."""

    def judge(where: str, data: bytes) -> list[Finding]:
        outcome = run({**files, where: data})
        return [*outcome.findings, *(finding for finding, _ in outcome.troubles)]

    return mend_file(path, files[path], judge, unsafe=True)


def _cases(offer: Offer) -> list[Case]:
    return [
        Case(offer, rule, number)
        for rule in offer.rules
        for number, _ in enumerate(rule.examples, 1)
    ]


def _refuse(name: str, faults: Sequence[Fault]) -> None:
    if faults:
        count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"
        raise AssertionError("\n\n".join([f"{count} in {name}:", *map(str, faults)]))


def _refused(offer: Offer) -> Iterator[Fault]:
    for problem in offer.problems:
        where = f"plugin `{problem.plugin}`"
        yield Fault(where, "a rule that can be used", problem.message, problem.help)
    offered = offer.rules or offer.extractors or offer.catalogue.styles
    if not offer.problems and not offered:
        todo = "return `rules_in(__name__)` from a function `onex_validators` marked `@hookimpl`"
        yield Fault(f"plugin `{offer.name}`", "at least one rule or comment style", "none", todo)


def _undocumented(rule: type[Rule]) -> Iterator[Fault]:
    where = f"{rule.code} {rule.name}"
    first = (rule.__doc__ or "").lstrip().partition("\n")[0]
    if not rule.summary():
        todo = "open the docstring with the fault in one line"
        yield Fault(where, "a first line", "an empty one", todo)
    elif len(rule.summary()) > SUMMARY_COLUMNS:
        came = f"{len(rule.summary())} characters"
        todo = "shorten it; the rest belongs into the explanation"
        yield Fault(where, f"a first line of {SUMMARY_COLUMNS} at most", came, todo)
    elif not first.endswith("."):
        todo = "end it with a full stop and leave a blank line after it"
        yield Fault(where, "a first line that is a sentence", repr(first), todo)
    if not rule.explanation():
        todo = "say below the first line why the fault matters and what to do"
        yield Fault(where, "an explanation", "a docstring of one line", todo)


def _for_nothing(check: type[Any], known: Collection[str]) -> Iterator[Fault]:
    import difflib

    for kind in getattr(check, "kinds", ()):
        if kind not in known:
            near = difflib.get_close_matches(kind, known, 1)
            todo = f"did you mean {near[0]!r}?" if near else "use `files` for such files"
            yield Fault(f"{check.__name__}.kinds", "kinds that files have", repr(kind), todo)
    if issubclass(check, Rule):
        for example in check.examples:
            if example.tree and issubclass(check, Validator):
                todo = "take `tree` out, or derive the rule from TreeValidator"
                where = f"{check.code} {check.name}, {type(example).__name__}({example.path!r})"
                yield Fault(where, "one file", "a tree, of which a Validator sees nothing", todo)


def _fragile(offer: Offer) -> Iterator[Fault]:
    """What the checks do with bytes that nobody promised them."""
    broken: dict[str, list[tuple[str, str]]] = {}
    for what, files, run in _trials(offer):
        outcome = run(files)
        for finding, words in outcome.troubles:
            if finding.code not in _HARMLESS:
                broken.setdefault(finding.anchor, []).append((f"{what}, {finding.path!r}", words))
        for path in {finding.path for finding in outcome.findings if finding.fix}:
            for finding in _mend(run, {path: files[path]}, path).faults:
                came = (f"{what}, {path!r}", finding.message)
                broken.setdefault("a fix", []).append(came)
        if any(finding.code == _TIMED_OUT for finding, _ in outcome.troubles):
            break  # every other trial would take as long
    for label, found in sorted(broken.items()):
        where, words = found[0]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        todo = "expect any bytes; only ParseFailure may pass through `check` and `extract`"
        yield Fault(f"{label} on {where}", "findings, or none", words + more, todo)


def _trials(offer: Offer) -> Iterator[tuple[str, dict[str, bytes], Run]]:
    """What is tried, on which files, and how: hostile bytes, then damaged examples."""
    checks = (*offer.rules, *offer.extractors)
    wanted = [kind for check in checks for kind in getattr(check, "kinds", ())]
    globs = [glob for check in checks for glob in getattr(check, "files", ())]
    paths = hostile.sample_paths(wanted, globs)
    paths += [path for case in _cases(offer) for path in case.files()]
    paths, enough = _unlike(offer, paths)

    run_all = Trial(offer, offer.rules, extractors=offer.extractors).run
    needed = {
        text.encode()
        for check in checks
        for name in ("contains", "mentions")
        for text in getattr(check, name, ())[:1]
    }
    inside = b" ".join(sorted(needed))
    for what, data in hostile.CONTENTS.items():
        yield what, dict.fromkeys(paths, data), run_all
        if inside:
            yield f"{what} around {inside!r}", dict.fromkeys(enough, data + inside + data), run_all
    for case in _cases(offer):
        files, path = case.files(), case.example.path
        if path and not case.unfit():
            for what, data in hostile.variants(files[path]).items():
                yield f"example {case.number} {what}", {**files, path: data}, case.run


def _unlike(offer: Offer, paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """Of ``paths`` the first for each kind of file and set of checks that want it.

    And of these as many as it takes to have every check see one.
    """
    catalogue = offer.catalogue
    infos: list[RuleInfo | ExtractorInfo] = [*catalogue.rules.values()]
    infos += catalogue.extractors.values()
    first: dict[tuple[str, frozenset[str]], str] = {}
    for path in paths:
        kind = catalogue.kinds.of_path(path)
        wanted = frozenset(info.where for info in infos if catalogue.wants(info, path, kind))
        first.setdefault((kind, wanted), path)
    seen: set[str] = set()
    enough: list[str] = []
    for (_, wanted), path in first.items():
        if not wanted <= seen:
            seen |= wanted
            enough.append(path)
    return list(first.values()), enough


def _shows_fix(rule: type[Rule]) -> bool:
    return any(isinstance(e, Bad) and e.fixed is not None for e in rule.examples)


def _shown(found: Sequence[Finding]) -> str:
    places = [f"{f.path}:{f.location.line} {f.message!r}" for f in found]
    return ", ".join(places) or "no finding"


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
