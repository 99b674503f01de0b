"""One finding as the text report shows it: header, place, source, help, related places, fix."""

from __future__ import annotations

from collections.abc import Iterator

from onex_tools.kinds import PLAIN_SETTINGS, kind_of_name
from onex_tools.model import Finding, Fix, Related
from onex_tools.report.diff import diff
from onex_tools.report.foreign import visible
from onex_tools.report.frame import CONTEXT, Line, frame, render
from onex_tools.report.pages import Pages
from onex_tools.report.style import Style, addressed, paint


def block(finding: Finding, pages: Pages, style: Style, *, titled_fix: bool = False) -> str:
    """The lines of ``finding``, and an empty one after them.

    ``titled_fix``: of its fix only the title.
    """
    label = finding.severity.label
    at = finding.location
    header = paint(style, label, f"{label}[{finding.code}]")
    message = paint(style, "bold", f": {visible(finding.message)}")
    lines = [Line("", "-->", f"{visible(at.path)}:{at.line}:{at.column}")]
    page = pages.page(at.path)
    if page and (at.end or at.line > 1):
        lines += frame(page, at, label, style, _context(at.path))
    for related in finding.related:
        lines += _related(related, pages, style)
    tail = [
        *_details(finding),
        *_help(finding, style),
        *_fix(finding, None if titled_fix else pages, style),
    ]
    if tail and len(lines) > 1:
        lines.append(Line("", "|"))
    return f"{header}{message}\n{render(lines + tail, style)}\n"


def _context(path: str) -> int:
    """How many lines to show around a span: none where the next one may hold a password."""
    return 0 if kind_of_name(path.rpartition("/")[2]) in PLAIN_SETTINGS else CONTEXT


def _related(related: Related, pages: Pages, style: Style) -> list[Line]:
    at, message = related
    place = f"{visible(at.path)}:{at.line}:{at.column}: {visible(message)}"
    lines = [Line("", "|"), Line("", ":::", place)]
    page = pages.page(at.path)
    if page and at.end > at.start:
        lines += frame(page, at, "gutter", style, 0)
    return lines


def _details(finding: Finding) -> Iterator[Line]:
    if finding.details:
        said = ", ".join(f"{name} {text}" for name, text in finding.details.items())
        yield Line("", "=", f"note: {visible(said)}")


def _help(finding: Finding, style: Style) -> Iterator[Line]:
    for index, text in enumerate(addressed(style, finding.help).splitlines()):
        yield Line("", "=", ("      " if index else "help: ") + visible(text))


def _fix(finding: Finding, pages: Pages | None, style: Style) -> Iterator[Line]:
    fix = finding.fix
    if fix is None:
        return
    yield Line("", "=", f"fix: {visible(fix.title)}{_caution(fix)}")
    page = pages and pages.page(finding.path)
    if pages and page:
        yield from diff(page, finding, style, own=pages.sensitive(finding.code))


def _caution(fix: Fix) -> str:
    return "" if fix.safe else " (unsafe: needs --unsafe-fixes)"
