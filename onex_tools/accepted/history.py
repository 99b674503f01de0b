"""Files as they were in a commit, out of git's store."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from onex_tools.accepted.entry import Commit
from onex_tools.discover import DiscoveryError, read_blobs, run_git


def reader(root: str, limit: int) -> Callable[[Commit], bytes | None]:
    """A function that gives a file as it was, or None where this clone has it not."""

    @lru_cache(maxsize=16)
    def read(commit: Commit) -> bytes | None:
        name = f"{commit.id}:{commit.path}"
        try:
            found = run_git(root, ("rev-parse", "--verify", "--quiet", "--end-of-options", name))
        except (DiscoveryError, FileNotFoundError, ValueError):
            return None
        blob = found.decode("ascii", "replace").strip()
        data = read_blobs(root, [blob], limit)[blob]
        return data if isinstance(data, bytes) else None

    return read
