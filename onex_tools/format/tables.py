"""The tables in which a project says how black, isort and flake8 shall work, as each finds them."""

from __future__ import annotations

import configparser
import os
import re
import stat
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

LIMIT = 1 << 20
"""Bytes of a configuration file that are read."""

_ISORT = {
    ".isort.cfg": ("settings", "isort"),
    "pyproject.toml": ("tool.isort",),
    "setup.cfg": ("isort", "tool:isort"),
    "tox.ini": ("isort", "tool:isort"),
    ".editorconfig": ("*", "*.py", "**.py", "*.{py}"),
}
_FLAKE8 = ("setup.cfg", "tox.ini", ".flake8")
_SHARED = ("setup.cfg", "tox.ini")
_NAMED = re.compile(rb"isort|flake8")


class Unreadable(Exception):
    """A configuration file that cannot be understood.

    Attributes:
        path: its absolute path.
        line: where the fault is; 1 if that is not known.
        reason: what is wrong with it.
    """

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class Table(NamedTuple):
    """What one tool is told: keys with ``_`` between words, values as the file has them.

    ``path`` is absolute; ``folder`` is what the tool takes for the project's root; ``lines`` are
    the lines of the keys.
    """

    path: str
    folder: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def line(self, key: str) -> int:
        """The line that says ``key``; 1 if none does."""
        return self.lines.get(key, 1)


_NOTHING = Table("", "", {}, {})


class Tables:
    """The tables of one run: what holds in a folder holds below it, until a nearer one says more.

    Each method gives what holds in a folder (absolute); ``path`` is empty where nothing is said.
    It raises Unreadable where a file on the way up that could say it cannot be understood.
    """

    def __init__(self) -> None:
        self._black: dict[str, Table] = {}
        self._isort: dict[str, Table] = {}
        self._flake8: dict[str, Table] = {}

    def black(self, folder: str) -> Table:
        """For black; the values also have ``requires_python``.

        black looks no higher than the first folder with a ``[tool.black]`` or a repository.
        """
        return _nearest(self._black, folder, _black_here)

    def isort(self, folder: str) -> Table:
        """For isort."""
        return _nearest(self._isort, folder, _isort_here)

    def flake8(self, folder: str) -> Table:
        """For flake8."""
        return _nearest(self._flake8, folder, _flake8_here)


def flake8_table(folder: str) -> Table:
    """What holds for flake8 in ``folder``; as ``Tables.flake8``."""
    return Tables().flake8(folder)


def _nearest(known: dict[str, Table], folder: str, here: Callable[[str], Table | None]) -> Table:
    """What ``here`` finds in ``folder``, or in the nearest one above; kept for all on the way."""
    below = []
    while folder not in known:
        table = here(folder)
        above = os.path.dirname(folder)
        if table is not None or above == folder:
            known[folder] = table or _NOTHING
            break
        below.append(folder)
        folder = above
    for one in below:
        known[one] = known[folder]
    return known[folder]


def _black_here(folder: str) -> Table | None:
    path = os.path.join(folder, "pyproject.toml")
    document, text = _toml(path)
    tool = document.get("tool")
    said = tool.get("black") if isinstance(tool, dict) else None
    if not isinstance(said, dict):
        if not _is_repository(folder):
            return None
        said = {}
    values = {key.replace("--", "").replace("-", "_"): value for key, value in said.items()}
    project = document.get("project")
    asked = project.get("requires-python") if isinstance(project, dict) else None
    if isinstance(asked, str):
        values["requires_python"] = asked
    return Table(path if text else "", folder, values, _lines(text, "tool.black", _TOML_KEY))


def _isort_here(folder: str) -> Table | None:
    for name, sections in _ISORT.items():
        table = _read(os.path.join(folder, name), sections)
        if table.values:
            return table
    return _NOTHING if _is_repository(folder) else None


def _flake8_here(folder: str) -> Table | None:
    for name in _FLAKE8:
        path = os.path.join(folder, name)
        parser, text = _ini(path)
        if parser and (parser.has_section("flake8") or parser.has_section("flake8:local-plugins")):
            return _ini_table(path, parser, text, ("flake8", "flake8:local-plugins"))
    return _NOTHING if _is_repository(folder) else None


def _is_repository(folder: str) -> bool:
    git, hg = os.path.join(folder, ".git"), os.path.join(folder, ".hg")
    return os.path.lexists(git) or os.path.isdir(hg)


