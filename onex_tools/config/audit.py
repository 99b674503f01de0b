"""Whether the configuration and the rules fit: every selector means one, and locks hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onex_tools.config.layer import Layer
from onex_tools.config.problem import ConfigError, Problem, nearest
from onex_tools.config.tree import ConfigTree
from onex_tools.config.values import Config
from onex_tools.model import Severity
from onex_tools.result import Note, RuleInfo
from onex_tools.selection import best, closest, rank, runs, tool_of

_LISTS = ("select", "extend-select", "ignore", "locked")
_IGNORING = ("ignore", "per-file-ignores")
"""The keys where another tool's code is harmless if there is no rule for it."""
_MOST_NAMED = 8
"""Codes that a note names."""
_FOREIGN = {
    "flake8": "flake8's codes are for flake8's own settings, which `onex format` reads",
    "pydocstyle": "`onex rules DCS` lists the rules on docstrings, and other tools' codes for them",
    "ruff": "the code is of ruff, or of a plugin of flake8; `onex rules` lists those of onex",
}


class _Unknown(NamedTuple):
    """A selector that means no rule, and the key in a layer that has it."""

    layer: Layer
    selector: str
    at: tuple[str | int, ...]

    @property
    def harmless(self) -> bool:
        """It leaves out what is never there, under another tool's name for it."""
        return self.at[0] in _IGNORING and bool(tool_of(self.selector))


def check_selectors(
    tree: ConfigTree, known: Iterable[RuleInfo], *, lenient: bool = False
) -> list[Note]:
    """Refuse selectors that mean no rule of ``known``, and what a nested folder does to locks.

    Another tool's codes may be ignored though no rule knows them: notes say so.
    ``lenient``: some plugin could not be loaded, so an unknown selector may mean a rule of it.

    Raises:
        ConfigError: with everything that does not fit.
    """
    rules = list(known)
    unknown = [] if lenient else list(_unknown(tree, rules))
    problems = [_refusal(one, rules) for one in unknown if not one.harmless]
    locked = [info for info in rules if best(tree.root.locked, info)]
    if locked:
        problems += _broken_locks(tree, locked)
    if problems:
        raise ConfigError(problems)
    return list(_notes([one for one in unknown if one.harmless]))


def _refusal(one: _Unknown, rules: list[RuleInfo]) -> Problem:
    message = f"`{one.at[0]}` names `{one.selector}`, which is no rule"
    help_ = _FOREIGN.get(tool_of(one.selector)) or _near(one.selector, rules)
    return one.layer.problem(message, *one.at, help=help_)


def _notes(harmless: Iterable[_Unknown]) -> Iterator[Note]:
    """One note for each key and tool."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for layer, selector, at in harmless:
        tool = tool_of(selector)
        place = str(layer.problem(f"`{at[0]}` names", *at))
        found.setdefault((place, tool), {})[selector] = None
    for (place, tool), selectors in found.items():
        named = list(selectors)
        if len(named) > _MOST_NAMED:
            named[_MOST_NAMED:] = [f"{len(named) - _MOST_NAMED} more"]
        said = f"{place} {', '.join(named)}, for which onex has no rule"
        yield Note("hint", said, _FOREIGN[tool])


def _unknown(tree: ConfigTree, rules: list[RuleInfo]) -> Iterator[_Unknown]:
    judged: dict[str, bool] = {}
    layers = [layer for group in tree.layers.values() for layer in group]
    for layer in (*layers, tree.overrides):
        for selector, at in _selectors(layer):
            if selector not in judged:
                judged[selector] = any(rank(selector, info) for info in rules)
            if not judged[selector]:
                yield _Unknown(layer, selector, at)


def _selectors(layer: Layer) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for key in _LISTS:
        for selector in layer.values.get(key, ()):
            yield selector, (key,)
    for selector in layer.values.get("severity", ()):
        yield selector, ("severity", selector)
    for index, entry in enumerate(layer.values.get("per-file-ignores", ())):
        for selector in entry.codes:
            yield selector, ("per-file-ignores", index, "codes")


def _near(selector: str, rules: list[RuleInfo]) -> str:
    words = [word for info in rules for word in (info.code, info.name, info.family, *info.aliases)]
    return nearest(selector, dict.fromkeys(words)) or "`onex rules` lists them all"


def _broken_locks(tree: ConfigTree, locked: list[RuleInfo]) -> Iterator[Problem]:
    for folder, layers in tree.layers.items():
        for layer in layers:
            yield from _locked_entries(tree, layer, locked)
            if folder and "exclude" in layer.values:
                message = f"`exclude` would hide files from {_lock(tree)}"
                top = tree.root.source
                yield layer.problem(message, "exclude", help=f"exclude them in {top}")
        if folder:
            yield from _weakened(tree, folder, locked)


def _lock(tree: ConfigTree) -> str:
    return f"what `locked` in {tree.root.origin('locked')} keeps"


def _locked_entries(tree: ConfigTree, layer: Layer, locked: list[RuleInfo]) -> Iterator[Problem]:
    for index, entry in enumerate(layer.values.get("per-file-ignores", ())):
        for info in locked:
            if best(entry.codes, info):
                message = f"`per-file-ignores` would waive {info.code}, {_lock(tree)}"
                yield layer.problem(message, "per-file-ignores", index, "codes")
                break


def _weakened(tree: ConfigTree, folder: str, locked: list[RuleInfo]) -> Iterator[Problem]:
    """What the folder's own layers take away from the locked rules."""
    above, here = tree.at(folder), tree.configs[folder]
    for info in locked:
        if _is_on(above, info) and not _is_on(here, info):
            layer, name = _culprit(tree.layers[folder], info)
            yield layer.problem(f"`{name}` would switch off {info.code}, {_lock(tree)}", name)
        elif _level(here, info) < min(_level(above, info), _level(tree.root, info)):
            layer = [one for one in tree.layers[folder] if "severity" in one.values][-1]
            yield layer.problem(f"`severity` would lower {info.code}, {_lock(tree)}", "severity")


def _culprit(layers: Sequence[Layer], info: RuleInfo) -> tuple[Layer, str]:
    """The nearest layer, and its key, that keep the rule from running."""
    for layer in reversed(layers):
        if best(layer.values.get("ignore", ()), info):
            return layer, "ignore"
    name = "select" if any("select" in layer.values for layer in layers) else "preview"
    return [layer for layer in layers if name in layer.values][-1], name


def _is_on(config: Config, info: RuleInfo) -> bool:
    """Whether ``config`` lets the rule run, given evidence for it."""
    judged = info if info.selectable else info._replace(scope="file")
    return runs(
        judged,
        config.select,
        config.extend_select,
        config.ignore,
        lambda rule: config.preview or not rule.preview,
    )


def _level(config: Config, info: RuleInfo) -> int:
    label = closest(config.severity, info)
    return info.severity if label is None else Severity.named(label)
