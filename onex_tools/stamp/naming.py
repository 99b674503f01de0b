"""Whether the name and namespace in a block still agree with the file's path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onex_tools.stamp.block import Block, Field

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_SEPARATOR = re.compile(r"[./:@]")
_LONGEST = 2048
"""File names are shorter on every system; more of a namespace need not be looked at."""


def disagreeing_fields(block: Block, path: str) -> list[Field]:
    """The ``name`` and ``namespace`` fields that no longer match ``path``.

    In a v1 block ``name`` is the file name. Older tools also wrote stems and titles: there only a
    name that ends like this file and is another one counts.
    """
    name = path.rpartition("/")[2]
    found = []
    field = block.field("name")
    if field and field.text and not _name_agrees(block.form, field.text, name):
        found.append(field)
    field = block.field("namespace")
    if field and field.text and not namespace_agrees(field.text, path, name):
        found.append(field)
    return found


def ending_for(path: str) -> str:
    """What a ``namespace`` for the file at ``path`` ends with: its name without the ending."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _name_agrees(form: str, text: str, name: str) -> bool:
    if form == "v1" or text == name:
        return text == name
    stem, dot, ending = name.rpartition(".")
    looks_like_one = bool(stem and dot) and text.endswith(dot + ending)
    return not looks_like_one or text.rpartition("/")[2] == name


def namespace_agrees(text: str, path: str, name: str) -> bool:
    """Whether the last parts of the namespace spell the file's name or stem.

    Case, underscores and other signs do not count: tools write them in many ways. A package's
    ``__init__`` may also go by the name of its folder.
    """
    stem = ending_for(name)
    wanted = {_word(name), _word(stem)}
    if stem == "__init__":
        wanted.add(_word(path.rpartition("/")[0].rpartition("/")[2]))
    if "" in wanted:
        return True
    ending = ""
    for part in reversed(_SEPARATOR.split(text[-_LONGEST:])):
        ending = _word(part) + ending
        if ending in wanted:
            return True
        if len(ending) > max(map(len, wanted)):
            return False
    return False


def _word(text: str) -> str:
    return _NOT_A_WORD.sub("", text.lower())
