"""A real file of every kind keeps its meaning, its head and its bytes when it is stamped."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest

from onex_tools.kinds import Kinds
from onex_tools.stamp import FILE_TYPES, Stamp, read, reason_against
from onex_tools.stamp.parts import BOM
from onex_tools.stamp.plan import RIGHT, STAMP, Source, Wish, plan, removed
from onex_tools.stamp.prologue import place, prologue
from tests.stamp.parsers import accepted, meaning
from tests.stamp.samples import SAMPLES, Sample

HARD = Stamp(
    owner='Acme -- "Tools" */ *) --> {# #} %} ?> `$(x)` \\',
    author="N\u00e9e, \u8a9e \U0001f600 %~ ^ ??/ | ' \" # // ; ::",
    repository="acme",
    copyright="(c) 2026: # coding: x vim: set",
)
"""Values that would end a comment, or mean something, in one language or the other."""
UNIX = ("shell", "perl")
"""Kinds whose own programs do not take files with CRLF."""
WISH = Wish(lambda: "2026-01-02T03:04:05Z")


def bytes_of(sample: Sample) -> bytes:
    return sample.text.encode("latin-1" if "latin-1" in sample.text else "utf-8")


def source_of(sample: Sample, data: bytes) -> Source:
    kind = Kinds().of(sample.path, data)
    return Source(sample.path, data, kind, FILE_TYPES[kind])


def stamped(source: Source, options: Stamp = HARD) -> bytes:
    planned = plan(source, options, WISH)
    assert planned.action == STAMP, planned.reason
    return planned.new


def variants(sample: Sample) -> Iterator[bytes]:
    """The file with other line endings, without the last one, and with a byte order mark."""
    data = bytes_of(sample)
    for ends in (data, data.replace(b"\n", b"\r\n"), data.rstrip(b"\n")):
        yield ends
        yield b"\xef\xbb\xbf" + ends


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path)
def test_prologue_is_told(sample: Sample) -> None:
    data = bytes_of(sample)
    row = source_of(sample, data).row
    found = prologue(data, row.prologue)
    assert tuple(part.name for part, _, _ in found.parts) == sample.parts
    assert found.doubt == ""
    assert reason_against(sample.path, data, row) == ""


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path)
def test_stamp_is_found_and_removed_and_written_once(sample: Sample) -> None:
    for data in variants(sample):
        source = source_of(sample, data)
        new = stamped(source)
        at = place(data, source.row)
        reading = read(new, source.row)
        assert reading.blocks[0].span.start == at
        assert (reading.faults, reading.displaced, reading.body) == ((), (), data)
        assert new[:at] == data[:at]
        assert prologue(new, source.row.prologue) == prologue(data, source.row.prologue)
        assert removed(source._replace(data=new)).new == data
        assert plan(source._replace(data=new), HARD, WISH).action == RIGHT
        assert stamped(source) == new


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path)
def test_file_means_the_same_with_a_stamp(sample: Sample) -> None:
    for data in (bytes_of(sample), bytes_of(sample).replace(b"\n", b"\r\n")):
        source = source_of(sample, data)
        if source.kind in UNIX and b"\r" in data:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            new = meaning(sample.path, source.kind, stamped(source))
            assert new == meaning(sample.path, source.kind, data)


def test_every_pair_of_style_and_prologue_has_a_file() -> None:
    rows, pairs = set(), set()
    for sample in SAMPLES:
        data = bytes_of(sample)
        row = source_of(sample, data).row
        rows.add((row.styles[0], row.prologue))
        pairs |= {(row.styles[0], part) for part, _, _ in prologue(data, row.prologue).parts}
    for kind, row in FILE_TYPES.items():
        assert (row.styles[0], row.prologue) in rows, kind
        for part in row.prologue:
            assert part == BOM or (row.styles[0], part) in pairs, (kind, part.name)


def test_stamped_c_is_c_of_1990() -> None:
    for sample in SAMPLES:
        source = source_of(sample, bytes_of(sample))
        if source.kind == "c" and sample.path not in ("mode.c", "run.c"):
            command = ["gcc", "-std=c89", "-pedantic-errors", "-fsyntax-only", "-xc", "-"]
            accepted(command, stamped(source))


def test_lines_are_at_most_79_columns() -> None:
    for sample in SAMPLES:
        source = source_of(sample, bytes_of(sample))
        new = stamped(source, Stamp())
        block = read(new, source.row).blocks[0]
        lines = new[block.span.start : block.span.end].split(b"\n")
        assert max(map(len, lines)) <= 79, sample.path
