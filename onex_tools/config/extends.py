"""Files that a configuration inherits from: inside the root, or in an installed package."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from onex_tools.config.document import Document, inside, read_document
from onex_tools.config.problem import ConfigError, Problem, quoted

_LIMIT = 32
"""Files one configuration may inherit from, over all steps: they can fan out at every step."""


class _Target(NamedTuple):
    """A file to read: its folder and name, what it may not leave, and how messages call it."""

    folder: str
    name: str
    fence: str
    shown: str


def expand(document: Document, root: str, problems: list[Problem]) -> list[Document]:
    """``document`` after everything it inherits from, the weakest first."""
    found: list[Document] = []
    _visit(_Visit(document, root, ""), (document.full,), found, problems)
    return found


class _Visit(NamedTuple):
    """One file of the chain; ``package`` is its ``pkg:NAME``, or "" inside the root."""

    document: Document
    fence: str
    package: str


def _visit(
    visit: _Visit, above: tuple[str, ...], found: list[Document], problems: list[Problem]
) -> None:
    document = visit.document
    listed = document.table.get("extends", ())
    # What is not a list of strings is said by the check of the key.
    for name in listed if isinstance(listed, list) else ():
        if not isinstance(name, str):
            continue
        if len(found) + len(above) > _LIMIT:
            problems.append(_at(document, f"`extends` leads to more than {_LIMIT} files"))
            return
        try:
            target = _resolve(visit, name)
            full = os.path.realpath(os.path.join(target.folder, target.name))
            if full in above:
                raise ConfigError(
                    [_at(document, f"`extends` goes round in a circle: {target.shown}")]
                )
            extended = read_document(target.folder, target.name, target.fence, target.shown)
            if extended is None:
                message = f"`extends` names {quoted(name)}, where there is no configuration"
                raise ConfigError([_at(document, message)])
        except ConfigError as error:
            problems.extend(error.problems)
            continue
        package = target.shown.partition("/")[0] if target.shown.startswith("pkg:") else ""
        _visit(_Visit(extended, target.fence, package), (*above, full), found, problems)
    found.append(document)


def _at(document: Document, message: str) -> Problem:
    return Problem(message, document.path, document.line("extends"))


def _resolve(visit: _Visit, name: str) -> _Target:
    document = visit.document
    if name.startswith("pkg:"):
        package, _, inner = name.removeprefix("pkg:").partition("/")
        for folder in _package_folders(package):
            if os.path.lexists(os.path.join(folder, inner)):
                return _Target(folder, inner, folder, name)
        raise ConfigError([_at(document, f"`extends`: no installed package has {quoted(name)}")])
    folder = os.path.dirname(document.full)
    full = os.path.normpath(os.path.join(folder, name))
    if "\0" in name or not inside(visit.fence, full):
        raise ConfigError([_at(document, f"`extends` leads out of the root: {quoted(name)}")])
    shown = os.path.relpath(full, visit.fence)
    shown = f"{visit.package}/{shown}" if visit.package else shown
    return _Target(os.path.dirname(full), os.path.basename(full), visit.fence, shown)


def _package_folders(name: str) -> list[str]:
    """Where the installed top-level package ``name`` has its files; nothing is imported."""
    import importlib.util

    # A name with a dot would import its parent.
    if not name.isidentifier() or name in sys.builtin_module_names:
        return []
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return []
    return list(spec.submodule_search_locations or ()) if spec else []
