"""Which files are checked: git's answer, the index, a revision, standard input, named paths."""

from __future__ import annotations

import subprocess

import pytest

FAULT = "def public():\n    pass\n"


def paths(repo, *arguments):
    """The paths that have findings."""
    return sorted({row.partition(":")[0] for row in repo.codes(*arguments)})


@pytest.fixture
def mixed(git_repo):
    """Tracked, untracked, ignored and deleted files."""
    git_repo.write_all(
        {
            "tracked.py": FAULT,
            "gone.py": FAULT,
            "sub/deep.py": FAULT,
            "ignored.py": FAULT,
            ".gitignore": "ignored.py\nbuild/\n",
            "build/out.py": FAULT,
            "spaced name.py": FAULT,
        }
    )
    git_repo.git("add", ".")
    git_repo.git("commit", "--quiet", "-m", "first")
    git_repo.write("untracked.py", FAULT)
    (git_repo.root / "gone.py").unlink()
    return git_repo


def test_git_decides(mixed):
    expected = ["spaced name.py", "sub/deep.py", "tracked.py", "untracked.py"]
    assert paths(mixed) == expected
    assert paths(mixed, "sub") == ["sub/deep.py"]
    assert paths(mixed, "sub/deep.py", "tracked.py") == ["sub/deep.py", "tracked.py"]
    assert paths(mixed, "ignored.py") == ["ignored.py"]


def test_without_a_repository_ignore_files_hold_too(repo):
    repo.write_all({"a.py": FAULT, "b.py": FAULT, ".gitignore": "b.py\n"})
    assert paths(repo) == ["a.py"]


def test_without_git_the_tree_is_walked_and_said(repo, tmp_path):
    repo.write_all({"a.py": FAULT, "sub/b.py": FAULT, ".venv/c.py": FAULT})
    empty = tmp_path / "bin"
    empty.mkdir()
    run = repo.onex("validate", "--output-format", "json", PATH=str(empty))
    assert {finding["path"] for finding in run.json()["findings"]} == {"a.py", "sub/b.py"}
    assert any("git is not installed" in note["message"] for note in run.json()["notes"])


def test_exclude_holds_for_named_paths_too(mixed):
    mixed.write("onex.toml", 'exclude = ["sub/", "un*.py"]\n')
    assert paths(mixed, "sub/deep.py", "tracked.py", "untracked.py") == ["tracked.py"]


def test_nested_repositories_and_links_are_left_out_and_said(mixed):
    (mixed.root / "nested").mkdir()
    mixed.git("-C", "nested", "init", "--quiet")
    mixed.write("nested/x.py", FAULT)
    (mixed.root / "link.py").symlink_to("tracked.py")
    run = mixed.onex("validate", "--output-format", "json")
    found = {finding["path"] for finding in run.json()["findings"]}
    assert "nested/x.py" not in found
    assert "link.py" not in found
    said = " ".join(note["message"] for note in run.json()["notes"])
    assert "1 nested repository" in said
    assert "1 symbolic link" in said
    assert mixed.onex("validate", "--output-format", "json").out == run.out


def test_submodule_is_left_out_and_said(mixed, tmp_path):
    other = type(mixed)(tmp_path / "other", mixed.cache)
    other.git("init", "--quiet")
    other.write("x.py", FAULT)
    other.git("add", ".")
    other.git("commit", "--quiet", "-m", "x")
    mixed.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "m"
    )
    run = mixed.onex("validate", "--output-format", "json")
    assert not any(f["path"].startswith("m/") for f in run.json()["findings"])
    assert any("submodule" in note["message"] for note in run.json()["notes"])


def test_staged_reads_the_index_not_the_work_tree(mixed):
    mixed.write("tracked.py", '"""Doc."""\n')
    mixed.git("add", "tracked.py")
    mixed.write("tracked.py", FAULT * 2)
    mixed.write("sub/deep.py", FAULT * 2)
    assert paths(mixed, "--staged") == []
    mixed.git("add", "sub/deep.py")
    mixed.write("sub/deep.py", '"""Doc."""\n')
    assert paths(mixed, "--staged") == ["sub/deep.py"]


def test_staged_honours_another_index(mixed, tmp_path):
    index = tmp_path / "index"
    index.write_bytes((mixed.root / ".git/index").read_bytes())
    env = mixed.environment(GIT_INDEX_FILE=str(index))
    mixed.write("new.py", FAULT)
    subprocess.run(["git", "add", "new.py"], cwd=mixed.root, env=env, check=True)
    assert paths(mixed, "--staged") == []
    rows = mixed.codes("--staged", GIT_INDEX_FILE=str(index))
    assert {row.partition(":")[0] for row in rows} == {"new.py"}


