"""Fixing sections: it ends, nothing is left to fix, and only form changes."""

from __future__ import annotations

import ast
import os
import re
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.api import Finding, Validator, rules_in
from onex_tools.mending import Mended, mend_file
from onex_validators.docstrings.settings import Docstrings
from tests.conftest import some

from .conftest import new_source

RULES = [
    rule
    for rule in rules_in("onex_validators.docstrings")
    if issubclass(rule, Validator) and rule.code.startswith("DCS2")
]
LOOSE = re.compile(r"[\s:=-]")


def judge_by(convention: str):
    """Finds what any rule on sections has to say under ``convention``."""
    checks = [rule(Docstrings(convention=convention, tests=True)) for rule in RULES]

    def judge(path: str, data: bytes) -> list[Finding]:
        file = new_source(path, data)
        return [found for check in checks for found in check.check(file)]

    return judge


def mend(data: bytes, convention: str, *, unsafe: bool = False) -> Mended:
    return mend_file("a.py", data, judge_by(convention), unsafe=unsafe)


def texts(data: bytes) -> list[str]:
    """Every docstring without white space, colons and dashes, in small letters."""
    return [
        LOOSE.sub("", node.value).lower()
        for node in ast.walk(ast.parse(data))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def assert_lawful(data: bytes, convention: str) -> None:
    mended = mend(data, convention)
    assert mended.faults == []
    assert texts(mended.new) == texts(data)
    left = [one for one in judge_by(convention)("a.py", mended.new) if one.fix and one.fix.safe]
    assert left == []
    assert mend(mended.new, convention).new == mended.new


LINES = st.sampled_from(
    ["Args:", "args", "Returns", "returns:", "Raises :", "See also", "Parameters", "Retuns:",
     "Note:", "Examples", "-------", "---", "=======", "", "", "x : int", "x: It.", "Text.",
     ".. note::", ":param x: It.", ":param x:It.", ":parm y: It.", ":type x: int", "'\u00e9'"]
)  # fmt: skip
INDENTS = st.sampled_from(["", "    ", "    ", "    ", "      ", "        ", "\t"])
ENDINGS = st.sampled_from(["\n", "\r\n"])


@given(
    st.lists(st.tuples(INDENTS, LINES).map("".join), max_size=12),
    ENDINGS,
    st.sampled_from(["", "    ", "\t"]),
    st.sampled_from(["", "google", "numpy", "sphinx"]),
)
def test_any_docstring_is_mended_in_full(lines, ending, indent, convention):
    body = ending.join([f'{indent}"""Load.', *lines, f'{indent}"""', ""])
    assert_lawful((f"def f():{ending}{body}" if indent else body).encode(), convention)


@given(st.lists(LINES, max_size=6), st.sampled_from(["google", "numpy"]))
def test_a_docstring_behind_code_keeps_its_indentation(lines, convention):
    text = "\n".join(["def f(): '''Load.", *(f"    {line}" for line in lines), "'''", ""])
    assert_lawful(text.replace("'\u00e9'", "x").encode(), convention)


def files(tree: Path) -> list[Path]:
    return [path for path in sorted(tree.rglob("*.py")) if b'"""' in path.read_bytes()]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@pytest.mark.parametrize("package", ["asyncio", "concurrent", "importlib"])
@pytest.mark.parametrize("convention", ["google", "numpy"])
def test_the_standard_library_is_mended_in_full(package, convention):
    tree = Path(sysconfig.get_path("stdlib")) / package
    for path in files(tree):
        assert_lawful(path.read_bytes(), convention)


@pytest.mark.slow
@pytest.mark.registry
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@pytest.mark.parametrize("convention", ["google", "numpy", "sphinx"])
def test_django_is_mended_in_full(bench, convention):
    folder = os.environ.get("ONEX_DJANGO_SOURCE")
    for path in some(files(Path(folder) if folder else bench.django()), 90):
        try:
            ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            continue
        assert_lawful(path.read_bytes(), convention)
