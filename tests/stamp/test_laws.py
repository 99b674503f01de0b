"""Laws that hold for any bytes: reading never fails, takes a file apart exactly, and is pure."""

from __future__ import annotations

from typing import Any

import pytest
from blake3 import blake3
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.kinds import BY_SUFFIX
from onex_tools.stamp import UNCLOSED, body_hash, judge, read, verify, without
from onex_tools.stamp.styles import FILE_TYPES
from tests.conftest import examples

PIECES = st.sampled_from(
    [
        b"# === OmniNode:Metadata ===",
        b"# === /OmniNode:Metadata ===",
        b"# === OmniNode:Tool_Metadata ===",
        b"<!-- === OmniNode:Metadata ===",
        b"<!-- === /OmniNode:Metadata === -->",
        b"=== /OmniNode:Metadata === -->",
        b"=== OmniNode:Metadata ===",
        b"/* === OmniNode:Metadata ===",
        b"=== /OmniNode:Metadata === */",
        b"// === OmniNode:Metadata ===",
        b"# name: a.py",
        b"# hash: " + b"0" * 64,
        b"# hash: '" + b"a" * 64 + b"'",
        b"hash: " + b"1" * 64,
        b"# last_modified_at: '2025-05-19'",
        b"<!-- uuid: x -->",
        b"name: a",
        b"  - b: 'c'",
        b"#   d: e",
        b"<<<<<<< HEAD",
        b"=======",
        b">>>>>>> topic",
        b"---",
        b"title: x",
        b"#!/bin/sh",
        b"# coding: latin-1",
        b"import os",
        b"OmniNode:",
        b"\xef\xbb\xbf",
        b"-->",
        b"*/",
        b"#",
        b"",
    ]
)
ENDINGS = st.sampled_from([b"\n", b"\n", b"\n", b"\r\n", b"\r", b"", b"\n\n", b" \n", b"\0"])
LINES = st.lists(st.tuples(st.one_of(PIECES, PIECES, st.binary(max_size=12)), ENDINGS), max_size=30)
FILES = st.one_of(LINES.map(lambda rows: b"".join(map(b"".join, rows))), st.binary())
KINDS = st.sampled_from([*FILE_TYPES, *set(BY_SUFFIX.values()), "unknown"])
BODIES = st.one_of(
    st.binary(max_size=200),
    LINES.map(lambda rows: b"".join(a + b for a, b in rows if b"OmniNode" not in a)),
)


@settings(max_examples=examples(400))
@given(FILES, KINDS)
def test_any_bytes_are_read_and_taken_apart_exactly(data: bytes, kind: str) -> None:
    reading = read(data, kind)
    assert read(data, kind) == reading
    at, rest = 0, reading.body
    whole = b""
    for block in reading.blocks:
        assert at <= block.span.start < block.span.end <= block.after <= len(data)
        assert data.count(b"\n", 0, block.span.start) + 1 == block.line
        for field in block.fields:
            assert block.span.start < field.span.start <= field.span.end <= block.span.end
            assert data.count(b"\n", 0, field.span.start) + 1 == field.line
        if block.closed != UNCLOSED:
            kept = block.span.start - at
            whole += rest[:kept] + data[block.span.start : block.after]
            at, rest = block.after, rest[kept:]
            assert not data[block.span.end : block.after].strip(b" \t\r\n")
    assert whole + rest == data
    assert without(data, reading.blocks) == reading.body


@settings(max_examples=examples(400))
@given(FILES, KINDS)
def test_any_bytes_are_judged(data: bytes, kind: str) -> None:
    reading = read(data, kind)
    for fault in reading.faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(data)
        assert data.count(b"\n", 0, fault.span.start) + 1 == fault.line
    for part in reading.displaced:
        assert data[part.span.start : part.span.end]
    assert len(judge(data, reading)) == len(reading.settled)


