"""Files that hold nothing but credentials: .netrc, .pgpass, .git-credentials, Docker's, shadow."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote_to_bytes

from onex_tools.model import Span
from onex_tools.structure import json
from onex_tools.structure.setting import Setting, as_text

_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)"?|((?:[^\s\\]|\\.|\\\Z)++)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LINE_END = re.compile(rb"\r\n?|\n|\Z")
_BLANK_LINE = re.compile(rb"(?:\r\n|\n)[ \t]*(?:\r?\n)|\Z")
_ENTRY = re.compile(
    rb"^((?:[^:\\\r\n#]|\\[^\r\n])(?:[^:\\\r\n]|\\[^\r\n])*+):((?:[^:\\\r\n]|\\[^\r\n])*+)"
    rb":((?:[^:\\\r\n]|\\[^\r\n])*+):((?:[^:\\\r\n]|\\[^\r\n])*+):((?:[^\\\r\n]|\\[^\r\n]|\\)*+)",
    re.MULTILINE,
)
_ACCOUNT = re.compile(rb"^([^\s:#][^:\r\n]*+):([^:\r\n]++)", re.MULTILINE)
_URL = re.compile(
    rb"^[ \t]*+([a-z][a-z+.-]*+://)(?:([^\s:/]*+):(\S*)|([^\s:/@]*+))@([^\s/@]+)",
    re.IGNORECASE | re.MULTILINE,
)
_USER_AND_PASSWORD = re.compile(r"[^\x00-\x1f:]+:[^\x00-\x1f\ufffd]+")
_NETRC_KEYS = frozenset({"login", "user", "account", "password"})


def netrc(data: bytes) -> Sequence[Setting]:
    """``.netrc``: ``("machine example.org", "password")``, or ``("default", ..)``."""
    return list(_netrc(data))


def _netrc(data: bytes) -> Iterator[Setting]:
    at, machine = 0, ""
    while (token := _TOKEN.search(data, at)) is not None:
        at, word = token.end(), as_text(token[0])
        if word.startswith("#"):
            at = _at_end(_LINE_END, data, token.start())
        elif word == "default":
            machine = word
        elif word == "macdef":
            at = _at_end(_BLANK_LINE, data, at)
        elif word == "machine" or word in _NETRC_KEYS:
            value = _TOKEN.search(data, at)
            if value is None:
                return
            at, group = value.end(), value.lastindex or 2
            text = _ESCAPE.sub(r"\1", as_text(value[group]))
            if word == "machine":
                machine = f"machine {text}"
                continue
            path = (machine, word) if machine else (word,)
            style = '"' if group == 1 else ""
            key, place = Span(*token.span()), Span(*value.span(group))
            yield Setting(path, text, place, key, "string", style)


def _at_end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    match = pattern.search(data, at)
    return len(data) if match is None else match.end()


def pgpass(data: bytes) -> Sequence[Setting]:
    """``.pgpass``: ``("host:port/database", "username")`` and ``"password"`` of each line."""
    found: list[Setting] = []
    for entry in _ENTRY.finditer(data):
        host, port, database, _, _ = (_ESCAPE.sub(r"\1", as_text(one)) for one in entry.groups())
        for group, name in ((4, "username"), (5, "password")):
            text = _ESCAPE.sub(r"\1", as_text(entry[group]))
            path = (f"{host}:{port}/{database}", name)
            found.append(_unnamed(path, text, Span(*entry.span(group))))
    return found


def urls(data: bytes) -> Sequence[Setting]:
    """``.git-credentials``: ``("https://host", "username")`` and ``"password"`` of each URL.

    A password that is not escaped as it should be goes up to the last ``@``.
    """
    found: list[Setting] = []
    for url in _URL.finditer(data):
        for group, name in ((2, "username"), (3, "password"), (4, "username")):
            if url[group]:
                path = (as_text(url[1] + url[5]), name)
                text = as_text(unquote_to_bytes(url[group]))
                found.append(_unnamed(path, text, Span(*url.span(group))))
    return found


def accounts(data: bytes) -> Sequence[Setting]:
    """``.htpasswd`` and ``/etc/shadow``: ``(user, "password")`` with the hash of the password."""
    return [
        Setting(
            (as_text(one[1]), "password"), as_text(one[2]), Span(*one.span(2)), Span(*one.span(1))
        )
        for one in _ACCOUNT.finditer(data)
    ]


def docker(data: bytes) -> Sequence[Setting]:
    """Docker's ``config.json``: as JSON, the user and the password of each ``auth`` decoded."""
    return [_decoded(one) if one.key == "auth" else one for one in json.scan(data)]


def _decoded(auth: Setting) -> Setting:
    try:
        text = base64.b64decode(auth.value.encode(), validate=True).decode("utf-8", "replace")
    except (binascii.Error, UnicodeEncodeError):
        return auth
    if _USER_AND_PASSWORD.fullmatch(text) is None:
        return auth
    return auth._replace(value=text, decoded_from="base64")


def _unnamed(path: tuple[str, ...], text: str, place: Span) -> Setting:
    """A setting whose place in the line says what it is."""
    return Setting(path, text, place, Span(place.start, place.start))
