"""Docstring coverage: what is counted, what is printed, the threshold and the badge."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.badge import COLOURS, render_badge
from onex_tools.coverage import Count

DOC = '"""Doc."""\n'
TREE = {
    "shop/__init__.py": "",
    "shop/cart.py": DOC + 'class Cart:\n    """Doc."""\n\n    def add(self): pass\n',
    "shop/io/load.py": DOC + "def f(): pass  # noqa: D103\ndef _g(): pass\n",
    "tool.py": "def f():\n    ' '\ndef g():\n    'TODO(docstring): Say it.'\n",
    "tests/test_cart.py": "def test(): pass\n",
    "README.md": "# Shop\n",
}


def counted(repo, *arguments):
    """The JSON that the command prints."""
    return repo.onex("coverage", "--output-format", "json", *arguments).json()


def test_table_of_folders(repo):
    repo.write_all(TREE)
    run = repo.onex("coverage")
    assert run.out.splitlines() == [
        "folder   documented    total  coverage",
        ".                 0        3     0.0 %",
        "shop              2        3    66.6 %",
        "shop/io           1        2    50.0 %",
        "total             3        8    37.5 %",
        "",
        "37.5 % of 8 definitions are documented",
    ]
    assert (run.code, run.err) == (0, "")


def test_table_of_files_and_what_is_missing(git_repo):
    repo = git_repo
    repo.write_all(TREE)
    run = repo.onex("coverage", "--by", "file", "-v", "shop", "--fail-under", "60")
    assert run.out.splitlines() == [
        "shop/cart.py:5: DCS004 public method `Cart.add` has no docstring",
        "shop/io/load.py:2: DCS005 public function `f` has no docstring",
        "",
        "file             documented    total  coverage",
        "shop/cart.py              2        3    66.6 %",
        "shop/io/load.py           1        2    50.0 %",
        "total                     3        5    60.0 %",
        "",
        "passed: 60.0 % of 5 definitions are documented, 60 % is asked for",
    ]
    assert run.code == 0


def test_counts_what_the_rules_on_missing_docstrings_ask_for(repo):
    repo.write_all(TREE)
    for config in ("", "private = true\ntests = true\n", "empty = true\nmagic = true\n"):
        repo.write("onex.toml", f"[docstrings]\n{config}")
        rows = repo.onex("validate", "--output-format", "json").json()
        found = [*rows["findings"], *rows["waived"]]
        reported = {(row["path"], row["line"], row["code"]) for row in found}
        missing = {(row["path"], row["line"], row["code"]) for row in counted(repo)["missing"]}
        assert missing == {row for row in reported if row[2] < "DCS010"}
        assert len(rows["waived"]) == 1


def test_selection_and_waivers_change_nothing(repo):
    repo.write_all(TREE)
    before = counted(repo)
    repo.write("onex.toml", 'select = ["STP"]\nignore = ["DCS001", "DCS010", "DCS020"]\n')
    assert counted(repo) == before


def test_inherited_docstrings_count(repo):
    base = DOC + 'class A:\n    "Doc"\n    def m(self): "Doc"\n'
    text = (
        DOC
        + 'from a import A\nclass B(A):\n    "Doc"\n    def m(self): pass\n    def n(self): pass\n'
    )
    repo.write_all({"a.py": base, "b.py": text})
    assert counted(repo)["documented"] == 5
    repo.write("onex.toml", "[docstrings]\ninherit = true\n")
    found = counted(repo)
    assert (found["documented"], found["total"]) == (6, 7)
    assert [row["code"] for row in found["missing"]] == ["DCS010"]
    # The base need not be among what is counted; and the rule need not be on.
    repo.write("onex.toml", 'ignore = ["DCS010"]\n[docstrings]\ninherit = true\n')
    found = counted(repo, "b.py")
    assert (found["documented"], found["total"]) == (3, 4)


def test_json_has_the_numbers(repo):
    repo.write_all(TREE)
    found = counted(repo, "--fail-under", "50")
    assert {name: found[name] for name in found if name not in ("rows", "missing")} == {
        "version": 1,
        "documented": 3,
        "total": 8,
        "percent": 37.5,
        "fail_under": 50.0,
        "passed": False,
    }
    assert found["rows"][1] == {"folder": "shop", "documented": 2, "total": 3, "percent": 66.6}
    assert found["missing"][0] == {
        "path": "shop/cart.py",
        "line": 5,
        "code": "DCS004",
        "message": "public method `Cart.add` has no docstring",
    }


def test_threshold_of_the_command_and_of_the_configuration(repo):
    repo.write_all(TREE)
    assert repo.onex("coverage", "-f", "37.5").code == 0
    run = repo.onex("coverage", "-f", "37.6")
    assert run.code == 1
    assert run.out.endswith("failed: 37.5 % of 8 definitions are documented, 37.6 % is asked for\n")
    repo.write("onex.toml", "[docstrings]\nfail-under = 40\n")
    assert repo.onex("coverage").code == 1
    assert repo.onex("coverage", "-f", "0").code == 0
    assert repo.onex("coverage", "-f", "101").code == 2


def test_validate_has_the_threshold_too(repo):
    repo.write_all(TREE)
    assert not [row for row in repo.codes() if "DCS020" in row]
    repo.write("onex.toml", "[docstrings]\nfail-under = 40\ninherit = true\n")
    run = repo.onex("validate", "--output-format", "concise")
    said = "37.5 % of what has to have a docstring has one (3 of 8), and 40 % is asked for"
    assert said in run.out
    assert ".:1 DCS020" in repo.codes()
    repo.write("onex.toml", "[docstrings]\nfail-under = 37.5\n")
    assert not [row for row in repo.codes() if "DCS020" in row]


def test_threshold_counts_inherited_docstrings(repo):
    test_inherited_docstrings_count(repo)
    for wanted, low in ((85, False), (86, True)):
        repo.write("onex.toml", f"[docstrings]\ninherit = true\nfail-under = {wanted}\n")
        assert (".:1 DCS020" in repo.codes()) is low


def test_what_changes_is_counted_again(repo):
    repo.write_all(TREE)
    assert counted(repo)["documented"] == 3
    repo.write("tool.py", DOC)
    assert (counted(repo)["documented"], counted(repo)["total"]) == (4, 6)
    (repo.root / "shop/cart.py").unlink()
    assert counted(repo) == counted(repo, "--no-cache")
    assert counted(repo)["total"] == 3


def test_nothing_to_document_is_all(repo):
    repo.write("README.md", "# Shop\n")
    run = repo.onex("coverage", "--fail-under", "100")
    assert run.code == 0
    assert "100.0 % of 0 definitions" in run.out


def test_file_that_cannot_be_read_is_said_and_fails(repo):
    repo.write_all({"a.py": DOC, "b.py": "def f(:\n"})
    run = repo.onex("coverage")
    assert run.code == 1
    assert run.err.startswith("b.py:1: ONX003 not valid python")
    assert "100.0 % of 1 definitions" in run.out


def test_badge_is_written_if_it_changes(repo):
    repo.write_all(TREE)
    badge = repo.root / "badge.svg"
    quiet = repo.onex("coverage", "-q", "--badge", "badge.svg")
    assert quiet.out == quiet.err == ""
    assert badge.read_bytes() == render_badge("docstrings", 37.5)
    before = badge.stat()
    assert repo.onex("coverage", "--badge", "badge.svg").err == ""
    assert badge.stat() == before
    repo.write("more.py", DOC)
    assert repo.onex("coverage", "--badge", "badge.svg").err == "wrote badge.svg\n"
    assert badge.read_bytes() == render_badge("docstrings", 44.4)
    run = repo.onex("coverage", "--badge", "shop")
    assert run.code == 2
    assert run.err.startswith("onex: error: shop: not written")


@pytest.mark.parametrize("percent", [0.0, 9.9, 50.0, 88.2, 99.9, 100.0])
def test_badge_says_the_number_to_eyes_and_ears(percent):
    root = ET.fromstring(render_badge("docstrings", percent))
    space = "{http://www.w3.org/2000/svg}"
    said = f"docstrings: {percent:g} %"
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{space}title") == said
    texts = list(root.iter(f"{space}text"))
    assert [text.text for text in texts] == ["docstrings", f"{percent:g} %"]
    ends = [int(text.get("x")) + int(text.get("textLength")) for text in texts]
    assert ends[0] < int(texts[1].get("x"))
    assert ends[1] < int(root.get("width"))
    assert "http" not in render_badge("docstrings", percent).decode().partition('svg"')[2]


@pytest.mark.parametrize("colour", ["#424242", *(colour for _, colour in COLOURS)])
def test_white_text_on_each_colour_is_easy_to_read(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    brightness = sum(
        weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    assert 1.05 / (brightness + 0.05) >= 4.5


def test_share_is_rounded_down_but_compared_as_it_is():
    assert Count(1999, 2000).percent == 99.9
    assert Count(2, 3).reaches(66.66)
    assert not Count(2, 3).reaches(66.67)
    assert Count(161, 1000).reaches(16.1)
    assert not Count(160, 1000).reaches(16.1)


@given(
    total=st.integers(1, 100_000),
    missing=st.integers(0, 100),
    wanted=st.decimals(0, 100, places=3).map(float),
)
def test_shown_share_is_below_the_threshold_if_it_fails(total, missing, wanted):
    count = Count(max(0, total - missing), total)
    assert (Decimal(count.beside(wanted)) >= Decimal(repr(wanted))) == count.reaches(wanted)
    assert Decimal(count.beside(wanted)) * count.total <= 100 * count.documented


def test_share_is_printed_with_as_many_places_as_the_threshold(repo):
    body = "".join(f'def f{n}():\n    """Go."""\n' for n in range(19_998))
    repo.write("a.py", f"{DOC}{body}def last():\n    pass\n")
    said = "% of 20,000 definitions are documented"
    assert f"passed: 99.99 {said}, 99.99 % is" in repo.onex("coverage", "-f", "99.99").out
    assert f"failed: 99.995 {said}, 99.996 % is" in repo.onex("coverage", "-f", "99.996").out
    assert f"failed: 99.9 {said}, 100 % is" in repo.onex("coverage", "-f", "100").out


def test_colours_are_as_in_other_reports(repo):
    repo.write_all(TREE)
    run = repo.onex("coverage", "-f", "50", "--color", "always")
    assert "\x1b[1;31mfailed: 37.5 %" in run.out
    plain = repo.onex("coverage", "-f", "50", "--color", "never").out
    assert re.sub(r"\x1b\[[\d;]*m", "", run.out) == plain
    assert repo.onex("coverage", "-f", "50").out == plain


def test_folder_of_the_badge_is_made(repo):
    repo.write_all(TREE)
    assert repo.onex("coverage", "-q", "--badge", "build/badges/docstrings.svg").code == 0
    assert (repo.root / "build/badges/docstrings.svg").read_bytes().startswith(b"<svg")
    run = repo.onex("coverage", "-q", "--badge", "shop/cart.py/docstrings.svg")
    assert run.code == 2
    said = "shop/cart.py/docstrings.svg: not written: its folder cannot be made: File exists"
    assert run.err.startswith(f"onex: error: {said}")


def test_json_survives_names_that_are_no_text(git_repo):
    git_repo.write("caf\udce9.py", DOC + "def f(): pass\n")
    assert json.loads(git_repo.onex("coverage", "--output-format", "json").out)["total"] == 2


def test_a_file_that_cannot_be_read_is_no_pass(repo):
    repo.write_all({"a.py": DOC, "b.py": "def f(:\n"})
    run = repo.onex("coverage", "--fail-under", "50")
    assert run.code == 1
    assert "passed" not in run.out
    assert run.out.endswith("failed: not every file could be counted\n")
    assert counted(repo, "--fail-under", "50")["passed"] is False


@pytest.mark.parametrize("wanted", ["100.5", "-1", "nan", "inf", "-inf", "101"])
@pytest.mark.parametrize("spelling", ["fail-under", "fail_under"])
def test_a_share_is_from_nothing_to_all(repo, wanted, spelling):
    repo.write("onex.toml", f"[docstrings]\n{spelling} = {wanted}\n")
    for command in ("validate", "coverage"):
        run = repo.onex(command)
        assert run.code == 2
        assert "onex.toml:2: `docstrings.fail-under` is " in run.err
        assert "a number from 0 to 100" in run.err
