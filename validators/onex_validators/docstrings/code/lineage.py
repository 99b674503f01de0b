"""Which class a base is, over files: names are followed through imports as Python would.

Nothing is imported: what is not in the repository is unseen. A fact on a file, as JSON holds it,
has up to three entries:

    "classes": {qualified name: [the names of its bases, the methods that it documents]}
    "names":   {local name: [[module, name in it], ...]}; a module with leading dots is relative,
               an empty name is the module itself, an empty module an alias in the same file; the
               local name ``*`` stands for all names of a module
    "asked":   methods whose documentation may be inherited
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

MAX_STEPS = 200
"""Names that are looked up to find one base; what takes more is unseen."""
MAX_ANCESTORS = 1000
"""Classes above one class that are looked at."""
Class = tuple[str, str]
"""A module's key and the qualified name of a class in it."""


class Ancestors(NamedTuple):
    """All classes above one, and whether some of its bases are unseen."""

    classes: Sequence[Class]
    unseen: bool


def module_key(path: str) -> str:
    """The place of a module or package: its path without ending; a package's is its folder."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0] or name
    return folder if stem == "__init__" else f"{folder}/{stem}".lstrip("/")


def _is_package(path: str) -> bool:
    return path.rpartition("/")[2].partition(".")[0] == "__init__"


class Lineage:
    """The classes of a repository, from one fact on each file."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts: dict[str, Any] = {}
        self._packages = {module_key(path) for path in facts if _is_package(path)}
        self._by_tail: dict[str, list[str]] = {}
        # A package goes before a module of its name, code before a stub.
        for path in sorted(facts, key=lambda path: (not _is_package(path), path)):
            key = module_key(path)
            if key not in self._facts:
                self._facts[key] = facts[path]
                self._by_tail.setdefault(key.rpartition("/")[2], []).append(key)
        self._named: dict[tuple[str, ...], list[str]] = {}
        self._ancestors: dict[Class, Ancestors] = {}

    def documents(self, of: Class, method: str) -> bool:
        """Whether a class above ``of`` has a docstring for ``method``."""
        return any(method in self._class(one)[1] for one in self.ancestors(of).classes)

    def ancestors(self, of: Class) -> Ancestors:
        """The classes above ``of``, each once, the nearest first."""
        if of not in self._ancestors:
            self._ancestors[of] = self._climb(of)
        return self._ancestors[of]

    def _class(self, of: Class) -> tuple[list[str], list[str]]:
        """Its bases and its documented methods; none where another file stands for the module."""
        key, name = of
        row: tuple[list[str], list[str]] = self._classes(key).get(name, ([], []))
        return row

    def _classes(self, key: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._facts.get(key, {}).get("classes", {})
        return found

    def _climb(self, of: Class) -> Ancestors:
        found = [of]
        seen, unseen = {of}, False
        for one in found:
            for base in self._class(one)[0]:
                parents = self._parents(one, base)
                unseen = unseen or not parents
                new = [parent for parent in parents if parent not in seen]
                seen.update(new)
                found += new
            if len(found) > MAX_ANCESTORS:
                break
        return Ancestors(found[1:], unseen)

    def _parents(self, of: Class, base: str) -> Sequence[Class]:
        """The classes that ``base`` may be in the header of ``of``; several where it depends."""
        key, own = of
        classes = self._classes(key)
        scope = own
        while scope:
            scope = scope.rpartition(".")[0]
            name = f"{scope}.{base}" if scope else base
            if name in classes and name != own:
                return [(key, name)]
        return self._imported(key, base.split("."), set())

    def _look_up(self, key: str, names: list[str], seen: set[tuple[str, ...]]) -> Sequence[Class]:
        """The classes that ``names``, joined by dots, mean in the module ``key``."""
        name = ".".join(names)
        if name in self._classes(key):
            return [(key, name)]
        return self._imported(key, names, seen)

    def _imported(self, key: str, names: list[str], seen: set[tuple[str, ...]]) -> Sequence[Class]:
        """The same for names that the module itself gives to no class."""
        place = (key, *names)
        if place in seen or len(seen) > MAX_STEPS:
            return ()
        seen.add(place)
        known = self._facts.get(key, {}).get("names", {})
        found = [
            target
            for module, name in known.get(names[0], ())
            for target in self._follow(key, module, [*_parts(name), *names[1:]], seen)
        ]
        if not found and len(names) > 1:
            found = list(self._look_up(f"{key}/{names[0]}".lstrip("/"), names[1:], seen))
        for module, _ in () if found else known.get("*", ()):
            found += self._follow(key, module, names, seen)
        return found

    def _follow(
        self, key: str, module: str, names: list[str], seen: set[tuple[str, ...]]
    ) -> Sequence[Class]:
        """The classes that ``names`` mean in ``module``, which the module ``key`` speaks of."""
        if not module:
            return self._look_up(key, names, seen)
        parts = [*_parts(module.lstrip(".")), *names]
        level = len(module) - len(module.lstrip("."))
        for split in range(len(parts) - 1, -1 if level else 0, -1):
            for target in self._modules(key, level, tuple(parts[:split])):
                found = self._look_up(target, parts[split:], seen)
                if found:
                    return found
        return ()

    def _modules(self, key: str, level: int, parts: tuple[str, ...]) -> Sequence[str]:
        """The keys of the modules that ``parts`` may name in ``key``, the likeliest first."""
        if level:
            above = key if key in self._packages else key.rpartition("/")[0]
            for _ in range(level - 1):
                above = above.rpartition("/")[0]
            target = "/".join([above, *parts]).strip("/")
            return [target] if target in self._facts else []
        if parts not in self._named:
            self._named[parts] = self._rooted("/".join(parts), parts[-1])
        found = self._named[parts]
        return sorted(found, key=lambda one: -_shared(one, key)) if len(found) > 1 else found

    def _rooted(self, name: str, tail: str) -> list[str]:
        """The keys that end in ``name`` below a folder that is no package: a root of imports."""
        return [
            key
            for key in self._by_tail.get(tail, ())
            if key == name
            or (key.endswith(f"/{name}") and key[: -len(name) - 1] not in self._packages)
        ]


def _parts(name: str) -> list[str]:
    return name.split(".") if name else []


def _shared(one: str, other: str) -> int:
    """How many folders two keys have in common."""
    count = 0
    for mine, yours in zip(one.split("/"), other.split("/"), strict=False):
        if mine != yours:
            break
        count += 1
    return count
