"""flake8 that cannot do its work is never taken for flake8 that has found nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from onex_tools.format import runner
from onex_tools.format.lint import (
    LintError,
    LintJob,
    known_options,
    lint,
    unknown_options,
    versions,
)
from onex_tools.format.options import Flake8Options, flake8_options
from onex_tools.format.tables import flake8_table
from onex_tools.model import Severity
from tests.conftest import CHECKOUT, Repository

PLUGIN = '''\
"""A plugin of flake8 for tests; what it does depends on the file it is given."""

import os
import signal
import sys
import time

class Plugin:
    name, version, greeting = "plug", "1", "hello"

    def __init__(self, tree, lines, filename):
        self.text, self.filename = "".join(lines), filename

    @classmethod
    def add_options(cls, manager):
        manager.add_option("--greeting", default="hello", parse_from_config=True)
        manager.add_option("--loud", action="store_true", parse_from_config=True)

    @classmethod
    def parse_options(cls, options):
        cls.greeting = options.greeting.upper() if options.loud else options.greeting
        if cls.greeting == "refuse":
            raise ValueError("no such greeting")

    def run(self):
        if "NOISE" in self.text:
            print("0\\n\'@/a.py\' 1 1 \'X1\' \'x\'\\n" * 3000)
        if "RAISE" in self.text:
            raise RuntimeError("secret-of-the-file " + self.text)
        if "EXIT" in self.text:
            os._exit(0)
        if "KILL" in self.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in self.text:
            time.sleep(60)
        yield 1, 0, f"XYZ100 {self.greeting}", type(self)

class Secretive:
    def __init__(self, tree):
        pass

    def run(self):
        yield 1, 0, "S105 Possible hardcoded password: 'hunter2'", type(self)
        yield 1, 0, "S900 " + "long " * 400, type(self)

class Optional:
    off_by_default = True

    def __init__(self, tree):
        pass

    def run(self):
        yield 1, 0, "OPT1 on", type(self)
'''
POINTS = "[flake8.extension]\nXYZ = plug:Plugin\nS = plug:Secretive\nOPT = plug:Optional\n"


@pytest.fixture(scope="module")
def plugged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has all that this one has, and a plugin of flake8."""
    place = tmp_path_factory.mktemp("plugged")
    venv.create(place, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    (site / "more.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (site / "plug.py").write_text(PLUGIN, encoding="utf-8")
    info = site / "plug-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plug\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS, encoding="utf-8")
    return place / "bin" / "python"


@pytest.fixture
def with_plugin(plugged: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """flake8 runs under the Python that has the plugin."""
    monkeypatch.setattr(sys, "executable", str(plugged))
    return plugged


def options_of(root: Path, config: str = "") -> Flake8Options:
    """The options that ``config`` is."""
    (root / ".flake8").write_text(f"[flake8]\n{config}\n", encoding="utf-8")
    return flake8_options(flake8_table(str(root)), 88)


def judge(root: Path, config: str = "", **files: str) -> dict[str, list[str]]:
    """The messages about files, whose names have no ending here."""
    for name, text in files.items():
        (root / f"{name}.py").write_text(text, encoding="utf-8")
    job = LintJob([f"{name}.py" for name in files], options_of(root, config))
    found = lint(str(root), [job], 2)
    return {path: [one.message for one in rows] for path, rows in found.items()}


@pytest.mark.usefixtures("with_plugin")
def test_a_plugin_and_its_options(tmp_path: Path) -> None:
    """An installed plugin runs, and is told what the project says to it."""
    assert judge(tmp_path, "select = XYZ", a="x = 1\n") == {"a.py": ["XYZ100 hello"]}
    loud = "select = XYZ\ngreeting = good day\nloud = yes"
    assert judge(tmp_path, loud, a="x = 1\n") == {"a.py": ["XYZ100 GOOD DAY"]}


@pytest.mark.usefixtures("with_plugin")
def test_an_extension_that_is_off(tmp_path: Path) -> None:
    """It runs where the project enables it."""
    assert judge(tmp_path, "select = OPT", a="x = 1\n") == {}
    config = "select = OPT\nenable-extensions = OPT"
    assert judge(tmp_path, config, a="x = 1\n") == {"a.py": ["OPT1 on"]}


@pytest.mark.usefixtures("with_plugin")
def test_a_plugin_that_is_required(tmp_path: Path) -> None:
    """It is missed where it is not installed."""
    assert judge(tmp_path, "select = XYZ\nrequire-plugins = plug", a="x = 1\n")
    with pytest.raises(LintError, match=r"required plugins .* missing: flake8-nowhere"):
        judge(tmp_path, "require_plugins = flake8-nowhere,plug", a="x = 1\n")


@pytest.mark.usefixtures("with_plugin")
def test_options_that_nobody_knows(tmp_path: Path) -> None:
    """They are named; options of an installed plugin are not, and flake8 runs all the same."""
    config = "select = XYZ\ngreeting = hi\ninline-quotes = double\ndocstring_convention = google"
    assert judge(tmp_path, config, a="x = 1\n") == {"a.py": ["XYZ100 hi"]}
    unknown = unknown_options(options_of(tmp_path, config), known_options())
    names = ["docstring-convention", "inline-quotes"]
    assert [said.message.partition("`")[2] for said in unknown] == [f"{name}`" for name in names]


def test_what_broke_once_is_not_remembered(plugged: Path, git_repo: Repository) -> None:
    """The next time flake8 is asked again: nothing of the file was at fault."""
    git_repo.write("a.py", 'x = "RAISE"\n')
    home = os.pathsep.join(map(str, (CHECKOUT, CHECKOUT / "validators")))
    (plug,) = plugged.parent.parent.rglob("plug.py")

    def check() -> str:
        words = [str(plugged), "-P", "-m", "onex_tools", "format", "--check"]
        env = git_repo.environment(PYTHONPATH=home)
        return subprocess.run(
            words, cwd=git_repo.root, env=env, capture_output=True, text=True, check=False
        ).stdout

    assert "flake8 fails on this file: RuntimeError" in check()
    assert "flake8 fails on this file: RuntimeError" in check()
    try:  # of another length, or Python may take the one that it has compiled within this second
        plug.write_text(PLUGIN.replace('"RAISE"', '"NOWHERE"'), encoding="utf-8")
        assert "flake8 fails" not in check()
        plug.write_text(PLUGIN, encoding="utf-8")
        assert "flake8 fails" not in check()  # what it said of the file is remembered
    finally:
        plug.write_text(PLUGIN, encoding="utf-8")


@pytest.mark.usefixtures("with_plugin")
@pytest.mark.parametrize("fault", ["RAISE", "EXIT", "KILL"])
def test_one_file_that_breaks_flake8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """It is one finding, and no other file is silenced."""
    monkeypatch.setattr(runner, "FEW", 99)  # a process killed in a pool is a hang, tested below
    texts = {f"a{number}": "import os\n" for number in range(5)}
    found = judge(tmp_path, "select = F,XYZ", **texts, bad=f"x = '{fault}'\n")
    (said,) = found.pop("bad.py")
    kind = "RuntimeError" if fault == "RAISE" else "it gives no reason"
    assert said == f"flake8 fails on this file: {kind}"
    expected = ["F401 'os' imported but unused", "XYZ100 hello"]
    assert {path: sorted(rows) for path, rows in found.items()} == {
        f"{name}.py": expected for name in texts
    }


@pytest.mark.usefixtures("with_plugin")
def test_a_file_that_breaks_it_is_an_error(tmp_path: Path) -> None:
    """The finding is an error, and repeats nothing of the file."""
    (tmp_path / "bad.py").write_text("x = 'RAISE token'\n", encoding="utf-8")
    (found,) = lint(str(tmp_path), [LintJob(["bad.py"], options_of(tmp_path))])["bad.py"]
    assert found.severity is Severity.ERROR
    assert "secret" not in found.message and "token" not in found.message


@pytest.mark.usefixtures("with_plugin")
def test_a_plugin_that_is_noisy(tmp_path: Path) -> None:
    """What a plugin prints is no part of the report."""
    texts = {f"a{number}": "x = 'NOISE'\n" for number in range(12)}
    found = judge(tmp_path, "select = XYZ", **texts)
    assert found == {f"{name}.py": ["XYZ100 hello"] for name in texts}


@pytest.mark.usefixtures("with_plugin")
def test_a_plugin_that_breaks_on_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few files it is flake8 that is broken."""
    monkeypatch.setattr(runner, "FEW", 99)
    texts = {f"a{number}": "x = 'RAISE'\n" for number in range(20)}
    with pytest.raises(LintError, match="fails on many files \\(RuntimeError\\)"):
        judge(tmp_path, **texts)


@pytest.mark.usefixtures("with_plugin")
@pytest.mark.parametrize("count", [1, 12])
def test_a_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """flake8 that does not end is ended, with the processes that it has made."""
    monkeypatch.setattr(runner, "LINT_SECONDS", 3.0 - 2 * count)
    texts = {f"a{number}": "x = 'HANG'\n" for number in range(count)}
    with pytest.raises(LintError, match="did not end within 3 seconds"):
        judge(tmp_path, **texts)


@pytest.mark.usefixtures("with_plugin")
@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("greeting = refuse", "no such greeting"),
        ("extend-ignore = E203 # why", "does not match"),
        ("per-file-ignores = F401", "per-file-ignores"),
    ],
)
def test_settings_that_flake8_refuses(tmp_path: Path, config: str, said: str) -> None:
    """What is wrong with them is said, in one line."""
    with pytest.raises(LintError, match=said) as caught:
        judge(tmp_path, config, a="import os\n")
    assert "\n" not in caught.value.message and len(caught.value.message) < 400
    assert caught.value.help


@pytest.mark.usefixtures("with_plugin")
def test_a_message_that_tells_a_secret(tmp_path: Path) -> None:
    """A password that a plugin repeats is left out; what is endless is cut."""
    password, endless = judge(tmp_path, "select = S", a="x = 1\n")["a.py"]
    assert password == "S105 Possible hardcoded password"
    assert len(endless) < 320


def test_flake8_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LintError, match="not installed") as caught:
        judge(tmp_path, a="import os\n")
    assert "onex[format]" in caught.value.help


def test_a_program_that_is_not_flake8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Success without a report is no success."""
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    with pytest.raises(LintError, match="flake8 fails: it gives no reason"):
        judge(tmp_path, a="import os\n")


def test_a_python_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that cannot be started is an error of ours, not of the system's."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with pytest.raises(LintError, match="cannot be started: No such file"):
        judge(tmp_path, a="import os\n")


def test_no_folder_to_run_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which variable names one."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(LintError, match="no folder to run in") as caught:
        judge(tmp_path, a="import os\n")
    assert "TMPDIR" in caught.value.help


def test_no_file_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is to be judged, nothing is started."""
    monkeypatch.setattr(sys, "executable", "/nowhere")
    assert lint(str(tmp_path), [LintJob([], options_of(tmp_path))]) == {}
    assert judge(tmp_path, "exclude = a.py", a="import os\n") == {}


def test_deep_code(tmp_path: Path) -> None:
    """Code nested deeper than flake8 can follow is a finding, not the end of the run."""
    deep = "x = " + "-" * 3000 + "1\n"
    found = judge(tmp_path, "select = F,E9", deep=deep, a="import os\n")
    assert found["a.py"] == ["F401 'os' imported but unused"]
    assert len(found["deep.py"]) == 1


def test_versions() -> None:
    """The parts of flake8 are named with their versions."""
    names = [name.partition("-")[0] for name in versions()]
    assert {"flake8", "pycodestyle", "pyflakes", "mccabe"} <= set(names)
    assert all(any(letter.isdigit() for letter in name) for name in versions())
