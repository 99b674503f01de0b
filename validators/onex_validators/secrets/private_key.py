"""Private keys: PEM, OpenSSH, PGP, PuTTY, also on one line with escapes, or in base64."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from onex_tools.api import Bad, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets.alphabet import BASE64
from onex_validators.secrets.made_up import drawn

_BEGIN = pattern(
    rb"-{4,5} ?BEGIN (?P<label>(?:[A-Z0-9]{1,20} ){0,4}?PRIVATE KEY(?: BLOCK)?) ?-{4,5}"
)
_END = pattern(rb"-{4,5} ?END (?:[A-Z0-9]{1,20} ){0,4}?PRIVATE KEY(?: BLOCK)? ?-{4,5}")
_PUTTY = pattern(rb"PuTTY-User-Key-File-\d: (?P<label>[\w-]+)")
_PUTTY_KEY = pattern(rb"Private-Lines: \d+\s+[A-Za-z0-9+/=\s]{40}")
_PUTTY_END = pattern(rb"Private-MAC: [0-9a-f]+")
_TEXT = pattern(rb"[A-Za-z0-9+/]{20}")
_WORD = pattern(rb"[A-Za-z0-9+/]{20,}+")
_ENCODED = pattern(rb"LS0tLS1CRUdJTi[A-Za-z0-9+/]{60,}+")
_SHORTEST = 40
"""Characters of the text of a key: the shortest, of a curve with 192 bits and no more than the
number itself, has 44."""
_LONGEST = 40_000
"""Bytes from one end of a key to the other: the longest, of RSA with 16,384 bits, has 13,000."""
_HEAD = 600
"""Bytes after the opening line in which the text of a key begins: headers may stand before it."""


class _Key(NamedTuple):
    span: Span
    label: str
    encrypted: bool


class _Examples:
    """Keys that are none, made up when they are asked for."""

    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        pem = _made_up("RSA PRIVATE KEY")
        packed = base64.b64encode(pem.encode()).decode()
        line = _made_up("EC PRIVATE KEY", escaped=True)
        return (
            Bad("server.key", pem),
            Bad("config.json", f'{{"key": "{line}"}}\n'),
            Bad("secret.yaml", f"data:\n  tls.key: {packed}\n", at=(2,)),
            Good("server.pem", _made_up("PUBLIC KEY")),
            Good("check.py", 'IS_KEY = text.startswith("-----BEGIN RSA PRIVATE KEY-----")\n'),
        )


class PrivateKey(Validator):
    """A private key stands in a file.

    Whoever has the file can be whoever the key is for: a server, a person, a signer. Take it out of
    the repository, take it out of use (revoke the certificate, remove the public key from where it
    is trusted), make a new one, and hand it in as a file that the platform mounts.

    A key that a passphrase protects is a warning, since it can be tried at leisure.
    """

    code, name = "SEC001", "private-key"
    severity = Severity.ERROR
    sensitive = True
    files = ("*",)
    contains = ("PRIVATE KEY", "PuTTY-User-Key-File", "LS0tLS1CRUdJTi")
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every private key."""
        if file.is_binary:
            return
        for key in (*_pem(file.data), *_putty(file.data), *_encoded(file.data)):
            said = ", protected by a passphrase" if key.encrypted else ""
            severity = Severity.WARNING if key.encrypted else Severity.ERROR
            lines = file.data.count(b"\n", *key.span) + 1
            message = f"{key.label.lower()}{said} ({lines} line{'s' * (lines > 1)})"
            yield file.finding(self, key.span, message, severity=severity)


def _pem(data: bytes) -> Iterator[_Key]:
    """Keys between lines of dashes; one whose end is missing goes as far as its text."""
    after = 0
    for begin in _BEGIN.finditer(data):
        if begin.start() < after:
            continue
        end = _END.search(data, begin.end(), begin.end() + _LONGEST)
        following = _BEGIN.search(data, begin.end(), end.start() if end else begin.end() + _HEAD)
        limit = following.start() if following else end.start() if end else begin.end() + _HEAD
        text = _TEXT.search(data, begin.end(), min(limit, begin.end() + _HEAD))
        if text is None or (end and not following and _is_short(data[text.start() : end.start()])):
            continue
        after = end.end() if end and not following else _end_of_text(data, text.start())
        head = data[begin.start() : text.start()]
        body = data[text.start() : text.start() + 200]
        yield _Key(
            Span(begin.start(), after),
            begin["label"].decode().removesuffix(" BLOCK").replace("PRIVATE KEY", "private key"),
            b"ENCRYPTED" in head or _is_locked(body),
        )


def _is_short(text: bytes) -> bool:
    """Whether ``text``, all that stands in a key, is too little for any."""
    return len(re.sub(rb"[^A-Za-z0-9+/]", b"", text[: 4 * _SHORTEST])) < _SHORTEST


def _end_of_text(data: bytes, at: int) -> int:
    """Where lines of base64 that begin at ``at`` end."""
    while True:
        word = _WORD.match(data, at)
        if word is None:
            return at
        at = word.end()
        nearby = _WORD.search(data, at, at + 40)
        if nearby is None:
            return at
        at = nearby.start()


def _is_locked(body: bytes) -> bool:
    """Whether OpenSSH's own format says that a passphrase is needed: it names a cipher."""
    try:
        text = base64.b64decode(re.sub(rb"[^A-Za-z0-9+/]|\\n", b"", body)[:120], validate=True)
    except binascii.Error:
        return False
    return text.startswith(b"openssh-key-v1\0") and b"\0\0\0\4none" not in text[:40]


def _putty(data: bytes) -> Iterator[_Key]:
    for begin in _PUTTY.finditer(data):
        key = _PUTTY_KEY.search(data, begin.end(), begin.end() + _LONGEST)
        if key is not None:
            end = _PUTTY_END.search(data, key.end(), key.end() + _LONGEST)
            last = end.end() if end else key.end()
            locked = b"Encryption: none" not in data[begin.end() : key.start()]
            yield _Key(Span(begin.start(), last), "PuTTY private key", locked)


def _encoded(data: bytes) -> Iterator[_Key]:
    """Keys whose whole PEM text is written in base64."""
    for found in _ENCODED.finditer(data):
        text = base64.b64decode(found[0][: len(found[0]) // 4 * 4])
        begin = _BEGIN.match(text)
        if begin is not None and _TEXT.search(text, begin.end(), begin.end() + _HEAD):
            label = begin["label"].decode().removesuffix(" BLOCK")
            label = label.replace("PRIVATE KEY", "private key")
            yield _Key(Span(*found.span()), f"{label} in base64", b"ENCRYPTED" in text[:200])


def _made_up(label: str, *, escaped: bool = False) -> str:
    """A text in the form of a key, of no key."""
    text = drawn(label, 256, BASE64)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    bar = "-" * 5
    rows = [f"{bar}BEGIN {label}{bar}", *lines, f"{bar}END {label}{bar}"]
    return "\\n".join(rows) if escaped else "\n".join(rows) + "\n"
