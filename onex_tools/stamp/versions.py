"""What a merge is about: three versions of one text, and what became of them."""

from __future__ import annotations

from typing import NamedTuple

_LOOKED_AT = 8000


class Versions(NamedTuple):
    """A file at the merge base (empty where it was not there), on our branch, and on theirs."""

    base: bytes
    ours: bytes
    theirs: bytes

    @property
    def binary(self) -> bool:
        """Whether git takes one of them for no text: it merges none of them then."""
        return any(b"\0" in data[:_LOOKED_AT] for data in self)


class Text(NamedTuple):
    """A merged text; with conflict markers in it unless it is ``clean``."""

    data: bytes
    clean: bool
