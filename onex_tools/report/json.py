"""The JSON report: one strict object, one finding on each line of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TextIO

from onex_tools.report.records import Record, Records, encoder, extras, summary, tool
from onex_tools.report.style import Style
from onex_tools.result import Result

VERSION = 1


def write(result: Result, out: TextIO, style: Style) -> None:
    """Write the object that ``schemas/onex-report.schema.json`` describes."""
    encode = encoder()
    records = Records(result)
    members = [
        f'"version": {VERSION}',
        f'"tool": {encode(tool())}',
        f'"summary": {encode(summary(result))}',
        f'"findings": {_list(records.findings(), encode)}',
        f'"waived": {_list(records.waived(), encode)}',
        f'"notes": {_list(records.notes(), encode)}',
        *(f'"{key}": {_list(rows, encode)}' for key, rows in extras(result, style).items()),
    ]
    out.write("{\n" + ",\n".join(members) + "\n}\n")


def _list(records: Iterable[Record], encode: Callable[[Any], str]) -> str:
    lines = ",\n".join(map(encode, records))
    return f"[\n{lines}\n]" if lines else "[]"
