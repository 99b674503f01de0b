"""Compare all docstring rules with ruff, pydocstyle and pydoclint, code by code.

python -m bench.peers                        every suite over Python's own standard library
python -m bench.peers --django FOLDER ...    over Django's source distribution and other trees
python -m bench.peers --suite ruff,pydoclint-google --code D205,D4 --differ 20

A suite is a tool under a convention: ``ruff`` and ``pydocstyle`` (all their codes), each also with
``-google``, ``-numpy`` and ``-pep257``; ``pydoclint-google``, ``-numpy`` and ``-sphinx``. ``--suite
ruff`` means that one suite, ``--suite ruff-`` all that begin like this.

What is compared:
- Each tool looks at a copy of the tree's Python files, without any configuration, and with the word
  ``noqa`` taken out, so that nothing is silenced. Files that one of both cannot read count for
  neither. What the others say is kept in ``.bench/peers`` under their version and the tree's bytes.
- A finding is (path, definition, code): the innermost definition that has the finding's line.
  The tools report the same fault at the name, at the quotes or at the line inside; all agree on
  which docstring it is about. A definition can have a code several times (a fault in each of
  three sections); of the codes that one tool reports per docstring and another per line or name
  (``ONCE``) only whether there is any is compared.
- Our code counts as each of its aliases that the other tool has.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from blake3 import blake3

from bench import docstrings
from bench.lab import Lab
from onex_tools.api import ParseFailure, SourceFile, Validator, rules_in
from onex_validators.docstrings.settings import Docstrings

PLACE = docstrings.WORK / "peers"
ONCE = re.compile(r"D20[78]|D417|DOC\d+")
"""The codes that are counted once a definition."""
RULES = "onex_validators.docstrings"
MODULE = 0
"""Where the first line of a definition is asked for, the module's."""
_NOQA = re.compile(rb"(?i)noqa")
_FINDINGS = {
    "pydocstyle": re.compile(r"(?P<path>.+?\.py):(?P<line>\d+)(?: .*|:)\n +(?P<code>D\d+): "),
    "pydoclint": re.compile(r"(?P<path>.+?\.py):(?P<line>\d+): (?P<code>DOC\d+): "),
}
_AT_ONCE = 100
_RUFF_FAILED = re.compile(r"Failed to \w+ (.+?\.py)\b")
_PYDOCSTYLE_FAILED = re.compile(r"Error in file (.+?\.py): ")
_PYDOCLINT_UNREAD = "DOC002"

Row = tuple[str, int, str]
"""A finding as a tool gives it: path, line, code."""


class Said(NamedTuple):
    """What a tool says about a tree, and the files that it cannot read."""

    rows: list[Row]
    unread: set[str]


class Suite(NamedTuple):
    """A tool under a convention.

    Attributes:
        name: the tool's and the convention's; the convention can be empty.
        ask: runs the tool over a tree for a convention.
        codes: the codes that it can report under a convention.
        settings: ours, under which we ask for what it asks for.
    """

    name: str
    ask: Callable[[Path, str], Said]
    codes: Callable[[str], frozenset[str]]
    settings: Mapping[str, Any]

    @property
    def tool(self) -> str:
        """The name of its console script."""
        return self.name.partition("-")[0]

    @property
    def convention(self) -> str:
        """The convention, or nothing: all codes."""
        return self.name.partition("-")[2]


def ask_ruff(tree: Path, convention: str) -> Said:
    """The D and DOC codes of ruff, previews too.

    Two pairs of codes exclude each other, so that it takes a second run to have all of them.
    """
    if convention:
        return _ruff(tree, "D,DOC", "--config", f'lint.pydocstyle.convention="{convention}"')
    first, second = _ruff(tree, "D,DOC"), _ruff(tree, "D203,D213")
    return Said(first.rows + second.rows, first.unread | second.unread)


