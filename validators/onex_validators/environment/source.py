"""Where source reads the environment, and what it takes where nothing is set."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from onex_tools.api import SourceFile, Span
from onex_validators.environment.fallback import fallbacks
from onex_validators.pattern import pattern

_READERS = frozenset(("env", "config", "environ"))
"""What django-environ, environs, starlette and decouple are called by."""
_IMPORTED = pattern(rb"from os import [^\n]{0,200}\b(?:environ|getenv)\b")
_VARIABLE = pattern(r"[A-Z][A-Z0-9_]{1,80}")
_JAVASCRIPT = pattern(
    rb"(?:process\.env|import\.meta\.env)(?:\.(?P<name>\w{1,80})|\[[\"'](?P<key>\w{1,80})[\"']\])"
    rb"\s{0,40}(?:\|\||\?\?)\s{0,40}(?P<q>[\"'`])(?P<text>[^\"'`\n$]{1,300})(?P=q)"
)
_COMMENTED = pattern(rb"^\s*(?:\*|/\*|//|#)|(?:^|[^:\"'`])//")


class Default(NamedTuple):
    """A literal that stands in for a variable of the environment.

    Attributes:
        name: of the variable.
        text: the literal.
        span: its bytes.
    """

    name: str
    text: str
    span: Span


def in_python(file: SourceFile) -> Iterator[Default]:
    """The literals that Python falls back to."""
    variable = _Variable(_IMPORTED.search(file.data) is not None)
    for node in ast.walk(file.python):
        name, value = "", None
        if isinstance(node, ast.Call) and (value := _default(node)) is not None:
            name = variable.of(node)
        elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            name, value = variable.of(node.values[-2]), node.values[-1]
        text = _literal(value) if name and value is not None else ""
        if text and value is not None:
            yield Default(name, text, file.span(value))


def in_javascript(file: SourceFile) -> Iterator[Default]:
    """The literals that JavaScript and TypeScript fall back to, outside of comments."""
    for found in _JAVASCRIPT.finditer(file.data):
        before = file.data[max(found.start() - 200, 0) : found.start()].rpartition(b"\n")[2]
        if _COMMENTED.search(before) is None:
            name = (found["name"] or found["key"]).decode("ascii", "replace")
            text = found["text"].decode("utf-8", "replace")
            yield Default(name, text, Span(*found.span("text")))


def in_shell(file: SourceFile) -> Iterator[Default]:
    """The literals that a shell script falls back to, outside of comments."""
    at = 0
    for line in file.data.split(b"\n"):
        if b"${" in line and not line.lstrip().startswith(b"#"):
            for one in fallbacks(line.decode("latin-1")):
                start = at + one.start
                text = one.text.encode("latin-1").decode("utf-8", "replace")
                yield Default(one.name, text, Span(start, start + len(one.text)))
        at += len(line) + 1


class _Variable:
    """Tells which variable of the environment an expression reads.

    ``imported`` says that the module takes ``environ`` or ``getenv`` itself from ``os``.
    """

    def __init__(self, imported: object) -> None:
        self._imported = bool(imported)

    def of(self, node: ast.expr) -> str:
        """The name of the variable that ``node`` reads, or empty."""
        if isinstance(node, ast.Subscript):
            return _text(node.slice) if self._is_environment(node.value) else ""
        if not isinstance(node, ast.Call) or not node.args:
            return ""
        name = _text(node.args[0])
        if self._reads(node.func):
            return name
        return name if _is_reader(node.func) and _VARIABLE.fullmatch(name) else ""

    def _reads(self, function: ast.expr) -> bool:
        """Whether ``function`` is what the standard library has for it."""
        if isinstance(function, ast.Name):
            return self._imported and function.id == "getenv"
        if not isinstance(function, ast.Attribute):
            return False
        if function.attr == "getenv":
            return _is_os(function.value)
        known = function.attr in ("get", "setdefault", "pop")
        return known and self._is_environment(function.value)

    def _is_environment(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return self._imported and node.id == "environ"
        return isinstance(node, ast.Attribute) and node.attr == "environ" and _is_os(node.value)


def _is_os(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("os", "_os")


def _is_reader(function: ast.expr) -> bool:
    """Whether ``function`` is what libraries have for it: ``env``, ``env.str``, ``config``."""
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id == "env"
    return isinstance(function, ast.Name) and function.id in _READERS


def _default(call: ast.Call) -> ast.expr | None:
    """What is handed over as the default."""
    named = next((one.value for one in call.keywords if one.arg == "default"), None)
    return call.args[1] if len(call.args) > 1 else named


def _literal(node: ast.expr) -> str:
    """The text of a literal, with ``{}`` for what an f-string puts in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "{}" for part in node.values)
    return _text(node)


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
