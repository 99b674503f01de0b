"""What the rules on names share: every candidate of a file, judged once and sorted by rule."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from onex_tools.api import ParseFailure, SourceFile
from onex_validators.pattern import pattern
from onex_validators.secrets import command, config, python_lines, source
from onex_validators.secrets.encoded import is_wide
from onex_validators.secrets.judgement import IN_PROSE, LIVE, WEAK, Candidate, is_sample
from onex_validators.secrets.names import letters, word_places
from onex_validators.secrets.places import is_made_up, is_passed_over, is_test
from onex_validators.secrets.words import PASSWORD

_COMMENT = pattern(rb"(?:^|[ \t])(?:#|//|;|--|<!--|/?\*)[^\n]{6,400}", re.MULTILINE)


def in_place(file: SourceFile, place: str, *, password: bool) -> Iterator[Candidate]:
    """The secrets of ``file`` that stand in such a place: passwords, or all others."""
    for said in file.shared(named):
        if said.place == place and (said.meaning.kind == PASSWORD) is password:
            yield said


def named(file: SourceFile) -> tuple[Candidate, ...]:
    """Every value of ``file`` that is what its name says, and that no other rule recognises."""
    is_named = file.shared(word_places) or command.places(file) or is_wide(file)
    if file.is_binary or not is_named or file.shared(is_passed_over):
        return ()
    return tuple(_judged(file, _candidates(file), LIVE))


def weak(file: SourceFile) -> tuple[Candidate, ...]:
    """Every placeholder in the settings of ``file``."""
    if file.is_binary or file.shared(is_passed_over):
        return ()
    return tuple(_judged(file, config.candidates(file), WEAK))


def _judged(file: SourceFile, candidates: Iterable[Candidate], verdict: str) -> Iterator[Candidate]:
    """Those of ``candidates`` with that verdict, none inside of another one that is anything."""
    taken: list[tuple[int, int]] = []
    for candidate in _weighed(file, candidates):
        said = candidate.verdict
        start, end = candidate.span
        if not said or any(start < last and first < end for first, last in taken[-50:]):
            continue
        from onex_validators.secrets.recognised import is_recognised

        if not is_recognised(file, candidate.span):
            taken.append(candidate.span)
            if said == verdict:
                yield candidate


def _weighed(file: SourceFile, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """``candidates`` as they are to be judged in ``file``: strictly where it makes things up."""
    for candidate in candidates:
        if not file.shared(is_made_up):
            yield candidate
        elif not is_sample(candidate.value):
            yield candidate._replace(how=max(candidate.how, IN_PROSE))


def _candidates(file: SourceFile) -> Iterable[Candidate]:
    if file.is_configuration:
        yield from _in_configuration(file)
    elif file.kind != "python":
        yield from _scanned(file)
    elif not is_test(file.path):
        yield from _in_python(file)


def _in_configuration(file: SourceFile) -> Iterator[Candidate]:
    if file.shared(config.speaking):
        yield from config.candidates(file)
        yield from _in_comments(file)
        if file.kind in source.SHELLS:
            yield from _scanned(file)
    else:
        yield from _scanned(file)


def _in_python(file: SourceFile) -> Iterator[Candidate]:
    is_worth_it = file.is_parsed("python") or python_lines.may_hold_one(file)
    if not (is_worth_it or _is_live_unparsed(file)):
        return
    from onex_validators.secrets import python_source

    try:
        yield from python_source.candidates(file)
    except ParseFailure:
        yield from _scanned(file)
    else:
        yield from _in_comments(file)


def _is_live_unparsed(file: SourceFile) -> bool:
    """Whether there is a secret in a comment, or one if Python turns out not to parse ``file``."""
    candidates = _weighed(file, itertools.chain(_in_comments(file), _scanned(file)))
    return any(candidate.verdict == LIVE for candidate in candidates)


def _scanned(file: SourceFile) -> Iterator[Candidate]:
    text = file.shared(letters)
    found = source.scan(text, file.kind, file.shared(word_places))
    for candidate in (*found, *command.on_lines(file, text)):
        value = candidate.value.encode("latin-1", "replace").decode("utf-8", "replace")
        yield candidate._replace(value=value)


def _in_comments(file: SourceFile) -> Iterator[Candidate]:
    """What stands in comments, judged as prose."""
    for comment in _comments(file.data, file.shared(word_places)):
        text = comment[0].decode("latin-1")
        for one in source.scan(text, "text"):
            span = (one.span[0] + comment.start(), one.span[1] + comment.start())
            value = one.value.encode("latin-1", "replace").decode("utf-8", "replace")
            yield one._replace(span=span, value=value, how=max(one.how, IN_PROSE), place="text")


def _comments(data: bytes, places: Iterable[int]) -> Iterator[re.Match[bytes]]:
    """The comments on the lines that have one of ``places`` in them."""
    end = -1
    for at in places:
        if at > end:
            first = data.rfind(b"\n", 0, at) + 1
            last = data.find(b"\n", at)
            end = last if last >= 0 else len(data)
            yield from _COMMENT.finditer(data, first, end)
