"""The scanner of XML: what a parser reads it reads, and more."""

from __future__ import annotations

import pathlib
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.structure.xml import scan as scan_plain
from tests.structure.reading import MANY, pairs, scan, scan_many, written

NAMES = st.from_regex(r"[a-c][\w.-]{0,3}", fullmatch=True).filter(str.isascii)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z", "C"])
JOINED_OR_NAMESPACED = re.compile(
    r"\bvalue=|<(?:value|string|integer|real|date|data|dict|array)\b|xmlns|<!ENTITY|xml:", re.I
)
TEXT = st.text(LETTERS | st.sampled_from("<>&\"'=/{} \n"), max_size=8)


def elements(inner: st.SearchStrategy[ET.Element]) -> st.SearchStrategy[ET.Element]:
    """An element with attributes, texts, and elements in it."""

    def built(
        name: str, attributes: dict[str, str], texts: list[str], children: list[ET.Element]
    ) -> ET.Element:
        element = ET.Element(name, attributes)
        element.text = texts[0]
        for child, tail in zip(children, texts[1:], strict=False):
            child.tail = tail
            element.append(child)
        return element

    texts = st.lists(TEXT, min_size=4, max_size=4)
    return st.builds(
        built, NAMES, st.dictionaries(NAMES, TEXT, max_size=3), texts, st.lists(inner, max_size=3)
    )


Leaf = tuple[tuple[str, ...], str]


def leaves(element: ET.Element, above: tuple[str, ...] = ()) -> list[Leaf]:
    """The attributes and the texts in the order of their places."""
    path = (*above, element.tag)
    found = [((*path, key), value) for key, value in element.items()]
    found += text_of(path, element.text)
    for child in element:
        if isinstance(child.tag, str):
            found += leaves(child, path)
        found += text_of(path, child.tail)
    return found


def text_of(path: tuple[str, ...], text: str | None) -> list[Leaf]:
    """The text without white space around it, if there is any."""
    ascii_space = " \t\n\r\x0b\x0c"
    return [(path, text.strip(ascii_space))] if text and text.strip(ascii_space) else []


@given(elements(elements(elements(NAMES.map(ET.Element)))))
def test_reads_all_that_a_parser_reads(root: ET.Element) -> None:
    text = ET.tostring(root, encoding="unicode")
    found = [(one.path, one.value) for one in scan_plain(text.encode())]
    assert found == leaves(ET.fromstring(text))


def test_reads_real_files_as_the_parser_does() -> None:
    agreed = 0
    for file in sorted(pathlib.Path("/usr/share").rglob("*.xml"))[:2000]:
        text = file.read_bytes().decode("utf-8", "replace")
        if JOINED_OR_NAMESPACED.search(text):
            continue
        try:
            expected = leaves(ET.fromstring(text.encode()))
        except ET.ParseError:
            continue
        found = [(one.path, one.value) for one in scan_plain(text.encode())]
        assert [pair for pair in found if pair[1]] == [pair for pair in expected if pair[1]], file
        agreed += 1
        if agreed == 50:
            break
    assert agreed or not pathlib.Path("/usr/share/xml").exists()


@given(st.text(alphabet="</>=\"'&;!-[] ab1\nkeyvalue", max_size=60))
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    data = text.encode()
    for found in scan("a.xml", data):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        if not {"<!", "\n"} & {text[at : at + 2] for at in range(60)} and "\n" not in text:
            assert data[slice(*found.span)].decode().startswith(found.value[:1])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<c><appSettings><add key="Pass" value="x" /></appSettings></c>',
         {"c.appSettings.add.key": "Pass", "c.appSettings.add.Pass": "x"}),
        ('<p><property value="x" name="pass"/></p>',
         {"p.property.pass": "x", "p.property.name": "pass"}),
        ('<add name="db" connectionString="a=b;c=&quot;d&quot;"/>',
         {"add.name": "db", "add.connectionString": 'a=b;c="d"'}),
        ("<c><name>pass</name>\n<value>x</value><value>y</value></c>",
         {"c.name": "pass", "c.pass": "x", "c.value": "y"}),
        ("<plist><dict><key>a</key><string>b</string><key>c</key><dict><key>d</key>"
         "<integer>1</integer></dict><key>e</key><true/><string>f</string></dict></plist>",
         {"plist.dict.a": "b", "plist.dict.c.d": "1", "plist.dict.c.key": "d",
          "plist.dict.key": "e",
          "plist.dict.string": "f"}),
        ("<s><server><id>r</id><password>p&amp;&#113;&#x72;</password></server></s>",
         {"s.server.id": "r", "s.server.password": "p&qr"}),
        ("<a><![CDATA[<x> & ]]> y<!-- <b>z</b> --> z</a>", {"a": "<x> &  y z"}),
        ("<a><b>1<c>2</a><d>3", {"a.b": "1", "a.b.c": "2", "d": "3"}),
        ("</x><a b='1' c=2 d=\"open><e>5</e>", {"a.b": "1", "a.c": "2", "a.d": "open", "a.e": "5"}),
        ("<n:a n:b='1'>2</n:a>\r\n", {"n:a.n:b": "1", "n:a": "2"}),
        ("<?xml version='1.0'?><!DOCTYPE a><a>{{ .b }}</a>", {"a": "{{ .b }}"}),
        ("<a><%= x %></a><b>&unknown;&#xFFFFFF;</b>", {"b": "&unknown;&#xFFFFFF;"}),
        (b"\xef\xbb\xbf<a>\xff</a>", {"a": "\udcff"}),
        ("<a><!-- open <b>1</b>", {}),
    ],
)  # fmt: skip
def test_pairs_and_what_parsers_refuse(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs("a.xml", text) == found


@pytest.mark.parametrize("name", ["web.config", "a.csproj", "Info.plist", "pom.xml"])
def test_files_that_are_read(name: str) -> None:
    assert pairs(name, "<a>b</a>") == {"a": "b"}


def test_spans_leave_the_quotes_out() -> None:
    text = '<é a = \'b\'>\n c &lt; <![CDATA[d]]>\n<add value="v" key="k"/></é>'
    assert written("a.xml", text) == [
        ("a", "b"), ("é", "c &lt; <![CDATA[d"), ("k", "v"), ("key", "k"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    ["<", "<a", "<a ", "<a>", "</a>", "<a></b>", "<!--", "<![CDATA[", "<a b='", '"', "<a b=", "&#",
     "x<!---->", "<a/>", "<key>a</key>", "<a/", "/", "<?", "<a key=a value=b>", "a="],
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(piece: str) -> None:
    assert len(scan_many("a.xml", piece)) <= 2 * MANY
    assert len(scan_many("a.xml", piece, before="<a ")) <= 2 * MANY
