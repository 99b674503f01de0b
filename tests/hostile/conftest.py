"""The ground for hostile input: ``onex`` run within limits, and what must hold after every run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

SECONDS = 60
"""A hang guard: no case comes near it on a machine that is not overloaded."""
MOST_BYTES = 512 << 20
FAULT = b"def public():\n    pass\n"
"""Two findings, DCS001 and DCS005: proof that a file was checked."""
NOBODY = 65534
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNIT = 1 if sys.platform == "darwin" else 1024


class Outcome(NamedTuple):
    """A finished run: exit code, what it printed, and what it cost."""

    code: int
    out: str
    err: str
    cpu: float
    peak: int

    def json(self) -> Any:
        """The output as strict JSON."""
        return strict_json(self.out)

    def found(self) -> set[tuple[str, str]]:
        """Path and code of every finding of a JSON report."""
        return {(row["path"], row["code"]) for row in self.json()["findings"]}

    def messages(self, path: str) -> list[str]:
        """The messages about ``path`` in a JSON report."""
        return [row["message"] for row in self.json()["findings"] if row["path"] == path]


def strict_json(text: str) -> Any:
    """``text`` as JSON, without NaN, repeated keys and lone surrogates."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(pairs) == len({key for key, _ in pairs})
        return dict(pairs)

    value = json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def assert_printable(text: str) -> None:
    """No character of ``text`` steers a terminal or turns its letters around."""
    for char in set(text) - {"\n", "\t"}:
        assert unicodedata.category(char) not in ("Cc", "Cs"), ascii(char)
        assert char not in _BIDI, ascii(char)


def manifest(root: Path) -> dict[str, tuple[int, ...]]:
    """Everything below ``root``, ``.git`` too: mode, size, time and inode by path."""
    rows: dict[str, tuple[int, ...]] = {}
    folders = [os.fsencode(root)]
    while folders:
        folder = folders.pop()
        try:
            entries = [(entry, entry.stat(follow_symlinks=False)) for entry in os.scandir(folder)]
        except OSError:
            continue
        for entry, now in entries:
            rows[os.fsdecode(entry.path)] = (now.st_mode, now.st_size, now.st_mtime_ns, now.st_ino)
            if stat.S_ISDIR(now.st_mode):
                folders.append(entry.path)
    return rows


class Ground:
    """A tree to be attacked with, a cache, and a canary that must never be there.

    Attributes:
        root: the checked tree.
        cache: the folder of the cache.
        aside: a folder outside of the tree, for reports and for what links lead to.
        canary: what planted programs would write.
    """

    def __init__(self, base: Path) -> None:
        self.base = base
        self.root, self.cache = base / "repo", base / "cache"
        self.aside, self.canary = base / "aside", base / "canary"
        self.root.mkdir(parents=True)
        self.aside.mkdir()

    # Making the tree -------------------------------------------------------------------------

    def write(self, path: str | bytes, data: str | bytes = FAULT) -> bytes:
        """Write a file below the root, its folders too; gives its full path."""
        full = os.path.join(os.fsencode(self.root), os.fsencode(path))
        self._make_folders(os.path.dirname(full))
        with open(full, "wb") as stream:
            stream.write(data if isinstance(data, bytes) else data.encode())
        return full

    def _make_folders(self, folder: bytes) -> None:
        """As ``os.makedirs``, which recurses, for folders of any depth."""
        missing = []
        while not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        for one in reversed(missing):
            os.mkdir(one)

    def write_all(self, files: Mapping[str, str | bytes]) -> None:
        """Write several files."""
        for path, data in files.items():
            self.write(path, data)

    def program(self, name: str = "program") -> str:
        """The path of an executable outside of the tree that writes the canary."""
        path = self.aside / name
        path.write_text(f"#!/bin/sh\necho {name} ran >> '{self.canary}'\ncat\n")
        path.chmod(0o755)
        return str(path)

    def git(self, *arguments: str, **env: str) -> str:
        """Run git in the root."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=self.environment(**env),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode(errors="replace")

    def commit(self, message: str = "a commit") -> None:
        """Make the root a repository where it is none, and commit everything."""
        if not (self.root / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def local_rule(self, body: str, *, config: str = "") -> None:
        """A rule file of the repository; ``body`` is that of ``check(self, file)``."""
        lines = "\n".join("        " + line for line in body.strip("\n").splitlines())
        self.write("tools/rules.py", _RULE.format(body=lines))
        self.write("onex.toml", f'local-rules = ["tools/rules.py"]\n{config}')

    # Running ---------------------------------------------------------------------------------

    def environment(self, **more: str) -> dict[str, str]:
        """A clean environment: our cache, no colours, no user configuration of git."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ONEX_", "GIT_", "PYTHON"))
            and name not in ("NO_COLOR", "FORCE_COLOR")
        }
        own = {
            "ONEX_CACHE_DIR": str(self.cache),
            "ONEX_TRUST_FILE": str(self.base / "trust.json"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "t",
            "GIT_AUTHOR_EMAIL": "t@example.org",
            "GIT_COMMITTER_NAME": "t",
            "GIT_COMMITTER_EMAIL": "t@example.org",
        }
        return {**kept, **own, **more}

    def start(
        self,
        *arguments: str | bytes,
        command: Sequence[str] | None = None,
        **popen: Any,
    ) -> subprocess.Popen[bytes]:
        """``onex`` in the root, in a session of its own."""
        settings: dict[str, Any] = {
            "cwd": self.root,
            "env": self.environment(),
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "start_new_session": True,
        }
        full = [*(command or ONEX), *arguments]
        return subprocess.Popen(full, **{**settings, **popen})

    def onex(
        self,
        *arguments: str | bytes,
        codes: Sequence[int] = (0, 1, 2),
        stdin: bytes | int = b"",
        command: Sequence[str] | None = None,
        seconds: float = SECONDS,
        peak: int = MOST_BYTES,
        user: int | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str | None] | None = None,
    ) -> Outcome:
        """Run ``onex`` and see that whatever it met it behaved; gives what it said."""
        environment = self.environment()
        for name, value in (env or {}).items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value
        before = manifest(self.root)
        with open(self.base / "in", "w+b") as given:
            if isinstance(stdin, bytes):
                given.write(stdin)
                given.seek(0)
            with open(self.base / "out", "w+b") as out, open(self.base / "err", "w+b") as err:
                process = self.start(
                    *arguments,
                    command=command if user is None else (*AS_SOMEBODY, str(user)),
                    cwd=cwd or self.root,
                    env=environment,
                    stdin=given if isinstance(stdin, bytes) else stdin,
                    stdout=out,
                    stderr=err,
                )
                outcome = _await(process, seconds, out, err)
        shown = f"exit {outcome.code}\n{outcome.out[:4000]}\n{outcome.err[:4000]}"
        assert outcome.code in codes, shown
        assert "Traceback" not in outcome.err, outcome.err
        assert "Warning:" not in outcome.err, outcome.err
        assert_printable(outcome.out)
        assert_printable(outcome.err)
        assert outcome.peak < peak, f"{outcome.peak / (1 << 20):.0f} MiB"
        assert not self.canary.exists(), f"something was executed: {self.canary.read_text()}"
        assert manifest(self.root) == before, "the tree was written to"
        return outcome

    def check(self, *arguments: str | bytes, **options: Any) -> Outcome:
        """``onex validate`` with a JSON report."""
        outcome = self.onex("validate", "--output-format", "json", *arguments, **options)
        if outcome.out:
            outcome.json()
        return outcome


