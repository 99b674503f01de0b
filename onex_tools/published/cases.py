"""What the test vectors of the stamp format are made of: files, and what must become of each."""

from __future__ import annotations

from typing import Any, NamedTuple

UUID = "6d2a7e1c-4b1f-4f0e-9a53-0c8a3a2b7d11"
OLDER = "3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e"
NOW = "2026-01-02T03:04:05Z"
REPOSITORY = "0f8d6c1e-93c4-4b43-9d0c-2f6f5e0f9f11"

STANDARD = {"owner": "Acme", "author": "Acme Team", "copyright": "Acme", "repository": REPOSITORY}
MINIMAL = {"profile": "minimal", "repository": REPOSITORY}


class Case(NamedTuple):
    """A file to be stamped.

    Attributes:
        name: what it is about.
        kind: the kind of file.
        data: its bytes.
        action: what must become of it.
        path: where it is; by default ``src/loader``.
        options: settings that are not the usual ones.
        ask: ``migrate``, ``refresh``.
        head: what must stand above the block in the output; nothing is said where it is None.
        line: the line of a refusal.
    """

    name: str
    kind: str
    data: bytes
    action: str = "stamp"
    path: str = "src/loader"
    options: dict[str, Any] = MINIMAL
    ask: tuple[str, ...] = ()
    head: bytes | None = None
    line: int = 0


def block(fields: bytes, body: bytes = b"\nx = 1\n") -> bytes:
    """A block in ``#`` comments with these lines, and what follows it."""
    return b"# === OmniNode:Metadata ===\n%b# === /OmniNode:Metadata ===\n%b" % (fields, body)


def _given(name: str, kind: str, head: bytes, rest: bytes, path: str = "src/loader") -> Case:
    return Case(name, kind, head + rest, head=head, path=path)


NAMED = b"# name: loader\n# uuid: %b\n" % UUID.encode()
HASH_OF_ONE = b"b3-v1:3ceae248eacaf486357192011806a5bf7ebc58462f64e88fa1ddffd9be3cda4b"
"""The hash of the body ``x = 1`` and LF: `printf 'x = 1\\n' | b3sum` prints it."""
RIGHT = block(NAMED + b"# hash: %b\n" % HASH_OF_ONE)

STYLES = tuple(
    Case(f"style {name}", kind, data, options=STANDARD, path=path, head=head)
    for name, kind, path, data, head in (
        ("hash", "python", "src/loader.py", b"x = 1\n", b""),
        ("slashes", "go", "src/loader.go", b"package loader\n", b""),
        ("c", "css", "web/site.css", b"a { color: red }\n", b""),
        ("c, the first of two", "c", "src/a.c", b"int x;\n", b""),
        ("dashes", "sql", "db/one.sql", b"select 1;\n", b""),
        ("xml", "markdown", "docs/page.md", b"# Page\n", b""),
        ("semicolons", "clojure", "src/core.clj", b"(ns core)\n", b""),
        ("percents", "tex", "paper.tex", b"\\documentclass{article}\n", b""),
        ("quotes", "vim", "plugin/x.vim", b"set nocp\n", b""),
        ("apostrophes", "vb", "x.vb", b"Module X\nEnd Module\n", b""),
        ("bangs", "fortran", "x.f90", b"program x\nend program\n", b""),
        ("colons", "batch", "x.bat", b"@echo off\r\n", b""),
        ("dots", "rst", "index.rst", b"Title\n=====\n", b""),
        ("ml", "ocaml", "x.ml", b"let x = 1\n", b""),
        ("mdx", "mdx", "page.mdx", b"# Page\n", b""),
        ("hash, the first of three", "hcl", "main.tf", b"x = 1\n", b""),
    )
)

