"""``onex init``: a first configuration, and hooks; it never changes a file that is there."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from onex_tools.cli.options import typed_command

if TYPE_CHECKING:
    from onex_tools.hooks import Hook
    from onex_tools.session import Session

CONFIG = "onex.toml"
HOOKS = ".pre-commit-config.yaml"
_WRITING = {"onex-format": "format", "onex-stamp": "stamp"}
"""Hooks that write, in the order they have to run in, and the section that asks for each."""
_USUALLY_EXCLUDED = ("vendor", "third_party", "external", "node_modules", "dist")


@click.command("init")
@click.option("--pre-commit", is_flag=True, help=f"Also write {HOOKS}.")
@click.option("--merge-driver", is_flag=True, help="Also make git merge stamps, in this clone.")
def command(pre_commit: bool, merge_driver: bool) -> int:
    """Write a first configuration: onex.toml, in the root of the repository.

    What is there already is left as it is; for an existing .pre-commit-config.yaml the lines to
    add are printed. Hooks that write files are commented out, unless [format] or [stamp] is
    configured. For the merge driver a line is put at the head of .gitattributes.

    \b
    Examples:
      onex init
      onex init --pre-commit
      onex init --merge-driver
    """
    from onex_tools.cli.options import open_plain

    session = open_plain(use_cache=False)
    code = _init_config(session, beside_others=pre_commit or merge_driver)
    if pre_commit:
        code = max(code, _init_hooks(session))
    return max(code, _init_merge_driver(session)) if merge_driver else code


def _init_config(session: Session, *, beside_others: bool) -> int:
    """Write the configuration; one that is there is a refusal, unless it was not the aim."""
    present = session.config.source
    if not present and _create(session.root, CONFIG, config_text(session)):
        click.echo(f"wrote {CONFIG} in {session.root}")
        click.echo(f"next: {typed_command()} validate")
        return 0
    click.echo(f"{present or CONFIG} is there already: left as it is", err=not beside_others)
    return 0 if beside_others else 1


def _init_hooks(session: Session) -> int:
    wanted = _wanted_hooks(session)
    spare = [hook for hook in _WRITING if hook not in wanted]
    if _create(session.root, HOOKS, "repos:\n" + hooks_text(wanted, spare)):
        click.echo(f"wrote {HOOKS}")
        if spare:
            click.echo(f"commented out in it, for you to choose: {', '.join(spare)}")
        click.echo("next: pre-commit install (the hooks run the `onex` that is on your PATH)")
        return 0
    try:
        with open(os.path.join(session.root, HOOKS), encoding="utf-8", errors="replace") as stream:
            text = stream.read()
    except OSError:
        text = ""
    missing = [hook for hook in wanted if not re.search(rf"(?m)^[^#\n]*\bid:\s*{hook}\s", text)]
    if not missing:
        click.echo(f"{HOOKS} has the hooks already")
        return 0
    click.echo(f"{HOOKS} is there already: left as it is. Add this to its `repos`:", err=True)
    click.echo(hooks_text(missing), nl=False)
    return 1


def _wanted_hooks(session: Session) -> list[str]:
    """The hooks for this repository: what writes comes before what checks."""
    writing = [hook for hook, section in _WRITING.items() if session.config.is_configured(section)]
    return [*writing, "onex-validate", "onex-validate-tree"]


def _init_merge_driver(session: Session) -> int:
    from onex_tools.discover import has_git
    from onex_tools.merging.setup import ATTRIBUTES, set_up

    if not has_git(session.root):
        click.echo(f"{session.root} is in no git repository: nothing to set up", err=True)
        return 1
    done = set_up(session)
    if done.attributes:
        click.echo(f"wrote {ATTRIBUTES}: `* merge=onex` (commit it, it holds for every clone)")
    else:
        click.echo(f"{ATTRIBUTES} has the merge driver already")
    for name in done.settings:
        click.echo(f"set {name} in this clone's git configuration")
    if not done.settings:
        click.echo("this clone's git configuration has the merge driver already")
    click.echo("next: onex init --merge-driver in every other clone; where it was not typed, and")
    click.echo("on GitHub and GitLab, which run no custom driver, git merges stamps as plain text")
    if done.overruled:
        click.echo(f"but no effect yet: git says `merge: {done.overruled}` for all files", err=True)
    return 1 if done.overruled else 0


def _create(root: str, name: str, text: str) -> bool:
    """Write a new file; False where something has that name. It never writes over anything."""
    target = os.path.join(root, name)
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except FileExistsError:
        return False
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError:
        os.unlink(target)
        raise
    return True


def config_text(session: Session) -> str:
    """A commented configuration for the repository of ``session``."""
    from onex_tools import __version__

    on = sorted({session.catalogue.rules[code].family for code in session.part("").codes})
    lines = [
        "# Keys:    onex config schema",
        "# Origins: onex config show",
        "",
        f'required-version = ">={__version__.partition("+")[0]}"',
        "",
        *_families(session, on),
        "",
        "# Rule files of this repository, and findings that are accepted (both above every table):",
        '# local-rules = ["tools/onex_rules/*.py"]',
        '# baseline = "onex-baseline.txt"',
        "",
        "# Files that are never checked, relative to this folder:",
        f"# exclude = {_exclude(session.root)}",
        "",
        '# The least level that makes the exit code 1: "info", "warning" or "error".',
        '# fail-on = "warning"',
        "",
        "# Rules that nothing below may ignore or lower:",
        f"# locked = {_listed(on[-1:])}",
        "",
        "# [[per-file-ignores]]",
        '# path = "tests/**"',
        f"# codes = {_listed(on[:1])}",
        '# reason = "the name of a test says what it shows"',
        "# until = 2027-01-31",
        *_docstrings(session),
        *_format(session),
        *_stamp(session),
    ]
    return "\n".join(lines) + "\n"


def _families(session: Session, on: list[str]) -> list[str]:
    """Which families are on here and now, and what would switch the others on."""
    rules = session.catalogue.rules
    awaited: dict[str, set[str]] = {}
    for info in rules.values():
        if info.family not in on and info.enabled_by and not info.enabled_by.startswith("given:"):
            awaited.setdefault(info.family, set()).update(info.enabled_by.split("|"))
    lines = [
        "# A family of rules is on where it has something to judge.",
        f"# On here: {', '.join(on)}",
    ]
    for family, evidence in sorted(awaited.items()):
        lines.append(f"# Off here: {family}, until there is {' or '.join(sorted(evidence))}")
    return [
        *lines,
        "# To choose for yourself (the name of a family switches on all its rules, also those that",
        "# are off by default; `onex rules` has them):",
        f"# select = {_listed(on)}",
    ]


def _listed(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _exclude(root: str) -> str:
    there = [f"{name}/" for name in _USUALLY_EXCLUDED if os.path.isdir(os.path.join(root, name))]
    return _listed(there or ["vendor/"])


def _docstrings(session: Session) -> list[str]:
    spec = session.catalogue.sections.get("docstrings")
    fields = {field.name: field for field in spec.fields} if spec else {}
    if not {"convention", "fail_under"} <= fields.keys():
        return []
    return [
        "",
        f"# How docstrings are written ({', '.join(fields['convention'].choices)}), and how many",
        "# per cent of all definitions have to have one (`onex coverage`).",
        "# [docstrings]",
        '# convention = "google"',
        "# fail-under = 80",
    ]


def _format(session: Session) -> list[str]:
    if "format" not in session.catalogue.sections:
        return []
    return [
        "",
        "# `onex format` brings Python files into one form; black, isort and flake8 keep their own",
        "# settings. A licence named here is asked of every file.",
        "# [format]",
        '# spdx = "MIT"',
    ]


def _stamp(session: Session) -> list[str]:
    spec = session.catalogue.sections.get("stamp")
    if spec is None or all(field.name != "repository" for field in spec.fields):
        return []
    import uuid

    return [
        "",
        "# This table asks for a stamp in every file, which `onex stamp` writes; without it only",
        "# present ones are checked.",
        "# Two branches that stamp the same new file agree on its uuid by this id: keep it.",
        "# [stamp]",
        f'# repository = "{uuid.uuid4()}"',
    ]


def hooks_text(wanted: Sequence[str], spare: Sequence[str] = ()) -> str:
    """The entry for ``repos`` that runs the installed onex as the hooks ``wanted``.

    ``spare`` ones are commented out, above the others.
    """
    from onex_tools.hooks import HOOKS as offered

    by_id = {hook.id: hook for hook in offered}
    lines = ["  - repo: local", "    hooks:"]
    for hook in spare:
        lines.append(f"      # {by_id[hook].description}")
        lines += [f"      # {line}" for line in _hook_lines(by_id[hook])]
    for hook in wanted:
        lines += [f"      {line}" for line in _hook_lines(by_id[hook])]
    return "\n".join(lines) + "\n"


def _hook_lines(hook: Hook) -> list[str]:
    from onex_tools.hooks import which

    return [
        f"- id: {hook.id}",
        f"  name: {hook.name}",
        f"  entry: {hook.entry}",
        "  language: system",
        f"  pass_filenames: {str(hook.pass_filenames).lower()}",
        "  require_serial: true",
        f"  stages: [{', '.join(hook.stages)}]",
        which(hook),
    ]
