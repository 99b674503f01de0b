"""``onex stamp`` as people and hooks use it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest

STAMPED = (
    "# === OmniNode:Metadata ===\n",
    "# === /OmniNode:Metadata ===\n",
)
CONFIG = '[stamp]\nowner = "Acme"\nrepository = "acme"\n'
CLOCK = {"SOURCE_DATE_EPOCH": "1767323045"}
FILES = {
    "a.py": "x = 1\n",
    "b/run.sh": "#!/bin/sh\necho hello\n",
    "b/page.md": "# Page\n",
    "data.json": "{}\n",
    "empty.py": "",
}


@pytest.fixture
def stamps(git_repo: Any) -> Any:
    """A repository of a few files with a stamp table in its configuration."""
    git_repo.write_all({"onex.toml": CONFIG, **FILES})
    return git_repo


def text(repo: Any, path: str) -> str:
    return (repo.root / path).read_bytes().decode()


def states(repo: Any) -> dict[str, tuple[int, int, bytes]]:
    """Inode, time and bytes of every file."""
    return {
        str(path.relative_to(repo.root)): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes(),
        )
        for path in sorted(repo.root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def test_whole_tree_is_stamped_once_and_then_left_alone(stamps: Any) -> None:
    run = stamps.onex("stamp", **CLOCK)
    assert run.code == 0, run
    assert run.out.endswith("Stamped 4.\n")
    assert text(stamps, "a.py").startswith(STAMPED[0])
    assert "# created_at: 2026-01-02T03:04:05Z\n" in text(stamps, "a.py")
    assert text(stamps, "b/run.sh").startswith("#!/bin/sh\n" + STAMPED[0])
    assert text(stamps, "b/page.md").startswith("<!-- === OmniNode:Metadata ===\n")
    assert (text(stamps, "data.json"), text(stamps, "empty.py")) == ("{}\n", "")
    before = states(stamps)
    again = stamps.onex("stamp")
    assert (again.code, again.out) == (0, "4 right.\n")
    assert states(stamps) == before
    assert stamps.onex("stamp", "--check").code == 0
    assert stamps.codes("--select", "STP") == []


def test_check_and_diff_write_nothing(stamps: Any) -> None:
    before = states(stamps)
    check = stamps.onex("stamp", "--check", "a.py", "b")
    assert check.code == 1
    assert check.out.splitlines() == [
        "would stamp a.py",
        "would stamp b/page.md",
        "would stamp b/run.sh",
        "Would stamp 3.",
    ]
    diff = stamps.onex("stamp", "--diff", "b/run.sh")
    assert diff.code == 1
    assert diff.out.startswith("--- a/b/run.sh\n+++ b/b/run.sh\n@@ -1,0 +2,")
    assert "+# name: run.sh\n" in diff.out
    assert "echo" not in diff.out
    assert states(stamps) == before
    (stamps.root / "patch").write_text(diff.out)
    stamps.git("apply", "--unidiff-zero", "patch")
    assert stamps.onex("stamp", "--check", "b/run.sh").code == 0


def test_edited_file_is_brought_up_to_date_and_removal_is_exact(stamps: Any) -> None:
    stamps.onex("stamp", "--quiet")
    stamped = text(stamps, "a.py")
    stamps.write("a.py", stamped + "y = 2\n")
    assert stamps.codes("--select", "STP") == ["a.py:17 STP002"]
    run = stamps.onex("stamp", "a.py")
    assert (run.code, run.out) == (0, "updated a.py (hash)\nUpdated 1.\n")
    shown = stamps.onex("stamp", "--remove", "--stdout", "a.py")
    assert (shown.code, shown.out) == (0, "x = 1\ny = 2\n")
    assert text(stamps, "a.py") != "x = 1\ny = 2\n"
    run = stamps.onex("stamp", "--remove")
    assert (run.code, run.out.splitlines()[-1]) == (0, "Removed 4.")
    assert text(stamps, "a.py") == "x = 1\ny = 2\n"
    assert text(stamps, "b/run.sh") == FILES["b/run.sh"]
    assert text(stamps, "b/page.md") == FILES["b/page.md"]


def test_fix_of_validate_is_the_stamp_of_stamp(stamps: Any) -> None:
    stamps.onex("stamp", "--quiet")
    for path in ("a.py", "b/page.md"):
        stamps.write(path, text(stamps, path) + "more\n")
    run = stamps.onex("validate", "--select", "STP", "--fix")
    assert run.code == 0, run
    assert stamps.onex("stamp").out == "4 right.\n"


def test_old_stamp_waits_for_migrate(stamps: Any, forge: Any) -> None:
    name, old = forge.legacy("python-dict-repr", "x = 1\n")
    stamps.write(name, old)
    run = stamps.onex("stamp", "-v", name)
    assert (run.code, text(stamps, name)) == (0, old)
    assert run.out == f"old form {name}\n1 in an old form.\n"
    assert "onex stamp --migrate" in run.err
    run = stamps.onex("stamp", "--migrate", name)
    assert run.out.splitlines()[0] == f"migrated {name} (dropped last_modified_at)"
    assert "# entrypoint: python://loader.py\n" in text(stamps, name)
    assert stamps.onex("stamp", "--check", name).code == 0


def test_refusal_names_the_line_and_leaves_the_file(stamps: Any) -> None:
    broken = STAMPED[0] + "# name: a.py\n\nx = 1\n"
    stamps.write("a.py", broken)
    run = stamps.onex("stamp")
    assert run.code == 1
    assert run.err.startswith("a.py:1: refused: stamp has no closing line")
    assert text(stamps, "a.py") == broken
    assert text(stamps, "b/page.md") != FILES["b/page.md"]
    rows = json.loads(stamps.onex("stamp", "--output-format", "json").out)
    (row,) = [row for row in rows["files"] if row["path"] == "a.py"]
    assert (row["action"], row["line"], row["written"]) == ("refuse", 1, False)
    shown = stamps.onex("stamp", "--remove", "--stdout", "a.py")
    assert (shown.code, shown.out) == (1, "")


def test_named_file_that_is_left_alone_is_told_why(stamps: Any) -> None:
    stamps.write("app.ini", "[a]\nb = 1\n")
    run = stamps.onex("stamp", "data.json", "empty.py", "app.ini")
    assert run.code == 0
    said = dict(line.split(" (", 1) for line in run.out.splitlines()[:3])
    assert said["left alone empty.py"] == "empty)"
    assert "comments" in said["left alone data.json"]
    assert "include" in said["left alone app.ini"]
    stamps.write("onex.toml", CONFIG + 'include = ["*.ini"]\n')
    assert stamps.onex("stamp", "app.ini").out.startswith("stamped app.ini\n")
    assert stamps.onex("stamp", "-v", "a.py").out.startswith("left alone a.py (`include` of")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stdout", "a.py"], "--stdout goes with --remove and one file"),
        (["--remove", "--stdout"], "--stdout goes with --remove and one file"),
        (["--remove", "--migrate"], "--remove takes stamps out"),
        (["--check", "--update-index"], "writes nothing"),
        (["--diff", "--output-format", "json"], "leave out --output-format"),
        (["nowhere.py"], "there is no such file"),
        (["--remove", "--stdout", "b"], "b: it is"),
    ],
)
def test_wrong_use_is_said(stamps: Any, words: list[str], said: str) -> None:
    run = stamps.onex("stamp", *words)
    assert run.code == 2
    assert said in run.err


def test_without_a_table_it_says_what_is_missing(git_repo: Any) -> None:
    git_repo.write("a.py", "x = 1\n")
    run = git_repo.onex("stamp")
    assert run.code == 0
    assert "[stamp] table" in run.err
    assert "owner" not in text(git_repo, "a.py")


def test_modes_links_and_hard_links(stamps: Any) -> None:
    (stamps.root / "b/run.sh").chmod(0o755)
    (stamps.root / "link.py").symlink_to("a.py")
    stamps.write("twin.py", "x = 2\n")
    os.link(stamps.root / "twin.py", stamps.root / "twin2.py")
    run = stamps.onex("stamp")
    assert run.code == 1
    assert "twin.py:1: refused: not written: it has 2 names" in run.err
    assert (stamps.root / "b/run.sh").stat().st_mode & 0o777 == 0o755
    assert (stamps.root / "link.py").is_symlink()
    assert text(stamps, "twin.py") == "x = 2\n"


# In a commit hook ------------------------------------------------------------------------------


def test_update_index_adds_what_was_wholly_in_it(stamps: Any) -> None:
    stamps.git("add", ".")
    stamps.git("commit", "-q", "-m", "one")
    stamps.write("a.py", "x = 2\n")
    stamps.write("b/page.md", "# Staged\n")
    stamps.git("add", "a.py", "b/page.md")
    stamps.write("b/page.md", "# Staged\n\nnot staged\n")
    run = stamps.onex("stamp", "--update-index", "a.py", "b/page.md")
    assert run.code == 1
    assert run.err.startswith("b/page.md: written, but not added: ")
    assert stamps.git("diff", "--name-only").split() == ["b/page.md"]
    assert stamps.git("show", ":a.py") == text(stamps, "a.py")
    assert stamps.git("show", ":b/page.md") == "# Staged\n"


def test_update_index_runs_no_program_of_the_repository(stamps: Any) -> None:
    stamps.write(".gitattributes", "*.py filter=evil\n*.md eol=crlf\n")
    stamps.git("add", ".")
    stamps.git("config", "filter.evil.clean", "touch ../ran; cat")
    stamps.git("config", "core.fsmonitor", "touch ../ran")
    run = stamps.onex("stamp", "--update-index")
    assert not (stamps.root.parent / "ran").exists()
    assert "a.py: written, but not added: " in run.err
    assert "page.md" not in run.err
    assert "\r\n" not in stamps.git("show", ":b/page.md")
    assert "OmniNode" in stamps.git("show", ":b/page.md")


def test_partial_commit_is_told_apart(stamps: Any) -> None:
    stamps.git("add", ".")
    stamps.git("commit", "-q", "-m", "one")
    hook = stamps.root / ".git/hooks/pre-commit"
    command = f"{sys.executable} -P -m onex_tools stamp --update-index a.py"
    hook.write_text(f"#!/bin/sh\n{command}\n")
    hook.chmod(0o755)
    stamps.write("a.py", "x = 2\n")
    done = stamps.onex("stamp", "--check", "a.py")
    assert done.code == 1
    with pytest.raises(Exception, match="returned non-zero"):
        stamps.git("commit", "-q", "-m", "two", "a.py")
    stamps.git("commit", "-q", "-m", "two", "a.py")
    assert stamps.git("status", "--porcelain") == ""
    assert "OmniNode" in stamps.git("show", "HEAD:a.py")
    stamps.write("a.py", text(stamps, "a.py") + "y = 1\n")
    stamps.git("commit", "-q", "-a", "-m", "three")
    assert stamps.git("status", "--porcelain") == ""
    assert stamps.onex("stamp", "--check").code == 1  # the others never were in a commit's hook
    assert stamps.onex("stamp", "--check", "a.py").code == 0


def test_init_offers_the_hook_that_stamps_where_stamping_is_configured(stamps: Any) -> None:
    stamps.onex("init", "--pre-commit")
    text_ = text(stamps, ".pre-commit-config.yaml")
    assert text_.index("id: onex-stamp\n") < text_.index("id: onex-validate\n")
    assert "entry: onex stamp --update-index --quiet\n" in text_
    assert "stages: [pre-commit, pre-merge-commit, manual]\n" in text_
    assert stamps.onex("init", "--pre-commit").out.endswith("has the hooks already\n")


def test_init_offers_no_stamps_where_none_are_configured(git_repo: Any) -> None:
    assert git_repo.onex("init", "--pre-commit").code == 0
    assert "\n      # - id: onex-stamp\n" in text(git_repo, ".pre-commit-config.yaml")
    assert "`onex stamp`" in text(git_repo, "onex.toml")
    git_repo.write("onex.toml", CONFIG)
    run = git_repo.onex("init", "--pre-commit")
    assert (run.code, run.out.count("- id:")) == (1, 1)
    assert "- id: onex-stamp\n" in run.out


def test_diff_shows_stamps_alone_however_they_move(stamps: Any, forge: Any) -> None:
    secret = "password: hunter2"
    below = forge.stamped(b"", name="page.md").decode().replace("# ", "")
    block = below.replace("===\n", "=== \n", 1).split("\n\n")[0]
    lines = [f"<!-- {line}" if n == 0 else line for n, line in enumerate(block.split("\n"))]
    moved = "\n".join(lines).replace("=== \n", "===\n", 1) + " -->\n\n"
    stamps.write("page.md", f"{moved}---\n{secret}\n---\n\n# Page\n")
    stack = forge.stack(2, f"---\n{secret}\n---\n{secret}\n")
    stamps.write("loader.md", stack)
    for path in ("page.md", "loader.md"):
        diff = stamps.onex("stamp", "--diff", "--migrate", path)
        assert diff.code == 1
        assert "hunter2" not in diff.out
        assert "+<!-- === OmniNode:Metadata ===\n" in diff.out
        (stamps.root / "patch").write_text(diff.out)
        stamps.git("apply", "--unidiff-zero", "patch")
        assert stamps.onex("stamp", "--check", "--migrate", path).code == 0
        assert text(stamps, path).startswith(f"---\n{secret}\n---\n")


def test_two_runs_at_once_do_not_refuse_each_others_work(stamps: Any) -> None:
    for number in range(300):
        stamps.write(f"many/m{number}.py", f"x = {number}\n")
    command = [sys.executable, "-P", "-m", "onex_tools", "stamp", "--quiet"]
    runs = [
        subprocess.Popen(
            command, cwd=stamps.root, env=stamps.environment(**CLOCK), stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [run.communicate()[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert stamps.onex("stamp", "--check").code == 0


@pytest.mark.skipif(shutil.which("b3sum") is None, reason="b3sum is not here")
@pytest.mark.parametrize("size", [0, 1, 1023, 1024, 1025, 70_000])
def test_b3sum_proves_the_hash(stamps: Any, size: int) -> None:
    stamps.write("a.py", "x = 1\n" + "#" * size + "\n")
    stamps.onex("stamp", "-q", "a.py")
    body = stamps.onex("stamp", "--remove", "--stdout", "a.py").out
    done = subprocess.run(["b3sum"], input=body.encode(), capture_output=True, check=True)
    assert f"# hash: b3-v1:{done.stdout.split()[0].decode()}\n" in text(stamps, "a.py")


def test_plugin_that_cannot_be_used_stops_what_would_pass_over_its_files(stamps: Any) -> None:
    stamps.write("onex.toml", 'local-rules = ["tools/*.py"]\n' + CONFIG)
    stamps.write("tools/rules.py", "raise ImportError\n")
    for words in (["stamp"], ["stamp", "--check"], ["attest"], ["stamp", "--remove", "a.py"]):
        run = stamps.onex(*words)
        assert run.code == 2, run
        assert "the rules in tools/rules.py did not run" in run.err
    assert text(stamps, "a.py") == FILES["a.py"]
    allowed = stamps.onex("stamp", "--allow-local-plugins")
    assert (allowed.code, "cannot be loaded" in allowed.err) == (2, True)
    stamps.write("tools/rules.py", "")
    assert stamps.onex("stamp", "--allow-local-plugins").code == 0
