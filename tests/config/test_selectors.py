"""Selectors have to mean a rule, and locks have to hold."""

from __future__ import annotations

import pytest

from onex_tools.config import ConfigError, Overrides, check_selectors

from .conftest import RULES


def _said(tree, overrides=None, **options):
    loaded = tree.load(overrides)
    try:
        check_selectors(loaded, RULES, **options)
    except ConfigError as error:
        return [f"{problem}" for problem in error.problems], error
    return [], None


def _notes(tree, overrides=None):
    return [note.message for note in check_selectors(tree.load(overrides), RULES)]


@pytest.mark.parametrize(
    "word", ["ALL", "STP", "DCS0", "STP001", "stale-hash", "D100", "missing-function-docstring"]
)
def test_every_form_of_a_selector_is_known(tree, word):
    tree.write("onex.toml", f"select = ['{word}']\nseverity = {{ '{word}' = 'info' }}\n")
    assert _said(tree) == ([], None)


def test_unknown_selectors_are_told_with_place_and_nearest(tree):
    tree.write("onex.toml", "select = ['STP', 'STX001']\n[severity]\nstale-hashes = 'info'\n")
    tree.write(
        "a/onex.toml",
        "[[per-file-ignores]]\npath = 'a'\nreason = 'r'\ncodes = ['STP9']\n",
    )
    said, error = _said(tree, Overrides(ignore=("XYZ",)))
    assert said == [
        "onex.toml:1: `select` names `STX001`, which is no rule",
        "onex.toml:3: `severity` names `stale-hashes`, which is no rule",
        "a/onex.toml:4: `per-file-ignores` names `STP9`, which is no rule",
        "command line: `ignore` names `XYZ`, which is no rule",
    ]
    assert error.problems[0].help == "did you mean `STP001`?"
    assert error.problems[1].help == "did you mean `stale-hash`?"
    assert _said(tree, lenient=True) == ([], None)


FOREIGN = ("D421", "DOC003", "DAR101", "E501", "W503", "F", "C901", "S101", "PLR0913", "RUF100")


@pytest.mark.parametrize("word", FOREIGN)
def test_codes_of_other_tools_that_no_rule_has_may_be_ignored(tree, word):
    tree.write("onex.toml", f"ignore = ['STP', '{word}']\n")
    assert _notes(tree) == [f"onex.toml:1: `ignore` names {word}, for which onex has no rule"]
    for key in ("select", "extend-select", "locked"):
        tree.write("onex.toml", f"{key} = ['STP', '{word}']\n")
        [said], error = _said(tree)
        assert said == f"onex.toml:1: `{key}` names `{word}`, which is no rule"
        assert "did you mean" not in error.problems[0].help
        assert ("flake8's own settings" in error.problems[0].help) == (word[0] in "EWFC")


@pytest.mark.parametrize("word", ["D", "D1", "D103"])
def test_codes_of_other_tools_that_a_rule_has_are_not_noted(tree, word):
    tree.write("onex.toml", f"ignore = ['{word}']\n")
    assert _notes(tree) == []


@pytest.mark.parametrize("word", ["DSC005", "STP999", "d103", "D1O3", "E-501", "XYZ"])
def test_a_slip_of_the_pen_is_not_taken_for_another_tool(tree, word):
    tree.write("onex.toml", f"ignore = ['{word}']\n")
    assert _said(tree)[0] == [f"onex.toml:1: `ignore` names `{word}`, which is no rule"]


def test_foreign_codes_are_noted_once_for_each_place_and_tool(tree):
    many = ", ".join(f"'E{number}'" for number in range(100, 112))
    tree.write("onex.toml", f"ignore = [{many}, 'W503', 'D421', 'D421']\n")
    tree.write(
        "a/onex.toml", "[[per-file-ignores]]\npath = 'a'\nreason = 'r'\ncodes = ['S101', 'D103']\n"
    )
    first = ", ".join(f"E{number}" for number in range(100, 108))
    assert _notes(tree, Overrides(ignore=("ANN", "E501"))) == [
        f"onex.toml:1: `ignore` names {first}, 5 more, for which onex has no rule",
        "onex.toml:1: `ignore` names D421, for which onex has no rule",
        "a/onex.toml:4: `per-file-ignores` names S101, for which onex has no rule",
        "command line: `ignore` names ANN, for which onex has no rule",
        "command line: `ignore` names E501, for which onex has no rule",
    ]


