"""The sidecar as bytes: a stamp to us, a mapping of texts to YAML, and never an ordinary stamp."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.stamp import Stamp, body_hash, read
from onex_tools.stamp.coverage import (
    Content,
    has_sidecar,
    is_locked,
    locked_hash,
    locked_hash_of_pieces,
    replaced,
    wanted_entries,
)
from onex_tools.stamp.lock import Entry
from onex_tools.stamp.render import NewField
from onex_tools.stamp.sidecar import agrees, file_of, is_sidecar, sidecar_bytes, sidecar_of

UUID = "6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11"
HASH = body_hash(b"{}\n")
PLAIN = f"""\
# === OmniNode:Metadata ===
metadata_version: 1.0.0
name: data.json
uuid: {UUID}
created_at: "2025-05-21T12:41:40Z"
hash: {HASH}
# === /OmniNode:Metadata ===
"""
FIELDS = [
    NewField("metadata_version", "1.0.0"),
    NewField("name", "data.json"),
    NewField("uuid", UUID),
    NewField("created_at", "2025-05-21T12:41:40Z"),
    NewField("hash", ""),
]
STAMPED = b"""\
# === OmniNode:Metadata ===
# name: a.py
# uuid: 6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11
# hash: b3-v1:3ceae248eacaf486357192011806a5bf7ebc58462f64e88fa1ddffd9be3cda4b
# === /OmniNode:Metadata ===

