"""Rewrite the head of a file so that it has one right stamp, where that takes no guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onex_tools.stamp.block import LEGACY, V1, Block, Fault, Field, Reading
from onex_tools.stamp.conflict import conflict_line
from onex_tools.stamp.eligible import reason_against
from onex_tools.stamp.glance import proves
from onex_tools.stamp.hashing import body_hash
from onex_tools.stamp.lines import NEEDLE
from onex_tools.stamp.naming import disagreeing_fields
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.plan import (
    COLLAPSE,
    LEAVE,
    MIGRATE,
    MOVE,
    OLD,
    REFUSE,
    REMOVE,
    RIGHT,
    STAMP,
    UPDATE,
    Plan,
    Source,
    Wish,
)
from onex_tools.stamp.prologue import place
from onex_tools.stamp.reader import read, read_carefully
from onex_tools.stamp.recogniser import is_uuid
from onex_tools.stamp.render import NewField, render, scalar
from onex_tools.stamp.styles import Style, style_of
from onex_tools.stamp.values import (
    NO_UUID,
    dropped_from,
    from_old,
    identity_of,
    in_order,
    kept,
    new_fields,
    of_oldest,
    others_of,
    refreshed,
)

_BEARABLE = frozenset(
    {"ambiguous-value", "malformed-comment", "missing-field", "other-kind", "visible-close"}
)
"""Faults that leave no doubt about where a stamp ends and what it says."""
_OF_OLD_ONES = frozenset({"comment-left-open", "opener-as-closer"})
"""Those that leave none in an old stamp, none of whose lines is kept."""
_DEFINITION = re.compile(rb"(?:#[^\n]*\n)*+(?:@|(?:class|def|async[ \t]+def)\b)")
_FOREIGN_HASH = re.compile(r"b3-v(?!1:)")


def plan_carefully(source: Source, options: Stamp, wish: Wish) -> Plan:
    """``plan`` for a file whose stamp is not seen to be right at a glance."""
    if NEEDLE not in source.data:
        return _new_stamp(source, Reading(source.data), options, wish)
    reading = read(source.data, source.row)
    refusal = _refusal(source.data, reading)
    if refusal is not None:
        return refusal
    if not reading.blocks:
        return _new_stamp(source, reading, options, wish)
    if any(block.form == LEGACY for block in reading.blocks):
        if not wish.migrate:
            return Plan(OLD, source.data, _count(reading))
        return _rebuilt(MIGRATE, source, reading, options, wish)
    if len(reading.blocks) > 1:
        return _rebuilt(COLLAPSE, source, reading, options, wish)
    if reading.displaced:
        return _rebuilt(MOVE, source, reading, options, wish)
    if wish.refresh or reading.faults:
        return _rebuilt(UPDATE, source, reading, options, wish)
    return _updated(source, reading, options, wish)


def removed_carefully(source: Source) -> Plan:
    """``removed`` for a file that may have a stamp."""
    reading = read(source.data, source.row)
    refusal = _refusal(source.data, reading)
    if refusal is not None:
        return refusal
    if not reading.blocks:
        return Plan(LEAVE, source.data, "it has no stamp")
    return Plan(REMOVE, reading.body, _count(reading) if len(reading.blocks) > 1 else "")


def _count(reading: Reading) -> str:
    number = len(reading.blocks)
    return f"{number} stamps" if number > 1 else ""


def _refusal(data: bytes, reading: Reading) -> Plan | None:
    """The first fault that makes every change a guess."""
    legacy = all(block.form == LEGACY for block in reading.blocks)
    bearable = _BEARABLE | _OF_OLD_ONES if legacy else _BEARABLE
    for fault in reading.faults:
        if fault.kind not in bearable and not _is_in_unclosed(reading, fault):
            return Plan(REFUSE, data, fault.message, fault.line)
    line = conflict_line(data)
    if line and reading.blocks:
        return Plan(REFUSE, data, "unresolved merge conflict", line)
    for block in reading.blocks:
        field = block.field("hash")
        if field and _FOREIGN_HASH.match(field.text):
            why = f"`hash` has a form that this version does not know: {field.text[:8]!r}"
            return Plan(REFUSE, data, why, field.line)
    return None


def _is_in_unclosed(reading: Reading, fault: Fault) -> bool:
    """Whether ``fault`` is only what an unclosed block swallowed: that it is unclosed is said."""
    return fault.kind == "malformed-line" and any(
        block.closed == "unclosed" and block.span.start <= fault.span.start < block.span.end
        for block in reading.blocks
    )


def _new_stamp(source: Source, reading: Reading, options: Stamp, wish: Wish) -> Plan:
    reason = reason_against(source.path, source.data, source.row)
    if reason:
        return Plan(LEAVE, source.data, reason)
    values = new_fields(source.path, source.kind, options)
    values["created_at"] = wish.clock()
    if options.last_modified_at:
        values["last_modified_at"] = values["created_at"]
    fields = _sealed(source, reading.body, values, [], options, wish)
    return _proven(STAMP, source, _inserted(source, reading.body, fields), reading.body)


def _rebuilt(action: str, source: Source, reading: Reading, options: Stamp, wish: Wish) -> Plan:
    """The file with one block, made anew from those it has, at the place where one belongs."""
    body, blocks = reading.body, reading.blocks
    newest = blocks[0]
    if action == MIGRATE:
        values = from_old(blocks, source.path, source.kind, options)
    elif action == COLLAPSE:
        values = of_oldest(blocks, kept(newest, source.path, options))
    elif wish.refresh:
        values = refreshed(newest, source.path, source.kind, options)
    else:
        values = kept(newest, source.path, options)
    if options.last_modified_at and newest.text("hash") != body_hash(body):
        values["last_modified_at"] = wish.clock()
    fields = _sealed(source, body, values, others_of(blocks), options, wish)
    if action == UPDATE:
        at = newest.span.start
        new = source.data[:at] + _rendered(source, fields) + source.data[newest.span.end :]
    else:
        new = _inserted(source, body, fields)
    if new == source.data:
        return Plan(RIGHT, new)
    dropped = tuple(dropped_from(blocks, fields))
    return _proven(action, source, new, body, _count(reading), dropped)


def _sealed(
    source: Source,
    body: bytes,
    values: dict[str, str],
    others: list[NewField],
    options: Stamp,
    wish: Wish,
) -> list[NewField]:
    """The fields in order, with the UUID and the hash that the body has."""
    digest = body_hash(body)
    if not is_uuid(values.get("uuid", "")) or values["uuid"] == NO_UUID:
        values["uuid"] = wish.mint(options.repository, source.path, digest)
    detached = options.hash == "detached"
    if not detached:
        values["hash"] = digest
    if detached or not options.last_modified_at:
        values.pop("last_modified_at", None)
    return in_order(values, others, options)


def _inserted(source: Source, body: bytes, fields: list[NewField]) -> bytes:
    at = place(body, source.row)
    return body[:at] + _rendered(source, fields) + _gap(source, body, at) + body[at:]


def _gap(source: Source, body: bytes, at: int) -> bytes:
    """The blank lines below the block: one, or in Python as many as formatters want there."""
    defines = source.kind == "python" and _DEFINITION.match(body, at)
    return _eol(body) * (2 if defines and not source.path.endswith(".pyi") else 1)


def _rendered(source: Source, fields: list[NewField]) -> bytes:
    return render(fields, source.row.styles[0], _eol(source.data))


def _eol(data: bytes) -> bytes:
    """The ending of the first line."""
    newline = data.find(b"\n")
    return b"\r\n" if newline > 0 and data[newline - 1] == 0x0D else b"\n"


def _proven(
    action: str,
    source: Source,
    new: bytes,
    body: bytes,
    reason: str = "",
    dropped: tuple[str, ...] = (),
) -> Plan:
    """The plan to write ``new``, if reading it again shows one right block over ``body``."""
    if proves(source.path, new, source.row, body):
        return Plan(action, new, reason, dropped=dropped)
    reading = read_carefully(new, source.row)
    blocks = reading.blocks
    sound = (
        len(blocks) == 1
        and blocks[0].form == V1
        and reading.body == body
        and not reading.displaced
        and not reading.faults
        and not disagreeing_fields(blocks[0], source.path)
        and blocks[0].text("hash") in ("", body_hash(body))
    )
    if not sound:
        why = "a stamp here could not be found and removed again"
        return Plan(REFUSE, source.data, why, blocks[0].line if blocks else 1)
    return Plan(action, new, reason, dropped=dropped)


# A block that only has to follow its file ------------------------------------------------------


def _updated(source: Source, reading: Reading, options: Stamp, wish: Wish) -> Plan:
    """The file with the values that disagree with it replaced where they stand."""
    block = reading.blocks[0]
    changes = dict(_changes(source, reading, options, wish))
    if not changes:
        return Plan(RIGHT, source.data)
    style = style_of(block.layout, source.row)
    missing = [key for key in changes if block.field(key) is None]
    if missing and (missing != ["hash"] or block.layout != style.name):
        return _rebuilt(UPDATE, source, reading, options, wish)
    pieces, at = [], 0
    for field in block.fields:
        if field.key not in changes:
            continue
        value = changes[field.key]
        start, end = field.span if value is not None else _line_around(source.data, field)
        pieces.append(source.data[at:start])
        if value is not None:
            pieces.append(_value(source.data, start, scalar(value, style)))
        at = end
    if missing:
        end = _closing_line(source.data, block)
        pieces += [source.data[at:end], _hash_line(source, style, changes["hash"] or "")]
        at = end
    pieces.append(source.data[at:])
    return _proven(UPDATE, source, b"".join(pieces), reading.body, ", ".join(changes))


def _changes(
    source: Source, reading: Reading, options: Stamp, wish: Wish
) -> Iterator[tuple[str, str | None]]:
    """The fields to be set, or with None to be deleted, in the order of the format."""
    block, digest = reading.blocks[0], body_hash(reading.body)
    right = kept(block, source.path, options)
    for field in disagreeing_fields(block, source.path):
        yield field.key, right[field.key]
    uuid, created = identity_of(block)
    if not uuid:
        yield "uuid", wish.mint(options.repository, source.path, digest)
    if block.text("created_at") and not created:
        yield "created_at", wish.clock()
    if options.hash == "detached":
        if block.field("hash") is not None:
            yield "hash", None
    elif block.text("hash") != digest:
        if options.last_modified_at:
            yield "last_modified_at", wish.clock()
        yield "hash", digest


def _value(data: bytes, start: int, text: str) -> bytes:
    """``text`` as it follows ``data[:start]``: behind a blank, also where there was no value."""
    lead = b"" if data[start - 1 : start] in (b" ", b"\t") else b" "
    return lead + text.encode("ascii")


def _hash_line(source: Source, style: Style, digest: str) -> bytes:
    prefix = b"" if style.closing or not style.opening else style.opening + b" "
    return prefix + f"hash: {digest}".encode("ascii") + _eol(source.data)


def _line_around(data: bytes, field: Field) -> tuple[int, int]:
    start = data.rfind(b"\n", 0, field.span.start) + 1
    end = data.find(b"\n", field.span.end)
    return start, len(data) if end < 0 else end + 1


def _closing_line(data: bytes, block: Block) -> int:
    """The offset of the line that closes ``block``."""
    end = block.span.end
    return data.rfind(b"\n", 0, end - 1 if data[end - 1 : end] == b"\n" else end) + 1
