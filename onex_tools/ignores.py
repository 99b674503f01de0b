"""Directives in comments that waive findings: our own, and other tools' that mean the same."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from onex_tools.lexemes import PYTHON
from onex_tools.model import ANY_NOQA, IGNORE_MARKERS, Ignore
from onex_tools.source import SourceFile

_LEADER = r"(?:#|//|--|;|/\*|<!--|%|\bREM\b)"
_COMMENT = re.compile(_LEADER.encode() + rb"[^\r\n]*")
_MARKUP = re.compile(rb"<!--[^\r\n]*")
_MARKUP_KINDS = frozenset({"markdown", "html", "xml"})
_LAST_LEADER = re.compile(_LEADER + r"(?=[ \t]*\Z)")
_OURS = re.compile(
    r"onex:[ \t]*ignore(?P<codes>\[[^\]\r\n]{0,400}\])?(?P<rest>[^\r\n]*)", re.IGNORECASE
)
_UNTIL = re.compile(r"until=(\S*)")
_NOQA = re.compile(
    _LEADER + r"[ \t]*(?P<file>(?:flake8|ruff)[:=][ \t]*)?noqa(?![\w-])"
    r"(?:[:=][ \t]*(?P<codes>[A-Z]+[0-9]+(?:[, \t]+[A-Z]+[0-9]+){0,60}))?",
    re.IGNORECASE,
)
_FOREIGN = (
    (re.compile(r"pragma:[ \t]*allowlist[ \t-]+nextline[ \t-]+secret", re.I), "detect-secrets", 1),
    (re.compile(r"pragma:[ \t]*(?:allow|white)list[ \t-]+secret", re.I), "detect-secrets", 0),
    (re.compile(r"gitleaks:allow"), "gitleaks", 0),
)
_LISTED = (
    (re.compile(r"hadolint[ \t]+ignore=(?P<codes>[A-Z0-9, \t]{1,400})"), "hadolint"),
    (re.compile(r"checkov:skip=(?P<codes>[A-Z0-9_]{1,80})"), "checkov"),
)
_GITLEAKS = b"gitleaks:allow"
_SCANNERS = (b"pragma:", _GITLEAKS)
_TO_END = re.compile(rb"[^\r\n]*")
_HEADERS = re.compile(
    rb"(?<![^\r\n])[ \t\f]*(?:async[ \t]+)?(?P<head>def|class)\b|[()\[\]{}:]|" + PYTHON.pattern,
    re.DOTALL,
)
REACH = 100
"""How many lines below it a comment can speak for."""
MAX_IGNORES = 50_000
"""Directives in one file; what comes after waives nothing."""
_MAX_IN_COMMENT = 20


def find_ignores(file: SourceFile) -> list[Ignore]:
    """The directives in the comments of ``file``, in order; linear in its size."""
    data = file.data
    if not any(marker in data for marker in IGNORE_MARKERS):
        return []
    found: list[Ignore] = []
    below = _Below(file)
    for comment in _comments(file):
        text = data[comment.start : comment.end].decode("utf-8", "replace")
        directives = _directives(text, comment, _Lines(file, comment, below))
        found.extend(islice(directives, _MAX_IN_COMMENT))
        if len(found) >= MAX_IGNORES:
            break
    return found


class _Comment(NamedTuple):
    """A comment: its bytes, its line, the first of the lines joined to that one."""

    start: int
    end: int
    line: int
    first: int
    alone: bool
    """Nothing else is on its line."""


class _Below:
    """Finds the next line of code; looks at every line once, however many comments ask."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._first = self._end = 0

    def find(self, line: int) -> int:
        """The first line below ``line`` that is neither blank nor a comment, REACH on at most."""
        at, last = line + 1, min(len(self._file.line_starts), line + REACH)
        if self._first <= at < self._end:
            at = self._end
        while at < last and self._is_empty(at):
            at += 1
        self._first, self._end = line + 1, at
        return min(at, last)

    def _is_empty(self, line: int) -> bool:
        begin, end = self._file.line_span(line)
        text = self._file.data[begin:end].strip()
        return not text or _COMMENT.match(text) is not None


