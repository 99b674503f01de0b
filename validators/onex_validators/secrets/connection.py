"""Passwords and keys in connection strings: ``Server=x;Uid=y;Pwd=...``, and parameters of JDBC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from onex_tools.api import Bad, Confidence, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets import reference
from onex_validators.secrets.alphabet import BASE64
from onex_validators.secrets.entropy import is_random
from onex_validators.secrets.made_up import drawn
from onex_validators.secrets.placeholder import is_placeholder
from onex_validators.secrets.places import is_made_up
from onex_validators.secrets.words import STOCK

_KEYS = (
    *("password", "pwd", "passwd", "trustpassword", "proxypassword", "secret", "client secret"),
    *("accountkey", "sharedaccesskey", "sharedaccesssignature", "shared access key", "accesskey"),
    *("secretkey", "apikey", "authkey"),
)
_PAIR = pattern(
    rb"(?i)(?<![\w\-])(?P<key>" + "|".join(_KEYS).replace(" ", " ?").encode() + rb")"
    rb"[ \t]{0,3}=[ \t]{0,3}"
    rb"(?P<value>'[^'\n]{1,200}'|\{[^{}\n]{1,200}\}|[^;&\s\"'<>]{1,300})"
)
_PARTNER = pattern(
    rb"(?i)(?<!\w)(?:server|data ?source|host|hostname|address|addr|initial catalog|database|dbname"
    rb"|user ?id|uid|user|username|driver|provider|endpoint|accountname|sharedaccesskeyname|dsn"
    rb"|network address|port|defaultendpointsprotocol|integrated security|id|entitypath)[ \t]{0,3}="
    rb"|jdbc:|ldaps?://"
)
_NEIGHBOUR = rb"(?:host|hostaddr|user|dbname|port|sslmode|server|database|uid)=[^\s\"';=,]{1,100}"
_AFTER_NEIGHBOUR = pattern(rb"(?i)(?:^|[\s\"'])" + _NEIGHBOUR + rb"[ \t]{1,4}$")
_BEFORE_NEIGHBOUR = pattern(rb"(?i)[ \t]{1,4}" + _NEIGHBOUR)
"""What stands beside a password where blanks, not semicolons, separate the parts."""
_PARAMETER = pattern(rb"(?i)jdbc:[a-z0-9:]{2,40}[:@/]")
_AROUND = 400
"""Bytes before and after a pair in which the other parts of its string stand."""


class _Examples:
    """Connection strings with passwords of no account, made up when they are asked for."""

    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        word, key = drawn("connection", 14), drawn("account", 86, BASE64)
        start = "Server=db.internal;Database=shop;User Id=app;Password="
        account = "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey="
        return (
            Bad("web.txt", f"{start}{word};Encrypt=true\n"),
            Bad("store.py", f'STORE = "{account}{key}==;EndpointSuffix=core.windows.net"\n'),
            Good("web.txt", f"{start}${{DB_PASSWORD}};Encrypt=true\n"),
            Good("web.txt", "Server=db.internal;Database=shop;Integrated Security=true\n"),
        )


class Pair(NamedTuple):
    """A password or key in a connection string: its bytes, and the name before it.

    The confidence is low where the string rather shows its form.
    """

    span: Span
    key: str
    confidence: Confidence


class ConnectionString(Validator):
    """A connection string holds a password or a key.

    Whoever reads the file can use the database or the account. Hand in the whole string as a
    secret, or leave the password out and let the identity of the machine or a file outside of the
    repository stand for it.
    """

    code, name = "SEC003", "connection-string"
    severity = Severity.ERROR
    sensitive = True
    files = ("*",)
    mentions = _KEYS
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every password in a connection string."""
        if file.is_binary:
            return
        for pair in file.shared(pairs):
            if pair.confidence is Confidence.LOW and is_made_up(file):
                continue
            size = pair.span.end - pair.span.start
            message = f"{pair.key} in a connection string ({size} characters)"
            help = "hand in the whole string, or the password alone, by the environment"
            yield file.finding(self, pair.span, message, help=help, confidence=pair.confidence)


def pairs(file: SourceFile) -> tuple[Pair, ...]:
    """The passwords and keys in the connection strings of ``file``."""
    places = {at for key in _KEYS for at in file.mentions(key)}
    return tuple(_pairs(file.data, sorted(places)))


def _pairs(data: bytes, places: Iterable[int]) -> Iterator[Pair]:
    after = 0
    for at in places:
        found = _PAIR.match(data, at) if at >= after else None
        if found is None:
            continue
        after = found.end()
        if _has_partner(data, found) and not _stands_for_one(found["value"]):
            start, end = found.span("value")
            value = found["value"]
            end -= len(value) - len(value.rstrip())
            if value[:1] in (b"'", b"{"):
                start, end = start + 1, end - 1
            stock = _is_stock(data[start:end])
            confidence = Confidence.LOW if stock else Confidence.HIGH
            yield Pair(Span(start, end), found["key"].decode().lower(), confidence)


def _is_stock(value: bytes) -> bool:
    text = value.decode("utf-8", "replace")
    return text.lower() in STOCK or is_placeholder(text)


def _has_partner(data: bytes, found: re.Match[bytes]) -> bool:
    """Whether other parts of a connection string stand around, on the same line."""
    first = max(data.rfind(b"\n", max(found.start() - _AROUND, 0), found.start()) + 1, 0)
    first = max(first, found.start() - _AROUND)
    last = data.find(b"\n", found.end(), found.end() + _AROUND)
    last = last if last >= 0 else min(len(data), found.end() + _AROUND)
    before, after = data[first : found.start()], data[found.end() : last]
    if _PARAMETER.search(before):
        return before.rstrip()[-1:] in (b"?", b";", b"&")
    if (
        found["value"][:1] != b"{"
        and found["value"][-1:] != b","
        and (_BEFORE_NEIGHBOUR.match(after) or _AFTER_NEIGHBOUR.search(before[-140:]))
    ):
        return True
    if after[:1] == b";" or re.search(
        rb";[ \t]{0,3}(?:\"[ &+]{1,6}\")?$|: ?User Id=[^;]{1,80};", before
    ):
        around = re.split(rb"\n", before)[-1][-_AROUND:] + b" " + after
        return b";" in around and _PARTNER.search(around) is not None
    return False


def _stands_for_one(value: bytes) -> bool:
    text = value.decode("utf-8", "replace").strip(" '{}")
    if value[:1] == b"{" and is_random(text):
        return False
    if reference.is_reference(value.decode("utf-8", "replace").strip(" '")):
        return True
    if reference.has_reference(text) or set(text) <= set("*x.X#") or len(text) < 3:
        return True
    return (
        bool(re.match(r"(?i)[<\[({%$]|your[-_ ]?|\.\.\.", text))
        or "(" in text
        or text.startswith("+")
    )
