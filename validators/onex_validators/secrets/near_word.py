"""Words of providers beside which their tokens stand: how they are written, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onex_tools.api import SourceFile
from onex_validators.pattern import pattern
from onex_validators.secrets.names import values_stand_beside
from onex_validators.secrets.runs import RUN

_SAYING = (
    r"(?:value|val|string|str|char|const|static|final|text|content|default|bearer|basic|token|key|"
    r"secret|password|passwd|pwd|api|access|auth|authorization|private|public|client|shared|new|type|"
    r"name|env|environ|var|data|params?|args?|or|is|of|the|id|set|get|equals|account|login|header|user)"
)
"""Words that stand between a provider's word and its token: of names, types, attributes."""
LINK = (
    r"[\w.\-]{0,48}+"
    r"(?:[\s\"'`=:>,(\[\]){}<?|.\\&*_\-]{1,24}+(?i:" + _SAYING + r"[_\-]?){1,4}){0,3}"
    r"[\s\"'`=:>,(\[\]){}<?|.\\&*]{1,40}+"
    r"(?:(?:@|[bBfFrRuUL]{1,2})[\"'])?"
)
"""What stands between a provider's word and a token that has no mark of its own.

The rest of a name, and signs: of an assignment in any language, a pair in a mapping, an attribute
or an element of XML, an option of a command and its argument, a header; also on the next line.
A string may be one of a kind (``b""``, ``@""``).
"""
_LEADS = pattern(
    (
        LINK + rf"(?<![A-Za-z0-9])(?=[{RUN}]{{0,99}}(?:[0-9]|[a-z][A-Z]|[A-Z][a-z]))[{RUN}]{{12}}"
    ).encode()
)
"""What follows a word that leads to a token of any format."""
_OF_A_KEY = pattern(rb"[^\n:=]*+(?:\s++)?[:=]")
"""What follows a word in a key of YAML or JSON, or in an assignment within a value."""
_SHORT = 4
"""Letters of a word up to which it has to be one of its own in a name."""
_MARKS = frozenset({"AKIA", "ASIA"})
"""Beginnings of a token beside which the other half of a pair stands."""


def forms(word: str) -> Iterator[str]:
    """The ways to write ``word``, which may be several, in names; itself if it has capitals."""
    if word != word.lower():
        yield word
        return
    parts = word.split()
    titles = [part.title() for part in parts]
    for sign in ("", "_", "-", ".", " ") if len(parts) > 1 else ("",):
        yield sign.join(parts)
        if sign in "_-":
            yield sign.join(parts).upper()
        if sign in " -":
            yield sign.join(titles)
    yield parts[0] + "".join(titles[1:])


def whole_name(form: str) -> str:
    """A pattern of a form of a word; a short one has to be a word of its own in a name."""
    text = re.escape(form)
    if len(form) > _SHORT or form in _MARKS:
        return text
    if form.isupper():
        return f"(?<![A-Za-z]){text}(?![A-Za-z])"
    before = "(?<![A-Z])" if form[0].isupper() else "(?<![A-Za-z])"
    return f"{before}{text}(?![a-z])"


@cache
class _Written:
    """A word in all the ways to write it."""

    def __init__(self, word: str) -> None:
        every = dict.fromkeys(forms(word))
        short = [form for form in every if whole_name(form) != re.escape(form)]
        self._long = frozenset(form.encode() for form in every if form not in short)
        self._sizes = sorted({len(form) for form in self._long}, reverse=True)
        self._short = re.compile("|".join(map(whole_name, short)).encode()) if short else None

    def end(self, data: bytes, at: int) -> int:
        """Where the word ends that stands at ``at``; -1 where none does."""
        for size in self._sizes:
            if data[at : at + size] in self._long:
                return at + size
        found = self._short.match(data, at) if self._short is not None else None
        return -1 if found is None else found.end()


class Leading:
    """The places of words in one file from which something leads to what may be a token."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._ends: dict[str, list[tuple[int, int]]] = {}
        self._places: dict[str, Sequence[int]] = {}
        self._below: dict[str, bool] = {}

    def places(self, word: str) -> Sequence[int]:
        """Where ``word`` stands before something that may be drawn: mostly nowhere."""
        if word not in self._places:
            match, data = _LEADS.match, self._file.data
            self._places[word] = [at for at, end in self._written(word) if match(data, end)]
        return self._places[word]

    def may_lead_below(self, word: str) -> bool:
        """Whether ``word`` may be in the path of a setting: in its key, or in a name beside it."""
        if word not in self._below:
            match, data, written = _OF_A_KEY.match, self._file.data, self._written(word)
            is_in_key = any(match(data, end) for _, end in written)
            self._below[word] = is_in_key or (bool(written) and self._are_keys_elsewhere)
        return self._below[word]

    @property
    def _are_keys_elsewhere(self) -> bool:
        """Whether keys need not be written before a colon or an equals sign."""
        return self._file.kind not in ("json", "yaml") or self._file.shared(values_stand_beside)

    def _written(self, word: str) -> Sequence[tuple[int, int]]:
        """Where ``word`` begins and ends, written as words are."""
        if word not in self._ends:
            written, data = _Written(word), self._file.data
            ends = ((at, written.end(data, at)) for at in self._file.mentions(word.lower()))
            self._ends[word] = [(at, end) for at, end in ends if end >= 0]
        return self._ends[word]
