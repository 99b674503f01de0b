"""What ``onex stamp`` says: a line for each file that matters, a diff, JSON, and a summary."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from onex_tools.session import Session
    from onex_tools.stamping.files import Outcome, Task

SHOWN = 20
"""Written files that are named one by one without --verbose; --check names all of them."""

_DONE = {
    "stamp": "stamped",
    "update": "updated",
    "move": "moved",
    "collapse": "collapsed",
    "migrate": "migrated",
    "remove": "removed",
}
_WOULD = {
    "stamp": "would stamp",
    "update": "would update",
    "move": "would move",
    "collapse": "would collapse",
    "migrate": "would migrate",
    "remove": "would remove",
}
_QUIET = ("right", "leave", "old")


def report(session: Session, task: Task, outcomes: Iterable[Outcome], options: Any) -> int:
    """Print what became of the files, as the options ask; gives the exit code."""
    counts: Counter[str] = Counter()
    if options["output_format"] == "json":
        _json(task, _counted(outcomes, counts))
    else:
        _text(session, task, _counted(outcomes, counts), options)
    if options["output_format"] == "text" and not options["quiet"]:
        sys.stdout.flush()  # what goes to standard error now shall not come first
        click.echo(_summary(task, counts), err=options["diff"])
        _hints(session, counts)
    return 1 if _failed(task, counts) else 0


def _failed(task: Task, counts: Counter[str]) -> bool:
    pending = not task.write and any(counts[action] for action in _DONE)
    return bool(counts["refuse"] or pending or task.unstaged)


def _counted(outcomes: Iterable[Outcome], counts: Counter[str]) -> Iterator[Outcome]:
    for outcome in outcomes:
        counts[outcome.plan.action] += 1
        yield outcome


# For people ------------------------------------------------------------------------------------


def _text(session: Session, task: Task, outcomes: Iterable[Outcome], options: Any) -> None:
    shown, verbose = 0, options["verbose"]
    for outcome in outcomes:
        if outcome.plan.action == "right" and not verbose:
            continue  # as most are
        if outcome.plan.action == "refuse":
            _put(sys.stderr, _line(outcome, "refused"))
        elif options["diff"] and outcome.changed:
            _put(sys.stdout, _diff(session, outcome, options))
        elif _is_shown(task, outcome, shown, options):
            shown += 1
            _put(sys.stdout, _line(outcome, _word(task, outcome)))
    for path in task.unstaged:
        _put(sys.stderr, _unstaged(task, path))


def _put(out: TextIO, text: str) -> None:
    """Imported for what there is to say: a hook on a right file says nothing."""
    from onex_tools.cli.options import printable
    from onex_tools.report.foreign import put

    put(printable(out), text)


def _is_shown(task: Task, outcome: Outcome, shown: int, options: Any) -> bool:
    """Whether a file gets a line: what --check finds always, what was written up to a number."""
    if options["verbose"]:
        return True
    if outcome.plan.action in _QUIET:
        named = outcome.plan.action == "leave" and outcome.path in (task.paths or ())
        return named and not options["quiet"]
    if not task.write:
        return not options["diff"]
    return shown < SHOWN and not options["quiet"]


def _word(task: Task, outcome: Outcome) -> str:
    action = outcome.plan.action
    if action in _QUIET:
        return {"right": "right", "leave": "left alone", "old": "old form"}[action]
    return (_DONE if task.write else _WOULD)[action]


def _line(outcome: Outcome, word: str) -> str:
    from onex_tools.report.foreign import visible

    plan = outcome.plan
    said = [plan.reason] if plan.reason else []
    if plan.dropped:
        said.append(f"dropped {', '.join(plan.dropped)}")
    path, more = visible(outcome.path), visible("; ".join(said))
    if plan.action == "refuse":
        return f"{path}:{plan.line}: {word}: {more}\n"
    return f"{word} {path} ({more})\n" if more else f"{word} {path}\n"


def _unstaged(task: Task, path: str) -> str:
    from onex_tools.report.foreign import visible

    why = task.index.why_not if task.index else ""
    return f"{visible(path)}: written, but not added: {why}\n"


def _diff(session: Session, outcome: Outcome, options: Any) -> str:
    """The diff of the stamp alone, without lines around it, since they may hold a secret."""
    from onex_tools.cli.checking import style_for
    from onex_tools.report import wants_color
    from onex_tools.report.pages import Page
    from onex_tools.report.unified import unified
    from onex_tools.stamp.styles import row_for
    from onex_tools.stamping.differences import kept_runs

    style = style_for(options, color=wants_color(options["color"], sys.stdout, os.environ))
    old, new = outcome.old or b"", outcome.plan.new
    kinds = session.catalogue.kinds
    kind = kinds.of(outcome.path, old)
    kept = kept_runs(old, new, row_for(kind, kinds.comments(kind)))
    return unified(outcome.path, Page(old, [], []), Page(new, [], []), kept, style, context=0)


def _summary(task: Task, counts: Counter[str]) -> str:
    words = _DONE if task.write else _WOULD
    said = [f"{words[action]} {counts[action]:,}" for action in _DONE if counts[action]]
    said += [f"refused {counts['refuse']:,}"] if counts["refuse"] else []
    said += [f"{counts['right']:,} right"] if counts["right"] else []
    said += [f"{counts['old']:,} in an old form"] if counts["old"] else []
    text = ", ".join(said) or "no file carries a stamp or should"
    return text[0].upper() + text[1:] + "."


def _hints(session: Session, counts: Counter[str]) -> None:
    """What to type next."""
    from onex_tools.cli.options import typed_command

    onex = typed_command()
    if counts["old"]:
        click.echo(f"Next: {onex} stamp --migrate rewrites the old ones.", err=True)
    if counts["stamp"] and not session.config.is_configured("stamp"):
        click.echo(
            "There is no [stamp] table in the configuration: stamps name no owner, and two "
            "branches will give a new file two UUIDs. Take the comment marks off the one that "
            f"`{onex} init` writes into a new onex.toml, and say who owns the files.",
            err=True,
        )


# For programs ----------------------------------------------------------------------------------


def _json(task: Task, outcomes: Iterable[Outcome]) -> None:
    import json

    from onex_tools.report.foreign import plain

    rows = [
        {
            "path": plain(outcome.path),
            "action": outcome.plan.action,
            "reason": plain(outcome.plan.reason),
            "line": outcome.plan.line if outcome.plan.action == "refuse" else None,
            "dropped": [plain(key) for key in outcome.plan.dropped],
            "written": task.write and outcome.changed and outcome.plan.action != "refuse",
        }
        for outcome in outcomes
    ]
    unstaged = [plain(path) for path in task.unstaged]
    json.dump({"version": 1, "files": rows, "unstaged": unstaged}, sys.stdout, indent=2)
    sys.stdout.write("\n")
