"""Compare the missing-docstring rules with ruff's D1: file, line, column and code.

python bench/docstrings.py                    Python's own standard library
python bench/docstrings.py --django           also Django's source distribution, from PyPI
python bench/docstrings.py FOLDER ...         any other trees
"""

from __future__ import annotations

import argparse
import ast
import gc
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from blake3 import blake3

from onex_tools.api import Validator
from onex_tools.source import ParseFailure, SourceFile
from onex_validators.docstrings import settings as docstring_settings
from onex_validators.docstrings.presence import missing as docstring_presence

WORK = Path(__file__).resolve().parent.parent / ".bench"
DJANGO = "5.2.8"
LIKE_RUFF = {
    "magic": True,
    "init": True,
    "tests": True,
    "generated": True,
    "documentation": True,
    "empty": True,
    "computed_all": False,
    "option_classes": (),
}
"""The settings under which the rules ask for what ``ruff check --select D1`` asks for."""


class Place(NamedTuple):
    """One missing docstring: file, line and column of the name, and ruff's code."""

    path: str
    line: int
    column: int
    code: str


@dataclass(slots=True)
class Agreement:
    """What two tools say of the files that both of them can read."""

    files: int
    unread: set[str]
    ours: set[Place]
    theirs: set[Place]

    @property
    def precision(self) -> float:
        """The share of our findings that ruff has too."""
        return len(self.ours & self.theirs) / max(len(self.ours), 1)

    @property
    def recall(self) -> float:
        """The share of ruff's findings that we have too."""
        return len(self.ours & self.theirs) / max(len(self.theirs), 1)


class Services:
    """The hasher and the parser, without the limits that the engine sets."""

    def digest(self, data: bytes) -> str:
        """64 hexadecimal digits of BLAKE3."""
        return blake3(data).hexdigest()

    def parse(self, language: str, file: SourceFile) -> Any:
        """The syntax tree of ``file``; ParseFailure where Python refuses it."""
        try:
            return ast.parse(file.data)
        except (SyntaxError, ValueError, RecursionError) as error:
            raise ParseFailure(language, str(error)) from None

    def comments(self, kind: str) -> None:
        """No plugin says how any kind comments."""


def rules(options: docstring_settings.Docstrings) -> list[Any]:
    """An instance of every rule of the module."""
    found = vars(docstring_presence).values()
    classes = [rule for rule in found if isinstance(rule, type) and issubclass(rule, Validator)]
    return [rule(options) for rule in classes if rule.code]


def our_places(tree: Path, paths: Sequence[str]) -> tuple[set[Place], set[str]]:
    """What our rules find, and the files that they cannot read."""
    checks = rules(docstring_settings.Docstrings(**LIKE_RUFF))
    places: set[Place] = set()
    unread: set[str] = set()
    for path in paths:
        file = SourceFile(path, "python", (tree / path).read_bytes(), Services())
        try:
            for check in checks:
                for finding in check.check(file) if check.aliases[0].startswith("D1") else ():
                    at = finding.location
                    places.add(Place(path, at.line, at.column, check.aliases[0]))
        except ParseFailure:
            unread.add(path)
    return places, unread


