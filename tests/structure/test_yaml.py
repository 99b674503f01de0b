"""The scanner of YAML: what a parser reads it reads, and more."""

from __future__ import annotations

import pathlib
import sysconfig
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.structure.scan import BY_KIND
from onex_tools.structure.yaml import scan as scan_plain
from tests.structure.reading import MANY, pairs, scan, scan_many, written

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], max_codepoint=0x2FFF)
SPECIAL = st.sampled_from(list("\"'\\\n\t#=[]{},.:-?&*!|>%@` "))
WORDS = st.text((LETTERS | SPECIAL).filter(lambda one: one not in "\x85\u2028\u2029"), max_size=12)
SCALARS = WORDS | st.none() | st.booleans() | st.integers() | st.floats(width=16) | st.dates()
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
Leaf = tuple[int, tuple[str | int, ...], str]


class Loader(yaml.SafeLoader):
    """Composes aliases as texts, as the scanner gives them."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node."""
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()
            return yaml.ScalarNode("!alias", f"*{event.anchor}", event.start_mark, event.end_mark)
        return super().compose_node(parent, index)


def leaves(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    """The scalars below ``node`` with their paths."""
    if isinstance(node, yaml.MappingNode):
        items = [(key.value, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        items = list(enumerate(node.value))
    else:
        return [(path, node)] if node is not None and (path or node.value) else []
    return [leaf for key, item in items for leaf in leaves(item, (*path, key))]


def composed(text: str) -> list[Leaf]:
    """The document, path and value of each scalar that the parser finds."""
    documents = list(yaml.compose_all(text, Loader))
    return [
        (number, path, node.value)
        for number, document in enumerate(documents)
        for path, node in leaves(document)
    ]


def assert_agrees(text: str) -> None:
    """All settings are those that the parser finds."""
    found = [(one.document, one.path, one.value) for one in scan_plain(text.encode())]
    assert [one for one in found if one[1] or one[2]] == composed(text)


@given(
    st.lists(DATA, min_size=1, max_size=3),
    st.sampled_from([None, False, True]),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([10, 80]),
    st.integers(2, 6),
    st.booleans(),
    st.booleans(),
)
def test_reads_all_that_the_library_writes(
    data: Any, flow: Any, style: Any, width: int, indent: int, plain: bool, explicit: bool
) -> None:
    text = yaml.safe_dump_all(
        data, default_flow_style=flow, default_style=style, width=width, indent=indent,
        allow_unicode=plain, explicit_start=explicit or len(data) > 1, sort_keys=False,
    )  # fmt: skip
    assert_agrees(text)


@pytest.mark.parametrize(
    "words",
    [
        ("yes", "No", "ON", "true", "False", "TRUE", "y", "n", "nUll", "~", "null", "Null", "NULL"),
        ("1", "-1", "+1", "0x1F", "0b1", "017", "089", "1_000", "1:30", "0o17", "12e03", "1:30.5"),
        ("1.5", ".5", "1e3", "1.0e+3", "-.inf", ".NaN", ".", "1.", "1.2.3", "2001-01-01", "--"),
        ("'1'", '"true"', "!!str 1", '!!int "1"', '!!null ""', "!x 1", "! 1", "!!bool no", "a"),
    ],
)
def test_kinds_are_those_of_the_parser(words: list[str]) -> None:
    known = {"int": "number", "float": "number", "bool": "boolean", "null": "null"}
    for word in words:
        node = yaml.compose(f"a: {word}", yaml.SafeLoader).value[0][1]
        kind = known.get(node.tag.rpartition(":")[2], "string")
        assert [one.kind for one in scan("a.yaml", f"a: {word}\nb: [{word}]")] == [kind, kind]


NAMES = st.sampled_from(["a", "b-c", "key", "d.e", '"q r"', "'s: t'", "x y", "/u", "'it''s'"])
PLAIN = st.sampled_from(
    ["v", "12", "a b  c", "http://h:80/p#x", "a#b", "x:y", "-1", "yes", "~", "é ü", "a, b", "[x",
     "a - b", "?x", ":x", "-x", "<<", "$x", "a'b\"c", "c{d}"]
)  # fmt: skip
QUOTED = st.sampled_from(
    ['"a"', '""', "''", "'a # b: c'", '"\\t\\x41\\u00e9\\U0001F600\\/\\_"', "'it''s'", '"\\"#"',
     '"a\\\\"', "'a\\'", '"[x, y]"', "'{{ x }}'"]
)  # fmt: skip
FLOW = st.recursive(
    QUOTED | st.sampled_from(["v", "a b", "1", "http://h/p", "a#b", "*al", "!t x", "&z y", "-1"]),
    lambda inner: st.builds(
        lambda items, gap: f"[{gap.join(items)}]",
        st.lists(inner, max_size=3), st.sampled_from([", ", " , ", ",\n    ", ", # c, [\n     "])
    )
    | st.builds(
        lambda items, gap: f"{{{gap.join(f'{k}: {v}' for k, v in items.items())}}}",
        st.dictionaries(st.sampled_from(["a", "'b c'", '"d"', "e f"]), inner, max_size=3),
        st.sampled_from([", ", ",\n    "]),
    ),
    max_leaves=5,
)  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn, indent: int, depth: int) -> str:
    """What may follow a key or ``-``, with the line's end, and lines below it."""
    pad = " " * indent
    form = draw(st.integers(0, 11 if depth else 8))
    if form == 0:
        return draw(st.sampled_from(["", " ", "  # none"])) + "\n"
    if form == 1:
        return f" {draw(PLAIN)}{draw(st.sampled_from(['', ' # c: d', '  ']))}\n"
    if form == 2:
        return f"  {draw(QUOTED)}{draw(st.sampled_from(['', ' # c']))}\n"
    if form == 3:
        return f" {draw(FLOW)}\n"
    if form == 4:
        more = draw(st.sampled_from(["b", "- c", "d\n\n" + pad + " e", "x:y", "[z"]))
        return f" a\n{pad} {more}\n"
    if form == 5:
        mark, text = draw(st.sampled_from(['"', "'"])), draw(st.sampled_from(["b", "\n", "# c"]))
        return f" {mark}a \n{pad}   {text}\n{pad} d{mark}\n"
    if form == 6:
        header = draw(st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "| # c", "!t |", "&y >-"]))
        lines = draw(st.lists(st.sampled_from(["a", "  b", "", "# c", "k: v", "- x", "\tt"])))
        return f" {header}\n{pad}  first\n" + "".join(
            f"{pad}  {line}\n" if line else "\n" for line in lines
        )
    if form == 7:
        header = draw(st.sampled_from(["|2", ">2", "|2-", "|+2", ">-2"]))
        return f" {header}\n{pad}     a\n{pad}   b\n\n"
    if form == 8:
        return f" {draw(st.sampled_from(['!t', '&x', '!t &x', '&x !!str']))} {draw(PLAIN)}\n"
    tags = draw(st.sampled_from(["", "", " # c", " !t", " &x"]))
    return f"{tags}\n" + draw(collections(indent + draw(st.integers(1, 3)), depth - 1))


