"""The hooks a plugin may implement; each is called once a run, and none per file."""

from __future__ import annotations

from typing import Any

import pluggy

hookspec = pluggy.HookspecMarker("onex")


@hookspec
def onex_validators() -> list[type[Any]]:  # type: ignore[empty-body]
    """The rules and extractors of this plugin; ``rules_in(__name__)`` finds a whole package's."""
