"""The kinds of files as data: how each writes comments, and where a block belongs in it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Protocol

from onex_tools.kinds import CommentStyle
from onex_tools.stamp import comments as c
from onex_tools.stamp import parts as p
from onex_tools.stamp.comments import BARE, LAYOUTS, STYLES, Style, layout_words

__all__ = [
    "BARE",
    "FILE_TYPES",
    "LAYOUTS",
    "STYLES",
    "FileType",
    "Style",
    "file_type",
    "layout_words",
]


class FileType(NamedTuple):
    """What reading and writing a stamp need to know about one kind of file.

    Attributes:
        styles: its comments; a new block is written in the first.
        prologue: what the block goes after.
        leading: a pattern for further lines that may stand above a block; empty for none.
        bare: plain fields between commented markers are a block too (an old dialect).
        asked: every such file is to have a stamp once stamping is configured; in other kinds
            a stamp is read where there is one, since not all their readers know its comments.
        needs: the part that its prologue has to have, or no block can stand in the file.
        against: patterns for what may not follow a block, with the reason in words.
    """

    styles: tuple[Style, ...]
    prologue: tuple[p.Part, ...] = (p.BOM,)
    leading: bytes = b""
    bare: bool = False
    asked: bool = True
    needs: p.Part | None = None
    against: tuple[tuple[bytes, str], ...] = ()


def _text(styles: tuple[Style, ...], *parts: p.Part) -> FileType:
    """A kind of text, led by ``parts`` and an editor's mode line."""
    return FileType(styles, (p.BOM, *parts, *map(p.mode_line, styles)))


def _script(styles: tuple[Style, ...], *parts: p.Part) -> FileType:
    """A kind of text that may be a program, and begin with a shebang."""
    return _text(styles, p.SHEBANG, *parts)


_YAML_HEAD = rb"(?:%[^\n]*|---[ \t]*(?:#[^\n]*)?\r?)(?:\n|\Z)"
_FRONT = (p.FRONT_MATTER, p.TOML_FRONT_MATTER, p.JSON_FRONT_MATTER)
_TEMPLATE = ((rb"\{[{%#]|<%|<\?(?!xml)", "a template: what leads it may be of another language"),)
_AT_HEAD = rb"(?<![^\xef\xbb\xbf])"
"""Nothing but a byte order mark stands above."""
_TITLED = "a title block, which has to lead the file"
_MARKDOWN_TITLE = (
    (
        rb"<!--\s*\.\.[ \t]|" + _AT_HEAD + rb"(?:%[ \t]|[A-Za-z0-9][\w-]*(?: [\w-]+){0,3}:(?=\s))",
        _TITLED,
    ),
)
_NIKOLA = rb"(?:title|slug|date|tags|category|link|description|type|author|status|updated)"
_RST_TITLE = ((rb"\.\.[ \t]+" + _NIKOLA + rb":", _TITLED),)
_NOT_XML = (*_TEMPLATE, (rb"[^<]", "not XML"))
_OTHER_TS = ((rb"<(?:\?xml|!DOCTYPE)", "a file of translations, not TypeScript"),)
_INDENTED = ((rb"[ \t]+\S", "the text begins indented, and would become part of the comment"),)
_VIM9 = ((rb"(?:[^\n]*\n){0,100}?vim9s(?:cript)?\b", "Vim9 script has other comments"),)
_BATCH = (
    (
        rb"@?(?i:if[ \t]*\(@|set[ \t]+@|rem[ \t]*=)|[<#{\[/'\"]|[0-9]?<|:[ \t]*(?:;|<<)"
        rb"|[^\n]*[ \t]-x[ \t]+\"?%~?f?0",
        "of two languages: its first line means something in each",
    ),
)
_FILTERED = ((rb"#\?", "Nim reads it through a filter, which the first line names"),)
_QUERIES = (
    (
        rb"(?:[^\n]*\n)*?[ \t]*(?:--|/\*|#)[ \t]*(?::name\b|name[ \t]*:)",
        "named queries: a comment with a name begins one",
    ),
)
_DOCKERFILE = ((rb"//|\{", "the input of another frontend than Dockerfile's"),)

