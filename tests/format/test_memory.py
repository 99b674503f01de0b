"""What is remembered of files: it spares the tools, and is never out of date."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Repository

FILES = {
    "a.py": 'import os\n\nprint(os, "a")\n',
    "b.py": "import sys\n",
    "c.py": "def broken(:\n",
    "d.py": "x = {  }\n",
    "pyproject.toml": "[tool.black]\nline-length = 100\n[tool.isort]\nline_length = 90\n",
}
WATCH = """
import sys
from onex_tools.cli import main
code = main(["format", "--check", "--quiet"])
loaded = {name.partition(".")[0] for name in sys.modules}
print(code, sorted(loaded & {"black", "isort", "libcst", "flake8", "multiprocessing"}))
"""


def watch(repository: Repository) -> str:
    """The exit code of a run, and which tools it imported."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCH],
        cwd=repository.root,
        env=repository.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_warm_run_imports_no_tool_and_says_the_same(git_repo: Repository) -> None:
    git_repo.write_all(FILES)
    cold = git_repo.onex("format", "--check", "--output-format", "json")
    assert {one["code"] for one in cold.json()["findings"]} >= {"FMT001", "FMT010", "FMT020"}
    assert watch(git_repo) == "1 []"
    warm = git_repo.onex("format", "--check", "--output-format", "json")
    assert warm.out == cold.out


def test_what_was_written_is_known(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": "x = {  }\n", "b.py": "import b, a\n"})
    assert git_repo.onex("format").code == 1
    assert watch(git_repo) == "1 []"


def test_settings_make_it_new(git_repo: Repository) -> None:
    git_repo.write("a.py", 'x = "a"\n')
    assert git_repo.onex("format", "--check").code == 0
    git_repo.write("a.py", "x = 'a'\n")
    git_repo.write("pyproject.toml", "[tool.black]\nskip-string-normalization = true\n")
    assert git_repo.onex("format", "--check").code == 0
    git_repo.write("pyproject.toml", "")
    assert git_repo.onex("format", "--check").code == 1
    git_repo.write("onex.toml", '[format]\nspdx = "MIT"\n')
    assert "FMT003" in git_repo.onex("format", "--check").out


def test_options_of_flake8_make_it_new(git_repo: Repository) -> None:
    git_repo.write("a.py", "import os\n")
    assert git_repo.onex("format", "--check").code == 1
    git_repo.write(".flake8", "[flake8]\nextend-ignore = F401\n")
    assert git_repo.onex("format", "--check").code == 0


def test_new_module_makes_it_new(git_repo: Repository) -> None:
    git_repo.write("a.py", "import other\nimport requests\n")
    assert git_repo.onex("format", "--check", "--no-lint").code == 0
    git_repo.write("other/__init__.py", "")
    assert git_repo.onex("format", "--check", "--no-lint").code == 1
    assert git_repo.onex("format", "--no-lint").code == 0
    assert (git_repo.root / "a.py").read_text() == "import requests\n\nimport other\n"


def test_spoilt_memory_is_no_memory(git_repo: Repository) -> None:
    git_repo.write_all(FILES)
    cold = git_repo.onex("format", "--check", "--output-format", "json")
    (kept,) = (git_repo.cache / "format").iterdir()
    whole = kept.read_bytes()
    for spoilt in (b"", whole[:-1], whole[:40] + b"x" + whole[41:], b"{}"):
        kept.write_bytes(spoilt)
        assert git_repo.onex("format", "--check", "--output-format", "json").out == cold.out


def test_forged_entries_do_no_harm(git_repo: Repository) -> None:
    from blake3 import blake3

    git_repo.write_all(FILES)
    cold = git_repo.onex("format", "--check", "--output-format", "json")
    (kept,) = (git_repo.cache / "format").iterdir()
    body = kept.read_bytes()[32:]
    import json

    for value in ([], {}, "x", [1], [[1, 2]], [True, 1, "x", 2, 3], [False, "", 1, [[1]], []]):
        forged = json.dumps(dict.fromkeys(json.loads(body), value)).encode()
        kept.write_bytes(blake3(forged).digest() + forged)
        done = git_repo.onex("format", "--check", "--output-format", "json")
        assert done.code == cold.code, (value, done)


SETTINGS = {
    "pyproject.toml": "[tool.black]\nexclude = 'old'\n[tool.isort]\nsrc_paths = ['.', 'in']\n",
    ".flake8": "[flake8]\nper-file-ignores =\n    a.py: F401\nexclude = in/old\n",
    "in/own/__init__.py": "",
}


def cloned(repository: Repository, root: Path) -> Repository:
    """The same files at another place; what is remembered is shared."""
    clone = Repository(root, repository.cache)
    shutil.copytree(repository.root, root, dirs_exist_ok=True)
    return clone


@pytest.mark.parametrize("settings", [{}, SETTINGS])
def test_clone_is_warm(git_repo: Repository, tmp_path: Path, settings: dict[str, str]) -> None:
    git_repo.write_all({"a.py": "import requests\n\nprint(requests)\n", **settings})
    assert git_repo.onex("format").code == 0
    assert watch(cloned(git_repo, tmp_path / "elsewhere" / "clone")) == "0 []"


def test_clone_in_a_folder_that_is_imported_is_looked_at(
    git_repo: Repository, tmp_path: Path
) -> None:
    git_repo.write("a.py", "import other\nimport requests\n")
    assert git_repo.onex("format", "--check", "--no-lint").code == 0
    clone = cloned(git_repo, tmp_path / "other")
    assert clone.onex("format", "--check", "--no-lint").code == 1
    assert clone.onex("format", "--no-lint").code == 0
    assert (clone.root / "a.py").read_text() == "import requests\n\nimport other\n"


def test_clone_to_which_a_path_leads_is_looked_at(git_repo: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git_repo.write_all({"a.py": "import os\n", ".flake8": f"[flake8]\nexclude = {clone}/a.py\n"})
    assert git_repo.onex("format", "--check").code == 1
    assert cloned(git_repo, clone).onex("format", "--check").code == 0


def test_without_cache_nothing_is_kept(git_repo: Repository) -> None:
    git_repo.write_all(FILES)
    git_repo.onex("format", "--check", "--no-cache")
    assert not (git_repo.cache / "format").exists()
