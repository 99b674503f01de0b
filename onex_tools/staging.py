"""Put written files into git's index, as a commit hook must: only those that were wholly in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from onex_tools.discover import has_git, run_git

_PORTION = 500
"""Paths on one command line; a system allows at least some 100 KiB."""
_DIFF = (
    *("diff", "--name-only", "--relative", "-z"),
    *("--no-ext-diff", "--no-textconv", "--ignore-submodules"),
)
_FILTER = re.compile(r"filter\..*\.(?:clean|smudge|process|required)\Z", re.DOTALL)


def is_partial_commit(environ: Mapping[str, str]) -> bool:
    """Whether this is the hook of ``git commit PATH...``.

    Git then commits from a passing index, and puts back one in which our change is not.
    """
    name = os.path.basename(environ.get("GIT_INDEX_FILE", ""))
    return name.startswith("next-index-")


class Index:
    """Git's index for the tree at ``root``; it and ``GIT_INDEX_FILE`` are git's own to find.

    Attributes:
        usable: whether there is one, and what is put into it will last.
    """

    def __init__(self, root: str, environ: Mapping[str, str]) -> None:
        self._root = root
        self.partial = is_partial_commit(environ)
        self.usable = has_git(root) and not self.partial

    def agreed(self, paths: Sequence[str]) -> set[str]:
        """Those of ``paths`` whose content in the index is that of the work tree.

        Paths with a ``filter`` attribute are left out: to compare or add one, git would run a
        program that the repository names.
        """
        found: set[str] = set()
        for portion in _portions(paths) if self.usable else ():
            tracked = self._listed(("ls-files", "-z", "--cached", "--", *portion), portion)
            plain = tracked - self._filtered(sorted(tracked))
            if plain:
                differs = self._listed((*_DIFF, "--", *sorted(plain)), portion)
                found |= plain - differs
        return found

    def add(self, paths: Iterable[str]) -> None:
        """Put the work tree's content of ``paths``, which the index knows, into it.

        Raises:
            DiscoveryError: git refused; somebody else may hold the index.
        """
        for portion in _portions(sorted(paths)):
            run_git(self._root, ("update-index", "-z", "--", *portion), self._env)

    @cached_property
    def _env(self) -> dict[str, str]:
        """Paths are no patterns, and no program that the repository configures as a filter runs.

        Git compares with the work tree whatever was touched just before the index was written,
        whichever paths it is asked about.
        """
        said = run_git(self._root, ("config", "--null", "--name-only", "--list"))
        keys = {key for key in os.fsdecode(said).split("\0") if _FILTER.match(key)}
        number = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
        env = {"GIT_LITERAL_PATHSPECS": "1", "GIT_CONFIG_COUNT": str(number + len(keys))}
        for at, key in enumerate(sorted(keys), number):
            required = key.endswith(".required")
            env |= {f"GIT_CONFIG_KEY_{at}": key, f"GIT_CONFIG_VALUE_{at}": "0" if required else ""}
        return env

    def _listed(self, command: Sequence[str], portion: Sequence[str]) -> set[str]:
        said = run_git(self._root, command, self._env)
        return set(os.fsdecode(said).split("\0")).intersection(portion)

    def _filtered(self, paths: Sequence[str]) -> set[str]:
        """Those of ``paths`` that a program of the repository's configuration stands behind."""
        if not paths:
            return set()
        said = os.fsdecode(run_git(self._root, ("check-attr", "-z", "filter", "--", *paths)))
        words = said.split("\0")
        rows = zip(words[0::3], words[2::3], strict=False)
        return {path for path, value in rows if value not in ("unspecified", "unset")}


def _portions(paths: Sequence[str]) -> Iterable[Sequence[str]]:
    for at in range(0, len(paths), _PORTION):
        yield paths[at : at + _PORTION]
