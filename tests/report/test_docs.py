"""The examples in docs/reports.md are what the writers write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onex_tools import __version__
from onex_tools.report import FORMATS, Style

DOCUMENT = Path(__file__).parents[2] / "docs" / "reports.md"
EXAMPLE = re.compile(r"<!-- report: ([^\n]+) -->\n\n```\w*\n(.*?)```\n", re.DOTALL)
VERSION = '"version":"0.1.0"'
TIMINGS = {"SEC104": 0.0124, "DCS004": 0.0031}


def examples():
    """The command and the text of every example."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = EXAMPLE.findall(text)
    assert len(found) == text.count("<!-- report: ")
    return found


@pytest.mark.parametrize(("command", "text"), examples())
def test_the_example_is_what_the_writer_writes(services, command, text):
    name, *options = command.split()
    style = Style(statistics="--statistics" in options, timing="--timing" in options)
    services.result.timings = TIMINGS if style.timing else {}
    written = services.write(name, style).replace(f'"version":"{__version__}"', VERSION)
    if options:  # the document shows the tables only, not the same findings again
        written = "count " + written.partition("\n\ncount ")[2]
    assert text == written


def test_every_format_has_an_example_and_a_section():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert {command.split()[0] for command, _ in examples()} == set(FORMATS)
    assert all(f"\n## {name}\n" in text and f"| `{name}` |" in text for name in FORMATS)