@st.composite
def collections(draw: st.DrawFn, indent: int, depth: int) -> str:
    """A mapping or a sequence in block style."""
    pad, lines = " " * indent, []
    if draw(st.booleans()):
        for name in draw(st.lists(NAMES, min_size=1, max_size=3)):
            lines.append(f"{pad}{name}:" + draw(blocks(indent, depth)))
            if depth and draw(st.integers(0, 5)) == 0:
                lines.append(f"{pad}list:\n" + draw(items(indent, depth - 1)))
            if draw(st.integers(0, 4)) == 0:
                lines.append(draw(st.sampled_from(["\n", "# c: d\n", "     # e\n"])))
        return "".join(lines)
    return draw(items(indent, depth))


@st.composite
def items(draw: st.DrawFn, indent: int, depth: int) -> str:
    """A sequence in block style."""
    pad, lines = " " * indent, []
    for _ in range(draw(st.integers(1, 3))):
        form = draw(st.integers(0, 4))
        if form > 1 or not depth:
            lines.append(f"{pad}-" + draw(blocks(indent, depth)))
        else:
            gap = draw(st.integers(1, 3))
            inner = draw(collections(indent + 1 + gap, depth - 1))
            lines.append(f"{pad}-{inner[indent + 1 :]}")
    return "".join(lines)


