"""Which files an attestation speaks for, and by which hash: those with a stamp, and those named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onex_tools.stamp.conflict import conflict_line
from onex_tools.stamp.coverage import has_sidecar, is_locked
from onex_tools.stamp.hashing import body_hash
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.reader import reading
from onex_tools.stamp.sidecar import is_sidecar

if TYPE_CHECKING:
    from onex_tools.stamp.verdict import Placed

_DOUBTFUL = frozenset(
    {"unclosed", "conflict-marker", "too-many-blocks", "stray-closer", "malformed-marker"}
)
"""Faults that leave open where a stamp ends, and so what the body is."""


class Unsettled(NamedTuple):
    """Why the body of a stamped file cannot be told, and the line where that shows, from 1."""

    message: str
    line: int


def is_named(path: str, options: Stamp) -> bool:
    """Whether the settings name ``path`` for the lock or for a sidecar.

    An attestation covers such a file, whatever it holds.
    """
    return is_locked(path, options) or has_sidecar(path, options)


def stamped_hash(file: Placed) -> str | Unsettled | None:
    """The hash of the body of a file with a stamp; None for one without, and for a sidecar."""
    found = file.shared(reading)
    if is_sidecar(file.path, found):
        return None
    for fault in found.faults:
        if fault.kind in _DOUBTFUL:
            return Unsettled(fault.message, fault.line)
    if not found.blocks:
        return None
    line = conflict_line(file.data)
    return Unsettled("unresolved merge conflict", line) if line else body_hash(found.body)


def named_hash(file: Placed) -> str | None:
    """The hash of a file that is covered since the settings name it; None for a sidecar."""
    return None if is_sidecar(file.path, file.shared(reading)) else body_hash(file.data)
