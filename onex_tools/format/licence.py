"""Licence and copyright lines in comments: what a project wants, and what a line says."""

from __future__ import annotations

import re
from typing import NamedTuple

LICENCE = "licence"
COPYRIGHT = "copyright"
TAG = "tag"
RESERVED = "reserved"


class HeaderWish(NamedTuple):
    """What the header of every file should say.

    Attributes:
        spdx: an SPDX licence expression (``MIT``, ``Apache-2.0 OR MIT``), or an empty text.
        copyright: the text of the copyright line without the ``#``, or only years and holder
            (``2024 Jane Doe``), or an empty text.
        docstring_stub: whether a module without a docstring gets a marked one.
    """

    spdx: str = ""
    copyright: str = ""
    docstring_stub: bool = False


class Notice(NamedTuple):
    """What one line says of licence or copyright.

    Attributes:
        kind: ``licence``, ``copyright``, ``tag`` (another tag of SPDX's) or ``reserved`` ("All
            rights reserved.").
        value: the expression, or the holder without years, in one spelling, for comparison.
        text: the line without the sign of the comment.
    """

    kind: str
    value: str
    text: str


LOOK = re.compile(r"spdx-|copyright|©|\(c\)", re.IGNORECASE)
"""What every licence or copyright line holds: a text without it has none."""

_SIGN = re.compile(r"#+[ \t]*")
_LICENCE = re.compile(r"SPDX-License-Identifier:[ \t]*(\S.*)", re.IGNORECASE)
_TAG = re.compile(r"SPDX-(?!Snippet)[A-Za-z]+:[ \t]*\S", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:SPDX-FileCopyrightText:|Copyright\b(?!-):?|\(c\)|©)[ \t]*)+", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(
    r"\b(?:19|20)\d\d\b(?:[ \t]*(?:-|–|,|to|and|&)[ \t]*(?:\d{4}|\d\d|present|now)\b)*"  # noqa: RUF001
    r"(?:[ \t]*-[ \t]*(?=[A-Z]|$))?",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:the[ \t]+)?(?:\S+[ \t]+){0,3}(?:contributors|authors)\b", re.IGNORECASE)
_RESERVED = re.compile(r"all rights reserved\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[\s,;.]+")

