"""What a person reads in the terminal."""

from __future__ import annotations

import pytest

from onex_tools.model import Edit, Fix, Location, Related, Severity
from onex_tools.report import Style
from onex_tools.result import Note

PLAIN = Style()


def block(repo, style=PLAIN):
    """The first finding's lines."""
    return repo.write("text", style).partition("\n\n")[0] + "\n"


def test_a_finding_with_context_help_and_fix(repo):
    repo.file("conf/app.yaml", b"# app\nname: a\nport: 80\ndebug: yes\nlevel: 1\nlast: 2\n")
    at = repo.at("conf/app.yaml", b"yes")
    repo.find(
        "CFG001",
        at,
        "debug is on",
        severity=Severity.ERROR,
        help="turn it off\nor remove it",
        fix=Fix("turn it off", [Edit(at.start, at.end, b"no")]),
    )
    assert repo.write("text") == (
        """\
error[CFG001]: debug is on
 --> conf/app.yaml:4:8
  |
2 | name: a
3 | port: 80
4 | debug: yes
  |        ^^^
5 | level: 1
6 | last: 2
  |
  = help: turn it off
  =       or remove it
  = fix: turn it off
4 - debug: yes
4 + debug: no

Found 1 error in 1 file (1 fixable). Next: onex validate --fix
"""
    )


def test_gutters_are_as_wide_as_the_widest_number(repo):
    repo.file("a.txt", b"x\n" * 8 + b"bad\ny\nz\n")
    repo.find("ABC001", repo.at("a.txt", b"bad"))
    assert block(repo) == (
        """\
warning[ABC001]: this is wrong
  --> a.txt:9:1
   |
 7 | x
 8 | x
 9 | bad
   | ^^^
10 | y
11 | z
"""
    )


def test_blank_lines_at_the_ends_of_the_context_are_left_out(repo):
    repo.file("a.txt", b"one\n\n  \nbad\n\nfive\n\n")
    repo.find("ABC001", repo.at("a.txt", b"bad"))
    assert block(repo).splitlines()[2:] == ["  |", "4 | bad", "  | ^^^", "5 |", "6 | five"]


def test_a_span_over_lines_is_marked_on_its_first_one(repo):
    repo.file("a.py", b"x = f(\n    1,\n    2,\n)\ny = 1\n")
    repo.find("ABC001", repo.at("a.py", (4, 22)))
    assert block(repo).splitlines()[2:] == [
        "  |",
        "1 | x = f(",
        "  |     ^^ to line 4",
        "2 |     1,",
        "3 |     2,",
    ]


def test_a_span_with_its_newline_stays_on_its_line(repo):
    repo.file("a.py", b"bad\ngood\n")
    repo.find("ABC001", repo.at("a.py", b"bad\n"))
    assert "  | ^^^\n" in block(repo)


def test_related_places_follow_with_their_line(repo):
    repo.file("a.py", b"def f(): ...\n\n\n\ndef f(): ...\n")
    repo.file("b.py", b"import f\n")
    repo.find(
        "ABC001",
        repo.at("a.py", (16, 22)),
        related=[
            Related(repo.at("a.py", (0, 5)), "first defined here"),
            Related(Location("b.py"), "used in this file"),
            Related(Location("gone.py", 4, 5, 2, 1, 2, 2), "and here"),
        ],
    )
    assert block(repo) == (
        """\
warning[ABC001]: this is wrong
 --> a.py:5:1
  |
5 | def f(): ...
  | ^^^^^^
  |
 ::: a.py:1:1: first defined here
  |
1 | def f(): ...
  | ^^^^^
  |
 ::: b.py:1:1: used in this file
  |
 ::: gone.py:2:1: and here
"""
    )


@pytest.mark.parametrize(
    "at", [Location("a.txt"), Location("missing.txt"), Location("missing.txt", 5, 6, 2, 1, 2, 2)]
)
def test_a_whole_file_or_a_missing_one_has_no_frame(repo, at):
    repo.file("a.txt", b"one\ntwo\n")
    repo.find("LAY001", at, "no such thing")
    assert block(repo) == (
        f"warning[LAY001]: no such thing\n --> {at.path}:{at.line}:{at.column}\n"
    )


