"""Settings of flake8 that it does not know or refuses are told at their line."""

from __future__ import annotations

import pytest

from tests.conftest import Repository

Place = tuple[str, str, int]


def findings(repo: Repository, code: int, *arguments: str) -> list[Place]:
    """Code, path and line of what is found, by a run that ends with ``code``."""
    done = repo.onex("format", "--check", "--output-format", "json", *arguments)
    assert done.code == code, done
    return [(one["code"], one["path"], one["line"]) for one in done.json()["findings"]]


def test_option_that_nothing_has(git_repo: Repository) -> None:
    text = "[flake8]\nmax-complexity = 10\nmax-complexty = 10\nacme-quotes = double\n"
    git_repo.write_all({"setup.cfg": text, "a.py": "x = 1\n", "b.py": "y = 1\n"})
    for _ in range(2):  # cold, and from memory
        places = [("FMT020", "setup.cfg", 3), ("FMT020", "setup.cfg", 4)]
        assert findings(git_repo, 1) == places
        assert findings(git_repo, 0, "--no-lint") == []
    said = git_repo.onex("format", "--check").out
    assert "has the option `max-complexty`" in said
    assert "did you mean `max-complexity`?" in said
    assert "install the plugin beside onex, or take it out" in said


def test_options_of_flake8_itself(git_repo: Repository) -> None:
    text = "[flake8]\nstatistics = true\ninclude-in-doctest = a.py\nrequire-plugins =\n"
    git_repo.write_all({".flake8": text, "a.py": "x = 1\n"})
    assert findings(git_repo, 0) == []


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("[flake8]\nmax-line-length = 88\nextend-ignore = E203 # why\n", "extend-ignore"),
        ("[flake8]\n# files\nper-file-ignores = F401\n", "per-file-ignores"),
        ("[flake8]\n\nignore = #E203\n", "ignore"),
    ],
)
def test_value_that_flake8_refuses(git_repo: Repository, text: str, option: str) -> None:
    git_repo.write_all({"in/tox.ini": text, "in/a.py": "x = {  }\n"})
    assert findings(git_repo, 2) == [("FMT001", "in/a.py", 1), ("ONX092", "in/tox.ini", 3)]
    assert f"correct `{option}`" in git_repo.onex("format", "--check").out


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".editorconfig"])
@pytest.mark.parametrize(
    "text", ["no section\n", "[metadata]\nname\n", "[a\nb = 1\n", "\xff = 1\n"]
)
def test_odd_file_that_is_for_others(git_repo: Repository, name: str, text: str) -> None:
    """isort and flake8 pass over what they cannot read; it hides nothing that stands above."""
    git_repo.write_all(
        {
            ".flake8": "[flake8]\nextend-ignore = F401\n",
            f"in/{name}": text.encode("latin-1"),
            "in/a.py": "import os\n",
        }
    )
    assert findings(git_repo, 0) == []


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8", ".isort.cfg"])
def test_odd_file_that_may_be_meant(git_repo: Repository, name: str) -> None:
    git_repo.write_all({f"in/{name}": "[flake8]\nignore\n[isort]\n", "in/a.py": "x = {  }\n"})
    assert findings(git_repo, 1) == [("FMT021", f"in/{name}", 2)]


def test_folder_whose_folders_are_known_modules(git_repo: Repository) -> None:
    git_repo.write_all(
        {
            "pyproject.toml": "[tool.isort]\nknown_first_party = ['libs/']\n",
            "libs/other/README": "",
            "a.py": "import acme\nimport other\n",
        }
    )
    assert findings(git_repo, 1, "--no-lint") == [("FMT001", "a.py", 2)]
    assert git_repo.onex("format", "--no-lint").code == 0
    assert (git_repo.root / "a.py").read_text() == "import acme\n\nimport other\n"
    git_repo.write("libs/acme/README", "")
    assert git_repo.onex("format", "--no-lint").code == 0
    assert (git_repo.root / "a.py").read_text() == "import acme\nimport other\n"


def test_folder_of_known_modules_that_is_not_there(git_repo: Repository) -> None:
    told = "[tool.isort]\nknown_first_party = ['gone/']\n"
    git_repo.write_all({"pyproject.toml": told, "a.py": "import acme\n"})
    assert findings(git_repo, 1, "--no-lint") == [("FMT021", "pyproject.toml", 2)]
