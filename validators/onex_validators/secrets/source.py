"""Names and the literals after them in source of any language, and in text, by a tolerant scan.

No language is parsed. Where a word stands that may mean a secret, the name around it is read, and
what follows: an assignment, a comparison, an entry of a table, an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onex_validators.pattern import pattern
from onex_validators.secrets.judgement import BY_ITSELF, IN_PROSE, LOOSELY, STRICTLY, Candidate
from onex_validators.secrets.names import around
from onex_validators.secrets.words import listed, meaning

WORDS = pattern(
    r"(?i:passw|passphrase|passcode|pwd|secret|token|bearer|api[_-]?key|cred|kennwort|contrasena|senha|masterauth)"
    r"|(?:^|(?<=[^A-Za-z])|(?<=[a-z0-9_])(?=[A-Z]))(?:[Pp]ass|PASS|[Pp][Ww]|[Kk]ey|KEY|[Aa]uth|jwt|JWT)"
    r"(?![a-z])|(?<=[a-z])(?:pass|pw)(?![A-Za-z])"
)
"""Where a name may speak of a secret."""
_QUOTE = r"(?P<q>\\{0,3}[\"'`]|&quot;|&#34;|&#39;|&apos;)"
_LITERAL = rf"{_QUOTE}(?P<value>(?:(?!(?P=q))(?:\\.|[^\\\n])){{1,400}}?)(?P=q)"
_PREFIX = r"(?:[@bBrRuUfFLN$]|new\s?\w{0,12}\(|\w{0,12}\(|\(\w{0,12}\)\s?)?"
_ASSIGNED = pattern(
    r"(?P<close>\\{0,3}[\"'`]|&quot;|&#34;)?[\])]{0,2}(?:\[\w{0,10}\])?"
    r"(?:\s{0,3}:\s{0,3}[\w.<>\[\]?*&| ']{1,40}?(?=\s?=))?"
    r"(?:\s(?:string|String|str|text|varchar)\b)?"
    r"[ \t]{0,30}"
    r"(?P<sign>={1,3}>?|[.?+:]{1,3}=|!={1,2}|~=|:=|:|->|<-|\?\?=?|\|\|=?|,|\(|\bis\b|(?<=[\w\"']) )"
    rf"[ \t]{{0,30}}\n?[ \t]{{0,40}}{_PREFIX}{_LITERAL}"
)
_OR = pattern(
    r"[\"']?[\])]{0,2}[ \t]{0,4}"
    r"(?:=[^=\n;\"'`]{1,80}(?:[\"'`][\w.\-]{1,60}[\"'`])?[\])]{0,2}[ \t]{0,3})?"
    rf"(?:\bor\b|\|\||\?\?|\?:)[ \t]{{0,3}}{_LITERAL}"
)
_COMPARED = pattern(r"[!=]={1,2}[ \t]{0,4}$")
_BARE = pattern(
    r"(?P<sign>[ \t]?[:=]>?[ \t]{0,4}|[ \t]{1,4})(?P<value>[^\s\"'`;<>()\[\],|&]{4,200})"
)
_BARE_LINE = pattern(
    r"[ \t]{0,4}:?=[ \t]{0,4}(?P<value>[^\s\"'`]{8,200})[,;]?[ \t]*$", re.MULTILINE
)
_COMMENT = pattern(r"(?:^|\s)(?://|#|\*|--|;|<!--)")
_SETTERS = pattern(r"(?i)(?:set|with|add|use|put|define|login|auth)")
_VERBS = listed("pass key auth token")
"""Names that are other words too: what stands after one of them and a space is no value of it."""
_OPENING = " \t\n\r([{<,;:|/&?#*!>\"'`"

SHELLS = listed("shell fish csh batch powershell make just dockerfile dotenv")
"""Kinds of files in which a bare word after ``NAME=`` is a value."""
BUILDS = frozenset(("groovy",))
"""Kinds of source that are configuration for the most part."""
PROSE = listed("text markdown rst asciidoc unknown html csv xhtml mdx conf")
"""Kinds of files that are for people, or of no known kind."""


def scan(text: str, kind: str, places: Iterable[int] | None = None) -> Iterator[Candidate]:
    """What stands after names in ``text``, one character for each byte of the file.

    ``places`` are where words for secrets begin, where they are known, in order.
    """
    done = 0
    for word in WORDS.finditer(text) if places is None else _words(text, places):
        if word.start() < done:
            continue
        start, done = around(text, word.start())
        said = meaning(text[start:done])
        if said is None:
            continue
        name = text[start:done].strip("-.$")
        for value, span, how in values(text, (start, done), kind):
            place = "text" if how >= IN_PROSE else "source"
            yield Candidate(name, said, value, span, how, place)


def _words(text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    found = (WORDS.match(text, at) for at in places)
    return (word for word in found if word is not None)


def values(
    text: str, name: tuple[int, int], kind: str
) -> Iterator[tuple[str, tuple[int, int], int]]:
    """What may be the value of the name from one place to the other, where, how to judge it."""
    start, end = name
    found = _ASSIGNED.match(text, end) or _OR.match(text, end)
    if found is not None and _is_assignment(text, start, end, found):
        sign = found.groupdict().get("sign", "or")
        is_compared = sign[:2] in ("==", "!=") and ">" not in sign
        how = LOOSELY if is_compared or kind in BUILDS else STRICTLY
        yield found["value"], found.span("value"), how
        return
    compared = _before(text, start)
    if compared is not None:
        yield text[slice(*compared)], compared, LOOSELY
        return
    yield from _bare(text, start, end, kind)


def _is_assignment(text: str, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether what was matched gives the name a value: not any call, list or text."""
    sign = found.groupdict().get("sign")
    if sign == " ":
        return found["q"] != "`" and text[start:end].lower() not in _VERBS
    if sign == ",":
        return bool(found["close"]) and text[start - 1 : start] in "\"'`"
    if sign == "(":
        return not found["close"] and _SETTERS.match(text[start:end].rpartition(".")[2]) is not None
    return True


