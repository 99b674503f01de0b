"""What a sensitive rule covers reaches no report, by no way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.masking import MASK, masked, repeats, telling
from onex_tools.model import Edit, Finding, Fix, Location, Related, Span
from onex_tools.report import FORMATS, Style
from onex_tools.report.pages import Page, merged
from onex_tools.result import Waived, Waiver

CANARY, OTHER, THIRD = b"zq7-canary-Xw9", b"kv3-finch-Lm2", b"ab"
STYLES = [Style(), Style(show_all=True, color=True, width=40, statistics=True)]


@pytest.fixture
def vault(repo):
    """A repository with secrets on, beside and between the lines that are shown."""
    repo.rule("SEC001", "secret", sensitive=True)
    repo.rule("TXT001", "plain-fault")
    repo.file(
        "a.yaml",
        b"first: " + CANARY + b"\nurl: http://u:" + CANARY + b"@h/" + OTHER + b"\n"
        b"note: " + CANARY + b" again\nshort: " + THIRD + b"\nend: x",
    )
    return repo


def assert_hidden(repo):
    """No report holds a secret, even where colours or cuts would break it up."""
    for name in FORMATS:
        for style in STYLES:
            text = repo.write(name, style)
            for secret in (CANARY, OTHER):
                assert secret.decode() not in text, name
                assert secret.decode()[:8] not in text, name
                assert secret.hex() not in text, name


def test_frames_mask_every_secret_on_every_line(vault):
    data = vault.files["a.yaml"]
    vault.find("SEC001", vault.at("a.yaml", CANARY))
    vault.find("SEC001", vault.at("a.yaml", OTHER))
    vault.find("SEC001", vault.at("a.yaml", (data.index(b"ab\nend"), data.index(b"\nend"))))
    vault.find("TXT001", vault.at("a.yaml", b"again"))
    assert_hidden(vault)
    text = vault.write("text")
    assert (
        """\
1 | first: ********
2 | url: http://u:********@h/********
3 | note: ******** again
  |                ^^^^^
4 | short: ********
5 | end: x
"""
        in text
    )
    assert (
        """\
1 | first: ********
  |        ^^^^^^^^
