"""The concise report: one line a finding, as editors and grep like it."""

from __future__ import annotations

from typing import TextIO

from onex_tools.model import Finding
from onex_tools.report.closing import failure, notes, tables, verdict
from onex_tools.report.foreign import put, visible
from onex_tools.report.style import Style, paint
from onex_tools.result import Result


def write(result: Result, out: TextIO, style: Style) -> None:
    """Write ``path:line:column: severity[CODE] message`` for every finding, then the counts."""
    lines = [_line(finding, style) for finding in result.findings]
    lines += [tables(result, style), notes(result, style, ("skipped",)), failure(result, style)]
    put(out, "".join(lines) + verdict(result, style))


def _line(finding: Finding, style: Style) -> str:
    at = finding.location
    label = finding.severity.label
    head = paint(style, label, f"{label}[{finding.code}]")
    path = visible(at.path)
    if path.lstrip().startswith("::"):  # GitHub's runner would take the line for a command
        path = f"./{path}"
    return f"{path}:{at.line}:{at.column}: {head} {visible(finding.message)}\n"
