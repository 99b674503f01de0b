"""The catalogue of rules: which plugins there are, and what is remembered of them between runs.

A warm run reads the remembered catalogue and imports no plugin at all; it holds for as long as
no Python file of the plugins or of the kernel has changed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from onex_tools.cache import Cache, code_folder
from onex_tools.globs import matches
from onex_tools.installed import entry_points
from onex_tools.kinds import CommentStyle, Kinds
from onex_tools.result import ExtractorInfo, FieldSpec, RuleInfo, SectionSpec

DEFAULT_PLUGIN = "onex_validators"
GROUP = "onex.plugins"
Source = tuple[str, str, int, int, int]
"""A Python file that results depend on: whose, its path, times of content and change, size."""


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
            found: Any = load_file(module, self.local[module])
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
    from onex_tools.admission import build_catalogue

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


def load_file(name: str, path: str) -> Any:
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
