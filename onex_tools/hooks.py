"""The pre-commit hooks on offer, as data; `.pre-commit-hooks.yaml` is made from it."""

from __future__ import annotations

from typing import NamedTuple

MINIMUM_PRE_COMMIT = "3.2.0"
"""The first release that knows the stage names used here."""


class Hook(NamedTuple):
    """One hook: ``pass_filenames`` says whether it gets the staged files or sees the whole tree.

    ``types`` says which files, in the words of `identify`: of every one of them, or, for
    ``types_or``, of one at least. ``needs`` is what is installed besides.
    """

    id: str
    name: str
    description: str
    entry: str
    pass_filenames: bool
    stages: tuple[str, ...] = ("pre-commit", "pre-push", "manual")
    types: str = "text"
    types_or: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


HOOKS = (
    Hook(
        "onex-validate",
        "onex validate (files)",
        "Every rule that judges a single file, on the files of the commit.",
        "onex validate --scope file --quiet",
        True,
    ),
    Hook(
        "onex-validate-tree",
        "onex validate (tree)",
        "Every rule that judges the repository as a whole; from the cache where nothing changed.",
        "onex validate --scope tree --quiet",
        False,
    ),
    Hook(
        "onex-secrets",
        "onex validate (secrets)",
        "Every rule on secrets on the files of the commit, and nothing else.",
        "onex validate --scope file --quiet --select SEC",
        True,
    ),
    Hook(
        "onex-fix",
        "onex validate --fix",
        "Mend what has a safe fix; the commit stops so that you can look and add it.",
        "onex validate --scope file --quiet --fix",
        True,
    ),
    Hook(
        "onex-format",
        "onex format",
        "Bring the Python files of the commit into their one form; the commit stops so that you "
        "can look and add it.",
        "onex format --quiet",
        True,
        types_or=("python", "pyi"),
        needs=(".[format]",),
    ),
    Hook(
        "onex-format-check",
        "onex format --check",
        "Say which Python files of the commit are not in their form, and what flake8 finds; "
        "nothing is written.",
        "onex format --check --quiet",
        True,
        types_or=("python", "pyi"),
        needs=(".[format]",),
    ),
    Hook(
        "onex-stamp",
        "onex stamp",
        "Give the files of the commit a right stamp and add them, so that nobody commits twice; "
        "the last of the hooks that write.",
        "onex stamp --update-index --quiet",
        True,
        ("pre-commit", "pre-merge-commit", "manual"),
        "file",  # the lock and sidecars are for files that are no text
    ),
    Hook(
        "onex-stamp-check",
        "onex stamp --check",
        "Say which files of the commit have no right stamp; nothing is written.",
        "onex stamp --check --quiet",
        True,
        types="file",
    ),
)


def render() -> str:
    """The text of `.pre-commit-hooks.yaml`."""
    lines = ["# Made by `make gen` from onex_tools/hooks.py: do not edit."]
    for hook in HOOKS:
        lines += [
            f"- id: {hook.id}",
            f"  name: {hook.name}",
            f"  description: {hook.description}",
            f"  entry: {hook.entry}",
            "  language: python",
            f"  pass_filenames: {str(hook.pass_filenames).lower()}",
            "  require_serial: true",
            f"  stages: [{', '.join(hook.stages)}]",
            f"  minimum_pre_commit_version: {MINIMUM_PRE_COMMIT}",
        ]
        if hook.needs:
            lines.append(f"  additional_dependencies: [{', '.join(map(repr, hook.needs))}]")
        lines.append(which(hook))
    return "\n".join(lines) + "\n"


def which(hook: Hook) -> str:
    """The line that says which files the hook gets."""
    if not hook.pass_filenames:
        return "  always_run: true"
    if hook.types_or:
        return f"  types_or: [{', '.join(hook.types_or)}]"
    return f"  types: [{hook.types}]"
