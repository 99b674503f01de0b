"""What a rule on stamps offers as its fix: the one edit that makes a file's stamp right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from onex_tools.model import Fix
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.styles import file_type, row_of

if TYPE_CHECKING:
    from onex_tools.kinds import CommentStyle


class _NeedsIdentity(Exception):
    """A new UUID or the time of day: no fix makes these up, only ``onex stamp`` does."""


class Mendable(Protocol):
    """What a source file offers that mending needs."""

    path: str
    data: bytes
    kind: str

    @property
    def comments(self) -> CommentStyle | None:
        """What a plugin says of its comments."""


def mending(file: Mendable, options: Any, *, migrate: bool = False) -> Fix | None:
    """The fix that makes the stamp right; None where that takes a guess, a UUID or the time.

    It is the same for every rule that finds fault with the stamp, so that all of them may offer it.
    With ``migrate`` it rewrites old stamps too, which is for a person to ask for: it is not safe.
    """
    # Imported here: the rules name this function, and a stamp that is right never calls it.
    from onex_tools.edits import difference
    from onex_tools.stamp.plan import LEAVE, REFUSE, Source, Wish, plan

    settings: Stamp = options if isinstance(options, Stamp) else Stamp()
    row = row_of(file) or file_type(file.kind)
    source = Source(file.path, file.data, file.kind, row)
    try:
        planned = plan(source, settings, Wish(_nothing, migrate=migrate, mint=_nothing))
    except _NeedsIdentity:
        return None
    if planned.action in (LEAVE, REFUSE) or planned.new == file.data:
        return None
    title = "write one stamp in today's form" if migrate else "bring the stamp up to date"
    return Fix(title, [difference(file.data, planned.new)], safe=not migrate)


def _nothing(*_: str) -> str:
    raise _NeedsIdentity
