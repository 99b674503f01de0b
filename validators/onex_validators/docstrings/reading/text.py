"""A docstring as it stands in the file: its quotes, its text, its lines, and where each is."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from onex_tools.api import SourceFile, Span
from onex_validators.docstrings.code.definitions import Definition, definitions

_LITERAL = re.compile(
    rb"([rRuU]?)(?:"
    rb'"""((?:[^"\\]++|\\.|"(?!""))*+)"""'
    rb"|'''((?:[^'\\]++|\\.|'(?!''))*+)'''"
    rb'|"((?:[^"\\\r\n]++|\\(?:\r\n|.))*+)"'
    rb"|'((?:[^'\\\r\n]++|\\(?:\r\n|.))*+)')",
    re.DOTALL,
)
_QUOTES = (b"", b"", b'"""', b"'''", b'"', b"'")
_ENDING = re.compile(r"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


class Docstring:
    """One docstring, as it is written.

    Offsets into ``raw`` count characters from 0; ``span`` makes bytes of the file of them.

    Attributes:
        file: the file it stands in.
        definition: what it documents.
        node: the string in the syntax tree.
        start, end: the offsets in bytes of the literal in the file, prefix and quotes included.
        body: the offset in bytes of the first character after the opening quotes.
        prefix: ``r``, ``u``, ``R``, ``U`` or nothing.
        quotes: three or one of ``"`` or ``'``.
        raw: the text between the quotes as it is written; escapes are not replaced.
    """

    __slots__ = (
        "__dict__",
        "body",
        "definition",
        "end",
        "file",
        "node",
        "prefix",
        "quotes",
        "raw",
        "start",
    )

    def __init__(
        self, file: SourceFile, definition: Definition, node: ast.Constant, literal: re.Match[bytes]
    ) -> None:
        self.file, self.definition, self.node = file, definition, node
        group = literal.lastindex or 2
        self.start, self.end = literal.span()
        self.body = literal.start(group)
        self.prefix = literal[1].decode()
        self.quotes = _QUOTES[group].decode()
        self.raw = literal[group].decode(file.shared(encoding))

    @property
    def value(self) -> str:
        """The text that Python sees: escapes replaced, indentation still there."""
        value = self.node.value
        assert isinstance(value, str)
        return value

    @cached_property
    def text(self) -> str:
        """``value`` without the white space at both ends; empty where the docstring is blank."""
        return self.value.strip()

    @cached_property
    def headline(self) -> str:
        """The first line of ``text``."""
        return self.text.partition("\n")[0].rstrip()

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line of ``raw`` begins."""
        return [0, *(match.end() for match in _ENDING.finditer(self.raw))]

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of ``raw`` without their endings; the first begins after the quotes."""
        return _ENDING.split(self.raw)

    @cached_property
    def summary(self) -> int:
        """The number, from 0, of the first line that is not blank; 0 where all are blank."""
        return next((at for at, line in enumerate(self.lines) if line.strip()), 0)

    @cached_property
    def indent(self) -> str:
        """The white space before the literal on its line; empty where code stands there."""
        before = self.before
        return before if not before.strip() else ""

    @cached_property
    def before(self) -> str:
        """What stands on the literal's first line before it, a byte order mark aside."""
        data = self.file.data
        begin = max(data.rfind(b"\n", 0, self.start), data.rfind(b"\r", 0, self.start)) + 1
        return data[begin : self.start].removeprefix(_BOM).decode(self.file.shared(encoding))

    @cached_property
    def newline(self) -> str:
        """The line ending that the docstring, or else its file, uses."""
        found = _ENDING.search(self.raw)
        if found:
            return found[0]
        data = self.file.data
        first = re.search(rb"\r\n|\r|\n", data)
        return first[0].decode() if first else "\n"

    def is_joined(self, line: int) -> bool:
        """Whether a backslash joins line ``line`` (from 1) of ``raw`` to the one before."""
        return self.lines[line - 1].endswith("\\") and self.prefix.lower() != "r"

    def span(self, start: int, end: int) -> Span:
        """The bytes of the file that ``raw[start:end]`` is made of."""
        raw, body = self.raw, self.body
        if raw.isascii():
            return Span(body + start, body + end)
        return Span(body + self._size(start), body + self._size(end))

    def _size(self, end: int) -> int:
        """How many bytes ``raw[:end]`` has; looks at one line only, however long the text."""
        line = bisect_right(self.starts, end) - 1
        codec = self.file.shared(encoding)
        return self._sizes[line] + len(self.raw[self.starts[line] : end].encode(codec))

    @cached_property
    def _sizes(self) -> Sequence[int]:
        """How many bytes stand before each line of ``raw``."""
        starts, codec = self.starts, self.file.shared(encoding)
        lines = (self.raw[begin:end].encode(codec) for begin, end in pairwise(starts))
        return [0, *accumulate(map(len, lines))]

    def line_span(self, line: int) -> Span:
        """The bytes of line ``line`` (from 0) of ``raw``, white space at both ends left out."""
        text = self.lines[line]
        start = self.starts[line] + len(text) - len(text.lstrip())
        return self.span(start, max(start, self.starts[line] + len(text.rstrip())))

    @property
    def whole(self) -> Span:
        """The bytes of the literal."""
        return Span(self.start, self.end)


def encoding(file: SourceFile) -> str:
    """``utf-8``, or where the file is not that, ``latin-1``: a character for every byte.

    Ask for it by ``file.shared(encoding)``.
    """
    try:
        file.data.decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def docstrings(file: SourceFile) -> Sequence[Docstring]:
    """Every docstring of ``file`` that is one literal, blank ones too, in source order.

    Ask for it by ``file.shared(docstrings)``. A docstring that is put together of several literals
    (``"a" "b"``) has no layout of its own to judge, and is left out.

    Raises:
        ParseFailure: the file is not valid Python.
    """
    found = []
    for definition in file.shared(definitions):
        node = definition.string
        literal = node and _literal(file, node)
        if node and literal:
            found.append(Docstring(file, definition, node, literal))
    return found


def _literal(file: SourceFile, node: ast.Constant) -> re.Match[bytes] | None:
    """The one literal that ``node`` is, or None where it is several."""
    starts = file.python_line_starts
    if node.lineno > len(starts):
        return None
    literal = _LITERAL.match(file.data, starts[node.lineno - 1] + node.col_offset)
    if literal is None:
        return None
    last = file.line_starts[min((node.end_lineno or node.lineno), len(starts)) - 1]
    goes_on = literal.end() - last != (node.end_col_offset or 0)
    return None if goes_on and _is_joined(file, literal, node) else literal


def _is_joined(file: SourceFile, literal: re.Match[bytes], node: ast.Constant) -> bool:
    """Whether the string of ``node`` goes on after ``literal``.

    Columns count bytes of UTF-8, and so say nothing in another encoding, nor behind a byte order
    mark.
    """
    try:
        return bool(ast.literal_eval(literal[0].decode(file.shared(encoding))) != node.value)
    except (SyntaxError, ValueError):
        return True
