"""The tables of what is found in the family on secrets, made from its rules."""

from __future__ import annotations

from collections.abc import Iterator

from onex_tools.config.reference import with_parts
from onex_tools.model import Confidence, Severity
from onex_tools.registry import Catalogue
from onex_tools.result import RuleInfo

FAMILY = "SEC"
GROUPS = (
    (1, "Keys, and forms that hold a secret"),
    (10, "Told by the name before it"),
    (30, "Told by how it looks alone"),
    (100, "Tokens of clouds, forges, registries and other infrastructure"),
    (140, "Tokens of chat, payment, mail, model, monitoring and work services"),
)
"""The number that each group of rules begins with, and what it is."""
_FORMATS = "Formats: "


def render(page: str, catalogue: Catalogue) -> str:
    """``page`` with the tables between ``<!-- generated: found -->`` and its end written again.

    Raises:
        ValueError: there is no such part.
    """
    return with_parts(page, {"found": _tables(catalogue)})


def _tables(catalogue: Catalogue) -> Iterator[str]:
    infos = sorted(info for info in catalogue.rules.values() if info.family == FAMILY)
    ends = [first for first, _ in GROUPS[1:]] + [1000]
    for (first, title), end in zip(GROUPS, ends, strict=True):
        rows = [info for info in infos if first <= _number(info) < end]
        yield f"\n### {title}\n"
        yield "| rule | what is wrong, or which formats | severity | confidence |"
        yield "|---|---|---|---|"
        yield from map(_row, rows)
    yield ""


def _number(info: RuleInfo) -> int:
    return int(info.code.removeprefix(FAMILY))


def _row(info: RuleInfo) -> str:
    link = f"[{info.code}](rules/{FAMILY}.md#{info.code.lower()}-{info.name}) `{info.name}`"
    severity, confidence = Severity(info.severity).label, Confidence(info.confidence).label
    what = _formats(info) or info.summary
    return f"| {link} | {what.replace('|', chr(92) + '|')} | {severity} | {confidence} |"


def _formats(info: RuleInfo) -> str:
    """The formats of tokens that the rule looks for, as its documentation lists them."""
    last = info.explanation.rpartition("\n\n")[2]
    return last.removeprefix(_FORMATS).rstrip(".") if last.startswith(_FORMATS) else ""
