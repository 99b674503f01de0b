"""The attestation as a document: what is written is read again, and nothing else is believed."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.stamp.attestation import (
    BODY,
    FORMAT,
    MAX_BYTES,
    PREDICATE_TYPE,
    STATEMENT_TYPE,
    Attestation,
    AttestationError,
    Subject,
    parse_attestation,
    render_attestation,
)
from onex_tools.stamp.lock import fault_of_path

DIGITS = st.text("0123456789abcdef", min_size=64, max_size=64)
PARTS = st.binary(min_size=1, max_size=12).map(
    lambda raw: raw.replace(b"/", b"-").decode("utf-8", "surrogateescape")
)
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join).filter(lambda p: not fault_of_path(p))


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    link = draw(st.booleans())
    whole = "" if link else draw(DIGITS)
    return Subject(draw(PATHS), "b3-v1:" + draw(DIGITS), whole, link)


ATTESTATIONS = st.builds(
    Attestation,
    st.lists(subjects(), min_size=1, max_size=6, unique_by=lambda subject: subject.path),
    st.lists(PATHS, max_size=2, unique=True).map(tuple),
    st.sampled_from(["", "2025-05-21T12:41:40Z"]),
)


def statement(**more: Any) -> dict[str, Any]:
    """A statement on one file, some of its fields replaced; ``...`` takes one out."""
    fields = {
        "_type": STATEMENT_TYPE,
        "subject": [subject()],
        "predicateType": PREDICATE_TYPE,
        "predicate": {"format": FORMAT, "paths": []},
        **more,
    }
    return {key: value for key, value in fields.items() if value is not ...}


def subject(**more: Any) -> dict[str, Any]:
    """One subject, some of its fields replaced."""
    fields = {"name": "a.py", "digest": {BODY: "0" * 64, "sha256": "1" * 64}, **more}
    return {key: value for key, value in fields.items() if value is not ...}


def dsse(data: bytes, **more: Any) -> dict[str, Any]:
    """An envelope around ``data``."""
    signature = {"keyid": "k", "sig": "c2ln"}
    fields = {
        "payloadType": "application/vnd.in-toto+json",
        "payload": base64.b64encode(data).decode(),
        "signatures": [signature],
        **more,
    }
    return {key: value for key, value in fields.items() if value is not ...}


def fault(document: Any) -> str:
    """Why a document is refused."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(AttestationError) as caught:
        parse_attestation(data)
    assert caught.value.message.isascii() and caught.value.message.isprintable()
    assert "expected" in caught.value.message
    return caught.value.message


# Laws --------------------------------------------------------------------------------------------


@given(ATTESTATIONS)
def test_what_is_written_is_read_again(attestation: Attestation) -> None:
    data = render_attestation(attestation)
    read = parse_attestation(data)
    assert set(read.subjects) == set(attestation.subjects)
    assert sorted(read.paths) == sorted(attestation.paths)
    assert read.created_at == attestation.created_at
    assert render_attestation(read) == data


@given(ATTESTATIONS, st.randoms())
def test_order_of_files_changes_nothing(attestation: Attestation, random: Any) -> None:
    shuffled = list(attestation.subjects)
    random.shuffle(shuffled)
    data = render_attestation(attestation)
    assert render_attestation(attestation._replace(subjects=shuffled)) == data
    assert data.isascii() and data.endswith(b"}\n") and b"\r" not in data