def test_a_rule_that_fires_often_shows_a_few_and_then_a_count(repo):
    repo.rule("DCS004", "missing-method-docstring")
    for name in "abcdefgh":
        repo.file(f"{name}.py", b"def f(): ...\n")
        repo.find("DCS004", repo.at(f"{name}.py", b"f"))
    repo.find("DCS004", repo.at("h.py", b"def"))
    repo.find("TXT001", repo.at("h.py", b"..."))
    text = repo.write("text")
    assert text.count("warning[DCS004]") == 5
    assert text.count("warning[TXT001]") == 1
    assert text.endswith(
        """\
… and 4 more DCS004 missing-method-docstring in 3 files (onex validate --select DCS004 --show-all)

count  code    name
    9  DCS004  missing-method-docstring
    1  TXT001  wrong-thing

Found 10 warnings in 8 files. Next: onex rules DCS004
"""
    )
    assert repo.write("text", Style(show_all=True)).count("warning[DCS004]") == 9


def test_only_the_files_that_are_shown_are_read(repo):
    for number in range(100):
        repo.file(f"{number:03}.py", b"x = 1\n")
        repo.find("ABC001", repo.at(f"{number:03}.py", b"x"))
    repo.write("text")
    assert repo.reads == ["000.py", "001.py", "002.py", "003.py", "004.py"]


def test_a_long_line_is_cut_around_the_span(repo):
    repo.file("min.js", b"a" * 500_000 + b"BAD" + b"z" * 500_000)
    repo.find("ABC001", repo.at("min.js", b"BAD"))
    source, carets = block(repo, Style(width=40)).splitlines()[3:5]
    assert source == "1 | …aaaaaaaaaaBADzzzzzzzzzzzzzzzzzzzzzzzzz…"
    assert carets == "  |            ^^^"


def test_carets_stand_under_tabs_wide_and_escaped_characters(repo):
    repo.file("a.txt", "\tx\t密码é\x1b[0m\u202e bad".encode() + b"\xff\n")
    repo.find("ABC001", repo.at("a.txt", b"bad\xff"))
    source, carets = block(repo).splitlines()[3:5]
    assert source == "1 |     x   密码é\\x1b[0m\\u202e bad\\udcff"
    assert carets == "  | " + " " * 27 + "^^^^^^^^^"
    assert source.index("bad") + 2 == carets.index("^")  # two characters are two columns wide


