"""The report for GitHub Actions: one workflow command a finding, shown beside the changed line."""

from __future__ import annotations

from typing import TextIO

from onex_tools.model import Finding, Severity
from onex_tools.report.closing import failure, notes, tables, verdict
from onex_tools.report.counts import name_of
from onex_tools.report.foreign import put, visible
from onex_tools.report.style import Style
from onex_tools.result import Result

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(result: Result, out: TextIO, style: Style) -> None:
    """Write the findings, the worst first since GitHub shows only so many, then the counts."""
    style = style._replace(color=False)
    ranked = sorted(result.findings, key=lambda finding: -finding.severity)
    lines = [_command(finding, name_of(result, finding.code)) for finding in ranked]
    lines += [tables(result, style), notes(result, style, ("skipped",)), failure(result, style)]
    put(out, "".join(lines) + verdict(result, style))


def escape_data(text: str) -> str:
    """``text`` as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """``text`` as the value of a property of a workflow command."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _command(finding: Finding, name: str) -> str:
    text = visible(finding.message)
    if finding.help:
        text += "".join(f"\nhelp: {visible(line)}" for line in finding.help.splitlines())
    title = escape_property(visible(f"{finding.code} {name}".rstrip()))
    command = _COMMANDS[finding.severity]
    return f"::{command} {_place(finding)},title={title}::{escape_data(text)}\n"


def _place(finding: Finding) -> str:
    """The properties of the place; GitHub refuses columns where several lines are meant."""
    at = finding.location
    place = f"file={escape_property(visible(at.path))},line={at.line}"
    if at.end_line > at.line:
        return f"{place},endLine={at.end_line}"
    place += f",col={at.column},endLine={at.end_line}"
    return f"{place},endColumn={at.end_column}" if at.end_column > at.column else place
