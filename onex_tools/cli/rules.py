"""``onex rules``: which rules there are, which are on here and why, and the page of each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from onex_tools.cli.options import color_option, format_option, printable, typed_style

if TYPE_CHECKING:
    from onex_tools.config import Config
    from onex_tools.report import Style
    from onex_tools.result import RuleInfo
    from onex_tools.session import Session

VERSION = 1
_HEAD = ("code", "name", "severity", "scope", "fix", "state", "plugin", "why")


class State(NamedTuple):
    """Whether a rule runs here: ``on``, ``off`` or ``preview``, and why."""

    word: str
    reason: str


@click.command("rules")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@format_option("How to print it.")
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Show what `validate --select CODES` would run; comma-separated.",
)
@click.option(
    "--allow-local-plugins",
    is_flag=True,
    help="List the rule files that the repository itself ships, too.",
)
@color_option()
def command(
    codes: tuple[str, ...],
    output_format: str,
    select: tuple[str, ...],
    allow_local_plugins: bool,
    color: str,
) -> int:
    """List the rules, or explain some of them.

    CODE is a code, a family, a name, or another tool's code for the same thing. Without any, all
    rules are listed: whether each is on here, and why.

    \b
    Examples:
      onex rules
      onex rules DCS001 missing-class-docstring D103
      onex rules STP --output-format json
    """
    session = _open(select, allow_local=allow_local_plugins)
    infos = _chosen(session, codes)
    style = typed_style(color, sys.stdout)
    if output_format == "json":
        text = _json(session, infos)
    elif codes:
        text = "\n\n".join(_page(session, info, style) for info in infos)
    else:
        text = "\n".join(_table(session, infos, style))
    printable(sys.stdout)
    click.echo(text, color=style.color)
    for problem in session.catalogue.problems:
        click.echo(f"onex: error: {problem.message}; {problem.help}", err=True)
    return 2 if session.catalogue.problems else 0


def _open(select: Sequence[str], *, allow_local: bool) -> Session:
    from onex_tools.config import Overrides
    from onex_tools.session import open_session

    words = [word.strip() for value in select for word in value.split(",") if word.strip()]
    overrides = Overrides(select=tuple(words) or None)
    return open_session([], overrides, allow_local=allow_local)


def _chosen(session: Session, codes: Sequence[str]) -> list[RuleInfo]:
    """The rules that ``codes`` name, in the order asked for; all of them, sorted, for none."""
    from onex_tools.selection import rank

    everything = sorted(session.catalogue.rules.values(), key=lambda info: info.code)
    if not codes:
        return everything
    found: dict[str, RuleInfo] = {}
    for code in codes:
        named = [info for info in everything if rank(code, info) or rank(code.upper(), info)]
        if not named:
            raise click.UsageError(_unknown(code, everything, session))
        found |= {info.code: info for info in named}
    return list(found.values())


def _unknown(code: str, infos: Sequence[RuleInfo], session: Session) -> str:
    from onex_tools.config.problem import nearest
    from onex_tools.report.foreign import visible

    words = [word for info in infos for word in (info.code, info.name, info.family, *info.aliases)]
    hint = nearest(code, words) or nearest(code.upper(), words) or "`onex rules` lists them all"
    broken = [problem.message for problem in session.catalogue.problems]
    return "; ".join([f"there is no rule `{visible(code[:80])}`: {hint}", *broken])


def _page(session: Session, info: RuleInfo, style: Style) -> str:
    from onex_tools.cli.explain import page

    state = judge_state(session, info)
    return "\n".join(page(session, info, f"{state.word}: {state.reason}", style))


# What is on, and why ----------------------------------------------------------------------


def judge_state(session: Session, info: RuleInfo) -> State:
    """Whether the rule runs in the repository of ``session``, and why."""
    from onex_tools.pages import evidence

    if info.scope == "format":
        return State("on", "in `onex format`")
    if info.scope == "engine":
        return State("on", "always")
    switch = _switch(session, info, session.config)
    if info.code in session.part("").codes and not switch:
        return State("on", _why_on(session, info))
    if any(info.code in p.codes and not _switch(session, info, p.config) for p in session.parts()):
        return State("on", "in a nested folder only")
    if info.code in session.part("").codes:
        return State("off", f"waits for `{switch}` in `{session.config.table(info.section)}`")
    why = _why_off(session, info)
    if why:
        return State("off", why)
    if info.enabled_by.endswith("="):
        return State("off", "waits to be asked for by its own code or name")
    if info.preview and not session.config.preview:
        return State("preview", "runs when its code is selected, or with `preview = true`")
    return State("off", f"waits for {evidence(info.enabled_by)}")


def _switch(session: Session, info: RuleInfo, config: Config) -> str:
    """The setting that is off in ``config``, and without which the rule finds nothing; or ""."""
    from onex_tools.config.keys import kebab

    spec = session.catalogue.sections.get(info.section)
    switches = [one.name for one in spec.fields if info.code in one.switches] if spec else []
    values = config.values_of(info.section) if switches else {}
    return next((kebab(name) for name in switches if not values[name]), "")


def _why_on(session: Session, info: RuleInfo) -> str:
    config = session.config
    for key, selectors in (
        ("select", config.select or ()),
        ("extend-select", config.extend_select),
    ):
        named = _closest(selectors, info)
        if named:
            return f"`{named}` in {key} ({config.origin(key)})"
    if info.enabled_by:
        return "there is evidence for it"
    return f"preview is on ({config.origin('preview')})" if info.preview else "by default"


def _why_off(session: Session, info: RuleInfo) -> str:
    """What the configuration says against the rule, or ""."""
    config = session.config
    ignored = _closest(config.ignore, info)
    if ignored:
        return f"`{ignored}` in ignore ({config.origin('ignore')})"
    opposite = session.part("").opposed.get(info.code)
    if opposite:
        return f"{opposite} is on, and asks for the opposite"
    named = _closest((*(config.select or ()), *config.extend_select), info)
    if config.select is not None and not named:
        return f"not in select ({config.origin('select')})"
    return ""


def _closest(selectors: Sequence[str], info: RuleInfo) -> str:
    from onex_tools.selection import rank

    return max((s for s in selectors if rank(s, info)), key=lambda s: rank(s, info), default="")


# The list ---------------------------------------------------------------------------------


def _table(session: Session, infos: Sequence[RuleInfo], style: Style) -> Iterator[str]:
    from onex_tools.report.style import paint

    rows = [_row(session, info) for info in infos]
    widths = [max(len(row[n]) for row in (_HEAD, *rows)) for n in range(len(_HEAD))]
    yield paint(style, "bold", _joined(list(_HEAD), widths))
    family = ""
    for info, row in zip(infos, rows, strict=True):
        if info.family != family:
            family = info.family
            yield ""
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        if row[_HEAD.index("state")] == "on":
            cells[2] = paint(style, row[2], cells[2])
        yield _joined(cells, widths)
    on = sum(row[_HEAD.index("state")] == "on" for row in rows)
    yield ""
    yield f"{len(rows)} rules, {on} on here. `{style.command} rules CODE` explains one."


def _row(session: Session, info: RuleInfo) -> list[str]:
    from onex_tools.cli.explain import severity_here

    state = judge_state(session, info)
    named = [info.code, info.name, severity_here(session, info), info.scope]
    return [*named, "fix" if info.fixable else "", state.word, info.plugin, state.reason]


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


# The same for programs --------------------------------------------------------------------


def _json(session: Session, infos: Sequence[RuleInfo]) -> str:
    """One strict object; records only ever gain members."""
    import json

    answer = {
        "version": VERSION,
        "rules": [_record(session, info) for info in infos],
        "problems": [problem._asdict() for problem in session.catalogue.problems],
    }
    return json.dumps(answer, indent=2, ensure_ascii=True)


def _record(session: Session, info: RuleInfo) -> dict[str, Any]:
    from onex_tools.cli.explain import severity_here
    from onex_tools.model import Confidence

    state = judge_state(session, info)
    record: dict[str, Any] = {**info._asdict(), "family": info.family}
    spec = session.catalogue.sections.get(info.section)
    record |= {
        "severity": severity_here(session, info),
        "confidence": Confidence(info.confidence).label,
        "state": state.word,
        "reason": state.reason,
        "settings": [one._asdict() for one in spec.fields if one.concerns(info.code)]
        if spec
        else [],
        "examples": list(map(_example, session.catalogue.locate(info.where).examples)),
    }
    del record["where"]
    return record


def _example(example: Any) -> dict[str, Any]:
    from onex_tools.pages import contents, places
    from onex_tools.rule import Bad

    fixed = example.fixed if isinstance(example, Bad) else None
    return {
        "kind": type(example).__name__.lower(),
        "files": [{"path": path, **_text(data)} for path, data in contents(example).items()],
        "at": [{"path": path, "line": line} for path, line in places(example)],
        "fixed": None if fixed is None else _text(fixed),
        "settings": dict(example.settings),
        "given": {name: _text(data) for name, data in example.given.items()},
        "why": example.why,
    }


def _text(content: str | bytes) -> dict[str, str]:
    """``text`` where it is UTF-8, else ``hex``."""
    from onex_tools.pages import as_bytes

    data = as_bytes(content)
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"hex": data.hex()}
