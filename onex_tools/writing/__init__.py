"""Files replaced whole: their new bytes or their old ones, and only if nobody changed them."""

from onex_tools.writing.files import (
    THREADS,
    Change,
    WriteRefused,
    remove_stale,
    remove_stale_drafts,
    replace_file,
    replace_files,
)

__all__ = [
    "THREADS",
    "Change",
    "WriteRefused",
    "remove_stale",
    "remove_stale_drafts",
    "replace_file",
    "replace_files",
]
