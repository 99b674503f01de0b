"""Text in UTF-16, told by its byte order mark."""

from __future__ import annotations

ENCODINGS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""The encoding by the two bytes of the mark."""


def narrowed(data: bytes) -> bytes | None:
    """``data`` as UTF-8, without its mark; None where it is no UTF-16."""
    encoding = ENCODINGS.get(data[:2])
    if encoding is None:
        return None
    return data[2:].decode(encoding, "replace").encode("utf-8", "replace")
