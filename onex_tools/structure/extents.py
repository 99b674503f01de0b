"""Where the scalars of YAML's blocks end: quoted, plain, and blocks of lines."""

from __future__ import annotations

import re
from typing import NamedTuple

from onex_tools.model import Span
from onex_tools.structure import scalars
from onex_tools.structure.flow import is_over
from onex_tools.structure.setting import as_text
from onex_tools.structure.template import Templates

MARKER = re.compile(rb"(---|\.\.\.)(?=\s|\Z)[ \t]*+")
PLAIN = (
    rb"(?:[^\s:\#{<]++|\{\{[^{}\n]{0,400}+\}\}|<%[^%\n]{0,400}+%>|[{<\#]"
    rb"|:(?=\S)|[ \t]++(?=[^\s\#:]|:\S))++"
)
END = re.compile(rb"[ \t]*+(?:(?<=[ \t])\#[^\n]*+)?(?:\n|\Z)")
HEADER = re.compile(rb"([|>])([+-]?)([1-9]?)([+-]?)[ \t]*+(?:(?<=[ \t])\#[^\n]*+)?(?:\n|\Z)")
_REST = re.compile(rb"[^\n]*+\n?")
_TEXT = re.compile(PLAIN)
_NEXT = re.compile(rb"[ \t]*+\n(?:[ \t]*+\n)*+([ \t]*+)(?=[^\s\#])")
_NO_COMMENT = re.compile(rb"(?:[^\n\#]++|(?<![ \t])\#)*+")
_INDENT = re.compile(rb"(?:[ \t]*+\n)*+([ ]*+)(?=\S)")
_LONG = {
    b'"': re.compile(rb'"((?:[^"\\]++|\\.)*+)"', re.DOTALL),
    b"'": re.compile(rb"'((?:[^']++|'')*+)'"),
}
_LAST = {mark: re.compile(rb"%b([^\n]*)%b(?=%b)" % (mark, mark, END.pattern)) for mark in _LONG}


class Written(NamedTuple):
    """A scalar: its value, where and how it is written, and where the next line begins."""

    text: str
    span: Span
    style: str
    end: int


class Extents:
    """The scalars of a text; asked for places in rising order."""

    def __init__(self, written: bytes, data: bytes, templates: Templates) -> None:
        r"""``data`` is ``written`` with ``\n`` at the end of all lines."""
        self._written, self._data, self._templates = written, data, templates
        self._unclosed: set[bytes] = set()

    def scalar(self, at: int, indent: int) -> Written:
        """The scalar at ``at``; its lines are indented more than ``indent``."""
        mark = self._data[at : at + 1]
        if mark in _LONG:
            start, end, after = self._quoted(at, mark, indent)
            return Written(self.text(start, end, mark), Span(start, end), mark.decode(), after)
        header = HEADER.match(self._data, at) if mark in b"|>" else None
        if header is not None:
            return self._block(header, indent)
        end = self._plain(at, indent)
        after = end_of(_REST, self._data, end)
        return Written(self.text(at, end, b""), Span(at, end), "", after)

    def text(self, start: int, end: int, mark: bytes) -> str:
        """What is written between the places, in quotes or plain, stands for."""
        return scalars.value(self._lines(start, end), mark.decode())

    def _lines(self, start: int, end: int) -> str:
        written = as_text(self._written[start:end])
        return written.replace("\r\n", "\n").replace("\r", "\n") if "\r" in written else written

    def _quoted(self, at: int, mark: bytes, indent: int) -> tuple[int, int, int]:
        """Where the text in quotes begins and ends (with its line if not closed); the next line."""
        data = self._data
        text = _LONG[mark].match(data, at) if mark not in self._unclosed else None
        if text is None:
            self._unclosed.add(mark)  # nor is any that follows
        elif END.match(data, text.end()) and not is_over(data, *text.span(), indent):
            return (*text.span(1), end_of(_REST, data, text.end()))
        after = end_of(_REST, data, at)
        last = _LAST[mark].match(data, at)
        if last is not None:
            return (*last.span(1), after)
        end = self._end_of_line(at + 1)
        return at + 1, end if text is None else min(end, text.end(1)), after

    def _end_of_line(self, at: int) -> int:
        """Where the line ends, without white space and a comment."""
        return at + len(self._data[at : end_of(_NO_COMMENT, self._data, at)].rstrip())

    def _plain(self, at: int, indent: int) -> int:
        """Where the plain text ends; lines that have a key do not belong to it."""
        data = self._data
        end = end_of(_TEXT, data, at)
        if end == at or data[end : end + 1] == b":":
            return self._end_of_line(at)
        while (gap := _NEXT.match(data, end)) is not None:
            at = gap.end()
            if at - gap.start(1) <= indent or (data[at] in b"{<" and self._templates.line(at)):
                break
            if at == gap.start(1) and MARKER.match(data, at):
                break
            line = _TEXT.match(data, at)
            if line is None or data[line.end() : line.end() + 1] == b":":
                break
            end = line.end()
        return end

    def _block(self, header: re.Match[bytes], indent: int) -> Written:
        data, at = self._data, header.end()
        if header[3]:
            indent = max(indent, 0) + int(header[3])
        else:
            first = _INDENT.match(data, at)
            found = first.end(1) - first.start(1) if first is not None else 0
            indent = max(found, indent + 1)
        end = end_of(_block_lines(indent), data, at)
        style, chomping = header[1].decode(), (header[2] or header[4]).decode()
        text = scalars.block(self._lines(at, end), indent, style, chomping)
        lines = data[at:end]
        stop = at + len(lines.rstrip())
        start = at + len(lines) - len(lines.lstrip(b" \n")) if stop > at else at
        return Written(text, Span(start, max(start, stop)), style, end)


def _block_lines(indent: int) -> re.Pattern[bytes]:
    """The lines that are indented so far, and template lines among them."""
    no_marker = b"" if indent else rb"(?!---\s|\.\.\.\s)"
    return re.compile(
        rb"(?:%b[ ]{%d}[^\n]*+(?:\n|\Z)|[ \t]*+\n"
        rb"|[ ]*+\{\{[^\n]*+\n(?=[ ]{%d}[ ]*+[^\s{]))*+" % (no_marker, indent, indent)
    )


def end_of(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    """Where the match ends of a pattern; ``at`` if there is none."""
    match = pattern.match(data, at)
    return at if match is None else match.end()
