"""The kind of a file by its name: our own tables first, then those of ``identify``."""

from __future__ import annotations

import subprocess
import sys

import pytest

from onex_tools.kinds import BY_SUFFIX, kind_of_head, kind_of_name, known_kinds, sample_name
from onex_tools.stamp import FILE_TYPES


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.py", "python"),
        ("A.PY", "python"),
        ("a.tf.json", "json"),
        ("Dockerfile.dev", "dockerfile"),
        (".env.local", "dotenv"),
        ("requirements-dev.txt", "requirements"),
        ("words.txt", "text"),
        (".prettierignore", "ignore"),
        (".ignore", "ignore"),
        ("BUILD", "bazel"),
        ("build", "unknown"),
        ("a.jbuilder", "ruby"),
        ("a.kml", "xml"),
        ("a.mm", "objective-cpp"),
        ("a.svg", "svg"),
        ("Cargo.lock", "lock"),
        ("Cargo.toml", "toml"),
        ("poetry.lock", "lock"),
        ("a.eyaml", "yaml"),
        # Endings that several languages share.
        *((f"a.{ending}", "unknown") for ending in ("m", "v", "pp", "s", "inc", "cls", "d")),
        # JSON with comments in some, and no language that its own parser would take in others.
        (".jshintrc", "unknown"),
        ("a.gyp", "unknown"),
        ("a.", "unknown"),
        ("", "unknown"),
    ],
)
def test_kind_of_name(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"#!/bin/sh\n", "shell"),
        (b"#!/usr/bin/env -S awk -f\n", "awk"),
        (b"#!/usr/bin/Rscript\n", "r"),
        (b"#!/usr/bin/cbsd\n", "shell"),
        (b"#!/usr/bin/nobody-knows\n", "unknown"),
        (b"# no shebang\n", "unknown"),
    ],
)
def test_kind_of_head(head: bytes, kind: str) -> None:
    assert kind_of_head(head) == kind


def test_every_kind_with_comments_has_a_name() -> None:
    for kind in FILE_TYPES:
        assert kind in known_kinds()
        assert kind_of_name(sample_name(kind)) == kind


def test_names_of_our_own_tables_import_nothing() -> None:
    names = [f"a.{ending}" for ending in BY_SUFFIX]
    code = f"from onex_tools.kinds import kind_of_name\nfor n in {names!r}: kind_of_name(n)\n"
    code += "import sys; assert 'identify' not in sys.modules; kind_of_name('a.odd')\n"
    code += "assert 'identify.extensions' in sys.modules and 'identify.identify' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
