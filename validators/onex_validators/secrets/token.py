"""Tokens as data: the parts that a provider's token has, a pattern and an example made of them."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from onex_tools.api import Confidence, SourceFile, Span
from onex_validators.pattern import pattern
from onex_validators.secrets.alphabet import (
    ANY_HEX,
    BASE62,
    DIGITS,
    HEX,
    LOWER,
    UPPER,
    URL_SAFE,
    character_class,
)
from onex_validators.secrets.checksum import Checksum
from onex_validators.secrets.entropy import is_spoken
from onex_validators.secrets.near_word import LINK, Leading, forms, whole_name
from onex_validators.secrets.runs import Runs

if TYPE_CHECKING:
    import random

_BEFORE = r"(?:(?<![A-Za-z0-9])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4}))"
"""What can stand before a token: no letter and no digit, unless they end an escape."""
_NO_SECRET = pattern(
    rb"(?i)(?:sha[_-]?(?:1|2|256|512)?|hash|digest|checksum|commit|revision|version|integrity|etag|"
    rb"fingerprint|uuid|public[_-]?key|site[_-]?key|"
    rb"(?<![a-z])(?:rev|ref|url|uri|md5))(?![a-z])|(?-i:(?<=[a-z])(?:Url|Uri))"
)
"""Names of values that look like tokens and are none."""
_SECRET = pattern(
    rb"(?i)key|token|secret|passw|pwd|auth|cred|login|bearer|(?<![a-z])(?:pat|pass)(?![a-z])"
)
"""Names of values that are to be kept."""
_NAME = 60
"""Bytes before a provider's word that may still be of the same name."""
_SHORT = 4
"""Characters of a mark that other texts have too."""
_LONG = 36
"""Characters from which nearly every drawn text has small and capital letters and digits."""
_BEFORE_NAME = pattern(rb"[\w.\-]++\Z")
"""What stands before a word in the same name."""
_SOLID = frozenset(URL_SAFE)
_ANY_HEX = frozenset(ANY_HEX + "-")


class Run(NamedTuple):
    """So many characters of one alphabet: ``low`` of them, or from ``low`` to ``high``."""

    alphabet: str
    low: int
    high: int = 0

    @property
    def characters(self) -> str:
        """All that it may have in it."""
        return self.alphabet

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
    def characters(self) -> str:
        """All that it may have in it."""
        return "".join(self.texts)

    @property
    def sizes(self) -> tuple[int, int]:
        """The characters of the shortest and of the longest text."""
        return min(map(len, self.texts)), max(map(len, self.texts))

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


