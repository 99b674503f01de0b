"""The hooks a plugin may implement; each is called once a run, and none per file."""

from __future__ import annotations

from typing import Any

import pluggy

from onex_tools.kinds import CommentStyle

hookspec = pluggy.HookspecMarker("onex")


@hookspec
def onex_validators() -> list[type[Any]]:  # type: ignore[empty-body]
    """The rules and extractors of this plugin; ``rules_in(__name__)`` finds a whole package's."""


@hookspec
def onex_comment_styles() -> list[CommentStyle]:  # type: ignore[empty-body]
    """The kinds of files that this plugin adds, and how each writes comments."""
