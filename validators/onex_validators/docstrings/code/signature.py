"""What a docstring can name: a function's arguments, a class's fields and attributes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onex_validators.docstrings.code.definitions import Definition

Function = ast.FunctionDef | ast.AsyncFunctionDef

_DATA_CLASSES = frozenset(
    ("dataclass", "pydantic_dataclass", "define", "frozen", "mutable", "attrs", "s")
)
_FIELD_BASES = frozenset(("NamedTuple", "BaseModel", "TypedDict"))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NO_FIELDS = frozenset(("ClassVar", "KW_ONLY"))


class Parameter(NamedTuple):
    """One argument that a docstring can describe.

    Attributes:
        name: without stars.
        stars: ``*``, ``**`` or nothing.
        annotation: its type, None where it has none.
        node: where it stands.
    """

    name: str
    stars: str
    annotation: ast.expr | None
    node: ast.AST

    @property
    def written(self) -> str:
        """The name with its stars, as a docstring gives it."""
        return self.stars + self.name

    @property
    def unpacked(self) -> bool:
        """It stands for the keys of a typed dict, which has its own docstring."""
        return self.stars == "**" and last_name(self.annotation) == "Unpack"


class Signature(NamedTuple):
    """The arguments of a function, or of the making of an instance.

    Attributes:
        parameters: in order; what Python itself fills in (``self``, ``cls``) is left out.
        implicit: the name of what is left out, or "".
        variadic: it takes arguments that it does not name.
        returns: the annotation of the result.
        complete: nothing that it takes is defined elsewhere, in a base class for example.
    """

    parameters: Sequence[Parameter]
    implicit: str = ""
    variadic: bool = False
    returns: ast.expr | None = None
    complete: bool = True


class Attribute(NamedTuple):
    """One attribute that a class's body defines: its name, its type, and where."""

    name: str
    annotation: ast.expr | None
    node: ast.AST


def signature(definition: Definition, node: Function) -> Signature:
    """The arguments of ``node``, which is a method where ``definition`` says so."""
    return _signature(node, is_method=definition.kind == "method")


def _signature(node: Function, *, is_method: bool) -> Signature:
    args = node.args
    positional = [*args.posonlyargs, *args.args]
    implicit = ""
    if is_method and positional and "staticmethod" not in marks(node):
        implicit = positional.pop(0).arg
    found = [_parameter(arg) for arg in positional]
    if args.vararg:
        found.append(_parameter(args.vararg, "*"))
    found += [_parameter(arg) for arg in args.kwonlyargs]
    if args.kwarg:
        found.append(_parameter(args.kwarg, "**"))
    variadic = args.vararg is not None or args.kwarg is not None
    return Signature(found, implicit, variadic, node.returns)


def _parameter(arg: ast.arg, stars: str = "") -> Parameter:
    return Parameter(arg.arg, stars, arg.annotation, arg)


def marks(node: Function | ast.ClassDef) -> frozenset[str]:
    """The last names of the decorators: ``setter`` of ``@size.setter``, ``s`` of ``@attr.s()``."""
    return frozenset(map(last_name, node.decorator_list)) if node.decorator_list else frozenset()


def last_name(node: ast.expr | None) -> str:
    """The last of the names with dots that ``node`` begins with, or ""."""
    while isinstance(node, (ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def is_property(node: Function) -> bool:
    """A reader writes no brackets behind its name, so that it has no result to speak of."""
    return any(mark.endswith(("property", "getter")) for mark in marks(node))


def constructor(node: ast.ClassDef) -> Function | None:
    """The function that takes the arguments of an instance: ``__init__``, or else ``__new__``."""
    found: dict[str, Function] = {}
    for member in node.body:
        if isinstance(member, FUNCTIONS) and "overload" not in marks(member):
            found[member.name] = member
    return found.get("__init__") or found.get("__new__")


def instance_signature(node: ast.ClassDef) -> Signature | None:
    """What an instance of ``node`` is made from; None where the class does not say so itself."""
    function = constructor(node)
    if function is not None:
        return _signature(function, is_method=True)
    bases = [last_name(base) for base in node.bases]
    if not (marks(node) & _DATA_CLASSES or _FIELD_BASES.intersection(bases)):
        return None
    found = [Parameter(name, "", type_, at) for name, type_, at in _fields(node)]
    complete = all(base in _FIELD_BASES or base in ("object", "Generic") for base in bases)
    return Signature(found, complete=complete and not node.keywords)


def _fields(node: ast.ClassDef) -> Iterator[Attribute]:
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if last_name(statement.annotation) not in _NO_FIELDS and not _is_made(statement.value):
                yield Attribute(statement.target.id, statement.annotation, statement.target)
        elif isinstance(statement, ast.Assign) and last_name(statement.value) in ("ib", "attrib"):
            yield from _targets(statement)


def _is_made(value: ast.expr | None) -> bool:
    """``field(init=False)``: no argument, the instance makes it itself."""
    return isinstance(value, ast.Call) and any(
        keyword.arg == "init"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in value.keywords
    )


def _targets(statement: ast.Assign) -> Iterator[Attribute]:
    for target in statement.targets:
        names = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
        for name in names:
            if isinstance(name, ast.Name):
                yield Attribute(name.id, None, name)


def class_attributes(node: ast.ClassDef) -> Sequence[Attribute]:
    """What the body of ``node`` assigns or declares, in order, each name once."""
    found: dict[str, Attribute] = {}
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            found.setdefault(name, Attribute(name, statement.annotation, statement.target))
        elif isinstance(statement, ast.Assign):
            for attribute in _targets(statement):
                found.setdefault(attribute.name, attribute)
    return list(found.values())


def member_names(node: ast.ClassDef) -> frozenset[str]:
    """Every name that the code of ``node`` mentions: what its instances have is among them."""
    found: set[str] = set()
    pending: list[ast.AST] = list(node.body)
    while pending:
        at = pending.pop()
        match at:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                found.add(name)
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Constant(value=str(name)):
                found.add(name)
        pending.extend(ast.iter_child_nodes(at))
    return frozenset(found)
