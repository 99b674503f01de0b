"""The seam for plugins: the hooks a package implements, and how it lists its rules."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
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

    So a new rule is a new file: nothing else needs to name it. Modules and names that begin with
    an underscore are left out.
    """
    root = importlib.import_module(package)
    modules = [root]
    for folder in getattr(root, "__path__", ()):
        for entry in sorted(os.listdir(folder)):
            stem, _, ending = entry.partition(".")
            if ending == "py" and not stem.startswith("_"):
                modules.append(importlib.import_module(f"{package}.{stem}"))
    return [cls for module in modules for cls in defined_in(module)]


def defined_in(module: ModuleType) -> list[type[Rule] | type[Extractor]]:
    """Every public rule and extractor that ``module`` itself defines, in the order it does."""
    return [
        value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, (Rule, Extractor))
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]
