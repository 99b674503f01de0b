"""Where a block goes, on any bytes: at the start of a line, found again, and nothing is moved."""

from __future__ import annotations

import io
import re
import tokenize
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.kinds import Kinds
from onex_tools.stamp import FILE_TYPES, file_type, read, reason_against, without
from onex_tools.stamp.lines import skip_blank
from onex_tools.stamp.prologue import place, prologue
from onex_tools.stamp.reader import read_carefully
from onex_tools.stamp.render import NewField, render
from tests.conftest import examples
from tests.stamp.parsers import _directives
from tests.stamp.samples import SAMPLES

UUID = "3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e"
KINDS = sorted({row: kind for kind, row in reversed(FILE_TYPES.items())}.values())
"""One kind for every way to carry a stamp."""
ANYWHERE = [
    b"\n",
    b"\n",
    b" \t\n",
    b"\xef\xbb\xbf",
    b"---\n",
    b"x = 1\n",
    b"{\n",
    b"*/\n",
    b"-->\n",
]
ANYWHERE += [b"/*\n", b"<!--\n", b"# c\n", b"// c\n", b"-- c\n", b"\r", b"\f\n", b"]>\n", b'"\n']


def lines_of(kind: str) -> list[bytes]:
    """The lines of all samples that comment as ``kind`` does."""
    found: dict[bytes, None] = {}
    for sample in SAMPLES:
        data = sample.text.encode()
        other = file_type(Kinds().of(sample.path, data))
        if other.styles[0] == file_type(kind).styles[0]:
            found |= dict.fromkeys(data.splitlines(keepends=True))
    return list(found)


def files_of(kind: str) -> st.SearchStrategy[bytes]:
    """Files of lines that mean something in ``kind``, in any order, ended in any way."""
    line = st.sampled_from([*lines_of(kind), *ANYWHERE]) | st.binary(max_size=8)
    ending = st.sampled_from([b"\n", b"\r\n"])
    pieces = st.tuples(st.lists(line, max_size=9), ending, st.binary(max_size=20))
    return pieces.map(lambda made: b"".join(made[0]).replace(b"\n", made[1]) + made[2])


FILES = {kind: files_of(kind) for kind in KINDS}


def with_block(kind: str, data: bytes) -> tuple[bytes, int]:
    """``data`` with a block where one goes, and the offset of it."""
    row, at = file_type(kind), place(data, file_type(kind))
    fields = [NewField("name", "a: # -*- coding: x"), NewField("uuid", UUID)]
    block = render(fields, row.styles[0], b"\n")
    return data[:at] + block + b"\n" + data[at:], at


@pytest.mark.parametrize("kind", KINDS)
def test_block_is_found_where_it_was_put(kind: str) -> None:
    row = file_type(kind)

    @settings(max_examples=examples(80))
    @given(FILES[kind])
    def law(data: bytes) -> None:
        at = place(data, row)
        assert at in (0, 3, len(data)) or data[at - 1 : at] == b"\n"
        assert skip_blank(data, prologue(data, row.prologue).end) == at
        if b"OmniNode" in data or reason_against(f"a.{kind}", data, row):
            return
        new, at = with_block(kind, data)
        reading = read_carefully(new, row)
        assert [block.span.start for block in reading.blocks] == [at]
        assert (reading.faults, reading.displaced) == ((), ())
        assert reading.body == without(new, reading.blocks) == data
        assert read(new, row) == reading
        assert prologue(new, row.prologue) == prologue(data, row.prologue)

    law()


