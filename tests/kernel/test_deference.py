"""A rule that defers to others says nothing where they speak; words are found however written."""

from __future__ import annotations

import pytest

RULES = '''"""Rules that look at the same words."""
import re
from onex_tools.api import Bad, Good, Span, Validator

class Words(Validator):
    """Words are there.

    They are looked for.
    """

    files = ("*.txt",)
    abstract = True
    examples = (Good("a.txt", "1\\n"), Bad("a.txt", "darkblue\\n"))
    pattern = b""

    def check(self, file):
        for found in re.finditer(self.pattern, file.data):
            yield file.finding(self, Span(*found.span()), self.name)


class Any(Words):
    """Any word."""

    code, name, pattern = "TST001", "any", rb"[a-z]+"
    defers_to = {to}


class Colour(Words):
    """A colour."""

    code, name, pattern = "TST101", "colour", rb"red|blue|green"


class Dark(Words):
    """A dark colour."""

    code, name, pattern = "TST102", "dark", rb"darkblue"
    mentions = ("dark blue",)
'''


def found(repo, *arguments: str) -> list[str]:
    run = repo.onex(
        "validate", "--allow-local-plugins", "--output-format", "json", "a.txt", *arguments
    )
    rows = run.json()["findings"]
    return [f"{row['column']} {row['code']}" for row in rows if row["code"].startswith("TST")]


@pytest.fixture
def words(repo):
    repo.write("onex.toml", 'local-rules = ["rules.py"]\n')
    repo.write("rules.py", RULES.replace("{to}", '("TST1",)'))
    repo.write("a.txt", "one red darkblue\n")
    return repo


def test_what_another_rule_says_is_not_said_again(words):
    assert found(words) == ["1 TST001", "5 TST101", "9 TST102", "13 TST101"]


def test_a_rule_that_does_not_run_says_nothing(words):
    assert found(words, "--ignore", "TST101") == ["1 TST001", "5 TST001", "9 TST102"]
    assert found(words, "--select", "TST001") == ["1 TST001", "5 TST001", "9 TST001"]


def test_a_waived_finding_is_deferred_to(words):
    entry = '[[per-file-ignores]]\npath = "a.txt"\ncodes = ["TST101"]\nreason = "old"\n'
    words.write("onex.toml", f'local-rules = ["rules.py"]\n{entry}')
    assert found(words) == ["1 TST001", "9 TST102"]


def test_a_cached_answer_is_the_same(words):
    assert found(words) == found(words) == found(words, "--no-cache")


@pytest.mark.parametrize("wrong", ['"TST1"', '("TST001",)', '("TST0",)', '("",)'])
def test_other_rules_have_to_be_named(words, wrong):
    words.write("rules.py", RULES.replace("{to}", wrong))
    run = words.onex("validate", "--allow-local-plugins")
    assert run.code == 2
    assert "its defers_to are" in run.out


def test_of_rules_that_defer_to_each_other_one_is_heard(words):
    colour = 'rb"red|blue|green"\n    defers_to = ("TST001",)'
    rules = RULES.replace("{to}", '("TST1",)').replace('rb"red|blue|green"', colour)
    words.write("rules.py", rules)
    assert found(words) == ["1 TST001", "5 TST001", "9 TST102", "13 TST101"]


def test_what_is_left_out_speaks_for_nothing(words):
    colour = 'rb"red dark"\n    defers_to = ("TST102",)'
    rules = RULES.replace("{to}", '("TST101",)').replace('rb"red|blue|green"', colour)
    words.write("rules.py", rules)
    assert found(words) == ["1 TST001", "5 TST001", "9 TST001", "9 TST102"]


@pytest.mark.parametrize("wrong", ['"dark blue"', '("dark", "")', '("_-",)', '("größe",)'])
@pytest.mark.parametrize("name", ["contains", "mentions"])
def test_words_have_to_say_something(words, name, wrong):
    rules = RULES.replace("{to}", "()")
    words.write("rules.py", rules.replace('mentions = ("dark blue",)', f"{name} = {wrong}"))
    run = words.onex("validate", "--allow-local-plugins")
    if name == "contains" and wrong in ('("_-",)', '("größe",)'):
        assert "its contains are" not in run.out
    else:
        assert run.code == 2
        assert f"its {name} are" in run.out


@pytest.mark.parametrize(
    "text", ["dark blue", "DARK_BLUE", "dark-blue", "darkBlue", "Dark.Blue", "x.DarkBlueish"]
)
def test_words_are_found_however_they_are_written(words, text):
    rules = RULES.replace("{to}", "()").replace('rb"darkblue"', 'rb"(?i)dark.?blue"')
    words.write("rules.py", rules)
    words.write("a.txt", f"{text}\n")
    assert any(row.endswith("TST102") for row in found(words))


@pytest.mark.parametrize("needs", ['mentions = ("dark blue",)', 'contains = ("DARK_BLUE",)'])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_texts_and_words_are_found_in_utf_16(words, needs, encoding):
    rules = RULES.replace("{to}", "()").replace('rb"darkblue"', 'rb"D"')
    words.write("rules.py", rules.replace('mentions = ("dark blue",)', needs))
    words.write("a.txt", "\ufeffDARK_BLUE\n".encode(encoding))
    assert any(row.endswith("TST102") for row in found(words))


def test_without_its_words_a_rule_is_not_run(words):
    words.write("rules.py", RULES.replace("{to}", "()").replace('rb"darkblue"', 'rb"."'))
    words.write("a.txt", "dark, blue\n")
    assert not any(row.endswith("TST102") for row in found(words))
