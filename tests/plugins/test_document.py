"""What docs/plugins.md says works when it is followed to the letter."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import CHECKOUT
from tests.contributing.walks import follow, shims, surroundings, walks_in

WALKS = walks_in(CHECKOUT / "docs" / "plugins.md")


@pytest.fixture
def repository(tmp_path):
    """An empty repository."""
    folder = tmp_path / "shop"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


def test_rule_in_a_repository(repository, tmp_path):
    environment = surroundings(shims(tmp_path / "bin"), tmp_path / "cache")
    follow(WALKS["local-rule"], repository, environment)


def test_kind_of_file_of_ones_own(repository, tmp_path):
    environment = surroundings(shims(tmp_path / "bin"), tmp_path / "cache")
    follow(WALKS["comment-style"], repository, environment)


@pytest.mark.registry
@pytest.mark.slow
def test_rule_in_a_package(repository, tmp_path, installed):
    environment = surroundings(installed.bin, tmp_path / "cache")
    follow(WALKS["plugin"], repository, environment)


def test_every_walk_is_followed():
    assert set(WALKS) == {"local-rule", "plugin", "comment-style"}
