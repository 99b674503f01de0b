"""Types as text: whether what a docstring says means what an annotation says. Nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from onex_validators.docstrings.code.signature import last_name

_LONGEST = 2000
_TOKEN = re.compile(
    r"""
    (?P<string>[rbuRBU]{0,2}(?:"[^"]*"|'[^']*'))
    | (?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)
    | (?P<number>-?\d[\w.]*)
    | (?P<ellipsis>\.\.\.)
    | (?P<mark>[\[\](){},|*])
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"(?:\s|\#[^\n]*)+")
_ROLE = re.compile(r":[\w:+-]+:(?=`)")
_WORDS = {
    "Dict": "dict",
    "FrozenSet": "frozenset",
    "List": "list",
    "NoneType": "None",
    "Set": "set",
    "Text": "str",
    "Tuple": "tuple",
    "Type": "type",
    "boolean": "bool",
    "callable": "Callable",
    "hashable": "Hashable",
    "iterable": "Iterable",
    "iterator": "Iterator",
    "mapping": "Mapping",
    "sequence": "Sequence",
    "integer": "int",
    "none": "None",
    "string": "str",
}
_TRANSPARENT = frozenset(
    ("Annotated", "ClassVar", "Final", "InitVar", "NotRequired", "ReadOnly", "Required")
)
_ITERATORS = frozenset(
    (
        "AsyncGenerator",
        "AsyncIterable",
        "AsyncIterator",
        "Generator",
        "Iterable",
        "Iterator",
    )
)
_CLOSING = {"]": "[", ")": "(", "}": "{"}


class _Unreadable(Exception):
    """The text is no type: a sentence, for example."""


class _Group:
    """What stands between two brackets, as far as it is read."""

    __slots__ = ("bracket", "head", "items", "members")

    def __init__(self, bracket: str, head: str) -> None:
        self.bracket, self.head = bracket, head
        self.items: list[str] = []
        self.members: list[str] = []

    def end_item(self) -> None:
        """A comma or the closing bracket: what was read since the last one is one type."""
        if self.members:
            self.items.append(union(self.members))
        self.members = []


def union(members: Sequence[str]) -> str:
    """Several types of which a value has one: their order means nothing."""
    parts = {part for member in members for part in _parts(member)}
    return " | ".join(sorted(parts))


