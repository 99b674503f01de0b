"""Whether a formatted file still means the same, and has every comment that it had."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from onex_tools.lexemes import PYTHON

_IGNORED = frozenset({"ctx", "kind", "type_comment", "type_ignores", "lineno", "col_offset"})
_SPACE = re.compile(r"\s+")
_BODIES = frozenset({"body", "orelse", "finalbody"})
_Name = tuple[Any, ...]


class Licence(NamedTuple):
    """What isort's settings allow to change besides the order of imports.

    Attributes:
        floats: imports may move above other code.
        sorts_literals: the parts of a list, tuple, set or dict may change places.
        adds, removes: names of modules that may be imported anew, or no longer.
        plain_aliases: ``import a as a`` may become ``import a``.
        stars: a star may stand for the names beside it.
    """

    floats: bool = False
    sorts_literals: bool = False
    adds: bool = False
    removes: frozenset[str] = frozenset()
    plain_aliases: bool = False
    stars: bool = False


class Doubt(Exception):
    """The two do not mean the same, or it cannot be told; ``line`` is in the file before."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def compare_meaning(before: ast.Module, after: ast.Module, licence: Licence) -> None:
    """Compare two syntax trees; docstrings may differ in white space, imports in their order.

    Raises:
        Doubt: they differ otherwise.
    """
    pairs: list[tuple[Any, Any, int]] = [(before, after, 1)]
    while pairs:
        old, new, line = pairs.pop()
        if isinstance(old, ast.AST):
            line = getattr(old, "lineno", line)
            if type(old) is not type(new):
                raise Doubt("the code would mean something else", line)
            pairs += _parts(old, new, line, licence)
        elif isinstance(old, list):
            if not isinstance(new, list) or len(old) != len(new):
                raise Doubt("the code would mean something else", line)
            pairs += [(a, b, line) for a, b in zip(old, new, strict=True)]
        elif type(old) is not type(new) or not (old == new or (old != old and new != new)):
            raise Doubt("the code would mean something else", line)


def _parts(old: Any, new: Any, line: int, licence: Licence) -> Iterator[tuple[Any, Any, int]]:
    """What is to be compared of two nodes of one type."""
    text, new_text = _text(old), _text(new)
    if text is not None and new_text is not None:
        yield _stripped(text), _stripped(new_text), line
        return
    if isinstance(old, ast.Delete):
        yield _targets(old), _targets(new), line
        return
    literal = isinstance(old, (ast.List, ast.Tuple, ast.Set, ast.Dict))
    if licence.sorts_literals and literal and _bag(old) == _bag(new):
        return
    for name in old._fields:
        if name in _IGNORED:
            continue
        a, b = getattr(old, name, None), getattr(new, name, None)
        if name in _BODIES and isinstance(a, list) and isinstance(b, list):
            top = isinstance(old, ast.Module)
            a, b = _without_imports(a, b, licence, top=top)
        yield a, b, line