_TOKEN = re.compile(r"[()]|[^\s()]+")
_ID = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?[A-Za-z0-9.-]+\+?")
_OWN_ID = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?(?:LicenseRef|AdditionRef)-[A-Za-z0-9.-]+")
COMMON = (
    *("MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Unlicense", "CC0-1.0"),
    *("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "MPL-2.0"),
    *("LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "BSL-1.0"),
    *("AGPL-3.0-only", "AGPL-3.0-or-later", "EPL-2.0", "EUPL-1.2", "PSF-2.0", "Zlib"),
)
"""Licences that most projects have: known without a look at the list, and meant by near names."""
_OPERATORS = ("AND", "OR", "and", "or")
_WITH = ("WITH", "with")


def notice_of(comment: str) -> Notice | None:
    """What the comment line ``comment``, which begins with ``#``, says; None if it is no notice."""
    sign = _SIGN.match(comment)
    return notice_in(comment[sign.end() :]) if sign else None


def notice_in(line: str) -> Notice | None:
    """What ``line``, a line of any text without the sign of a comment, says."""
    text = line.strip()
    if match := _LICENCE.fullmatch(text):
        return Notice(LICENCE, one_spelling(match[1]), text)
    if _is_copyright(text):
        return Notice(COPYRIGHT, holder(text), text)
    if _TAG.match(text):
        return Notice(TAG, "", text)
    return Notice(RESERVED, "", text) if _RESERVED.fullmatch(text) else None


def _is_copyright(text: str) -> bool:
    """Whether a line claims a copyright: prose that begins with the word does not."""
    lead = _LEAD.match(text)
    if lead is None or lead.end() == len(text):
        return False
    sign, rest = lead[0].casefold(), text[lead.end() :]
    if sign.startswith("(c)"):
        return _YEARS.match(rest) is not None  # "(c)" alone also counts paragraphs
    if any(mark in sign for mark in ("spdx", "(c)", "©", ":")):
        return True
    return _YEAR.search(rest) is not None or _MANY.match(rest) is not None


def holder(text: str) -> str:
    """Who a copyright line names, in one spelling: lines that differ in the year are the same."""
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    for pattern in (_YEARS, _ADDRESS, _RESERVED):
        rest = pattern.sub(" ", rest)
    return _SPACE.sub(" ", rest).strip().removeprefix("by ").casefold()


def one_spelling(expression: str) -> str:
    """An expression for comparison: neither case nor white space matters in it."""
    return " ".join(_TOKEN.findall(expression)).casefold()


def licence_line(wish: HeaderWish) -> str:
    """The comment that names the licence wished for."""
    return f"# SPDX-License-Identifier: {wish.spdx}"


def copyright_line(wish: HeaderWish) -> str:
    """The comment that names the holder wished for; REUSE's tag where the wish has no sign."""
    notice = notice_in(wish.copyright)
    if notice is not None and notice.kind == COPYRIGHT:
        return f"# {wish.copyright}"
    return f"# SPDX-FileCopyrightText: {wish.copyright}"


def wish_faults(wish: HeaderWish) -> tuple[str, ...]:
    """What is wrong with a wish, in sentences; empty if it can be granted."""
    faults = []
    if wish.spdx and (fault := expression_fault(wish.spdx) or name_fault(wish.spdx)):
        faults.append(f"{wish.spdx!r} is no SPDX licence expression: {fault}")
    if wish.copyright and not _is_line(wish.copyright):
        faults.append(f"the copyright line {wish.copyright!r} is not one line of printable text")
    return tuple(faults)


def _is_line(text: str) -> bool:
    return text == text.strip() and text.isprintable()


def expression_fault(expression: str) -> str:
    """What is wrong with the syntax of an SPDX licence expression; empty if nothing is.

    Whether there is a licence of that name, ``name_fault`` says.
    """
    depth, before = 0, "("
    for token in _TOKEN.findall(expression):
        kind = _kind(token)
        if not _may_follow(kind, before):
            return _misplaced(token, before)
        if kind == "id" and not _ID.fullmatch(token):
            return f"{token!r} is no name of a licence"
        depth += (kind == "(") - (kind == ")")
        if depth < 0:
            return "a ')' closes nothing"
        before = "exception" if before == "with" else kind
    if before in ("(", "operator", "with"):
        return "a licence is missing at its end" if expression.strip() else "it is empty"
    return "a '(' is not closed" if depth else ""


def name_fault(expression: str) -> str:
    """Which name in an expression of right syntax SPDX does not list; empty if it lists all."""
    before = ""
    for token in _TOKEN.findall(expression):
        if _kind(token) == "id" and not _is_listed(token, exception=before in _WITH):
            return _unlisted(token, exception=before in _WITH)
        before = token
    return ""


def _is_listed(name: str, *, exception: bool) -> bool:
    """Whether SPDX has the name, in any case of its letters, or it is one that anybody may make.

    The list is that of `packaging`, which black needs anyway.
    """
    if _OWN_ID.fullmatch(name):
        return exception == ("AdditionRef-" in name)
    if name.removesuffix("+") in COMMON:
        return not exception
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        canonicalize_license_expression(f"MIT WITH {name}" if exception else name)
    except InvalidLicenseExpression:
        return False
    return True


def _unlisted(name: str, *, exception: bool) -> str:
    from onex_tools.config.problem import nearest

    if exception:
        return f"SPDX lists no exception {name!r}"
    near = nearest(name, COMMON) or "a licence that is not in the list is `LicenseRef-NAME`"
    return f"SPDX lists no licence {name!r}; {near}"


def _kind(token: str) -> str:
    if token in ("(", ")"):
        return token
    if token in _OPERATORS:
        return "operator"
    return "with" if token in _WITH else "id"


def _may_follow(kind: str, before: str) -> bool:
    if kind == "with":
        return before == "id"
    if kind in ("operator", ")"):
        return before in ("id", "exception", ")")
    if before == "with":
        return kind == "id"
    return before in ("(", "operator")


def _misplaced(token: str, before: str) -> str:
    if token in _WITH and before != "with" and before not in ("(", "operator"):
        return f"{token!r} follows the name of one licence only"
    if before in ("id", "exception", ")"):
        return f"AND, OR or WITH is missing before {token!r}"
    return f"a licence is missing before {token!r}"
