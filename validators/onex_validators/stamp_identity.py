"""Stamps whose identity is wrong: a UUID that two files share, a name that is not the file's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from onex_tools.stamp import (
    LEGACY,
    NOT_KEPT,
    V1,
    Field,
    Stamp,
    by_hand,
    disagreeing_fields,
    ending_for,
    is_sidecar,
    is_uuid,
    mending,
    reading,
)

KINDS = ("with-comments",)
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
    """A file's UUID: ``[uuid, place, form, own]``.

    ``place`` is its ``[start, end, line, ...]``, ``form`` the stamp's, and ``own`` says whether the
    stamp's name is still the file's.
    """

    name = "stamp"
    kinds, files, contains = KINDS, FILES, MARKERS

    def extract(self, file: SourceFile) -> Any:
        """The UUID of the oldest block that has one: it is the file's identity, or None."""
        for block in reversed(file.shared(reading).settled):
            field = block.field("uuid")
            if field and is_uuid(field.text) and field.text != _NO_UUID:
                at = list(file.location(field.span)[1:])
                own = not disagreeing_fields(block, file.path)
                return [field.text.lower(), at, block.form, own]
        return None


class DuplicateUuid(TreeValidator):
    """UUID in a stamp is that of another file too.

    A UUID is a file's identity for as long as it lives, over renames as well. Here a file was
    copied with its stamp. Where the name in only one of the stamps is its file's, the other is
    taken for the copy; else the stamps cannot tell. Delete the `uuid` line of the copy: then
    `onex stamp` gives it one of its own.
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
            why="only the second path is reported, whichever is the copy",
        ),
        Bad(
            "a/copy.py",
            _STAMPED,
            at=(4,),
            tree={"z/loader.py": _STAMPED},
            why="this stamp names another file",
        ),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding for every path after the first that has the same UUID."""
        first: dict[str, tuple[Location, str, bool]] = {}
        facts = sorted(tree.facts(StampFact).items(), key=lambda fact: (not fact[1][3], fact[0]))
        for path, (uuid, at, form, own) in facts:
            here = Location(path, *at)
            other, others_form, others_own = first.setdefault(uuid, (here, form, own))
            if other is here:
                continue
            yield tree.finding(
                self,
                path,
                here,
                f"`uuid` is also that of {other.path}",
                help=_way_apart([form, others_form], told=own != others_own),
                related=(Related(other, "the same `uuid`"),),
                anchor=uuid,
            )


def _way_apart(forms: Sequence[str], *, told: bool) -> str:
    """How two files get UUIDs of their own; ``told``: the stamps say which is the copy."""
    if told:
        advice = "the stamp names another file, so this one is the copy: "
    else:
        advice = "one of the two files is a copy, and the stamps do not tell which: "
    advice += "delete the `uuid` line of the copy, and `onex stamp` gives it one of its own"
    return f"{advice}; in a legacy stamp, {NOT_KEPT}" if LEGACY in forms else advice


class WrongName(Validator):
    """Name or namespace in the stamp is not the file's.

    The file was renamed or copied, and its stamp was left as it was. In a canonical stamp ``name``
    is the file's name, and ``namespace`` ends with that name without its ending; older forms are
    judged only where they name another file of the same kind. Correct the fields; a copy needs a
    UUID of its own too (STP006).
    """

    code, name = "STP007", "wrong-name"
    settings = Stamp
    kinds, files, contains = KINDS, FILES, MARKERS
    examples = (
        Good("src/loader.py", _STAMPED),
        Good("src/Loader/__init__.py", _STAMPED.replace("name: loader.py", "name: __init__.py")),
        Bad(
            "src/reader.py",
            _STAMPED,
            at=(2,),
            fixed=_STAMPED.replace("name: loader.py", "name: reader.py").replace(
                "stamped.loader", "stamped.reader"
            ),
        ),
        Bad(
            "src/loader.py",
            _STAMPED.replace("stamped.loader", "stamped.reader"),
            at=(3,),
            fixed=_STAMPED,
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding at the first field that disagrees."""
        if is_sidecar(file.path, file.shared(reading)):
            return
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
                help=by_hand(_right_values(file, fields), file, self.options),
                fix=mending(file, self.options),
                related=[Related(file.location(f.span), f"`{f.key}` too") for f in fields[1:]],
            )


def _right_values(file: SourceFile, fields: Iterable[Field]) -> str:
    """What the fields that disagree have to say, in words."""
    ways = {
        "name": f"set `name` to {file.name!r}",
        "namespace": f"let `namespace` end in {'.' + ending_for(file.path)!r}",
    }
    todo = " and ".join(ways[field.key] for field in fields)
    return f"the file was renamed or copied after it was stamped: {todo}"
