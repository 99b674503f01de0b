"""What the pages on the rules FMT show is what ``onex format`` does."""

from __future__ import annotations

import pytest

from onex_tools.config.keys import kebab
from onex_tools.config.reference import as_toml
from onex_tools.format.rules import FORMAT_RULES
from onex_tools.pages import as_bytes, contents, places
from onex_tools.rule import Bad, Good, Rule
from tests.conftest import CHECKOUT, Repository

CASES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}-{type(example).__name__.lower()}")
    for rule in FORMAT_RULES
    for number, example in enumerate(rule.examples, 1)
]


OF_FORM = ("FMT001", "FMT002", "FMT003")
"""Rules that flake8 has no say in."""


def found(repo: Repository, rule: type[Rule]) -> list[tuple[str, int]]:
    """Where ``onex format --check`` reports a fault of ``rule``."""
    less = ("--no-lint",) if rule.code in OF_FORM else ()
    run = repo.onex("format", "--check", "--output-format", "json", *less)
    rows = run.json()["findings"]
    assert run.code == int(any(row["severity"] != "info" for row in rows)), run
    return sorted((row["path"], row["line"]) for row in rows if row["code"] == rule.code)


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(git_repo: Repository, rule: type[Rule], example: Good | Bad) -> None:
    git_repo.write_all(contents(example))
    if example.settings:
        rows = [f"{kebab(name)} = {as_toml(value)}\n" for name, value in example.settings.items()]
        git_repo.write("onex.toml", "[format]\n" + "".join(rows))
    assert found(git_repo, rule) == places(example)
    if isinstance(example, Bad):
        git_repo.onex("format")
        fixed = example.text if example.fixed is None else example.fixed
        if example.path.endswith(".py"):
            assert (git_repo.root / example.path).read_bytes() == as_bytes(fixed)
        assert found(git_repo, rule) == ([] if example.fixed else places(example))


def test_every_rule_has_both() -> None:
    for rule in FORMAT_RULES:
        assert {Good, Bad} == {type(example) for example in rule.examples}, rule.code


def test_pages_say_what_mends(git_repo: Repository) -> None:
    page = (CHECKOUT / "docs/rules/FMT.md").read_text()
    for rule in FORMAT_RULES:
        said = git_repo.onex("rules", rule.code).out
        mends = rule.code in OF_FORM
        assert ("  fix       onex format\n" in said) == mends, said
        assert ("  fix       none\n" in said) != mends, said
        (row,) = [line for line in page.splitlines() if line.startswith(f"| [{rule.code}]")]
        assert ("| yes |" in row) == mends
