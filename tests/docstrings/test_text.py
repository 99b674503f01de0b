"""A docstring as it is written: which strings are one, and which bytes each part of one is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_validators.docstrings.reading.text import docstrings

from .conftest import new_source


def one(text: str | bytes):
    """The first docstring of a file."""
    return docstrings(new_source("a.py", text))[0]


@pytest.mark.parametrize(
    ("literal", "prefix", "quotes", "raw"),
    [
        ('"""A b."""', "", '"""', "A b."),
        ("'''A \"b\".'''", "", "'''", 'A "b".'),
        ('"A."', "", '"', "A."),
        ("r'''A\\d.'''", "r", "'''", "A\\d."),
        ('U"A."', "U", '"', "A."),
        ('"""A \\""" b."""', "", '"""', 'A \\""" b.'),
        ('"""A "b" c""" ', "", '"""', 'A "b" c'),
        ('"A \\\n  b."', "", '"', "A \\\n  b."),
        ('"""\n"""', "", '"""', "\n"),
        ('""', "", '"', ""),
        ('("""A.""")', "", '"""', "A."),
    ],
)
@pytest.mark.parametrize("before", ["", "\ufeff", "# é\n", "def f(a='é'): "])
def test_a_literal_in_its_parts(literal, prefix, quotes, raw, before):
    docstring = one(before + literal + "\n")
    assert (docstring.prefix, docstring.quotes, docstring.raw) == (prefix, quotes, raw)
    span = docstring.whole
    written = docstring.file.data[span.start : span.end].decode()
    assert written == literal.strip(" ()")


@pytest.mark.parametrize(
    "text",
    ['"A." "b."', "'A.' '''b.'''", '("A."\n "b.")', 'b"A."', 'f"A."', '"A." + "b."', "x = 'A.'"],
)
def test_what_has_no_form_of_its_own(text):
    assert docstrings(new_source("a.py", text + "\n")) == []


def test_latin_1_has_a_character_for_every_byte():
    docstring = one("# coding: latin-1\n'''Größe\nä: b'''\n".encode("latin-1"))
    assert docstring.raw == "Größe\nä: b"
    span = docstring.line_span(1)
    assert docstring.file.data[span.start : span.end] == "ä: b".encode("latin-1")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_those_of_the_file(ending):
    docstring = one(ending.join(["def f():", '    """A.', "", "    B.", '    """', ""]))
    assert docstring.lines == ["A.", "", "    B.", "    "]
    assert (docstring.indent, docstring.newline, docstring.summary) == ("    ", ending, 0)


texts = st.text(st.sampled_from("aé€😀 \n\t:"), min_size=1, max_size=60).filter(str.strip)


@given(texts, st.data())
def test_a_span_is_the_bytes_of_its_text(text, data):
    docstring = one(f'def f():\n    """{text}"""\n')
    raw = docstring.raw
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    span = docstring.span(start, end)
    assert docstring.file.data[span.start : span.end].decode() == raw[start:end]
    for number, line in enumerate(docstring.lines):
        span = docstring.line_span(number)
        assert docstring.file.data[span.start : span.end].decode() == line.strip()