@pytest.mark.parametrize(
    "matter",
    ["\u00e9tat: x", "\u6807\u9898: \u6d4b\u8bd5", "\u0437\u0430\u0433: x", "$schema: x", "1: x",
     "<<: *x", "&a title: x", "!t &b title: x", "-key: x", "'it''s' : x", '"a\\"b": x', "'\u00e9':",
     "og:title: x", "# words\n\ntitle:", "", "\n"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_is_told_by_its_first_key(matter: str, end: str) -> None:
    end = end if matter.strip() else "---"
    head = f"---\n{matter}\n{end}\n" if matter else "---\n---\n"
    data = f"{head}# Title\n".encode()
    assert place(data, file_type("markdown")) == len(head.encode())
    assert reason_against("a.md", data, file_type("markdown")) == ""


@pytest.mark.parametrize("word", ["js", "json", "toml", "yaml", "yml", "coffee", " json"])
def test_front_matter_in_another_language(word: str) -> None:
    head = f"---{word}\na = {{}}\n---\n".encode()
    for kind in ("markdown", "mdx", "html"):
        assert place(head + b"# Title\n", file_type(kind)) == len(head)


@settings(max_examples=examples(400))
@given(st.sampled_from(KINDS), st.data())
def test_any_bytes_have_a_prologue(kind: str, draw: Any) -> None:
    data = draw.draw(FILES[kind] | st.binary(max_size=60))
    row = file_type(kind)
    found = prologue(data, row.prologue)
    at = 0
    for _, start, end in found.parts:
        assert at <= start < end <= len(data)
        assert not data[at:start].strip()
        at = end
    assert found.end == at
    assert reason_against("a", data, row) == reason_against("a", data, row)


@settings(max_examples=examples(500))
@given(
    st.lists(
        st.sampled_from(
            [b"# coding: latin-1", b"# -*- coding: utf-8 -*-", b"#!/usr/bin/python", b"# words",
             b"", b"x = 1", b"# vim: set fileencoding=ascii :", b"\f# coding=utf-8", b"'coding: x'",
             b"  # encoding: cp1252", b"\r# coding: latin-1", b"\xef\xbb\xbf"]
        ),
        max_size=5,
    ),
    st.sampled_from([b"\n", b"\r\n"]),
)  # fmt: skip
def test_encoding_is_the_same_with_a_stamp_and_without(lines: list[bytes], eol: bytes) -> None:
    data = eol.join([*lines, b"y = 2", b""])
    if reason_against("a.py", data, file_type("python")):
        return
    assert _encoding(with_block("python", data)[0]) == _encoding(data)


def _encoding(data: bytes) -> str:
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        return str(error)


@settings(max_examples=examples(300))
@given(
    st.lists(
        st.sampled_from(
            ["# syntax=docker/dockerfile:1", "#Escape = `", "# check=skip=all", "# words", "",
             "# syntax=", "#!/usr/bin/env x", "# key=value", "FROM scratch", "// syntax=a"]
        ),
        max_size=5,
    )
)  # fmt: skip
def test_directives_are_the_same_with_a_stamp_and_without(lines: list[str]) -> None:
    data = "\n".join([*lines, "FROM scratch", ""]).encode()
    if not reason_against("Dockerfile", data, file_type("dockerfile")):
        assert _directives(with_block("dockerfile", data)[0]) == _directives(data)


@pytest.mark.parametrize(
    ("kind", "size"), [("markdown", 3), ("yaml", 4), ("xml", 5), ("javascript", 6), ("python", 7)]
)
def test_long_heads_cost_a_bounded_search(kind: str, size: int) -> None:
    heads = {
        "markdown": b"---\ntitle: x\n" + b"key: value\n" * 10**size,
        "yaml": b"%TAG ! x\n" + b"# words\n" * 10**size,
        "xml": b"<?xml version='1.0'?>\n<!DOCTYPE a [" + b"<!ENTITY b 'c'>\n" * 10**4,
        "javascript": b"/* @flow\n" + b" * words\n" * 10**5,
        "python": b"#!" + b"x" * 10**6,
    }
    data = heads[kind] + b"end\n"
    found = prologue(data, file_type(kind).prologue)
    assert found.end <= 70_000 + 10**6
    assert place(data, file_type(kind)) <= len(data)


@pytest.mark.parametrize("piece", ["-", "--- ", "---\n", "---x", "#!/", "&a ", "a: ", " ", "'"])
@pytest.mark.parametrize("head", ["", "---\n", "---js\n", "#!"])
def test_hostile_heads_are_read_in_no_time(head: str, piece: str) -> None:
    data = f"{head}{piece * (100_000 // len(piece))}x\nwords\n".encode()
    for kind in ("rust", "markdown", "sql", "batch", "shell", "scheme"):
        assert place(data, file_type(kind)) <= len(data)
        assert reason_against("a", data, file_type(kind)) is not None


def test_part_that_reaches_too_far_is_in_doubt() -> None:
    data = b"#!" + b"x" * 200_000 + b"\nx = 1\n"
    assert prologue(data, file_type("python").prologue).doubt
    assert place(data, file_type("python")) == 0
    assert re.search("shebang", reason_against("a.py", data, file_type("python")))
