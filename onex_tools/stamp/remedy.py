"""What a rule on stamps offers as its fix: the one edit that makes a file's stamp right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onex_tools.model import Fix
from onex_tools.stamp.advice import with_caution
from onex_tools.stamp.block import LEGACY
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.styles import file_type, row_of

if TYPE_CHECKING:
    from onex_tools.stamp.plan import Source
    from onex_tools.stamp.verdict import Placed


class _NeedsIdentity(Exception):
    """A new UUID or the time of day: no fix makes these up, only ``onex stamp`` does."""


def mending(file: Placed, options: Any, *, migrate: bool = False) -> Fix | None:
    """The fix that makes the stamp right; None where that takes a guess, a UUID or the time.

    It is the same for every rule that finds fault with the stamp, so that all of them may offer it.
    With ``migrate`` it rewrites old stamps too, which is for a person to ask for: it is not safe.
    """
    # Imported here: the rules name this function, and a stamp that is right never calls it.
    from onex_tools.edits import difference
    from onex_tools.stamp.plan import LEAVE, REFUSE, Wish, plan

    wish = Wish(_nothing, migrate=migrate, mint=_nothing)
    try:
        planned = plan(_source(file), _settings(options), wish)
    except _NeedsIdentity:
        return None
    if planned.action in (LEAVE, REFUSE) or planned.new == file.data:
        return None
    title = "write one stamp in today's form" if migrate else "bring the stamp up to date"
    return Fix(title, [difference(file.data, planned.new)], safe=not migrate)


def by_hand(advice: str, file: Placed, options: Any) -> str:
    """``advice`` to edit a stamp, behind the command that does it where there is one.

    With what else there is to do where an edit breaks a legacy hash.
    """
    from onex_tools.stamp.verdict import verdicts

    found = file.shared(verdicts)
    text = with_caution(advice, found)
    if not any(verdict.block.form == LEGACY for verdict in found):
        return text
    return f"`onex stamp --migrate` does it; by hand: {text}" if _migrates(file, options) else text


def _migrates(file: Placed, options: Any) -> bool:
    from onex_tools.stamp.plan import MIGRATE, Wish, plan

    wish = Wish(lambda: "", migrate=True)
    return plan(_source(file), _settings(options), wish).action == MIGRATE


def _settings(options: Any) -> Stamp:
    return options if isinstance(options, Stamp) else Stamp()


def _source(file: Placed) -> Source:
    from onex_tools.stamp.plan import Source

    return Source(file.path, file.data, file.kind, row_of(file) or file_type(file.kind))


def _nothing(*_: str) -> str:
    raise _NeedsIdentity
