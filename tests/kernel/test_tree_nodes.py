"""What tree rules learn of modes and links, and of files that settings name or that are large."""

from __future__ import annotations

import os
import time

import pytest

from onex_tools.cache import RACY_NS
from onex_tools.discover import Reader, Skip
from onex_tools.source import Node
from onex_tools.testing import check_plugin

RULES = '''
"""A repository's own rules."""

from onex_tools.api import Bad, Extractor, Good, TreeValidator, setting, settings


@settings("weights")
class Weights:
    """What is weighed."""

    watched: tuple[str, ...] = setting((), "Globs of the files that are weighed.")


class Weight(Extractor):
    """How many bytes a file has."""

    name = "weight"
    settings = Weights
    files_from = ("watched",)

    def extract(self, file):
        """The number, and how it was counted."""
        return ["whole", len(file.data)]

    def extract_pieces(self, path, kind, pieces):
        """The same, of a large file."""
        return ["pieces", sum(map(len, pieces))]


class Told(TreeValidator):
    """Files are weighed.

    For tests.
    """

    code, name = "TST001", "told"
    enabled_by = "config:weights.watched"
    settings = Weights
    uses = (Weight,)
    examples = (
        Good("a.bin", "x"),
        Bad("a.bin", "x", settings={"watched": ("*.bin",)}),
    )

    def check(self, tree):
        """One finding for each fact and each link."""
        for path, (how, size) in sorted(tree.facts(Weight).items()):
            yield tree.finding(self, path, None, f"{how} {size} {tree.node(path).kind}")
        for path in tree.links():
            yield tree.finding(self, path, None, f"link to {tree.node(path).link}")
'''
SETTINGS = """\
local-rules = ["rules.py"]
exclude = ["out/"]
max-scan-bytes = 2500
select = ["TST", "ONX"]

[weights]
watched = ["*.bin", "tool", "sub/**"]
"""


@pytest.fixture
def tree(git_repo):
    """A repository with files that are weighed, larger and smaller, and two links."""
    git_repo.write_all(
        {
            "rules.py": RULES,
            "onex.toml": SETTINGS,
            "bin": "not weighed",
            "a.bin": "x" * 5,
            "large.bin": b"y" * 3_000_000,
            "tool": "#!/bin/sh\n",
            "sub/large.py": b"#" * 3000,
            "large.py": b"#" * 3000,
            "other.txt": "x",
        }
    )
    (git_repo.root / "link").symlink_to("a.bin")
    (git_repo.root / "out").mkdir()
    (git_repo.root / "out/left").symlink_to("nowhere")
    git_repo.git("add", ".")
    return git_repo


def said(repo, *more):
    """Code and message of every finding of a warm run, by path."""
    run = repo.onex("validate", "--allow-local-plugins", "--output-format", "json", *more)
    return {one["path"]: f"{one['code']} {one['message']}" for one in run.json()["findings"]}


def test_files_that_settings_name_are_seen_whatever_their_size(tree):
    assert said(tree) == {
        "a.bin": "TST001 whole 5 file",
        "large.bin": "TST001 pieces 3000000 file",
        "link": "TST001 link to a.bin",
        "sub/large.py": "TST001 pieces 3000 file",
        "tool": "TST001 whole 10 file",
    }


def test_large_files_say_so_where_a_file_rule_wants_them(tree):
    tree.write("onex.toml", SETTINGS.replace('"TST"', '"TST", "DCS"'))
    found = said(tree)
    assert found["large.py"].startswith("ONX002 not checked: it has 3,000 bytes")
    assert found["sub/large.py"] == "TST001 pieces 3000 file"
    assert "large.bin" in found


def test_modes_and_links_are_noticed_by_a_warm_run(tree):
    before = said(tree)
    (tree.root / "tool").chmod(0o755)
    assert said(tree) == before | {"tool": "TST001 whole 10 executable"}
    assert said(tree) == said(tree, "--no-cache")
    (tree.root / "link").unlink()
    (tree.root / "link").symlink_to("tool")
    assert said(tree)["link"] == "TST001 link to tool"
    (tree.root / "link").unlink()
    assert "link" not in said(tree)
    (tree.root / "link").symlink_to("tool")
    assert said(tree)["link"] == "TST001 link to tool"
    (tree.root / "link").unlink()
    os.mkfifo(tree.root / "link")
    assert "link" not in said(tree)
    (tree.root / "link").unlink()
    (tree.root / "tool").unlink()
    (tree.root / "tool").symlink_to("a.bin")
    assert said(tree)["tool"] == "TST001 link to a.bin"


def test_a_large_file_is_read_again_only_after_an_edit(tree):
    time.sleep(RACY_NS / 1e9 + 0.1)  # what was just written would be looked at again anyway
    before = said(tree)
    kept = {path.name: path.stat().st_mtime_ns for path in tree.cache.glob("snapshots/*/*")}
    assert said(tree) == before
    assert kept == {path.name: path.stat().st_mtime_ns for path in tree.cache.glob("snapshots/*/*")}
    with open(tree.root / "large.bin", "ab") as stream:
        stream.write(b"z")
    assert said(tree) == before | {"large.bin": "TST001 pieces 3000001 file"}


def test_rules_wait_until_their_setting_is_set_to_something(tree):
    tree.write("onex.toml", SETTINGS.replace('["*.bin", "tool", "sub/**"]', "[]").replace(
        'select = ["TST", "ONX"]\n', ""
    ))  # fmt: skip
    run = tree.onex("validate", "--allow-local-plugins")
    assert "TST001" not in run.out + run.err
    listed = tree.onex("rules", "--allow-local-plugins", "TST001")
    assert "waits for `watched` in `[weights]`" in listed.out


def test_a_setting_that_is_no_list_of_globs_is_refused(tree):
    tree.write("rules.py", RULES.replace('files_from = ("watched",)', 'files_from = ("weight",)'))
    run = tree.onex("validate", "--allow-local-plugins")
    assert run.code == 2
    assert "has no setting `weight`" in run.out


def test_the_rules_of_this_test_do_what_their_examples_say(tmp_path):
    (tmp_path / "rules.py").write_text(RULES)
    check_plugin(tmp_path / "rules.py")


def test_a_reader_says_what_stands_at_a_path(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/file").write_bytes(b"x")
    (tmp_path / "tool").touch(0o744)
    (tmp_path / "link").symlink_to("sub")
    (tmp_path / "lost").symlink_to(b"\xff")
    os.mkfifo(tmp_path / "fifo")
    reader = Reader(str(tmp_path))
    assert reader.node("sub/file") == Node("file")
    assert reader.node("tool") == Node("executable")
    assert reader.node("link") == Node("link", "sub")
    assert reader.node("lost") == Node("link", "\udcff")
    for path in ("sub", "fifo", "gone", "link/file", "a\0b"):
        assert reader.node(path) == Node("")
    assert b"".join(reader.pieces("sub/file")) == b"x"
    for path in ("sub", "fifo", "gone", "link", "link/file"):
        with pytest.raises(Skip):
            list(reader.pieces(path))
