"""What several commands need: options, a session without any, what is written, today's date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    import click

    from onex_tools.report import Style
    from onex_tools.session import Session


def color_option(what: str = "Colours") -> Callable[[Any], Any]:
    """The option ``--color``; ``what`` has colours."""
    import click

    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help=f"{what} (default: on a terminal; NO_COLOR is respected).",
    )


def format_option(what: str) -> Callable[[Any], Any]:
    """The option ``--output-format`` of a command that prints a text or JSON."""
    import click

    return click.option(
        "--output-format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=what,
    )


def local_option() -> Callable[[Any], Any]:
    """The option ``--allow-local-plugins`` of a command that runs no rule."""
    import click

    return click.option(
        "--allow-local-plugins",
        is_flag=True,
        help="Let the rule files that the repository ships say which kinds of files there are.",
    )


def open_plain(
    paths: Sequence[str] = (), *, use_cache: bool = True, allow_local: bool = False
) -> Session:
    """The session for ``paths`` in the current folder, with nothing overridden."""
    from onex_tools.config import Overrides
    from onex_tools.session import open_session

    return open_session(list(paths), Overrides(), use_cache=use_cache, allow_local=allow_local)


def refuse_missing(session: Session) -> None:
    """Stop where a plugin cannot be used: it may say which kinds of files there are.

    Raises:
        click.ClickException: one cannot; nothing was read or written.
    """
    said = [
        f"{problem.message}{f' ({problem.help})' if problem.help else ''}"
        for problem in session.catalogue.problems
    ]
    if said:
        import click

        from onex_tools.report.foreign import visible

        lines = "\n".join(map(visible, said))
        raise click.ClickException(f"{lines}\nIts kinds of files would be passed over in silence.")


def typed_style(color: str, out: TextIO) -> Style:
    """How something should look on ``out``; ``color`` is what ``--color`` said."""
    import os

    from onex_tools.report.style import Style, wants_color

    return Style(wants_color(color, out, os.environ), command=typed_command())


def typed_command() -> str:
    """What runs onex again from where the user is: by its path, and with ``-C DIR``, if typed."""
    import os
    import sys

    words, folder = ["onex"], typed_folder()
    program = sys.argv[0]
    if os.path.basename(program) == "onex" and not _is_found_by_name(program):
        words = [program]
    if folder:
        words += ["-C", folder]
    if words == ["onex"]:
        return "onex"
    import shlex

    return shlex.join(words)


def typed_folder() -> str:
    """What ``-C`` said, or ""."""
    context = _context()
    return (context and context.find_root().params.get("directory")) or ""


def _context() -> click.Context | None:
    """What click has read of the command; None where it was not asked."""
    import sys

    if "click" not in sys.modules:
        return None
    import click

    return click.get_current_context(silent=True)


def _is_found_by_name(program: str) -> bool:
    """Whether the shell finds ``program``, as it was typed, under its bare name."""
    import os

    context = _context()
    start = (context and context.find_root().obj) or ""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = os.path.join(start, folder, "onex")
        if os.access(found, os.X_OK):
            return os.path.samefile(found, os.path.join(start, program))
    return False


def printable(out: TextIO) -> TextIO:
    """``out``, where no character can fail to be written."""
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    return out


def today() -> str:
    """Today's date as ISO text; waivers end on such dates."""
    import time

    return time.strftime("%Y-%m-%d")


def remark(text: str) -> None:
    """Say ``text``, one line, on standard error: what was done beside the report."""
    import sys

    from onex_tools.report.foreign import put, visible

    put(printable(sys.stderr), f"{visible(text)}\n")


def write_file(path: str, data: bytes) -> bool:
    """Make ``data`` the content of the file at ``path``, whole and at one stroke, if it is not.

    It says whether anything else stood there.

    Raises:
        WriteRefused: what stands there is as it was; it may be a folder, a link or a device.
    """
    import os
    import sys

    from onex_tools.discover import Reader, Skip
    from onex_tools.writing import WriteRefused, replace_file

    folder, name = os.path.split(os.path.abspath(path))
    try:
        old = Reader(folder)(name, sys.maxsize) if os.path.lexists(path) else None
        if old != data:
            replace_file(folder, name, old, data)
    except (Skip, WriteRefused) as error:
        why = error.reason if isinstance(error, WriteRefused) else str(error)
        raise WriteRefused(path, why) from None
    return old != data
