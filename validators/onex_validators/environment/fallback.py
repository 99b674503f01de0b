"""Fallbacks of references to the environment: `${NAME:-fallback}` and its relatives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onex_validators.pattern import pattern

_NAME = r"(?P<name>[A-Za-z_][\w.\-]{0,100})"
_SHELL = pattern(
    rf"\$\$?\{{(?:env[.:])?{_NAME}(?::[-=]|[-=]|:(?![?+\-=]))(?P<fallback>[^{{}}\n$]{{1,300}})\}}"
)
"""The shell's and compose's `:-`, `-`, `:=`; Spring's, Quarkus's and log4j's `:`."""
_TEMPLATE = pattern(
    r"\{\{[^{}\n]{0,300}?(?:\bdefault|\|\s{0,4}d)\s{0,4}\(?\s{0,4}(?P<q>[\"'])(?P<fallback>[^\"'{}\n]{1,300})(?P=q)"
    r"[^{}\n]{0,200}\}\}"
)
"""Jinja's and Helm's `default`."""
_CALL = pattern(
    r"\benv(?:_var|_variable)?\(\s{0,4}[\"']" + _NAME + r"[\"']\s{0,4},\s{0,4}(?P<q>[\"'])"
    r"(?P<fallback>[^\"'{}\n]{1,300})(?P=q)\s{0,4}\)"
)
_ALL = (_SHELL, _TEMPLATE, _CALL)
_FIRST_NAME = pattern(r"[A-Za-z_][\w.\-]{0,100}")


class Fallback(NamedTuple):
    """What is used where the environment says nothing.

    Attributes:
        name: of the variable.
        text: of the fallback.
        start: where the fallback begins in the text that it stands in.
    """

    name: str
    text: str
    start: int


def fallbacks(text: str) -> Iterator[Fallback]:
    """The fallbacks in ``text``."""
    for form in _ALL if _may_have(text) else ():
        for found in form.finditer(text):
            if form is _TEMPLATE:
                first = _FIRST_NAME.search(found[0].strip("{} ."))
                name = first[0] if first is not None else ""
            else:
                name = found["name"]
            fallback = found["fallback"].strip().strip("\"'")
            yield Fallback(name, fallback, found.start("fallback"))


def covered(text: str) -> str:
    """``text`` with letters in place of references that have a fallback."""
    for form in _ALL if _may_have(text) else ():
        text = form.sub(lambda found: "x" * len(found[0]), text)
    return text


def _may_have(text: str) -> bool:
    return "${" in text or "{{" in text or "env" in text
