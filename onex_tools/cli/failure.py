"""What a failed run says: one clear error, never a traceback unless it was asked for."""

from __future__ import annotations

import os
import sys


def explain(error: Exception) -> None:
    """Print ``error`` to standard error; with ``ONEX_DEBUG=1`` also where it was raised.

    The places are those of our own code, without the values at hand: a value may be secret.
    """
    message, help_ = _words(error)
    for line in message:
        print(f"onex: error: {line}", file=sys.stderr)
    if help_:
        print(f"  = help: {help_}", file=sys.stderr)
    if os.environ.get("ONEX_DEBUG"):
        import traceback

        for frame in traceback.extract_tb(error.__traceback__):
            print(f"  at {frame.filename}:{frame.lineno} {frame.name}", file=sys.stderr)


def _words(error: Exception) -> tuple[list[str], str]:
    problems = getattr(error, "problems", None)
    if problems:
        lines = [
            f"{problem}" + (f"; {problem.help}" if problem.help else "") for problem in problems
        ]
        return [_printable(line) for line in lines], ""
    message = getattr(error, "message", None)
    if message:
        return [_printable(message)], _printable(getattr(error, "help", ""))
    if type(error).__module__.startswith("onex_tools"):
        return [_printable(str(error))], ""
    if isinstance(error, OSError) and error.strerror:
        named = isinstance(error.filename, (str, bytes))
        place = f"{os.fsdecode(error.filename)}: " if named else ""
        return [_printable(f"{place}{error.strerror.lower()}")], ""
    return (
        [f"onex itself failed with {type(error).__name__}"],
        "this is a bug: run again with ONEX_DEBUG=1 and report what it prints",
    )


def _printable(text: str) -> str:
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode()
        for char in text
    )
