"""Names and the literals that Python gives them, compares them with, or hands over under them."""

from __future__ import annotations

import ast
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from onex_tools.api import SourceFile
from onex_validators.secrets.judgement import LOOSELY, STRICTLY, Candidate
from onex_validators.secrets.names import word_places
from onex_validators.secrets.telling import OPTION
from onex_validators.secrets.words import listed, meaning

_TYPES = ("str", "bytes", "SecretStr")
_GETTERS = listed("get getenv pop setdefault getattr setattr config env")


def candidates(file: SourceFile) -> Iterator[Candidate]:
    """What stands under names that speak of a secret."""
    for node in _beside(file.python, _name_lines(file)):
        read = _READERS.get(type(node))
        for name, value in read(node) if read is not None else ():
            yield from _candidate(file, name, value, node)


def _name_lines(file: SourceFile) -> list[int]:
    """The lines, from 1, that have a word for a secret."""
    starts = file.python_line_starts
    return [bisect_right(starts, at) for at in file.shared(word_places)]


def _beside(module: ast.Module, lines: Sequence[int]) -> Iterator[ast.AST]:
    """The nodes of ``module`` on one of ``lines``, which are in order, and all around them."""
    pending: list[ast.AST] = [module]
    while pending:
        node = pending.pop()
        yield node
        for child in ast.iter_child_nodes(node):
            first = getattr(child, "lineno", 0)
            at = bisect_left(lines, first)
            if not first or (at < len(lines) and lines[at] <= (child.end_lineno or first)):  # type: ignore[attr-defined]
                pending.append(child)


def _candidate(
    file: SourceFile, name: str, value: ast.expr | None, node: ast.AST
) -> Iterator[Candidate]:
    said = meaning(name) if name and value is not None else None
    if said is None or value is None:
        return
    how = LOOSELY if isinstance(node, ast.Compare) else STRICTLY
    for literal in _literals(value):
        span = file.span(literal)
        yield Candidate(name, said, _text(literal), _inside(file.data, *span), how, "source")


def _literals(value: ast.expr) -> Iterator[ast.Constant]:
    """The strings that ``value`` may be: itself, a fallback, what stands in a list."""
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str | bytes):
            yield value
    elif isinstance(value, ast.BoolOp):
        for part in value.values[1:]:
            yield from _literals(part)
    elif isinstance(value, ast.IfExp):
        yield from _literals(value.body)
        yield from _literals(value.orelse)
    elif isinstance(value, ast.Call) and value.args and _called(value.func) in _GETTERS:
        for part in value.args[1:2]:
            yield from _literals(part)
    elif isinstance(value, ast.Call) and len(value.args) == 1 and _called(value.func) in _TYPES:
        yield from _literals(value.args[0])


def _text(literal: ast.Constant) -> str:
    value = literal.value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _inside(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The bytes of a literal without its prefix and quotes."""
    text = data[start:end]
    first = next((at for at, byte in enumerate(text[:4]) if byte in b"\"'"), 0)
    size = 3 if text[first : first + 3] in (b'"""', b"'''") else 1
    return (start + first + size, end - size) if len(text) > first + 2 * size else (start, end)


def _named(target: ast.expr) -> str:
    """The name that ``target`` is known by."""
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return target.attr
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return str(target.slice.value)
    if isinstance(target, ast.Call) and target.args and _called(target.func) in ("get", "getenv"):
        return _named_by(target.args[0])
    return ""


def _named_by(value: ast.expr | None) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def _called(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def _assigned(node: ast.Assign) -> Iterator[tuple[str, ast.expr | None]]:
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=False):
                yield _named(one), value
        else:
            yield _named(target), node.value


def _annotated(node: ast.AnnAssign | ast.NamedExpr) -> Iterator[tuple[str, ast.expr | None]]:
    yield _named(node.target), node.value


def _handed(node: ast.Call) -> Iterator[tuple[str, ast.expr | None]]:
    for keyword in node.keywords:
        yield keyword.arg or "", keyword.value
    called = _called(node.func)
    if called in _GETTERS and len(node.args) > 1:
        yield (
            _named_by(node.args[0] if called not in ("getattr", "setattr") else node.args[1]),
            node.args[-1],
        )
    elif called.startswith("set") and len(node.args) == 1:
        yield called, node.args[0]


def _entries(node: ast.Dict) -> Iterator[tuple[str, ast.expr | None]]:
    for key, value in zip(node.keys, node.values, strict=False):
        yield _named_by(key), value


def _listed(node: ast.List | ast.Tuple) -> Iterator[tuple[str, ast.expr | None]]:
    """The arguments of a command line, each under the option before it."""
    for option, value in itertools.pairwise(node.elts):
        name = _named_by(option)
        if OPTION.fullmatch(name) and not _named_by(value).startswith("-"):
            yield name, value


def _defaults(node: ast.arguments) -> Iterator[tuple[str, ast.expr | None]]:
    given = [*node.posonlyargs, *node.args]
    for argument, value in zip(reversed(given), reversed(node.defaults), strict=False):
        yield argument.arg, value
    for argument, other in zip(node.kwonlyargs, node.kw_defaults, strict=False):
        yield argument.arg, other


def _compared(node: ast.Compare) -> Iterator[tuple[str, ast.expr | None]]:
    for sign, other in zip(node.ops, node.comparators, strict=False):
        if isinstance(sign, ast.Eq | ast.NotEq):
            yield _named(node.left), other
            yield _named(other), node.left


_READERS: dict[type[ast.AST], Callable[..., Iterator[tuple[str, ast.expr | None]]]] = {
    ast.Assign: _assigned,
    ast.AnnAssign: _annotated,
    ast.NamedExpr: _annotated,
    ast.Call: _handed,
    ast.Dict: _entries,
    ast.List: _listed,
    ast.Tuple: _listed,
    ast.arguments: _defaults,
    ast.Compare: _compared,
}