@given(st.data(), st.booleans())
def test_reads_all_that_the_parser_reads(data: st.DataObject, wide: bool) -> None:
    text = data.draw(collections(0, 3))
    if data.draw(st.booleans()):
        text = f"%YAML 1.1\n---{data.draw(st.sampled_from(['', ' # c']))}\n{text}...\n# d\n{text}"
    try:
        composed(text)
    except yaml.YAMLError:
        return  # what follows a value is not always allowed there
    assert_agrees(text)
    if wide:
        assert_agrees(text.replace("\n", "\r\n"))


def real_files() -> list[pathlib.Path]:
    """YAML that the environment has."""
    folders = [sysconfig.get_paths()["purelib"], "."]
    return [
        file
        for folder in folders
        for ending in ("*.yaml", "*.yml")
        for file in pathlib.Path(folder).rglob(ending)
        if file.is_file() and file.stat().st_size < 40_000
    ]


def test_reads_real_files_as_the_parser_does() -> None:
    files = real_files()
    assert files
    for file in files[:300]:
        text = file.read_bytes().decode("utf-8", "replace")
        try:
            composed(text)
        except yaml.YAMLError:
            continue
        assert_agrees(text)


@given(st.text(alphabet="{}[]:,-?|>\"'\\#&!*%. ab1\n\r\t", max_size=60))
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    data = text.encode()
    for found in scan("a.yaml", data):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        assert 0 <= found.key_span.start <= found.key_span.end <= len(data)
        there = data[slice(*found.span)].decode()
        if len(there.splitlines()) < 2 and not found.style:
            assert there == found.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a:\n  b: {{ .Values.b | quote }}\n  c: {{ .c }}-{{ .d }}:x\n",
         {"a.b": "{{ .Values.b | quote }}", "a.c": "{{ .c }}-{{ .d }}:x"}),
        ("a:\n  {{- if .x }}\n  b: 1\n  {{- else }}\n  b: 2\n  {{- end }}\nc: 3\n",
         {"a.b": "2", "c": "3"}),
        ("a:\n  {{- toYaml .x | nindent 4 }}\n  b: 1", {"a.b": "1"}),
        ("{{- /* a: 1\n{{ b: 2 }}\n*/ -}}\nc: 3\n", {"c": "3"}),
        ("{{- $a := dict\n  \"b\" 1\n}}\nc: 3\n", {"c": "3"}),
        ('a: "{{ .b | default "x" }}"\nc: \'{{ .d }}\'\n',
         {"a": '{{ .b | default "x" }}', "c": "{{ .d }}"}),
        ("{{ .k }}: 1\n{{ .l }}-m: 2\n", {"{{ .k }}": "1", "{{ .l }}-m": "2"}),
        ("- {{ .a }}\n- [{{ .b }}, c]\n- d: {{ .e }}\n",
         {"[0]": "{{ .a }}", "[1][0]": "{{ .b }}", "[1][1]": "c", "[2].d": "{{ .e }}"}),
        ("{% if x %}\na: {{ b }}\n{% endif %}\n<% c %>\nd: <%= e %>\n{# f: 1 #}\n",
         {"a": "{{ b }}", "d": "<%= e %>"}),
        ("a: |\n  x\n{{- if .b }}\n  y\n{{- end }}\nc: 1\n",
         {"a": "x\n{{- if .b }}\ny\n", "c": "1"}),
        ("{{ unclosed\na: 1\n", {"a": "1"}),
        ("a: 1\n  b: 2\nc: 3", {"a": "1", "b": "2", "c": "3"}),
        ("a:\n    b: 1\n  c: 2\nd: 3", {"a.b": "1", "a.c": "2", "d": "3"}),
        ("a:\n    - b\n  - c\nd: 3", {"a[0]": "b", "a[1]": "c", "d": "3"}),
        ('a: "open\nb: 1\n', {"a": "open", "b": "1"}),
        ("a: 'open\nb: 'x'\n", {"a": "open", "b": "x"}),
        ('a: "x" y\nb: 1\n', {"a": "x", "b": "1"}),
        ("a: [1, 2\nb: 3\n", {"a[0]": "1", "a[1]": "2", "b": "3"}),
        ("a: {x: 1, y: 2\nb: 3\nc: 4\n", {"a.x": "1", "a.y": "2", "b": "3", "c": "4"}),
        ("a: {x: 1]}\nb: 3\n", {"a.x": "1", "b": "3"}),
        ("a: b: c\nd: e f: g # h\n", {"a": "b: c", "d": "e f: g"}),
        ("a:\n\tb: 1\n\tc:\n\t\td: 2\n", {"a.b": "1", "a.c.d": "2"}),
        ("a: 1\r\nb:\r\n  - c\r\n  - |\r\n    d\r\n    e\r\n",
         {"a": "1", "b[0]": "c", "b[1]": "d\ne\n"}),
        ("a: 1\rb: 2\r", {"a": "1", "b": "2"}),
        ("some words\na: 1\n", {"": "some words", "a": "1"}),
        ("a: @x\nb: `y`\nc: %z\n", {"a": "@x", "b": "`y`", "c": "%z"}),
        ("b:\n<<<<<<< HEAD\n  a: 1\n=======\n  a: 2\n>>>>>>> x\n  c: 3\n",
         {"b.a": "2", "b.c": "3"}),
        ("? [a, b]\n: c\nd: e\n", {"[0]": "a", "[1]": "b", "": "c", "d": "e"}),
        ("a: *.py\nb: &x\n  c: 1\n", {"a": "*.py", "b.c": "1"}),
        (b"a: \xff\n\xfe: 2\nb: 1", {"a": "\udcff", "\udcfe": "2", "b": "1"}),
        (b"\xef\xbb\xbf  a: 1\n  b:\n    c: 2\n", {"a": "1", "b.c": "2"}),
        ('a: "\\q\\ud83d\\ude00\\UFFFFFFFF"', {"a": "\\q\U0001f600\\UFFFFFFFF"}),
    ],
)  # fmt: skip
def test_what_parsers_refuse(text: str | bytes, found: dict[str, str]) -> None:
    assert {key: value for key, value in pairs("a.yaml", text).items() if value} == found