_SLASHED = (c.SLASHES, c.C_BLOCK)
_PLAIN = _text((c.HASH,))
_HASHED = _script((c.HASH,))
_CODE = _script(_SLASHED)
_DASHED = _script((c.DASHES,))
_SHEET = (p.CHARSET, p.FRONT_MATTER, p.DOCBLOCK)
_JAVASCRIPT = _script(_SLASHED, p.FRONT_MATTER, p.DOCBLOCK, p.REFERENCE)
_PYTHON = _script((c.HASH,), p.COOKIE, p.COOKIE_BELOW, p.CLOUD_CONFIG)
_XML = _text(
    (c.XML,),
    *(p.FRONT_MATTER, p.XML_DECLARATION, p.INSTRUCTIONS, p.DOCTYPE, p.INSTRUCTIONS_BELOW),
)
_HTML = _text((c.XML,), *_FRONT, p.XML_DECLARATION, p.DOCTYPE)

_ROWS = (
    ("python cython scons", _PYTHON),
    ("markdown", _text((c.XML,), *_FRONT, p.FORMAT_XML)._replace(against=_MARKDOWN_TITLE)),
    ("mdx", FileType((c.MDX,), (p.BOM, *_FRONT))),
    (
        "yaml",
        _script((c.HASH,), p.CLOUD_CONFIG, p.FORMAT_HASH, p.YAML_DIRECTIVES, p.YAML_START)._replace(
            leading=_YAML_HEAD, bare=True
        ),
    ),
    ("ignore", FileType((c.HASH,), (p.BOM,), bare=True)),
    ("gitattributes codeowners", _PLAIN),
    ("toml requirements manifest editorconfig", _PLAIN),
    ("shell", _script((c.HASH,), p.COMPDEF, p.CLOUD_CONFIG)),
    ("dockerfile", _script((c.HASH,), p.DIRECTIVES)._replace(against=_DOCKERFILE)),
    ("make awk cmake meson bazel just ninja gn bitbake fish nushell csh nix starlark", _HASHED),
    ("elixir crystal julia r tcl rego gdscript robot", _HASHED),
    ("nim", _HASHED._replace(against=_FILTERED)),
    ("coffee", _script((c.HASH,), p.FRONT_MATTER)),
    ("perl", _HASHED._replace(asked=False)),
    ("powershell textproto", _HASHED),
    ("ruby", _script((c.HASH,), p.RUBY_MAGIC)),
    ("graphql", _text((c.HASH,), p.FORMAT_HASH)),
    ("gherkin", _text((c.HASH,), p.FEATURE_LANGUAGE)),
    ("hcl", _text((c.HASH, *_SLASHED))),
    ("conf dotenv properties systemd", FileType((c.HASH,), (p.BOM,), asked=False)),
    ("ini gitconfig", FileType((c.HASH, c.SEMICOLONS), (p.BOM,), asked=False)),
    ("c", _script((c.C_BLOCK, c.SLASHES))),  # in the C of 1990 `//` is no comment
    ("cpp csharp cuda go gomod java kotlin scala groovy dart vala solidity", _CODE),
    ("fsharp hlsl metal wgsl verilog qml thrift proto yang zig objective-cpp odin", _CODE),
    ("cue jsonnet prisma jsonc json5 bicep pascal gleam haxe", _CODE),
    ("asciidoc", _text((c.SLASHES,), *_FRONT)),
    ("swift", _script(_SLASHED, p.SWIFT_TOOLS)),
    ("rust", _script(_SLASHED, p.PACKAGE_MANIFEST)),
    ("glsl", _text(_SLASHED, p.GLSL_VERSION)),
    ("javascript", _JAVASCRIPT),
    ("typescript", _JAVASCRIPT._replace(against=_OTHER_TS)),
    (
        "php",
        _script((c.SLASHES, c.HASH, c.C_BLOCK), p.PHP_OPENING, p.STRICT_TYPES)._replace(
            needs=p.PHP_OPENING
        ),
    ),
    ("css", _text((c.C_BLOCK,), *_SHEET)),
    ("scss less sass stylus", _text(_SLASHED, *_SHEET)),
    ("html vue svelte", _HTML._replace(against=_TEMPLATE)),
    ("astro", FileType((c.XML,), (p.BOM, p.CODE_FENCE), against=_TEMPLATE)),
    ("xml svg xhtml", _XML._replace(against=_NOT_XML)),
    ("lua", _text((c.DASHES,), p.LUA_FIRST)),
    ("haskell", _script((c.DASHES,), p.STACK)),
    ("elm purescript idris lean ada vhdl applescript dhall", _DASHED),
    ("cabal", _text((c.DASHES,), p.CABAL_VERSION)),
    ("sql", _text((c.DASHES, c.C_BLOCK), p.LIQUIBASE)._replace(against=_QUERIES)),
    ("clojure emacs-lisp lisp racket", _script((c.SEMICOLONS,), p.LANG)),
    ("scheme", _text((c.SEMICOLONS,), p.SCHEME_SCRIPT)),
    ("assembly", _text((c.SEMICOLONS,))._replace(asked=False)),
    ("tex", _text((c.PERCENTS,), p.TEX_FORMAT, p.TEX_MAGIC)),
    ("erlang", _script((c.PERCENTS,), p.ESCRIPT)),
    ("fortran", _text((c.BANGS,))),
    ("vb", _text((c.APOSTROPHES,))),
    ("vim", _text((c.QUOTES,))._replace(against=_VIM9)),
    ("batch", FileType((c.COLONS,), (p.BOM,), against=_BATCH)),
    ("rst", _text((c.DOTS,), *_FRONT)._replace(against=(*_INDENTED, *_RST_TITLE))),
    ("ocaml sml", _script((c.ML,))),
)


