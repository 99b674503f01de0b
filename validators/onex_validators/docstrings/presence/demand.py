"""Which definitions have to have a docstring, and which rule asks for it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Literal

from onex_tools.api import SourceFile
from onex_validators.docstrings.code.decorators import Decorators, dotted
from onex_validators.docstrings.code.definitions import Definition, Trait, definitions, surroundings
from onex_validators.docstrings.settings import Docstrings, exempt_traits

MODULE, PACKAGE, CLASS, METHOD = "DCS001", "DCS002", "DCS003", "DCS004"
FUNCTION, MAGIC, INIT, NESTED_CLASS = "DCS005", "DCS006", "DCS007", "DCS008"
BLANK = "DCS009"
OVERRIDING: Mapping[str, str] = {METHOD: "DCS010", MAGIC: "DCS011", INIT: "DCS012"}
"""The rule on the whole tree that asks, by the rule on one file, where docstrings are inherited."""

Fault = Literal["missing", "blank", "stub"]
_SAID: Mapping[Fault, str] = {
    "missing": "has no docstring",
    "blank": "has a blank docstring",
    "stub": "has only a stub for a docstring",
}
_NO_ANCESTORS = frozenset(("ABC", "Generic", "Protocol", "object"))
"""Bases that document no method of anybody's."""


class Demand:
    """What the settings ask for."""

    __slots__ = ("_decorators", "_exempt", "_inherit", "_option_classes")

    def __init__(self, options: Docstrings) -> None:
        self._exempt = exempt_traits(options)
        self._inherit = options.inherit
        self._option_classes = frozenset(options.option_classes)
        self._decorators = Decorators(options.ignore_decorators)

    def spares(self, file: SourceFile) -> bool:
        """Whether nothing at all is asked for in ``file``; it need not be parsed then."""
        return bool(file.shared(surroundings) & self._exempt)

    def hides(self, file: SourceFile) -> bool:
        """Whether ``file`` is left alone for another reason than that it is private."""
        return bool(file.shared(surroundings) & self._exempt & ~Trait.PRIVATE)

    def code(self, definition: Definition) -> str:
        """The rule that asks for a docstring of ``definition``; empty where none does."""
        if definition.traits & self._exempt:
            return ""
        code = code_of(definition)
        if code == NESTED_CLASS and definition.name in self._option_classes:
            return ""
        if self._decorators.has(definition):
            return ""
        if self._inherit and code in OVERRIDING and definition.outer:
            return OVERRIDING[code] if bases_of(definition.outer.node) else code
        return code


def code_of(definition: Definition) -> str:
    """The rule that a missing docstring of ``definition`` falls under."""
    kind = definition.kind
    if kind == "method":
        if definition.name == "__init__":
            return INIT
        return MAGIC if definition.traits & Trait.MAGIC else METHOD
    if kind == "class":
        return NESTED_CLASS if definition.traits & Trait.NESTED_CLASS else CLASS
    if kind == "function":
        return FUNCTION
    return MODULE if kind == "module" else PACKAGE


def fault_of(definition: Definition) -> Fault:
    """What is wrong with a definition that is not ``documented``."""
    if definition.string is None:
        return "missing"
    return "stub" if str(definition.string.value).strip() else "blank"


def undocumented(file: SourceFile) -> Mapping[str, Sequence[Definition]]:
    """The definitions without a docstring, by the code of the rule they fall under.

    Blank docstrings are all under their own rule. Ask for it by ``file.shared(undocumented)``.

    Raises:
        ParseFailure: the file is not valid Python.
    """
    missing: dict[str, list[Definition]] = {}
    for definition in file.shared(definitions):
        if not definition.documented:
            blank = fault_of(definition) == "blank"
            missing.setdefault(BLANK if blank else code_of(definition), []).append(definition)
    return missing


def complaint(definition: Definition) -> str:
    """What is said of a definition that is not ``documented``."""
    traits = definition.traits
    reach = "private" if traits & Trait.PRIVATE else "local" if traits & Trait.LOCAL else "public"
    magic = "magic " if code_of(definition) == MAGIC else ""
    said = _SAID[fault_of(definition)]
    return f"{reach} {magic}{definition.kind} `{definition.qualified}` {said}"


def bases_of(node: ast.AST) -> list[str]:
    """The names of the bases of a class that may document its methods; ``?`` for one without."""
    bases = node.bases if isinstance(node, ast.ClassDef) else ()
    names = (dotted(base) for base in bases)
    return [name for name in names if name.rpartition(".")[2] not in _NO_ANCESTORS]
