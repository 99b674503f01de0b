"""The scanners of files that hold nothing but credentials."""

from __future__ import annotations

import base64
import json
import netrc
import pathlib
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.structure.reading import MANY, pairs, scan, scan_many, written

WORDS = st.text(st.sampled_from("ab1:@/é$=."), min_size=1, max_size=6)
ANY = st.text(st.sampled_from("ab1:@/é$= \\\"#'"), min_size=1, max_size=6)


@given(st.dictionaries(WORDS, st.tuples(WORDS, ANY), max_size=3), st.sampled_from([" ", "\n\t"]))
def test_reads_what_the_parser_of_netrc_reads(data: dict[str, tuple[str, str]], gap: str) -> None:
    text = ""
    for machine, (login, password) in data.items():
        escaped = password.replace("\\", "\\\\").replace('"', '\\"')
        words = ["machine", machine, "login", login, "password", f'"{escaped}"']
        text += gap.join(words) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "netrc")
        file.write_bytes(text.encode())
        parsed = netrc.netrc(str(file)).hosts
    expected = {}
    for machine, (login, _, password) in parsed.items():
        expected[f"machine {machine}.login"] = login
        expected[f"machine {machine}.password"] = password
    assert pairs(".netrc", text) == expected


@given(st.lists(st.tuples(*[ANY.filter(lambda text: text[0] != "#")] * 5), max_size=3))
def test_reads_the_fields_of_pgpass(entries: list[tuple[str, ...]]) -> None:
    lines = [
        ":".join(field.replace("\\", "\\\\").replace(":", "\\:") for field in entry)
        for entry in entries
    ]
    found = scan(".pgpass", "\n".join(lines) + "\n")
    expected = []
    for host, port, database, user, password in entries:
        place = f"{host}:{port}/{database}"
        expected += [((place, "username"), user), ((place, "password"), password)]
    assert [(one.path, one.value) for one in found] == expected


@given(WORDS.filter(lambda text: ":" not in text), ANY)
def test_docker_credentials_are_decoded(user: str, password: str) -> None:
    coded = base64.b64encode(f"{user}:{password}".encode()).decode()
    for text in ({"auths": {"h": {"auth": coded}}}, {"h": {"auth": coded}}):
        (found,) = scan("x/config.json", json.dumps(text))
        assert (found.key, found.value) == ("auth", f"{user}:{password}")
        assert found.decoded_from == "base64"
        assert json.dumps(text).encode()[slice(*found.span)].decode() == coded


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (".netrc", "# machine x password y\ndefault login a password b\n",
         {"default.login": "a", "default.password": "b"}),
        ("_netrc", "machine h\r\n  login a\r\n  password #b # c\r\nmacdef m\n password x\n"
         "\nmachine i password c",
         {"machine h.login": "a", "machine h.password": "#b", "machine i.password": "c"}),
        (".netrc", 'machine h password "open', {"machine h.password": "open"}),
        (".netrc", "password x machine", {"password": "x"}),
        (".git-credentials", "https://me:p%40ss@h.example\nhttp://t@i/x\nhttps://j\n",
         {"https://h.example.username": "me", "https://h.example.password": "p@ss",
          "http://i.username": "t"}),
        (".git-credentials", "https://me@x.org:p!#@4@h\n",
         {"https://h.username": "me@x.org", "https://h.password": "p!#@4"}),
        (".pgpass", "# a:b:c:d:e\nh:*:*:me:a:b\nshort:x\n",
         {"h:*/*.username": "me", "h:*/*.password": "a:b"}),
        (".htpasswd", "me:$apr1$x/y\r\n#c:d\nempty:\n", {"me.password": "$apr1$x/y"}),
        ("etc/shadow", "root:$6$ab$cd:1:0:9:7:::\nbin:*:1:0:9:7:::\nx::1::\n",
         {"root.password": "$6$ab$cd", "bin.password": "*"}),
        (".dockercfg", '{"auths": {"h": {"auth": "{{ X }}", "email": "e"}}, "x": {"auth": "AAAA"}}',
         {"auths.h.auth": "{{ X }}", "auths.h.email": "e", "x.auth": "AAAA"}),
        (".aws/credentials", "[default]\naws_secret_access_key = x\n",
         {"default.aws_secret_access_key": "x"}),
        (".s3cfg", "[default]\nsecret_key = x\n", {"default.secret_key": "x"}),
    ],
)  # fmt: skip
def test_files_as_they_come(name: str, text: str, found: dict[str, str]) -> None:
    assert pairs(name, text) == found


def test_spans_are_those_of_the_fields() -> None:
    assert written(".netrc", 'machine h password "a\\"b"') == [("password", 'a\\"b')]
    assert written(".pgpass", "h:1:d:me:a\\:b\n") == [("", "me"), ("", "a\\:b")]
    assert written("shadow", "me:x:1:\n") == [("me", "x")]


NAMES = [".netrc", ".pgpass", ".git-credentials", "shadow", ".dockercfg"]


@given(st.binary(max_size=60).map(lambda data: data.replace(b"\0", b":")), st.sampled_from(NAMES))
def test_any_bytes_are_read(data: bytes, name: str) -> None:
    for found in scan(name, data):
        assert 0 <= found.span.start <= found.span.end <= len(data)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "piece",
    ["machine ", "password ", "macdef x ", "#", '"', "\\", ":", "a:", "a://", "a://b:c@", "a+",
     "a://b:", "h:1:d:u:p\n", "@", '{"auth":"YTpi"},', "://a:@"],
)  # fmt: skip
def test_much_of_the_same_costs_no_more_than_its_length(name: str, piece: str) -> None:
    assert len(scan_many(name, piece)) <= 2 * MANY
