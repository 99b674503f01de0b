"""Rules on the `service.toml` that every service of Acme carries."""

from onex_tools.api import CommentStyle, Extractor, Rule, hookimpl, rules_in


@hookimpl
def onex_validators() -> list[type[Rule] | type[Extractor]]:
    """Every rule and extractor in this package."""
    return rules_in(__name__)


@hookimpl
def onex_comment_styles() -> list[CommentStyle]:
    """How the flows of Acme are written."""
    return [CommentStyle("acme-flow", ("*.flow",), line="!!", prologue=("shebang",))]