_FLOW = b"/**\n * @flow\n */\n"
PROLOGUES = (
    _given("no prologue", "python", b"", b"x = 1\n"),
    _given("two blank lines above a function", "python", b"", b"async  def f(): ...\n"),
    _given(
        "and above what is said of a class", "python", b"", b"# words\r\n@final\r\nclass A: ...\r\n"
    ),
    _given("one above a word like it", "python", b"", b"definition = 1\n"),
    _given("and in a stub", "python", b"", b"class A: ...\n", "src/a.pyi"),
    _given("byte order mark", "python", b"\xef\xbb\xbf", b"x = 1\n"),
    _given("blank lines lead the file", "python", b"\n \t\n", b"x = 1\n"),
    _given("shebang", "shell", b"#!/bin/sh\n", b"echo\n"),
    _given("blank lines below the prologue", "shell", b"#!/bin/sh\n\n\n", b"echo\n"),
    _given("Lua passes over one line", "lua", b"# words\n", b"x = 1\n"),
    _given("two shebang lines", "shell", b"#!/usr/bin/env nix-shell\n#! nix-shell -i sh\n", b"x\n"),
    _given("an attribute of Rust is no shebang", "rust", b"", b"#![no_std]\nfn f() {}\n"),
    _given("encoding declaration in line 1", "python", b"# coding: latin-1\n", b"x = '\xe4'\n"),
    _given("in line 2", "python", b"#!/usr/bin/python\n# coding: utf-8\n", b"x = 1\n"),
    _given("below a comment in line 1", "python", b"# words\n# -*- coding: utf-8 -*-\n", b"x\n"),
    _given("a comment like it in line 3 stays", "python", b"", b"# a\n# b\n# coding: ascii\nx\n"),
    _given("Emacs mode line", "c", b"/* -*- mode: c -*- */\n", b"int x;\n"),
    _given("cloud-config header", "yaml", b"#cloud-config\n", b"a: 1\n"),
    _given("YAML directive and document start", "yaml", b"%YAML 1.2\n---\n", b"a: 1\n"),
    _given("document start", "yaml", b"# words\n"[:0] + b"--- # words\n", b"a: 1\n"),
    _given("a comment stands above the document start", "yaml", b"", b"# words\n---\na: 1\n"),
    _given("Jinja header", "shell", b"#jinja2: trim_blocks: True\n#!/bin/sh\n", b"echo\n"),
    _given("completion header", "shell", b"#compdef x\n", b"echo\n"),
    _given("parser directives", "dockerfile", b"# Syntax=a/b:1\n# escape=`\n", b"FROM x\n"),
    _given("Ruby's magic comment", "ruby", b"# frozen_string_literal: true\n", b"x = 1\n"),
    _given("language line", "gherkin", b"# language: de\n", b"Funktion: x\n"),
    _given("format pragma in a # comment", "graphql", b"# @format\n", b"type A { b: Int }\n"),
    _given("format pragma in an HTML comment", "markdown", b"<!-- @format -->\n", b"# Page\n"),
    _given("front matter", "markdown", b"---\ntitle: x\n---\n", b"# Page\n"),
    _given("front matter of other keys", "markdown", b"---\n&a \xc3\xa9tat: x\n...\n", b"# Page\n"),
    _given("front matter in a language", "markdown", b"---js\n{ a: 1 }\n---\n", b"# Page\n"),
    _given("a rule at the head is no front matter", "markdown", b"", b"---\n\nwords\n"),
    _given("TOML front matter", "markdown", b'+++\ntitle = "x"\n+++\n', b"# Page\n"),
    _given("JSON front matter", "markdown", b'{\n "title": "}"\n}\n', b"# Page\n"),
    _given("frontmatter script", "astro", b"---\nconst x = 1;\n---\n", b"<p>{x}</p>\n"),
    _given("swift-tools-version", "swift", b"// swift-tools-version:5.9\n", b"let x = 1\n"),
    _given("package manifest", "rust", b"---\n[dependencies]\n---\n", b"fn main() {}\n"),
    _given("#version line", "glsl", b"#version 330 core\n", b"void main() {}\n"),
    _given("docblock", "javascript", _FLOW, b"let x = 1;\n"),
    _given("a block comment without a pragma", "javascript", b"", b"/* words */\nlet x;\n"),
    _given("triple-slash", "typescript", b'/// <reference types="n" />\n', b"let x = 1;\n"),
    _given("PHP opening tag", "php", b"<?php\n", b"echo 1;\n"),
    _given("strict_types", "php", b"<?php\n\ndeclare(strict_types=1);\n", b"echo 1;\n"),
    _given("@charset rule", "css", b'@charset "utf-8";\n', b"a { b: c }\n"),
    _given("XML declaration", "xml", b"<?xml version='1.0'\n ?>\n", b"<a/>\n"),
    _given("instruction", "xml", b'<?xml version="1.0"?>\n<?xml-stylesheet x?>\n', b"<a/>\n"),
    _given("DOCTYPE", "html", b"<!doctype html>\n", b"<p>x</p>\n"),
    _given("internal subset", "xml", b"<!DOCTYPE a [\n<!ENTITY b ']>'>\n]>\n", b"<a/>\n"),
    _given("cabal-version", "cabal", b"cabal-version: 3.0\n", b"name: x\n"),
    _given("Liquibase header", "sql", b"--liquibase formatted sql\n", b"select 1;\n"),
    _given("#lang line", "racket", b"#lang racket\n", b"1\n"),
    _given("Scheme's script", "scheme", b"#!/bin/sh\nexec guile $0\n!#\n", b"1\n"),
    _given("TeX's format line", "tex", b"%&latex\n", b"words\n"),
    _given("TeX's magic comment", "tex", b"% !TeX root = a.tex\n", b"words\n"),
    _given("stack", "haskell", b"#!/usr/bin/env stack\n-- stack script\n", b"main = pure ()\n"),
    _given("escript flags", "erlang", b"#!/usr/bin/escript\n%%! -smp\n", b"main(_) -> ok.\n"),
)

