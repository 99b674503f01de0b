"""The whole public plugin API: what is not named here may change without notice."""

from onex_tools.kinds import CommentStyle
from onex_tools.model import Confidence, Edit, Finding, Fix, Location, Related, Severity, Span
from onex_tools.plugins import hookimpl, rules_in
from onex_tools.rule import (
    Bad,
    Extractor,
    Good,
    Rule,
    TreeValidator,
    Validator,
    setting,
    settings,
)
from onex_tools.source import Node, ParseFailure, SourceFile, Tree, Where
from onex_tools.structure.setting import Setting

__all__ = [
    "Bad",
    "CommentStyle",
    "Confidence",
    "Edit",
    "Extractor",
    "Finding",
    "Fix",
    "Good",
    "Location",
    "Node",
    "ParseFailure",
    "Related",
    "Rule",
    "Setting",
    "Severity",
    "SourceFile",
    "Span",
    "Tree",
    "TreeValidator",
    "Validator",
    "Where",
    "hookimpl",
    "rules_in",
    "setting",
    "settings",
]
