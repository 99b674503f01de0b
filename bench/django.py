"""A cold run over Django's source distribution, against linters that people know."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bench.cold import RUFF, commands
from bench.corpus import commit
from bench.lab import Command, Lab, Row

VERSION = "5.2.8"


def run(lab: Lab) -> list[Row]:
    """onex, ruff, flake8 and interrogate, none of them with a cache."""
    others = [
        Command("flake8", [lab.tool("flake8"), "--isolated", "--quiet"], (RUFF,), exits=(0, 1)),
        Command("interrogate", [lab.tool("interrogate"), "--quiet", "."], (RUFF,), exits=(0, 1)),
    ]
    return lab.compare(tree(lab), [*commands(lab), *others], 3)


def tree(lab: Lab) -> Path:
    """Django's source distribution from the package registry, as a repository."""
    folder = lab.work / "django" / f"django-{VERSION}"
    if not (folder / ".git" / "complete").exists():
        import tarfile

        place = folder.parent
        pip = [lab.python, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "--dest", str(place), f"Django=={VERSION}"], check=True)
        with tarfile.open(place / f"django-{VERSION}.tar.gz") as archive:
            archive.extractall(place, filter="data")
        commit(folder)
    return folder
