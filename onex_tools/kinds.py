"""The kind of a file, by its name, or by its shebang where the name says nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from onex_tools.globs import matches

_SUFFIXES = {
    "ada": "ada adb ads",
    "applescript": "applescript",
    "asciidoc": "adoc asciidoc",
    "assembly": "asm nasm",
    "astro": "astro",
    "awk": "awk gawk",
    "batch": "bat cmd",
    "bazel": "bazel bzl",
    "bicep": "bicep",
    "c": "c h",
    "cabal": "cabal",
    "clojure": "clj cljc cljs edn",
    "cmake": "cmake",
    "conf": "conf",
    "cpp": "c++ cc cpp cxx hh hpp hxx inl ino ipp tpp",
    "crystal": "cr",
    "csh": "csh tcsh",
    "csharp": "cs csx",
    "css": "css",
    "csv": "csv",
    "cuda": "cu cuh",
    "cue": "cue",
    "cython": "pxd pxi pyx",
    "dart": "dart",
    "dhall": "dhall",
    "dockerfile": "containerfile dockerfile",
    "dotenv": "env",
    "elixir": "ex exs",
    "elm": "elm",
    "emacs-lisp": "el",
    "erlang": "erl escript hrl",
    "fish": "fish",
    "fortran": "f03 f08 f90 f95",
    "fsharp": "fs fsi fsx",
    "gdscript": "gd",
    "gherkin": "feature",
    "gleam": "gleam",
    "glsl": "frag geom glsl tesc tese vert",
    "gn": "gn gni",
    "go": "go",
    "graphql": "gql graphql graphqls",
    "groovy": "gradle groovy",
    "haskell": "hs",
    "haxe": "hx",
    "hcl": "hcl nomad tf tfvars",
    "hlsl": "hlsl",
    "html": "htm html",
    "idris": "idr",
    "image": "bmp gif ico jpeg jpg png tiff webp",
    "ini": "cfg ini",
    "java": "java",
    "javascript": "cjs js jsx mjs",
    "json": "json sarif",
    "json5": "json5",
    "jsonc": "jsonc",
    "jsonl": "jsonl",
    "jsonnet": "jsonnet libsonnet",
    "julia": "jl",
    "just": "just",
    "kotlin": "kt kts",
    "less": "less",
    "lisp": "asd lisp lsp",
    "lock": "lock",
    "lua": "lua",
    "make": "mk",
    "markdown": "markdown md mdown mkd qmd",
    "mdx": "mdx",
    "metal": "metal",
    "nim": "nim nimble nims",
    "ninja": "ninja",
    "nix": "nix",
    "notebook": "ipynb",
    "nushell": "nu",
    "objective-cpp": "mm",
    "ocaml": "ml mli",
    "odin": "odin",
    "pascal": "dpr pas",
    "perl": "pl pm",
    "php": "php",
    "powershell": "ps1 psd1 psm1",
    "prisma": "prisma",
    "properties": "properties",
    "proto": "proto",
    "python": "py pyi pyw",
    "qml": "qml",
    "r": "r",
    "racket": "rkt",
    "rego": "rego",
    "robot": "robot",
    "rst": "rst",
    "ruby": "gemspec rake rb ru",
    "rust": "rs",
    "sass": "sass",
    "scala": "sbt sc scala",
    "scheme": "scm ss",
    "scss": "scss",
    "shell": "bash bats ksh sh zsh",
    "sml": "sml",
    "solidity": "sol",
    "sql": "sql",
    "starlark": "sky star",
    "stylus": "styl",
    "svelte": "svelte",
    "svg": "svg",
    "swift": "swift",
    "systemd": "service socket timer",
    "tcl": "tcl",
    "tex": "ltx sty tex",
    "text": "txt",
    "textproto": "textproto txtpb",
    "thrift": "thrift",
    "toml": "toml",
    "typescript": "cts mts ts tsx",
    "vala": "vala",
    "vb": "vb vbs",
    "verilog": "sv svh vh",
    "vhdl": "vhd vhdl",
    "vim": "vim",
    "vue": "vue",
    "wgsl": "wgsl",
    "xhtml": "xhtml",
    "xml": "csproj fsproj props resx rng targets vbproj vcxproj wsdl xml xsd xsl xslt",
    "yaml": "yaml yml",
    "zig": "zig",
}
BY_SUFFIX = {suffix: kind for kind, words in _SUFFIXES.items() for suffix in words.split()}
"""Kind by the lower-case ending after the last dot."""

BY_NAME = {
    ".bash_aliases": "shell",
    ".bash_profile": "shell",
    ".bashrc": "shell",
    ".bazelrc": "bazel",
    ".dockerignore": "ignore",
    ".editorconfig": "editorconfig",
    ".emacs": "emacs-lisp",
    ".env": "dotenv",
    ".envrc": "shell",
    ".flake8": "ini",
    ".gitattributes": "gitattributes",
    ".gitconfig": "gitconfig",
    ".gitignore": "ignore",
    ".gitmodules": "gitconfig",
    ".justfile": "just",
    ".mailmap": "gitattributes",
    ".npmrc": "ini",
    ".onexignore": "ignore",
    ".profile": "shell",
    ".pypirc": "ini",
    ".vimrc": "vim",
    ".zprofile": "shell",
    ".zshenv": "shell",
    ".zshrc": "shell",
    "_vimrc": "vim",
    "apkbuild": "shell",
    "authors": "text",
    "brewfile": "ruby",
    "build.bazel": "bazel",
    "capfile": "ruby",
    "changelog": "text",
    "cmakelists.txt": "cmake",
    "codeowners": "codeowners",
    "constraints.txt": "requirements",
    "containerfile": "dockerfile",
    "copying": "text",
    "dockerfile": "dockerfile",
    "fastfile": "ruby",
    "gemfile": "ruby",
    "gnumakefile": "make",
    "go.mod": "gomod",
    "go.sum": "lock",
    "go.work": "gomod",
    "go.work.sum": "lock",
    "guardfile": "ruby",
    "jenkinsfile": "groovy",
    "justfile": "just",
    "license": "text",
    "makefile": "make",
    "manifest.in": "manifest",
    "meson.build": "meson",
    "meson.options": "meson",
    "meson_options.txt": "meson",
    "module.bazel": "bazel",
    "notice": "text",
    "pip.conf": "ini",
    "pipfile": "toml",
    "pkgbuild": "shell",
    "podfile": "ruby",
    "rakefile": "ruby",
    "readme": "text",
    "rebar.config": "erlang",
    "requirements.txt": "requirements",
    "sconscript": "scons",
    "sconstruct": "scons",
    "thorfile": "ruby",
    "tiltfile": "starlark",
    "vagrantfile": "ruby",
    "workspace.bazel": "bazel",
}
"""Kind by the whole name in lower case."""

BY_INTERPRETER = {
    "ash": "shell",
    "awk": "awk",
    "bash": "shell",
    "bats": "shell",
    "bb": "clojure",
    "clojure": "clojure",
    "crystal": "crystal",
    "csh": "csh",
    "dash": "shell",
    "elixir": "elixir",
    "emacs": "emacs-lisp",
    "escript": "erlang",
    "expect": "tcl",
    "fish": "fish",
    "gawk": "awk",
    "groovy": "groovy",
    "guile": "scheme",
    "julia": "julia",
    "just": "just",
    "kotlin": "kotlin",
    "ksh": "shell",
    "lua": "lua",
    "luajit": "lua",
    "make": "make",
    "mawk": "awk",
    "node": "javascript",
    "nodejs": "javascript",
    "ocaml": "ocaml",
    "perl": "perl",
    "php": "php",
    "pwsh": "powershell",
    "pypy": "python",
    "python": "python",
    "racket": "racket",
    "rscript": "r",
    "ruby": "ruby",
    "runghc": "haskell",
    "runhaskell": "haskell",
    "sbcl": "lisp",
    "scala": "scala",
    "sh": "shell",
    "swift": "swift",
    "tclsh": "tcl",
    "tcsh": "csh",
    "wish": "tcl",
    "zsh": "shell",
}
"""Kind by the interpreter of a shebang, without its version."""

TAGS = {
    "cargo-lock": "lock",
    "gemfile-lock": "lock",
    "pipfile-lock": "lock",
    "poetry-lock": "lock",
    "uv-lock": "lock",
    "go-sum": "lock",
    "objective-c++": "objective-cpp",
    "c++": "cpp",
    "c#": "csharp",
    "f#": "fsharp",
    "csh": "csh",
    "gitignore": "ignore",
    "dockerignore": "ignore",
    "npmignore": "ignore",
    "go-mod": "gomod",
    "java-properties": "properties",
    "jsx": "javascript",
    "makefile": "make",
    "myst": "markdown",
    "plain-text": "text",
    "pyi": "python",
    "quarto": "markdown",
    "svg": "svg",
    "system-verilog": "verilog",
    "terraform": "hcl",
    "ts": "typescript",
    "tsx": "typescript",
    "xhtml": "xhtml",
}
"""Our kinds by the tags of the ``identify`` library, where the words differ; the first counts."""

_SAME = (
    "asciidoc astro awk batch bazel bitbake c cmake coffee crystal cuda cue cython dart "
    "dockerfile dotenv elixir elm erlang fish gdscript gherkin gitattributes gleam graphql "
    "groovy haskell hcl hlsl html ini java javascript json5 jsonnet julia kotlin lean less "
    "lua markdown mdx meson metal nim nix nushell ocaml pascal perl php powershell prisma "
    "proto purescript qml r robot rst ruby rust sass scala scheme scons scss shell solidity "
    "sql stylus svelte swift tex textproto thrift toml vala vb vhdl vim vue xml yaml yang zig"
)
SAME = frozenset(_SAME.split())
"""The tags of ``identify`` that are kinds of ours by the same word."""

UNKNOWN = "unknown"
COMMENTED = "with-comments"
"""Stands in a rule's ``kinds`` for every kind whose comments are known."""
ASKED = "to-be-stamped"
"""Stands in a rule's ``kinds`` for every kind that is to carry a stamp."""
PLAIN_SETTINGS = frozenset({"conf", "dotenv", "ini", "properties"})
"""Kinds in which any line may be a password, with nothing around it that explains it: reports
show no neighbouring line of them."""
_SHEBANG = re.compile(rb"#![ \t]*(?:[^\s]*/)?(?:env[ \t]+(?:-\S+[ \t]+)*)?(?:[^\s]*/)?([A-Za-z]+)")


