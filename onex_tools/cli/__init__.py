"""The command line: one file per command, imported only when it is the one that was typed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code, and prints no traceback."""
    import gc

    if arguments is not None:
        return _run(arguments)
    # The process is ours alone, and short: looking for cycles among the modules, while they are
    # imported and again at the end, takes a tenth of a warm run and frees nothing.
    gc.set_threshold(100_000)
    _fill_streams()
    try:
        return _run(None)
    finally:
        gc.freeze()


def _fill_streams() -> None:
    """Open what is closed of the standard streams on nothing, as ``>/dev/null`` does.

    Else the next file or pipe to be opened would get its number, and be printed into.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
            if number:  # that there is no standard input is for the command to say
                setattr(sys, name, open(number, "w", closefd=False))  # noqa: SIM115


def _run(arguments: Sequence[str] | None) -> int:
    from onex_tools.cli.failure import explain

    if sys.flags.optimize > 1:
        said = "Python runs without docstrings (-OO, PYTHONOPTIMIZE=2), which explain the rules"
        print(f"onex: error: {said}", file=sys.stderr)
        return 2
    try:
        code = _carried_out(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nonex: interrupted", file=sys.stderr)
        return 130
    except Exception as error:
        _give_up_output()
        if isinstance(error, BrokenPipeError):
            return 1
        explain(error)
        return 2
    return code


def _carried_out(words: Sequence[str]) -> int:
    """Do what ``words`` ask for: a hook's without click, whose import takes longer than a check."""
    from onex_tools.cli.plain import read

    options = read(words)
    if options is None:
        from onex_tools.cli.commands import call

        return call(words)
    from onex_tools.cli.checking import check

    return check(options)


def _give_up_output() -> None:
    """Write what is still buffered; if it cannot be, Python shall not try again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
