"""``onex validate --fix``: what is mended, what is left alone, and what is said of it."""

from __future__ import annotations

import os
import re
import stat

import pytest

from onex_tools import trust

JSON = ("--output-format", "json")


def told(run):
    """(path, code) of every finding in a JSON report."""
    return [(f["path"], f["code"]) for f in run.json()["findings"]]


def test_safe_fixes_are_made_and_counted(fixes):
    fixes.write_all({"a.txt": "a \nb\t\n", "sub/b.txt": "SHOUT  \n", "clean.txt": "c\n"})
    fixes.write("README.md", "")
    run = fixes.fix("--fix", *JSON)
    assert fixes.read("a.txt") == b"a\nb\n"
    assert fixes.read("sub/b.txt") == b"SHOUT\n"
    assert told(run) == [("sub/b.txt", "TST002")]
    assert run.json()["summary"]["fixed"] == 3
    assert run.code == 1
    run = fixes.fix("--fix", "--unsafe-fixes", *JSON)
    assert fixes.read("sub/b.txt") == b"say\n"
    assert (run.code, told(run), run.json()["summary"]["fixed"]) == (0, [], 1)


def test_without_the_option_nothing_is_written(fixes):
    path = fixes.write("a.txt", "a \n")
    before = path.stat()
    assert fixes.fix().code == 1
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_only_named_files_are_mended(fixes):
    fixes.write_all({"a.txt": "a \n", "b.txt": "b \n"})
    fixes.fix("--fix", "a.txt")
    assert (fixes.read("a.txt"), fixes.read("b.txt")) == (b"a\n", b"b \n")


def test_overlapping_fixes_wait_for_another_round(fixes):
    fixes.write_all({"README.md": "", "a.txt": "(((((((x)))))))\n"})
    run = fixes.fix("--fix", *JSON)
    assert (run.code, fixes.read("a.txt")) == (0, b"(x)\n")
    assert run.json()["summary"]["fixed"] == 6


def test_the_same_edit_is_made_once(fixes):
    fixes.write_all({"README.md": "", "a.txt": "TWICE\n"})
    run = fixes.fix("--fix", *JSON)
    assert (run.code, fixes.read("a.txt")) == (0, b"once\n")
    assert run.json()["summary"]["fixed"] == 2


def test_insertions_at_one_place_are_made_in_a_stable_order(fixes):
    fixes.write_all({"README.md": "", "head.txt": "text\n", "head2.txt": "second\ntext\n"})
    assert fixes.fix("--fix").code == 0
    assert fixes.read("head.txt") == b"second\nfirst\ntext\n"
    assert fixes.read("head2.txt") == b"first\nsecond\ntext\n"


@pytest.mark.parametrize("shape", ["far", "before", "reversed", "crossed"])
def test_impossible_edit_is_a_crash_of_its_rule(fixes, shape):
    fixes.write_all({"README.md": "", f"misfit-{shape}.txt": "four \n", "z.txt": "z \n"})
    run = fixes.fix("--fix", *JSON)
    assert run.code == 2
    assert fixes.read(f"misfit-{shape}.txt") == b"four \n"
    assert fixes.read("z.txt") == b"z\n"
    crash = [f for f in run.json()["findings"] if f["code"] == "ONX090"]
    assert [f["path"] for f in crash] == [f"misfit-{shape}.txt"]
    assert "TST010" in crash[0]["message"]
    assert "TST001" not in crash[0]["message"]


@pytest.mark.parametrize(
    ("path", "text", "guilty"),
    [
        ("a.py", "DESTROY = 1 \n", {"TST011"}),
        ("a.txt", "BREED \n", {"TST012"}),
        ("a.txt", "IDLE \n", {"TST015"}),
        ("touchy.txt", "TOUCH \n", {"TST016"}),
    ],
)
def test_bad_fix_is_dropped_and_named(fixes, path, text, guilty):
    fixes.write_all({"README.md": "", path: text, "z.txt": "z \n"})
    run = fixes.fix("--fix", *JSON)
    assert run.code == 1
    assert fixes.read(path) == text.encode()
    assert fixes.read("z.txt") == b"z\n"
    dropped = [f for f in run.json()["findings"] if f["code"] == "ONX006"]
    assert [f["path"] for f in dropped] == [path] * len(guilty)
    assert {code for f in dropped for code in guilty if code in f["message"]} == guilty
    assert not any("TST001" in f["message"] for f in dropped)
    assert run.json()["summary"]["fixed"] == 1
    ignored = fixes.fix("--fix", *(f"--ignore={code}" for code in guilty), *JSON)
    assert (ignored.code, fixes.read(path)) == (0, text.replace(" \n", "\n").encode())


