"""The hash of a file's body: BLAKE3 that does not depend on line endings or a byte order mark."""

from __future__ import annotations

PREFIX = "b3-v1:"
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_LOOKED_AT = 8000


def is_text(body: bytes) -> bool:
    """Whether ``body`` counts as text: no NUL near its start, and not UTF-16 or UTF-32."""
    return b"\0" not in body[:_LOOKED_AT] and not body.startswith(_WIDE_BOMS)


def body_hash(body: bytes) -> str:
    """``b3-v1:`` and 64 hexadecimal digits: BLAKE3 of the body.

    From text a UTF-8 byte order mark is taken off and CRLF is made LF; other bytes are hashed as
    they are.
    """
    from blake3 import blake3

    if is_text(body):
        body = body.removeprefix(_BOM)
        if b"\r\n" in body:
            body = body.replace(b"\r\n", b"\n")
    return PREFIX + blake3(body).hexdigest()


def is_v1_hash(value: str) -> bool:
    """Whether a field's text claims to be a hash of this family, whole or not."""
    return value.startswith("b3-")
