"""The import contracts hold, and a planted violation breaks them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

PLANTS = (
    ("onex_tools/source.py", "import blake3\n", "standard library only"),
    ("onex_tools/discover.py", "from onex_tools import engine\n", "layered"),
    ("onex_tools/registry.py", "import onex_validators\n", "never imports a validator"),
    ("validators/onex_validators/planted.py", "from onex_tools import engine\n", "plugin API"),
    ("onex_tools/report/json.py", "from onex_tools import session\n", "from a result alone"),
    ("onex_tools/settle.py", "import click\n", "click lives"),
    ("onex_tools/fixing.py", "import libcst\n", "formatting room only"),
    ("onex_tools/stamp/naming.py", "from onex_tools import discover\n", "works on bytes"),
)


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages below ``root``."""
    path = os.pathsep.join([str(root), str(root / "validators")])
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    """A copy of the packages and their contracts."""
    for name in ("onex_tools", "validators"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(CHECKOUT / ".importlinter", tmp_path)
    return tmp_path


def test_contracts_hold(copy):
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("path", "line", "contract"), PLANTS)
def test_planted_violation_is_found(copy, path, line, contract):
    target = copy / path
    text = target.read_text() if target.exists() else '"""Planted."""\n'
    marker = "from __future__ import annotations\n"
    target.write_text(text.replace(marker, marker + line, 1) if marker in text else text + line)
    done = lint(copy)
    assert done.returncode == 1, done.stdout
    broken = done.stdout.partition("Broken contracts")[2]
    assert contract in broken
