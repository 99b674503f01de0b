"""Verify the SHA-256 hashes that older stamping tools wrote, by their published rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from onex_tools.stamp.block import Block, Field

_ZEROS = b"0" * 64
_EPOCH = b"1970-01-01T00:00:00Z"
_NEWLINES = (1, 2, 3, 4)
"""How many newlines may stand between block and rest."""


def verify_legacy(data: bytes, block: Block) -> str | None:
    """The rule by which the block's SHA-256 hash is right for the file, or None.

    A rule is named ``era/quotes/newlines/tail``: ``late`` or ``early`` (which kept
    ``last_modified_at``), ``bare`` or ``quoted`` placeholders, how many newlines follow the block,
    and whether the rest ends with one ``newline``, ``trimmed`` or ``as-is``.

    Each rule hashes the block with placeholders in it and all that stands below, so every block of
    a stack is verified on its own. At most 16 hashes of the file are computed.
    """
    import hashlib

    field = block.field("hash")
    if field is None:
        return None
    wanted = field.text.lower()
    rest = data[block.span.end :].replace(b"\r\n", b"\n").lstrip(b"\n")
    trimmed = rest.rstrip()
    space = rest[len(trimmed) :]
    for era, quotes in product(("late", "early"), ("bare", "quoted")):
        text = _with_placeholders(data, block, era, b"'" if quotes == "quoted" else b"")
        for newlines in _NEWLINES:
            sha = hashlib.sha256(text + b"\n" * newlines)
            sha.update(trimmed)
            for tail, more in _tails(era, space):
                whole = sha.copy()
                whole.update(more)
                if whole.hexdigest() == wanted:
                    return f"{era}/{quotes}/{newlines}/{tail}"
    return None


def _tails(era: str, space: bytes) -> Iterator[tuple[str, bytes]]:
    """How the rest may end: the name, and the bytes after the last that is not white space."""
    if era == "early":
        yield "as-is", space
    yield "newline", b"\n"
    yield "trimmed", b""


def _with_placeholders(data: bytes, block: Block, era: str, quote: bytes) -> bytes:
    """The block's own lines, joined with LF, with placeholders for what changed at each stamp."""
    replaced: list[tuple[Field, bytes]] = []
    for key, value in (("hash", _ZEROS), ("last_modified_at", _EPOCH)):
        field = block.field(key)
        if field is not None and (key == "hash" or era == "late"):
            replaced.append((field, quote + value + quote))
    pieces, at = [], block.span.start
    for field, value in sorted(replaced, key=lambda pair: pair[0].span):
        pieces += [data[at : field.span.start], value]
        at = field.span.end
    pieces.append(data[at : block.span.end])
    return b"".join(pieces).replace(b"\r\n", b"\n").removesuffix(b"\n")
