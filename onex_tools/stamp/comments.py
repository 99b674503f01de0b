"""Comment styles as data: how a language marks a comment, and the words for what is written so."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """A way to write comments.

    A line comment begins with ``opening`` on each line and has no ``closing``. ``unsafe`` names
    what must not stand in a comment of this style, besides its own ``opening`` and ``closing``.
    """

    name: str
    opening: bytes
    closing: bytes = b""
    unsafe: tuple[bytes, ...] = ()


HASH = Style("hash", b"#")
# `?>` ends a PHP comment; `??/` is a backslash in old C, which would take the next line in.
SLASHES = Style("slashes", b"//", unsafe=(b"?>", b"??/"))
DASHES = Style("dashes", b"--")
C_BLOCK = Style("c", b"/*", b"*/")
XML = Style("xml", b"<!--", b"-->", unsafe=(b"--",))
BARE = Style("bare", b"")
SEMICOLONS = Style("semicolons", b";")
PERCENTS = Style("percents", b"%")
QUOTES = Style("quotes", b'"')
APOSTROPHES = Style("apostrophes", b"'")
BANGS = Style("bangs", b"!")
# cmd.exe replaces variables in a label too, and `%~` alone is an error there.
COLONS = Style("colons", b"::", unsafe=(b"%", b"^"))
DOTS = Style("dots", b"..")
# OCaml reads strings inside of comments, those between `{|` and `|}` too.
ML = Style("ml", b"(*", b"*)", unsafe=(b'"', b"|"))
MDX = Style("mdx", b"{/*", b"*/}", unsafe=(b"*/", b"/*"))

STYLES = (HASH, SLASHES, DASHES, C_BLOCK, XML, BARE)
"""Those that the dialects of older tools are written in, whatever the kind of file."""

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
"""How a block of an old dialect is written, in plain words: by style, with ``-bare`` and
``-lines`` variants."""


def layout_words(layout: str) -> str:
    """How a block is written, in plain words; ``layout`` is that of a ``Block``."""
    return LAYOUTS.get(layout, f"comments of the style `{layout}`")
