"""The third-party package of these tests, and rule files that are written for one test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, make_environment

ACME = Path(__file__).parent / "acme-onex-rules"
collect_ignore = ["acme-onex-rules"]  # its own tests run where it is installed

HEAD = '''"""A rule for a test."""

from onex_tools.api import *
from onex_tools.api import Edit, Fix, Span


'''
RULE = '''class Shouting(Validator):
    """A line shouts.

    Say it quietly.
    """

    code, name = "TST001", "shouting-line"
    files = ("*.txt",)
    examples = (Good("a.txt", "quiet\\n"), Bad("a.txt", "quiet\\nLOUD\\n", at=(2,)))

    def check(self, file):
        for number in range(1, len(file.line_starts) + 1):
            span = file.line_span(number)
            if file.data[span.start : span.end].isupper():
                yield file.finding(self, span, "it shouts")
'''
"""A sound rule, of which tests spoil one thing."""


@pytest.fixture
def rule_file(tmp_path):
    """Writes a rule file from its body, RULE where none is given; gives its path."""
    count = 0

    def write(body: str = RULE) -> Path:
        nonlocal count
        count += 1
        path = tmp_path / f"rule_{count}.py"
        path.write_text(HEAD + body)
        return path

    return write


@pytest.fixture
def acme(monkeypatch):
    """The import name of the third-party package, importable."""
    monkeypatch.syspath_prepend(str(ACME / "src"))
    yield "acme_onex_rules"
    for name in [name for name in sys.modules if name.startswith("acme_onex_rules")]:
        del sys.modules[name]


@pytest.fixture
def pytester_run(tmp_path):
    """Runs pytest on a path, in a process of its own and outside of this project's settings."""

    def run(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-rf",
            "-p",
            "no:cacheprovider",
            str(path),
            *more,
        ]
        return subprocess.run(
            [*command, "--import-mode=importlib", f"--rootdir={tmp_path}", "-c", os.devnull],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


BROKEN_HEAD = '"""Rules that are wrong."""\n\nfrom onex_tools.api import *\n'
BROKEN_RULE = '''

class Broken(Validator):
    """A file is there.

    It should not be.
    """

    code, name = "BRK001", "broken-rule"
    files = ("*.txt",)
    examples = (Good("a.py"), Bad("a.txt"))

    def check(self, file):
        yield file.finding(self, None, "it is there")


@hookimpl
def onex_validators():
    return [Broken]
'''
BROKEN = {
    "raises": "import nowhere_at_all\n",
    "taken": BROKEN_HEAD + BROKEN_RULE.replace("BRK001", "DCS001"),
    "worded": BROKEN_HEAD
    + BROKEN_RULE.replace("BRK001", "Broken-1").replace("broken-rule", "Broken Rule"),
    "silent": BROKEN_HEAD
    + BROKEN_RULE.replace('    """A file is there.\n\n    It should not be.\n    """\n', ""),
    "misspelt": BROKEN_HEAD + BROKEN_RULE.replace("def onex_validators", "def onex_validator"),
    "no_check": BROKEN_HEAD + BROKEN_RULE.replace("def check", "def judge"),
    "settings": BROKEN_HEAD
    + BROKEN_RULE.replace("    files =", "    settings = dict\n    files ="),
    "not_classes": BROKEN_HEAD + BROKEN_RULE.replace("[Broken]", "[Broken(), 3]"),
}
BROKEN_PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "broken-onex-rules"
version = "1"

[project.entry-points."onex.plugins"]
{points}

[tool.hatch.build.targets.wheel]
packages = ["broken_rules"]
"""
"""Modules of an installed plugin, each wrong in its own way."""


class Installed:
    """A fresh environment with onex, the package and the broken ones."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "venv" / "bin"
        self.folder = folder
        make_environment(sys.executable, folder / "venv")
        self._pip("--no-compile", "hatchling>=1.27", "pytest")
        self._pip("--no-build-isolation", str(CHECKOUT), str(ACME), str(self._broken()))

    def _pip(self, *arguments: str) -> None:
        command = [self.bin / "python", "-m", "pip", "install", "--quiet", "--no-input"]
        subprocess.run([*command, "--disable-pip-version-check", *arguments], check=True)

    def _broken(self) -> Path:
        """A distribution of which every module is wrong in its own way."""
        source = self.folder / "broken"
        package = source / "broken_rules"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text('"""Rules that are wrong."""\n')
        for name, text in BROKEN.items():
            (package / f"{name}.py").write_text(text)
        points = "\n".join(f'broken_{name} = "broken_rules.{name}"' for name in BROKEN)
        (source / "pyproject.toml").write_text(BROKEN_PROJECT.format(points=points))
        return source


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """One environment for all tests of the session."""
    return Installed(tmp_path_factory.mktemp("third-party"))
