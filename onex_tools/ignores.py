"""Directives in comments that waive findings: our own, and other tools' that mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onex_tools.model import ANY_NOQA, Ignore
from onex_tools.source import SourceFile

_MARKERS = (
    b"onex:",
    b"noqa",
    b"NOQA",
    b"NoQA",
    b"pragma: allowlist",
    b"gitleaks:allow",
    b"hadolint ignore",
    b"checkov:skip",
)
_LEADER = r"(?:#|//|--|;|/\*|<!--|%|\bREM\b)"
_COMMENT = re.compile(_LEADER.encode() + rb"[^\r\n]*")
_MARKUP = re.compile(rb"<!--[^\r\n]*")
_MARKUP_KINDS = frozenset({"markdown", "html", "xml"})
_LAST_LEADER = re.compile(_LEADER + r"(?=[ \t]*\Z)")
_OURS = re.compile(
    r"onex:[ \t]*ignore(?P<codes>\[[^\]\r\n]{0,400}\])?(?P<rest>[^\r\n]*)", re.IGNORECASE
)
_UNTIL = re.compile(r"until=(\S*)")
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
_NOQA = re.compile(
    r"(?P<file>(?:flake8|ruff)[:=][ \t]*)?\bnoqa(?![\w-])"
    r"(?:[:=][ \t]*(?P<codes>[A-Z]+[0-9]+(?:[, \t]+[A-Z]+[0-9]+){0,60}))?",
    re.IGNORECASE,
)
_FOREIGN = (
    (re.compile(r"pragma:[ \t]*allowlist[ \t]+nextline[ \t]+secret", re.I), "detect-secrets", 1),
    (re.compile(r"pragma:[ \t]*allowlist[ \t]+secret", re.I), "detect-secrets", 0),
    (re.compile(r"gitleaks:allow"), "gitleaks", 0),
)
_LISTED = (
    (re.compile(r"hadolint[ \t]+ignore=(?P<codes>[A-Z0-9, \t]{1,400})"), "hadolint"),
    (re.compile(r"checkov:skip=(?P<codes>[A-Z0-9_]{1,80})"), "checkov"),
)
_REACH = 100


def find_ignores(file: SourceFile) -> list[Ignore]:
    """Every directive in the comments of ``file``, in order."""
    data = file.data
    if not any(marker in data for marker in _MARKERS):
        return []
    found: list[Ignore] = []
    for start, end, alone in _comments(file):
        text = data[start:end].decode("utf-8", "replace")
        found.extend(_directives(text, (start, end), _Lines(file, start, alone)))
    return found


class _Lines:
    """Which lines a comment speaks for: its own, or if it stands alone the next that is code."""

    def __init__(self, file: SourceFile, start: int, alone: bool) -> None:
        self.line = file.location((start, start)).line
        self.alone = alone
        self._file = file

    def column(self, start: int) -> int:
        """The column of the byte offset ``start`` on the comment's line."""
        return self._file.location((start, start)).column

    def following(self) -> int:
        """The first line below that is neither blank nor a comment."""
        line, count = self.line + 1, len(self._file.line_starts)
        while line < min(count, self.line + _REACH):
            begin, end = self._file.line_span(line)
            text = self._file.data[begin:end].strip()
            if text and not _COMMENT.match(text):
                break
            line += 1
        return line


def _comments(file: SourceFile) -> Iterator[tuple[int, int, bool]]:
    """Start, end, and whether it stands alone on its line, of every comment with a marker."""
    if file.kind == "python":
        yield from _python_comments(file)
        return
    data = file.data
    comment = _MARKUP if file.kind in _MARKUP_KINDS else _COMMENT
    seen = -1
    for at in _marker_places(data):
        line_start = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1
        if line_start == seen:
            continue
        seen = line_start
        match = comment.search(data, line_start, at + 4096)
        if match and match.start() <= at:
            yield match.start(), match.end(), not data[line_start : match.start()].strip()


def _marker_places(data: bytes) -> list[int]:
    return [
        match.start()
        for match in re.finditer(b"|".join(re.escape(marker) for marker in _MARKERS), data)
    ]


def _python_comments(file: SourceFile) -> Iterator[tuple[int, int, bool]]:
    """Comments by tokens, so that a directive inside a string is not one."""
    import tokenize

    data, starts = file.data, file.python_line_starts
    wanted = {file.location((at, at)).line for at in _marker_places(data)}
    lines = iter(data.splitlines(keepends=True))
    try:
        for token in tokenize.tokenize(lambda: next(lines, b"")):
            if token.type == tokenize.COMMENT and token.start[0] in wanted:
                row, column = token.start
                before = token.line[:column]
                start = starts[row - 1] + len(before.encode("utf-8", "surrogatepass"))
                end = start + len(token.string.encode("utf-8", "surrogatepass"))
                if data[start : start + 1] != b"#":  # not UTF-8: columns count other bytes
                    start, end = data.find(b"#", starts[row - 1]), file.line_span(row).end
                yield start, end, not before.strip()
    except (tokenize.TokenError, SyntaxError, ValueError, IndexError):
        return


def _directives(text: str, span: tuple[int, int], lines: _Lines) -> Iterator[Ignore]:
    for match in _OURS.finditer(text):
        leader = _LAST_LEADER.search(text, 0, match.start())
        begin = span[0] + len(text[: leader.start() if leader else 0].encode())
        yield _ours(match, (begin, span[1]), lines)
    line = lines.line
    for match in _NOQA.finditer(text):
        codes = (
            tuple(re.split(r"[, \t]+", match["codes"].upper())) if match["codes"] else (ANY_NOQA,)
        )
        first, last = (0, 0) if match["file"] else (line, line)
        yield Ignore("noqa", codes, line, first, last, *span)
    for pattern, tool, offset in _FOREIGN:
        if pattern.search(text):
            yield Ignore(tool, (tool,), line, line + offset, line + offset, *span)
            break
    for pattern, tool in _LISTED:
        found = pattern.search(text)
        if found:
            codes = tuple(f"{tool}:{code}" for code in re.split(r"[, \t]+", found["codes"]) if code)
            last = lines.following() if lines.alone else line
            yield Ignore(tool, codes, line, line, last, *span)


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
    elif until and not _DATE.match(until[1]):
        fault = f"its end date {until[1]!r} is not a date like 2027-01-31"
    elif head.replace(until[0] if until else "", "", 1).strip(" \t*/>-") and not dashes:
        fault = "put the reason after two dashes: `onex: ignore[CODE] -- reason`"
    last = lines.following() if lines.alone else lines.line
    return Ignore(
        "onex",
        codes,
        lines.line,
        lines.line,
        last,
        *span,
        lines.column(span[0]),
        reason=reason if dashes else "",
        until=until[1] if until else "",
        fault=fault,
    )
