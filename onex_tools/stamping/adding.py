"""Files written, and added to git's index where they were wholly in it: what a commit hook does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onex_tools.discover import Reader, Skip
from onex_tools.writing import THREADS, Change, replace_files

if TYPE_CHECKING:
    from onex_tools.stamping.index import Index

_HELD_UP = (
    "its unstaged changes touch the lines of {what}, and pre-commit could not bring them back; "
    "stage them too, or stash them"
)


def write_and_add(
    root: str,
    changes: Sequence[Change],
    index: Index | None,
    *,
    what: str,
    threads: int = THREADS,
) -> tuple[dict[str, str], list[str]]:
    """Make ``changes`` below ``root``; with an ``index``, add those that agreed with it before.

    ``what`` says, in a refusal, what would be written.

    Returns:
        Why a file is as it was, by path; and the written files that could not be added.

    Raises:
        DiscoveryError: git's index cannot be used.
    """
    agreed = index.agreed([change.path for change in changes]) if index else set()
    written = replace_files(root, changes, threads=threads)
    refused = {refusal.path: refusal.reason for refusal in written}
    for change in changes:
        if change.path in refused and _holds(root, change):
            del refused[change.path]  # another run was faster, and wrote the same
    if index is None:
        return refused, []
    wrote = [change for change in changes if change.path not in refused]
    held_up, unstaged = _add(root, index, wrote, agreed)
    return refused | dict.fromkeys(held_up, _HELD_UP.format(what=what)), unstaged


def _holds(root: str, change: Change) -> bool:
    """Whether the file has its new bytes."""
    try:
        return Reader(root)(change.path, len(change.new or b"")) == change.new
    except Skip:
        return False


def _add(
    root: str, index: Index, wrote: Sequence[Change], agreed: set[str]
) -> tuple[set[str], list[str]]:
    """Add what was written to the index, where a file ``agreed`` with it before.

    Returns:
        What had to be taken back, and what could not be added.
    """
    index.add(change.path for change in wrote if change.path in agreed)
    held_up = index.held_up(change.path for change in wrote)
    back = [Change(c.path, c.new, c.old) for c in wrote if c.path in held_up]
    replace_files(root, back)
    index.add(change.path for change in back if change.path in agreed)
    added = agreed | held_up
    return held_up, [change.path for change in wrote if change.path not in added]
