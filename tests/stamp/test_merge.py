"""Merging three versions of a stamped file: the text as git does it, with one right stamp."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.kinds import Kinds, kind_of_name
from onex_tools.merging.driver import NEEDLE, Ground, Request, merge_file
from onex_tools.merging.text import git_merge
from onex_tools.stamp import Stamp, body_hash, file_type, read
from onex_tools.stamp import lock as stamp_lock
from onex_tools.stamp import sidecar as stamp_sidecar
from onex_tools.stamp.merge import Merge, merged
from onex_tools.stamp.plan import RIGHT, UPDATE, Source, Wish, plan
from onex_tools.stamp.render import NewField
from onex_tools.stamp.versions import Text, Versions
from tests.conftest import examples

NOW = "2026-03-04T05:06:07Z"
WISH = Wish(lambda: NOW)
OPTIONS = Stamp(owner="Acme", repository="acme")
LABELS = ("base", "ours", "theirs")
BODY = b"one = 1\n\ntwo = 2\n\nthree = 3\n\nfour = 4\n"
OURS, THEIRS = BODY.replace(b"one = 1", b"one = 11"), BODY.replace(b"four = 4", b"four = 44")
BOTH = OURS.replace(b"four = 4", b"four = 44")
OTHER_UUID = "0f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e"


def make(path: str, data: bytes) -> Source:
    kind = kind_of_name(path.rpartition("/")[2])
    return Source(path, data, kind, file_type(kind))


def stamped(body: bytes, path: str = "a.py", **settings: Any) -> bytes:
    planned = plan(make(path, body), Stamp(**{"repository": "acme", **settings}), WISH)
    assert planned.new != body, planned
    return planned.new


def edited(data: bytes, *changes: tuple[bytes, bytes], path: str = "a.py") -> bytes:
    """``data`` with text replaced, and its stamp brought up to date."""
    for old, new in changes:
        assert old in data
        data = data.replace(old, new)
    return plan(make(path, data), OPTIONS, WISH).new


def as_git(versions: Versions) -> Text:
    return git_merge(versions, 7, LABELS)


def merge(
    base: bytes, ours: bytes, theirs: bytes, path: str = "a.py", options: Stamp = OPTIONS
) -> Merge:
    return merged(make(path, ours), Versions(base, ours, theirs), options, WISH, as_git)


def merge_file_of_git(base: bytes, ours: bytes, theirs: bytes, folder: Path) -> tuple[bytes, int]:
    """What git's own command makes of three files."""
    for name, data in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(data)
    words = ["git", "merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs"]
    files = ["ours", "base", "theirs"]
    for more in (["--diff-algorithm=histogram"], []):
        run = subprocess.run([*words, *more, *files], cwd=folder, capture_output=True, check=False)
        if run.returncode != 129:
            break
    return run.stdout, run.returncode


def body_of(data: bytes, path: str = "a.py") -> bytes:
    return read(data, make(path, data).row).body


def values_of(data: bytes, path: str = "a.py") -> dict[str, str]:
    reading = read(data, make(path, data).row)
    assert len(reading.blocks) == 1
    assert not reading.faults
    return {field.key: field.text for field in reading.blocks[0].fields}


def assert_right(data: bytes, body: bytes, path: str = "a.py") -> None:
    """``data`` is ``body`` with one stamp that nobody would write anew."""
    assert plan(make(path, data), OPTIONS, WISH).action == RIGHT
    assert body_of(data, path) == body
    assert values_of(data, path)["hash"] == body_hash(body)


# Bodies ----------------------------------------------------------------------------------------


def test_disjoint_edits_give_one_right_stamp() -> None:
    base = stamped(BODY)
    done = merge(base, edited(base, (b"one = 1", b"one = 11")), edited(base, (b"= 4", b"= 44")))
    assert done.clean
    assert not done.notes
    assert_right(done.data, BOTH)
    assert values_of(done.data)["uuid"] == values_of(base)["uuid"]


def test_the_merge_is_the_same_from_both_sides() -> None:
    base = stamped(BODY)
    ours, theirs = edited(base, (b"one = 1", b"one = 11")), edited(base, (b"= 4", b"= 44"))
    assert merge(base, ours, theirs) == merge(base, theirs, ours)


