"""The titles of sections: which there are, and which lines of a docstring are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onex_validators.docstrings.reading.text import Docstring


def _lookup(titles: str) -> Mapping[str, str]:
    """The titles, one for each comma, by their form in small letters."""
    return {title.lower(): title for title in titles.split(", ")}


_BOTH = (
    "Attributes, Examples, Methods, Notes, Raises, References, Returns, See Also, Warnings, Warns, "
    "Yields"
)
_ARGUMENTS = _lookup("Parameters, Other Parameters, Other Params")
NUMPY = _lookup(
    f"{_BOTH}, Short Summary, Extended Summary, Parameters, Other Parameters, Other Params, "
    "Receives"
)
"""The titles of the numpy convention."""
GOOGLE = _lookup(
    f"{_BOTH}, Args, Arguments, Attention, Caution, Danger, Error, Example, Hint, Important, "
    "Keyword Args, Keyword Arguments, Note, Other Args, Other Arguments, Return, Tip, Todo, "
    "Warning, Yield"
)
"""The titles of the google convention."""
_ARGS = _lookup("Args, Arguments, Keyword Args, Keyword Arguments, Other Args, Other Arguments")
_ALSO_READ = _lookup("Params, Parameter, Argument, Arg, Attribute, Exceptions, Raise, Warn")
ANY: Mapping[str, str] = {**GOOGLE, **NUMPY, **_ALSO_READ}
"""All titles of both, and further ones that are in use."""

_ENDS = tuple(",;.-\\/]})")


class Heading(NamedTuple):
    """The title of a section, as it stands in a docstring.

    Attributes:
        title: as it should be written.
        written: as it is written, a colon left out.
        line: the number of its line, from 0.
        indent: how many characters of white space are before it.
        colon: whether a colon follows.
        underlined: whether the next line consists of ``-`` or ``=``.
    """

    title: str
    written: str
    line: int
    indent: int
    colon: bool
    underlined: bool


def headings(docstring: Docstring, titles: Mapping[str, str]) -> Sequence[Heading]:
    """The headings among the lines of ``docstring`` whose title is one of ``titles``.

    A line counts where nothing but a colon follows the title, and where a paragraph ends before it
    or an underline follows; the summary on the first line never does.
    """
    if "\n" not in docstring.raw and "\r" not in docstring.raw:
        return ()
    found: list[Heading] = []
    for number, line in enumerate(docstring.lines):
        written = line.strip()
        colon = written.endswith(":")
        if colon:
            written = written[:-1]
        title = titles.get(written.lower())
        if title is not None and number:
            indent = len(line) - len(line.lstrip())
            heading = Heading(
                title, written, number, indent, colon, is_underlined(docstring, number)
            )
            if heading.underlined or _stands_alone(docstring, heading, found):
                found.append(heading)
    return found


def stops(docstring: Docstring, found: Sequence[Heading]) -> Sequence[int]:
    """For each of ``found`` the line of the next one, or the number of lines."""
    return [*(heading.line for heading in found), len(docstring.lines)][1:] if found else []


def is_underlined(docstring: Docstring, number: int) -> bool:
    """Whether the line after line ``number`` consists of ``-`` or ``=``."""
    lines = docstring.lines
    return number + 1 < len(lines) and is_underline(lines[number + 1])


def is_underline(line: str) -> bool:
    """Whether ``line`` consists of ``-`` or ``=``."""
    text = line.strip()
    return bool(text) and not text.strip("-=")


def _stands_alone(docstring: Docstring, heading: Heading, found: Sequence[Heading]) -> bool:
    """Whether a title without an underline is one, and not the name of an entry."""
    before = docstring.lines[heading.line - 1].strip()
    if before and not before.endswith(_ENDS):
        return False
    if not found:
        return True
    if found[-1].indent < heading.indent:
        return heading.written == heading.title
    return not before or not heading.written[0].islower()


def follows_numpy(docstring: Docstring, convention: str) -> bool:
    """Whether the titles of ``docstring`` are to be judged as numpy's, and not as google's.

    Without one of both as ``convention`` the docstring tells by a title that only one of them has
    for arguments, or by which of them has more of its titles, or by the first underline or colon.
    """
    if convention in ("google", "numpy"):
        return convention == "numpy"
    numpy, google = headings(docstring, NUMPY), headings(docstring, GOOGLE)
    if any(one.title.lower() in _ARGUMENTS for one in numpy):
        return True
    if any(one.title.lower() in _ARGS for one in google):
        return False
    if len(numpy) != len(google):
        return len(numpy) > len(google)
    return _first_mark(docstring, google) != ":"


def _first_mark(docstring: Docstring, found: Sequence[Heading]) -> str:
    """``-`` or ``:``, by the first of ``found`` that has dashes below it or a colon."""
    for heading in found:
        if heading.underlined and is_dashes(docstring.lines[heading.line + 1]):
            return "-"
        if heading.colon:
            return ":"
    return ""


def is_dashes(line: str) -> bool:
    """Whether ``line`` consists of ``-``."""
    text = line.strip()
    return bool(text) and not text.strip("-")
