"""What is seen at a glance is what a careful reading says, on any bytes."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onex_tools.stamp import FILE_TYPES, Stamp, file_type
from onex_tools.stamp.block import V1
from onex_tools.stamp.form import STANDARD
from onex_tools.stamp.glance import glance
from onex_tools.stamp.lines import NEEDLE
from onex_tools.stamp.plan import RIGHT, STAMP, Source, Wish, plan
from onex_tools.stamp.quick import quick_read
from onex_tools.stamp.reader import read_carefully
from onex_tools.stamp.rewriting import plan_carefully
from tests.conftest import examples

KINDS = st.sampled_from(sorted(FILE_TYPES))
NAMES = st.sampled_from(["a.py", "b c.md", "na\u00efve.yaml", "x--y.html", '"q".py', "*/.js"])
BODIES = st.lists(
    st.sampled_from([b"x = 1\n", b"\n", b"# c\n", b"#!/bin/sh\n", b"---\n", b"a: b\r\n", b"<p>\n"])
    | st.binary(max_size=12),
    max_size=6,
).map(b"".join)
UUID = "6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11"
WISH = Wish(lambda: "2026-01-02T03:04:05Z")


WAYS = st.sampled_from(["file", "detached"])


def stamped(data: bytes, kind: str, name: str, profile: str, way: str) -> bytes:
    """The file with a new stamp."""
    options = Stamp(owner="Acme -- Team", repository="acme", profile=profile, hash=way)
    planned = plan(Source(f"src/{name}", data, kind, file_type(kind)), options, WISH)
    assume(planned.action == STAMP)
    return planned.new


@settings(max_examples=examples(400))
@given(BODIES, KINDS, NAMES, st.sampled_from(["standard", "minimal"]), WAYS, st.data())
def test_quick_reading_is_the_careful_one(
    body: bytes, kind: str, name: str, profile: str, way: str, data: Any
) -> None:
    row = file_type(kind)
    file = stamped(b"x\n" + body, kind, name, profile, way)
    edits = data.draw(st.lists(st.tuples(st.integers(0, len(file)), BODIES), max_size=2))
    for at, piece in edits:
        file = file[:at] + piece + file[at + data.draw(st.integers(0, 9)) :]
    quick = quick_read(file, row)
    if not edits:
        assert quick is not None or NEEDLE in body
    if quick is not None:
        careful = read_carefully(file, row)
        assert careful == quick
        assert careful.blocks[0].form == V1


@settings(max_examples=examples(200))
@given(BODIES, KINDS, NAMES, NAMES, WAYS, st.data())
def test_what_a_glance_finds_right_is_never_written(
    body: bytes, kind: str, name: str, other: str, way: str, data: Any
) -> None:
    row, detached = file_type(kind), way == "detached"
    file = stamped(b"x\n" + body, kind, name, "standard", way)
    assert glance(f"src/{name}", file, row, detached=detached) or NEEDLE in body
    assert not glance(f"src/{name}", file, row, detached=not detached)
    at = data.draw(st.integers(0, len(file)))
    changed = file[:at] + data.draw(BODIES) + file[at:]
    for path, now in ((other, file), (f"src/{name}", changed)):
        if glance(path, now, row, detached=detached):
            careful = plan_carefully(Source(path, now, kind, row), Stamp(hash=way), WISH)
            assert careful.action == RIGHT
            assert read_carefully(now, row).faults == ()


@settings(max_examples=examples(200))
@given(
    st.lists(
        st.sampled_from(
            [
                "metadata_version: 1.0.0",
                "metadata_version: 0.1.0",
                'metadata_version: "1.0.0"',
                "owner: Acme",
                "last_modified_at: 2025-05-21T12:41:40Z",
                "hash: null",
                f"hash: b3-v1:{'0' * 64}",
                f"hash: {'a' * 64}",
            ]
        ),
        unique=True,
    ),
    st.sampled_from([("python", "# ", "# "), ("yaml", "", "# "), ("markdown", "", "")]),
)
def test_block_of_an_older_tool_is_not_taken_for_ours(
    more: list[str], layout: tuple[str, str, str]
) -> None:
    kind, lead, mark = layout
    fields = ["name: a", f"uuid: {UUID}", *more]
    fields.sort(key=lambda field: STANDARD.index(field.partition(":")[0]))
    opening, closing = ("<!-- ", " -->") if kind == "markdown" else (mark, "")
    lines = [f"{opening}=== OmniNode:Metadata ===", *(f"{lead}{field}" for field in fields)]
    text = "\n".join([*lines, f"{mark}=== /OmniNode:Metadata ==={closing}", "", "x", ""])
    quick = quick_read(text.encode(), file_type(kind))
    assert quick is None or quick == read_carefully(text.encode(), file_type(kind))