def test_conflict_stands_below_one_whole_stamp() -> None:
    base = stamped(BODY)
    ours, theirs = edited(base, (b"one = 1", b"one = 5")), edited(base, (b"one = 1", b"one = 6"))
    done = merge(base, ours, theirs)
    assert not done.clean
    text = b"<<<<<<< ours\none = 5\n=======\none = 6\n>>>>>>> theirs\n"
    assert body_of(done.data) == text + BODY[8:]
    assert done.data.index(b"=== /OmniNode") < done.data.index(b"<<<<<<<")
    values = values_of(done.data)
    assert values["hash"] == values_of(ours)["hash"]
    settled = done.data.replace(text, b"one = 5\n")
    assert settled == ours
    other = plan(make("a.py", done.data.replace(text, b"one = 7\n")), OPTIONS, WISH)
    assert other.action == UPDATE


def test_conflict_at_the_head_keeps_the_stamp_whole() -> None:
    base = stamped(b"#!/bin/sh\n" + BODY, "a.sh")
    ours = edited(base, (b"#!/bin/sh", b"#!/bin/bash"), path="a.sh")
    theirs = edited(base, (b"#!/bin/sh", b"#!/bin/dash"), path="a.sh")
    done = merge(base, ours, theirs, "a.sh")
    assert not done.clean
    assert values_of(done.data, "a.sh")["uuid"] == values_of(base, "a.sh")["uuid"]
    settled = re.sub(rb"<{7} ours\n(.*\n)(?:.*\n)+?>{7} theirs\n", rb"\1", done.data)
    assert plan(make("a.sh", settled), OPTIONS, WISH).new == ours


@pytest.mark.parametrize("head", [b"#!/usr/bin/env python3\n", b"\xef\xbb\xbf", b"# coding: x\n"])
def test_head_added_on_one_side(head: bytes) -> None:
    base = stamped(BODY)
    ours = stamped(head + BODY)
    theirs = edited(base, (b"four = 4", b"four = 44"))
    for one, two in ((ours, theirs), (theirs, ours)):
        done = merge(base, one, two)
        assert done.clean
        assert_right(done.data, head + THEIRS)


def test_line_endings_changed_on_one_side() -> None:
    base = stamped(BODY)
    ours = base.replace(b"\n", b"\r\n")
    theirs = edited(base, (b"one = 1", b"one = 11"))
    done = merge(base, ours, theirs)
    assert (body_of(done.data), done.clean) == as_git(Versions(BODY, body_of(ours), OURS))
    both = merge(base, ours, ours)
    assert both.data == ours
    one = merge(base, ours, base)
    assert one.data == ours


def test_merged_stamp_has_the_endings_of_its_file() -> None:
    crlf = BODY.replace(b"\n", b"\r\n")
    base = stamped(crlf)
    ours = edited(base, (b"one = 1", b"one = 11"), (b"meta_type: tool", b"meta_type: x"))
    theirs = edited(base, (b"four = 4", b"four = 44"))
    theirs = theirs.replace(b"lifecycle: active", b"lifecycle: draft")
    done = merge(base, ours, theirs)
    assert done.clean
    assert done.data.count(b"\n") == done.data.count(b"\r\n")
    assert_right(done.data, BOTH.replace(b"\n", b"\r\n"))


def test_stamp_stays_below_a_licence() -> None:
    licence = b"# Licence: free\n"
    low = stamped(BODY)
    base = licence + low
    assert plan(make("a.py", base), OPTIONS, WISH).action == UPDATE
    base = edited(base)
    ours, theirs = edited(base, (b"one = 1", b"one = 11")), edited(base, (b"= 4", b"= 44"))
    done = merge(base, ours, theirs)
    assert done.data.startswith(licence + b"# ===")
    assert_right(done.data, licence + BOTH)


def test_blank_lines_below_the_stamp_stay() -> None:
    base = stamped(b"class A:\n    pass\n\n\nx = 1\n")
    base = base.replace(b"===\n\nclass", b"===\n\n\nclass")
    ours = edited(base, (b"x = 1", b"x = 2"))
    theirs = edited(base, (b"class A", b"class B"))
    assert b"===\n\n\nclass B" in merge(base, ours, theirs).data


# Presence --------------------------------------------------------------------------------------


def test_stamp_added_on_one_side() -> None:
    for ours, theirs in ((stamped(OURS), THEIRS), (OURS, stamped(THEIRS))):
        done = merge(BODY, ours, theirs)
        assert done.clean
        assert_right(done.data, BOTH)


