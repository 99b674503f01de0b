"""The lock as bytes: one form, every fault with its line, and merges."""

from __future__ import annotations

import os
import re

import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.stamp.hashing import body_hash, hash_of_chunks
from onex_tools.stamp.lock import (
    Entry,
    LockError,
    collisions,
    fault_of_path,
    merged,
    parse_lock,
    path_bytes,
    render_lock,
    tree_root,
    written,
)

A, B, C = (f"b3-v1:{letter * 64}" for letter in "abc")
HEAD = "onex-lock 1\n"
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def lock(*lines: str) -> bytes:
    return (HEAD + "".join(line + "\n" for line in lines)).encode()


def said(data: bytes) -> list[tuple[int, str]]:
    return [(fault.line, fault.kind) for fault in parse_lock(data).faults]


names = st.one_of(
    st.binary(min_size=1, max_size=8),
    st.text('ab ."\\\u00e9\u0301\u202e\U0001f600', min_size=1, max_size=6).map(str.encode),
).map(lambda raw: raw.replace(b"/", b"-").replace(b"\0", b"0"))
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: os.fsdecode(b"/".join(parts)))
hashes = st.binary(min_size=32, max_size=32).map(lambda raw: f"b3-v1:{raw.hex()}")
entries = st.builds(Entry, hashes, st.sampled_from("fxl"), paths)


@st.composite
def locks(draw: st.DrawFn) -> tuple[Entry, ...]:
    """The entries of a lock that can be, sorted."""
    found = draw(st.lists(entries, max_size=8))
    allowed = {one.path: one for one in found if not fault_of_path(one.path)}
    for path in collisions(list(allowed)):
        del allowed[path]
    return tuple(sorted(allowed.values(), key=lambda one: path_bytes(one.path)))


@given(locks())
def test_what_is_written_is_read_and_written_alike(made: tuple[Entry, ...]) -> None:
    data = render_lock(made)
    reading = parse_lock(data)
    assert reading.faults == ()
    assert reading.entries == made
    assert render_lock(reversed(reading.entries)) == data
    assert not HIDDEN.search(data.decode().replace("\n", ""))


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.sampled_from([b"\n", b"\r\n", b'  f  "\\x0a"\n', f"{A}  f  ".encode(), b"<<<<<<< "]),
        )
    ).map(b"".join)
)
def test_any_bytes_are_read_and_what_has_no_fault_is_the_one_form(data: bytes) -> None:
    for raw in (data, HEAD.encode() + data):
        reading = parse_lock(raw)
        for fault in reading.faults:
            assert 1 <= fault.line <= raw.count(b"\n") + 1
            assert 0 <= fault.span.start <= fault.span.end <= len(raw)
            assert not HIDDEN.search(fault.message)
        if not reading.faults:
            assert render_lock(reading.entries) == raw


