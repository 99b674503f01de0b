"""What a hook types is read without click, and as click reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.cli.commands import load
from onex_tools.cli.plain import read
from onex_tools.hooks import HOOKS

HERE = Path(__file__)
NAMES = ["--select", "--extend-select", "--ignore", "--scope", "-q", "--quiet", "--no-cache"]
NAMES += ["--exit-zero", "--fix", "--isolated", "--show-all", "--statistics"]
OTHERS = [
    "--diff",
    "--unsafe-fixes",
    "--select=SEC",
    "--jobs",
    "-j2",
    "-qq",
    "--quie",
    "--color",
    "--",
    "-",
    "",
    "2",
]
VALUES = ["file", "tree", "all", "SEC", "SEC, DCS001,", "never", str(HERE), str(HERE.parent)]
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
WORDS = st.one_of(*map(st.sampled_from, (NAMES, VALUES, OTHERS)), ANY)
PLAIN = st.sampled_from([name for name in NAMES if name != "--scope"])


@given(st.lists(WORDS, max_size=7))
def test_plain_words_are_read_as_click_reads_them(words):
    options = read(["validate", *words])
    if options is not None:
        assert options == load("validate").make_context("validate", list(words)).params


@given(st.lists(st.tuples(PLAIN, st.sampled_from(["SEC", "A,B , C"])), max_size=5))
def test_every_plain_option_is_read(pairs):
    words = [
        word
        for name, value in pairs
        for word in ((name, value) if name in NAMES[:3] else (name, str(HERE)))
    ]
    options = read(["validate", *words, "--scope", "file"])
    assert options == load("validate").make_context("v", [*words, "--scope", "file"]).params


@pytest.mark.parametrize("hook", [hook for hook in HOOKS if "onex validate" in hook.entry])
def test_what_hooks_type_is_plain(hook):
    assert read([*hook.entry.split()[1:], str(HERE)])


@pytest.mark.parametrize(
    "words",
    [(), ("stamp",), ("--version",), ("-C", ".", "validate"), ("validate", "--select"),
     ("validate", "--scope", "half"), ("validate", "--help"), ("validate", "not/there.py")],
)  # fmt: skip
def test_click_says_what_is_not_plain(words):
    assert read(words) is None


def test_wrong_words_are_refused_as_ever(repo):
    assert "is not one of" in repo.onex("validate", "--scope", "half").err
    assert "no such file" in repo.onex("validate", "--quiet", "a.py").err
    assert "No such option" in repo.onex("validate", "--quite").err
