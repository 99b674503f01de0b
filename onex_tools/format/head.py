"""The head of a Python module: its lines up to the first code, and what stands in them."""

from __future__ import annotations

import ast
import re
from itertools import takewhile
from typing import NamedTuple

from onex_tools.format.licence import LOOK, Notice, notice_in, notice_of

COOKIE = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_SWITCH = re.compile(r"#[ \t]*fmt:[ \t]*(off|on)[ \t]*\Z")
_BLANK = re.compile(r"[ \t\f]*(?:#.*)?\Z")


class Comments(NamedTuple):
    """Lines of comments directly below one another: ``lines[start:end]`` of the head.

    Attributes:
        start: the index of the first line, from 0.
        end: the index of the line after the last one.
        notices: what they say of licence and copyright.
        pure: whether they say nothing else. Other comments stay where they are.
    """

    start: int
    end: int
    notices: tuple[Notice, ...] = ()
    pure: bool = False


class Head(NamedTuple):
    """The head of a module.

    Attributes:
        lines: its lines without line ends; the first code begins on the line below.
        rest: the text from the first code to the end of the file.
        leading: the docstring, the imports, and strings that stand among them.
        statements: those of them that share no line with the first code.
        covered: the indexes of all lines of those statements.
        slot: the index of the line below shebang, encoding declaration and metadata blocks.
        closed: whether a metadata block or the header of a notebook ends there.
        comments: every run of comments outside of those, from the top.
    """

    lines: list[str]
    rest: str
    leading: list[ast.stmt]
    statements: list[ast.stmt]
    covered: frozenset[int]
    slot: int
    closed: bool
    comments: tuple[Comments, ...]

    @property
    def top(self) -> int:
        """The index of the line of the first statement, or of the first code."""
        return min(self.covered, default=len(self.lines))

    def docstring(self) -> ast.Constant | None:
        """The string that Python takes for the docstring."""
        return text_of(self.leading[0]) if self.leading else None

    def is_off(self, index: int) -> bool:
        """Whether the line at ``index`` stands below ``# fmt: off``."""
        said = [_SWITCH.match(self.lines[line]) for line in range(index)]
        states = [match[1] for match in said if match]
        return states[-1:] == ["off"]


def text_of(statement: ast.stmt) -> ast.Constant | None:
    """The string that ``statement`` is, or None if it is anything else."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value
    return None


def look(text: str, module: ast.Module) -> tuple[str, list[ast.stmt], int]:
    r"""The head as text, its statements and the offset of the first code; no line is read.

    In the head every line ends as Python sees it: where a carriage return stands, a ``\n`` does.
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    count, line = _separate(module.body)
    if count == len(module.body):
        return text, module.body, len(text)
    end = 0
    for _ in range(line - 1):
        end = text.index("\n", end) + 1
    while end and text[end - 2 : end] == "\\\n":  # a statement that began on the line above
        end = text.rfind("\n", 0, end - 1) + 1
        line -= 1
    while count and (module.body[count - 1].end_lineno or 0) >= line:
        count -= 1
    return text[:end], module.body[:count], end


def is_leading(statement: ast.stmt) -> bool:
    """Whether ``statement`` may belong to a head: it is an import or nothing but a string."""
    return isinstance(statement, ast.Import | ast.ImportFrom) or text_of(statement) is not None


def _separate(body: list[ast.stmt]) -> tuple[int, int]:
    """How many statements share no line with code, and the line of the first code below them."""
    count = sum(1 for _ in takewhile(is_leading, body))
    if count == len(body):
        return count, 0
    line = _first_line(body[count])
    while count and (body[count - 1].end_lineno or 0) >= line:  # joined by a semicolon
        count -= 1
        line = _first_line(body[count])
    return count, line


def _first_line(statement: ast.stmt) -> int:
    lines: list[int] = [d.lineno for d in getattr(statement, "decorator_list", ())]
    return min([statement.lineno, *lines])


