"""The guide says what the rules and their settings are."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib

from onex_validators.docstrings.settings import Docstrings


def test_lists_every_rule_with_its_alias(guide, classes):
    for rule in classes:
        assert f"| {rule.code} | `{rule.name}` | {', '.join(rule.aliases)} |" in guide


def test_lists_every_setting_with_its_default(guide):
    listed = [line for line in guide.splitlines() if line.startswith("| `") and "ruff" not in line]
    expected = []
    for field in dataclasses.fields(Docstrings):
        default = json.dumps(field.default)
        name = field.name.replace("_", "-")
        expected.append(f"| `{name}` | `{default}` | {field.metadata['doc']} |")
    assert [line for line in listed if line.count("|") == 4][: len(expected)] == expected


def test_shows_the_settings_that_equal_ruffs(guide, bench):
    block = guide.partition("```toml\n")[2].partition("```")[0]
    shown = tomllib.loads(block)["docstrings"]
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in shown.items()}
    assert {name.replace("-", "_"): value for name, value in values.items()} == bench.LIKE_RUFF


def test_settings_have_one_spelling_in_the_documentation(pages):
    names = "|".join(field.name for field in dataclasses.fields(Docstrings) if "_" in field.name)
    wrong = re.compile(rf"`(?:{names})\b|^(?:{names}) = ", re.MULTILINE)
    found = {name: wrong.findall(text) for name, text in pages.items() if wrong.search(text)}
    assert found == {}