def test_since_a_revision(mixed):
    mixed.git("checkout", "--quiet", "-b", "topic")
    mixed.write("committed.py", FAULT)
    mixed.git("add", "committed.py")
    mixed.git("commit", "--quiet", "-m", "second")
    mixed.write("staged.py", FAULT)
    mixed.git("add", "staged.py")
    mixed.write("tracked.py", FAULT + "\n")
    expected = ["committed.py", "staged.py", "tracked.py", "untracked.py"]
    assert paths(mixed, "--since", "main") == expected
    run = mixed.onex("validate", "--since", "--output=canary")
    assert run.code == 2
    assert not (mixed.root / "canary").exists()


def test_git_is_asked_only_for_what_it_can_know(repo):
    run = repo.onex("validate", "--staged")
    assert run.code == 2 and "is in no git repository" in run.err
    repo.git("init", "--quiet")
    run = repo.onex("validate", "--since", "HEAD")
    assert run.code == 2 and "there is no commit yet" in run.err
    assert repo.onex("validate", "--staged").code == 0


def test_standard_input(mixed):
    run = mixed.onex(
        "validate",
        "--stdin-filename",
        "sub/new.py",
        "--output-format",
        "json",
        stdin=FAULT.encode(),
    )
    assert run.code == 1
    assert {finding["path"] for finding in run.json()["findings"]} == {"sub/new.py"}
    run = mixed.onex("validate", "--stdin-filename", "sub/new.py", stdin=b'"""Doc."""\n')
    assert run.code == 0


def test_kind_by_shebang(mixed):
    mixed.write("tool", "#!/usr/bin/env -S python3 -u\n" + FAULT)
    mixed.write("other", "#!/bin/sh\n" + FAULT)
    assert "tool" in paths(mixed)
    assert "other" not in paths(mixed)


def test_started_in_a_folder_below_the_root(mixed):
    rows = mixed.onex("-C", "sub", "validate", "deep.py", "--output-format", "json").json()
    assert {finding["path"] for finding in rows["findings"]} == {"sub/deep.py"}


def test_nested_configuration_holds_below_its_folder(mixed):
    mixed.write("sub/onex.toml", 'ignore = ["DCS"]\n')
    assert "sub/deep.py" not in paths(mixed)
    assert paths(mixed, "sub/deep.py") == []
    assert "tracked.py" in paths(mixed)


def test_named_root_is_the_whole_tree(mixed):
    assert mixed.codes(".") == mixed.codes()
    entry = '[[per-file-ignores]]\npath = "old/**"\ncodes = ["DCS"]\nreason = "kept"\n'
    mixed.write("onex.toml", entry)
    assert "onex.toml:1 ONX014" in mixed.codes(".")


def test_paths_narrow_staged_and_since(mixed):
    mixed.write_all({"sub/deep.py": FAULT * 2, "tracked.py": FAULT * 2})
    mixed.git("add", ".")
    assert paths(mixed, "--staged") == ["sub/deep.py", "tracked.py", "untracked.py"]
    assert paths(mixed, "--staged", "sub") == ["sub/deep.py"]
    assert paths(mixed, "--since", "HEAD", "tracked.py", "sub") == ["sub/deep.py", "tracked.py"]
    assert mixed.onex("validate", "--stdin-filename", "a.py", "tracked.py").code == 2
    assert mixed.onex("validate", "--staged", "--scope", "tree").code == 2
    run = mixed.onex("validate", "--staged", "--output-format", "json")
    assert any("judge the tree" in note["message"] for note in run.json()["notes"])


def test_what_is_named_and_not_checked_is_said(mixed):
    mixed.write("onex.toml", 'exclude = ["sub/"]\n')
    for path in ("build", "sub/deep.py"):
        run = mixed.onex("validate", path)
        assert run.code == 0
        assert f"{path}: " in run.out


def test_standard_input_is_what_the_frames_show(mixed):
    mixed.write("on-disk.py", "first = 'canary on the disk'\n" * 3)
    run = mixed.onex("validate", "--stdin-filename", "on-disk.py", stdin=b"\n" + FAULT.encode())
    assert "def public" in run.out
    assert "canary" not in run.out
