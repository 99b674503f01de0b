"""The page on every command and option, made from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from onex_tools.cli.commands import COMMANDS, group, load

_HEAD = """\
<!-- Made by `make gen` from onex_tools/cli: do not edit. -->
# Commands

Exit codes are the same everywhere: 0 clean (or written), 1 findings (or would change, or a refusal
to write), 2 wrong use, broken configuration, or a check that could not do its work. Only
`merge-driver`, which git calls, has git's: 0 merged, 1 conflicts, 255 nothing was done.

`NO_COLOR`, `FORCE_COLOR` and `CLICOLOR_FORCE` are respected. `ONEX_CACHE_DIR` moves the cache,
`ONEX_TRUST_FILE` the record of trusted rule files; `ONEX_DEBUG=1` says where an error arose.
"""


def render() -> str:
    """The text of docs/commands.md."""
    lines = [*_HEAD.splitlines(), "", *_section("onex", group, 2)]
    for name in COMMANDS:
        command = load(name)
        lines += _section(f"onex {name}", command, 2)
        if isinstance(command, click.Group):
            for inner in sorted(command.commands):
                lines += _section(f"onex {name} {inner}", command.commands[inner], 3)
    return "\n".join(lines).rstrip() + "\n"


def _section(title: str, command: click.Command, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=title)
    yield f"{'#' * level} {title}"
    yield ""
    yield from _words(command.help or "")
    yield ""
    yield f"`{title} {' '.join(command.collect_usage_pieces(context))}`"
    yield ""
    options = [param for param in command.params if isinstance(param, click.Option)]
    rows = [record for param in options if (record := param.get_help_record(context))]
    if rows:
        yield "| option | meaning |"
        yield "|---|---|"
        for names, meaning in rows:
            cell = " ".join(meaning.split()).replace("|", "\\|")
            yield f"| `{names.replace('|', chr(92) + '|')}` | {cell} |"
        yield ""


def _words(help_: str) -> Iterator[str]:
    """The help text; what click prints as it stands becomes a code block."""
    for paragraph in inspect.cleandoc(help_).split("\n\n"):
        if paragraph.startswith("\b"):
            yield "```text"
            yield paragraph.removeprefix("\b").strip("\n")
            yield "```"
        else:
            yield paragraph
        yield ""
