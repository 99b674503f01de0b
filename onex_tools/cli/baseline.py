"""``onex baseline``: accept what is there today, so that only what is new counts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from onex_tools.cli.options import open_plain, today
from onex_tools.report.counts import plural

if TYPE_CHECKING:
    from onex_tools.accepted.entry import Entry
    from onex_tools.accepted.matching import Matched
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
      onex baseline import FILE         accept what another tool was told to accept
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
    path = _path(session, file)
    configured, session.config.baseline = session.config.baseline, ""
    before = _present(session.root, path)
    results = _results(session, formatting)
    found = [finding for result in results for finding in result.findings]
    kept = [finding for finding in found if not _is_locked(session, finding)]
    evidence = Evidence(session.catalogue.rules, session.read_for_report)
    made = room.make_baseline(path, kept, evidence, before.key if before else None)
    if before and len(results) == 1:
        made.entries.update(_of_format(session, before))
    _write(session.root, made)
    click.echo(f"{path}: {plural(len(kept), 'finding')} accepted")
    left = len(found) - len(kept)
    if left:
        click.echo(f"{plural(left, 'finding')} of locked rules cannot be accepted", err=True)
    if path != configured:
        _say_where(session, path)
    return 0


@command.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--to", metavar="FILE", help="The baseline, relative to the root.")
@click.option(
    "--write", is_flag=True, help="Add the entries for `per-file-ignores` to the configuration."
)
@click.option("--show-all", is_flag=True, help="Name everything that was not taken over.")
def import_(files: tuple[str, ...], to: str | None, write: bool, show_all: bool) -> int:
    """Accept the secrets that detect-secrets or gitleaks was told to accept.

    FILE is a .secrets.baseline, a .gitleaksignore, a JSON report of gitleaks that serves it as
    baseline, or a .gitleaks.toml, told by what is in it. Secrets are looked for with all rules on
    secrets, and those that FILE accepts go into our baseline, beside what is there; what matches
    none is named. Files that an allowlist of a .gitleaks.toml names become entries of
    `per-file-ignores`: they are printed, or added to the configuration with --write. Comments of
    both tools need no import: they count already.

    \b
    Examples:
      onex baseline import .secrets.baseline
      onex baseline import .gitleaksignore gitleaks-report.json
      onex baseline import .gitleaks.toml --write
    """
    session = open_plain()
    configs = [file for file in files if file.endswith(".toml")]
    others = [file for file in files if not file.endswith(".toml")]
    if configs:
        _import_allowlists(session, configs, write=write)
    if others:
        _import_findings(session, others, _path(session, to), show_all=show_all)
    return 0


def _import_allowlists(session: Session, files: list[str], *, write: bool) -> None:
    """Turn allowed files into entries of the configuration, and print or add them."""
    from onex_tools.accepted.allowlists import read_allowlists
    from onex_tools.cli import imported
    from onex_tools.globs import excludes

    read = [read_allowlists(file) for file in files]
    left = [one for lists in read for one in lists.left]
    found = {finding.path for findings in _secrets(session) for finding in findings}
    allowed = []
    for one in (one for lists in read for one in lists.allowed):
        # An entry that waives nothing would be a fault of its own.
        if any(excludes(one.globs, path) for path in found):
            allowed.append(one)
        else:
            left.append((one.origin, "onex finds no secret in these files"))
    text = imported.entries_text(session, allowed)
    if text and write:
        imported.add_entries(session, text)
        number = text.count("per-file-ignores]]")
        said = "1 entry" if number == 1 else f"{number:,} entries"
        click.echo(f"{session.config.file}: {said} added")
    elif text:
        click.echo(f"Now add at the end of {session.config.file}:\n\n{text}")
    imported.say_to_redo(left)


def _import_findings(session: Session, files: list[str], path: str, *, show_all: bool) -> None:
    """Take the findings that the other tools accept into the baseline at ``path``."""
    from onex_tools.accepted.recognition import read_entries
    from onex_tools.baseline import make_baseline
    from onex_tools.cli import imported
    from onex_tools.fingerprints import Evidence

    entries = [entry for file in files for entry in read_entries(file, session.root)]
    before = _present(session.root, path)
    found, waived = _secrets(session)
    matched = _match(session, entries, [*found, *waived])
    kept = [number for number in sorted(matched.findings) if number < len(found)]
    free = [number for number in kept if not _is_locked(session, found[number])]
    evidence = Evidence(session.catalogue.rules, session.read_for_report)
    made = before or make_baseline(path, [], evidence, None)
    known = len(made.entries)
    # Marks count the findings that are alike, so they are made of all of them.
    marks = made.fingerprints(found, evidence)
    made.entries.update({marks[n]: (found[n].code, found[n].path) for n in free})
    _write(session.root, made)
    click.echo(f"{path}: {plural(len(made.entries) - known, 'finding')} accepted")
    if len(free) < len(kept):
        left = len(kept) - len(free)
        click.echo(f"{plural(left, 'finding')} of locked rules cannot be accepted", err=True)
    imported.say_real([found[n] for n in free if n in matched.real], everything=show_all)
    imported.say_left(matched.left, everything=show_all)
    if path != session.config.baseline:
        _say_where(session, path)


def _secrets(session: Session) -> tuple[list[Finding], list[Finding]]:
    """What all rules on secrets find, baseline or not: what counts, and what is waived already."""
    rules = session.catalogue.rules.values()
    session.only = frozenset(info.code for info in rules if info.sensitive and info.selectable)
    configured, session.config.baseline = session.config.baseline, ""
    (result,) = _results(session, formatting=False)
    session.config.baseline = configured
    found = [finding for finding in result.findings if finding.code in session.only]
    waived = [item.finding for item in result.waived if item.finding.code in session.only]
    return found, waived


def _match(session: Session, entries: list[Entry], findings: list[Finding]) -> Matched:
    from onex_tools.accepted.history import reader
    from onex_tools.accepted.matching import Sources, match

    files = frozenset(session.files(None))
    commits = {entry.commit for entry in entries if entry.commit}
    then = reader(session.root, commits, session.config.max_scan_bytes)
    return match(
        entries,
        findings,
        Sources(lambda path: session.read_for_report(path) if path in files else None, then),
    )


def _path(session: Session, file: str | None) -> str:
    """The baseline that was named, or else the configured or the usual one.

    Raises:
        BaselineError: it is not below the root.
    """
    from onex_tools import baseline as room

    path = file or session.config.baseline or room.DEFAULT_PATH
    if os.path.isabs(path) or ".." in path.split("/"):
        raise room.BaselineError(f"{path}: a baseline is a file below the root {session.root}")
    return path


def _present(root: str, path: str) -> Baseline | None:
    from onex_tools.baseline import read_baseline

    return read_baseline(root, path) if os.path.exists(os.path.join(root, path)) else None


def _say_where(session: Session, path: str) -> None:
    table = session.config.table()
    where = f"to {table}" if table else "above its tables"
    click.echo(f'Now add in {session.config.file}, {where}:  baseline = "{path}"')


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