def _parts(member: str) -> list[str]:
    """The members of a union, brackets kept together."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(member):
        depth += (letter in "[({") - (letter in "])}")
        if letter == "|" and depth == 0:
            parts.append(member[start:at].strip())
            start = at + 1
    return [*parts, member[start:].strip()]


def normal(text: str) -> str:
    """``text`` in the one form that all spellings of a type share.

    Quotes of forward references, white space, module names, the order of a union, and the old
    names of ``typing`` mean nothing: ``Optional["List[int]"]`` is ``None | list[int]``. A text that
    is no type is itself, without white space at the ends and with one space between words.
    """
    if len(text) <= _LONGEST:
        try:
            return _normal(_ROLE.sub("", text).replace("`", "").replace("~", ""))
        except _Unreadable:
            pass
    return " ".join(text.split())


def _normal(text: str) -> str:
    stack = [_Group("", "")]
    tokens = _tokens(text)
    joined = False
    for at, (kind, token) in enumerate(tokens):
        group = stack[-1]
        if kind == "mark" and token in "[({":
            head = group.members.pop() if joined and token == "[" and group.members else ""
            stack.append(_Group(token, head))
            joined = False
            continue
        if token in _CLOSING:
            stack.pop()
            if not stack or group.bracket != _CLOSING[token]:
                raise _Unreadable
            group.end_item()
            stack[-1].members.append(_closed(group))
            joined = False
        elif token == ",":
            group.end_item()
            joined = False
        elif token == "|":
            joined = False
        elif token == "*":
            continue
        elif token == "or":
            _end_list(group)
            joined = False
        elif token == "of" and joined and len(tokens) > at + 1:
            return _of(stack, tokens[at + 1 :])
        elif joined:
            raise _Unreadable
        else:
            group.members += _leaf(kind, token, stack)
            joined = True
    if len(stack) != 1:
        raise _Unreadable
    stack[0].end_item()
    return ", ".join(stack[0].items)


def _of(stack: list[_Group], rest: Sequence[tuple[str, str]]) -> str:
    """``list of int`` is ``list[int]``; of anything longer nobody knows where it ends."""
    if len(stack) != 1 or len(stack[0].members) != 1 or stack[0].items or len(rest) != 1:
        raise _Unreadable
    head, inner = stack[0].members[0], _leaf(*rest[0], stack)[0]
    return f"{head}[{inner}, ...]" if head == "tuple" else f"{head}[{inner}]"


def _end_list(group: _Group) -> None:
    """``int, str, or None`` means what ``int | str | None`` means."""
    if not group.bracket:
        group.members = [*group.items, *group.members]
        group.items = []


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(text):
        space = _SPACE.match(text, at)
        if space:
            at = space.end()
            continue
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise _Unreadable
        found.append((token.lastgroup, token[0]))
        at = token.end()
    return found


def _leaf(kind: str, token: str, stack: Sequence[_Group]) -> list[str]:
    if kind == "string":
        if any(group.head == "Literal" or group.bracket == "{" for group in stack):
            return ["'" + token.strip("rbuRBU").strip("\"'") + "'"]
        inner = token.strip("rbuRBU")[1:-1]
        if any(group.head == "Annotated" for group in stack):
            return [token]
        if "'" in inner or '"' in inner:
            raise _Unreadable
        return _parts(_normal(inner)) if inner else []
    if kind == "name":
        last = token.rpartition(".")[2].strip()
        return [_WORDS.get(last, last)]
    return [token]


def _closed(group: _Group) -> str:
    head, items = group.head, group.items
    if head == "Optional":
        return union([*items, "None"])
    if head == "Union":
        return union(items)
    if head in _TRANSPARENT and items:
        return items[0]
    inner = ", ".join(items)
    if group.bracket == "{":
        return f"Literal[{inner}]"
    if group.bracket == "(" and len(items) == 1:
        return inner
    return f"{head}[{inner}]" if group.bracket == "[" else f"({inner})"


def same(written: str, annotation: str, *, optional: bool = False) -> bool:
    """Whether a docstring's type means what an annotation says.

    An argument that a docstring calls ``optional`` may have None or may not.
    """
    ours, theirs = normal(written), normal(annotation)
    return ours == theirs or (optional and union([ours, "None"]) == theirs)


def text(node: ast.expr | None) -> str:
    """An annotation as text; "" where there is none, or none that can be written."""
    if node is None:
        return ""
    try:
        return ast.unparse(node)
    except RecursionError:
        return ""


def yielded(node: ast.expr | None) -> ast.expr | None:
    """``int`` of ``Iterator[int]`` and of ``Generator[int, str, bool]``; None of anything else."""
    if not isinstance(node, ast.Subscript) or last_name(node) not in _ITERATORS:
        return None
    inner = node.slice
    return inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner


def is_iterator(node: ast.expr | None) -> bool:
    """The annotation of what a generator gives."""
    return last_name(node) in _ITERATORS


def generator_result(node: ast.expr | None) -> ast.expr | None:
    """``bool`` of ``Generator[int, str, bool]``: what a generator returns in the end, or None."""
    if isinstance(node, ast.Subscript) and last_name(node) == "Generator":
        inner = node.slice
        if isinstance(inner, ast.Tuple) and len(inner.elts) == 3:
            return inner.elts[2]
    return None


def is_nothing(node: ast.expr | None) -> bool:
    """The annotation says None, or that it never returns."""
    if isinstance(node, ast.Constant):
        return node.value is None or node.value in ("None", "NoReturn", "Never")
    return last_name(node) in ("NoReturn", "Never")
