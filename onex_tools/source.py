"""What a check sees: one file, or the tree; each read once and parsed at most once.

Parsers and the hasher are handed in by the engine, so this room needs the standard library only.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, Union

from onex_tools.model import Confidence, Finding, Fix, Location, Related, Severity, Span
from onex_tools.needles import Places
from onex_tools.structure.wide import ENCODINGS

if TYPE_CHECKING:
    import ast

    from onex_tools.kinds import CommentStyle
    from onex_tools.rule import Extractor, Rule
    from onex_tools.structure.setting import Setting

T = TypeVar("T")
Where = Union[Span, tuple[int, int], "ast.AST", int, None]
"""A place in a file: byte span, Python syntax node, line number from 1, or None: the whole file."""

_SPACE = re.compile(rb"\s+")
_WHOLE = Span(0, 0)
_HEAD = 8192
_WHILE = 1.0
"""Seconds after which what checks share is not begun again once it was stopped."""
_NEAR = 4096
"""Bytes: to count the lines before an offset below this costs less than to find all lines."""


class ParseFailure(Exception):
    """A file is not what its kind says.

    A check lets it pass through; the engine turns it into one finding per file (``ONX003``).
    ``span`` is the place in bytes where the parser gave up.
    """

    def __init__(self, language: str, message: str, span: Span = _WHOLE) -> None:
        super().__init__(message)
        self.language, self.message, self.span = language, message, span


class Services(Protocol):
    """What the engine hands to every file."""

    def digest(self, data: bytes) -> str:
        """The content id of ``data``: 64 hexadecimal digits of BLAKE3."""

    def parse(self, language: str, file: SourceFile) -> Any:
        """The parse of ``file`` as ``language``; raises ParseFailure or KeyError."""

    def outline(self, file: SourceFile) -> ast.Module | None:
        """What ``SourceFile.outline`` may hold instead of all of ``file``; None: nothing sure."""

    def comments(self, kind: str) -> CommentStyle | None:
        """How a plugin says that files of ``kind`` write comments; None for our own kinds."""


class SourceFile:
    """One file: its bytes, its kind, and everything derived from them, each made once.

    Attributes:
        path: relative to the root, ``/`` between parts; undecodable bytes surrogate-escaped.
        kind: ``python``, ``yaml``, ``markdown``, ``dockerfile``, ... or ``unknown``.
        data: the bytes, exactly as they are on disk (or in the index, or on standard input).
        found: what ``places`` and ``mentions`` know; the engine looks for all of a file at once.
    """

    __slots__ = (
        "_lines",
        "_parses",
        "_services",
        "_shared",
        "_skimmed",
        "_stopped",
        "data",
        "found",
        "kind",
        "path",
    )

    def __init__(self, path: str, kind: str, data: bytes, services: Services) -> None:
        self.path, self.kind, self.data = path, kind, data
        self.found = Places(data)
        self._services = services
        self._lines: list[int] | None = None
        self._parses: dict[str, Any] = {}
        self._shared: dict[Any, Any] = {}
        self._skimmed = False
        self._stopped: dict[Any, type[BaseException]] = {}

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def comments(self) -> CommentStyle | None:
        """How comments are written here, where a plugin declares it; None in our own kinds."""
        return self._services.comments(self.kind)

    @property
    def is_binary(self) -> bool:
        """Whether it is no text: a NUL byte in its head, and no mark of UTF-16 before it."""
        return b"\0" in self.data[:_HEAD] and self.data[:2] not in ENCODINGS

    @property
    def content_id(self) -> str:
        """64 hexadecimal digits of BLAKE3 over ``data``."""
        return self.shared(_content_id)

    @property
    def line_starts(self) -> Sequence[int]:
        """The byte offset of every line; LF, CRLF and lone CR end a line."""
        if self._lines is None:
            lines = self.data.splitlines(keepends=True)
            if lines and not lines[-1].endswith((b"\n", b"\r")):
                lines.pop()  # the end of the file ends no line
            self._lines = [0, *itertools.accumulate(map(len, lines))]
        return self._lines

    def line_span(self, line: int) -> Span:
        """The bytes of line ``line`` (from 1), without its line ending."""
        starts = self.line_starts
        start = starts[min(max(line, 1), len(starts)) - 1]
        end = starts[line] if line < len(starts) else len(self.data)
        return Span(start, start + len(self.data[start:end].rstrip(b"\r\n")))

    def parsed(self, language: str) -> Any:
        """The file parsed as ``language``, once for all checks.

        ``python`` gives an ``ast.Module``; ``yaml`` (JSON too) a list with the root
        ``yaml.Node`` of each document (None for an empty one); ``toml`` a dict.

        Raises:
            ParseFailure: the file is not valid; let it pass through, the engine reports it once.
        """
        try:
            result = self._parses[language]
        except KeyError:
            try:
                result = self._services.parse(language, self)
            except ParseFailure as failure:
                failure.__context__ = None
                result = failure
            self._parses[language] = result
        if not isinstance(result, ParseFailure):
            return result
        try:
            raise result.with_traceback(None)  # it would grow with each check that asks
        finally:
            del result  # the traceback holds this frame, and nobody looks for circles

    def is_parsed(self, language: str) -> bool:
        """Whether a check has asked for the file ``parsed`` as ``language``: it costs no more."""
        return language in self._parses

    @property
    def python(self) -> ast.Module:
        """``parsed("python")``."""
        module: ast.Module = self.parsed("python")
        return module

    @property
    def outline(self) -> ast.Module:
        """The classes and functions of a Python file, each with its decorators and its header.

        Of a body it has those within, and the first statement where that is a string or one of
        them; else something stands in its place. The module is such a body too, of which it has
        also the statements that begin with ``__all__`` in a line's first column. Lines and columns
        are true where something begins, not where it ends. All the rest may be there or not: it is
        ``python`` where that is made anyway, or where it is not sure what may be left out.

        Raises:
            ParseFailure: the file is not valid; a fault that is left out is not seen.
        """
        if self._skimmed and "python" not in self._parses:
            outline = self.shared(_outline)
            if outline is not None:
                return outline
        return self.python

    def skim(self) -> None:
        """Be told that nobody will ask for more than the ``outline``, so that it may be made."""
        self._skimmed = True

    @property
    def settings(self) -> Sequence[Setting]:
        """The settings of a configuration file, with keys and places, scanned once.

        No parser is asked: templates and broken files are read as far as they can be. Empty for
        kinds that have no scanner; `onex_tools.structure` has the list.
        """
        return self.shared(_settings)

    def settings_near(self, places: Sequence[int]) -> Sequence[Setting]:
        """At least those of ``settings`` with one of ``places`` in their value or in their path.

        ``places`` are offsets in ``data``, in order. Where names and values stand beside each
        other they come together, and the first setting of the file comes always. To read these
        can cost much less than to read all.
        """
        if _settings in self._shared:
            return self.settings
        from onex_tools.structure.scan import settings_near

        return settings_near(self.path, self.kind, self.data, places)

    @property
    def is_configuration(self) -> bool:
        """Whether files like it may have ``settings``."""
        from onex_tools.structure.scan import is_read

        return is_read(self.path, self.kind)

    def places(self, text: str) -> Sequence[int]:
        """Where ``text`` stands: the offset of each first byte, in order.

        For what the check declares in ``contains`` this costs nothing: it was looked for already.
        """
        return self.found.of_text(text.encode())

    def mentions(self, word: str) -> Sequence[int]:
        """Where ``word`` begins, however it is written; for ``mentions`` as ``places``."""
        return self.found.of_word(word)

    def shared(self, compute: Callable[[SourceFile], T]) -> T:
        """``compute(self)``, computed once and kept for every check that asks for the same."""
        try:
            result: T = self._shared[compute]
        except KeyError:
            result = self._shared[compute] = self._computed(compute)
        return result

    def _computed(self, compute: Callable[[SourceFile], T]) -> T:
        """``compute(self)``; what was stopped after a while is not begun again."""
        if compute in self._stopped:
            raise self._stopped[compute]("what it shares with another check was stopped")
        begun = monotonic()
        try:
            return compute(self)
        except Exception:
            raise
        except BaseException as stop:
            if monotonic() - begun > _WHILE:
                self._stopped[compute] = type(stop)
            raise

    def forget(self) -> None:
        """Let go of what was parsed and computed; it is made anew where it is asked for again.

        What is shared often holds the file, and a run does not look for such circles.
        """
        self._parses.clear()
        self._shared.clear()

    def span(self, where: Where) -> Span:
        """``where`` as a span of bytes."""
        if where is None:
            return Span(0, 0)
        if isinstance(where, tuple):
            return Span(*where)
        if isinstance(where, int):
            return self.line_span(where)
        node: Any = where
        if "col_offset" in getattr(node, "_attributes", ()):  # so no check has to import ast
            lines = self.python_line_starts
            start = lines[node.lineno - 1] + node.col_offset
            end = lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            return Span(start, end)
        return Span(0, 0)

    @property
    def python_line_starts(self) -> Sequence[int]:
        """The byte offset of every line as ``ast`` counts them.

        Offsets inside a line are those of UTF-8; the engine parses only UTF-8 by its bytes.
        """
        starts: Sequence[int] = self.line_starts
        if starts and self.data.startswith(b"\xef\xbb\xbf"):
            return [3, *starts[1:]]
        return starts

    def location(self, where: Where) -> Location:
        """``where`` with its line and column numbers."""
        if where is None:
            return Location(self.path)
        size = len(self.data)
        start, end = self.span(where)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        line, column = self._position(start)
        covered = self.data[start:end]
        if covered.isascii() and b"\n" not in covered and b"\r" not in covered:
            end_line, end_column = line, column + end - start
        else:
            end_line, end_column = self._position(end)
        return Location(self.path, start, end, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line, start = self._line_at(offset)
        before = self.data[start:offset]
        if not before.isascii():
            if line == 1 and before.startswith(b"\xef\xbb\xbf"):
                before = before[3:]
            before = before.decode("utf-8", "replace").encode("utf-32-le")
            return line, len(before) // 4 + 1
        return line, len(before) + 1

    def _line_at(self, offset: int) -> tuple[int, int]:
        """The number and the start of the line that ``offset`` is in."""
        if self._lines is None and offset < _NEAR:
            # Most files are asked for one place near their head: no need to find every line.
            before = self.data[:offset]
            if b"\r" not in before:
                return before.count(b"\n") + 1, before.rfind(b"\n") + 1
        starts = self.line_starts
        line = bisect.bisect_right(starts, offset)
        return line, starts[line - 1]

    def finding(
        self,
        rule: Rule,
        where: Where,
        message: str,
        *,
        help: str = "",
        fix: Fix | None = None,
        related: Sequence[Related] = (),
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        anchor: str | None = None,
        details: Mapping[str, str] | None = None,
    ) -> Finding:
        """A finding of ``rule`` in this file.

        ``anchor`` replaces the digest of the span's text; a rule whose spans are secret
        (``sensitive``) gets its message as the anchor, never the text.
        """
        location = self.location(where)
        if anchor is None:
            text = b"" if rule.sensitive else self.data[location.start : location.end]
            text = _SPACE.sub(b"", text) or message.encode("utf-8", "surrogateescape")
            anchor = self._services.digest(text)[:16]
        return Finding(
            rule.code,
            location,
            message,
            rule.severity if severity is None else severity,
            rule.confidence if confidence is None else confidence,
            help,
            fix,
            related,
            anchor,
            details or {},
        )


def _content_id(file: SourceFile) -> str:
    """The content id of ``file``; a name of its own, so that it is shared."""
    return file._services.digest(file.data)


def _outline(file: SourceFile) -> ast.Module | None:
    return file._services.outline(file)


def _settings(file: SourceFile) -> Sequence[Setting]:
    from onex_tools.structure.scan import settings

    return settings(file.path, file.kind, file.data)


class Node(NamedTuple):
    """What stands at a path; a link is itself, not what it points to.

    ``kind`` is ``file``, ``executable`` (a file that its owner may execute), ``link``, or empty for
    anything else and for nothing at all. ``link`` is the text of a link: what it points to.
    """

    kind: str
    link: str = ""


class Tree(Protocol):
    """The whole repository, as a tree check sees it. Everything asked is recorded.

    A tree check's result is kept for as long as the answers to its questions stay the same.
    """

    def paths(self, pattern: str = "**") -> Sequence[str]:
        """The sorted paths of all files that match ``pattern`` (``**`` crosses folders)."""

    def links(self, pattern: str = "**") -> Sequence[str]:
        """The sorted paths of all symbolic links that match ``pattern``."""

    def node(self, path: str) -> Node:
        """What stands at ``path``, if it is one of ``paths()`` or ``links()``."""

    def facts(self, extractor: type[Extractor]) -> Mapping[str, Any]:
        """What ``extractor`` found, by path; the check must name it in ``uses``."""

    def read(self, path: str) -> SourceFile | None:
        """The file at ``path``; None where there is none, or it cannot be read."""

    def given(self, name: str) -> bytes | None:
        """The document that the run was handed as ``name``, such as ``attestation``, or None."""

    def finding(
        self,
        rule: Rule,
        path: str,
        where: Location | Span | tuple[int, int] | None,
        message: str,
        *,
        help: str = "",
        related: Sequence[Related] = (),
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        anchor: str | None = None,
    ) -> Finding:
        """A finding of ``rule`` in the file (or at the missing node) ``path``.

        ``where`` is best a Location that a fact recorded (``file.location(span)``), so that the
        file need not be read again.
        """


Findings = Iterable[Finding] | Iterator[Finding]
