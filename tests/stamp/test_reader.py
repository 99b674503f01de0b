"""Where a stamp may stand, and what is not one."""

from __future__ import annotations

import pytest

from onex_tools.stamp import Reading, judge, read
from onex_tools.stamp.reader import MAX_BLOCKS
from onex_tools.stamp.recogniser import MAX_LINES

BLOCK = """\
# === OmniNode:Metadata ===
# name: a.py
# uuid: 3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e
# hash: b3-v1:00
# === /OmniNode:Metadata ===
"""
PAGE = """\
<!-- === OmniNode:Metadata ===
name: a.md
uuid: 3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e
hash: b3-v1:00
=== /OmniNode:Metadata === -->
"""


def _read(text: str, kind: str = "python") -> Reading:
    return read(text.encode(), kind)


def test_file_without_a_marker_is_its_own_body() -> None:
    data = b"import os\n" * 1000
    reading = read(data, "python")
    assert reading.body is data
    assert (reading.blocks, reading.faults, reading.displaced) == ((), (), ())


@pytest.mark.parametrize(
    ("kind", "head", "block"),
    [
        ("python", "", BLOCK),
        ("python", "\ufeff", BLOCK),
        ("python", "#!/usr/bin/env python3\n", BLOCK),
        ("python", "#!/usr/bin/env python3\n# -*- coding: latin-1 -*-\n\n", BLOCK),
        ("python", "# SPDX-License-Identifier: MIT\n#\n# Words.\n\n", BLOCK),
        ("python", "# a comment\n# vim: set fileencoding=utf-8 :\n", BLOCK),
        ("yaml", "%YAML 1.2\n---\n", BLOCK),
        ("yaml", "# licence\n---\n\n", BLOCK),
        ("yaml", "#cloud-config\n", BLOCK),
        ("markdown", "---\ntitle: A page\n---\n\n", PAGE),
        ("markdown", "+++\ntitle = 'A page'\n+++\n", PAGE),
        ("markdown", "<!-- markdownlint-disable -->\n<!-- two\nlines -->\n\n", PAGE),
        ("typescript", "/* licence\n * words */\n// more\n", BLOCK.replace("#", "//")),
        ("sql", "-- licence\n", BLOCK.replace("#", "--")),
        ("unknown", "# words\n\n", BLOCK),
        ("dockerfile", "# syntax=docker/dockerfile:1\n# escape=`\n", BLOCK),
        ("make", "#!/usr/bin/make -f\n", BLOCK),
        ("ini", "; words\n# words\n\n", BLOCK),
        ("dotenv", "# words\n", BLOCK),
        ("hcl", "/* words */\n// words\n", BLOCK),
        ("perl", "#!/usr/bin/perl\n", BLOCK),
    ],
)
def test_block_below_prologue_and_comments_is_in_its_place(
    kind: str, head: str, block: str
) -> None:
    reading = _read(f"{head}{block}\nrest\n", kind)
    assert [b.closed for b in reading.blocks] == ["closed"]
    assert reading.faults == ()
    assert reading.displaced == ()
    assert reading.body == f"{head}rest\n".encode()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("python", f'"""A docstring.\n\n{BLOCK}"""\n'),
        ("python", f'TEXT = """\n{BLOCK}"""\n'),
        ("python", f"import os\n\n{BLOCK}"),
        ("python", "    " + BLOCK.replace("\n", "\n    ")),
        ("markdown", f"# Stamps\n\n```\n{PAGE}```\n"),
        ("markdown", f"```\n{PAGE}```\n"),
        ("markdown", f"    {PAGE}"),
        ("markdown", f"Words.\n\n{PAGE}"),
        ("markdown", f"<!-- Not alone. --> Words.\n{PAGE}"),
        ("markdown", f"<!-- An example:\n{PAGE}\n"),
        ("markdown", f"---\ntitle: A page\ntext: |\n{PAGE}---\n\n# A page\n"),
        ("shell", f"#!/bin/sh\ncat <<END\n{BLOCK}END\n"),
        ("yaml", f"key: |\n{BLOCK}"),
        ("yaml", f"a: 1\n---\n{BLOCK}"),
        ("json", '{"text": "# === OmniNode:Metadata ==="}\n'),
        ("dockerfile", f"FROM scratch\n{BLOCK}"),
        ("unknown", f"words\n{BLOCK}"),
        ("python", "# === OmniNode: services ===\nx = 1\n"),
    ],
)
def test_marker_elsewhere_is_no_stamp(kind: str, text: str) -> None:
    reading = _read(text, kind)
    assert (reading.blocks, reading.faults) == ((), ())
    assert reading.body == text.encode()