class _Lines:
    """Which lines a comment speaks for: its own, or if it stands alone the next that is code."""

    def __init__(self, file: SourceFile, comment: _Comment, below: _Below) -> None:
        self.line, self.first, self.alone = comment.line, comment.first, comment.alone
        self._file, self._below = file, below

    def column(self, start: int) -> int:
        """The column of the byte offset ``start`` on the comment's line."""
        return self._file.location((start, start)).column

    def following(self) -> int:
        """The first line below that is neither blank nor a comment."""
        return self._below.find(self.line)


def _comments(file: SourceFile) -> Iterator[_Comment]:
    """Every comment with a marker."""
    if file.kind == "python":
        yield from _python_comments(file)
        return
    data, starts, seen = file.data, file.line_starts, 0
    usual = _MARKUP if file.kind in _MARKUP_KINDS else _COMMENT
    for at in _marker_places(data):
        line = bisect_right(starts, at)
        if line == seen:
            continue
        seen, start = line, starts[line - 1]
        # What looks for secrets takes any comment in any file, and gitleaks none at all.
        comment = _COMMENT if data.startswith(_SCANNERS, at) else usual
        match = comment.search(data, start, at + 4096)
        if match and file.kind == "json" and not _is_in_json(data, start, match.start()):
            match = None
        if (match is None or match.start() > at) and data.startswith(_GITLEAKS, at):
            match = _TO_END.match(data, at)
        if match and match.start() <= at:
            alone = _is_blank(data[start : match.start()])
            yield _Comment(*match.span(), line, line, alone)


def _is_in_json(data: bytes, start: int, at: int) -> bool:
    """Whether a comment begins at ``at`` in JSON, where most that looks like one is text."""
    before = data[start:at]
    if before.rstrip()[-1:] in (b"", b",", b"{", b"}", b"[", b"]"):
        return True
    return before[-1:] in (b" ", b"\t") and data[at : at + 2] in (b"//", b"/*")


def _marker_places(data: bytes) -> list[int]:
    return [
        match.start()
        for match in re.finditer(b"|".join(re.escape(marker) for marker in IGNORE_MARKERS), data)
    ]


def _python_comments(file: SourceFile) -> Iterator[_Comment]:
    """Comments outside of strings, so that a directive inside a string is not one."""
    data, starts = file.data, file.line_starts
    wanted = {bisect_right(starts, at) for at in _marker_places(data)}
    joined = _Joined(file)
    for match in PYTHON.finditer(data):
        start, end = match.span()
        if data[start] != 0x23:  # "#"
            joined.add_string(start, end)
            continue
        line = bisect_right(starts, start)
        if data[end - 1] == 0x5C:  # "\\"
            joined.spoilt.add(line)
        if line in wanted:
            alone = _is_blank(data[starts[line - 1] : start])
            yield _Comment(start, end, line, line if alone else joined.first(line, start), alone)


class _Joined:
    """The lines before a comment that are one with its own.

    As in flake8 those that a string or a backslash joins; brackets join none. As in pydocstyle
    those of a definition's header too, for a comment after its colon. Fed in order; each byte is
    read once more at most.
    """

    def __init__(self, file: SourceFile) -> None:
        self._file, self._headers = file, _Headers(file.data)
        self._strings: dict[int, int] = {}
        self.spoilt: set[int] = set()
        """Lines with a backslash at the end that is in a comment, and joins nothing."""

    def add_string(self, start: int, end: int) -> None:
        """Take note of a string's lines."""
        data = self._file.data
        if b"\n" in data[start:end] or b"\r" in data[start:end]:
            starts = self._file.line_starts
            first, last = bisect_right(starts, start), bisect_right(starts, end - 1)
            self._strings[last] = min(first, self._strings.get(last, first))

    def first(self, line: int, start: int) -> int:
        """The first of the lines that are one with ``line``; a comment in it is at ``start``."""
        starts, data = self._file.line_starts, self._file.data
        if data[max(start - 100, 0) : start].rstrip(b" \t\f").endswith(b":"):
            head = self._headers.find(start)
            line = bisect_right(starts, head) if head >= 0 else line
        while True:
            above = self._strings.get(line, line)
            if above == line and line - 1 not in self.spoilt:
                end = starts[line - 1]
                above -= data[max(end - 3, 0) : end].endswith((b"\\\n", b"\\\r\n", b"\\\r"))
            if above == line:
                return line
            line = above


