"""What CONTRIBUTING.md says works when it is followed to the letter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import textwrap

import pytest

from tests.conftest import CHECKOUT
from tests.contributing.walks import follow, matches, shims, surroundings, walks_in

DOCUMENT = CHECKOUT / "CONTRIBUTING.md"
WALKS = walks_in(DOCUMENT)
COPIED = ("onex_tools", "validators", "docs", "schemas", "pyproject.toml", "onex.toml", "tests")
ABOVE = (
    ("onex_tools/kinds.py", '    "fortran": "f03'),
    ("onex_tools/stamp/comments.py", "DOTS = "),
    ("onex_tools/published/cases.py", '        ("ml", "ocaml"'),
    ("onex_tools/stamp/parts.py", "TEX_FORMAT = "),
    ("onex_tools/published/tables.py", '    "format line": '),
    ("onex_tools/published/cases.py", '    _given("no prologue"'),
    ("onex_tools/stamp/styles.py", '    ("fortran", '),
    ("tests/stamp/samples.py", '    ("a.sml", '),
    ("tests/stamp/parsers.py", "def _batch("),
    ("tests/stamp/parsers.py", '    "batch": '),
)
"""Where each piece goes that the section on kinds of files shows: above which line."""


@pytest.fixture
def checkout(tmp_path):
    """A copy of the checkout, as a clone would be, but for its byte code: that saves time."""
    folder = tmp_path / "onex"
    ignored = shutil.ignore_patterns("acme-onex-rules")
    for name in COPIED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


@pytest.fixture
def environment(checkout, tmp_path):
    """What an activated environment would set."""
    path = f"{checkout}{os.pathsep}{checkout / 'validators'}"
    return surroundings(shims(tmp_path / "bin"), tmp_path / "cache", PYTHONPATH=path)


@pytest.mark.parametrize("name", WALKS)
def test_walk(name, checkout, environment):
    # A walk that writes pages starts from fresh ones; whether they are is for another test.
    if any("onex_tools.pages" in getattr(step, "line", "") for step in WALKS[name]):
        command = ["python", "-m", "onex_tools.pages", "docs/rules"]
        subprocess.run(
            command, cwd=checkout, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    follow(WALKS[name], checkout, environment)


@pytest.mark.slow
def test_kind_of_file_that_is_added_as_shown_is_green(checkout, environment):
    section = DOCUMENT.read_text().partition("\n## A kind of file")[2].partition("\n## ")[0]
    pieces = re.findall(r"   ```python\n(.*?)   ```\n", section, re.DOTALL)
    for piece, (path, line) in zip(pieces, ABOVE, strict=True):
        text = (checkout / path).read_text()
        assert text.count(f"\n{line}") == 1, line
        indent = " " * (len(line) - len(line.lstrip()))
        new = textwrap.indent(textwrap.dedent(piece), indent) + ("\n\n" if "def " in line else "")
        (checkout / path).write_text(text.replace(f"\n{line}", f"\n{new}{line}"))
    tests = ["tests/stamp/test_types.py", "tests/stamp/test_vectors.py"]
    chosen = "flow or every or current or removal or finds"
    for command in (["-m", "onex_tools.generate"], ["-m", "pytest", *tests, "-k", chosen]):
        done = subprocess.run(
            ["python", *command], cwd=checkout, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    page = (checkout / "docs" / "stamp-format.md").read_text()
    assert "| `tildes` |" in page and "| flow version |" in page


def test_there_is_a_walk_for_each_sort_of_rule():
    assert set(WALKS) == {"file-rule", "fix", "tree-rule"}


def test_a_walk_that_is_wrong_fails(checkout, environment):
    """Without its files: the first command that looks at one prints something else."""
    steps = WALKS["file-rule"]
    at = next(at for at, one in enumerate(steps) if getattr(one, "path", "") == "try.py")
    assert steps[at + 1].line == "onex validate --select EXA try.py"
    with pytest.raises(AssertionError, match="the document shows"):
        follow([steps[0], steps[at + 1]], checkout, environment)


@pytest.mark.parametrize(
    ("shown", "came", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\n", "a\nb\nc\n", True),
        ("in ... s\n", "in 0.51 s\n", True),
        ("in ... s\n", "in 0.51 m\n", False),
        ("", "", True),
        ("", "a\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_output_is_compared(shown, came, same):
    assert matches(shown, came) is same


def test_commands_of_the_makefile_that_are_named_exist():
    text = DOCUMENT.read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make (\w+)`|\$ make (\w+)", text))
    assert {one or other for one, other in named} <= targets
    assert named


def test_paths_that_are_named_exist():
    text = DOCUMENT.read_text(encoding="utf-8")
    text = re.sub(r"<!-- walk.*?end of the walk -->", "", text, flags=re.DOTALL)
    paths = re.findall(r"`((?:onex_tools|tests|docs|bench|validators)/[\w/.-]*)`", text)
    assert paths
    assert [path for path in paths if not (CHECKOUT / path).exists()] == []