def test_a_long_line_opens_with_its_beginning_if_the_span_is_near(repo):
    repo.file("a.txt", b"it begins with BAD" + b"z" * 90)
    repo.find("ABC001", repo.at("a.txt", b"BAD"))
    assert block(repo, Style(width=40)).splitlines()[3:5] == [
        "1 | it begins with BADzzzzzzzzzzzzzzzzzzzz…",
        "  |                ^^^",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_ends_a_line(repo, ending):
    repo.file("a.txt", ending.join(["one", "two", "bad", "four", ""]).encode())
    repo.find("ABC001", repo.at("a.txt", b"bad"))
    lines = ["  |", "1 | one", "2 | two", "3 | bad", "  | ^^^", "4 | four"]
    assert block(repo).splitlines()[2:] == lines


def test_marks_on_letters_take_no_column(repo):
    repo.file("a.txt", "e\u0301te\u0301 bad\n".encode())
    repo.find("ABC001", repo.at("a.txt", b"bad"))
    assert block(repo).splitlines()[4] == "  |     ^^^"


@pytest.mark.parametrize("lead", ["", "x", "xy"])
def test_a_long_line_is_cut_between_characters(repo, lead):
    marked = f"{lead}e{chr(0x301) * 900}"
    repo.file("a.txt", f"{marked}BAD{marked}".encode())
    repo.find("ABC001", repo.at("a.txt", b"BAD"))
    assert "\\udc" not in block(repo, Style(width=41))


def test_a_place_beyond_the_end_of_a_changed_file_is_its_last_line(repo):
    repo.file("a.txt", b"one\ntwo")
    repo.find("ABC001", Location("a.txt", 50, 60, 9, 1, 9, 11), fix=Fix("x", [Edit(50, 60, b"")]))
    assert block(repo).splitlines()[3:6] == ["8 | one", "9 | two", "  |    ^"]


def test_hostile_text_is_escaped_wherever_it_is_printed(repo):
    repo.file("a.txt", b"x\n")
    path = "e\x1b]0;t\x07/\udcff\n.txt"
    repo.find(
        "ABC001",
        Location(path),
        "\u202emsg\r",
        help="h\x9b",
        related=[Related(Location("r\x00"), "why\x7f")],
        fix=Fix("t\u2066", []),
        details={"key path": "a\x1b.b", "entropy": "4.1"},
    )
    repo.result.notes = [Note("skipped", "n\x08", "m\u200b")]
    assert repo.write("text") == (
        r"""warning[ABC001]: \u202emsg\r
 --> e\x1b]0;t\x07/\udcff\n.txt:1:1
  |
 ::: r\x00:1:1: why\x7f
  |
  = note: key path a\x1b.b, entropy 4.1
  = help: h\x9b
  = fix: t\u2066

skipped: n\x08 (m\u200b)

Found 1 warning in 1 file (1 fixable). Next: onex validate --fix
"""
    )


def test_a_command_of_the_ci_runner_in_checked_text_is_broken_up(repo):
    repo.file("a.md", b"##[stop-commands]x\n")
    repo.find("ABC001", repo.at("a.md", b"x"), "##[error]y")
    repo.result.notes = [Note("skipped", "##[debug]z")]
    for name in ("text", "concise", "github"):
        assert "##[" not in repo.write(name)


def test_colours_mark_severity_gutter_and_message(repo):
    repo.file("a.txt", b"bad\n")
    repo.find("ABC001", repo.at("a.txt", b"bad"), severity=Severity.ERROR)
    assert block(repo, Style(color=True)) == (
        "\x1b[1;31merror[ABC001]\x1b[0m\x1b[1m: this is wrong\x1b[0m\n"
        "\x1b[1;34m -->\x1b[0m a.txt:1:1\n"
        "\x1b[1;34m  |\x1b[0m\n"
        "\x1b[1;34m1 |\x1b[0m bad\n"
        "\x1b[1;34m  |\x1b[0m \x1b[1;31m^^^\x1b[0m\n"
    )


def fixed(repo, data, edits, style=PLAIN, **more):
    """The lines of the diff for ``edits`` of a file."""
    repo.file("a.txt", data)
    at = repo.at("a.txt", (edits[0].start, edits[0].end))
    repo.find("ABC001", at, fix=Fix("mend", edits, **more))
    tail = block(repo, style).partition("  = fix: mend")[2]
    return tail.splitlines()


@pytest.mark.parametrize(
    ("data", "edits", "expected"),
    [
        (b"a\nb", [Edit(3, 3, b"\n")], ["2 - b", "2 + b\\n"]),
        (b"a  \t\nb\n", [Edit(1, 4, b"")], ["1 - a··\\t", "1 + a"]),
        (b"a\r\nb\n", [Edit(1, 3, b"\n")], ["1 - a\\r\\n", "1 + a\\n"]),
        (b"a\nb\nc\n", [Edit(2, 4, b"")], ["2 - b"]),
        (b"a\nb\n", [Edit(0, 0, b"x\ny\n")], ["1 + x", "2 + y"]),
        (b"a\nb\n", [Edit(4, 4, b"x\n")], ["3 + x"]),
        (b"one two\n", [Edit(4, 7, b"2"), Edit(0, 3, b"1")], ["1 - one two", "1 + 1 2"]),
        (b"a\rb\rc\n", [Edit(4, 5, b"d")], ["3 - c", "3 + d"]),
        (
            b"a\nx\nx\nb\n",
            [Edit(0, 1, b"A"), Edit(6, 7, b"B")],
            ["1 - a", "1 + A", "4 - b", "4 + B"],
        ),
        (b"", [Edit(0, 0, b"x\n")], ["1 + x"]),
    ],
)
def test_a_fix_is_a_small_diff(repo, data, edits, expected):
    assert fixed(repo, data, edits)[1:] == expected


def test_a_fix_above_its_finding_has_its_own_numbers(repo):
    repo.file("a.py", b"a\r\nb\rc\nd\n")
    repo.find(
        "ABC001", repo.at("a.py", b"d"), fix=Fix("mend", [Edit(3, 4, b"x"), Edit(9, 9, b"e")])
    )
    assert block(repo).partition("mend\n")[2] == "2 - b\n2 + x\n5 + e\n"


def test_an_unsafe_fix_says_so(repo):
    assert fixed(repo, b"a\n", [Edit(0, 1, b"b")], safe=False)[0] == (
        " (unsafe: needs --unsafe-fixes)"
    )


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(1, 99, b"")],
        [Edit(1, 0, b"")],
        [Edit(0, 2, b"x"), Edit(1, 3, b"y")],
    ],
)
def test_edits_that_do_not_fit_the_file_have_no_diff(repo, edits):
    assert fixed(repo, b"abc\n", edits) == [""]


def test_a_big_fix_is_cut_short(repo):
    data = b"".join(b"line %d\n" % n for n in range(100))
    mended = data.replace(b"line", b"LINE")
    lines = fixed(repo, data, [Edit(0, len(data), mended)])[1:]
    assert lines[:6] == [f"{n + 1} - line {n}" for n in range(6)]
    assert lines[-1] == "  | … the rest: onex validate --diff"
    assert len(lines) == 11
    whole = fixed(repo, data, [Edit(0, len(data), mended)], Style(show_all=True))
    assert len(whole) == 201


