"""``onex validate --diff``: what it shows, what it hides, and that it writes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def listing(repo):
    """Every path with its bytes and its times."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        for path in repo.root.rglob("*")
        if path.is_file()
    }


def test_it_shows_what_would_change_and_writes_nothing(fixes):
    lines = [f"{n}\n" for n in range(1, 21)]
    lines[1], lines[14], lines[15] = "2 \n", "15\t\n", "16 \n"
    fixes.write_all({"README.md": "", "a.txt": "".join(lines), "b.txt": "clean\n", "c.txt": "c "})
    before = listing(fixes)
    run = fixes.fix("--diff")
    assert listing(fixes) == before
    assert run.code == 1
    assert run.out == (
        "--- a/a.txt\n+++ b/a.txt\n"
        "@@ -1,5 +1,5 @@\n 1\n-2 \n+2\n 3\n 4\n 5\n"
        "@@ -12,8 +12,8 @@\n 12\n 13\n 14\n-15\t\n-16 \n+15\n+16\n 17\n 18\n 19\n"
        "--- a/c.txt\n+++ b/c.txt\n"
        "@@ -1 +1 @@\n-c \n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    assert run.err == "Would fix 4 findings in 2 files.\n"
    assert fixes.fix("--diff", "--quiet").err == ""
    assert fixes.fix("--fix", "--diff").out == run.out
    assert listing(fixes) == before
    assert fixes.fix("--diff", "--exit-zero").code == 0


def test_nothing_to_change_is_an_empty_diff_and_a_report(fixes):
    fixes.write_all({"README.md": "", "a.txt": "clean\n"})
    run = fixes.fix("--diff")
    assert (run.code, run.out) == (0, "")
    assert "Found nothing in" in run.err
    fixes.write("a.txt", "SHOUT\n")
    run = fixes.fix("--diff")
    assert (run.code, run.out) == (1, "")
    assert "TST002" in run.err
    run = fixes.fix("--diff", "--unsafe-fixes")
    assert "-SHOUT\n+say\n" in run.out


def test_what_a_fix_can_do_is_what_the_diff_shows(fixes):
    tool = shutil.which("patch")
    if tool is None:
        pytest.skip("patch is not installed")
    fixes.write_all(
        {
            "README.md": "",
            "a.txt": "1 \n2\n3\n\n\nTWICE\n\n\n\n\n((((x))))",
            "dir/crlf.txt": "a \r\nb\r\n\tc\r\n",
            "ü.txt": "ünïcode \n",
            "head.txt": "text\n" * 9 + "end ",
            "empty-head.txt": "",
            "gone.py": "# onex: ignore[TST001] -- gone\n",
        }
    )
    diff = fixes.fix("--diff").out
    copy = fixes.root.parent / "copy"
    shutil.copytree(fixes.root, copy)
    subprocess.run([tool, "-p1", "--quiet", "--binary"], input=diff.encode(), cwd=copy, check=True)
    assert fixes.fix("--fix").code == 0
    for path in fixes.root.rglob("*"):
        if path.is_file():
            assert (copy / path.relative_to(fixes.root)).read_bytes() == path.read_bytes()


def test_secrets_are_masked_on_both_sides(fixes):
    fixes.write("a.txt", "one \npassword=hunter2hunter2 \nthe same: hunter2hunter2\t\n")
    run = fixes.fix("--diff")
    assert run.code == 1
    assert "hunter2" not in run.out + run.err
    assert "-one \n" in run.out
    assert "+the same: ********\n" in run.out
    run = fixes.fix("--diff", "--unsafe-fixes")
    assert "hunter2" not in run.out + run.err
    assert "+password=${PASSWORD}\n" in run.out


def test_waived_secrets_are_masked(fixes):
    fixes.write("a.txt", "# onex: ignore[TST020] -- a sample\npassword=hunter2hunter2 \nb \n")
    run = fixes.fix("--diff")
    assert "+password=********\n" in run.out
    assert "hunter2" not in run.out + run.err


def test_what_is_left_of_a_secret_that_no_rule_finds_any_more_is_masked(fixes):
    fixes.write("a.txt", "password=hunter2hunter2#\n")
    run = fixes.fix("--diff")
    assert "-password=********\n+********\n" in run.out
    assert "unter2" not in run.out + run.err


def test_secret_that_a_fix_spells_differently_is_masked(fixes):
    fixes.write("a.txt", "password=hunter2hunter2!\n")
    run = fixes.fix("--diff")
    assert "-password=********\n+********\n" in run.out
    assert "2retnuh" not in run.out + run.err


def test_secret_that_is_found_only_after_a_fix_is_masked_before_it_too(fixes):
    fixes.write("a.txt", "passwrod=hunter2hunter2\n")
    run = fixes.fix("--diff")
    assert "-passwrod=********\n+password=********\n" in run.out
    assert "hunter2" not in run.out + run.err


def test_secrets_that_tree_rules_find_are_masked_where_they_come_from_too(fixes):
    fixes.write_all(
        {"README.md": "", "vault.txt": "opensesame \n", "copy.txt": "it: opensesame \n"}
    )
    run = fixes.fix("--diff")
    assert "-******** \n+********\n" in run.out
    assert "-it: ******** \n+it: ********\n" in run.out
    assert "sesame" not in run.out + run.err


def test_nothing_reaches_the_terminal_raw(fixes):
    fixes.write("a.txt", b"\x1b[31mred \nbidi \xe2\x80\xae here \n\xff\xfe \n\x0c\x07 \n")
    run = fixes.fix("--diff")
    assert "-\\x1b[31mred \n" in run.out
    assert "\\u202e" in run.out
    assert "\\udcff\\udcfe" in run.out
    assert not set(run.out) & set("\x1b\x07\x0c\u202e")


def test_path_reaches_the_terminal_escaped(fixes):
    name = os.fsdecode(b"bad-\xff-\x1b[2J.txt")
    (fixes.root / name).write_bytes(b"a \n")
    run = fixes.fix("--diff")
    assert "--- a/bad-\\udcff-\\x1b[2J.txt\n" in run.out
    assert "\x1b" not in run.out
    assert fixes.fix("--fix", "--ignore", "TST030").code == 0
    assert (fixes.root / name).read_bytes() == b"a\n"


def test_colours_are_given_when_they_are_asked_for(fixes):
    fixes.write("a.txt", "a \n")
    assert "\x1b[31m-a \x1b[0m\n\x1b[32m+a\x1b[0m\n" in fixes.fix("--diff", "--color", "always").out
    assert "\x1b" not in fixes.fix("--diff", "--color", "never", FORCE_COLOR="1").out
    assert "\x1b" not in fixes.fix("--diff", FORCE_COLOR="1", NO_COLOR="1").out


def test_standard_input_is_diffed(fixes):
    run = fixes.fix("--diff", "--stdin-filename", "new.txt", stdin=b"a \n")
    assert run.code == 1
    assert "-a \n+a\n" in run.out
    assert "--- a/new.txt\n" in run.out


def test_bad_fixes_are_named_and_hide_no_other_diff(fixes):
    fixes.write_all({"README.md": "", "misfit-far.txt": "m \n", "z.txt": "z \n"})
    run = fixes.fix("--diff")
    assert run.code == 2
    assert "-z \n+z\n" in run.out
    assert "misfit" not in run.out
    assert "TST010" in run.err
    (fixes.root / "misfit-far.txt").unlink()
    fixes.write("a.txt", "BREED\n")
    run = fixes.fix("--diff", "--fail-on", "error")
    assert run.code == 1
    assert "-z \n+z\n" in run.out
    assert "TST012" in run.err


def test_changes_share_a_hunk_while_their_context_meets(fixes):
    fixes.write("a.txt", "1 \n" + "c\n" * 6 + "8 \n" + "c\n" * 7 + "16 \n")
    out = fixes.fix("--diff").out
    hunks = [line for line in out.splitlines() if line.startswith("@@")]
    assert hunks == ["@@ -1,11 +1,11 @@", "@@ -13,4 +13,4 @@"]


def test_line_endings_are_spelled_out_where_nothing_else_differs(fixes):
    fixes.write_all({"a.txt": "CRLF\r\nlast \r\n", "README.md": ""})
    run = fixes.fix("--diff", "--select", "TST023")
    assert "-CRLF\\r\\n\n+CRLF\\n\n last \r\n" in run.out
    assert "-last \r\n+last\r\n" in fixes.fix("--diff", "--select", "TST001").out
