"""Passwords and other secrets in configuration, told by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from onex_tools.api import Bad, Finding, Good, Severity, SourceFile, Validator
from onex_validators.secrets.command import SIGNS
from onex_validators.secrets.made_up import drawn
from onex_validators.secrets.named import in_place, weak
from onex_validators.secrets.named_secret import (
    HELP,
    ON_REQUEST,
    NamedSecret,
    finding,
    shown,
)


class _Examples:
    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        return (
            Bad("app.json", f'{{"database": {{"password": "{drawn("config", 14)}"}}}}\n'),
            Bad("app.toml", f'[database]\npassword = "{drawn("toml", 14)}"\n', at=(2,)),
            Good(
                "app.json", '{"password": "${DB_PASSWORD}", "password_file": "/run/secrets/db"}\n'
            ),
            Good("app.json", '{"password_min_length": 12, "passwordPolicy": "strict"}\n'),
        )


class _TokenExamples:
    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        return (
            Bad("app.json", f'{{"api_key": "{drawn("key", 32)}"}}\n'),
            Bad("app.toml", f'auth-token = "{drawn("token", 32)}"\n'),
            Good("app.json", '{"api_key": "{{ api_key }}", "token": "vault:secret/app#token"}\n'),
            Good("app.json", '{"token_url": "https://id.internal/token", "key_id": "2024-01"}\n'),
        )


class _WeakExamples:
    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        return (
            Bad("app.json", '{"password": "changeme"}\n'),
            Good("app.json", '{"password": "${DB_PASSWORD}"}\n'),
        )


class PasswordInConfig(NamedSecret):
    """A password stands in configuration.

    Its key says that it is one. Everybody who can read the repository, now or in a year, has it.
    Change it, and let the file refer to where it is kept: `${DB_PASSWORD}`, a `*_FILE` key with the
    path of a mounted secret, `secretKeyRef`, `vault:`, `op://`, an entry encrypted by SOPS.
    """

    code, name = "SEC010", "password-in-config"
    severity = Severity.ERROR
    contains = SIGNS
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every password in configuration."""
        for said in in_place(file, "config", password=True):
            yield finding(self, file, said)


class SecretInConfig(NamedSecret):
    """A token, a key or another secret stands in configuration.

    Its key says that it is one, and its value looks like one. Revoke it where it was issued, make a
    new one, and let the file refer to where that is kept.
    """

    code, name = "SEC011", "secret-in-config"
    severity = Severity.ERROR
    examples: ClassVar[Any] = _TokenExamples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every other secret in configuration."""
        for said in in_place(file, "config", password=False):
            yield finding(self, file, said)


class WeakPlaceholder(NamedSecret):
    """A placeholder stands where a secret belongs.

    `changeme` in a file that is used as it is becomes the password. A reference without a fallback,
    such as `${DB_PASSWORD:?}`, stops with an error instead. Most such files are templates, which
    nobody uses as they are: so this rule runs only where its own code is selected.
    """

    code, name = "SEC012", "weak-placeholder"
    enabled_by = ON_REQUEST
    severity = Severity.INFO
    examples: ClassVar[Any] = _WeakExamples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every placeholder in configuration."""
        for said in weak(file):
            message = f"placeholder for a {said.meaning.title} under {shown(said.name)}"
            yield file.finding(self, said.span, message, help=HELP)
