"""Tokens as data: the parts that a provider's token has, a pattern and an example made of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from onex_tools.api import Confidence, Span
from onex_validators.secrets.alphabet import BASE62, character_class
from onex_validators.secrets.checksum import Checksum

_BEFORE = r"(?:(?<![A-Za-z0-9])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4}))"
"""What can stand before a token: no letter and no digit, unless they end an escape."""
_LINK = r"[\w.\-\]\[\"'` ]{0,30}?(?:[=:>,(]|=>|:=|\|\|)[=>:]?[\"'`( ]{0,3}"
"""What stands between a provider's word and a token that has no mark of its own."""
_REACH = 120
"""Bytes after such a word in which the token has to begin."""


class Run(NamedTuple):
    """So many characters of one alphabet: ``low`` of them, or from ``low`` to ``high``."""

    alphabet: str
    low: int
    high: int = 0

    @property
    def pattern(self) -> str:
        """As a regular expression."""
        count = f"{{{self.low},{self.high}}}+" if self.high else f"{{{self.low}}}"
        return character_class(self.alphabet) + count

    @property
    def end(self) -> str:
        """What cannot follow, if this is the last part: the run would go on."""
        return f"(?!{character_class(''.join({*self.alphabet, *BASE62}))})"

    def sample(self, chance: random.Random) -> str:
        """Some text that it stands for."""
        count = chance.randint(self.low, min(self.high, self.low + 20)) if self.high else self.low
        return "".join(chance.choices(self.alphabet, k=count))


class Choice(NamedTuple):
    """One of several texts."""

    texts: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """As a regular expression; of two texts that begin alike the longer one is tried first."""
        texts = sorted(self.texts, key=len, reverse=True)
        return f"(?:{'|'.join(re.escape(text) for text in texts)})"

    @property
    def end(self) -> str:
        """What cannot follow, if this is the last part."""
        return r"(?![A-Za-z0-9])"

    def sample(self, chance: random.Random) -> str:
        """Some text that it stands for."""
        return chance.choice(self.texts)


class Hit(NamedTuple):
    """A token at its place.

    Attributes:
        mark: what it begins with, as all of its format do; empty for one known by a word nearby.
    """

    token: Token
    span: Span
    text: str
    mark: str

    @property
    def checksum(self) -> bool | None:
        """Whether the checksum is right; None where the format has none."""
        check = self.token.checksum
        return None if check is None else check.holds(self.text)

    @property
    def preview(self) -> str:
        """What may be shown: at most four characters of the mark, and the length."""
        shown = f"{self.mark[:4]}…, " if self.mark else ""
        return f"{shown}{len(self.text)} characters"


class Token:
    """One format of token.

    Args:
        title: what it is, in the provider's words, to go after the name of the provider.
        parts: what it consists of, in order; plain texts stand for themselves.
        near: where the format has no mark of its own: words of which one has to name it before,
            in any case of letters.
        checksum: how it proves itself.
        confidence: of a finding whose checksum does not speak against it.
    """

    def __init__(
        self,
        title: str,
        *parts: str | Run | Choice,
        near: tuple[str, ...] = (),
        checksum: Checksum | None = None,
        confidence: Confidence | None = None,
    ) -> None:
        self.title, self.near, self.checksum = title, near, checksum
        self.parts = tuple(Choice((part,)) if isinstance(part, str) else part for part in parts)
        sure = Confidence.MEDIUM if near else Confidence.HIGH
        self.confidence = sure if confidence is None else confidence

    @property
    def marks(self) -> tuple[str, ...]:
        """The texts of which one begins every such token; none where only a word nearby tells."""
        first = self.parts[0]
        return first.texts if isinstance(first, Choice) and not self.near else ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """Texts of which a file that holds such a token has at least one."""
        return self.marks or tuple(
            form for word in self.near for form in (word, word.upper(), word.title())
        )

    @cached_property
    def pattern(self) -> re.Pattern[bytes]:
        """What finds the token, as its first group, at or after one of ``anchors``."""
        text = f"({''.join(part.pattern for part in self.parts)}){self.parts[-1].end}"
        if self.near:
            words = "|".join(re.escape(word) for word in self.near)
            text = rf"(?:(?i:{words})){_LINK}(?<![A-Za-z0-9]){text}"
        else:
            text = _BEFORE + text
        return re.compile(text.encode())

    def hits(self, data: bytes) -> Iterator[Hit]:
        """The tokens of this format in ``data``."""
        for anchor in self.anchors:
            word, at, after = anchor.encode(), data.find(anchor.encode()), 0
            while at >= 0:
                found = self.pattern.match(data, at) if at >= after else None
                if found is not None:
                    after = found.end()
                    mark = "" if self.near else anchor
                    yield Hit(self, Span(*found.span(1)), found[1].decode(), mark)
                at = data.find(word, at + 1)

    def sample(self, seed: str) -> str:
        """A made-up token of this format, always the same for the same seed."""
        chance = random.Random(f"{self.title} {seed}")
        text = "".join(part.sample(chance) for part in self.parts)
        return text if self.checksum is None else self.checksum.sealed(text)
