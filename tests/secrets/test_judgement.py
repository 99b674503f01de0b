"""Values under names: live secrets, placeholders, and what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_validators.secrets.entropy import is_random, is_spoken
from onex_validators.secrets.judgement import (
    IN_PROSE,
    LIVE,
    LOOSELY,
    STRICTLY,
    WEAK,
    is_complex,
    verdict,
)
from onex_validators.secrets.words import Meaning, meaning
from tests.secrets.values import drawn, number

HOWS = (LOOSELY, STRICTLY, IN_PROSE)


def said(name: str) -> Meaning:
    """What ``name`` says."""
    found = meaning(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["password", "api_key", "token", "client_secret", "SLACK_KEY"])
@pytest.mark.parametrize("how", HOWS)
def test_what_a_machine_drew_is_live_everywhere(name: str, how: int) -> None:
    for seed in range(40):
        assert verdict(said(name), drawn(str(seed), 32), how) == LIVE


@pytest.mark.parametrize("value", ["hardcoded", "hunter2", "super$ecret", "Blue-Cheese", "a1b2c3"])
def test_in_configuration_a_password_may_be_a_word(value: str) -> None:
    assert verdict(said("password"), value) == LIVE


@pytest.mark.parametrize("value", ["hunter22", "super$ecret", "`123QWERasdf", "Sommer2019!"])
def test_in_source_a_password_is_more_than_a_word(value: str) -> None:
    assert verdict(said("password"), value, STRICTLY) == LIVE


@pytest.mark.parametrize(
    "value",
    [
        *("password", "Enter your password", "new_password", "password1", "PasswordField", "#pwd"),
        *("errors.password.required", "field-name", "The password is wrong", "text", "string"),
        *(
            "self.password",
            "getPassword()",
            "str | None",
            "^[a-z]+$",
            "%s:%s",
            "{}",
            "${x}",
            "input.pwd",
        ),
        *(
            "org.example.Password",
            "Optional[str]",
            "/etc/passwd",
            "https://x/y",
            "Passwort vergessen?",
        ),
    ],
)
def test_names_and_texts_in_source_are_not_live(value: str) -> None:
    assert verdict(said("password"), value, STRICTLY) != LIVE


@pytest.mark.parametrize(
    "value",
    [
        *("changeme", "change-me", "CHANGE_ME", "xxxxxxxx", "<password>", "your-password-here"),
        *("password", "********", "[redacted]", "todo", "example", "my-secret-password", "...."),
        *("eyJ2IjoiMSIsInMiOjEsImMiOi...", "Ab3Xy9Qw7…"),
        *("replace-me", "secret", "TOKEN", "enter_your_key_here", "test", "dummy", "fake-key"),
    ],
)
@pytest.mark.parametrize("how", HOWS)
def test_placeholders_are_never_live(value: str, how: int) -> None:
    for name in ("password", "api_key", "token"):
        assert verdict(said(name), value, how) != LIVE


@pytest.mark.parametrize("value", ["share_password", "proxy_pwd", "cert_passphrase"])
def test_a_name_of_a_password_is_a_placeholder(value: str) -> None:
    assert verdict(said("password"), value) == WEAK


@pytest.mark.parametrize("value", ['{"type":"account9"}', 'token:"clm67553:Type"', "Key 9 of 3 Ts"])
def test_what_has_quotes_or_spaces_is_no_token(value: str) -> None:
    assert verdict(said("token"), value) == ""


@pytest.mark.parametrize("how", HOWS)
def test_what_says_that_it_is_an_example_is_a_placeholder(how: int) -> None:
    assert verdict(said("secret_access_key"), f"{drawn('aws', 29)}/EXAMPLEKEY", how) == WEAK


def test_the_name_itself_is_a_placeholder() -> None:
    assert verdict(said("TRAVEL_API_KEY"), "TRAVEL_API_KEY") == WEAK
    assert verdict(said("db-password"), "db_password") == WEAK


@pytest.mark.parametrize(
    "value",
    [
        *(
            "true",
            "null",
            "",
            "  ",
            "0",
            "none",
            "sha256:" + number("digest", 64),
            "app:$2y$05$" + drawn("entry", 53),
            "Jobs[-1].JobId",
            "v1/objects/encryption-keys/{}",
            "api/tokens/:id",
            "/run/secrets/x",
        ),
        *("3f0c8a1e-1b2d-4c5f-9a7b-0d1e2f3a4b5c", "ssh-rsa AAAAB3Nza", "https://id.internal/token"),
        *("$2b$12$" + drawn("hash", 53), "line\nline", "com.acme.TokenService"),
    ],
)
def test_values_of_another_kind(value: str) -> None:
    assert verdict(said("token"), value) == ""


@pytest.mark.parametrize("value", ["Passwort", "contrasena", "Kennwort", "apiKey"])
def test_a_word_for_a_secret_is_a_placeholder(value: str) -> None:
    assert verdict(said("password"), value) == WEAK


@pytest.mark.parametrize("value", ["Пароль", "Contraseña", "รหัสผ่าน", "此令牌仅显示一次。"])
@pytest.mark.parametrize("name", ["password", "token"])
def test_letters_of_other_scripts_are_texts_for_people(name: str, value: str) -> None:
    assert verdict(said(name), value) != LIVE


def test_the_key_of_a_cache_is_no_secret() -> None:
    for name in ("linux-pip-", "shop:carts:", "v1-deps-"):
        assert verdict(said("key"), name + number("cache", 20)) == ""


def test_a_loose_name_needs_a_drawn_value() -> None:
    assert verdict(said("key"), "db_password_of_the_shop") == ""
    assert verdict(said("key"), number("digest")) == ""
    assert verdict(said("key"), drawn("loose", 30)) == LIVE


def test_a_fallback_is_judged() -> None:
    assert verdict(said("token"), f"${{TOKEN:-{drawn('fallback')}}}") == LIVE
    assert verdict(said("token"), "${TOKEN:-changeme}") == WEAK


def test_the_rest_of_a_longer_text_is_judged() -> None:
    assert verdict(said("token"), "${PREFIX}" + drawn("rest", 30)) == LIVE
    assert verdict(said("token"), "prefix-${TOKEN}") == ""


def test_words_are_spoken_and_not_random() -> None:
    for text in ("configuration", "the quick brown fox", "server.connection.timeout"):
        assert is_spoken(text) and not is_random(text)
    assert not is_random("abcd1234" * 4)
    assert not is_random("types-pywin32") and not is_random("my-module-name-v2")
    assert sum(is_random(drawn(str(seed), 24)) for seed in range(200)) == 200


@pytest.mark.parametrize(
    ("text", "so"), [("Prl23Db#@", True), ("abc123", False), ("Abcdef", False)]
)
def test_complex(text: str, so: bool) -> None:
    assert is_complex(text) is so


@given(st.text(max_size=200), st.sampled_from(["password", "token", "key"]), st.sampled_from(HOWS))
def test_any_value_is_judged(value: str, name: str, how: int) -> None:
    assert verdict(said(name), value, how) in (LIVE, WEAK, "")
