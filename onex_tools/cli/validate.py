"""``onex validate``: check, report, and mend where asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from onex_tools.cli.options import color_option, typed_command

if TYPE_CHECKING:
    from onex_tools.discover import Skip
    from onex_tools.engine import Request
    from onex_tools.report import Style
    from onex_tools.result import Result
    from onex_tools.session import Session

LEVELS = ("info", "warning", "error")


def _listed(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """``--select A,B --select C`` as one tuple."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


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
    type=click.Choice(["all", "file", "tree"]),
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
    from onex_tools.engine import run
    from onex_tools.report import writer

    mending = options["fix"] or options["diff"] or options["unsafe_fixes"]
    if mending:
        from onex_tools.cli.mend import refuse_wrong_use

        refuse_wrong_use(options)
    writer(options["output_format"])
    files = [_output(value) for value in options["output_file"]]
    session = open_for(options)
    if options["attestation"]:
        from onex_tools.cli.attest import hand_over

        some = options["since"] or (session.named and "" not in session.named)
        hand_over(session, options["attestation"], whole=not some)
    if options["show_settings"]:
        from onex_tools.cli.config import show

        return show(session, "text")
    request = make_request(session, options)
    out = sys.stdout
    if mending:
        from onex_tools.cli.mend import mend, report_stream

        out = report_stream(options)
        mended = mend(session, request, options)
        if mended is None:
            return 0 if options["exit_zero"] else 1
        result = mended
    else:
        result = run(session, request)
    _report(result, options, files, out)
    if mending and not options["quiet"]:
        from onex_tools.cli.mend import tell_of_unsafe

        tell_of_unsafe(result, options)
    code = result.exit_code()
    return 0 if options["exit_zero"] and code == 1 else code


def open_for(options: dict[str, Any]) -> Session:
    """The session that the common options ask for."""
    from onex_tools.config import Overrides
    from onex_tools.session import open_session

    overrides = Overrides(
        select=options.get("select") or None,
        extend_select=options.get("extend_select") or (),
        ignore=options.get("ignore") or (),
        severity=options.get("severity") or {},
        fail_on=options.get("fail_on"),
        preview=options.get("preview"),
        baseline=options.get("baseline"),
        isolated=bool(options.get("isolated")),
    )
    return open_session(
        list(options.get("paths") or ()),
        overrides,
        stdin_path=options.get("stdin_filename"),
        use_cache=not options.get("no_cache"),
        allow_local=bool(options.get("allow_local_plugins")),
    )


def make_request(session: Session, options: dict[str, Any]) -> Request:
    """What to check, as the options say it."""
    import datetime

    from onex_tools.engine import Request

    _refuse_contradictions(options)
    request = Request(
        paths=session.named if session.named and "" not in session.named else None,
        scope=options["scope"],
        jobs=options["jobs"],
        timed=options["timing"],
        today=datetime.date.today().isoformat(),
        progress=None if options["quiet"] else _progress(),
    )
    if options["stdin_filename"]:
        limit = session.config.max_scan_bytes
        request.data = {session.stdin: _given(limit, whole=bool(options["fix"]))}
    elif options["staged"]:
        data = session.staged()
        request.data = {path: data[path] for path in data if _is_below(path, request.paths)}
    elif options["since"]:
        changed = session.since(options["since"])
        request.paths = [path for path in changed if _is_below(path, request.paths)]
    return request


def _refuse_contradictions(options: dict[str, Any]) -> None:
    chosen = [name for name in ("staged", "since", "stdin_filename") if options[name]]
    if len(chosen) > 1:
        raise click.UsageError("--staged, --since and --stdin-filename exclude each other.")
    if options["staged"] and options["scope"] == "tree":
        raise click.UsageError("--staged has only single files: --scope tree would check nothing.")
    if options["attestation"] and (chosen[:1] in (["staged"], ["stdin_filename"])):
        name = chosen[0].replace("_", "-")
        raise click.UsageError(
            f"--attestation speaks for files of the tree: --{name} would check nothing of it."
        )
    if options["attestation"] and options["scope"] == "file":
        raise click.UsageError("--attestation is for rules that judge the tree: not --scope file.")
    if options["stdin_filename"] and options["paths"]:
        raise click.UsageError("--stdin-filename takes no PATHS.")


def _is_below(path: str, named: Sequence[str] | None) -> bool:
    """Whether ``path`` is one of ``named`` or in a folder of them; None stands for all."""
    return named is None or any(path == name or path.startswith(name + "/") for name in named)


def _given(limit: int, *, whole: bool) -> bytes | Skip:
    """Standard input, of which no more is read than any file may have.

    Raises:
        click.UsageError: it is closed, or longer and ``whole`` asks for all of it.
    """
    from onex_tools.discover import OverLimit

    if sys.stdin is None:
        raise click.UsageError("--stdin-filename needs standard input, which is closed.")
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) <= limit:
        return data
    if whole:
        raise click.UsageError(f"--fix of standard input takes at most {limit:,} bytes.")
    return OverLimit(f"it has more than {limit:,} bytes")


def _output(value: str) -> tuple[str, str]:
    """Format and path of one ``--output-file``."""
    from onex_tools.report import FORMATS, writer

    name, equals, path = value.partition("=")
    if equals and path:
        writer(name)
        return name, path
    ending = value.rpartition(".")[2]
    name = {"txt": "text"}.get(ending, ending)
    return (name if name in FORMATS else "text"), value


def _report(
    result: Result, options: dict[str, Any], files: list[tuple[str, str]], out: TextIO
) -> None:
    from onex_tools.cli.options import printable
    from onex_tools.report import write_to, writer

    plain = style_for(options, color=False)
    for name, path in files:
        write_to(path, name, result, plain)
    if options["quiet"]:
        result.notes.clear()
    style = style_for(options, color=_colored(options["color"], out))
    writer(options["output_format"])(result, printable(out), style)


def _colored(choice: str, out: TextIO) -> bool:
    from onex_tools.report import wants_color

    return wants_color(choice, out, os.environ)


def style_for(options: dict[str, Any], *, color: bool) -> Style:
    """How the reports should look."""
    from onex_tools.report import Style

    width = 120
    if sys.stdout.isatty():
        width = max(40, os.get_terminal_size(sys.stdout.fileno()).columns - 8)
    return Style(
        color=color,
        width=width,
        show_all=options.get("show_all", False),
        command=typed_command(),
        statistics=options.get("statistics", False),
        timing=options.get("timing", False),
    )


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None
    from onex_tools.cli.progress import Progress

    return Progress(sys.stderr)
