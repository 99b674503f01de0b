"""Read a file with one block of the usual form by one pattern, a sixth of a careful reading."""

from __future__ import annotations

from onex_tools.model import Span
from onex_tools.stamp.block import CLOSED, V1, Block, Field, Reading
from onex_tools.stamp.fields import read_scalar
from onex_tools.stamp.glance import find
from onex_tools.stamp.styles import FileType


def quick_read(data: bytes, row: FileType) -> Reading | None:
    """What ``read`` gives for a file with one block of the usual form; None for any other."""
    found = find(data, row)
    if found is None:
        return None
    match, start = found.match, found.start
    number = data.count(b"\n", 0, start) + 1
    fields: list[Field] = []
    for key, group in match.re.groupindex.items():
        begin, end = match.span(group)
        if begin >= 0 and key != "eol":
            value = data[begin:end]
            text = read_scalar(value).text if value[0] in b"\"'" else value.decode()
            fields.append(Field(key, text, Span(begin, end), number + len(fields) + 1))
    span, opening = Span(start, match.end()), Span(start, match.start("eol"))
    last = number + len(fields) + 1
    block = Block(
        "Metadata",
        V1,
        found.style.name,
        CLOSED,
        span,
        found.after,
        opening,
        number,
        last,
        tuple(fields),
    )
    return Reading(found.body, (block,))
