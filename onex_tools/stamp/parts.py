"""What must stay at the head of a file, as data: one recogniser for each part of a prologue."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from onex_tools.stamp.comments import Style

Finder = Callable[[bytes, int, int], int]
"""Gives the end of the part at an offset, or -1; looks no further than the second offset."""


class Part(NamedTuple):
    """One recogniser.

    Attributes:
        name: in plain words, for messages.
        pattern: matches the part from its first byte to its last, without the line ending; or a
            function that finds its end.
        opening: matches where the part certainly begins, or may do so: if ``pattern`` does not
            match there, nobody knows where it ends, and the head of the file cannot be told.
        lines: the part may begin only where fewer than this many lines stand above it.
        leads: it loses its meaning when something stands above it.
        below_blanks: blank lines may stand above it.
        whole: it ends where a line ends; if more follows on that line, no block can follow it.
    """

    name: str
    pattern: bytes | Finder
    opening: bytes = b""
    lines: int = 1
    leads: bool = True
    below_blanks: bool = False
    whole: bool = True

    def end(self, data: bytes, at: int, limit: int) -> int:
        """The end of the part at ``at``; -1 where it is not there."""
        if not isinstance(self.pattern, bytes):
            return self.pattern(data, at, limit)
        match = compiled(self.pattern).match(data, at, limit)
        return match.end() if match else -1

    def opens(self, data: bytes, at: int, limit: int) -> bool:
        """Whether the part begins at ``at``, or may do so."""
        return bool(self.opening) and compiled(self.opening).match(data, at, limit) is not None


@lru_cache(maxsize=256)
def compiled(pattern: bytes) -> re.Pattern[bytes]:
    """``pattern``, compiled when it is first needed: a run needs few of them."""
    return re.compile(pattern)


_MANY = 1 << 30
_AT_EOL = rb"(?=[ \t]*(?:\r?\n|\r?\Z))"


def _until(end: bytes) -> bytes:
    """Everything up to the first match of ``end``, and that match."""
    return rb"(?:(?!" + end + rb")[\s\S])*+" + end


def _lines(line: bytes) -> bytes:
    """One line that matches ``line``, or several of them."""
    return rb"(?:" + line + rb"\n)*" + line


def _in_head(name: str, pattern: bytes, opening: bytes = b"") -> Part:
    """A part that stays in the prologue, though comments may stand above it too."""
    return Part(name, pattern, opening, lines=_MANY, leads=False, below_blanks=True)


BOM = Part("byte order mark", rb"\xef\xbb\xbf", whole=False)
SHEBANG = Part("shebang", _lines(rb"#!(?!\[)[^\n]*"))

# Python -----------------------------------------------------------------------------------------

_COOKIE = rb"[ \t\f\r]*#[^\n]*?coding[:=][ \t]*[-\w.]+[^\n]*"
COOKIE = Part("encoding declaration", _COOKIE, lines=2)
COOKIE_BELOW = Part("encoding declaration", rb"[ \t\f\r]*(?:#[^\n]*)?\n" + _COOKIE)

# Editors ----------------------------------------------------------------------------------------

_MODE = rb"(?=[^\n]*-\*-[^\n]*-\*-)"


@lru_cache(maxsize=64)
def mode_line(style: Style) -> Part:
    """Emacs's first line in comments of ``style``; the second one below a shebang."""
    begin, end = re.escape(style.opening) + _MODE, re.escape(style.closing)
    if end:
        pattern = begin + _until(end)
        return Part("Emacs mode line", pattern, opening=begin, lines=2)
    # A backslash at its end takes the next line into the comment.
    return Part("Emacs mode line", begin + rb"[^\n]*(?<!\\)(?<!\\\r)(?=\n|\Z)", lines=2)


# Headers that a program looks for in the first line ---------------------------------------------

