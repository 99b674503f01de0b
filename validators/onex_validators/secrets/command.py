"""Passwords on command lines, where the option does not say so by a word: ``curl -u``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onex_validators.secrets.judgement import LOOSELY, STRICTLY, Candidate
from onex_validators.secrets.source import SHELLS
from onex_validators.secrets.words import meaning

_WORD = r"[\"']?(?P<value>[^\s\"'`;|&<>()\\]{1,200})"
_REST = r"[^\n|;]{0,300}?"
_COMMANDS = (
    (
        "curl",
        rf"\bcurl\b{_REST}\s(?:-u|--user|--proxy-user|-U)[ \t=]{{0,3}}[\"']?[^\s:\"'`$]{{1,80}}:"
        r"(?P<value>[^\s\"'`;|&<>]{1,200})",
    ),
    (
        "user",
        r"(?:^|\s)--(?:proxy-)?user[ \t=]{1,3}[\"']?[^\s:\"'`$/]{1,80}:"
        r"(?P<value>[^\s\"'`;|&<>/][^\s\"'`;|&<>]{1,200})",
    ),
    ("sshpass", rf"\bsshpass[ \t]{{1,4}}-p[ \t]{{0,4}}{_WORD}"),
    (
        "mysql",
        rf"\b(?:mysql|mysqldump|mysqladmin|mariadb){_REST}\s-p(?P<value>[^\s\"'`;|&<>()\\$-][^\s\"'`;|&<>()\\]{{2,100}})",
    ),
    ("psexec", rf"(?i:\bpsexec(?:\.exe|64)?){_REST}\s-p[ \t]{{1,4}}{_WORD}"),
    (
        "login",
        r"\b(?:docker|podman|helm registry|oc|az(?: acr)?|skopeo|buildah)[ \t]{1,3}login\b"
        rf"{_REST}\s-p[ \t]{{1,4}}{_WORD}",
    ),
    (
        "call",
        r"\b(?:login|authenticate|setCredentials|basic_?[aA]uth|BasicAuth)\([ \t]{0,4}"
        r"(?P<q>[\"'`])[^\"'`\n]{1,100}(?P=q),[ \t]{0,4}"
        r"(?P<p>[\"'`])(?P<value>[^\"'`\n]{4,200})(?P=p)",
    ),
    ("redis-cli", rf"\bredis-cli{_REST}\s-a[ \t]{{1,4}}{_WORD}"),
    ("pass", rf"-pass(?:in|out)?[ \t]{{1,4}}pass:{_WORD}"),
    (
        "chpasswd",
        r"\becho[ \t]{1,4}(?:-e[ \t]{1,4})?[\"']?[\w.\-]{1,40}:"
        r"(?P<value>[^\s\"'`;|&<>]{1,100})[\"']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?chpasswd",
    ),
    ("ldap", rf"\bldap(?:search|modify|add|delete|passwd|whoami){_REST}\s-w[ \t]{{1,4}}{_WORD}"),
)
_PATTERNS = tuple((name, re.compile(pattern, re.MULTILINE)) for name, pattern in _COMMANDS)
SIGNS = (
    "curl",
    "--user",
    "--proxy-user",
    "sshpass",
    "mysql",
    "mariadb",
    "sexec",
    "sExec",
    "SEXEC",
    "login",
    "redis-cli",
    "pass:",
    "chpasswd",
    "ldap",
)


def scan(text: str, kind: str) -> Iterator[Candidate]:
    """The passwords on command lines in ``text``, one character for each byte of the file."""
    said = meaning("password")
    if said is None or not any(sign in text for sign in SIGNS):
        return
    how = LOOSELY if kind in SHELLS or kind in ("text", "unknown", "markdown") else STRICTLY
    for name, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            trust = STRICTLY if name == "call" else how
            yield Candidate(name, said, found["value"], found.span("value"), trust, "source")
