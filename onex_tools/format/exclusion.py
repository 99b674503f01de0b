"""Which files black and isort are told to leave alone, by the rules of each."""

from __future__ import annotations

import fnmatch
import os
import posixpath
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from onex_tools.format.allowance import SECONDS, Allowance, Spent
from onex_tools.format.tables import Table

_BLACK = (
    *(".direnv", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox"),
    *(".pytest_cache", ".ruff_cache", ".tox", ".svn", ".venv", ".vscode", "__pypackages__"),
    *("_build", "buck-out", "build", "dist", "venv"),
)
_ISORT = (
    *(".venv", "venv", ".tox", ".eggs", ".git", ".hg", ".mypy_cache", ".nox", ".svn", ".bzr"),
    *("_build", "buck-out", "build", "dist", ".pants.d", ".direnv", "node_modules"),
    *("__pypackages__", ".pytype"),
)
"""What each leaves alone where its settings say nothing."""


class BadPattern(Exception):
    """A setting of black that is no usable regular expression: its name and what is wrong."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"`{name}` {reason}")
        self.name = name


class BlackPaths:
    """What black's ``include``, ``exclude``, ``extend-exclude`` and ``force-exclude`` say.

    Raises:
        BadPattern: one of them cannot be used.
    """

    def __init__(self, table: Table) -> None:
        said = {key: _pattern(table.values, key) for key in _PATTERNS}
        self._folder = table.folder
        self._include = said.pop("include")
        self._plain = said["exclude"] is None and "exclude" not in table.values
        self._excludes = {key: one for key, one in said.items() if one is not None}
        self._known: dict[str, tuple[bool, str]] = {}
        self._allowance = Allowance()
        self._searched = "include"
        self._bad: BadPattern | None = None

    @property
    def simple(self) -> bool:
        """Whether no pattern of the project's own is to be matched."""
        return self._include is None and not self._excludes

    def leaves(self, full: str) -> bool:
        """Whether the file at the absolute path ``full`` is left alone.

        Raises:
            BadPattern: matching takes too long.
        """
        if self.simple:
            return self._leaves(full)
        if self._bad is None:
            try:
                with self._allowance.spend():
                    return self._leaves(full)
            except Spent:
                why = f"takes more than {SECONDS:g} seconds to match: it goes over a path again"
                name = self._searched.replace("_", "-")
                self._bad = BadPattern(name, f"{why} and again")
        raise self._bad

    def _leaves(self, full: str) -> bool:
        folder, _, name = full.rpartition("/")
        known = self._known.get(folder)
        if known is None:
            known = self._known[folder] = self._judged(folder)
        out, above = known
        self._searched = "include"
        if out or (self._include is not None and not self._include.search(above + name)):
            return True
        return bool(self._excludes) and self._is_excluded(above + name)

    def _judged(self, folder: str) -> tuple[bool, str]:
        """Whether all in ``folder`` is left alone; and its path as black sees it, with slashes."""
        path = os.path.relpath(folder, self._folder) if self._folder else folder.lstrip("/")
        above = "/" if path in (".", "") else f"/{path}/"
        if self._plain and not set(_BLACK).isdisjoint(above.split("/")):
            return True, above
        return any(map(self._is_excluded, _ways(above))), above

    def _is_excluded(self, way: str) -> bool:
        for key, pattern in self._excludes.items():
            self._searched = key
            match = pattern.search(way)
            if match and match.group(0):
                return True
        return False


_PATTERNS = ("include", "exclude", "extend_exclude", "force_exclude")


def _pattern(values: Any, key: str) -> re.Pattern[str] | None:
    """A setting compiled as black does it; an empty one stands for nothing."""
    text = values.get(key)
    name = key.replace("_", "-")
    if text is None or text == "":
        return None
    if not isinstance(text, str):
        raise BadPattern(name, "is no regular expression: it is no string")
    try:
        return re.compile(text, re.VERBOSE if "\n" in text else 0)
    except (re.error, RecursionError, OverflowError) as error:
        raise BadPattern(name, f"is no regular expression: {error}") from None


def _ways(path: str) -> Iterable[str]:
    """Every folder on the way to ``path``, a folder too, each with a slash at its end."""
    at = path.find("/", 1)
    while at > 0:
        yield path[: at + 1]
        at = path.find("/", at + 1)


class IsortPaths:
    """What isort's ``skip``, ``extend_skip`` and their globs say."""

    def __init__(self, table: Table, root: str) -> None:
        values = table.values
        skip = _listed(values["skip"]) if "skip" in values else _ISORT
        self._skips = frozenset((*skip, *_listed(values.get("extend_skip", ()))))
        self._paths = frozenset(_absolute(path, table.folder or root) for path in self._skips)
        globs = (
            *_listed(values.get("skip_glob", ())),
            *_listed(values.get("extend_skip_glob", ())),
        )
        self._globs = sorted(set(globs))
        self._folder = table.folder or root
        self._known: dict[str, tuple[bool, str]] = {}

    def leaves(self, full: str) -> bool:
        """Whether the file at the absolute path ``full`` is left alone."""
        folder, _, name = full.rpartition("/")
        known = self._known.get(folder)
        if known is None:
            known = self._known[folder] = self._judged(folder)
        out, above = known
        if out or name in self._skips or full in self._paths:
            return True
        return bool(self._globs) and self._is_globbed(above + name)

    def _judged(self, folder: str) -> tuple[bool, str]:
        """Whether all in ``folder`` is left alone; and its path as isort sees it, with a slash."""
        path = os.path.relpath(folder, self._folder)
        path = folder if path.startswith("..") else path
        above = "" if path == "." else f"{path}/"
        out = any(folder == one or folder.startswith(one + "/") for one in self._paths)
        if out or not self._skips.isdisjoint(above.split("/")):
            return True, above
        return any(map(self._is_globbed, _folders(above))), above

    def _is_globbed(self, path: str) -> bool:
        return any(_glob(glob).match(path) or _glob(glob).match("/" + path) for glob in self._globs)


def _folders(path: str) -> list[str]:
    """Every folder above ``path``."""
    found, at = [], path.rfind("/")
    while at > 0:
        found.append(path[:at])
        at = path.rfind("/", 0, at)
    return found


@lru_cache(maxsize=512)
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


def _listed(value: Any) -> Sequence[str]:
    """A list of TOML, or a text with commas and line ends between its parts."""
    if isinstance(value, (list, tuple)):
        return [str(part).strip() for part in value]
    return [part.strip() for part in str(value).replace("\n", ",").split(",") if part.strip()]


def _absolute(path: str, base: str) -> str:
    return posixpath.normpath(posixpath.join(base, path))
