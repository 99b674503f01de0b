"""The allowlists of gitleaks' configuration, as entries of `per-file-ignores` where they can be."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from onex_tools.accepted.entry import AcceptedError
from onex_tools.accepted.path_pattern import EVERY, as_globs
from onex_tools.config.document import Document, read_document

_LISTS = ("commits", "paths", "regexes", "stopwords", "targetRules")


class Allowed(NamedTuple):
    """Files that are allowed to hold secrets.

    Attributes:
        origin: where it is written, ``path:line``.
        globs: which files.
        reason: the allowlist's description, or "".
    """

    origin: str
    globs: tuple[str, ...]
    reason: str


class Allowlists(NamedTuple):
    """What a configuration allows: files, and (origin, why) of each part that has to be redone."""

    allowed: list[Allowed]
    left: list[tuple[str, str]]


def read_allowlists(path: str) -> Allowlists:
    """The allowlists in the configuration of gitleaks at ``path``.

    Raises:
        ConfigError: it cannot be read, or is not TOML.
        AcceptedError: something in it is not what gitleaks takes.
    """
    folder, name = os.path.split(os.path.abspath(path))
    document = read_document(folder, name, folder, path)
    if document is None:
        raise AcceptedError(f"{path}: there is no such file")
    found = Allowlists([], [])
    for keys, table, rule in _tables(document):
        _Table(document, keys, table, rule).sort(found)
    return found


_Keys = tuple[str | int, ...]


def _tables(document: Document) -> Iterator[tuple[_Keys, Mapping[str, Any], str]]:
    """Every allowlist with its keys, and the rule that it is for, or ""."""
    yield from ((keys, table, "") for keys, table in _lists_in(document, (), document.table))
    for keys, rule in _elements(document, ("rules",), document.table.get("rules", [])):
        name = rule.get("id", "")
        if not isinstance(name, str):
            _refuse(document, "`id` to be a text", *keys, "id")
        yield from ((at, table, name or "?") for at, table in _lists_in(document, keys, rule))


def _lists_in(
    document: Document, keys: _Keys, holder: Mapping[str, Any]
) -> Iterator[tuple[_Keys, Mapping[str, Any]]]:
    old = holder.get("allowlist", {})
    # The older form, one table, is read as gitleaks reads it: as an array of one.
    one = [old] if isinstance(old, dict) and old else old
    for place, table in _elements(document, (*keys, "allowlist"), one or []):
        yield (place[:-1] if isinstance(old, dict) else place), table
    yield from _elements(document, (*keys, "allowlists"), holder.get("allowlists", []))


def _elements(
    document: Document, keys: _Keys, value: Any
) -> Iterator[tuple[_Keys, Mapping[str, Any]]]:
    if not isinstance(value, list):
        _refuse(document, f"`[[{keys[-1]}]]`, tables", *keys)
    for number, table in enumerate(value):
        if not isinstance(table, dict):
            _refuse(document, f"`[[{keys[-1]}]]`, tables", *keys, number)
        yield (*keys, number), table


def _refuse(document: Document, expected: str, *keys: str | int) -> None:
    line = document.line(*keys)
    place = f"{document.path}:{line}" if line else document.path
    raise AcceptedError(f"{place}: expected {expected}")


class _Table:
    """One allowlist."""

    def __init__(
        self, document: Document, keys: _Keys, table: Mapping[str, Any], rule: str
    ) -> None:
        self._document, self._keys = document, keys
        self._lists = {name: self._texts(name, table.get(name, [])) for name in _LISTS}
        self._reason = self._text("description", table)
        self._joined = self._text("condition", table).upper() in ("AND", "&&")
        targets = [rule] if rule else self._lists["targetRules"]
        self._only = ", ".join(targets)

    def _texts(self, name: str, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            _refuse(self._document, f"`{name}` to be an array of texts", *self._keys, name)
        return list(value)

    def _text(self, name: str, table: Mapping[str, Any]) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            _refuse(self._document, f"`{name}` to be a text", *self._keys, name)
        return str(value)

    def _origin(self, *keys: str | int) -> str:
        line = self._document.line(*self._keys, *keys)
        return f"{self._document.path}:{line}" if line else self._document.path

    def sort(self, found: Allowlists) -> None:
        """Add what this one allows to ``found``."""
        paths = self._lists["paths"]
        others = [name for name in ("regexes", "stopwords", "commits") if self._lists[name]]
        if paths and others and self._joined:
            why = f"files and {' and '.join(others)} have to fit both: no setting of onex says that"
            found.left.append((self._origin("paths"), why))
            return
        for name in others:
            found.left.append((self._origin(name), _OTHERS[name]))
        if paths and self._only:
            why = f"it is for {self._only} alone: choose codes, and write the entry yourself"
            found.left.append((self._origin("paths"), why))
        elif paths:
            self._sort_paths(paths, found)

    def _sort_paths(self, paths: list[str], found: Allowlists) -> None:
        globs: dict[str, None] = {}
        for number, pattern in enumerate(paths):
            said = as_globs(pattern)
            if said and EVERY not in said:
                globs |= dict.fromkeys(said)
                continue
            why = "fits every file" if said else "says what no glob says"
            found.left.append((self._origin("paths", number), f"{_shown(pattern)} {why}"))
        if globs:
            found.allowed.append(Allowed(self._origin("paths"), tuple(globs), self._reason))


_OTHERS = {
    "regexes": "patterns of what is no secret: accept what onex still finds by its baseline",
    "stopwords": "words of what is no secret: accept what onex still finds by its baseline",
    "commits": "commits: onex judges the files as they are, not their history",
}


def _shown(pattern: str) -> str:
    return repr(pattern if len(pattern) <= 60 else pattern[:57] + "...")
