"""What flake8 is told, as data: its own options parsed, those of plugins as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from onex_tools.format.tables import Table

LEFT_TO_BLACK = ("E203", "E701", "E704", "W503")
"""Codes that find fault with what black writes, and rightly writes: they are off."""
DEFAULT_IGNORE = ("E121", "E123", "E126", "E226", "E24", "E704", "W503", "W504")
"""What flake8 leaves out where ``ignore`` says nothing."""


class Flake8Options(NamedTuple):
    """The options of one configuration of flake8, parsed and made to agree with black.

    Attributes:
        path: the file that says them, absolute; empty: none does.
        folder: the folder that paths in them are relative to, absolute.
        select: codes and beginnings of codes; None: nothing is said.
        ignore: the same; None: flake8's own list holds.
        extend_ignore: what is said, and ``LEFT_TO_BLACK``.
        per_file_ignores: the text as it is written.
        max_line_length: black's where nothing is said.
        exclude: patterns of paths; None: flake8's own list holds.
        lines: where each option is said, by its name with ``_``.
        others: options that flake8 itself does not have (a plugin's), by name, as written.
        faults: options whose value cannot be used: name and what is wrong; the default holds.
        local_plugins: whether the file names plugins of the repository; they never run.
    """

    path: str
    folder: str
    select: tuple[str, ...] | None
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...] | None
    extend_ignore: tuple[str, ...]
    per_file_ignores: str
    max_line_length: int
    max_doc_length: int | None
    max_complexity: int | None
    indent_size: int | None
    hang_closing: bool
    disable_noqa: bool
    doctests: bool
    builtins: tuple[str, ...]
    enable_extensions: tuple[str, ...]
    exclude: tuple[str, ...] | None
    extend_exclude: tuple[str, ...]
    filename: tuple[str, ...] | None
    lines: tuple[tuple[str, int], ...]
    others: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...]
    local_plugins: bool

    def line(self, option: str) -> int:
        """The line of ``path`` that says ``option`` (with ``_``); 1 if none does."""
        return dict(self.lines).get(option, 1)

    @property
    def leaves_root(self) -> bool:
        """Whether paths may be meant that are not below the folder of the file."""
        lists = (*(self.exclude or ()), *self.extend_exclude, *(self.filename or ()))
        texts = (*lists, self.per_file_ignores, *(value for _, value in self.others))
        return any(map(_ELSEWHERE.search, texts))


_UNUSED = (
    *("quiet", "color", "count", "format", "show_source", "statistics", "jobs", "tee"),
    *("benchmark", "verbose", "output_file", "exit_zero", "bug_report"),
    *("include_in_doctest", "exclude_from_doctest"),
)
"""Options of flake8 that say how it reports and runs; here that is ours to say."""
_LOCAL = ("extension", "report", "paths")
_ELSEWHERE = re.compile(r"(?:^|[\s,:=])[/~]|\.\.")
_TRUE = ("1", "yes", "true", "on")
_FALSE = ("0", "no", "false", "off")


def flake8_options(table: Table, line_length: int) -> Flake8Options:
    """The options in ``table``, where black's lines are ``line_length`` long."""
    said = _Said(table.values)
    length = said.number("max_line_length")
    options = Flake8Options(
        path=table.path,
        folder=table.folder,
        select=said.codes("select"),
        extend_select=said.codes("extend_select") or (),
        ignore=said.codes("ignore"),
        extend_ignore=(*(said.codes("extend_ignore") or ()), *LEFT_TO_BLACK),
        per_file_ignores=said.text("per_file_ignores"),
        max_line_length=line_length if length is None else length,
        max_doc_length=said.number("max_doc_length"),
        max_complexity=said.number("max_complexity"),
        indent_size=said.number("indent_size"),
        hang_closing=said.switch("hang_closing"),
        disable_noqa=said.switch("disable_noqa"),
        doctests=said.switch("doctests"),
        builtins=said.codes("builtins") or (),
        enable_extensions=said.codes("enable_extensions") or (),
        exclude=said.codes("exclude"),
        extend_exclude=said.codes("extend_exclude") or (),
        filename=said.codes("filename"),
        lines=tuple(sorted(table.lines.items())),
        others=(),
        faults=tuple(said.faults),
        local_plugins=any(key in table.values for key in _LOCAL),
    )
    return options._replace(others=said.others())


class _Said:
    """The values of a table, each asked for once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._left = dict(values)
        self.faults: list[tuple[str, str]] = []

    def text(self, name: str) -> str:
        return self._left.pop(name, "")

    def codes(self, name: str) -> tuple[str, ...] | None:
        """A list; spaces and commas stand between its parts."""
        if name not in self._left:
            return None
        return tuple(part for part in re.split(r"[,\s]+", self._left.pop(name)) if part)

    def number(self, name: str) -> int | None:
        given = self._left.pop(name, "").strip()
        if not given:
            return None
        try:
            return int(given)
        except ValueError:
            self.faults.append((name, f"{given[:40]!r} is no whole number"))
            return None

    def switch(self, name: str) -> bool:
        given = self._left.pop(name, "").strip()
        if given and given.lower() not in (*_TRUE, *_FALSE):
            self.faults.append((name, f"{given[:40]!r} is neither true nor false"))
        return given.lower() in _TRUE

    def others(self) -> tuple[tuple[str, str], ...]:
        """What is left: options that flake8 itself does not have."""
        known = (*_UNUSED, *_LOCAL)
        return tuple(sorted((k, str(v)) for k, v in self._left.items() if k not in known))
