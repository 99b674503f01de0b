"""Everything in a Python file that can have a docstring, found by one walk for all DCS rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from onex_tools.api import SourceFile, Span

Kind = Literal["module", "package", "class", "method", "function"]
Member = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class Trait:
    """What speaks for leaving a definition alone: one bit each, so that one test is enough."""

    PRIVATE = 1 << 0  # by an underscore, by `__all__`, or because what holds it is private
    LOCAL = 1 << 1  # inside a function, at any depth
    NESTED_CLASS = 1 << 2  # a class in a class or in a function
    MAGIC = 1 << 3  # a `__name__` method other than `__init__`, `__new__` and `__call__`
    INIT = 1 << 4  # `__init__` or `__new__`
    SETTER = 1 << 5  # the setter or deleter of a property
    OVERLOAD = 1 << 6
    OVERRIDE = 1 << 7
    TEST = 1 << 8
    GENERATED = 1 << 9
    STUB = 1 << 10
    EMPTY = 1 << 11  # a module or package without code of its own
    DOCUMENTATION = 1 << 12  # code that builds documentation
    UNLISTED = 1 << 13  # the module computes `__all__`, so it may or may not be in there


_FROM_FILE = Trait.TEST | Trait.GENERATED | Trait.STUB | Trait.DOCUMENTATION
_INHERITED = _FROM_FILE | Trait.PRIVATE | Trait.LOCAL | Trait.UNLISTED

# The fields of a statement that hold further statements; clauses of `try` and `match` count as
# statements here.
_BLOCKS: Mapping[type[ast.AST], tuple[str, ...]] = {
    ast.If: ("body", "orelse"),
    ast.For: ("body", "orelse"),
    ast.AsyncFor: ("body", "orelse"),
    ast.While: ("body", "orelse"),
    ast.With: ("body",),
    ast.AsyncWith: ("body",),
    ast.Try: ("body", "handlers", "orelse", "finalbody"),
    ast.TryStar: ("body", "handlers", "orelse", "finalbody"),
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body",),
}
_SIMPLE = frozenset((ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr))
_MEMBERS = frozenset((ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
_STUB = re.compile(r"\s*TODO\(docstring\)")
_NO_NAME = (b'"__all__"', b"'__all__'")
_BOM = b"\xef\xbb\xbf"
_GAP = rb"(?:[ \t\f]|\\(?:\r\n|\r|\n))+"
_HEAD = re.compile(rb"(?:async" + _GAP + rb")?(?:def|class)" + _GAP + rb"([A-Za-z0-9_\x80-\xff]+)")
_RENAMED = re.compile(rb"(overload|override) as[ \t]+([A-Za-z0-9_]+)")


class Definition:
    """A module, package, class, method or function of one file.

    Attributes:
        kind: a function is a method where a class holds it directly.
        name: as Python sees it; of a module the file's name, of a package the folder's.
        node: the syntax node; its body's first statement is the docstring where there is one.
        outer: the definition that holds this one; None for the module.
        string: the string that stands where a docstring does, blank or a stub too; else None.
        traits: the bits of ``Trait`` that are true of it, together.
        documented: there is a docstring, neither blank nor marked as a stub.
    """

    __slots__ = ("documented", "kind", "name", "node", "outer", "string", "traits")

    def __init__(
        self,
        kind: Kind,
        name: str,
        node: Member | ast.Module,
        outer: Definition | None,
        traits: int,
    ) -> None:
        self.kind, self.name, self.node, self.outer = kind, name, node, outer
        self.traits = traits
        self.string = _string(node.body)
        self.documented = self.string is not None and _says_something(self.string.value)

    @property
    def public(self) -> bool:
        """Others may use it: nothing hides it, and it is no setter."""
        return not self.traits & (Trait.PRIVATE | Trait.LOCAL | Trait.SETTER)

    @property
    def qualified(self) -> str:
        """The names that lead to it inside its module, with dots; the module's own name for it."""
        names = [self.name]
        outer = self.outer
        while outer is not None and outer.outer is not None:
            names.append(outer.name)
            outer = outer.outer
        return ".".join(reversed(names))

    def span(self, file: SourceFile) -> Span:
        """The bytes of its name in ``file``; the empty span at the start for a module."""
        node = self.node
        if isinstance(node, ast.Module):
            return Span(0, 0)
        lines, line = file.line_starts, node.lineno
        # Only white space can stand before `def` or `class`, so the column counts bytes.
        start = lines[min(line, len(lines)) - 1] + node.col_offset
        if line == 1 and file.data.startswith(_BOM):
            start += len(_BOM)
        head = _HEAD.match(file.data, start)
        return Span(*head.span(1)) if head else file.line_span(line)


