"""The laws of a stamp, on any bytes and any kind of file: exact, quiet, reversible, provable."""

from __future__ import annotations

import ast
import itertools
import uuid
import warnings
from typing import Any

import pytest
from blake3 import blake3
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from onex_tools.stamp import FILE_TYPES, Stamp, file_type, judge, read
from onex_tools.stamp.identity import mint
from onex_tools.stamp.plan import (
    COLLAPSE,
    LEAVE,
    MIGRATE,
    MOVE,
    OLD,
    REFUSE,
    REMOVE,
    RIGHT,
    STAMP,
    UPDATE,
    Source,
    Wish,
    plan,
    removed,
)
from tests.conftest import examples

NOW = "2026-01-02T03:04:05Z"
WISH = Wish(lambda: NOW)
OPTIONS = Stamp(owner="Acme", author="Acme Team", copyright="Acme", repository="acme")
KINDS = st.sampled_from(sorted(FILE_TYPES))
LINES = [
    b"\xef\xbb\xbf",
    b"#!/usr/bin/env python3\n",
    b"# -*- coding: latin-1 -*-\n",
    b"# vim: set ts=4:\n",
    b"<?php\n",
    b"<?xml version='1.0'?>\n",
    b"<!DOCTYPE html [ <!ENTITY a 'b>'> ]>\n",
    b"<!-- words -->\n",
    b"/* words\n*/\n",
    b"// words\n",
    b"-- words\n",
    b"; words\n",
    b"%YAML 1.2\n",
    b"---\n",
    b"+++\n",
    b"title: x\n",
    b"# syntax=docker/dockerfile:1\n",
    b"#cloud-config\n",
    b"@charset 'utf-8';\n",
    b'"""=== OmniNode:Metadata ===\n',
    b"x = '# === OmniNode:Metadata ==='\n",
    b"\n",
    b" \t\n",
    b"\r\n",
    b"words \xe4\n",
    b"words\r\n",
    b"a\rb",
    b"last",
]
PRINTED = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)
FILES = st.lists(st.sampled_from(LINES) | st.binary(max_size=20), max_size=8).map(b"".join)


def source(data: bytes, kind: str = "python", path: str = "src/loader.py") -> Source:
    return Source(path, data, kind, file_type(kind))


def make(data: bytes, kind: str = "python", options: Stamp = OPTIONS, **wish: Any) -> Any:
    return plan(source(data, kind), options, WISH._replace(**wish))


@settings(max_examples=examples(700))
@given(FILES, KINDS)
@example(b"#!/bin/sh\n\n\n\nx\n", "shell")
@example(b"x", "python")
@example(b"\n\n\nx\r\n", "python")
@example(b"\xef\xbb\xbfx", "python")
def test_stamp_is_exact_quiet_and_reversible(data: bytes, kind: str) -> None:
    first = make(data, kind)
    assert first.action in (STAMP, LEAVE, REFUSE)
    if first.action != STAMP:
        assert first.new == data
        return
    assert first.new != data
    again = make(first.new, kind)
    assert (again.action, again.new) == (RIGHT, first.new)
    taken = removed(source(first.new, kind))
    assert (taken.action, taken.new) == (REMOVE, data)
    start = next(i for i, (a, b) in enumerate(zip(data + b"\0", first.new, strict=False)) if a != b)
    assert data[:start] == first.new[:start]
    (verdict,) = judge(first.new, read(first.new, kind))
    assert verdict.state == "right"
    assert verdict.block.text("hash") == "b3-v1:" + blake3(plain(data)).hexdigest()
    block = first.new[verdict.block.span.start : verdict.block.span.end]
    assert block.isascii()


OPENED = {"php": b"<?php", "svg": b"<svg/>", "xhtml": b"<html/>", "xml": b"<a/>"}
"""What a file of such a kind has to begin with."""


def plain(body: bytes) -> bytes:
    """What the format says is hashed, formulated byte by byte."""
    if b"\0" in body[:8000] or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body
    if body[:3] == b"\xef\xbb\xbf":
        body = body[3:]
    pairs = itertools.zip_longest(body, body[1:])
    return bytes(one for one, after in pairs if not (one == 0x0D and after == 0x0A))


@pytest.mark.parametrize("kind", sorted(FILE_TYPES))
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf", b"blank lines"])
def test_every_kind_can_be_stamped(kind: str, ending: bytes, head: bytes) -> None:
    head = head.replace(b"blank lines", 2 * ending)
    data = head + OPENED.get(kind, b"words") + ending + b"more"
    planned = make(data, kind)
    if planned.action == LEAVE:
        assert kind == "php"  # a template: something stands above its tag
        assert head
        return
    assert planned.action == STAMP
    assert removed(source(planned.new, kind)).new == data
    block = read(planned.new, kind).blocks[0]
    lines = planned.new[block.span.start : block.span.end]
    assert lines.count(ending) == lines.count(b"\n")
    assert max(map(len, lines.split(ending))) <= 79


