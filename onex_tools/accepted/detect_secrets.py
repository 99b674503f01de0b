"""The baseline of detect-secrets: findings by file, each with the SHA-1 of its secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onex_tools.accepted.document import Document
from onex_tools.accepted.entry import DIGEST, Entry, Ground, is_line


def entries(document: Document, ground: Ground) -> Iterator[Entry]:
    """Every finding in ``document``.

    Raises:
        AcceptedError: something in it is not what detect-secrets writes.
    """
    results = document.value.get("results")
    if not isinstance(results, dict):
        document.refuse("`results`, an object with the findings of each file", "results")
    for path, found in results.items():
        if not isinstance(found, list):
            document.refuse("an array with the findings of the file", "results", path)
        for number, finding in enumerate(found):
            yield _entry(document, ground, finding, ("results", path, number))


def _entry(document: Document, ground: Ground, finding: Any, keys: tuple[str, str, int]) -> Entry:
    if not isinstance(finding, dict):
        document.refuse("an object with `type`, `hashed_secret` and `line_number`", *keys)
    secret = finding.get("hashed_secret")
    if not isinstance(secret, str) or not DIGEST.fullmatch(secret):
        document.refuse(
            "`hashed_secret` to be a SHA-1 of 40 hexadecimal digits", *keys, "hashed_secret"
        )
    what, line = finding.get("type", ""), finding.get("line_number", 0)
    if not isinstance(what, str):
        document.refuse("`type` to be a text", *keys, "type")
    if not is_line(line):
        document.refuse("`line_number` to be a number from 1", *keys, "line_number")
    for flag in ("is_secret", "is_verified"):
        if not isinstance(finding.get(flag, False), bool):
            document.refuse(f"`{flag}` to be true or false", *keys, flag)
    real = bool(finding.get("is_secret") or finding.get("is_verified"))
    path = ground.plain(keys[1])
    return Entry(document.path, path, what, line, line, secret, real=real)
