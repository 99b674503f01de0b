"""Workflow commands: what GitHub's runner reads back is what was meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onex_tools.model import Location, Severity
from onex_tools.report.github import escape_data, escape_property


def parsed(line):
    """A workflow command as the runner takes it apart: name, properties, message."""
    head, message = line.removeprefix("::").split("::", 1)
    name, _, listed = head.partition(" ")
    properties = dict(item.split("=", 1) for item in listed.split(","))
    tokens = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}

    def read(text, names):
        for token in names:
            text = text.replace(token, tokens[token])
        return text

    properties = {key: read(value, tokens) for key, value in properties.items()}
    return name, properties, read(message, ["%0D", "%0A", "%25"])


@given(st.text(), st.text())
def test_any_text_survives_the_round_trip(data, value):
    line = f"::error file={escape_property(value)},line=1::{escape_data(data)}"
    assert "\n" not in line and "\r" not in line
    assert parsed(line) == ("error", {"file": value, "line": "1"}, data)


def test_findings_are_commands_the_worst_first(services):
    *commands, skipped, last = services.write("github").splitlines()
    assert [parsed(command) for command in commands] == [
        (
            "error",
            {
                "file": "services/billing/config.yaml",
                "line": "4",
                "col": "13",
                "endLine": "4",
                "endColumn": "34",
                "title": "SEC104 database-password",
            },
            "database password written in a configuration file\n"
            "help: change the password, and let the environment give it",
        ),
        (
            "warning",
            {
                "file": "services/billing/app.py",
                "line": "4",
                "col": "5",
                "endLine": "4",
                "endColumn": "28",
                "title": "DCS004 missing-method-docstring",
            },
            "method `total` has no docstring",
        ),
        (
            "notice",
            {
                "file": "services/billing/config.yaml",
                "line": "5",
                "col": "10",
                "endLine": "5",
                "title": "TXT001 missing-final-newline",
            },
            "last line has no newline",
        ),
    ]
    assert skipped == "skipped: assets/logo.bin: over 5 MiB (scan.max-size)"
    assert last.startswith("Found 1 error, 1 warning, 1 info in 3 files (1 fixable, 1 waived).")


def test_a_span_over_lines_has_no_columns(repo):
    repo.find("ABC001", Location("a,b:c%.py", 3, 40, 2, 4, 5, 2), severity=Severity.ERROR)
    command = repo.write("github").splitlines()[0]
    assert command == (
        "::error file=a%2Cb%3Ac%25.py,line=2,endLine=5,title=ABC001 wrong-thing::this is wrong"
    )
