"""Where the settings of black, isort and flake8 contradict each other or say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from onex_tools.config.problem import nearest
from onex_tools.format.options import LEFT_TO_BLACK, Flake8Options
from onex_tools.format.tables import Table

BLACK_LENGTH = 88
"""Columns of a line where black's settings say nothing."""
BLACK_ALIKE = ("black", "plone")
"""isort's profiles that lay imports out as black does."""

_FORM = {
    "multi_line_output": ("3", "vertical_hanging_indent", "VERTICAL_HANGING_INDENT"),
    "include_trailing_comma": ("true", "True", "1", "yes", "on"),
    "use_parentheses": ("true", "True", "1", "yes", "on"),
    "ensure_newline_before_comments": ("true", "True", "1", "yes", "on"),
}
"""What black's form of an import needs, and how it may be written."""


_BLACK_KEYS = (
    *("cache_dir", "check", "code", "color", "config", "diff", "enable_unstable_feature"),
    *("exclude", "extend_exclude", "fast", "force_exclude", "include", "ipynb", "line_length"),
    *("line_ranges", "no_cache", "preview", "pyi", "python_cell_magics", "quiet"),
    *("required_version", "skip_magic_trailing_comma", "skip_source_first_line"),
    *("skip_string_normalization", "src", "stdin_filename", "target_version", "unstable"),
    *("verbose", "version", "workers"),
)
"""The options of black; a test holds them against those of the one that is installed."""
_MOST = 20
"""So many unknown keys are told of; there are no more by mistake."""


class Said(NamedTuple):
    """A setting that is at fault: where it stands, what is wrong with it, and what to write."""

    path: str
    line: int
    message: str
    help: str = ""


def disagreements(black: Table, isort: Table, flake8: Flake8Options) -> Iterator[Said]:
    """Each setting of isort and flake8 that speaks against black's, or of black that it has not."""
    yield from _black_keys(black)
    length = line_length(black)
    where = f"`line-length` of black is {length}"
    if "line_length" not in black.values:
        where = f"black's lines are {length} long where nothing is said"
    yield from _isort_length(isort, length, where)
    yield from _isort_form(isort)
    yield from _flake8_length(flake8, length, where)
    yield from _flake8_codes(flake8)


def line_length(black: Table) -> int:
    """The columns of black's lines.

    Raises:
        ValueError: the setting is no number.
    """
    return int(str(black.values.get("line_length", BLACK_LENGTH)))


def _black_keys(black: Table) -> Iterator[Said]:
    own = (key for key in black.values if key != "requires_python" or key in black.lines)
    for key in islice((key for key in own if key not in _BLACK_KEYS), _MOST):
        name = key.replace("_", "-")[:40]
        help_ = nearest(name, [known.replace("_", "-") for known in _BLACK_KEYS])
        said = f"black has no setting `{name}`, and passes over it"
        yield Said(black.path, black.line(key.lower()), said, help_ or "take it out")


def _isort_length(isort: Table, length: int, where: str) -> Iterator[Said]:
    said = isort.values.get("line_length")
    if str(said).strip().isdigit() and str(said).strip() != str(length):
        yield Said(
            isort.path,
            isort.line("line_length"),
            f"isort's line length is {str(said)[:20]}, and {where}",
            f"take it out, or write {length}",
        )


def _isort_form(isort: Table) -> Iterator[Said]:
    profile = isort.values.get("profile")
    if profile and profile not in BLACK_ALIKE:
        said = f"isort's profile is {str(profile)[:40]!r}, and black lays imports out otherwise"
        yield Said(isort.path, isort.line("profile"), said, 'write profile = "black"')
    for key, allowed in _FORM.items():
        value: Any = isort.values.get(key)
        if value is not None and str(value).strip() not in allowed:
            said = f"isort's `{key}` is {str(value)[:40]}, and black's form needs {allowed[0]}"
            help_ = 'take it out: profile = "black" says it'
            yield Said(isort.path, isort.line(key), said, help_)


def _flake8_length(flake8: Flake8Options, length: int, where: str) -> Iterator[Said]:
    if flake8.max_line_length < length:
        yield Said(
            flake8.path,
            flake8.line("max_line_length"),
            f"flake8's `max-line-length` is {flake8.max_line_length}, and {where}: "
            "flake8 would report (E501) what black leaves",
            f"take it out, or write {length}",
        )


def _flake8_codes(flake8: Flake8Options) -> Iterator[Said]:
    for option in ("select", "extend_select"):
        codes = getattr(flake8, option) or ()
        for code in codes:
            if code in LEFT_TO_BLACK:
                said = f"flake8's `{option.replace('_', '-')}` asks for {code}"
                said += ", which finds fault with what black writes"
                yield Said(flake8.path, flake8.line(option), said, f"take {code} out")
