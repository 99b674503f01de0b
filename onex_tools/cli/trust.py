"""``onex trust``: let the rule files of this repository run, or no longer."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click


@click.command("trust")
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILES]...")
@click.option("--revoke", is_flag=True, help="Take the trust back.")
@click.option("--list", "listing", is_flag=True, help="Show the rule files and change nothing.")
def command(files: tuple[str, ...], revoke: bool, listing: bool) -> int:
    """Let this repository's own rule files run for you.

    A rule file is Python that runs with your rights, so read it first. What is kept, outside the
    repository, is your word for exactly these bytes at this place: a file that changes has to be
    trusted again. Without FILES all that `local-rules` names are meant. The id is BLAKE3's, as
    `b3sum` prints it.

    \b
    Examples:
      onex trust tools/onex_rules/no_todo.py
      onex trust --list
      onex trust --revoke
    """
    from onex_tools.config import Overrides, find_root, peek
    from onex_tools.trust import record, rule_files

    if revoke and listing:
        raise click.UsageError("--revoke and --list exclude each other.")
    root = find_root(os.getcwd(), os.environ).path
    known = rule_files(root, peek(root, Overrides()).local_rules)
    chosen = [_named(root, name, known, revoke=revoke) for name in files] or known
    if not chosen and not listing:
        raise click.UsageError("`local-rules` in the configuration names no rule file here.")
    if not listing:
        record(root, chosen, trusted=not revoke)
    _print(root, chosen)
    return 0


def _named(root: str, name: str, known: Sequence[str], *, revoke: bool) -> str:
    """The path, relative to the root, of the rule file that was typed as ``name``."""
    for path in known:
        full = os.path.join(root, path)
        if os.path.exists(name) and os.path.samefile(full, name):
            return path
    if revoke:
        return os.path.relpath(os.path.abspath(name), root).replace(os.sep, "/")
    if not os.path.exists(name):
        raise click.UsageError(f"{name}: there is no such file.")
    raise click.UsageError(
        f"{name}: `local-rules` in the configuration does not name it, so it would never run."
    )


def _print(root: str, paths: Sequence[str]) -> None:
    from onex_tools.report.foreign import visible
    from onex_tools.trust import is_trusted

    for path in paths:
        word = "trusted" if is_trusted(root, path) else "not trusted"
        click.echo(f"{word:<11}  {_content_id(os.path.join(root, path))}  {visible(path)}")


def _content_id(path: str) -> str:
    from onex_tools.cache import digest

    try:
        with open(path, "rb") as stream:
            return digest(stream.read())
    except OSError:
        return f"{'(cannot be read)':<64}"
