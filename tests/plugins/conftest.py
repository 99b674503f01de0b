"""The third-party package of these tests, and rule files that are written for one test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
