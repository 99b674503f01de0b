"""Comment styles and file types as data: how a block is written, and where it belongs."""

from __future__ import annotations

import re
from typing import NamedTuple

from onex_tools.stamp import prologue as p


class Style(NamedTuple):
    """A way to write comments.

    A line comment begins with ``opening`` on each line and has no ``closing``.
    """

    name: str
    opening: bytes
    closing: bytes = b""


HASH = Style("hash", b"#")
SLASHES = Style("slashes", b"//")
DASHES = Style("dashes", b"--")
C_BLOCK = Style("c", b"/*", b"*/")
XML = Style("xml", b"<!--", b"-->")
BARE = Style("bare", b"")
SEMICOLONS = Style("semicolons", b";")

STYLES = (HASH, SLASHES, DASHES, C_BLOCK, XML, BARE)
"""Those that a block can be written in; others may stand above one."""

LAYOUTS = {
    "hash": "`#` comments",
    "hash-bare": "plain lines between `#` markers",
    "slashes": "`//` comments",
    "slashes-bare": "plain lines between `//` markers",
    "dashes": "`--` comments",
    "dashes-bare": "plain lines between `--` markers",
    "c": "one `/* */` comment",
    "c-lines": "one `/* */` comment per line",
    "xml": "plain lines in an HTML comment",
    "xml-lines": "one HTML comment per line",
    "bare": "plain lines without a comment",
}
"""How a block is written, in plain words: by style, with ``-bare`` and ``-lines`` variants."""


class FileType(NamedTuple):
    """What reading and writing a stamp need to know about one kind of file.

    Attributes:
        styles: its comments; a new block is written in the first.
        prologue: what the block goes after.
        leading: further lines that may stand above a block, or None.
        bare: plain fields between commented markers are a block too (an old dialect).
        asked: every such file is to have a stamp once stamping is configured; in other kinds
            a stamp is read where there is one, since not all their readers know its comments.
    """

    styles: tuple[Style, ...]
    prologue: tuple[p.Part, ...] = (p.BOM, p.SHEBANG)
    leading: re.Pattern[bytes] | None = None
    bare: bool = False
    asked: bool = True


_YAML_HEAD = re.compile(rb"(?:%[^\n]*|---[ \t]*(?:#[^\n]*)?\r?)(?:\n|\Z)")
_HASHES = FileType((HASH,), (p.BOM,))
_SCRIPT = FileType((HASH,))
_SETTINGS = FileType((HASH,), (p.BOM,), asked=False)
_C_LIKE = FileType((SLASHES, C_BLOCK))
_DASHED = FileType((DASHES, C_BLOCK))

FILE_TYPES = {
    "python": FileType((HASH,), (p.BOM, p.SHEBANG, p.COOKIE, p.COOKIE_BELOW)),
    "markdown": FileType((XML,), (p.BOM, p.FRONT_MATTER, p.TOML_FRONT_MATTER)),
    "yaml": FileType((HASH,), (p.BOM, p.SHEBANG, p.CLOUD_CONFIG), _YAML_HEAD, bare=True),
    "ignore": FileType((HASH,), (p.BOM,), bare=True),
    "gitattributes": _HASHES,
    "toml": _HASHES,
    "shell": _SCRIPT,
    "dockerfile": FileType((HASH,), (p.BOM, p.SHEBANG, p.DIRECTIVES)),
    "make": _SCRIPT,
    "conf": _SETTINGS,
    "dotenv": _SETTINGS,
    "hcl": FileType((HASH, SLASHES, C_BLOCK), (p.BOM,), asked=False),
    "ini": FileType((HASH, SEMICOLONS), (p.BOM,), asked=False),
    "perl": FileType((HASH,), asked=False),
    "powershell": FileType((HASH,), asked=False),
    "properties": _SETTINGS,
    "c": _C_LIKE,
    "cpp": _C_LIKE,
    "go": _C_LIKE,
    "java": _C_LIKE,
    "javascript": _C_LIKE,
    "rust": _C_LIKE,
    "typescript": _C_LIKE,
    "lua": FileType((DASHES,)),
    "sql": _DASHED,
}
"""File types by kind; the rules on stamps look at no other kind."""

_OTHER = FileType((HASH,), bare=True)


def file_type(kind: str) -> FileType:
    """The row for ``kind``; for an unknown one, that of files with ``#`` comments."""
    return FILE_TYPES.get(kind, _OTHER)
