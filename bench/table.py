"""Rows as Markdown, on the terminal and between the markers of docs/performance.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bench.lab import CHECKOUT, Figure, Row

PAGE = CHECKOUT / "docs" / "performance.md"
TIMES, TO = "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"
HEAD = (
    "| | CPU, ms | wall, ms | peak, MiB | ratio | aim |",
    "| --- | ---: | ---: | ---: | --- | --- |",
)


def markdown(rows: Sequence[Row]) -> str:
    """A table of ``rows``: medians, with the lowest and highest value behind them."""
    return "\n".join([*HEAD, *(_line(row) for row in rows)])


def _line(row: Row) -> str:
    by_wall = row.command.by == "wall"
    cells = (
        row.command.name,
        _number(_in_ms(row.cpu), 0),
        _number(_in_ms(row.wall), 0) if by_wall else f"{row.wall.median * 1000:,.0f}",
        f"{row.peak:.0f}",
        _ratio(row),
        _aim(row),
    )
    return f"| {' | '.join(cells)} |"


def _ratio(row: Row) -> str:
    if row.ratio is None:
        return ""
    base = " + ".join(row.command.base)
    if row.command.more and row.more is not None:
        return f"{_number(_in_ms(row.more), 0)} ms more than {base}"
    wall = " by wall time" if row.command.by == "wall" else ""
    return f"{_number(row.ratio, 2)} {TIMES} {base}{wall}"


def _in_ms(figure: Figure) -> Figure:
    return Figure(*(seconds * 1000 for seconds in figure))


def _number(figure: Figure, digits: int) -> str:
    median, low, high = (f"{value:,.{digits}f}" for value in figure)
    return f"{median} ({low}{TO}{high})"


def _aim(row: Row) -> str:
    if row.command.limit and row.ratio is not None:
        met = row.ratio.median <= row.command.limit
        return f"≤ {row.command.limit:g} {TIMES}: {'met' if met else 'missed'}"
    if row.command.more and row.more is not None:
        met = row.more.median <= row.command.more
        return f"≤ {row.command.more * 1000:.0f} ms more: {'met' if met else 'missed'}"
    if row.command.budget:
        met = row.cpu.median <= row.command.budget
        return f"≤ {row.command.budget * 1000:.0f} ms: {'met' if met else 'missed'}"
    return ""


def write(name: str, text: str, page: Path = PAGE) -> None:
    """Put ``text`` between the markers ``<!-- bench:name -->`` and ``<!-- /bench:name -->``.

    Raises:
        KeyError: the page has no such markers.
    """
    before = page.read_text(encoding="utf-8")
    opening, closing = f"<!-- bench:{name} -->\n", f"<!-- /bench:{name} -->"
    pattern = re.compile(re.escape(opening) + "(?:.*?\n)?" + re.escape(closing), re.DOTALL)
    if not pattern.search(before):
        raise KeyError(f"{page.name} has no place for the table {name}")
    page.write_text(pattern.sub(lambda _: f"{opening}{text}\n{closing}", before), encoding="utf-8")
