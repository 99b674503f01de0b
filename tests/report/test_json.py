"""The JSON and JSON Lines reports: strict, stable, and as the schema says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from onex_tools.model import Edit, Fix, Location, Related
from onex_tools.report import Style
from onex_tools.result import Note, Waiver

SCHEMA = Path(__file__).parents[2] / "schemas" / "onex-report.schema.json"
EVERYTHING = Style(statistics=True, timing=True)


@pytest.fixture(scope="module")
def schema():
    return json.loads(SCHEMA.read_text())


def strict(text):
    """The value of a JSON text that any parser accepts: no NaN, no doubled key, no surrogate."""
    assert text.isascii()
    assert not any((ord(c) < 32 and c != "\n") or ord(c) == 127 for c in text)

    def refuse(constant):
        raise AssertionError(constant)

    def once(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    value = json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # fails on a lone surrogate
    return value


def strange(repo):
    """A result with every kind of text that JSON writers get wrong."""
    path = "a\udcff/\U0001f600\\udcfe\x7f\n\u2028.txt"
    repo.file("b.bin", b"one\ntwo\n")
    repo.find(
        "ABC001",
        Location(path, 0, 1, 1, 1, 1, 2),
        "\ud800 lone, \x00 nul, \u202e bidi",
        help='"quoted\\"',
        related=[Related(Location("r\udc80"), "\udc80")],
        fix=Fix("\udfff", [Edit(0, 1, b"\xff\x00"), Edit(1, 1, b"ok\x7f")]),
        anchor="\ud800",
        details={"k\udcff": "\ud800 \x00"},
    )
    excused = repo.find("ABC002", repo.at("b.bin", b"two"))
    repo.waive(excused, Waiver("baseline", "base\udcff", "why\ud800", "2027-01-31"))
    repo.result.notes = [Note("skipped", "\udcff", "\udcfe")]
    repo.result.timings = {"ABC001": 0.1, "ABC002": 1e-9}
    return repo


def test_the_report_is_strict_and_valid(services, new_repo, schema):
    validator = jsonschema.Draft202012Validator(schema)
    for repo in (services, strange(new_repo()), new_repo()):
        for style in (Style(), EVERYTHING):
            validator.validate(strict(repo.write("json", style)))


def test_every_line_is_strict_and_valid(services, new_repo, schema):
    validator = jsonschema.Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/line"})
    for repo in (services, strange(new_repo()), new_repo()):
        for style in (Style(), EVERYTHING):
            lines = repo.write("jsonl", style).splitlines()
            for line in lines:
                validator.validate(strict(line))
            assert [strict(line)["type"] for line in lines[-1:]] == ["summary"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda report: report.update(version=2), "version"),
        (lambda report: report["findings"][0].update(extra=1), "findings"),
        (lambda report: report["findings"][0].pop("fingerprint"), "findings"),
        (lambda report: report["findings"][1]["fix"]["edits"][0].pop("text"), "findings"),
        (lambda report: report["waived"][0].pop("waiver"), "waived"),
        (lambda report: report["notes"][0].update(kind="other"), "notes"),
        (lambda report: report["summary"].update(exit_code=3), "summary"),
    ],
)
def test_the_schema_refuses_what_is_not_a_report(services, schema, change, where):
    report = json.loads(services.write("json"))
    change(report)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(report))
    assert {error.absolute_path[0] for error in errors} == {where}


def test_the_report_says_what_was_found(services):
    report = json.loads(services.write("json"))
    assert report["summary"] == {
        "files": 3,
        "findings": 3,
        "errors": 1,
        "warnings": 1,
        "infos": 1,
        "waived": 1,
        "fixable": 1,
        "fixable_unsafe": 1,
        "fixed": 0,
        "failed": False,
        "exit_code": 1,
    }
    method, password, newline = report["findings"]
    assert method == {
        "code": "DCS004",
        "name": "missing-method-docstring",
        "severity": "warning",
        "confidence": "high",
        "message": "method `total` has no docstring",
        "path": "services/billing/app.py",
        "line": 4,
        "column": 5,
        "end_line": 4,
        "end_column": 28,
        "start": 40,
        "end": 63,
        "help": "",
        "fingerprint": method["fingerprint"],
        "related": [
            {
                "path": "services/billing/app.py",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 14,
                "start": 0,
                "end": 13,
                "message": "in this class",
            }
        ],
    }
    assert password["fix"] == {
        "title": "read it from the environment",
        "safe": False,
        "edits": [{"start": 58, "end": 79, "text": "${DATABASE_PASSWORD}"}],
    }
    assert (newline["line"], newline["column"]) == (5, 10)
    assert report["waived"][0]["waiver"] == {
        "kind": "inline",
        "origin": "services/billing/Dockerfile:1",
        "reason": "pinned by the mirror",
        "until": "",
    }


def test_bytes_that_are_not_text_survive(new_repo):
    finding = strict(strange(new_repo()).write("json"))["findings"][0]
    exact = bytes.fromhex(finding["path_hex"])
    assert exact == b"a\xff/\xf0\x9f\x98\x80\\udcfe\x7f\n\xe2\x80\xa8.txt"
    assert finding["path"] == "a\\udcff/\U0001f600\\udcfe\x7f\n\u2028.txt"
    assert finding["message"].startswith("\\ud800 lone, \x00 nul")
    assert [edit.get("hex", edit.get("text")) for edit in finding["fix"]["edits"]] == [
        "ff00",
        "ok\x7f",
    ]


def test_lines_hold_the_same_records_as_the_report(services):
    report = json.loads(services.write("json", EVERYTHING))
    lines = [json.loads(line) for line in services.write("jsonl", EVERYTHING).splitlines()]
    by_type = {"finding": [], "waived": [], "note": [], "summary": []}
    for line in lines:
        by_type[line.pop("type")].append(line)
    assert by_type["finding"] == report["findings"]
    assert by_type["waived"] == report["waived"]
    assert by_type["note"] == report["notes"]
    tables = {"statistics": report["statistics"], "timing": report["timing"]}
    assert by_type["summary"] == [{"tool": report["tool"], **report["summary"], **tables}]


def test_statistics_and_timing_come_only_when_asked(services):
    services.result.timings = {"SEC104": 0.3, "DCS004": 0.1}
    assert not {"statistics", "timing"} & json.loads(services.write("json")).keys()
    report = json.loads(services.write("json", EVERYTHING))
    assert report["statistics"][0] == {
        "code": "DCS004",
        "name": "missing-method-docstring",
        "count": 1,
        "fixable": 0,
    }
    assert report["timing"] == [
        {"code": "SEC104", "name": "database-password", "seconds": 0.3, "share": 0.75},
        {"code": "DCS004", "name": "missing-method-docstring", "seconds": 0.1, "share": 0.25},
    ]


@pytest.mark.parametrize("name", ["text", "concise", "json", "jsonl", "sarif", "github"])
def test_two_runs_are_equal_and_hold_no_absolute_path(services, name):
    first = services.write(name)
    assert first == services.write(name)
    assert services.result.root not in first
    services.result.root = "/another/place"
    assert first == services.write(name)


def test_fingerprints_tell_equals_apart_and_survive_waivers(repo):
    repo.file("a.txt", b"bad bad bad\n")
    three = [repo.find("ABC001", repo.at("a.txt", (n, n + 3))) for n in (0, 4, 8)]
    before = [finding["fingerprint"] for finding in json.loads(repo.write("json"))["findings"]]
    assert len(set(before)) == 3
    repo.waive(three[1], Waiver("config", "ignore"))
    report = json.loads(repo.write("json"))
    after = [finding["fingerprint"] for finding in report["findings"]]
    assert after == [before[0], before[2]]
    assert report["waived"][0]["fingerprint"] == before[1]
