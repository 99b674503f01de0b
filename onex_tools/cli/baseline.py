"""``onex baseline``: accept what is there today, so that only what is new counts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from onex_tools.cli.options import open_plain, today

if TYPE_CHECKING:
    from onex_tools.baseline import Baseline
    from onex_tools.model import Finding
    from onex_tools.result import Result
    from onex_tools.session import Session


@click.group("baseline")
def command() -> None:
    """Accept today's findings, so that only new ones count.

    The baseline is a text file, one line a finding, without line numbers or dates: code that
    moves stays accepted, a second copy of the same fault does not, nor does a changed secret. It
    is one file for `onex validate` and `onex format --check`. What a run does not look for stays
    as it is.

    \b
    Examples:
      onex baseline create              write onex-baseline.txt
      onex baseline create --format     with the findings of `onex format --check`
      onex baseline prune               drop what has been mended since
    """


_format_option = click.option(
    "--format/--no-format",
    "formatting",
    default=None,
    help="Look for findings of `onex format --check` too (default: if [format] is configured).",
)


@command.command("create")
@click.argument("file", required=False)
@_format_option
def create(file: str | None, formatting: bool | None) -> int:
    """Write a baseline that knows every finding of today.

    FILE is relative to the root; without it the configured baseline is written, or
    onex-baseline.txt.

    \b
    Examples:
      onex baseline create
      onex baseline create --format ci/accepted.txt
    """
    from onex_tools import baseline as room
    from onex_tools.fingerprints import Evidence

    session = open_plain()
    configured = session.config.baseline
    path = file or configured or room.DEFAULT_PATH
    if os.path.isabs(path) or ".." in path.split("/"):
        raise room.BaselineError(f"{path}: a baseline is a file below the root {session.root}")
    session.config.baseline = ""
    before = None
    if os.path.exists(os.path.join(session.root, path)):
        before = room.read_baseline(session.root, path)
    results = _results(session, formatting)
    found = [finding for result in results for finding in result.findings]
    kept = [finding for finding in found if not _is_locked(session, finding)]
    evidence = Evidence(session.catalogue.rules, session.read_for_report)
    made = room.make_baseline(path, kept, evidence, before.key if before else None)
    if before and len(results) == 1:
        made.entries.update(_of_format(session, before))
    _write(session.root, made)
    click.echo(f"{path}: {len(kept):,} findings accepted")
    left = len(found) - len(kept)
    if left:
        click.echo(f"{left:,} findings of locked rules cannot be accepted", err=True)
    if path != configured:
        table = session.config.table()
        where = f"to {table}" if table else "above its tables"
        click.echo(f'Now add in {session.config.file}, {where}:  baseline = "{path}"')
    return 0


@command.command("prune")
@_format_option
def prune(formatting: bool | None) -> int:
    """Drop entries whose findings are gone, so that they cannot hide a new fault.

    \b
    Examples:
      onex baseline prune
      onex baseline prune --no-format
    """
    from onex_tools import baseline as room

    session = open_plain()
    path = session.config.baseline
    if not path:
        raise room.BaselineError("no baseline is configured; `onex baseline create` writes one")
    before = room.read_baseline(session.root, path)
    gone = [mark for result in _results(session, formatting) for mark in result.stale]
    if gone:
        _write(session.root, room.prune(before, gone))
    kept = len(before.entries) - len(gone)
    click.echo(f"{path}: {len(gone):,} entries dropped, {kept:,} kept")
    return 0


def _results(session: Session, formatting: bool | None) -> list[Result]:
    """What `onex validate` finds in the whole tree; then `onex format --check`, where asked for.

    Raises:
        BaselineError: a check did not do its work.
        MissingTools: the formatters are not installed.
    """
    from onex_tools.baseline import BaselineError
    from onex_tools.engine import Request, run

    results = [run(session, Request(today=today()))]
    if session.config.is_configured("format") if formatting is None else formatting:
        from onex_tools.format.verdict import look_over

        results.append(look_over(session, today()))
    for result, verb in zip(results, ("validate", "format --check"), strict=False):
        if result.failed:
            said = f"a check did not do its work: run `onex {verb}` to see which"
            raise BaselineError(f"{said}; the baseline is as it was")
    return results


def _of_format(session: Session, baseline: Baseline) -> dict[str, tuple[str, str]]:
    """The entries of rules that `onex validate` does not run."""
    rules = session.catalogue.rules
    formats = {code for code, info in rules.items() if info.scope == "format"}
    return {mark: what for mark, what in baseline.entries.items() if what[0] in formats}


def _is_locked(session: Session, finding: Finding) -> bool:
    from onex_tools.selection import best

    info = session.catalogue.rules.get(finding.code)
    return info is not None and bool(best(session.part(finding.path).config.locked, info))


def _write(root: str, baseline: Baseline) -> None:
    target = os.path.join(root, baseline.path)
    draft = f"{target}.{os.getpid()}.partial"
    with open(draft, "x", encoding="utf-8", newline="\n") as stream:
        stream.write(baseline.text())
    os.replace(draft, target)
