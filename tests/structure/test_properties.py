"""The scanner of Java properties: what the Java specification says."""

from __future__ import annotations

import pathlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.structure.reading import MANY, pairs, scan, scan_many, written

TEXT = st.text(st.sampled_from("ab=:#! \t\\ntu\n\ré1"), max_size=40)

HEX = re.compile(r"\\u[0-9a-fA-F]{4}")
LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def logical_lines(text: str) -> list[str]:
    """The lines of ``text``, those joined that end in a backslash; no comments, no blank ones."""
    found: list[str] = []
    joined = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = line.lstrip(" \t\f")
        if not joined and (not line or line[0] in "#!"):
            continue
        backslashes = len(line) - len(line.rstrip("\\"))
        content = line[:-1] if backslashes % 2 else line
        found[-1:] = [found[-1] + content] if joined else [*found[-1:], content]
        joined = bool(backslashes % 2)
    return [line for line in found if line]


def loaded(line: str) -> tuple[str, str]:
    """The key and the value of a logical line, character by character."""
    at = 0
    while at < len(line) and line[at] not in "=: \t\f":
        at += 2 if line[at] == "\\" else 1
    rest = line[at:].lstrip(" \t\f")
    if rest[:1] in ("=", ":"):
        rest = rest[1:].lstrip(" \t\f")
    return converted(line[:at]), converted(rest)


def converted(text: str) -> str:
    """``text`` with its escapes resolved."""
    found, at = "", 0
    while at < len(text):
        if text[at] != "\\":
            found, at = found + text[at], at + 1
        elif HEX.match(text, at):
            found, at = found + chr(int(text[at + 2 : at + 6], 16)), at + 6
        else:
            letter = text[at + 1 : at + 2]
            found, at = found + LETTERS.get(letter, letter), at + 2
    return found


def by_specification(text: str) -> list[tuple[str, str]]:
    """All keys and values; one that is neither key nor value is none."""
    return [loaded(line) for line in logical_lines(text)]


@given(TEXT)
def test_reads_what_the_specification_says(text: str) -> None:
    found = [(str(one.path[0]), one.value) for one in scan("a.properties", text)]
    expected = by_specification(text)
    assert [pair for pair in found if any(pair)] == [pair for pair in expected if any(pair)]


def test_reads_real_files_as_the_specification_says() -> None:
    for file in [*pathlib.Path("/etc").rglob("*.properties")]:
        text = file.read_bytes().decode("utf-8", "replace")
        found = [(one.path[0], one.value) for one in scan("a.properties", text)]
        assert found == by_specification(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a=1\nb : 2\nc 3\nd\n", {"a": "1", "b": "2", "c": "3", "d": ""}),
        ("# x=1\n  ! y=2\na = # b\n", {"a": "# b"}),
        ("a = b,\\\n    c,\\\r\n\td\ne=f", {"a": "b,c,d", "e": "f"}),
        ("a\\ b\\=c = d\\te\\\\", {"a b=c": "d\te\\"}),
        ("a = \\u00e9\\ud83d\\ude00\\u12", {"a": "é😀u12"}),
        ("a = b \nspring.x.password=${P:x}\n", {"a": "b ", "spring.x.password": "${P:x}"}),
        ("a = {{ .x }}\r\rb=2\\", {"a": "{{ .x }}", "b": "2"}),
        (b"\xef\xbb\xbfa=\xff\n=x\n", {"a": "\udcff", "": "x"}),
    ],
)  # fmt: skip
def test_hard_cases(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs("a.properties", text) == found


def test_spans_hold_what_is_written() -> None:
    assert written("a.properties", " a\\:b = c\\\n  d\ne f\n") == [
        ("a\\:b", "c\\\n  d"),
        ("e", "f"),
    ]


@pytest.mark.parametrize(
    "piece", ["\\", "\\\n", "a ", "=", "a=b\n", " ", "\\u", "#", "\r", "a\\\n  "]
)
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan_many("a.properties", piece)) <= MANY