@pytest.mark.parametrize(
    ("kind", "block", "rest", "name"),
    [
        ("python", BLOCK, "#!/usr/bin/env python3\nx = 1\n", "shebang"),
        ("python", BLOCK, "# -*- coding: latin-1 -*-\nx = 1\n", "encoding declaration"),
        ("python", BLOCK, "# words\n# coding=latin-1\nx = 1\n", "encoding declaration"),
        ("python", BLOCK, "\ufeffx = 1\n", "byte order mark"),
        ("shell", BLOCK, "#!/bin/sh\ntrue\n", "shebang"),
        ("yaml", BLOCK, "#cloud-config\nusers: []\n", "cloud-config header"),
        ("markdown", PAGE, "---\ntitle: A page\n---\n", "front matter"),
        ("markdown", PAGE, "---\n# words\n\ntitle: A page\n...\n", "front matter"),
        ("markdown", PAGE, "+++\ntitle = 'A page'\n+++\n", "front matter"),
        ("dockerfile", BLOCK, "# syntax=docker/dockerfile:1\nFROM scratch\n", "parser directive"),
        ("dockerfile", BLOCK, "#Escape = `\n# CHECK=skip=all\nFROM a\n", "parser directive"),
        ("make", BLOCK, "#!/usr/bin/make -f\nall:\n", "shebang"),
        ("perl", BLOCK, "#!/usr/bin/perl\nprint 1;\n", "shebang"),
    ],
)
def test_prologue_pushed_down_is_displaced(kind: str, block: str, rest: str, name: str) -> None:
    text = f"{block}\n\n{rest}"
    reading = _read(text, kind)
    assert [part.name for part in reading.displaced] == [name]
    start, _ = reading.displaced[0].span
    assert text.encode()[start:] == rest.encode()


@pytest.mark.parametrize(
    ("kind", "block", "rest"),
    [
        ("python", BLOCK, "# one\n# two\n# coding: latin-1\n"),
        ("python", BLOCK, "x = 1  # coding: latin-1\n"),
        ("markdown", PAGE, "---\n\n# A page between rules\n\n---\n"),
        ("markdown", PAGE, "---\ntitle: never closed\n"),
        ("markdown", PAGE, "---\nhttps://example.org\n---\n"),
        ("markdown", PAGE, "# A page\n\n---\nkey: value\n---\n"),
        ("yaml", BLOCK, "---\na: 1\n"),
        ("yaml", BLOCK, "%YAML 1.2\n---\na: 1\n"),
        ("rust", BLOCK.replace("#", "//"), "#![allow(unused)]\n"),
        ("dockerfile", BLOCK, "# the syntax=1 of words\nFROM scratch\n"),
        ("dockerfile", BLOCK, "# words\n# syntax=docker/dockerfile:1\nFROM scratch\n"),
        ("dockerfile", BLOCK, "# syntax=\nFROM scratch\n"),
        *((kind, BLOCK, "#!words\n") for kind in ("toml", "ini", "dotenv", "gitattributes")),
    ],
)
def test_what_works_anywhere_is_not_displaced(kind: str, block: str, rest: str) -> None:
    reading = _read(f"{block}\n{rest}", kind)
    assert [b.closed for b in reading.blocks] == ["closed"]
    assert reading.displaced == ()


def test_place_is_found_again_in_a_stack() -> None:
    reading = _read(f"{BLOCK}\n#!/usr/bin/python\n{BLOCK}\nx = 1\n")
    assert [b.line for b in reading.blocks] == [1, 8]
    assert [part.name for part in reading.displaced] == ["shebang"]
    assert reading.body == b"#!/usr/bin/python\nx = 1\n"


@pytest.mark.parametrize(
    ("kind", "text", "faults"),
    [
        ("python", "# === OmniNode:Metadata ===\n", [("unclosed", 1)]),
        (
            "python",
            "# === OmniNode:Metadata ===\n# === OmniNode:Metadata ===\nx = 1\n",
            [("unclosed", 1), ("unclosed", 2)],
        ),
        ("python", BLOCK.replace("# name", "name"), [("unclosed", 1)]),
        ("python", "# === OmniNode:Metdata ===\n# name: a\n", [("malformed-marker", 1)]),
        ("python", "# === /OmniNode:Metadata ===\n", [("stray-closer", 1)]),
        ("python", "# === OmniNode:Metadata ===\r# name: a\r", [("malformed-marker", 1)]),
        ("python", BLOCK.replace("# uuid", "# words\n# uuid"), [("malformed-line", 3)]),
        ("python", BLOCK.replace("# hash", "# name: b.py\n# hash"), [("duplicate-field", 4)]),
        ("python", BLOCK.replace("# hash", "hash"), [("unclosed", 1)]),
        ("python", BLOCK.replace("5b7f", "5b7"), [("malformed-uuid", 3)]),
        ("python", BLOCK.replace("# name: a.py\n", ""), [("missing-field", 1)]),
        ("python", BLOCK.replace("/OmniNode:M", "/OmniNode:Tool_M"), [("other-kind", 5)]),
        ("python", BLOCK.replace("# === /", "=== /"), [("visible-close", 5)]),
        ("markdown", PAGE.replace(" -->", ""), [("comment-left-open", 5)]),
        ("markdown", PAGE.replace("a.md", "a--b.md"), [("malformed-comment", 1)]),
        ("markdown", PAGE.replace("=== /", "<!-- === /"), [("malformed-comment", 1)]),
        ("markdown", PAGE.replace("=== /OmniNode:Metadata === ", ""), [("unclosed", 1)]),
    ],
)
def test_damage_is_a_fault_with_its_line(
    kind: str, text: str, faults: list[tuple[str, int]]
) -> None:
    reading = _read(text, kind)
    assert [(f.kind, f.line) for f in reading.faults] == faults


