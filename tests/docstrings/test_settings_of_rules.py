"""Which settings a rule is said to read: all that change what it finds, and no others."""

from __future__ import annotations

from typing import Any

import pytest

import onex_tools.config
from onex_tools.model import Finding
from onex_tools.pages import as_bytes, contents
from onex_tools.trial import load_plugin, try_rules

OFFER = load_plugin("onex_validators")
SPEC = OFFER.catalogue.sections["docstrings"]
RULES = sorted((rule for rule in OFFER.rules if rule.code[:3] == "DCS"), key=lambda rule: rule.code)
CHANGED: dict[str, Any] = {
    field.name: field.choices[0]
    if field.choices
    else {"bool": not field.default, "float": 50.0, "list": ["*"]}[field.type]
    for field in SPEC.fields
}
"""Another value than the default, for each setting."""
CORPUS = {
    "all.py": b'''"""Carts."""


class Cart:
    """A cart.

    Args:
        owner: Who it is of.
    """

    def __init__(self, owner, _at, *more, **names):
        """Fill it.

        Args:
            owner: Who it is of.

        Raises:
            KeyError: It is full.
        """
        assert owner
        raise ValueError


def fill(cart, _at, *more, **names):
    """Fill the cart.

    Args:
        cart: What to fill.
        size: It is no more.
        **options: Whatever.
    """
    assert cart


def empty(cart, _at, *more):
    """Empty the cart.

    Raises:
        KeyError: It is empty.
    """
'''
}
"""Code on which rules ask for what their own examples may decide sooner."""


def found(rule: Any, example: Any, settings: dict[str, Any]) -> list[Finding]:
    """What the rule finds in its example under ``settings``."""
    given = {name: as_bytes(text) for name, text in example.given.items()}
    outcome = try_rules(OFFER, [rule], contents(example), settings=settings, given=given)
    return list(outcome.findings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_other_settings_change_nothing(rule):
    """All of them at once, over each of the rule's examples."""
    others = {one.name: CHANGED[one.name] for one in SPEC.fields if not one.concerns(rule.code)}
    for example in rule.examples:
        own = {name.replace("-", "_"): value for name, value in example.settings.items()}
        assert not others.keys() & own.keys(), "an example sets what the rule does not read"
        assert found(rule, example, {**others, **own}) == found(rule, example, own), example


class Recorder:
    """Settings that note which of them were read."""

    def __init__(self, settings: Any, read: set[str]) -> None:
        self._settings, self._read = settings, read

    def __getattr__(self, name: str) -> Any:
        self._read.add(name)
        return getattr(self._settings, name)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_setting_is_read(rule, monkeypatch):
    """By the rule in one of its examples, or by the kernel, which asks it for evidence."""
    read: set[str] = set()
    build = onex_tools.config.build
    monkeypatch.setattr(
        onex_tools.config, "build", lambda cls, values: Recorder(build(cls, values), read)
    )
    for example in rule.examples:
        found(rule, example, {"convention": "", **example.settings})
        try_rules(OFFER, [rule], CORPUS, settings={"convention": "google", **example.settings})
    asked = {part.partition("=")[0].partition(".")[2] for part in rule.enabled_by.split("|")}
    named = {field.name for field in SPEC.fields if field.concerns(rule.code)}
    assert named <= read | asked
