"""Where the measuring is done: tools and folders of its own, and processes whose use is counted."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
WORK = CHECKOUT / ".bench"
TOOLS = (
    "ruff>=0.8,<1",
    "flake8>=7,<8",
    "interrogate>=1.7,<2",
    "pydocstyle>=6.3,<7",
    "pydoclint>=0.12,<1",
    "reuse>=6.2,<7",
    "insert-license-header>=1.3,<2",
    "pyaddlicense>=0.3,<1",
    "kingfisher-bin>=2,<3",
    "detect-secrets>=1.5,<2",
)
"""The public tools that onex is measured against, from the package registry."""
WARMUPS = 2
"""Runs of each command that are not counted: they write byte code and fill caches."""
UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "PYTHONPROFILEIMPORTTIME")
"""What an installed tool does not run under: byte code is kept, output is buffered."""


class Figure(NamedTuple):
    """The median of several runs, and how far they lie apart."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """The figure of one value or more."""
        ordered = sorted(values)
        half = len(ordered) // 2
        # The module of this name would double the memory below which no peak can be seen.
        median = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
        return cls(median, ordered[0], ordered[-1])


class Usage(NamedTuple):
    """What one run used: CPU and wall seconds, and the memory in MiB of its largest process."""

    cpu: float
    wall: float
    peak: float


class Command(NamedTuple):
    """A command to measure.

    Attributes:
        name: as the table shows it.
        words: program and arguments.
        base: the commands whose time, summed, it is compared with, run for run.
        limit: the most that the ratio to ``base`` should be, or 0.
        budget: the most CPU seconds that it should take, or 0.
        more: the most CPU seconds that it should take more than ``base``, or 0.
        by: what is compared: ``cpu`` or ``wall``.
        exits: the exit codes that a run of it may have.
        before: what has to happen before every run, uncounted.
    """

    name: str
    words: Sequence[str]
    base: Sequence[str] = ()
    limit: float = 0.0
    budget: float = 0.0
    exits: Sequence[int] = (0,)
    before: Callable[[], None] | None = None
    more: float = 0.0
    by: Literal["cpu", "wall"] = "cpu"


class Row(NamedTuple):
    """A line of a table: what a command used, and its ratio to what it is compared with.

    ``more`` is how many seconds it took more than that.
    """

    command: Command
    cpu: Figure
    wall: Figure
    peak: float
    ratio: Figure | None
    more: Figure | None = None


class BenchError(Exception):
    """Something cannot be measured; the message says what and why."""


class Lab:
    """The folder of the benchmarks, their tools, and the environment that children run in."""

    def __init__(self, scale: float = 1.0) -> None:
        self.work = WORK
        self._scale = scale
        self._tools: Path | None = None

    @property
    def onex(self) -> str:
        """The console script that users run, of this very environment."""
        return str(Path(sysconfig.get_path("scripts")) / "onex")

    @property
    def python(self) -> str:
        """The interpreter that ``onex`` runs under."""
        return sys.executable

    def tool(self, name: str) -> str:
        """The console script of a public tool, installed first if need be."""
        if self._tools is None:
            self._tools = _installed(self.work / "tools")
        return str(self._tools / name)

    def own(self, name: str) -> str:
        """The console script of a tool that onex itself uses, in its own environment."""
        return str(Path(sysconfig.get_path("scripts")) / name)

    def versions(self, names: Sequence[str]) -> list[str]:
        """Every one of the packages ``names`` among the public tools, with its version."""
        if not names:
            return []
        asks = (
            "import sys; from importlib.metadata import version\n"
            "for name in sys.argv[1:]: print(name, version(name))"
        )
        return self.output(self.work, [self.tool("python"), "-c", asks, *names]).splitlines()

    def environment(self) -> dict[str, str]:
        """The variables of every child: caches of our own, byte code as after an installation."""
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        return {
            **kept,
            "ONEX_CACHE_DIR": str(self.work / "onex-cache"),
            "RUFF_CACHE_DIR": str(self.work / "ruff-cache"),
            "BLACK_CACHE_DIR": str(self.work / "black-cache"),
            "NO_COLOR": "1",
        }

    def compare(
        self, folder: Path, commands: Sequence[Command], runs: int, warmups: int = WARMUPS
    ) -> list[Row]:
        """Run ``commands`` in turn, A B A B, ``runs`` times after ``warmups``; a row for each.

        Raises:
            BenchError: a command had an exit code that it should not have.
        """
        for command in commands:
            for _ in range(warmups):
                self.run(folder, command)
        used: dict[str, list[Usage]] = {command.name: [] for command in commands}
        counted = max(min(runs, 3), round(runs * self._scale))
        for number in range(counted):
            _say(f"  run {number + 1} of {counted}")
            for command in commands:
                used[command.name].append(self.run(folder, command))
        return [row_of(command, used) for command in commands]

    def run(self, folder: Path, command: Command) -> Usage:
        """Run ``command`` once inside ``folder``.

        Raises:
            BenchError: its exit code is none of those that it may have.
        """
        if command.before is not None:
            command.before()
        usage, code, said = spend(command.words, folder, self.environment())
        if code not in command.exits:
            raise BenchError(f"{command.name}: exit code {code}\n{said}")
        return usage

    def output(self, folder: Path, words: Sequence[str], exits: Sequence[int] = (0,)) -> str:
        """What a command prints; for what is asked, not measured."""
        done = subprocess.run(
            words, cwd=folder, env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode not in exits:
            raise BenchError(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
        return done.stdout


def spend(
    words: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> tuple[Usage, int, str]:
    """Run a process to its end; what it and all its children used, its exit code, its errors.

    The system's own account of the finished process is read, so start and end are included.
    """
    WORK.mkdir(exist_ok=True)
    with open(WORK / "errors.txt", "w+b") as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    per_mib = 1024 * 1024 if sys.platform == "darwin" else 1024
    usage = Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / per_mib)
    return usage, process.returncode, said


def row_of(command: Command, used: Mapping[str, Sequence[Usage]]) -> Row:
    """The row of ``command``, from what all commands ``used``, by name and run for run."""
    own = used[command.name]
    ratio = more = None
    if command.base:
        mine = [_time(usage, command) for usage in own]
        theirs = [
            sum(_time(usage, command) for usage in turn)
            for turn in zip(*(used[n] for n in command.base), strict=True)
        ]
        pairs = list(zip(mine, theirs, strict=True))
        ratio = Figure.of([a / b for a, b in pairs])
        more = Figure.of([a - b for a, b in pairs])
    return Row(
        command,
        Figure.of([usage.cpu for usage in own]),
        Figure.of([usage.wall for usage in own]),
        max(usage.peak for usage in own),
        ratio,
        more,
    )


def _time(usage: Usage, command: Command) -> float:
    return usage.wall if command.by == "wall" else usage.cpu


def _installed(place: Path) -> Path:
    """The scripts of a virtual environment with the public tools; made once."""
    ready = place / "ready.txt"
    wanted = "\n".join((sys.version, *TOOLS))
    if not ready.exists() or ready.read_text(encoding="utf-8") != wanted:
        import venv

        _say(f"installing {', '.join(TOOLS)}")
        venv.create(place, with_pip=True, clear=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *TOOLS], check=True)
        ready.write_text(wanted, encoding="utf-8")
    return place / "bin"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
