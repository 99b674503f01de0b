"""``onex validate``: check, report, and mend where asked."""

from __future__ import annotations

from typing import Any

import click

from onex_tools.cli.options import color_option
from onex_tools.cli.plain import SCOPES, listed

LEVELS = ("info", "warning", "error")


def _listed(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return listed(values)


def _table(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    table = {}
    for value in values:
        selector, equals, level = value.partition("=")
        if not equals or level not in LEVELS:
            raise click.BadParameter(
                f"{value!r}: expected CODE=LEVEL, LEVEL one of {', '.join(LEVELS)}"
            )
        table[selector] = level
    return table


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(exists=False), metavar="[PATHS]...")
@click.option(
    "--select",
    multiple=True,
    callback=_listed,
    metavar="CODES",
    help="Run only these rules: codes, families, names or ALL; comma-separated.",
)
@click.option(
    "--extend-select", multiple=True, callback=_listed, metavar="CODES", help="Run these rules too."
)
@click.option(
    "--ignore", multiple=True, callback=_listed, metavar="CODES", help="Do not run these rules."
)
@click.option(
    "--preview/--no-preview", default=None, help="Also run rules that are new and may still change."
)
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    default="all",
    help="Run only rules that judge single files, or only those that judge the tree.",
)
@click.option(
    "--severity",
    multiple=True,
    callback=_table,
    metavar="CODE=LEVEL",
    help="Report a rule, or a family, at another severity.",
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="The lowest severity that makes the exit code 1 (default: warning).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what has a safe fix, then report the rest. With --stdin-filename the mended text "
    "is printed, and the report goes to standard error. Not with --staged.",
)
@click.option(
    "--unsafe-fixes", is_flag=True, help="With --fix or --diff: fixes that may change meaning, too."
)
@click.option(
    "--diff",
    is_flag=True,
    help="Show what --fix would change and write nothing; exit with 1 if that is anything. The "
    "report goes to standard error. Only with the formats text and concise.",
)
@click.option("--staged", is_flag=True, help="Check what is in git's index, not the work tree.")
@click.option("--since", metavar="REV", help="Check only files changed since this branch left REV.")
@click.option("--baseline", metavar="FILE", help="Findings in FILE do not count.")
@click.option(
    "--attestation",
    metavar="FILE",
    help="Compare the files with FILE, which `onex attest` wrote; signatures are not verified.",
)
@click.option(
    "--output-format",
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="text, concise, json, jsonl, sarif, github.",
)
@click.option(
    "--output-file",
    multiple=True,
    metavar="[FORMAT=]FILE",
    help="Write a report to FILE too; may be repeated.",
)
@click.option("--stdin-filename", metavar="PATH", help="Check standard input as if it were PATH.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option(
    "--allow-local-plugins",
    is_flag=True,
    help="Run the rule files that the repository itself ships.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(0, 256),
    default=0,
    metavar="N",
    help="Processes for cold work (default: one a core).",
)
@click.option("--statistics", is_flag=True, help="Add the number of findings of each rule.")
@click.option(
    "--timing", is_flag=True, help="Add the time each rule took; nothing is taken from the cache."
)
@click.option(
    "--show-all", is_flag=True, help="Show every finding, not only the first few of each rule."
)
@click.option("--show-settings", is_flag=True, help="Print the configuration that holds, and stop.")
@color_option()
@click.option("--quiet", "-q", is_flag=True, help="Only findings: no notes, no progress.")
def command(**options: Any) -> int:
    """Check files against every rule that is on.

    Without PATHS the whole repository is checked: all that git tracks or would not ignore.

    \b
    Examples:
      onex validate
      onex validate --select DCS,STP services/api
      onex validate --output-file sarif=onex.sarif --output-format github
      onex validate --staged --scope file
      onex validate --since origin/main
      onex validate --attestation onex.intoto.json
      git show HEAD:app.py | onex validate --stdin-filename app.py
    """
    from onex_tools.cli.checking import check

    return check(options)
