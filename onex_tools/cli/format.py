"""``onex format``: headers in order, isort, black; and what flake8 says."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from onex_tools.cli.options import color_option

if TYPE_CHECKING:
    from onex_tools.edits import Kept
    from onex_tools.format.files import Report, Task
    from onex_tools.hidden import Unasked
    from onex_tools.report.pages import Page
    from onex_tools.result import Result
    from onex_tools.session import Session


@click.command("format")
@click.argument("paths", nargs=-1, type=click.Path(exists=False), metavar="[PATHS]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything would change.")
@click.option("--diff", is_flag=True, help="As --check, and show what would change.")
@click.option(
    "--update-index",
    is_flag=True,
    help="Add what was written to git's index, where a file was wholly in it before: for hooks.",
)
@click.option("--no-lint", is_flag=True, help="Do not ask flake8.")
@click.option(
    "--stdin-filename",
    metavar="PATH",
    help="Format standard input as if it were PATH, and print the result: for editors.",
)
@click.option(
    "--output-format",
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="How to report: text, concise, json, jsonl, sarif, github.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(0, 256),
    default=0,
    metavar="N",
    help="Processes for cold work (default: one a core).",
)
@click.option("--show-all", is_flag=True, help="Show every finding, not only the first few.")
@click.option("--verbose", "-v", is_flag=True, help="Name every file that was written.")
@click.option("--quiet", "-q", is_flag=True, help="Only findings: no notes, no progress.")
@color_option()
def command(**options: Any) -> int:
    """Bring Python files into their one form, by the project's own settings.

    The header is put in order, then isort and black work, then flake8 reports. A file in its
    final form is not written; one that cannot be shown to mean the same afterwards, with every
    comment that it had, stays as it is and is reported. Without PATHS the whole repository is
    formatted.

    \b
    Examples:
      onex format                        every Python file of the repository
      onex format --check                in CI: is every file in its final form?
      onex format --diff src/            what would change below src/
      onex format --check --no-lint      the form alone, without flake8
      onex format --stdin-filename app.py < app.py
    """
    _refuse_contradictions(options)
    from onex_tools.report import writer

    writer(options["output_format"])
    session = _open(options)
    if options["stdin_filename"]:
        return _format_stdin(session)
    from onex_tools.cli.options import today
    from onex_tools.format.files import format_files
    from onex_tools.format.verdict import UNFORMATTED, judge

    task = _task(session, options)
    report = format_files(session, task)
    if options["diff"]:
        _show_diff(session, report, options)
    elif task.write:
        _tell_written(report, task, options)
    whole = task.paths is None and task.lint
    result = judge(session, report, wrote=task.write, whole=whole, today=today())
    _report(result, options)
    failed = bool(report.unstaged) or any(one.code == UNFORMATTED for one in result.findings)
    return max(result.exit_code(), int(failed))


def _refuse_contradictions(options: dict[str, Any]) -> None:
    looks = [name for name in ("check", "diff", "stdin_filename") if options[name]]
    if options["update_index"] and looks:
        name = looks[0].replace("_", "-")
        raise click.UsageError(f"--{name} writes nothing that --update-index could add.")
    if options["stdin_filename"] and (options["paths"] or len(looks) > 1):
        raise click.UsageError("--stdin-filename takes neither PATHS nor --check nor --diff.")
    if options["diff"] and options["output_format"] not in ("text", "concise"):
        raise click.UsageError(
            f"--diff prints a diff, which {options['output_format']} cannot hold: "
            "leave out --output-format."
        )


def _open(options: dict[str, Any]) -> Session:
    from onex_tools.config import Overrides
    from onex_tools.session import open_session

    return open_session(
        list(options["paths"]),
        Overrides(),
        stdin_path=options["stdin_filename"],
        use_cache=not options["no_cache"],
    )


def _task(session: Session, options: dict[str, Any]) -> Task:
    from onex_tools.format.files import Task

    index = None
    if options["update_index"]:
        from onex_tools.stamping.index import Index

        index = Index(session.root, os.environ)
    progress = None
    if not options["quiet"] and sys.stderr.isatty():
        from onex_tools.cli.progress import Progress

        progress = Progress(sys.stderr, "formatting")
    return Task(
        session.named if session.named and "" not in session.named else None,
        write=not (options["check"] or options["diff"]),
        keep=options["diff"],
        lint=not options["no_lint"],
        jobs=options["jobs"],
        index=index,
        progress=progress,
    )


def _report(result: Result, options: dict[str, Any]) -> None:
    from onex_tools.cli.checking import style_for
    from onex_tools.cli.options import printable
    from onex_tools.report import wants_color, writer

    out = sys.stderr if options["diff"] else sys.stdout
    if options["quiet"]:
        result.notes.clear()
        if not result.findings and options["output_format"] == "text":
            return
    color = wants_color(options["color"], out, os.environ)
    style = style_for(options, color=color)._replace(verb="format --check", mend="format")
    writer(options["output_format"])(result, printable(out), style)


SHOWN = 20
"""Written files that are named one by one without --verbose."""


def _tell_written(report: Report, task: Task, options: dict[str, Any]) -> None:
    """A line for every written file; on standard error where the report is for programs."""
    from onex_tools.cli.options import printable
    from onex_tools.report.foreign import put, visible

    out = printable(sys.stdout if options["output_format"] == "text" else sys.stderr)
    written = [one.path for one in report.outcomes if one.changed and not one.why_not]
    if not options["quiet"]:
        shown = written if options["verbose"] else written[:SHOWN]
        put(out, "".join(f"formatted {visible(path)}\n" for path in shown))
        more = len(written) - len(shown)
        put(out, f"... and {more:,} more files (--verbose names them)\n" if more else "")
    why = task.index.why_not if task.index else ""
    for path in report.unstaged:
        put(printable(sys.stderr), f"{visible(path)}: written, but not added: {why}\n")
    out.flush()


def _show_diff(session: Session, report: Report, options: dict[str, Any]) -> None:
    from onex_tools.cli.checking import style_for
    from onex_tools.cli.options import printable
    from onex_tools.hidden import Unasked
    from onex_tools.report import wants_color
    from onex_tools.report.foreign import put, visible
    from onex_tools.report.unified import unified

    out = printable(sys.stdout)
    style = style_for(options, color=wants_color(options["color"], sys.stdout, os.environ))
    secrets = Unasked(session)
    for one in report.outcomes:
        new = one.formed.new
        if new is None:
            continue
        pages = _pages(secrets, one.path, one.data, new)
        if pages is None:
            put(out, f"{visible(one.path)}: would change; not shown, since all of it is secret\n")
        else:
            put(out, unified(one.path, *pages, _kept(one.data, new), style))
    out.flush()


def _pages(secrets: Unasked, path: str, old: bytes, new: bytes) -> tuple[Page, Page] | None:
    """A file before and after, with the secrets of both hidden in both; None: all of it is one."""
    from onex_tools.masking import pieces_of
    from onex_tools.report.pages import Page, merged

    before, after = secrets(path, old), secrets(path, new)
    if before is None or after is None:
        return None
    pieces = list(dict.fromkeys([*pieces_of(old, before), *pieces_of(new, after)]))
    return Page(old, merged(before), pieces), Page(new, merged(after), pieces)


def _kept(old: bytes, new: bytes) -> list[Kept]:
    """The lines that both have at their beginnings and at their ends."""
    from onex_tools.edits import Kept

    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    lead = _alike(before, after)
    tail = _alike(before[lead:][::-1], after[lead:][::-1])
    head = sum(map(len, before[:lead]))
    end = sum(map(len, before[len(before) - tail :]))
    return [Kept(0, 0, head), Kept(len(old) - end, len(new) - end, end)]


def _alike(old: list[bytes], new: list[bytes]) -> int:
    """How many lines are the same at the beginning of both."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _format_stdin(session: Session) -> int:
    """Standard input in its final form on standard output; as it came where it is refused."""
    from onex_tools.format.files import format_data
    from onex_tools.report.foreign import visible

    limit = session.config.max_parse_bytes
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) > limit:
        raise click.UsageError(f"standard input has more than {limit:,} bytes: not read further.")
    new, refused, line = format_data(session, session.stdin, data)
    sys.stdout.buffer.write(new)
    if refused:
        click.echo(f"{visible(session.stdin)}:{line}: refused: {visible(refused)}", err=True)
    return int(bool(refused))