@pytest.mark.parametrize(
    ("locked", "nested", "line"),
    [
        ("STP", "ignore = ['STP001']", "`ignore` would switch off STP001"),
        ("STP001", "ignore = ['STP']", "`ignore` would switch off STP001"),
        ("missing-module-docstring", "ignore = ['D100']", "`ignore` would switch off DCS001"),
        ("STP", "select = ['DCS']", "`select` would switch off STP001"),
        ("DCS090", "preview = false", "`preview` would switch off DCS090"),
        ("STP", "severity = { STP002 = 'warning' }", "`severity` would lower STP002"),
        ("STP001", "severity = { ALL = 'info' }", "`severity` would lower STP001"),
        ("STP", "exclude = ['a.py']", "`exclude` would hide files"),
        (
            "STP",
            "per-file-ignores = [{ path = 'a', codes = ['STP0'], reason = 'r' }]",
            "`per-file-ignores` would waive STP001",
        ),
    ],
)
def test_a_nested_configuration_cannot_weaken_what_is_locked(tree, locked, nested, line):
    tree.write("onex.toml", f"preview = true\nlocked = ['{locked}']\n")
    tree.write("a/onex.toml", nested + "\n")
    said, _ = _said(tree)
    assert said[0].startswith(f"a/onex.toml:1: {line}")
    assert "what `locked` in onex.toml:2 keeps" in said[0]
    tree.write("onex.toml", "preview = true\nlocked = ['DCS005']\n")
    tree.write("a/onex.toml", nested.replace("DCS'", "DCS', 'STP'") + "\n")
    others = [s for s in _said(tree)[0] if "DCS005" not in s and "hide files" not in s]
    assert others == []


def test_what_does_not_weaken_is_allowed_below(tree):
    tree.write("onex.toml", "locked = ['STP']\nseverity = { STP001 = 'info' }\n")
    tree.write(
        "a/onex.toml",
        "ignore = ['DCS']\nextend-select = ['STP']\n"
        "severity = { STP001 = 'error', DCS = 'info' }\n",
    )
    tree.write("a/b/onex.toml", "severity = { STP001 = 'warning' }\n")
    assert _said(tree) == ([], None)


def test_the_root_may_ignore_what_it_locks_but_not_per_file(tree):
    tree.write("onex.toml", "locked = ['STP']\nignore = ['STP001']\nexclude = ['a/']\n")
    assert _said(tree) == ([], None)
    tree.write(
        "onex.toml",
        "locked = ['STP']\n[[per-file-ignores]]\npath = 'a'\nreason = 'r'\ncodes = ['STP']\n",
    )
    [said], _ = _said(tree)
    assert said.startswith("onex.toml:5: `per-file-ignores` would waive STP001")


def test_only_the_folder_that_weakens_is_blamed(tree):
    tree.write("onex.toml", "locked = ['STP001']\n")
    tree.write("a/onex.toml", "ignore = ['STP001']\n")
    tree.write("a/b/onex.toml", "ignore = ['STP001', 'DCS']\n")
    said, _ = _said(tree)
    assert [line.partition(": ")[0] for line in said] == ["a/onex.toml:1"]


def test_the_command_line_is_not_bound_by_locks(tree):
    tree.write("onex.toml", "locked = ['STP']\n")
    tree.write("a/onex.toml", "preview = true\n")
    overrides = Overrides(select=("DCS",), ignore=("STP",), severity={"STP": "info"})
    assert _said(tree, overrides) == ([], None)
