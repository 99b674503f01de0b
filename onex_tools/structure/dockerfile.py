"""The variables of a Dockerfile: ENV, ARG, LABEL, and what RUN assigns. It is no whole parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onex_tools.model import Span
from onex_tools.structure import shell
from onex_tools.structure.ini import unquoted
from onex_tools.structure.setting import Setting, as_text

_CONTINUED = rb"\\[ \t]*+\r?\n(?:[ \t]*+(?:\#[^\r\n]*+)?\r?\n)*+"
_INSTRUCTION = re.compile(
    rb"^[ \t]*+(?:ONBUILD[ \t]++)?(ENV|ARG|LABEL|RUN|COPY|ADD)(?=[ \t\\])"
    rb"((?:%b|[^\r\n\\]|\\[^\r\n])*+)" % _CONTINUED,
    re.IGNORECASE | re.MULTILINE,
)
_GAP = re.compile(rb"(?:[ \t]|%b)*+" % _CONTINUED)
_NAME = re.compile(rb"""("[^"\s]*+"|[^\s="'\\]++)(=?)""")
_WORD = re.compile(
    rb"""
    (?: [^\s"'\\] | \\[ \t]*\r?\n(?=[^\s\#]) | \\[^\r\n] | "(?:[^"\\]|\\.)*+" | '[^']*+' )*+
    (?=[\s\\]|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNCLOSED = re.compile(rb"[^\s]++")
_DOCUMENT = re.compile(rb"<<-?[\"']?([A-Za-z_]\w*+)")
_JOIN = re.compile(_CONTINUED)


def scan(data: bytes) -> Sequence[Setting]:
    """The variables of ``data``, with the instruction before the name: ``("ENV", "A")``.

    Continued lines are joined and here-documents passed over.
    """
    found: list[Setting] = []
    at, has_documents = 0, True
    while (instruction := _INSTRUCTION.search(data, at)) is not None:
        word, at = instruction[1].upper().decode(), instruction.end()
        if word == "RUN":
            found += _assigned(data, Span(*instruction.span(2)))
        elif word in ("ENV", "ARG", "LABEL"):
            found += _pairs(data, word, Span(*instruction.span(2)))
            continue
        document = _DOCUMENT.search(data, *instruction.span(2))
        if document is not None and has_documents:
            end = re.compile(rb"^\t*+%b\r?$" % re.escape(document[1]), re.MULTILINE)
            closed = end.search(data, at)
            has_documents = closed is not None
            at = at if closed is None else closed.end()
    return found


def _pairs(data: bytes, word: str, place: Span) -> Iterator[Setting]:
    """``A=b C="d e"``, or ``A b c`` of which all is one value."""
    at = _end(_GAP, data, place.start, place.end)
    first = True
    while at < place.end:
        name = _NAME.match(data, at, place.end)
        if name is None:
            at = max(_end(_UNCLOSED, data, at, place.end), at + 1)
        elif name[2]:
            value = _WORD.match(data, name.end(), place.end)
            value = value or _UNCLOSED.match(data, name.end(), place.end)
            at = name.end() if value is None else value.end()
            yield _setting(word, name, shell.value_of(data, name.end(), at))
        elif first and word != "ARG":
            start = _end(_GAP, data, name.end(), place.end)
            if start < place.end:
                yield _setting(word, name, _whole(data, start, place.end))
            return
        else:
            at = name.end()
        at, first = _end(_GAP, data, at, place.end), False


def _setting(word: str, name: re.Match[bytes], value: tuple[str, Span, str]) -> Setting:
    key, key_place, _ = unquoted(as_text(name[1]), Span(*name.span(1)))
    text, place, style = value
    return Setting((word, key), text, place, key_place, "string", style)


def _whole(data: bytes, start: int, end: int) -> tuple[str, Span, str]:
    """All that is left of an instruction, its lines joined."""
    written = data[start:end].rstrip()
    place = Span(start, start + len(written))
    return unquoted(as_text(_JOIN.sub(b"", written)), place)


def _assigned(data: bytes, place: Span) -> Iterator[Setting]:
    """What the commands of RUN assign."""
    text = _JOIN.sub(lambda line: b" " * len(line[0]), data[slice(*place)])
    for one in shell.scan(text.lstrip().rjust(len(text))):
        span, key = (Span(at.start + place.start, at.end + place.start) for at in one[2:4])
        yield one._replace(path=("RUN", *one.path), span=span, key_span=key)


def _end(pattern: re.Pattern[bytes], data: bytes, at: int, until: int) -> int:
    match = pattern.match(data, at, until)
    return at if match is None else match.end()