@given(paths)
def test_a_path_has_one_form_of_printable_signs(path: str) -> None:
    form = written(path)
    assert not HIDDEN.search(form.decode())
    assert form.strip(b" ") == form
    if not fault_of_path(path):
        assert parse_lock(lock(f"{A}  f  {form.decode()}")).entries == (Entry(A, "f", path),)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (b"a b.json", b"a b.json"),
        (b"back\\slash", b"back\\slash"),
        (b'say "so".json', b'say "so".json'),
        ("caf\u00e9.json".encode(), "caf\u00e9.json".encode()),
        (b'"a".json', b'"\\"a\\".json"'),
        (b" a", b'"\\x20a"'),
        (b"a ", b'"a\\x20"'),
        (b"a\nb\\", b'"a\\x0ab\\\\"'),
        (b"a\xff", b'"a\\xff"'),
        ("a\u202eb".encode(), b'"a\\xe2\\x80\\xaeb"'),
    ],
)
def test_forms_of_paths(path: bytes, form: bytes) -> None:
    assert written(os.fsdecode(path)) == form


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"", [(1, "wrong-header")]),
        (b"onex-lock 2\n", [(1, "other-version")]),
        (b"\xef\xbb\xbfonex-lock 1\n", [(1, "wrong-header")]),
        (b"ONEX-LOCK 1\n", [(1, "wrong-header")]),
        (b"<<<<<<< HEAD\n", [(1, "conflict-marker")]),
        (b"onex-lock 1", [(1, "no-final-newline")]),
        (lock(f"{A}  f  a")[:-1], [(2, "no-final-newline")]),
        (lock(f"{A}  f  a", f"{A}  f  b").replace(b"\n", b"\r\n"), [(1, "carriage-return")]),
        (lock(f"{A}  f  a\r", f"{A}  f  b"), [(2, "carriage-return")]),
        (lock(""), [(2, "malformed-line")]),
        (lock(f"{A}  f  "), [(2, "malformed-line")]),
        (lock(f"{A} f  a"), [(2, "malformed-line")]),
        (lock(f"{A}  d  a"), [(2, "malformed-line")]),
        (lock(f"{A.upper()}  f  a"), [(2, "malformed-line")]),
        (lock(f"{A}0  f  a"), [(2, "malformed-line")]),
        (lock(f"{A[:-1]}  f  a"), [(2, "malformed-line")]),
        (lock("# a comment"), [(2, "malformed-line")]),
        (lock(f"{A}  f   a"), [(2, "malformed-path")]),
        (lock(f"{A}  f  a "), [(2, "malformed-path")]),
        (lock(f"{A}  f  a\tb"), [(2, "malformed-path")]),
        (lock(f'{A}  f  "a"'), [(2, "malformed-path")]),
        (lock(f'{A}  f  "\\xc3\\xa9"'), [(2, "malformed-path")]),
        (lock(f'{A}  f  "a\\x0A"'), [(2, "malformed-path")]),
        (lock(f'{A}  f  "a\\n"'), [(2, "malformed-path")]),
        (lock(f'{A}  f  "a'), [(2, "malformed-path")]),
        (HEAD.encode() + f"{A}  f  ".encode() + b"\xff\n", [(2, "malformed-path")]),
        (lock(f"{A}  f  /etc/passwd"), [(2, "refused-path")]),
        (lock(f"{A}  f  a/../b"), [(2, "refused-path")]),
        (lock(f"{A}  f  .."), [(2, "refused-path")]),
        (lock(f"{A}  f  ./a"), [(2, "refused-path")]),
        (lock(f"{A}  f  a//b"), [(2, "refused-path")]),
        (lock(f"{A}  f  a/"), [(2, "refused-path")]),
        (lock(f'{A}  f  "a\\x00"'), [(2, "refused-path")]),
        (lock(f"{A}  f  onex.lock"), [(2, "refused-path")]),
        (lock(f"{A}  f  ONEX.lock"), [(2, "refused-path")]),
        (lock(f"{A}  f  sub/onex.lock"), []),
        (lock(f"{A}  f  b", f"{A}  f  a", f"{A}  f  c"), [(3, "unsorted")]),
        (lock(f"{A}  f  a", f"{B}  f  a"), [(3, "duplicate-path")]),
        (lock(f"{A}  f  A.json", f"{A}  f  a.json"), [(3, "colliding-path")]),
        (lock(f"{A}  f  e\u0301", f"{A}  f  \u00e9"), [(3, "colliding-path")]),
        (lock(f"{A}  f  strasse", f"{A}  f  stra\u00dfe"), [(3, "colliding-path")]),
        (lock(f"{A}  f  a", f"{A}  f  a/b"), [(3, "colliding-path")]),
        (lock(f"{A}  f  A/b", f"{A}  f  a"), [(3, "colliding-path")]),
        (lock(f"{A}  f  A/b", f"{A}  f  a/c"), []),
    ],
)  # fmt: skip
def test_every_fault_has_its_line(data: bytes, faults: list[tuple[int, str]]) -> None:
    assert said(data) == faults


def test_a_fault_says_what_was_found_and_what_was_expected() -> None:
    found = parse_lock(lock(f"{A}  f  b", f"{A}  y  c", "sha256:00  f  d", f"{A}  f  a"))
    assert [fault.message.partition(";")[0] for fault in found.faults] == [
        "no kind after the hash: found '  y  c'",
        "no hash: found 'sha256:00  f  d'",
        "a stands after b, expected it before (sorted by the bytes of the path)",
    ]
    assert "expected `b3-v1:` and 64 lower-case digits" in found.faults[0].message
    assert [entry.path for entry in found.entries] == ["b", "a"]


def test_of_a_conflict_nothing_else_is_said() -> None:
    data = lock(
        f"{A}  f  a",
        "<<<<<<< HEAD",
        f"{A}  f  b",
        "||||||| base",
        "=======",
        f"{B}  f  b",
        ">>>>>>> topic",
        f"{A}  f  a",
    )
    assert said(data) == [(3, "conflict-marker")]


def test_a_file_of_faults_is_not_read_to_its_end() -> None:
    assert len(parse_lock(HEAD.encode() + b"\n" * 1_000_000).faults) == 100
    assert len(parse_lock(lock(f"{A}  f  /" + "x" * 100_000)).faults[0].message) < 1000


