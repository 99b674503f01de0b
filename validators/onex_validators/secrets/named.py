"""What the rules on names share: every candidate of a file, judged once and sorted by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onex_tools.api import ParseFailure, SourceFile
from onex_validators.secrets import command, config, python_source, source
from onex_validators.secrets.judgement import IN_PROSE, LIVE, Candidate, is_sample
from onex_validators.secrets.places import is_made_up, is_passed_over
from onex_validators.secrets.recognised import is_recognised
from onex_validators.secrets.words import PASSWORD

_COMMENT = re.compile(rb"(?:^|[ \t])(?:#|//|;|--|<!--|/?\*)[^\n]{6,400}", re.MULTILINE)


class Named(NamedTuple):
    """A candidate, and what it is.

    Attributes:
        verdict: ``live`` or ``weak``.
    """

    candidate: Candidate
    verdict: str


def in_place(
    file: SourceFile, place: str, *, password: bool, verdict: str = LIVE
) -> Iterator[Candidate]:
    """The candidates of ``file`` that stand in such a place: passwords, or all others."""
    for one in file.shared(named):
        said = one.candidate
        is_password = said.meaning.kind == PASSWORD
        if one.verdict == verdict and said.place == place and is_password is password:
            yield said


def named(file: SourceFile) -> tuple[Named, ...]:
    """Every value of ``file`` that is what its name says, and that no other rule recognises."""
    if file.is_binary or is_passed_over(file):
        return ()
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    careful = is_made_up(file)
    for candidate in _candidates(file):
        if careful and is_sample(candidate.value):
            continue
        if careful:
            candidate = candidate._replace(how=max(candidate.how, IN_PROSE))
        verdict = candidate.verdict
        start, end = candidate.span
        if not verdict or any(start < last and first < end for first, last in taken[-50:]):
            continue
        if not is_recognised(file, candidate.span):
            taken.append(candidate.span)
            found.append(Named(candidate, verdict))
    return tuple(found)


def _candidates(file: SourceFile) -> Iterable[Candidate]:
    if file.settings:
        yield from config.candidates(file)
        yield from _in_comments(file)
        if file.kind in source.SHELLS:
            yield from _scanned(file)
        return
    if file.kind == "python":
        try:
            yield from python_source.candidates(file)
        except ParseFailure:
            yield from _scanned(file)
        else:
            yield from _in_comments(file)
        return
    yield from _scanned(file)


def _scanned(file: SourceFile) -> Iterator[Candidate]:
    text = file.data.decode("latin-1")
    for candidate in (*source.scan(text, file.kind), *command.scan(text, file.kind)):
        value = candidate.value.encode("latin-1", "replace").decode("utf-8", "replace")
        yield candidate._replace(value=value)


def _in_comments(file: SourceFile) -> Iterator[Candidate]:
    """What stands in comments, judged as prose."""
    if source.WORDS.search(file.data.decode("latin-1")) is None:
        return
    for comment in _COMMENT.finditer(file.data):
        text = comment[0].decode("latin-1")
        for one in source.scan(text, "text"):
            span = (one.span[0] + comment.start(), one.span[1] + comment.start())
            value = one.value.encode("latin-1", "replace").decode("utf-8", "replace")
            yield one._replace(span=span, value=value, how=max(one.how, IN_PROSE), place="text")