@pytest.mark.parametrize(
    ("text", "guilty"),
    [
        ("GROW", {"TST019"}),
        ("FLIP", {"TST013", "TST014"}),
        ("FLOP", {"TST013", "TST014"}),
        ("FLIP FLOP FLIP", {"TST013", "TST014"}),
        ("GROW FLIP", {"TST013", "TST014", "TST019"}),
    ],
)
def test_fix_without_end_is_left_out_and_the_others_are_made(fixes, text, guilty):
    fixes.write_all({"README.md": "", "a.txt": f"(((((((x))))))) \n{text}\t\nTWICE\n"})
    run = fixes.fix("--fix", *JSON)
    assert run.code == 1
    assert fixes.read("a.txt") == f"(x)\n{text}\nonce\n".encode()
    dropped = [f for f in run.json()["findings"] if f["code"] == "ONX006"]
    assert len(dropped) == len(guilty)
    assert {code for f in dropped for code in re.findall("TST...", f["message"])} == guilty
    assert run.json()["summary"]["fixed"] == 10
    again = fixes.fix("--fix", *JSON)
    assert again.json()["summary"]["fixed"] == 0
    assert told(again) == told(run)
    assert fixes.read("a.txt") == f"(x)\n{text}\nonce\n".encode()
    ignored = fixes.fix("--fix", *(f"--ignore={code}" for code in guilty), *JSON)
    assert (ignored.code, told(ignored)) == (0, [])


def test_both_rules_that_undo_each_other_are_named(fixes):
    fixes.write_all({"README.md": "", "a.txt": "FLIP\n"})
    run = fixes.fix("--fix")
    assert "the fix of TST013 and that of TST014 undo each other" in run.out
    assert "`--ignore TST013` or `--ignore TST014`" in run.out


@pytest.mark.parametrize(
    ("path", "text", "harmless"),
    [
        ("a.yaml", "a: BREAK\n", "a: 'BREAK'\n"),
        ("a.toml", "a = 1\n[BREAK]\n", "a = 1 # BREAK\n"),
        ("a.json", "[BREAK]\n", '{"BREAK": 1}\n'),
    ],
)
def test_every_language_with_a_parser_must_still_parse(fixes, path, text, harmless):
    fixes.write_all({"README.md": "", path: text})
    run = fixes.fix("--fix", *JSON)
    assert (run.code, fixes.read(path)) == (1, text.encode())
    assert set(told(run)) == {(path, "ONX006"), (path, "TST018")}
    fixes.write(path, harmless)
    assert fixes.fix("--fix").code == 0
    assert fixes.read(path) == harmless.replace("BREAK", "[{").encode()


def test_file_that_never_parsed_may_be_mended(fixes):
    fixes.write("a.py", "DESTROY = (1 \n")
    assert fixes.fix("--fix").code == 0
    assert fixes.read("a.py") == b"if = (1\n"


def test_waived_findings_are_not_mended(fixes):
    fixes.write("a.txt", "x \n# onex: ignore[TST001] -- on purpose\ny \n")
    fixes.write("old/b.txt", "b \n")
    fixes.write("known.txt", "k \n")
    fixes.write("README.md", "")
    config = fixes.read("onex.toml").decode()
    fixes.write(
        "onex.toml",
        config + '[[per-file-ignores]]\npath = ["old/**"]\ncodes = ["TST001"]\nreason = "old"\n',
    )
    run = fixes.fix("--fix", "a.txt", "old", *JSON)
    assert (run.code, told(run)) == (0, [])
    assert fixes.read("a.txt") == b"x\n# onex: ignore[TST001] -- on purpose\ny \n"
    assert fixes.read("old/b.txt") == b"b \n"


