"""What the machine formats say of a finding: plain values, in one stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from onex_tools import __version__
from onex_tools.fingerprints import Evidence, Secrets, named
from onex_tools.model import Edit, Finding, Location
from onex_tools.report.counts import count, name_of, rule_counts, rule_times
from onex_tools.report.foreign import plain, raw
from onex_tools.report.pages import Pages
from onex_tools.report.style import Style
from onex_tools.result import Note, Result, Waived

Record = dict[str, Any]


def encoder() -> Callable[[Any], str]:
    """A function that writes a value as strict JSON on one line, in printable ASCII."""
    import json

    return json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


def fingerprints(result: Result) -> dict[int, str]:
    """The fingerprint of every finding, waived or not, by its ``id()``: 32 hexadecimal digits.

    BLAKE3 over code, path, anchor, and which finding with the same three it is, counted from 1,
    with a NUL between them. No line number goes into it, so it survives moved lines. Where there is
    a baseline, those of secrets are made with its key, and change with the secret.
    """
    from blake3 import blake3

    secrets = Secrets(result.key, Evidence(result.rules, result.read)) if result.key else None
    findings = result.findings
    if result.waived:
        both = [*findings, *(waived.finding for waived in result.waived)]
        findings = sorted(both, key=Finding.order)
    anchors = (secrets.anchor(one) if secrets else one.anchor for one in findings)
    prints = {}
    for finding, text in zip(findings, named(zip(findings, anchors, strict=True)), strict=True):
        data = text.encode("utf-8", "surrogatepass")
        keyed = secrets is not None and secrets.holds(finding)
        hasher = blake3(data, key=result.key) if keyed else blake3(data)
        prints[id(finding)] = hasher.hexdigest(length=16)
    return prints


def tool() -> Record:
    """Who wrote the report."""
    return {"name": "onex", "version": __version__}


def summary(result: Result) -> Record:
    """The counts of the run, and the exit code it ends with."""
    counts = count(result)
    return {
        "files": result.files,
        "findings": counts.findings,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "infos": counts.infos,
        "waived": len(result.waived),
        "fixable": counts.safe,
        "fixable_unsafe": counts.unsafe,
        "fixed": result.fixed,
        "failed": result.failed,
        "exit_code": result.exit_code(),
    }


class Records:
    """Makes the records of one result."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._prints = fingerprints(result)
        self._pages = Pages(result)

    def findings(self) -> Iterator[Record]:
        """One record for each finding that counts."""
        return map(self._finding, self._result.findings)

    def waived(self) -> Iterator[Record]:
        """One record for each finding that does not."""
        return map(self._waived, self._result.waived)

    def notes(self) -> Iterator[Record]:
        """One record for each note."""
        return map(_note, self._result.notes)

    def _finding(self, finding: Finding) -> Record:
        record = {
            "code": finding.code,
            "name": plain(name_of(self._result, finding.code)),
            "severity": finding.severity.label,
            "confidence": finding.confidence.label,
            "message": plain(finding.message),
            **_location(finding.location),
            "help": plain(finding.help),
            "fingerprint": self._prints[id(finding)],
        }
        if finding.fix:
            fix: Record = {"title": plain(finding.fix.title), "safe": finding.fix.safe}
            if not self._pages.carries(finding):
                fix["edits"] = [_edit(edit) for edit in finding.fix.edits]
            record["fix"] = fix
        if finding.details:
            record["details"] = {plain(k): plain(text) for k, text in finding.details.items()}
        if finding.related:
            record["related"] = [
                {**_location(at), "message": plain(message)} for at, message in finding.related
            ]
        return record

    def _waived(self, waived: Waived) -> Record:
        kind, origin, reason, until = waived.waiver
        waiver = {
            "kind": kind,
            "origin": plain(origin),
            "reason": plain(reason),
            "until": plain(until),
        }
        return {**self._finding(waived.finding), "waiver": waiver}


def extras(result: Result, style: Style) -> Record:
    """The tables that ``style`` asks for."""
    record: Record = {}
    if style.statistics:
        record["statistics"] = [
            {"code": row.code, "name": plain(row.name), "count": row.number, "fixable": row.fixable}
            for row in rule_counts(result)
        ]
    if style.timing:
        record["timing"] = [
            {
                "code": row.code,
                "name": plain(row.name),
                "seconds": round(row.seconds, 6),
                "share": round(row.share, 4),
            }
            for row in rule_times(result)
        ]
    return record


def _location(at: Location) -> Record:
    path = plain(at.path)
    record: Record = {"path": path}
    if path != at.path:
        record["path_hex"] = raw(at.path).hex()
    record["line"] = at.line
    record["column"] = at.column
    record["end_line"] = at.end_line
    record["end_column"] = at.end_column
    record["start"] = at.start
    record["end"] = at.end
    return record


def _edit(edit: Edit) -> Record:
    record: Record = {"start": edit.start, "end": edit.end}
    try:
        record["text"] = edit.replacement.decode()
    except UnicodeDecodeError:
        record["hex"] = edit.replacement.hex()
    return record


def _note(note: Note) -> Record:
    return {"kind": note.kind, "message": plain(note.message), "help": plain(note.help)}
