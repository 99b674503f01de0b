"""Everything that is made from the code is current, and everything there is is documented."""

from __future__ import annotations

import re

import click

from onex_tools import generate
from onex_tools.cli.commands import COMMANDS, group, load
from tests.conftest import CHECKOUT


def test_generated_files_are_current():
    stale = [
        path
        for path, text in generate.files().items()
        if not (CHECKOUT / path).exists() or (CHECKOUT / path).read_text() != text
    ]
    assert not stale, f"run `make gen`: {stale}"


def options(command):
    """Every option of a command and of its subcommands."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from parameter.opts
            assert parameter.help, f"{command.name} {parameter.opts} has no help"
    if isinstance(command, click.Group) and command is not group:
        for inner in command.commands.values():
            yield from options(inner)


def test_every_command_and_option_is_documented():
    page = (CHECKOUT / "docs/commands.md").read_text()
    commands = {name: load(name) for name in COMMANDS}
    for name, command in commands.items():
        assert f"\n## onex {name}\n" in page
        assert command.help, name
        for option in options(command):
            assert option in page, f"onex {name} {option}"
    for option in options(group):
        assert option in page


def test_every_command_has_an_example():
    for name in COMMANDS:
        command = load(name)
        if name not in ("cache", "config"):
            assert "Example" in command.help, name


def test_links_between_the_pages_lead_somewhere():
    pages = [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")]
    for page in pages:
        text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
