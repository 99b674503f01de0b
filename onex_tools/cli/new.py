"""``onex new``: write the start of a rule, where it belongs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from onex_tools.session import Session
    from onex_tools.starter import Starter

LOCAL = "tools/onex_rules"
BUILT_IN = "validators/onex_validators"
_WRITTEN_CODE = re.compile(r"\b[A-Z]{3}[0-9]{3}\b")


class Plan(NamedTuple):
    """What is to be written, by path, a line on the configuration, and what to type next."""

    files: Mapping[str, str]
    note: str
    commands: Sequence[str]


@click.group("new")
def command() -> None:
    """Write a new rule, ready to fill in.

    \b
    Examples:
      onex new validator no-todo
      onex new validator missing-owner --plugin ../acme-rules --code ACM
    """


@command.command("validator")
@click.argument("name")
@click.option("--tree", is_flag=True, help="A rule about the whole tree, with an extractor.")
@click.option(
    "--code",
    metavar="ABC001",
    help="The rule's code, or only its three letters: then the next number that is free.",
)
@click.option(
    "--plugin",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Into the plugin package in DIR; it is made if it is not there.",
)
@click.option(
    "--local",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help=f"Into DIR, as a rule of this repository only (default: {LOCAL}).",
)
def validator(
    name: str, tree: bool, code: str | None, plugin: str | None, local: str | None
) -> int:
    """Write the rule NAME: the fault in words, such as missing-owner.

    Its Bad example fails until the check is written. Nothing is ever overwritten.

    \b
    Examples:
      onex new validator no-todo
      onex new validator duplicate-port --tree
      onex new validator missing-owner --plugin ../acme-rules --code ACM
    """
    from onex_tools.cli.options import open_plain, typed_folder
    from onex_tools.starter import NAME, Starter

    if plugin and local:
        raise click.UsageError("--plugin and --local exclude each other.")
    if not NAME.match(name):
        raise click.UsageError(f"{name!r}: name the fault in kebab-case, such as missing-owner.")
    session = open_plain()
    start = Starter(name.replace("_", "-"), "", tree)
    if any(info.name == start.name for info in session.catalogue.rules.values()):
        raise click.UsageError(f"another rule is called `{start.name}`: name this one differently.")
    plan = _plan(session, start, code, plugin, local)
    _write(plan.files)
    for path in plan.files:
        click.echo(f"wrote {path}")
    where = f", in {typed_folder()}" if typed_folder() else ""
    click.echo(f"\n{plan.note}\nNext{where}:" if plan.note else f"\nNext{where}:")
    for line in plan.commands:
        click.echo(f"  {line}")
    return 0


def _plan(
    session: Session, start: Starter, code: str | None, plugin: str | None, local: str | None
) -> Plan:
    if plugin:
        return _into_plugin(session, start, code, os.path.normpath(plugin))
    if local is None and os.path.isfile(os.path.join(session.root, BUILT_IN, "__init__.py")):
        return _into_onex(session, start, code)
    folder = local or os.path.relpath(os.path.join(session.root, LOCAL))
    return _into_repository(session, start, code, os.path.normpath(folder))


def _into_onex(session: Session, start: Starter, code: str | None) -> Plan:
    from onex_tools.starter import rule_text

    if not code:
        families = sorted({info.family for info in session.catalogue.rules.values()})
        raise click.UsageError(f"--code is needed: a family ({', '.join(families)}) or a code.")
    start = start._replace(code=_free_code(session, code, []))
    folder = os.path.relpath(os.path.join(session.root, BUILT_IN))
    path = os.path.join(folder, f"{start.module}.py")
    commands = (
        f"python -m pytest tests/plugins/test_builtin.py -k {start.code}",
        f"onex rules {start.code}",
        "make gen",
    )
    return Plan({path: rule_text(start)}, "", commands)


def _into_repository(session: Session, start: Starter, code: str | None, folder: str) -> Plan:
    from onex_tools.config.reference import as_toml
    from onex_tools.starter import local_test, rule_text

    start = start._replace(code=_free_code(session, code or "LOC", [folder]))
    path = os.path.join(folder, f"{start.module}.py")
    test = os.path.join(folder, f"test_{start.module}.py")
    shown = os.path.relpath(os.path.abspath(path), session.root).replace(os.sep, "/")
    if shown.startswith("../"):
        raise click.UsageError(f"{folder}: it is not below the root {session.root}.")
    entries = [*session.config.local_rules, shown]
    listed = as_toml(list(dict.fromkeys(entries)))
    note = f"Set in {_top(session)}:\n  local-rules = {listed}"
    commands = (
        f"python -m pytest {test}",
        f"onex trust {path}",
        f"onex validate --select {start.code}",
    )
    return Plan({path: rule_text(start), test: local_test(start)}, note, commands)


def _into_plugin(session: Session, start: Starter, code: str | None, folder: str) -> Plan:
    from onex_tools.starter import package_files, rule_text

    package = _package_in(folder)
    letters = re.sub("[^A-Z]", "", os.path.basename(os.path.abspath(folder)).upper())[:3]
    family = code or letters.ljust(3, "X")
    if package:
        start = start._replace(code=_free_code(session, family, [package]))
        files = {os.path.join(package, f"{start.module}.py"): rule_text(start)}
        name = os.path.basename(package)
    else:
        name = re.sub(r"[^a-z0-9]+", "_", os.path.basename(os.path.abspath(folder)).lower())
        if not name.strip("_").isidentifier():
            raise click.UsageError(f"{folder}: a package cannot be called {name!r}.")
        name = name.strip("_")
        start = start._replace(code=_free_code(session, family, []))
        texts = package_files(start, name)
        files = {os.path.join(folder, path): text for path, text in texts.items()}
    commands = (
        f"python -m pip install --editable {folder}",
        f"python -m pytest {folder}",
        f"onex validate --select {start.code}",
    )
    plugins = ", ".join(f'"{word}"' for word in dict.fromkeys((*_others(session), name)))
    note = f"Set in {_top(session)}:\n  plugins = [{plugins}]"
    return Plan(files, note, commands)


def _top(session: Session) -> str:
    """Where keys of the configuration stand that belong to no section."""
    config = session.config
    return config.place() if config.table() else f"{config.file}, above the first [table]"


def _others(session: Session) -> list[str]:
    from onex_tools.registry import DEFAULT_PLUGIN

    return [name for name in session.config.plugins if name != DEFAULT_PLUGIN]


def _package_in(folder: str) -> str:
    """The folder of the package that the distribution in ``folder`` offers as a plugin, or ""."""
    import tomllib

    from onex_tools.registry import GROUP

    project = os.path.join(folder, "pyproject.toml")
    if not os.path.exists(project):
        return ""
    try:
        with open(project, "rb") as stream:
            points = tomllib.load(stream)["project"]["entry-points"][GROUP]
        module = str(next(iter(points.values()))).partition(":")[0].replace(".", os.sep)
    except (KeyError, TypeError, AttributeError, StopIteration, tomllib.TOMLDecodeError):
        raise click.UsageError(f"{project} has no entry point in the group {GROUP!r}.") from None
    for base in (folder, os.path.join(folder, "src")):
        if os.path.isdir(os.path.join(base, module)):
            return os.path.join(base, module)
    raise click.UsageError(f"{project} names the package {module!r}, which is not in {folder}.")


def _free_code(session: Session, wanted: str, folders: Iterable[str]) -> str:
    """``wanted``, or the next free code of that family; what stands in ``folders`` is taken too."""
    from onex_tools.starter import CODE

    taken = {*session.catalogue.rules, *(code for folder in folders for code in _codes_in(folder))}
    if re.fullmatch("[A-Z]{3}", wanted):
        numbers = [int(code[3:]) for code in taken if code.startswith(wanted)]
        wanted = f"{wanted}{max(numbers, default=0) + 1:03}"
    if not CODE.match(wanted):
        raise click.UsageError(f"{wanted!r}: a code is three capital letters and three digits.")
    if wanted in taken:
        raise click.UsageError(f"{wanted} belongs to another rule; codes are never used again.")
    return wanted


def _codes_in(folder: str) -> Iterable[str]:
    """The codes in the Python files of ``folder``: their rules may not be loaded."""
    if not os.path.isdir(folder):
        return
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py"):
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as stream:
                yield from _WRITTEN_CODE.findall(stream.read())


def _write(files: Mapping[str, str]) -> None:
    """Write all of ``files``, or none if one is there already."""
    there = [path for path in files if os.path.lexists(path)]
    if there:
        raise click.UsageError(f"{there[0]} is there already; nothing was written.")
    for path, text in files.items():
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