class _Headers:
    """Finds the headers of definitions, ``def`` to colon; reads every byte once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = self._depth = 0
        self._head = -1

    def find(self, end: int) -> int:
        """Where the header starts whose colon is the last code before ``end``; or -1."""
        closed = -1
        for match in _HEADERS.finditer(self._data, self._at, end):
            text, closed = match[0], -1
            if match["head"]:
                self._head, self._depth = match.start("head"), 0
            elif text in (b"(", b"[", b"{"):
                self._depth += 1
            elif text in (b")", b"]", b"}"):
                self._depth -= 1
            elif text == b":" and self._depth == 0:
                closed, self._head = self._head, -1
        self._at = end
        return closed


def _is_blank(text: bytes) -> bool:
    return not text.removeprefix(b"\xef\xbb\xbf").strip()


def _directives(text: str, comment: _Comment, lines: _Lines) -> Iterator[Ignore]:
    span = (comment.start, comment.end)
    for match in _OURS.finditer(text):
        leader = _LAST_LEADER.search(text, 0, match.start())
        begin = span[0] + len(text[: leader.start() if leader else 0].encode())
        yield _ours(match, (begin, span[1]), lines)
    line = lines.line
    for match in _NOQA.finditer(text):
        codes = (
            tuple(re.split(r"[, \t]+", match["codes"].upper())) if match["codes"] else (ANY_NOQA,)
        )
        if not match["file"]:
            yield Ignore("noqa", codes, line, lines.first, line, *span)
        elif lines.alone:
            yield Ignore("noqa", codes, line, 0, 0, *span)
    for pattern, tool, offset in _FOREIGN:
        if pattern.search(text) and (lines.alone or not offset):
            yield Ignore(tool, (tool,), line, line + offset, line + offset, *span)
            break
    for pattern, tool in _LISTED:
        found = pattern.search(text)
        if found:
            codes = tuple(f"{tool}:{code}" for code in re.split(r"[, \t]+", found["codes"]) if code)
            last = lines.following() if lines.alone else line
            yield Ignore(tool, codes, line, line, last, *span)


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _ours(match: re.Match[str], span: tuple[int, int], lines: _Lines) -> Ignore:
    codes = tuple(
        code.strip() for code in (match["codes"] or "[]")[1:-1].split(",") if code.strip()
    )
    head, dashes, reason = match["rest"].partition("--")
    reason = reason.strip().removesuffix("-->").removesuffix("*/").strip()
    until = _UNTIL.search(head)
    fault = ""
    if not codes:
        fault = "it names no code: write `onex: ignore[CODE] -- reason`"
    elif until and not _is_date(until[1]):
        fault = f"its end date {until[1]!r} is not a date like 2027-01-31"
    elif head.replace(until[0] if until else "", "", 1).strip(" \t*/>-") and not dashes:
        fault = "put the reason after two dashes: `onex: ignore[CODE] -- reason`"
    last = lines.following() if lines.alone else lines.line
    return Ignore(
        "onex",
        codes,
        lines.line,
        lines.first,
        last,
        *span,
        lines.column(span[0]),
        reason=reason if dashes else "",
        until=until[1] if until else "",
        fault=fault,
    )
