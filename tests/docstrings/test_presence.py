"""The rules: their examples, their switches, and what their findings say."""

from __future__ import annotations

import dataclasses

import pytest

from onex_tools.api import Bad, Confidence, ParseFailure, Severity
from onex_validators.docstrings.settings import Docstrings, exempt_traits

from .conftest import new_source, rule_classes

CASES = [(rule, example) for rule in rule_classes() for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=lambda value: getattr(value, "code", ""))
def test_examples_hold(rule, example):
    check = rule(Docstrings(**example.settings)).check(new_source(example.path, example.text))
    assert [found.location.line for found in check] == list(getattr(example, "at", ()))


def test_codes_names_and_aliases_are_the_published_ones(classes):
    assert {rule.code: (rule.name, rule.aliases) for rule in classes} == {
        "DCS001": ("missing-module-docstring", ("D100",)),
        "DCS002": ("missing-package-docstring", ("D104",)),
        "DCS003": ("missing-class-docstring", ("D101",)),
        "DCS004": ("missing-method-docstring", ("D102",)),
        "DCS005": ("missing-function-docstring", ("D103",)),
        "DCS006": ("missing-magic-docstring", ("D105",)),
        "DCS007": ("missing-init-docstring", ("D107",)),
        "DCS008": ("missing-nested-class-docstring", ("D106",)),
        "DCS009": ("blank-docstring", ("D419",)),
    }
    for rule in classes:
        assert any(isinstance(example, Bad) for example in rule.examples)
        assert any(not isinstance(example, Bad) for example in rule.examples)
        assert (rule.severity, rule.confidence) == (Severity.WARNING, Confidence.HIGH)
        assert not rule.preview and rule.summary() and rule.explanation()


DOC = '"""Doc."""\n'
SWITCHED = [
    ("private", "a.py", DOC + "def _f(): pass\n", "DCS005"),
    ("private", "a.py", DOC + "__all__ = []\ndef f(): pass\n", "DCS005"),
    ("private", "shop/_parts.py", "x = 1\n", "DCS001"),
    ("magic", "a.py", DOC + "class C:\n  'c'\n  def __str__(self): pass\n", "DCS006"),
    ("init", "a.py", DOC + "class C:\n  'c'\n  def __init__(self): pass\n", "DCS007"),
    ("init", "a.py", DOC + "class C:\n  'c'\n  def __new__(cls): pass\n", "DCS004"),
    ("nested", "a.py", DOC + "def f():\n  'f'\n  def g(): pass\n", "DCS005"),
    ("nested", "a.py", DOC + "def f():\n  'f'\n  class C: pass\n", "DCS008"),
    ("nested_classes", "a.py", DOC + "class C:\n  'c'\n  class D: pass\n", "DCS008"),
    (
        "property_setter",
        "a.py",
        DOC + "class C:\n  'c'\n  @x.setter\n  def x(self, v): pass\n",
        "DCS004",
    ),
    ("overload", "a.py", DOC + "@overload\ndef f(): pass\n", "DCS005"),
    ("override", "a.py", DOC + "class C:\n  'c'\n  @t.override\n  def m(self): pass\n", "DCS004"),
    ("tests", "tests/test_a.py", DOC + "def test(): pass\n", "DCS005"),
    ("generated", "a/migrations/0001_a.py", DOC + "class Migration: pass\n", "DCS003"),
    ("documentation", "docs/conf.py", "project = 'a'\n", "DCS001"),
    ("stubs", "a.pyi", "def f(): ...\n", "DCS005"),
    ("empty", "a/__init__.py", "", "DCS002"),
    ("empty", "a.py", "import b\n", "DCS001"),
    ("computed_all", "a.py", DOC + "__all__ = x()\ndef f(): pass\n", "DCS005"),
]


@pytest.mark.parametrize(("switch", "path", "text", "code"), SWITCHED)
def test_each_switch_asks_for_one_more_thing(run, switch, path, text, code):
    everything = dict.fromkeys(SWITCH_NAMES, True)
    assert code in [found.code for found in run(path, text, **everything)]
    silent = run(path, text, **everything | {switch: False})
    assert code not in [found.code for found in silent]
    alone = {name: name == switch or name == "nested_classes" for name in SWITCH_NAMES}
    assert code in [found.code for found in run(path, text, **alone)]