def _read(path: str, sections: tuple[str, ...]) -> Table:
    """The table of isort in the file at ``path``; without values where there is none."""
    folder = os.path.dirname(path)
    if path.endswith(".toml"):
        document, text = _toml(path)
        tool = document.get("tool")
        said = tool.get("isort") if isinstance(tool, dict) else None
        values = said if isinstance(said, dict) else {}
        lines = _lines(text, "tool.isort", _TOML_KEY) if values else {}
        return Table(path if values else "", folder, values, lines)
    parser, text = _ini(path)
    if parser is None:
        return _NOTHING
    if path.endswith(".editorconfig"):
        more = [name for name in parser.sections() if _names_python(name)]
        return _editor_table(_ini_table(path, parser, text, (*sections, *more)))
    return _ini_table(path, parser, text, sections)


def _names_python(section: str) -> bool:
    """Whether a section of `.editorconfig` is for a list of endings with Python's among them."""
    inside = section.startswith("*.{") and section.endswith("}")
    return inside and "py" in [part.strip() for part in section[3:-1].split(",")]


_EDITOR = {"max_line_length": "line_length", "indent_style": "indent"}


def _editor_table(table: Table) -> Table:
    """What of an `.editorconfig` is for isort; isort leaves out what it does not know.

    With a line length that is `off` isort fails to read the file, and passes over all of it.
    """
    length = str(table.values.get("max_line_length", 0)).strip()
    if length == "off":
        return Table("", table.folder, {}, {})
    values = {_EDITOR.get(key, key): value for key, value in table.values.items()}
    lines = {_EDITOR.get(key, key): line for key, line in table.lines.items()}
    foreign = ("indent_size", "tab_width", "end_of_line", "charset", "root")
    kept = {key: v for key, v in values.items() if key not in foreign and "white" not in key}
    kept.pop("insert_final_newline", None)
    if not length.isdigit():
        kept.pop("line_length")
    return Table(table.path if kept else "", table.folder, kept, lines)


def _ini_table(
    path: str, parser: configparser.RawConfigParser, text: str, sections: tuple[str, ...]
) -> Table:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for section in sections:
        if parser.has_section(section):
            found = {key.replace("-", "_"): value for key, value in parser.items(section)}
            values |= found
            lines |= _lines(text, section, _INI_KEY)
    return Table(path if values else "", os.path.dirname(path), values, lines)


def _toml(path: str) -> tuple[dict[str, Any], str]:
    text = _text(path)
    if not text:
        return {}, ""
    try:
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line ([0-9]+)", str(error))
        raise Unreadable(path, int(line[1]) if line else 1, f"it is no TOML: {error}") from None


def _ini(path: str) -> tuple[configparser.RawConfigParser | None, str]:
    """The file as isort and flake8 read it: the last of two equal keys counts; None: no file.

    Both pass over a file that cannot be read. So do we where it is for others, which may know
    another grammar: where it does not name them, and with `.editorconfig`.
    """
    try:
        return _parsed_ini(path, _text(path))
    except Unreadable:
        name = os.path.basename(path)
        if name == ".editorconfig" or (name in _SHARED and not _NAMED.search(_data(path))):
            return None, ""
        raise


def _parsed_ini(path: str, text: str) -> tuple[configparser.RawConfigParser | None, str]:
    if not text:
        return None, ""
    parser = configparser.RawConfigParser(strict=False)
    if path.endswith(".editorconfig") and "[" in text:
        before = text[: text.index("[")]
        text = "\n" * before.count("\n") + text[before.rfind("\n") + 1 :]
    try:
        parser.read_string(text)
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next(iter(getattr(error, "errors", [])), (1,))[0]
        said = str(error).splitlines()[0].replace("'<string>'", "it")
        raise Unreadable(path, int(line), f"it cannot be read: {said}") from None
    return parser, text


def _data(path: str) -> bytes:
    """The first bytes of the file, none where there is none; a FIFO is not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as stream:
            return stream.read(LIMIT + 1) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    except OSError:
        return b""


def _text(path: str) -> str:
    data = _data(path)
    if len(data) > LIMIT:
        raise Unreadable(path, 1, f"it has more than {LIMIT:,} bytes")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(path, line, "it is not UTF-8") from None


_HEADING = re.compile(r"[ \t]*\[+[ \t]*([^\]\n]*?)[ \t]*\]")
_TOML_KEY = re.compile(r"""[ \t]*["']?([A-Za-z0-9_-]+)["']?[ \t]*=""")
_INI_KEY = re.compile(r"([^\s#;=:\[][^=:\n]*?)[ \t]*[=:]")


def _lines(text: str, section: str, pattern: re.Pattern[str]) -> dict[str, int]:
    """The line of every key below the heading ``section``, as far as one look tells."""
    inside, found = False, {}
    for number, line in enumerate(text.split("\n"), 1):
        heading = _HEADING.match(line)
        key = pattern.match(line)
        if heading and not key:
            inside = heading[1].replace('"', "") == section
        elif inside and key:
            found[key[1].strip().lower().replace("-", "_")] = number
    return found
