"""Whatever another tool's file holds, it is read or refused at a line, and never shown."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onex_tools.accepted import detect_secrets, gitleaks
from onex_tools.accepted.document import Document
from onex_tools.accepted.entry import AcceptedError, Commit, Entry, Ground
from onex_tools.accepted.matching import Sources, match
from onex_tools.model import Finding, Location
from tests.conftest import no_hang

GROUND = Ground("/nowhere", "/nowhere/below")
SECRET = "Q7" + "secret" + "9Z"
NAMES = (
    "results", "a.py", "type", "hashed_secret", "line_number", "is_secret", "is_verified",
    "File", "RuleID", "StartLine", "EndLine", "Secret", "Commit",
)  # fmt: skip
LEAVES = st.sampled_from(
    [None, True, 0, 7, -1, 1.5, "", SECRET, "a" * 40, "REDACTED", "../x", "\0"]
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
        | st.dictionaries(st.sampled_from(NAMES[7:]), LEAVES, max_size=6)
    ),
    max_leaves=12,
)


def read(value: Any, indent: int | None) -> tuple[list[Entry], str]:
    """The entries of a document that holds ``value``, or why it is refused."""
    document = Document("a.json", json.dumps(value, indent=indent))
    reading = detect_secrets.entries if isinstance(value, dict) else gitleaks.reported
    try:
        return list(reading(document, GROUND)), ""
    except AcceptedError as error:
        return [], str(error)


@given(
    st.lists(VALUES, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3)
    | st.fixed_dictionaries({"results": st.dictionaries(st.just("a.py"), st.lists(VALUES))}),
    st.sampled_from([None, 0, 2]),
)
def test_any_document_is_read_or_refused(value: Any, indent: int | None) -> None:
    entries, said = read(value, indent)
    assert all(len(entry.digest) in (0, 40) for entry in entries)
    assert SECRET not in said
    assert not said or (said.startswith("a.json:") and "expected" in said)


@given(
    st.dictionaries(
        st.text(max_size=3), st.lists(st.text(max_size=3) | st.integers(), max_size=3), min_size=1
    )
)
def test_line_of_each_value(value: dict[str, list[Any]]) -> None:
    """Told by another way: the value is replaced by a mark, and the mark looked for."""
    document = Document("a.json", json.dumps(value, indent=1))
    for name, items in value.items():
        for number in range(len(items)):
            marked = {**value, name: [*items[:number], "MARKED", *items[number + 1 :]]}
            lines = json.dumps(marked, indent=1).splitlines()
            at = next(place for place, line in enumerate(lines, 1) if '"MARKED"' in line)
            assert document.line((name, number)) == at


def test_many_entries_on_one_file_end() -> None:
    """Also where they speak of the same line, of all lines, and of lines that are all alike."""
    data = b"x: y\n" * 20_000
    at = Location("a", 3, 4, 1, 4, 20_000, 5)
    commit = Commit("0" * 40, "a")
    entries = [Entry("o", "a", f"{number}", 1 + number % 9, 10**9) for number in range(5_000)]
    entries += [
        Entry("o", "a", f"{number}", number, number, commit=commit) for number in range(5_000)
    ]
    entries += [Entry("o", "a", "", 1, 10**9, f"{number:040}") for number in range(5_000)]
    with no_hang():
        sources = Sources(lambda _: data, lambda _: lines)
        lines = data.splitlines()
        matched = match(entries, [Finding("SEC010", at, "m")] * 20, sources)
    assert matched.findings == set(range(20))
    assert len(matched.left) == 10_000


@given(st.text("ab:/1\n# \0é", max_size=40))
def test_any_ignore_file_is_read_or_refused(text: str) -> None:
    try:
        entries = list(gitleaks.ignored("x", text, GROUND))
    except AcceptedError as error:
        assert str(error).startswith("x:")
    else:
        assert all(entry.path and entry.what for entry in entries)
