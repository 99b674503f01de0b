"""Passwords and other secrets in configuration, told by their keys."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from onex_tools.api import Bad, Confidence, Finding, Good, Severity, SourceFile, Validator
from onex_validators.secrets.alphabet import BASE62
from onex_validators.secrets.entropy import entropy, is_random
from onex_validators.secrets.judgement import WEAK, Candidate
from onex_validators.secrets.named import in_place
from onex_validators.secrets.precedence import KEYS, PROVIDERS
from onex_validators.secrets.words import LOOSE

WORDS = (
    *("pass", "Pass", "PASS", "pwd", "Pwd", "PWD", "pw", "PW", "Pw"),
    *("secret", "Secret", "SECRET", "token", "Token", "TOKEN", "key", "Key", "KEY"),
    *("cred", "Cred", "CRED", "auth", "Auth", "AUTH", "jwt", "JWT", "earer", "senha", "kennwort"),
)
"""A file that names a secret has one of these texts."""
_PART = re.compile(r"[A-Za-z0-9+/=]{10,}")
HELP = "hand it in at run time: a reference to the environment, a mounted file, or a secret store"


def drawn(seed: str, size: int = 24) -> str:
    """A made-up secret, always the same for the same seed."""
    return "".join(random.Random(seed).choices(BASE62, k=size))


def shown(name: str) -> str:
    """``name`` as it may be shown: a part of it that looks drawn is left out."""
    return _PART.sub(lambda part: "…" if is_random(part[0], 10) else part[0], name[:120])


def finding(rule: Validator, file: SourceFile, said: Candidate, help: str = HELP) -> Finding:
    """A finding on a candidate: what it is, where, and why it is taken for one."""
    kind = said.meaning.title
    decoded = f", decoded from {said.decoded_from}" if said.decoded_from else ""
    message = f"{kind} under {shown(said.name)} ({len(said.value)} characters{decoded})"
    sure = is_random(said.value)
    confidence = Confidence.HIGH if sure else Confidence.MEDIUM
    if said.meaning.kind == LOOSE:
        confidence = Confidence.MEDIUM if sure else Confidence.LOW
    details = {"kind": kind, "entropy": f"{entropy(said.value):.1f}"}
    return file.finding(rule, said.span, message, help=help, confidence=confidence, details=details)


class NamedSecret(Validator):
    """What the rules share that tell a secret by the name before it."""

    abstract = True
    preview = True
    sensitive = True
    defers_to = (*PROVIDERS, KEYS)
    files = ("*",)
    contains: ClassVar[tuple[str, ...]] = WORDS


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
    such as `${DB_PASSWORD:?}`, stops with an error instead.
    """

    code, name = "SEC012", "weak-placeholder"
    severity = Severity.INFO
    examples: ClassVar[Any] = _WeakExamples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every placeholder in configuration."""
        for password in (True, False):
            for said in in_place(file, "config", password=password, verdict=WEAK):
                message = f"placeholder for a {said.meaning.title} under {shown(said.name)}"
                yield file.finding(self, said.span, message, help=HELP)