def _text(statement: ast.AST) -> str | None:
    """The string that ``statement`` is, or None if it is anything else."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    text = value.value if isinstance(value, ast.Constant) else None
    return text if isinstance(text, str) else None


def _stripped(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _targets(node: ast.Delete) -> list[ast.expr]:
    """``del (a, b)`` is ``del a, b``."""
    first = node.targets[0]
    return first.elts if len(node.targets) == 1 and isinstance(first, ast.Tuple) else node.targets


def _bag(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {f"{key and ast.dump(key)}: {ast.dump(value)}" for key, value in pairs}
    return {ast.dump(part) for part in getattr(node, "elts", [])}


# Imports ---------------------------------------------------------------------------------------


def _without_imports(
    old: Sequence[ast.stmt], new: Sequence[ast.stmt], licence: Licence, *, top: bool
) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """The statements of both that are no imports, once the imports have been compared."""
    runs, others = _runs(old, licence)
    new_runs, new_others = _runs(new, licence)
    if len(others) == len(new_others):
        adds = licence.adds and top
        for at, (a, b) in enumerate(zip(runs, new_runs, strict=True)):
            if a != b and not _is_allowed(a, b, licence, adds=adds):
                raise Doubt("other names would be imported", _line(old, others, at))
    return others, new_others


def _runs(body: Sequence[ast.stmt], licence: Licence) -> tuple[list[set[_Name]], list[ast.stmt]]:
    """What each run of imports imports, and the statements between the runs."""
    runs: list[set[_Name]] = [set()]
    others: list[ast.stmt] = []
    for statement in body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            runs[0 if licence.floats else -1].update(_names(statement, licence))
        else:
            others.append(statement)
            runs.append(set())
    return runs, others


def _names(statement: ast.Import | ast.ImportFrom, licence: Licence) -> Iterator[_Name]:
    origin: _Name = ()
    if isinstance(statement, ast.ImportFrom):
        origin = (statement.level, statement.module)
    for alias in statement.names:
        other = None if licence.plain_aliases and alias.asname == alias.name else alias.asname
        yield (origin, alias.name, other)


def _is_allowed(old: set[_Name], new: set[_Name], licence: Licence, *, adds: bool) -> bool:
    stars = {origin for origin, name, _ in new if name == "*"} if licence.stars else set()
    gone = {
        name for name in old - new if name[0] not in stars and _module(name) not in licence.removes
    }
    return not gone and (adds or not new - old)


def _module(name: _Name) -> str:
    origin, last, _ = name
    return f"{'.' * origin[0]}{origin[1] or ''}.{last}" if origin else str(last)


def _line(body: Sequence[ast.stmt], others: Sequence[ast.stmt], run: int) -> int:
    """The line of the first import of a run."""
    passed = 0
    for statement in body:
        if passed == run and isinstance(statement, (ast.Import, ast.ImportFrom)):
            return statement.lineno
        passed += any(statement is other for other in others[passed : passed + 1])
    return 1


# The header --------------------------------------------------------------------------------------


def compare_header(before: ast.Module, after: ast.Module) -> None:
    """Compare two modules of which the second has its header put in order.

    A module docstring may be new or at another place, ``from __future__`` too; all else stays.

    Raises:
        Doubt: something else differs.
    """
    old, new = _Header(before), _Header(after)
    if old.future != new.future or Counter(old.texts) - Counter(new.texts):
        raise Doubt("putting the header in order would lose something")
    if sum((Counter(new.texts) - Counter(old.texts)).values()) > 1:
        raise Doubt("putting the header in order would add something")
    compare_meaning(ast.Module(old.rest, []), ast.Module(new.rest, []), Licence())


class _Header:
    """The statements of a module: texts, imports from ``__future__``, and all else."""

    def __init__(self, module: ast.Module) -> None:
        self.texts: list[str] = []
        self.future: set[_Name] = set()
        self.rest: list[ast.stmt] = []
        for statement in module.body:
            text = _text(statement)
            if text is not None:
                self.texts.append(_stripped(text))
            elif isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                self.future.update(_names(statement, Licence()))
            else:
                self.rest.append(statement)


# Comments ----------------------------------------------------------------------------------------


def compare_comments(before: bytes, after: bytes) -> None:
    """Look for every comment of ``before`` in ``after``, where several may have become one.

    Raises:
        Doubt: one is missing.
    """
    lost = _lost(_quick(before), _quick(after))
    if lost:
        lost = _lost(_careful(before), _careful(after))
    for comment in lost:
        at = before.find(comment[1:].encode("utf-8", "replace"))
        line = before.count(b"\n", 0, max(at, 0)) + 1
        raise Doubt(f"a comment would be lost: {comment[:60]}", line)


def _lost(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """The comments that are not among those of afterwards, nor parts of them.

    isort joins those of one import by semicolons, black puts those of one line behind each other;
    of equal ones isort keeps one.
    """
    there = set(map(_bare, after))
    gone = [comment for comment in before if _bare(comment) not in there]
    parts = {part for bare in there for part in _parts_of(bare)} if gone else set()
    return [comment for comment in gone if not parts.issuperset(_parts_of(_bare(comment)))]


def _parts_of(bare: str) -> list[str]:
    return [part for part in re.split("[;#]", bare) if part]


def _bare(comment: str) -> str:
    """A comment without its sign and without white space, which black sets anew."""
    return _SPACE.sub("", comment).lstrip("#")


def _quick(data: bytes) -> Iterator[str]:
    for match in PYTHON.finditer(data):
        text = match[0]
        if text.startswith(b"#"):
            yield text.decode("utf-8", "surrogateescape")


def _careful(data: bytes) -> Iterator[str]:
    try:
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    except (tokenize.TokenError, SyntaxError, ValueError):
        raise Doubt("its comments cannot be told from its strings") from None
