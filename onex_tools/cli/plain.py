"""The words of a plain `onex validate`, as hooks type it, read without click.

Importing click takes longer than to check a file. What is not plain says nothing here: click reads
it, and says what is wrong with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

SCOPES = ("all", "file", "tree")
_SWITCHES = {
    "--quiet": "quiet",
    "-q": "quiet",
    "--fix": "fix",
    "--no-cache": "no_cache",
    "--exit-zero": "exit_zero",
    "--isolated": "isolated",
    "--show-all": "show_all",
    "--statistics": "statistics",
}
_LISTS = {"--select": "select", "--extend-select": "extend_select", "--ignore": "ignore"}


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """``--select A,B --select C`` as one tuple."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def read(words: Sequence[str]) -> dict[str, Any] | None:
    """Every option of `onex validate` as click gives it, by its name; None where click is asked."""
    if not words or words[0] != "validate":
        return None
    options = _unset()
    paths: list[str] = []
    rest = iter(words[1:])
    for word in rest:
        if word in _SWITCHES:
            options[_SWITCHES[word]] = True
        elif word in _LISTS or word == "--scope":
            value = next(rest, "-")
            if value.startswith("-") or (word == "--scope" and value not in SCOPES):
                return None
            _take(options, word, value)
        elif word.startswith("-") or not os.access(word, os.R_OK):
            return None
        else:
            paths.append(word)
    options["paths"] = tuple(paths)
    return options


def _take(options: dict[str, Any], word: str, value: str) -> None:
    if word == "--scope":
        options["scope"] = value
    else:
        options[_LISTS[word]] += listed([value])


def _unset() -> dict[str, Any]:
    """What the options are that nobody typed; a test compares them with what click is told."""
    texts = ("fail_on", "since", "baseline", "attestation", "stdin_filename", "preview")
    switches = ("unsafe_fixes", "diff", "staged", "timing", "show_settings")
    own = {
        **dict.fromkeys(texts),
        **dict.fromkeys((*switches, *_SWITCHES.values(), "allow_local_plugins"), False),
        **dict.fromkeys((*_LISTS.values(), "output_file"), ()),
    }
    return {
        **own,
        "severity": {},
        "scope": "all",
        "output_format": "text",
        "color": "auto",
        "jobs": 0,
    }
