"""How a report should look: colour, width, how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TextIO


class Style(NamedTuple):
    """What the writers for people may vary; those for machines read only the last two switches.

    Attributes:
        color: write ANSI colours; ``wants_color`` decides it for a stream.
        width: columns a line of source may take before it is cut.
        show_all: every finding, note and diff line, not only the first few.
        limit: how many findings of one rule are shown, unless ``show_all``.
        command: what the user types to run the tool; it opens every suggested command.
        verb: what follows it in a command that shows the same report in full.
        mend: what follows it in a command that mends what has a fix.
        statistics: add the count of every rule.
        timing: add the seconds of every rule; two runs then differ.
    """

    color: bool = False
    width: int = 120
    show_all: bool = False
    limit: int = 5
    command: str = "onex"
    verb: str = "validate"
    mend: str = "validate --fix"
    statistics: bool = False
    timing: bool = False


_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "gutter": "1;34",
    "bold": "1",
    "removed": "31",
    "added": "32",
}


def paint(style: Style, ink: str, text: str) -> str:
    """``text`` in the colour ``ink`` (a severity's label, ``gutter``, ``bold``, ``added``, ...)."""
    if not style.color or not text or ink not in _CODES:
        return text
    return f"\x1b[{_CODES[ink]}m{text}\x1b[0m"


def addressed(style: Style, text: str) -> str:
    """``text``, where the commands in it, in backticks, are what the user types."""
    return text.replace("`onex ", f"`{style.command} ")


def wants_color(choice: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to write colours to ``stream``.

    ``choice`` is ``always``, ``never`` or ``auto``. ``auto`` asks, in this order: NO_COLOR,
    FORCE_COLOR and CLICOLOR_FORCE (each counts if it is not empty; "0" forces nothing), TERM=dumb,
    and whether the stream is a terminal.
    """
    if choice in ("always", "never"):
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if environ.get("TERM") == "dumb":
        return False
    try:
        return stream.isatty()
    except (AttributeError, ValueError):  # a stand-in for a stream, or a closed one
        return False
