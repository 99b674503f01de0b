"""What plugins offer, found through pluggy, judged, and entered into the catalogue."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

from onex_tools.kinds import CommentStyle
from onex_tools.model import SECRET_SCANNERS
from onex_tools.registry import BUILT_IN, Catalogue, Plugin, Problem, load_file
from onex_tools.result import ExtractorInfo, RuleInfo

_CODE = r"[A-Z]{3}[0-9]{3}\Z"
_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z"
_NEEDED = {"contains": r"(?s).", "mentions": r"(?s)(?=.*[^_\-. ])[\0-\x7f]+\Z"}
"""What each text that a file must hold is; of words only ASCII is known in both cases."""


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
        load_file(plugin.module, plugin.file)
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
