"""Words that are spelt almost like another one."""

from __future__ import annotations

from collections.abc import Iterable

_SHORT, _LONG = 4, 8


def near_word(word: str, known: Iterable[str]) -> str:
    """The one of ``known`` that ``word`` is a misspelling of, or "".

    One slip is allowed (a letter too many, too few, wrong, or two exchanged) and in words of eight
    letters and more two; in words of four letters only an exchange. The first letter and, short of
    a slip, the number have to be right: ``Tips`` is another word than ``Tip``.
    """
    for other in known:
        if word[:1] == other[:1] and abs(len(word) - len(other)) <= 2 and word != other:
            slips = distance(word, other)
            if slips <= _allowed(word, other) and not _differ_in_number(word, other):
                return other
    return ""


def _allowed(word: str, other: str) -> int:
    if len(other) > _SHORT:
        return 2 if len(other) >= _LONG and len(word) >= _LONG - 1 else 1
    return 1 if len(other) == _SHORT and sorted(word) == sorted(other) else 0


def _differ_in_number(word: str, other: str) -> bool:
    return word.removesuffix("s") == other.removesuffix("s")


def distance(word: str, other: str) -> int:
    """How many letters to insert, delete, replace or exchange with the next turn one into other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word):
        two, before, row = before, row, [at + 1]
        for to, wanted in enumerate(other):
            cost = min(before[to + 1] + 1, row[to] + 1, before[to] + (letter != wanted))
            if at and to and letter == other[to - 1] and word[at - 1] == wanted:
                cost = min(cost, two[to - 1] + 1)
            row.append(cost)
    return row[-1]
