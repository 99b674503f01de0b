"""The unsafe fix of a missing docstring: where the stub goes, and that nothing else changes."""

from __future__ import annotations

import ast
import sysconfig
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.api import ParseFailure
from tests.conftest import some

from .conftest import new_source, rule_classes

ALL = {
    "private": True,
    "nested": True,
    "magic": True,
    "init": True,
    "property_setter": True,
    "overload": True,
    "override": True,
    "tests": True,
    "generated": True,
    "documentation": True,
    "stubs": True,
    "empty": True,
    "computed_all": False,
    "option_classes": (),
}


def find(data: bytes, path: str = "loader.py"):
    from onex_validators.docstrings.settings import Docstrings

    file, options = new_source(path, data), Docstrings(**ALL)
    return [finding for rule in rule_classes() for finding in rule(options).check(file)]


def mend(data: bytes, path: str = "loader.py") -> bytes:
    edits = [edit for found in find(data, path) if found.fix for edit in found.fix.edits]
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new + data[end:]
    return data


def said(kind: str, name: str) -> str:
    return f'"""TODO(docstring): Describe the {kind} `{name}`."""'


F, G, C, M = said("function", "f"), said("function", "g"), said("class", "C"), said("method", "m")
L = said("module", "loader")
BODIES = {
    "block": ("def f():\n    return 1\n", f"def f():\n    {F}\n    return 1\n"),
    "one line": ("def f(): return 1\n", f"def f():\n    {F}\n    return 1\n"),
    "no final newline": ("def f(): return 1", f"def f():\n    {F}\n    return 1"),
    "statements on one line": ("def f(): a; b  # c\n", f"def f():\n    {F}\n    a; b  # c\n"),
    "comment between": ("def f():\n    # c\n    a\n", f"def f():\n    {F}\n    # c\n    a\n"),
    "blank lines": ("def f():\n\n  \n    a\n", f"def f():\n    {F}\n    a\n"),
    "type comment": (
        "def f(a):\n    # type: (int) -> int\n    a\n",
        f"def f(a):\n    # type: (int) -> int\n    {F}\n    a\n",
    ),
    "header over lines": (
        "async def f(\n    a,\n) -> int:  # c: d\n\ta\n",
        f"async def f(\n    a,\n) -> int:  # c: d\n\t{F}\n\ta\n",
    ),
    "body behind a header over lines": (
        "def f(\n    a={1: 2}): return a\n",
        f"def f(\n    a={{1: 2}}):\n    {F}\n    return a\n",
    ),
    "crlf": ("def f():\r\n  a\r\n", f"def f():\r\n  {F}\r\n  a\r\n"),
    "cr": ("def f():\r  a\r", f"def f():\r  {F}\r  a\r"),
    "form feed": ("def f():\n\f\n  a\n", f"def f():\n  {F}\n  a\n"),
    "decorated first": (
        "def f():\n    @d(\n1)\n    def g(): a\n",
        f"def f():\n    {F}\n    @d(\n1)\n    def g():\n        {G}\n        a\n",
    ),
    "class": (
        "class C:\n    a = 1\n\n    def m(self): ...\n",
        f"class C:\n    {C}\n\n    a = 1\n\n    def m(self):\n        {M}\n        ...\n",
    ),
    "class on one line": ("class C: pass\n", f"class C:\n    {C}\n\n    pass\n"),
    "tabs": (
        "class C:\n\tdef m(self): a\n",
        f"class C:\n\t{C}\n\n\tdef m(self):\n\t\t{M}\n\t\ta\n",
    ),
    "overload": (
        "@overload\ndef f(a): ...\n",
        f"@overload\ndef f(a):\n    {F}\n    ...\n",
    ),
    "f-string": ('def f():\n    f"a"\n', f'def f():\n    {F}\n    f"a"\n'),
    "name beyond ASCII": (
        "def größe():\n    1\n",
        f"def größe():\n    {said('function', 'größe')}\n    1\n",
    ),
}


@pytest.mark.parametrize("case", BODIES)
def test_place_and_indentation_in_a_body(case):
    before, after = BODIES[case]
    lead = '"""Doc."""\n'
    assert mend((lead + before).encode()).decode() == lead + after


