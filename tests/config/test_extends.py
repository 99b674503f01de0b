"""Inheriting from other files: order, limits, and what is refused."""

from __future__ import annotations

import sys

import pytest


def test_later_files_and_the_file_itself_win(tree):
    tree.write("base.toml", "timeout = 1\nfail-on = 'error'\nexclude = ['x/']\n")
    tree.write("shared/more.toml", "timeout = 2\njobs = 2\nextends = ['../base.toml']\n")
    tree.write("onex.toml", "extends = ['shared/more.toml']\njobs = 3\n")
    config = tree.load().root
    assert (config.timeout, config.jobs, config.fail_on) == (2.0, 3, "error")
    assert config.origins["timeout"] == "shared/more.toml:1"
    assert config.origins["fail-on"] == "base.toml:2"
    assert config.source == "onex.toml"


def test_globs_count_from_the_folder_that_inherits(tree):
    tree.write("shared/base.toml", "exclude = ['gen/a.py']\n")
    tree.write("a/onex.toml", "extends = ['../shared/base.toml']\n")
    loaded = tree.load()
    assert loaded.excludes("a/gen/a.py") and not loaded.excludes("shared/gen/a.py")


def test_a_pyproject_can_be_inherited_from(tree):
    tree.write("b/pyproject.toml", "[project]\n[tool.onex]\njobs = 7\n")
    tree.write("onex.toml", "extends = ['b/pyproject.toml']\nexclude = ['b/']\n")
    assert tree.load().root.jobs == 7


def test_a_package_is_found_and_not_imported(tree, tmp_path, monkeypatch):
    package = tmp_path / "site" / "acme_standards"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('imported')\n")
    (package / "base.toml").write_text("extends = ['deep/more.toml']\njobs = 5\n")
    (package / "deep").mkdir()
    (package / "deep" / "more.toml").write_text("timeout = 4\njobs = 4\n")
    monkeypatch.syspath_prepend(str(package.parent))
    tree.write("onex.toml", "extends = ['pkg:acme_standards/base.toml']\n")
    config = tree.load().root
    assert (config.jobs, config.timeout) == (5, 4.0)
    assert config.origins["jobs"] == "pkg:acme_standards/base.toml:2"
    assert config.origins["timeout"] == "pkg:acme_standards/deep/more.toml:1"
    assert "acme_standards" not in sys.modules
    (package / "base.toml").write_text("extends = ['../../root/onex.toml']\n")
    assert "leads out" in tree.problems()[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../outside.toml", "`extends` leads out of the root: '../outside.toml'"),
        ("link.toml", "`extends` leads out of the root: 'link.toml'"),
        ("missing.toml", "`extends` names 'missing.toml', where there is no configuration"),
        ("folder.toml", "it is not a regular file"),
        ("pkg:no_such_package/x.toml", "no installed package has"),
        ("pkg:sys/x.toml", "no installed package has"),
        ("pkg:hypothesis/no-such.toml", "no installed package has"),
        ("pkg:hypothesis/../pytest/x.toml", "no installed package has"),
        ("onex.toml", "`extends` goes round in a circle: onex.toml"),
        ("a/../onex.toml", "`extends` goes round in a circle: onex.toml"),
        ("broken.toml", "not valid TOML"),
        ("a\\u0000b.toml", "`extends` leads out of the root"),
    ],
)
def test_what_cannot_be_inherited_from_is_told(tree, tmp_path, name, said):
    (tmp_path / "outside.toml").write_text("jobs = 1\n")
    (tree.root / "link.toml").symlink_to(tmp_path / "outside.toml")
    (tree.root / "folder.toml").mkdir()
    tree.write("a/x", "")
    tree.write("broken.toml", "jobs =\n")
    tree.write("onex.toml", f'# x\nextends = ["{name}"]\n')
    found = tree.problems()
    assert said in found[0]
    assert found[0].startswith(("onex.toml:2: ", "broken.toml:1: ", "folder.toml: "))


def test_a_chain_that_goes_round_or_fans_out_ends(tree):
    tree.write("onex.toml", "extends = ['a.toml']\n")
    tree.write("a.toml", "extends = ['b.toml']\n")
    tree.write("b.toml", "extends = ['a.toml']\n")
    assert tree.problems() == ["b.toml:1: `extends` goes round in a circle: a.toml"]
    for n in range(30):
        tree.write(f"c{n}.toml", f"extends = ['c{n + 1}.toml', 'c{n + 1}.toml']\n")
    tree.write("c30.toml", "jobs = 1\n")
    tree.write("onex.toml", "extends = ['c0.toml']\n")
    assert "leads to more than 32 files" in tree.problems()[0]


def test_a_file_that_others_inherit_from_is_no_root(tree):
    tree.write("base.toml", "root = true\n")
    tree.write("onex.toml", "extends = ['base.toml']\n")
    assert tree.problems() == [
        "base.toml:1: `root` has no meaning in a file that others inherit from"
    ]


def test_a_nested_configuration_cannot_inherit_what_holds_for_the_root(tree):
    tree.write("base.toml", "timeout = 1\n")
    tree.write("a/onex.toml", "extends = ['../base.toml']\n")
    [said] = tree.problems()
    assert said.startswith("base.toml:1: `timeout` holds for the whole root")
