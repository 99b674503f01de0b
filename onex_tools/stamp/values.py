"""What the fields of a block say: of a new one, a refreshed one, and one made of old ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onex_tools.stamp.block import Block, Field
from onex_tools.stamp.form import MINIMAL, STANDARD
from onex_tools.stamp.identity import normal_time
from onex_tools.stamp.naming import disagreeing_fields, ending_for
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.recogniser import is_uuid
from onex_tools.stamp.render import NewField

NO_UUID = "00000000-0000-0000-0000-000000000000"

_FIXED = {
    "metadata_version": "1.0.0",
    "protocol_version": "0.1.0",
    "schema_version": "0.1.0",
    "version": "1.0.0",
    "description": "Stamped by ONEX",
    "state_contract": "state_contract://default",
    "lifecycle": "active",
    "meta_type": "tool",
}
_CONFIGURED = ("owner", "author", "copyright")
_HINTS = {"python": "python>=3.11"}
_NOTHING = frozenset({"", "null", "~", "{}", "[]"})
_NOT_A_WORD = re.compile(r"[^0-9A-Za-z_]+")
_PLACEHOLDER = re.compile(r"<[A-Za-z][A-Za-z0-9_ -]*>|1970-01-01.*")
_ENTRY = re.compile(r"\{'type': '([\w+.-]+)', 'target': '([^']*)'\}|([\w+-]+)(?:@|://)(.*)")
_LEGACY_ENTRY = re.compile(r"\s*(type|target):\s+(.*)")
_URI_SAFE = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"
)


def new_fields(path: str, kind: str, options: Stamp) -> dict[str, str]:
    """What a new stamp says of the file at ``path``, without ``uuid``, time and hash."""
    name = path.rpartition("/")[2]
    values = {
        **_FIXED,
        "name": name,
        "namespace": namespace_for(path, options.namespace_prefix),
        "entrypoint": f"{kind}://{_percent_encoded(name)}" if kind != "unknown" else "",
        "runtime_language_hint": _HINTS.get(kind, ""),
        **{key: getattr(options, key) for key in _CONFIGURED},
    }
    return {key: text for key, text in values.items() if text}


def namespace_for(path: str, prefix: str) -> str:
    """The ``namespace`` of the file at ``path``: the prefix, and its name without the ending."""
    stem = ending_for(path)
    if _NOT_A_WORD.search(stem):
        stem = _NOT_A_WORD.sub("_", stem).strip("_") or "_"
    return f"{prefix}.{stem}" if prefix else stem


def _percent_encoded(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _URI_SAFE else f"%{byte:02X}" for byte in raw)


def in_order(values: dict[str, str], others: Sequence[NewField], options: Stamp) -> list[NewField]:
    """The fields of a block: ``values`` in their order, those that a person added below them."""
    keys: tuple[str, ...] = MINIMAL if options.profile == "minimal" else STANDARD
    if options.last_modified_at and "last_modified_at" not in keys:
        keys = ("name", "uuid", "last_modified_at", "hash")
    fields = [NewField(key, values[key]) for key in keys if values.get(key)]
    end = sum(field.key not in ("last_modified_at", "hash") for field in fields)
    return [*fields[:end], *others, *fields[end:]]


def refreshed(block: Block, path: str, kind: str, options: Stamp) -> dict[str, str]:
    """What a canonical block says once it follows the configuration again.

    What a person may have written (version, description, lifecycle, ...) stays; so does what makes
    the file itself: ``uuid`` and ``created_at``.
    """
    values = new_fields(path, kind, options)
    follows = {"namespace", *(key for key in _CONFIGURED if values.get(key))}
    own = kept(block, path, options)
    return values | {key: text for key, text in own.items() if key not in follows}


def kept(block: Block, path: str, options: Stamp) -> dict[str, str]:
    """What a canonical block says, with ``name`` and ``namespace`` corrected if they are wrong."""
    values = {f.key: f.text for f in block.fields if f.key in STANDARD and not f.nested}
    wrong = {field.key for field in disagreeing_fields(block, path)}
    if "namespace" in wrong:
        values["namespace"] = namespace_for(path, options.namespace_prefix)
    return values | {"name": path.rpartition("/")[2]}


def from_old(blocks: Sequence[Block], path: str, kind: str, options: Stamp) -> dict[str, str]:
    """What one block says that takes the place of ``blocks``, the newest of which comes first.

    ``uuid`` and ``created_at`` are those of the oldest block that has them; the rest is the
    newest's, in the form of today. A placeholder counts as nothing.
    """
    values = new_fields(path, kind, options)
    own = {key: values[key] for key in ("metadata_version", "name", "namespace")}
    for field in blocks[0].fields:
        if field.key in STANDARD and not _is_empty(field):
            values[field.key] = _entrypoint(field, kind) or field.text
    if not any(field.key == "namespace" for field in disagreeing_fields(blocks[0], path)):
        del own["namespace"]
    values |= own
    return of_oldest(blocks, values)


def of_oldest(blocks: Sequence[Block], values: dict[str, str]) -> dict[str, str]:
    """``values`` with the identity of the lowest of ``blocks`` that has one."""
    volatile = ("hash", "last_modified_at", "uuid", "created_at")
    rest = {key: text for key, text in values.items() if key not in volatile}
    for block in reversed(blocks):
        uuid, created = identity_of(block)
        if uuid:
            return rest | {"uuid": uuid} | ({"created_at": created} if created else {})
    return rest


def identity_of(block: Block) -> tuple[str, str]:
    """The ``uuid`` and the normal ``created_at`` of a block; empty where it has none."""
    uuid, created = block.text("uuid").lower(), block.text("created_at")
    if not is_uuid(uuid) or uuid == NO_UUID:
        uuid = ""
    return uuid, "" if _PLACEHOLDER.fullmatch(created) else normal_time(created)


def others_of(blocks: Sequence[Block]) -> list[NewField]:
    """The fields of ``blocks`` that are none of ours and say something; the newest's come first."""
    found: dict[str, NewField] = {}
    for block in blocks:
        for field in block.fields:
            if field.key not in STANDARD and not _is_empty(field):
                found.setdefault(field.key, NewField(field.key, field.text, field.nested))
    return list(found.values())


def dropped_from(blocks: Iterable[Block], kept: Iterable[NewField]) -> Iterator[str]:
    """The names of the fields of ``blocks`` that say something and are not among ``kept``."""
    there = {field.key for field in kept}
    seen: set[str] = set()
    for block in blocks:
        for field in block.fields:
            if field.key not in there | seen and not _is_empty(field):
                seen.add(field.key)
                yield field.key


def _is_empty(field: Field) -> bool:
    return not field.nested and (
        field.text in _NOTHING or _PLACEHOLDER.fullmatch(field.text) is not None
    )


def _entrypoint(field: Field, kind: str) -> str:
    """An entrypoint of any old form as a URI; empty where ``field`` is something else."""
    if field.key != "entrypoint":
        return ""
    parts = {m[1]: m[2] for line in field.nested if (m := _LEGACY_ENTRY.fullmatch(line))}
    if len(parts) == 2:
        return f"{parts['type']}://{_percent_encoded(parts['target'])}"
    match = _ENTRY.fullmatch(field.text)
    if match is None:
        return f"{kind}://{_percent_encoded(field.text)}" if field.text else ""
    scheme, target = match[1] or match[3], match[2] if match[1] else match[4]
    return f"{scheme}://{target if '://' in field.text else _percent_encoded(target)}"
