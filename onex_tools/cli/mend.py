"""What ``onex validate --fix`` and ``--diff`` do besides checking, and where they print it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from onex_tools.engine import Request
    from onex_tools.fixing import FileJudge
    from onex_tools.mending import Mended
    from onex_tools.model import Finding, Span
    from onex_tools.report import Style
    from onex_tools.report.pages import Page
    from onex_tools.result import Result, RuleInfo
    from onex_tools.session import Session
    from onex_tools.settle import Settled

FOR_PEOPLE = ("text", "concise")


def contradiction(options: dict[str, Any]) -> str:
    """Which of the options on fixes exclude each other, in words, or ""."""
    if options["unsafe_fixes"] and not (options["fix"] or options["diff"]):
        return "--unsafe-fixes needs --fix or --diff."
    if options["fix"] and options["staged"] and not options["diff"]:
        return (
            "--fix cannot write into git's index: fix the files, then `git add` them, "
            "or look at `--staged --diff`."
        )
    if options["diff"] and options["output_format"] not in FOR_PEOPLE:
        return (
            f"--diff prints a diff, which {options['output_format']} cannot hold: "
            "leave out --output-format."
        )
    if options["diff"] and options["output_file"]:
        return "--diff writes no file: leave out --output-file."
    return ""


def report_stream(options: dict[str, Any]) -> TextIO:
    """Where the report goes: standard error if standard output is a diff's or a mended text's."""
    taken = options["diff"] or (options["fix"] and options["stdin_filename"])
    return sys.stderr if taken else sys.stdout


def mend(session: Session, request: Request, options: dict[str, Any]) -> Result | None:
    """Mend as the options say.

    Returns:
        The result of a run after the fixes; None if ``--diff`` showed what would change.
    """
    from onex_tools.fixing import fix_data, fix_run

    unsafe = options["unsafe_fixes"]
    if options["diff"]:
        return _show(session, request, options)
    if request.data is None:
        return fix_run(session, request, unsafe=unsafe)
    fixed = fix_data(session, request, unsafe=unsafe)
    sys.stdout.buffer.write(fixed.data[session.stdin])
    return fixed.result


def tell_of_unsafe(result: Result, options: dict[str, Any]) -> None:
    """Say on standard error how many fixes were not made because they may change the meaning."""
    left = sum(1 for finding in result.findings if finding.fix and not finding.fix.safe)
    if left and not options["unsafe_fixes"]:
        said = "1 fix is unsafe and was" if left == 1 else f"{left} fixes are unsafe and were"
        words = f"{said} not made: look at them with --diff --unsafe-fixes"
        print(words, file=sys.stderr)


def _show(session: Session, request: Request, options: dict[str, Any]) -> Result | None:
    import os

    from onex_tools.cli.checking import style_for
    from onex_tools.cli.options import printable
    from onex_tools.engine import run
    from onex_tools.fixing import mend_files, with_faults
    from onex_tools.report import wants_color
    from onex_tools.report.foreign import put

    color = wants_color(options["color"], sys.stdout, os.environ)
    style, out = style_for(options, color=color), printable(sys.stdout)
    before = run(session, request)
    related = _related(before)
    faults: list[Finding] = []
    files = fixed = 0
    for mended, judge in mend_files(session, request, before, unsafe=options["unsafe_fixes"]):
        faults += mended.faults
        if mended.changed:
            more = related.get(mended.path, [])
            put(out, _diff(mended, judge, before.but(more, []), style))
            files, fixed = files + 1, fixed + mended.fixed
    result = with_faults(before, faults, 0)
    if not files or result.failed:
        return result
    _summarise(fixed, files, faults, options)
    return None


def _summarise(fixed: int, files: int, faults: list[Finding], options: dict[str, Any]) -> None:
    from onex_tools.report.counts import plural
    from onex_tools.report.foreign import visible

    for fault in faults:
        print(f"{visible(fault.path)}: {visible(fault.message)}", file=sys.stderr)
    if not options["quiet"]:
        said = f"Would fix {plural(fixed, 'finding')} in {plural(files, 'file')}."
        print(said, file=sys.stderr)


def _related(before: Result) -> dict[str, list[Finding]]:
    """Findings, by the path of every second place that they name."""
    found: dict[str, list[Finding]] = {}
    for finding in (*before.findings, *(item.finding for item in before.waived)):
        for path in {near.location.path for near in finding.related}:
            found.setdefault(path, []).append(finding)
    return found


def _diff(mended: Mended, judge: FileJudge, others: Result, style: Style) -> str:
    """The diff of one file; ``others`` has the findings that name a second place in it."""
    from onex_tools.report.foreign import visible
    from onex_tools.report.unified import unified

    pages = _pages(mended, judge, others)
    if pages is None:
        return f"{visible(mended.path)}: would change; not shown, since all of it is secret\n"
    return unified(mended.path, *pages, mended.kept(), style)


def _pages(mended: Mended, judge: FileJudge, others: Result) -> tuple[Page, Page] | None:
    """The file before and after, each with all that is secret in it; None: all of it is.

    What is secret is asked of every round's findings, waived ones too, and followed through the
    edits, since half a secret is found by no rule.
    """
    from onex_tools.report.pages import Page, merged
    from onex_tools.report.unified import carried

    looks = []
    pieces: dict[bytes, None] = {}
    spans: list[Span] = []
    more = others.findings
    for data, edits in mended.stages():
        found = _page_of(mended.path, data, judge.seen[data], more, others)
        if found is None:
            return None
        pieces.update(dict.fromkeys(found.pieces))
        page = Page(data, merged([*spans, *found.secret]), list(pieces))
        looks.append(page)
        spans = carried(page, [(edit, _know(codes, others.rules)) for edit, codes in edits])
        more = []
    return Page(mended.old, looks[0].secret, list(pieces)), looks[-1]


def _page_of(
    path: str, data: bytes, settled: Settled, more: list[Finding], others: Result
) -> Page | None:
    from onex_tools.report.pages import Pages

    found = [*settled.findings, *more]
    result = others.but(found, settled.waived)
    result.read = lambda _: data
    return Pages(result).page(path)


def _know(codes: frozenset[str], rules: Mapping[str, RuleInfo]) -> bool:
    """Whether all of the rules know what is secret."""
    return all(code in rules and rules[code].sensitive for code in codes)
