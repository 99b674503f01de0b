"""The hash of a file's body: BLAKE3 that does not depend on line endings or a byte order mark."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blake3 import blake3

PREFIX = "b3-v1:"
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_LOOKED_AT = 8000


def is_text(body: bytes) -> bool:
    """Whether ``body`` counts as text: no NUL near its start, and not UTF-16 or UTF-32."""
    return body.find(b"\0", 0, _LOOKED_AT) < 0 and not body.startswith(_WIDE_BOMS)


def body_hash(body: bytes) -> str:
    """``b3-v1:`` and 64 hexadecimal digits: BLAKE3 of the body.

    From text a UTF-8 byte order mark is taken off and CRLF is made LF; other bytes are hashed as
    they are.
    """
    if is_text(body):
        body = body.removeprefix(_BOM)
        if b"\r" in body:
            body = body.replace(b"\r\n", b"\n")
    return PREFIX + _blake3()(body).hexdigest()


@lru_cache(maxsize=1)
def _blake3() -> type[blake3]:
    """Imported when something is hashed; asking for a module each time takes as long as hashing."""
    from blake3 import blake3

    return blake3


def hash_of_chunks(chunks: Iterable[bytes]) -> str:
    """``body_hash`` of what ``chunks`` make together; only one of them is held at a time."""
    hasher, rest, head = _blake3()(), iter(chunks), b""
    for chunk in rest:
        head += chunk
        if len(head) >= _LOOKED_AT:
            break
    if not is_text(head):
        for chunk in chain((head,), rest):
            hasher.update(chunk)
        return PREFIX + hasher.hexdigest()
    held = b""
    for chunk in chain((head.removeprefix(_BOM),), rest):
        piece = held + chunk
        held = b"\r" if piece.endswith(b"\r") else b""  # the next chunk may begin with its LF
        hasher.update(piece.removesuffix(held).replace(b"\r\n", b"\n"))
    hasher.update(held)
    return PREFIX + hasher.hexdigest()


def is_v1_hash(value: str) -> bool:
    """Whether a field's text claims to be a hash of this family, whole or not."""
    return value.startswith("b3-")
