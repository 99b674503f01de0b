"""A check as the options ask for it: session, run, report; a hook needs no click for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from onex_tools.cli.options import typed_command

if TYPE_CHECKING:
    from onex_tools.discover import Skip
    from onex_tools.engine import Request
    from onex_tools.report import Style
    from onex_tools.result import Result
    from onex_tools.session import Session


def check(options: dict[str, Any]) -> int:
    """Check, report, and mend where ``options``, those of `onex validate`, ask for it.

    Returns:
        The exit code.
    """
    from onex_tools.engine import run
    from onex_tools.report import writer

    mending = options["fix"] or options["diff"] or options["unsafe_fixes"]
    if mending:
        from onex_tools.cli import mend

        _refuse(mend.contradiction(options))
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
        out = mend.report_stream(options)
        mended = mend.mend(session, request, options)
        if mended is None:
            return 0 if options["exit_zero"] else 1
        result = mended
    else:
        result = run(session, request)
    _report(result, options, files, out)
    if mending and not options["quiet"]:
        mend.tell_of_unsafe(result, options)
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
    from onex_tools.cli.options import today
    from onex_tools.engine import Request

    _refuse(_contradiction(options))
    request = Request(
        paths=session.named if session.named and "" not in session.named else None,
        scope=options["scope"],
        jobs=options["jobs"],
        timed=options["timing"],
        today=today(),
        progress=None if options["quiet"] else _progress(),
    )
    if options["stdin_filename"]:
        limit = session.config.max_scan_bytes
        return request._replace(data={session.stdin: _given(limit, whole=bool(options["fix"]))})
    if options["staged"]:
        data = session.staged()
        below = {path: data[path] for path in data if _is_below(path, request.paths)}
        return request._replace(data=below)
    if options["since"]:
        changed = session.since(options["since"])
        return request._replace(paths=[p for p in changed if _is_below(p, request.paths)])
    return request


def _refuse(said: str) -> None:
    """Stop where something is said against the options.

    Raises:
        click.UsageError: something is.
    """
    if said:
        import click

        raise click.UsageError(said)


def _contradiction(options: dict[str, Any]) -> str:
    """Which of the options exclude each other, in words, or ""."""
    chosen = [name for name in ("staged", "since", "stdin_filename") if options[name]]
    if len(chosen) > 1:
        return "--staged, --since and --stdin-filename exclude each other."
    if options["staged"] and options["scope"] == "tree":
        return "--staged has only single files: --scope tree would check nothing."
    if options["attestation"] and (chosen[:1] in (["staged"], ["stdin_filename"])):
        name = chosen[0].replace("_", "-")
        return f"--attestation speaks for files of the tree: --{name} would check nothing of it."
    if options["attestation"] and options["scope"] == "file":
        return "--attestation is for rules that judge the tree: not --scope file."
    if options["stdin_filename"] and options["paths"]:
        return "--stdin-filename takes no PATHS."
    return ""


def _is_below(path: str, named: Sequence[str] | None) -> bool:
    """Whether ``path`` is one of ``named`` or in a folder of them; None stands for all."""
    return named is None or any(path == name or path.startswith(name + "/") for name in named)


def _given(limit: int, *, whole: bool) -> bytes | Skip:
    """Standard input, of which no more is read than any file may have.

    Raises:
        click.UsageError: it is closed, or longer and ``whole`` asks for all of it.
    """
    import click

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