def _string(body: Sequence[ast.stmt]) -> ast.Constant | None:
    first = body[0] if body else None
    if type(first) is not ast.Expr or type(first.value) is not ast.Constant:
        return None
    return first.value if type(first.value.value) is str else None


def _says_something(text: Any) -> bool:
    return text.strip() != "" and not _STUB.match(text)


def definitions(file: SourceFile) -> Sequence[Definition]:
    """Every definition of ``file`` in source order, the module or package first.

    Ask for it by ``file.shared(definitions)``. One walk over the statements, none over expressions.

    Raises:
        ParseFailure: the file is not valid Python.
    """
    module = _tree(file)
    top = _module(file, module)
    judge = _Judge(file, module)
    found: list[Definition] = []
    pending: list[tuple[Sequence[ast.AST], Definition]] = [(module.body, top)]
    while pending:
        body, outer = pending.pop()
        for node in body:
            kind = type(node)
            if kind in _MEMBERS:
                inner = judge.member(node, outer)  # type: ignore[arg-type]
                found.append(inner)
                pending.append((inner.node.body, inner))
            elif kind in _BLOCKS:
                pending.extend((getattr(node, field), outer) for field in _BLOCKS[kind])
    found.sort(key=_line)
    return [top, *found]


def _tree(file: SourceFile) -> ast.Module:
    """What has to be read of ``file``.

    Whether a module has code of its own is no part of an outline, and not all of what may be done
    to ``__all__``.
    """
    outline = file.outline
    body = outline.body
    plain = not body or _string(body) or any(type(node) in _MEMBERS for node in body)
    if plain and b"__all__" in file.data:
        said = [file.span(node) for node in body if type(node) in _SIMPLE]
        plain = _exported(file, Span(0, len(file.data))) == sum(_exported(file, at) for at in said)
    return outline if plain else file.python


def _exported(file: SourceFile, span: Span) -> int:
    """How often ``__all__`` stands there, in code or in a comment; not as a string."""
    count = file.data.count
    return count(b"__all__", *span) - sum(count(text, *span) for text in _NO_NAME)


def _line(definition: Definition) -> int:
    node = definition.node
    return 0 if isinstance(node, ast.Module) else node.lineno


def _module(file: SourceFile, module: ast.Module) -> Definition:
    folder, _, name = file.path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    kind: Kind = "package" if stem == "__init__" else "module"
    if kind == "package":
        stem = folder.rpartition("/")[2] or stem
    top = Definition(kind, stem, module, None, file.shared(surroundings))
    if not top.documented and all(map(_is_plumbing, module.body)):
        top.traits |= Trait.EMPTY
    return top


def _is_plumbing(node: ast.stmt) -> bool:
    """An import, or an assignment to names with two underscores on both sides."""
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(node, ast.Assign):
        return all(isinstance(to, ast.Name) and _is_dunder(to.id) for to in node.targets)
    if isinstance(node, (ast.AnnAssign, ast.AugAssign)):
        return isinstance(node.target, ast.Name) and _is_dunder(node.target.id)
    return False


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _is_private(name: str) -> bool:
    return name.startswith("_") and not _is_dunder(name)


def surroundings(file: SourceFile) -> int:
    """The traits that the path and the head of ``file`` give to all that it defines."""
    *folders, name = file.path.split("/")
    stem, _, suffix = name.rpartition(".")
    stem = stem or name
    traits = Trait.STUB if suffix == "pyi" else 0
    if (
        "tests" in folders
        or folders[:1] == ["test"]
        or stem in ("tests", "conftest")
        or stem.startswith("test_")
        or stem.endswith("_test")
    ):
        traits |= Trait.TEST
    if folders and folders[0] in ("docs", "doc"):
        traits |= Trait.DOCUMENTATION
    elif _in_private_package(folders):
        traits |= Trait.PRIVATE
    if _is_generated(file, folders, stem):
        traits |= Trait.GENERATED
    if _is_private(stem):
        traits |= Trait.PRIVATE
    return traits


def _in_private_package(folders: Sequence[str]) -> bool:
    """A package above is private; a folder that cannot be a package ends the search."""
    for folder in reversed(folders):
        if not folder.isidentifier():
            return False
        if _is_private(folder):
            return True
    return False


