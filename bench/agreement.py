"""Compare the rules on agreement with ruff and pydoclint, fault by fault, and say why they differ.

python -m bench.agreement google FOLDER ...      trees whose docstrings are in that convention
python -m bench.agreement numpy FOLDER --differ 20

Ruff's codes are compared one by one. pydoclint says one fault under several codes (an argument
that is missing is DOC101, DOC103 and maybe DOC107), and so its codes are compared in groups. A
finding is (path, definition, fault): only whether a definition has the fault at all is compared.

The settings are those that ask for the same: see ``LIKE_RUFF`` and ``LIKE_PYDOCLINT``; pydoclint
is told to take ``args`` for ``*args``, as ruff does. Definitions that pydoclint cannot read
(DOC001) are left out. A difference that is meant has a reason in ``REASONS``, and each reason has a
test that looks at the code and the docstring itself: the table shows the figures with all
differences, and with those left out that have a reason.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench import docstrings, peers
from bench.lab import Lab
from onex_tools.api import ParseFailure, SourceFile, rules_in
from onex_validators.docstrings.agreement.cases import AgreementRule, Case
from onex_validators.docstrings.code.signature import FUNCTIONS, is_property, member_names
from onex_validators.docstrings.settings import Docstrings

EVERYWHERE = {"tests": True, "generated": True, "documentation": True, "stubs": True}
LIKE_RUFF: Mapping[str, Any] = {**EVERYWHERE, "complete": "all"}
LIKE_PYDOCLINT: Mapping[str, Any] = {
    **EVERYWHERE,
    "constructor": "class",
    "further_arguments": False,
    "summary_result": False,
    "types": "both",
    "underscore_arguments": True,
}
RUFF: Mapping[str, tuple[str, str]] = {
    code: (code, ours)
    for code, ours in {
        "D417": "DCS301",
        "DOC102": "DCS303",
        "DOC201": "DCS310",
        "DOC202": "DCS311 DCS351",
        "DOC402": "DCS320",
        "DOC403": "DCS321",
        "DOC501": "DCS330",
        "DOC502": "DCS331",
    }.items()
}
"""Each fault, its codes and our codes, with a space between several."""
PYDOCLINT: Mapping[str, tuple[str, str]] = {
    "arguments": ("DOC101 DOC102 DOC103 DOC104", "DCS301 DCS302 DCS303 DCS304"),
    "types": ("DOC105 DOC106 DOC107 DOC109 DOC110", "DCS305 DCS306 DCS308"),
    "returns": ("DOC201 DOC202 DOC203", "DCS310 DCS311 DCS312"),
    "yields": ("DOC402 DOC403 DOC404 DOC405", "DCS320 DCS321 DCS322"),
    "constructors": ("DOC301 DOC302 DOC306", "DCS350 DCS351"),
    "raises": ("DOC501 DOC502 DOC503", "DCS330 DCS331"),
    "attributes": ("DOC601 DOC602 DOC603 DOC604 DOC605", "DCS340 DCS341 DCS342 DCS343"),
}

_UNREAD = re.compile(r"^\s*(?:={3,}|(?:Parameters|Returns|Yields|Raises):)\s*$", re.MULTILINE)

Place = tuple[str, int]
"""Path and first line of a definition."""
Heard = dict[Place, list[tuple[str, str]]]
"""Codes and messages at each place."""


class Reason(NamedTuple):
    """Why a difference is meant.

    Attributes:
        text: one sentence.
        side: whose finding it is, ``ours`` or ``theirs``.
        faults: which faults it can explain.
        holds: whether it explains this one, by the case and the messages.
    """

    text: str
    side: str
    faults: str
    holds: Callable[[Case, str], bool]


def _names_in(messages: str) -> set[str]:
    quoted = re.findall(r"[`'](?::\w+:`)?[~ -]*([\w.]+)", messages)
    listed = re.findall(r"[\[,] ?\*{0,2}(\w+): ", messages)
    return {name.rpartition(".")[2] for name in (*quoted, *listed)}


def _is_listed(case: Case, messages: str) -> bool:
    """All that it does not find described is there, without a word on it."""
    missing = _names_in(messages.partition("does not describe ")[2])
    return bool(missing) and missing <= case.described - case.explained


def _without_type(case: Case) -> bool:
    return not any(
        entry.type for section in case.sections.get("returns", ()) for entry in section.entries
    )


def _is_generator_or_none(case: Case, _: str) -> bool:
    raw = "\n".join(
        "\n".join(case.docstring.lines[section.line : section.end])
        for section in case.sections.get("returns", ())
    )
    return case.body.yields or re.search(r"(?:\s|:)`*None\b", raw) is not None


def _known_exceptions(case: Case, messages: str) -> bool:
    """The exceptions that it misses are in our reading, or are covered by one there."""
    written = {
        (name or entry.type).rpartition(".")[2]
        for section in case.sections.get("raises", ())
        for entry in section.entries
        for name in entry.names or ("",)
    }
    found = {one.last for one in case.body.raised}
    return bool(written) and not _names_in(messages).isdisjoint(written | found)


def _raises_variable(case: Case, _: str) -> bool:
    for one in case.body.raised:
        exc = one.node.exc if isinstance(one.node, ast.Raise) else None
        if isinstance(exc, ast.Name) and exc.id != one.name:
            return True
    return False


def _returns(case: Case, _: str) -> bool:
    inner = ast.walk(case.function) if case.function else ()
    return any(isinstance(node, ast.Return) for node in inner)


def _is_unknown(case: Case, messages: str) -> bool:
    """It takes for an exception what is a variable, a call, caught, or only passed on."""
    found = {one.last for one in case.body.raised}
    in_body = messages.partition("exceptions in the body")[2] or messages
    return case.body.unnamed or bool(_names_in(in_body) - found - {"Raises", "raise"})


def _has_stars(case: Case, _: str) -> bool:
    taken = case.signature
    return taken is not None and any(one.stars for one in taken.parameters)


def _has_members(case: Case, messages: str) -> bool:
    node = case.definition.node
    if not isinstance(node, ast.ClassDef):
        return False
    listed = messages.partition("but not in the actual class attributes:")[2]
    more = re.findall(r"[\[,] ?(\w+): ", listed)
    return bool(node.bases) or set(more) <= member_names(node)


def _is_property(case: Case, _: str) -> bool:
    node = case.definition.node
    return isinstance(node, FUNCTIONS) and is_property(node)


REASONS: Sequence[Reason] = (
    Reason(
        "a note on a deprecation is no section",
        "theirs",
        "arguments types returns yields raises attributes",
        lambda case, _: not case.tells,
    ),
    Reason(
        "a class's docstring speaks for its constructor; ruff only looks at functions",
        "ours",
        "D417 DOC102 DOC202 DOC501 DOC502",
        lambda case, _: case.speaks_for_class,
    ),
    Reason(
        "a name with no word on it is not described, as for ruff's D417 and numpydoc's PR07",
        "ours",
        "arguments",
        _is_listed,
    ),
    Reason(
        "the docstring of a data class speaks for its fields; pydoclint only looks at `__init__`",
        "ours",
        "arguments types",
        lambda case, _: case.speaks_for_class and case.function is None,
    ),
    Reason(
        "pydoclint asks no generator that has a `return`, too",
        "ours",
        "yields",
        _returns,
    ),
    Reason(
        "pydoclint reads no section underlined by `=`, nor one titled `Parameters:` among numpy's",
        "ours",
        "arguments types returns yields raises",
        lambda case, _: _UNREAD.search(case.docstring.raw) is not None,
    ),
    Reason(
        "`error = KeyError()`, `raise error` raises a KeyError",
        "ours",
        "DOC501 raises",
        _raises_variable,
    ),
    Reason(
        "a summary that begins with `Return` says it, on whichever line it stands",
        "theirs",
        "DOC201 DOC402",
        lambda case, _: case.summary_names_result,
    ),
    Reason(
        "a class with a `__call__` or base classes may describe the result of calling an instance",
        "theirs",
        "constructors",
        lambda case, _: case.speaks_for_class,
    ),
    Reason(
        "the result of a generator is an iterator, and `None` may be said",
        "theirs",
        "DOC202 returns",
        _is_generator_or_none,
    ),
    Reason(
        "a function that returns an iterator may say what that yields",
        "theirs",
        "DOC201 DOC403 yields returns",
        lambda case, _: "yields" in case.sections and case.body.value and not case.body.yields,
    ),
    Reason(
        "a property may describe the arguments of what it gives",
        "theirs",
        "DOC102 arguments types",
        _is_property,
    ),
    Reason(
        "`NotImplementedError` says that nothing is there yet",
        "theirs",
        "raises",
        lambda _, messages: "NotImplementedError" in messages,
    ),
    Reason(
        "`AssertionError` may be described where the body asserts",
        "theirs",
        "DOC502",
        lambda case, _: case.body.asserts,
    ),
    Reason(
        "the docstring has the exception: with other module names, as a base class, in markup",
        "theirs",
        "DOC501 DOC502 raises",
        _known_exceptions,
    ),
    Reason(
        "variables, calls and what is caught or only passed on are no exceptions of the body",
        "theirs",
        "DOC501 DOC502 raises",
        _is_unknown,
    ),
    Reason(
        "the docstring has the argument: several in one entry, a type over several lines",
        "theirs",
        "D417 arguments",
        lambda case, messages: _names_in(messages) & case.described != set(),
    ),
    Reason(
        "types that mean the same: spelling, module names, `int, optional`",
        "theirs",
        "types returns yields attributes",
        lambda _, messages: (
            re.search(r"DOC(105|404|605)|Return annotation types", messages) is not None
            and re.search(r"DOC(10[679]|110)", messages) is None
        ),
    ),
    Reason(
        "a line of running text in the section is no argument",
        "theirs",
        "arguments",
        lambda _, messages: (
            re.search(r"not in the function signature: .*[\w=] [\w=]", messages) is not None
        ),
    ),
    Reason(
        "`*args` and `**kwargs` need no types",
        "theirs",
        "types",
        _has_stars,
    ),
    Reason(
        "a section without a type is no type that the signature lacks",
        "theirs",
        "returns",
        lambda case, messages: "has 0 type(s)" in messages and _without_type(case),
    ),
    Reason(
        "a function that only says `return` has no result",
        "theirs",
        "returns",
        lambda case, _: not case.body.value,
    ),
    Reason(
        "a class may describe what its instances have, or inherit",
        "theirs",
        "attributes",
        _has_members,
    ),
    Reason(
        "what is described as an argument is described",
        "theirs",
        "attributes",
        lambda case, _: bool(case.described),
    ),
)


def ours(tree: Path, options: Docstrings) -> tuple[Heard, dict[Place, Case]]:
    """What our rules find, and the case at each place, the one that has the say first."""
    heard: Heard = defaultdict(list)
    cases: dict[Place, Case] = {}
    found_rules = (rule for rule in rules_in(peers.RULES) if issubclass(rule, AgreementRule))
    rules = [rule(options) for rule in found_rules if rule.code]
    for path, data in docstrings.source_files(str(tree)):
        file = SourceFile(path, "python", data, docstrings.Services())
        try:
            for case in rules[0].cases(file):
                _put(cases, path, case, options)
        except ParseFailure:
            continue
        lines = peers.starts(data)
        for rule in rules:
            for found in rule.check(file):
                line = _moved(cases, (path, lines[found.location.line]), rule.code)
                heard[path, line].append((rule.code, found.message))
    return heard, cases


def _moved(cases: Mapping[Place, Case], place: Place, code: str) -> int:
    """What is wrong in a class's docstring on its constructor counts as the constructor's fault."""
    case = cases.get(place)
    if case and case.speaks_for_class and not re.match("DCS3(4|5)", code):
        node = case.speaker.node
        return place[1] if isinstance(node, ast.Module) else node.lineno
    return place[1]


def _put(cases: dict[Place, Case], path: str, case: Case, options: Docstrings) -> None:
    for node in (case.definition.node, case.speaker.node):
        if not isinstance(node, ast.Module):
            place = (path, node.lineno)
            if place not in cases or case.is_main(options.constructor):
                cases[place] = case


def ask_ruff(tree: Path, convention: str) -> Heard:
    """What ruff finds."""
    convention = f'lint.pydocstyle.convention="{convention}"'
    options = ("--preview", "--ignore-noqa", "--output-format", "json", "--config", convention)
    run = docstrings.ruff("--select", "D417,DOC", "--config", "exclude=[]", *options, str(tree))
    rows = (
        (Path(row["filename"]).relative_to(tree).as_posix(), row["location"]["row"], row)
        for row in json.loads(run.stdout)
        if re.fullmatch(r"D(OC)?\d+", row["code"] or "")
    )
    return _placed(tree, ((path, line, row["code"], row["message"]) for path, line, row in rows))


_SAID = re.compile(r"\s*(?P<path>.+?\.py):(?P<line>\d+): (?P<code>DOC\d+): (?P<message>.*)")


def ask_pydoclint(tree: Path, convention: str) -> Heard:
    """What pydoclint finds."""
    import subprocess

    words = [Lab().tool("pydoclint"), f"--style={convention}", "--quiet"]
    words += ["--show-filenames-in-every-violation-message=1"]
    words += ["--omit-stars-when-documenting-varargs=1", "."]
    run = subprocess.run(words, cwd=tree, capture_output=True, check=False)
    lines = (run.stdout + run.stderr).decode("utf-8", "replace").splitlines()
    rows = [found for found in map(_SAID.match, lines) if found]
    return _placed(tree, ((m["path"], int(m["line"]), m["code"], m["message"]) for m in rows))


def _placed(tree: Path, rows: Iterable[tuple[str, int, str, str]]) -> Heard:
    heard: Heard = defaultdict(list)
    known: dict[str, list[int]] = {}
    for path, line, code, message in rows:
        if path not in known:
            known[path] = peers.starts((tree / path).read_bytes())
        heard[path, known[path][line]].append((code, message))
    return heard


class Row(NamedTuple):
    """One fault: what each found, and the differences that have a reason."""

    fault: str
    ours: set[Place]
    theirs: set[Place]
    reasons: Mapping[Place, Reason]

    @property
    def rest(self) -> set[Place]:
        """The differences without a reason."""
        return (self.ours ^ self.theirs) - set(self.reasons)

    @property
    def f1(self) -> tuple[float, float]:
        """F1 with all differences, and with those left out that have a reason."""
        both = 2 * len(self.ours & self.theirs)
        every = len(self.ours) + len(self.theirs)
        rest = both + len(self.rest)
        return (both / every if every else 1.0), (both / rest if rest else 1.0)


def compared(tool: str, convention: str, tree: Path) -> Iterator[Row]:
    """Each fault in ``tree``."""
    copy = peers.copied(tree)
    settings, faults, ask = {
        "ruff": (LIKE_RUFF, RUFF, ask_ruff),
        "pydoclint": (LIKE_PYDOCLINT, PYDOCLINT, ask_pydoclint),
    }[tool]
    options = Docstrings(**settings, convention=convention)
    mine, cases = ours(copy, options)
    other = ask(copy, convention)
    unread = {place for place, said in other.items() if any(code == "DOC001" for code, _ in said)}
    for fault, (their_codes, our_codes) in faults.items():
        if fault == "D417" and convention != "google":
            # Ruff itself leaves it out there.
            continue
        here = _at(mine, our_codes.split()) - unread
        there = _at(other, their_codes.split()) - unread
        reasons = {}
        for place in here ^ there:
            side, heard = ("ours", mine) if place in here else ("theirs", other)
            codes = (our_codes if side == "ours" else their_codes).split()
            messages = "\n".join(f"{code} {text}" for code, text in heard[place] if code in codes)
            reason = _reason(fault, side, cases.get(place), messages)
            if reason:
                reasons[place] = reason
        yield Row(fault, here, there, reasons)


def _at(heard: Heard, codes: Sequence[str]) -> set[Place]:
    return {place for place, said in heard.items() if any(code in codes for code, _ in said)}


def _reason(fault: str, side: str, case: Case | None, messages: str) -> Reason | None:
    for reason in REASONS if case else ():
        fits = reason.side == side and fault in reason.faults.split()
        if fits and case and reason.holds(case, messages):
            return reason
    return None


def report(rows: Sequence[Row], differ: int) -> Iterator[str]:
    """A Markdown table, the reasons with their numbers, and places without one."""
    yield "| fault | ours | theirs | both | F1 | with a reason | F1 of the rest |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        every, rest = row.f1
        counts = f"{len(row.ours)} | {len(row.theirs)} | {len(row.ours & row.theirs)}"
        yield f"| {row.fault} | {counts} | {every:.3f} | {len(row.reasons)} | {rest:.3f} |"
    counted = Counter((reason.side, reason.text) for row in rows for reason in row.reasons.values())
    for (side, text), count in counted.most_common():
        yield f"- {side}, {count}: {text}"
    for row in rows if differ else ():
        for path, line in sorted(row.rest)[:differ]:
            yield f"{'+' if (path, line) in row.ours else '-'} {row.fault} {path}:{line}"


def main() -> None:
    """Read the arguments, compare and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.agreement",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("convention", choices=("google", "numpy", "sphinx"))
    parser.add_argument("trees", nargs="+", type=Path)
    parser.add_argument("--tool", choices=("ruff", "pydoclint"), default="")
    parser.add_argument("--differ", type=int, default=0, help="so many places for each fault")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    # Ruff does not know the sphinx convention.
    tools = ["pydoclint"] if options.convention == "sphinx" else ["ruff", "pydoclint"]
    for tree in options.trees:
        for tool in [options.tool] if options.tool else tools:
            print(f"\n{tool} {options.convention}: {tree}")
            rows = list(compared(tool, options.convention, tree))
            print("\n".join(report(rows, options.differ)), flush=True)


if __name__ == "__main__":
    main()
