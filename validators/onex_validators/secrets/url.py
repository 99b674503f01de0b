"""Credentials in URLs: ``scheme://user:password@host``, of any scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from onex_tools.api import Bad, Confidence, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets import reference
from onex_validators.secrets.entropy import is_random
from onex_validators.secrets.judgement import names_one
from onex_validators.secrets.made_up import drawn
from onex_validators.secrets.placeholder import is_placeholder
from onex_validators.secrets.places import is_made_up
from onex_validators.secrets.precedence import PROVIDERS
from onex_validators.secrets.words import STOCK

_SCHEME = pattern(rb"[A-Za-z][A-Za-z0-9+.\-]{1,30}\Z")
_LOGIN = pattern(
    rb"(?P<user>[^\s:@/?#\"'`<>,;()|\\]{0,120}+(?:@[^\s:@/?#\"'`<>,;()|\\]{1,80})?)"
    rb":(?P<password>[^\s/\"'`<>|\\?]{1,256}?)@"
    rb"(?P<host>\[[0-9A-Fa-f:.]{2,50}\]|[\w.$\-%{}]{1,200})"
)
_SECRET_QUERY = pattern(rb"[?&]")
_EXAMPLE = pattern(rb"(?i)(?:^|\.)example(?:\.(?:com|org|net))?$|\.(?:test|invalid|localhost)$")
_LOCAL = pattern(rb"(?i)localhost$|127\.\d|host(?:name)?$|(?:your|my)[-.]")
_SAMPLE = pattern(
    rb"(?i)(?:^|[.\-])(?:host(?:name)?|domain|server|site|website|company|corp|org|acme|foo|bar|some|any"
    rb"|test|testing|proxy|address|url|ip|fqdn|registry|mirror)(?:name)?\d{0,2}(?:\.|$)"
)
"""Names of hosts in samples of a URL, where the password is one too."""
_TEMPLATE = pattern(r"[{}<>\[\]]|^\$|^%[sd(]|^[*.x]+$|\.\.\.")
_PLAIN = pattern(r"[A-Z][A-Z_]{3,}")


class Login(NamedTuple):
    """A password in a URL.

    Attributes:
        span: the bytes of the password.
        scheme: of the URL.
        confidence: low where the URL rather shows its form.
    """

    span: Span
    scheme: str
    confidence: Confidence


class _Examples:
    """URLs with passwords of no account, made up when they are asked for."""

    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        word = drawn("url", 14)
        return (
            Bad(".env", f"DATABASE_URL=postgres://app:{word}@db.internal:5432/app\n"),
            Bad("fetch.py", f'URL = "https://ci:{word}@git.internal/repository.git"\n'),
            Good(".env", "DATABASE_URL=postgres://app:${DB_PASSWORD}@db.internal:5432/app\n"),
            Good("README.txt", "Give it as postgres://<user>:<password>@host/database.\n"),
        )


class CredentialInUrl(Validator):
    """A URL holds a password.

    URLs are logged, shown in error messages and kept in histories, and their passwords with them.
    Give the password by the environment and put the URL together at start, or use what the client
    has for it: a credential helper, a `.netrc` outside of the repository, a secret of the platform.
    """

    code, name = "SEC002", "credential-in-url"
    severity = Severity.ERROR
    sensitive = True
    defers_to = PROVIDERS
    files = ("*",)
    contains = ("://",)
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every password in a URL."""
        if file.is_binary:
            return
        for login in file.shared(logins):
            if login.confidence is Confidence.LOW and is_made_up(file):
                continue
            size = login.span.end - login.span.start
            message = f"password in a URL ({login.scheme}, {size} characters)"
            help = "keep the user name only, and hand the password in by the environment"
            yield file.finding(self, login.span, message, help=help, confidence=login.confidence)


def logins(file: SourceFile) -> tuple[Login, ...]:
    """The passwords in the URLs of ``file``."""
    return tuple(_logins(file.data))


def _logins(data: bytes) -> Iterator[Login]:
    at = data.find(b"://")
    while at >= 0:
        found = _LOGIN.match(data, at + 3)
        scheme = _SCHEME.search(data, max(at - 32, 0), at) if found is not None else None
        if found is not None and scheme is not None:
            confidence = _judge(found)
            if confidence is not None:
                yield Login(Span(*found.span("password")), scheme[0].decode(), confidence)
        at = data.find(b"://", at + 3)


def _judge(found: re.Match[bytes]) -> Confidence | None:
    """How sure it is that the password is one; None where it only stands for one."""
    from urllib.parse import unquote_to_bytes

    user = found["user"].decode("utf-8", "replace")
    password = unquote_to_bytes(found["password"]).decode("utf-8", "replace")
    password = reference.default(password) or password
    if reference.is_reference(password):
        return None
    if reference.has_reference(password):
        return Confidence.HIGH if any(map(is_random, reference.literals(password))) else None
    if _TEMPLATE.search(password) or (password.isdigit() and len(password) < 6 and not user):
        return None
    if set(password) <= {"*", "x", "X", "."} or password.startswith(("your", "<", "%s", "${")):
        return None
    host = found["host"]
    stock = password.lower() in STOCK
    if is_placeholder(password) and not stock:
        return None
    shown = stock or password == user or names_one(password)
    if shown and (b"." not in host or any(p.search(host) for p in (_EXAMPLE, _LOCAL, _SAMPLE))):
        return None
    return Confidence.LOW if shown or _EXAMPLE.search(host) else Confidence.HIGH
