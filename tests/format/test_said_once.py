"""One fault, one finding: what flake8 says again of a file is left out."""

from __future__ import annotations

from tests.conftest import Repository


def said(repo: Repository, *arguments: str) -> list[tuple[str, str, str]]:
    run = repo.onex("format", *arguments, "--output-format", "json")
    rows = ((f["path"], f["code"], f["message"].split()[0]) for f in run.json()["findings"])
    return [(path, code, word if code == "FMT010" else "") for path, code, word in rows]


def test_white_space_that_is_to_be_set_anew(git_repo: Repository) -> None:
    git_repo.write("a.py", "import os\nx = {  'a':1 }\ndef f() :\n\treturn l\n")
    first = [("a.py", "FMT010", "F401"), ("a.py", "FMT001", ""), ("a.py", "FMT010", "F821")]
    for _ in range(2):  # cold, and from memory
        assert said(git_repo, "--check") == first
    assert said(git_repo) == [one for one in first if one[1] != "FMT001"]


def test_white_space_of_what_stays(git_repo: Repository) -> None:
    git_repo.write("a.py", "# fmt: off\nx = {  'a':1 }\n")
    assert ("a.py", "FMT010", "E201") in said(git_repo, "--check")
    git_repo.write("a.py", "# fmt: off\nx = {  'a':1 }\n# fmt: on\ny=1\n")
    assert ("a.py", "FMT010", "E201") not in said(git_repo, "--check")
    assert ("a.py", "FMT010", "E201") in said(git_repo)


def test_syntax_error_for_which_a_file_is_refused(git_repo: Repository) -> None:
    git_repo.write("a.py", "x = (\n")
    assert said(git_repo, "--check") == [("a.py", "FMT030", "")]
    assert said(git_repo) == [("a.py", "FMT030", "")]
