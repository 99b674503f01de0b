"""The tables of kinds, comments and prologues: for the page on the format, and as data."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from onex_tools.config.reference import with_parts
from onex_tools.stamp.comments import BARE, Style
from onex_tools.stamp.parts import Part
from onex_tools.stamp.styles import FILE_TYPES, FileType

_MODE_LINE = "Emacs mode line"
_LAST_LINE = 1000
"""A part that may begin further down may begin anywhere."""
_WORDS = {
    "byte order mark": "`EF BB BF`, the mark of UTF-8; no line has to end after it",
    "shebang": "lines that begin with `#!`, but not `#![`, which is Rust's attribute; "
    "in Scheme also from `#!/` to a `!#`, over ten lines at most; "
    "in Lua one line that begins with `#`",
    "encoding declaration": "Python's: a comment with `coding:` or `coding=` and a name, in line 1 "
    "or 2; where it is line 2, the comment or blank line above it belongs to it",
    "cloud-config header": "`#cloud-config` and its like, a `## template: jinja` line above it, "
    "or that line alone",
    "Emacs mode line": "a comment with `-*-` twice, in line 1, or in line 2 below another part; "
    "one pattern for each style",
    "front matter": "at byte 0: `---` and a line `---` or `...`, with nothing but blank lines "
    "between, or with a `key:` first; `---js` (or another language) to `---`; `+++` to `+++`; "
    "or a JSON object",
    "format pragma": "a comment `@format`, `@noformat`, `@prettier` or `@noprettier`",
    "YAML directive": "`%` lines, and the comments and blank lines between them",
    "document start": "`---` alone, or with a comment",
    "Jinja header": "Ansible's `#jinja2:`, with the `#` lines directly below it that have to lead "
    "what it makes",
    "completion header": "zsh's `#compdef` or `#autoload`",
    "parser directive": "a Dockerfile's `# syntax=`, `# escape=` and `# check=`, in any case",
    "magic comment": "Ruby's `frozen_string_literal`, `encoding`, `typed` and so on; "
    "TeX's `% !TeX` lines",
    "language line": "Gherkin's `# language:`",
    "swift-tools-version": "`// swift-tools-version:`",
    "package manifest": "Cargo's, between two fences of dashes of the same length",
    "#version line": "GLSL's",
    "docblock": "a `/* */` or `//` comment with a pragma such as `@flow`, `@format` or "
    "`@jest-environment`",
    "triple-slash directive": "`/// <reference`, `/// <amd-module`, `/// <amd-dependency`",
    "PHP opening tag": "`<?php`, with a `declare(strict_types=1);` on the same line",
    "strict_types declaration": "`declare(strict_types=1);`",
    "@charset rule": '`@charset "...";`',
    "XML declaration": "`<?xml ... ?>`",
    "DOCTYPE": "`<!DOCTYPE ...>` with its internal subset; comments, instructions and quoted text "
    "in it are passed over",
    "frontmatter script": "Astro's, between two lines `---`",
    "processing instruction": "`<?name ... ?>`, several of them",
    "processing instruction below the DOCTYPE": "the same, once more",
    "cabal-version": "`cabal-version:`",
    "Liquibase header": "`--liquibase formatted sql`",
    "options of stack": "Haskell's `-- stack` or `{- stack -}`, in line 2",
    "#lang line": "Racket's",
    "format line": "TeX's `%&`",
    "escript flags": "Erlang's `%%!` line",
}
"""What each part is, in words; where two parts have one name, both."""


def render(page: str) -> str:
    """``page`` with its generated parts written again.

    Each stands between ``<!-- generated: comments -->`` (or ``kinds``, ``parts``) and the line
    ``<!-- end of the generated part -->``.

    Raises:
        ValueError: a generated part is missing, or words for a part of a prologue.
    """
    return with_parts(
        page, {"comments": _comment_rows(), "kinds": _kind_rows(), "parts": _part_rows()}
    )


def groups() -> list[tuple[list[str], FileType]]:
    """The kinds that are written alike, and how."""
    found: dict[FileType, list[str]] = {}
    for kind, row in FILE_TYPES.items():
        found.setdefault(row, []).append(kind)
    return [(kinds, row) for row, kinds in found.items()]


def styles() -> list[Style]:
    """Every comment style that a kind has, and the one of no comment, each once."""
    found = {style.name: style for row in FILE_TYPES.values() for style in row.styles}
    return [*found.values(), BARE]


def parts() -> list[Part]:
    """Every part of a prologue, each once; of the mode lines that of ``#`` comments."""
    found: dict[tuple[str, object], Part] = {}
    for row in FILE_TYPES.values():
        for part in row.prologue:
            key = (part.name, "" if part.name == _MODE_LINE else part.pattern)
            found.setdefault(key, part)
    return list(found.values())


# For the page ----------------------------------------------------------------------------------