def _before(text: str, start: int) -> tuple[int, int] | None:
    """The place of the literal that the name at ``start`` is compared with, if it stands first."""
    head = text[max(start - 320, 0) : start]
    sign = _COMPARED.search(head, max(len(head) - 8, 0))
    if sign is None:
        return None
    last = head[: sign.start()].rstrip()
    first = last.rfind(last[-1], 0, -1) if last[-1:] in ("'", '"', "`") else -1
    if first < 0 or "\n" in last[first:]:
        return None
    offset = start - len(head)
    return offset + first + 1, offset + len(last) - 1


def _bare(text: str, start: int, end: int, kind: str) -> Iterator[tuple[str, tuple[int, int], int]]:
    """A word without quotes: in shells, after an option, and in prose."""
    option = text[start : start + 1] == "-" and text[start - 1 : start] in _OPENING
    found = _BARE.match(text, end)
    if found is None:
        return
    value, span, sign = found["value"], found.span("value"), found["sign"].strip()
    if option and (sign in ("=", ":", "") and not value.startswith("-")):
        yield value, span, LOOSELY if kind in SHELLS else IN_PROSE
    elif kind in SHELLS and sign == "=" and found["sign"] == "=":
        yield value, span, LOOSELY
    elif sign and text[start - 1 : start] in _OPENING and _is_prose(text, start, kind):
        yield value, span, IN_PROSE
    elif text[start - 1 : start] in ("?", "&") and found["sign"] == "=":
        yield value, span, STRICTLY
    elif found["sign"].isspace() and _is_prose(text, start, kind) and len(value) >= 16:
        yield value, span, BY_ITSELF


def _is_prose(text: str, start: int, kind: str) -> bool:
    """Whether the name at ``start`` stands in a text for people, or in a comment."""
    head = text[max(start - 200, 0) : start].rpartition("\n")[2]
    return kind in PROSE or _COMMENT.search(head) is not None
