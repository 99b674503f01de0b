"""The project's own settings: found where the tools find them, made to agree, and obeyed."""

from __future__ import annotations

import pytest

from tests.conftest import Repository

LONG = "from package.of.some.depth import first_name, fourth_name, second_name, third_name\n\n"
MESSY = "import zlib\nimport abc\nx = {  }\n"


def findings(repository: Repository, *arguments: str) -> list[tuple[str, str, int]]:
    done = repository.onex("format", "--check", "--output-format", "json", *arguments)
    return [(one["code"], one["path"], one["line"]) for one in done.json()["findings"]]


def test_isort_and_flake8_follow_the_line_length_of_black(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": LONG + "print(first_name, second_name, third_name)\n"})
    assert "FMT001" not in {code for code, *_ in findings(git_repo)}
    git_repo.write("pyproject.toml", "[tool.black]\nline-length = 60\n")
    assert git_repo.onex("format", "--no-lint").code == 0
    assert (
        (git_repo.root / "a.py")
        .read_text()
        .startswith("from package.of.some.depth import (\n    first_name,\n    fourth_name,\n")
    )
    git_repo.write("pyproject.toml", "[tool.black]\nline-length = 120\n")
    git_repo.write("a.py", f'x = "{"y" * 100}"\n')
    assert findings(git_repo) == []


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("pyproject.toml", "[tool.black]\nline-length = 100\n[tool.isort]\nline_length = 79\n", 4),
        ("pyproject.toml", "[tool.black]\npreview = false\nline-lenght = 100\n", 3),
        ("pyproject.toml", "[tool.black]\nrequires-python = '>=3.11'\n", 2),
        ("pyproject.toml", "[tool.isort]\n\nprofile = 'django'\n", 3),
        ("pyproject.toml", "[tool.isort]\nmulti_line_output = 5\n", 2),
        ("setup.cfg", "[metadata]\nname = x\n\n[isort]\nline_length = 79\n", 5),
        ("tox.ini", "[isort]\ninclude_trailing_comma = false\n", 2),
        (".isort.cfg", "[settings]\nprofile = google\n", 2),
        (".editorconfig", "root = true\n\n[*.py]\nmax_line_length = 79\n", 4),
        ("setup.cfg", "[flake8]\nmax-line-length = 79\n", 2),
        (".flake8", "[flake8]\nselect =\n    E,\n    E203\n", 2),
        ("tox.ini", "[flake8]\nextend-select = E701\n", 2),
    ],
)
def test_disagreement_is_told_at_its_line(
    git_repo: Repository, path: str, text: str, line: int
) -> None:
    git_repo.write_all({path: text, "a.py": "x = 1\n"})
    assert findings(git_repo) == [("FMT020", path, line)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "[tool.black]\nline-length = 100\n[tool.isort]\nline_length = 100\n"),
        ("pyproject.toml", "[tool.isort]\nprofile = 'black'\nknown_first_party = ['a']\n"),
        ("setup.cfg", "[isort]\nprofile = black\nmulti_line_output = 3\n[flake8]\nselect = E,F\n"),
        (".flake8", "[flake8]\nmax-line-length = 100\nextend-ignore = E203\n"),
        ("setup.cfg", "[metadata]\nname = 79\n"),
        ("pyproject.toml", "[project]\nrequires-python = '>=3.11'\n[tool.black]\n--fast = true\n"),
    ],
)
def test_agreement_is_silent(git_repo: Repository, path: str, text: str) -> None:
    git_repo.write_all({path: text, "a.py": "x = 1\n"})
    assert findings(git_repo) == []


