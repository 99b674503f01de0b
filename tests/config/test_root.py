"""Where the root is found, and which configurations can hold for a path."""

from __future__ import annotations

import os

from onex_tools.config import configs_towards, find_root


def _root(tree, folder):
    start = os.path.join(tree.root, folder)
    os.makedirs(start, exist_ok=True)
    # What may lie above the test's own folder is not the test's business.
    ceiling = {"GIT_CEILING_DIRECTORIES": os.path.dirname(tree.root)}
    found = find_root(start, ceiling)
    return os.path.relpath(found.path, tree.root), found.why


def test_nothing_anywhere_is_the_start(tree):
    assert _root(tree, "a/b") == ("a/b", "start")


def test_the_nearest_git_folder_or_file_wins(tree):
    tree.write(".git/HEAD", "")
    tree.write("onex.toml", "timeout = 3\n")
    tree.write("a/onex.toml", "timeout = 3\n")
    assert _root(tree, "a/b") == (".", "git")
    tree.write("a/.git", "gitdir: ../x")
    assert _root(tree, "a/b") == ("a", "git")


def test_the_nearest_configuration_that_is_a_root_wins(tree):
    tree.write(".git/HEAD", "")
    tree.write("a/onex.toml", "root = true\n")
    tree.write("a/b/pyproject.toml", "[tool.onex]\ntimeout = 3\n")
    assert _root(tree, "a/b/c") == ("a", "config")
    tree.write("a/b/pyproject.toml", "[tool.onex]\nroot = true\n")
    assert _root(tree, "a/b/c") == ("a/b", "config")


def test_without_git_it_is_the_topmost_configuration(tree):
    tree.write("a/pyproject.toml", "[tool.onex]\ntimeout = 3\n")
    tree.write("a/b/onex.toml", "timeout = 3\n")
    tree.write("pyproject.toml", "[project]\nname = 'onex'\n")
    assert _root(tree, "a/b/c") == ("a", "topmost")


def test_a_broken_or_strange_file_is_no_root(tree):
    tree.write("a/onex.toml", "root = true\nroot = [")
    tree.write("a/b/onex.toml", "root = 'yes'\n")
    os.mkfifo(os.path.join(tree.root, "a/b/pyproject.toml"))
    assert _root(tree, "a/b/c") == ("a/b", "topmost")


def test_the_search_stops_below_a_ceiling(tree):
    tree.write(".git/HEAD", "")
    start = tree.root / "a" / "b"
    start.mkdir(parents=True)
    found = find_root(str(start), {"GIT_CEILING_DIRECTORIES": f":relative:{tree.root}"})
    assert found == (str(start), "start")
    assert find_root(str(tree.root), {"GIT_CEILING_DIRECTORIES": str(tree.root)}).why == "git"


def test_configurations_towards_a_path_are_found_without_a_listing(tree):
    tree.write("onex.toml", "")
    tree.write("a/onex.toml", "")
    tree.write("a/b/pyproject.toml", "")
    tree.write("a/c/onex.toml", "")
    found = configs_towards(str(tree.root), "a/b/d/e.py")
    assert found == ["a/onex.toml", "a/b/pyproject.toml"]
    assert configs_towards(str(tree.root), "e.py") == []
