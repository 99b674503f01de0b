"""Format whole trees, and compare each file with what it was and with isort and black by hand.

python -m bench.formatted               Python's own library and Django's source distribution
python -m bench.formatted FOLDER ...    other trees

Every Python file of a tree is copied, with settings that are the same for everybody. One copy is
formatted by ``onex format``, the other by isort and then black. The comparison is this module's own
and shares nothing with the proof that onex makes before it writes: it looks at syntax trees, at the
words of all comments, at bytes, and at what a second run would change.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import shutil
import subprocess
import sys
import sysconfig
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import django
from bench.corpus import commit
from bench.format import SETTINGS
from bench.lab import Lab

_ROW = re.compile(r"^(?P<path>.+?):\d+:\d+: \w+\[(?P<code>FMT\d+)\]", re.MULTILINE)
_CODES = ("FMT002", "FMT030")


class Verdict(NamedTuple):
    """What became of one tree; every field but the first four holds paths."""

    name: str
    files: int
    changed: int
    exits: tuple[int, int]
    refused: Sequence[str]
    headers: Sequence[str]
    other_meaning: Sequence[str]
    lost_words: Sequence[str]
    other_bytes: Sequence[str]
    changed_again: Sequence[str]


def main() -> None:
    """Print a row for every tree, and below it the files that are not as they should be."""
    parser = argparse.ArgumentParser(prog="python -m bench.formatted", description=__doc__)
    parser.add_argument("trees", nargs="*", type=Path, metavar="FOLDER")
    trees = parser.parse_args().trees
    lab = Lab()
    library = Path(sysconfig.get_paths()["stdlib"])
    for tree in trees or (library, django.tree(lab)):
        verdict = judge(lab, tree)
        print(" | ".join(_cells(verdict)), flush=True)
        for name in ("refused", "other_meaning", "lost_words", "other_bytes", "changed_again"):
            for path in getattr(verdict, name):
                print(f"  {name}: {path}", flush=True)


def judge(lab: Lab, tree: Path) -> Verdict:
    """Format two copies of ``tree``, one with onex and one by hand, and compare."""
    place = lab.work / "formatted"
    shutil.rmtree(place, ignore_errors=True)
    before, ours, hand = (place / name for name in ("before", "ours", "hand"))
    paths = sorted(_copy(tree, before))
    commit(before)
    for other in (ours, hand):
        shutil.copytree(before, other)
    found, _ = _onex(lab, ours, "--check")
    _, first = _onex(lab, ours)
    _, second = _onex(lab, ours, "--check")
    _by_hand(lab, hand)
    changed = [p for p in paths if (before / p).read_bytes() != (ours / p).read_bytes()]
    refused = found["FMT030"]
    again = shutil.copytree(ours, place / "again")
    _onex(lab, again)
    return Verdict(
        tree.name,
        len(paths),
        len(changed),
        (first, second),
        refused,
        found["FMT002"],
        [p for p in changed if not _same_meaning(before / p, ours / p)],
        [p for p in changed if _words(before / p) - _words(ours / p)],
        [
            p
            for p in paths
            if p not in refused and (ours / p).read_bytes() != (hand / p).read_bytes()
        ],
        [p for p in paths if (ours / p).read_bytes() != (again / p).read_bytes()],
    )


def _cells(verdict: Verdict) -> Iterator[str]:
    yield verdict.name
    yield f"{verdict.files:,} files"
    yield f"{verdict.changed:,} changed"
    yield f"exit codes {verdict.exits}"
    for name in verdict._fields[4:]:
        yield f"{name} {len(getattr(verdict, name))}"


def _copy(tree: Path, place: Path) -> Iterator[str]:
    """Copy the Python files of ``tree``; their paths below it."""
    for path in tree.rglob("*.py"):
        inside = path.relative_to(tree)
        if "site-packages" in inside.parts or not path.is_file():
            continue
        (place / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place / inside)
        yield str(inside)
    for name, text in SETTINGS.items():
        (place / name).write_text(text, encoding="utf-8")


def _onex(lab: Lab, folder: Path, *options: str) -> tuple[dict[str, list[str]], int]:
    """The paths with each code that ``onex format`` reports, and its exit code."""
    words = [lab.onex, "format", "--no-lint", "--show-all", "--output-format", "concise"]
    done = subprocess.run(
        [*words, *options],
        cwd=folder,
        env=lab.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        sys.exit(f"onex format failed over {folder}: {done.stderr[-2000:]}")
    found: dict[str, list[str]] = {code: [] for code in _CODES}
    for row in _ROW.finditer(done.stdout):
        found.setdefault(row["code"], []).append(row["path"])
    return found, done.returncode


def _by_hand(lab: Lab, folder: Path) -> None:
    for tool in ("isort", "black"):
        subprocess.run(
            [lab.own(tool), "--quiet", "."],
            cwd=folder,
            env=lab.environment(),
            capture_output=True,
            check=False,
        )


def _same_meaning(before: Path, after: Path) -> bool:
    return _meaning(before) == _meaning(after)


def _meaning(path: Path) -> tuple[str, set[str]]:
    """The syntax tree without imports and white space at the ends of docstrings' lines; imports."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = ast.parse(path.read_bytes())
    imported: set[str] = set()
    for node in ast.walk(module):
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if isinstance(statements, list):
                setattr(node, name, list(_plain(statements, imported)))
        if isinstance(node, ast.Constant):
            node.kind = None  # black takes the prefix `u` away
        if isinstance(node, ast.Delete):
            node.targets = [part for target in node.targets for part in _flat(target)]
    return ast.dump(module), imported


def _plain(statements: Sequence[ast.stmt], imported: set[str]) -> Iterator[ast.stmt]:
    for at, statement in enumerate(statements):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            source = getattr(statement, "module", None)
            level = getattr(statement, "level", 0)
            imported |= {f"{level} {source} {a.name} {a.asname}" for a in statement.names}
            continue
        value = getattr(statement, "value", None)
        if at == 0 and isinstance(value, ast.Constant) and isinstance(value.value, str):
            value.value = "\n".join(line.strip() for line in value.value.strip().splitlines())
        yield statement


def _flat(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple) else [target]


def _words(path: Path) -> set[str]:
    """The words of all comments of a file."""
    tokens = tokenize.tokenize(io.BytesIO(path.read_bytes()).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return {word for comment in comments for word in re.split(r"[\s;#]+", comment)}


if __name__ == "__main__":
    main()
