"""The scanner of TOML: what a parser reads it reads, and more."""

from __future__ import annotations

import pathlib
import sysconfig
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.api import Setting
from onex_tools.structure.toml import scan as scan_plain
from tests.structure.reading import MANY, pairs, scan, scan_many, written

LETTERS = st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs"])
WORDS = st.text(LETTERS | st.sampled_from("\"'\\\n\t#=[]{},. "), max_size=8)
KEYS = st.text(st.sampled_from("abZ09_-"), min_size=1, max_size=5)
NUMBERS = st.sampled_from(
    ["0", "-17", "+1_000", "0xDEAD_beef", "0o17", "0b101", "1.5", "6.02e+23", "-2E-2", "-inf"]
)
DATES = st.sampled_from(
    ["1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5-07:00", "1979-05-27", "07:32:00"]
)


def quoted(text: str) -> str:
    """``text`` as a basic string."""
    known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(known.get(one, one) for one in text) + '"'


@st.composite
def strings(draw: st.DrawFn) -> str:
    """A string in one of the four ways to write it."""
    text = draw(WORDS)
    way = draw(st.sampled_from(['"', "'", '"""', "'''", "\\u", "\\\n"]))
    if way == "'":
        return "'" + "".join(one for one in text if one not in "'\n") + "'"
    if way == "'''":
        return "'''" + draw(st.sampled_from(["", "\n"])) + text.replace("'", "") + "'''"
    if way == "\\u":
        return '"' + "".join(f"\\U{ord(one):08x}" for one in text) + '"'
    if way == "\\\n":
        plain = text.replace("\\", "").replace('"', "")
        return f'"""{plain}\\ \n  \n{quoted(text)[1:]}""'
    return quoted(text) if way == '"' else f'"""\n{quoted(text)[1:-1]}"""'


def values() -> st.SearchStrategy[str]:
    """A value, with arrays and inline tables."""
    scalars = strings() | NUMBERS | DATES | st.sampled_from(["true", "false"])
    return st.recursive(scalars, lambda inner: arrays(inner) | tables(inner), max_leaves=8)


