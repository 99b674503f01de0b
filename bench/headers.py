"""The public tools that check and write headers of files, and the lists of files they are given.

``reuse`` is the REUSE project's tool. ``insert-license`` is the hook of Lucas-C/pre-commit-hooks in
the form that the registry has, ``insert-license-header``: that repository itself is in no registry.
``pyaddlicense`` is addlicense written anew in Python; the Go program is not in the registry either.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import NamedTuple

from bench.corpus import NOUNS
from bench.lab import Lab
from bench.mixed import HOLDER, KINDS, LICENCE, SPDX

TOOLS = ("reuse", "insert-license-header", "pyaddlicense")
"""Their packages, for the line below a table."""
REUSE = "reuse lint"
INSERT_LICENSE = "insert-license"
ADDLICENSE = "pyaddlicense --check"


class Header(NamedTuple):
    """How ``insert-license`` is told what a header looks like in some kinds of file."""

    endings: tuple[str, ...]
    options: tuple[str, ...]


def _headers() -> list[Header]:
    styles: dict[tuple[str, str, str], list[str]] = {}
    for kind in KINDS:
        styles.setdefault(kind.comment, []).append(kind.ending)
    return [
        Header(tuple(endings), _options(*(part.strip() for part in comment)))
        for comment, endings in styles.items()
    ]


def _options(opening: str, line: str, closing: str) -> tuple[str, ...]:
    """A comment in three parts; where nothing leads a line, no blank does either."""
    comment = ("--comment-style", f"{opening}|{line}|{closing}")
    return comment if line else (*comment, "--no-space-in-comment-prefix")


def insert_license(lab: Lab, name: str, paths: Iterable[str]) -> list[str]:
    """The command that has every file of ``paths`` looked at, with one call for each style.

    A hook is configured like that, one entry for each style, and is given as many files at once as
    a command line can hold.
    """
    licence = lab.work / "licence.txt"
    licence.write_text("".join(f"{line}\n" for line in SPDX), encoding="utf-8")
    fixed = ["--license-filepath", str(licence), "--detect-license-in-X-top-lines", "40"]
    listed, calls = list(paths), []
    for number, header in enumerate(_headers()):
        mine = [path for path in listed if path.endswith(header.endings)]
        words = [lab.tool("insert-license"), *fixed, *header.options]
        if len(listed) == 1 and mine:
            return [*words, *mine]
        names = lab.work / f"{name}-{number}.txt"
        names.write_bytes(b"".join(path.encode() + b"\0" for path in mine))
        calls.append(f"xargs -0 {shlex.join(words)} < {shlex.quote(str(names))} || code=1\n")
    script = lab.work / f"{name}.sh"
    script.write_text("".join(["code=0\n", *calls, "exit $code\n"]), encoding="utf-8")
    return ["sh", str(script)]


def annotate(lab: Lab) -> list[str]:
    """The command that gives every file below the folder the header, by ``reuse``."""
    year, _, holder = HOLDER.partition(" ")
    what = ["--copyright", holder, "--year", year, "--license", LICENCE]
    folders = [f"{noun}s" for noun in NOUNS[:25]]
    return [lab.tool("reuse"), "annotate", *what, "--recursive", *folders]


def addlicense(lab: Lab, *paths: str) -> list[str]:
    """The command that checks for headers in all ``paths``; unknown kinds it passes over."""
    return [lab.tool("pyaddlicense"), "--check", "--silent", "-o", "Example", *paths]
