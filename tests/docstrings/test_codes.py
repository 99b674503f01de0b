"""The page on codes has every code of the other tools, either with a rule or with a reason."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from onex_tools.admission import build_catalogue
from onex_tools.published import docstring_codes
from onex_tools.registry import DEFAULT_PLUGIN, Plugin

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"D(?:OC)?\d{3}")


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "docstring-codes.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def aliases() -> set[str]:
    """Every alias of a docstring rule."""
    catalogue = build_catalogue([Plugin(DEFAULT_PLUGIN, DEFAULT_PLUGIN)], "")
    family = [info for info in catalogue.rules.values() if info.code.startswith("DCS")]
    return {alias for info in family for alias in info.aliases}


def explained(page: str) -> set[str]:
    """The codes that the page says are not here."""
    table = page.partition("## Not here, and why")[2].partition("\n## ")[0]
    return {line.split("|")[1].strip() for line in table.splitlines() if CODE.search(line[:9])}


def codes_of_ruff() -> set[str]:
    ruff = str(Path(sysconfig.get_path("scripts")) / "ruff")
    command = [ruff, "rule", "--all", "--output-format", "json"]
    rules = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {rule["code"] for rule in rules if CODE.fullmatch(rule["code"] or "")}


def test_every_code_of_ruff_has_a_rule_or_a_reason(page, aliases):
    known = codes_of_ruff()
    assert len(known) > 50
    assert known - aliases == {code for code in explained(page) if code in known}


def test_no_code_has_both(page, aliases):
    assert explained(page) & aliases == set()


def test_every_alias_is_a_code_of_another_tool(aliases):
    known = codes_of_ruff()
    assert {code for code in aliases if not code.startswith("DOC")} <= known
    assert all(CODE.fullmatch(code) for code in aliases)


def test_the_columns_say_which_tool_has_which_code():
    known = codes_of_ruff()
    assert {code for code in known if code.startswith("DOC")} == docstring_codes.RUFF_TOO
    assert known >= docstring_codes.RUFF_ALONE


def test_every_rule_stands_in_the_table(page):
    catalogue = build_catalogue([Plugin(DEFAULT_PLUGIN, DEFAULT_PLUGIN)], "")
    ours = {code for code in catalogue.rules if code.startswith("DCS")}
    assert set(re.findall(r"^\| (DCS\d{3}) \|", page, re.MULTILINE)) == ours


def test_links_lead_to_the_headings_of_rules():
    from tests.conftest import CHECKOUT

    page = (CHECKOUT / "docs" / "docstring-codes.md").read_text()
    rules = (CHECKOUT / "docs" / "rules" / "DCS.md").read_text()
    headings = {
        line.removeprefix("## ").lower().replace(" ", "-").replace("`", "")
        for line in rules.splitlines()
        if line.startswith("## ")
    }
    links = re.findall(r"rules/DCS\.md#([^)]+)", page)
    assert len(links) > 50
    assert set(links) <= headings
