"""Hints name the file that the configuration is in, and the table as that file has it."""

from __future__ import annotations

import re

import pytest

FAULTY = '"""A module."""\n\n\ndef public():\n    return 1\n'
PLACES = {
    "onex.toml": ("", "[stamp]", "[docstrings]"),
    "pyproject.toml": ("[tool.onex]\n", "[tool.onex.stamp]", "[tool.onex.docstrings]"),
}


@pytest.fixture(params=sorted(PLACES))
def project(request, repo):
    """A repository with a fault, configured in one of the two files; and what that one says."""
    head, *tables = PLACES[request.param]
    repo.write(request.param, f'{head}fail-on = "warning"\n')
    repo.write("a.py", FAULTY)
    return repo, request.param, tables


def test_what_is_off_is_turned_on_in_the_file_in_use(project):
    repo, name, (stamp, docstrings) = project
    out = repo.onex("validate").out
    assert f"on with a {stamp} table in {name} or --extend-select STP001" in out
    assert re.search(rf"on with `complete`, .* in {re.escape(docstrings)}", out)
    text = (repo.root / name).read_text()
    repo.write(name, f"{text}{stamp}\n")
    assert "STP001" in "".join(repo.codes())


def test_page_of_a_rule_names_the_file_in_use(project):
    repo, name, (_, docstrings) = project
    out = repo.onex("rules", "DCS005").out
    assert f"\n  {docstrings} in {name}\n" in out
    (off,) = re.findall(r"^  off  (ignore = .*?) in (.*), or", out, re.MULTILINE)
    assert off[1] == ("onex.toml" if name == "onex.toml" else "[tool.onex] in pyproject.toml")
    (table,) = re.findall(r"^  (\[\[.*\]\]) with path", out, re.MULTILINE)
    entry = 'path = "a.py"\ncodes = ["DCS005"]\nreason = "it is old"\n'
    text = (repo.root / name).read_text()
    repo.write(name, f"{text}{table}\n{entry}")
    assert repo.codes() == []


def test_baseline_says_where_it_is_named(project):
    repo, name, _ = project
    out = repo.onex("baseline", "create").out
    line = re.search(r"^Now add in (\S+), (.*):  (baseline = .*)$", out, re.MULTILINE)
    assert line[1] == name
    assert line[2] == ("above its tables" if name == "onex.toml" else "to [tool.onex]")
    repo.write(name, (repo.root / name).read_text() + line[3] + "\n")
    assert repo.codes() == []


def test_new_rule_says_where_it_is_named(project):
    repo, name, _ = project
    out = repo.onex("new", "validator", "missing-owner").out
    place, line = re.search(r"^Set in (.*):\n  (local-rules = .*)$", out, re.MULTILINE).groups()
    assert name in place
    repo.write(name, (repo.root / name).read_text() + line + "\n")
    assert "LOC001 missing-owner" in repo.onex("rules", "LOC001", "--allow-local-plugins").out
