"""Which files flake8 would judge by its options, told as flake8 tells it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence

from onex_tools.format.options import Flake8Options

EXCLUDE = (
    *(".svn", "CVS", ".bzr", ".hg", ".git", "__pycache__"),
    *(".tox", ".nox", ".eggs", "*.egg"),
)
"""What flake8 leaves out where ``exclude`` says nothing."""


def selected(root: str, paths: Sequence[str], options: Flake8Options) -> list[str]:
    """Those of ``paths``, relative to ``root``, that flake8 finds when it walks the folder.

    An excluded folder takes along what is in it. flake8 itself judges such a file when it is named,
    as hooks do; here naming a file changes nothing.
    """
    excluded = options.exclude if options.exclude is not None else EXCLUDE
    is_out = _matcher(root, options.folder, (*excluded, *options.extend_exclude))
    names = _union(options.filename if options.filename is not None else ("*.py",))
    folders: dict[str, bool] = {"": False}
    kept = []
    for path in paths:
        folder = path[: max(path.rfind("/"), 0)]
        if names.fullmatch("./" + path) and not (_is_in(folder, is_out, folders) or is_out(path)):
            kept.append(path)
    return kept


def rebased(pattern: str, folder: str, root: str, at: str) -> str:
    """A pattern that is relative to ``folder``, made relative to the root, which is at ``at``."""
    absolute = os.path.normpath(os.path.join(folder or root, pattern))
    if absolute == root:
        return at
    below = root.rstrip("/") + "/"
    return f"{at}/{absolute[len(below) :]}" if absolute.startswith(below) else absolute


def _is_in(folder: str, is_out: Callable[[str], bool], known: dict[str, bool]) -> bool:
    """Whether ``folder`` or one above it is left out."""
    if folder not in known:
        above = folder[: max(folder.rfind("/"), 0)]
        known[folder] = _is_in(above, is_out, known) or is_out(folder)
    return known[folder]


def _matcher(root: str, folder: str, patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path matches one of ``patterns``, which are relative to ``folder``.

    A pattern without a slash is for the name or, as a whole, for the path.
    """
    deep = [p for p in patterns if "/" in p or p == "."]
    plain = _union([p for p in patterns if p not in deep])
    rooted = _union([rebased(p, folder, root, "") for p in deep])

    def matches(path: str) -> bool:
        below = "/" + path
        if plain.fullmatch(path[path.rfind("/") + 1 :]) or plain.fullmatch(below):
            return True
        return bool(rooted.fullmatch(below) or rooted.fullmatch(os.path.join(root, path)))

    return matches


def _union(patterns: Iterable[str]) -> re.Pattern[str]:
    import fnmatch

    return re.compile("|".join(fnmatch.translate(p.rstrip("/")) for p in patterns) or r"(?!)")
