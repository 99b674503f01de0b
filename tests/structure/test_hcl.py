"""The scanner of HCL: what a parser reads it reads, and more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.structure.reading import MANY, pairs, scan, scan_many, written

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,4}", fullmatch=True).map(lambda name: f"k{name}")
TEXT = st.text(st.sampled_from('ab1 {}[]=,#:/é"\\\n'), max_size=8)
INTERPOLATED = st.sampled_from(
    ["a ${var.b} c", '${f("x")}', '${a == "" ? "x" : "${b("}")}"}', "%{ if a }b%{ endif }", "$a %"]
)
Items = dict[str, Any]


def quoted(text: str) -> str:
    """``text`` as HCL writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


SCALARS = st.one_of(
    TEXT.map(lambda text: (quoted(text), text)),
    INTERPOLATED.map(lambda text: (f'"{text}"', text)),
    st.sampled_from(["1", "-2.5", "true", "null", "var.a", 'f("x", b[0])', "a ? b : c"]).map(
        lambda text: (text, text)
    ),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
BODIES: st.SearchStrategy[Any] = st.dictionaries(NAMES, VALUES, max_size=3)


def source(value: Any) -> str:
    """A value as HCL writes it."""
    if isinstance(value, tuple):
        return str(value[0])
    if isinstance(value, list):
        return "[" + ", ".join(map(source, value)) + "]"
    return "{\n" + "".join(f"  {key} = {source(one)} # x = 1\n" for key, one in value.items()) + "}"


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    """The scalars of a value with their paths."""
    if isinstance(value, tuple):
        return [(path, value[1])]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [leaf for key, one in items for leaf in leaves(one, (*path, key))]


@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2), BODIES), max_size=3), BODIES)
def test_reads_all_that_was_written(blocks: list[tuple[str, list[str], Items]], top: Items) -> None:
    text = source(top)[2:-1]
    expected = leaves(top)
    for name, labels, body in blocks:
        text += " ".join([name, *map(quoted, labels)]) + " " + source(body) + "\n"
        expected += leaves(body, (name, *labels))
    assert [(found.path, found.value) for found in scan("a.tf", text)] == expected


@given(st.dictionaries(NAMES, TEXT | INTERPOLATED, max_size=3))
def test_reads_what_the_parser_reads(data: dict[str, str]) -> None:
    import hcl2

    text = "".join(f"{key} = {quoted(value)}\n" for key, value in data.items() if "$" not in value)
    parsed = hcl2.loads(text)
    assert {key: f'"{value}"' for key, value in written("a.tf", text)} == parsed


@given(st.text(alphabet='{}[]()=:,"\\$#/* ab1\n<E', max_size=60))
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    data = text.encode()
    for found in scan("a.tf", data):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        if not found.style:
            assert data[slice(*found.span)].decode() == found.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('variable "pass" {\n  type = string\n  default = "x"\n}\n',
         {"variable.pass.type": "string", "variable.pass.default": "x", "variable.pass": "x"}),
        ('resource "a" "b" {\n c { d = 1 }\n}\ne = 2', {"resource.a.b.c.d": "1", "e": "2"}),
        ("a = <<EOF\n  x = 1\n  y\nEOF\nb = 2", {"a": "  x = 1\n  y\n", "b": "2"}),
        ("a = <<-EOF\r\n    x\r\n      y\r\n  EOF\r\nb = 2", {"a": "x\n  y\n", "b": "2"}),
        ("a = <<EOF\nb = 2", {"a": "<<EOF", "b": "2"}),
        ('# a = 1\n// b = 2\n/* c = 3\n*/ d = 4 // e\nf = "//g"', {"d": "4", "f": "//g"}),
        ('a = jsonencode({\n  b = "c"\n  d = ["e"]\n})\nf = 1',
         {"a.b": "c", "a.d[0]": "e", "f": "1"}),
        ('a = "b" == c ? "d" : "e" # x', {"a": '"b" == c ? "d" : "e"'}),
        ('a = {"b c": "d", e: f}\n', {"a.b c": "d", "a.e": "f"}),
        ('a = "open\nb = "${open\nc = "\\u0041"\n', {"a": "open", "b": "${open", "c": "A"}),
        ("a = [1, 2\n b = 3 }\nc = {{ .x }}\nd = 4",
         {"a[0]": "1", "a[1]": "2", "a[2]": "b = 3", "d": "4"}),
        ("a =\nb = 1\n}}} ]\nc = 2\r\nd=3", {"b": "1", "c": "2", "d": "3"}),
        (b'\xef\xbb\xbfa = "\xff"', {"a": "\udcff"}),
    ],
)  # fmt: skip
def test_blocks_and_what_parsers_refuse(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs("a.tf", text) == found


def test_kinds_are_those_of_hcl() -> None:
    kinds = [found.kind for found in scan("a.tfvars", 'a="1"\nb=1.5\nc=true\nd=null\ne=var.x')]
    assert kinds == ["string", "number", "boolean", "null", "string"]


def test_spans_leave_the_quotes_out() -> None:
    text = 'a = "b" # c\n"d" = [e, "${f("g")}"]\nh = <<E\ni\nE\n'
    expected = [("a", "b"), ("", "e"), ("", '${f("g")}'), ("h", "i\n")]
    assert written("a.tf", text) == expected


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "[", "a{", "a={", "a=[", '"', '"${', '"${"a"', "a=\"${", "a b ", "a \"b\" ", "/*",
     "<<E\n", "a=<<E\n", "a=(", "(", "a.", "=", "a=1\n", "\\", "a=[[", "a=f([", "%{"],
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan_many("a.tf", piece)) <= MANY