def _ruff(tree: Path, codes: str, *more: str) -> Said:
    options = ("--preview", "--ignore-noqa", "--config", "exclude=[]", "--output-format", "json")
    run = docstrings.ruff("--select", codes, *options, *more, str(tree))
    said = Said([], {_below(tree, path) for path in _RUFF_FAILED.findall(run.stderr)})
    for row in json.loads(run.stdout):
        path, code = _below(tree, row["filename"]), row["code"] or ""
        if re.fullmatch(r"D(OC)?\d+", code):
            said.rows.append((path, row["location"]["row"], code))
        else:
            said.unread.add(path)
    return said


def _below(tree: Path, path: str) -> str:
    # Of a file that it cannot read ruff gives the path from the working folder.
    return Path(os.path.relpath(path, tree)).as_posix()


def ask_pydocstyle(tree: Path, convention: str) -> Said:
    """The codes of pydocstyle; the convention only leaves some out."""
    if convention:
        everything, kept = remembered(SUITES["pydocstyle"], tree), pydocstyle_codes(convention)
        return Said([row for row in everything.rows if row[2] in kept], everything.unread)
    options = ["--select=D", "--match=.*", "--match-dir=.*"]
    return _printed("pydocstyle", options, tree)


def ask_pydoclint(tree: Path, convention: str) -> Said:
    """The codes of pydoclint under its default options."""
    options = ["--quiet", f"--style={convention}", "--show-filenames-in-every-violation-message=1"]
    rows, crashed = _printed("pydoclint", options, tree)
    unread = {path for path, _, code in rows if code == _PYDOCLINT_UNREAD}
    return Said([row for row in rows if row[2] != _PYDOCLINT_UNREAD], unread | crashed)


def _printed(tool: str, options: Sequence[str], tree: Path) -> Said:
    """What ``tool`` prints on both streams about the Python files of ``tree``.

    A file that it crashes on is found by asking for ever fewer files at once.
    """
    said = Said([], set())
    paths = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*.py"))
    pending = [paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE)]
    while pending:
        asked = pending.pop()
        words = [Lab().tool(tool), *options, *asked]
        run = subprocess.run(words, cwd=tree, capture_output=True, check=False)
        printed = (run.stdout + b"\n" + run.stderr).decode("utf-8", "replace")
        if "Traceback (most recent call last)" not in printed:
            found = _FINDINGS[tool].finditer(printed)
            said.rows.extend((m["path"], int(m["line"]), m["code"]) for m in found)
            said.unread.update(_PYDOCSTYLE_FAILED.findall(printed))
        elif len(asked) == 1:
            said.unread.add(asked[0])
        else:
            half = len(asked) // 2
            pending += [asked[:half], asked[half:]]
    return said


@cache
def ruff_codes(_convention: str) -> frozenset[str]:
    """Every D and DOC code of ruff."""
    ruff = str(Path(sysconfig.get_path("scripts")) / "ruff")
    command = [ruff, "rule", "--all", "--output-format", "json"]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    codes = (rule["code"] or "" for rule in listed)
    return frozenset(code for code in codes if re.fullmatch(r"D(OC)?\d+", code))


@cache
def pydocstyle_codes(convention: str) -> frozenset[str]:
    """The codes that pydocstyle has under ``convention``, or at all."""
    asks = "from pydocstyle.violations import all_errors, conventions; print(*"
    lab = Lab()
    told = f"conventions[{convention!r}])" if convention else "all_errors)"
    return frozenset(lab.output(lab.work, [lab.tool("python"), "-c", asks + told]).split())


def pydoclint_codes(_convention: str) -> frozenset[str]:
    """Any DOC code: it publishes no list."""
    return frozenset(f"DOC{number}" for number in range(100, 1000))


LIKE_PYDOCLINT: Mapping[str, Any] = docstrings.LIKE_RUFF
LIKE_PYDOCSTYLE: Mapping[str, Any] = {**docstrings.LIKE_RUFF, "summary_line": True}
CONVENTIONS = ("", "google", "numpy", "pep257")
SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        *(
            Suite(f"ruff-{name}".rstrip("-"), ask_ruff, ruff_codes, docstrings.LIKE_RUFF)
            for name in CONVENTIONS
        ),
        *(
            Suite(
                f"pydocstyle-{name}".rstrip("-"),
                ask_pydocstyle,
                pydocstyle_codes,
                LIKE_PYDOCSTYLE,
            )
            for name in CONVENTIONS
        ),
        *(
            Suite(f"pydoclint-{name}", ask_pydoclint, pydoclint_codes, LIKE_PYDOCLINT)
            for name in ("google", "numpy", "sphinx")
        ),
    )
}


