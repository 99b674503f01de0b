"""Put written files into git's index, as a commit hook must: only those that were wholly in it."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from onex_tools.discover import DiscoveryError, has_git, run_git

_PORTION = 500
"""Paths on one command line; a system allows at least some 100 KiB."""
_DIFF = (
    *("diff", "--name-only", "--relative", "-z"),
    *("--no-ext-diff", "--no-textconv", "--ignore-submodules"),
)
_PATCH = re.compile(r"patch[0-9]+-([0-9]{1,9})")
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
        self._root, self._environ = root, environ
        self.partial = is_partial_commit(environ)
        self.usable = has_git(root) and not self.partial

    @property
    def why_not(self) -> str:
        """Why a file that was written could not be added, and what to do."""
        if self.partial:
            return "`git commit PATH` commits from a passing index: commit again"
        return "index and work tree differed before, or a filter stands between them: `git add` it"

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

    def held_up(self, paths: Iterable[str]) -> set[str]:
        """Those of ``paths``, just written, whose unstaged changes could not come back any more.

        pre-commit puts unstaged changes aside as a patch while hooks run. Where that no longer
        applies, it takes back what hooks wrote by what is in the index, which has our change too:
        then nothing would bring the patch back, and all unstaged changes would be lost to sight.
        """
        patch = self._patch
        if patch is None:
            return set()
        above = os.fsdecode(run_git(self._root, ("rev-parse", "--show-prefix"))).strip("\n")
        rows = run_git(self._root, ("apply", "--numstat", "-z", patch), self._env).split(b"\0")
        changed = {os.fsdecode(row.split(b"\t", 2)[2]) for row in rows if row.count(b"\t") >= 2}
        touched = {path for path in paths if above + path in changed}
        if not touched:
            return set()
        try:
            run_git(self._root, ("apply", "--check", "--whitespace=nowarn", patch), self._env)
        except DiscoveryError:
            return touched
        return set()

    @cached_property
    def _patch(self) -> str | None:
        return _patch_put_aside(self._environ)

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


def _patch_put_aside(environ: Mapping[str, str]) -> str | None:
    """The patch that a pre-commit above us will apply when the hooks are done, if there is one."""
    if environ.get("PRE_COMMIT") != "1":
        return None
    caches = environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    home = environ.get("PRE_COMMIT_HOME") or os.path.join(caches, "pre-commit")
    above = set(_ancestors())
    with contextlib.suppress(OSError):
        for name in os.listdir(home):
            match = _PATCH.fullmatch(name)
            if match and int(match[1]) in above:
                return os.path.abspath(os.path.join(home, name))
    return None


def _ancestors() -> Iterator[int]:
    """The processes that started this one, as far up as the system tells."""
    process = os.getppid()
    while process > 1:
        yield process
        try:
            with open(f"/proc/{process}/stat", "rb") as stream:
                process = int(stream.read().rpartition(b")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            return


def _portions(paths: Sequence[str]) -> Iterable[Sequence[str]]:
    for at in range(0, len(paths), _PORTION):
        yield paths[at : at + _PORTION]
