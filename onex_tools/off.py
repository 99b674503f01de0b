"""Which rules are off that could be on, and how to turn them on: the end of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onex_tools import selection
from onex_tools.result import Note, RuleInfo

if TYPE_CHECKING:
    from onex_tools.config import Config
    from onex_tools.session import Session

_MOST_NAMED = 8
"""Rules that are off together, and each named."""


def off_notes(session: Session) -> list[Note]:
    """What is off for want of evidence, or as its opposite is on, and how to turn it on.

    Whoever has a table of settings knows of its settings: of those nothing is said.
    """
    opposed = list(_opposed(session))
    if session.config.select is not None:
        return [*opposed, *_elsewhere(session, session.config.select)]
    on = session.codes
    off: dict[str, list[RuleInfo]] = {}
    for code, info in session.catalogue.rules.items():
        unwanted = session.lacks(info) or selection.best(session.config.ignore, info)
        if code not in on and info.enabled_by and not unwanted:
            wanted = _wanting(session, info.enabled_by)
            if wanted:
                off.setdefault(wanted, []).append(info)
    notes = [
        Note("off", _are_off(infos), _way(session.config, wanted, infos))
        for wanted, infos in off.items()
    ]
    notes.sort()
    if not session.config.source and not session.isolated:
        ways = "`onex init` writes one; `onex baseline create` accepts what is there today"
        notes.append(Note("hint", "this tree has no configuration", ways))
    return [*opposed, *notes]


def _opposed(session: Session) -> Iterator[Note]:
    """Rules that do not run because their opposite does."""
    pairs = {pair for part in session.parts() for pair in part.opposed.items()}
    for lost, kept in sorted(pairs):
        said = f"{lost} is off, because {kept} asks for the opposite"
        yield Note("off", said, f"choose with --ignore {lost} or --ignore {kept}")


def _elsewhere(session: Session, select: Sequence[str]) -> Iterator[Note]:
    """Rules that were asked for by name, and that another command judges by."""
    named = [word for word in select if word != selection.ALL]
    for info in session.catalogue.rules.values():
        if info.scope == "format" and selection.best(named, info):
            said = f"{info.family} rules do not run here"
            yield Note("off", said, "`onex format --check` reports what they find")
            return


def _wanting(session: Session, enabled_by: str) -> str:
    """What would turn a rule on, in the words of ``enabled_by``; "" if nothing is to be said.

    Of settings their section, so that all that wait for one are said together.
    """
    wanted = _openings(enabled_by)
    if any(session.has_evidence(one, session.config) for one in wanted):
        return ""
    sections = {one.partition(".")[0] for one in wanted if _is_setting(one)}
    if len(sections) != 1 or not all(map(_is_setting, wanted)):
        return "|".join(wanted)
    section = sections.pop()
    known = session.config.is_configured(section.removeprefix("config:"))
    return "" if known else section + "."


def _is_setting(wanted: str) -> bool:
    return wanted.startswith("config:") and "." in wanted


def _openings(enabled_by: str) -> list[str]:
    """What a rule waits for; of a setting that has to have some value, the setting."""
    wanted = (one.partition("=") for one in enabled_by.split("|"))
    return [place for place, equals, values in wanted if values or not equals]


def _are_off(infos: Sequence[RuleInfo]) -> str:
    codes = sorted(info.code for info in infos)
    if len(codes) > _MOST_NAMED:
        families = ", ".join(sorted({info.family for info in infos}))
        return f"{len(codes)} rules of {families} are off"
    return f"{', '.join(codes)} {'is' if len(codes) == 1 else 'are'} off"


def _way(config: Config, wanted: str, infos: Sequence[RuleInfo]) -> str:
    ways = []
    for one in wanted.split("|"):
        if one.startswith("config:"):
            section, dot, name = one.removeprefix("config:").partition(".")
            names = f"`{name}`" if name else dot and _names(section, infos)
            table = config.table(section)
            ways.append(f"{names} in {table}" if names else f"a {table} table in {config.file}")
        else:
            ways.append(f"a file `{one}`")
    if len(infos) > _MOST_NAMED:
        return f"on with {', '.join(ways)}"
    codes = ",".join(sorted(info.code for info in infos))
    return f"on with {', '.join(ways)} or --extend-select {codes}"


def _names(section: str, infos: Sequence[RuleInfo]) -> str:
    """The settings of ``section`` that rules wait for."""
    from onex_tools.config.keys import kebab

    prefix = f"config:{section}."
    openings = (one for info in infos for one in _openings(info.enabled_by))
    return ", ".join(sorted({f"`{kebab(one.removeprefix(prefix))}`" for one in openings}))
