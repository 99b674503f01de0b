"""Looking for many texts at once finds what looking for each does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onex_tools import needles
from onex_tools.needles import Needles

LETTERS = st.text("abA_-.(", min_size=1, max_size=5).map(str.encode)


@given(
    st.sets(LETTERS, min_size=needles.MANY, max_size=40),
    st.lists(st.text("abA_-.(\n", max_size=80).map(str.encode), max_size=4),
)
def test_each_text_is_told_as_if_alone(texts: set[bytes], files: list[bytes]) -> None:
    looking = Needles(texts)
    looking.among(b"x" * needles.WORTH)  # from here on all are looked for at once
    for data in files:
        holds = looking.among(data)
        assert {text for text in texts if holds(text)} == {t for t in texts if t in data}


@given(st.sets(LETTERS, max_size=30), st.binary(max_size=100))
def test_a_few_bytes_are_looked_through_alike(texts: set[bytes], data: bytes) -> None:
    holds = Needles(texts).among(data)
    assert {text for text in texts if holds(text)} == {t for t in texts if t in data}