@pytest.mark.parametrize("path", ["/a", "a/..", "", "onex.lock", "a\0"])
def test_what_no_lock_may_hold_is_not_written(path: str) -> None:
    with pytest.raises(LockError):
        render_lock([Entry(A, "f", path)])


def test_paths_that_collide_are_not_written() -> None:
    with pytest.raises(LockError, match=r"b\.json differs from B\.json in case"):
        render_lock([Entry(A, "f", "b.json"), Entry(A, "f", "B.json")])


def test_entries_are_sorted_by_bytes() -> None:
    made = [Entry(A, "f", os.fsdecode(path)) for path in (b"\xff", "\uffff".encode(), b"b", b"Z")]
    assert [entry.path for entry in parse_lock(render_lock(made)).entries] == [
        "Z",
        "b",
        "\uffff",
        "\udcff",
    ]


def test_the_root_is_the_hash_of_the_lock() -> None:
    made = [Entry(A, "f", "a"), Entry(B, "x", "b")]
    root = tree_root(made)
    assert root == "b3-v1:" + blake3(render_lock(made)).hexdigest()
    assert root == tree_root(made[::-1])
    assert root != tree_root([made[0], made[1]._replace(kind="f")])
    assert tree_root([]) == "b3-v1:" + blake3(b"onex-lock 1\n").hexdigest()


# Merging


def one(hash_: str, path: str = "a") -> tuple[Entry, ...]:
    return (Entry(hash_, "f", path),)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result", "doubtful"),
    [
        (one(A), one(A), one(A), one(A), ()),
        (one(A), one(B), one(A), one(B), ()),
        (one(A), one(A), one(B), one(B), ()),
        (one(A), one(B), one(B), one(B), ()),
        (one(A), one(B), one(C), one(B), ("a",)),
        (one(A), (), one(A), (), ()),
        (one(A), one(A), (), (), ()),
        (one(A), (), (), (), ()),
        (one(A), (), one(B), (), ("a",)),
        (one(A), one(B), (), one(B), ("a",)),
        ((), one(A), (), one(A), ()),
        ((), (), one(A), one(A), ()),
        ((), one(A), one(A), one(A), ()),
        ((), one(A), one(B), one(A), ("a",)),
        ((), one(A, "b"), one(B, "a"), (*one(B, "a"), *one(A, "b")), ()),
        ((), one(A, "b"), one(B, "B"), one(A, "b"), ("B",)),
        (one(A, "b"), one(A, "b"), one(A, "B"), one(A, "B"), ()),
    ],
)
def test_locks_are_merged_path_by_path(
    base: tuple[Entry, ...],
    ours: tuple[Entry, ...],
    theirs: tuple[Entry, ...],
    result: tuple[Entry, ...],
    doubtful: tuple[str, ...],
) -> None:
    assert merged(base, ours, theirs) == (result, doubtful)


@given(locks(), locks(), locks())
def test_what_is_merged_can_be_written(
    base: tuple[Entry, ...], ours: tuple[Entry, ...], theirs: tuple[Entry, ...]
) -> None:
    found = merged(base, ours, theirs)
    assert parse_lock(render_lock(found.entries)).entries == found.entries
    assert merged(base, ours, ours) == (ours, ())
    assert merged(base, base, theirs) == (theirs, ())
    assert merged(base, ours, base) == (ours, ())
    there = {entry.path for entry in (*base, *ours, *theirs)}
    assert set(found.doubtful) <= there


# Hashing


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\0", b"\xff\xfe", b"x"])),
    st.integers(0, 9000),
    st.integers(1, 5000),
)
def test_a_hash_in_pieces_is_the_hash_of_the_whole(
    pieces: list[bytes], padding: int, size: int
) -> None:
    half = len(pieces) // 2
    data = b"".join(pieces[:half]) + b"y" * padding + b"".join(pieces[half:])
    sizes = (1, size) if len(data) < 500 else (size,)
    for step in sizes:
        chunks = [data[at : at + step] for at in range(0, len(data), step)]
        assert hash_of_chunks(chunks) == body_hash(data)


@pytest.mark.parametrize("place", [7999, 8000])
def test_a_nul_makes_binary_only_among_the_first_bytes(place: int) -> None:
    data = b"a\r\n".ljust(place, b"x") + b"\0\r\n"
    assert hash_of_chunks([data[:3], data[3:7999], data[7999:]]) == body_hash(data)
