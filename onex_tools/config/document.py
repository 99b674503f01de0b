"""One configuration file: read with care, and where in it each key stands."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from typing import Any

from onex_tools.config.problem import ConfigError, Problem

NAMES = ("onex.toml", "pyproject.toml")
LIMIT = 1 << 20
"""Bytes a configuration file may have."""
_MAX_PARTS = 32
_Path = tuple[str | int, ...]

_PART = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_DEEP_KEY = rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_MAX_PARTS}}}"
_KEYS = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_LINE = rf"[ \t]*+(\[\[?+)?+[ \t]*+({_KEYS})[ \t]*+(=[ \t]*+\[?+|\])|[ \t]*+\{{"
_AT_LINE = r" ?\(at line (\d+), column \d+\)\Z"


class Document:
    """The configuration in one file.

    Attributes:
        path: for messages: relative to the root, or ``pkg:NAME/FILE``.
        full: where the file is.
        table: the keys and values as TOML gives them.
    """

    __slots__ = ("_index", "_prefix", "_text", "full", "path", "table")

    def __init__(
        self, path: str, full: str, text: str, table: dict[str, Any], prefix: tuple[str, ...]
    ) -> None:
        self.path, self.full, self.table = path, full, table
        self._text, self._prefix = text, prefix
        self._index: dict[_Path, int] | None = None

    def line(self, *keys: str | int) -> int:
        """The line of the value at ``keys`` (a number is a place in an array), or of what holds it.

        0 where the file does not show it plainly.
        """
        if self._index is None:
            self._index = _index(self._text)
        wanted: _Path = (*self._prefix, *keys)
        while wanted:
            if wanted in self._index:
                return self._index[wanted]
            wanted = wanted[:-1]
        return 0


def _index(text: str) -> dict[_Path, int]:
    """The first line of every table, every key that begins a line, and every table in an array."""
    found: dict[_Path, int] = {}
    counts: dict[_Path, int] = {}
    table: _Path = ()
    array: _Path = ()
    for number, line in _plain_lines(text):
        match = re.match(_LINE, line)
        if match is None:
            continue
        brackets, dotted, end = match.groups()
        if dotted is None:  # an inline table: an element, if an array is open
            if array:
                found[_element(counts, array)] = number
        elif brackets and end == "]":
            table, array = _parts(dotted), ()
            found.setdefault(table, number)
            if brackets == "[[":
                table = _element(counts, table)
                found[table] = number
        elif not brackets and end != "]":
            keys = (*table, *_parts(dotted))
            found.setdefault(keys, number)
            array = keys if end.endswith("[") else ()
    return found


def _element(counts: dict[_Path, int], array: _Path) -> _Path:
    """The path of the next element of ``array``."""
    at = counts.get(array, 0)
    counts[array] = at + 1
    return (*array, at)


def _plain_lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line that does not begin inside a string of several lines, and its number."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not fence:
            yield number, line
        for match in re.finditer(r"\"\"\"|'''", line):
            fence = "" if fence == match[0] else fence or match[0]


def _parts(dotted: str) -> _Path:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def read_document(folder: str, name: str, fence: str, path: str) -> Document | None:
    """The configuration in the file ``name`` of ``folder``; None if it holds none.

    ``fence`` is the folder that no link may lead out of; ``path`` names the file in messages.

    Raises:
        ConfigError: the file is there but cannot be read, or is not TOML.
    """
    full = os.path.join(folder, name)
    data = _read(full, fence, path)
    is_project = os.path.basename(name) == "pyproject.toml"
    if data is None or (is_project and b"onex" not in data):
        return None
    text = _decode(data, path)
    table = _parse(text, path)
    if not is_project:
        return Document(path, full, text, table, ())
    tool = table.get("tool")
    if not isinstance(tool, dict) or "onex" not in tool:
        return None
    document = Document(path, full, text, tool["onex"], ("tool", "onex"))
    if not isinstance(document.table, dict):
        raise ConfigError([Problem("`tool.onex` must be a table", path, document.line())])
    return document


def _read(full: str, fence: str, path: str) -> bytes | None:
    """The bytes of a regular file of at most ``LIMIT`` bytes; None where there is none."""
    if not os.path.lexists(full):  # most often: following every link above it costs far more
        return None
    if not inside(fence, full):
        raise ConfigError([Problem("it is a link that leads out of the root", path)])
    try:
        handle = os.open(full, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return None
        raise ConfigError([Problem(_why(error), path)]) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise ConfigError([Problem("it is not a regular file", path)])
        with open(handle, "rb", closefd=False) as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        raise ConfigError([Problem(_why(error), path)]) from None
    finally:
        os.close(handle)
    if len(data) > LIMIT:
        raise ConfigError([Problem(f"it has more than {LIMIT:,} bytes", path)])
    return data


def inside(fence: str, full: str) -> bool:
    """Whether ``full``, with every link followed, is in the folder ``fence``."""
    base = os.path.realpath(fence)
    return os.path.realpath(full).startswith(base.rstrip(os.sep) + os.sep)


def _why(error: OSError) -> str:
    return f"it cannot be read: {(error.strerror or 'unknown error').lower()}"


def _decode(data: bytes, path: str) -> str:
    try:
        # The parser counts lines the same way.
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError([Problem("it is not UTF-8", path, line)]) from None


def _parse(text: str, path: str) -> dict[str, Any]:
    import tomllib

    # The standard parser needs time with the square of the number of parts of one dotted key.
    deep = text.count(".") >= _MAX_PARTS and re.search(_DEEP_KEY, text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        raise ConfigError([Problem(f"a key has more than {_MAX_PARTS} parts", path, line)])
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError([Problem("it is nested too deeply", path)]) from None
    except (ValueError, OverflowError, MemoryError) as error:
        said = str(error)
        at = re.search(_AT_LINE, said)
        line = int(at[1]) if at else 0
        if said.endswith("(at end of document)"):
            line = text.rstrip("\n").count("\n") + 1
        message = re.sub(_AT_LINE, "", said).replace(" (at end of document)", ", at the end")
        raise ConfigError([Problem(f"not valid TOML: {message}", path, line)]) from None
