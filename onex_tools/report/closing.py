"""The end of a report for people: notes, tables, counts, and the next command worth typing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onex_tools.model import Severity
from onex_tools.report.counts import Counts, count, plural, rule_counts, rule_times
from onex_tools.report.foreign import visible
from onex_tools.report.style import Style, addressed, paint
from onex_tools.result import Result

_NOTES = 10
_BY_FORMAT = ("FMT001", "FMT003")
"""What `onex format` mends without edits of a finding's own."""


def verdict(result: Result, style: Style) -> str:
    """The last line: counts, and what to do next."""
    counts = count(result)
    total = ", ".join(
        plural(number, noun)
        for number, noun in zip(counts, ("error", "warning", "info"), strict=False)
        if number
    )
    line = f"Found {total or 'nothing'} in {plural(result.files, 'file')}"
    extra = [
        f"{number} {word}"
        for number, word in (
            (counts.safe, "fixable"),
            (len(result.waived), "waived"),
            (result.fixed, "fixed"),
        )
        if number
    ]
    if extra:
        line += f" ({', '.join(extra)})"
    line = paint(style, _worst(counts), line)
    following = _next(result, style, counts)
    return f"{line}. Next: {following}\n" if following else f"{line}.\n"


def tables(result: Result, style: Style) -> str:
    """The tables that ``style`` asks for, each followed by an empty line."""
    return (statistics(result, style) if style.statistics else "") + (
        timing(result, style) if style.timing else ""
    )


def statistics(result: Result, style: Style) -> str:
    """One line a rule: how often it fired, and ``*`` if a safe fix would mend some of it."""
    rows = [
        (str(row.number), "*" if row.fixable else "", row.code, visible(row.name))
        for row in rule_counts(result)
    ]
    if not rows:
        return ""
    legend = f"* fixable: {style.command} {style.mend}\n" if any(row[1] for row in rows) else ""
    return _table(("count", "", "code", "name"), rows, style) + legend + "\n"


def timing(result: Result, style: Style) -> str:
    """One line a rule: its seconds, and its share of all of them."""
    rows = [
        (f"{row.seconds:.3f}", f"{row.share:.1%}", row.code, visible(row.name))
        for row in rule_times(result)
    ]
    return _table(("seconds", "share", "code", "name"), rows, style) + "\n" if rows else ""


def notes(result: Result, style: Style, kinds: tuple[str, ...] = ()) -> str:
    """A line for every note (of ``kinds``, if given), the first few of each kind."""
    lines = []
    seen: Counter[str] = Counter()
    for note in result.notes:
        if kinds and note.kind not in kinds:
            continue
        seen[note.kind] += 1
        if style.show_all or seen[note.kind] <= _NOTES:
            more = f" ({visible(addressed(style, note.help))})" if note.help else ""
            lines.append(f"{paint(style, 'bold', note.kind)}: {visible(note.message)}{more}\n")
    if not style.show_all:
        lines += [
            f"{paint(style, 'bold', kind)}: … and {number - _NOTES} more"
            f" ({style.command} {style.verb} --show-all)\n"
            for kind, number in seen.items()
            if number > _NOTES
        ]
    return "".join(lines)


def failure(result: Result, style: Style) -> str:
    """A line that says that the run is not complete, if so."""
    if not result.failed:
        return ""
    return f"{paint(style, 'error', 'A check did not do its work')}: this report is not complete.\n"


def _worst(counts: Counts) -> str:
    if counts.errors:
        return "error"
    return "warning" if counts.warnings else "bold"


def _next(result: Result, style: Style, counts: Counts) -> str:
    if counts.safe:
        return f"{style.command} {style.mend}"
    if not result.findings:
        return ""
    if any(finding.code in _BY_FORMAT for finding in result.findings):
        return f"{style.command} {style.mend}"
    worst = max(result.findings, key=lambda finding: Severity(finding.severity))
    return f"{style.command} rules {worst.code}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], style: Style) -> str:
    """Columns as wide as their widest cell; the first two are set to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]

    def line(cells: tuple[str, ...]) -> str:
        return "  ".join(_padded(cells, widths)).rstrip() + "\n"

    return paint(style, "bold", line(head).rstrip()) + "\n" + "".join(map(line, rows))


def _padded(cells: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if width:
            yield cell.rjust(width) if index < 2 else cell.ljust(width)
