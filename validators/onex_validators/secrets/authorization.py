"""Authorization headers with their credentials: in requests, configuration, code and commands."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from onex_tools.api import Bad, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets import reference
from onex_validators.secrets.entropy import is_spoken
from onex_validators.secrets.made_up import drawn
from onex_validators.secrets.placeholder import is_placeholder
from onex_validators.secrets.precedence import PROVIDERS
from onex_validators.secrets.web_token import tokens

_HEADER = pattern(
    rb"(?i)authorization\\{0,3}[\"'`]?\]?(?:&quot;)?[ \t]{0,4}(?:[:=,]|=>|\()[ \t]{0,4}"
    rb"(?:[bfru]?\\{0,3}[\"'`]|&quot;)?[ \t]{0,4}"
    rb"(?P<scheme>basic|bearer|token|apikey|digest|bot|negotiate|splunk|key|snowflake token=)"
    rb"(?:[ \t]{1,4}|%20|=)[\"']?(?P<value>[A-Za-z0-9+/=._~\-]{8,4000})(?![\w{(<$])"
)
_SCHEME_ALONE = pattern(
    rb"(?<![\w\-])(?P<q>[\"'`])(?P<scheme>Basic|Bearer)[ \t]{1,2}"
    rb"(?P<value>[A-Za-z0-9+/=._~\-]{16,4000})(?P=q)"
)
_ALONE = tuple(f"{quote}{scheme} " for scheme in ("Basic", "Bearer") for quote in "\"'`")
_PLAIN = pattern(r"[A-Za-z_\-.]+")


class Header(NamedTuple):
    """The credential of a header at its place: its scheme, and whether it is a password."""

    span: Span
    scheme: str


class _Examples:
    """Headers with credentials of no account, made up when they are asked for."""

    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        token = drawn("header")
        packed = base64.b64encode(f"app:{token}".encode()).decode()
        return (
            Bad("get.http", f"Authorization: Bearer {token}\n"),
            Bad("get.sh", f"curl -H 'Authorization: Basic {packed}' https://shop.internal\n"),
            Good("get.sh", 'curl -H "Authorization: Bearer $TOKEN" https://shop.internal\n'),
            Good("get.md", "Send `Authorization: Bearer <token>` with it.\n"),
        )


class AuthorizationHeader(Validator):
    """An authorization header is written out with its credential.

    Basic is user and password in base64, which hides nothing; a bearer token is valid for whoever
    bears it. Put the header together from the environment when the request is made.
    """

    code, name = "SEC006", "authorization-header"
    severity = Severity.ERROR
    sensitive = True
    defers_to = PROVIDERS
    files = ("*",)
    contains = _ALONE
    mentions = ("authorization",)
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every credential in a header."""
        if file.is_binary:
            return
        signed = {token.span.start for token in file.shared(tokens)}
        for header in file.shared(headers):
            if header.span.start in signed:
                continue
            size = header.span.end - header.span.start
            message = f"credential of an authorization header ({header.scheme}, {size} characters)"
            help = "put the header together from the environment when the request is made"
            yield file.finding(self, header.span, message, help=help)


def headers(file: SourceFile) -> tuple[Header, ...]:
    """The credentials in the authorization headers of ``file``."""
    return tuple(_headers(file))


def _headers(file: SourceFile) -> Iterator[Header]:
    seen = set()
    alone = sorted(at for text in _ALONE for at in file.places(text))
    for form, places in ((_HEADER, file.mentions("authorization")), (_SCHEME_ALONE, alone)):
        for found in filter(None, (form.match(file.data, at) for at in places)):
            scheme = found["scheme"].decode().lower()
            start = found.start("value")
            if start not in seen and _is_credential(scheme, found["value"].decode()):
                seen.add(start)
                yield Header(Span(*found.span("value")), scheme)


def _is_credential(scheme: str, value: str) -> bool:
    if scheme == "basic":
        return is_login(value)
    if is_placeholder(value) or reference.is_reference(value) or "..." in value:
        return False
    if re.search(r"(?i)example|token|secret|xxxx|your", value) and not re.search(r"\d", value):
        return False
    return not (_PLAIN.fullmatch(value) and is_spoken(value)) and len(set(value)) > 5


def is_login(value: str) -> bool:
    """Whether ``value`` is a user and a password in base64."""
    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except binascii.Error:
        return False
    _user, colon, password = text.partition(b":")
    said = password.decode("utf-8", "replace")
    return bool(colon and text.isascii() and len(said) > 1) and not reference.is_reference(said)
