"""``onex`` in a process of its own, without starting Python anew for each of thousands of runs.

A parent imports what ``onex`` is made of, once. For every run it forks: the child gets the
arguments, the folder, the environment and the three streams of the run, and is otherwise what
``python -m onex_tools`` is. What Python reads from its environment as it starts does not reach the
child, so a run with such a variable has to start Python; see ``Ready.takes``.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onex_tools
import onex_validators

PATIENCE = 120
"""Seconds after which a run is taken for a hang."""


class Ready:
    """The parent, seen from the tests: one for each process that runs tests."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ours.settimeout(PATIENCE)
        with theirs:
            words = [sys.executable, "-P", __file__, str(theirs.fileno())]
            home = os.pathsep.join(path for path in sys.path if path)
            self._parent = subprocess.Popen(
                words, pass_fds=[theirs.fileno()], env={**os.environ, "PYTHONPATH": home}
            )

    @staticmethod
    def takes(env: Mapping[str, str]) -> bool:
        """Whether a run with ``env`` finds all of it in a child."""
        return all(
            os.environ.get(name) == env.get(name)
            for name in {*env, *os.environ}
            if name.startswith(("PYTHON", "LC_", "LANG", "LD_")) and name not in _HARMLESS
        )

    def run(
        self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str], stdin: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        """Run ``onex``: exit code, output and errors, as ``subprocess.run`` gives them."""
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
            tempfile.TemporaryFile() as said,
        ):
            given.write(stdin)
            given.seek(0)
            said.write(json.dumps([list(arguments), str(cwd), dict(env)]).encode())
            said.flush()
            files = [stream.fileno() for stream in (said, given, out, err)]
            formats = [*arguments[:1]] == ["format"]
            socket.send_fds(self._ours, [b"format" if formats else b"run"], files)
            try:
                code = int(self._ours.recv(100))
            except TimeoutError:
                self._parent.kill()  # or its late answer would be taken for that of the next run
                raise
            for stream in (out, err):
                stream.seek(0)
            return subprocess.CompletedProcess(arguments, code, out.read(), err.read())

    def close(self) -> None:
        """End the parent."""
        self._ours.close()
        self._parent.wait(PATIENCE)


_HARMLESS = ("PYTHONDONTWRITEBYTECODE",)


def _serve(number: int) -> None:
    """Fork for every message, until the other end is closed."""
    _load()
    with socket.socket(fileno=number) as link:
        while True:
            message, files, _, _ = socket.recv_fds(link, 10, 4)
            if not message:
                return
            if message == b"format":
                _load_formatters()
            child = os.fork()
            if child == 0:
                link.close()
                _be(files)
            for file in files:
                os.close(file)
            link.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _load() -> None:
    """Import what runs are made of, but for what `_load_formatters` does."""
    for package in (onex_tools, onex_validators):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def _load_formatters() -> None:
    """Import the tools of the extra: they cost as much as a run, and not all tests format."""
    for name in ("black", "isort.api", "isort.profiles", "isort.settings"):
        importlib.import_module(name)


def _be(files: Sequence[int]) -> None:
    """Become the run that the first of ``files`` describes; does not return."""
    code = 70
    try:
        said, *streams = files
        os.lseek(said, 0, os.SEEK_SET)
        arguments, cwd, env = json.loads(_all_of(said))
        os.close(said)
        for place, file in enumerate(streams):
            os.dup2(file, place)
            os.close(file)
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd)
        import onex_tools.__main__ as module

        sys.argv = [module.__file__, *arguments]
        sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115
        code = _main()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _all_of(file: int) -> bytes:
    parts = []
    while part := os.read(file, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _main() -> Any:
    from onex_tools.cli import main

    try:
        return main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
