"""The seam for plugins: the hooks a package implements, and how it lists its rules."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, TypeVar

from onex_tools.rule import Extractor, Rule

F = TypeVar("F", bound=Callable[..., Any])
PROJECT = "onex"


def hookimpl(function: F) -> F:
    """Mark ``function`` as the implementation of the hook that has its name.

    The same mark as ``pluggy.HookimplMarker("onex")`` sets, without importing pluggy where only
    the cached catalogue is needed.
    """
    options = {
        "wrapper": False,
        "hookwrapper": False,
        "optionalhook": False,
        "tryfirst": False,
        "trylast": False,
        "specname": None,
    }
    setattr(function, f"{PROJECT}_impl", options)
    return function


def rules_in(package: str) -> list[type[Rule] | type[Extractor]]:
    """Every rule and extractor defined in the modules of ``package``, sorted by module and line.

    So a new rule is a new file: nothing else needs to name it. Packages inside the package count
    too. Modules and names that begin with an underscore are left out.
    """
    return [cls for module in _modules(package) for cls in defined_in(module)]


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    yield root
    for folder in getattr(root, "__path__", ()):
        for entry in sorted(os.listdir(folder)):
            stem, _, ending = entry.partition(".")
            if stem.startswith("_"):
                continue
            if ending == "py":
                yield importlib.import_module(f"{package}.{stem}")
            elif os.path.isfile(os.path.join(folder, entry, "__init__.py")):
                yield from _modules(f"{package}.{entry}")


def defined_in(module: ModuleType) -> list[type[Rule] | type[Extractor]]:
    """Every public rule and extractor that ``module`` itself defines, in the order it does.

    A class that says of itself that it is ``abstract`` is none.
    """
    return [
        value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, (Rule, Extractor))
        and value.__module__ == module.__name__
        and not name.startswith("_")
        and not vars(value).get("abstract")
    ]
