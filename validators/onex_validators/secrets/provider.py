"""What the rules on tokens share: a class for each provider, its formats as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, ClassVar

from onex_tools.api import (
    Bad,
    Confidence,
    Finding,
    Good,
    Setting,
    Severity,
    SourceFile,
    Span,
    Validator,
)
from onex_validators.secrets.encoded import is_encoded, is_wide
from onex_validators.secrets.near_word import Leading
from onex_validators.secrets.placeholder import is_counted, is_made_up
from onex_validators.secrets.places import is_documentation
from onex_validators.secrets.runs import runs
from onex_validators.secrets.token import Hit, Token

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
        return tuple(sorted({word for token in owner.tokens for word in token.words}))


class ProviderToken(Validator):
    """What the rules share: the search, and what is said of a hit.

    One that is likely not live (a wrong checksum, ``abcdefgh…``, no secret by its nature) is a
    warning.
    """

    abstract = True
    sensitive = True
    severity = Severity.ERROR
    files = ("*",)
    provider: ClassVar[str] = ""
    tokens: ClassVar[tuple[Token, ...]] = ()
    examples: ClassVar[Any] = _Examples()
    contains: ClassVar[Any] = _Marks()
    mentions: ClassVar[Any] = _Words()

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        marks = frozenset(mark.encode() for mark in self.contains)
        self._needles = (marks, frozenset(self.mentions))

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
        marks, words = file.found.among(*self._needles)
        for token in self.tokens:
            if token.near and is_wide(file):
                yield from self._in_settings(file, token, token.near)
            elif not marks.isdisjoint(token.signs):
                yield from token.hits(file)
            elif not words.isdisjoint(token.words):
                held = [word for word in token.near if word.lower() in words]
                yield from token.hits(file, held)
                yield from self._in_settings(file, token, held)

    def _in_settings(self, file: SourceFile, token: Token, words: Sequence[str]) -> Iterator[Hit]:
        """Values of settings whose path, not only whose key, has one of a provider's ``words``."""
        if file.shared(is_encoded):
            drawn = file.shared(Drawn).everywhere
        elif _may_be_below(file, token, words):
            drawn = file.shared(Drawn).near(self._needles[1])
        else:
            return
        for setting, text in drawn:
            fits = token.whole.fullmatch(text) is not None and token.is_drawn(text)
            if fits and token.is_named(setting.dotted, setting.key):
                yield token.hit(setting.span, text)

    def _finding(self, file: SourceFile, hit: Hit) -> Finding:
        said = {True: ", its checksum is right", False: ", its checksum is wrong", None: ""}
        what = f"{self.provider} {hit.token.title}".strip()
        message = f"{what}{_place(file, hit)} ({hit.preview}{said[hit.checksum]})"
        is_shown = bool(hit.token.near) and is_documentation(file)
        doubted = hit.checksum is False or is_counted(hit.text) or is_shown
        confidence = Confidence.LOW if doubted else hit.token.confidence
        severity = Severity.WARNING if confidence is Confidence.LOW else self.severity
        help = "take it out of use where it was made, and hand in a new one by the environment"
        return file.finding(
            self, hit.span, message, help=help, severity=severity, confidence=confidence
        )


def _place(file: SourceFile, hit: Hit) -> str:
    """Where a token stands in a configuration file, unless the path shows it."""
    for setting in file.settings:
        if setting.span.start <= hit.span.start and hit.span.end <= setting.span.end:
            path = setting.dotted
            shown = path and len(path) <= _LONGEST and hit.text not in path
            return f" under {path}" if shown else ""
    return ""


def _may_be_below(file: SourceFile, token: Token, words: Sequence[str]) -> bool:
    """Whether a configuration has one of ``words``, and a text that may be the token."""
    return (
        file.shared(_is_configuration)
        and any(map(file.shared(Leading).may_lead_below, words))
        and token.is_among(file.shared(runs))
    )


def _is_configuration(file: SourceFile) -> bool:
    return file.is_configuration


class Drawn:
    """The settings of a file whose value may be drawn, as its only word; each with that word."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._words: frozenset[str] = frozenset()
        self._near: Sequence[tuple[Setting, str]] = ()

    @cached_property
    def everywhere(self) -> Sequence[tuple[Setting, str]]:
        """All of them."""
        return _drawn(self._file.settings)

    def near(self, words: frozenset[str]) -> Sequence[tuple[Setting, str]]:
        """At least those that have one of ``words`` in their path."""
        if not words <= self._words:
            self._words = words.union(self._file.found.held[1])  # others will ask for theirs
            places = {at for word in self._words for at in self._file.mentions(word)}
            self._near = _drawn(self._file.settings_near(sorted(places)))
        return self._near


def _drawn(settings: Sequence[Setting]) -> Sequence[tuple[Setting, str]]:
    pairs = ((setting, setting.value.strip()) for setting in settings)
    return [
        (setting, text)
        for setting, text in pairs
        if 8 <= len(text) < 5000 and not text.isalpha() and len(text.split()) == 1
    ]


def _examples(token: Token) -> Iterator[Good | Bad]:
    text = token.sample("example")
    name = token.word
    yield Bad("settings.yaml", f"{name}: {text}\n", at=(1,))
    yield Good("settings.yaml", f"{name}: ${{{name.upper()}}}\n")
