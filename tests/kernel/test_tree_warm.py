"""What a warm run knows of the tree when files go, come back, or become something else."""

from __future__ import annotations

import time

import pytest

from onex_tools.cache import RACY_NS

RULES = '''
"""A repository's own rules."""

from onex_tools.api import Bad, Good, TreeValidator


class NoReadme(TreeValidator):
    """There is no README.

    For tests.
    """

    code, name = "TST001", "no-readme"
    examples = (Good("README.md", "x"), Bad("a.md", "x", at=(("a.md", 1),)))

    def check(self, tree):
        """One finding at most."""
        if not tree.paths("README.md"):
            yield tree.finding(self, "a.md", None, "no README")


class UnreadableReadme(TreeValidator):
    """README cannot be read.

    For tests.
    """

    code, name = "TST002", "unreadable-readme"
    examples = (Good("README.md", "x"), Bad("a.md", "x", at=(("a.md", 1),)))

    def check(self, tree):
        """One finding at most."""
        file = tree.read("README.md")
        if file is None or file.data == b"empty":
            yield tree.finding(self, "a.md", None, "README says nothing")
'''


@pytest.fixture
def tree(git_repo):
    """A repository with a README, a link, and two rules about the README, run once."""
    git_repo.write_all(
        {
            "rules.py": RULES,
            "onex.toml": 'local-rules = ["rules.py"]\nexclude = ["out/"]\n',
            "README.md": "x",
            "a.md": "y",
            "b.py": '"""Doc."""\n',
            "out/c.md": "z",
        }
    )
    (git_repo.root / "link.md").symlink_to("a.md")
    git_repo.git("add", ".")
    git_repo.git("commit", "--quiet", "-m", "x")
    assert codes(git_repo) == []
    return git_repo


def codes(repo):
    """The codes of a warm run, which says what a cold one says, notes included."""
    arguments = ("validate", "--allow-local-plugins", "--output-format", "json")
    warm = repo.onex(*arguments)
    cold = repo.onex(*arguments, "--no-cache")
    assert warm.out == cold.out
    return [finding["code"] for finding in warm.json()["findings"]]


def snapshot_times(repo):
    """When each snapshot was written."""
    return {path.name: path.stat().st_mtime_ns for path in repo.cache.glob("snapshots/*/*")}


def test_tracked_file_that_is_deleted_and_comes_back(tree):
    (tree.root / "README.md").unlink()
    assert codes(tree) == ["TST001", "TST002"]
    tree.write("README.md", "x")
    assert codes(tree) == []


def test_untracked_file_that_is_deleted(tree):
    tree.git("rm", "--quiet", "--cached", "README.md")
    assert codes(tree) == []
    (tree.root / "README.md").unlink()
    assert codes(tree) == ["TST001", "TST002"]


def test_file_that_becomes_a_link(tree):
    (tree.root / "README.md").unlink()
    (tree.root / "README.md").symlink_to("a.md")
    assert codes(tree) == ["TST001", "TST002"]


def test_file_that_a_tree_rule_reads_is_edited(tree):
    tree.write("README.md", "empty")
    assert codes(tree) == ["TST002"]


def test_what_is_left_out_is_said_after_an_edit_too(tree):
    time.sleep(RACY_NS / 1e9 + 0.1)  # what was just written would be looked at again anyway
    assert codes(tree) == []
    kept = snapshot_times(tree)
    assert codes(tree) == []
    assert snapshot_times(tree) == kept, "a link alone makes no work"
    tree.write("b.py", '"""Another."""\n')
    assert codes(tree) == []
    said = tree.onex("validate", "--allow-local-plugins").out
    assert "1 symbolic link not followed" in said
    assert "5 files" in said.splitlines()[-1]


def test_path_that_git_lists_twice_is_counted_once(tree):
    """In an unsettled merge the index holds each side of a file."""
    blob = tree.git("hash-object", "-w", "a.md").strip()
    rows = "".join(f"100644 {blob} {stage}\tlink.md\n" for stage in (1, 2, 3))
    tree.git("rm", "--quiet", "--cached", "link.md")
    tree.write("rows", rows)
    tree.git("-c", "alias.in=!git update-index --index-info < rows", "in")
    assert codes(tree) == []
    assert tree.git("ls-files", "link.md").splitlines() == ["link.md"] * 3
    assert "1 symbolic link not followed" in tree.onex("validate", "--allow-local-plugins").out