ONEX = (sys.executable, "-P", "-m", "onex_tools")
_DROP = """
import os, sys, tempfile
from onex_tools.cli import main

user, *words = sys.argv[1:]
# Whoever it is may not be able to read the interpreter: a first run imports all that is needed.
places = {name: os.environ.get(name) for name in ("ONEX_CACHE_DIR",)}
with tempfile.TemporaryDirectory() as scratch:
    os.environ["ONEX_CACHE_DIR"] = scratch
    streams, nothing = [os.dup(1), os.dup(2)], os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1), os.dup2(nothing, 2)
    main(words)
    sys.stdout.flush(), sys.stderr.flush()
    os.dup2(streams[0], 1), os.dup2(streams[1], 2)
os.environ.pop("ONEX_CACHE_DIR")
os.environ.update({name: place for name, place in places.items() if place is not None})
os.setgroups([]), os.setgid(int(user)), os.setuid(int(user))
sys.exit(main(words))
"""
AS_SOMEBODY = (sys.executable, "-P", "-c", _DROP)
_RULE = '''"""A rule for tests."""

import os
import signal
import sys

from onex_tools.api import Bad, Edit, Finding, Fix, Good, Location, Span, Validator


class FileIsThere(Validator):
    """A file is there."""

    code, name = "TST001", "file-is-there"
    files = ("*.txt",)
    examples = (Good("a.py"), Bad("a.txt"))

    def check(self, file):
{body}
        yield file.finding(self, None, "it is there")
'''


def _await(process: subprocess.Popen[bytes], seconds: float, out: Any, err: Any) -> Outcome:
    """Wait for ``process``; past ``seconds`` it and its children are killed, and the test fails."""
    late = threading.Event()

    def kill() -> None:
        late.set()
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(seconds, kill)
    timer.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    out.seek(0)
    err.seek(0)
    said = out.read(), err.read()
    assert not late.is_set(), f"no end after {seconds} s: {said[1][-2000:]!r}"
    cpu = usage.ru_utime + usage.ru_stime
    texts = [text.decode("utf-8") for text in said]
    return Outcome(process.returncode, *texts, cpu, usage.ru_maxrss * _UNIT)


@pytest.fixture
def ground(tmp_path: Path, catalogues: Path) -> Ground:
    """An empty tree without git; only the built-in rules are remembered from an earlier run."""
    made = Ground(tmp_path)
    shutil.copytree(catalogues, made.cache / "catalogues")
    return made


@pytest.fixture(scope="module")
def shared_ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One tree for all tests of a module."""
    yield Ground(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def needs_root() -> None:
    """The test drops privileges, so it needs them."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to become somebody else")