def read_head(text: str, module: ast.Module) -> Head | None:
    """The head of a module, or None if nobody can say what leads the file."""
    head, statements, end = look(text, module)
    lines = head.split("\n")
    if not lines[-1]:
        lines.pop()
    covered = frozenset(
        index
        for statement in statements
        for index in range(statement.lineno - 1, statement.end_lineno or statement.lineno)
    )
    found = _leaders(head, lines, min(covered, default=len(lines)))
    if found is None:
        return None
    slot, opaque, closed = found
    comments = _comments(lines, covered | opaque)
    leading = list(takewhile(is_leading, module.body))
    return Head(lines, text[end:], leading, statements, covered, slot, closed, comments)


def _leaders(head: str, lines: list[str], top: int) -> tuple[int, frozenset[int], bool] | None:
    """The slot, the lines above it that are nobody's comments, and whether a block ends there.

    None where a metadata block is broken, or has pushed down what leads the file.
    """
    if top == 0 or not head.startswith(("#", "\n", " ", "\t", "\f")):
        return 0, frozenset(), False
    from onex_tools.stamp.block import UNCLOSED
    from onex_tools.stamp.prologue import prologue
    from onex_tools.stamp.reader import read
    from onex_tools.stamp.styles import file_type

    row = file_type("python")
    data = "\n".join([*lines[:top], ""]).encode("utf-8", "replace")
    reading = read(data, row)
    if reading.faults or reading.displaced or any(b.closed == UNCLOSED for b in reading.blocks):
        return None
    leading = prologue(data, row.prologue)
    if leading.doubt:
        return None
    slot = data.count(b"\n", 0, leading.end)
    opaque = set(range(slot))
    if slot == 2 and COOKIE.match(lines[1]) and not lines[0].startswith("#!"):
        opaque.discard(0)  # it only stands above the encoding declaration
    for block in reading.blocks:
        opaque |= set(range(block.line - 1, block.last_line))
        slot = max(slot, data.count(b"\n", 0, block.after))
    end = _notebook_end(lines, slot)
    return end, frozenset(opaque.union(range(slot, end))), bool(reading.blocks) or end > slot


def _notebook_end(lines: list[str], start: int) -> int:
    """The index below the header of a notebook kept as a script: Jupytext reads it on top only."""
    if lines[start : start + 1] != ["# ---"]:
        return start
    inside = list(takewhile(lambda line: line.startswith("#"), lines[start + 1 :]))
    if "# ---" not in inside or not any("jupy" in line for line in inside):
        return start
    return start + 2 + inside.index("# ---")


def _comments(lines: list[str], taken: frozenset[int]) -> tuple[Comments, ...]:
    """The runs of comments in ``lines`` outside of the lines in ``taken``."""
    found: list[Comments] = []
    start = -1
    for index in range(len(lines) + 1):
        inside = index < len(lines) and index not in taken and _is_comment(lines[index])
        if inside and start < 0:
            start = index
        elif not inside and start >= 0:
            found.append(_run(lines, start, index))
            start = -1
    return tuple(found)


def _is_comment(line: str) -> bool:
    return line.lstrip(" \t\f").startswith("#")


def _run(lines: list[str], start: int, end: int) -> Comments:
    run = lines[start:end]
    if not any(LOOK.search(line) for line in run) or any("OmniNode:" in line for line in run):
        return Comments(start, end)
    found = [notice_of(line) for line in run]
    notices = tuple(notice for notice in found if notice)
    pure = any(notice.kind != "reserved" for notice in notices) and all(
        notice or (line.startswith("#") and not line.strip("# \t"))
        for notice, line in zip(found, run, strict=True)
    )
    # Below a backslash a comment belongs to the statement that it ends.
    joined = start > 0 and lines[start - 1].endswith("\\")
    return Comments(start, end, notices, pure and not joined)


def notices_in_docstring(head: Head) -> list[Notice]:
    """What the docstring, or a string too low to be one, says of licence and copyright."""
    string = next(filter(None, map(text_of, head.leading)), None)
    if string is None or not LOOK.search(str(string.value)):
        return []
    found = map(notice_in, str(string.value).split("\n"))
    return [notice for notice in found if notice]


def leading_words(text: str) -> tuple[str, str]:
    """What a text says to the system and to Python: its shebang, and its encoding."""
    first, _, below = text.partition("\n")
    shebang = first if first.startswith("#!") else ""
    for line in (first, below.partition("\n")[0]):
        if match := COOKIE.match(line):
            return shebang, match[1]
        if not _BLANK.match(line):
            break
    return shebang, ""
