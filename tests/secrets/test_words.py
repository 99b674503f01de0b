"""What names say of their values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_validators.secrets.words import meaning, split
from tests.conftest import no_hang


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dbPassword", ("db", "password")),
        ("DB_PASSWORD", ("db", "password")),
        ("spring.datasource.db-password", ("spring", "datasource", "db", "password")),
        ("AWSSecretKey", ("aws", "secret", "key")),
        ("token2", ("token",)),
        ("", ()),
    ],
)
def test_words(name: str, words: tuple[str, ...]) -> None:
    assert split(name) == words


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[(name, "password") for name in ("password", "dbPassword", "DB_PASS", "mysql.pwd", "pw")],
        *[(name, "password") for name in ("rootpassword", "SMTP_PASSWD", "keyPassphrase", "pass")],
        *[(name, "password") for name in ("dbpass", "olcRootPW", "requirepass", "bindpw")],
        *[(name, "token") for name in ("token", "authToken", "GH_TOKEN", "token_value", "jwt")],
        *[(name, "secret") for name in ("secret", "clientSecret", "SECRETS", "aws-credentials")],
        *[(name, "key") for name in ("apiKey", "API-KEY", "apikey", "secret_access_key")],
        *[(name, "key") for name in ("private_key", "encryptionKey", "aws.secretAccessKey")],
        *[(name, "value") for name in ("key", "auth", "SLACK_KEY", "githubkey")],
    ],
)
def test_names_of_secrets(name: str, kind: str) -> None:
    said = meaning(name)
    assert said is not None and said.kind == kind


@pytest.mark.parametrize(
    "name",
    [
        *("password_length", "passwordMinLength", "secretName", "token_ttl", "tokenUrl"),
        *("api_key_id", "PASSWORD_FILE", "password.policy", "keyPath", "tokenType", "secretCount"),
        *(
            "password_hash",
            "hashedPassword",
            "publicKey",
            "public_key",
            "PUBLIC_TOKEN",
            "tokens_used",
        ),
        *("passport", "compass", "bypass", "keyboard", "secretary_of", "author", "passenger"),
        *(
            "primary_key",
            "foreign_key",
            "cache_key",
            "csrf_token",
            "next_page_token",
            "showPassword",
        ),
        *("auth_key_management", "password_encryption", "password_expire", "key_exchange"),
        *("min_password", "resetPassword", "name", "value", "username", "", "key_id", "monkeys"),
    ],
)
def test_names_of_something_else(name: str) -> None:
    assert meaning(name) is None


@given(st.text(max_size=300))
def test_any_name_is_read(name: str) -> None:
    said = meaning(name)
    assert said is None or said.words == split(name)


@pytest.mark.parametrize("piece", ["aB", "A", "password", "_", "a1"])
def test_long_names_take_no_time(piece: str) -> None:
    with no_hang():
        meaning(piece * 100_000)
