"""What the rules on tokens share: a class for each provider, its formats as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from onex_tools.api import (
    Bad,
    Confidence,
    Finding,
    Good,
    Severity,
    SourceFile,
    Span,
    Validator,
)
from onex_validators.secrets.placeholder import is_counted, is_made_up
from onex_validators.secrets.token import Hit, Token

_SHORT_RUN = 15
_RUN = re.compile(rb"(?<![\w\-])[\w\-]{16,}+")
"""Longer than ``_SHORT_RUN``."""
_LONGEST = 80
"""Characters of the path of a setting that a message shows."""


class _Examples:
    """The examples of a provider: its first format, made up when they are asked for."""

    def __get__(self, _: object, owner: type[ProviderToken]) -> tuple[Good | Bad, ...]:
        return tuple(example for token in owner.tokens[:1] for example in _examples(token))


class _Marks:
    """The texts that tokens of the provider have; of those with a mark of their own."""

    def __get__(self, _: object, owner: type[ProviderToken]) -> tuple[str, ...]:
        return tuple(sorted({mark for token in owner.tokens for mark in token.marks}))


class _Words:
    """The words that stand near tokens of the provider; of those without a mark."""

    def __get__(self, _: object, owner: type[ProviderToken]) -> tuple[str, ...]:
        return tuple(sorted({word.lower() for token in owner.tokens for word in token.near}))


class ProviderToken(Validator):
    """What the rules share: the search, and what is said of a hit.

    One that is likely not live (a wrong checksum, ``abcdefgh…``, no secret by its nature) is a
    warning.
    """

    abstract = True
    preview = True
    sensitive = True
    severity = Severity.ERROR
    files = ("*",)
    provider: ClassVar[str] = ""
    tokens: ClassVar[tuple[Token, ...]] = ()
    examples: ClassVar[Any] = _Examples()
    contains: ClassVar[Any] = _Marks()
    mentions: ClassVar[Any] = _Words()

    @classmethod
    def explanation(cls) -> str:
        """The docstring after its first line, and the formats that are looked for."""
        titles = dict.fromkeys(f"{cls.provider} {token.title}".strip() for token in cls.tokens)
        return f"{super().explanation()}\n\nFormats: {', '.join(titles)}."

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every token of the provider: where two formats fit, the more telling one."""
        if file.is_binary:
            return
        taken: list[Span] = []
        for hit in sorted(self._hits(file), key=lambda hit: (not hit.mark, -len(hit.mark))):
            if any(hit.span.start < one.end and one.start < hit.span.end for one in taken):
                continue
            if not is_made_up(hit.text[len(hit.mark) :]):
                taken.append(hit.span)
                yield self._finding(file, hit)

    def _hits(self, file: SourceFile) -> Iterator[Hit]:
        for token in self.tokens:
            if not token.near:
                yield from token.hits(file.data)
            elif token.solid <= file.shared(_longest_run):
                yield from token.hits(file.data)
                yield from _in_settings(file, token)

    def _finding(self, file: SourceFile, hit: Hit) -> Finding:
        said = {True: ", its checksum is right", False: ", its checksum is wrong", None: ""}
        what = f"{self.provider} {hit.token.title}".strip()
        message = f"{what}{_place(file, hit)} ({hit.preview}{said[hit.checksum]})"
        doubted = hit.checksum is False or is_counted(hit.text)
        confidence = Confidence.LOW if doubted else hit.token.confidence
        severity = Severity.WARNING if confidence is Confidence.LOW else self.severity
        help = "take it out of use where it was made, and hand in a new one by the environment"
        return file.finding(
            self, hit.span, message, help=help, severity=severity, confidence=confidence
        )


def _longest_run(file: SourceFile) -> int:
    """How many letters, digits, ``_`` and ``-`` there are in a row, of two kinds, at the most.

    Whatever is drawn has two kinds of them, so that most files are spared a closer look.
    """
    runs = _RUN.findall(file.data)
    # A value may be joined of several lines, or decoded from what stands in the file.
    values = "\n".join(one.value for one in file.settings)
    runs += _RUN.findall(values.encode("utf-8", "replace"))
    mixed = (len(run) for run in runs if not (run.isalpha() and (run.islower() or run.isupper())))
    return max(mixed, default=_SHORT_RUN)


def _place(file: SourceFile, hit: Hit) -> str:
    """Where a token stands in a configuration file, unless the path shows it."""
    for setting in file.settings:
        if setting.span.start <= hit.span.start and hit.span.end <= setting.span.end:
            path = setting.dotted
            shown = path and len(path) <= _LONGEST and hit.text not in path
            return f" under {path}" if shown else ""
    return ""


def _in_settings(file: SourceFile, token: Token) -> Iterator[Hit]:
    """Values of settings whose path, not only whose key, has a provider's word."""
    for setting in file.settings:
        text = setting.value.strip()
        fits = token.whole.fullmatch(text) is not None and token.is_drawn(text)
        if fits and token.is_named(setting.dotted, setting.key):
            yield token.hit(setting.span, text)


def _examples(token: Token) -> Iterator[Good | Bad]:
    text = token.sample("example")
    name = token.word
    yield Bad("settings.yaml", f"{name}: {text}\n", at=(1,))
    yield Good("settings.yaml", f"{name}: ${{{name.upper()}}}\n")
