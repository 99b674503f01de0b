"""A file whose header is in order gets the bytes of isort and then black, run by hand."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import Repository

BIN = Path(sys.executable).parent
CODE = b"""\
'''A module.'''
from __future__ import annotations
import sys, os
import app.models
from typing import (List, Any,
    Dict) # why
from . import sibling

x = {  'a':37,'b':42,

'c':927}
long_name = function_of_many_words(argument_number_one, argument_number_two, argument_three)
if x :
  import zlib, abc
  print ( "hello" )

class A  ( object ) :
    def f    (   self   ):
        '''  Docstring.   '''
        return    37 \\
            +1
# fmt: off
table = [1,0,
         0,1]
# fmt: on
skipped = [1,2]  # fmt: skip
magic = f(a,)
"""
STUB = b"import os\nimport abc\nclass A:\n    x:int\n\n\n    def f(self)->int: ...\n"
FILES = {
    "plain.py": CODE,
    "crlf.py": CODE.replace(b"\n", b"\r\n"),
    "mixed.py": CODE.replace(b"\n", b"\r\n", 3),
    "mixed_late.py": CODE.replace(b"x = {", b"x = {\r"),
    "mark.py": b"\xef\xbb\xbf" + CODE,
    "mark_crlf.py": b"\xef\xbb\xbf" + CODE.replace(b"\n", b"\r\n"),
    "latin.py": b"# -*- coding: latin-1 -*-\n" + CODE + b"name = 'J\xfcrgen'  # \xe9\n",
    "no_end.py": CODE.rstrip(b"\n"),
    "tabs.py": b"if 1:\n\timport b, a\n\tx = [1,\n\t\t2]\n",
    "feed.py": b"import b\nimport a\n\x0c\nx=1\n\x0c\ndef f(): pass\n",
    "stub.pyi": STUB,
    "empty.py": b"",
    "blank.py": b"\n\n\n",
    "blank_crlf.py": b"\r\n\r\n",
    "comment.py": b"#only a comment\n\n\n#and another",
    "skipped.py": b"# isort: skip_file\nimport b\nimport a\nx=1\n",
    "parts.py": b"import b  # isort: skip\nimport a\n# isort: off\nimport d\nimport c\n",
    "literal.py": b"# isort: list\nNAMES = ['b', 'a']\n",
    "spaces.py": b"   \nimport a\n   \n",
    "shebang.py": b"#!/usr/bin/env python3\n#!second\nimport b\nimport a\n",
    "nested.py": b"def f():\n    from b import c\n    import a\n    try:\n        import z, y\n"
    b"    except ImportError:\n        pass\n",
    "escape.py": b"x = '\\d'\ny = (1,)\ndel (x, y)\nprint((yield_))\n",
}
SETTINGS = {
    "nothing": ("", "[tool.isort]\nprofile = 'black'\n"),
    "short": (
        "[tool.black]\nline-length = 60\nskip-string-normalization = true\n",
        "[tool.isort]\nprofile = 'black'\nline_length = 60\n",
    ),
    "preview": (
        "[tool.black]\npreview = true\ntarget-version = ['py39']\n"
        "skip-magic-trailing-comma = true\n",
        "[tool.isort]\nprofile = 'black'\n",
    ),
    "project": (
        "[project]\nname = 'x'\nrequires-python = '>=3.9'\n[tool.black]\nline-length = '100'\n",
        "[tool.isort]\nprofile = 'black'\nline_length = 100\n",
    ),
}


def repository_in(place: Path, name: str) -> Repository:
    """A git repository, so that no settings above it count."""
    made = Repository(place / name, place / "cache")
    made.git("init", "--quiet")
    return made


def by_hand(root: Path) -> None:
    for tool in ("isort", "black"):
        done = subprocess.run(
            [str(BIN / tool), "--quiet", "."], cwd=root, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", SETTINGS)
def test_every_file_is_as_by_hand(tmp_path, name):
    ours, theirs = SETTINGS[name]
    hand, repository = repository_in(tmp_path, "hand"), repository_in(tmp_path, "ours")
    for one, text in ((hand, ours + theirs), (repository, ours)):
        one.write_all(FILES)
        one.write("sibling.py", "")
        one.write("app/__init__.py", "")
        one.write("pyproject.toml", text)
    by_hand(hand.root)
    done = repository.onex("format", "--no-lint")
    assert done.code == 0, done
    for path in FILES:
        assert (repository.root / path).read_bytes() == (hand.root / path).read_bytes(), path


def test_settings_of_isort_hold(tmp_path):
    told = (
        "[tool.isort]\nforce_single_line = true\nlines_after_imports = 2\n"
        "add_imports = ['from __future__ import annotations']\nremove_imports = ['os']\n"
        "float_to_top = true\n"
    )
    hand, repository = repository_in(tmp_path, "hand"), repository_in(tmp_path, "ours")
    files = {"a.py": "import os\nfrom b import d, c\nx = 1\nimport a\n", "b.py": "x=1\n"}
    for one, more in ((hand, "profile = 'black'\n"), (repository, "")):
        one.write_all(files)
        one.write("pyproject.toml", told + more)
    by_hand(hand.root)
    done = repository.onex("format", "--no-lint")
    assert done.code == 0, done
    for path in files:
        assert (repository.root / path).read_bytes() == (hand.root / path).read_bytes(), path


@pytest.mark.slow
def test_standard_library_is_as_by_hand(tmp_path):
    """Some of what is there in this Python, whichever it is."""
    library = Path(sysconfig.get_paths()["stdlib"])
    files = sorted(library.glob("[a-h]*.py"))[::8] + sorted((library / "asyncio").glob("*.py"))[::8]
    hand, repository = repository_in(tmp_path, "hand"), repository_in(tmp_path, "ours")
    for one in (hand, repository):
        for file in files:
            one.write(str(file.relative_to(library)), file.read_bytes())
    hand.write("pyproject.toml", "[tool.isort]\nprofile = 'black'\n")
    by_hand(hand.root)
    done = repository.onex("format", "--no-lint", "--output-format", "concise", "--show-all")
    refused = {line.split(":")[0] for line in done.out.splitlines() if "FMT030" in line}
    assert len(refused) <= len(files) // 20, done
    for file in files:
        path = str(file.relative_to(library))
        if path not in refused:
            theirs = (hand.root / path).read_bytes()
            assert (repository.root / path).read_bytes() == theirs, path
