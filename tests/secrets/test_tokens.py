"""Tokens of every provider: each format is found where it stands, and nothing else is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.api import SourceFile, rules_in
from onex_tools.filepass import new_services
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Token
from tests.conftest import ALL_FILES, Repository, no_hang

ASK = ("validate", "--select", "SEC1", "--output-format", "json")
RULES = [rule for rule in rules_in("onex_validators.secrets") if issubclass(rule, ProviderToken)]
TOKENS = [
    pytest.param(token, id=f"{rule.name}-{token.title}") for rule in RULES for token in rule.tokens
]


def source(data: bytes) -> SourceFile:
    """A file of no kind with these bytes."""
    return SourceFile("a", "unknown", data, new_services(0))


def found(token: Token, text: str) -> list[str]:
    """The texts that ``token`` finds."""
    return [hit.text for hit in token.hits(source(text.encode()))]


@pytest.mark.parametrize("token", TOKENS)
def test_is_found_in_all_surroundings(token: Token) -> None:
    name = token.word
    for seed in range(20 if ALL_FILES else 4):
        text = token.sample(str(seed))
        for around in (
            "{name}={text}",
            "{name}: {text}\n",
            '{{"{name}": "{text}"}}',
            "{name} = '{text}';",
            "export {name}_KEY={text}\r\n",
            "<add key='{name}' value='{text}'/>",
            "<{name}>\n    {text}\n</{name}>",
            "- name: {name}\n  value: {text}\n",
            'setProperty("{name}", "{text}")',
            'var {name} string = "{text}"',
            "const {name}_key: &str = `{text}`;",
            "{name} :::= {text}",
            'NSString *{name} = @"{text}";',
            '{name} = b"{text}"',
            'os.environ.get("{name}") or "{text}"',
            "--{name} {text} --more",
            "curl -H 'X-{name}: Bearer {text}' ",
            '{{\\"{name}\\": \\"{text}\\"}}',
        ):
            assert found(token, around.format(name=name, text=text)) == [text], around


@pytest.mark.parametrize("token", TOKENS)
def test_is_not_found_inside_of_a_longer_word(token: Token) -> None:
    name = token.word
    text = token.sample("inside")
    for around in ("{name}=Q{text}", "{name}=9{text}"):
        assert text not in found(token, around.format(name=name, text=text)), around


@pytest.mark.parametrize("rule", RULES)
def test_what_is_shown_is_four_characters_at_most(rule: type[ProviderToken]) -> None:
    for token in rule.tokens:
        text = f"{token.word} = {token.sample('shown')}"
        for hit in token.hits(source(text.encode())):
            shown = hit.preview.partition("…")[0] if "…" in hit.preview else ""
            assert len(shown) <= 4 and hit.mark.startswith(shown)
            assert hit.text[len(hit.mark) :] not in hit.preview


def test_no_two_providers_find_the_same_mark() -> None:
    for rule in RULES:
        for token in (token for token in rule.tokens if token.marks):
            text = token.sample("two").encode()
            assert not [
                (rule.code, other.code)
                for other in RULES
                if other is not rule
                for one in other.tokens
                if one.marks and any(one.hits(source(text)))
            ], token.title


def test_a_wrong_checksum_is_told() -> None:
    token = next(t for rule in RULES for t in rule.tokens if t.checksum is not None)
    right = token.sample("sum")
    last = next(c for c in "abc" if c != right[-1])
    assert [hit.checksum for hit in token.hits(source(right.encode()))] == [True]
    assert [hit.checksum for hit in token.hits(source((right[:-1] + last).encode()))] == [False]


@pytest.mark.parametrize("token", TOKENS if ALL_FILES else TOKENS[::4])
def test_hostile_repetitions_are_read_in_passing(token: Token) -> None:
    anchor, text = token.anchors[0], token.sample("hostile")
    for data in (
        anchor * 3000,
        f"{anchor}=" * 3000,
        f"{anchor} token " * 2000,
        f"{anchor} =key :token 'secret " * 1000,
        (anchor + "\n" * 50) * 500,
        f"{anchor}={text[:-1]} " * 500,
    ):
        with no_hang():
            list(token.hits(source(data.encode())))


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    chance = random.Random(len(data))
    for rule in chance.sample(RULES, min(3, len(RULES))):
        for token in rule.tokens:
            mark = token.anchors[0].encode()
            assert all(hit.text for hit in token.hits(source(mark.join((data, data, data)))))


UUID = "-".join(
    "0123456789abcdef9"[n : n + size] for n, size in ((3, 8), (1, 4), (7, 4), (2, 4), (4, 12))
)
CAMEL = "default" + "Configuration"
HEX40 = "".join(random.Random("digest").choices("0123456789abcdef", k=40))


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("a.json", f'{{"heroku": {{"eu": {{"api_key": "{UUID}"}}}}}}', 1),
        ("a.json", f'{{"heroku": {{"eu": {{"app": "{UUID}"}}}}}}', 0),
        ("a.json", f'{{"text": "a GitLab access token."}}, "{CAMEL}": 1', 0),
        ("a.toml", f"[sonar.main]\nlogin = '{HEX40}'\n", 1),
        ("a.txt", f"HEROKU_APP_ID={UUID}\n", 0),
        ("a.txt", f"CIRCLECI_SHA1={HEX40}\n", 0),
        ("a.txt", f"sonar_token_hash: {HEX40}\n", 0),
        ("a.txt", f"https://x.org/sonar-scanner-token-2.5.0.tgz#{HEX40}\n", 0),
        ("a.txt", f"uses: sonarsource/token-action@{HEX40}\n", 0),
    ],
)
def test_a_word_nearby(repo: Repository, name: str, text: str, count: int) -> None:
    repo.write_all({"onex.toml": "preview = true\n", name: text})
    found = repo.onex(*ASK).json()["findings"]
    assert len(found) == count


def test_of_two_formats_the_more_telling_one_is_said(repo: Repository) -> None:
    key = next(t for rule in RULES for t in rule.tokens if t.title == "storage account key")
    repo.write("onex.toml", "preview = true\n")
    repo.write("a.json", f'{{"azure": {{"key": "{key.sample("two")}"}}}}')
    (found,) = repo.onex(*ASK).json()["findings"]
    assert found["message"].startswith("Azure storage account key under azure.key (")


def test_one_that_is_likely_not_live_is_a_warning(repo: Repository) -> None:
    token = next(t for rule in RULES for t in rule.tokens if t.title == "OAuth application secret")
    text = token.sample("live")
    counted = text[:-16] + "0123456789abcdef"
    repo.write_all({"onex.toml": "preview = true\n", "a.txt": f"{text}\n{counted}\n"})
    found = repo.onex(*ASK).json()["findings"]
    assert [(one["severity"], one["confidence"]) for one in found] == [
        ("error", "high"),
        ("warning", "low"),
    ]
