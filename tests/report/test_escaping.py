"""No report lets foreign text control a terminal, forge a line, or break a parser."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.model import Edit, Fix, Location, Related, Span
from onex_tools.report import FORMATS, Style
from onex_tools.report.foreign import plain, put, visible
from onex_tools.report.pages import Page
from onex_tools.report.row import lay_out
from onex_tools.result import Note, Waiver

ANY = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cf", "Cs")),
        st.sampled_from("\n\r\t\x1b\x7f\x9b\u2028\u202e\u2066\udcff\ud800%:,#[]"),
    ),
    max_size=12,
)
PATH = st.binary(min_size=1, max_size=8).map(
    lambda data: data.replace(b"\0", b"0").decode("utf-8", "surrogateescape")
)


def harmless(text):
    """Whether a terminal would neither obey nor hide a character, apart from line ends."""
    return not any(
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        for char in text
        if char != "\n"
    )


def foreign(repo, texts, data):
    """A result in which every text is foreign."""
    path, other, message, help_, title = texts
    repo.files[path] = data
    size = len(data)
    at = Location(path, size // 3, size // 2, 1, 1, 1, 1)
    repo.rule("ABC001", message, summary=message, explanation=message)
    repo.find(
        "ABC001",
        at,
        message,
        help=help_,
        related=[Related(Location(other, 0, 1), message)],
        fix=Fix(title, [Edit(size // 3, size // 2, message.encode("utf-8", "surrogatepass"))]),
    )
    waived = repo.find("ABC001", at, message)
    repo.waive(waived, Waiver("config", message, title))
    repo.result.notes = [Note("skipped", message, title)]
    repo.result.timings = {"ABC001": 1.0}
    return repo


@pytest.mark.parametrize("name", FORMATS)
@given(texts=st.tuples(PATH, PATH, ANY, ANY, ANY), data=st.binary(max_size=60))
def test_no_raw_control_reaches_any_report(new_repo, name, texts, data):
    repo = foreign(new_repo(), texts, data)
    text = repo.write(name, Style(statistics=True, timing=True, show_all=True, width=40))
    assert harmless(text)
    text.encode("utf-8")
    if name in ("json", "jsonl", "sarif"):
        assert text.isascii()


@given(ANY, ANY)
def test_a_message_cannot_forge_a_finding(new_repo, message, path):
    repo = new_repo()
    repo.find("ABC001", Location(path), message)
    for name in ("concise", "github", "jsonl"):
        assert len(repo.write(name).splitlines()) == 2
    assert len(repo.write("text").split("\n")) == 5


@given(ANY)
def test_visible_text_is_printable_and_leaves_printable_text_alone(text):
    assert visible(text).isprintable()
    if text.isprintable():
        assert visible(text) == text


@given(ANY)
def test_plain_text_is_valid_unicode_and_leaves_valid_text_alone(text):
    plain(text).encode("utf-8")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return
    assert plain(text) == text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_stream_that_cannot_encode_gets_escapes(tmp_path, encoding):
    with open(tmp_path / "out", "w", encoding=encoding) as out:
        put(out, "é中…\n")
    assert (tmp_path / "out").read_text(encoding) == {
        "ascii": "\\xe9\\u4e2d\\u2026\n",
        "latin-1": "é\\u4e2d\\u2026\n",
        "utf-8": "é中…\n",
    }[encoding]


SPANS = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(lambda pair: Span(*sorted(pair)))


@given(st.binary(max_size=90), SPANS, SPANS, st.integers(20, 60))
def test_any_line_fits_and_its_carets_stand_below_it(data, mark, secret, width):
    size = len(data)
    secrets = [secret] if secret.end <= size and secret.start < secret.end else []
    row = lay_out(Page(data, secrets, []), Span(0, size), mark, width)
    assert row.text.isprintable()
    assert columns(row.text) <= width
    assert row.carets >= 1
    assert row.column + row.carets <= columns(row.text) + 1


def columns(text):
    """The columns a terminal gives to a printable text."""
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me")
        else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


@given(st.text(st.sampled_from("ab \t{}=\"'"), max_size=70), SPANS)
def test_the_short_way_and_the_long_way_agree(text, mark):
    data = text.encode()
    line = Span(0, len(data))
    # A secret beyond the line makes the writer take the way of cells, and changes nothing else.
    short = lay_out(Page(data, [], []), line, mark, 400)
    long = lay_out(Page(data + b"\xff", [], []), Span(0, len(data) + 1), mark, 400)
    if mark.end <= len(data) and mark.start < mark.end:
        assert long == (short.text + "\\udcff", short.column, short.carets)
