"""Files that are there to hold credentials, and the lines in them that do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from onex_tools.api import Bad, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets import authorization, reference
from onex_validators.secrets.alphabet import HEX
from onex_validators.secrets.made_up import drawn
from onex_validators.secrets.placeholder import is_placeholder
from onex_validators.secrets.precedence import PROVIDERS

_CRYPTED = (
    rb"\$(?:2[abxy]|1|5|6|y|7|gy|apr1|argon2\w{0,2}|scrypt|md5)\$[^\s:]{8,200}"
    rb"|\{S?SHA\d{0,3}\}[^\s:]{16,120}"
)


class Format(NamedTuple):
    """A file that holds credentials: what its lines are in words, and how they read.

    Attributes:
        title: what is found in it.
        line: finds the secret as its group ``value``.
    """

    title: str
    line: re.Pattern[bytes]


def _format(title: str, *lines: bytes) -> Format:
    return Format(title, pattern(b"|".join(lines), re.MULTILINE))


def _value(*names: bytes) -> bytes:
    """A line ``name = value`` of an INI file."""
    return (
        rb"(?i:^[ \t]{0,8}[\"']?(?:[^\s=#;]{0,120}[:/.])?(?:"
        + b"|".join(names)
        + rb")[\"']?[ \t]{0,4}[=:][ \t]{0,4}[\"']?(?P<value>[^\s\"',#][^\s\"',]{2,2000}))"
    )


_NETRC = _format(
    "password of a login", rb"(?<![\w-])password[ \t\n]{1,4}[\"']?(?P<value>[^\s\"']{1,200})"
)
_HASHES = _format("hash of a password", rb"^[^\s:#]{1,64}:(?P<value>" + _CRYPTED + rb")")
_DOCKER = _format(
    "login of a registry",
    rb"\"(?:auth)\"[ \t]{0,4}:[ \t\n]{0,8}\"(?P<value>[^\"\s]{8,4000})\"",
)
_KEY = _format(
    "key",
    rb"\A[ \t\n]{0,4}(?P<value>[0-9a-f]{32}|[0-9a-f]{64}|[A-Za-z0-9+/]{42,90}={0,2})"
    rb"[ \t\r\n]{0,4}\Z",
)
_NPM = _format("login of a registry", _value(rb"_authToken", rb"_auth", rb"_password"))
_PASSWORD = _format("password", _value(rb"password", rb"passwd", rb"pass"))
_FORMATS = {
    ".netrc": _NETRC,
    "_netrc": _NETRC,
    ".authinfo": _NETRC,
    ".pgpass": _format(
        "password of a database", rb"^(?:[^:\n#]{1,200}:){4}(?P<value>[^\s:]{1,200})"
    ),
    "pgpass.conf": _format(
        "password of a database", rb"^(?:[^:\n#]{1,200}:){4}(?P<value>[^\s:]{1,200})"
    ),
    ".htpasswd": _format(
        "hash of a password",
        rb"^[^\s:#]{1,64}:(?P<value>" + _CRYPTED + rb"|[./0-9A-Za-z]{13}(?=\s|\Z))",
    ),
    "htpasswd": _HASHES,
    "shadow": _HASHES,
    "shadow-": _HASHES,
    "gshadow": _HASHES,
    "master.passwd": _HASHES,
    ".dockercfg": _DOCKER,
    ".dockerconfigjson": _DOCKER,
    ".docker/config.json": _DOCKER,
    ".npmrc": _NPM,
    "npmrc": _NPM,
    ".yarnrc.yml": _format("login of a registry", _value(rb"npmAuthToken", rb"npmAuthIdent")),
    ".pypirc": _PASSWORD,
    ".my.cnf": _PASSWORD,
    ".mylogin.cnf": _PASSWORD,
    ".s3cfg": _format(
        "key of a store", _value(rb"secret_key", rb"access_token", rb"gpg_passphrase")
    ),
    ".boto": _format("key of a store", _value(rb"aws_secret_access_key", rb"gs_secret_access_key")),
    ".passwd-s3fs": _format(
        "key of a store", rb"^[^\s:#]{3,128}:(?:[^\s:]{1,128}:)?(?P<value>[^\s:]{16,128})$"
    ),
    "master.key": _KEY,
    "credentials.yml.key": _KEY,
    ".vault_pass": _format("password", rb"\A[ \t\n]{0,4}(?P<value>[^\s#!]{6,200})[ \t\r\n]{0,4}\Z"),
    ".vault_password": _format(
        "password", rb"\A[ \t\n]{0,4}(?P<value>[^\s#!]{6,200})[ \t\r\n]{0,4}\Z"
    ),
    ".erlang.cookie": _format(
        "cookie of a cluster", rb"\A\s{0,4}(?P<value>[^\s#]{6,200})\s{0,4}\Z"
    ),
    ".gem/credentials": _format(
        "key of a registry", _value(rb":?rubygems_api_key", rb":?[\w-]{1,40}")
    ),
    ".cargo/credentials": _format("token of a registry", _value(rb"token")),
    ".cargo/credentials.toml": _format("token of a registry", _value(rb"token")),
}
"""By the end of the path, in small letters."""
_VPN = _format(
    "password of a network",
    rb"<auth-user-pass>[ \t\r]{0,4}\n[^\n<]{1,200}\n(?P<value>[^\s<]{1,200})",
)
_SUFFIXES = {".ovpn": _VPN, ".htpasswd": _HASHES}


class Line(NamedTuple):
    """A secret at its place, and what it is."""

    span: Span
    title: str


class _Examples:
    """Files with credentials of no account, made up when they are asked for."""

    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        word, number = drawn("file", 14), drawn("number", 32, HEX)
        return (
            Bad(".netrc", f"machine shop.internal login app password {word}\n"),
            Bad(".pgpass", f"db.internal:5432:shop:app:{word}\n"),
            Bad("config/master.key", f"{number}\n"),
            Good(".npmrc", "//registry.internal/:_authToken=${NPM_TOKEN}\n"),
            Good(".netrc", "machine shop.internal login app\n"),
        )


class CredentialFile(Validator):
    """A file that is there to hold credentials is in the repository, with some.

    Such files belong in the home folder of one user or one machine: `.netrc`, `.pgpass`,
    `.htpasswd`, `.npmrc` with a token, a key of Rails. Take the file out of the repository, add its
    name to `.gitignore`, and change what was in it. One that holds references only is left alone.
    """

    code, name = "SEC005", "credential-file"
    severity = Severity.ERROR
    sensitive = True
    defers_to = PROVIDERS
    files = (*(f"**/{name}" for name in _FORMATS), *(f"**/*{end}" for end in _SUFFIXES))
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every credential of the file."""
        if file.is_binary:
            return
        for line in file.shared(lines):
            size = line.span.end - line.span.start
            message = f"{line.title} in {file.name} ({size} characters)"
            help = "keep the file out of the repository, or let it refer to the environment"
            yield file.finding(self, line.span, message, help=help)


def lines(file: SourceFile) -> tuple[Line, ...]:
    """The credentials in ``file``, if it is one of those that hold them."""
    path = f"/{file.path.lower()}"
    for name, format in _FORMATS.items():
        if path.endswith(f"/{name}"):
            return tuple(_lines(format, file.data))
    for end, format in _SUFFIXES.items():
        if path.endswith(end):
            return tuple(_lines(format, file.data))
    return ()


def _lines(format: Format, data: bytes) -> Iterator[Line]:
    for found in format.line.finditer(data):
        value = found["value"].decode("utf-8", "replace")
        if reference.is_reference(value) or reference.has_reference(value):
            continue
        if "hash" in format.title or not (is_placeholder(value) or _hides_nothing(format, value)):
            yield Line(Span(*found.span("value")), format.title)


def _hides_nothing(format: Format, value: str) -> bool:
    """Whether what stands where a login of a registry belongs is no user and password."""
    return format is _DOCKER and len(value) < 200 and not authorization.is_login(value)
