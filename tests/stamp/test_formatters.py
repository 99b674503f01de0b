"""Formatters that run after stamping leave the block alone; stamp, format, stamp comes to rest."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onex_tools.kinds import kind_of_name
from onex_tools.stamp import Stamp, file_type, read
from onex_tools.stamp.plan import RIGHT, STAMP, UPDATE, Source, Wish, plan, removed

BIN = Path(sys.executable).parent
OPTIONS = Stamp(owner="Acme: the -- team", author="\u00c9mile", repository="acme")
WISH = Wish(lambda: "2026-01-02T03:04:05Z")

PYTHON = {
    "plain.py": b"import sys, os\nx = {  'a':1 }\n",
    "class_first.py": b"class A:\n  y=2\n",
    "function_first.py": b"def f( a ):\n    return a\n",
    "docstring.py": b"'''Module.'''\nimport sys\nimport os\n",
    "shebang.py": b"#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n\n\nimport os\nx=1   \n\n\n\n",
    "licence.py": b"# SPDX-License-Identifier: MIT\n\nfrom os import path\nimport abc\n",
    "comment_only.py": b"# words   \n",
    "crlf.py": b"import sys\r\nimport os\r\nx=1\r\n",
    "no_final_newline.py": b"import sys\nx  = 1",
    "future.py": b"from __future__ import annotations\nimport b\nimport a\n",
    "comment_then_class.py": b"# words\nclass A: pass\n",
    "decorator.py": b"@decorate\ndef f(): pass\n",
}
WEB = {
    "page.md": b"# Page\n* a\n* b\n\n\n\nwords   \n",
    "front.md": b"---\ntitle:   x\n---\n# Page\n",
    "list.md": b"* a\n* b\n",
    "a.yaml": b"a:   1\nb: [1,2]\n",
    "b.yaml": b"---\n# words\na:   1\n",
    "a.js": b"const a = {b:1}\nfunction f( ){return a}\n",
    "b.js": b"#!/usr/bin/env node\n'use strict'\nlet a=1\n",
    "doc.js": b"/** @jest-environment jsdom */\nimport a from 'b'\n",
    "a.ts": b"/// <reference types='x' />\nexport const a:number=1\n",
    "a.css": b'@charset "utf-8";\na{b:c}\n',
    "b.css": b"a{b:c}\n",
    "a.scss": b"$a:1px;\na{b:$a}\n",
    "a.html": b"<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>y</body></html>\n",
    "a.vue": b"<template><p>x</p></template>\n<script>\nexport default {}\n</script>\n",
    "a.jsonc": b'{"a":1}\n',
    "a.graphql": b"type A{b:Int}\n",
}


Files = dict[str, bytes]
Formatter = Callable[[list[Path]], None]


def in_place(*words: str) -> Formatter:
    """A formatter that rewrites the files it is given."""

    def run(paths: list[Path]) -> None:
        names = [str(path) for path in paths]
        done = subprocess.run([*words, *names], capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()

    return run


FORMATTERS = {
    "black": in_place(str(BIN / "black"), "-q"),
    "isort": in_place(str(BIN / "isort"), "-q"),
    "isort-black-profile": in_place(str(BIN / "isort"), "-q", "--profile", "black"),
    "ruff-format": in_place(str(BIN / "ruff"), "format", "-q", "--isolated"),
    "ruff-imports": in_place(str(BIN / "ruff"), "check", "-q", "--isolated", "--fix", "--select=I"),
    "end-of-file-fixer": in_place(str(BIN / "end-of-file-fixer")),
    "trailing-whitespace": in_place(str(BIN / "trailing-whitespace-fixer")),
}


def come_to_rest(folder: Path, files: Files, formatter: Formatter) -> None:
    """Stamp, format, stamp, format: each block keeps its bytes, but for a hash that is out of
    date, and after the second stamp nothing changes any more."""
    first = {name: stamped(name, data, STAMP) for name, data in files.items()}
    after = formatted(folder, first, formatter)
    for name in files:
        assert block(name, after[name]) == block(name, first[name]).replace(
            b"\r\n", eol(after[name])
        )
    second = {name: stamped(name, data, RIGHT, UPDATE) for name, data in after.items()}
    assert formatted(folder, second, formatter) == second
    assert all(stamped(name, data, RIGHT) == data for name, data in second.items())
    bodies = {name: removed(source(name, data)).new for name, data in second.items()}
    alone = formatted(folder, bodies, formatter)
    assert {name: data.strip() for name, data in alone.items()} == {
        name: data.strip() for name, data in bodies.items()
    }


def source(name: str, data: bytes) -> Source:
    kind = kind_of_name(name)
    return Source(name, data, kind, file_type(kind))


def stamped(name: str, data: bytes, *allowed: str) -> bytes:
    """The file with a right stamp, which took one of the actions ``allowed``."""
    planned = plan(source(name, data), OPTIONS, WISH)
    assert planned.action in allowed, (name, planned[2:])
    return planned.new


def formatted(folder: Path, files: Files, formatter: Formatter) -> Files:
    """The files as the formatter leaves them."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    formatter([folder / name for name in files])
    return {name: (folder / name).read_bytes() for name in files}


def block(name: str, data: bytes) -> bytes:
    """The bytes of the one block of a file."""
    (found,) = read(data, kind_of_name(name)).blocks
    return data[found.span.start : found.span.end]


def eol(data: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in data else b"\n"


@pytest.mark.parametrize("name", sorted(FORMATTERS))
def test_python_formatter_leaves_the_block_alone(name: str, tmp_path: Path) -> None:
    come_to_rest(tmp_path, PYTHON, FORMATTERS[name])


def test_python_formatters_together_leave_the_block_alone(tmp_path: Path) -> None:
    def all_of_them(paths: list[Path]) -> None:
        for one in ("isort-black-profile", "black", "trailing-whitespace", "end-of-file-fixer"):
            FORMATTERS[one](paths)

    come_to_rest(tmp_path, PYTHON, all_of_them)


@pytest.fixture(scope="session")
def prettier(tmp_path_factory: Any) -> Path:
    """Prettier, installed once for all tests."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not here")
    folder = tmp_path_factory.mktemp("prettier")
    words = [npm, "install", "--silent", "--no-audit", "--no-fund", "prettier@3"]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=300)
    if done.returncode:
        pytest.skip("prettier cannot be installed here")
    return Path(folder) / "node_modules/.bin/prettier"


@pytest.mark.registry
def test_prettier_leaves_the_block_alone(prettier: Path, tmp_path: Path) -> None:
    come_to_rest(tmp_path, WEB, in_place(str(prettier), "--write", "--no-config"))


@pytest.mark.parametrize("name", ["black", "ruff-format"])
def test_formatted_file_is_formatted_with_its_stamp(name: str, tmp_path: Path) -> None:
    clean = formatted(tmp_path, PYTHON, FORMATTERS[name])
    with_stamp = {path: stamped(path, data, STAMP) for path, data in clean.items()}
    assert formatted(tmp_path, with_stamp, FORMATTERS[name]) == with_stamp
