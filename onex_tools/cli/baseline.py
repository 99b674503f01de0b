"""``onex baseline``: accept what is there today, so that only what is new counts."""

from __future__ import annotations

import os
from typing import Any

import click

from onex_tools.cli.options import open_plain, today


@click.group("baseline")
def command() -> None:
    """Accept today's findings, so that only new ones count.

    The baseline is a text file, one line a finding, without line numbers or dates: code that
    moves stays accepted, a second copy of the same fault does not.

    \b
    Examples:
      onex baseline create              write onex-baseline.txt
      onex baseline prune               drop what has been mended since
    """


@command.command("create")
@click.argument("file", required=False)
def create(file: str | None) -> int:
    """Write a baseline that knows every finding of today.

    FILE is relative to the root; without it the configured baseline is written, or
    onex-baseline.txt.
    """
    from onex_tools import baseline as room
    from onex_tools.engine import Request, run

    session = open_plain()
    configured = session.config.baseline
    path = file or configured or room.DEFAULT_PATH
    if os.path.isabs(path) or ".." in path.split("/"):
        raise room.BaselineError(f"{path}: a baseline is a file below the root {session.root}")
    session.config.baseline = ""
    key = None
    if os.path.exists(os.path.join(session.root, path)):
        key = room.read_baseline(session.root, path).key
    result = run(session, Request(today=today()))
    if result.failed:
        raise room.BaselineError("a check did not do its work: run `onex validate` to see which")
    kept = [finding for finding in result.findings if not _is_locked(session, finding)]
    made = room.make_baseline(path, kept, key)
    _write(session.root, made)
    click.echo(f"{path}: {len(kept):,} findings accepted")
    left = len(result.findings) - len(kept)
    if left:
        click.echo(f"{left:,} findings of locked rules cannot be accepted", err=True)
    if path != configured:
        click.echo(f'Now add to the configuration, above its tables:  baseline = "{path}"')
    return 0


@command.command("prune")
def prune() -> int:
    """Drop entries whose findings are gone, so that they cannot hide a new fault."""
    from onex_tools import baseline as room
    from onex_tools.engine import Request, run

    session = open_plain()
    path = session.config.baseline
    if not path:
        raise room.BaselineError("no baseline is configured; `onex baseline create` writes one")
    before = room.read_baseline(session.root, path)
    result = run(session, Request(today=today()))
    if result.failed:
        raise room.BaselineError("a check did not do its work: nothing was pruned")
    after = room.prune(before, result.stale)
    if result.stale:
        _write(session.root, after)
    click.echo(f"{path}: {len(result.stale):,} entries dropped, {len(after.entries):,} kept")
    return 0


def _is_locked(session: Any, finding: Any) -> bool:
    from onex_tools.selection import best

    info = session.catalogue.rules.get(finding.code)
    return info is not None and bool(best(session.part(finding.path).config.locked, info))


def _write(root: str, baseline: Any) -> None:
    target = os.path.join(root, baseline.path)
    draft = f"{target}.{os.getpid()}.partial"
    with open(draft, "x", encoding="utf-8", newline="\n") as stream:
        stream.write(baseline.text())
    os.replace(draft, target)