def test_stamp_removed_on_one_side() -> None:
    base = stamped(BODY)
    theirs = edited(base, (b"four = 4", b"four = 44"))
    assert merge(base, OURS, theirs) == Merge(BOTH, True)
    assert merge(base, theirs, OURS) == Merge(BOTH, True)
    assert merge(base, OURS, THEIRS) == Merge(BOTH, True)


def test_both_sides_stamped_the_same_file() -> None:
    ours, theirs = stamped(OURS), stamped(THEIRS)
    done = merge(BODY, ours, theirs)
    assert done.clean
    assert_right(done.data, BOTH)
    assert values_of(done.data)["uuid"] == min(values_of(s)["uuid"] for s in (ours, theirs))


def test_both_sides_added_the_file() -> None:
    ours = stamped(BODY)
    theirs = ours.replace(b"created_at: 2026", b"created_at: 2025").replace(
        values_of(ours)["uuid"].encode(), OTHER_UUID.encode()
    )
    for one, two in ((ours, theirs), (theirs, ours)):
        done = merge(b"", one, two)
        assert done.clean
        values = values_of(done.data)
        assert values["uuid"] == OTHER_UUID
        assert values["created_at"].startswith("2025")
        assert_right(done.data, BODY)


def test_empty_versions() -> None:
    assert merge(b"", b"", b"") == Merge(b"", True)
    assert merge(b"", stamped(BODY), b"").data == stamped(BODY)
    assert merge(b"", b"", stamped(BODY)).data == stamped(BODY)


# Metadata --------------------------------------------------------------------------------------


def test_fields_changed_on_either_side_are_taken() -> None:
    base = stamped(BODY)
    ours = edited(base, (b"lifecycle: active", b"lifecycle: draft"), (b"one = 1", b"one = 11"))
    theirs = edited(base, (b"meta_type: tool", b"meta_type: rule"), (b"four = 4", b"four = 44"))
    done = merge(base, ours, theirs)
    values = values_of(done.data)
    assert (values["lifecycle"], values["meta_type"]) == ("draft", "rule")
    assert not done.notes
    assert_right(done.data, BOTH)


def test_field_changed_by_both_is_ours_and_said() -> None:
    base = stamped(BODY)
    ours = edited(base, (b"lifecycle: active", b"lifecycle: draft"))
    theirs = edited(base, (b"lifecycle: active", b"lifecycle: gone"))
    done = merge(base, ours, theirs)
    assert done.clean
    assert values_of(done.data)["lifecycle"] == "draft"
    (note,) = done.notes
    assert "`lifecycle`" in note
    assert "'draft' (ours), not 'gone'" in note


def test_fields_of_people_are_kept_in_order() -> None:
    base = stamped(BODY)
    ours = edited(base, (b"# hash:", b"# team: blue\n# tier: 1\n# hash:"))
    theirs = edited(base, (b"# hash:", b"# tier: 1\n# pager: x\n# hash:"))
    values = values_of(merge(base, ours, theirs).data)
    assert list(values)[-4:] == ["team", "tier", "pager", "hash"]
    gone = edited(ours, (b"# tier: 1\n", b""))
    assert "tier" not in values_of(merge(ours, gone, edited(ours, (b"= 4", b"= 44"))).data)


def test_nested_fields_survive() -> None:
    base = stamped(BODY).replace(b"# hash:", b"# tools:\n#   - a: 1\n#   - b\n# hash:")
    ours = edited(base, (b"lifecycle: active", b"lifecycle: draft"), (b"one = 1", b"one = 11"))
    theirs = edited(base, (b"meta_type: tool", b"meta_type: rule"))
    done = merge(base, ours, theirs)
    assert b"# tools:\n#   - a: 1\n#   - b\n# hash:" in done.data
    assert_right(done.data, OURS)


def test_uuid_that_both_changed_is_the_older_one() -> None:
    base = stamped(BODY)
    uuid = values_of(base)["uuid"].encode()
    ours = edited(base, (uuid, b"1" + OTHER_UUID[1:].encode()))
    theirs = edited(base, (uuid, b"2" + OTHER_UUID[1:].encode()))
    assert values_of(merge(base, ours, theirs).data)["uuid"].encode() == uuid
    assert values_of(merge(base, ours, base).data)["uuid"].encode()[:1] == b"1"
    assert values_of(merge(base, base, theirs).data)["uuid"].encode()[:1] == b"2"