PYTHON = st.lists(
    st.sampled_from(
        [
            b"#!/usr/bin/env python3\n",
            b"# coding: utf-8\n",
            b"# comment\n",
            b"\n",
            b"\r\n",
            b"\x0c\n",
            b'"""docstring"""\n',
            b"from __future__ import annotations\n",
            b"import os\r\n",
            b"x = '''\n# === OmniNode:Metadata ===\n'''\n",
            b"def f():\n    return 1\n",
            b"class A:\n\ty = 2",
            b"\n",
        ]
    ),
    max_size=7,
).map(b"".join)


@settings(max_examples=examples(300))
@given(PYTHON)
def test_python_means_the_same_with_a_stamp(data: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            before = ast.dump(ast.parse(data))
    except (SyntaxError, ValueError):
        assume(False)
    planned = make(data)
    assert ast.dump(ast.parse(planned.new)) == before


@settings(max_examples=examples(200))
@given(FILES, FILES, KINDS)
def test_edited_body_changes_the_hash_alone(data: bytes, more: bytes, kind: str) -> None:
    planned = make(data, kind)
    assume(planned.action == STAMP)
    edited = planned.new + more
    renewed = make(edited, kind)
    if renewed.action == RIGHT:
        assert plain(data + more) == plain(data)
        return
    if renewed.action == REFUSE:
        assert renewed.new == edited
        return
    assert (renewed.action, renewed.reason) == (UPDATE, "hash")
    assert removed(source(renewed.new, kind)).new == data + more
    old, new = edited.split(b"\n"), renewed.new.split(b"\n")
    (changed,) = [a for a, b in zip(old, new, strict=True) if a != b]
    assert b"hash: b3-v1:" in changed


def test_blank_lines_around_the_block_are_never_a_reason_to_write() -> None:
    file = make(b"#!/bin/sh\nx\n", "shell").new
    loose = file.replace(b"#!/bin/sh\n", b"#!/bin/sh\n").replace(b"===\n\nx", b"===\n\n\n \nx")
    assert make(loose, "shell").action == RIGHT
    assert removed(source(loose, "shell")).new == b"#!/bin/sh\nx\n"


def test_values_are_safe_in_every_comment() -> None:
    nasty = (
        "a --> b */ c *) d -} e # f: g\n=== /OmniNode:Metadata === \u202e\U0001f600 coding=latin-1"
    )
    options = Stamp(owner=nasty, author="-->", copyright="*/", repository="acme")
    for kind in sorted(FILE_TYPES):
        data = OPENED.get(kind, b"words") + b"\nwords\n"
        planned = make(data, kind, options)
        assert planned.action == STAMP, kind
        (block,) = read(planned.new, kind).blocks
        assert block.text("owner") == nasty
        assert block.text("author") == "-->"
        assert planned.new.isascii()


@pytest.mark.parametrize(
    "name",
    [
        "a b.py",
        "na\u00efve.py",
        "--.py",
        "*).py",
        "\udcff.py",
        '"x".py',
        "a: b.py",
        "#.py",
        "\n.py",
    ],
)
def test_any_file_name_is_read_back(name: str) -> None:
    for kind in ("python", "markdown", "css", "ocaml", "html"):
        given_source = Source(f"src/{name}", b"x = 1\n", kind, file_type(kind))
        planned = plan(given_source, OPTIONS, WISH)
        assert planned.action == STAMP
        assert read(planned.new, kind).blocks[0].text("name") == name
        assert plan(given_source._replace(data=planned.new), OPTIONS, WISH).action == RIGHT


def test_uuid_is_the_same_on_two_branches_and_kept_over_renames() -> None:
    one, two = make(b"x = 1\n"), make(b"x = 1\n", clock=lambda: "2027-01-01T00:00:00Z")
    fields = [read(p.new, "python").blocks[0] for p in (one, two)]
    assert fields[0].text("uuid") == fields[1].text("uuid")
    moved = plan(Source("lib/reader.py", one.new, "python", file_type("python")), OPTIONS, WISH)
    assert (moved.action, moved.reason) == (UPDATE, "name, namespace")
    block = read(moved.new, "python").blocks[0]
    assert block.text("uuid") == fields[0].text("uuid")
    assert (block.text("name"), block.text("namespace")) == ("reader.py", "onex.stamped.reader")
    assert removed(source(moved.new)).new == b"x = 1\n"
    without = Stamp(owner="Acme")
    minted = {read(make(b"x = 1\n", options=without).new, "python").blocks[0].text("uuid")}
    minted.add(read(make(b"x = 1\n", options=without).new, "python").blocks[0].text("uuid"))
    assert len(minted) == 2


def test_minimal_profile_has_three_fields() -> None:
    planned = make(b"x = 1\n", options=Stamp(profile="minimal"))
    assert [f.key for f in read(planned.new, "python").blocks[0].fields] == ["name", "uuid", "hash"]


def test_detached_stamp_has_no_hash_and_never_changes() -> None:
    detached = Stamp(hash="detached", repository="acme")
    planned = make(b"x = 1\n", options=detached)
    block = read(planned.new, "python").blocks[0]
    assert block.field("hash") is None
    assert make(planned.new + b"y = 2\n", options=detached).action == RIGHT
    back = make(planned.new)
    assert (back.action, back.reason) == (UPDATE, "hash")
    assert make(back.new, options=detached).new == planned.new


def test_last_modified_at_changes_only_with_the_hash() -> None:
    options = Stamp(last_modified_at=True, repository="acme")
    planned = make(b"x = 1\n", options=options)
    later = "2027-07-07T07:07:07Z"
    assert make(planned.new, options=options, clock=lambda: later).action == RIGHT
    edited = make(planned.new + b"y = 2\n", options=options, clock=lambda: later)
    block = read(edited.new, "python").blocks[0]
    assert (block.text("created_at"), block.text("last_modified_at")) == (NOW, later)
    assert [f.key for f in block.fields][-2:] == ["last_modified_at", "hash"]
    first = make(make(b"x = 1\n").new + b"y = 2\n", options=options, clock=lambda: later)
    assert read(first.new, "python").blocks[0].text("last_modified_at") == later


def test_other_values_follow_the_configuration_only_when_asked() -> None:
    file = make(b"x = 1\n").new.replace(b"# lifecycle: active", b"# lifecycle: draft")
    file = file.replace(b"# hash", b"# reviewed_by: somebody\n# tags:\n#   - one\n# hash")
    other = Stamp(owner="Other", copyright="Acme", repository="acme", namespace_prefix="other")
    assert make(file, options=other).action == RIGHT
    planned = make(file, options=other, refresh=True)
    assert planned.action == UPDATE
    block = read(planned.new, "python").blocks[0]
    texts = {field.key: field.text for field in block.fields}
    assert texts["owner"] == "Other"
    assert texts["author"] == "Acme Team"
    assert texts["namespace"] == "other.loader"
    assert texts["lifecycle"] == "draft"
    assert texts["reviewed_by"] == "somebody"
    assert block.field("tags").nested == ("  - one",)
    assert [f.key for f in block.fields][-3:] == ["reviewed_by", "tags", "hash"]
    assert make(planned.new, options=other, refresh=True).action == RIGHT


def test_nested_lines_of_any_text_can_be_written_again() -> None:
    nested = [
        "  cl\u00e9: x",
        "  - \u00e9",
        "  \u00a0y",
        "-",
        "  -",
        "  sub:",
        "  - sub:",
        "- a: b",
    ]
    lines = "".join(f"# {line}\n" for line in nested).encode()
    file = make(b"x = 1\n").new.replace(b"# hash", b"# tags:\n" + lines + b"# hash")
    planned = make(file, refresh=True)
    assert planned.action == UPDATE and planned.new.isascii()
    block = read(planned.new, "python").blocks[0]
    assert len(block.field("tags").nested) == len(nested)
    assert b"\n#   sub:\n" in planned.new and b"\n#   -\n" in planned.new
    assert make(planned.new, refresh=True).action == RIGHT


@pytest.mark.parametrize("rest", [b"x = 1\n", b"#!/bin/sh\nx\n", b"# coding: utf-8\n\nx = 1\n"])
def test_old_stamps_become_one_canonical_stamp(
    forge: Any, hashed_dialect: str, rest: bytes
) -> None:
    name, text = forge.legacy(hashed_dialect, rest.decode())
    kind = {".py": "python", ".md": "markdown", ".js": "javascript", ".sql": "sql"}.get(
        "." + name.rpartition(".")[2]
    ) or {"loader.yaml": "yaml", "loader.ts": "typescript"}.get(name, "ignore")
    given_source = Source(name, text.encode(), kind, file_type(kind))
    kept = plan(given_source, OPTIONS, WISH)
    assert (kept.action, kept.new) == (OLD, given_source.data)
    planned = plan(given_source, OPTIONS, WISH._replace(migrate=True))
    assert planned.action == MIGRATE
    (block,) = read(planned.new, kind).blocks
    assert block.text("uuid") == "3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e"
    assert block.text("metadata_version") == "1.0.0"
    assert "://" in block.text("entrypoint") or not block.text("entrypoint")
    done = given_source._replace(data=planned.new)
    assert plan(done, OPTIONS, WISH).action == RIGHT
    assert plan(done, OPTIONS, WISH._replace(migrate=True)).action == RIGHT
    assert removed(done).new == rest


def test_displaced_head_comes_back_to_the_top(forge: Any) -> None:
    stamped = forge.stamped(b"#!/usr/bin/env python3\nx = 1\n")
    planned = make(stamped)
    assert planned.action == MOVE
    assert planned.new.startswith(b"#!/usr/bin/env python3\n# === OmniNode:Metadata ===\n")
    assert removed(source(planned.new)).new == b"#!/usr/bin/env python3\nx = 1\n"


def test_stack_of_canonical_stamps_becomes_one(forge: Any) -> None:
    planned = make(forge.stamped(forge.stamped(b"x = 1\n")))
    assert (planned.action, planned.reason) == (COLLAPSE, "2 stamps")
    assert planned.new == forge.stamped(b"x = 1\n")


BLOCK = b"""\
# === OmniNode:Metadata ===
# name: loader.py
# uuid: 3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e
"""
END = b"# === /OmniNode:Metadata ===\n\nx = 1\n"


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (BLOCK + b"\nx = 1\n", 1, "no closing line"),
        (BLOCK + b"# hash: b3-v2:00\n" + END, 4, "does not know"),
        (BLOCK + b"<<<<<<< HEAD\n# a: b\n=======\n# a: c\n>>>>>>> x\n" + END, 4, "conflict"),
        (BLOCK + b"# uuid: other\n" + END, 4, "second `uuid`"),
        (BLOCK + b"# just words\n" + END, 4, "not `key: value`"),
        (BLOCK.replace(b"3f0c", b"zzzz") + END, 3, "not a UUID"),
        (b"# === OmniNode:Metdata ===\n" + END, 1, "misspelt"),
        (END, 1, "without an opening"),
    ],
)
def test_guess_is_refused_with_its_line(data: bytes, line: int, why: str) -> None:
    for planned in (make(data), make(data, migrate=True, refresh=True), removed(source(data))):
        assert (planned.action, planned.new, planned.line) == (REFUSE, data, line)
        assert why in planned.reason


