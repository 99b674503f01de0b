"""flake8 in a process of its own, which has nothing of the checked repository at hand to import."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple, cast

from onex_tools.format.options import LEFT_TO_BLACK, Flake8Options
from onex_tools.format.patterns import rebased
from onex_tools.format.versions import INSTALL

LINT_SECONDS = 120.0
"""How long flake8 may take to start and end; two seconds for each file are added."""
FEW = 8
"""So many files are judged faster by one process than by several."""

_AT = "@"
"""The checked repository is a link of this name in the folder that flake8 runs in.

So no character of the place where it is can upset a pattern, and no file of it is at hand to be
imported: that folder is empty but for what is written into it here.
"""
_SETTINGS, _REPORT, _SAID, _COMPLAINED = "flake8.ini", "report", "said", "complained"
_EMPTY = "empty.py"
_FORMAT = "%(path)a %(row)d %(col)d %(code)a %(text)a"
"""Each text as ASCII in quotes: no path and no message can look like another row."""
_QUOTED = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_ROW = re.compile(rf"{_QUOTED} (-?\d+) (-?\d+) {_QUOTED} {_QUOTED}")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_PATTERN = re.compile(r"[^\s:,]+")
_BLACK = frozenset(LEFT_TO_BLACK)
_LONGEST = 300
_FAILED = re.compile(r"(?:^|[\s(:])([A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt))\b")


class LintError(Exception):
    """flake8 cannot do its work; ``help`` says what to do.

    ``path`` (absolute) and ``line`` are where the option is said that it takes offence at.
    """

    def __init__(self, message: str, help: str = "", path: str = "", line: int = 1) -> None:
        super().__init__(message)
        self.message, self.help, self.path, self.line = message, help, path, line


class Row(NamedTuple):
    """One line of flake8's report: path, line, column (both as flake8 counts), code, text."""

    path: str
    line: int
    column: int
    code: str
    text: str


class Runner:
    """flake8 under the options of one project; a context that makes and removes its folder."""

    def __init__(self, root: str, options: Flake8Options, processes: int) -> None:
        self._root, self._options, self._processes = root, options, processes

    def __enter__(self) -> Runner:
        self._made = _new_folder()
        self._folder = self._made.name
        os.symlink(self._root, os.path.join(self._folder, _AT))
        self._write(_SETTINGS, settings(self._root, self._options))
        self._write(_EMPTY, "")
        return self

    def __exit__(self, *_: object) -> None:
        self._made.cleanup()

    def _write(self, name: str, text: str) -> None:
        path = os.path.join(self._folder, name)
        with open(path, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)

    def rows(self, paths: Sequence[str]) -> list[Row] | None:
        """What flake8 reports of ``paths``; None if it did not do its work to the end.

        Raises:
            LintError: flake8 is not installed, or took too long and was killed.
        """
        return self._rows([f"{_AT}/{path}" for path in paths])

    def works(self) -> bool:
        """Whether flake8 does its work on an empty file of ours."""
        return self._rows([_EMPTY]) is not None

    def _rows(self, names: Sequence[str]) -> list[Row] | None:
        self._write(_REPORT, "")
        processes = 1 if len(names) < FEW else self._processes
        words = [
            *(f"--config={_SETTINGS}", f"--format={_FORMAT}", f"--output-file={_REPORT}"),
            *("--count", "--color=never", f"--jobs={processes}", *names),
        ]
        code = _run(self._folder, words, LINT_SECONDS + 2 * len(names))
        rows = [_row(line) for line in _text(self._folder, _REPORT).splitlines()]
        # flake8 also exits with 1 where a plugin or it itself broke off; but then it has not
        # printed, at the very end, the number of the rows that it wrote.
        said = _text(self._folder, _SAID).splitlines()
        whole = code == int(bool(rows)) and str(len(rows)) in said
        return cast("list[Row]", rows) if whole and None not in rows else None

    def reason(self) -> str:
        """What it says of its failure, in a line; only fit to show if no file was judged."""
        said = " ".join(_text(self._folder, _SAID).split())
        lines = _text(self._folder, _COMPLAINED).strip().splitlines() or [said]
        reason = said if said.startswith("There was") else lines[-1].strip()
        return shortened(reason or "it gives no reason")

    def failure(self) -> LintError:
        """Its failure where no file was judged, with the option that it speaks of."""
        reason, options = self.reason(), self._options
        message = f"flake8 fails: {reason}"
        for name, line in options.lines:
            written = name.replace("_", "-")
            if re.search(rf"(?<![\w-]){re.escape(written)}(?![\w-])", reason.replace("_", "-")):
                return LintError(message, f"correct `{written}`", options.path, line)
        return LintError(message, "run it by hand to see more")

    def kind(self) -> str:
        """The kind of its failure: the name of an exception, and nothing of any file."""
        texts = (_text(self._folder, name)[-2000:] for name in (_SAID, _COMPLAINED))
        names = _FAILED.findall("\n".join(texts))
        return names[-1] if names else "it gives no reason"


