"""JSON Web Tokens: three parts in base64, of which the first says how the last was made."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from onex_tools.api import Bad, Confidence, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.made_up import drawn

_STARTS = ("eyJ", "eyI", "eyA")
"""How ``{"`` and ``{ "`` begin in base64."""
_ENCODED_START = "ZXlK"
_TOKEN = pattern(
    rb"(?P<header>ey[A-Za-z0-9_\-]{10,2000}+)={0,2}\.(?P<payload>ey[A-Za-z0-9_\-]{4,20000}+)={0,2}"
    rb"\.(?P<signature>[A-Za-z0-9_\-]{0,2000}+)"
)
_ENCODED = pattern(rb"(?P<all>ZXlK[A-Za-z0-9+/_\-]{60,20000}+={0,2})")
_ENCRYPTED = pattern(
    rb"(?P<header>ey[A-Za-z0-9_\-]{10,2000}+)\.[A-Za-z0-9_\-]{0,2000}+\.[A-Za-z0-9_\-]{8,200}+"
    rb"\.[A-Za-z0-9_\-]{1,20000}+\.[A-Za-z0-9_\-]{10,200}+"
)
_BEFORE = pattern(rb"[A-Za-z0-9_\-]\Z")


class WebToken(NamedTuple):
    """A token at its place: how it is signed, and whether it is."""

    span: Span
    algorithm: str
    signed: bool


class _Examples:
    """Tokens that nobody has signed, made up when they are asked for."""

    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        token = made_up()
        return (
            Bad("session.py", f'TOKEN = "{token}"\n'),
            Bad("request.http", f"Cookie: session={token}\n"),
            Good("session.py", 'PREFIX = "eyJhbGciOi"  # every token begins so\n'),
        )


class JsonWebToken(Validator):
    """A JSON Web Token stands in a file.

    Until it expires, whoever has it is whoever it was made for, and many do not expire. Revoke it,
    or change the key that it was signed with, and hand such tokens in by the environment.
    """

    code, name = "SEC004", "json-web-token"
    severity = Severity.ERROR
    sensitive = True
    files = ("*",)
    contains = (*_STARTS, _ENCODED_START)
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every token."""
        if file.is_binary:
            return
        for token in file.shared(tokens):
            size = token.span.end - token.span.start
            said = "" if token.signed else ", not signed"
            confidence = Confidence.HIGH if token.signed else Confidence.LOW
            message = f"JSON Web Token ({token.algorithm}{said}, {size} characters)"
            yield file.finding(self, token.span, message, confidence=confidence)


def tokens(file: SourceFile) -> tuple[WebToken, ...]:
    """The JSON Web Tokens of ``file``."""
    return (*_tokens(file), *_encoded(file))


def _tokens(file: SourceFile) -> Iterator[WebToken]:
    data, after = file.data, 0
    for at in sorted(at for start in _STARTS for at in file.places(start)):
        if at >= after and not _BEFORE.match(data, at - 1, at):
            found = _TOKEN.match(data, at) or _ENCRYPTED.match(data, at)
            algorithm = _algorithm(found["header"]) if found is not None else ""
            if found is not None and algorithm:
                after = found.end()
                signed = bool(found.groupdict().get("signature", b"x"))
                yield WebToken(Span(*found.span()), algorithm, signed)


def _encoded(file: SourceFile) -> Iterator[WebToken]:
    """Tokens that are themselves written in base64."""
    after = 0
    for at in file.places(_ENCODED_START):
        packed = _ENCODED.match(file.data, at) if at >= after else None
        if packed is None:
            continue
        after = packed.end()
        found = _TOKEN.match(_decoded(packed["all"]))
        algorithm = _algorithm(found["header"]) if found is not None else ""
        if algorithm:
            yield WebToken(Span(*packed.span()), f"{algorithm}, in base64", signed=True)


def _algorithm(header: bytes) -> str:
    """What the header says of how the token is signed; "" where it is no header."""
    try:
        said = json.loads(_decoded(header))
    except (ValueError, RecursionError):
        return ""
    algorithm = said.get("alg") if isinstance(said, dict) else None
    known = isinstance(algorithm, str) and re.fullmatch(r"[A-Za-z0-9+\-]{2,20}", algorithm)
    return algorithm if known and isinstance(algorithm, str) else ""


def _decoded(text: bytes) -> bytes:
    """``text`` from base64 of either alphabet, with or without its padding."""
    plain = text.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return b""


def made_up() -> str:
    """A text in the form of a token."""
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "1", "name": "nobody"})
    heads = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    signature = drawn("jwt", 43, URL_SAFE)
    return ".".join((*(head.rstrip("=") for head in heads), signature))
