"""The rules on sections: what they are called, where findings stand, and what is left alone."""

from __future__ import annotations

import pytest

from onex_tools.api import Validator, rules_in
from onex_validators.docstrings.reading.spelling import distance, near_word
from onex_validators.docstrings.settings import Docstrings
from tests.conftest import no_hang

from .conftest import new_source

PUBLISHED = {
    "DCS201": ("uncapitalised-section-title", ("D405",)),
    "DCS202": ("colon-after-section-title", ("D406",)),
    "DCS203": ("missing-section-underline", ("D407",)),
    "DCS204": ("blank-line-before-section-underline", ("D408",)),
    "DCS205": ("section-underline-length", ("D409",)),
    "DCS206": ("missing-blank-line-after-section", ("D410",)),
    "DCS207": ("missing-blank-line-before-section", ("D411",)),
    "DCS208": ("blank-line-after-section-title", ("D412",)),
    "DCS209": ("missing-blank-line-after-last-section", ("D413",)),
    "DCS210": ("empty-section", ("D414",)),
    "DCS211": ("missing-colon-after-section-title", ("D416",)),
    "DCS212": ("over-indented-section-title", ("D214",)),
    "DCS213": ("over-indented-section-underline", ("D215",)),
    "DCS220": ("misspelt-section-title", ()),
    "DCS221": ("repeated-section", ()),
    "DCS222": ("mixed-docstring-conventions", ()),
    "DCS223": ("section-out-of-order", ("D420",)),
    "DCS230": ("malformed-field", ()),
    "DCS231": ("misspelt-field", ()),
    "DCS232": ("repeated-field", ()),
    "DCS233": ("type-without-field", ()),
    "DCS234": ("missing-blank-line-before-fields", ()),
    "DCS235": ("unindented-field-text", ()),
}


def rules() -> dict[str, type[Validator]]:
    found = [rule for rule in rules_in("onex_validators.docstrings") if issubclass(rule, Validator)]
    return {rule.code: rule for rule in found if rule.code.startswith("DCS2")}


def found(text: str, convention: str = "", *, without: str = "DCS209") -> list[tuple[str, int]]:
    """Code and line of each finding in a module whose docstring is ``text``."""
    file = new_source("a.py", f'"""{text}"""\n')
    checks = [cls(Docstrings(convention=convention)) for cls in rules().values()]
    return [
        (one.code, one.location.line)
        for check in checks
        for one in check.check(file)
        if one.code not in without
    ]


def test_codes_names_and_aliases_are_the_published_ones():
    assert {code: (rule.name, rule.aliases) for code, rule in rules().items()} == PUBLISHED


GOOGLE = "Load.\n\nArgs:\n    path: A path.\n\nReturns:\n    It.\n\nExample:\n    >>> load()\n"
NUMPY = "Load.\n\nParameters\n----------\npath : str\n    A path.\n\nNotes\n-----\nSlow.\n"
SPHINX = "Load.\n\n:param path: A path.\n:type path: str\n:returns: It.\n\n.. note:: Slow.\n"


@pytest.mark.parametrize(
    ("text", "convention"),
    [
        (GOOGLE, "google"),
        (GOOGLE, ""),
        (NUMPY, "numpy"),
        (NUMPY, ""),
        (SPHINX, "sphinx"),
        (SPHINX, ""),
        ("Returns: it.", "google"),
        ("Load.\n\nWhat it\nreturns\nis it.\n", "google"),
        ("Load.\n\nFields:\n    A.\n\nTips:\n    B.\n\nTry:\n    C.\n", "google"),
        ("Load.\n\nTime\n----\nShort.\n", "numpy"),
        ("Load.\n\nNote:\n    A.\n\nNote:\n    B.\n", "google"),
        ("Load.\n\nUse :param:`x` and\n:meta:`y`.\n", "sphinx"),
        ("Load.\n\n:raises A: B.\n:raises A: C.\n:note: D.\n", "sphinx"),
        ("Load::\n\n    :param x A\n", "sphinx"),
        ("Load.\n\nArgs:\n    x: A.\n    returns:\n        B.\n", "google"),
    ],
)
def test_nothing_is_wrong_with(text, convention):
    assert found(text, convention) == []


