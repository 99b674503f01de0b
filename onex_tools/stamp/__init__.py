"""The stamp: a block of metadata at the head of a file, with a hash of the file's body.

The names below are what validators may use. Each is imported when it is asked for: a stamp that is
right is seen to be so without what reads old ones, or writes new ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onex_tools.stamp.advice import NOT_KEPT, closing_line, with_caution
    from onex_tools.stamp.block import LEGACY, UNCLOSED, V1, Block, Displaced, Fault, Field, Reading
    from onex_tools.stamp.conflict import conflict_line
    from onex_tools.stamp.eligible import is_wanted, reason_against
    from onex_tools.stamp.hashing import body_hash
    from onex_tools.stamp.legacy import verify_legacy
    from onex_tools.stamp.naming import disagreeing_fields, ending_for
    from onex_tools.stamp.options import Stamp
    from onex_tools.stamp.prologue import BOM
    from onex_tools.stamp.reader import read, reading, without
    from onex_tools.stamp.recogniser import is_uuid
    from onex_tools.stamp.remedy import by_hand, mending
    from onex_tools.stamp.sidecar import is_sidecar
    from onex_tools.stamp.styles import (
        FILE_TYPES,
        LAYOUTS,
        file_type,
        layout_words,
        row_for,
        row_of,
    )
    from onex_tools.stamp.verdict import (
        MISSING,
        PLACEHOLDER,
        RIGHT,
        WRONG,
        Verdict,
        judge,
        verdicts,
        verify,
    )

__all__ = [
    "BOM",
    "FILE_TYPES",
    "LAYOUTS",
    "LEGACY",
    "MISSING",
    "NOT_KEPT",
    "PLACEHOLDER",
    "RIGHT",
    "UNCLOSED",
    "V1",
    "WRONG",
    "Block",
    "Displaced",
    "Fault",
    "Field",
    "Reading",
    "Stamp",
    "Verdict",
    "body_hash",
    "by_hand",
    "closing_line",
    "conflict_line",
    "disagreeing_fields",
    "ending_for",
    "file_type",
    "is_sidecar",
    "is_uuid",
    "is_wanted",
    "judge",
    "layout_words",
    "mending",
    "read",
    "reading",
    "reason_against",
    "row_for",
    "row_of",
    "verdicts",
    "verify",
    "verify_legacy",
    "with_caution",
    "without",
]

_HOMES = {
    "advice": "NOT_KEPT closing_line with_caution",
    "block": "LEGACY UNCLOSED V1 Block Displaced Fault Field Reading",
    "conflict": "conflict_line",
    "eligible": "is_wanted reason_against",
    "hashing": "body_hash",
    "legacy": "verify_legacy",
    "remedy": "by_hand mending",
    "naming": "disagreeing_fields ending_for",
    "options": "Stamp",
    "prologue": "BOM",
    "reader": "read reading without",
    "recogniser": "is_uuid",
    "sidecar": "is_sidecar",
    "styles": "FILE_TYPES LAYOUTS file_type layout_words row_for row_of",
    "verdict": "MISSING PLACEHOLDER RIGHT WRONG Verdict judge verdicts verify",
}


def __getattr__(name: str) -> Any:
    import importlib

    for home, names in _HOMES.items():
        if name in names.split():
            found = getattr(importlib.import_module(f"{__name__}.{home}"), name)
            globals()[name] = found  # the next one who asks finds it by itself
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
