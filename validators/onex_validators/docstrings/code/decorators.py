"""Decorators by their names: which definitions the settings leave alone for the sake of one."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from onex_validators.docstrings.code.definitions import Definition


class Decorators:
    """A choice of decorators: names with dots, in which ``*`` stands for anything."""

    __slots__ = ("_pattern",)

    def __init__(self, names: Sequence[str]) -> None:
        patterns = [re.escape(name).replace(r"\*", ".*") for name in names]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def has(self, definition: Definition) -> bool:
        """Whether one of them stands on ``definition``."""
        node, pattern = definition.node, self._pattern
        if pattern is None or isinstance(node, ast.Module):
            return False
        return any(pattern.fullmatch(dotted(mark)) for mark in node.decorator_list)


def dotted(node: ast.expr) -> str:
    """The name that an expression begins with, ``a.b`` of ``a.b[c](d)``; ``?`` where it has none.

    What is called or subscripted in between (``a().b``) leaves no name either.
    """
    while isinstance(node, (ast.Subscript, ast.Call)):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return "?"
    return ".".join([node.id, *reversed(parts)])
