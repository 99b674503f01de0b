"""The page of one rule for a terminal: what it wants, its settings, its examples, its switches."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onex_tools.pages import Shown
    from onex_tools.report import Style
    from onex_tools.result import RuleInfo
    from onex_tools.session import Session


def page(session: Session, info: RuleInfo, state: str, style: Style) -> Iterator[str]:
    """The lines of the rule's page; ``state`` says whether it is on, and why."""
    from onex_tools.report.style import paint

    level = severity_here(session, info)
    yield f"{paint(style, level, info.code)} {paint(style, 'bold', info.name)}"
    yield f"{info.summary}."
    yield ""
    yield from _facts(info, level, state, style)
    yield ""
    yield from info.explanation.splitlines()
    yield from _settings(session, info, style)
    for example in session.catalogue.locate(info.where).examples:
        yield ""
        yield from _example(example, style)
    yield ""
    yield from _ways(session, info, style)


def severity_here(session: Session, info: RuleInfo) -> str:
    """The level that findings of the rule have at the root."""
    from onex_tools.model import Severity
    from onex_tools.selection import closest

    return closest(session.config.severity, info) or Severity(info.severity).label


def _facts(info: RuleInfo, level: str, state: str, style: Style) -> Iterator[str]:
    from onex_tools.pages import graded, judges

    severity = graded(info)
    facts = {
        "severity": severity if severity.startswith(level) else f"{severity}; here {level}",
        "judges": judges(info),
        "state": state,
        "fix": _fix(info, style),
        "known as": ", ".join(info.known_as),
        "plugin": info.plugin,
    }
    for word, fact in facts.items():
        if fact:
            yield f"  {word:<8}  {fact}"


def _fix(info: RuleInfo, style: Style) -> str:
    if not info.fixable:
        return "none"
    if info.scope == "format":
        return "onex format"
    chosen = f" --select {info.code}" if info.selectable else ""
    return f"{style.command} validate --fix{chosen}, with --unsafe-fixes where a finding says so"


def _settings(session: Session, info: RuleInfo, style: Style) -> Iterator[str]:
    from onex_tools.config.keys import kebab
    from onex_tools.config.reference import as_toml
    from onex_tools.report.style import paint

    if not info.section:
        return
    here = session.config.values_of(info.section)
    yield ""
    yield paint(style, "bold", "Settings")
    yield f"  {session.config.place(info.section)}"
    fields = session.catalogue.sections[info.section].fields
    own = [field for field in fields if field.concerns(info.code)]
    for field in own:
        value = here[field.name]
        note = "" if value == field.default else f"  (here: {as_toml(value)})"
        choices = f" One of: {', '.join(field.choices)}." if field.choices else ""
        yield f"  {kebab(field.name)} = {as_toml(field.default)}{note}"
        for line in textwrap.wrap(f"{field.doc}{choices}", 92):
            yield f"      {line}"
    if len(own) < len(fields):
        others = len(fields) - len(own)
        yield f"  and {others} that other rules read: `{style.command} config show`"


def _example(example: Any, style: Style) -> Iterator[str]:
    from onex_tools.pages import caption, show, show_file
    from onex_tools.report.style import paint

    files = show(example)
    words = caption(example, files[0] if len(files) == 1 else None)
    kind, _, rest = words.partition(" ")
    yield paint(style, "bold", kind) + (f" {rest}" if rest else "")
    for file in files:
        if len(files) > 1:
            yield f"  {file.path}{file.remark()}"
        yield from _listing(file, style)
    fixed = getattr(example, "fixed", None)
    if fixed is not None:
        yield paint(style, "bold", "After the fix")
        yield from _listing(show_file(example.path, fixed), style)


def _listing(file: Shown, style: Style) -> Iterator[str]:
    """The lines with their numbers, and a mark beside those that are reported."""
    from onex_tools.report.foreign import visible
    from onex_tools.report.style import paint

    width = len(str(len(file.lines)))
    for number, text in file.lines:
        mark = ">" if number in file.marked else " "
        gutter = paint(style, "error" if mark == ">" else "gutter", f"{mark} {number:>{width}} |")
        yield f"  {gutter} {visible(text)}".rstrip()


def _ways(session: Session, info: RuleInfo, style: Style) -> Iterator[str]:
    """How to waive a finding, and how to switch the rule."""
    from onex_tools.pages import waiver_comment
    from onex_tools.report.style import paint
    from onex_tools.result import FAILURES

    if info.code in FAILURES:
        yield "It says that a check did not do its work: it cannot be waived or turned off."
        return
    config = session.config
    entry = f"[{config.table('per-file-ignores')}]"
    yield paint(style, "bold", "Waive a finding")
    if info.selectable:
        examples = session.catalogue.locate(info.where).examples
        yield f"  {waiver_comment(info, examples[-1].path)}"
        yield "  in a comment on its line, or alone above it; or"
    yield f'  {entry} with path, codes = ["{info.code}"] and reason in {config.file}'
    if not info.selectable:
        return
    yield paint(style, "bold", "Switch the rule")
    place = config.place()
    yield f'  off  ignore = ["{info.code}"] in {place}, or --ignore {info.code}'
    yield f'  on   extend-select = ["{info.code}"] in {place}, or --extend-select {info.code}'
