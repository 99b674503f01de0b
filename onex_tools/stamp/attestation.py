"""The attestation: the hashes of many files in one document outside of them, an in-toto Statement.

The form is version 1 of the Statement (https://in-toto.io/Statement/v1). A subject is a file: its
``name`` is the path, in the one form that a lock has for it, and its ``digest`` has two entries:

``onexBodyB3V1``
    64 lower-case hexadecimal digits: what stands behind ``b3-v1:`` in a stamp. It is BLAKE3 of the
    file's *body*, not of the file, so it bears a name that no tool can take for a plain BLAKE3.
``sha256``
    SHA-256 of all bytes of the file, for verifiers that know nothing of stamps. A symbolic link
    has none: who reads its path gets the bytes of another file.

The predicate says which version of this format it is and which paths were looked at. Nobody signs
the document here, and nobody verifies a signature: ``parse_attestation`` opens an envelope (DSSE,
or the Sigstore bundle around one) only to see what is inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from onex_tools.stamp.hashing import PREFIX
from onex_tools.stamp.lock import fault_of_path, path_bytes, read_path, written

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://onex.invalid/attestation/stamp/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
FORMAT = "1"
BODY, WHOLE = "onexBodyB3V1", "sha256"
"""The names of the digests: of a file's body, and of all its bytes."""

MAX_BYTES = 64 << 20
"""A longer document is not read; this is room for 200,000 files."""
MAX_VALUES = 2_000_000
"""More values are not read, since each takes memory; a file has five or six, by our count."""
MAX_DEPTH = 32
"""Objects and lists stand no deeper in one another; ours need four levels."""

