"""Passwords on command lines, where the option does not say so by a word: ``curl -u``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onex_tools.api import SourceFile
from onex_validators.pattern import pattern
from onex_validators.secrets.judgement import LOOSELY, STRICTLY, Candidate
from onex_validators.secrets.names import letters
from onex_validators.secrets.source import SHELLS
from onex_validators.secrets.words import meaning

_QUOTE = r"\\{0,3}[\"']?"
"""What a value may begin with; within a text in quotes a backslash stands before it."""
_WORD = rf"{_QUOTE}(?P<value>[^\s\"'`;|&<>()\\]{{1,200}})"
_REST = r"(?:[^\n|;]|\\\r?\n){0,300}?"


class Command(NamedTuple):
    """A command that is given a password: the texts of which it has one, and how it reads.

    ``rest`` is what follows such a text where there is a password, ``pattern`` all of it.
    """

    name: str
    signs: tuple[str, ...]
    rest: re.Pattern[str]
    pattern: re.Pattern[str]


def _command(name: str, *signs: str, text: str, rest: str = "") -> Command:
    """A command that reads as ``text``, which ends with one of ``signs``, and then ``rest``."""
    whole = pattern(text + rest, re.MULTILINE)
    return Command(name, signs or (name,), pattern(rest, re.MULTILINE), whole)


_LONGEST = 2000
"""Characters of a command over several lines."""
COMMANDS = (
    _command(
        "curl",
        text=r"\bcurl",
        rest=rf"\b{_REST}\s(?:-u|--user|--proxy-user|-U)[ \t=]{{0,3}}{_QUOTE}"
        r"[^\s:\"'`$\\]{1,80}:(?P<value>[^\s\"'`;|&<>\\]{1,200})",
    ),
    _command(
        "user",
        *("--user", "--proxy-user"),
        text=r"(?:^|\s)--(?:proxy-)?user",
        rest=rf"[ \t=]{{1,3}}{_QUOTE}[^\s:\"'`$/\\]{{1,80}}:"
        r"(?P<value>[^\s\"'`;|&<>/\\][^\s\"'`;|&<>\\]{1,200})",
    ),
    _command("sshpass", text=r"\bsshpass", rest=rf"[ \t]{{1,4}}-p[ \t]{{0,4}}{_WORD}"),
    _command(
        "mysql",
        *("mysql", "mariadb"),
        text=r"\b(?:mysql|mariadb)",
        rest=rf"(?:dump|admin)?{_REST}\s-p"
        r"(?P<value>[^\s\"'`;|&<>()\\$-][^\s\"'`;|&<>()\\]{2,100})",
    ),
    _command(
        "psexec",
        *("sexec", "sExec", "SEXEC"),
        text=r"(?i:\bpsexec)",
        rest=rf"(?i:\.exe|64)?{_REST}\s-p[ \t]{{1,4}}{_WORD}",
    ),
    _command(
        "login",
        text=r"\b(?:docker|podman|helm registry|oc|az(?: acr)?|skopeo|buildah)[ \t]{1,3}login",
        rest=rf"\b{_REST}\s-p[ \t]{{1,4}}{_WORD}",
    ),
    _command(
        "call",
        *(
            "login(",
            "authenticate(",
            "setCredentials(",
            "asicAuth(",
            "asicauth(",
            "asic_auth(",
            "asic_Auth(",
        ),
        text=r"\b(?:login|authenticate|setCredentials|basic_?[aA]uth|BasicAuth)\(",
        rest=r"[ \t]{0,4}(?P<q>[\"'`])[^\"'`\n]{1,100}(?P=q),[ \t]{0,4}"
        r"(?P<p>[\"'`])(?P<value>[^\"'`\n]{4,200})(?P=p)",
    ),
    _command("redis-cli", text=r"\bredis-cli", rest=rf"{_REST}\s-a[ \t]{{1,4}}{_WORD}"),
    _command("pass", "pass:", text=r"-pass(?:in|out)?[ \t]{1,4}pass:", rest=_WORD),
    _command(
        "chpasswd",
        text=r"\becho[ \t]{1,4}(?:-e[ \t]{1,4})?[\"']?[\w.\-]{1,40}:"
        r"(?P<value>[^\s\"'`;|&<>]{1,100})[\"']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?chpasswd",
    ),
    _command(
        "ldap",
        text=r"\bldap",
        rest=r"(?:search|modify|add|delete|passwd|whoami)"
        rf"{_REST}\s-w[ \t]{{1,4}}{_WORD}",
    ),
)
SIGNS = tuple(dict.fromkeys(sign for command in COMMANDS for sign in command.signs))
"""Texts of which a file with such a command has one."""
_BY_SIGN = {sign.encode(): one for one in COMMANDS for sign in one.signs}
_SIGNS = frozenset(_BY_SIGN)


def places(file: SourceFile) -> Sequence[int]:
    """Where signs of the commands stand in ``file`` with what they are given after them."""
    return [at for at, _ in file.shared(_given)]


def _given(file: SourceFile) -> Sequence[tuple[int, Command]]:
    signs = file.found.among(_SIGNS, frozenset())[0]
    return [
        (at, _BY_SIGN[sign])
        for sign in signs
        for at in file.found.of_text(sign)
        if _BY_SIGN[sign].rest.match(file.shared(letters), at + len(sign))
    ]


def on_lines(file: SourceFile, text: str) -> Iterator[Candidate]:
    """The passwords on command lines in ``file``, of which ``text`` has a character per byte."""
    given = file.shared(_given)
    for command in COMMANDS if given else ():
        end = -1
        for at in sorted(at for at, one in given if one is command):
            if at > end:
                begin, end = text.rfind("\n", 0, at) + 1, _end(text, at)
                yield from _found(command, text, (begin, end), file.kind)


def _end(text: str, at: int) -> int:
    """Where the line of ``at`` ends, with those that a backslash joins to it."""
    end = text.find("\n", at)
    while end > 0 and text.endswith(("\\", "\\\r"), 0, end) and end - at < _LONGEST:
        end = text.find("\n", end + 1)
    return end if end >= 0 else len(text)


def scan(text: str, kind: str) -> Iterator[Candidate]:
    """The passwords on command lines in ``text``."""
    for command in COMMANDS:
        if any(sign in text for sign in command.signs):
            yield from _found(command, text, (0, len(text)), kind)


def _found(command: Command, text: str, span: tuple[int, int], kind: str) -> Iterator[Candidate]:
    said = meaning("password")
    is_plain = kind in SHELLS or kind in ("text", "unknown", "markdown")
    how = LOOSELY if is_plain and command.name != "call" else STRICTLY
    for found in command.pattern.finditer(text, *span):
        if said is not None:
            place = found.span("value")
            yield Candidate(command.name, said, found["value"], place, how, "source")
