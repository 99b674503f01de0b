"""Which rules run: the most specific selector wins, and evidence for what is off by default."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from onex_tools.result import RuleInfo

ALL = "ALL"
_ALIAS_PREFIX = r"[A-Z]+[0-9]*\Z"
_FLAKE8 = ("C", "E", "F", "W")
_DOCSTRINGS = ("D", "DAR", "DOC")
_OTHERS = (
    "A AIR ANN ARG ASYNC B BLE COM CPY DJ DTZ EM ERA EXE FA FAST FBT FIX FLY FURB G I ICN INP INT "
    "ISC LOG N NPY PD PERF PGH PIE PL PLC PLE PLR PLW PT PTH PYI Q RET RSE RUF S SIM SLF SLOT T TC "
    "TCH TD TID TRY UP YTT"
)


def rank(selector: str, info: RuleInfo) -> int:
    """How closely ``selector`` fits the rule: 0 not at all, higher is more specific.

    ``ALL``, a family (``DCS``), a code's beginning (``DCS0``), a code, a name, another tool's
    code (``D103``) or its beginning (``D1``, ``D``).
    """
    if selector == ALL:
        return 1
    if selector in (info.code, info.name) or selector in info.aliases:
        return 100
    if len(selector) >= len(info.family) and info.code.startswith(selector):
        return 1 + len(selector)
    if re.match(_ALIAS_PREFIX, selector) and any(
        alias.startswith(selector) and _letters(alias) == _letters(selector)
        for alias in info.aliases
    ):
        return 1 + len(selector)
    return 0


def _letters(code: str) -> str:
    return code.rstrip("0123456789")


def tool_of(selector: str) -> str:
    """Whose codes have the form of ``selector``: ``flake8``, ``pydocstyle``, ``ruff``, or ""."""
    if not re.match(_ALIAS_PREFIX, selector):
        return ""
    letters = _letters(selector)
    if letters in _FLAKE8:
        return "flake8"
    if letters in _DOCSTRINGS:
        return "pydocstyle"
    return "ruff" if letters in _OTHERS.split() else ""


def best(selectors: Iterable[str], info: RuleInfo) -> int:
    """The highest rank of ``selectors`` for the rule."""
    return max((rank(selector, info) for selector in selectors), default=0)


def closest(table: Mapping[str, str], info: RuleInfo) -> str | None:
    """The value whose selector fits the rule most closely."""
    ranked = max(table, key=lambda selector: rank(selector, info), default=None)
    return table[ranked] if ranked is not None and rank(ranked, info) else None


def runs(
    info: RuleInfo,
    select: Iterable[str] | None,
    extend: Iterable[str],
    ignore: Iterable[str],
    evident: Callable[[RuleInfo], bool],
) -> bool:
    """Whether the rule runs.

    Without ``select``, every rule that is not a preview and has its evidence; ``extend`` adds to
    either; ``ignore`` wins over what fits no more closely than it does. ``evident`` says whether
    a rule that nobody named is on by itself; a rule named by its own code needs no evidence. That
    its family is named does not help a preview, nor a rule that is for some values of a setting.
    """
    if not info.selectable:
        return False
    wanted = max(best(select or (), info), best(extend, info))
    if wanted < 100 and not evident(info):
        if wanted <= 1 or info.preview or "=" in info.enabled_by:
            return False
    elif not wanted and select is not None:
        return False
    return wanted > best(ignore, info) or not best(ignore, info)


def opposed(
    infos: Iterable[RuleInfo], weigh: Callable[[RuleInfo], tuple[int, ...]]
) -> dict[str, str]:
    """Those of ``infos`` whose opposite runs in their place, each with the code of that one.

    The heavier of two runs, by ``weigh``; of equals the one that names the other as its opposite,
    or comes first where both do.
    """
    rules = {info.code: info for info in infos}
    pairs = {(info.code, code) for info in rules.values() for code in info.opposites}
    pairs = {pair for pair in pairs if pair[1] in rules}
    named = {code for naming, code in pairs if (code, naming) not in pairs}
    order = sorted(
        {code for pair in pairs for code in pair}, key=lambda code: (code in named, code)
    )
    kept: list[str] = []
    out: dict[str, str] = {}
    for code in sorted(order, key=lambda code: weigh(rules[code]), reverse=True):
        rival = next((one for one in kept if (one, code) in pairs or (code, one) in pairs), "")
        if rival:
            out[code] = rival
        else:
            kept.append(code)
    return out
