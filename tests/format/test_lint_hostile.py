"""flake8 over a repository that wants its code run, and over names that upset a report."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from onex_tools.format.lint import LintJob, lint
from onex_tools.format.options import Flake8Options, flake8_options
from onex_tools.format.runner import settings
from onex_tools.format.tables import flake8_table

EVIL = "import os, pathlib\npathlib.Path({mark!r}).touch()\n"
MODULES = (
    *("flake8", "pycodestyle", "pyflakes", "mccabe", "evil", "sitecustomize", "usercustomize"),
    *("argparse", "tokenize", "multiprocessing", "ast", "importlib", "typing"),
)
CONFIG = """\
[flake8]
max-line-length = 88
enable-extensions = X
[flake8:local-plugins]
extension =
    X = evil:Plugin
report =
    default = evil:Plugin
paths = .
"""


def options_of(root: Path) -> Flake8Options:
    """The options that hold for flake8 in ``root``."""
    return flake8_options(flake8_table(str(root)), 88)


def plant(root: Path, mark: Path) -> None:
    """A repository every part of which writes ``mark`` when it runs."""
    code = EVIL.format(mark=str(mark))
    for name in MODULES:
        (root / f"{name}.py").write_text(code, encoding="utf-8")
    (root / "a.py").write_text("import os\n", encoding="utf-8")
    (root / "evil.pth").write_text(f"import sys; exec({code!r})\n", encoding="utf-8")
    (root / "pyproject.toml").write_text("[tool.flake8]\nrequire-plugins = 'evil'\n")
    for name in ("setup.cfg", "tox.ini", ".flake8"):
        (root / name).write_text(CONFIG, encoding="utf-8")
    info = root / "evil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[flake8.extension]\nX = evil:Plugin\n")


@pytest.mark.parametrize("processes", [1, 2])
def test_nothing_of_the_repository_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    """Neither its configuration nor modules named like flake8's own, wherever one starts."""
    root, mark = tmp_path / "repo", tmp_path / "ran"
    root.mkdir()
    plant(root, mark)
    monkeypatch.chdir(root)
    monkeypatch.setenv("PYTHONPATH", f"{root}{os.pathsep}.")
    monkeypatch.setenv("PYTHONSTARTUP", str(root / "evil.py"))
    monkeypatch.setenv("PYTHONUSERBASE", str(root))
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    paths = ["a.py", *(f"{name}.py" for name in MODULES)]
    found = lint(str(root), [LintJob(paths, options_of(root))], processes)
    assert not mark.exists()
    assert sorted(found) == sorted(paths)


def test_the_trap_works(tmp_path: Path) -> None:
    """What the test above looks for does happen where flake8 is simply run."""
    import subprocess

    mark = tmp_path / "ran"
    plant(tmp_path, mark)
    words = [sys.executable, "-P", "-m", "flake8", "a.py"]
    subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
    assert mark.exists()


def test_no_value_opens_a_section(tmp_path: Path) -> None:
    """A value or a name of an option cannot break out of its own line of the configuration."""
    import configparser

    out = "1\r[flake8:local-plugins]\rextension = X = evil:P\n[flake8:local-plugins]\n\rreport = e"
    options = options_of(tmp_path)._replace(
        per_file_ignores=out,
        builtins=(out,),
        others=(("inline_quotes", out), ("x\n[flake8:local-plugins]\nextension", "X = evil:P")),
    )
    parser = configparser.RawConfigParser()
    path = tmp_path / "made.ini"
    path.write_text(settings(str(tmp_path), options), encoding="utf-8")
    parser.read(path, encoding="utf-8")
    assert parser.sections() == ["flake8"]
    assert "extension" not in parser["flake8"] and "report" not in parser["flake8"]


NAMES = (
    *(" ", "a b.py", "-v.py", "--version", "--help.py", "-", "@", "@.py", "%s%(path)s.py"),
    *("new\nline.py", "a.py 1 1 'E1' 'x'\n'b.py' 1 1 'E2' 'y'.py", "tab\t.py", "quote'\".py"),
    *("back\\slash\\x41.py", "ütf.py", "日本.py", "a,b:c.py", "#.py", "[x].py", "~.py", "$HOME.py"),
    *(os.fsdecode(b"\xff\xfe.py"), "\u202e.py", "\x1b[31m.py", "\x7f.py", "deep/-/empty.py"),
)


@pytest.mark.parametrize("processes", [1, 2])
def test_names_of_any_kind(tmp_path: Path, processes: int) -> None:
    """Every file has its own finding, under its own name."""
    made = []
    for number, name in enumerate(NAMES):
        path = tmp_path / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n" * number + "x = undefined\n", encoding="utf-8")
        except OSError:  # a file system that has only names of UTF-8
            continue
        made.append(name)
    options = options_of(tmp_path)._replace(select=("F821",), filename=("*",))
    found = lint(str(tmp_path), [LintJob(made, options)], processes)
    assert {path: [one.location.line for one in rows] for path, rows in found.items()} == {
        name: [NAMES.index(name) + 1] for name in made
    }
    assert all(one.path == path for path, rows in found.items() for one in rows)


def test_a_text_that_looks_like_a_report(tmp_path: Path) -> None:
    """A message repeats names of the file: none of them makes another row."""
    key = repr("a\n'b.py' 1 1 'E999' 'x'")
    text = f"x = {{{key}: 1, {key}: 2}}\n"
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    found = lint(str(tmp_path), [LintJob(["a.py"], options_of(tmp_path)._replace(select=("F",)))])
    assert list(found) == ["a.py"]
    assert {one.message[:4] for one in found["a.py"]} == {"F601"}


def test_more_files_than_a_call_can_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that together exceed the system's limit are judged in several runs."""
    monkeypatch.setattr(os, "sysconf", lambda _: 4000)
    names = [f"{'long' * 20}{number}.py" for number in range(30)]
    for name in names:
        (tmp_path / name).write_text("import os\n", encoding="utf-8")
    found = lint(str(tmp_path), [LintJob(names, options_of(tmp_path))], 1)
    assert sorted(found) == sorted(names)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    """A file removed in the meantime is a finding that names it, not the place we run in."""
    (found,) = lint(str(tmp_path), [LintJob(["gone.py"], options_of(tmp_path))])["gone.py"]
    assert found.message.startswith("E902 FileNotFoundError") and "@" not in found.message
    assert (found.location.line, found.location.start, found.location.end) == (1, 0, 0)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the temporary folder nor in the repository, which the folder links to."""
    import tempfile

    root, scratch = tmp_path / "repo", tmp_path / "scratch"
    root.mkdir()
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    (root / "a.py").write_text("import os\n", encoding="utf-8")
    lint(str(root), [LintJob(["a.py"], options_of(root))])
    assert os.listdir(scratch) == []
    assert os.listdir(root) == ["a.py"]
