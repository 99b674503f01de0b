"""``onex stamp``: write stamps, bring them up to date, check, show or remove them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from onex_tools.cli.options import color_option, format_option, local_option

if TYPE_CHECKING:
    from onex_tools.session import Session
    from onex_tools.stamp.plan import Wish
    from onex_tools.stamping.index import Index


@click.command("stamp")
@click.argument("paths", nargs=-1, type=click.Path(exists=False), metavar="[PATHS]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything would change.")
@click.option("--diff", is_flag=True, help="As --check, and show what would change.")
@click.option("--remove", is_flag=True, help="Take stamps out; the rest of a file is untouched.")
@click.option(
    "--stdout", is_flag=True, help="With --remove and one file: print it without its stamp."
)
@click.option("--migrate", is_flag=True, help="Rewrite stamps of older tools in today's form.")
@click.option(
    "--refresh",
    is_flag=True,
    help="Let owner, author, copyright and namespace of present stamps follow the configuration.",
)
@click.option(
    "--update-index",
    is_flag=True,
    help="Add what was written to git's index, where a file was wholly in it before: for hooks.",
)
@format_option("How to say what became of each file.")
@local_option()
@click.option("--verbose", "-v", is_flag=True, help="Name every file, also those left alone.")
@click.option("--quiet", "-q", is_flag=True, help="Only what is refused; no summary, no progress.")
@color_option("Colours of --diff")
def command(**options: Any) -> int:
    """Give files a right stamp: new where there is none, up to date where it is stale.

    Without PATHS the whole repository is stamped. A file whose stamp is right is not written.
    Where a stamp could only be guessed (one that is not closed, a merge conflict), the file stays
    as it is, and the exit code is 1.

    \b
    Examples:
      onex stamp                        every file that should have a stamp
      onex stamp --check                in CI: is every stamp right?
      onex stamp --diff src/loader.py   what would be written
      onex stamp --migrate              also rewrite the stamps of older tools
      onex stamp --remove src/          take the stamps out again
      onex stamp --remove --stdout FILE | b3sum
    """
    _refuse_contradictions(options)
    from onex_tools.cli.options import open_plain, refuse_missing
    from onex_tools.stamping.files import Task, stamp_files

    session = open_plain(options["paths"], allow_local=options["allow_local_plugins"])
    refuse_missing(session)
    if options["stdout"]:
        return _print_body(session)
    task = Task(
        paths=session.named if session.named and "" not in session.named else None,
        wish=None if options["remove"] else _wish(options),
        write=not (options["check"] or options["diff"]),
        index=_index(session) if options["update_index"] else None,
        progress=_progress(options),
    )
    from onex_tools.cli.stamped import report

    return report(session, task, stamp_files(session, task), options)


def _refuse_contradictions(options: dict[str, Any]) -> None:
    if options["stdout"] and not (options["remove"] and len(options["paths"]) == 1):
        raise click.UsageError("--stdout goes with --remove and one file.")
    if options["remove"] and (options["migrate"] or options["refresh"]):
        raise click.UsageError("--remove takes stamps out: --migrate and --refresh write them.")
    looks = [name for name in ("check", "diff", "stdout") if options[name]]
    if options["update_index"] and looks:
        raise click.UsageError(f"--{looks[0]} writes nothing that --update-index could add.")
    if options["diff"] and options["output_format"] != "text":
        raise click.UsageError("--diff prints a diff: leave out --output-format.")


def _wish(options: dict[str, Any]) -> Wish:
    from onex_tools.stamp.identity import utc_now
    from onex_tools.stamp.plan import Wish

    now = utc_now(os.environ)  # one time for all files of a run
    return Wish(lambda: now, migrate=options["migrate"], refresh=options["refresh"])


def _index(session: Session) -> Index:
    from onex_tools.stamping.index import Index

    return Index(session.root, os.environ)


def _progress(options: dict[str, Any]) -> Any:
    if options["quiet"] or not sys.stderr.isatty():
        return None
    from onex_tools.cli.progress import Progress

    return Progress(sys.stderr, "stamping")


def _print_body(session: Session) -> int:
    """The bytes of the one named file without its stamp, to standard output."""
    from onex_tools.discover import Skip
    from onex_tools.report.foreign import visible
    from onex_tools.stamp.plan import REFUSE
    from onex_tools.stamping.files import removed_from

    path = session.named[0]
    try:
        plan = removed_from(session, path)
    except Skip as skip:
        raise click.UsageError(f"{visible(path)}: {skip}") from None
    if plan.action == REFUSE:
        click.echo(f"{visible(path)}:{plan.line}: refused: {plan.reason}", err=True)
        return 1
    sys.stdout.buffer.write(plan.new)
    return 0
