"""A stamp's identity: the UUID that a file gets once, and the time it got it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

Mint = Callable[[str, str, str], str]
"""Gives a new UUID for a repository's id, a path and the hash of a body."""


def mint(repository: str, path: str, hash_: str) -> str:
    """The UUID of a file that is stamped for the first time.

    With a ``repository`` id it is UUID version 5, so that two branches that stamp the same new file
    agree: its namespace is the id, or that of URLs and the id where the id is no UUID itself; its
    name is the path, a line feed, and the body's hash as the stamp has it. Without an id it is
    random (version 4).
    """
    if not repository:
        import uuid

        return str(uuid.uuid4())
    return _uuid5(_namespace(repository), f"{path}\n{hash_}".encode("utf-8", "surrogateescape"))


@lru_cache(maxsize=64)
def _namespace(repository: str) -> bytes:
    import uuid

    try:
        return uuid.UUID(repository).bytes
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, repository).bytes


def _uuid5(namespace: bytes, name: bytes) -> str:
    """``uuid.uuid5`` for a name in bytes, which it takes from Python 3.12 on only."""
    import hashlib

    digest = bytearray(hashlib.sha1(namespace + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def utc_now(environ: Mapping[str, str]) -> str:
    """The time in UTC to the second, as a stamp has it; ``SOURCE_DATE_EPOCH`` is honoured."""
    import time

    try:
        return as_stamp_time(int(environ["SOURCE_DATE_EPOCH"]))
    except (KeyError, ValueError, OverflowError, OSError):
        return as_stamp_time(time.time())


def as_stamp_time(seconds: float) -> str:
    """Seconds since 1970 as ``2025-05-21T12:41:40Z``."""
    import time

    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def normal_time(text: str) -> str:
    """A time that an older tool wrote, in UTC to the second; what is none stays as it is.

    One without a time zone is taken as UTC: old tools wrote no other.
    """
    import datetime

    try:
        time = datetime.datetime.fromisoformat(text)
        if time.tzinfo is not None:
            time = time.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return text
    return time.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
