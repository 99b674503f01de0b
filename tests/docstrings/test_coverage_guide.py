"""What the page on coverage shows is what happens."""

from __future__ import annotations

from tests.conftest import CHECKOUT
from tests.contributing.walks import follow, shims, surroundings, walks_in


def test_walk_prints_what_the_page_shows(tmp_path):
    steps = walks_in(CHECKOUT / "docs" / "coverage.md")["coverage"]
    place = tmp_path / "repository"
    place.mkdir()
    follow(steps, place, surroundings(shims(tmp_path / "bin"), tmp_path / "cache"))


def test_page_names_every_option():
    from onex_tools.cli.coverage import command

    text = (CHECKOUT / "docs" / "coverage.md").read_text(encoding="utf-8")
    general = {"--no-cache", "--allow-local-plugins"}
    options = {name for option in command.params for name in option.opts if name.startswith("-")}
    assert [name for name in sorted(options - general) if f"`{name}" not in text] == []