@settings(max_examples=examples(300))
@given(BODIES, st.binary(min_size=1, max_size=1), st.data())
def test_one_changed_byte_of_the_body_makes_the_hash_stale(
    forge: Any, body: bytes, byte: bytes, data: st.DataObject
) -> None:
    body = b"x = 1\n" + body
    stamped = forge.stamped(body)
    reading = read(stamped, "python")
    assert reading.body == body
    assert verify(stamped, reading, reading.blocks[0])
    at = data.draw(st.integers(0, len(body) - 1))
    changed = body[:at] + byte + body[at + 1 :]
    file = stamped.removesuffix(body) + changed
    again = read(file, "python")
    same = _plain(again.body) == _plain(body)
    assert verify(file, again, again.blocks[0]) is same


def _plain(body: bytes) -> bytes:
    """What the hash must not see taken out, formulated line by line."""
    if b"\0" in body[:8000] or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body
    if body[:3] == b"\xef\xbb\xbf":
        body = body[3:]
    lines = body.split(b"\n")
    return b"\n".join(
        [line[:-1] if line[-1:] == b"\r" else line for line in lines[:-1]] + lines[-1:]
    )


@given(BODIES, st.integers(0, 4), st.booleans())
def test_hash_ignores_blank_lines_below_the_block_order_and_unknown_fields(
    forge: Any, body: bytes, blanks: int, reverse: bool
) -> None:
    body = b"x = 1\n" + body
    stamped = forge.stamped(body, lines=["owner: Somebody", "odd-field: kept"])
    head, rest = stamped.split(b"\n\n", 1)
    lines = head.split(b"\n")
    if reverse:
        lines[1:-1] = reversed(lines[1:-1])
    data = b"\n".join(lines) + b"\n" + b"\n" * blanks + rest
    reading = read(data, "python")
    assert reading.faults == ()
    assert verify(data, reading, reading.blocks[0])
    assert reading.blocks[0].text("odd-field") == "kept"


def test_hash_is_that_of_a_foreign_tool() -> None:
    known = "b3-v1:3ceae248eacaf486357192011806a5bf7ebc58462f64e88fa1ddffd9be3cda4b"
    assert body_hash(b"x = 1\n") == known
    assert body_hash(b"\xef\xbb\xbfx = 1\r\n") == known
    assert body_hash(b"x = 1\r") != known
    assert body_hash(b"\0x = 1\r\n") != body_hash(b"\0x = 1\n")
    assert body_hash(b"a" * 8000 + b"\0\r\n") == body_hash(b"a" * 8000 + b"\0\n")
    assert body_hash(b"\xff\xfe\r\n") != body_hash(b"\xff\xfe\n")
    # The vector that the authors of BLAKE3 publish for no input at all.
    empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
    assert body_hash(b"") == f"b3-v1:{empty}"


@pytest.mark.parametrize(
    ("kind", "opening", "line", "closing"),
    [
        ("python", "# {}", "# {}", "# {}"),
        ("yaml", "# {}", "# {}", "# {}"),
        ("go", "// {}", "// {}", "// {}"),
        ("sql", "-- {}", "-- {}", "-- {}"),
        ("markdown", "<!-- {}", "{}", "{} -->"),
        ("typescript", "/* {}", "{}", "{} */"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "\ufeff"])
def test_canonical_block_verifies_in_every_style(
    kind: str, opening: str, line: str, closing: str, ending: str, head: str
) -> None:
    fields = ["name: a", "uuid: 3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e"]
    fields.append(f"hash: b3-v1:{blake3(b'words').hexdigest()}")
    lines = [opening.format("=== OmniNode:Metadata ===")]
    lines += [line.format(field) for field in fields]
    lines.append(closing.format("=== /OmniNode:Metadata ==="))
    data = (head + "".join(text + ending for text in [*lines, ""]) + "words").encode()
    reading = read(data, kind)
    assert reading.faults == ()
    assert reading.body == f"{head}words".encode()
    assert [v.rule for v in judge(data, reading)] == ["b3-v1"]
