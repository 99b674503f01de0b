"""The settings of the stamp: what new ones say, where the hash is kept, which files carry one."""

from __future__ import annotations

from collections.abc import Sequence

from onex_tools.globs import excludes, matches
from onex_tools.rule import setting, settings


@settings("stamp")
class Stamp:
    """What stamps say, and which files carry one."""

    owner: str = setting("", "Who owns the files; the `owner` field.")
    author: str = setting("", "Who wrote the files; the `author` field.")
    copyright: str = setting("", "Who holds the copyright; the `copyright` field.")
    namespace_prefix: str = setting(
        "onex.stamped", "What the `namespace` field begins with; the file's own part follows."
    )
    profile: str = setting(
        "standard",
        "Which fields a stamp has: all of them, or only name, uuid and hash.",
        choices=("standard", "minimal"),
    )
    repository: str = setting(
        "", "An id of this repository; with it, two branches stamp the same new file alike."
    )
    hash: str = setting(
        "file",
        "Where the body's hash is kept: in the file's own block, or in an attestation outside.",
        choices=("file", "detached"),
    )
    last_modified_at: bool = setting(
        False, "Keep a `last_modified_at` field; it changes only when the hash does."
    )
    include: tuple[str, ...] = setting(
        (), "Globs of the files that must be stamped; without any, every file that can be."
    )
    exclude: tuple[str, ...] = setting((), "Globs of the files that need no stamp.")
    lock: tuple[str, ...] = setting(
        (), "Globs of the files that `onex.lock` covers, of those that cannot hold a stamp."
    )
    sidecar: tuple[str, ...] = setting(
        (), "Globs of the files whose stamp stands beside them, in `<file>.onex.yaml`."
    )


def unwanted(path: str, include: Sequence[str], exclude: Sequence[str]) -> str:
    """Why the configuration wants no stamp at ``path``, in words; empty where it wants one.

    Nothing in ``include`` means every file that can have one.
    """
    if excludes(exclude, path):
        return "`exclude` of [stamp] names it"
    if include and not matches(include, path):
        return "`include` of [stamp] does not name it"
    return ""