MODULES = {
    "empty": ("", f"{L}\n"),
    "code": ("import a\n", f"{L}\n\nimport a\n"),
    "blank lines first": ("\n\nimport a\n", f"\n\n{L}\n\nimport a\n"),
    "shebang and cookie": (
        "#!/usr/bin/python\n# coding: utf-8\nimport a\n",
        f"#!/usr/bin/python\n# coding: utf-8\n{L}\n\nimport a\n",
    ),
    "groups": ("# a\n\n# b\n\nimport a\n", f"# a\n\n# b\n\n{L}\n\nimport a\n"),
    "comment of the code": ("# a\n\n# b\na = 1\n", f"# a\n\n{L}\n\n# b\na = 1\n"),
    "comments only": ("# a\n", f"# a\n{L}\n"),
    "comment without end": ("# a", f"# a\n{L}\n"),
    "future": ("from __future__ import a\n", f"{L}\n\nfrom __future__ import a\n"),
    "decorated": ('@d\nclass C:\n    "c"\n', f'{L}\n\n@d\nclass C:\n    "c"\n'),
    "mark": ("\ufeffimport a\n", f"\ufeff{L}\n\nimport a\n"),
    "crlf": ("# a\r\nimport a\r\n", f"# a\r\n{L}\r\n\r\nimport a\r\n"),
}


@pytest.mark.parametrize("case", MODULES)
def test_place_in_a_module(case):
    before, after = MODULES[case]
    if case == "future":
        before, after = (text.replace("import a", "import annotations") for text in (before, after))
    assert mend(before.encode()).decode() == after


def test_name_that_is_no_plain_word_is_left_out():
    stub = b'"""TODO(docstring): Describe this file."""\n\na = 1\n'
    assert mend(b"a = 1\n", 'a"""b.py') == stub


UNSURE = {
    "backslash above the body": "def f():\\\n\n    a\n",
    "backslash after the colon": "def f(): \\\n  a\n",
    "columns of another encoding": "# coding: latin-1\ndef f(a='ä'): a\n",
}


@pytest.mark.parametrize("case", UNSURE)
def test_no_stub_where_the_place_is_not_sure(case):
    data = ('"""Doc."""\n' + UNSURE[case]).encode("latin-1")
    if "coding" in UNSURE[case]:
        data = data.partition(b"\n")[2]
        data = data.replace(b"\n", b"\n'''Doc.'''\n", 1)
    try:
        found = [one for one in find(data) if one.code == "DCS005"]
    except ParseFailure:
        pytest.skip("this Python does not read it")
    assert [one.fix for one in found] == [None]


def test_stub_still_counts_and_is_not_replaced(repo):
    repo.write("loader.py", "def f(): return 1\n")
    run = repo.onex("validate", "--fix", "--unsafe-fixes", "--output-format", "concise")
    assert "public function `f` has only a stub for a docstring" in run.out
    once = (repo.root / "loader.py").read_text()
    assert once == f"{L}\n\ndef f():\n    {F}\n    return 1\n"
    assert repo.codes() == ["loader.py:1 DCS001", "loader.py:3 DCS005"]
    repo.onex("validate", "--fix", "--unsafe-fixes")
    assert (repo.root / "loader.py").read_text() == once


def test_no_stub_without_being_asked(repo):
    repo.write("loader.py", "def f(): return 1\n")
    repo.onex("validate", "--fix")
    assert (repo.root / "loader.py").read_text() == "def f(): return 1\n"


def meaning(data: bytes) -> str:
    """The syntax tree without the stubs."""
    tree = ast.parse(data)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        value = first.value if isinstance(first, ast.Expr) else None
        if isinstance(value, ast.Constant) and str(value.value).startswith("TODO(docstring)"):
            del body[0]
    return ast.dump(tree)


def check_laws(data: bytes) -> None:
    try:
        before = find(data)
    except ParseFailure:
        return
    after = mend(data)
    assert meaning(after) == meaning(data)
    assert mend(after) == after
    assert len(find(after)) == len(before)


LINES = ["def f(a=':'):", "class C:", "  ", "\t", "a", "# c", "", "\f", "@d", "pass", "...", "\\"]


@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_nothing_else_changes_and_a_second_time_nothing_does(parts, newline):
    text = "".join(part if part in ("  ", "\t", "\f") else part + newline for part in parts)
    check_laws(text.encode())
    check_laws(text.replace(":" + newline, ": ").encode())


def test_laws_hold_over_the_standard_library():
    root = Path(sysconfig.get_path("stdlib"))
    paths = sorted([*root.glob("*.py"), *root.glob("[a-r]*/*.py"), *root.glob("test/*.py")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in some(paths, 60):
            check_laws(path.read_bytes())
