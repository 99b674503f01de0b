"""What every test shares: a place for the cache, and a repository to check."""

from __future__ import annotations

import atexit
import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.ready import PATIENCE, Ready

ALL_FILES = bool(os.environ.get("ONEX_ALL_FILES"))
"""Every real file and many more generated ones; else so many that the suite takes minutes."""


def examples(count: int) -> int:
    """``count`` generated inputs where ONEX_ALL_FILES is set, else a quarter of them."""
    return count if ALL_FILES else max(count // 4, 15)


# A loaded machine is slow at making input: that says nothing about what is tested.
settings.register_profile(
    "calm",
    max_examples=300 if ALL_FILES else 30,
    suppress_health_check=[HealthCheck.too_slow],
    deadline=None,
)
settings.load_profile("calm")
HERE = Path(__file__).parent
CHECKOUT = HERE.parent
SHARED = CHECKOUT.parent / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """Make the byte code that the processes of tests look for, and are told not to write."""
    if not hasattr(config, "workerinput"):
        for folder in ("onex_tools", "validators"):
            compileall.compile_dir(CHECKOUT / folder, quiet=2)


@cache
def ready() -> Ready:
    """The process that runs of ``onex`` are forked from, started when the first one comes."""
    made = Ready()
    atexit.register(made.close)
    return made


class Repository:
    """A folder under test, and ``onex`` run in it as a person would."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root, self.cache = root, cache
        root.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the root, its folders too."""
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text if isinstance(text, bytes) else text.encode())
        return full

    def write_all(self, files: Mapping[str, str | bytes]) -> None:
        """Write several files."""
        for path, text in files.items():
            self.write(path, text)

    def environment(self, **more: str) -> dict[str, str]:
        """A clean environment: our cache, no colours, no user configuration of git."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ONEX_", "GIT_")) and name not in ("NO_COLOR", "FORCE_COLOR")
        }
        own = {
            "ONEX_CACHE_DIR": str(self.cache),
            "ONEX_TRUST_FILE": str(self.cache / "trust.json"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "t",
            "GIT_AUTHOR_EMAIL": "t@example.org",
            "GIT_COMMITTER_NAME": "t",
            "GIT_COMMITTER_EMAIL": "t@example.org",
            # Debuggers' and coverage's start-up hooks are not part of what is tested.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return {**kept, **own, **more}

    def onex(self, *arguments: str, stdin: bytes | None = None, **env: str) -> Run:
        """Run ``onex`` in the root."""
        whole = self.environment(**env)
        if Ready.takes(whole):
            done = ready().run(arguments, self.root, whole, stdin or b"")
        else:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "onex_tools", *arguments],
                cwd=self.root,
                env=whole,
                input=stdin or b"",
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def git(self, *arguments: str) -> str:
        """Run git in the root."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=self.environment(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def codes(self, *arguments: str, **env: str) -> list[str]:
        """``path:line CODE`` of every finding."""
        run = self.onex("validate", "--output-format", "json", *arguments, **env)
        assert run.code in (0, 1, 2), run
        return [
            f"{finding['path']}:{finding['line']} {finding['code']}"
            for finding in run.json()["findings"]
        ]


class Run:
    """A finished command: exit code, output, errors."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        assert "Traceback" not in err, err

    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)

    def __repr__(self) -> str:
        return f"exit {self.code}\n{self.out}\n{self.err}"


@pytest.fixture(scope="module")
def excerpts() -> Iterator[None]:
    """What is near some places is looked for in every YAML text, however short."""
    from onex_tools.structure import excerpt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(excerpt, "WORTH", 0)
        patch.setattr(excerpt, "DENSE", 0)
        yield


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cached catalogue of the built-in rules, made once: it costs more than most tests."""
    place = tmp_path_factory.mktemp("catalogue")
    repository = Repository(place / "repo", place / "cache")
    assert repository.onex("rules").code == 0
    return place / "cache" / "catalogues"


@pytest.fixture
def repo(tmp_path: Path, catalogues: Path) -> Repository:
    """An empty folder without git."""
    shutil.copytree(catalogues, tmp_path / "cache" / "catalogues")
    return Repository(tmp_path / "repo", tmp_path / "cache")


@pytest.fixture
def git_repo(repo: Repository) -> Repository:
    """An empty git repository."""
    repo.git("init", "--quiet", "--initial-branch=main")
    return repo


@pytest.fixture
def shared() -> Path:
    """The published examples beside the checkout; the test is skipped where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def fault_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that lets calls below a folder fail when it is preloaded; see ``fault.c``."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if sys.platform != "linux":
        pytest.skip("calls are only replaced on Linux")
    if compiler is None:
        pytest.skip("needs a C compiler")
    made = tmp_path_factory.mktemp("fault") / "fault.so"
    words = [compiler, "-shared", "-fPIC", "-o", str(made), str(HERE / "fault.c"), "-ldl"]
    subprocess.run(words, check=True, capture_output=True)
    return made


def make_environment(interpreter: str, folder: Path) -> None:
    """Make an environment with pip for ``interpreter``, in a fifth of the time of ``venv``."""
    words = [sys.executable, "-m", "virtualenv", "--quiet", "--no-periodic-update"]
    subprocess.run([*words, "--python", interpreter, str(folder)], check=True)


def some(paths: Iterable[Path], every: int) -> list[Path]:
    """Each ``every``-th of the sorted ``paths``; all of them where ONEX_ALL_FILES is set."""
    return sorted(paths)[:: 1 if ALL_FILES else every]


@contextmanager
def no_hang(seconds: int = 60) -> Iterator[None]:
    """End a test that would not end by itself, after a minute of this process's CPU.

    It is no bound on how fast something is: what is run below takes a fraction of a second, and
    hours where the time grows with the square of the input or faster. With fewer ``seconds``,
    which must be many times what is needed, less input shows that.
    """

    def stop(*_: object) -> None:
        raise TimeoutError(f"{seconds} s of CPU are used up: this input hangs it")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
