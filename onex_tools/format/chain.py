"""One file through the whole chain: header, isort, black; proven before it is given out."""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from typing import TYPE_CHECKING, Any, cast

from onex_tools.format.blacken import Blackener, BlackRefused
from onex_tools.format.formed import Formed, Steps
from onex_tools.format.header import Fault, HeaderRefused, arrange, faults, needs_arranging
from onex_tools.format.proof import (
    Doubt,
    Licence,
    compare_comments,
    compare_header,
    compare_meaning,
)
from onex_tools.format.sorting import IsortRefused, Sorter
from onex_tools.parse import parse
from onex_tools.source import ParseFailure, SourceFile

if TYPE_CHECKING:
    from onex_tools.format.project import Recipe

_ACTIONS = re.compile(rb"isort: ?(?:list|tuple|set|dict|unique-list|unique-tuple)\b")
"""Comments by which isort sorts the literal below them."""
ROUNDS = 3
"""So often the result may be formatted again until it stays as it is."""


class Chain:
    """The chain for the files of one recipe, in a tree at ``root``.

    Raises:
        BlackRefused, IsortRefused: their settings cannot be used.
    """

    def __init__(self, recipe: Recipe, root: str) -> None:
        self._wish, self._root = recipe.wish, root
        self._black = Blackener(recipe.black.values, recipe.line_length)
        self._isort = Sorter(recipe.isort, root, recipe.line_length)

    def form(self, path: str, data: bytes, steps: Steps) -> Formed:
        """What the file at ``path`` (relative to the root) becomes, proven to mean the same."""
        try:
            return self._formed(path, data, steps)
        except ParseFailure as failure:
            line = _line_at(data, failure.span.start if failure.span else 0)
            return Formed(refused=_unparsable(failure), line=line, span=failure.span)
        except (BlackRefused, HeaderRefused, Doubt) as refusal:
            return Formed(refused=refusal.reason, line=refusal.line)
        except IsortRefused as refusal:
            return Formed(refused=str(refusal))
        except RecursionError:
            return Formed(refused="it is nested too deeply")
        except MemoryError:
            return Formed(refused="it takes more memory than there is")
        except (UnicodeError, LookupError) as error:
            return Formed(refused=f"its encoding does not hold: {error}"[:200])

    def _formed(self, path: str, data: bytes, steps: Steps) -> Formed:
        module = _parsed(path, data)
        header: tuple[Fault, ...] = ()
        ordered = data
        if steps.header:
            ordered, header = self._ordered(data, module)
        new = self._shaped(path, ordered, steps)
        if new == data:
            return Formed(header=header, remains=header)
        final, remains = self._settled(path, (data, ordered, new), module, steps)
        return Formed(final, line=_first_change(data, final), header=header, remains=remains)

    def _ordered(self, data: bytes, module: ast.Module) -> tuple[bytes, tuple[Fault, ...]]:
        """``data`` with its header in order, and what was out of it."""
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        raw = data.decode(encoding)
        text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
        found = faults(text, module, self._wish)
        if not found or not needs_arranging(text, module, self._wish):
            return data, found
        newline = _newline(data)
        arranged = arrange(text, self._wish).text
        try:
            return arranged.replace("\n", newline).encode(encoding), found
        except UnicodeEncodeError:
            said = f"the licence lines cannot be written in its encoding, {encoding}"
            raise HeaderRefused(1, said) from None

    def _shaped(self, path: str, data: bytes, steps: Steps) -> bytes:
        if steps.isort:
            data = self._isort(data, os.path.join(self._root, path))
        return self._black(data, stub=path.endswith(".pyi")) if steps.black else data

    def _settled(
        self,
        path: str,
        versions: tuple[bytes, bytes, bytes],
        module: ast.Module,
        steps: Steps,
    ) -> tuple[bytes, tuple[Fault, ...]]:
        """Go on until formatting the result changes nothing, and see that no round loses anything.

        One round is enough but where black makes something that isort had not seen: of
        ``if x: import b; import a`` the lines that it sorts.

        Returns:
            The result, and what is out of order in its header.

        Raises:
            Doubt: it cannot be shown.
        """
        data, ordered, new = versions
        after = self._prove(path, versions, module)
        for _ in range(ROUNDS):
            again, remains = self._ordered(new, after) if steps.header else (new, ())
            newer = self._shaped(path, again, steps)
            if newer == new == again:
                return new, remains
            data, ordered, new, module = new, again, newer, after
            try:
                after = self._prove(path, (data, ordered, new), module)
            except Doubt as doubt:  # its line is none of the file as it is
                raise Doubt(doubt.reason) from None
        raise Doubt("formatting it again and again gives something else each time")

    def _prove(
        self, path: str, versions: tuple[bytes, bytes, bytes], module: ast.Module
    ) -> ast.Module:
        """See that nothing is lost in one round; returns the syntax tree of its result.

        Raises:
            Doubt: it cannot be shown.
        """
        data, ordered, new = versions
        middle = module
        if ordered != data:
            middle = _reparsed(path, ordered)
            compare_header(module, middle)
        after = _reparsed(path, new)
        compare_meaning(middle, after, self._licence(data))
        compare_comments(data, new)
        return after

    def _licence(self, data: bytes) -> Licence:
        isort = self._isort
        return Licence(
            floats=isort.floats,
            sorts_literals=isort.sorts_literals or _ACTIONS.search(data) is not None,
            adds=bool(isort.adds),
            removes=isort.removes,
            plain_aliases=isort.plain_aliases,
            stars=isort.stars,
        )


def _parsed(path: str, data: bytes) -> ast.Module:
    """The syntax tree, by the engine's parser, which knows what is too costly.

    Raises:
        ParseFailure: it is no Python that this interpreter knows.
    """
    module: ast.Module = parse("python", SourceFile(path, "python", data, cast("Any", None)))
    return module


def _reparsed(path: str, data: bytes) -> ast.Module:
    try:
        return _parsed(path, data)
    except ParseFailure as failure:
        raise Doubt(f"what came out could not be parsed: {failure.message}") from None


def _unparsable(failure: ParseFailure) -> str:
    import sys

    if not failure.message.startswith("Python's parser"):  # which may take it for valid
        return failure.message
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"it is no valid Python {version}: {failure.message}"


def _line_at(data: bytes, offset: int) -> int:
    before = data[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _first_change(old: bytes, new: bytes) -> int:
    """The first line of ``old`` that is another in ``new``."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pairs = zip(before, after, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))
    return min(same + 1, max(len(before), 1))


def _newline(data: bytes) -> str:
    """The line end that black will write: that of the first line."""
    end = min((at for at in (data.find(b"\n"), data.find(b"\r")) if at >= 0), default=-1)
    if end < 0 or data[end : end + 1] == b"\n":
        return "\n"
    return "\r\n" if data[end : end + 2] == b"\r\n" else "\r"