UUID = (Run(HEX, 8), "-", Run(HEX, 4), "-", Run(HEX, 4), "-", Run(HEX, 4), "-", Run(HEX, 12))
"""The parts of a UUID."""


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
        near: where the format has no mark of its own: words of which one has to name it before.
            In any case of letters; a space stands for each way to join words (``api key`` is also
            ``API_KEY``, ``api-key``, ``apiKey``). One that has capitals is looked for as it is.
        named: whether the name before has to speak of a key, a token or a password as well, since
            other things of the provider look the same (ids, digests).
        checksum: how it proves itself.
        confidence: of a finding whose checksum does not speak against it.
    """

    def __init__(
        self,
        title: str,
        *parts: str | Run | Choice,
        near: tuple[str, ...] = (),
        named: bool = False,
        checksum: Checksum | None = None,
        confidence: Confidence | None = None,
    ) -> None:
        self.title, self.near, self.named, self.checksum = title, near, named, checksum
        self.parts = tuple(Choice((part,)) if isinstance(part, str) else part for part in parts)
        sure = Confidence.MEDIUM if near else Confidence.HIGH
        self.confidence = sure if confidence is None else confidence

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The texts of which every such token has one; none where only a word nearby tells."""
        texts = next((part.texts for part in self.parts if isinstance(part, Choice)), ())
        return () if self.near else texts

    @cached_property
    def lead(self) -> int:
        """Characters before the mark: some formats have theirs in the middle."""
        before = itertools.takewhile(lambda part: isinstance(part, Run), self.parts)
        return 0 if self.near else sum(part.low for part in before if isinstance(part, Run))

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Texts of which a file that holds such a token has at least one."""
        return self.marks or tuple(
            dict.fromkeys(form for word in self.near for form in forms(word))
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of which one stands before such a token that has no mark, in small letters."""
        return tuple(word.lower() for word in self.near)

    @cached_property
    def signs(self) -> tuple[bytes, ...]:
        """``marks`` as bytes."""
        return tuple(mark.encode() for mark in self.marks)

    @cached_property
    def size(self) -> tuple[int, int]:
        """The fewest and the most characters of such a token."""
        sizes = [
            (part.low, max(part.low, part.high)) if isinstance(part, Run) else part.sizes
            for part in self.parts
        ]
        return sum(low for low, _ in sizes), sum(high for _, high in sizes)

    @cached_property
    def is_solid(self) -> bool:
        """Whether it has letters, digits, ``_`` and ``-`` only."""
        return all(_SOLID.issuperset(part.characters) for part in self.parts)

    @property
    def word(self) -> str:
        """A name that a setting with this token may have."""
        name = self.near[0].replace(" ", "_") if self.near else "service"
        return f"{name}_token" if self.named else name

    @cached_property
    def body(self) -> str:
        """The pattern of the token alone, as text."""
        return "".join(part.pattern for part in self.parts)

    @cached_property
    def pattern(self) -> re.Pattern[bytes]:
        """What finds the token, as its first group, at or after one of ``anchors``."""
        text = f"({self.body}){self.parts[-1].end}"
        if self.near:
            words = "|".join(
                whole_name(form) for form in sorted(self.anchors, key=len, reverse=True)
            )
            text = rf"(?:{words}){LINK}(?<![A-Za-z0-9]){text}"
        else:
            text = _BEFORE + text
        return re.compile(text.encode())

    @cached_property
    def name(self) -> re.Pattern[bytes]:
        """What finds the provider's word in the path of a setting."""
        return re.compile("|".join(whole_name(form) for form in self.anchors).encode())

    @cached_property
    def alone(self) -> re.Pattern[bytes]:
        """What finds a text that may be the token."""
        return _alone(self.body, self.parts[-1].end)

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """What a value has to match that is the token and nothing else."""
        return re.compile(self.body)

    def is_among(self, runs: Runs) -> bool:
        """Whether one of ``runs`` may be such a token, or have one in it."""
        if not self.is_solid:
            return self.alone.search(runs.wide) is not None
        return any(
            self.whole.fullmatch(run) and self.is_drawn(run) for run in runs.of_length(*self.size)
        )

    def hits(self, file: SourceFile, words: Sequence[str] = ()) -> Iterator[Hit]:
        """The tokens of this format in ``file``, none inside of another.

        ``words`` are those of ``near`` that the file holds, where they are known.
        """
        data, leading, taken = file.data, file.shared(Leading), list[tuple[int, int]]()
        for anchor in sorted(words or self.near or self.marks, key=len, reverse=True):
            after = 0
            for at in leading.places(anchor) if self.near else file.places(anchor):
                found = self._found(data, at - self.lead) if at >= after else None
                if found is not None:
                    after = found.end()
                    if _is_free(taken, found.span(1)):
                        insort(taken, found.span(1))
                        yield self.hit(Span(*found.span(1)), found[1].decode(), anchor)

    def _found(self, data: bytes, at: int) -> re.Match[bytes] | None:
        found = self.pattern.match(data, at) if at >= 0 else None
        return found if found is not None and self._is_meant(data, found) else None

    def hit(self, span: Span, text: str, anchor: str = "") -> Hit:
        """A hit of this format."""
        return Hit(self, span, text, "" if self.near or self.lead else anchor)

    def is_named(self, path: str, key: str) -> bool:
        """Whether a setting with that path may hold a token that is known by a word nearby."""
        name = path.encode("utf-8", "surrogateescape")
        return self.name.search(name) is not None and self._says(key.encode("utf-8", "replace"))

    def is_drawn(self, text: str) -> bool:
        """Whether ``text`` has of each kind of character in which it could be written.

        So nearly every drawn text does, and words, paths and digests of the same length do not.
        Some issuers use fewer letters than they could: where no sign is among the characters, two
        kinds are enough, unless the letters read as words do.
        """
        letters = "".join(part.alphabet for part in self.parts if isinstance(part, Run))
        kinds = [kind for kind in (DIGITS, LOWER, UPPER) if not set(kind).isdisjoint(letters)]
        there = sum(not set(kind).isdisjoint(text) for kind in kinds)
        if len(kinds) < 3 or set(letters) <= _ANY_HEX:
            return there >= min(len(kinds), 2)
        if len(text) >= _LONG and not set(letters) <= set(BASE62):
            return there == len(kinds)
        is_name = set(text).isdisjoint(DIGITS) and is_spoken(text)
        return there >= 2 and not is_name and not (len(text) >= _LONG and set(text) <= _ANY_HEX)

    def _is_meant(self, data: bytes, found: re.Match[bytes]) -> bool:
        text = found[1].decode()
        if not self.near:
            return max(map(len, self.marks)) > _SHORT or self.is_drawn(text)
        before = _BEFORE_NAME.search(data, max(found.start() - _NAME, 0), found.start())
        first = found.start() if before is None else before.start()
        return self._says(data[first : found.start(1)]) and self.is_drawn(text)

    def _says(self, name: bytes) -> bool:
        if _NO_SECRET.search(name):
            return False
        return not self.named or _SECRET.search(name) is not None

    def sample(self, seed: str) -> str:
        """A made-up token of this format, always the same for the same seed."""
        import random

        chance = random.Random(f"{self.title} {seed}")
        while True:
            text = "".join(part.sample(chance) for part in self.parts)
            if self.is_drawn(text):
                return text if self.checksum is None else self.checksum.sealed(text)


@cache
def _alone(body: str, end: str) -> re.Pattern[bytes]:
    return re.compile(f"(?<![A-Za-z0-9])(?:{body}){end}".encode())


def _is_free(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether ``span`` overlaps none of those that are taken, which are sorted."""
    place = bisect_left(taken, span)
    return all(
        one[1] <= span[0] or span[1] <= one[0] for one in taken[max(place - 1, 0) : place + 1]
    )
