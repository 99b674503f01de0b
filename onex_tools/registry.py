"""The catalogue of rules: found through pluggy, judged, and remembered between runs.

A warm run reads the remembered catalogue and imports no plugin at all; it holds for as long as
no Python file of the plugins or of the kernel has changed.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from onex_tools.cache import Cache, code_folder
from onex_tools.globs import matches
from onex_tools.installed import entry_points
from onex_tools.kinds import CommentStyle, Kinds
from onex_tools.model import SECRET_SCANNERS
from onex_tools.result import ExtractorInfo, FieldSpec, RuleInfo, SectionSpec

DEFAULT_PLUGIN = "onex_validators"
GROUP = "onex.plugins"
Source = tuple[str, str, int, int, int]
"""A Python file that results depend on: whose, its path, times of content and change, size."""
_CODE = r"[A-Z]{3}[0-9]{3}\Z"
_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z"
_NEEDED = {"contains": r"(?s).", "mentions": r"(?s)(?=.*[^_\-. ])[\0-\x7f]+\Z"}
"""What each text that a file must hold is; of words only ASCII is known in both cases."""


class Problem(NamedTuple):
    """A plugin, or one rule of it, that cannot be used."""

    plugin: str
    message: str
    help: str = ""


class Catalogue(NamedTuple):
    """Everything known of the rules without importing them.

    ``code`` is a digest of the kernel's and the plugins' source: results of other code are never
    used again. ``styles`` are the kinds that plugins declare, ``groups`` what a word for several
    kinds stands for. ``local`` has the file of every local rule's module; it is not kept.
    """

    rules: dict[str, RuleInfo]
    extractors: dict[str, ExtractorInfo]
    sections: dict[str, SectionSpec]
    problems: tuple[Problem, ...]
    code: str
    styles: dict[str, CommentStyle] = {}
    groups: dict[str, frozenset[str]] = {}
    local: dict[str, str] = {}

    def locate(self, where: str) -> Any:
        """The class that ``where`` (``module:qualname``) names, imported now."""
        import importlib

        module, _, qualname = where.partition(":")
        if module in self.local:
            found: Any = _load_file(module, self.local[module])
        else:
            found = sys.modules.get(module) or importlib.import_module(module)
        for part in qualname.split("."):
            found = getattr(found, part)
        return found

    @property
    def foreign(self) -> frozenset[str]:
        """The codes of the rules, and the names of the extractors, that are not built in."""
        ours = ("onex", DEFAULT_PLUGIN)
        labels = [info.code for info in self.rules.values() if info.plugin not in ours]
        labels += [info.name for info in self.extractors.values() if info.plugin not in ours]
        return frozenset(labels)

    @property
    def kinds(self) -> Kinds:
        """Tells the kind of a file, those that plugins declare among them."""
        return Kinds(self.styles.values())

    def wants(self, info: RuleInfo | ExtractorInfo, path: str, kind: str) -> bool:
        """Whether the check that ``info`` describes is for a file of ``kind`` at ``path``."""
        return (
            kind in info.kinds
            or matches(info.files, path)
            or any(kind in self.groups.get(word, ()) for word in info.kinds)
        )

    def packed(self) -> dict[str, Any]:
        """A form for JSON."""
        return {
            "rules": list(self.rules.values()),
            "extractors": list(self.extractors.values()),
            "sections": list(self.sections.values()),
            "problems": self.problems,
            "code": self.code,
            "styles": list(self.styles.values()),
            "groups": {word: sorted(kinds) for word, kinds in self.groups.items()},
        }

    @classmethod
    def unpacked(cls, value: dict[str, Any]) -> Catalogue:
        """What ``packed`` wrote."""
        rules = [RuleInfo(*map(_frozen, row)) for row in value["rules"]]
        extractors = [ExtractorInfo(*map(_frozen, row)) for row in value["extractors"]]
        for info in rules:
            texts = {*map(type, (info.code, info.name, info.scope, info.section, info.where))}
            listed = (info.kinds, info.files, info.aliases, info.uses, info.contains, info.mentions)
            lists = {*map(type, (*listed, info.opposites, info.defers_to))}
            if texts != {str} or lists != {tuple} or type(info.outline) is not bool:
                raise TypeError("not a rule")
        sections = [
            SectionSpec(name, tuple(FieldSpec(*map(_frozen, row)) for row in fields), doc, where)
            for name, fields, doc, where in value["sections"]
        ]
        return cls(
            {info.code: info for info in rules},
            {info.name: info for info in extractors},
            {spec.section: spec for spec in sections},
            tuple(Problem(*row) for row in value["problems"]),
            value["code"],
            {row[0]: CommentStyle(*map(_frozen, row)) for row in value["styles"]},
            {word: frozenset(kinds) for word, kinds in value["groups"].items()},
        )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Plugin(NamedTuple):
    """A plugin to load: an entry point's module, or one local file (then ``file`` is its path)."""

    name: str
    module: str
    file: str = ""


