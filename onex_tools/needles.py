"""Where in a file each of many texts and words stands, found in one pass over its bytes."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

MANY = 12
"""Texts; fewer are looked for one by one."""
WORTH = (8_000, 2_000_000)
"""Bytes to look through from which an automaton is worth to be built, and the fastest one."""
WORTH_A_PATTERN = 60_000
"""Bytes from which a regular expression is, where there is no automaton."""

Search = Callable[[bytes], Iterable[tuple[bytes, int]]]
"""Every text that some bytes hold, with the offset of its first byte; of each text in order."""

_END = -1
_JOINTS = ("", "_", "-", ".", " ")
"""What joins the parts of a word."""
_PIECE = 1 << 20
"""Bytes that are looked through at a time: what is found in them is listed before it is kept."""
_TABLE = 50_000
"""Bytes of all texts up to which the fastest automaton is built; it takes the most memory."""
_WIDE = 1 << 32


def spellings(word: str) -> Iterator[str]:
    """The ways to write ``word``, whose parts are separated by spaces, all in small letters."""
    parts = word.lower().split()
    for joint in _JOINTS if len(parts) > 1 else ("",):
        yield joint.join(parts)


def all_places(text: bytes, data: bytes) -> Iterator[int]:
    """The offsets in ``data`` at which ``text`` begins."""
    at = data.find(text)
    while at >= 0:
        yield at
        at = data.find(text, at + 1)


class Needles:
    """Looks for texts in one file after the other."""

    def __init__(self, texts: Collection[bytes]) -> None:
        self.texts = frozenset(texts)
        self._looked_at = 0
        self._search: Search | None = None

    def places(self, data: bytes) -> dict[bytes, Sequence[int]]:
        """Where each of the texts begins that ``data`` holds, in order."""
        search = self._prepared(len(data))
        if search is None:
            return self._one_by_one(data)
        found: dict[bytes, Any] = {}
        for text, at in search(data):
            if text not in found:
                found[text] = _offsets(data)
            found[text].append(at)
        return found

    def _prepared(self, size: int) -> Search | None:
        """The search for all texts at once; None as long as it is not worth to prepare."""
        if len(self.texts) < MANY:
            return None
        before, self._looked_at = self._looked_at, self._looked_at + size
        if any(before < worth <= self._looked_at for worth in (*WORTH, WORTH_A_PATTERN)):
            self._search = prepare(self.texts, self._looked_at)
        return self._search

    def _one_by_one(self, data: bytes) -> dict[bytes, Sequence[int]]:
        found: dict[bytes, Sequence[int]] = {}
        for text in self.texts:
            if text in data:
                places = _offsets(data)
                places.extend(all_places(text, data))
                found[text] = places
        return found


class Sought:
    """Looks for texts, and for words in whatever spelling, in one file after the other.

    All at once in small letters, if there are words; a text has to stand as it is.
    """

    def __init__(self, texts: Collection[bytes], words: Collection[str]) -> None:
        self.texts, self.words = frozenset(texts), frozenset(words)
        self._words_of: dict[bytes, list[str]] = {}
        for word in sorted(self.words):
            for form in spellings(word):
                self._words_of.setdefault(form.encode(), []).append(word)
        self._texts_of: dict[bytes, list[bytes]] = {}
        for text in self.texts:
            self._texts_of.setdefault(text.lower() if self.words else text, []).append(text)
        self._needles = Needles({*self._words_of, *self._texts_of})

    def places(self, data: bytes) -> tuple[dict[bytes, Sequence[int]], dict[str, Sequence[int]]]:
        """Where each of the texts begins that ``data`` holds, in order; and each of the words."""
        texts: dict[bytes, Sequence[int]] = {}
        words: dict[str, Sequence[int]] = {}
        for form, places in self._needles.places(data.lower() if self.words else data).items():
            for word in self._words_of.get(form, ()):
                words[word] = sorted((*words[word], *places)) if word in words else places
            for text in self._texts_of.get(form, ()):
                exact = [at for at in places if data.startswith(text, at)]
                if exact:
                    texts[text] = exact
        return texts, words


class Places:
    """Where the texts and words stand that the checks of one file look for.

    ``data`` are the bytes of the file. What was not looked for yet is, when it is asked for.
    """

    __slots__ = ("_data", "_texts", "_words")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._texts: tuple[frozenset[bytes], Mapping[bytes, Sequence[int]]] = (frozenset(), {})
        self._words: tuple[frozenset[str], Mapping[str, Sequence[int]]] = (frozenset(), {})

    def look(self, sought: Sought) -> None:
        """Look for all of them."""
        texts, words = sought.places(self._data)
        self._texts, self._words = (sought.texts, texts), (sought.words, words)

    @property
    def held(self) -> tuple[Collection[bytes], Collection[str]]:
        """The texts and the words that the file holds, of those that were looked for."""
        return self._texts[1].keys(), self._words[1].keys()

    def among(self, texts: frozenset[bytes], words: frozenset[str]) -> tuple[Set[bytes], Set[str]]:
        """Those of ``texts`` and of ``words`` that the file holds."""
        (sought, found), (sought_words, found_words) = self._texts, self._words
        if texts <= sought and words <= sought_words:
            return found.keys() & texts, found_words.keys() & words
        held = {text for text in texts if text in self._data}
        return held, Sought((), words).places(self._data)[1].keys()

    def of_text(self, text: bytes) -> Sequence[int]:
        """The offsets at which ``text`` begins, in order."""
        sought, found = self._texts
        return found.get(text, ()) if text in sought else tuple(all_places(text, self._data))

    def of_word(self, word: str) -> Sequence[int]:
        """The offsets at which ``word`` begins, however it is written, in order."""
        sought, found = self._words
        if word in sought:
            return found.get(word, ())
        return Sought((), (word,)).places(self._data)[1].get(word, ())


def _offsets(data: bytes) -> array[int]:
    return array("I" if len(data) < _WIDE else "Q")


# The search for all at once ----------------------------------------------------------------------


def prepare(texts: Collection[bytes], size: int) -> Search | None:
    """The search that is worth to be prepared for ``size`` bytes; None: one text at a time."""
    try:
        return by_automaton(texts, size) if size >= WORTH[0] else None
    except ImportError:
        return by_pattern(texts) if size >= WORTH_A_PATTERN else None


def by_automaton(texts: Collection[bytes], size: int = WORTH[1]) -> Search:
    """The search with one automaton for all texts, as fast as is worth it for ``size`` bytes.

    Raises:
        ImportError: the extra `fast` is not installed.
    """
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    ordered = sorted(texts)
    is_worth = size >= WORTH[1] and sum(map(len, ordered)) < _TABLE
    kind = Implementation.DFA if is_worth else Implementation.ContiguousNFA
    find = BytesAhoCorasick(ordered, implementation=kind).find_matches_as_indexes
    more = max(map(len, ordered)) - 1

    def search(data: bytes) -> Iterator[tuple[bytes, int]]:
        if len(data) <= _PIECE:
            for index, start, _ in find(data, overlapping=True):
                yield ordered[index], start
            return
        for first in range(0, len(data), _PIECE):
            for index, start, _ in find(data[first : first + _PIECE + more], overlapping=True):
                if start < _PIECE:
                    yield ordered[index], first + start

    return search


def by_pattern(texts: Collection[bytes]) -> Search:
    """The search with one regular expression, of those texts that begin with no other of them."""
    shortest: list[bytes] = []
    longer: dict[bytes, list[bytes]] = {}
    for text in sorted(texts):
        if shortest and text.startswith(shortest[-1]):
            longer.setdefault(shortest[-1], []).append(text)
        else:
            shortest.append(text)
    find = re.compile(_alternatives(_tree(shortest))).search

    def search(data: bytes) -> Iterator[tuple[bytes, int]]:
        found = find(data)
        while found is not None:
            text, at = found[0], found.start()
            yield text, at
            for more in longer.get(text, ()):
                if data.startswith(more, at):
                    yield more, at
            found = find(data, at + 1)

    return search


def _tree(texts: Iterable[bytes]) -> dict[int, Any]:
    """The texts by their first byte, and so on; none begins with another."""
    root: dict[int, Any] = {}
    for text in texts:
        branch = root
        for byte in text:
            branch = branch.setdefault(byte, {})
        branch[_END] = {}
    return root


def _alternatives(branch: dict[int, Any]) -> bytes:
    """A pattern of all that a tree holds; what begins alike is tried once."""
    if _END in branch:
        return b""
    parts = [re.escape(bytes([byte])) + _alternatives(below) for byte, below in branch.items()]
    return parts[0] if len(parts) == 1 else b"(?:" + b"|".join(parts) + b")"
