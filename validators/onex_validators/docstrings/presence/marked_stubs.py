"""Stubs of docstrings: where one goes and what it says, so that it is seen and still counts."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from onex_tools.api import Edit, Fix, SourceFile, Span
from onex_validators.docstrings.code.definitions import Definition, Member

_BOM = b"\xef\xbb\xbf"
_ENDING = re.compile(rb"\r\n|\r|\n")
_TYPE_COMMENT = re.compile(rb"[ \t]*#[ \t]*type:")
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)
_TITLE = "insert a docstring marked as a stub"


def marked_stub(file: SourceFile, definition: Definition, name: Span) -> Fix | None:
    """The unsafe fix that gives ``definition`` a stub; None where no place for it is sure.

    ``name`` is where its name stands. Only docstrings come in, and white space around them goes
    out: the syntax tree is otherwise the same. What has a docstring, blank or a stub, gets none.
    """
    if definition.string is not None:
        return None
    node = definition.node
    if isinstance(node, ast.Module):
        edit = _in_module(file, definition)
    else:
        text = _text(definition, file.data[name.start : name.end])
        edit = _in_member(file, node, (definition, text))
    return edit and Fix(_TITLE, (edit,), safe=False)


def _text(definition: Definition, name: bytes) -> bytes:
    subject = b" the " + definition.kind.encode() + b" `" + name + b"`" if name else b" this file"
    return b'"""TODO(docstring): Describe' + subject + b'."""'


class _Lines:
    """The lines of a file by their numbers from 1, as bytes."""

    def __init__(self, file: SourceFile) -> None:
        self._data, self._starts = file.data, file.line_starts
        self._first = len(_BOM) if file.data.startswith(_BOM) else 0
        self.count = len(self._starts)
        self._odd = b"\r" in file.data

    def start(self, line: int) -> int:
        """Where ``line`` begins, after a byte order mark; the end of the file beyond the last."""
        if line > self.count:
            return len(self._data)
        return self._starts[line - 1] or self._first

    def text(self, line: int) -> bytes:
        """``line`` without the white space around it."""
        return self._data[self.start(line) : self.start(line + 1)].strip()

    def ending(self, line: int) -> bytes:
        """How ``line`` ends, or where it does not, the first line that does."""
        if line < self.count and not self._odd:
            return b"\n"
        found = _ENDING.search(self._data[self.start(line) : self.start(line + 1)])
        found = found or _ENDING.search(self._data)
        return found[0] if found else b"\n"

    def is_blank(self, line: int) -> bool:
        """Whether nothing is on ``line``."""
        return not self.text(line)

    def is_comment(self, line: int) -> bool:
        """Whether nothing but a comment is on ``line``."""
        return self.text(line).startswith(b"#")


# Classes and functions ---------------------------------------------------------------------------


def _in_member(file: SourceFile, node: Member, what: tuple[Definition, bytes]) -> Edit | None:
    lines = file.shared(_Lines)
    line, at = _place(file, node.body[0])
    if at is None:
        return None
    indent = file.data[lines.start(line) : at]
    if indent.strip(b" \t"):
        return _between(file, lines, (node, at), what)
    return _above(file, lines, (line, indent), what)


def _place(file: SourceFile, first: ast.stmt) -> tuple[int, int | None]:
    """The line and the offset of a body's first statement, decorators included."""
    starts = file.python_line_starts
    line, column = first.lineno, first.col_offset
    marks = getattr(first, "decorator_list", None)
    if marks:
        line = min(mark.lineno for mark in marks)
        column = min(mark.col_offset for mark in marks if mark.lineno == line)
    if line > len(starts):
        return line, None
    at = starts[line - 1] + column
    if marks:
        at = file.data.rfind(b"@", starts[line - 1], at)
    return line, at if at >= 0 else None


def _above(
    file: SourceFile, lines: _Lines, first: tuple[int, bytes], what: tuple[Definition, bytes]
) -> Edit | None:
    """Put it below the header, over blank lines and comments above the first statement."""
    line, indent = first
    top = line - 1
    text = lines.text(top)
    while top > 1 and (not text or text.startswith(b"#")):
        top -= 1
        text = lines.text(top)
    if text.endswith(b"\\"):
        return None
    # mypy reads the comment on a signature only from the line below it.
    while top + 1 < line and _TYPE_COMMENT.match(file.data, lines.start(top + 1)):
        top += 1
    below = top + 1
    while below < line and lines.is_blank(below):
        below += 1
    ending = lines.ending(top)
    definition, stub = what
    gap = ending if definition.kind == "class" else b""
    return Edit(lines.start(top + 1), lines.start(below), indent + stub + ending + gap)


def _between(
    file: SourceFile, lines: _Lines, first: tuple[Member, int], what: tuple[Definition, bytes]
) -> Edit | None:
    """Break the line of ``def f(): pass`` after the colon."""
    node, at = first
    data = file.data
    before = data[data.rfind(b"\n", 0, at) + 1 : at].removeprefix(_BOM)
    colon = len(data[:at].rstrip(b" \t")) if at else 0
    # Columns count bytes of UTF-8, whatever the file is written in.
    if not before.isascii() or data[colon - 1 : colon] != b":":
        return None
    begin = lines.start(node.lineno)
    head = re.compile(rb"[ \t]*").match(data, begin)
    indent = head[0] if head else b""
    indent += b"\t" if indent.endswith(b"\t") else b"    "
    ending = lines.ending(node.lineno)
    definition, stub = what
    gap = ending if definition.kind == "class" else b""
    return Edit(colon, at, ending + indent + stub + ending + gap + indent)


# Modules -----------------------------------------------------------------------------------------


def _in_module(file: SourceFile, definition: Definition) -> Edit | None:
    lines = file.shared(_Lines)
    first = _first_line(definition.node, lines)
    head = _head(lines, first)
    below = head + 1
    while below < first and lines.is_blank(below):
        below += 1
    at = lines.start(below)
    text = _text(definition, definition.name.encode() if _PLAIN.fullmatch(definition.name) else b"")
    ending = lines.ending(max(head, 1))
    if at > lines.start(1) and file.data[at - 1 : at] not in (b"\n", b"\r"):
        text = ending + text
    return Edit(at, at, text + ending + (ending if below < first or definition.node.body else b""))


def _first_line(node: ast.AST, lines: _Lines) -> int:
    """The line of a module's first statement; one more than there are where it has none."""
    assert isinstance(node, ast.Module)
    if not node.body:
        return lines.count + 1
    first = node.body[0]
    marks: Sequence[ast.expr] = getattr(first, "decorator_list", ())
    return min([first.lineno, *(mark.lineno for mark in marks)])


def _head(lines: _Lines, first: int) -> int:
    """The last line of the comments that speak for the whole file; 0 where there are none.

    Shebang, encoding, stamp and licence stand in groups with blank lines between them. A group
    that touches the first statement speaks for that, unless it is the only one.
    """
    groups: list[int] = []
    for line in range(1, first):
        if lines.is_comment(line):
            if groups and groups[-1] == line - 1:
                groups[-1] = line
            else:
                groups.append(line)
    if len(groups) > 1 and groups[-1] == first - 1:
        groups.pop()
    return groups[-1] if groups else 0
