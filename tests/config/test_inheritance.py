"""Nested configurations: what they inherit, add, replace, and may not touch."""

from __future__ import annotations

import pytest

from onex_tools.config import Overrides


def test_a_nearer_value_replaces_and_the_rest_is_inherited(tree):
    tree.write("onex.toml", "ignore = ['STP']\npreview = true\n[docs-style]\nratio = 0.1\n")
    tree.write("a/onex.toml", "ignore = ['DCS001']\n[docs-style]\nmax-length = 5\n")
    tree.write("a/b/pyproject.toml", "[tool.onex]\npreview = false\n")
    loaded = tree.load()
    assert loaded.folders == ["", "a", "a/b"]
    assert loaded.at("x.py") is loaded.root
    deep = loaded.at("a/b/c/d.py")
    assert deep.ignore == ("DCS001",)
    assert deep.preview is False
    values = deep.values_of("docs-style")
    assert (values["ratio"], values["max_length"], values["private"]) == (0.1, 5, False)
    assert deep.origins["ignore"] == "a/onex.toml:1"
    assert deep.origins["docs-style.ratio"] == "onex.toml:4"
    assert deep.origins["preview"] == "a/b/pyproject.toml:2"
    assert deep.source == "a/b/pyproject.toml"


def test_tables_merge_entry_by_entry(tree):
    tree.write(
        "onex.toml", "severity = { STP = 'info', DCS = 'info' }\n[docs-style.labels]\nx='1'\n"
    )
    tree.write("a/onex.toml", "[severity]\nSTP = 'error'\n[docs-style.labels]\ny='2'\n")
    config = tree.load().at("a/x")
    assert config.severity == {"STP": "error", "DCS": "info"}
    assert config.values_of("docs-style")["labels"] == {"x": "1", "y": "2"}
    assert config.origins["severity.STP"] == "a/onex.toml:2"
    assert config.origins["severity.DCS"] == "onex.toml:1"


def test_extend_select_adds_and_select_starts_over(tree):
    tree.write("onex.toml", "extend-select = ['STP']\n")
    tree.write("a/onex.toml", "extend-select = ['DCS']\n")
    tree.write("b/onex.toml", "select = ['DCS']\n")
    loaded = tree.load()
    assert loaded.at("a/x").extend_select == ("STP", "DCS")
    assert loaded.at("a/x").origins["extend-select"] == "onex.toml:1, a/onex.toml:1"
    assert (loaded.at("b/x").select, loaded.at("b/x").extend_select) == (("DCS",), ())


def test_choosing_lifts_an_inherited_ignore_of_the_same_word(tree):
    tree.write("onex.toml", "ignore = ['STP', 'DCS001']\n")
    tree.write("a/onex.toml", "extend-select = ['STP']\n")
    loaded = tree.load()
    assert loaded.at("a/x").ignore == ("DCS001",)
    assert loaded.root.ignore == ("STP", "DCS001")


def test_globs_are_relative_to_their_folder_and_add_up(tree):
    tree.write("onex.toml", "exclude = ['vendor/', 'b/*.py']\n")
    tree.write("a/[x]/onex.toml", "exclude = ['gen/', '/here.py', 'sub/*.md', '*.lock']\n")
    excludes = tree.load().excludes
    assert excludes("vendor/a.py") and excludes("q/vendor/z/a.py")
    assert excludes("b/x.py") and not excludes("b/c/x.py") and not excludes("c/b/x.py")
    inside = "a/[x]"
    assert excludes(f"{inside}/vendor/a.py")
    assert excludes(f"{inside}/gen/a.py") and excludes(f"{inside}/q/gen/a.py")
    assert excludes(f"{inside}/here.py") and not excludes(f"{inside}/q/here.py")
    assert excludes(f"{inside}/sub/a.md") and not excludes(f"{inside}/q/sub/a.md")
    assert excludes(f"{inside}/q/w.lock")
    for elsewhere in ("gen/a.py", "here.py", "sub/a.md", "w.lock", "a/x/gen/a.py"):
        assert not excludes(elsewhere)


