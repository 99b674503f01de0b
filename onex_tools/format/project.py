"""What holds for the files of one folder: the project's settings of black, isort and flake8."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from onex_tools.format.agreement import Said, disagreements, line_length
from onex_tools.format.exclusion import BadPattern, BlackPaths, IsortPaths
from onex_tools.format.licence import HeaderWish, wish_faults
from onex_tools.format.options import Flake8Options, flake8_options
from onex_tools.format.tables import Table, Tables, Unreadable

MAX_LENGTH = 100_000
"""Columns of a line; more is a mistake."""


class Unusable(Exception):
    """Settings with which nothing can be formatted; ``said`` has where and why."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.message)
        self.said = said


class Recipe(NamedTuple):
    """All that the form of a file depends on besides its bytes; equal ones share a digest.

    Attributes:
        black, isort: the tables that hold.
        line_length: the columns of black's lines.
        wish: what the header should say.
        flake8: the options that hold.
        names: a digest of what isort takes for the project's own modules.
        homes: names of the root's own folder, where isort takes modules of that name for ours.
        disagreements: settings that contradict each other.
    """

    black: Table
    isort: Table
    line_length: int
    wish: HeaderWish
    flake8: Flake8Options
    names: str
    homes: tuple[str, ...] = ()
    disagreements: tuple[Said, ...] = ()

    def form_key(self, root: str) -> str:
        """What the form of a file depends on, but for ``homes``, as text.

        Paths in it are relative to ``root`` as far as they are below it.
        """
        tables = _plain(self.black, root), _plain(self.isort, root)
        return repr((*tables, self.line_length, self.wish, self.names))

    def lint_key(self, root: str) -> str:
        """What flake8's findings depend on, as text; paths are as in ``form_key``."""
        options = self.flake8
        paths = within(options.path, root), within(options.folder, root)
        place = root if options.leaves_root else ""
        return repr((options._replace(path=paths[0], folder=paths[1]), place))

    def homes_in(self, data: bytes) -> list[str]:
        """Those of ``homes`` that a file with the bytes ``data`` may import."""
        return [name for name in self.homes if not name.isascii() or name.encode() in data]


class Place(NamedTuple):
    """A recipe, and which of the files it holds for are left alone."""

    recipe: Recipe
    black_paths: BlackPaths
    isort_paths: IsortPaths


def _plain(table: Table, root: str) -> tuple[Any, ...]:
    values = sorted((key, repr(value)) for key, value in table.values.items())
    return within(table.path, root), within(table.folder, root), values


def within(path: str, root: str) -> str:
    """An absolute path, relative to ``root`` if it is that or below it; empty stays empty."""
    if path == root:
        return "."
    above = root.rstrip("/") + "/"
    return path[len(above) :] if path.startswith(above) else path


class Project:
    """The places of one tree at ``root``, each looked up once."""

    def __init__(self, root: str) -> None:
        self._root = os.path.abspath(root)
        self._all = Tables()
        self._tables: dict[str, tuple[Table, Table, Table] | Said] = {}
        self._places: dict[Any, Place | Said] = {}

    def place(self, folder: str, wish: HeaderWish) -> Place:
        """What holds in ``folder`` (relative to the root, no slash at its end).

        Raises:
            Unusable: the settings there cannot be used.
        """
        tables = self._tables.get(folder)
        if tables is None:
            tables = self._tables[folder] = self._read(folder)
        if isinstance(tables, Said):
            raise Unusable(tables)
        key = (*((table.path, table.folder) for table in tables), wish)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._made(tables, wish)
        if isinstance(found, Said):
            raise Unusable(found)
        return found

    def disagreements(self) -> Iterator[Said]:
        """Every setting that contradicts another, of all places that were asked for."""
        seen = {
            said
            for place in self._places.values()
            if isinstance(place, Place)
            for said in place.recipe.disagreements
        }
        yield from sorted(seen)

    def _read(self, folder: str) -> tuple[Table, Table, Table] | Said:
        full = os.path.join(self._root, folder) if folder else self._root
        try:
            return self._all.black(full), self._all.isort(full), self._all.flake8(full)
        except Unreadable as error:
            return Said(error.path, error.line, error.reason)

    def _made(self, tables: tuple[Table, Table, Table], wish: HeaderWish) -> Place | Said:
        black, isort, flake8 = tables
        try:
            length = line_length(black)
            if not 0 < length < MAX_LENGTH:
                raise ValueError
        except ValueError:
            return Said(black.path, black.line("line_length"), "`line-length` is no usable number")
        plugin = _missing_plugin(isort, self._root)
        if plugin:
            return plugin
        options = flake8_options(flake8, length)
        if options.faults:
            name, fault = options.faults[0]
            return Said(options.path, options.line(name), f"`{name.replace('_', '-')}`: {fault}")
        names = own_names(isort, self._root)
        against = tuple(disagreements(black, isort, options))
        homes = own_homes(isort, self._root)
        recipe = Recipe(black, isort, length, wish, options, names, homes, against)
        try:
            return Place(recipe, BlackPaths(black), IsortPaths(isort, self._root))
        except BadPattern as error:
            return bad_pattern(black, error)


def bad_pattern(black: Table, error: BadPattern) -> Said:
    """What to say of a pattern in black's settings that cannot be used."""
    return Said(black.path, black.line(error.name.replace("-", "_")), str(error))