_JINJA = rb"##[ \t]*template:[ \t]*jinja"
CLOUD_CONFIG = Part(
    "cloud-config header",
    rb"(?:" + _JINJA + rb"[ \t]*\r?\n)?+#(?:cloud-config(?:-archive|-jsonp)?|cloud-boothook"
    rb"|include(?:-once)?|part-handler|upstart-job)" + _AT_EOL + rb"|" + _JINJA + _AT_EOL,
)
JINJA = Part(
    "Jinja header",
    # What Ansible makes of the template begins with the next line: what has to lead that follows.
    rb"#jinja2:[^\n]*(?:\n#(?:[^\s#][^\n]*|[^\n]*(?:coding[:=]|-\*-)[^\n]*))*",
)
COMPDEF = Part("completion header", rb"#(?:compdef|autoload)(?=[ \t\r\n]|\Z)[^\n]*")
LANG = _in_head("#lang line", rb"#lang[ \t][^\n]*")
LUA_FIRST = Part("shebang", rb"#[^\n]*")
"""Lua passes over line 1 if it begins so, and over no other."""
SWIFT_TOOLS = Part("swift-tools-version", rb"(?i://[ \t]*swift-tools-version[ \t]*:)[^\n]*")
CABAL_VERSION = Part("cabal-version", rb"(?i:cabal-version)[ \t]*:[^\n]*")
GLSL_VERSION = Part("#version line", rb"\#[ \t]*version[ \t][^\n]*")
LIQUIBASE = Part(
    "Liquibase header", rb"--[ \t]*liquibase[ \t]+formatted[ \t]+sql\b[^\n]*", below_blanks=True
)
FEATURE_LANGUAGE = _in_head("language line", rb"[ \t]*\#[ \t]*language[ \t]*:[^\n]*")
TEX_FORMAT = Part("format line", rb"%&[^\n]*")
TEX_MAGIC = Part("magic comment", _lines(rb"%+[ \t]*!T[eE]X[ \t][^\n]*"), lines=20)
ESCRIPT = Part("escript flags", rb"%%![^\n]*", lines=3)
RUBY_MAGIC = Part(
    "magic comment",
    _lines(
        rb"#[ \t]*(?:frozen[_-]string[_-]literal|(?:en|file)?coding"
        rb"|warn[_-](?:indent|past[_-]scope)|shareable[_-]constant[_-]value|typed|rbs_inline)"
        rb"[ \t]*[:=][^\n]*"
    ),
    lines=2,
)
STACK = Part("options of stack", rb"--[ \t]*stack\b[^\n]*|\{-\s*stack\b" + _until(rb"-\}"), lines=2)
SCHEME_SCRIPT = Part("shebang", rb"#!/(?:[^\n]*\n){1,9}?!#|#!(?!\[)[^\n]*")
CHARSET = Part("@charset rule", rb'@charset "[^"\n]*";', opening=rb"@charset\b", lines=_MANY)
DIRECTIVES = Part(
    "parser directive",
    _lines(rb"[ \t]*#[ \t]*(?i:syntax|escape|check)[ \t]*=[ \t]*[^\s][^\n]*"),
    lines=2,
)

# JavaScript and its tools -------------------------------------------------------------------------

_PRAGMA = (
    rb"@(?:(?:no)?flow|(?:no)?format|(?:no)?prettier|jest-[a-z]|jsx|providesModule|preventMunge"
    rb"|emails|oncall)"
)
_DOCBLOCK = rb"/\*(?=(?:(?!\*/)[\s\S])*?" + _PRAGMA + rb")"
DOCBLOCK = Part(
    "docblock",
    _DOCBLOCK + _until(rb"\*/") + rb"|(?://[^\n]*\n)*?//[^\n]*" + _PRAGMA + rb"[^\n]*",
    opening=_DOCBLOCK,
    lines=_MANY,
    below_blanks=True,
)
_FORMAT = rb"[ \t]*@(?:no)?(?:format|prettier)[ \t]*"
FORMAT_HASH = Part("format pragma", rb"#" + _FORMAT + _AT_EOL, lines=_MANY, below_blanks=True)
FORMAT_XML = Part("format pragma", rb"<!--" + _FORMAT + rb"-->", lines=_MANY, below_blanks=True)
REFERENCE = _in_head(
    "triple-slash directive",
    _lines(rb"///[ \t]*<[ \t]*(?:reference|amd-module|amd-dependency)\b[^\n]*"),
)

# PHP ----------------------------------------------------------------------------------------------

_STRICT = rb"(?i:declare)\s*\(\s*(?i:strict_types)\s*=\s*[01]\s*\)\s*;"
PHP_OPENING = Part(
    "PHP opening tag",
    rb"<\?(?i:php)(?=\s|\Z)(?:[ \t]+" + _STRICT + rb")?",
    opening=rb"<\?(?i:php)",
    lines=2,
)
STRICT_TYPES = _in_head("strict_types declaration", _STRICT)

# XML and HTML -------------------------------------------------------------------------------------

_QUOTED = rb"\"[^\"]*\"|'[^']*'"
_IN_SUBSET = (
    rb"(?:<!--" + _until(rb"-->") + rb"|<\?" + _until(rb"\?>") + rb"|<!(?!--)(?:[^\"'>]|"
    + _QUOTED + rb")*+>|[^\]<])*+"
)  # fmt: skip
_DOCTYPE = rb"<!(?i:doctype)\b"
_INSTRUCTION = rb"<\?(?!xml\s)[A-Za-z_:]"
XML_DECLARATION = Part(
    "XML declaration", rb"<\?xml\s" + _until(rb"\?>"), opening=rb"<\?xml\s", lines=_MANY
)
INSTRUCTIONS = _in_head(
    "processing instruction",
    _INSTRUCTION + _until(rb"\?>") + rb"(?:\s*" + _INSTRUCTION + _until(rb"\?>") + rb")*+",
    opening=_INSTRUCTION,
)
INSTRUCTIONS_BELOW = INSTRUCTIONS._replace(name="processing instruction below the DOCTYPE")
DOCTYPE = _in_head(
    "DOCTYPE",
    _DOCTYPE + rb"(?:[^\[\"'>]|" + _QUOTED + rb")*+(?:\[" + _IN_SUBSET + rb"\]\s*+)?>",
    opening=_DOCTYPE,
)