SWITCH_NAMES = [
    field.name
    for field in dataclasses.fields(Docstrings)
    if isinstance(field.default, bool)
    and exempt_traits(Docstrings(**{field.name: not field.default})) != exempt_traits(Docstrings())
]


def test_every_switch_has_a_case():
    assert {case[0] for case in SWITCHED} == set(SWITCH_NAMES)


def test_option_classes_are_names_of_nested_classes_only(run):
    text = DOC + "class Meta:\n    class Meta:\n        a = 1\n    class Row:\n        a = 1\n"

    def lines(**settings):
        return [(found.code, found.location.line) for found in run("a.py", text, **settings)]

    assert lines() == [("DCS003", 2), ("DCS008", 5)]
    assert lines(option_classes=("Row",)) == [("DCS003", 2), ("DCS008", 3)]
    assert lines(option_classes=()) == [("DCS003", 2), ("DCS008", 3), ("DCS008", 5)]


def test_a_finding_names_the_thing_and_says_what_to_write(run):
    text = "class Loader:\n    def read(self): pass\n    def _skip(self): pass\n"
    text += "def f():\n    def g(): pass\n"
    found = run("shop/loader.py", text, private=True, nested=True)
    assert [(f.code, f.message) for f in found] == [
        ("DCS001", "public module `loader` has no docstring"),
        ("DCS003", "public class `Loader` has no docstring"),
        ("DCS004", "public method `Loader.read` has no docstring"),
        ("DCS004", "private method `Loader._skip` has no docstring"),
        ("DCS005", "public function `f` has no docstring"),
        ("DCS005", "local function `f.g` has no docstring"),
    ]
    assert all(f.help for f in found)
    read = found[2].location
    assert (read.line, read.column, read.end_column) == (2, 9, 13)
    assert found[0].location.start == found[0].location.end == 0


def test_the_anchor_survives_moved_code_and_tells_namesakes_apart(run):
    text = (
        DOC + "class A:\n    'a'\n    def m(self): pass\nclass B:\n    'b'\n    def m(self): pass\n"
    )
    before = [found.anchor for found in run("a.py", text)]
    after = [
        found.anchor for found in run("a.py", text.replace("class A", "\n\nimport x\nclass A"))
    ]
    assert before == after
    assert len(set(before)) == 2


def test_a_file_that_every_rule_leaves_alone_is_not_parsed(run):
    broken = "def f(:\n"
    assert run("tests/test_a.py", broken) == []
    with pytest.raises(ParseFailure):
        run("tests/test_a.py", broken, tests=True)


def test_documented_code_has_no_findings(run):
    text = DOC + "class C:\n    'c'\n    def m(self):\n        'm'\n\nasync def f():\n    'f'\n"
    everything = dict.fromkeys(SWITCH_NAMES, True)
    assert run("a.py", text, **everything) == []


def test_blank_docstrings_are_found_in_private_code_and_by_no_other_rule(run):
    text = DOC + "class _C:\n    ' '\n    def m(self):\n        '' ''\n"
    assert [(f.code, f.message) for f in run("_a.py", text)] == [
        ("DCS009", "private class `_C` has a blank docstring"),
        ("DCS009", "private method `_C.m` has a blank docstring"),
    ]
    assert run("tests/a.py", text) == []
    assert len(run("tests/a.py", text, tests=True)) == 2


@pytest.mark.parametrize(
    ("decorator", "pattern", "spared"),
    [
        ("app.route('/a')", "app.route", True),
        ("route", "app.route", False),
        ("app.route", "*.route", True),
        ("app.routes", "*.route", False),
        ("a.b[0].c", "a.b", False),
        ("overrides", "over*", True),
    ],
)
def test_decorators_that_are_ignored(run, decorator, pattern, spared):
    text = DOC + f"@other\n@{decorator}\ndef f(): pass\n"
    assert bool(run("a.py", text, ignore_decorators=("x", pattern))) != spared