_LINK = "onexLink"
_HEX = re.compile(r"[0-9a-f]{64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]*={0,2}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_WORDS = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


class Subject(NamedTuple):
    """A file that an attestation speaks for.

    Attributes:
        path: relative to the root; bytes that are not UTF-8 are surrogate-escaped.
        hash: that of the body, with its prefix; of a link, that of its text.
        sha256: 64 hexadecimal digits over all bytes; empty for a link.
        link: whether it is a symbolic link.
    """

    path: str
    hash: str
    sha256: str = ""
    link: bool = False


class Attestation(NamedTuple):
    """What an attestation says.

    Attributes:
        subjects: sorted by the bytes of their paths.
        paths: the files and folders that were looked at; empty for the whole tree.
        created_at: when it was made, in UTC to the second, or empty: most say nothing.
        envelope: what was around the statement, in words; empty for a bare one.
    """

    subjects: Sequence[Subject]
    paths: Sequence[str] = ()
    created_at: str = ""
    envelope: str = ""

    def covers(self, path: str) -> bool:
        """Whether ``path`` is among what was looked at."""
        return not self.paths or any(
            path == named or path.startswith(f"{named}/") for named in self.paths
        )


class AttestationError(ValueError):
    """A document that is no attestation; ``message`` says what was found and what expected."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


# Writing -----------------------------------------------------------------------------------------


def render_attestation(attestation: Attestation) -> bytes:
    """The statement as JSON, one subject a line: the same bytes for the same files, always.

    Raises:
        AttestationError: there is no subject, or two have one path: no reader would take it.
    """
    rows = sorted(attestation.subjects, key=lambda subject: path_bytes(subject.path))
    subjects = ",\n".join(f"    {_compact(_row(subject))}" for subject in rows)
    predicate: dict[str, Any] = {"format": FORMAT, "paths": _names(attestation.paths)}
    if attestation.created_at:
        predicate["createdAt"] = attestation.created_at
    text = (
        f'{{\n  "_type": {_compact(STATEMENT_TYPE)},\n'
        f'  "subject": [\n{subjects}\n  ],\n'
        f'  "predicateType": {_compact(PREDICATE_TYPE)},\n'
        f'  "predicate": {_compact(predicate)}\n}}\n'
    )
    data = text.encode("ascii")
    parse_attestation(data)  # what is written can be read
    return data


def _row(subject: Subject) -> dict[str, Any]:
    digest = {BODY: subject.hash.removeprefix(PREFIX)}
    if subject.sha256:
        digest[WHOLE] = subject.sha256
    row: dict[str, Any] = {"name": written(subject.path).decode(), "digest": digest}
    if subject.link:
        row["annotations"] = {_LINK: True}
    return row


def _names(paths: Iterable[str]) -> list[str]:
    return sorted(written(path).decode() for path in paths)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(", ", ": "))


# Reading -----------------------------------------------------------------------------------------


def parse_attestation(data: bytes) -> Attestation:
    """Read a statement, bare or in an envelope; whatever the bytes are, no other error comes out.

    As the specification wants it, fields and digests that are not known are passed over; those
    that are known must be right.

    Raises:
        AttestationError: it is none, or not of this version.
    """
    document = _object(_json(data, "attestation"), "attestation")
    envelope = ""
    if "dsseEnvelope" in document:
        document = _object(document["dsseEnvelope"], "`dsseEnvelope`")
        envelope = "a Sigstore bundle"
    if envelope or "payload" in document or "payloadType" in document:
        signatures, document = _opened(document)
        count = f"{signatures:,} signature{'' if signatures == 1 else 's'}"
        envelope = f"{envelope or 'a DSSE envelope'} with {count}"
    return _statement(document)._replace(envelope=envelope)


def _opened(envelope: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """How many signatures a DSSE envelope has, and the document in it."""
    _exactly(envelope.get("payloadType"), PAYLOAD_TYPE, "`payloadType`")
    signatures = _list(envelope.get("signatures"), "`signatures`")
    payload = _text(envelope.get("payload"), "`payload`")
    if not _BASE64.fullmatch(payload):
        raise AttestationError(f"`payload`: found {_shown(payload)}, expected base64")
    import base64
    import binascii

    plain = payload.translate(str.maketrans("-_", "+/"))
    try:
        data = base64.b64decode(plain, validate=True)
    except binascii.Error:
        said = f"found {len(payload):,} characters with wrong padding, expected base64"
        raise AttestationError(f"`payload`: {said}") from None
    return len(signatures), _object(_json(data, "`payload`"), "`payload`")


def _json(data: bytes, where: str) -> Any:
    if len(data) > MAX_BYTES:
        said = f"found {len(data):,} bytes, expected {MAX_BYTES:,} at most"
        raise AttestationError(f"{where}: {said}")
    values = sum(map(data.count, (b"{", b"[", b",")))
    if values > MAX_VALUES:
        said = f"found {values:,} values, expected {MAX_VALUES:,} at most"
        raise AttestationError(f"{where}: {said}")
    try:
        text = data.decode("utf-8")
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        said = f"found byte {data[error.start]:#04x} at offset {error.start:,}, expected UTF-8"
        raise AttestationError(f"{where}: {said}") from None
    except json.JSONDecodeError as error:
        at = f"line {error.lineno:,}, column {error.colno:,}"
        raise AttestationError(f"{where}: {at}: {error.msg}; expected JSON") from None
    except RecursionError:
        raise _too_deep(where) from None
    except AttestationError:
        raise
    except ValueError:
        raise AttestationError(f"{where}: found a number of absurd length, expected JSON") from None
    _judge_depth(document, where)
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        said = f"found {_shown(twice)} twice in one object, expected each name once"
        raise AttestationError(said)
    return found


def _no_constant(name: str) -> Any:
    raise AttestationError(f"found {name}, which JSON does not have, expected a number")


def _judge_depth(document: Any, where: str) -> None:
    level: list[Any] = [[document]]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH + 1:
            raise _too_deep(where)
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, (dict, list))
        ]


def _too_deep(where: str) -> AttestationError:
    said = f"found objects or lists in one another, expected {MAX_DEPTH} levels at most"
    return AttestationError(f"{where}: {said}")


def _statement(document: Mapping[str, Any]) -> Attestation:
    if "_type" not in document:
        said = f"found no `_type`, expected {STATEMENT_TYPE}"
        raise AttestationError(f"this is no in-toto Statement: {said}")
    _exactly(document.get("_type"), STATEMENT_TYPE, "`_type`")
    _exactly(document.get("predicateType"), PREDICATE_TYPE, "`predicateType`")
    predicate = _object(document.get("predicate"), "`predicate`")
    _exactly(predicate.get("format"), FORMAT, "`predicate.format`")
    paths = [
        _path(name, f"`predicate.paths[{number}]`")
        for number, name in enumerate(_list(predicate.get("paths"), "`predicate.paths`"))
    ]
    created = _text(predicate.get("createdAt", ""), "`predicate.createdAt`")
    if created and not _TIME.fullmatch(created):
        said = f"found {_shown(created)}, expected a time like 2025-05-21T12:41:40Z"
        raise AttestationError(f"`predicate.createdAt`: {said}")
    subjects = _subjects(_list(document.get("subject"), "`subject`"))
    return Attestation(subjects, tuple(paths), created)


def _subjects(rows: Sequence[Any]) -> list[Subject]:
    if not rows:
        raise AttestationError("`subject`: found an empty list, expected a file at least")
    found: dict[str, Subject] = {}
    for number, row in enumerate(rows):
        subject = _subject(row, f"`subject[{number}]`")
        if subject.path in found:
            said = f"found {_shown(subject.path)} once more, expected each file once"
            raise AttestationError(f"`subject[{number}].name`: {said}")
        found[subject.path] = subject
    return sorted(found.values(), key=lambda subject: path_bytes(subject.path))


def _subject(row: Any, where: str) -> Subject:
    row = _object(row, where)
    inner = where[:-1]
    path = _path(row.get("name"), f"{inner}.name`")
    digest = _object(row.get("digest"), f"{inner}.digest`")
    body = _hex(digest.get(BODY), f"{inner}.digest.{BODY}`")
    whole = _hex(digest[WHOLE], f"{inner}.digest.{WHOLE}`") if WHOLE in digest else ""
    annotations = _object(row.get("annotations", {}), f"{inner}.annotations`")
    link = annotations.get(_LINK, False)
    if not isinstance(link, bool):
        raise _wrong(link, "true or false", f"{inner}.annotations.{_LINK}`")
    return Subject(path, PREFIX + body, whole, link)


# What a value must be ----------------------------------------------------------------------------


def _path(value: Any, where: str) -> str:
    form = _text(value, where)
    try:
        path = read_path(form.encode())
    except UnicodeEncodeError:
        said = f"found half a character in {_shown(form)}, expected Unicode"
        raise AttestationError(f"{where}: {said}") from None
    if path is None or written(path).decode() != form:
        said = f"found {_shown(form)}, expected a path in the form that onex.lock has for it"
        raise AttestationError(f"{where}: {said}")
    refused = fault_of_path(path)
    if refused:
        said = f"found {_shown(form)} ({refused}), expected a path below the root"
        raise AttestationError(f"{where}: {said}")
    return path


def _hex(value: Any, where: str) -> str:
    text = _text(value, where)
    if not _HEX.fullmatch(text):
        said = f"found {_shown(text)}, expected 64 lower-case hexadecimal digits"
        raise AttestationError(f"{where}: {said}")
    return text


def _exactly(value: Any, wanted: str, where: str) -> None:
    text = _text(value, where)
    if text != wanted:
        raise AttestationError(f"{where}: found {_shown(text)}, expected {wanted!r}")


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, "an object", where)
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(value, "a list", where)
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong(value, "a text", where)
    return value


def _wrong(value: Any, wanted: str, where: str) -> AttestationError:
    found = "nothing" if value is None else _WORDS[type(value)]
    return AttestationError(f"{where}: found {found}, expected {wanted}")


def _shown(text: str) -> str:
    """The beginning of a text, such that any terminal can show it."""
    return ascii(text[:60]) + ("..." if len(text) > 60 else "")
