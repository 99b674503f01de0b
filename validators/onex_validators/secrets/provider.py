"""What the rules on tokens share: a class for each provider, its formats as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from onex_tools.api import Bad, Confidence, Finding, Good, Severity, SourceFile, Validator
from onex_validators.secrets.placeholder import is_made_up
from onex_validators.secrets.token import Hit, Token


class _Examples:
    """The examples of a provider: one token of each format, made up when they are asked for."""

    def __get__(self, _: object, owner: type[ProviderToken]) -> tuple[Good | Bad, ...]:
        return tuple(example for token in owner.tokens for example in _examples(token))


class _Anchors:
    """The texts of which a file has one if it holds a token of the provider."""

    def __get__(self, _: object, owner: type[ProviderToken]) -> tuple[str, ...]:
        found = {anchor for token in owner.tokens for anchor in token.anchors}
        return tuple(sorted(found))


class ProviderToken(Validator):
    """What the rules share: the search, and what is said of a hit."""

    abstract = True
    sensitive = True
    severity = Severity.ERROR
    files = ("*",)
    provider: ClassVar[str] = ""
    tokens: ClassVar[tuple[Token, ...]] = ()
    examples: ClassVar[Any] = _Examples()
    contains: ClassVar[Any] = _Anchors()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every token of the provider."""
        seen: set[tuple[int, int]] = set()
        for token in () if file.is_binary else self.tokens:
            for hit in token.hits(file.data):
                if hit.span not in seen and not is_made_up(hit.text[len(hit.mark) :]):
                    seen.add(hit.span)
                    yield self._finding(file, hit)

    def _finding(self, file: SourceFile, hit: Hit) -> Finding:
        said = {True: ", its checksum is right", False: ", its checksum is wrong", None: ""}
        message = f"{self.provider} {hit.token.title} ({hit.preview}{said[hit.checksum]})"
        confidence = Confidence.LOW if hit.checksum is False else hit.token.confidence
        return file.finding(self, hit.span, message, confidence=confidence)


def _examples(token: Token) -> Iterator[Good | Bad]:
    text = token.sample("example")
    name = token.near[0] if token.near else "service"
    yield Bad("settings.yaml", f"{name}_token: {text}\n", at=(1,))
    yield Good("settings.yaml", f"{name}_token: ${{{name.upper()}_TOKEN}}\n")