def test_conflict_in_a_block_leaves_nothing_to_judge() -> None:
    text = BLOCK.replace(
        "# hash: b3-v1:00\n",
        "<<<<<<< HEAD\n# hash: b3-v1:00\n||||||| base\n# hash: b3-v1:01\n"
        "=======\n# hash: b3-v1:02\n>>>>>>> topic\n",
    )
    reading = _read(text + "\nx = 1\n")
    assert [f.line for f in reading.faults if f.kind == "conflict-marker"] == [4, 6, 8, 10]
    assert reading.conflicted
    assert judge(text.encode(), reading) == ()


def test_conflict_between_two_blocks() -> None:
    reading = _read(f"<<<<<<< HEAD\n{BLOCK}=======\n{BLOCK}>>>>>>> topic\nx = 1\n")
    assert reading.conflicted
    assert len(reading.blocks) == 2


def test_conflict_in_the_body_is_not_the_stamps() -> None:
    reading = _read(f"{BLOCK}\n<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> topic\n")
    assert not reading.conflicted
    assert reading.faults == ()


def test_heading_underline_is_no_conflict() -> None:
    assert not _read(f"{PAGE}\n=======\n\n{PAGE}", "markdown").conflicted


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain words: and more", "plain words: and more"),
        ("'it''s'", "it's"),
        ("'open", "'open"),
        ("'one' two'", "'one' two'"),
        ('"a \\"b\\" \\u00e9"', 'a "b" \u00e9'),
        ('"[\\"O.N.E.\\"]"', '["O.N.E."]'),
        ('"["O.N.E."]"', '"["O.N.E."]"'),
        ("0123456789e5", "0123456789e5"),
        ("2025-05-21", "2025-05-21"),
        ("{'type': 'cli'}", "{'type': 'cli'}"),
        ("!!python/object:os.system", "!!python/object:os.system"),
        ("&a [*a, *a]", "&a [*a, *a]"),
        ("  spaced  ", "spaced"),
    ],
)
def test_value_is_text(raw: str, text: str) -> None:
    reading = _read(BLOCK.replace("# hash", f"# note: {raw}\n# hash"))
    assert reading.blocks[0].text("note") == text


def test_colon_in_a_canonical_value_is_no_fault() -> None:
    reading = _read(BLOCK.replace("# hash", "# description: words: and more\n# hash"))
    assert reading.faults == ()


def test_undecodable_value_survives() -> None:
    data = BLOCK.encode().replace(b"a.py", b"\xff\xfe.py")
    assert read(data, "python").blocks[0].text("name") == "\udcff\udcfe.py"


def test_v1_is_told_from_legacy() -> None:
    def form(old: str, new: str) -> str:
        return _read(BLOCK.replace(old, new)).blocks[0].form

    assert form("", "") == "v1"
    assert form("b3-v1:00", "b3-v9:00") == "v1"
    assert form("b3-v1:00", "0" * 64) == "legacy"
    assert form("# hash: b3-v1:00\n", "") == "v1"
    assert form("# hash: b3-v1:00", "# metadata_version: 0.1.0") == "legacy"
    assert form("# hash: b3-v1:00", "# metadata_version: 1.0.0") == "v1"
    assert form("# hash: b3-v1:00", "# owner: somebody") == "legacy"


def test_endless_block_and_endless_stack_are_cut_off() -> None:
    long = BLOCK.replace("# hash", "# a: 1\n" * MAX_LINES + "# hash")
    assert [b.closed for b in _read(long).blocks] == ["unclosed"]
    stack = _read(BLOCK * (MAX_BLOCKS + 5))
    assert len(stack.blocks) == MAX_BLOCKS
    assert [f.kind for f in stack.faults] == ["too-many-blocks"]
