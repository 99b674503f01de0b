"""Values that say where a secret comes from, and values that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_validators.secrets.reference import default, is_path, is_reference, rest
from tests.conftest import no_hang
from tests.secrets.values import drawn


@pytest.mark.parametrize(
    "value",
    [
        *(
            "$X",
            "$password",
            "$$password",
            "${X}",
            "${X:-}",
            "${X:?must be set}",
            "${X-}",
            "$(cmd)",
        ),
        *("${{ secrets.TOKEN }}", "{{ .Values.password }}", "{{password}}", "{{{ token }}}"),
        *("%X%", "%env(SECRET)%", "'%env(SECRET)%'", "@TOKEN@", "%(token)s", "<% token %>"),
        *("<%= ENV['TOKEN'] %>", "{% raw %}", "#{token}", "__TOKEN__", "[[token]]", "{password}"),
        *(
            "{ password }",
            "${var.token}",
            "!Ref Password",
            "!Sub '${X}'",
            "!vault |",
            "vault:a/b#c",
        ),
        *("vault://secret/app", "ref+vault://secret/app#/token", "op://vault/item/field"),
        *("secretsmanager:name", "ssm:/app/token", "arn:aws:secretsmanager:eu-west-1:1:secret:x"),
        *(
            "@Microsoft.KeyVault(SecretUri=https://x.vault.azure.net/secrets/y)",
            "ENC[AES256_GCM,x]",
        ),
        *("file:///run/secrets/token", "projects/p/secrets/s/versions/1", "{cipher}0a1b"),
        *("{{resolve:secretsmanager:x:SecretString:y}}", "https://x.vault.azure.net/secrets/y"),
        *("var.token", 'data.vault_generic_secret.app.data["token"]', "local.token", "each.value"),
        *(
            'os.environ["TOKEN"]',
            "process.env.TOKEN",
            "getenv('TOKEN')",
            "self.password",
            "?",
            "%s",
        ),
        *("$snmp_auth_key$", "U2FsdGVkX1" + drawn("sealed", 33) + "="),
        *("", "  ", '"${X}"', "${A}${B}", "${USER}:${PASSWORD}"),
    ],
)
def test_references(value: str) -> None:
    assert is_reference(value)


@pytest.mark.parametrize(
    "value",
    [
        *("super$ecret", "Pa$$word1", "a{b}c", "100%", "m{{h}o)p${e]n", "correct horse", "a@b@c"),
        *("hunter2", "x{y", "%percent", "${unclosed", "}}{{", "vaulted-ceiling", "variable.x"),
    ],
)
def test_literals(value: str) -> None:
    assert not is_reference(value)


def test_a_fallback_is_a_literal() -> None:
    text = drawn("fallback")
    for form in ("${TOKEN:-%s}", "${TOKEN-%s}", "${TOKEN:%s}", "${TOKEN:='%s'}"):
        assert default(form % text) == text, form
        assert not is_reference(form % text)
    assert default("${TOKEN:-${OTHER}}") == default("${TOKEN}") == default("${TOKEN:?no}") == ""


def test_what_is_left_of_a_longer_text() -> None:
    assert rest("a-${X}-b-%(y)s-{{ z }}") == "a--b--"


@pytest.mark.parametrize("value", ["/run/secrets/x", "./key.pem", "~/.ssh/id", "C:\\keys\\a.pem"])
def test_paths(value: str) -> None:
    assert is_path(value)


def test_base64_is_no_path() -> None:
    assert not is_path("/" + drawn("path", 40) + "/" + drawn("more", 30))


@given(st.text(max_size=300))
def test_any_text_is_read(value: str) -> None:
    assert is_reference(value) in (True, False)
    assert len(rest(value)) <= len(value)


@pytest.mark.parametrize(
    "piece", ["${", "{{", "$", "%", "@", "a.", "{{}", "${a:-", "(", "/a", "[["]
)
def test_hostile_repetitions_take_no_time(piece: str) -> None:
    for value in (piece * 20_000, "a" + piece * 20_000, piece * 20_000 + "}"):
        with no_hang():
            is_reference(value), rest(value), default(value), is_path(value)
