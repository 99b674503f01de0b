"""isort over the text of one file, as its command does it: the one place that imports it."""

from __future__ import annotations

import io
import os
import tokenize
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onex_tools.format.agreement import BLACK_ALIKE
from onex_tools.format.tables import Table

_CONFUSED = (ValueError, TypeError, AttributeError, LookupError, NotImplementedError)
"""What isort raises, besides errors of its own, at what it did not think of."""


class IsortRefused(Exception):
    """isort cannot do it; the message says why."""


class Sorter:
    """isort with the settings of one table.

    Attributes:
        floats: imports may move above other code.
        sorts_literals: lists that a comment or a setting names are sorted too.
        adds, removes: imports that the settings put in, and take out.
        plain_aliases: ``import a as a`` becomes ``import a``.

    Raises:
        IsortRefused: the settings are not such as isort takes.
    """

    def __init__(self, table: Table, root: str, line_length: int) -> None:
        from isort.exceptions import ISortError
        from isort.settings import Config

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._config = Config(
                    settings_file=table.path, **_overrides(table.values, root, line_length)
                )
                self._config.sorting_function  # noqa: B018  # which may be missing
                self._config.known_patterns  # noqa: B018  # folders that may be
        except (*_CONFUSED, ISortError, OSError) as error:
            raise IsortRefused(" ".join(str(error).split())[:300]) from None
        self.floats = self._config.float_to_top
        self.sorts_literals = self._config.sort_reexports
        self.adds, self.removes = self._config.add_imports, self._config.remove_imports
        self.plain_aliases = self._config.remove_redundant_aliases
        self.stars = self._config.combine_star

    def __call__(self, data: bytes, path: str) -> bytes:
        """What isort makes of ``data``, the file at ``path``; the same where nothing changes.

        Raises:
            IsortRefused: it fails on the file.
        """
        from isort.api import sort_stream
        from isort.exceptions import FileSkipped, ISortError

        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        before = io.StringIO(data.decode(encoding), newline="")
        after = io.StringIO(newline="")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                changed = sort_stream(
                    before,
                    after,
                    config=self._config,
                    file_path=Path(path),
                    extension=os.path.splitext(path)[1].lstrip(".") or "py",
                    disregard_skip=True,
                )
        except FileSkipped:
            return data
        except RecursionError:
            raise IsortRefused("isort finds it nested too deeply") from None
        except (*_CONFUSED, ISortError) as error:
            raise IsortRefused(f"isort fails on it: {' '.join(str(error).split())[:200]}") from None
        return after.getvalue().encode(encoding) if changed else data


def _overrides(values: Mapping[str, Any], root: str, line_length: int) -> dict[str, Any]:
    """What isort is told besides the project's settings: black's form where they say nothing."""
    from isort.profiles import profiles

    told: dict[str, Any] = {"quiet": True, "verbose": False, "skip_gitignore": False}
    profile = values.get("profile")
    if not profile:
        told["profile"] = "black"
    by_profile = {} if profile in (None, "", *BLACK_ALIKE) else profiles.get(str(profile), {})
    if "line_length" not in values and "line_length" not in by_profile:
        told["line_length"] = line_length
    if not values and "directory" not in values:
        told["directory"] = root
    return told