def test_baselined_findings_are_not_mended(fixes, monkeypatch):
    fixes.write_all({"README.md": "", "known.txt": "k \n"})
    monkeypatch.setenv("ONEX_TRUST_FILE", str(fixes.cache / "trust.json"))
    trust.record(str(fixes.root), ["tools/rules.py"], trusted=True)
    assert fixes.onex("baseline", "create").code == 0
    fixes.write("known.txt", "k \nnew  \n")
    run = fixes.fix("--fix", "--baseline", "onex-baseline.txt")
    assert run.code == 0, run
    assert fixes.read("known.txt") == b"k \nnew\n"


def test_unused_ignores_are_removed(fixes):
    fixes.write_all(
        {
            "README.md": "",
            "a.py": "x = 1  # onex: ignore[TST001] -- gone\n",
            "b.py": "# onex: ignore[TST001] -- gone\ny = 2\n",
            "c.txt": "z \t# onex: ignore[TST001, TST002] -- SHOUT\n",
            "crlf.py": "x = 1  # onex: ignore[TST001] -- gone\r\ny = 2\r\n",
        }
    )
    run = fixes.fix("--fix", *JSON)
    assert (run.code, told(run), run.json()["summary"]["fixed"]) == (0, [], 4)
    assert fixes.read("a.py") == b"x = 1\n"
    assert fixes.read("b.py") == b"y = 2\n"
    assert fixes.read("c.txt") == b"z \t# onex: ignore[TST002] -- SHOUT\n"
    assert fixes.read("crlf.py") == b"x = 1\r\ny = 2\r\n"


def test_ignore_that_a_fix_makes_unused_goes_with_it(fixes):
    fixes.write_all({"README.md": "", "a.txt": "TWICE # onex: ignore[TST002] -- SHOUT\n"})
    fixes.fix("--fix", "--unsafe-fixes")
    assert fixes.read("a.txt") == b"once # onex: ignore[TST002] -- SHOUT\n"
    fixes.write("a.txt", "once # onex: ignore[TST002] -- was loud\n")
    fixes.fix("--fix")
    assert fixes.read("a.txt") == b"once\n"


def test_ignore_of_a_tree_rule_is_judged_by_the_whole_tree_only(fixes):
    text = "a\n# onex: ignore[TST030] -- no need\nb\n"
    fixes.write_all({"README.md": "", "a.txt": text})
    fixes.fix("--fix", "a.txt")
    fixes.fix("--fix", "--scope", "file")
    assert fixes.read("a.txt") == text.encode()
    fixes.fix("--fix")
    assert fixes.read("a.txt") == b"a\nb\n"


def test_ignore_that_a_tree_rule_needs_stays(fixes):
    text = "# onex: ignore[TST030] -- no need\n\na \n"
    fixes.write("a.txt", text)
    run = fixes.fix("--fix", *JSON)
    assert (run.code, told(run)) == (0, [])
    assert fixes.read("a.txt") == text.replace("a \n", "a\n").encode()


def test_bytes_line_endings_and_mode_survive(fixes):
    raw = bytes(range(255, -1, -1)) + b"\r\nlast \r\nno newline "
    path = fixes.write("a.txt", raw)
    path.chmod(0o750)
    fixes.fix("--fix")
    assert fixes.read("a.txt") == bytes(range(255, -1, -1)) + b"\r\nlast\r\nno newline"
    assert stat.S_IMODE(path.stat().st_mode) == 0o750


def test_file_with_two_names_is_refused_and_the_others_go_on(fixes):
    fixes.write_all({"README.md": "", "a.txt": "a \n", "z.txt": "z \n"})
    os.link(fixes.root / "a.txt", fixes.root.parent / "other-name")
    run = fixes.fix("--fix", "--fail-on", "error", *JSON)
    assert run.code == 1
    assert (fixes.read("a.txt"), fixes.read("z.txt")) == (b"a \n", b"z\n")
    assert told(run) == [("a.txt", "ONX005"), ("a.txt", "TST001")]
    assert "2 names" in run.json()["findings"][0]["message"]
    assert run.json()["summary"]["fixed"] == 1
    assert "ONX005" in fixes.fix("--fix", "--quiet").out


