"""What CONTRIBUTING.md says works when it is followed to the letter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from tests.conftest import CHECKOUT
from tests.contributing.walks import follow, matches, shims, surroundings, walks_in

DOCUMENT = CHECKOUT / "CONTRIBUTING.md"
WALKS = walks_in(DOCUMENT)
COPIED = ("onex_tools", "validators", "docs", "pyproject.toml", "onex.toml", "tests")


@pytest.fixture
def checkout(tmp_path):
    """A copy of the checkout, as a clone would be."""
    folder = tmp_path / "onex"
    ignored = shutil.ignore_patterns("__pycache__", "acme-onex-rules")
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
    # A walk starts from pages that are fresh; whether they are is the matter of another test.
    subprocess.run(
        ["python", "-m", "onex_tools.pages", "docs/rules"],
        cwd=checkout,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    follow(WALKS[name], checkout, environment)


def test_there_is_a_walk_for_each_sort_of_rule():
    assert set(WALKS) == {"file-rule", "fix", "tree-rule"}


def test_a_walk_that_is_wrong_fails(checkout, environment):
    steps = WALKS["file-rule"]
    with pytest.raises(AssertionError, match="the document shows"):
        follow([step for step in steps if not hasattr(step, "text")], checkout, environment)


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
