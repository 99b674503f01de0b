"""Test vectors of the stamp format, for implementations in any language; made by ``make gen``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from onex_tools.published.cases import CASES, HASHES, NAMESPACES, NOW, UUID, UUIDS, Case
from onex_tools.stamp import Stamp, body_hash, file_type, read
from onex_tools.stamp.comments import Style
from onex_tools.stamp.identity import mint, normal_time
from onex_tools.stamp.plan import REFUSE, Plan, Source, Wish, plan, removed
from onex_tools.stamp.render import scalar
from onex_tools.stamp.values import new_fields

_SCALARS = ("a", "a b", "a: b", "a #b", "#a", "'a'", '"a"', "", "-", "1", "a\nb", "Ä", "💡", "\x7f")
_TIMES = (
    "2025-05-21T12:41:40.164720",
    "2025-05-21T18:41:40.164720+02:00",
    "2025-05-21T12:41:40Z",
    "yesterday",
)


class WrongVector(Exception):
    """The code makes something else of a case than the case says."""


def as_data() -> str:
    """All vectors as JSON. In ``text`` values each character is the byte of its number.

    Raises:
        WrongVector: a case does not become what it is to become.
    """
    tables = {
        "format": "onex-stamp-vectors 1",
        "now": NOW,
        "stamps": [_stamp(group, case) for group, cases in CASES.items() for case in cases],
        "hashes": [_hash(name, pieces) for name, pieces in HASHES],
        "uuids": [_uuid(*row) for row in UUIDS],
        "namespaces": [_namespace(*row) for row in NAMESPACES],
        "values": list(_values()),
        "times": [{"old": old, "new": normal_time(old)} for old in _TIMES],
        **_lock(),
        "sidecars": [_sidecar(owner) for owner in _OWNERS],
    }
    return json.dumps(tables, indent=1) + "\n"


def _text(data: bytes) -> str:
    return data.decode("latin-1")


def _stamp(group: str, case: Case) -> dict[str, Any]:
    """The vector of one case; proven against what the case says must come out."""
    source = Source(case.path, case.data, case.kind, file_type(case.kind))
    wish = Wish(lambda: NOW, migrate="migrate" in case.ask, refresh="refresh" in case.ask)
    planned = plan(source, Stamp(**case.options), wish)
    _prove(case, planned)
    found: dict[str, Any] = {
        "name": f"{group}: {case.name}",
        "kind": case.kind,
        "path": case.path,
        "settings": {key: value for key, value in case.options.items() if value != ""},
        "ask": list(case.ask),
        "input": _text(case.data),
        "action": planned.action,
    }
    if planned.action == REFUSE:
        return found | {"line": planned.line}
    if planned.action == "leave":
        return found
    new = source._replace(data=planned.new)
    reading = read(planned.new, source.row)
    return found | {
        "output": None if planned.new == case.data else _text(planned.new),
        "blocks": [_text(planned.new[b.span.start : b.span.end]) for b in reading.blocks],
        "removed": _text(removed(new).new),
        "hash": body_hash(reading.body),
        "dropped": list(planned.dropped),
    }


def _prove(case: Case, planned: Plan) -> None:
    if planned.action != case.action or (case.line and planned.line != case.line):
        said = f"{planned.action} ({planned.reason}), line {planned.line}"
        raise WrongVector(f"{case.name}: expected {case.action}, line {case.line}; found {said}")
    changed = planned.new != case.data
    if changed != (case.action not in ("right", "leave", "old", "refuse")):
        raise WrongVector(f"{case.name}: {planned.action}, and changed: {changed}")
    if case.head is not None:
        row = file_type(case.kind)
        start = read(planned.new, row).blocks[0].span.start
        if planned.new[:start] != case.head:
            raise WrongVector(f"{case.name}: below {planned.new[:start]!r}, not {case.head!r}")


def _hash(name: str, pieces: tuple[tuple[bytes, int], ...]) -> dict[str, Any]:
    body = b"".join(piece * times for piece, times in pieces)
    shown = [[_text(piece), times] for piece, times in pieces]
    return {"name": name, "pieces": shown, "hash": body_hash(body)}


def _uuid(repository: str, path: str, hash_: str) -> dict[str, str]:
    return {
        "repository": repository,
        "path": path,
        "hash": hash_,
        "uuid": mint(repository, path, hash_),
    }


def _namespace(path: str, prefix: str) -> dict[str, str]:
    options: dict[str, Any] = {"namespace_prefix": prefix}
    made = new_fields(path, "python", Stamp(**options))
    keys = ("name", "namespace", "entrypoint")
    return {"path": path, "prefix": prefix, "kind": "python"} | {key: made[key] for key in keys}


def _values() -> Iterator[dict[str, str]]:
    for style in _every_style():
        signs = [style.opening, style.closing, *style.unsafe]
        inside = [f"a {sign.decode()} b" for sign in signs if sign]
        for text in (*(_SCALARS if style.name == "hash" else ()), *dict.fromkeys(inside)):
            yield {"style": style.name, "text": text, "written": scalar(text, style)}


def _every_style() -> list[Style]:
    from onex_tools.published.tables import styles

    return styles()


# The lock ----------------------------------------------------------------------------------------

_PATHS = ("a", "a b", " a", 'a"b', '"a"', "a\\b", "a\nb", "Ä/x", "\udce4", "\u202ea", "b\\")
_HASH = "b3-v1:" + 64 * "a"
_WRONG = (
    ("another version", b"onex-lock 2\n"),
    ("nothing", b""),
    ("CRLF", b"onex-lock 1\r\n%b  f  a\r\n"),
    ("no line ending at the end", b"onex-lock 1\n%b  f  a"),
    ("one blank only", b"onex-lock 1\n%b f  a\n"),
    ("unknown kind", b"onex-lock 1\n%b  d  a\n"),
    ("empty line", b"onex-lock 1\n\n%b  f  a\n"),
    ("absolute", b"onex-lock 1\n%b  f  /a\n"),
    ("out of the folder", b"onex-lock 1\n%b  f  a/../b\n"),
    ("empty part", b"onex-lock 1\n%b  f  a//b\n"),
    ("itself", b"onex-lock 1\n%b  f  onex.lock\n"),
    ("not sorted", b"onex-lock 1\n%b  f  b\n%b  f  a\n"),
    ("twice", b"onex-lock 1\n%b  f  a\n%b  f  a\n"),
    ("case alone", b"onex-lock 1\n%b  f  A\n%b  f  a\n"),
    ("file and folder", b"onex-lock 1\n%b  f  a\n%b  f  a/b\n"),
    ("quoted without need", b'onex-lock 1\n%b  f  "a"\n'),
    ("merge conflict", b"onex-lock 1\n<<<<<<< a\n%b  f  a\n=======\n>>>>>>> b\n"),
)


def _lock() -> dict[str, Any]:
    from onex_tools.stamp.lock import Entry, parse_lock, path_bytes, render_lock, tree_root

    entries = [Entry(_HASH, "fxl"[at % 3], path) for at, path in enumerate(_PATHS)]
    data = render_lock(entries)
    rows = [
        {"hash": e.hash, "kind": e.kind, "path": _text(path_bytes(e.path))}
        for e in parse_lock(data).entries
    ]
    wrong = []
    for name, text in _WRONG:
        whole = text.replace(b"%b", _HASH.encode())
        faults = parse_lock(whole).faults
        if not faults:
            raise WrongVector(f"{name}: no fault in the lock")
        wrong.append({"name": name, "lock": _text(whole), "line": faults[0].line})
    return {
        "lock": {"entries": rows, "lock": _text(data), "root": tree_root(entries)},
        "wrong_locks": wrong,
    }


_OWNERS = ("Acme", "yes", "1", "2025-01-01", "a: b", "\u00c4", "\U0001f4a1 \\ud83d\\udca1", "'x'")


def _sidecar(owner: str) -> dict[str, Any]:
    from onex_tools.stamp.render import NewField
    from onex_tools.stamp.sidecar import sidecar_bytes

    path, fields = "models/m.bin", [("name", "m.bin"), ("uuid", UUID), ("owner", owner)]
    made = sidecar_bytes(path, _HASH, [NewField(*field) for field in fields])
    return {"path": path, "hash": _HASH, "fields": fields, "sidecar": made.decode()}