# YAML and front matter ----------------------------------------------------------------------------

YAML_DIRECTIVES = _in_head("YAML directive", rb"%[^\n]*(?:\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*%[^\n]*)*")
YAML_START = _in_head("document start", rb"---(?:[ \t]+#[^\n]*)?" + _AT_EOL)
_FENCE = rb"[ \t]*\r?\n"
_SKIPPED = rb"(?:[ \t\r]*(?:#[^\n]*)?\n)*"
_KEY = (
    rb"(?:[&!]\S+[ \t]+)*(?:(?:[A-Za-z0-9_$\x80-\xff]|<<|-(?=[^\s-]))(?:[^\n:=]|:(?=\S))*"
    rb"|\"(?:[^\"\\\n]|\\.)*\"[ \t]*|'(?:[^'\n]|'')*'[ \t]*):(?=\s)"
)
"""The first key of a mapping, certainly: what YAML allows besides leaves the head in doubt."""
_TO_FENCE = rb"(?:[^\n]*\n)*?"
_YAML_FENCE = rb"(?:---|\.\.\.)" + _AT_EOL
_LANGUAGE = rb"[ \t]?(?:js|javascript|json5?|toml|ya?ml|coffee|cson)"
FRONT_MATTER = Part(
    "front matter",
    # A rule at the head of a document is `---` too: front matter has a key first, or nothing.
    rb"---" + _FENCE + rb"(?:\s*---" + _AT_EOL + rb"|" + _SKIPPED + _KEY + _TO_FENCE
    + _YAML_FENCE + rb")|---" + _LANGUAGE + _FENCE + _TO_FENCE + rb"---" + _AT_EOL,
    opening=rb"---(?:" + _FENCE + rb"(?:" + _SKIPPED + rb"(?:" + _KEY + rb"|\{)|(?=[^\n]*[^\s])"
    + _TO_FENCE + _YAML_FENCE + rb")|" + _LANGUAGE + _FENCE + rb"|[\w.]+" + _FENCE + _TO_FENCE
    + rb"---" + _AT_EOL + rb")",
)  # fmt: skip
TOML_FRONT_MATTER = Part(
    "front matter",
    rb"\+\+\+" + _FENCE + _TO_FENCE + rb"\+\+\+" + _AT_EOL,
    opening=rb"\+\+\+" + _FENCE,
)
CODE_FENCE = Part(
    "frontmatter script",
    rb"---" + _FENCE + _TO_FENCE + rb"---" + _AT_EOL,
    opening=rb"---" + _FENCE,
    lines=_MANY,
    below_blanks=True,
)
PACKAGE_MANIFEST = Part(
    "package manifest",
    rb"(-{3,})(?!-)[ \t]*(?:[\w.][\w.-]*)?" + _FENCE + _TO_FENCE + rb"\1" + _AT_EOL,
    opening=rb"---",
    lines=_MANY,
    below_blanks=True,
)


_JSON_OPENING = rb"\{\s*\""


def _json_end(data: bytes, at: int, limit: int) -> int:
    """The end of the JSON object at ``at``."""
    if not compiled(_JSON_OPENING).match(data, at, limit):
        return -1
    import json

    # One character per byte, so that the decoder counts bytes.
    text = data[at:limit].decode("latin-1")
    try:
        return at + json.JSONDecoder(strict=False).raw_decode(text)[1]
    except (ValueError, RecursionError):
        return -1


JSON_FRONT_MATTER = Part("front matter", _json_end, opening=_JSON_OPENING)

NAMED = {
    "shebang": (SHEBANG,),
    "encoding": (COOKIE, COOKIE_BELOW),
    "front-matter": (FRONT_MATTER, TOML_FRONT_MATTER, JSON_FRONT_MATTER),
    "xml-declaration": (XML_DECLARATION,),
    "processing-instructions": (INSTRUCTIONS,),
    "doctype": (DOCTYPE,),
    "document-start": (YAML_DIRECTIVES, YAML_START),
    "lang": (LANG,),
    "emacs": (),
}
"""The parts that a plugin can name for a kind of file of its own; the line for Emacs depends on
its comments."""
