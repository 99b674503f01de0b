"""Rules tried on files that exist in memory only, by the very passes that check a repository."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from onex_tools.admission import build_catalogue
from onex_tools.cache import digest, unpack
from onex_tools.discover import Skip
from onex_tools.filepass import FilePass, Job, new_services
from onex_tools.model import Finding
from onex_tools.plans import Plan, Planner
from onex_tools.plugins import hookimpl
from onex_tools.registry import BUILT_IN, Catalogue, Plugin, Problem
from onex_tools.result import ExtractorInfo, RuleInfo
from onex_tools.rule import Extractor, Rule, TreeValidator, Validator
from onex_tools.source import ParseFailure, SourceFile
from onex_tools.treepass import TreeView, judge_tree
from onex_tools.watchdog import Watchdog

PluginName = str | os.PathLike[str] | Sequence[type[Any]]
"""A module (``acme_rules``), a rule file (``tools/no_todo.py``), or rule classes."""

MAX_BYTES = 5 << 20
MAX_PARSE_BYTES = 1 << 20
SECONDS = 10.0


class Offer(NamedTuple):
    """What a plugin offers, judged by the registry.

    ``rules`` and ``extractors`` are those that can be used; ``problems`` says what cannot.
    """

    name: str
    catalogue: Catalogue
    rules: Sequence[type[Rule]]
    extractors: Sequence[type[Extractor]]
    problems: Sequence[Problem]


class Outcome(NamedTuple):
    """What a trial gave: findings in their stable order, and what the engine had to say.

    ``troubles`` holds the engine's own findings (a crash, an unparsable file) with the best words
    for each: of a crash, the exception.
    """

    findings: Sequence[Finding]
    troubles: Sequence[tuple[Finding, str]]


def load_plugin(plugin: PluginName) -> Offer:
    """Import ``plugin`` and judge it beside the built-in rules, whose codes are taken.

    Raises:
        FileNotFoundError: it is a path, and there is no such file.
    """
    chosen, classes = _resolve(plugin)
    plugins = [BUILT_IN, chosen]
    catalogue = build_catalogue(list(dict.fromkeys(plugins)), "trial")
    if classes is not None:
        catalogue = _relocated(catalogue, chosen)
    infos: list[RuleInfo | ExtractorInfo] = [*catalogue.rules.values()]
    infos += catalogue.extractors.values()
    found = [catalogue.locate(info.where) for info in infos if info.plugin == chosen.name]
    return Offer(
        chosen.name,
        catalogue,
        [cls for cls in found if issubclass(cls, Rule)],
        [cls for cls in found if issubclass(cls, Extractor)],
        [problem for problem in catalogue.problems if problem.plugin == chosen.name],
    )


def _resolve(plugin: PluginName) -> tuple[Plugin, Sequence[type[Any]] | None]:
    if not isinstance(plugin, (str, os.PathLike)):
        return _offered("the given rules", list(plugin)), plugin
    name = os.fspath(plugin)
    if not name.endswith(".py") and "/" not in name:
        return Plugin(name, name), None
    path = os.path.abspath(name)
    if not os.path.isfile(path):
        raise FileNotFoundError(f"{name}: there is no such rule file (looked for {path})")
    module = "onex_local_" + digest(os.fsencode(path))[:12]
    return Plugin(f"local:{name}", module, path), None


def _offered(name: str, classes: list[type[Any]]) -> Plugin:
    """``classes`` as a plugin of their own, in a module that nobody else can have."""
    import types

    module: Any = types.ModuleType(f"onex_given_{id(classes):x}")
    module.offered = classes
    module.onex_validators = hookimpl(lambda: classes)
    for number, cls in enumerate(classes):
        setattr(module, f"rule_{number}", cls)
    sys.modules[module.__name__] = module
    return Plugin(name, module.__name__)


def _relocated(catalogue: Catalogue, plugin: Plugin) -> Catalogue:
    """``catalogue`` with given classes found where ``_offered`` put them.

    A class made inside a function cannot be imported by its own name.
    """
    classes = sys.modules[plugin.module].offered
    places = {
        f"{cls.__module__}:{cls.__qualname__}": f"{plugin.module}:rule_{number}"
        for number, cls in enumerate(classes)
    }
    return catalogue._replace(
        rules={
            code: info._replace(where=places.get(info.where, info.where))
            for code, info in catalogue.rules.items()
        },
        extractors={
            name: info._replace(where=places.get(info.where, info.where))
            for name, info in catalogue.extractors.items()
        },
    )


class _Everywhere:
    """A scope in which the same rules run on every file."""

    def __init__(self, codes: Iterable[str], options: Mapping[str, Any]) -> None:
        self.codes = frozenset(codes)
        self._options = options

    def options(self, section: str) -> Any:
        """The settings of ``section``."""
        return self._options[section]


class Trial:
    """Rules on one set of files after the other; what does not hang on the files is made once.

    ``extractors`` run beside those that the rules use; ``settings`` are values for the rules'
    sections.

    Raises:
        ConfigError: a setting does not exist, or its value is not allowed.
    """

    def __init__(
        self,
        offer: Offer,
        rules: Sequence[type[Rule]],
        *,
        settings: Mapping[str, Any] | None = None,
        extractors: Sequence[type[Extractor]] = (),
    ) -> None:
        used = [extractor for rule in rules for extractor in getattr(rule, "uses", ())]
        self._rules, self._known = rules, offer.catalogue.rules
        self._checks = (*rules, *dict.fromkeys([*used, *extractors]))
        self._job = _job(offer, self._checks, settings or {})
        self._watchdog = Watchdog(SECONDS)
        self._pass = FilePass(self._job, self._watchdog)

    def run(self, files: Mapping[str, bytes], given: Mapping[str, bytes] | None = None) -> Outcome:
        """What the rules report on ``files``; ``given`` holds documents for tree rules."""
        job = self._job._replace(read=_reading(files), given=given or {})
        found: list[Finding] = []
        facts: dict[str, bytes] = {}
        with self._watchdog as watchdog:
            for path, data in files.items():
                row = self._pass.judge_data(path, data)
                found += unpack(path, row.result)[0] if row.result else []
                if row.facts:
                    facts[path] = row.facts
            view = TreeView(job, sorted(files), facts)
            for rule in self._rules:
                if issubclass(rule, TreeValidator):
                    found += judge_tree(job, _make(job, rule), view, watchdog).findings()
        found.sort(key=Finding.order)
        by_engine = [f for f in found if self._known[f.code].scope == "engine"]
        troubles = [(finding, _words(job, view, self._checks, finding)) for finding in by_engine]
        return Outcome([f for f in found if f not in by_engine], troubles)


def try_rules(
    offer: Offer,
    rules: Sequence[type[Rule]],
    files: Mapping[str, bytes],
    *,
    settings: Mapping[str, Any] | None = None,
    given: Mapping[str, bytes] | None = None,
) -> Outcome:
    """Run ``rules`` over ``files``; see ``Trial``, which runs them over others too.

    Raises:
        ConfigError: a setting does not exist, or its value is not allowed.
    """
    return Trial(offer, rules, settings=settings).run(files, given)


def planned(offer: Offer, rule: type[Rule], path: str, kind: str) -> Plan:
    """The plan for a file of ``kind`` at ``path`` in a run of nothing but ``rule``."""
    return Planner(_job(offer, [rule], {})).plan(path, kind)


def _job(offer: Offer, checks: Iterable[type[Any]], given: Mapping[str, Any]) -> Job:
    """A job that knows nothing but ``checks``, and no file."""
    from onex_tools.config import build

    options: dict[str, Any] = {}
    for cls in checks:
        if cls.settings and cls.settings.section not in options:
            values = given if issubclass(cls, Rule) else {}
            options[cls.settings.section] = (
                build(cls.settings, values) if values else cls.settings()
            )
    codes = frozenset(cls.code for cls in checks if issubclass(cls, Rule))
    names = frozenset(cls.name for cls in checks if issubclass(cls, Extractor))
    known = offer.catalogue
    scope = _Everywhere(codes, options)

    return Job(
        catalogue=known._replace(
            rules={code: known.rules[code] for code in sorted(codes)},
            extractors={name: known.extractors[name] for name in sorted(names)},
        ),
        tree=True,
        facts=names,
        scope_of=lambda _path: scope,
        read=_reading({}),
        max_bytes=MAX_BYTES,
        max_parse_bytes=MAX_PARSE_BYTES,
        seconds=SECONDS,
    )


def _reading(files: Mapping[str, bytes]) -> Callable[[str, int], bytes]:
    """What a job reads where there are no other files."""

    def read(path: str, _limit: int) -> bytes:
        if path not in files:
            raise Skip("there is no such file")
        return files[path]

    return read


def _make(job: Job, cls: type[Any]) -> Any:
    """An instance of a rule or an extractor with the job's settings."""
    section = cls.settings.section if cls.settings else ""
    return cls(job.scope_of("").options(section) if section else None)


def _words(job: Job, view: TreeView, checks: Iterable[type[Any]], finding: Finding) -> str:
    """What the engine's ``finding`` says; of a crash the exception, which a run must not show."""
    labels = {cls.code if issubclass(cls, Rule) else cls.name: cls for cls in checks}
    crashed = labels.get(finding.anchor) if finding.code == "ONX090" else None
    if crashed is None:
        return finding.message
    try:
        check = _make(job, crashed)
        if isinstance(check, TreeValidator):
            list(check.check(view))
            return finding.message
        data = job.read(finding.path, MAX_BYTES)
        kinds = job.catalogue.kinds
        services = new_services(MAX_PARSE_BYTES, kinds)
        file = SourceFile(finding.path, kinds.of(finding.path, data), data, services)
        _ = list(check.check(file)) if isinstance(check, Validator) else check.extract(file)
    except ParseFailure:
        pass
    except Exception as error:
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(last.filename)}, line {last.lineno}"
        return f"{finding.anchor} crashed: {type(error).__name__}: {error} ({place})"
    return finding.message