def test_codes_left_to_black_are_off(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": "def f(x):\n    return x[f(1) + 1 :]\n"})
    assert findings(git_repo) == []


def test_nearest_settings_hold(git_repo: Repository) -> None:
    git_repo.write_all(
        {
            "pyproject.toml": "[tool.black]\nskip-string-normalization = true\n",
            "a.py": "x = 'a'\n",
            "in/pyproject.toml": "[tool.black]\n[tool.isort]\nforce_sort_within_sections = true\n",
            "in/b.py": "import zlib\nfrom abc import c\n\nx = 'a'\n",
        }
    )
    for arguments in ((), ("in/b.py",)):
        git_repo.write("in/b.py", "import zlib\nfrom abc import c\n\nx = 'a'\n")
        assert git_repo.onex("format", "--no-lint", *arguments).code == 0
        assert (git_repo.root / "a.py").read_text() == "x = 'a'\n"
        new = 'from abc import c\nimport zlib\n\nx = "a"\n'
        assert (git_repo.root / "in/b.py").read_text() == new


def test_what_black_leaves_alone(git_repo: Repository) -> None:
    told = "[tool.black]\nextend-exclude = '/old/'\nforce-exclude = 'made\\.py$'\n"
    git_repo.write_all({"pyproject.toml": told, "onex.toml": '[format]\nspdx = "MIT"\n'})
    paths = ("old/a.py", "made.py", "build/a.py", "a.py")
    git_repo.write_all(dict.fromkeys(paths, MESSY))
    assert git_repo.onex("format", "--no-lint", *paths).code == 0
    for path in paths[:3]:
        text = (git_repo.root / path).read_text()
        kept = path == "build/a.py"
        by_isort = "import zlib\nimport abc\n" if kept else "import abc\nimport zlib\n\n"
        assert text == by_isort + "x = {  }\n", path
    assert "x = {}" in (git_repo.root / "a.py").read_text()


@pytest.mark.parametrize(
    "told",
    [
        "[tool.isort]\nskip = ['a.py']\n",
        "[tool.isort]\nextend_skip = ['in']\n",
        "[tool.isort]\nskip_glob = ['in/*']\n",
        "[tool.isort]\nextend_skip_glob = ['*/a.py']\n",
    ],
)
def test_what_isort_leaves_alone(git_repo: Repository, told: str) -> None:
    git_repo.write_all({"pyproject.toml": told, "in/a.py": MESSY, "b.py": MESSY})
    assert git_repo.onex("format", "--no-lint").code == 0
    assert (git_repo.root / "in/a.py").read_text() == "import zlib\nimport abc\n\nx = {}\n"
    assert (git_repo.root / "b.py").read_text() == "import abc\nimport zlib\n\nx = {}\n"


def test_include_of_black(git_repo: Repository) -> None:
    git_repo.write_all({"pyproject.toml": "[tool.black]\ninclude = 'in/.*\\.py$'\n"})
    git_repo.write_all({"a.py": "x = {  }\n", "in/a.py": "x = {  }\n"})
    assert git_repo.onex("format", "--no-lint").code == 0
    assert (git_repo.root / "a.py").read_text() == "x = {  }\n"
    assert (git_repo.root / "in/a.py").read_text() == "x = {}\n"


def test_exclude_of_our_own(git_repo: Repository) -> None:
    git_repo.write_all({"onex.toml": '[format]\nexclude = ["in/"]\n', "in/a.py": MESSY})
    done = git_repo.onex("format")
    assert done.code == 0, done
    assert (git_repo.root / "in/a.py").read_text() == MESSY


def test_header_is_put_in_order(git_repo: Repository) -> None:
    git_repo.write_all(
        {
            "onex.toml": '[format]\nspdx = "MIT"\ncopyright = "2024 Jane Doe"\n',
            "a.py": '#!/usr/bin/env python3\nimport os\n"""What it does."""\nprint(os)\n',
            "b.py": "# SPDX-License-Identifier: GPL-2.0-only\nx = 1\n",
        }
    )
    done = git_repo.onex("format", "--check", "--no-lint")
    assert {"FMT001", "FMT002", "FMT003"} <= {code for code, *_ in findings(git_repo)}, done
    git_repo.onex("format", "--no-lint")
    assert (git_repo.root / "a.py").read_text() == (
        "#!/usr/bin/env python3\n"
        "# SPDX-License-Identifier: MIT\n"
        "# SPDX-FileCopyrightText: 2024 Jane Doe\n\n"
        '"""What it does."""\n\nimport os\n\nprint(os)\n'
    )
    assert (git_repo.root / "b.py").read_text().startswith("# SPDX-License-Identifier: GPL-2.0")
    warm = git_repo.onex("format", "--no-lint")
    cold = git_repo.onex("format", "--no-lint", "--no-cache")
    assert warm.out == cold.out
    assert "b.py" in warm.out


@pytest.mark.parametrize("length", ["off", "unset"])
def test_editors_without_a_line_length_leave_it_to_black(git_repo: Repository, length: str) -> None:
    git_repo.write_all(
        {
            ".editorconfig": f"[*]\nindent_style = space\nmax_line_length = {length}\n",
            "pyproject.toml": "[tool.black]\nline-length = 60\n",
            "a.py": LONG,
        }
    )
    assert git_repo.onex("format", "--no-lint").code == 0
    assert (git_repo.root / "a.py").read_text().count("\n") == 6


@pytest.mark.parametrize(
    "text",
    [
        "[tool]\nblack = 5\nisort = []\n",
        "[project]\nrequires-python = 5\n",
        "tool = []\nproject = 1\n",
    ],
)
def test_tables_that_are_none_say_nothing(git_repo: Repository, text: str) -> None:
    git_repo.write_all({"pyproject.toml": text, "a.py": "x = 1\n"})
    assert findings(git_repo) == []


def test_mistyped_key_of_black_is_told_with_the_nearest(git_repo: Repository) -> None:
    git_repo.write_all(
        {"pyproject.toml": "[tool.black]\nline_lenght = 100\n", "a.py": "x = {  }\n"}
    )
    done = git_repo.onex("format", "--no-lint")
    assert "black has no setting `line-lenght`" in done.out
    assert "did you mean `line-length`?" in done.out
    assert (git_repo.root / "a.py").read_text() == "x = {}\n"


def test_every_option_of_black_is_known(git_repo: Repository) -> None:
    import black

    keys = "".join(f"{one.name} = ''\n" for one in black.main.params)
    git_repo.write_all(
        {
            "pyproject.toml": f"[tool.black]\n{keys}line_length = 88\n".replace(
                "line_length = ''\n", ""
            )
        }
    )
    git_repo.write("a.py", "x = 1\n")
    assert "has no setting" not in git_repo.onex("format", "--no-lint").out


def test_mistyped_licence_is_told_with_the_nearest(git_repo: Repository) -> None:
    git_repo.write_all({"onex.toml": '[format]\nspdx = "MITT"\n', "a.py": "x = {  }\n"})
    done = git_repo.onex("format", "--no-lint")
    assert "SPDX lists no licence 'MITT'; did you mean `MIT`?" in done.out
    assert (git_repo.root / "a.py").read_text() == "x = {  }\n"
    for known in ("MIT", "CDDL-1.1", "LicenseRef-Ours"):
        git_repo.write_all({"onex.toml": f'[format]\nspdx = "{known}"\n', "a.py": "x = {  }\n"})
        assert git_repo.onex("format", "--no-lint").code == 0
        text = (git_repo.root / "a.py").read_text()
        assert text == f"# SPDX-License-Identifier: {known}\n\nx = {{}}\n"


def test_what_stays_out_of_order_is_placed_in_the_written_file(git_repo: Repository) -> None:
    text = 'import sys\nimport os\n"""What it does."""\nprint(os, sys,   __doc__)\n'
    git_repo.write_all({"onex.toml": '[format]\nspdx = "MIT"\n', "a.py": text})
    wrote = git_repo.onex("format", "--no-lint", "--output-format", "json").json()
    data = (git_repo.root / "a.py").read_bytes()
    [one] = wrote["findings"]
    assert data.startswith(b"# SPDX-License-Identifier: MIT\n")
    assert (one["code"], data[one["start"] : one["end"]]) == ("FMT002", b'"""What it does."""')
    assert data[: one["start"]].count(b"\n") + 1 == one["line"]
    again = git_repo.onex("format", "--check", "--no-lint", "--output-format", "json").json()
    assert again["findings"] == [one]