def test_per_file_ignores_add_up_and_are_relative(tree):
    entry = "[[per-file-ignores]]\npath = ['t/']\ncodes = ['DCS']\nreason = 'r'\n"
    tree.write("onex.toml", entry)
    tree.write("a/onex.toml", entry)
    outer, inner = tree.load().at("a/x").per_file_ignores
    assert outer.matches("t/x.py") and outer.matches("a/q/t/x.py")
    assert inner.matches("a/t/x.py") and not inner.matches("t/x.py")
    assert (outer.origin, inner.origin) == ("onex.toml:1", "a/onex.toml:1")


@pytest.mark.parametrize(
    "line",
    [
        "root = true",
        "root = false",
        "plugins = ['x']",
        "local-rules = ['x/*.py']",
        "locked = ['STP']",
        "required-version = '>=0.1'",
        "baseline = 'b.txt'",
        "fail-on = 'error'",
        "jobs = 1",
        "timeout = 1",
        "max-parse-bytes = 1",
        "max_scan_bytes = 1",
    ],
)
def test_what_holds_for_the_root_cannot_be_set_below(tree, line):
    tree.write("onex.toml", line.replace("false", "true") + "\n")
    assert tree.load()
    tree.write("a/onex.toml", "# x\n" + line + "\n")
    [said] = tree.problems()
    assert said.startswith("a/onex.toml:2: ") and "whole root" in said


def test_a_nested_configuration_that_is_excluded_is_not_read(tree):
    tree.write("onex.toml", "exclude = ['fixtures/', 'a/b/']\n")
    tree.write("fixtures/deep/onex.toml", "root = true\n")
    tree.write("a/b/onex.toml", "this is not toml")
    assert tree.load().folders == [""]


def test_a_pyproject_of_another_tool_is_no_configuration(tree):
    tree.write("a/pyproject.toml", "[project]\nname = 'onex-service'\n[tool.black]\n")
    tree.write("b/pyproject.toml", "this is not toml, and none of our business")
    tree.write("c/pyproject.toml", "tool = 3 # onex\n")
    assert tree.load().folders == [""]


def test_ten_thousand_paths_share_their_configurations(tree):
    tree.write("onex.toml", "ignore = ['STP']\n")
    tree.write("a/b/onex.toml", "ignore = ['DCS']\n")
    loaded = tree.load()
    paths = [f"{top}/b/c{n % 500}/d.py" for n in range(5000) for top in "ax"]
    found = {id(loaded.at(path)) for path in paths}
    assert found == {id(loaded.root), id(loaded.configs["a/b"])}


def test_undecodable_and_odd_folders_are_folders(tree):
    odd = "we\udcffird [x]*?"
    tree.write(f"{odd}/onex.toml", "exclude = ['a.py', 'b/c.py']\n")
    loaded = tree.load()
    assert loaded.excludes(f"{odd}/q/a.py") and loaded.excludes(f"{odd}/b/c.py")
    assert not loaded.excludes("weird x/b/c.py")
    assert loaded.at(f"{odd}/x").source == f"{odd}/onex.toml"


def _digest(tree, text, **overrides):
    tree.write("onex.toml", text)
    return tree.load(Overrides(**overrides)).digest


def test_the_digest_holds_what_checks_compute_with_and_nothing_else(tree):
    plain = _digest(tree, "")
    for same in (
        "severity = { STP = 'info' }",
        "fail-on = 'error'",
        "baseline = 'b'",
        "locked = ['STP']",
        "timeout = 3",
        "jobs = 2",
        "[[per-file-ignores]]\npath = 'a'\ncodes = ['STP']\nreason = 'r'",
        "extends = []",
        "# a comment",
    ):
        assert _digest(tree, same) == plain, same
    changed = [
        _digest(tree, text)
        for text in (
            "select = ['STP']",
            "extend-select = ['STP']",
            "ignore = ['STP']",
            "preview = true",
            "exclude = ['a']",
            "max-parse-bytes = 5",
            "max-scan-bytes = 5",
            "plugins = ['a']",
            "[docs-style]\nmax-length = 5",
            "[docs-style]",
        )
    ]
    assert len({plain, *changed}) == len(changed) + 1
    assert _digest(tree, "", select=("STP",)) == changed[0]
    tree.write("onex.toml", "")
    tree.write("a/onex.toml", "ignore = ['STP']\n")
    assert tree.load().digest not in {plain, *changed}
