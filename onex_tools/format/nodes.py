"""Lines of a module in a new order, by libcst's nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

    Node = cst.EmptyLine | cst.SimpleStatementLine


class Unreadable(Exception):
    """libcst refuses the text, or does not give back what it was given."""


def rearranged(code: str, entries: Sequence[int | str]) -> str:
    r"""The lines of ``code`` in the order of ``entries``: by index from 0, or new ones as text.

    Args:
        code: simple statements, comments and blank lines; each line ends with ``\n``.
        entries: a statement of several lines is taken whole by the index of its first line; the
            indexes of its other lines are passed over.

    Raises:
        Unreadable: libcst cannot do it.
    """
    import libcst as cst

    try:
        module = cst.parse_module(code)
        if module.code != code:
            raise Unreadable("it does not give back the same text")
        nodes = _by_line(module)
        chosen = [
            _new_node(entry) if isinstance(entry, str) else nodes[entry]
            for entry in entries
            if isinstance(entry, str) or entry in nodes
        ]
        return _with_nodes(module, chosen).code
    except cst.ParserSyntaxError as error:
        raise Unreadable(f"{error.message} (line {error.raw_line})") from None
    except (cst.CSTValidationError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None


def _by_line(module: cst.Module) -> dict[int, Node]:
    """Every node of the top level by the index of its first line; comments are nodes too."""
    import libcst as cst

    flat: list[Node] = [*module.header]
    for statement in module.body:
        if not isinstance(statement, cst.SimpleStatementLine):
            raise Unreadable("a statement with a body stands in it")
        flat += [*statement.leading_lines, statement.with_changes(leading_lines=())]
    nodes: dict[int, Node] = {}
    index = 0
    for node in [*flat, *module.footer]:
        nodes[index] = node
        index += module.code_for_node(node).count("\n")
    return nodes


def _new_node(line: str) -> Node:
    """A blank line, a comment, or the string that is the docstring."""
    import libcst as cst

    if line and not line.startswith("#"):
        return cst.SimpleStatementLine([cst.Expr(cst.SimpleString(line))])
    return cst.EmptyLine(indent=False, comment=cst.Comment(line) if line else None)


def _with_nodes(module: cst.Module, nodes: list[Node]) -> cst.Module:
    """``module`` with ``nodes`` as its whole content: comments lead what stands below them."""
    import libcst as cst

    body: list[cst.SimpleStatementLine] = []
    leading: list[cst.EmptyLine] = []
    for node in nodes:
        if isinstance(node, cst.EmptyLine):
            leading.append(node)
        else:
            body.append(node.with_changes(leading_lines=leading))
            leading = []
    return module.with_changes(header=(), body=body, footer=leading, has_trailing_newline=True)
