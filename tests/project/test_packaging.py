"""What is shipped: the right files, and a wheel that works on every Python at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, make_environment

pytestmark = [pytest.mark.registry, pytest.mark.slow]


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The sdist, and the wheel built from it."""
    place = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(CHECKOUT)],
        check=True,
        capture_output=True,
    )
    return place


def test_wheel_holds_the_two_packages_and_nothing_else(dist):
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "onex_tools",
        "onex_validators",
    }
    assert "onex_tools/py.typed" in names
    assert "onex_validators/py.typed" in names
    assert not [name for name in names if "__pycache__" in name or "test" in name.split("/")[0]]
    (points,) = [name for name in names if name.endswith("entry_points.txt")]
    text = zipfile.ZipFile(wheel).read(points).decode()
    assert "onex = onex_tools.cli:main" in text
    assert "onex_validators = onex_validators" in text


def test_sdist_holds_what_builds_and_tests(dist):
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for wanted in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "Makefile",
        ".pre-commit-hooks.yaml",
        "onex_tools/api.py",
        "validators/onex_validators/__init__.py",
        "schemas/onex-config.schema.json",
        "tests/conftest.py",
        "examples/sample-repo/onex.toml",
    ):
        assert wanted in names, wanted
    assert not [name for name in names if name.startswith((".venv", ".git/", ".bench", "dist"))]


def find_python(version):
    """An interpreter of that version: on the path, or one of pyenv's."""
    found = shutil.which(f"python{version}")
    places = (
        Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser().glob(f"versions/{version}*")
    )
    for candidate in (found, *(str(place / "bin/python") for place in sorted(places))):
        if candidate and not subprocess.run([candidate, "-V"], capture_output=True).returncode:
            return candidate
    pytest.skip(f"Python {version} is not here")


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_wheel_works(dist, tmp_path, version):
    interpreter = find_python(version)
    (wheel,) = dist.glob("*.whl")
    make_environment(interpreter, tmp_path / "venv")
    binaries = tmp_path / "venv" / "bin"
    pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--no-compile"]
    subprocess.run([*pip, str(wheel)], check=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "m.py").write_text("def public():\n    pass\n")
    done = subprocess.run(
        [str(binaries / "onex"), "validate", "--output-format", "concise"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "m.py:1:5: warning[DCS005]" in done.stdout
