"""Git's own merge of three texts."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from onex_tools.process import Answer, ask
from onex_tools.stamp.versions import Text, Versions

MARKER_SIZE = 7
LABELS = ("base", "ours", "theirs")
"""What conflict markers name the versions where git does not say how they are called."""

_SECONDS = 86_400.0
"""Git itself sets its merge no limit; this one only keeps a lost process from staying for ever."""
_USAGE_ERROR = 129
_MOST_CONFLICTS = 127


class MergeFailed(Exception):
    """The merge could not be made, and nothing was written; the message says why."""


def git_merge(versions: Versions, marker_size: int, labels: tuple[str, str, str]) -> Text:
    """Git's own merge of three texts, in the conflict style that is configured.

    Raises:
        MergeFailed: git gave no answer.
    """
    if versions.base == versions.theirs or versions.ours == versions.theirs:
        return Text(versions.ours, True)
    if versions.base == versions.ours:
        return Text(versions.theirs, True)
    base, ours, theirs = labels
    with _held(versions) as names:
        options = [f"--marker-size={marker_size}", "-L", ours, "-L", base, "-L", theirs]
        files = [names[1], names[0], names[2]]
        # A merge of branches compares lines so; older versions of git cannot be asked for it.
        answer = _ask_git([*options, "--diff-algorithm=histogram", *files])
        if answer.code == _USAGE_ERROR:
            answer = _ask_git([*options, *files])
    if not 0 <= answer.code <= _MOST_CONFLICTS:
        said = answer.errors.decode("utf-8", "replace").strip()
        if "binary" in said:
            return Text(versions.ours, False)
        raise MergeFailed(f"git merge-file failed: {said or answer.code}")
    return Text(answer.output, answer.code == 0)


def _ask_git(arguments: list[str]) -> Answer:
    try:
        return ask(["git", "merge-file", "-p", *arguments], os.environ, _SECONDS)
    except FileNotFoundError:
        raise MergeFailed("git is not installed") from None
    except TimeoutError:
        raise MergeFailed("git merge-file gave no answer") from None


@contextlib.contextmanager
def _held(versions: Versions) -> Iterator[list[str]]:
    """Names under which a program that we start can read ``versions``.

    The files have no names of their own, so none of them is left behind, whatever ends us.
    """
    with contextlib.ExitStack() as stack:
        names = []
        for data in versions:
            handle = _nameless()
            stack.callback(os.close, handle)
            os.set_inheritable(handle, True)
            write_all(handle, data)
            os.lseek(handle, 0, os.SEEK_SET)
            names.append(f"/dev/fd/{handle}")
        yield names


def _nameless() -> int:
    """A new file without a name: in memory where the system has that, else on disk."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("onex-merge")
    import tempfile

    with tempfile.TemporaryFile() as stream:
        return os.dup(stream.fileno())


def write_all(handle: int, data: bytes) -> None:
    """Write ``data``, all of it, to an open file."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
