"""A place in a file has one line and one column, whether or not the file's lines were counted."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onex_tools.source import SourceFile

NO_SERVICES: Any = None
PIECES = (b"\n", b"\r", b"\r\n", b"word", b"\xc3\xa9", b"\xff", b"\xef\xbb\xbf", b"\t", b"\0")
LEADS = (b"", b"\xef\xbb\xbf", b"x" * 4090, b"y\n" * 2045)
"""After the long ones a place may be so far on that all lines are counted for it."""
texts = st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)


@given(st.sampled_from(LEADS), texts, st.integers(-5, 40), st.integers(0, 40))
def test_line_and_column_are_those_of_all_lines(
    lead: bytes, tail: bytes, start: int, size: int
) -> None:
    data, start = lead + tail, len(lead) + start
    counted = SourceFile("a", "unknown", data, NO_SERVICES)
    assert counted.line_starts[0] == 0
    fresh = SourceFile("a", "unknown", data, NO_SERVICES)
    assert fresh.location((start, start + size)) == counted.location((start, start + size))


def test_place_near_the_head_needs_no_other_line() -> None:
    file = SourceFile("a", "unknown", b"a\n\xc3\xa9b\nc", NO_SERVICES)
    assert file.location((4, 7))[1:] == (4, 7, 2, 2, 3, 2)
    assert file._lines is None
