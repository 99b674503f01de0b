"""What the page on secrets shows is what happens."""

from __future__ import annotations

import re
import shlex

import pytest

from onex_tools.published.secret_rules import GROUPS
from tests.conftest import CHECKOUT, Repository
from tests.contributing.walks import follow, shims, surroundings, walks_in
from tests.secrets.values import drawn

PAGE = CHECKOUT / "docs" / "secrets.md"
TEXT = PAGE.read_text(encoding="utf-8")
WALKS = walks_in(PAGE)
EXAMPLE = re.compile(r"<!-- injected: (\S+), ([^\n]+) -->\n\n```\w+\n(.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall(TEXT)
NO_VALUES = ("external: true", "secretKeyRef", "ExternalSecret")
"""What stands in an example for which there is no literal."""


@pytest.mark.parametrize("name", WALKS)
def test_walk_prints_what_the_page_shows(name, tmp_path):
    place = tmp_path / "repository"
    place.mkdir()
    follow(WALKS[name], place, surroundings(shims(tmp_path / "bin"), tmp_path / "cache"))


def test_walks_leave_no_block_out():
    walks = TEXT[TEXT.index("<!-- walk: ") :]
    assert not re.search(r"^ +```", walks, re.MULTILINE)


def test_other_commands_can_be_typed(git_repo: Repository) -> None:
    lines = re.findall(r"^\$ onex (.+)$", TEXT.partition("<!-- walk: ")[0], re.MULTILINE)
    assert len(lines) > 2
    for line in lines:
        run = git_repo.onex(*shlex.split(line, comments=True))
        assert run.code == 0, run


def secrets(repo: Repository) -> list[str]:
    """The codes of all that is found."""
    return [row.split(" ")[1] for row in repo.codes("--preview", "--select", "SEC")]


@pytest.mark.parametrize(("path", "reference", "text"), EXAMPLES)
def test_what_is_shown_as_injected_is_no_finding(
    repo: Repository, path: str, reference: str, text: str
) -> None:
    """And with a literal in its place it is one."""
    assert reference in text
    repo.write(path, text)
    assert secrets(repo) == []
    if reference not in NO_VALUES:
        value = drawn("guide", 32)
        literal = f'"{value}"' if path.endswith((".py", ".tf")) else value
        repo.write(path, text.replace(reference, literal))
        assert secrets(repo)


def test_every_example_is_tried():
    assert len(EXAMPLES) == TEXT.count("<!-- injected: ") > 10


def test_groups_hold_every_rule():
    index = (CHECKOUT / "docs" / "rules" / "SEC.md").read_text(encoding="utf-8")
    tables = TEXT.partition("<!-- generated: found -->")[2].partition("<!-- end of the")[0]
    codes = re.findall(r"^\| \[(SEC\d+)\]", index, re.MULTILINE)
    assert re.findall(r"^\| \[(SEC\d+)\]", tables, re.MULTILINE) == codes
    assert all(f"### {title}\n" in tables for _, title in GROUPS)