def test_merge_conflict_in_the_body_is_refused() -> None:
    file = make(b"x = 1\n").new
    conflicted = file + b"<<<<<<< ours\ny\n=======\nz\n>>>>>>> theirs\n"
    planned = make(conflicted)
    assert (planned.action, planned.new) == (REFUSE, conflicted)
    assert planned.line == conflicted[: conflicted.index(b"<<<<")].count(b"\n") + 1
    assert make(b"<<<<<<< ours\ny\n=======\nz\n>>>>>>> theirs\n").action in (LEAVE, REFUSE)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("python", 'TEXT = """\n# === OmniNode:Metadata ===\n# name: x\n"""\n'),
        ("python", '"""Docs.\n\n# === OmniNode:Metadata ===\n"""\n'),
        ("markdown", "# Page\n\n```\n<!-- === OmniNode:Metadata ===\n```\n"),
        ("shell", "cat <<EOF\n# === OmniNode:Metadata ===\n# === /OmniNode:Metadata ===\nEOF\n"),
        ("yaml", "text: |\n  # === OmniNode:Metadata ===\n"),
    ],
)
def test_markers_in_content_are_no_stamps_and_real_ones_beside_them_are(
    kind: str, text: str
) -> None:
    data = text.encode()
    planned = make(data, kind)
    assert planned.action == STAMP
    assert make(planned.new, kind).action == RIGHT
    assert removed(source(planned.new, kind)).new == data
    stale = make(planned.new + b"\nmore\n", kind)
    assert (stale.action, stale.reason) == (UPDATE, "hash")
    assert removed(source(data, kind)).action == LEAVE


@settings(max_examples=examples(50))
@given(st.uuids(), PRINTED, PRINTED)
def test_uuid_of_a_repository_is_version_5_of_the_standard_library(
    repository: uuid.UUID, path: str, hash_: str
) -> None:
    assert mint(str(repository), path, hash_) == str(uuid.uuid5(repository, f"{path}\n{hash_}"))
    other = uuid.uuid5(uuid.NAMESPACE_URL, "acme")
    assert mint("acme", path, hash_) == str(uuid.uuid5(other, f"{path}\n{hash_}"))


def test_fields_that_people_added_are_kept_from_every_block_of_a_stack(forge: Any) -> None:
    lower = forge.stamped(b"x = 1\n", ["reviewed_by: Bob", "team: old"])
    planned = make(forge.stamped(lower, ["team: new"]))
    assert (planned.action, planned.dropped) == (COLLAPSE, ())
    block = read(planned.new, "python").blocks[0]
    assert (block.text("reviewed_by"), block.text("team")) == ("Bob", "new")
