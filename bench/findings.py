"""10,000 findings: a warm run that has them all to report, in several formats."""

from __future__ import annotations

import time

from bench.corpus import tree
from bench.lab import Command, Lab, Row
from bench.warm import RACY_SECONDS

FORMATS = {"text": "full", "concise": "concise", "json": "json", "sarif": "sarif"}
"""Our format, and ruff's that says as much."""


def run(lab: Lab) -> list[Row]:
    """A finding in each of 10,000 files; ruff keeps no file with a finding in its cache."""
    folder = tree(lab.work, "corpus-faulty", faulty=True)
    rows: list[Command] = []
    for ours, theirs in FORMATS.items():
        ruff = [
            lab.tool("ruff"),
            "check",
            "--isolated",
            "--select",
            "D1",
            "--output-format",
            theirs,
        ]
        onex = [lab.onex, "validate", "--output-format", ours]
        name = f"ruff check, warm, {theirs}"
        rows += [
            Command(f"`onex validate`, warm, {ours}", onex, (name,), exits=(1,)),
            Command(name, [*ruff, "."], exits=(1,)),
        ]
    lab.output(folder, [lab.onex, "validate"], (1,))
    time.sleep(RACY_SECONDS)
    return lab.compare(folder, rows, 7)
