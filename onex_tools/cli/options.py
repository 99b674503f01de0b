"""What several commands need: a session without options, and today's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onex_tools.session import Session


def open_plain(*, use_cache: bool = True, allow_local: bool = False) -> Session:
    """The session for the current folder, with nothing overridden."""
    from onex_tools.config import Overrides
    from onex_tools.session import open_session

    return open_session([], Overrides(), use_cache=use_cache, allow_local=allow_local)


def today() -> str:
    """Today's date as ISO text; waivers end on such dates."""
    import datetime

    return datetime.date.today().isoformat()
