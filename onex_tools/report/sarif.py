"""The SARIF 2.1.0 report, as code scanning services and editors read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO, cast

from onex_tools.model import Confidence, Edit, Finding, Fix, Location, Severity
from onex_tools.report.foreign import plain, raw
from onex_tools.report.pages import Pages
from onex_tools.report.records import Record, encoder, fingerprints, tool
from onex_tools.report.style import Style
from onex_tools.result import Note, Result, RuleInfo, Waiver
from onex_tools.source import SourceFile

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ADVICE = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_IN_SOURCE = ("inline", "foreign")
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def write(result: Result, out: TextIO, style: Style) -> None:  # noqa: ARG001
    """Write one run: the rules, the findings (waived ones as suppressed), and the notes."""
    encode = encoder()
    codes = sorted(result.rules)
    driver = {**tool(), "rules": [_rule(result.rules[code]) for code in codes]}
    results = _Results(result, {code: index for index, code in enumerate(codes)})
    members = [
        f'"tool": {encode({"driver": driver})}',
        f'"columnKind": {encode("unicodeCodePoints")}',
        f'"originalUriBaseIds": {encode(_ROOT)}',
        f'"invocations": {encode([_invocation(result)])}',
        '"results": [\n' + ",\n".join(map(encode, results.all())) + "\n]",
    ]
    head = f'"$schema": {encode(_SCHEMA)},\n"version": "2.1.0"'
    out.write("{\n" + head + ',\n"runs": [{\n' + ",\n".join(members) + "\n}]\n}\n")


_ROOT = {"%SRCROOT%": {"description": {"text": "The root of the checked repository."}}}


def uri(path: str) -> str:
    """``path`` as a relative, percent-encoded reference; bytes that are not UTF-8 are kept."""
    data = raw(path)
    if _PLAIN.issuperset(data):
        return path
    return "".join([chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data])


def _rule(info: RuleInfo) -> Record:
    summary = plain(info.summary)
    explanation = plain(info.explanation)
    return {
        "id": info.code,
        "name": plain(info.name),
        "shortDescription": {"text": summary or info.code},
        "fullDescription": {"text": explanation or summary or info.code},
        "help": {
            "text": explanation or summary or info.code,
            "markdown": f"**{info.code} {plain(info.name)}**: {summary}\n\n{explanation}".rstrip(),
        },
        "defaultConfiguration": {"level": _LEVELS[Severity(info.severity)]},
        "properties": {
            "tags": [info.family, *(["security"] if info.sensitive else [])],
            "precision": Confidence(info.confidence).label,
            "problem.severity": _ADVICE[Severity(info.severity)],
        },
    }


def _invocation(result: Result) -> Record:
    return {
        "executionSuccessful": not result.failed,
        "exitCode": result.exit_code(),
        "toolExecutionNotifications": list(map(_notification, result.notes)),
    }


def _notification(note: Note) -> Record:
    text = f"{note.message} ({note.help})" if note.help else note.message
    return {"level": "note", "message": {"text": plain(text)}, "properties": {"kind": note.kind}}


class _Results:
    """Makes the results of one run."""

    def __init__(self, result: Result, indices: Mapping[str, int]) -> None:
        self._result, self._indices = result, indices
        self._prints = fingerprints(result)
        self._pages = Pages(result)
        self._file: SourceFile | None = None

    def all(self) -> Iterable[Record]:
        """The findings that count, then those that are waived."""
        for finding in self._result.findings:
            yield self._one(finding, [])
        for finding, waiver in self._result.waived:
            yield self._one(finding, [_suppression(waiver)])

    def _one(self, finding: Finding, suppressions: list[Record]) -> Record:
        text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
        record: Record = {"ruleId": finding.code}
        if finding.code in self._indices:
            record["ruleIndex"] = self._indices[finding.code]
        record["level"] = _LEVELS[finding.severity]
        record["message"] = {"text": plain(text)}
        record["locations"] = [{"physicalLocation": _place(finding.location)}]
        if finding.related:
            record["relatedLocations"] = [
                {"id": n, "physicalLocation": _place(at), "message": {"text": plain(message)}}
                for n, (at, message) in enumerate(finding.related, 1)
            ]
        if finding.fix and finding.fix.edits and not self._pages.carries(finding):
            record["fixes"] = [self._fix(finding, finding.fix)]
        record["suppressions"] = suppressions
        record["partialFingerprints"] = {"onex/v1": self._prints[id(finding)]}
        details = {plain(name): plain(text) for name, text in finding.details.items()}
        record["properties"] = {"confidence": finding.confidence.label, **details}
        return record

    def _fix(self, finding: Finding, fix: Fix) -> Record:
        replacements = [self._replacement(finding, edit) for edit in fix.edits]
        return {
            "description": {"text": plain(fix.title)},
            "artifactChanges": [
                {"artifactLocation": _artifact(finding.path), "replacements": replacements}
            ],
            "properties": {"safe": fix.safe},
        }

    def _replacement(self, finding: Finding, edit: Edit) -> Record:
        try:
            content = {"text": edit.replacement.decode()}
        except UnicodeDecodeError:
            from base64 import b64encode

            content = {"binary": b64encode(edit.replacement).decode()}
        return {"deletedRegion": self._deleted(finding, edit), "insertedContent": content}

    def _deleted(self, finding: Finding, edit: Edit) -> Record:
        """The region of an edit; of a file that is gone, only its bytes."""
        at = finding.location
        if (edit.start, edit.end) == (at.start, at.end):
            return _region(at)
        if self._file is None or self._file.path != at.path:
            page = self._pages.page(at.path)
            if page is None:
                return {"byteOffset": edit.start, "byteLength": edit.end - edit.start}
            # Positions need neither a parser nor a hasher.
            self._file = SourceFile(at.path, "unknown", page.data, cast("Any", None))
        return _region(self._file.location((edit.start, edit.end)))


def _suppression(waiver: Waiver) -> Record:
    record: Record = {"kind": "inSource" if waiver.kind in _IN_SOURCE else "external"}
    if waiver.reason:
        record["justification"] = plain(waiver.reason)
    record["properties"] = {
        "waiver": waiver.kind,
        "origin": plain(waiver.origin),
        "until": plain(waiver.until),
    }
    return record


def _place(at: Location) -> Record:
    return {"artifactLocation": _artifact(at.path), "region": _region(at)}


def _artifact(path: str) -> Record:
    return {"uri": uri(path), "uriBaseId": "%SRCROOT%"}


def _region(at: Location) -> Record:
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
        "byteOffset": at.start,
        "byteLength": at.end - at.start,
    }
