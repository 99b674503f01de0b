"""Every dialect that old tools wrote is read, and its hash is verified by the published rule."""

from __future__ import annotations

from typing import Any

from onex_tools.stamp import Reading, judge, read, verify_legacy, without

BODY = "import os\n\n\ndef load() -> None:\n    os.getcwd()\n  \n\n"


def _read(source: Any, name: str, text: str) -> Reading:
    file = source(name, text)
    return read(file.data, file.kind)


def test_block_is_found_with_its_fields(source: Any, forge: Any, dialect: str) -> None:
    name, text = forge.legacy(dialect, BODY)
    reading = _read(source, name, text)
    style = forge.dialects[dialect]
    assert len(reading.blocks) == 1
    block = reading.blocks[0]
    assert (block.form, block.layout, block.closed) == ("legacy", style.layout, style.closed)
    assert block.kind == style.opener.partition("OmniNode:")[2].partition(" ")[0]
    assert (block.line, block.last_line) == (1, text.partition(BODY)[0].rstrip().count("\n") + 1)
    assert block.text("name") == name
    assert block.text("runtime_language_hint") == "python>=3.11"
    assert block.text("last_modified_at") == "2025-05-20T16:42:46.060570"
    assert [fault.kind for fault in reading.faults] == list(style.faults)
    assert reading.body == BODY.encode()


def test_values_stay_text(source: Any, forge: Any) -> None:
    _, text = forge.legacy("python-nested-nulls", BODY)
    block = _read(source, "loader.py", text).blocks[0]
    assert block.text("metadata_version") == "0.1.0"
    assert block.text("tags") == "null"
    assert block.text("x_extensions") == "{}"
    entry = block.field("entrypoint")
    assert entry is not None
    assert (entry.text, entry.nested) == ("", ("  type: python", "  target: loader.py"))


def test_spans_cover_the_values_as_written(source: Any, forge: Any, dialect: str) -> None:
    name, text = forge.legacy(dialect, BODY)
    data = text.encode()
    for field in _read(source, name, text).blocks[0].fields:
        raw = data[field.span.start : field.span.end].decode()
        assert raw.strip("'\"") == field.text.strip("'\"")
        assert data.count(b"\n", 0, field.span.start) + 1 == field.line


def test_hash_is_verified_by_each_published_rule(
    source: Any, forge: Any, hashed_dialect: str
) -> None:
    for body in (BODY, "x = 1\n", "x = 1", "\n\n  x = 1\n\n"):
        for rule in forge.rules:
            name, text = forge.legacy(hashed_dialect, body, rule)
            reading = _read(source, name, text)
            found = verify_legacy(text.encode(), reading.blocks[0])
            assert found in forge.right_rules(hashed_dialect, body, rule)


def test_any_change_makes_the_hash_invalid(source: Any, forge: Any, hashed_dialect: str) -> None:
    for rule in forge.rules[::7]:
        name, text = forge.legacy(hashed_dialect, BODY, rule)
        for changed in (
            text.replace("getcwd", "getcwdb"),
            text.replace("python>=3.11", "python>=3.12"),
            text.replace("acme", "acne"),
        ):
            assert changed != text
            block = _read(source, name, changed).blocks[0]
            assert verify_legacy(changed.encode(), block) is None


def test_line_endings_do_not_matter_to_a_legacy_hash(
    source: Any, forge: Any, hashed_dialect: str
) -> None:
    name, text = forge.legacy(hashed_dialect, BODY, ("late", "bare", 2, "newline"))
    data = text.replace("\n", "\r\n").encode()
    file = source(name, data)
    reading = read(data, file.kind)
    assert verify_legacy(data, reading.blocks[0]) == "late/bare/2/newline"
    assert reading.body == BODY.replace("\n", "\r\n").encode()


def test_each_block_of_a_stack_is_verified_on_its_own(
    source: Any, forge: Any, hashed_dialect: str
) -> None:
    text = BODY
    for newlines in (4, 1, 2):
        name, text = forge.legacy(hashed_dialect, text, ("late", "bare", newlines, "newline"))
    file = source(name, text)
    reading = read(file.data, file.kind)
    assert [v.rule for v in judge(file.data, reading)] == [
        f"late/bare/{newlines}/newline" for newlines in (2, 1, 4)
    ]
    assert reading.body == BODY.encode()
    assert without(file.data, reading.blocks[:2]).endswith(BODY.encode())
    changed = text.replace("getcwd", "getcwdb").encode()
    assert {v.state for v in judge(changed, read(changed, file.kind))} == {"wrong"}


def test_unclosed_block_is_a_fault_with_its_line(source: Any) -> None:
    data = (
        "# === OmniNode:Metadata ===\n# This module moved.\nfrom typing import Any\n\n"
        "# === OmniNode:Metadata ===\n# name: x.py\n# === /OmniNode:Metadata ===\n"
    )
    reading = _read(source, "x.py", data)
    assert [(b.closed, b.line, b.last_line) for b in reading.blocks] == [("unclosed", 1, 2)]
    assert [(f.kind, f.line) for f in reading.faults] == [("unclosed", 1), ("malformed-line", 2)]
    assert reading.body == data.encode()


def test_unclosed_block_above_a_whole_one(source: Any, forge: Any) -> None:
    _, text = forge.legacy("python-entry-at", BODY)
    reading = _read(source, "x.py", "# === OmniNode:Metadata ===\n# name: a.py\n\n" + text)
    assert [block.closed for block in reading.blocks] == ["unclosed", "closed"]