"""
        in text
    )


def test_waived_and_related_secrets_are_masked_too(vault):
    at = vault.at("a.yaml", CANARY)
    vault.result.waived.append(Waived(Finding("SEC001", at, "m"), Waiver("baseline", "b")))
    vault.file("b.yaml", b"copy: " + OTHER + b"\n")
    vault.find(
        "SEC001",
        vault.at("a.yaml", OTHER),
        related=[Related(vault.at("b.yaml", OTHER), "the same"), Related(Location("b.yaml"), "m")],
    )
    vault.find("TXT001", vault.at("b.yaml", b"copy"))
    assert_hidden(vault)
    assert "1 | copy: ********\n" in vault.write("text")


def test_a_file_that_is_a_secret_as_a_whole_is_never_shown(vault):
    vault.find("SEC001", Location("a.yaml"), "a key file is in the repository")
    vault.find("TXT001", vault.at("a.yaml", b"x"), fix=Fix("mend", [Edit(0, 9, CANARY)]))
    assert_hidden(vault)
    assert " | " not in vault.write("text")


@pytest.mark.parametrize("failure", ["ONX004", "ONX090", "ONX091"])
def test_a_file_that_a_sensitive_rule_did_not_finish_is_not_shown(vault, failure):
    vault.find(failure, Location("a.yaml"), "SEC001 did not get to its end", anchor="SEC001")
    vault.find("TXT001", vault.at("a.yaml", b"again"), fix=Fix("mend", [Edit(0, 9, CANARY)]))
    assert_hidden(vault)
    assert " | " not in vault.write("text")


def test_a_file_that_another_rule_did_not_finish_is_shown(vault):
    vault.find("ONX090", Location("a.yaml"), "TXT001 crashed", anchor="TXT001")
    vault.find("TXT001", vault.at("a.yaml", b"end"))
    assert "5 | end: x" in vault.write("text")


def test_a_rule_that_nobody_knows_is_taken_for_sensitive(vault):
    vault.find("XYZ001", vault.at("a.yaml", CANARY))
    vault.find("XYZ001", vault.at("a.yaml", OTHER))
    vault.result.rules = {}
    assert_hidden(vault)
    assert "ruleIndex" not in vault.write("sarif")


def test_a_secret_over_lines_is_masked_on_each_and_where_it_is_repeated(vault):
    key = b"-----BEGIN\n\n" + CANARY + b"\n  " + OTHER + b"\n-----END"
    vault.file("key.pem", b"# key\n" + key + b"\ncopy: " + OTHER + b"\n")
    vault.find("SEC001", vault.at("key.pem", key))
    vault.find("TXT001", vault.at("key.pem", b"copy"))
    assert_hidden(vault)
    assert "2 | ********\n  | ^^^^^^^^ to line 6\n3 |\n4 | ********\n" in vault.write("text")


@pytest.mark.parametrize("safe", [True, False])
@pytest.mark.parametrize(
    ("code", "replacement", "shown"),
    [
        # The rule's own fix is worth seeing, unless it would repeat what it hides.
        ("SEC001", b"${TOKEN}", "+ first: ${TOKEN}"),
        ("SEC001", b"x-" + CANARY + b"-x", "+ first: x-********-x"),
        # Another rule may write the secret in a spelling that nobody can find again.
        ("TXT001", CANARY[:6] + b"\\x2d" + CANARY[6:], "+ first: ********"),
    ],
)
def test_fixes_are_masked(vault, code, replacement, shown, safe):
    at = vault.at("a.yaml", CANARY)
    vault.find("SEC001", at)
    vault.find("SEC001", vault.at("a.yaml", OTHER))
    vault.find(code, at, fix=Fix("mend", [Edit(at.start, at.end, replacement)], safe=safe))
    text = vault.write("text")
    assert f"1 - first: ********\n1 {shown}\n" in text
    assert CANARY[:8].decode() not in text
    record = json.loads(vault.write("json"))["findings"][-1]["fix"]
    assert ("edits" in record) == (b"TOKEN" in replacement)
    results = json.loads(vault.write("sarif"))["runs"][0]["results"]
    assert ("fixes" in results[-1]) == (b"TOKEN" in replacement)
    if b"TOKEN" not in replacement:
        assert_hidden(vault)


def test_a_fix_beside_a_short_secret_does_not_show_it(vault):
    data = vault.files["a.yaml"]
    start = data.index(b"ab\nend")
    vault.find("SEC001", vault.at("a.yaml", (start, start + 2)))
    at = vault.at("a.yaml", b"short")
    vault.find("TXT001", at, fix=Fix("mend", [Edit(at.start, at.end, b"longer")]))
    assert "4 - short: ********\n4 + longer: ********\n" in vault.write("text")


def test_a_fix_of_a_file_that_is_gone_is_kept_out_of_machine_formats(vault):
    vault.find("SEC001", Location("gone", 3, 9, 1, 4, 1, 10))
    vault.find("TXT001", Location("gone", 0, 1), fix=Fix("mend", [Edit(0, 1, CANARY)]))
    assert_hidden(vault)


def test_a_secret_in_a_long_line_is_masked_where_the_line_is_cut(vault):
    secret = b"".join(b"%05d" % n for n in range(4000))
    vault.file("min.json", b'{"k":"' + secret + b'","next":x,"again":"' + secret + b'","tail":x}')
    vault.find("SEC001", vault.at("min.json", secret))
    vault.find("TXT001", vault.at("min.json", b"next"))
    vault.find("TXT001", vault.at("min.json", b"again"))
    vault.find("TXT001", vault.at("min.json", b"tail"))
    text = vault.write("text", Style(width=60))
    lines = [line for line in text.splitlines() if line.startswith("1 | ")]
    assert len(lines) == 4
    assert not any(char.isdigit() for line in lines for char in line[4:])


def test_a_file_made_of_secrets_shows_none(vault):
    data = b"".join(b"key-%06d\n" % number for number in range(20_000))
    vault.file("dump.txt", data)
    for number in range(20_000):
        at = Location("dump.txt", number * 11, number * 11 + 10, number + 1, 1, number + 1, 11)
        vault.find("SEC001", at)
    text = vault.write("text", Style(limit=200))
    assert "key-" not in text


PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)))
GLUE = st.lists(st.sampled_from([b"a: ", b"\n", b"\r\n", b"\xff", b"  ", b"\t"]))
SECRETS = st.lists(st.sampled_from([b"swordfish", b"opensesame", "pässwört".encode()]), max_size=3)


@given(GLUE, SECRETS, st.data())
def test_no_frame_or_diff_of_any_file_shows_a_secret(new_repo, glue, secrets, draw):
    parts = draw.draw(st.permutations([*glue, *secrets]))
    data = b"".join(parts)
    repo = new_repo()
    repo.rule("SEC001", "secret", sensitive=True)
    repo.file("a", data)
    for secret in set(secrets):
        repo.find("SEC001", repo.at("a", secret))
    start, end = sorted(draw.draw(st.tuples(*[st.integers(0, len(data))] * 2)))
    repo.find("TXT001", repo.at("a", (start, end)), fix=Fix("mend", [Edit(start, end, b"new")]))
    for name in FORMATS:
        text = repo.write(name, Style(show_all=True, width=30))
        assert not any(secret.decode() in text for secret in secrets)


@given(st.binary(max_size=40), PLACES, st.data())
def test_masks_are_exactly_what_is_secret(data, listed, draw):
    spans = [Span(a, min(a + n, len(data))) for a, n in listed if a < len(data)]
    start, end = sorted(draw.draw(st.tuples(*[st.integers(0, len(data))] * 2)))
    masks = Page(data, merged(spans), []).masks(start, end)
    hidden = {at for a, b in spans for at in range(a, b) if start <= at < end}
    assert {at for a, b in masks for at in range(a, b)} == hidden
    across = any(a < start < b for a, b in merged(spans))
    assert Page(data, merged(spans), []).touches(start, end) == (bool(hidden) or across)


def test_repeats_are_found_one_after_another():
    assert [tuple(span) for span in repeats(b"abab-ab", [b"ab", b"b-"])] == [
        (0, 2),
        (2, 4),
        (5, 7),
        (3, 5),
    ]


WORDS = st.text("ab*é", max_size=14)


@given(st.lists(st.one_of(WORDS, st.sampled_from(["swordfish-1", "päss word1"]))), WORDS)
def test_a_sentence_keeps_all_but_the_secret(words, lead):
    parts = telling([b"swordfish-1", "päss word1".encode(), b"short"])
    text = lead + " ".join(words)
    shown = masked(text, parts)
    assert not any(part in shown for part in parts)
    for secret in ("swordfish-1", "päss word1"):
        text = text.replace(secret, MASK)
    assert shown == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("found 'eftgh-swordfish-1'", "found 'eftgh-********'"),
        ("cut: swordfish-…", "cut: ********…"),
        ("two: swordfish-1swordfish-1", "two: ********"),
        ("eight: password", "eight: ********"),
        ("a word of it: sword", "a word of it: sword"),
    ],
)
def test_a_part_of_a_secret_is_masked_in_a_sentence(text, shown):
    assert masked(text, telling([b"swordfish-1", b"password"])) == shown
