"""One finding that another tool was told to accept, and the refusal of a file of such."""

from __future__ import annotations

import hashlib
import os
import re
from typing import NamedTuple

DIGEST = re.compile(r"[0-9a-f]{40}")
"""SHA-1, as detect-secrets writes it."""


class AcceptedError(Exception):
    """A file of another tool cannot be used; the message says where, and what was expected."""


class Commit(NamedTuple):
    """Where a line number counts: in a file as it was in a commit."""

    id: str
    path: str


class Entry(NamedTuple):
    """One accepted finding.

    Attributes:
        origin: where it is written, ``path:line``, or the path alone.
        path: the file it is in, relative to the root.
        what: the other tool's word for it.
        first: its first line, from 1; 0: not known.
        last: its last line; 0: not known.
        digest: SHA-1 of the secret in hexadecimal; "": only its place is known.
        commit: where the lines count; None: in the file as it is.
        real: somebody looked, and found that it is a secret indeed.
    """

    origin: str
    path: str
    what: str
    first: int = 0
    last: int = 0
    digest: str = ""
    commit: Commit | None = None
    real: bool = False

    @property
    def place(self) -> str:
        """Where it was found, ``path:line``."""
        return f"{self.path}:{self.first}" if self.first else self.path


def is_line(value: object) -> bool:
    """Whether ``value`` can be the number of a line; 0 stands for none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def digest(secret: bytes) -> str:
    """The SHA-1 of ``secret``: a name for it among others, no protection."""
    return hashlib.sha1(secret, usedforsecurity=False).hexdigest()


class Ground(NamedTuple):
    """What paths in a file of another tool are relative to.

    Attributes:
        root: our root, which is where these tools are mostly run.
        folder: where their file is: they may have been run there.
    """

    root: str
    folder: str

    def plain(self, path: str) -> str:
        """``path`` as we write it, relative to the root; what leads out of it stays as it is."""
        if "\0" in path:
            return path
        path = path.replace("\\", "/")
        there = os.path.lexists(os.path.join(self.root, path))
        full = os.path.normpath(os.path.join(self.root if there else self.folder, path))
        below = os.path.relpath(full, self.root)
        return path if below.startswith("..") else below