@given(ATTESTATIONS, st.booleans())
def test_an_envelope_changes_nothing_but_what_is_said_of_it(
    attestation: Attestation, bundle: bool
) -> None:
    data = render_attestation(attestation)
    document = dsse(data)
    if bundle:
        document = {"mediaType": "application/vnd.dev.sigstore.bundle+json;version=0.3"} | {
            "dsseEnvelope": document
        }
    read = parse_attestation(json.dumps(document).encode())
    around = "a Sigstore bundle" if bundle else "a DSSE envelope"
    assert read == parse_attestation(data)._replace(envelope=f"{around} with 1 signature")


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused_and_never_crash(data: bytes) -> None:
    fault(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
PLACES = [
    ("_type",),
    ("predicateType",),
    ("predicate",),
    ("predicate", "format"),
    ("predicate", "createdAt"),
    ("subject",),
    ("subject", 0),
    ("subject", 0, "name"),
    ("subject", 0, "digest"),
    ("subject", 0, "digest", BODY),
    ("subject", 0, "digest", "sha256"),
    ("subject", 0, "annotations"),
]


@given(st.sampled_from(PLACES), JSON)
def test_any_value_in_any_place_is_taken_or_refused_in_words(place: Any, value: Any) -> None:
    document: Any = statement()
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    try:
        parse_attestation(json.dumps(document).encode())
    except AttestationError as error:
        assert "expected" in error.message and error.message.isprintable()


# The form ----------------------------------------------------------------------------------------


def test_form_is_that_of_the_specification() -> None:
    data = render_attestation(
        Attestation(
            [Subject("ö/b.py", "b3-v1:" + "a" * 64, "b" * 64), Subject("a", "b3-v1:" + "0" * 64)]
        )
    )
    assert data.decode().splitlines() == [
        "{",
        '  "_type": "https://in-toto.io/Statement/v1",',
        '  "subject": [',
        f'    {{"name": "a", "digest": {{"onexBodyB3V1": "{"0" * 64}"}}}},',
        f'    {{"name": "\\u00f6/b.py", "digest": {{"onexBodyB3V1": "{"a" * 64}", '
        f'"sha256": "{"b" * 64}"}}}}',
        "  ],",
        '  "predicateType": "https://onex.invalid/attestation/stamp/v1",',
        '  "predicate": {"format": "1", "paths": []}',
        "}",
    ]


@given(ATTESTATIONS)
def test_in_totos_own_library_takes_it(attestation: Attestation) -> None:
    from google.protobuf.json_format import Parse
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement

    message = Parse(render_attestation(attestation), statement_pb2.Statement())
    Statement.copy_from_pb(message).validate()
    assert len(message.subject) == len(attestation.subjects)
    assert all(row.digest[BODY] for row in message.subject)


def test_envelope_of_another_library_is_opened() -> None:
    from securesystemslib.dsse import Envelope

    data = render_attestation(Attestation([Subject("a", "b3-v1:" + "0" * 64, "1" * 64)]))
    envelope = Envelope(data, "application/vnd.in-toto+json", {}).to_dict()
    read = parse_attestation(json.dumps(envelope).encode())
    assert read.envelope == "a DSSE envelope with 0 signatures"


def test_fields_that_nobody_knows_are_passed_over() -> None:
    document = statement(
        subject=[subject(uri="git+https://example.org", extra=1)],
        predicate={"format": FORMAT, "paths": [], "com_example": [{}]},
        more={"a": [1.5, None, True]},
    )
    document["subject"][0]["digest"]["somecoolhash"] = "?"
    assert parse_attestation(json.dumps(document).encode()).subjects[0].path == "a.py"


def test_base64_for_urls_is_base64_too() -> None:
    data = json.dumps(statement(more="\u00ff\u00fe>>>???"), ensure_ascii=False).encode()
    plain, urls = base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()
    assert plain != urls
    read = [parse_attestation(json.dumps(dsse(b"", payload=p)).encode()) for p in (plain, urls)]
    assert read[0] == read[1]


def test_covers_what_was_looked_at() -> None:
    some = Attestation([], ("src", "a.py"))
    assert some.covers("src/x/y.py") and some.covers("a.py")
    assert not some.covers("srcs/x.py") and not some.covers("b.py")
    assert Attestation([]).covers("anything")


# Hostile and broken documents --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "attestation: line 1, column 1: "),
        (b"\xef\xbb\xbf{}", "attestation: "),
        (b'{"_type": "\xff"}', "found byte 0xff at offset 11, expected UTF-8"),
        ([], "attestation: found a list, expected an object"),
        ({}, "this is no in-toto Statement: found no `_type`, expected http"),
        ({"_type": 1}, "`_type`: found a number, expected a text"),
        (b'{"_type": 1, "_type": 2}', "found '_type' twice in one object"),
        (b'{"_type": NaN}', "found NaN"),
        (b"[" * 100_000, "expected 32 levels at most"),
        (b"[" + b"1," * 2_000_000, "found 2,000,001 values, expected 2,000,000 at most"),
        (b"[" * 40 + b"]" * 40, "expected 32 levels at most"),
        (b"9" * 10_000, "a number of absurd length"),
        (statement(_type="https://in-toto.io/Statement/v0.1"), "`_type`: found 'https://in-toto"),
        (statement(predicateType="https://slsa.dev/provenance/v1"), "`predicateType`: found 'http"),
        (statement(predicate=...), "`predicate`: found nothing, expected an object"),
        (statement(predicate={"format": "2", "paths": []}), "found '2', expected '1'"),
        (statement(predicate={"format": 1, "paths": []}), "found a number, expected a text"),
        (statement(predicate={"format": "1"}), "`predicate.paths`: found nothing"),
        (statement(predicate={"format": "1", "paths": ["../x"]}), "`predicate.paths[0]`: found"),
        (
            statement(predicate={"format": "1", "paths": [], "createdAt": "today"}),
            "expected a time like",
        ),
        (statement(subject={}), "`subject`: found an object, expected a list"),
        (statement(subject=[]), "`subject`: found an empty list"),
        (statement(subject=["a.py"]), "`subject[0]`: found a text, expected an object"),
        (statement(subject=[subject(), subject()]), "found 'a.py' once more"),
        (statement(subject=[subject(name=...)]), "`subject[0].name`: found nothing"),
        (statement(subject=[subject(name="/etc/passwd")]), "(absolute path)"),
        (statement(subject=[subject(name="a/../../b")]), "(path with a `..` part)"),
        (statement(subject=[subject(name="a//b")]), "(path with an empty or `.` part)"),
        (statement(subject=[subject(name="")]), "(path with an empty or `.` part)"),
        (statement(subject=[subject(name="\x1b[2J")]), r"found '\x1b[2J', expected a path in"),
        (statement(subject=[subject(name='"a"')]), "expected a path in the form"),
        (statement(subject=[subject(name=r'"\x00"')]), "(path with a NUL byte)"),
        (statement(subject=[subject(name="\ud800")]), "found half a character"),
        (statement(subject=[subject(digest={})]), "`subject[0].digest.onexBodyB3V1`: found nothi"),
        (statement(subject=[subject(digest={BODY: "F" * 64})]), "expected 64 lower-case hexadec"),
        (
            statement(subject=[subject(digest={BODY: "0" * 64, "sha256": "0"})]),
            "`subject[0].digest.sha256`: found '0', expected 64",
        ),
        (
            statement(subject=[subject(annotations={"onexLink": 1})]),
            "found a number, expected true or false",
        ),
        (dsse(b"{}"), "this is no in-toto Statement"),
        (dsse(b"[]"), "`payload`: found a list"),
        (dsse(b"{", payload="!"), "`payload`: found '!', expected base64"),
        (dsse(b"{", payload="abcde"), "with wrong padding"),
        (dsse(b"{", payload=...), "`payload`: found nothing"),
        (dsse(b"{", signatures=...), "`signatures`: found nothing, expected a list"),
        (dsse(b"{", payloadType="text/plain"), "`payloadType`: found 'text/plain'"),
        ({"dsseEnvelope": []}, "`dsseEnvelope`: found a list"),
        ({"dsseEnvelope": {}}, "`payloadType`: found nothing"),
    ],
)
def test_fault_is_named_with_what_was_found_and_expected(document: Any, said: str) -> None:
    assert said in fault(document)


def test_a_document_that_is_too_long_is_not_read() -> None:
    assert f"expected {MAX_BYTES:,} at most" in fault(b" " * (MAX_BYTES + 1))


def test_nothing_that_cannot_be_read_is_written() -> None:
    one = Subject("a", "b3-v1:" + "0" * 64, "1" * 64)
    for subjects_ in ([], [one, one], [one._replace(path="../a")], [one._replace(hash="b3-v1:")]):
        with pytest.raises(AttestationError):
            render_attestation(Attestation(subjects_))
