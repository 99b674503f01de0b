"""What people are told who mend a stamp by hand."""

from __future__ import annotations

from collections.abc import Iterable

from onex_tools.model import Span
from onex_tools.stamp.block import LEGACY, Block
from onex_tools.stamp.styles import STYLES
from onex_tools.stamp.verdict import RIGHT, Verdict

NOT_KEPT = "delete the `hash` line too: a legacy hash does not survive the edit"


def with_caution(advice: str, found: Iterable[Verdict]) -> str:
    """``advice`` to edit a stamp, and what else to do where that breaks a legacy hash."""
    breaks = any(verdict.block.form == LEGACY and verdict.state == RIGHT for verdict in found)
    return f"{advice}; {NOT_KEPT}" if breaks else advice


def closing_line(data: bytes, block: Block) -> str:
    """The line that closes ``block``, which is unclosed, when it stands below the last field."""
    opening = _text(data, block.opening)
    line = opening.replace("OmniNode:", "/OmniNode:", 1)
    for style in STYLES:
        begin, end = style.opening.decode(), style.closing.decode()
        if end and opening.startswith(begin) and not opening.endswith(end):
            # One comment over all lines goes on; of one a line this is another.
            own = block.layout.endswith("-lines")
            return f"{line} {end}" if own else f"{line.removeprefix(begin).lstrip()} {end}"
    return line


def _text(data: bytes, span: Span) -> str:
    return data[span.start : span.end].decode("ascii", "replace").rstrip()
