"""flake8 under options that we pass on says what it says by hand, where it reads them itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onex_tools.format.lint import LintJob, lint
from onex_tools.format.options import flake8_options
from onex_tools.format.tables import flake8_table

APP = '''\
import os, re
import app.sub
from typing import *


def branchy(x):
    """Say something that is as long as a line of documentation should hardly ever be, so.

    >>> undefined_in_doctest
    """
    unused = 1
    if x:
        for y in x:
            if y:
                return undefined
            elif x is 'text':
                return gettext_lazy('x')
    return [
        1,
    ]
def crowded( a ):
  return a  # two spaces
quiet = missing  # noqa
partly = missing  # noqa: F821
wrong = missing  # noqa: E501
regex = '\\d'
long = 'This line is longer than seventy nine characters but not longer than 88.....'
total = (1 +
         2)
lambda_ = lambda: 0
'''
TEST = "import os\nx = undefined\nassert (x, 1)\n"
FILES = {
    "app.py": APP,
    "tests/test_app.py": TEST,
    "tests/deep/test_more.py": TEST,
    "build/made.py": TEST,
    "CVS/old.py": TEST,
    "stub.pyi": TEST,
    "quiet.py": "# flake8: noqa\nimport os\n",
    "script": "#!/usr/bin/env python3\nimport os\n",
}
OPTIONS = {
    "select": "select = F4,E3",
    "a long prefix beats a short one": "select = F4,E\nignore = F401,E30",
    "extend-select": "extend-select = W504",
    "ignore": "ignore = E302,F",
    "extend-ignore": "extend-ignore =\n    E302,\n    F401",
    "per-file-ignores": "per-file-ignores =\n    tests/*:F401,F631\n    app.py: E4\n    */deep/*:F",
    "per-file-ignores by name": "per-file-ignores = test_*.py:F8 ./app.py:F401",
    "max-line-length": "max-line-length = 70",
    "max-doc-length": "max-doc-length = 60",
    "max-complexity": "max-complexity = 3",
    "indent-size": "indent-size = 2",
    "hang-closing": "hang-closing = yes\nignore = F",
    "disable-noqa": "disable-noqa = 1",
    "doctests": "doctests = True",
    "builtins": "builtins = undefined,gettext_lazy",
    "exclude": "exclude = tests,app.py",
    "exclude a folder's way": "exclude = ./tests/deep",
    "exclude by stars": "exclude = */deep/*,.git",
    "extend-exclude": "extend_exclude = build/\n    tests",
    "filename": "filename = *.pyi,./tests/*.py",
    "many at once": "max_line_length=60\nselect=E,F,W,C\nmax-complexity: 4\nexclude=build",
    "values with blanks": "select =  E4  F4 ,, W6 \n\n   F6",
}


def say(root: Path, config: str) -> None:
    """Write the sample repository, with a configuration of flake8."""
    for path, text in FILES.items():
        full = root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, encoding="utf-8")
    (root / "setup.cfg").write_text(f"[flake8]\n{config}\n", encoding="utf-8")


def by_hand(root: Path) -> list[str]:
    """What flake8 prints in ``root``."""
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", "-m", "flake8"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1) and not done.stderr
    return sorted(line.removeprefix("./") for line in done.stdout.splitlines())


def ours(root: Path) -> list[str]:
    """Our findings in ``root``, as flake8 prints them."""
    options = flake8_options(flake8_table(str(root)), 79)
    found = lint(str(root), [LintJob(tuple(FILES), options)], 1)
    rows = [finding for findings in found.values() for finding in findings]
    return sorted(
        f"{row.path}:{row.location.line}:{row.location.column}: {row.message}" for row in rows
    )


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is found without any option."""
    root = tmp_path_factory.mktemp("plain")
    say(root, "")
    return ours(root)


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_has_its_effect(tmp_path: Path, plain: list[str], name: str) -> None:
    """The findings are flake8's own, and others than without the option."""
    say(tmp_path, OPTIONS[name])
    found = ours(tmp_path)
    assert found == by_hand(tmp_path)
    assert found != plain


def test_no_option_at_all(tmp_path: Path) -> None:
    """flake8's defaults hold, and the sample has something to find in all of them."""
    say(tmp_path, "")
    found = ours(tmp_path)
    assert found == by_hand(tmp_path)
    codes = {line.split(" ")[1][:2] for line in found}
    assert codes == {"E1", "E2", "E3", "E4", "E5", "E7", "F4", "F6", "F8", "W6"}


def test_a_place_that_upsets_patterns(tmp_path: Path) -> None:
    """A root with blanks, brackets, colons and commas is no different from any other."""
    say(tmp_path / "plain", OPTIONS["per-file-ignores"])
    say(tmp_path / "a b,c:d[e]*", OPTIONS["per-file-ignores"])
    assert ours(tmp_path / "a b,c:d[e]*") == ours(tmp_path / "plain") == by_hand(tmp_path / "plain")


def test_a_configuration_in_a_folder(tmp_path: Path) -> None:
    """Paths in the options of a part of the repository start at that part."""
    say(tmp_path / "part", "per-file-ignores = tests/*:F\nexclude = tests/deep")
    options = flake8_options(flake8_table(str(tmp_path / "part")), 79)
    paths = [f"part/{path}" for path in FILES]
    found = lint(str(tmp_path), [LintJob(paths, options)])
    rows = sorted(
        f"{one.path}:{one.location.line}:{one.location.column}: {one.message}".removeprefix("part/")
        for findings in found.values()
        for one in findings
    )
    assert rows == by_hand(tmp_path / "part")


CROWDED = "def stub(): ...\n\n\nx = [1][0 :1]\nif x: y = (x\n             + 1)\nclass A: ...\n"


def codes_of(root: Path, config: str, text: str) -> list[str]:
    """The codes that are found in a file of ``text`` under ``config``."""
    (root / ".flake8").write_text(f"[flake8]\n{config}\n", encoding="utf-8")
    (root / "a.py").write_text(text, encoding="utf-8")
    options = flake8_options(flake8_table(str(root)), 88)
    found = lint(str(root), [LintJob(["a.py"], options)])
    return [finding.message.split(" ")[0] for finding in found.get("a.py", ())]


@pytest.mark.parametrize(
    ("config", "left"),
    [
        ("", []),
        ("select = E,W", []),
        ("ignore = F", []),
        ("extend-select = E203", ["E203"]),
        ("select = E701,W503,E704,E203", ["E203", "E701", "E701", "E704", "W503"]),
    ],
)
def test_what_is_left_to_black(tmp_path: Path, config: str, left: list[str]) -> None:
    """What black writes on purpose is no finding, unless its very code is demanded."""
    found = codes_of(tmp_path, config, CROWDED)
    assert sorted(code for code in found if code in ("E203", "E701", "E704", "W503")) == left


def test_several_jobs(tmp_path: Path) -> None:
    """Each file is judged under the options of its own job."""
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("import os\nx = undefined\n", encoding="utf-8")
    plain = flake8_options(flake8_table(str(tmp_path)), 88)
    narrow = plain._replace(select=("F4",))
    found = lint(str(tmp_path), [LintJob(["a.py"], plain), LintJob(["b.py"], narrow)])
    said = {path: [one.message[:4] for one in findings] for path, findings in found.items()}
    assert said == {"a.py": ["F401", "F821"], "b.py": ["F401"]}