def test_times_are_the_first_and_the_last() -> None:
    options = Stamp(repository="acme", last_modified_at=True)
    base = plan(make("a.py", BODY), options, WISH).new
    ours, theirs = (
        plan(make("a.py", base.replace(*change)), options, Wish(lambda t=time: t)).new
        for change, time in (
            ((b"one = 1", b"one = 11"), "2026-04-01T00:00:00Z"),
            ((b"four = 4", b"four = 44"), "2026-05-01T00:00:00Z"),
        )
    )
    for one, two in ((ours, theirs), (theirs, ours)):
        done = merge(base, one, two, options=options)
        values = values_of(done.data)
        assert values["last_modified_at"] == "2026-05-01T00:00:00Z"
        assert values["created_at"] == NOW
        assert list(values)[-2:] == ["last_modified_at", "hash"]
        assert values["hash"] == body_hash(BOTH)


def test_detached_stamps_have_no_hash() -> None:
    options = Stamp(repository="acme", hash="detached")
    base = plan(make("a.py", BODY), options, WISH).new
    ours, theirs = base.replace(b"one = 1", b"one = 11"), base.replace(b"= 4", b"= 44")
    done = merge(base, ours, theirs, options=options)
    assert done == Merge(ours.replace(b"four = 4", b"four = 44"), True)
    assert as_git(Versions(base, ours, theirs)) == (done.data, True)


def test_name_follows_the_path() -> None:
    base = stamped(BODY)
    ours = plan(make("b.py", base.replace(b"one = 1", b"one = 11")), OPTIONS, WISH).new
    theirs = edited(base, (b"four = 4", b"four = 44"))
    for one, two in ((ours, theirs), (theirs, ours)):
        done = merge(base, one, two, "src/b.py")
        assert values_of(done.data)["name"] == "b.py"
        assert values_of(done.data)["namespace"].endswith(".b")
        assert values_of(done.data)["uuid"] == values_of(base)["uuid"]


def test_comment_style_of_a_block_stays() -> None:
    base = stamped(b"let a = 1;\n\nlet b = 2;\n\nlet c = 3;\n", "a.js")
    lines = base.split(b"\n")
    end = next(i for i, line in enumerate(lines) if b"=== /" in line)
    bare = [line.removeprefix(b"// ") for line in lines[: end + 1]]
    bare[0], bare[-1] = b"/* " + bare[0], bare[-1] + b" */"
    base = b"\n".join([*bare, *lines[end + 1 :]])
    assert plan(make("a.js", base), OPTIONS, WISH).action == RIGHT
    ours = base.replace(b"a = 1", b"a = 5").replace(b"lifecycle: active", b"lifecycle: draft")
    theirs = base.replace(b"c = 3", b"c = 6").replace(b"meta_type: tool", b"meta_type: rule")
    done = merge(base, ours, theirs, "a.js")
    assert done.data.startswith(b"/* === OmniNode:Metadata ===\nmetadata_version")
    assert_right(done.data, b"let a = 5;\n\nlet b = 2;\n\nlet c = 6;\n", "a.js")


# What is not united -----------------------------------------------------------------------------

LEGACY = b"# === OmniNode:Metadata ===\n# name: a.py\n# hash: " + b"a" * 64
UNSOUND = {
    "legacy": LEGACY + b"\n# === /OmniNode:Metadata ===\n\n" + BODY,
    "unclosed": LEGACY + b"\n" + BODY,
    "stacked": stamped(BODY)[: -len(BODY)] + stamped(BODY),
    "malformed": stamped(BODY).replace(b"# hash:", b"# no field\n# hash:"),
    "misspelt": stamped(BODY).replace(b"=== /Omni", b"== /Omni"),
    "conflicted": stamped(BODY).replace(b"# hash:", b"<<<<<<< a\n=======\n>>>>>>> b\n# hash:"),
}


@pytest.mark.parametrize("name", UNSOUND)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_doubtful_stamps_are_merged_as_text(name: str, at: int) -> None:
    right = stamped(BODY)
    sides = [right, edited(right, (b"one = 1", b"one = 11")), edited(right, (b"= 4", b"= 44"))]
    sides[at] = UNSOUND[name].replace(b"three = 3", b"three = 33")
    done = merge(*sides)
    assert done[:2] == as_git(Versions(*sides))
    assert bool(done.notes) is not done.clean


# Whole files through the driver's door -----------------------------------------------------------


