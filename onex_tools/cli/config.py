"""``onex config``: what holds and where it comes from, and the schema of it all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from onex_tools.cli.options import format_option

if TYPE_CHECKING:
    from onex_tools.session import Session


@click.group("config")
def command() -> None:
    """Show the configuration and where each value comes from.

    \b
    Examples:
      onex config show                      what holds at the root
      onex config show services/api/app.py  what holds for one file
      onex config schema > onex.schema.json
    """


@command.command("show")
@click.argument("path", required=False)
@format_option("How to print it.")
def show_command(path: str | None, output_format: str) -> int:
    """Print every key and setting that holds for PATH, with the place that set it.

    PATH is a file or a folder; without it, the current folder.

    \b
    Examples:
      onex config show
      onex config show services/api/app.py
      onex config show --output-format json
    """
    from onex_tools.config import Overrides
    from onex_tools.session import open_session

    return show(open_session([path or "."], Overrides()), output_format)


def show(session: Session, output_format: str) -> int:
    """Print the configuration that holds for what ``session`` names first; gives the exit code."""
    path = session.named[0] if session.named else ""
    is_folder = os.path.isdir(os.path.join(session.root, path))
    config = session.part(f"{path}/" if path and is_folder else path).config
    values, origins = config.values, config.origins
    if output_format == "json":
        import json

        settings = {key: {"value": value, "origin": origins[key]} for key, value in values.items()}
        answer = {"path": path or ".", "settings": settings}
        click.echo(json.dumps(answer, indent=2, ensure_ascii=True))
    else:
        _print_text(path or ".", values, origins)
    for problem in session.catalogue.problems:
        click.echo(f"onex: error: {problem.message}; {problem.help}", err=True)
    return 2 if session.catalogue.problems else 0


def _print_text(path: str, values: dict[str, Any], origins: dict[str, str]) -> None:
    from onex_tools.config.reference import as_toml
    from onex_tools.report.foreign import visible

    click.echo(f"# The configuration that holds for {visible(path)}")
    lines = {
        key: f"{key} = {as_toml(value)}" if value is not None else f"# {key}: not chosen"
        for key, value in values.items()
    }
    width = min(48, max(len(line) for line in lines.values()))
    for key, line in lines.items():
        click.echo(f"{line:<{width}}  # {visible(origins[key])}")


@command.command("schema")
def schema() -> int:
    """Print the JSON Schema of the configuration, with the settings of all plugins in use.

    \b
    Examples:
      onex config schema > onex.schema.json
    """
    from onex_tools.cli.options import open_plain
    from onex_tools.config.schema import render

    session = open_plain()
    click.echo(render(session.catalogue.sections), nl=False)
    for problem in session.catalogue.problems:
        click.echo(f"onex: error: {problem.message}; {problem.help}", err=True)
    return 2 if session.catalogue.problems else 0
