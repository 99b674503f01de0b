"""What several commands need: a session without options, standard output, and today's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from onex_tools.session import Session


def open_plain(
    paths: Sequence[str] = (), *, use_cache: bool = True, allow_local: bool = False
) -> Session:
    """The session for ``paths`` in the current folder, with nothing overridden."""
    from onex_tools.config import Overrides
    from onex_tools.session import open_session

    return open_session(list(paths), Overrides(), use_cache=use_cache, allow_local=allow_local)


def printable(out: TextIO) -> TextIO:
    """``out``, where no character can fail to be written."""
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    return out


def today() -> str:
    """Today's date as ISO text; waivers end on such dates."""
    import datetime

    return datetime.date.today().isoformat()
