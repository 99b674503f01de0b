"""Which files never carry a stamp, whatever the configuration says, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onex_tools.stamp.comments import HASH
from onex_tools.stamp.generated import is_generated
from onex_tools.stamp.hashing import is_text
from onex_tools.stamp.lines import skip_blank
from onex_tools.stamp.options import unwanted
from onex_tools.stamp.parts import compiled
from onex_tools.stamp.prologue import Prologue, prologue
from onex_tools.stamp.styles import FileType

_LOCKS = frozenset({"go.sum", "go.work.sum", "npm-shrinkwrap.json", "package-lock.json"})
_PATHS = (
    (re.compile(r"(?i)(?:.*/)?[^/]*(?:[.-]lock(?:\.(?:json|ya?ml|hcl|toml))?|\.lockb)\Z"), "lock"),
    (re.compile(r"(?:.*/)?__snapshots__/|.*\.(?:snap|snapshot|ambr)\Z"), "a snapshot"),
    (re.compile(r"(?i).*[.-]min\.(?:js|mjs|cjs|css|html?|svg)\Z"), "minified"),
    (
        re.compile(
            r"(?:.*/)?(?:lex\.yy\.c|y\.tab\.[ch])\Z|.*(?:\.[Dd]esigner\.(?:cs|vb)"
            r"|\.g(?:\.i)?\.cs|\.(?:g|freezed)\.dart|_pb2(?:_grpc)?\.pyi?|\.pb\.(?:go|cc|h))\Z"
        ),
        "generated",
    ),
)
_LFS = b"version https://git-lfs.github.com/spec/"
_JINJA = b"#jinja2:"
_LONE_CR = re.compile(rb"\r(?!\n)")
_CONFLICT = b"<<<<<<< "
_SEALED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:-----BEGIN [A-Z]|\$ANSIBLE_VAULT;|untrusted comment: "
    rb"|age-encryption\.org/)"
)
_SIGNED = re.compile(
    rb"^(?:#|//|''|'|<!--) SIG (?:#|//|''|') Begin signature block"
    rb"|\bENC\[AES256_GCM,data:|http://www\.w3\.org/2000/09/xmldsig#",
    re.MULTILINE,
)
_SIGNS = (b"Begin signature block", b"ENC[AES256_GCM,", b"xmldsig#")
_EDITORS = (b"vi", b"Vim", b"ex:")
_MODELINE = re.compile(
    rb"(?:(?:^|[ \t])(?:vi|[vV]im(?:[<=>]?[0-9]+)?):[ \t]*|[ \t]ex:[ \t]*(?=set?[ \t]|\w+=))"
    rb"[a-z]"
)
_SHELL = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:#!\s*(?:\S*/)?(?:env\s+(?:-\S+\s+)*)?(?:\S*/)?(?:ba|da|k|z|a)?sh\b"
    rb"|//+(?:usr/)?bin/)"
)
"""A file of another language that a shell begins to read: only `#` is a comment to both."""
_SHEBANG = 256
"""No system reads more bytes of a shebang."""
_HEAD_LINES = 5
"""In so many lines at its head, or at its end, an editor looks for its settings."""


def is_wanted(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether the configuration wants a stamp at ``path``: nothing in ``include`` means all."""
    return not unwanted(path, include, exclude)


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
    if reason := reason_by_path(path) or _by_bytes(data):
        return reason
    found = prologue(data, row.prologue)
    return _by_head(data, row, found) or _by_text(data, row, found.end)


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


def _by_head(data: bytes, row: FileType, found: Prologue) -> str:
    """What the prologue, and what follows it, has against a block between them."""
    if found.doubt:
        return found.doubt
    if row.needs and all(part is not row.needs for part, _, _ in found.parts):
        return f"a template: its first line is not the {row.needs.name}"
    at = skip_blank(data, found.end)
    if not data[at:].strip():
        return "nothing below the prologue" if found.parts else "empty"
    if _LONE_CR.search(data, 0, at):
        return "a line of its head ends with CR alone"
    closed = data[: found.end].rstrip().endswith(b"!#")  # where Scheme begins to read
    if row.styles[0] != HASH and not closed and _SHELL.match(data, 0, _SHEBANG):
        return "a shell reads its first lines, in which other comments are commands"
    if data.startswith(_JINJA, at):
        return "the header of a template has to be its first line"
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
    if not any(sign in line for sign in _EDITORS for line in lines[above:_HEAD_LINES]):
        return False
    number = len(lines) - (lines[-1] == b"")
    return any(
        _MODELINE.search(lines[index]) and number - index > _HEAD_LINES
        for index in range(above, min(_HEAD_LINES, number))
    )


def _by_text(data: bytes, row: FileType, at: int) -> str:
    if _SEALED.match(data) or (any(s in data for s in _SIGNS) and _SIGNED.search(data)):
        return "signed or encrypted as it is"
    if is_generated(data, row, at):
        return "generated"
    if data.startswith(_CONFLICT) or b"\n" + _CONFLICT in data:
        return "an unresolved merge conflict"
    return ""
