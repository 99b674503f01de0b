"""Secrets on the line of a finding: a report would show them with it."""

from __future__ import annotations

from onex_tools.api import Span
from onex_validators.environment.meaning import listed
from onex_validators.pattern import pattern

_LOGIN = pattern(r"://(?P<user>[^\s/@:]{0,100}):(?P<secret>[^\s/@]{1,200})@")
_WORD = (
    r"(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|(?:api|access|account|private)[_\-]?key"
    r"|credentials?)"
)
_VALUE = r"[\"']?(?P<secret>[^\s\"',;&<>)]{4,200})"
_NAMED = pattern(
    rf"(?i){_WORD}(?:[\"']?\s{{0,3}}[=:>]\s{{0,3}}|[\"']\s{{1,3}}value\s?=\s?){_VALUE}"
)
_OPTION = pattern(rf"(?i)--[a-z\-]{{0,30}}{_WORD}\s{_VALUE}")
_STOCK = listed(
    "password passwd pass pwd secret admin root guest user test changeme example null none true"
    " false"
)
"""What everybody knows, and what is no text."""
_REFERENCE = (
    "$",
    "%",
    "{",
    "<",
    "@",
    "!",
    "os.",
    "env",
    "process.",
    "http",
    "config",
    "var.",
    "vault",
)
_REACH = 1000
"""Bytes of a long line, before and after, that a report could show."""


def has_secret(data: bytes, span: Span) -> bool:
    """Whether the lines of ``span`` hold what may be a password: they are left to those rules.

    A report shows the line of a finding, and masks in it only what a rule on secrets finds, which
    may be switched off.
    """
    start = max(data.rfind(b"\n", 0, span.start) + 1, span.start - _REACH)
    end = data.find(b"\n", span.end, span.end + _REACH)
    text = data[start : end if end >= 0 else span.end + _REACH].decode("latin-1")
    logins = (found for found in _LOGIN.finditer(text) if found["secret"] != found["user"])
    found = (*logins, *_NAMED.finditer(text), *_OPTION.finditer(text))
    return any(_is_secret(one["secret"]) for one in found)


def _is_secret(text: str) -> bool:
    return text.lower() not in _STOCK and not text.startswith(_REFERENCE)