def ruff(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the ruff of this environment, without anybody's configuration."""
    command = [str(Path(sysconfig.get_path("scripts")) / "ruff"), "check", "--isolated"]
    version = f"py3{min(sys.version_info.minor, 14)}"
    command += ["--no-cache", "--no-respect-gitignore", "--target-version", version, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def their_places(tree: Path) -> tuple[set[Place], set[str]]:
    """What ``ruff check --select D1`` finds, and the files that it cannot read."""
    run = ruff("--select", "D1", "--ignore-noqa", "--output-format", "json", str(tree))
    places: set[Place] = set()
    unread: set[str] = set()
    for row in json.loads(run.stdout):
        path = os.path.relpath(row["filename"], tree)
        code = row["code"] or ""
        if code.startswith("D1"):
            at = row["location"]
            places.add(Place(path, at["row"], at["column"], code))
        else:
            unread.add(path)
    for line in run.stderr.splitlines():
        _, failed, rest = line.partition("Failed to lint ")
        if failed:
            unread.add(os.path.relpath(rest.rpartition(".py")[0] + ".py", tree))
    return places, unread


def agreement(tree: Path) -> Agreement:
    """Compare our findings with ruff's over the files that ruff finds below ``tree``."""
    tree = tree.resolve()
    listed = ruff("--show-files", str(tree)).stdout.splitlines()
    paths = sorted(os.path.relpath(line, tree) for line in listed if line.endswith(".py"))
    ours, ours_unread = our_places(tree, paths)
    theirs, theirs_unread = their_places(tree)
    unread = ours_unread | theirs_unread
    return Agreement(
        len(paths),
        unread,
        {place for place in ours if place.path not in unread},
        {place for place in theirs if place.path not in unread},
    )


def source_files(tree: str) -> Iterator[tuple[str, bytes]]:
    """The path below ``tree`` and the bytes of each Python file."""
    for folder, _, names in os.walk(tree):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(".py"):
                with open(path, "rb") as stream:
                    yield os.path.relpath(path, tree), stream.read()


def parse_only(tree: str) -> None:
    """The floor: read every file and let Python parse it."""
    for path, data in source_files(tree):
        try:
            Services().parse("python", SourceFile(path, "python", data, Services()))
        except ParseFailure:
            continue


def presence(tree: str) -> None:
    """Read every file, parse it and run the rules, with the settings that equal ruff's."""
    checks = rules(docstring_settings.Docstrings(**LIKE_RUFF))
    found = 0
    for path, data in source_files(tree):
        file = SourceFile(path, "python", data, Services())
        try:
            found += sum(1 for check in checks for _ in check.check(file))
        except ParseFailure:
            continue
    print(found)


CHILDREN: dict[str, Callable[[str], None]] = {"parse": parse_only, "presence": presence}


def prepare(tree: Path, copy: Path) -> None:
    """Copy the Python files below ``tree``, and write a configuration that equals ruff's.

    The copy stands outside of any repository, whose ignore rules would leave files out. A file
    that Python cannot parse is left out for all: interrogate ends at it with a traceback.
    """
    for path, data in source_files(str(tree)):
        try:
            Services().parse("python", SourceFile(path, "python", data, Services()))
        except ParseFailure:
            continue
        target = copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    lines = [f"{name} = {json.dumps(value)}" for name, value in LIKE_RUFF.items()]
    (copy / "onex.toml").write_text("\n".join(["[docstrings]", *lines, ""]), encoding="utf-8")


def print_agreement(tree: Path) -> None:
    """Print how far our findings are ruff's, and each one that is not."""
    found = agreement(tree)
    print(f"{tree}: {found.files} files, {len(found.unread)} unread by one of the two")
    print(f"  ours {len(found.ours)}, ruff {len(found.theirs)}", end=", ")
    print(f"precision {found.precision:.5f}, recall {found.recall:.5f}")
    for sign, places in (("+", found.ours - found.theirs), ("-", found.theirs - found.ours)):
        for place in sorted(places):
            print(f"  {sign} {place.path}:{place.line}:{place.column} {place.code}")


def django() -> Path:
    """The folder of Django's source distribution, downloaded once."""
    folder = WORK / f"django-{DJANGO}"
    if not folder.exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "-d", str(WORK), f"Django=={DJANGO}"], check=True)
        with tarfile.open(WORK / f"django-{DJANGO}.tar.gz") as archive:
            archive.extractall(WORK, filter="data")
    return folder


def main() -> None:
    """Read the arguments, compare and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("trees", nargs="*", type=Path)
    parser.add_argument("--django", action="store_true", help="also Django's sdist, from PyPI")
    parser.add_argument("--child", choices=sorted(CHILDREN), help=argparse.SUPPRESS)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    gc.disable()
    if options.child:
        CHILDREN[options.child](str(options.trees[0]))
        return
    trees = options.trees or [Path(sysconfig.get_path("stdlib"))]
    for tree in [*trees, *([django()] if options.django else [])]:
        print_agreement(tree)


if __name__ == "__main__":
    main()
