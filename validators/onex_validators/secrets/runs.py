"""What in a file a machine may have drawn: long texts without a space, by their length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onex_tools.api import SourceFile
from onex_validators.pattern import pattern
from onex_validators.secrets.alphabet import BASE62

RUN = r"A-Za-z0-9_\-+/=.~%:|&;"
"""The characters of a run, as a class of characters has them."""
_KEPT = frozenset(f"{BASE62}_-+/=.~%:|&;")
SHORTEST = 12
_LONG = 16
"""Letters without a digit from which they may be drawn, if small and capital ones are mixed."""
_SPACED = bytes(byte if chr(byte) in _KEPT else 32 for byte in range(256))
_DIGIT = pattern(rb"\d")
_PIECE = pattern(r"[A-Za-z0-9_\-]{12,}")
_PLAIN = pattern(r"[A-Za-z0-9]{12,}")


class Runs(NamedTuple):
    """The runs of a file.

    Attributes:
        solid: pieces of letters, digits, ``_`` and ``-``, by their length.
        wide: runs with other characters too, a line each.
    """

    solid: dict[int, list[str]]
    wide: bytes

    def of_length(self, low: int, high: int) -> Iterator[str]:
        """The solid ones with so many characters."""
        for length in range(low, high + 1) if high - low < len(self.solid) else sorted(self.solid):
            if low <= length <= high:
                yield from self.solid.get(length, ())


def runs(file: SourceFile) -> Runs:
    """The runs of ``file``, each once."""
    words = {word for word in file.data.translate(_SPACED).split() if len(word) >= SHORTEST}
    solid: dict[int, list[str]] = {}
    wide = []
    for word in words:
        if _DIGIT.search(word):
            wide.append(word)
            pieces = _pieces(word.decode())
        elif len(word) >= _LONG and not (word.islower() or word.isupper()):
            pieces = filter(_is_mixed, _PLAIN.findall(word.decode()))
        else:
            continue
        for piece in pieces:
            solid.setdefault(len(piece), []).append(piece)
    return Runs(solid, b"\n".join(wide))


def _is_mixed(piece: str) -> bool:
    return len(piece) >= _LONG and not (piece.islower() or piece.isupper())


def _pieces(word: str) -> Iterator[str]:
    """The parts of ``word`` without other signs than ``_`` and ``-``, and without those too."""
    for piece in _PIECE.findall(word):
        yield piece
        if not piece.isalnum():
            yield from _PLAIN.findall(piece)
