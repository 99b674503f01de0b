"""What gitleaks was told to accept: its ignore file, and a report that serves as its baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onex_tools.accepted.document import Document
from onex_tools.accepted.entry import AcceptedError, Commit, Entry, Ground, digest, is_line

_FINGERPRINT = re.compile(
    r"(?:(?P<commit>[0-9a-f]{40}|[0-9a-f]{64}):)?"
    r"(?P<path>[^\0]+):(?P<rule>[^:\s]+):(?P<line>[0-9]{1,9})"
)
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REDACTED = re.compile(r"REDACTED|.*\.\.\.", re.DOTALL)


def ignored(path: str, text: str, ground: Ground) -> Iterator[Entry]:
    """Every fingerprint of an ignore file, ``text``, that stands at ``path``.

    Raises:
        AcceptedError: a line is none.
    """
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = _FINGERPRINT.fullmatch(line)
        if match is None:
            raise AcceptedError(
                f"{path}:{number}: expected a fingerprint, `file:rule:line` or "
                "`commit:file:rule:line`"
            )
        at = int(match["line"])
        commit = Commit(match["commit"], match["path"]) if match["commit"] else None
        file = ground.plain(match["path"])
        yield Entry(f"{path}:{number}", file, match["rule"], at, at, commit=commit)


def reported(document: Document, ground: Ground) -> Iterator[Entry]:
    """Every finding of a report; its secrets are turned into digests.

    Raises:
        AcceptedError: something in it is not what gitleaks writes.
    """
    for number, finding in enumerate(document.value):
        if not isinstance(finding, dict):
            document.refuse("an object with `RuleID`, `File` and `StartLine`", number)
        yield _reported(document, ground, finding, number)


def _reported(document: Document, ground: Ground, finding: dict[str, Any], number: int) -> Entry:
    def text(name: str) -> str:
        value = finding.get(name, "")
        if not isinstance(value, str):
            document.refuse(f"`{name}` to be a text", number, name)
        return value

    def line(name: str) -> int:
        value = finding.get(name, 0)
        if not is_line(value):
            document.refuse(f"`{name}` to be the number of a line", number, name)
        return int(value)

    path, id_, secret = text("File"), text("Commit"), text("Secret")
    if not path:
        document.refuse("`File`, the path of the file", number)
    if id_ and not _COMMIT.fullmatch(id_):
        document.refuse("`Commit` to be the id of a commit", number, "Commit")
    first, last = line("StartLine"), line("EndLine")
    known = "" if _REDACTED.fullmatch(secret) or not secret else _digest(secret)
    commit = Commit(id_, path) if id_ and not known else None
    file = ground.plain(path)
    return Entry(document.path, file, text("RuleID"), first, max(first, last), known, commit)


def _digest(secret: str) -> str:
    return digest(secret.encode("utf-8", "surrogatepass"))