def test_a_key_without_a_value_is_null() -> None:
    found = scan("a.yaml", "a:\nb: !x\nc: [d: , e]\n")
    assert [(one.dotted, one.kind, one.tag) for one in found] == [
        ("a", "null", ""), ("b", "string", "!x"), ("c[0].d", "null", ""), ("c[1]", "string", ""),
    ]  # fmt: skip


def test_tags_are_kept() -> None:
    text = "a: !vault |\n  x\nb: !Ref y\nc: &z !!binary eA==\nd:\n  !Sub\n  'e'\nf: [!g h, i]\n"
    assert [one.tag for one in scan("a.yaml", text)] == [
        "!vault", "!Ref", "!!binary", "!Sub", "!g", "",
    ]  # fmt: skip


def test_each_document_begins_anew() -> None:
    found = scan("a.yaml", "# none\n---\na: 1\n---\n---\n- b\n...\n---\nc: 2\n")
    assert [(one.document, one.path) for one in found] == [(0, ("a",)), (2, (0,)), (3, ("c",))]


def test_spans_leave_quotes_and_indentation_out() -> None:
    text = "'u v': \"x\\u0041\" # c\nn:\n- 1\nb: >-\n\n   c\n   d\n\ne: {f: 'g'}\nh: i\n  j\n"
    assert written("a.yaml", text) == [
        ("u v", "x\\u0041"), ("", "1"), ("b", "c\n   d"), ("f", "g"), ("h", "i\n  j"),
    ]  # fmt: skip


def test_yaml_goes_to_its_scanner_and_json_to_its_own() -> None:
    assert (BY_KIND["yaml"], BY_KIND["json"]) == ("yaml", "json")


@pytest.mark.parametrize(
    "piece",
    ["- ", "a: ", "? ", "[", "{", "{a: ", "a:\n", "- a\n", "a: |\n", "a: |\n \n", '"', '"\n', "'\n",
     "a: '\n", 'a: "\nb: \'\n', "{{", "{{\n", "{{/*\n", "{%\n", "a: b\n c\n", "&a ", "!t\n",
     "---\n", "-\n ", "a b ", "a:\n\n", "#\n", "\t", "[a\nb: c\n", "a: [\n", '["\\", ', "- [',\n",
     "a: b # c", 'a: "b" "', "a: {{ b\n", "\n ", "a: >\n  b\n\n\n"],
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan_many("a.yaml", piece)) <= 4 * MANY