def drive(
    folder: Path, path: str, base: bytes, ours: bytes, theirs: bytes
) -> tuple[bytes, bool, tuple[str, ...]]:
    names = []
    for name, data in (("O", base), ("A", ours), ("B", theirs)):
        names.append(str(folder / name))
        (folder / name).write_bytes(data)
    request = Request((names[0], names[1], names[2]), path)
    done = merge_file(request, lambda: Ground(OPTIONS, Kinds()))
    assert sorted(os.listdir(folder)) == ["A", "B", "O"]
    return (folder / "A").read_bytes(), done.clean, done.notes


def test_binary_files_keep_ours(tmp_path: Path) -> None:
    ours = stamped(BODY) + b"\0"
    done = drive(tmp_path, "a.py", stamped(BODY), ours, stamped(THEIRS))
    assert done[:2] == (ours, False)
    assert "binary" in done[2][0]


def test_kind_without_comments_is_merged_as_text(tmp_path: Path) -> None:
    base = stamped(BODY)
    ours, theirs = edited(base, (b"one = 1", b"one = 11")), edited(base, (b"= 4", b"= 44"))
    data, clean, _ = drive(tmp_path, "a.json", base, ours, theirs)
    assert (data, clean) == as_git(Versions(base, ours, theirs))
    assert not clean


def test_script_is_known_by_its_first_line(tmp_path: Path) -> None:
    base = stamped(b"#!/bin/sh\n" + BODY, "a.sh").replace(b"name: a.sh", b"name: tool")
    ours, theirs = base.replace(b"one = 1", b"one = 11"), base.replace(b"four = 4", b"four = 44")
    data, clean, _ = drive(tmp_path, "bin/tool", base, ours, theirs)
    assert clean
    assert read(data, "shell").blocks[0].text("hash") == body_hash(b"#!/bin/sh\n" + BOTH)


def test_mode_of_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "A").write_bytes(b"")
    (tmp_path / "A").chmod(0o755)
    drive(tmp_path, "a.py", stamped(BODY), stamped(OURS), stamped(THEIRS))
    assert (tmp_path / "A").stat().st_mode & 0o777 == 0o755


def lock_of(**hashes: str) -> bytes:
    return stamp_lock.render_lock(
        stamp_lock.Entry(f"b3-v1:{digit * 64}", "f", f"{name}.json")
        for name, digit in hashes.items()
    )


def test_locks_are_united_line_by_line(tmp_path: Path) -> None:
    base, ours = lock_of(a="1", b="1", d="1"), lock_of(a="2", b="1", c="3", d="1")
    theirs = lock_of(a="1", b="2", d="1", e="4")
    data, clean, notes = drive(tmp_path, "onex.lock", base, ours, theirs)
    assert data == lock_of(a="2", b="2", c="3", d="1", e="4")
    assert clean
    assert not notes


def test_doubtful_entries_of_a_lock_are_named(tmp_path: Path) -> None:
    data, clean, notes = drive(
        tmp_path, "onex.lock", lock_of(a="1"), lock_of(a="2"), lock_of(a="3", b="1")
    )
    assert data == lock_of(a="2", b="1")
    assert clean
    assert "a.json" in notes[0]
    assert "onex stamp" in notes[0]


def test_malformed_lock_is_merged_as_text(tmp_path: Path) -> None:
    base, ours, theirs = lock_of(a="1"), lock_of(a="2") + b"words\n", lock_of(a="1", b="1")
    data, clean, _ = drive(tmp_path, "onex.lock", base, ours, theirs)
    assert (data, clean) == as_git(Versions(base, ours, theirs))


def test_locks_that_both_added(tmp_path: Path) -> None:
    data, clean, notes = drive(tmp_path, "onex.lock", b"", lock_of(a="1"), lock_of(b="1"))
    assert (data, clean, notes) == (lock_of(a="1", b="1"), True, ())


def sidecar(digit: str, **values: str) -> bytes:
    fields = {"uuid": OTHER_UUID, "lifecycle": "active", "meta_type": "data", **values}
    fields = {"metadata_version": "1.0.0", "name": "a.json", **fields}
    rows = [NewField(*row) for row in fields.items()]
    return stamp_sidecar.sidecar_bytes("d/a.json", f"b3-v1:{digit * 64}", rows)