def kind_of_name(name: str) -> str:
    """The kind of a file called ``name`` (no folders), or ``unknown``."""
    lower = name.lower()
    kind = BY_NAME.get(lower)
    if kind is not None:
        return kind
    suffix = lower.rpartition(".")[2]
    if suffix == "txt" and lower.startswith(("requirements", "constraints")):
        return "requirements"
    if suffix in BY_SUFFIX and suffix != lower:
        return BY_SUFFIX[suffix]
    return _kind_of_form(lower) or _kind_by_tags(name, suffix if suffix != lower else "")


def _kind_of_form(lower: str) -> str:
    """The kind of a name whose beginning and end say it; empty where they do not."""
    if lower.startswith((".env.", "dockerfile.", "containerfile.")):
        return "dotenv" if lower.startswith(".env.") else "dockerfile"
    return "ignore" if lower.startswith(".") and lower.endswith("ignore") else ""


def _kind_by_tags(name: str, suffix: str) -> str:
    """The kind that the ``identify`` library knows; imported only for names that we do not."""
    from identify.extensions import EXTENSIONS, NAMES

    return _kind_of_tags(NAMES.get(name) or EXTENSIONS.get(suffix) or ())


def _kind_of_tags(tags: Collection[str]) -> str:
    for tag, kind in TAGS.items():
        if tag in tags:
            return kind
    return min((tag for tag in tags if tag in SAME), default=UNKNOWN)


