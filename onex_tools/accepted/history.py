"""Files as they were in commits, out of git's store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from onex_tools.accepted.entry import Commit
from onex_tools.discover import named_blobs, read_blobs

Reader = Callable[[Commit], Sequence[bytes] | None]


def reader(root: str, commits: Iterable[Commit], limit: int) -> Reader:
    """A function that gives the lines of a file in one of ``commits``; None where git lacks it."""
    names = {commit: f"{commit.id}:{commit.path}" for commit in commits}
    try:
        blobs = named_blobs(root, list(names.values()))
    except FileNotFoundError:  # git is not installed
        blobs = {}

    @lru_cache(maxsize=4)
    def read(commit: Commit) -> Sequence[bytes] | None:
        blob = blobs.get(names[commit])
        data = read_blobs(root, [blob], limit)[blob] if blob else None
        return data.splitlines() if isinstance(data, bytes) else None

    return read
