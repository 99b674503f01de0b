"""Findings of ``onex format --check`` are accepted by the baseline, as those of validate are."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Repository

FILES = {
    "messy.py": '"""A module."""\nx = {  }\n',
    "unused.py": '"""A module."""\n\nimport os\n',
    "broken.py": "def f(:\n",
    "bare.py": "def public():\n    return 1\n",
}
FOUND = ["FMT001 messy.py", "FMT010 unused.py", "FMT030 broken.py"]


def entries(repo: Repository) -> list[str]:
    """Code and path of every entry of the baseline."""
    lines = (repo.root / "onex-baseline.txt").read_text().splitlines()[2:]
    return sorted(line.partition(" ")[2] for line in lines)


def formats(repo: Repository) -> list[str]:
    """Those of the entries that are of rules on the form."""
    return [entry for entry in entries(repo) if entry.startswith("FMT")]


def checked(repo: Repository) -> list[str]:
    """Code and path of what ``onex format --check`` finds."""
    done = repo.onex("format", "--check", "--output-format", "json")
    assert done.code in (0, 1), done
    return sorted(f"{one['code']} {one['path']}" for one in done.json()["findings"])


@pytest.fixture
def accepted(git_repo: Repository) -> Repository:
    """A repository whose findings are accepted, in a baseline that is configured."""
    git_repo.write_all(FILES)
    assert checked(git_repo) == FOUND
    git_repo.write("onex.toml", 'baseline = "onex-baseline.txt"\n[format]\n')
    done = git_repo.onex("baseline", "create")
    assert done.code == 0, done
    assert formats(git_repo) == FOUND
    assert f"{len(entries(git_repo))} findings accepted" in done.out
    return git_repo


def test_accepted_findings_do_not_count(accepted: Repository) -> None:
    for words in ((), ("--diff",), ("--no-lint",), ("unused.py",)):
        done = accepted.onex("format", "--check", *words)
        assert done.code == 0, done
    done = accepted.onex("validate")
    assert done.code == 0, done
    assert "ONX016" not in done.out


def test_what_is_new_counts(accepted: Repository) -> None:
    accepted.write("unused.py", '"""A module."""\n\n\nimport sys\nimport os\n')
    accepted.write("new.py", "y = {  }\n")
    found = ["FMT001 new.py", "FMT001 unused.py", "FMT010 unused.py"]
    assert checked(accepted) == found
    done = accepted.onex("format", "--check")
    assert done.code == 1
    assert "F401 'sys'" in done.out
    assert "F401 'os'" not in done.out


def test_what_moves_stays_accepted(accepted: Repository) -> None:
    text = FILES["unused.py"].replace('"""\n\n', '"""\n\n# It has side effects.\n')
    accepted.write("unused.py", text)
    assert checked(accepted) == []


def test_what_is_mended_is_told_and_pruned(accepted: Repository) -> None:
    before = entries(accepted)
    assert accepted.onex("format", "messy.py").code == 0
    accepted.write("broken.py", '"""A module."""\n')
    done = accepted.onex("format", "--check")
    assert done.code == 0
    assert "ONX016" in done.out
    assert "3 entries" in accepted.onex("baseline", "prune").out
    gone = ["FMT001 messy.py", "FMT030 broken.py", "ONX003 broken.py"]
    assert entries(accepted) == [entry for entry in before if entry not in gone]
    assert checked(accepted) == []


def test_create_again_changes_nothing(accepted: Repository) -> None:
    before = (accepted.root / "onex-baseline.txt").read_bytes()
    assert accepted.onex("baseline", "create").code == 0
    assert (accepted.root / "onex-baseline.txt").read_bytes() == before


def test_what_is_not_looked_for_is_kept(accepted: Repository) -> None:
    before = entries(accepted)
    for words in (("create", "--no-format"), ("prune", "--no-format")):
        accepted.write("messy.py", '"""A module."""\n')
        assert accepted.onex("baseline", *words).code == 0
        assert entries(accepted) == before
    assert "1 entries dropped" in accepted.onex("baseline", "prune").out


def test_findings_of_validate_are_not_gone(git_repo: Repository) -> None:
    directive = "x = 1  # onex: ignore[DCS005] -- was needed\n"
    git_repo.write_all({**FILES, "spare.py": f'"""A module."""\n\n{directive}'})
    git_repo.write("onex.toml", 'baseline = "onex-baseline.txt"\n')
    assert git_repo.onex("baseline", "create").code == 0
    assert formats(git_repo) == []
    assert "ONX014 spare.py" in entries(git_repo)
    assert checked(git_repo) == FOUND
    assert git_repo.onex("baseline", "create", "--format").code == 0
    assert formats(git_repo) == FOUND
    assert checked(git_repo) == []


def test_reports_say_that_they_are_accepted(accepted: Repository) -> None:
    said = accepted.onex("format", "--check", "--output-format", "sarif").json()
    results = said["runs"][0]["results"]
    assert sorted(one["ruleId"] for one in results) == ["FMT001", "FMT010", "FMT030"]
    assert all(one["suppressions"][0]["kind"] == "external" for one in results)
    said = accepted.onex("format", "--check", "--output-format", "json").json()
    assert said["findings"] == []
    assert json.dumps(said).count('"baseline"') == 3


def test_locked_rules_are_not_accepted(accepted: Repository) -> None:
    text = (accepted.root / "onex.toml").read_text()
    accepted.write("onex.toml", text.replace("[format]", 'locked = ["FMT001"]\n[format]'))
    assert checked(accepted) == ["FMT001 messy.py"]
    done = accepted.onex("baseline", "create")
    assert "1 finding of locked rules cannot be accepted" in done.err
    assert formats(accepted) == FOUND[1:]


@pytest.mark.parametrize("words", [("create",), ("prune",)])
def test_settings_that_cannot_be_used_accept_and_drop_nothing(
    accepted: Repository, words: tuple[str, ...]
) -> None:
    before = (accepted.root / "onex-baseline.txt").read_bytes()
    accepted.write("pyproject.toml", "[tool.black]\nline-length = 'long'\n")
    assert checked(accepted) == ["FMT021 pyproject.toml"]
    done = accepted.onex("baseline", *words)
    assert done.code == 2
    assert "`onex format --check`" in done.err
    assert (accepted.root / "onex-baseline.txt").read_bytes() == before
