"""Names in a folder exchanged, or taken only while free, in one step of the system."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

_LINUX = ("renameat2", 2, 1)
_DARWIN = ("renameatx_np", 2, 4)
"""The function, and its flags for an exchange and for a name that has to be free."""
_UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What a file system or a kernel says that does not know the flag."""


class Renamer:
    """The renames that no other process can get between, as far as the system has them."""

    def __init__(self) -> None:
        name, self._exchange, self._free = _DARWIN if sys.platform == "darwin" else _LINUX
        self._call = _function(name)

    def exchange(self, folder: int, one: str, other: str) -> bool:
        """Let two files of ``folder`` change names; False where the system cannot.

        Raises:
            OSError: as ``os.rename``; nothing has changed.
        """
        return self._rename(folder, one, other, self._exchange)

    def rename_to_free(self, folder: int, old: str, new: str) -> None:
        """Rename ``old`` to ``new``, a name that nobody has.

        Raises:
            FileExistsError: somebody has it.
            OSError: as ``os.rename``; nothing has changed.
        """
        if not self._rename(folder, old, new, self._free):
            os.link(old, new, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
            os.unlink(old, dir_fd=folder)

    def _rename(self, folder: int, old: str, new: str, flag: int) -> bool:
        if self._call is None:
            return False
        names = os.fsencode(old), os.fsencode(new)
        if b"\0" in names[0] + names[1]:
            raise ValueError("embedded null byte")  # where C takes the name to end
        error = self._call(folder, *names, flag)
        if error in _UNABLE:
            return False
        if error:
            raise OSError(error, os.strerror(error))
        return True


def _function(name: str) -> Callable[[int, bytes, bytes, int], int] | None:
    """The C library's function, which gives its ``errno``; None if it is older than that."""
    try:
        import ctypes

        call = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (ImportError, OSError, AttributeError):
        return None
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]

    def rename(folder: int, old: bytes, new: bytes, flag: int) -> int:
        return ctypes.get_errno() if call(folder, old, folder, new, flag) else 0

    return rename