def test_edit_under_the_run_is_not_lost(fixes):
    fixes.write_all({"README.md": "", "meddled.txt": "MEDDLE\n", "z.txt": "z \n"})
    run = fixes.fix("--fix", *JSON)
    assert run.code == 1
    assert fixes.read("meddled.txt") == b"MEDDLE\nan edit by hand\n"
    assert fixes.read("z.txt") == b"z\n"
    assert ("meddled.txt", "ONX005") in told(run)


def test_drafts_of_a_killed_run_are_removed(fixes):
    fixes.write_all({"README.md": "", "sub/a.txt": "a \n"})
    old = fixes.write("sub/.onex-0123456789abcdef.tmp", "left")
    young = fixes.write("sub/.onex-fedcba9876543210.tmp", "in use")
    other = fixes.write("sub/.onex-notes.tmp", "mine")
    for path in (old, other):
        os.utime(path, (1, 1))
    fixes.fix("--fix")
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


def test_notes_are_not_said_twice(fixes):
    fixes.write_all({"README.md": "", "a.txt": "a \n"})
    (fixes.root / "link.txt").symlink_to("a.txt")
    run = fixes.fix("--fix", "a.txt", "link.txt")
    assert run.code == 0
    assert run.out.count("link.txt") == 1


def test_standard_input_is_mended_to_standard_output(fixes):
    fixes.write("README.md", "")
    run = fixes.fix("--fix", "--stdin-filename", "new.txt", stdin=b"a \r\nSHOUT\t")
    assert (run.code, run.out) == (1, "a\r\nSHOUT")
    assert "TST002" in run.err
    assert not (fixes.root / "new.txt").exists()
    run = fixes.fix("--fix", "--stdin-filename", "new.txt", stdin=b"clean\n")
    assert (run.code, run.out) == (0, "clean\n")
    text = b"x = 1  # onex: ignore[TST001] -- gone\n"
    assert fixes.fix("--fix", "--stdin-filename", "new.py", stdin=text).out == "x = 1\n"


def test_standard_input_that_cannot_be_mended_comes_out_as_it_was(fixes):
    run = fixes.fix("--fix", "--stdin-filename", "misfit-far.txt", stdin=b"a \n")
    assert (run.code, run.out) == (2, "a \n")
    assert "TST010" in run.err
    run = fixes.fix("--fix", "--stdin-filename", "tools/excluded.txt", stdin=b"a \n")
    assert (run.code, run.out) == (0, "a \n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fix", "--staged"), "git's index"),
        (("--unsafe-fixes",), "--fix or --diff"),
        (("--diff", "--output-format", "sarif"), "sarif"),
        (("--fix", "--diff", "--output-format", "json"), "json"),
        (("--diff", "--output-file", "report.txt"), "--output-file"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_done(fixes, arguments, said):
    fixes.write("a.txt", "a \n")
    run = fixes.fix(*arguments)
    assert run.code == 2
    assert said in run.err
    assert fixes.read("a.txt") == b"a \n"


def test_more_faults_than_are_reported_at_once_are_all_mended(fixes):
    fixes.write_all({"README.md": "", "a.txt": "x \n" * 4500, "b.txt": "FLIP\n" * 1500})
    run = fixes.fix("--fix", *JSON)
    assert fixes.read("a.txt") == b"x\n" * 4500
    assert run.json()["summary"]["fixed"] == 4500
    assert fixes.read("b.txt") == b"FLIP\n" * 1500
    assert ("b.txt", "ONX006") in told(run)


def test_standard_input_over_the_limit_is_refused(fixes):
    fixes.write("onex.toml", "max-scan-bytes = 10\n" + fixes.read("onex.toml").decode())
    run = fixes.fix("--fix", "--stdin-filename", "new.txt", stdin=b"more than ten \n")
    assert (run.code, run.out) == (2, "")
    assert "takes at most 10 bytes" in run.err


def test_unsafe_fixes_that_were_left_are_told(git_repo):
    git_repo.write("a.py", "def f():\n    return 1\n")
    said = "2 fixes are unsafe and were not made: look at them with --diff --unsafe-fixes\n"
    for option in ("--fix", "--diff"):
        run = git_repo.onex("validate", option, "a.py")
        assert run.code == 1 and run.err.endswith(said)
        assert said not in git_repo.onex("validate", option, "--quiet", "a.py").err
    assert said not in git_repo.onex("validate", "--fix", "--unsafe-fixes", "a.py").err