BYTES = (
    Case("CRLF", "python", b"x = 1\r\ny = 2\r\n", head=b""),
    Case("the first line's ending counts", "python", b"x = 1\r\ny = 2\n", head=b""),
    Case("CRLF below a shebang", "shell", b"#!/bin/sh\r\necho\r\n", head=b"#!/bin/sh\r\n"),
    Case("no line ending at the end", "python", b"x = 1", head=b""),
    Case("bytes that are not UTF-8", "python", b"# coding: latin-1\nx = '\xe4'\n"),
    Case("CR within a line", "python", b"x = '\r'\n", head=b""),
    Case("front matter of one line ending in CRLF", "markdown", b"---\r\nx: y\r\n---\r\n# P\r\n"),
    Case("a form feed is no blank line", "python", b"\x0cx = 1\n", head=b""),
    Case("SPDX and licence stay below", "python", b"# SPDX-License-Identifier: MIT\nx = 1\n"),
)

VALUES = (
    Case("quoted: other characters", "python", b"x = 1\n", options=STANDARD | {"owner": "Ä 💡"}),
    Case("quoted: quotes", "python", b"x = 1\n", options=STANDARD | {"owner": '"A" \\ B'}),
    Case("quoted: what YAML misreads", "python", b"x = 1\n", options=STANDARD | {"owner": "a: b"}),
    Case("plain: a colon", "python", b"x = 1\n", options=STANDARD | {"owner": "a:b #c"[:3]}),
    Case("the end of an HTML comment", "html", b"<p>\n", options=STANDARD | {"owner": "a --> b"}),
    Case("dashes in HTML", "html", b"<p>\n", path="a--b.html", options=STANDARD),
    Case("the end of a C comment", "css", b"a{}\n", options=STANDARD | {"owner": "a */ b"}),
    Case("a file name with blanks", "python", b"x = 1\n", path="a/b c.py", options=STANDARD),
    Case("other characters in a name", "python", b"x = 1\n", path="a/Ä.py", options=STANDARD),
    Case("a mode line as owner", "python", b"x\n", options=STANDARD | {"owner": "x vim: ts=4"}),
)

SETTINGS = (
    Case("standard profile", "python", b"x = 1\n", path="src/loader.py", options=STANDARD),
    Case("minimal profile", "python", b"x = 1\n", path="src/loader.py"),
    Case("no owner", "python", b"x = 1\n", options={"repository": REPOSITORY}),
    Case("namespace prefix", "python", b"x\n", options=STANDARD | {"namespace_prefix": "acme"}),
    Case("detached hash", "python", b"x = 1\n", options=STANDARD | {"hash": "detached"}),
    Case("detached, minimal", "python", b"x = 1\n", options=MINIMAL | {"hash": "detached"}),
    Case("last_modified_at", "python", b"x = 1\n", options=STANDARD | {"last_modified_at": True}),
)

