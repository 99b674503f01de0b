"""The hooks on form in real commits, under both hook runners."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onex_tools.hooks import HOOKS
from tests.conftest import Repository

BIN = Path(sys.executable).parent
MESSY = "import os\nimport abc\nx = {  'a':1 }\nprint(os, abc, x)\n"
TIDY = 'import abc\nimport os\n\nx = {"a": 1}\nprint(os, abc, x)\n'
FAR = "\n" * 20 + "unstaged = 1\n"

Runner = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("runner", ["pre-commit", "prek"]),
]


def installed(git_repo: Repository, runner: str, id_: str, *arguments: str) -> Runner:
    """A repository with the hook ``id_`` as we offer it, installed; gives what runs a program."""
    (hook,) = [hook for hook in HOOKS if hook.id == id_]
    lines = [
        *("repos:", "  - repo: local", "    hooks:"),
        f"      - id: {hook.id}",
        f"        name: {hook.name}",
        f"        entry: {sys.executable} -P -m onex_tools {hook.entry.removeprefix('onex ')}",
        f"        args: [{', '.join(arguments)}]",
        "        language: system",
        f"        types_or: [{', '.join(hook.types_or)}]",
        "        require_serial: true",
    ]
    git_repo.write(".pre-commit-config.yaml", "\n".join(lines) + "\n")
    homes = {name: str(git_repo.cache / runner) for name in ("PRE_COMMIT_HOME", "PREK_HOME")}
    env = git_repo.environment(**homes, PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=git_repo.root,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    assert run(str(BIN / runner), "install").returncode == 0
    git_repo.write_all({"notes.txt": "x = {  }\n"})
    git_repo.git("add", ".")
    assert run("git", "commit", "-q", "-m", "start").returncode == 0
    return run


def committed(git_repo: Repository, path: str) -> str:
    """What the last commit has of the file."""
    return git_repo.git("show", f"HEAD:{path}")


def read(git_repo: Repository, path: str) -> str:
    """What the work tree has of the file."""
    return (git_repo.root / path).read_text()


def test_check_lets_right_files_pass_and_stops_wrong_ones(
    git_repo: Repository, runner: str
) -> None:
    run = installed(git_repo, runner, "onex-format-check")
    git_repo.write("right.py", TIDY)
    git_repo.git("add", ".")
    assert run("git", "commit", "-q", "-m", "right").returncode == 0
    git_repo.write_all({"wrong.py": MESSY, "lint.py": "import os\n"})
    git_repo.git("add", ".")
    done = run("git", "commit", "-q", "-m", "wrong")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "FMT001" in said and "wrong.py:1:1" in said
    assert "F401" in said and "lint.py:1:1" in said
    assert "right.py" not in said
    assert read(git_repo, "wrong.py") == MESSY
    assert git_repo.git("show", ":wrong.py") == MESSY


def test_check_sees_what_is_staged(git_repo: Repository, runner: str) -> None:
    run = installed(git_repo, runner, "onex-format-check")
    git_repo.write_all({"a.py": TIDY, "b.py": MESSY})
    git_repo.git("add", ".")
    git_repo.write_all({"a.py": TIDY + "y = {  }\n", "b.py": TIDY})
    done = run("git", "commit", "-q", "-m", "one")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "b.py:1:1" in said and "a.py" not in said
    assert (read(git_repo, "a.py"), read(git_repo, "b.py")) == (TIDY + "y = {  }\n", TIDY)
    git_repo.git("add", "b.py")
    assert run("git", "commit", "-q", "-m", "two").returncode == 0
    assert (committed(git_repo, "a.py"), committed(git_repo, "b.py")) == (TIDY, TIDY)
    assert read(git_repo, "a.py") == TIDY + "y = {  }\n"


def test_format_stops_so_that_one_can_look(git_repo: Repository, runner: str) -> None:
    run = installed(git_repo, runner, "onex-format")
    git_repo.write_all({"right.py": TIDY, "wrong.py": MESSY})
    git_repo.git("add", ".")
    assert run("git", "commit", "-q", "-m", "one").returncode != 0
    assert read(git_repo, "wrong.py") == TIDY
    assert git_repo.git("show", ":wrong.py") == MESSY
    git_repo.git("add", ".")
    assert run("git", "commit", "-q", "-m", "two").returncode == 0
    assert committed(git_repo, "wrong.py") == TIDY
    assert git_repo.git("status", "--porcelain") == ""


def test_format_that_adds_passes_at_the_first_try(git_repo: Repository, runner: str) -> None:
    run = installed(git_repo, runner, "onex-format", "--update-index")
    git_repo.write_all({"right.py": TIDY, "wrong.py": MESSY})
    git_repo.git("add", ".")
    done = run("git", "commit", "-q", "-m", "one")
    assert done.returncode == 0, done
    assert (committed(git_repo, "right.py"), committed(git_repo, "wrong.py")) == (TIDY, TIDY)
    assert git_repo.git("status", "--porcelain") == ""


@pytest.mark.parametrize("arguments", [(), ("--update-index",)])
def test_unstaged_lines_are_never_lost(
    git_repo: Repository, runner: str, arguments: tuple[str, ...]
) -> None:
    run = installed(git_repo, runner, "onex-format", *arguments)
    git_repo.write_all({"near.py": "x = {  }\n", "far.py": "x = {  }\n"})
    git_repo.git("add", ".")
    git_repo.write_all({"near.py": "unstaged = 1\nx = {  }\n", "far.py": "x = {  }\n" + FAR})
    for _ in range(3):
        done = run("git", "commit", "-q", "-m", "one")
        for path in ("near.py", "far.py"):
            assert read(git_repo, path).count("unstaged = 1\n") == 1, done
            assert "unstaged" not in git_repo.git("show", f":{path}"), done
    assert done.returncode != 0  # the lines beside it cannot be formatted without them
    for _ in range(2):
        git_repo.git("add", ".")
        run("git", "commit", "-q", "-m", "two")
    assert git_repo.git("status", "--porcelain") == ""
    for path in ("near.py", "far.py"):
        assert committed(git_repo, path).count("unstaged = 1\n") == 1
        assert git_repo.onex("format", "--check", path).code == 0
