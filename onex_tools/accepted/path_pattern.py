"""A regular expression over paths as globs that fit nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_LONGEST = 400
_MOST = 64
"""Alternatives that one pattern may come to."""
_PART = re.compile(
    r"(?P<some>(?:\.|\[\^\\?/\])[*+]\??)"
    r"|(?P<start>\^)|(?P<end>\$)"
    r"|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<or>\|)"
    r"|\\(?P<escaped>[^A-Za-z0-9])|\[(?P<class>[^\\\[\]^])\]|(?P<plain>[^\\^$|?*+()\[\]{}])"
)


EVERY = "**/*"
"""The glob that fits every file."""


class _Wild(NamedTuple):
    """Any text.

    Attributes:
        crossing: with slashes in it too.
        empty: maybe none at all.
        named: there is a character in it that is no slash, in the first name or the last.
    """

    crossing: bool
    empty: bool
    named: bool = False


_ANY = _Wild(crossing=True, empty=True)
_Atom = str | _Wild
_START, _END = "\1", "\2"
"""Anchors among atoms; every other text is one character of a path."""
_Draft = tuple[_Atom, ...]


class _NotUnderstood(Exception):
    """There is more in the pattern than a glob can say."""


def as_globs(pattern: str) -> tuple[str, ...]:
    """Globs that fit only paths in which ``pattern``, of gitleaks, is found.

    Characters, ``.*``, ``[^/]*``, ``(a|b)?`` and anchors are understood; a bare dot is taken for a
    dot. () where there is anything else in it.
    """
    if len(pattern) > _LONGEST or not pattern.isprintable():
        return ()
    try:
        drafts = _Reader(pattern).whole()
        globs = dict.fromkeys(glob for draft in drafts for glob in _globs(draft))
    except (_NotUnderstood, RecursionError):
        return ()
    for glob in list(globs):
        # At the root and in a folder: in any folder.
        if f"**/*{glob}" in globs and glob.startswith("/"):
            globs = dict.fromkeys(
                f"**{glob}" if one == glob else one for one in globs if one != f"**/*{glob}"
            )
    return tuple(globs)


class _Reader:
    """Reads a pattern as alternatives, each a row of characters, wildcards and anchors."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def whole(self) -> Sequence[_Draft]:
        """Every alternative."""
        drafts = self._either()
        if self._at < len(self._pattern):
            raise _NotUnderstood
        return drafts

    def _either(self) -> Sequence[_Draft]:
        found = list(self._row())
        while self._pattern.startswith("|", self._at):
            self._at += 1
            found += self._row()
        return found

    def _row(self) -> Sequence[_Draft]:
        drafts: Sequence[_Draft] = [()]
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            parts = self._part()
            if len(drafts) * len(parts) > _MOST:
                raise _NotUnderstood
            drafts = [draft + part for draft in drafts for part in parts]
        return drafts

    def _part(self) -> Sequence[_Draft]:
        match = _PART.match(self._pattern, self._at)
        if match is None:
            raise _NotUnderstood
        self._at = match.end()
        kind = match.lastgroup
        if kind == "open":
            parts = self._either()
            if not self._pattern.startswith(")", self._at):
                raise _NotUnderstood
            self._at += 1
        elif kind == "some":
            return [(_Wild("^" not in match[0], "+" not in match[0]),)]
        else:
            anchors = {"start": _START, "end": _END}
            parts = [(anchors.get(str(kind), match[str(kind)]),)]
        return self._repeated(parts)

    def _repeated(self, parts: Sequence[_Draft]) -> Sequence[_Draft]:
        after = self._pattern[self._at : self._at + 2]
        if after[:1] == "?":
            self._at += 1
            # A second sign only says which of the two is tried first.
            self._at += after[1:] == "?"
            return [(), *parts]
        if after[:1] and after[0] in "*+{":
            raise _NotUnderstood
        return parts


def _globs(draft: _Draft) -> Sequence[str]:
    """The globs of one alternative; none where it fits no path."""
    atoms: list[_Atom] = list(draft)
    if atoms[:1] == [_START]:
        while atoms[:1] == [_START]:
            del atoms[0]
    else:
        atoms.insert(0, _ANY)
    if atoms[-1:] == [_END]:
        while atoms[-1:] == [_END]:
            del atoms[-1]
    else:
        atoms.append(_ANY)
    if _START in atoms or _END in atoms or not atoms or atoms[0] == "/" or atoms[-1] == "/":
        return ()
    atoms = _joined(atoms)
    if ("/", "/") in pairwise(atoms):
        return ()
    first = atoms[0]
    # A glob without a slash would fit in every folder.
    globs = [""] if isinstance(first, _Wild) and first.crossing else ["/"]
    for at, atom in enumerate(atoms):
        ways: Sequence[str]
        if isinstance(atom, str):
            ways = [re.sub(r"[*?\[]", r"[\g<0>]", atom)]
        else:
            ways = _ways(atom, *(_neighbour(atoms, near) for near in (at - 1, at + 1)))
        if len(globs) * len(ways) > _MOST:
            raise _NotUnderstood
        globs = [glob + way for glob in globs for way in ways]
    return globs


def _joined(atoms: Sequence[_Atom]) -> list[_Atom]:
    """``atoms``, with one wildcard for those in a row."""
    found: list[_Atom] = []
    for atom in atoms:
        last = found[-1] if found else ""
        if not (isinstance(atom, _Wild) and isinstance(last, _Wild)):
            found.append(atom)
        elif not atom.empty and not last.empty:
            raise _NotUnderstood  # two characters at the least
        else:
            crossing, empty = atom.crossing or last.crossing, atom.empty and last.empty
            full = atom if last.empty else last
            found[-1] = _Wild(crossing, empty, named=not full.crossing and crossing and not empty)
    return found


def _neighbour(atoms: Sequence[_Atom], at: int) -> str:
    """The character at ``at``; "" beyond the ends."""
    return str(atoms[at]) if 0 <= at < len(atoms) else ""


def _ways(wild: _Wild, before: str, after: str) -> Sequence[str]:
    """What a wildcard is in a glob, between two characters."""
    some = "*" if wild.empty else "?*"
    if not wild.crossing:
        return [some]
    if wild.named:
        if before and after:
            raise _NotUnderstood
        return ["?*" if before else "**/?*"]
    if not before or (before == "/" and after):
        return ["**/*"] if wild.empty else ["**/?*", "*/**/*"]
    if not after:
        # A glob for a folder takes all that is below it.
        return [""] if before == "/" else [some] if wild.empty else [some, "/"]
    return ["*/**"] if after == "/" else [some, "*/**/*"]
