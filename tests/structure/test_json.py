"""The scanner of JSON: what a parser reads it reads, and more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.structure.reading import MANY, leaves, pairs, scan, scan_many, written

WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | WORDS
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, DATA, max_size=4), st.sampled_from([None, 1]), st.booleans())
def test_reads_all_that_a_parser_reads(data: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    assert [(found.path, found.value) for found in scan("a.json", text)] == leaves(data)


@given(DATA, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_places_of_wide_text_are_those_of_its_bytes(data: Any, encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b"\xfe\xff"
    file = mark + json.dumps({"key": data}, ensure_ascii=False).encode(encoding)
    for found in scan("a.json", file):
        there = file[slice(*found.span)].decode(encoding)
        assert json.loads(f'"{there}"' if found.style else there) == json.loads(
            json.dumps(found.value) if found.style else found.value
        )


@given(st.text(alphabet="{}[]:,\"'\\/*# ab1\n", max_size=60))
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    data = text.encode()
    for found in scan("a.json", data):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        if "\\" not in found.value and not found.style:
            assert data[slice(*found.span)].decode() == found.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1} // b: 2\n', {"a": "1"}),
        ('/* "x": 1 */ {"a": /* y */ 1,}', {"a": "1"}),
        ('{"a": "b" "c": "d"}', {"a": "b", "c": "d"}),
        ("{a: 'b', c: +1}", {"a": "b", "c": "+1"}),
        ('{"a": {{ .Values.a | quote }}, "b": "{{ .b }}"}',
         {"a": "{{ .Values.a | quote }}", "b": "{{ .b }}"}),
        ('"a": "b",\n"c": {"d": 1', {"a": "b", "c.d": "1"}),
        ('{"a": ["x", {"b": "y"}]}}}, "c": 2', {"a[0]": "x", "a[1].b": "y", "c": "2"}),
        ('{"url": "http://h/p", "b": 1}', {"url": "http://h/p", "b": "1"}),
        (b'{"a": "\xff\xfe"}', {"a": "\udcff\udcfe"}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": "1"}),
    ],
)  # fmt: skip
def test_what_parsers_refuse(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs("a.json", text) == found


def test_spans_leave_the_quotes_out() -> None:
    assert written("a.json", '{"user": "x\\u0041", "n" : 12}') == [
        ("user", "x\\u0041"),
        ("n", "12"),
    ]


def test_kinds_are_those_of_json() -> None:
    kinds = [found.kind for found in scan("a.json", '{"a":"1","b":1,"c":true,"d":null,"e":x}')]
    assert kinds == ["string", "number", "boolean", "null", "string"]


@pytest.mark.parametrize("piece", ["[", '{"a":', "}", "{{", "/*", '"\\', "a ", '{"a":1,'])
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan_many("a.json", piece)) <= MANY