def wish_fault(wish: HeaderWish) -> str:
    """What is wrong with our own settings of the header; empty if nothing is."""
    return "; ".join(wish_faults(wish))


_PLUGINS = (
    ("formatter", "isort.formatters", ()),
    ("sort_order", "isort.sort_function", ("natural", "native")),
    (
        "profile",
        "isort.profiles",
        (
            *("black", "django", "pycharm", "google", "open_stack", "plone", "attrs", "hug"),
            *("wemake", "appnexus"),
        ),
    ),
)
"""Settings of isort that may name a plugin, its entry points, and what needs none."""


def _missing_plugin(isort: Table, root: str) -> Said | None:
    """What to say where isort is told to use a plugin that no installed package has.

    A repository's own never runs.
    """
    from onex_tools.installed import entry_points

    for key, group, known in _PLUGINS:
        name = isort.values.get(key)
        if not name or str(name) in known:
            continue
        if str(name) not in {point for point, _ in entry_points(group, root)}:
            said = f"isort's `{key}` is {str(name)[:40]!r}, which no installed package provides"
            return Said(isort.path, isort.line(key), said, "install it, or correct the name")
    return None


# What isort takes for the project's own ----------------------------------------------------------


def own_names(isort: Table, root: str) -> str:
    """A digest of the names of modules in the folders that isort looks into for its own.

    A new module there makes an import of it move, in files that did not change.
    """
    from blake3 import blake3

    hasher = blake3()
    for folder in _source_folders(isort.values, isort.folder or root):
        known = within(folder, root), _aim(folder, root), sorted(_modules(folder, 2))
        hasher.update(repr(known).encode("utf-8", "replace"))
    for folder in _known_folders(isort.values, isort.folder or root):
        named = within(folder, root), sorted(_folders(folder))
        hasher.update(repr(named).encode("utf-8", "replace"))
    return str(hasher.hexdigest(16))


def own_homes(isort: Table, root: str) -> tuple[str, ...]:
    """The names of the root's folder, if isort looks into it for the project's own modules.

    It takes a module of such a name for one of them; a clone may be in a folder of another name.
    """
    folders = _source_folders(isort.values, isort.folder or root)
    if not {root, os.path.realpath(root)} & set(folders):
        return ()
    names = {os.path.basename(root), os.path.basename(os.path.realpath(root))}
    return tuple(sorted(name for name in names if name.isidentifier()))


def _aim(folder: str, root: str) -> str:
    """Where ``folder`` is in truth, if a link leads out of the root or elsewhere in it."""
    try:
        return within(os.path.realpath(folder), os.path.realpath(root))
    except (OSError, ValueError):
        return ""


def _source_folders(values: Mapping[str, Any], base: str) -> list[str]:
    base = str(values.get("directory") or base)
    said = values.get("src_paths")
    if said is None:
        return [os.path.join(base, "src"), base]
    parts = said if isinstance(said, list) else str(said).replace("\n", ",").split(",")
    folders: list[str] = []
    for part in (str(part).strip() for part in parts):
        if "*" in part:
            folders += _globbed(base, part)
        elif part:
            folders.append(os.path.normpath(os.path.join(base, part)))
    return folders


def _known_folders(values: Mapping[str, Any], base: str) -> Iterator[str]:
    """The folders whose own folders are modules of a section, as ``known_first_party = libs/``."""
    base = str(values.get("directory") or base)
    for key, said in sorted(values.items()):
        if key.startswith(("known_", "extra_")):
            parts = said if isinstance(said, list) else str(said).replace("\n", ",").split(",")
            names = (str(part).strip() for part in parts)
            yield from (os.path.join(base, name) for name in names if name.endswith(os.path.sep))


def _folders(folder: str) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder) if _is_folder(entry)]
    except (OSError, ValueError):
        return []


def _globbed(base: str, pattern: str) -> list[str]:
    """What ``pattern`` names; nothing where it is none: isort refuses it, and says why."""
    from pathlib import Path

    try:
        return sorted(map(str, Path(base).glob(pattern)))
    except (OSError, ValueError, NotImplementedError):
        return []


def _modules(folder: str, depth: int) -> Iterator[str]:
    """Names of modules in ``folder``; of what may be a namespace, what is in it too."""
    try:
        entries = list(os.scandir(folder))
    except (OSError, ValueError):
        return
    for entry in entries:
        name = entry.name
        if _is_folder(entry):
            yield name + "/"
            if depth and not name.startswith("."):
                yield from _inside(entry.path, name, depth)
        elif name.endswith((".py", ".so", ".pyd")):
            yield name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is one; a link that leads in a circle, or to where we may not look, is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _inside(folder: str, name: str, depth: int) -> Iterator[str]:
    head = _head(os.path.join(folder, "__init__.py"))
    if head is None:
        yield from (f"{name}/{below}" for below in _modules(folder, depth - 1))
        return
    yield f"{name}/__init__.py"
    if b"__path__" in head or b"pkg_resources" in head:  # a namespace of the older kind
        yield from (f"{name}/{below}" for below in _modules(folder, depth - 1))


def _head(path: str) -> bytes | None:
    """The first bytes of a file, None where there is none; a FIFO is not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as stream:
            return stream.read(4096) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    except OSError:
        return None
