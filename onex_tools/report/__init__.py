"""The report room: one writer per format, and the door that imports only the one asked for."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import TextIO, cast

from onex_tools.report.style import Style, wants_color
from onex_tools.result import Result

__all__ = ["FORMATS", "Style", "UnknownFormat", "Writer", "wants_color", "write_to", "writer"]

Writer = Callable[[Result, TextIO, Style], None]

FORMATS: Mapping[str, str] = {
    "text": "onex_tools.report.text",
    "concise": "onex_tools.report.concise",
    "json": "onex_tools.report.json",
    "jsonl": "onex_tools.report.jsonl",
    "sarif": "onex_tools.report.sarif",
    "github": "onex_tools.report.github",
}
"""The module of each built-in format; a module of this table has ``write(result, out, style)``."""


class UnknownFormat(ValueError):
    """No writer has this name; the message names the nearest one and all that are known."""


def writer(name: str, plugins: Mapping[str, Writer] | None = None) -> Writer:
    """The function that writes the format ``name``.

    Args:
        name: a key of FORMATS, or of ``plugins``.
        plugins: what the ``onex_reporters`` hook gave; it cannot replace a built-in format.

    Raises:
        UnknownFormat: neither has the name.
    """
    if name in FORMATS:
        return cast("Writer", importlib.import_module(FORMATS[name]).write)
    try:
        return (plugins or {})[name]
    except KeyError:
        raise UnknownFormat(_unknown(name, [*FORMATS, *(plugins or {})])) from None


def write_to(
    path: str,
    name: str,
    result: Result,
    style: Style,
    *,
    plugins: Mapping[str, Writer] | None = None,
) -> None:
    """Write the format ``name`` to the file at ``path``: all of it, or the old file stays.

    A link is followed; a pipe or a device is written to directly, since it cannot be replaced.

    Raises:
        UnknownFormat: there is no such format; nothing was touched.
        OSError: the file cannot be written; what was there before is still there.
    """
    write = writer(name, plugins)
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "w", encoding="utf-8", newline="\n") as out:
            write(result, out, style)
        return
    folder, file = os.path.split(target)
    draft = os.path.join(folder, f".{file[:200]}.{os.getpid()}.onex")
    out = open(draft, "x", encoding="utf-8", newline="\n")  # noqa: SIM115
    try:
        with out:
            write(result, out, style)
        if os.path.exists(target):
            os.chmod(draft, os.stat(target).st_mode & 0o7777)
        os.replace(draft, target)
    except BaseException:
        os.unlink(draft)
        raise


def _unknown(name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, 1, 0.5)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f'unknown output format "{name}"{hint} (one of {", ".join(known)})'
