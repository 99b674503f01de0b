"""The commands as click knows them; each is imported only when it is the one that was typed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from onex_tools import __version__

COMMANDS = {
    "validate": "Check files against every rule that is on.",
    "stamp": "Give files a right stamp: a name, an identity and a hash of the content.",
    "format": "Bring Python files into one form: headers, isort, black; flake8 reports.",
    "attest": "Write the hashes of all stamped files into one document for CI to sign.",
    "rules": "List the rules, or explain some of them.",
    "coverage": "Show how much of the code has a docstring.",
    "waivers": "Show what is waived, why, until when and by whom.",
    "baseline": "Accept today's findings, so that only new ones count.",
    "init": "Write a first configuration.",
    "merge-driver": "Merge a stamped file that two branches changed; git calls it.",
    "config": "Show the configuration and where each value comes from.",
    "new": "Write a new rule, ready to fill in.",
    "trust": "Let this repository's own rule files run for you.",
    "cache": "Show or empty the cache.",
}
"""Every command and its line in ``onex --help``; ``onex_tools.cli.<name>`` has ``command``."""
_MEANT = {"check": "validate", "lint": "validate", "explain": "rules", "fix": "validate --fix"}
"""What other tools call it."""


def load(name: str) -> click.Command:
    """The command called ``name``, imported now."""
    import importlib

    module = importlib.import_module(f"onex_tools.cli.{name.replace('-', '_')}")
    command: click.Command = module.command
    return command


class _Commands(click.Group):
    """Imports a command when it is asked for; ``--help`` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return load(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = (
                [_MEANT[name]] if name in _MEANT else difflib.get_close_matches(name, COMMANDS, 1)
            )
            hint = f" Did you mean `{near[0]}`?" if near else " `onex --help` lists them."
            ctx.fail(f"There is no command `{name}`.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 clean, 1 findings, 2 wrong use or a check that could not do its work.",
)
@click.version_option(__version__, "--version", "-V", message="onex %(version)s")
@click.option(
    "-C",
    "--directory",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Work as if started in DIR.",
)
@click.pass_context
def group(context: click.Context, directory: str | None) -> None:
    """Keep a repository of services to one standard, in one pass.

    \b
    Examples:
      onex validate                     check the whole repository
      onex validate --fix src/          mend what can be mended below src/
      onex rules DCS001                 what the rule wants, with examples
      onex init --pre-commit            write a configuration and hooks
    """
    if directory:
        context.obj = os.getcwd()  # what the user types is relative to it
        os.chdir(directory)


def call(words: Sequence[str]) -> int:
    """Do what ``words`` ask for, or say what is wrong with them; gives the exit code."""
    try:
        answer: Any = group.main(args=list(words), prog_name="onex", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.Abort:
        click.echo("onex: interrupted", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    return answer if isinstance(answer, int) else 0
