"""Which files never carry a stamp, whatever the configuration says, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.globs import excludes, matches
from onex_tools.stamp.hashing import is_text
from onex_tools.stamp.lines import skip_blank
from onex_tools.stamp.parts import compiled
from onex_tools.stamp.prologue import leading_comments, prologue
from onex_tools.stamp.styles import FileType

_LOCKS = frozenset({"go.sum", "go.work.sum", "npm-shrinkwrap.json", "package-lock.json"})
_PATHS = (
    (re.compile(r"(?i)(?:.*/)?[^/]*(?:[.-]lock(?:\.(?:json|ya?ml|hcl|toml))?|\.lockb)\Z"), "lock"),
    (re.compile(r"(?:.*/)?__snapshots__/|.*\.(?:snap|snapshot|ambr)\Z"), "a snapshot"),
    (re.compile(r"(?i).*[.-]min\.(?:js|mjs|cjs|css|html?|svg)\Z"), "minified"),
)
_GENERATED = re.compile(
    rb"(?<![\w-])@generated\b(?!-)|\bDO NOT (?:EDIT|MODIFY)\b"
    rb"|\b(?i:(?:generated|created|managed|written) (?:automatically )?(?:by|from)\b[^\n]*\n?[^\n]*"
    rb"\bdo not (?:edit|modify|change))\b"
)
_LFS = b"version https://git-lfs.github.com/spec/"
_LONE_CR = re.compile(rb"\r(?!\n)")
_CONFLICT = re.compile(rb"^<{7} ", re.MULTILINE)
_SEALED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:-----BEGIN [A-Z]|\$ANSIBLE_VAULT;|untrusted comment: "
    rb"|age-encryption\.org/)"
)
_SIGNED = re.compile(
    rb"^(?:#|//|''|'|<!--) SIG (?:#|//|''|') Begin signature block"
    rb"|\bENC\[AES256_GCM,data:|http://www\.w3\.org/2000/09/xmldsig#",
    re.MULTILINE,
)
_SIGNS = (b" SIG ", b"ENC[AES256_GCM,", b"xmldsig#")
_MODELINE = re.compile(
    rb"(?:(?:^|[ \t])(?:vi|[vV]im(?:[<=>]?[0-9]+)?):[ \t]*|[ \t]ex:[ \t]*(?=set?[ \t]|\w+=))"
    rb"[a-z]"
)
_HEAD_LINES = 5
"""In so many lines at its head, or at its end, an editor looks for its settings."""


def is_wanted(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether the configuration wants a stamp at ``path``: nothing in ``include`` means all."""
    return (not include or matches(include, path)) and not excludes(exclude, path)


def reason_by_path(path: str) -> str:
    """Why a file at ``path`` never gets a stamp, in a few words; empty where it may have one."""
    name = path.rpartition("/")[2]
    if name in _LOCKS:
        return "a lock file"
    for pattern, words in _PATHS:
        if pattern.match(path):
            return "a lock file" if words == "lock" else words
    return ""


def reason_against(path: str, data: bytes, row: FileType | None) -> str:
    """Why a file never gets a stamp, in a few words; empty where it may have one.

    Args:
        path: where it is, relative to the root.
        data: the file's bytes.
        row: how files of its kind carry a stamp; None where they do not.
    """
    if row is None:
        return "no comments in this kind of file"
    return reason_by_path(path) or _by_bytes(data) or _by_head(data, row) or _by_text(data, row)


def _by_bytes(data: bytes) -> str:
    if not data.strip():
        return "empty"
    if b"\0" in data or not is_text(data):
        return "not text"
    if data.startswith(_LFS):
        return "a pointer to a large file"
    if b"\r" in data and b"\n" not in data:
        return "lines end with CR alone"
    return ""


def _by_head(data: bytes, row: FileType) -> str:
    """What the prologue, and what follows it, has against a block between them."""
    found = prologue(data, row.prologue)
    if found.doubt:
        return found.doubt
    if row.needs and all(part is not row.needs for part, _, _ in found.parts):
        return f"a template: its first line is not the {row.needs.name}"
    at = skip_blank(data, found.end)
    if not data[at:].strip():
        return "nothing below the prologue" if found.parts else "empty"
    if _LONE_CR.search(data, 0, at):
        return "a line of its head ends with CR alone"
    for pattern, words in row.against:
        if compiled(pattern).match(data, at):
            return words
    if _pushes_modeline(data, at):
        return f"an editor's mode line would leave the first {_HEAD_LINES} lines"
    return ""


def _pushes_modeline(data: bytes, at: int) -> bool:
    """Whether a block at ``at`` pushes a mode line down to where no editor looks for it."""
    above = data.count(b"\n", 0, at)
    if above >= _HEAD_LINES:
        return False
    lines = data.split(b"\n", 2 * _HEAD_LINES + 1)
    number = len(lines) - (lines[-1] == b"")
    return any(
        _MODELINE.search(lines[index]) and number - index > _HEAD_LINES
        for index in range(above, min(_HEAD_LINES, number))
    )


def _by_text(data: bytes, row: FileType) -> str:
    if _SEALED.match(data) or (any(s in data for s in _SIGNS) and _SIGNED.search(data)):
        return "signed or encrypted as it is"
    if _GENERATED.search(leading_comments(data, row)):
        return "generated"
    if _CONFLICT.search(data):
        return "an unresolved merge conflict"
    return ""
