"""Docstring coverage: how much of what has to be documented is, by file and by folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

FACT = "docstring-coverage"
"""The extractor whose facts are counted."""


class Gap(NamedTuple):
    """One thing without a docstring: where it is, the rule that asks for one, and what it says."""

    path: str
    line: int
    code: str
    message: str


class Count(NamedTuple):
    """How many definitions have to have a docstring, and how many do."""

    documented: int
    total: int

    @property
    def percent(self) -> float:
        """The share in per cent, rounded down to one place; 100 where nothing is asked for."""
        return self.documented * 1000 // self.total / 10 if self.total else 100.0

    def reaches(self, wanted: float) -> bool:
        """Whether the share, before it is rounded, is ``wanted`` per cent at least."""
        return self.documented * 100 >= _exact(wanted) * self.total

    def beside(self, wanted: float) -> str:
        """The share in per cent, rounded down, with so many places that it reads right.

        As it has as many as ``wanted``, it is below ``wanted`` if and only if the share is.
        """
        places = max(1, len(f"{_exact(wanted):f}".partition(".")[2]))
        unit = 10**places
        documented, total = self if self.total else (1, 1)
        whole, rest = divmod(documented * 100 * unit // total, unit)
        return f"{whole}.{rest:0{places}}"


def _exact(percent: float) -> Decimal:
    """``percent`` as it was written."""
    from decimal import Decimal

    return Decimal(repr(percent))


class Coverage(NamedTuple):
    """The counts of the files in which something is asked for, by path, and every gap."""

    files: Mapping[str, Count]
    gaps: list[Gap]

    @property
    def total(self) -> Count:
        """All files together."""
        return _sum(self.files.values())

    def by(self, group: Callable[[str], str]) -> dict[str, Count]:
        """The counts together of all files for which ``group`` gives the same, sorted by that."""
        groups: dict[str, list[Count]] = {}
        for path, count in self.files.items():
            groups.setdefault(group(path), []).append(count)
        return {name: _sum(groups[name]) for name in sorted(groups)}


def _sum(counts: Iterable[Count]) -> Count:
    counts = list(counts)
    return Count(sum(one.documented for one in counts), sum(one.total for one in counts))


def folder_of(path: str) -> str:
    """The folder that the file at ``path`` is in; ``.`` is the root."""
    return path.rpartition("/")[0] or "."


def measure(
    facts: Mapping[str, Any], judged: Collection[str], found: Collection[tuple[str, str, int]]
) -> Coverage:
    """The coverage of the files that ``facts``, by path, are of.

    ``judged`` are the codes of rules that judge the tree: a gap by one of those is one only where
    ``found`` has its code, path and offset.
    """
    files: dict[str, Count] = {}
    gaps: list[Gap] = []
    for path, fact in sorted(facts.items()):
        missing = [
            Gap(path, line, code, message)
            for code, line, offset, message in fact["missing"]
            if code not in judged or (code, path, offset) in found
        ]
        gaps += missing
        total = fact["documented"] + len(fact["missing"])
        files[path] = Count(total - len(missing), total)
    return Coverage(files, gaps)