_STALE = block(NAMED + b"# hash: %b\n" % HASH_OF_ONE, b"\nx = 2\n")
_CRLF = RIGHT.replace(b"\n", b"\r\n")
_SLASHED = RIGHT.replace(b"# ", b"// ")
_ADDED = b"# reviewed_by: somebody\n# tags:\n#   - one\n#   - two\n"
_SHEBANG = b"#!/usr/bin/env python3\n"
_BELOW = b"# hash: b3-v1:%b\n" % (b"0" * 64)
AGAIN = (
    Case("right", "python", RIGHT, "right"),
    Case("right with CRLF", "python", _CRLF, "right"),
    Case("right without a blank line", "python", RIGHT.replace(b"\n\n", b"\n"), "right"),
    Case("right with three blank lines", "python", RIGHT.replace(b"\n\n", b"\n\n \n\n"), "right"),
    Case("right, in another order", "python", block(
        b"# hash: %b\n" % HASH_OF_ONE + NAMED), "right"),
    Case("below a comment it stays there", "python", b"# words\n" + RIGHT, "update",
         head=b"# words\n"),
    Case("right, in the second style", "c", _SLASHED, "right"),
    Case("stale, in the second style", "c", _SLASHED.replace(b"x = 1", b"x = 2"), "update"),
    Case("right, whatever the settings are now", "python", RIGHT, "right", options=STANDARD),
    Case("stale hash", "python", _STALE, "update"),
    Case("stale hash, last_modified_at kept", "python", block(
        NAMED + b"# last_modified_at: 2025-01-01T00:00:00Z\n# hash: %b\n" % HASH_OF_ONE,
        b"\nx = 2\n"), "update", options=MINIMAL | {"last_modified_at": True}),
    Case("renamed file", "python", RIGHT, "update", path="src/other.py"),
    Case("renamed file, namespace too", "python", block(
        b"# name: loader\n# namespace: acme.loader\n# uuid: %b\n# hash: %b\n"
        % (UUID.encode(), HASH_OF_ONE)), "update", path="src/other.py"),
    Case("no hash yet", "python", block(NAMED), "update"),
    Case("a placeholder for a hash", "python", block(NAMED + _BELOW), "update"),
    Case("a placeholder for a uuid", "python", block(
        b"# name: loader\n# uuid: <to-be-stamped>\n# hash: %b\n" % HASH_OF_ONE), "update"),
    Case("hash taken out when detached", "python", RIGHT, "update",
         options=MINIMAL | {"hash": "detached"}),
    Case("right when detached", "python", block(NAMED), "right",
         options=MINIMAL | {"hash": "detached"}),
    Case("fields that a person added stay", "python", block(
        NAMED + _ADDED + b"# hash: %b\n" % HASH_OF_ONE), "right"),
    Case("and stay over an update", "python", block(
        NAMED + _ADDED + b"# hash: %b\n" % HASH_OF_ONE, b"\nx = 2\n"), "update"),
    Case("refresh", "python", RIGHT, "update", options=STANDARD, ask=("refresh",)),
    Case("pushed the shebang down", "python", RIGHT[:-6] + _SHEBANG + b"x = 1\n", "move",
         head=_SHEBANG),
    Case("stack of canonical stamps", "python", RIGHT[:-6] + RIGHT, "collapse", head=b""),
    Case("marker in a string", "python", b's = """\n' + RIGHT + b'"""\n'),
    Case("marker in a fence", "markdown", b"```python\n" + RIGHT + b"```\n"),
    Case("marker in a here-document", "shell", b"cat <<E\n" + RIGHT + b"E\n"),
)  # fmt: skip

