"""The report for a terminal: every finding with its source, and an end worth reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

from onex_tools.model import Finding
from onex_tools.report.closing import failure, notes, statistics, timing, verdict
from onex_tools.report.counts import name_of, plural
from onex_tools.report.foreign import put, visible
from onex_tools.report.style import Style
from onex_tools.result import Result


class _Rest(NamedTuple):
    """The findings of a rule that are only counted, and the files they are in."""

    number: int
    files: int


def write(result: Result, out: TextIO, style: Style) -> None:
    """Write the worst findings first, the first few of each rule; then notes, tables, counts."""
    ordered = sorted(result.findings, key=lambda finding: -finding.severity)
    shown, rests = _first_few(ordered, style)
    if shown:
        _put_blocks(shown, result, out, style)
    end = "".join(_more(result, style, rests))
    end += "\n" if end else ""
    if style.statistics or (rests and len({finding.code for finding in result.findings}) > 1):
        end += statistics(result, style)
    if style.timing:
        end += timing(result, style)
    remarks = notes(result, style)
    end += remarks + "\n" if remarks else ""
    put(out, end + failure(result, style) + verdict(result, style))


def _put_blocks(shown: Sequence[Finding], result: Result, out: TextIO, style: Style) -> None:
    # Imported here, since a clean run shows no source.
    from onex_tools.report.block import block
    from onex_tools.report.pages import Pages

    pages = Pages(result)
    known: set[str] = set()
    for finding in shown:
        # Nobody makes unsafe fixes by the dozen: one shows what they are like.
        unsafe = finding.fix is not None and not finding.fix.safe
        put(out, block(finding, pages, style, titled_fix=unsafe and finding.code in known))
        if unsafe:
            known.add(finding.code)


def _first_few(
    findings: Sequence[Finding], style: Style
) -> tuple[list[Finding], Mapping[str, _Rest]]:
    if style.show_all:
        return list(findings), {}
    shown = []
    seen: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= style.limit:
            shown.append(finding)
        else:
            files.setdefault(finding.code, set()).add(finding.path)
    rests = {code: _Rest(seen[code] - style.limit, len(paths)) for code, paths in files.items()}
    return shown, rests


def _more(result: Result, style: Style, rests: Mapping[str, _Rest]) -> Iterator[str]:
    for code, rest in sorted(rests.items()):
        what = f"{code} {visible(name_of(result, code))}".rstrip()
        info = result.rules.get(code)
        # The engine's own rules speak of other rules' waivers: alone they have nothing to say.
        chosen = f" --select {code}" if info is None or info.selectable else ""
        command = f"{style.command} {style.verb}{chosen} --show-all"
        yield f"… and {rest.number} more {what} in {plural(rest.files, 'file')} ({command})\n"
