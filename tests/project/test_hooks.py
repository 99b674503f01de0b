"""The hooks on offer: current, and really installed and run by pre-commit and prek."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from onex_tools.cli.init import hooks_text
from onex_tools.hooks import HOOKS, render
from tests.conftest import CHECKOUT
from tests.secrets.values import drawn

BIN = Path(sys.executable).parent
PLAIN = {"PIP_NO_COMPILE": "1"}
"""For what pip installs: byte code is only made of modules that a hook imports."""


def test_hook_file_is_current():
    assert (CHECKOUT / ".pre-commit-hooks.yaml").read_text() == render()
    assert [row["id"] for row in yaml.safe_load(render())] == [hook.id for hook in HOOKS]


def test_every_hook_is_documented():
    page = (CHECKOUT / "docs" / "hooks.md").read_text()
    for hook in HOOKS:
        assert f"`{hook.id}`" in page
        assert hook.description in page


def block(mark: str) -> str:
    """The YAML in docs/hooks.md below the comment that begins with ``mark``."""
    page = (CHECKOUT / "docs" / "hooks.md").read_text()
    return page.partition(f"<!-- {mark}")[2].partition("```yaml\n")[2].partition("```")[0]


def run_hook(root: Path, runner: str, id_: str) -> subprocess.CompletedProcess[str]:
    """The hook ``id_``, as ``root`` has it configured, over all files."""
    return subprocess.run(
        [str(BIN / runner), "run", id_, "--all-files", "--hook-stage", "manual"],
        cwd=root,
        env={**os.environ, **PLAIN, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_local_hooks_of_the_page_are_all_that_are_offered():
    ids = [hook["id"] for hook in yaml.safe_load(block("local hooks"))["repos"][0]["hooks"]]
    assert sorted(ids) == sorted(hook.id for hook in HOOKS)
    assert block("local hooks") == "repos:\n" + hooks_text(ids)


FAULTY = f'"""A module."""\n\nPASSWORD = "{drawn("hook", 14)}"\ndef public( ):\n    pass\n'
SAID = {
    "onex-fix": "DCS005",
    "onex-format-check": "FMT001",
    "onex-secrets": "SEC020",
    "onex-stamp-check": "would stamp dirty.py",
    "onex-validate": "DCS005",
    "onex-validate-tree": "Passed",
}
"""What a hook says of a repository with one faulty file."""
WRITTEN = {"onex-format": "def public():", "onex-stamp": "# === OmniNode:Metadata ===\n"}
"""What a hook writes into that file."""


@pytest.mark.slow
@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
@pytest.mark.parametrize("id_", [hook.id for hook in HOOKS])
def test_local_hooks_of_the_page_run(git_repo, runner, id_):
    git_repo.write("dirty.py", FAULTY)
    git_repo.write(".pre-commit-config.yaml", block("local hooks"))
    git_repo.git("add", ".")
    done = run_hook(git_repo.root, runner, id_)
    assert (done.returncode == 0) == (id_ in ("onex-stamp", "onex-validate-tree")), done
    assert SAID.get(id_, "") in done.stdout, done
    text = (git_repo.root / "dirty.py").read_text()
    assert WRITTEN[id_] in text if id_ in WRITTEN else text == FAULTY, done


@pytest.mark.registry
@pytest.mark.slow
def test_local_hook_with_an_environment_runs(git_repo):
    page = block("local hook with")
    hooks = yaml.safe_load(page)["repos"][0]["hooks"]
    (source,) = hooks[0]["additional_dependencies"]
    assert source.startswith("onex[format] @ git+https://")
    own = page.replace(source, f"onex[format] @ file://{CHECKOUT}")
    git_repo.write("dirty.py", FAULTY)
    git_repo.write(".pre-commit-config.yaml", own)
    git_repo.git("add", ".")
    done = run_hook(git_repo.root, "pre-commit", "onex-format")
    assert done.returncode == 1, done
    assert WRITTEN["onex-format"] in (git_repo.root / "dirty.py").read_text(), done


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


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The checkout as it is now, committed, as hooks are installed from it: folder and commit."""
    root = tmp_path_factory.mktemp("published")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (CHECKOUT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, root / name)
    own = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    for arguments in (("init", "--quiet"), ("add", "."), (*own, "commit", "--quiet", "-m", "x")):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    head = ["git", "rev-parse", "HEAD"]
    sha = subprocess.run(head, cwd=root, check=True, capture_output=True, text=True).stdout
    return root, sha.strip()


@pytest.mark.registry
@pytest.mark.slow
@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_hooks_run_for_real(project, published, runner, tmp_path):
    root, sha = published
    hooks = [{"id": hook.id, "stages": ["manual"]} for hook in HOOKS]
    config = tmp_path / "hooks.yaml"
    config.write_text(json.dumps({"repos": [{"repo": str(root), "rev": sha, "hooks": hooks}]}))
    homes = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PREK_HOME": str(tmp_path / "home")}

    def run(hook, *more):
        return subprocess.run(
            [
                str(BIN / runner),
                "run",
                "--config",
                str(config),
                "--hook-stage",
                "manual",
                hook,
                *more,
            ],
            cwd=project,
            env={**os.environ, **PLAIN, **homes},
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