_OLD = b"""\
# metadata_version: 0.1.0
# name: loader.py
# uuid: %b
# created_at: 2025-05-21T12:41:40.164720
# last_modified_at: '2025-05-21T16:41:40.164720+00:00'
# hash: 90b0c0bc3a09ad1a6bb9f0ea4d0d2a0ec0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0
# entrypoint: {'type': 'python', 'target': 'loader.py'}
# namespace: onex.stamped.loader
# tags: null
# team: loaders
"""
_OLDER = _OLD % OLDER.encode()
_NEWER = _OLD.replace(b"# team: loaders\n", b"").replace(b"05-21", b"06-30") % UUID.encode()
_OLD_MARKDOWN = b"""\
<!-- === OmniNode:Metadata === -->
<!-- metadata_version: 0.1.0 -->
<!-- name: page.md -->
<!-- uuid: %b -->
<!-- description: Stamped file: page.md -->
=== /OmniNode:Metadata === -->

# Page
""" % UUID.encode()
_OLD_YAML = b"""\
# === OmniNode:Metadata ===
metadata_version: 0.1.0
name: loader.yaml
uuid: %b
entrypoint: python@loader.yaml
# === /OmniNode:Metadata ===
a: 1
""" % UUID.encode()
_PATH = "src/loader.py"
MIGRATIONS = (
    Case("old stamp, left alone", "python", block(_OLDER), "old", _PATH, STANDARD),
    Case("old stamp", "python", block(_OLDER), "migrate", _PATH, STANDARD, ("migrate",)),
    Case("old stamp, minimal", "python", block(_OLDER), "migrate", _PATH, MINIMAL, ("migrate",)),
    Case("stack of old stamps", "python", block(_NEWER, b"\n\n") + block(_OLDER), "migrate", _PATH,
         STANDARD, ("migrate",)),
    Case("new stamp over an old one", "python", RIGHT[:-6] + block(_OLDER), "migrate", _PATH,
         STANDARD, ("migrate",)),
    Case("one HTML comment a line, closed as text", "markdown", _OLD_MARKDOWN, "migrate",
         "docs/page.md", STANDARD, ("migrate",)),
    Case("plain fields in YAML", "yaml", _OLD_YAML, "migrate", "a/loader.yaml", STANDARD,
         ("migrate",)),
    Case("another kind of marker", "python", block(_OLDER).replace(b":Meta", b":Tool_Meta"),
         "migrate", _PATH, STANDARD, ("migrate",)),
    Case("an opener for a closer", "python", block(_OLDER).replace(b"/Omni", b"Omni"), "migrate",
         _PATH, STANDARD, ("migrate",)),
)  # fmt: skip

_CONFLICT = b"<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n"
_IN_BLOCK = b"<<<<<<< a\n# owner: x\n=======\n# owner: y\n>>>>>>> b\n"
REFUSALS = tuple(
    Case(name, "python", data, "refuse", line=line)
    for name, data, line in (
        ("unclosed", RIGHT.replace(b"# === /OmniNode:Metadata ===\n", b""), 1),
        ("closing line alone", b"# === /OmniNode:Metadata ===\nx = 1\n", 1),
        ("misspelt marker", RIGHT.replace(b"Metadata", b"Metdata", 1), 1),
        ("a line that is no field", block(NAMED + b"# words\n"), 4),
        ("two of one field", block(NAMED + b"# name: other\n"), 4),
        ("not a UUID", block(b"# name: loader\n# uuid: 12\n"), 3),
        ("hash of another version", block(NAMED + b"# hash: b3-v2:00\n"), 4),
        ("merge conflict in the block", block(NAMED + _IN_BLOCK), 4),
        ("merge conflict in the body", block(NAMED, b"\n" + _CONFLICT), 6),
    )
)

