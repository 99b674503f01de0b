"""The table of docstring rules and of the codes that other tools have for the same faults."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onex_tools.config.keys import kebab
from onex_tools.config.reference import with_parts
from onex_tools.registry import Catalogue
from onex_tools.result import RuleInfo
from onex_tools.rule import Bad

FAMILY = "DCS"
RUFF_ALONE = frozenset(("D420", "D421"))
"""The D codes of ruff that pydocstyle lacks."""
RUFF_TOO = frozenset(("DOC102", "DOC201", "DOC202", "DOC402", "DOC403", "DOC501", "DOC502"))
"""The DOC codes of pydoclint that ruff has too."""
_BY_CONVENTION = "config:docstrings.convention"


def render(page: str, catalogue: Catalogue) -> str:
    """``page`` with the table between ``<!-- generated: codes -->`` and its end written again.

    Raises:
        ValueError: there is no such part.
    """
    return with_parts(page, {"codes": _rows(catalogue)})


def _rows(catalogue: Catalogue) -> Iterator[str]:
    yield "| code | name | ruff | pydocstyle | pydoclint | conventions | mends |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for info in sorted(catalogue.rules.values()):
        if info.code.startswith(FAMILY):
            name = f"[`{info.name}`](rules/{FAMILY}.md#{info.code.lower()}-{info.name})"
            tools = (_in_ruff, _in_pydocstyle, _in_pydoclint)
            theirs = (", ".join(filter(has, info.aliases)) for has in tools)
            mends = "yes" if _is_mended(catalogue, info) else ""
            cells = (info.code, name, *theirs, when(info), mends)
            yield f"| {' | '.join(cells)} |"


def _in_ruff(code: str) -> bool:
    return not code.startswith("DOC") or code in RUFF_TOO


def _in_pydocstyle(code: str) -> bool:
    return not code.startswith("DOC") and code not in RUFF_ALONE


def _in_pydoclint(code: str) -> bool:
    return code.startswith("DOC")


def when(info: RuleInfo) -> str:
    """The conventions that have the rule, and the settings that switch it on."""
    words = [_reason(reason) for reason in info.enabled_by.split("|")] if info.enabled_by else []
    text = " or ".join(words) or "needs none"
    return f"{text}; preview" if info.preview else text


def _reason(reason: str) -> str:
    if reason == _BY_CONVENTION:
        return "every"
    match = re.fullmatch(rf"{re.escape(_BY_CONVENTION)}=(.*)", reason)
    if match:
        return match[1].replace(",", ", ") or "none"
    return f"`{kebab(reason.rpartition('.')[2])}`"


def _is_mended(catalogue: Catalogue, info: RuleInfo) -> bool:
    examples = catalogue.locate(info.where).examples
    return any(isinstance(one, Bad) and one.fixed is not None for one in examples)