def test_sidecars_are_united(tmp_path: Path) -> None:
    path = "d/a.json.onex.yaml"
    ours, theirs = sidecar("2", lifecycle="draft"), sidecar("3", meta_type="rule")
    data, clean, notes = drive(tmp_path, path, sidecar("1"), ours, theirs)
    assert data == sidecar("2", lifecycle="draft", meta_type="rule")
    assert clean
    assert "`hash`" in notes[0]
    data, clean, notes = drive(tmp_path, path, sidecar("1"), sidecar("1", lifecycle="x"), theirs)
    assert data == sidecar("3", lifecycle="x", meta_type="rule")
    assert not notes


def test_system_without_files_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = as_git(Versions(BODY, OURS, THEIRS))
    monkeypatch.delattr(os, "memfd_create", raising=False)
    assert as_git(Versions(BODY, OURS, THEIRS)) == expected == (BOTH, True)


# Laws ------------------------------------------------------------------------------------------

LINE = st.sampled_from([b"a\n", b"b\n", b"c\n", b"}\n", b"\n", b"x = 1\r\n", b"# words\n", b"end"])
TEXT = st.lists(LINE, max_size=12).map(b"".join)
CODE = st.lists(st.sampled_from([b"a = 1\n", b"b = 2\n", b"\n", b"# c\n"]), min_size=1, max_size=8)


def body_versions(base: list[bytes], edits: list[tuple[int, bytes | None]]) -> bytes:
    lines = list(base)
    for at, line in edits:
        place = at % (len(lines) + 1)
        lines[place : place + (line is None)] = [] if line is None else [line]
    return b"".join(lines)


EDITS = st.lists(st.tuples(st.integers(0, 20), st.none() | st.just(b"new = 3\n")), max_size=3)


@settings(max_examples=examples(60))
@given(TEXT, TEXT, TEXT)
def test_any_texts_merge_as_git_merges_them(
    tmp_path_factory: pytest.TempPathFactory, base: bytes, ours: bytes, theirs: bytes
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    data, code = merge_file_of_git(base, ours, theirs, folder)
    done = drive(tmp_path_factory.mktemp("drive"), "a.py", base, ours, theirs)
    assert done == (data, code == 0, ())


@settings(max_examples=examples(60))
@given(CODE, EDITS, EDITS)
def test_stamped_bodies_merge_as_git_merges_them(
    base: list[bytes], mine: list[tuple[int, bytes | None]], other: list[tuple[int, bytes | None]]
) -> None:
    code = [*base, b"z = 9\n"]
    bodies = Versions(b"".join(code), body_versions(code, mine), body_versions(code, other))
    files = [plan(make("a.py", body), OPTIONS, WISH).new for body in bodies]
    bodies = Versions(*map(body_of, files))
    done, text = merge(*files), as_git(bodies)
    assert done.clean == text.clean
    assert body_of(done.data) == text.data
    if NEEDLE in done.data:
        assert len(read(done.data, "python").blocks) == 1
        if done.clean:
            assert_right(done.data, text.data)
    else:
        assert done.data == text.data


VALUES = st.fixed_dictionaries(
    {},
    optional={
        key: st.sampled_from(["one", "two", "three: #4", "ü\n"])
        for key in ("lifecycle", "meta_type", "description", "team", "tier.x")
    },
)


def with_values(body: bytes, values: dict[str, str]) -> bytes:
    """``body`` with a stamp that says ``values``, each quoted as JSON where it has to be."""
    lines = [f"# {key}: {json.dumps(text)}\n".encode() for key, text in values.items()]
    data = stamped(body)
    for key in values:
        data = re.sub(rb"# %b: .*\n" % re.escape(key.encode()), b"", data)
    return data.replace(b"# hash:", b"".join(lines) + b"# hash:")


@settings(max_examples=examples(80))
@given(VALUES, VALUES, VALUES)
def test_any_metadata_is_united(
    old: dict[str, str], mine: dict[str, str], other: dict[str, str]
) -> None:
    base, ours, theirs = with_values(BODY, old), with_values(OURS, mine), with_values(THEIRS, other)
    for data in (base, ours, theirs):
        assert plan(make("a.py", data), OPTIONS, WISH).action == RIGHT
    done = merge(base, ours, theirs)
    assert done.clean
    assert_right(done.data, BOTH)
    before, here, there, after = map(values_of, (base, ours, theirs, done.data))
    for key in {*before, *here, *there} - {"uuid", "hash"}:
        sides = [values.get(key) for values in (before, here, there)]
        expected = sides[2] if sides[0] == sides[1] else sides[1]
        assert after.get(key) == expected, key
        assert any(f"`{key}`" in note for note in done.notes) is (len(set(sides)) == 3)