@pytest.mark.parametrize(
    ("text", "convention", "wanted"),
    [
        ("Load.\n\nReturns\n\n---\nIt.\n", "numpy", [("DCS204", 5), ("DCS205", 5)]),
        ("Load.\n\nReturns:\n    It.\n", "numpy", [("DCS202", 3), ("DCS203", 3)]),
        ("Load.\n\nReturns:\n", "google", [("DCS210", 3)]),
        ("Load.\n\nPARAMETERS\n----------\nx : int\n", "numpy", [("DCS201", 3)]),
        ("Load.\n\nArguement:\n    x: A.\n", "google", [("DCS220", 3)]),
        ("Load.\n\nExamlpes\n--------\nA.\n", "numpy", [("DCS220", 3)]),
        ("Load.\n\nReturns:\n    A.\n\nReturn:\n    B.\n", "google", [("DCS221", 6)]),
        (GOOGLE + "\n:param x: A.\n", "google", [("DCS222", 12)]),
        (GOOGLE + "\n:param x: A.\n", "sphinx", [("DCS222", 3)]),
        ("Load.\n\n:params x: A.\n", "sphinx", [("DCS231", 3)]),
        ("Load.\n\n:type x: int\n:param y: A.\n", "sphinx", [("DCS233", 3)]),
        ("Load.\n:return: A.\n", "sphinx", [("DCS234", 2)]),
        ("Load.\n\n:return: A\nor B.\n", "sphinx", [("DCS235", 4)]),
        ("Load.\n\n:returns:A.\n:rtype int\n", "sphinx", [("DCS230", 3), ("DCS230", 4)]),
    ],
)
def test_findings_and_where_they_stand(text, convention, wanted):
    assert found(text, convention) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Load it \\\n    Args:\n        x: A.\n", "DCS207"),
        ("Load.\n\nArgs:\n    x: A. \\\nReturns:\n    A.\n", "DCS206"),
        ("Load.\n\nAll of it. \\\n        Returns:\n    A.\n", "DCS212"),
        ("Load. \\\n:return: A.\n", "DCS234"),
    ],
)
@pytest.mark.parametrize(("prefix", "mended"), [("", False), ("r", True)])
def test_lines_that_a_backslash_joins_stay_joined(text, code, prefix, mended):
    file = new_source("a.py", f'def f():\n    {prefix}"""{text}    """\n')
    convention = "sphinx" if code == "DCS234" else "google"
    (one,) = rules()[code](Docstrings(convention=convention)).check(file)
    assert bool(one.fix) == mended


def test_places_are_narrow_in_other_encodings_too():
    text = '"""Größe.\n\nreturns:\n    Maß.\n\n:parm ä: Ü.\n"""\n'
    for data in (text.encode(), ("# coding: latin-1\n" + text).encode("latin-1")):
        file = new_source("a.py", data)
        for code, word in (("DCS201", b"returns"), ("DCS231", b"parm")):
            (one,) = rules()[code](Docstrings(convention="google")).check(file)
            assert data[one.location.start : one.location.end] == word


@pytest.mark.parametrize(
    ("word", "known", "wanted"),
    [
        ("retuns", "returns", "returns"),
        ("rasies", "raises", "raises"),
        ("paramters", "parameters", "parameters"),
        ("argumnets", "arguments", "arguments"),
        ("agrs", "args", "args"),
        ("arts", "args", ""),
        ("tips", "tip", ""),
        ("fields", "yields", ""),
        ("reference", "references", ""),
        ("returns", "returns", ""),
        ("", "returns", ""),
    ],
)
def test_a_misspelling_is_told_from_another_word(word, known, wanted):
    assert near_word(word, (known,)) == wanted


def test_distance_counts_slips():
    assert distance("abc", "abc") == 0
    assert distance("abc", "acb") == 1
    assert distance("abc", "") == distance("", "abc") == 3
    assert distance("kitten", "sitting") == 3


@pytest.mark.parametrize(
    "line",
    ["Args:", "Returns\n---", "Retuns:\n    x", ":param x", ":param x: é", ":parm x: é", "é : x",
     ":type x:é", "Note:\n\n\n    é", "A" * 30 + ":", "- - -", "See Also :"],
)  # fmt: skip
def test_hostile_repetitions_are_judged(line):
    with no_hang():
        found("Load é.\n\n" + f"{line}\n\n" * 4_000, "google")
