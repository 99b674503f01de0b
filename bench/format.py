"""`onex format` against isort, black and flake8 run one after another, over Django."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench import django
from bench.corpus import commit
from bench.lab import Command, Lab, Row

TOOLS = ()
OWN = ("black", "isort", "flake8", "libcst")
"""The tools of the very environment that onex runs in: both sides run the same code."""
ISORT, BLACK, FLAKE8 = "isort --check", "black --check", "flake8"
WARM_BLACK, WARM_FLAKE8 = "black --check, warm", "flake8, which has no cache"
OURS, BLACKS = "onex-cache", "black-cache"
HOOK = "django/db/models/query_utils.py"
"""A file of some size, which is in its final form."""

SETTINGS = {
    "pyproject.toml": '[tool.black]\n\n[tool.isort]\nprofile = "black"\n',
    ".flake8": "[flake8]\nmax-line-length = 88\nextend-ignore = E203,E701\n",
}
"""black's defaults, and what its documentation says for the other two."""
LEFT_OUT = (
    *("setup.cfg", "tox.ini", ".isort.cfg", ".editorconfig"),
    "tests/test_runner_apps/tagged/tests_syntax_error.py",
)
"""The settings of Django's own, and a file that is no valid Python: black ends with an error."""


def run(lab: Lab) -> list[Row]:
    """Cold, warm, and one file as a hook calls them."""
    folder = tree(lab)
    hook = lab.compare(folder, _hook(lab), 9)  # first: it has all byte code written
    cold = lab.compare(folder, _cold(lab), 3, warmups=0)  # each takes minutes
    return [*cold, *lab.compare(folder, _warm(lab), 7), *hook]


def tree(lab: Lab) -> Path:
    """Django's source distribution with settings that are the same for everybody."""
    folder = lab.work / "format" / "django"
    if not (folder / ".git" / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(django.tree(lab), folder, ignore=shutil.ignore_patterns(".git"))
        for name in LEFT_OUT:
            (folder / name).unlink(missing_ok=True)
        for name, text in SETTINGS.items():
            (folder / name).write_text(text, encoding="utf-8")
        commit(folder)
    return folder


def _cold(lab: Lab) -> list[Command]:
    """Nothing is remembered, by black or by us."""
    ours = [lab.onex, "format", "--check", "--quiet"]
    forget, black_forgets = partial(_forget, lab, OURS), partial(_forget, lab, BLACKS)
    return [
        _command("`onex format --check`", ours, (ISORT, BLACK, FLAKE8), forget, limit=1.0),
        _command(ISORT, [lab.own("isort"), "--check", "--quiet", "."]),
        _command(BLACK, [lab.own("black"), "--check", "--quiet", "."], before=black_forgets),
        _command(FLAKE8, [lab.own("flake8"), "."]),
    ]


def _warm(lab: Lab) -> list[Command]:
    """The tree is as it was in the run before."""
    ours = [lab.onex, "format", "--check", "--quiet"]
    return [
        _command("`onex format --check`, warm", ours, (WARM_BLACK,), limit=1.0),
        _command(WARM_BLACK, [lab.own("black"), "--check", "--quiet", "."]),
    ]


def _hook(lab: Lab) -> list[Command]:
    """One file that has just been changed, so that nobody remembers it."""
    forget = partial(_forget, lab, OURS, BLACKS)
    ours = [lab.onex, "format", "--check", "--quiet", HOOK]
    parts = [f"{name}, one file" for name in (ISORT, BLACK, FLAKE8)]
    words = (
        [lab.own("isort"), "--check", "--quiet", HOOK],
        [lab.own("black"), "--check", "--quiet", HOOK],
        [lab.own("flake8"), HOOK],
    )
    return [
        _command("`onex format --check`, one file", ours, parts, forget, limit=1.0),
        *(_command(n, w, before=forget) for n, w in zip(parts, words, strict=True)),
    ]


def _command(
    name: str,
    words: Sequence[str],
    base: Sequence[str] = (),
    before: Callable[[], None] | None = None,
    limit: float = 0.0,
) -> Command:
    """A command that may find something."""
    return Command(name, words, base, limit=limit, exits=(0, 1), before=before)


def _forget(lab: Lab, *caches: str) -> None:
    for name in caches:
        shutil.rmtree(lab.work / name, ignore_errors=True)
