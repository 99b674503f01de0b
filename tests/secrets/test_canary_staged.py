"""``--staged`` judges and shows what would be committed, never what lies in the work tree."""

from __future__ import annotations

import pytest

from onex_tools.report import FORMATS
from tests.conftest import Repository
from tests.secrets.values import drawn

STAGED, TREE = drawn("in the index", 18), drawn("in the tree", 18)
CLEAN = "db:\n  password: ${DB_PASSWORD}\n"
SELECT = ("--preview", "--select", "SEC", "--ignore", "SEC030", "--scope", "file")


def holding(secret: str, lines: int = 0) -> str:
    """A file with a password below ``lines`` comments."""
    return "# a comment\n" * lines + f"db:\n  password: {secret}\n"


@pytest.fixture
def both(git_repo: Repository) -> Repository:
    """A repository with one commit, whose cache knows the tree."""
    git_repo.write("app.yaml", CLEAN)
    git_repo.git("add", ".")
    git_repo.git("commit", "--quiet", "-m", "first")
    assert git_repo.codes(*SELECT) == []
    return git_repo


def stage(repo: Repository, index: str, tree: str | None) -> None:
    """Put ``index`` into the index and ``tree`` over it into the work tree; None: no file."""
    path = repo.write("app.yaml", index)
    repo.git("add", "app.yaml")
    path.unlink() if tree is None else path.write_text(tree)


@pytest.mark.parametrize("tree", [CLEAN, "", None, holding(TREE, 5)])
def test_a_secret_of_the_index_is_found_whatever_the_tree_has(
    both: Repository, tree: str | None
) -> None:
    stage(both, holding(STAGED, 1), tree)
    found = [] if tree is None or TREE not in tree else ["app.yaml:7 SEC010"]
    assert both.codes(*SELECT) == found
    assert both.codes(*SELECT, "--staged") == ["app.yaml:3 SEC010"]
    if tree is not None:
        assert both.codes(*SELECT, "--staged", "app.yaml") == ["app.yaml:3 SEC010"]
    assert both.codes(*SELECT) == found, "the cache holds what the tree has"


@pytest.mark.parametrize("index", [CLEAN, "", "# nothing\n"])
def test_a_secret_of_the_tree_alone_is_not_found(both: Repository, index: str) -> None:
    stage(both, index, holding(TREE, 5))
    assert both.codes(*SELECT) == ["app.yaml:7 SEC010"]
    assert both.codes(*SELECT, "--staged") == []
    assert both.git("diff", "--name-only").split() == ["app.yaml"], "nothing is stashed or staged"


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_shown_is_the_index_with_its_secret_masked(both: Repository, format_: str) -> None:
    # At the same offset stands a secret in the one and a comment in the other.
    stage(both, holding(STAGED, 3), holding(TREE, 1) + "# a comment\n" * 9)
    run = both.onex("validate", *SELECT, "--staged", "--output-format", format_)
    assert run.code == 1
    for secret in (STAGED, TREE):
        for part in (secret, secret[:8], secret[-8:]):
            assert part not in run.out + run.err
    if format_ == "text":
        assert "5 |   password: ********\n" in run.out


def test_a_secret_of_the_index_is_masked_beside_another_finding(both: Repository) -> None:
    both.write("app.py", f'password = "{TREE}"\n\n\ndef f():\n    return 1\n')
    both.write("new.py", f'def f():\n    password = "{STAGED}"\n    return password\n')
    both.git("add", ".")
    both.write("new.py", f'# {TREE}\n# {TREE}\ndef f():\n    password = "{TREE}"\n')
    for select in ("DCS", "SEC,DCS", "ALL"):
        run = both.onex("validate", "--select", select, "--staged", "--show-all")
        assert "2 |     password =" in run.out
        assert STAGED[:8] not in run.out
        assert TREE[:8] not in run.out