def copied(tree: Path) -> Path:
    """A copy of the Python files below ``tree``, made once, where no ``noqa`` silences anything."""
    files = sorted(
        (path, _NOQA.sub(b"n_qa", data))
        for path, data in docstrings.source_files(str(tree))
        if "site-packages" not in path
    )
    hasher = blake3()
    for path, data in files:
        hasher.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        hasher.update(data)
    copy = PLACE / "trees" / hasher.hexdigest()[:16]
    if not (copy / "complete").exists():
        for path, data in files:
            target = copy / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        (copy / "complete").write_text("")
    return copy


def remembered(suite: Suite, copy: Path) -> Said:
    """What ``suite`` says about ``copy``, asked once for each version of the tool."""
    kept = PLACE / f"{suite.name}-{_version(suite.tool)}-{copy.name}.json"
    if not kept.exists():
        print(f"  asking {suite.name} ...", file=sys.stderr, flush=True)
        said = suite.ask(copy, suite.convention)
        kept.write_text(json.dumps([said.rows, sorted(said.unread)]), encoding="utf-8")
    rows, unread = json.loads(kept.read_text(encoding="utf-8"))
    return Said([(path, line, code) for path, line, code in rows], set(unread))


@cache
def _version(tool: str) -> str:
    from importlib.metadata import version

    # Ruff is the one of this environment, as in the other comparison.
    return version(tool) if tool == "ruff" else Lab().versions([tool])[0].split()[-1]


def our_rules(options: Docstrings) -> list[Validator]:
    """Every rule on one file that runs under ``options``; all without a convention."""
    return [
        rule(options)
        for rule in rules_in(RULES)
        if issubclass(rule, Validator) and rule.code and _runs(rule, options)
    ]


def _runs(rule: type[Validator], options: Docstrings) -> bool:
    if not options.convention or not rule.enabled_by:
        return True
    for reason in rule.enabled_by.split("|"):
        name, sign, values = reason.rpartition(".")[2].partition("=")
        value = getattr(options, name)
        if value in values.split(",") if sign else value:
            return True
    return False


def ours(copy: Path, options: Docstrings, wanted: Callable[[str], bool]) -> Said:
    """What our rules find, under each of their aliases that is ``wanted``."""
    said = Said([], set())
    rules = [
        (rule, [alias for alias in rule.aliases if wanted(alias)]) for rule in our_rules(options)
    ]
    for path, data in docstrings.source_files(str(copy)):
        file = SourceFile(path, "python", data, docstrings.Services())
        try:
            for rule, aliases in rules:
                for finding in rule.check(file) if aliases else ():
                    said.rows.extend((path, finding.location.line, alias) for alias in aliases)
        except ParseFailure:
            said.unread.add(path)
    return said


