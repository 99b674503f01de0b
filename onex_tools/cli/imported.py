"""What ``onex baseline import`` says, and the entries that it writes into the configuration."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onex_tools.accepted.allowlists import Allowed
    from onex_tools.accepted.entry import Entry
    from onex_tools.model import Finding
    from onex_tools.session import Session

SHOWN = 20
"""Entries that are named one by one without --show-all."""


def say_left(left: Sequence[tuple[Entry, str]], *, everything: bool) -> None:
    """Name what was not found, and why."""
    rows = [f"{entry.origin}: {entry.place} {entry.what}: {why}" for entry, why in left]
    _say("not taken over, for nothing here fits:", rows, everything=everything)


def say_real(findings: Iterable[Finding], *, everything: bool) -> None:
    """Name what was accepted though somebody had found that it is a secret."""
    rows = [f"{one.path}:{one.location.line} {one.code}" for one in findings]
    _say("accepted, though an audit calls it a real secret: change it", rows, everything=everything)


def say_to_redo(left: Sequence[tuple[str, str]]) -> None:
    """Name what an allowlist says that no setting of ours does."""
    _say("not taken over:", [f"{origin}: {why}" for origin, why in left], everything=True)


def _say(head: str, rows: Sequence[str], *, everything: bool) -> None:
    from onex_tools.report.foreign import visible

    if not rows:
        return
    click.echo(head, err=True)
    shown = rows if everything else rows[:SHOWN]
    for row in shown:
        click.echo(f"  {visible(row)}", err=True)
    if len(shown) < len(rows):
        click.echo(f"  and {len(rows) - len(shown):,} more: --show-all names them", err=True)


def entries_text(session: Session, allowed: Iterable[Allowed]) -> str:
    """The allowed files as entries of `per-file-ignores`, for the end of the configuration."""
    rules = session.catalogue.rules.values()
    families = sorted({info.family for info in rules if info.sensitive and info.scope == "file"})
    table = session.config.table().strip("[]")
    head = f"[[{table}.per-file-ignores]]" if table else "[[per-file-ignores]]"
    return "\n".join(line for one in allowed for line in _entry(head, one, families))


def _entry(head: str, allowed: Allowed, families: Sequence[str]) -> Iterator[str]:
    from onex_tools.config.reference import as_toml

    reason = " ".join(allowed.reason.split()) or "allowed to gitleaks"
    yield head
    yield f"path = {as_toml(list(allowed.globs))}"
    yield f"codes = {as_toml(list(families))}"
    yield f"reason = {as_toml(reason)}"
    yield ""


def add_entries(session: Session, text: str) -> None:
    """Add ``text`` at the end of the configuration.

    Raises:
        WriteRefused: the file would not say what it said before, and this besides.
    """
    from onex_tools.cli.options import write_file
    from onex_tools.discover import Reader
    from onex_tools.writing import WriteRefused

    path = os.path.join(session.root, session.config.file)
    old = b""
    if os.path.lexists(path):
        old = Reader(session.root)(session.config.file, 1 << 20)
    gap = b"" if not old else b"\n" if old.endswith(b"\n") else b"\n\n"
    new = old + gap + text.encode()
    if not _says_more(old, new):
        raise WriteRefused(session.config.file, "add the printed entries to those it has")
    write_file(path, new)


def _says_more(old: bytes, new: bytes) -> bool:
    """Whether ``new`` is TOML with all that ``old`` says."""
    import tomllib

    try:
        tomllib.loads(old.decode())
        tomllib.loads(new.decode())
    except ValueError:
        return False
    return True