BUILT_IN = Plugin(DEFAULT_PLUGIN, DEFAULT_PLUGIN)


def load_catalogue(plugins: Sequence[Plugin], store: Cache) -> Catalogue:
    """The catalogue of ``plugins``, from memory where no source file has changed.

    The built-in rules' is a form of our code, as byte code is: it is kept with that, also for runs
    that keep nothing in ``store``, and for other users. What either gives is checked.
    """
    sources = list(_sources(plugins))
    key = _digest(repr((sys.version_info[:3], plugins, sources)).encode())
    local = {plugin.module: plugin.file for plugin in plugins if plugin.file}
    name = f"catalogues/{key[:32]}"
    stores = [Cache(code_folder(), private=False), store] if [*plugins] == [BUILT_IN] else [store]
    for place in stores:
        try:
            return Catalogue.unpacked(json.loads(place.get(name) or b""))._replace(local=local)
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    catalogue = build_catalogue(plugins, _digest_of_code(sources))._replace(local=local)
    if not catalogue.problems:
        packed = json.dumps(catalogue.packed()).encode()
        for place in stores:
            if place.put(name, packed):
                break
    return catalogue


def _digest(data: bytes) -> str:
    from blake3 import blake3

    return str(blake3(data).hexdigest(32))


def _sources(plugins: Sequence[Plugin]) -> Iterator[Source]:
    """Every Python file that a result depends on."""
    kernel = os.path.dirname(__file__)
    yield from _python_files("onex_tools", kernel)
    for plugin in plugins:
        if plugin.file:
            status = os.stat(plugin.file)
            yield (plugin.name, plugin.file, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
            continue
        for folder in _folders(plugin.module):
            yield from _python_files(plugin.name, folder)


def _folders(module: str) -> list[str]:
    """Where the code of ``module``'s top package is, without importing it."""
    top = module.partition(".")[0]
    loaded = sys.modules.get(top)
    if loaded is not None:
        origin = getattr(loaded, "__file__", None) or ""
        return [os.path.dirname(origin)] if hasattr(loaded, "__path__") else [origin]
    for entry in sys.path:
        base = os.path.join(entry or os.getcwd(), top)
        if os.path.isfile(os.path.join(base, "__init__.py")):
            return [base]
        if os.path.isfile(base + ".py"):
            return [base + ".py"]
    return []


def _python_files(name: str, folder: str) -> Iterator[Source]:
    if folder.endswith(".py"):
        status = os.stat(folder)
        yield (name, folder, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(".py"):
            status = entry.stat()
            yield (name, entry.path, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
        elif entry.is_dir() and not entry.name.startswith(("_", ".")):
            yield from _python_files(f"{name}.{entry.name}", entry.path)


def _digest_of_code(sources: Sequence[Source]) -> str:
    from blake3 import blake3

    hasher = blake3(repr(sys.version_info[:2]).encode())
    for name, path, *_ in sources:
        with open(path, "rb") as stream:
            data = stream.read()
        hasher.update(f"\0{name}\0{os.path.basename(path)}\0{len(data)}\0".encode())
        hasher.update(data)
    return str(hasher.hexdigest(32))


def build_catalogue(plugins: Sequence[Plugin], code: str) -> Catalogue:
    """Import every plugin and judge what it offers; nothing it does wrong is passed over."""
    from onex_tools.declared import admit_styles, groups_of
    from onex_tools.format.rules import FORMAT_RULES

    catalogue = Catalogue({}, {}, {}, (), code, {})
    problems: list[Problem] = []
    for info in engine_infos():
        catalogue.rules[info.code] = info
    for cls in FORMAT_RULES:
        section = _admit_section(catalogue, cls) or ""
        catalogue.rules[cls.code] = describe_rule(cls, "onex", section, scope="format")
    for plugin in plugins:
        try:
            offered, styles = offers(plugin)
        except (Exception, SystemExit) as error:
            problems.append(_broken(plugin, error))
            continue
        for cls in offered:
            problems += [
                Problem(plugin.name, message, help_)
                for message, help_ in _judged(catalogue, plugin, cls)
            ]
        faults = admit_styles(catalogue.styles, styles)
        problems += [Problem(plugin.name, *fault) for fault in faults]
    problems += _missing_facts(catalogue)
    return catalogue._replace(problems=tuple(problems), groups=groups_of(catalogue.styles))


def _judged(catalogue: Catalogue, plugin: Plugin, cls: Any) -> list[tuple[str, str]]:
    """What is wrong with ``cls``, which may be anything, and fail at anything."""
    try:
        return list(_admit(catalogue, plugin, cls))
    except (Exception, SystemExit) as error:
        made = cls if isinstance(cls, type) else type(cls)
        where = f"{made.__module__}:{made.__qualname__}"
        what = f"`{where}`" if made is cls else f"an object of type `{where}`"
        said = f"{what}, offered by plugin `{plugin.name}`, is not usable: {error}"
        return [(said, "correct it, or take it out of what the plugin offers")]


def engine_infos() -> Iterator[RuleInfo]:
    """The metadata of the engine's own rules."""
    from onex_tools.rules import ENGINE_RULES, UnusedIgnore

    for cls in ENGINE_RULES:
        info = describe_rule(cls, "onex", "", scope="engine")
        yield info._replace(fixable=cls is UnusedIgnore)


def _broken(plugin: Plugin, error: BaseException) -> Problem:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    at = next((f for f in reversed(frames) if "importlib" not in f.filename), None)
    place = f" ({os.path.basename(at.filename)}, line {at.lineno})" if at else ""
    said = f"plugin `{plugin.name}` cannot be loaded: {type(error).__name__}: {error}{place}"
    if plugin == BUILT_IN:
        return Problem(plugin.name, said, "it is a part of onex: install that again, or report it")
    help_ = f"repair or remove it, or take `{plugin.name}` out of `plugins`"
    return Problem(plugin.name, said, help_)


def offers(plugin: Plugin) -> tuple[list[type[Any]], list[CommentStyle]]:
    """The classes and the comment styles that ``plugin`` registers through our hooks.

    Raises:
        Exception: whatever the plugin raises while it is imported.
    """
    import importlib

    import pluggy

    from onex_tools import hookspecs

    module = (
        _load_file(plugin.module, plugin.file)
        if plugin.file
        else importlib.import_module(plugin.module)
    )
    manager = pluggy.PluginManager("onex")
    manager.add_hookspecs(hookspecs)
    manager.register(module, plugin.name)
    manager.check_pending()
    classes = [cls for offered in manager.hook.onex_validators() for cls in offered]
    styles = [style for offered in manager.hook.onex_comment_styles() for style in offered]
    if plugin.file and not hasattr(module, "onex_validators"):
        from onex_tools.plugins import defined_in

        classes = list(defined_in(module))
    return classes, styles


def _load_file(name: str, path: str) -> Any:
    """A local rule file as a module of its own; no byte code is written beside it."""
    import types

    loaded = sys.modules.get(name)
    if loaded is not None:
        return loaded
    with open(path, "rb") as stream:
        source = stream.read()
    module = types.ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    try:
        exec(compile(source, path, "exec"), vars(module))
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _admit(catalogue: Catalogue, plugin: Plugin, cls: type[Any]) -> Iterator[tuple[str, str]]:
    """Enter ``cls`` into the catalogue, or say what is wrong with it."""
    from onex_tools.rule import Extractor, Rule

    where = f"{cls.__module__}:{cls.__qualname__}"
    if not (isinstance(cls, type) and issubclass(cls, (Rule, Extractor))):
        yield f"`{where}` is neither a rule nor an extractor", "derive it from Validator"
        return
    section = _admit_section(catalogue, cls)
    if section is None:
        yield f"the settings of `{where}` clash with another plugin's", "rename its section"
        return
    if issubclass(cls, Extractor):
        known = catalogue.extractors.get(cls.name)
        if not cls.name or (known and known.where != where):
            yield f"extractor `{where}` has no name of its own", "give it a unique `name`"
            return
        unknown = _unknown_settings(cls)
        if unknown:
            yield f"extractor `{where}` has no setting {unknown}", "correct its `files_from`"
            return
        for fault in _reading_faults(cls):
            yield f"extractor `{where}` is not usable: {fault[0]}", fault[1]
            return
        in_pieces = cls.extract_pieces is not Extractor.extract_pieces
        info = (cls.name, cls.kinds, cls.files, section, plugin.name, where, cls.contains)
        catalogue.extractors[cls.name] = ExtractorInfo(
            *info, cls.files_from, in_pieces, cls.mentions, cls.outline
        )
        return
    faults = list(_faults(catalogue, cls))
    for fault in faults:
        yield f"rule `{where}` is not usable: {fault[0]}", fault[1]
    if not faults:
        catalogue.rules[cls.code] = describe_rule(cls, plugin.name, section)


def _unknown_settings(cls: type[Any]) -> str:
    """What ``files_from`` names that is no list among the extractor's settings, in words."""
    from onex_tools.config import describe

    fields = describe(cls.settings).fields if cls.settings and cls.files_from else ()
    lists = {field.name for field in fields if field.type == "list"}
    return " or ".join(f"`{name}`" for name in cls.files_from if name not in lists)


def _admit_section(catalogue: Catalogue, cls: type[Any]) -> str | None:
    if cls.settings is None:
        return ""
    from onex_tools.config import describe

    spec = describe(cls.settings)
    known = catalogue.sections.setdefault(spec.section, spec)
    return spec.section if known.where == spec.where else None


def _faults(catalogue: Catalogue, cls: type[Any]) -> Iterator[tuple[str, str]]:
    from onex_tools.rule import Bad, Good, TreeValidator, Validator

    if not re.match(_CODE, cls.code):
        yield f"its code is {cls.code!r}", "use three capital letters and three digits: ABC123"
    elif cls.code in catalogue.rules:
        other = catalogue.rules[cls.code]
        yield f"code {cls.code} belongs to `{other.where}`", "take a code that is free"
    if not re.match(_NAME, cls.name):
        yield f"its name is {cls.name!r}", "name the fault in kebab-case: missing-owner"
    elif any(cls.name == info.name for info in catalogue.rules.values()):
        yield f"another rule is called {cls.name!r}", "name this fault differently"
    if not cls.__dict__.get("__doc__"):
        yield "it has no docstring", "the first line is shown in lists, the rest is its page"
    if not any(isinstance(example, Good) for example in cls.examples):
        yield "it has no Good example", "add examples = (Good(...), Bad(...))"
    if not any(isinstance(example, Bad) for example in cls.examples):
        yield "it has no Bad example", "add examples = (Good(...), Bad(...))"
    for name in ("opposites", "defers_to"):
        named = getattr(cls, name)
        if isinstance(named, str) or cls.code.startswith(tuple(named)):
            yield f"its {name} are {named!r}", f'name other rules: {name} = ("ABC123",)'
    yield from _reading_faults(cls)
    if issubclass(cls, Validator) and not (cls.kinds or cls.files):
        yield "it is for no files", 'set kinds = ("python",) or files = ("*.toml",)'
    if not issubclass(cls, (Validator, TreeValidator)):
        yield "it has no scope", "derive it from Validator or TreeValidator"
    elif cls.check in (Validator.check, TreeValidator.check):
        yield "it has no check", "write def check(self, file): yield file.finding(...)"


def _reading_faults(cls: type[Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with what ``cls`` says of what it reads."""
    for name, fits in _NEEDED.items():
        named = getattr(cls, name, ())
        if isinstance(named, str) or not all(re.match(fits, text) for text in named):
            yield f"its {name} are {named!r}", f'name what files hold: {name} = ("api key",)'
    outline = getattr(cls, "outline", False)
    if not isinstance(outline, bool):
        yield f"its outline is {outline!r}", "say whether it reads no more: outline = True"


def describe_rule(cls: type[Any], plugin: str, section: str, scope: str = "") -> RuleInfo:
    """The metadata of the rule ``cls``."""
    from onex_tools.rule import Bad, TreeValidator

    scope = scope or ("tree" if issubclass(cls, TreeValidator) else "file")
    return RuleInfo(
        code=cls.code,
        name=cls.name,
        summary=cls.summary(),
        explanation=cls.explanation(),
        severity=int(cls.severity),
        confidence=int(cls.confidence),
        preview=cls.preview,
        sensitive=cls.sensitive,
        scope=scope,
        kinds=tuple(getattr(cls, "kinds", ())),
        files=tuple(getattr(cls, "files", ())),
        enabled_by=cls.enabled_by,
        section=section,
        aliases=(*cls.aliases, *(SECRET_SCANNERS if cls.sensitive else ())),
        uses=tuple(extractor.name for extractor in getattr(cls, "uses", ())),
        plugin=plugin,
        where=f"{cls.__module__}:{cls.__qualname__}",
        contains=tuple(getattr(cls, "contains", ())),
        fixable=any(isinstance(e, Bad) and e.fixed is not None for e in cls.examples),
        opposites=tuple(cls.opposites),
        mentions=tuple(getattr(cls, "mentions", ())),
        defers_to=tuple(cls.defers_to),
        outline=getattr(cls, "outline", False),
    )


def _missing_facts(catalogue: Catalogue) -> Iterator[Problem]:
    for info in list(catalogue.rules.values()):
        missing = [name for name in info.uses if name not in catalogue.extractors]
        if missing:
            del catalogue.rules[info.code]
            yield Problem(
                info.plugin,
                f"rule `{info.where}` uses facts that no plugin extracts: {', '.join(missing)}",
                "register the extractor beside the rule",
            )


def find_plugins(names: Sequence[str], avoid: str) -> tuple[list[Plugin], list[Problem]]:
    """The installed plugins called ``names``; the built-in one is always first.

    Only entry points of distributions in the interpreter's own site folders count: a folder that
    looks like one inside the checked repository (``avoid``) is not an installation.
    """
    plugins = [BUILT_IN]
    wanted = [name for name in names if name != DEFAULT_PLUGIN]
    if not wanted:
        return plugins, []
    points: dict[str, set[str]] = {}
    for name, module in entry_points(GROUP, avoid):
        points.setdefault(name, set()).add(module)
    problems = []
    for name in wanted:
        modules = sorted(points.get(name, ()))
        if len(modules) == 1:
            plugins.append(Plugin(name, modules[0]))
        elif modules:
            said = f"plugin `{name}` is two: {' and '.join(f'`{module}`' for module in modules)}"
            problems.append(Problem(name, said, "uninstall one of the packages"))
        else:
            problems.append(_not_installed(name, points))
    return plugins, problems


def _not_installed(name: str, known: Iterable[str]) -> Problem:
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    help_ = (
        f"did you mean `{near[0]}`?"
        if near
        else (
            f"install the package that provides it (entry point group `{GROUP}`), "
            "or take it out of `plugins`"
        )
    )
    return Problem(name, f"plugin `{name}` is not installed", help_)