def _comment_rows() -> Iterator[str]:
    yield "| style | opens with | closes with | never inside | first and last line of a block |"
    yield "|---|---|---|---|---|"
    for style in styles():
        opening, closing = style.opening.decode(), style.closing.decode()
        first, last = _marker_lines(style)
        inside = [sign.decode() for sign in style.unsafe]
        inside = [*([closing, opening] if closing else []), *inside]
        yield _row(
            [
                f"`{style.name}`",
                _code(opening) or "nothing",
                _code(closing) or "the end of the line",
                " ".join(map(_code, dict.fromkeys(inside))),
                f"{_code(first)} {_code(last)}",
            ]
        )


def _marker_lines(style: Style) -> tuple[str, str]:
    from onex_tools.stamp.render import render as block_of

    lines = block_of([], style).decode().splitlines()
    return lines[0], lines[-1]


def _kind_rows() -> Iterator[str]:
    yield "| kinds | styles | prologue, in this order | further |"
    yield "|---|---|---|---|"
    for kinds, row in groups():
        yield _row(
            [
                " ".join(kinds),
                ", ".join(f"`{style.name}`" for style in row.styles),
                "; ".join(dict.fromkeys(part.name for part in row.prologue[1:])),
                "; ".join(_remarks(row)),
            ]
        )


def _remarks(row: FileType) -> Iterator[str]:
    if not row.asked:
        yield "stamped only where `include` names the file"
    if row.bare:
        yield "plain fields between `#` markers are read"
    if row.needs:
        yield f"no stamp without a {row.needs.name}"
    for _, words in row.against:
        yield f"no stamp: {words}"


def _part_rows() -> Iterator[str]:
    yield "| part | what it is | may begin | leads |"
    yield "|---|---|---|---|"
    for name, of_name in itertools.groupby(sorted(parts(), key=_by_name), key=_by_name):
        same = list(of_name)
        where = " or ".join(dict.fromkeys(map(_where, same)))
        yield _row([name, _words(name), where, "yes" if same[0].leads else "no"])


def _words(name: str) -> str:
    if name not in _WORDS:
        said = f"the page on the format has no words for the part {name!r} of a prologue"
        raise ValueError(f"{said}: add them to _WORDS in onex_tools/published/tables.py")
    return _WORDS[name]


def _by_name(part: Part) -> str:
    return part.name


def _where(part: Part) -> str:
    if part.lines > _LAST_LINE:
        return "below any part" + (" or blank line" if part.below_blanks else "")
    where = "in line 1" if part.lines == 1 else f"in the first {part.lines} lines"
    return where + (" or below blank lines" if part.below_blanks else "")


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# As data ---------------------------------------------------------------------------------------


def as_data() -> str:
    """The tables as JSON, the patterns with them: one text is one sequence of bytes, by code."""
    known = [part for row in FILE_TYPES.values() for part in row.prologue]
    names = _names(known)
    tables = {
        "format": "onex-stamp-kinds 1",
        "styles": {style.name: _style(style) for style in styles()},
        "parts": {names[part]: _part(part) for part in dict.fromkeys(known)},
        "kinds": {kind: _kind(row, names) for kind, row in FILE_TYPES.items()},
    }
    return json.dumps(tables, indent=1) + "\n"


def _names(known: Iterable[Part]) -> dict[Part, str]:
    """A name for every part; those of the same words are told apart by a number."""
    names: dict[Part, str] = {}
    for part in dict.fromkeys(known):
        same = sum(name.partition(" #")[0] == part.name for name in names.values())
        names[part] = f"{part.name} #{same + 1}" if same else part.name
    return names


def _style(style: Style) -> dict[str, Any]:
    return {
        "opening": style.opening.decode(),
        "closing": style.closing.decode(),
        "unsafe": [sign.decode() for sign in style.unsafe],
    }


def _part(part: Part) -> dict[str, Any]:
    """A part whose ``pattern`` is null is a JSON object."""
    is_pattern = isinstance(part.pattern, bytes)
    return {
        "pattern": _text(part.pattern) if isinstance(part.pattern, bytes) else None,
        "json": not is_pattern,
        "opening": _text(part.opening),
        "lines": part.lines if part.lines <= _LAST_LINE else None,
        "leads": part.leads,
        "below_blanks": part.below_blanks,
        "whole": part.whole,
    }


def _kind(row: FileType, names: dict[Part, str]) -> dict[str, Any]:
    return {
        "styles": [style.name for style in row.styles],
        "prologue": [names[part] for part in row.prologue],
        "leading": _text(row.leading),
        "bare": row.bare,
        "asked": row.asked,
        "needs": names[row.needs] if row.needs else None,
        "against": [[_text(pattern), words] for pattern, words in row.against],
    }


def _text(data: bytes) -> str:
    return data.decode("latin-1")