_LEFT = (
    ("empty", "python", b"", "src/a.py"),
    ("blank", "python", b" \n\n", "src/a.py"),
    ("not text", "python", b"x\0\n", "src/a.py"),
    ("UTF-16", "python", b"\xff\xfex\0\n\0", "src/a.py"),
    ("CR alone ends lines", "python", b"x = 1\ry = 2\r", "src/a.py"),
    ("all prologue", "python", b"#!/usr/bin/python\n\n", "src/a.py"),
    ("generated", "python", b"# @generated\nx = 1\n", "src/a.py"),
    ("generated, in words", "go", b"// Code generated by x. DO NOT EDIT.\npackage x\n", "a.go"),
    ("generated, in two lines", "python", b"# Made by x:\n# do not edit.\nx = 1\n", "src/a.py"),
    ("generated, in a docstring", "python", b'"""Generated. Do not edit."""\nx = 1\n', "src/a.py"),
    ("generated, by its name", "python", b"x = 1\n", "src/a_pb2.py"),
    ("large file elsewhere", "yaml", b"version https://git-lfs.github.com/spec/v1\n", "a.yaml"),
    ("merge conflict", "python", _CONFLICT, "src/a.py"),
    ("encrypted", "yaml", b"$ANSIBLE_VAULT;1.1;AES256\n6133\n", "a.yaml"),
    ("lock file", "toml", b"x = 1\n", "poetry.lock"),
    ("lock file by its form", "yaml", b"a: 1\n", "pnpm-lock.yaml"),
    ("snapshot", "typescript", b"let x;\n", "__snapshots__/a.ts"),
    ("minified", "javascript", b"let x\n", "a.min.js"),
    ("mode line", "python", b"# vim: ts=4\n" + 9 * b"x\n", "src/a.py"),
    ("template", "php", b"<p><?php echo 1 ?></p>\n", "a.php"),
    ("front matter without an end", "markdown", b"---\ntitle: x\n\nwords\n", "a.md"),
    ("perhaps front matter", "markdown", b"---\n- a\n---\n# Page\n", "a.md"),
    ("more on the line", "xml", b"<?xml version='1.0'?><a/>\n", "a.xml"),
    ("header of a template", "html", b"#jinja2: trim_blocks: True\n<p>\n", "a.html"),
    ("two languages", "batch", b":; echo unix; exit\n@echo off\n", "a.cmd"),
    ("a filter of Nim", "nim", b"#? stdtmpl\n#proc f(): string =\n<p>\n", "a.nim"),
    ("title block", "markdown", b"Title: A page\n\n# Page\n", "a.md"),
    ("named queries", "sql", b"-- name: get-user\nselect 1;\n", "db/users.sql"),
    ("a template's sign first", "html", b"{% extends 'x' %}\n", "a.html"),
)
LEFT = tuple(Case(*row[:3], "leave", row[3]) for row in _LEFT)

CASES = {
    "styles": STYLES,
    "prologues": PROLOGUES,
    "bytes": BYTES,
    "values": VALUES,
    "settings": SETTINGS,
    "stamped before": AGAIN,
    "migration": MIGRATIONS,
    "refused": REFUSALS,
    "left alone": LEFT,
}

Pieces = tuple[tuple[bytes, int], ...]
HASHES: tuple[tuple[str, Pieces], ...] = (
    ("nothing", ()),
    ("text", ((b"x = 1\n", 1),)),
    ("no line ending at the end", ((b"x = 1", 1),)),
    ("CRLF counts as LF", ((b"x = 1\r\n", 1),)),
    ("mixed line endings", ((b"a\r\nb\nc\rd\r\r\n", 1),)),
    ("byte order mark", ((b"\xef\xbb\xbfx = 1\n", 1),)),
    ("the second byte order mark stays", ((b"\xef\xbb\xbf", 2), (b"x\n", 1))),
    ("not UTF-8", ((b"\xe4\xff\r\n", 1),)),
    ("binary", ((b"\0\r\n", 1),)),
    ("binary with a byte order mark", ((b"\xef\xbb\xbf\0\r\n", 1),)),
    ("UTF-16, little end first", ((b"\xff\xfex\r\n", 1),)),
    ("UTF-16, big end first", ((b"\xfe\xffx\r\n", 1),)),
    ("UTF-32, big end first", ((b"\0\0\xfe\xffx\r\n", 1),)),
    ("NUL as byte 8,000", ((b"x", 7999), (b"\0", 1), (b"\r\n", 1))),
    ("NUL after byte 8,000", ((b"x", 8000), (b"\0", 1), (b"\r\n", 1))),
    ("one chunk of BLAKE3", ((b"a", 1024),)),
    ("one byte more", ((b"a", 1025),)),
    ("several chunks", ((b"0123456789abcdef", 4096),)),
    ("an odd number of chunks", ((b"0123456789abcdef", 333),)),
)

UUIDS = (
    (REPOSITORY, "src/loader.py", HASH_OF_ONE.decode()),
    ("acme/tools", "src/loader.py", HASH_OF_ONE.decode()),
    (REPOSITORY, "a/Ä.py", HASH_OF_ONE.decode()),
)

NAMESPACES = (
    ("src/loader.py", "onex.stamped"),
    ("src/loader.py", ""),
    ("a b/c d.tar.gz", "acme"),
    (".gitignore", "onex.stamped"),
    ("Ä.py", "onex.stamped"),
    ("-.py", "onex.stamped"),
    ("src/Über-Loader v2.py", "onex.stamped"),
)