def test_the_fix_of_a_long_line_shows_what_changes(repo):
    data = b"a" * 300_000 + b"b" + b"c" * 300_000
    old, new = fixed(repo, data, [Edit(300_000, 300_001, b"XX")], Style(width=40))[1:]
    assert old == "1 - …aaaaaaaaaabccccccccccccccccccccccccccc…"
    assert new == "1 + …aaaaaaaaaaXXcccccccccccccccccccccccccc…"


def test_statistics_and_timing_are_tables(repo):
    repo.file("a.txt", b"bad\n")
    repo.rule("ABC001", "bad-thing")
    repo.find("ABC001", repo.at("a.txt", b"bad"), fix=Fix("mend", [Edit(0, 3, b"good")]))
    repo.find("ABC002", repo.at("a.txt", b"b"))
    repo.find("ABC002", repo.at("a.txt", b"a"))
    repo.result.timings = {"ABC001": 0.25, "ABC002": 0.75}
    expected = """\
count     code    name
    2     ABC002  wrong-thing
    1  *  ABC001  bad-thing
* fixable: onex validate --fix

seconds  share  code    name
  0.750  75.0%  ABC002  wrong-thing
  0.250  25.0%  ABC001  bad-thing

Found 3 warnings in 1 file (1 fixable). Next: onex validate --fix
"""
    style = Style(statistics=True, timing=True)
    assert repo.write("text", style).endswith("\n\n" + expected)
    assert repo.write("concise", style).endswith("\n" + expected)


def test_many_notes_of_a_kind_are_counted(repo):
    repo.result.notes = [Note("skipped", f"{n}.bin") for n in range(13)]
    text = repo.write("text")
    assert text.count(".bin") == 10
    assert "skipped: … and 3 more (onex validate --show-all)\n" in text
    assert repo.write("text", Style(show_all=True)).count(".bin") == 13


@pytest.mark.parametrize(
    ("prepare", "last"),
    [
        (lambda _: None, "Found nothing in 1 file."),
        (lambda repo: setattr(repo.result, "fixed", 2), "Found nothing in 1 file (2 fixed)."),
        (
            lambda repo: repo.find("ABC001", Location("a"), fix=Fix("x", [], safe=False)),
            "Found 1 warning in 1 file. Next: uvx onex rules ABC001",
        ),
        (
            lambda repo: [
                repo.find("ABC001", Location("a")),
                repo.find("ABC009", Location("b"), severity=Severity.ERROR),
            ],
            "Found 1 error, 1 warning in 1 file. Next: uvx onex rules ABC009",
        ),
    ],
)
def test_the_last_line_counts_and_says_what_is_next(repo, prepare, last):
    repo.file("a", b"")
    prepare(repo)
    assert repo.write("text", Style(command="uvx onex")).splitlines()[-1] == last


def test_a_failed_run_says_that_it_is_not_complete(repo):
    repo.result.failed = True
    for name in ("text", "concise", "github"):
        assert "A check did not do its work: this report is not complete.\n" in repo.write(name)


def test_concise_is_one_line_a_finding(services):
    assert services.write("concise") == (
        """\
services/billing/app.py:4:5: warning[DCS004] method `total` has no docstring
services/billing/config.yaml:4:13: error[SEC104] database password written in a configuration file
services/billing/config.yaml:5:10: info[TXT001] last line has no newline
skipped: assets/logo.bin: over 5 MiB (scan.max-size)
Found 1 error, 1 warning, 1 info in 3 files (1 fixable, 1 waived). Next: onex validate --fix
"""
    )


def test_a_path_cannot_pose_as_a_command_of_the_ci_runner(repo):
    repo.find("ABC001", Location(" ::add-mask::x"))
    assert repo.write("concise").startswith("./ ::add-mask::x:1:1: warning[ABC001]")


def test_of_unsafe_fixes_the_first_of_a_rule_is_shown(repo):
    repo.file("a.py", b"a\nb\nc\n")
    for at, word, code, safe in (
        (0, b"a", "ABC001", False),
        (2, b"b", "ABC001", False),
        (4, b"c", "ABC002", True),
    ):
        fix = Fix("mend", [Edit(at, at + 1, word.upper())], safe)
        repo.find(code, repo.at("a.py", word), fix=fix)
    lines = repo.write("text", PLAIN).splitlines()
    assert [line for line in lines if " + " in line] == ["1 + A", "3 + C"]
    assert sum("fix: mend" in line for line in lines) == 3
