"""``onex coverage``: how much of the code has a docstring, as a table, a number and a badge."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from onex_tools.cli.options import color_option, format_option, typed_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onex_tools.coverage import Count, Coverage
    from onex_tools.engine import Gathered
    from onex_tools.session import Session

SECTION = "docstrings"
LABEL = "docstrings"


@click.command("coverage")
@click.argument("paths", nargs=-1, type=click.Path(exists=False), metavar="[PATHS]...")
@click.option(
    "-f",
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    help="Exit with 1 below this share (default: `fail-under` in [docstrings]).",
)
@click.option(
    "--by",
    type=click.Choice(["folder", "file"]),
    default="folder",
    show_default=True,
    help="What a line of the table is about.",
)
@click.option("-v", "--missing", is_flag=True, help="List what has no docstring.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option(
    "-g", "--badge", metavar="FILE", help="Write an SVG with the share to FILE, if it changes it."
)
@format_option("How to print it.")
@color_option()
@click.option("--no-cache", is_flag=True, help="Read every file, and remember nothing.")
@click.option("--allow-local-plugins", is_flag=True, help="Run the repository's own rule files.")
def command(**options: Any) -> int:
    """Show how much of what has to have a docstring has one.

    Counted is what the switches in [docstrings] ask for, whether the rules that report it are on,
    ignored or waived. With `inherit = true` an inherited docstring counts. Blank docstrings and
    stubs marked with `TODO(docstring)` do not count. PATHS limit what is counted.

    \b
    Examples:
      onex coverage                          a table of all folders
      onex coverage --missing src/shop       and each thing that has none
      onex coverage --fail-under 90          exit code 1 below 90 %
      onex coverage -q --badge docs/docstrings.svg
    """
    from onex_tools.cli.options import open_plain, refuse_missing, remark
    from onex_tools.coverage import FACT
    from onex_tools.engine import gather

    session = open_plain(
        options["paths"],
        use_cache=not options["no_cache"],
        allow_local=options["allow_local_plugins"],
    )
    refuse_missing(session)
    if FACT not in session.catalogue.extractors:
        raise click.ClickException(
            "no plugin counts docstrings: let `plugins` name onex_validators"
        )
    wanted = options["fail_under"]
    if wanted is None:
        wanted = session.config.values_of(SECTION)["fail_under"]
    gathered = gather(session, FACT)
    coverage = _coverage(session, gathered)
    unread = _complain(session, gathered)
    badge = options["badge"]
    is_new = bool(badge) and _write_badge(badge, coverage.total.percent)
    passed = coverage.total.reaches(wanted) and not unread
    if not options["quiet"]:
        print_ = _print_json if options["output_format"] == "json" else _print_text
        print_(coverage, wanted, options, passed=passed)
        if unread and options["output_format"] != "json":
            click.echo("failed: not every file could be counted")
        if is_new:
            sys.stdout.flush()
            remark(f"wrote {badge}")
    if unread == "failed":
        return 2
    return 0 if passed else 1


def _write_badge(path: str, percent: float) -> bool:
    """Write the badge to ``path``, whose folders are made; whether it is another one now.

    Raises:
        WriteRefused: it was not written.
    """
    import os

    from onex_tools.badge import render_badge
    from onex_tools.cli.options import write_file
    from onex_tools.writing import WriteRefused

    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    except OSError as error:
        raise WriteRefused(path, f"its folder cannot be made: {error.strerror}") from None
    return write_file(path, render_badge(LABEL, percent))


def _coverage(session: Session, gathered: Gathered) -> Coverage:
    """What is counted of the files that were named."""
    from onex_tools.coverage import measure

    facts = gathered.facts
    if session.named and "" not in session.named:
        named = set(session.expand(session.named))
        facts = {path: fact for path, fact in facts.items() if path in named}
    found = {(one.code, one.path, one.location.start) for one in gathered.tree}
    return measure(facts, session.tree_codes, found)


def _complain(session: Session, gathered: Gathered) -> str:
    """Say which files were not counted; gives how bad that is: ``failed``, ``unread`` or ""."""
    from onex_tools.cli.options import printable
    from onex_tools.report.foreign import put, visible
    from onex_tools.result import FAILURES

    err = printable(sys.stderr)
    for note in session.notes:
        put(err, f"{visible(note.message)}\n")
    troubles = [*gathered.troubles, *(one for one in gathered.tree if one.code in FAILURES)]
    for one in troubles:
        place = f"{visible(one.path)}:{one.location.line}"
        put(err, f"{place}: {one.code} {visible(one.message)}: not counted\n")
    if any(one.code in FAILURES for one in troubles):
        return "failed"
    return "unread" if troubles else ""


# What is printed ---------------------------------------------------------------------------------


def _rows(coverage: Coverage, by: str) -> dict[str, Count]:
    from onex_tools.coverage import folder_of

    return coverage.by(folder_of if by == "folder" else str)


def _print_json(coverage: Coverage, wanted: float, options: Any, *, passed: bool) -> None:
    from onex_tools.report.foreign import plain

    total = coverage.total
    document = {
        "version": 1,
        **_numbers(total),
        "fail_under": wanted,
        "passed": passed,
        "rows": [
            {options["by"]: plain(name), **_numbers(count)}
            for name, count in _rows(coverage, options["by"]).items()
        ],
        "missing": [gap._replace(path=plain(gap.path))._asdict() for gap in coverage.gaps],
    }
    click.echo(json.dumps(document, indent=2))


def _numbers(count: Count) -> dict[str, float]:
    return {"documented": count.documented, "total": count.total, "percent": count.percent}


def _print_text(coverage: Coverage, wanted: float, options: Any, *, passed: bool) -> None:
    from onex_tools.cli.options import printable
    from onex_tools.report.foreign import put, visible
    from onex_tools.report.style import paint

    out = printable(sys.stdout)
    if options["missing"]:
        for gap in coverage.gaps:
            place = f"{visible(gap.path)}:{gap.line}"
            put(out, f"{place}: {gap.code} {visible(gap.message)}\n")
        if coverage.gaps:
            put(out, "\n")
    rows = [(visible(name), count) for name, count in _rows(coverage, options["by"]).items()]
    head, *lines = _table(options["by"], [*rows, ("total", coverage.total)])
    style = typed_style(options["color"], sys.stdout)
    put(out, paint(style, "bold", head) + "".join(f"\n{line}" for line in lines) + "\n\n")
    verdict = _verdict(coverage.total, wanted, passed=passed)
    put(out, paint(style, "bold" if passed else "error", verdict) + "\n")


def _table(head: str, rows: Sequence[tuple[str, Count]]) -> Iterator[str]:
    width = max(len(name) for name, _ in [(head, None), *rows])
    yield f"{head:{width}}  documented    total  coverage"
    for name, count in rows:
        numbers = f"{count.documented:>10,}  {count.total:>7,}  {count.percent:>6.1f} %"
        yield f"{name:{width}}  {numbers}"


def _verdict(total: Count, wanted: float, *, passed: bool) -> str:
    share = f"{total.beside(wanted)} % of {total.total:,} definitions are documented"
    if not wanted:
        return share
    word = "passed" if passed else "failed"
    return f"{word}: {share}, {wanted:.15g} % is asked for"
