"""The scanner of INI: what configparser reads it reads, and more."""

from __future__ import annotations

import configparser
import pathlib
import sysconfig

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.api import Setting
from tests.structure.reading import MANY, pairs, scan, scan_many, written

KEYS = st.from_regex(r"[A-Za-z_][\w. é-]{0,5}[a-z0-9]", fullmatch=True)
VALUES = st.text(st.sampled_from("abc:=[]#;\"'%$\\{} é"), max_size=8).map(str.strip)
LINES = st.lists(
    VALUES | st.sampled_from(["[x]", "a = b", "# not a line", "; nor this"]), max_size=3
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Sections with keys; values over lines, with blank lines and comments between."""
    text = draw(st.sampled_from(["", "# a = b\n", "\n; c\n"]))
    for section in draw(st.lists(KEYS, max_size=3, unique=True)):
        text += f"[{section}]\n"
        indent = draw(st.sampled_from(["", "  "]))
        for key in draw(st.lists(KEYS, max_size=4, unique=True)):
            sign = draw(st.sampled_from(["=", ":", " = ", " : ", ": ", "\t=\t"]))
            text += f"{indent}{key}{sign}{draw(VALUES)}\n"
            text += "".join(f"{indent}\t{line}\n" for line in draw(LINES))
            text += draw(st.sampled_from(["", "", "\n", "# c\n", "\n  ; d\n\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def parsed(text: str) -> list[tuple[tuple[str, ...], str | None]]:
    """What the parser makes of ``text``."""
    parser = configparser.RawConfigParser(
        allow_no_value=True, default_section="no such section", strict=True
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    names = parser.sections()
    return [((name, key), value) for name in names for key, value in parser[name].items()]


def as_parsed(found: Setting) -> tuple[tuple[str | int, ...], str | None]:
    """``found`` as the parser gives it, who keeps quotes."""
    value = f"{found.style}{found.value}{found.style}"
    return found.path, None if found.kind == "null" else value


@given(documents())
def test_reads_all_that_the_parser_reads(text: str) -> None:
    assert [as_parsed(found) for found in scan("a.ini", text)] == parsed(text)


def test_reads_real_files_as_the_parser_does() -> None:
    root = pathlib.Path(sysconfig.get_paths()["stdlib"])
    files = [file for end in ("ini", "cfg", "txt") for file in root.rglob(f"*.{end}")]
    agreed = 0
    for file in files:
        text = file.read_bytes().decode("utf-8", "replace")
        try:
            expected = parsed(text)
        except (configparser.Error, AttributeError):
            continue
        assert [as_parsed(found) for found in scan("a.ini", text)] == expected
        agreed += 1
    assert agreed > 5


@given(st.text(alphabet="[]=:;#\"' ab1\n\r\t", max_size=60), st.sampled_from(["ini", "conf"]))
def test_any_text_is_read_and_places_are_true(text: str, kind: str) -> None:
    data = text.encode()
    for found in scan("a", data, kind):
        assert 0 <= found.span.start <= found.span.end <= len(data)
        assert data[slice(*found.key_span)].decode() == found.key
        if "\n" not in found.value:
            assert found.value in data[slice(*found.span)].decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = 1\nb: 2\n", {"a": "1", "b": "2"}),
        ("//registry.example.org/:_authToken=x:y\n@me:registry=https://h/\n",
         {"//registry.example.org/:_authToken": "x:y", "@me:registry": "https://h/"}),
        ('[remote "my origin"]\n\turl = u\n\tfetch = f\n',
         {"remote.my origin.url": "u", "remote.my origin.fetch": "f"}),
        ("[pypi]\nusername: me\npassword: p = q\n",
         {"pypi.username": "me", "pypi.password": "p = q"}),
        ("[mysqld]\nskip-name\npassword=\"a b\"\n!include x\n",
         {"mysqld.skip-name": "", "mysqld.password": "a b", "mysqld.!include x": ""}),
        ("[a]\nx = 1\nx = 2\n[a\ny = {{ .y }}\n= 3\n", {"a.x": "2", "a.[a": "", "a.y": "{{ .y }}"}),
        ("{{- if .x }}\n[a]\nx = {% y %}\n{% end: %}\n", {"a.x": "{% y %}"}),
        ("[a]\rx = 1\ry = 2\r", {"a.x": "1", "a.y": "2"}),
        (b"\xef\xbb\xbf[a]\nx = \xff\n", {"a.x": "\udcff"}),
        ("[a]\nx = 'open\ny = ''\nz = 'a' 'b'", {"a.x": "'open", "a.y": "", "a.z": "'a' 'b'"}),
    ],
)  # fmt: skip
def test_what_the_parser_refuses(text: str | bytes, found: dict[str, str]) -> None:
    assert pairs("a.ini", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("requirepass foobared # c\nport 6379\n", {"requirepass": "foobared", "port": "6379"}),
        ("password = 'a b'\nuser: \"x\"\n", {"password": "a b", "user": "x"}),
        ("http {\n  server {\n    listen 80;\n  }\n  root /x;\n}\nuser www;",
         {"http.server.listen": "80", "http.root": "/x", "user": "www"}),
        ("location ~ /a {\n  set $x 'y';\n}\n", {"location ~ /a.set": "$x 'y'"}),
        ("<VirtualHost *:80>\n  ServerName h\n</VirtualHost>\nListen 80\n",
         {"VirtualHost *:80.ServerName": "h", "Listen": "80"}),
        ("[a]\nx = 1\n[b]\ny z#1\n", {"a.x": "1", "b.y": "z#1"}),
        ("a {\n b {\n}}}\n}\nc = d\n", {"c": "d"}),
        ("alone\n{{ if }}\nx\t'open\n", {"alone": "", "x": "'open"}),
    ],
)  # fmt: skip
def test_lines_of_conf(text: str, found: dict[str, str]) -> None:
    assert pairs("a.conf", text) == found


@pytest.mark.parametrize(
    "name", [".npmrc", ".pypirc", "my.cnf", "a.service", ".s3cfg", "setup.cfg"]
)
def test_files_that_are_read(name: str) -> None:
    assert pairs(name, "[a]\nb = c\n") == {"a.b": "c"}


def test_spans_hold_all_lines_of_a_value() -> None:
    text = "[s]\nb = \"x\" ; d\nc = 'd'\ne =\n  f\n\n  g\n\nh=1"
    assert written("a.ini", text) == [
        ("b", '"x" ; d'), ("c", "d"), ("e", "f\n\n  g"), ("h", "1"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["ini", "conf"])
@pytest.mark.parametrize(
    "piece",
    ["[", "]", "[a\n", "=", "a=b\n", " \n", " a\n", "//", "{{",
     "{{ a }}", "{% ", "a {\n", "}", '"', "a #", "<", "\r"]
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(kind: str, piece: str) -> None:
    assert len(scan_many("a", piece, kind=kind)) <= MANY
