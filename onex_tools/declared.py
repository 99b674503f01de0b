"""The kinds of files that plugins declare: judged before any file is taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onex_tools.kinds import ASKED, COMMENTED, CommentStyle, known_kinds

_KIND = re.compile(r"[a-z][a-z0-9]*(?:[-+][a-z0-9]+)*\Z")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]+\Z")
_LONGEST_LINE, _LONGEST_BLOCK = 2, 8
"""Characters of a sign: with it and a blank, the longest line of a stamp has 79 columns."""


def groups_of(styles: Mapping[str, CommentStyle]) -> dict[str, frozenset[str]]:
    """The kinds that a word in a rule's ``kinds`` stands for, those of plugins among them."""
    from onex_tools.stamp.styles import FILE_TYPES

    asked = {kind for kind, row in FILE_TYPES.items() if row.asked}
    asked |= {kind for kind, style in styles.items() if style.asked}
    return {COMMENTED: frozenset(FILE_TYPES.keys() | styles.keys()), ASKED: frozenset(asked)}


def admit_styles(known: dict[str, CommentStyle], styles: Iterable[Any]) -> list[tuple[str, str]]:
    """Enter the declarations that can be used into ``known``; what is wrong with the others."""
    faults = []
    for style in styles:
        found = list(_faults(style, known))
        faults += found
        if not found:
            known[style.kind] = style
    return faults


def _faults(style: Any, known: Mapping[str, CommentStyle]) -> Iterator[tuple[str, str]]:
    """What is wrong with a declaration, and what to do about it; ``known`` are the others."""
    if not isinstance(style, CommentStyle):
        yield f"{style!r} is no CommentStyle", "return a list of CommentStyle(...)"
        return
    where = f"the comment style of kind {style.kind!r}"
    if not isinstance(style.kind, str) or not _KIND.match(style.kind):
        yield f"{where} has no usable name", "name it in lower case: acme-config"
    elif style.kind in known_kinds() or style.kind in known:
        yield f"{where} is that of a kind that is there already", "take another name"
    if not style.files or not _are_texts(style.files):
        yield f"{where} is for no files", 'set files = ("*.acme",)'
    yield from _sign_faults(style, where)
    unknown = [name for name in style.prologue if name not in _names_of_parts()]
    if unknown:
        names = ", ".join(sorted(_names_of_parts()))
        yield f"{where} names an unknown part of a prologue: {unknown[0]!r}", f"there are: {names}"


def _sign_faults(style: CommentStyle, where: str) -> Iterator[tuple[str, str]]:
    if bool(style.line) is bool(style.block):
        yield f"{where} is not one of two", 'set line = "#", or block = ("/*", "*/")'
    elif style.line and not _is_sign(style.line, _LONGEST_LINE):
        yield f"{where} begins with {style.line!r}", "use one or two signs of ASCII: # // -- ;"
    elif style.block and not (
        len(style.block) == 2 and all(_is_sign(sign, _LONGEST_BLOCK) for sign in style.block)
    ):
        yield f"{where} is written in {style.block!r}", 'use two signs of ASCII: ("/*", "*/")'


def _is_sign(sign: Any, longest: int) -> bool:
    return isinstance(sign, str) and len(sign) <= longest and _SIGN.match(sign) is not None


def _are_texts(values: Any) -> bool:
    return isinstance(values, tuple) and all(isinstance(value, str) and value for value in values)


def _names_of_parts() -> frozenset[str]:
    from onex_tools.stamp.parts import NAMED

    return frozenset(NAMED)