def known_options() -> frozenset[str]:
    """The options that flake8 has with its plugins, as they are written after ``--``.

    Raises:
        LintError: flake8 is not installed or does not start.
    """
    with _new_folder() as folder:
        code = _run(folder, ["--isolated", "--help"], LINT_SECONDS)
        said = _text(folder, _SAID)
    if code:
        raise LintError("flake8 does not start", "run flake8 --help to see why")
    return frozenset(re.findall(r"--([a-z0-9_-]+)", said))


def _new_folder() -> Any:
    import tempfile

    try:
        return tempfile.TemporaryDirectory(prefix="onex-")
    except OSError as error:
        raise LintError(
            f"flake8 has no folder to run in: {error.strerror}",
            "let TMPDIR name a folder that can be written to",
        ) from None


def _run(folder: str, words: Sequence[str], seconds: float) -> int:
    """Run flake8 in ``folder`` to its end; its exit code, minus the signal that ended it."""
    import subprocess
    from importlib.util import find_spec

    if find_spec("flake8") is None:
        raise LintError("flake8 is not installed", INSTALL)
    outputs = [os.path.join(folder, name) for name in (_SAID, _COMPLAINED)]
    with open(outputs[0], "wb") as said, open(outputs[1], "wb") as complained:
        try:
            child = subprocess.Popen(
                [*_python(), "-m", "flake8", *words],
                cwd=folder,
                env={**os.environ, "PYTHONSAFEPATH": "1"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=complained,
                process_group=0,
            )
        except OSError as error:
            raise LintError(f"flake8 cannot be started: {error.strerror}") from None
        return _waited(child, seconds)


def _waited(child: Any, seconds: float) -> int:
    """The exit code of ``child``, which is killed with its processes if it takes too long."""
    import subprocess

    try:
        code: int = child.wait(seconds)
        return code
    except subprocess.TimeoutExpired:
        raise LintError(
            f"flake8 did not end within {seconds:.0f} seconds",
            "name fewer files to find the one that it hangs on",
        ) from None
    finally:
        if child.returncode is None or child.returncode < 0:
            _end(child)


def _text(folder: str, name: str) -> str:
    """What flake8 wrote to one of its outputs."""
    with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
        return file.read()


def settings(root: str, options: Flake8Options) -> str:
    """The configuration for flake8 that says ``options``, and nothing that would run code."""
    lines = ["[flake8]"]
    for name, value in _values(root, options).items():
        if _NAME.fullmatch(name):
            # A line that is indented can open no section and name no option.
            lines.append(f"{name} = " + "\n\t".join(re.split(r"[\r\n]+", value)))
    return "\n".join(lines) + "\n"


def _values(root: str, options: Flake8Options) -> dict[str, str]:
    named = {*(options.select or ()), *options.extend_select}
    lists = {
        "select": options.select,
        "ignore": options.ignore,
        "extend-select": options.extend_select,
        "extend-ignore": [c for c in options.extend_ignore if not {c} & named & _BLACK],
        "builtins": options.builtins,
        "enable-extensions": options.enable_extensions,
        "exclude": (),
    }
    numbers = {
        "max-line-length": options.max_line_length,
        "max-doc-length": options.max_doc_length,
        "max-complexity": options.max_complexity,
        "indent-size": options.indent_size,
    }
    switches = {
        "hang-closing": options.hang_closing,
        "disable-noqa": options.disable_noqa,
        "doctests": options.doctests,
    }
    here = partial(_pattern_here, folder=options.folder, root=root)
    return {
        **{name.lower().replace("_", "-"): value for name, value in options.others},
        **{name: ",".join(value) for name, value in lists.items() if value is not None},
        **{name: str(value) for name, value in numbers.items() if value is not None},
        **{name: str(value) for name, value in switches.items()},
        "per-file-ignores": _PATTERN.sub(here, options.per_file_ignores),
    }


def _pattern_here(match: re.Match[str], folder: str, root: str) -> str:
    """A pattern of ``per-file-ignores`` as it holds in the folder that flake8 runs in."""
    pattern = match[0]
    if "/" not in pattern and pattern != ".":
        return pattern
    inside = (folder + "/").startswith(root.rstrip("/") + "/")
    return rebased(pattern, folder if inside else root, root, _AT)


def _row(line: str) -> Row | None:
    match = _ROW.fullmatch(line.rstrip("\n"))
    if match is None:
        return None
    path, row, column, code, text = match.groups()
    # The child works with UTF-8, whatever the names of files are taken for here.
    name = os.fsdecode(_unquoted(path).encode("utf-8", "surrogateescape"))
    said = _unquoted(text)
    if _unquoted(code) == "E902":  # it names the file
        said = said.replace(_AT + "/", "")
    return Row(name.removeprefix(_AT + "/"), int(row), int(column), _unquoted(code), said)


def _unquoted(literal: str) -> str:
    if "\\" not in literal:
        return literal[1:-1]
    import ast

    return str(ast.literal_eval(literal))


def _python() -> list[str]:
    """This Python, as it was installed: no variable and no folder adds to what it can import."""
    site = ["-s"] if sys.flags.no_user_site else []
    return [sys.executable, "-E", "-P", *site, "-X", "utf8", "-W", "ignore"]


def _end(child: Any) -> None:
    """Kill flake8 with the processes that it has made."""
    import contextlib
    import signal

    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def shortened(text: str) -> str:
    """``text``, or as much of it as fits a message."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