x = 1
"""


def test_its_form() -> None:
    data = sidecar_bytes("some/data.json", HASH, FIELDS)
    assert data.decode() == PLAIN
    block = read(data, "yaml").blocks[0]
    assert (block.layout, block.form) == ("hash-bare", "v1")
    assert is_sidecar("some/data.json.onex.yaml", read(data, "yaml"))
    assert agrees("some/data.json.onex.yaml", block, HASH)
    assert not agrees("some/other.json.onex.yaml", block, HASH)
    assert not agrees("some/data.json.onex.yaml", block, body_hash(b""))


def test_name_and_hash_are_always_there() -> None:
    data = sidecar_bytes("a/b.bin", HASH, [NewField("uuid", UUID)])
    assert list(yaml.safe_load(data)) == ["name", "uuid", "hash"]
    data = sidecar_bytes("a/b.bin", HASH, [NewField("name", "old", ("  - x",))])
    assert yaml.safe_load(data) == {"name": "b.bin", "hash": HASH}


def test_paths() -> None:
    assert sidecar_of("a/data.json") == "a/data.json.onex.yaml"
    assert file_of("a/data.json.onex.yaml") == "a/data.json"


ODD = ["yes", "No", "null", "~", "1", "0x1f", "1_000", "1e5", ".5", "1:30", "-.INF", ".nan", "<<",
       "=", ">=3.11", "> x", "@here", "2025-05-21", "2025-5-1 12:00:00", "0o17", "017", "a: b",
       "- a", "a #b", "#a", "'a'", '"a"', "[a]", "{a}", "*a", "&a", "!a", "%a", "`a`", "|", "?",
       ":", "a:", " a", "a ", "\t", "a\nb", "\x00", "\x7f", "\x85", "\u2028", "\ufeff",
       "\U0001f600",
       "\\\U0001f600\\\\\U0001f600", "===", "---", "...", "=== /OmniNode:Metadata ==="]  # fmt: skip
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.text("0123456789_.:eExXoO+-tTzZ ", min_size=1, max_size=12),
)


def judge(text: str) -> None:
    name = text.replace("/", "-")
    fields = [NewField("uuid", UUID), NewField("owner", text)]
    data = sidecar_bytes(f"x/{name}", HASH, fields)
    wanted = {"name": name, "uuid": UUID, "owner": text, "hash": HASH}
    assert yaml.load(data, yaml.SafeLoader) == wanted
    assert yaml.load(data, yaml.CSafeLoader) == wanted
    reading = read(data, "yaml")
    assert not reading.faults
    assert [(field.key, field.text) for field in reading.blocks[0].fields] == list(wanted.items())
    assert reading.body == b""


@pytest.mark.parametrize("text", ODD)
def test_odd_values_are_text_to_every_reader(text: str) -> None:
    judge(text)


@given(texts)
def test_any_value_is_text_to_every_reader(text: str) -> None:
    judge(text)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("data.json.yaml", PLAIN),
        (".onex.yaml", PLAIN),
        ("sub/.onex.yaml", PLAIN),
        ("data.json.onex.yaml", PLAIN + "key: value\n"),
        ("data.json.onex.yaml", PLAIN + PLAIN),
        ("data.json.onex.yaml", "key: value\n"),
        ("data.json.onex.yaml", ""),
        ("data.json.onex.yaml", PLAIN.replace("# === /OmniNode:Metadata ===\n", "")),
        ("data.json.onex.yaml", PLAIN.replace(HASH, "0" * 64)),
        (
            "node.onex.yaml",
            PLAIN.replace("metadata_version: 1.0.0", "metadata_version: 0.1.0").replace(
                HASH, "ab" * 32
            )
            + "\nname: node\n",
        ),
        ("data.json.onex.yaml", PLAIN.replace("name:", "<<<<<<< HEAD\nname:")),
    ],
)
def test_what_is_no_sidecar(path: str, data: str) -> None:
    assert not is_sidecar(path, read(data.encode(), "yaml"))


@given(st.binary(max_size=200))
def test_any_bytes_are_judged(data: bytes) -> None:
    is_sidecar("a.onex.yaml", read(data, "yaml"))
    is_sidecar("a.onex.yaml", read(PLAIN.encode() + data, "yaml"))


# What the settings cover

LOCKED = Stamp(lock=("**",), sidecar=("**",), exclude=("out/",))


def test_exclude_goes_before_lock_and_sidecar() -> None:
    assert is_locked("a/b.json", LOCKED)
    assert has_sidecar("a/b.json", LOCKED)
    assert not is_locked("out/b.json", LOCKED)
    assert not has_sidecar("out/b.json", LOCKED)
    assert not is_locked("a/b.json", Stamp())
    assert not has_sidecar("a/b.json", Stamp())


def test_the_lock_and_sidecars_cover_neither_themselves_nor_each_other() -> None:
    assert not is_locked("onex.lock", LOCKED)
    assert not has_sidecar("onex.lock", LOCKED)
    assert is_locked("sub/onex.lock", LOCKED)
    assert not has_sidecar("a.json.onex.yaml", LOCKED)
    assert not has_sidecar("\udcff.json", LOCKED)
    assert locked_hash("data.json.onex.yaml", PLAIN.encode(), "yaml", LOCKED) is None


@pytest.mark.parametrize(
    ("path", "data", "kind", "covered"),
    [
        ("a.json", b"{}\n", "json", True),
        ("a.bin", b"\0", "unknown", True),
        ("a.py", b"x = 1\n", "python", False),
        ("a.py", STAMPED, "python", False),
        ("a.py", b"# @generated\nx = 1\n", "python", True),
        ("a.py", STAMPED.replace(b"x", b"# DO NOT EDIT\nx"), "python", False),
        ("a.py", b"", "python", True),
        ("a.py", b"x = '\0'\n", "python", True),
    ],
)
def test_the_lock_is_for_what_cannot_carry_a_stamp(
    path: str, data: bytes, kind: str, covered: bool
) -> None:
    assert locked_hash(path, data, kind, LOCKED) == (body_hash(data) if covered else None)


def test_the_lock_is_for_what_is_not_to_carry_a_stamp() -> None:
    for include, covered in (((), True), (("*.ini",), False), (("*.py",), True)):
        options = Stamp(lock=("**",), include=include)
        assert (locked_hash("a.ini", b"[a]\n", "ini", options) is not None) is covered
    assert locked_hash("a.py", b"x = 1\n", "python", Stamp(include=("src/",)))
    assert not locked_hash("a.py", STAMPED, "python", Stamp(include=("src/",)))


def test_a_large_file_is_looked_at_by_its_head() -> None:
    large = [STAMPED[:50], STAMPED[50:], b"#" * 1_000_000]
    assert locked_hash_of_pieces("python", iter(large)) is None
    large = [b"# " * 500_000, STAMPED, b"\r", b"\n"]
    assert locked_hash_of_pieces("python", iter(large)) == body_hash(b"".join(large))
    assert locked_hash_of_pieces("unknown", iter(())) == body_hash(b"")


def test_entries_are_made_of_what_stands_there() -> None:
    there = {
        "b.json": Content("executable", b"{}\n", "json"),
        "a.json": Content("link", b"b.json"),
        "c.bin": Content("file", b"", "unknown", iter([b"\0", b"\r\n"])),
        "d.py": Content("file", b"x = 1\n", "python"),
    }
    opened: list[str] = []

    def open_(path: str) -> Content | None:
        opened.append(path)
        return there.get(path)

    paths = [*there, "gone.json", "out/x.json", "onex.lock"]
    found = wanted_entries(paths, lambda _path: LOCKED, open_)
    assert found == [
        Entry(body_hash(b"b.json"), "l", "a.json"),
        Entry(body_hash(b"{}\n"), "x", "b.json"),
        Entry(body_hash(b"\0\r\n"), "f", "c.bin"),
    ]
    assert opened == ["a.json", "b.json", "c.bin", "d.py", "gone.json"]


def test_a_run_over_some_files_leaves_the_others_entries() -> None:
    a, b, c = (Entry(HASH, "f", path) for path in "abc")
    new = Entry(body_hash(b""), "x", "b")
    assert replaced([a, b, c], ["c", "b"], [new]) == [a, new]
