"""Merge three versions of a stamped file: the bodies as git does, the metadata field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from onex_tools.stamp.block import CLOSED, V1, Block
from onex_tools.stamp.form import STANDARD
from onex_tools.stamp.identity import normal_time
from onex_tools.stamp.lines import NEEDLE, skip_blank
from onex_tools.stamp.options import Stamp
from onex_tools.stamp.plan import MOVE, RIGHT, UPDATE, Source, Wish, plan
from onex_tools.stamp.prologue import place
from onex_tools.stamp.reader import read
from onex_tools.stamp.recogniser import is_uuid
from onex_tools.stamp.render import NewField, render
from onex_tools.stamp.styles import FileType, style_of
from onex_tools.stamp.values import NO_UUID
from onex_tools.stamp.versions import Text, Versions

_TIMES = {"created_at": min, "last_modified_at": max}
_SETTLED = frozenset({"name", "namespace", "hash", "uuid", *_TIMES})
"""Fields that are set by a rule where both sides changed them; the first three by the file."""
_LATE = ("last_modified_at", "hash")
_NOT_UNITED = (
    "a stamp in it is of an old form, stacked or malformed: merged as plain text; settle the "
    "conflict, then `onex stamp`, for old stamps with --migrate"
)
_DOUBTFUL = "both branches changed this entry: kept ours; `onex stamp` sets it right"


class Merge(NamedTuple):
    """A merged file; ``notes`` says what a person should know about it, a line each."""

    data: bytes
    clean: bool
    notes: tuple[str, ...] = ()


MergeText = Callable[[Versions], Text]
"""The text merge that is handed in: git's own."""
_Fields = dict[str, NewField]


class _Side(NamedTuple):
    """One version: its body, and its block if it has one."""

    data: bytes
    body: bytes
    block: Block | None

    @property
    def head(self) -> bytes:
        """The part of the body above the block."""
        return self.body[: self.block.span.start] if self.block else b""

    @property
    def text(self) -> bytes:
        """The block as it stands."""
        return self.data[self.block.span.start : self.block.span.end] if self.block else b""

    @property
    def gap(self) -> bytes:
        """The blank lines below the block."""
        return self.data[self.block.span.end : self.block.after] if self.block else b""

    @property
    def has_more(self) -> bool:
        """Whether anything stands below the block."""
        return self.block is not None and self.block.after < len(self.data)

    @property
    def fields(self) -> _Fields:
        """The fields of the block, by key."""
        found = self.block.fields if self.block else ()
        return {field.key: NewField(field.key, field.text, field.nested) for field in found}


def merged(
    source: Source, versions: Versions, options: Stamp, wish: Wish, merge_text: MergeText
) -> Merge:
    """The merge of ``versions``; ``source`` is our version under the path of the result.

    Stamps are taken off, and the bodies merged by ``merge_text``; the result gets one stamp, whose
    metadata are united from both sides and whose hash is that of the merged body. A version with a
    stamp that is of an old form, stacked or malformed makes it a merge of plain texts: to unite
    such stamps would be a guess.

    Where the bodies conflict, the stamp stands whole, no marker in it, and keeps the hash that one
    side has. It is wrong for a text with markers, so that nothing takes the file for finished; it
    is right at once where the conflict is settled for that side, and ``onex stamp`` sets it right
    for every other outcome.
    """
    if not any(NEEDLE in data for data in versions):
        return Merge(*merge_text(versions))
    base, ours, theirs = (_side(data, source.row) for data in versions)
    if base is None or ours is None or theirs is None:
        text = merge_text(versions)
        return Merge(*text, () if text.clean else (_NOT_UNITED,))
    if not (base.block or ours.block or theirs.block):
        return Merge(*merge_text(versions))
    body = merge_text(Versions(base.body, ours.body, theirs.body))
    stamped = [side for side in (ours, theirs) if side.block]
    if not stamped or (base.block and len(stamped) == 1):
        return Merge(*body)  # a side took the stamp out
    if base.block and _shape(base) == _shape(ours) != _shape(theirs):
        stamped.reverse()
    fields, notes = _united(base, ours, theirs)
    data = _stamped(body.data, stamped, fields, source.row)
    if body.clean:
        modified = fields.get("last_modified_at")
        if modified is not None:
            wish = wish._replace(clock=lambda: modified.text)
        planned = plan(source._replace(data=data), options, wish)
        data = planned.new if planned.action in (RIGHT, UPDATE, MOVE) else b""
    if not _is_one_over(data, body.data, source.row):
        return Merge(*merge_text(versions))
    return Merge(data, body.clean, notes)


def merged_lock(versions: Versions) -> Merge | None:
    """The merge of three versions of ``onex.lock``; None where one of them is malformed."""
    from onex_tools.stamp.lock import LockError, LockReading, merged, parse_lock, render_lock

    readings = [parse_lock(data) if data else LockReading(()) for data in versions]
    if any(reading.faults for reading in readings):
        return None
    rows = merged(*(reading.entries for reading in readings))
    try:
        data = render_lock(rows.entries)
    except LockError:
        return None
    notes = (f"{path!a}: {_DOUBTFUL}" for path in rows.doubtful)
    return Merge(data, True, tuple(notes))


