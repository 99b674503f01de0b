"""All ways to look for many texts find what looking for each alone does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools import needles
from onex_tools.needles import Needles, Places, Sought, by_automaton, by_pattern, spellings

LETTERS = st.text("abA_-.(", min_size=1, max_size=5).map(str.encode)
FILES = st.lists(st.text("abA_-.(\n", max_size=80).map(str.encode), max_size=4)
ENGINES = pytest.mark.parametrize("engine", [by_automaton, by_pattern])


def alone(texts: Iterable[bytes], data: bytes) -> dict[bytes, list[int]]:
    """Where each of ``texts`` begins."""
    found = {}
    for text in texts:
        places = [at for at in range(len(data)) if data.startswith(text, at)]
        if places:
            found[text] = places
    return found


@ENGINES
@given(texts=st.sets(LETTERS, min_size=1, max_size=40), files=FILES)
def test_each_text_is_found_as_if_alone(engine, texts, files):
    search = engine(texts)
    for data in files:
        found: dict[bytes, list[int]] = {}
        for text, at in search(data):
            found.setdefault(text, []).append(at)
        assert found == alone(texts, data)


@ENGINES
@given(texts=st.sets(LETTERS, min_size=1, max_size=20), data=st.binary(max_size=200))
def test_long_data_is_looked_through_piece_by_piece(engine, texts, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(needles, "_PIECE", 7)
        found = sorted(engine(texts)(data), key=lambda one: (one[0], one[1]))
    expected = alone(texts, data)
    assert found == [(text, at) for text in sorted(expected) for at in expected[text]]


@pytest.fixture(scope="module")
def soon() -> Iterator[None]:
    """Searches are prepared after a few bytes already, as they are after many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(needles, "WORTH", (80, 900))
        patch.setattr(needles, "WORTH_A_PATTERN", 200)
        yield


@pytest.mark.usefixtures("soon")
@given(texts=st.sets(LETTERS, max_size=30), files=FILES)
def test_few_and_many_bytes_are_looked_through_alike(texts, files):
    looking = Needles(texts)
    for data in (*files, b"x" * needles.WORTH[0], *files, b"x" * needles.WORTH[1], *files):
        found = looking.places(data)
        assert {text: list(places) for text, places in found.items()} == alone(texts, data)


@pytest.mark.usefixtures("soon")
@given(
    texts=st.sets(LETTERS, max_size=15),
    words=st.sets(st.text("ab ", min_size=1, max_size=6).filter(str.strip), max_size=15),
    files=FILES,
)
def test_texts_are_found_as_they_are_and_words_in_all_spellings(texts, words, files):
    looking = Sought(texts, words)
    for data in (*files, b"x" * needles.WORTH[0], *files, b"x" * needles.WORTH[1], *files):
        found_texts, found = looking.places(data)
        assert {text: list(places) for text, places in found_texts.items()} == alone(texts, data)
        for word in words:
            forms = {form.encode() for form in spellings(word)}
            places = {at for one in alone(forms, data.lower()).values() for at in one}
            assert sorted(found.get(word, ())) == sorted(places)
            assert list(Places(data).of_word(word)) == sorted(places)


def test_two_words_may_be_spelled_alike():
    _, found = Sought((), {"api key", "apikey"}).places(b"x = apiKey")
    assert {word: list(places) for word, places in found.items()} == {"api key": [4], "apikey": [4]}


@given(st.sets(LETTERS, max_size=8), st.sets(LETTERS, max_size=8), FILES)
def test_what_was_not_looked_for_is_found_when_it_is_asked_for(sought, asked, files):
    for data in files:
        places = Places(data)
        places.look(Sought(sought, ()))
        assert set(places.held[0]) == set(alone(sought, data))
        expected = alone(asked, data)
        assert {text: list(places.of_text(text)) for text in asked} == {
            text: expected.get(text, []) for text in asked
        }
        assert set(places.among(frozenset(asked), frozenset())[0]) == set(expected)


def test_without_the_extra_the_pattern_is_taken(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ahocorasick_rs", None)
    assert needles.prepare({b"key", b"keys"}, needles.WORTH_A_PATTERN - 1) is None
    search = needles.prepare({b"key", b"keys"}, needles.WORTH_A_PATTERN)
    assert sorted(search(b"my keys")) == [(b"key", 3), (b"keys", 3)]
