"""What ``onex stamp`` makes of one file: the new bytes, or why it is left as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from onex_tools.stamp.glance import glance
from onex_tools.stamp.identity import mint
from onex_tools.stamp.lines import NEEDLE
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.styles import FileType

RIGHT = "right"
STAMP = "stamp"
UPDATE = "update"
MOVE = "move"
COLLAPSE = "collapse"
MIGRATE = "migrate"
REMOVE = "remove"
REFUSE = "refuse"
LEAVE = "leave"
OLD = "old"

ACTIONS = {
    RIGHT: "its stamp is right",
    STAMP: "it gets a stamp",
    UPDATE: "its stamp is brought up to date",
    MOVE: "its stamp is moved to its place",
    COLLAPSE: "its stacked stamps become one",
    MIGRATE: "its old stamp becomes a canonical one",
    REMOVE: "its stamp is removed",
    OLD: "its stamp has an old form: `--migrate` rewrites it",
    LEAVE: "it carries no stamp",
    REFUSE: "nothing is written, since it would be a guess",
}
"""What can become of a file."""
STILL = frozenset({RIGHT, LEAVE, OLD, REFUSE})
"""Those that leave it as it is."""


class Source(NamedTuple):
    """A file to be stamped: its path, its bytes, what its kind is called, and how it comments."""

    path: str
    data: bytes
    kind: str
    row: FileType


class Wish(NamedTuple):
    """What is asked for besides a right stamp.

    Attributes:
        clock: tells the time in UTC, as a stamp has it; asked only where a stamp needs it.
        migrate: old stamps are rewritten.
        refresh: values follow the configuration.
        mint: makes the UUID of a file that has none.
    """

    clock: Callable[[], str]
    migrate: bool = False
    refresh: bool = False
    mint: Callable[[str, str, str], str] = mint


class Plan(NamedTuple):
    """What becomes of a file.

    Attributes:
        action: one of ``ACTIONS``.
        new: its bytes then; the old ones where nothing changes.
        reason: more words on it: which fields change, why it is refused or left alone.
        line: the line that a refusal is about, from 1.
        dropped: fields of old or stacked stamps that the new one does not have.
    """

    action: str
    new: bytes
    reason: str = ""
    line: int = 1
    dropped: tuple[str, ...] = ()


def plan(source: Source, options: Stamp, wish: Wish) -> Plan:
    """What a right stamp takes in this file.

    A right file comes back as it is, byte for byte. What is planned is proven: the new bytes are
    read again, hold one right block, and without it are the body that was there.
    """
    path, data, _, row = source
    if not wish.refresh and glance(path, data, row, detached=options.hash == "detached"):
        return Plan(RIGHT, source.data)
    from onex_tools.stamp.rewriting import plan_carefully

    return plan_carefully(source, options, wish)


def removed(source: Source) -> Plan:
    """The file without its blocks and the blank lines directly after each."""
    if NEEDLE not in source.data:
        return Plan(LEAVE, source.data, "it has no stamp")
    from onex_tools.stamp.rewriting import removed_carefully

    return removed_carefully(source)