def merged_sidecar(path: str, versions: Versions, row: FileType) -> Merge | None:
    """The merge of three versions of a sidecar; None where one of them is something else.

    Its hash is another file's, which is not at hand: of two new ones ours is kept, and it is said.
    """
    from onex_tools.stamp.sidecar import file_of, sidecar_bytes

    base, ours, theirs = (_side(data, row) for data in versions)
    if base is None or ours is None or theirs is None or not (ours.block and theirs.block):
        return None
    if any(side.body.strip() for side in (base, ours, theirs)):
        return None
    fields, notes = _united(base, ours, theirs)
    hashes = [side.block.text("hash") if side.block else "" for side in (base, ours, theirs)]
    if len(set(hashes)) == len(hashes):
        notes = (*notes, f"`hash`: {_DOUBTFUL}")
    hash_ = fields["hash"].text if "hash" in fields else ""
    return Merge(sidecar_bytes(file_of(path), hash_, _in_order(fields)), True, notes)


def _side(data: bytes, row: FileType) -> _Side | None:
    """One version, read; None where its stamp is none that can be united with another."""
    if NEEDLE not in data:
        return _Side(data, data, None)
    reading = read(data, row)
    blocks = reading.blocks
    if reading.faults or len(blocks) > 1:
        return None
    if not blocks:
        return _Side(data, data, None)
    sound = blocks[0].form == V1 and blocks[0].closed == CLOSED
    return _Side(data, reading.body, blocks[0]) if sound else None


def _shape(side: _Side) -> tuple[bytes, ...]:
    """What a person may have chosen about a block: its place, and how it is written."""
    pieces, at = [side.head, side.gap], side.block.span.start if side.block else 0
    for field in side.block.fields if side.block else ():
        if field.key in _LATE:
            pieces.append(side.data[at : field.span.start])
            at = field.span.end
    return (*pieces, side.data[at : side.block.span.end if side.block else at])


# The metadata ----------------------------------------------------------------------------------


def _united(base: _Side, ours: _Side, theirs: _Side) -> tuple[_Fields, tuple[str, ...]]:
    """The fields of both sides, and what is to be said about those where ours was taken."""
    old, mine, other = base.fields, ours.fields, theirs.fields
    chosen: _Fields = {}
    notes = []
    for key in dict.fromkeys((*mine, *other)):
        was, here, there = old.get(key), mine.get(key), other.get(key)
        if was in (here, there) or here == there:
            field = there if here == was else here
        elif key in _SETTLED:
            field = _settled(key, old, mine, other)
        else:
            field = here
            notes.append(_choice(key, here, there))
        if field is not None:
            chosen[key] = field
    return chosen, tuple(notes)


def _settled(key: str, old: _Fields, mine: _Fields, other: _Fields) -> NewField | None:
    """The value of one of ``_SETTLED`` that both sides changed, each in its way."""
    here, there = mine.get(key), other.get(key)
    if key == "uuid":
        if _is_identity(old.get(key)):
            return old[key]
        sides = [side for side in (mine, other) if _is_identity(side.get(key))]
        return min(sides, key=_age)[key] if sides else here or there
    if key in _TIMES:
        known = [side[key] for side in (mine, other, old) if key in side]
        return _TIMES[key](known, key=lambda field: normal_time(field.text))
    return here or there


def _is_identity(field: NewField | None) -> bool:
    return field is not None and is_uuid(field.text) and field.text != NO_UUID


def _age(side: _Fields) -> tuple[str, str]:
    """By what the older of two stamps is found; the same whichever branch is merged into which."""
    created = side.get("created_at")
    return (normal_time(created.text) if created else "~", side["uuid"].text)


def _choice(key: str, here: NewField | None, there: NewField | None) -> str:
    kept, dropped = (_said(field) for field in (here, there))
    return f"both branches changed `{key}` of the stamp: kept {kept} (ours), not {dropped}"


def _said(field: NewField | None) -> str:
    if field is None:
        return "none"
    return ascii(", ".join((field.text, *field.nested)).strip(", "))


# The merged file -------------------------------------------------------------------------------


def _stamped(body: bytes, sides: Sequence[_Side], fields: _Fields, row: FileType) -> bytes:
    """``body`` with the one block, placed and written as the first of ``sides`` has it."""
    heads = [len(side.head) for side in sides if body.startswith(side.head)]
    at = skip_blank(body, heads[0] if heads else place(body, row))
    below = body[at:]
    eol = _eol(body) or _eol(sides[0].text) or b"\n"
    block = _with_eol(_written(sides, fields, row), eol)
    if not below:
        return body[:at] + block
    gap = _with_eol(sides[0].gap, eol)
    if not gap.endswith(b"\n") and not sides[0].has_more:
        gap = eol
    return body[:at] + block.removesuffix(eol) + eol + gap + below


def _written(sides: Sequence[_Side], fields: _Fields, row: FileType) -> bytes:
    """The block with ``fields``: as a side has it where one does, else in canonical form."""
    for side in sides:
        if _without_hash(side.fields) == _without_hash(fields):
            return side.text
    first = sides[0].block
    return render(_in_order(fields), style_of(first.layout if first else "", row))


def _without_hash(fields: _Fields) -> _Fields:
    return {key: field for key, field in fields.items() if key != "hash"}


def _in_order(fields: _Fields) -> Iterable[NewField]:
    """The fields in the order of the format, those that a person added above the last two."""
    yield from (fields[key] for key in STANDARD if key in fields and key not in _LATE)
    yield from (field for key, field in fields.items() if key not in STANDARD)
    yield from (fields[key] for key in _LATE if key in fields)


def _eol(data: bytes) -> bytes:
    """The ending of the first line; empty where there is none."""
    newline = data.find(b"\n")
    if newline < 0:
        return b""
    return b"\r\n" if newline and data[newline - 1] == 0x0D else b"\n"


def _with_eol(data: bytes, eol: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", eol)


def _is_one_over(data: bytes, body: bytes, row: FileType) -> bool:
    """Whether ``data`` is one whole stamp over ``body``."""
    side = _side(data, row)
    return side is not None and side.block is not None and side.body == body