def _is_generated(file: SourceFile, folders: Sequence[str], stem: str) -> bool:
    if folders[-1:] == ["migrations"] and stem[:4].isdigit():
        return True
    if stem.endswith(("_pb2", "_pb2_grpc")):
        return True
    head = file.data[:1000].lower()
    return b"@generated" in head or b"do not edit" in head.partition(b"generated")[2]


class _Judge:
    """Finds the kind and the traits of the members of one module."""

    __slots__ = ("_exports", "_file", "_unexported")

    def __init__(self, file: SourceFile, module: ast.Module) -> None:
        self._file = file
        self._exports: frozenset[str] | None = None
        self._unexported = Trait.PRIVATE
        exported = exports(module) if b"__all__" in file.data else None
        if exported is not None:
            self._exports, complete = exported
            if not complete and not self._exports:
                self._unexported = Trait.UNLISTED

    def member(self, node: Member, outer: Definition) -> Definition:
        """``node``, which stands in ``outer``, as a definition."""
        kind: Kind = "class" if type(node) is ast.ClassDef else "function"
        name = node.name
        traits = outer.traits & _INHERITED
        if outer.kind == "class":
            if kind == "function":
                kind = "method"
        elif outer.outer is not None:
            traits |= Trait.LOCAL
        elif self._exports is not None and name not in self._exports:
            traits |= self._unexported
        if kind == "class":
            if outer.outer is not None:
                traits |= Trait.NESTED_CLASS
        elif node.decorator_list:
            traits |= self._decorators(node, kind)
        if name[0] == "_":
            traits |= _underscores(name) if kind == "method" else Trait.PRIVATE
        return Definition(kind, name, node, outer, traits)

    def _decorators(self, node: Member, kind: Kind) -> int:
        traits = 0
        for decorator in node.decorator_list:
            if type(decorator) is ast.Attribute:
                mark = decorator.attr
                if mark in ("setter", "deleter") and _is_name(decorator.value, node.name):
                    traits |= Trait.SETTER
            elif type(decorator) is ast.Name:
                mark = self._file.shared(_renamed).get(decorator.id, decorator.id)
            else:
                continue
            if mark == "overload":
                traits |= Trait.OVERLOAD
            elif mark == "override":
                traits |= Trait.OVERRIDE
        return traits if kind == "method" else traits & Trait.OVERLOAD


def _underscores(name: str) -> int:
    if not _is_dunder(name):
        return Trait.PRIVATE
    if name in ("__init__", "__new__"):
        return Trait.INIT
    return 0 if name == "__call__" else Trait.MAGIC


def _renamed(file: SourceFile) -> Mapping[str, str]:
    """The names under which ``overload`` and ``override`` are imported as something else."""
    if b"overload as" not in file.data and b"override as" not in file.data:
        return {}
    return {match[2].decode(): match[1].decode() for match in _RENAMED.finditer(file.data)}


def exports(module: ast.Module) -> tuple[frozenset[str], bool] | None:
    """The names written out in ``__all__``, and whether they are all of this module's own.

    What is taken over from the ``__all__`` of another module is not of its own. None where there
    is no ``__all__``.
    """
    names: set[str] = set()
    complete = True
    pending = list(_export_values(module))
    if not pending:
        return None
    while pending:
        value = pending.pop()
        if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
            pending += value.elts
        elif isinstance(value, ast.BinOp):
            pending += (value.left, value.right)
        elif isinstance(value, (ast.Starred, ast.NamedExpr)):
            pending.append(value.value)
        elif isinstance(value, ast.Call) and len(value.args) == 1:
            pending += value.args
        elif isinstance(value, ast.Constant) and isinstance(value.value, str):
            names.add(value.value)
        elif not _is_name(value, "__all__"):
            complete = complete and isinstance(value, ast.Attribute) and value.attr == "__all__"
    return frozenset(names), complete


def _export_values(module: ast.Module) -> Iterator[ast.expr]:
    pending: list[ast.AST] = list(module.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Assign):
            if any(_is_name(to, "__all__") for to in node.targets):
                yield node.value
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign)):
            if _is_name(node.target, "__all__"):
                # Declared, and filled elsewhere: nobody can read it, as if it were computed.
                yield node.value or ast.Constant(None)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            method = node.value.func
            if isinstance(method, ast.Attribute) and _is_name(method.value, "__all__"):
                yield from node.value.args if method.attr in ("append", "extend") else ()
        else:
            for field in _BLOCKS.get(type(node), ()):
                pending += getattr(node, field)


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
