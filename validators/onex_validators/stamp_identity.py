"""Stamps whose identity is wrong: a UUID that two files share, a name that is not the file's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onex_tools.api import (
    Bad,
    Extractor,
    Finding,
    Good,
    Location,
    Related,
    SourceFile,
    Tree,
    TreeValidator,
    Validator,
)
from onex_tools.stamp import FILE_TYPES, V1, disagreeing_fields, is_uuid, reading

KINDS = tuple(FILE_TYPES)
FILES = ("*.onexignore",)
MARKERS = ("OmniNode:",)

_NO_UUID = "00000000-0000-0000-0000-000000000000"
_STAMPED = """\
# === OmniNode:Metadata ===
# name: loader.py
# namespace: onex.stamped.loader
# uuid: 6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11
# hash: b3-v1:3ceae248eacaf486357192011806a5bf7ebc58462f64e88fa1ddffd9be3cda4b
# === /OmniNode:Metadata ===

x = 1
"""


class StampFact(Extractor):
    """A file's UUID and its place, as ``[uuid, [start, end, line, ...]]``."""

    name = "stamp"
    kinds, files, contains = KINDS, FILES, MARKERS

    def extract(self, file: SourceFile) -> Any:
        """The UUID of the oldest block that has one: it is the file's identity, or None."""
        for block in reversed(file.shared(reading).settled):
            field = block.field("uuid")
            if field and is_uuid(field.text) and field.text != _NO_UUID:
                return [field.text.lower(), list(file.location(field.span)[1:])]
        return None


class DuplicateUuid(TreeValidator):
    """UUID in a stamp is that of another file too.

    A UUID is a file's identity for as long as it lives, over renames as well. A copied file keeps
    the original's until it is stamped anew: remove the copy's block and stamp it again.
    """

    code, name = "STP006", "duplicate-uuid"
    uses = (StampFact,)
    examples = (
        Good("loader.py", _STAMPED),
        Bad(
            "pack/loader.py",
            _STAMPED,
            at=(4,),
            tree={"a/loader.py": _STAMPED},
            why="the first path in sorted order keeps the UUID",
        ),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding for every path after the first that has the same UUID."""
        first: dict[str, Location] = {}
        for path, (uuid, at) in sorted(tree.facts(StampFact).items()):
            here = Location(path, *at)
            original = first.setdefault(uuid, here)
            if original is not here:
                yield tree.finding(
                    self,
                    path,
                    here,
                    f"UUID is also that of {original.path}",
                    related=(Related(original, "the same UUID"),),
                    anchor=uuid,
                )


class WrongName(Validator):
    """Name or namespace in the stamp is not the file's.

    The file was renamed or copied without being stamped again. In a canonical stamp ``name`` is
    the file's name and ``namespace`` ends with its stem; older forms are judged only where they
    name another file of the same kind.
    """

    code, name = "STP007", "wrong-name"
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("src/loader.py", _STAMPED),
        Good("src/Loader/__init__.py", _STAMPED.replace("name: loader.py", "name: __init__.py")),
        Bad("src/reader.py", _STAMPED, at=(2,)),
        Bad("src/loader.py", _STAMPED.replace("stamped.loader", "stamped.reader"), at=(3,)),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at the first field that disagrees."""
        blocks = file.shared(reading).settled
        newest = next(
            (block for block in blocks if block.form == V1), blocks[0] if blocks else None
        )
        fields = disagreeing_fields(newest, file.path) if newest else []
        if fields:
            said = " and ".join(f"`{field.key}` is {field.text[:80]!r}" for field in fields)
            yield file.finding(
                self,
                fields[0].span,
                f"{said}, but the file is {file.name!r}",
                related=[Related(file.location(f.span), f"`{f.key}` too") for f in fields[1:]],
            )
