"""Commits of stamped files pass at the first try, with real git and the real hook runners."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BIN = Path(sys.executable).parent
HOOK = """\
repos:
  - repo: local
    hooks:
      - id: onex-stamp
        name: onex stamp
        entry: {python} -P -m onex_tools stamp --update-index --quiet
        language: system
        types: [file]
        require_serial: true
"""


Runner = Callable[..., "subprocess.CompletedProcess[bytes]"]


def installed(git_repo: Any, runner: str) -> Runner:
    """A repository with the hook, installed; gives what runs a program in it."""
    git_repo.write("onex.toml", '[stamp]\nrepository = "acme"\n')
    git_repo.write(".pre-commit-config.yaml", HOOK.format(python=sys.executable))
    homes = {name: str(git_repo.cache / runner) for name in ("PRE_COMMIT_HOME", "PREK_HOME")}
    env = git_repo.environment(**homes, PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}")

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            words, cwd=git_repo.root, env=env, capture_output=True, check=False, timeout=120
        )

    assert run(str(BIN / runner), "install").returncode == 0
    return run


@pytest.mark.slow
@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_twenty_of_twenty_commits_pass_at_the_first_try(git_repo: Any, runner: str) -> None:
    run = installed(git_repo, runner)
    for number in range(20):
        path = f"src/m{number % 7}.py"
        old = (git_repo.root / path).read_bytes() if number >= 7 else b""
        git_repo.write(path, old + f"x{number} = {number}\n".encode())
        assert run("git", "add", ".").returncode == 0
        done = run("git", "commit", "-q", "-m", f"edit {number}")
        assert done.returncode == 0, done.stderr.decode()
        assert git_repo.git("status", "--porcelain") == ""
    assert git_repo.git("rev-list", "--count", "HEAD") == "20\n"
    check = git_repo.onex("stamp", "--check", "src")
    assert (check.code, check.out) == (0, "7 right.\n")
    uuids = {
        next(line for line in path.read_text().splitlines() if line.startswith("# uuid"))
        for path in (git_repo.root / "src").iterdir()
    }
    assert len(uuids) == 7


@pytest.mark.slow
@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_unstaged_changes_beside_a_stamp_are_never_lost(git_repo: Any, runner: str) -> None:
    run = installed(git_repo, runner)
    git_repo.write("a.py", "x = 1\n")
    git_repo.write("b.py", "x = 1\n")
    assert run("git", "add", ".").returncode == 0
    git_repo.write("a.py", "unstaged = 1\nx = 1\n")
    git_repo.write("b.py", "x = 1\n" + "\n" * 20 + "unstaged = 1\n")
    for _ in range(2):
        done = run("git", "commit", "-q", "-m", "one")
        assert (git_repo.root / "a.py").read_text().count("unstaged = 1\n") == 1
        assert (git_repo.root / "b.py").read_text().count("unstaged = 1\n") == 1
    if done.returncode:
        said = done.stderr.decode() + done.stdout.decode()
        ours = "a.py:1: refused: not written: its unstaged changes" in said
        assert ours or (runner == "prek" and "Reverting the hook changes" in said)
        assert "unstaged" not in git_repo.git("show", ":a.py")
        git_repo.git("add", ".")
        assert run("git", "commit", "-q", "-m", "two").returncode == 0
    assert "unstaged = 1\n" in (git_repo.root / "a.py").read_text()