def kind_of_head(head: bytes) -> str:
    """The kind that the shebang in ``head`` (a file's first bytes) names, or ``unknown``."""
    match = _SHEBANG.match(head[:256])
    if match is None:
        return UNKNOWN
    program = match[1].decode("ascii").lower()
    kind = BY_INTERPRETER.get(program)
    if kind is None:
        from identify.interpreters import INTERPRETERS

        kind = _kind_of_tags(INTERPRETERS.get(program, ()))
    return kind


def known_kinds() -> frozenset[str]:
    """Every kind that a file can have."""
    tables = (BY_SUFFIX, BY_NAME, BY_INTERPRETER, TAGS)
    return SAME | {kind for table in tables for kind in table.values()} - {UNKNOWN}


def sample_name(kind: str) -> str:
    """A file name of ``kind``; empty where none is known."""
    for suffix, known in BY_SUFFIX.items():
        if known == kind:
            return f"some.{suffix}"
    for name, known in BY_NAME.items():
        if known == kind:
            return name
    from identify.extensions import EXTENSIONS

    found = (suffix for suffix in EXTENSIONS if kind_of_name(f"some.{suffix}") == kind)
    return next((f"some.{suffix}" for suffix in found), "")


class CommentStyle(NamedTuple):
    """A kind of file that a plugin adds, and how its comments are written.

    Files of that kind carry stamps as those of our own kinds do.

    Attributes:
        kind: its name, in lower case: no kind of ours, and no other plugin's.
        files: globs of its files; they go before our own tables of names.
        line: the sign that begins a comment of one line, at most two characters long; or
        block: the signs that open and close a comment of several lines.
        prologue: the names of what has to stay above a stamp; ``parts.NAMED`` has them.
        asked: whether every such file is to have a stamp once stamping is configured.
    """

    kind: str
    files: tuple[str, ...]
    line: str = ""
    block: tuple[str, ...] = ()
    prologue: tuple[str, ...] = ()
    asked: bool = True


class Kinds:
    """Tells the kind of a file: those that plugins declare by ``styles``, and our own."""

    __slots__ = ("_declared", "_styles")

    def __init__(self, styles: Iterable[CommentStyle] = ()) -> None:
        self._styles = {style.kind: style for style in styles}
        self._declared = tuple((style.files, style.kind) for style in self._styles.values())

    def of_path(self, path: str) -> str:
        """The kind of the file at ``path`` by its name and place, or ``unknown``."""
        for files, kind in self._declared:
            if matches(files, path):
                return kind
        return kind_of_name(path.rpartition("/")[2])

    def of(self, path: str, data: bytes) -> str:
        """The kind of the file at ``path``, by its first line too if its name has no dot."""
        kind = self.of_path(path)
        return (
            kind_of_head(data) if kind == UNKNOWN and "." not in path[path.rfind("/") :] else kind
        )

    def comments(self, kind: str) -> CommentStyle | None:
        """What a plugin says of the comments of ``kind``; None for our own kinds."""
        return self._styles.get(kind)
