"""``onex init``: a first configuration, and hooks; it never changes a file that is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onex_tools.session import Session

CONFIG = "onex.toml"
HOOKS = ".pre-commit-config.yaml"
_USUALLY_EXCLUDED = ("vendor", "third_party", "external", "node_modules", "dist")


@click.command("init")
@click.option("--pre-commit", is_flag=True, help=f"Also write {HOOKS}.")
def command(pre_commit: bool) -> int:
    """Write a first configuration: onex.toml, in the root of the repository.

    What is there already is left as it is; for an existing .pre-commit-config.yaml the lines to
    add are printed.

    \b
    Examples:
      onex init
      onex init --pre-commit
    """
    from onex_tools.cli.options import open_plain

    session = open_plain(use_cache=False)
    code = _init_config(session, beside_hooks=pre_commit)
    return max(code, _init_hooks(session.root)) if pre_commit else code


def _init_config(session: Session, *, beside_hooks: bool) -> int:
    """Write the configuration; one that is there is a refusal, unless hooks were the aim."""
    present = session.config.source
    if not present and _create(session.root, CONFIG, config_text(session)):
        click.echo(f"wrote {CONFIG} in {session.root}")
        click.echo("next: onex validate")
        return 0
    click.echo(f"{present or CONFIG} is there already: left as it is", err=not beside_hooks)
    return 0 if beside_hooks else 1


def _init_hooks(root: str) -> int:
    if _create(root, HOOKS, "repos:\n" + hooks_text()):
        click.echo(f"wrote {HOOKS}")
        click.echo("next: pre-commit install (the hooks run the `onex` that is on your PATH)")
        return 0
    try:
        with open(os.path.join(root, HOOKS), encoding="utf-8", errors="replace") as stream:
            has_hooks = "onex-validate" in stream.read()
    except OSError:
        has_hooks = False
    if has_hooks:
        click.echo(f"{HOOKS} has the hooks already")
        return 0
    click.echo(f"{HOOKS} is there already: left as it is. Add this to its `repos`:", err=True)
    click.echo(hooks_text(), nl=False)
    return 1


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
        *_stamp(session),
    ]
    return "\n".join(lines) + "\n"


def _families(session: Session, on: list[str]) -> list[str]:
    """Which families are on here and now, and what would switch the others on."""
    rules = session.catalogue.rules
    awaited: dict[str, set[str]] = {}
    for info in rules.values():
        if info.family not in on and info.enabled_by:
            awaited.setdefault(info.family, set()).update(info.enabled_by.split("|"))
    lines = [
        "# A family of rules is on where it has something to judge.",
        f"# On here: {', '.join(on)}",
    ]
    for family, evidence in sorted(awaited.items()):
        lines.append(f"# Off here: {family}, until there is {' or '.join(sorted(evidence))}")
    return [*lines, "# To choose for yourself:", f"# select = {_listed(on)}"]


def _listed(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _exclude(root: str) -> str:
    there = [f"{name}/" for name in _USUALLY_EXCLUDED if os.path.isdir(os.path.join(root, name))]
    return _listed(there or ["vendor/"])


def _stamp(session: Session) -> list[str]:
    spec = session.catalogue.sections.get("stamp")
    if spec is None or all(field.name != "repository" for field in spec.fields):
        return []
    import uuid

    return [
        "",
        "# This table asks for a stamp in every file; without it only present ones are checked.",
        "# Two branches that stamp the same new file agree on its uuid by this id: keep it.",
        "# [stamp]",
        f'# repository = "{uuid.uuid4()}"',
    ]


def hooks_text() -> str:
    """The entry for ``repos`` that runs the installed onex."""
    from onex_tools.hooks import HOOKS as offered

    lines = ["  - repo: local", "    hooks:"]
    for hook in offered:
        if not hook.id.startswith("onex-validate"):
            continue
        lines += [
            f"      - id: {hook.id}",
            f"        name: {hook.name}",
            f"        entry: {hook.entry}",
            "        language: system",
            f"        pass_filenames: {str(hook.pass_filenames).lower()}",
            "        require_serial: true",
            "        types: [text]" if hook.pass_filenames else "        always_run: true",
        ]
    return "\n".join(lines) + "\n"
