"""What turns a rule on: whether some file of the tree is one that it waits for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.discover import Listing
from onex_tools.globs import compile_glob, fits
from onex_tools.session import _may_have

PATHS = st.text("ab./[]*?\\\udcff", min_size=1, max_size=8)


@given(st.lists(PATHS, max_size=5), PATHS)
def test_no_file_that_a_glob_matches_is_overlooked(paths: list[str], glob: str) -> None:
    raw = b"".join(path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)
    match = compile_glob(glob).match
    if any(match(path) for path in paths):
        assert _may_have(Listing(raw, True), glob)


@given(PATHS, PATHS)
def test_a_path_fits_what_it_matches(glob: str, path: str) -> None:
    assert fits(glob, path) == (compile_glob(glob).match(path) is not None)


@pytest.mark.parametrize(
    ("glob", "path"),
    [("*.py", "a/b.py"), ("/a.lock", "a.lock"), ("b[ac]", "bc"), ("a/", "a/b"), ("a/**", "a/b")],
)
def test_a_path_fits(glob: str, path: str) -> None:
    assert fits(glob, path)
    assert not fits(glob, path.upper())


def test_listing_without_such_an_ending_has_none() -> None:
    listing = Listing(b"a/b.py\0c.onex.yaml.txt\0", True)
    assert not _may_have(listing, "*?.onex.yaml")
    assert not _may_have(listing, "/onex.lock")
    assert _may_have(listing, "*.py") and _may_have(listing, "a/**")


VALUES = '''"""Rules that wait for a value."""

from onex_tools.api import *


@settings("words")
class Words:
    """How words are written."""

    case: str = setting("", "Which case.", choices=("upper", "lower"))


class Shared(Validator):
    """What rules share."""

    abstract = True
    files = ("*.txt",)
    settings = Words
    examples = (Good("a.py"), Bad("a.txt", "x"))

    def check(self, file):
        yield file.finding(self, None, self.name)


class AnyCase(Shared):
    """A word is wrong in every case."""

    code, name, enabled_by = "TST001", "any-case", "config:words.case"


class UpperCase(Shared):
    """A word is wrong in upper case."""

    code, name, enabled_by = "TST002", "upper-case", "config:words.case=upper,title"


class NoCase(Shared):
    """A word is wrong where one asks."""

    code, name, enabled_by = "TST003", "no-case", "config:words.case="
'''


def codes_of(repo, *arguments: str) -> list[str]:
    run = repo.onex("validate", "--allow-local-plugins", "--output-format", "json", *arguments)
    return [finding["code"] for finding in run.json()["findings"] if finding["code"][:3] == "TST"]


@pytest.mark.parametrize(
    ("case", "arguments", "found"),
    [
        ("", (), []),
        ("upper", (), ["TST001", "TST002"]),
        ("lower", (), ["TST001"]),
        ("", ("--select", "TST"), ["TST001"]),
        ("upper", ("--select", "TST"), ["TST001", "TST002"]),
        ("lower", ("--select", "TST0"), ["TST001"]),
        ("lower", ("--select", "TST002,no-case"), ["TST002", "TST003"]),
        ("lower", ("--extend-select", "TST003"), ["TST001", "TST003"]),
        ("upper", ("--ignore", "TST002"), ["TST001"]),
        ("upper", ("--select", "ALL"), ["TST001", "TST002"]),
    ],
)
def test_rule_for_some_values_of_a_setting(repo, case, arguments, found) -> None:
    repo.write("rules.py", VALUES)
    table = f'[words]\ncase = "{case}"\n' if case else ""
    repo.write("onex.toml", f'local-rules = ["rules.py"]\n{table}')
    repo.write("a.txt", "a\n")
    assert codes_of(repo, *arguments) == found


def test_what_is_off_for_want_of_a_value_is_said_once(repo) -> None:
    repo.write("rules.py", VALUES)
    repo.write("onex.toml", 'local-rules = ["rules.py"]\n')
    repo.write("a.txt", "a\n")
    out = repo.onex("validate", "--allow-local-plugins", "--show-all").out
    assert "off: TST001, TST002 are off (on with `case` in [words] or" in out
    assert "TST003" not in out
    repo.write("onex.toml", 'local-rules = ["rules.py"]\n[words]\ncase = "lower"\n')
    assert "TST002" not in repo.onex("validate", "--allow-local-plugins", "--show-all").out
    shown = repo.onex("rules", "--allow-local-plugins", "TST002", "TST003").out
    assert "waits for `case` in `[words]` set to upper or title" in shown
    assert "waits to be asked for by its own code or name" in shown
