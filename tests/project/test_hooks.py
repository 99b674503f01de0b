"""The hooks on offer: current, and really installed and run by pre-commit and prek."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from onex_tools.hooks import HOOKS, render
from tests.conftest import CHECKOUT

BIN = Path(sys.executable).parent


def test_hook_file_is_current():
    assert (CHECKOUT / ".pre-commit-hooks.yaml").read_text() == render()
    assert [row["id"] for row in yaml.safe_load(render())] == [hook.id for hook in HOOKS]


def test_every_hook_is_documented():
    page = (CHECKOUT / "docs" / "hooks.md").read_text()
    for hook in HOOKS:
        assert f"`{hook.id}`" in page
        assert hook.description in page


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A repository of somebody else, with a fault in one file."""
    root = tmp_path_factory.mktemp("project")
    (root / "clean.py").write_text('"""A module."""\n')
    (root / "dirty.py").write_text('"""A module."""\n\n\ndef public():\n    pass\n')
    for arguments in (
        ("init", "--quiet"),
        ("add", "."),
        ("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "x"),
    ):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    return root


@pytest.mark.registry
@pytest.mark.slow
@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_hooks_run_for_real(project, runner):
    def run(hook, *more):
        return subprocess.run(
            [str(BIN / runner), "try-repo", str(CHECKOUT), hook, *more],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("onex-validate", "--files", "dirty.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "DCS005" in done.stdout
    assert "dirty.py:4" in done.stdout
    done = run("onex-validate", "--files", "clean.py")
    assert done.returncode == 0, done.stdout + done.stderr
    done = run("onex-validate-tree", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    done = run("onex-stamp-check", "--files", "clean.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "would stamp clean.py" in done.stdout
    done = run("onex-stamp", "--files", "clean.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "clean.py").read_text().startswith("# === OmniNode:Metadata ===\n")
    (project / "clean.py").write_text('"""A module."""\n')
    subprocess.run(["git", "add", "clean.py"], cwd=project, check=True)
