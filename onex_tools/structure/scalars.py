"""What the five ways to write a scalar in YAML stand for, and the kind of a plain one."""

from __future__ import annotations

import re

from onex_tools.structure.json import one_character

_BREAK = r"[ \t]*+\n((?:[ \t]*+\n)*+)[ \t]*+"
_FOLD = re.compile(rf"{_BREAK}|[ \t]++")
_SINGLE = re.compile(rf"(')'|{_BREAK}|[ \t]++")
_DOUBLE = re.compile(
    rf"""
    \\(?:x([0-9a-fA-F]{{2}})|u([0-9a-fA-F]{{4}})|U([0-9a-fA-F]{{8}})
      |\n((?:[ \t]*+\n)*+)[ \t]*+|(.))
    | {_BREAK} | [ \t]++
    """,
    re.VERBOSE,
)
_ESCAPED = dict(zip("0abtnvfre _NLP", "\0\a\b\t\n\v\f\r\x1b \xa0\x85\u2028\u2029", strict=True)) | {
    "\t": "\t",
    '"': '"',
    "\\": "\\",
    "/": "/",
}
_LINE = re.compile(r"[^\n]*+\n?")

_BOOLEANS = frozenset(
    form
    for word in ("yes", "no", "true", "false", "on", "off")
    for form in (word, word.capitalize(), word.upper())
)
_NULLS = frozenset(["", "~", "null", "Null", "NULL"])
_NUMBER = re.compile(
    r"""[-+]?(?:0b[01_]+ | 0x[\da-fA-F_]+ | \d[\d_]*
    | \d[\d_]*\.[\d_]*(?:[eE][-+]\d+)? | \.[\d_]+(?:[eE][-+]\d+)?
    | [1-9][\d_]*(?::[0-5]?\d)+ | \d[\d_]*(?::[0-5]?\d)+\.[\d_]*
    | \.(?:inf|Inf|INF)) | \.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)
_OCTAL = re.compile(r"[-+]?0[\d_]*[89][\d_]*")
_TAGGED = {"bool": "boolean", "float": "number", "int": "number", "null": "null"}


def kind(text: str, style: str, tag: str) -> str:
    """The kind of a scalar, by its tag, or as YAML 1.1 has it of what is plain."""
    if tag and tag != "!":
        return _TAGGED.get(tag.removeprefix("!!"), "string") if tag[:2] == "!!" else "string"
    if style:
        return "string"
    if text in _BOOLEANS:
        return "boolean"
    if text in _NULLS:
        return "null"
    is_number = _NUMBER.fullmatch(text) and not _OCTAL.fullmatch(text)
    return "number" if is_number else "string"


def value(text: str, style: str) -> str:
    """What ``text``, as it is written without its quotes, stands for; not for blocks."""
    if style == '"':
        if "\\" not in text and "\n" not in text:
            return text
        return one_character(_DOUBLE.sub(_double, text))
    if style == "'":
        return _SINGLE.sub(_single, text) if "'" in text or "\n" in text else text
    return _FOLD.sub(_folded, text) if "\n" in text else text


def _lines(blank: str | None, otherwise: str) -> str:
    """White space with a line break is a blank, and every blank line a break."""
    return otherwise if blank is None else "\n" * blank.count("\n") or " "


def _folded(found: re.Match[str]) -> str:
    return _lines(found[1], found[0])


def _single(found: re.Match[str]) -> str:
    return found[1] or _lines(found[2], found[0])


def _double(found: re.Match[str]) -> str:
    digits = found[1] or found[2] or found[3]
    if digits:
        code = int(digits, 16)
        return chr(code) if code < 0x110000 else found[0]
    if found[4] is not None:
        return "\n" * found[4].count("\n")
    if found[5] is not None:
        return _ESCAPED.get(found[5], found[0])
    return _lines(found[6], found[0])


def block(text: str, indent: int, style: str, chomping: str) -> str:
    """The value of a block: ``text`` is its lines, ``indent`` what they are indented by."""
    lines = [_dedented(line, indent) for line in _LINE.findall(text)[:-1]]
    blanks = 0
    while lines and lines[-1] in ("", "\n"):
        blanks += lines.pop() == "\n"
    if not lines:
        return "\n" * blanks if chomping == "+" else ""
    last = lines[-1].removesuffix("\n")
    end = lines[-1][len(last) :]
    if chomping != "+":
        blanks = 0
    ending = "" if chomping == "-" else end + "\n" * blanks
    if style == "|":
        return "".join(lines[:-1]) + last + ending
    return _folded_block([*lines[:-1], last]) + ending


def _dedented(line: str, indent: int) -> str:
    """``line`` without what it is indented by; template lines stand further left."""
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]


def _folded_block(lines: list[str]) -> str:
    """Breaks between lines become blanks, but for those beside a line that is indented more."""
    parts: list[str] = []
    before, blanks = "", 0
    for line in lines:
        if line == "\n":
            blanks += 1
            continue
        if before == "":
            parts.append("\n" * blanks)
        elif before[0] in " \t" or line[0] in " \t":
            parts.append("\n" + "\n" * blanks)
        else:
            parts.append("\n" * blanks or " ")
        before, blanks = line, 0
        parts.append(line.removesuffix("\n"))
    return "".join(parts)
