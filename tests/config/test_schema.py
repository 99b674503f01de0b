"""The JSON Schema and the loader agree, and the generated files are what the code says."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.admission import build_catalogue
from onex_tools.config import ConfigError, Overrides, load
from onex_tools.config.keys import ENTRY_KEYS, KEYS
from onex_tools.config.reference import as_toml, render
from onex_tools.config.schema import make_schema
from onex_tools.config.schema import render as render_schema
from onex_tools.registry import DEFAULT_PLUGIN, Plugin

from .conftest import SECTIONS

ROOT = Path(__file__).parents[2]
SCHEMA = make_schema(SECTIONS)
_CHECK = jsonschema.Draft202012Validator(SCHEMA)

_SELECTOR = st.sampled_from(["ALL", "STP", "STP0", "DCS001", "stale-hash", "D103", "tool:D1"])
_SELECTORS = st.lists(_SELECTOR, max_size=3)
_LEVEL = st.sampled_from(["info", "warning", "error"])
_GLOB = st.sampled_from(["a", "*.py", "**/b/", "/c/d", "[ab]?", "é x", "..a"])
_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9)
_ENTRY = st.fixed_dictionaries(
    {
        "path": _GLOB | st.lists(_GLOB, min_size=1, max_size=2),
        "codes": st.lists(_SELECTOR, min_size=1, max_size=2),
        "reason": _TEXT.map(lambda text: "because " + text),
    },
    optional={"until": st.dates().map(str)},
)
_SECTION = st.fixed_dictionaries(
    {},
    optional={
        "convention": st.sampled_from(["google", "numpy"]),
        "max-length": st.integers(-9, 9),
        "max_length": st.integers(-9, 9),
        "ratio": st.floats(allow_nan=False, allow_infinity=False, width=16),
        "private": st.booleans(),
        "skip-names": st.lists(_TEXT, max_size=2),
        "labels": st.dictionaries(_TEXT, _TEXT, max_size=2),
    },
).filter(lambda table: not {"max-length", "max_length"} <= table.keys())
VALUES = {
    "root": st.booleans(),
    "required-version": st.sampled_from(["", ">=0.0.1", " >= 0.0.1 , <9999"]),
    "extends": st.sampled_from([[], ["base.toml"], ["./base.toml", "a/base.toml"]]),
    "plugins": st.lists(st.sampled_from(["acme", "acme_rules.x-y"]), max_size=2),
    "local-rules": st.lists(_GLOB, max_size=2),
    "select": st.lists(_SELECTOR, min_size=1, max_size=3),
    "extend-select": _SELECTORS,
    "ignore": _SELECTORS,
    "preview": st.booleans(),
    "severity": st.dictionaries(_SELECTOR, _LEVEL, max_size=2),
    "fail-on": _LEVEL,
    "exclude": st.lists(_GLOB, max_size=2),
    "locked": _SELECTORS,
    "per-file-ignores": st.lists(_ENTRY, max_size=2),
    "baseline": st.sampled_from(["", "onex-baseline.txt", "ci/b"]),
    "timeout": st.integers(1, 3600) | st.floats(0.001, 3600),
    "max-parse-bytes": st.integers(1, 1 << 30),
    "max-scan-bytes": st.integers(1, 1 << 30),
    "jobs": st.integers(0, 256),
    "docs-style": _SECTION,
}


def _loads(table) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path in ("base.toml", "a/base.toml"):
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text("preview = true\n")
        lines = [f"{as_toml(name)} = {as_toml(value)}\n" for name, value in table.items()]
        (root / "onex.toml").write_text("".join(lines), encoding="utf-8")
        try:
            load(folder, [], SECTIONS, Overrides())
        except ConfigError:
            return False
        return True


def test_every_key_is_generated():
    assert VALUES.keys() == {key.name for key in KEYS} | {"docs-style"}


@given(st.fixed_dictionaries({}, optional=VALUES), st.booleans())
def test_both_accept_every_right_configuration(table, snake):
    if snake:
        table = {name.replace("-", "_"): value for name, value in table.items()}
    assert [error.message for error in _CHECK.iter_errors(table)] == []
    assert _loads(table)


_ENTRY_RIGHT = {"path": "a", "codes": ["STP"], "reason": "r"}
MISTAKES = [
    {"selct": ["STP"]},
    {"docs-styl": {}},
    {"root": 1},
    {"preview": "yes"},
    {"required-version": "latest"},
    {"required-version": "~=1"},
    {"extends": "base.toml"},
    {"extends": ["/etc/base.toml"]},
    {"extends": ["base.yaml"]},
    {"plugins": ["a b"]},
    {"select": []},
    {"select": "STP"},
    {"select": ["S T P"]},
    {"ignore": [1]},
    {"severity": {"STP": "high"}},
    {"severity": {"S P": "info"}},
    {"severity": "info"},
    {"fail-on": "never"},
    {"fail_on": "never"},
    {"exclude": ["!a"]},
    {"exclude": [""]},
    {"exclude": ["/"]},
    {"exclude": ["a/../b"]},
    {"exclude": ["a\\b"]},
    {"exclude": ["x" * 501]},
    {"locked": ["-"]},
    {"baseline": "/tmp/b"},
    {"baseline": "../b"},
    {"timeout": 0},
    {"timeout": True},
    {"timeout": "1"},
    {"timeout": 3601},
    {"max-parse-bytes": 0},
    {"max-scan-bytes": 1.5},
    {"jobs": -1},
    {"jobs": 257},
    {"per-file-ignores": {"a": ["STP"]}},
    {"per-file-ignores": ["a"]},
    *(
        {"per-file-ignores": [{k: v for k, v in _ENTRY_RIGHT.items() if k != m}]}
        for m in _ENTRY_RIGHT
    ),
    {"per-file-ignores": [{**_ENTRY_RIGHT, "path": []}]},
    {"per-file-ignores": [{**_ENTRY_RIGHT, "codes": []}]},
    {"per-file-ignores": [{**_ENTRY_RIGHT, "reason": " "}]},
    {"per-file-ignores": [{**_ENTRY_RIGHT, "until": "soon"}]},
    {"per-file-ignores": [{**_ENTRY_RIGHT, "file": "x"}]},
    {"docs-style": {"convention": "sphinx"}},
    {"docs-style": {"max-length": "1"}},
    {"docs-style": {"max_length": 1.5}},
    {"docs-style": {"ratio": "1"}},
    {"docs-style": {"private": 0}},
    {"docs-style": {"skip-names": "a"}},
    {"docs-style": {"labels": {"a": 1}}},
    {"docs-style": {"label": {}}},
    {"docs-style": []},
]


@pytest.mark.parametrize("table", MISTAKES, ids=str)
def test_both_refuse_the_same_mistakes(table):
    assert not _CHECK.is_valid(table)
    assert not _loads(table)


def test_the_schema_is_one_and_has_a_versioned_name():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"].endswith("/onex-config/1")


def test_the_schema_documents_every_key_and_default():
    for key in (*KEYS, *ENTRY_KEYS):
        assert key.doc.endswith("."), key.name
    for key in KEYS:
        made = SCHEMA["properties"][key.name]
        assert made["description"] == key.doc
        if key.name != "select":
            assert made["default"] == json.loads(json.dumps(key.default))


@pytest.fixture(scope="module")
def built_in():
    """The sections of the rules that onex ships."""
    catalogue = build_catalogue([Plugin(DEFAULT_PLUGIN, DEFAULT_PLUGIN)], "")
    assert catalogue.problems == ()
    return catalogue.sections


def test_the_committed_schema_is_what_the_code_says(built_in):
    committed = (ROOT / "schemas" / "onex-config.schema.json").read_text(encoding="utf-8")
    assert committed == render_schema(built_in), "run `make gen`"


def test_the_committed_page_is_what_the_code_says(built_in):
    committed = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert committed == render(committed, built_in), "run `make gen`"


def test_a_page_without_its_parts_is_refused():
    with pytest.raises(ValueError, match="generated: keys"):
        render("# Configuration\n", SECTIONS)


PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
BLOCKS = [part.partition("```")[0] for part in PAGE.split("```toml\n")[1:]]


@pytest.mark.parametrize("text", BLOCKS)
def test_the_examples_of_the_page_are_right(tree, text):
    """Every TOML block of the page loads, so that none of them can go out of date."""
    name = "pyproject.toml" if "[tool.onex" in text else "onex.toml"
    if "pkg:acme_standards" in text:
        text = text.replace(', "pkg:acme_standards/python.toml"', "")
        tree.write("shared/onex-base.toml", "preview = true\n")
        name = "service/" + name
    tree.write(name, text)
    owner = SECTIONS["docs-style"].fields[0]._replace(name="owner", choices=())
    stamp = SECTIONS["docs-style"]._replace(section="stamp", fields=(owner,))
    loaded = load(str(tree.root), [name], {"stamp": stamp}, Overrides())
    assert loaded.at(name).source == name


def test_the_page_has_examples():
    assert len(BLOCKS) >= 5
