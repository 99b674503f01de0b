"""The rules say what ruff says, where their settings ask for what ruff asks for."""

from __future__ import annotations

import ast
import os
import sysconfig
from pathlib import Path

import pytest

# Old code in the trees has escapes that newer Pythons warn of.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]

TREE = {
    "pkg/__init__.py": "",
    "pkg/__main__.py": "def f(): pass\n",
    "pkg/_hidden.py": "def f(): pass\n",
    "pkg/_sub/__init__.py": "",
    "pkg/_sub/mod.py": "class C: pass\n",
    "pkg/sub/__init__.py": '"""Doc."""\n',
    "pkg/sub/mod.py": "class C:\n    class D:\n        class E: pass\n        def m(self): pass\n",
    "pkg/mod.pyi": "def f(): ...\n",
    "web-shop/tool.py": "#!/usr/bin/env python\nprint(1)\n",
    "bom.py": "\ufeffdef f(): pass\n",
    "crlf.py": "'doc'\r\n\r\nasync \\\r\n  def f(): pass\r\n",
    "cr.py": "'doc'\rdef f(): pass\r",
    "names.py": "'doc'\nclass Größe:\n\tdef maß(self): pass\n",
    "all_list.py": "__all__ = ['f', '_g', 'C']\ndef f(): pass\ndef _g(): pass\ndef h(): pass\n"
    "class C:\n    def m(self): pass\nclass D:\n    def m(self): pass\n",
    "all_if.py": "if x:\n    __all__ = ['f']\nelse:\n    __all__ = ('g',)\n"
    "while y:\n    __all__ += ['h']\n"
    "def f(): pass\ndef g(): pass\ndef h(): pass\ndef i(): pass\n",
    "all_sum.py": "__all__ = b.__all__ + ['f'] + list(('g',))\n"
    "def f(): pass\ndef g(): pass\ndef h(): pass\n",
    "all_bare.py": "__all__: list[str]\ndef f(): pass\n",
    "all_empty.py": "__all__ = []\ndef f(): pass\n",
    "all_computed.py": "__all__ = make()\ndef f(): pass\n",
    "all_local.py": "def f():\n    __all__ = ['g']\nclass C:\n    __all__ = ['g']\n",
    "members.py": "from typing import overload, override, overload as over\nimport typing as t\n"
    "class C:\n    @property\n    def p(self): pass\n    @p.setter\n    def p(self, v): pass\n"
    "    @p.deleter\n    def p(self): pass\n    @C.p.setter\n    def p(self, v): pass\n"
    "    @q.setter\n    def p(self, v): pass\n    @overload\n    def a(self): pass\n"
    "    @over\n    def b(self): pass\n    @t.overload\n    def c(self): pass\n"
    "    @overload()\n    def d(self): pass\n    @override\n    def e(self): pass\n"
    "    def __new__(cls): pass\n    def __init__(self): pass\n    def __call__(self): pass\n"
    "    def __str__(self): pass\n    def __(self): pass\n    def _x_(self): pass\n"
    "    def __m(self): pass\n    if x:\n        def n(self): pass\n"
    "@override\ndef f(): pass\n@overload\ndef g(): pass\ndef __getattr__(n): pass\n",
    "strings.py": "class C:\n    def a(self): b'x'\n    def b(self): f'x'\n"
    "    def c(self): 'x' f'y'\n    def d(self): ('x')\n    def e(self): 'x' % y\n"
    "    def f(self): ...\n",
    "local.py": "def f():\n    def g(): pass\n    class C:\n        def m(self): pass\n",
    "blank.py": '""" """\ndef f():\n    ""\n',
    "broken.py": "def f(:\n",
}


def write(root: Path, tree: dict[str, str | bytes]) -> None:
    for path, text in tree.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)


def test_equal_to_ruff_on_each_construct(bench, tmp_path):
    write(tmp_path, TREE)
    found = bench.agreement(tmp_path)
    assert found.ours == found.theirs
    assert found.unread == {"broken.py"}
    assert {place.code for place in found.theirs} == {f"D10{digit}" for digit in range(8)}


DIFFERENT = {
    "append.py": "'doc'\n__all__ = ['f']\n__all__.append('g')\n__all__.extend(['h'])\n"
    "def f(): 'doc'\ndef g(): pass\ndef h(): pass\n",
    "_private/mod.py": "def f(): pass\n",
    "compat.py": "'doc'\nfrom .backports import overload\n@overload\ndef f(): pass\n",
}


def test_the_documented_differences_are_the_only_ones(bench, tmp_path):
    write(tmp_path, DIFFERENT)
    found = bench.agreement(tmp_path)
    ours = {(place.path, place.line) for place in found.ours - found.theirs}
    theirs = {(place.path, place.line) for place in found.theirs - found.ours}
    assert ours == {("append.py", 6), ("append.py", 7)}
    assert theirs == {("_private/mod.py", 1), ("compat.py", 4)}


def unexplained(tree: Path, places) -> list:
    """The places that neither a blank docstring nor a growing ``__all__`` accounts for."""
    return [place for place in places if not is_explained((tree / place.path).read_bytes(), place)]


def is_explained(data: bytes, place) -> bool:
    if b"__all__.append" in data or b"__all__.extend" in data:
        return True
    module = ast.parse(data)
    at_line = [node for node in ast.walk(module) if getattr(node, "lineno", 0) == place.line]
    node = module if place.code in ("D100", "D104") else at_line[0]
    text = ast.get_docstring(node)
    return text is not None and not text.strip()


def assert_agrees(bench, tree: Path, at_least: int) -> None:
    found = bench.agreement(tree)
    assert len(found.theirs) > at_least
    assert found.precision >= 0.999
    assert found.recall >= 0.999
    assert unexplained(tree, found.ours - found.theirs) == []
    assert found.theirs <= found.ours


@pytest.mark.parametrize("package", ["asyncio", "email", "http", "json", "unittest"])
def test_agrees_over_packages_of_the_standard_library(bench, package):
    tree = Path(sysconfig.get_path("stdlib")) / package
    found = bench.agreement(tree)
    assert found.files > 3
    assert unexplained(tree, found.ours - found.theirs) == []
    assert found.theirs <= found.ours


@pytest.mark.slow
@pytest.mark.skipif("ONEX_ALL_FILES" not in os.environ, reason="takes half a minute more")
def test_agrees_over_the_standard_library(bench):
    assert_agrees(bench, Path(sysconfig.get_path("stdlib")), 20_000)


@pytest.mark.slow
@pytest.mark.registry
@pytest.mark.skipif("ONEX_ALL_FILES" not in os.environ, reason="takes a minute more")
def test_agrees_over_django(bench):
    folder = os.environ.get("ONEX_DJANGO_SOURCE")
    assert_agrees(bench, Path(folder) if folder else bench.django(), 25_000)
