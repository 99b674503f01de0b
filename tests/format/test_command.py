"""``onex format`` as a person meets it: what it writes, says, and answers with."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import CHECKOUT, Repository

MESSY = "import os\nimport abc\nx = {  'a':1 }\nprint(os, abc)\n"
TIDY = 'import abc\nimport os\n\nx = {"a": 1}\nprint(os, abc)\n'


def test_writes_and_says_what_it_wrote(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": MESSY, "b.py": TIDY, "c.txt": MESSY})
    done = git_repo.onex("format")
    assert done.code == 0, done
    assert done.out == "formatted a.py\nFound nothing in 2 files.\n"
    assert (git_repo.root / "a.py").read_text() == TIDY
    assert (git_repo.root / "c.txt").read_text() == MESSY
    assert git_repo.onex("format").out == "Found nothing in 2 files.\n"


def test_right_file_is_not_touched(git_repo: Repository) -> None:
    before = git_repo.write("a.py", TIDY).stat()
    for arguments in ((), ("--no-cache",)):
        assert git_repo.onex("format", *arguments).code == 0
        after = (git_repo.root / "a.py").stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_check_writes_nothing(git_repo: Repository) -> None:
    git_repo.write("a.py", MESSY)
    for arguments in ((), (), ("--no-cache",)):  # cold, warm, and without memory
        done = git_repo.onex("format", "--check", *arguments)
        assert done.code == 1, done
        assert "FMT001" in done.out
        assert "a.py:1:1" in done.out
        assert done.out.endswith("Next: onex format\n")
    assert (git_repo.root / "a.py").read_text() == MESSY


def test_diff_can_be_applied(git_repo: Repository) -> None:
    git_repo.write("a.py", MESSY)
    done = git_repo.onex("format", "--diff", "--quiet")
    assert done.code == 1, done
    subprocess.run(["git", "apply"], cwd=git_repo.root, input=done.out.encode(), check=True)
    assert (git_repo.root / "a.py").read_text() == TIDY
    done = git_repo.onex("format", "--diff", "--quiet")
    assert (done.code, done.out) == (0, "")


def test_named_paths_only(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": MESSY, "in/b.py": MESSY, "in/c.py": MESSY})
    assert git_repo.onex("format", "in/b.py").code == 0
    assert (git_repo.root / "in/b.py").read_text() == TIDY
    assert (git_repo.root / "a.py").read_text() == MESSY
    assert git_repo.onex("format", "in").code == 0
    assert (git_repo.root / "in/c.py").read_text() == TIDY
    assert (git_repo.root / "a.py").read_text() == MESSY


def test_standard_input(git_repo: Repository) -> None:
    git_repo.write("pyproject.toml", "[tool.black]\nskip-string-normalization = true\n")
    done = git_repo.onex("format", "--stdin-filename", "in/a.py", stdin=MESSY.encode())
    assert (done.code, done.out) == (0, TIDY.replace('"', "'"))
    done = git_repo.onex("format", "--stdin-filename", "a.py", stdin=b"def f(:\n")
    assert (done.code, done.out) == (1, "def f(:\n")
    assert done.err.startswith("a.py:1: refused: it is no valid Python")
    notebook = b'{"cells":[],"metadata":{}}'
    done = git_repo.onex("format", "--stdin-filename", "a.ipynb", stdin=notebook)
    assert (done.code, done.out) == (1, notebook.decode())
    assert done.err == "a.ipynb:1: refused: notebooks are left out\n"


@pytest.mark.parametrize("arguments", [("--check",), ("--check", "--quiet"), ("--diff",)])
def test_waived_form_is_no_failure(git_repo: Repository, arguments: tuple[str, ...]) -> None:
    waived = '[[per-file-ignores]]\npath = "a.py"\ncodes = ["FMT001"]\nreason = "theirs"\n'
    git_repo.write_all({"a.py": "x = {  }\n", "onex.toml": waived})
    assert git_repo.onex("format", "--no-lint", *arguments).code == 0
    git_repo.write("b.py", "x = {  }\n")
    assert git_repo.onex("format", "--no-lint", *arguments).code == 1


def test_machine_formats(git_repo: Repository) -> None:
    git_repo.write("a.py", MESSY + "print(missing)\n")
    found = json.loads(git_repo.onex("format", "--check", "--output-format", "json").out)
    codes = {(one["code"], one["path"], one["line"]) for one in found["findings"]}
    assert codes == {("FMT001", "a.py", 1), ("FMT010", "a.py", 5)}
    sarif = json.loads(git_repo.onex("format", "--check", "--output-format", "sarif").out)
    assert {one["ruleId"] for one in sarif["runs"][0]["results"]} == {"FMT001", "FMT010"}
    out = git_repo.onex("format", "--output-format", "json")
    assert json.loads(out.out)["findings"][0]["message"].startswith("F821 ")
    assert out.err == "formatted a.py\n"


def test_without_flake8(git_repo: Repository) -> None:
    git_repo.write("a.py", "import os\n")
    assert "F401" in git_repo.onex("format", "--check").out
    assert git_repo.onex("format", "--check", "--no-lint").code == 0
    git_repo.write("onex.toml", "[format]\nlint = false\n")
    assert git_repo.onex("format", "--check").code == 0


def test_severe_findings_are_errors(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": "print(missing)\n", "onex.toml": 'fail-on = "error"\n'})
    done = git_repo.onex("format", "--check")
    assert done.code == 1
    assert "error[FMT010]: F821" in done.out
    git_repo.write("a.py", "import os\n")
    assert git_repo.onex("format", "--check").code == 0


def test_shebang_scripts_stubs_and_notebooks(git_repo: Repository) -> None:
    git_repo.write_all(
        {
            "run": "#!/usr/bin/env python3\nx = {  }\n",
            "other": "#!/bin/sh\nx = {  }\n",
            "a.pyi": "def f() -> int:\n\n    ...\n",
            "n.ipynb": "{}",
        }
    )
    done = git_repo.onex("format", "--no-lint")
    assert done.code == 0, done
    assert (git_repo.root / "run").read_text() == "#!/usr/bin/env python3\nx = {}\n"
    assert (git_repo.root / "other").read_text() == "#!/bin/sh\nx = {  }\n"
    assert (git_repo.root / "a.pyi").read_text() == "def f() -> int: ...\n"
    assert "1 notebook left out" in done.out


def test_contradictions_are_wrong_use(git_repo: Repository) -> None:
    for arguments in (
        ("--check", "--update-index"),
        ("--stdin-filename", "a.py", "."),
        ("--stdin-filename", "a.py", "--diff"),
        ("--diff", "--output-format", "json"),
    ):
        assert git_repo.onex("format", *arguments).code == 2


def test_update_index(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": MESSY, "b.py": MESSY})
    git_repo.git("add", ".")
    git_repo.write("b.py", MESSY + "y = 1\n")
    done = git_repo.onex("format", "--no-lint", "--update-index")
    assert done.code == 1
    assert "b.py: written, but not added" in done.err
    assert git_repo.git("show", ":a.py") == TIDY
    assert git_repo.git("show", ":b.py") == MESSY


def test_commit_of_named_paths_says_to_commit_again(git_repo: Repository) -> None:
    git_repo.write("a.py", TIDY)
    git_repo.git("add", ".")
    git_repo.git("commit", "-q", "-m", "one")
    words = f"{sys.executable} -P -m onex_tools format --no-lint --update-index"
    hook = git_repo.write(".git/hooks/pre-commit", f"#!/bin/sh\nexec {words}\n")
    hook.chmod(0o755)
    git_repo.write("a.py", MESSY)
    words_of_git = ["git", "commit", "-q", "-m", "two", "a.py"]
    env = git_repo.environment()
    done = subprocess.run(
        words_of_git, cwd=git_repo.root, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done
    said = "a.py: written, but not added: `git commit PATH` commits from a passing index"
    assert said in done.stderr
    git_repo.write("a.py", TIDY + "y = 1\n")
    done = subprocess.run(
        words_of_git, cwd=git_repo.root, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, git_repo.git("status", "--porcelain")) == (0, "")


def test_missing_tool_is_one_line(git_repo: Repository) -> None:
    git_repo.write("a.py", MESSY)
    words = [sys.executable, "-S", "-c"]
    code = (
        "import sys, os; keep = [p for p in sys.path]; "
        f"sys.path.insert(0, {str(CHECKOUT)!r}); "
        "from onex_tools.format import versions; "
        "sys.path[:] = keep; "
        "versions.installed()"
    )
    done = subprocess.run([*words, code], capture_output=True, text=True, check=False)
    last = done.stderr.splitlines()[-1]
    assert "onex format needs black and flake8 and isort and libcst" in last


@pytest.mark.parametrize("where", ["comment", "per-file-ignores", "severity"])
def test_findings_are_waived_like_others(git_repo: Repository, where: str) -> None:
    git_repo.write("a.py", "import os\n")
    if where == "comment":
        git_repo.write("a.py", "import os  # onex: ignore[FMT010] -- for others to import\n")
    elif where == "per-file-ignores":
        git_repo.write(
            "onex.toml",
            '[[per-file-ignores]]\npath = "a.py"\ncodes = ["FMT010"]\nreason = "old"\n',
        )
    else:
        git_repo.write("onex.toml", '[severity]\nFMT010 = "info"\n')
    assert git_repo.onex("format", "--check").code == 0
    git_repo.write("a.py", "import os\nprint(os)\n")
    spare = git_repo.onex("format", "--check")
    assert ("ONX014" in spare.out) == (where == "per-file-ignores"), spare


def test_spare_comment_is_found(git_repo: Repository) -> None:
    git_repo.write("a.py", "x = 1  # onex: ignore[FMT010] -- was needed\n")
    assert "ONX014" in git_repo.onex("format", "--check").out
    assert "ONX014" not in str(git_repo.codes())


def test_validate_says_nothing_of_form(git_repo: Repository) -> None:
    git_repo.write("a.py", '"""A module."""\nx = {  }\n')
    assert git_repo.codes("--select", "FMT,ONX") == []


def test_validate_says_where_its_rules_run(git_repo: Repository) -> None:
    git_repo.write("a.py", MESSY)
    for words in (("FMT",), ("FMT001",), ("STP,FMT",), ("unformatted-file",)):
        done = git_repo.onex("validate", "--select", *words)
        assert "FMT rules do not run here (`onex format --check` reports" in done.out
    assert "do not run here" not in git_repo.onex("validate", "--select", "ALL").out