def arrays(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An array of values, on one line or on several."""
    gaps = st.sampled_from([", ", ",", " , # a comment = [\n", ",\n\n\t"])
    return st.builds(
        lambda items, gap, end: f"[{gap.join(items)}{gap.rstrip(' ') if end and items else ''}]",
        st.lists(inner, max_size=4), gaps, st.booleans(),
    )  # fmt: skip


def tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An inline table; some keys are quoted, or two in one."""
    return st.builds(
        lambda items: "{ " + ", ".join(f"{key} = {value}" for key, value in items.items()) + " }",
        st.dictionaries(KEYS, inner, max_size=3),
    )


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Statements, tables, tables in tables, and arrays of tables."""
    lines = [draw(statements(""))]
    for nth in range(draw(st.integers(0, 3))):
        header = draw(st.sampled_from(["[t{}]", "[ t{} . 'x.y' ]", "[[a{}]]", "[[a{}.b]] # c"]))
        for _ in range(draw(st.integers(1, 3)) if "[[" in header else 1):
            lines += [header.format(nth), draw(statements("k"))]
            if header.startswith("[[a{}]]"):
                lines += [f'[a{nth}."in ner"]', draw(statements("i"))]
    return draw(st.sampled_from(["\n", "\r\n"])).join("\n".join(lines).split("\n"))


@st.composite
def statements(draw: st.DrawFn, prefix: str) -> str:
    """Some keys with their values."""
    found = draw(st.dictionaries(KEYS, values(), max_size=4))
    forms = ["{}{} = {}", "  {}{}={}  # x = 1", "d . '{}{}' = {}", '"é {}{}".z\t=\t{}']
    return "\n".join(
        draw(st.sampled_from(forms)).format(prefix, key, value) for key, value in found.items()
    )


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """The scalars of parsed data with their paths."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {to: one for key, item in items for to, one in leaves(item, (*path, key)).items()}
    return {path: value}


def meant(found: Setting) -> Any:
    """The value as a parser gives it."""
    if found.style:
        return found.value
    return tomllib.loads(f"x = {found.value}")["x"]


def assert_agrees(text: str) -> None:
    """All settings are those that the parser finds."""
    expected = leaves(tomllib.loads(text))
    found = scan_plain(text.encode())
    assert {one.path: meant(one) for one in found} == expected
    assert len(found) == len(expected)


@given(documents())
def test_reads_all_that_a_parser_reads(text: str) -> None:
    assert_agrees(text)


def real_files() -> list[pathlib.Path]:
    """TOML that the environment has."""
    folders = [pathlib.Path(sysconfig.get_paths()["purelib"]), pathlib.Path("pyproject.toml")]
    files = [file for folder in folders for file in [folder, *folder.rglob("*.toml")]]
    return [file for file in files if file.is_file() and file.stat().st_size < 100_000]


def test_reads_real_files_as_the_parser_does() -> None:
    files = real_files()
    assert files
    for file in files:
        text = file.read_bytes().decode("utf-8", "replace")
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        assert_agrees(text)


@given(st.text(alphabet="{}[]=,.\"'\\# ab1\n\r", max_size=60))
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    data = text.encode()
    for found in scan("a.toml", data):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        if "\\" not in found.value and not found.style:
            assert data[slice(*found.span)].decode() == found.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = 1\nb\n= 2\n[x\nc = 'd'", {"a": "1", "c": "d"}),
        ("a = some words # c\nb = x", {"a": "some words", "b": "x"}),
        ('a = "open\nb = "x"', {"a": "open", "b": "x"}),
        ("a = \"\"\"open\nb = 'x'\n'''", {"a": "", "b": "x"}),
        ('a = "C:\\Users\\x"', {"a": "C:\\Users\\x"}),
        ('a = """x\r\n  y \\\r\n  z"""', {"a": "x\n  y z"}),
        ("a = {{ .Values.a }}\nb = [{{ x }}, {{ y }}]",
         {"a": "{{ .Values.a }}", "b[0]": "{{ x }}", "b[1]": "{{ y }}"}),
        ('{{- if .x }}\na = "{{ .b }}"\n{{- end }}\n', {"a": "{{ .b }}"}),
        ("a = [1, 2\nb = 3", {"a[0]": "1", "a[1]": "2", "b": "3"}),
        ("a = [1, {b = 2\n[t]\nc = 3", {"a[0]": "1", "a[1].b": "2", "t.c": "3"}),
        ("a = {b = 1,\n # c = 2\n d.e = 'f',\n}\ng = 1", {"a.b": "1", "a.d.e": "f", "g": "1"}),
        ("a = [ 1 2 'x' ]", {"a[0]": "1", "a[1]": "2", "a[2]": "x"}),
        ("a = 'x' b = 'y'", {"a": "x", "b": "y"}),
        ("a = 'x' ] b\nc = 1", {"a": "x", "c": "1"}),
        ("[a]\r\nb = 1\r\n\r\nc = '2'\r\n", {"a.b": "1", "a.c": "2"}),
        ("[a]\rb = 1\rc = '2'\r", {"a.b": "1", "a.c": "2"}),
        ("größe = 1\nb = 'ü'", {"größe": "1", "b": "ü"}),
        ("<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> x\n", {"a": "2"}),
        ("[[a]]\nb = 1\n[[a.c]]\nd = 1\n[[a.c]]\nd = 2\n[[a]]\n[[a.c]]\nd = 3",
         {"a[0].b": "1", "a[0].c[0].d": "1", "a[0].c[1].d": "2", "a[1].c[0].d": "3"}),
        (b'a = "\xff"\n\xfe = 2\nb = 1', {"a": "\udcff", "\udcfe": "2", "b": "1"}),
        (b"\xef\xbb\xbfa = 1", {"a": "1"}),
    ],
)  # fmt: skip
def test_what_parsers_refuse(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs("a.toml", text) == found


def test_a_key_given_twice_is_two_settings() -> None:
    assert [found.value for found in scan("a.toml", "a = 1\na = 2\n")] == ["1", "2"]


def test_spans_leave_the_quotes_out() -> None:
    text = 'x."a b" = \'c\' # d\n[t]\nn = ["""\ne"""]\n'
    assert written("a.toml", text) == [("a b", "c"), ("", "\ne")]


def test_kinds_are_those_of_toml() -> None:
    found = scan("a.toml", "a='1'\nb=1_0\nc=true\nd=1979-05-27\ne=nan\nf=[0x1F]\ng=oops")
    kinds = ["string", "number", "boolean", "string", "number", "number", "string"]
    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(
    "piece",
    ["[", "a=[", "a={", '"""', 'a="""\\"', "a=\"\"\"b\\\n", "'''x\n", "{{", "a={{ ", '"\\', "a.",
     "a ", "a={b ", "a={b.", "a=1\n", "[a.b]\n", "[[a]]\n", "a=[\n]", "]", "a={\n", "=", "a=[a\n"],
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan_many("a.toml", piece)) <= MANY
