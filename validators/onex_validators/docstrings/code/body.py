"""What the body of a function does by itself: returns, yields, raises. One walk for all rules."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onex_tools.api import SourceFile
from onex_validators.docstrings.code.signature import Function, last_name, marks

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LEAVES = frozenset(
    (ast.Pass, ast.Break, ast.Continue, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)
)
EVERYTHING = frozenset(("Exception", "BaseException"))
_MOST = 50
"""More handlers of one ``try``, or values of one variable, are not looked through."""
_CHAINED = frozenset(("with_traceback", "add_note"))


class Raised(NamedTuple):
    """An exception that the body itself raises: its name, with dots as written, and where."""

    name: str
    node: ast.AST

    @property
    def last(self) -> str:
        """The name without what stands before its last dot."""
        return self.name.rpartition(".")[2]


class Body:
    """What one function does, nested functions, classes and lambdas left out.

    Attributes:
        value: it returns something other than None somewhere.
        nothing: it says ``return None``.
        yields: it is a generator.
        yielded: it yields something other than None somewhere.
        asserts: it has an ``assert``.
        raised: what leaves it by a ``raise`` of its own, in source order, each name once.
        unnamed: it raises what only the run can tell: a variable, the result of a call.
        placeholder: nothing but a docstring, ``pass``, ``...`` or ``raise NotImplementedError``.
    """

    __slots__ = (
        "asserts",
        "nothing",
        "placeholder",
        "raised",
        "unnamed",
        "value",
        "yielded",
        "yields",
    )

    def __init__(self) -> None:
        self.value = self.nothing = self.yields = self.yielded = False
        self.asserts = self.unnamed = self.placeholder = False
        self.raised: Sequence[Raised] = ()


class _Catch(NamedTuple):
    """What stands around a statement: a ``try`` whose handlers catch, or a handler."""

    handlers: Sequence[ast.ExceptHandler]
    inside: ast.ExceptHandler | None
    outer: _Catch | None


def body(file: SourceFile, node: Function) -> Body:
    """What ``node`` does."""
    found = Body()
    found.placeholder = _is_placeholder(node)
    start, end = file.span(node)
    _Walk(node, found).run(statements_only=b"yield" not in file.data[start:end])
    return found


def _is_placeholder(node: Function) -> bool:
    if marks(node) & {"abstractmethod", "abstractproperty", "overload"}:
        return True
    return all(map(_does_nothing, node.body))


def _does_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Raise):
        return last_name(node.exc) == "NotImplementedError"
    return isinstance(node, ast.Pass)


class _Walk:
    """Looks at each statement of one function once."""

    __slots__ = ("_again", "_found", "_node", "_raises", "_stored")

    def __init__(self, node: Function, found: Body) -> None:
        self._node, self._found = node, found
        self._raises: list[Raised] = []
        self._again: dict[ast.ExceptHandler, bool] = {}
        self._stored: dict[str, list[ast.expr | None]] | None = None

    def run(self, *, statements_only: bool) -> None:
        """Fill in what was found."""
        pending: list[tuple[ast.AST, _Catch | None]] = [(one, None) for one in self._node.body]
        while pending:
            node, catch = pending.pop()
            kind = type(node)
            if kind in _LEAVES or isinstance(node, _SCOPES):
                continue
            if isinstance(node, ast.Raise):
                self._raise(node, catch)
            elif isinstance(node, ast.Return):
                self._return(node)
            elif isinstance(node, ast.Assert):
                self._found.asserts = True
            elif isinstance(node, (ast.Yield, ast.YieldFrom)):
                self._yield(node)
            pending += _inner(node, catch, statements_only)
        first: dict[str, Raised] = {}
        for one in sorted(self._raises, key=_place):
            first.setdefault(one.name, one)
        self._found.raised = list(first.values())

    def _return(self, node: ast.Return) -> None:
        if isinstance(node.value, ast.Constant) and node.value.value is None:
            self._found.nothing = True
        elif node.value is not None:
            self._found.value = True

    def _yield(self, node: ast.Yield | ast.YieldFrom) -> None:
        self._found.yields = True
        value = node.value
        if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            self._found.yielded = True

    def _raise(self, node: ast.Raise, catch: _Catch | None) -> None:
        handler = _handler_around(catch)
        if node.exc is None:
            self._raise_again(handler, node, catch)
            return
        for expression in _alternatives([node.exc]):
            name = _dotted(expression)
            caught = _handler_named(name, catch)
            if caught is not None:
                self._raise_again(caught, node, catch)
            else:
                self._add(expression, name, node, catch)

    def _raise_again(
        self, handler: ast.ExceptHandler | None, node: ast.Raise, catch: _Catch | None
    ) -> None:
        types = _caught(handler)
        if not types or any(last_name(one) in EVERYTHING for one in types):
            # It only has a look at whatever comes along.
            self._found.unnamed = True
            return
        for expression in _alternatives(types):
            self._add(expression, _dotted(expression), node, catch)

    def _add(self, expression: ast.expr, name: str, node: ast.Raise, catch: _Catch | None) -> None:
        if name == "NotImplementedError":
            return
        called = isinstance(expression, ast.Call)
        root = name.partition(".")[0]
        if not name or root in ("self", "cls") or (called and _is_factory(name)):
            self._found.unnamed = True
        elif root in self._variables():
            self._add_variable(root, name, node, catch)
        elif not self._stays(name, catch):
            self._raises.append(Raised(name, node))

    def _add_variable(self, root: str, name: str, node: ast.Raise, catch: _Catch | None) -> None:
        """``error = ValueError()`` and ``raise error`` raise a ValueError."""
        values = self._variables()[root]
        if root != name or len(values) > _MOST or not all(map(self._is_made, values)):
            self._found.unnamed = True
            return
        for one in map(_dotted, values):
            if not self._stays(one, catch):
                self._raises.append(Raised(one, node))

    def _is_made(self, value: ast.expr | None) -> bool:
        """``value`` is a new exception, whose class is not a variable itself."""
        name = _dotted(value) if isinstance(value, ast.Call) else ""
        root = name.partition(".")[0]
        return name != "" and not _is_factory(name) and root not in self._variables()

    def _stays(self, name: str, catch: _Catch | None) -> bool:
        """A handler around catches ``name`` and does not let it go on."""
        while catch is not None:
            if len(catch.handlers) > _MOST:
                return True
            handler = next((one for one in catch.handlers if _catches(one, name)), None)
            if handler is not None and not self._goes_on(handler):
                return True
            catch = catch.outer
        return False

    def _goes_on(self, handler: ast.ExceptHandler) -> bool:
        if handler not in self._again:
            self._again[handler] = _lets_go(handler)
        return self._again[handler]

    def _variables(self) -> dict[str, list[ast.expr | None]]:
        """What the function gives its own names, None for what cannot be told."""
        if self._stored is None:
            self._stored = {}
            for name, value in _assignments(self._node):
                self._stored.setdefault(name, []).append(value)
        return self._stored


def _place(raised: Raised) -> tuple[int, int]:
    node = raised.node
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _inner(
    node: ast.AST, catch: _Catch | None, statements_only: bool
) -> Iterator[tuple[ast.AST, _Catch | None]]:
    if isinstance(node, (ast.Try, ast.TryStar)):
        guarded = _Catch(node.handlers, None, catch)
        yield from ((one, guarded) for one in node.body)
        for handler in node.handlers:
            within = _Catch((), handler, catch)
            yield from ((one, within) for one in handler.body)
        yield from ((one, catch) for one in (*node.orelse, *node.finalbody))
    elif statements_only:
        for block in ("body", "orelse", "cases"):
            for one in getattr(node, block, ()) if isinstance(node, _BLOCKS) else ():
                yield one, catch
    else:
        yield from ((one, catch) for one in ast.iter_child_nodes(node))


_BLOCKS = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.With,
    ast.AsyncWith,
    ast.Match,
    ast.match_case,
)


def _handler_around(catch: _Catch | None) -> ast.ExceptHandler | None:
    while catch is not None and catch.inside is None:
        catch = catch.outer
    return catch.inside if catch else None


def _handler_named(name: str, catch: _Catch | None) -> ast.ExceptHandler | None:
    """The innermost handler around that calls what it caught ``name``."""
    while catch is not None:
        if catch.inside and name and catch.inside.name == name:
            return catch.inside
        catch = catch.outer
    return None


def _caught(handler: ast.ExceptHandler | None) -> list[ast.expr]:
    """The types that ``handler`` catches, as written."""
    type_ = handler.type if handler else None
    if isinstance(type_, ast.Tuple):
        return list(type_.elts)
    return [type_] if type_ else []


def _alternatives(expressions: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """What each expression can be: both branches of ``a if b else c``, the call that it ends in."""
    pending = list(expressions)[::-1]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.IfExp):
            pending += (node.orelse, node.body)
        elif isinstance(node, ast.BoolOp):
            pending += reversed(node.values)
        elif isinstance(node, (ast.NamedExpr, ast.Subscript)):
            pending.append(node.value)
        elif isinstance(node, ast.Call) and _is_chained(node):
            pending.append(node.func.value)  # type: ignore[attr-defined]
        else:
            yield node


def _is_chained(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in _CHAINED


def _dotted(node: ast.expr | None) -> str:
    """``a.b.C`` of ``a.b.C``, ``a.b.C(...)`` and ``a.b.C[...]``; "" of anything else."""
    while isinstance(node, (ast.Call, ast.Subscript)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Call):
            return ""
        node = node.func if isinstance(node, ast.Call) else node.value
    names = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join((node.id, *reversed(names)))


def _is_factory(name: str) -> bool:
    """A name in small letters is a function's, but for the old ``socket.error`` and the like.

    Behind the name of a class it is a method, such as ``CartError.from_error``.
    """
    outer, _, last = (part.lstrip("_") for part in name.rpartition("."))
    if not last[:1].islower():
        return False
    in_class = outer.rpartition(".")[2].lstrip("_")[:1].isupper()
    return in_class or not last.lower().endswith(("error", "exception", "warning"))


def _catches(handler: ast.ExceptHandler, name: str) -> bool:
    if handler.type is None:
        return True
    last = name.rpartition(".")[2]
    return any(_covers(last_name(one), last) for one in _caught(handler))


def _covers(wider: str, name: str) -> bool:
    """A handler for ``wider`` catches ``name``; what Python does not know is an Exception."""
    if wider in (name, "BaseException"):
        return True
    bases = builtin_bases(name)
    return wider in bases or (wider == "Exception" and not bases)


def builtin_bases(name: str) -> Sequence[str]:
    """The base classes of one of Python's own exceptions, and its other name if it has one."""
    kind = vars(builtins).get(name)
    if not isinstance(kind, type) or not issubclass(kind, BaseException):
        return ()
    return [one.__name__ for one in kind.__mro__[:-1] if one.__name__ != name]


def _lets_go(handler: ast.ExceptHandler) -> bool:
    """It raises again what it caught."""
    pending: list[ast.AST] = list(handler.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Raise):
            if node.exc is None or (handler.name and _dotted(node.exc) == handler.name):
                return True
        elif not isinstance(node, _SCOPES):
            pending += (one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.expr))
    return False


def _assignments(function: Function) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that ``function`` binds, with the value where it is a plain assignment."""
    args = function.args
    for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg):
        if arg is not None:
            yield arg.arg, None
    pending: list[ast.AST] = list(reversed(function.body))
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if len(targets) == 1 and isinstance(targets[0], ast.Name):
                yield targets[0].id, node.value
                pending += [node.value] if node.value else []
                continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, None
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, None
            continue
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs)) and node.name:
            yield node.name, None
        elif isinstance(node, (ast.ClassDef, ast.Lambda)):
            continue
        pending += reversed(list(ast.iter_child_nodes(node)))
