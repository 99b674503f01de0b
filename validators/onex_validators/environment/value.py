"""The values of configuration: line by line, with the names that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onex_tools.api import Setting, SourceFile, Span
from onex_validators.environment import fallback, meaning
from onex_validators.environment.meaning import Names
from onex_validators.pattern import pattern

_PROSE = pattern(r"\b[A-Za-z]{2,30} [a-z]{2,30},? [a-z]{2,30}\b|[a-z]{2}[.!?:] [A-Z][a-z]")
_CODE = pattern(
    r"^[ \t]{0,40}(?:import \w|from [\w.]{1,100} import |(?:async )?def \w|class \w|function \w"
    r"|const \w|public \w|#include\b)",
    re.MULTILINE,
)
"""A line of a program, which sets nothing: its rules are those on source."""
_COMMENT = ("#", "//", ";", "--", "rem ", "REM ", "*")
_DESCRIPTION = "OpenAPI"
LOCAL_KINDS = meaning.listed("Pod Deployment StatefulSet DaemonSet ReplicaSet Job CronJob OpenAPI")
"""Kinds of Kubernetes whose containers share one `localhost`, and descriptions of an API."""


class Value(NamedTuple):
    """One line of a value.

    Attributes:
        text: the line, as a program gets it.
        span: the bytes of the whole value.
        names: what leads to it.
        kind: of the Kubernetes object that it belongs to, ``OpenAPI``, or empty.
    """

    text: str
    span: Span
    names: Names
    kind: str

    def before(self, match: re.Match[str]) -> str:
        """The text that stands directly before ``match``."""
        return self.text[max(match.start() - 200, 0) : match.start()]


def values(file: SourceFile, pattern: re.Pattern[str]) -> Iterator[Value]:
    """What ``file`` sets with ``pattern`` in it, without comments, explanations and sentences."""
    kinds = file.shared(_kinds)
    for setting in file.shared(_settings):
        if pattern.search(setting.value) is None:
            continue
        names = Names(setting)
        if not meaning.is_explained(names):
            for line in _lines(setting.value):
                yield Value(line, setting.span, names, kinds.get(setting.document, ""))


def matches(file: SourceFile, pattern: re.Pattern[str]) -> Iterator[tuple[Value, re.Match[str]]]:
    """Where ``pattern`` is found in what ``file`` sets.

    Fallbacks of references are covered: they are judged by a rule of their own.
    """
    for value in values(file, pattern):
        for match in pattern.finditer(fallback.covered(value.text)):
            yield value, match


def _settings(file: SourceFile) -> tuple[Setting, ...]:
    """The settings of ``file``, each place once: under the name beside it, where it has one."""
    last = {setting.span: setting for setting in file.settings}
    return tuple(
        setting
        for setting in last.values()
        if not setting.decoded_from and setting.kind not in ("boolean", "null")
    )


def _kinds(file: SourceFile) -> Mapping[int, str]:
    """The Kubernetes kind of each document that is one, and the descriptions of an API."""
    versioned = {one.document for one in file.settings if one.path == ("apiVersion",)}
    kinds = {
        one.document: one.value
        for one in file.settings
        if one.path == ("kind",) and one.document in versioned
    }
    described = (one.document for one in file.settings if one.path in (("openapi",), ("swagger",)))
    return {**kinds, **dict.fromkeys(described, _DESCRIPTION)}


def _lines(value: str) -> Iterator[str]:
    """The lines of ``value`` that are no comments and no sentences."""
    several = "\n" in value
    if several and _CODE.search(value):
        return
    for line in value.split("\n"):
        text = line.strip()
        if text and not (several and text.startswith(_COMMENT)) and not _is_prose(text):
            yield text


def _is_prose(text: str) -> bool:
    """Whether ``text`` is a sentence: of small words, or of words in letters beyond ASCII."""
    return _PROSE.search(text) is not None or (" " in text and not text.isascii())
