"""Decorators for whose sake nothing is said: not of what is missing, nor of what is written."""

from __future__ import annotations

import pytest

TEXT = '''"""Doc."""


@app.route("/")
def home():
    pass


@cli.group.command
def start(a):
    """starts

    Args:
        a: What to start.
        b: Nothing.
    """
'''
ALL = {"DCS005": 5, "DCS130": 11, "DCS134": 11, "DCS303": 15}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("[]", {"DCS005", "DCS130", "DCS134", "DCS303"}),
        ('["app.route"]', {"DCS130", "DCS134", "DCS303"}),
        ('["*.command"]', {"DCS005"}),
        ('["app.*", "cli.group.command"]', set()),
        ('["app", "route", "command", "app.rout?"]', {"DCS005", "DCS130", "DCS134", "DCS303"}),
    ],
)
def test_nothing_is_said_under_a_named_decorator(repo, names, expected):
    repo.write("a.py", TEXT)
    repo.write("onex.toml", f"[docstrings]\nignore-decorators = {names}\n")
    run = repo.onex("validate", "--output-format", "json", "--select", ",".join(ALL))
    found = {finding["code"]: finding["line"] for finding in run.json()["findings"]}
    assert found == {code: ALL[code] for code in expected}