def starts(data: bytes) -> list[int]:
    """For each line of a Python file the first line of the innermost definition around it."""
    found = [MODULE] * (len(data.splitlines()) + 2)
    # Outer definitions come first in this walk, so that inner ones overwrite them.
    for node in ast.walk(ast.parse(data)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            last = (node.end_lineno or node.lineno) + 1
            found[first:last] = [node.lineno] * (min(last, len(found)) - first)
    return found


class Agreement(NamedTuple):
    """How often a code is found by us, by the other tool, and by both."""

    ours: int
    theirs: int
    both: int

    @property
    def precision(self) -> float:
        """The share of ours that is theirs too; 1 where there is none."""
        return self.both / self.ours if self.ours else 1.0

    @property
    def recall(self) -> float:
        """The share of theirs that is ours too; 1 where there is none."""
        return self.both / self.theirs if self.theirs else 1.0

    @property
    def f1(self) -> float:
        """Precision and recall as one figure."""
        return 2 * self.both / (self.ours + self.theirs) if self.ours + self.theirs else 1.0


class Comparison(NamedTuple):
    """Our findings and another tool's, as ``Row`` with the first line of the definition."""

    ours: Counter[Row]
    theirs: Counter[Row]

    def agreement(self, code: str = "") -> Agreement:
        """The figures of one code, or of all."""
        mine, other = (
            Counter({row: n for row, n in rows.items() if code in ("", row[2])})
            for rows in (self.ours, self.theirs)
        )
        return Agreement(mine.total(), other.total(), (mine & other).total())

    @property
    def codes(self) -> list[str]:
        """Every code that somebody found."""
        return sorted({code for _, _, code in {**self.ours, **self.theirs}})


def compared(suite: Suite, tree: Path, prefixes: Sequence[str] = ("",)) -> Comparison:
    """What we and ``suite`` find below ``tree``, of the codes that begin like ``prefixes``."""
    copy = copied(tree)
    codes = suite.codes(suite.convention)

    def wanted(code: str) -> bool:
        return code in codes and code.startswith(tuple(prefixes))

    other = remembered(suite, copy)
    mine = ours(copy, Docstrings(**{**suite.settings, "convention": suite.convention}), wanted)
    unread = mine.unread | other.unread
    rows = [row for row in other.rows if wanted(row[2])]
    return Comparison(
        Counter(_aligned(copy, mine.rows, unread)), Counter(_aligned(copy, rows, unread))
    )


def _aligned(copy: Path, rows: Iterable[Row], unread: set[str]) -> Iterator[Row]:
    seen: set[Row] = set()
    known: dict[str, list[int]] = {}
    for path, line, code in rows:
        if path in unread:
            continue
        if path not in known:
            known[path] = starts((copy / path).read_bytes())
        lines = known[path]
        row = (path, lines[min(line, len(lines) - 1)], code)
        if not ONCE.fullmatch(code) or row not in seen:
            seen.add(row)
            yield row


def report(comparison: Comparison, differ: int) -> Iterator[str]:
    """A Markdown table, a row for each code and one for all; then ``differ`` places for each."""
    yield "| code | ours | theirs | precision | recall | F1 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for code in ("", *comparison.codes):
        found = comparison.agreement(code)
        shares = " | ".join(f"{x:.4f}" for x in (found.precision, found.recall, found.f1))
        yield f"| {code or 'all'} | {found.ours} | {found.theirs} | {shares} |"
    for code in comparison.codes if differ else ():
        for sign, rows in (
            ("+", comparison.ours - comparison.theirs),
            ("-", comparison.theirs - comparison.ours),
        ):
            places = sorted(row for row in rows.elements() if row[2] == code)
            for path, line, _ in places[:differ]:
                yield f"{sign} {code} {path}:{line}"
            if len(places) > differ:
                yield f"{sign} {code} and {len(places) - differ} more"


def main() -> None:
    """Read the arguments, compare and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("trees", nargs="*", type=Path)
    parser.add_argument("--django", action="store_true", help="also Django's sdist, from PyPI")
    parser.add_argument("--suite", default="", help="names, or prefixes that end in '-'")
    parser.add_argument("--code", default="", help="codes, or what they begin with")
    parser.add_argument("--differ", type=int, default=0, help="so many places for each code")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rules_in(RULES)
    trees = options.trees or ([] if options.django else [Path(sysconfig.get_path("stdlib"))])
    for tree in [*trees, *([docstrings.django()] if options.django else [])]:
        for suite in _chosen(options.suite):
            print(f"\n{suite.name}: {tree}")
            found = compared(suite, tree, options.code.split(","))
            print("\n".join(report(found, options.differ)), flush=True)


def _chosen(names: str) -> list[Suite]:
    if not names:
        return list(SUITES.values())
    wanted = names.split(",")
    unknown = [name for name in wanted if not any(_is_named(known, name) for known in SUITES)]
    if unknown:
        sys.exit(f"there is no suite {', '.join(unknown)}; there are {', '.join(SUITES)}")
    return [s for s in SUITES.values() if any(_is_named(s.name, name) for name in wanted)]


def _is_named(suite: str, name: str) -> bool:
    return suite.startswith(name) if name.endswith("-") else suite == name


if __name__ == "__main__":
    main()
