"""However texts are looked for, the findings are equal: one by one, by a pattern, an automaton.

Which way is taken depends on what is installed and what a run has read so far: it must not show.
"""

from __future__ import annotations

import random
import sysconfig
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools import needles
from onex_tools.model import Finding
from onex_tools.rule import Validator
from onex_tools.trial import Offer, load_plugin, try_rules
from onex_validators.secrets.provider import ProviderToken
from tests.conftest import ALL_FILES, CHECKOUT, examples, some
from tests.secrets.values import drawn

PACKAGE = "onex_validators.secrets"


@pytest.fixture(scope="module")
def offer() -> Offer:
    """Every rule that is built in."""
    return load_plugin("onex_validators")


def findings(offer: Offer, files: dict[str, bytes]) -> list[Finding]:
    """What all rules on secrets find, if texts are looked for in any of the ways."""
    rules = [one for one in offer.rules if one.__module__.startswith(PACKAGE)]
    assert all(issubclass(rule, Validator) for rule in rules) and len(rules) > 80
    found = []
    for engine in (lambda *_: None, _by_pattern, _by_automaton):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(needles, "WORTH", (1, 1))
            patch.setattr(needles, "prepare", engine)
            outcome = try_rules(offer, rules, files)
        assert not outcome.troubles
        found.append(outcome.findings)
    assert found[0] == found[1] == found[2]
    return found[0]


_by_automaton = cache(needles.by_automaton)


@cache
def _by_pattern(texts: frozenset[bytes], _size: int) -> needles.Search:
    return needles.by_pattern(texts)


LINES = st.sampled_from(
    [
        "password: {0}",
        "{1}",
        "{2} = '{1}'",
        "key={0}",
        "https://a:{0}@b.io",
        "# {2} {1}",
        "text",
        "",
    ]
)


@settings(max_examples=examples(300) if ALL_FILES else 12)
@given(st.lists(LINES, max_size=12), st.sampled_from(["a.yaml", "a.py", "a.env", "a"]), st.data())
def test_generated_files(offer, lines, path, data):
    rules = [one for one in offer.rules if issubclass(one, ProviderToken) and one.tokens]
    token = data.draw(st.sampled_from([token for rule in rules for token in rule.tokens]))
    text = token.sample(f"passes {len(lines)}")
    said = "\n".join(line.format(drawn("passes"), text, token.word) for line in lines).encode()
    files = {path: said, "b.txt": said * 2}
    findings(offer, files)


def test_every_format_is_found_both_ways(offer):
    rules = [one for one in offer.rules if issubclass(one, ProviderToken)]
    tokens = [token for rule in rules for token in rule.tokens]
    lines = [f"{token.word}: {token.sample('passes')}" for token in tokens]
    files = {
        f"{at}.yaml": "\n".join(lines[at : at + 20]).encode() for at in range(0, len(lines), 20)
    }
    found = findings(offer, files)
    assert len({(one.path, one.location.line) for one in found}) > 0.98 * len(lines)


def test_real_files(offer):
    library = Path(sysconfig.get_path("stdlib"))
    paths = [*library.glob("*.py"), *library.glob("email/*.py"), *CHECKOUT.rglob("docs/**/*.md")]
    chosen = some(paths, 40)
    random.Random(1).shuffle(chosen)
    files = {path.name: path.read_bytes() for path in chosen}
    findings(offer, files)
