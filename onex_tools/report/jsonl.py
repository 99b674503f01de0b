"""The JSON Lines report: one strict object a line, each with its ``type``."""

from __future__ import annotations

from typing import TextIO

from onex_tools.report.records import Records, encoder, extras, summary, tool
from onex_tools.report.style import Style
from onex_tools.result import Result


def write(result: Result, out: TextIO, style: Style) -> None:
    """Write findings, waived ones, notes, and last the summary."""
    encode = encoder()
    records = Records(result)
    for kind, rows in (
        ("finding", records.findings()),
        ("waived", records.waived()),
        ("note", records.notes()),
    ):
        out.writelines(encode({"type": kind, **row}) + "\n" for row in rows)
    last = {"type": "summary", "tool": tool(), **summary(result), **extras(result, style)}
    out.write(encode(last) + "\n")
