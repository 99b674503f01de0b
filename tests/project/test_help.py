"""``--help`` of every command shows how it is typed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click
import pytest

from onex_tools.cli.commands import COMMANDS, group, load


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command by what is typed, groups and what is in them too."""
    yield "onex", group
    for name in COMMANDS:
        command = load(name)
        yield f"onex {name}", command
        if isinstance(command, click.Group):
            for inner, one in command.commands.items():
                yield f"onex {name} {inner}", one


@pytest.mark.parametrize(("typed", "command"), [pytest.param(*c, id=c[0]) for c in commands()])
def test_every_help_has_examples(typed, command):
    _, heading, examples = inspect.cleandoc(command.help or "").partition("\n\n\b\nExamples:\n")
    assert heading, f"`{typed} --help` has no examples"
    lines = [line.strip() for line in examples.splitlines()]
    assert any(re.search(rf"(^|\| ){typed}\b", line) for line in lines)


@pytest.mark.parametrize(("typed", "command"), [pytest.param(*c, id=c[0]) for c in commands()])
def test_examples_use_options_that_exist(typed, command):
    """Of this very command: what follows it in its examples can be parsed."""
    examples = inspect.cleandoc(command.help or "").partition("Examples:\n")[2]
    known = {word for one in command.params for word in (*one.opts, *one.secondary_opts)}
    for line in examples.splitlines():
        words = line.partition(f"{typed} ")[2].partition("   ")[0].partition(" | ")[0].split()
        if not isinstance(command, click.Group):
            used = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            for short in [word for word in used if re.fullmatch("-[a-z]{2,}", word)]:
                used = used - {short} | {f"-{letter}" for letter in short[1:]}
            assert used <= known, line