def _led_by_jinja(row: FileType) -> FileType:
    """The row of a kind in which Ansible's header is a comment like all others."""
    return row._replace(prologue=(p.BOM, p.JINJA, *row.prologue[1:]))


FILE_TYPES = {
    kind: _led_by_jinja(row) if row.styles[0] == c.HASH else row
    for kinds, row in _ROWS
    for kind in kinds.split()
}
"""File types by kind; the rules on stamps look at no other kind."""

_OTHER = FileType((c.HASH,), bare=True)


class Commented(Protocol):
    """What a source file offers that tells how it writes comments."""

    @property
    def kind(self) -> str:
        """The kind of the file."""

    @property
    def comments(self) -> CommentStyle | None:
        """What a plugin says of its comments."""


def file_type(kind: str) -> FileType:
    """The row for ``kind``; for an unknown one, that of files with ``#`` comments."""
    return FILE_TYPES.get(kind, _OTHER)


def style_of(layout: str, row: FileType) -> Style:
    """The comment style of ``row`` that a block of ``layout`` is written in; else its first."""
    name = layout.removesuffix("-lines").removesuffix("-bare")
    return next((style for style in row.styles if style.name == name), row.styles[0])


def row_of(file: Commented) -> FileType | None:
    """The row for the kind of a source file, of ours or of a plugin's; None: it has no comments."""
    row = FILE_TYPES.get(file.kind)
    return row_for(file.kind, file.comments) if row is None else row


def row_for(kind: str, comments: CommentStyle | None) -> FileType | None:
    """The row for ``kind``, which ``comments`` declares where it is a plugin's."""
    return FILE_TYPES.get(kind) or (declared_row(comments) if comments else None)


@lru_cache(maxsize=64)
def declared_row(style: CommentStyle) -> FileType:
    """The row for a kind that a plugin declares."""
    opening, closing = style.block or (style.line, "")
    known = (*STYLES, c.SEMICOLONS, c.PERCENTS, c.ML)
    signs = opening.encode("ascii"), closing.encode("ascii")
    own = Style(f"{opening}{closing}", *signs)
    comment = next((one for one in known if (one.opening, one.closing) == signs), own)
    parts = [part for name in style.prologue for part in p.NAMED[name]]
    if "emacs" in style.prologue:
        parts.append(p.mode_line(comment))
    return FileType((comment,), (p.BOM, *parts), asked=style.asked)
