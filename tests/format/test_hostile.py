"""Files that break formatters: each is in its form, or refused by name and as it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from onex_tools.format.chain import Chain
from onex_tools.format.formed import Steps
from onex_tools.format.licence import HeaderWish
from onex_tools.format.project import Project
from onex_tools.format.versions import installed
from tests.conftest import Repository

REFUSED = {
    "nul.py": (b"x = 1\0\n", "NUL"),
    "broken.py": (b"import b\nimport a\ndef f(:\n", "no valid Python"),
    "old.py": (b"print 'x'\n", "no valid Python"),
    "codec.py": (b"# coding: no-such-codec\nx = 1\n", "no-such-codec"),
    "lying.py": (b"# coding: utf-8\nname = '\xff'\n", "utf-8"),
    "bytes.py": (b"name = '\xff'\n", "no valid Python"),
    "newer.py": (b"type\tsoft: = 1\n", "no valid Python"),
    "deep.py": (b"x = " + b"(" * 300 + b"1" + b")" * 300 + b"\n", ""),
    "chain.py": (b"x = " + b" + ".join([b"a"] * 3000) + b"\n", ""),
    "indent.py": (b"if 1:\n\tx = 1\n        y = 2\n", "no valid Python"),
}
FINE = {
    "cr.py": b"import b\rimport a\rx={  }\r",
    "feed.py": b"\x0cx={  }\n",
    "wide.py": b"x = [" + b"1," * 5000 + b"]\n",
    "line.py": b"x = '" + b"y" * 50_000 + b"'\n",
    "slash.py": b"x = 1 \\\n    + 2\n",
    "names.py": "ä = {  }\nprint(ä)\n".encode(),
}


def test_each_is_refused_by_name(git_repo: Repository) -> None:
    git_repo.write_all({path: data for path, (data, _) in REFUSED.items()})
    done = git_repo.onex("format", "--no-lint", "--output-format", "json")
    assert done.code == 1, done
    said = {one["path"]: one["message"] for one in done.json()["findings"]}
    for path, (data, reason) in REFUSED.items():
        assert (git_repo.root / path).read_bytes() == data, path
        assert reason in said[path], said
    again = git_repo.onex("format", "--no-lint", "--output-format", "json")
    assert again.json()["findings"] == done.json()["findings"]


def test_each_is_formatted_once_and_for_all(git_repo: Repository) -> None:
    git_repo.write_all(FINE)
    done = git_repo.onex("format", "--no-lint", "--quiet")
    assert (done.code, done.out) == (0, ""), done
    written = {path: (git_repo.root / path).read_bytes() for path in FINE}
    lines = b"import a\rimport b\r\rx = {}\r"
    if installed()["black"] < "black-26":  # which has no lone CR
        lines = lines.replace(b"\r", b"\n")
    assert written["cr.py"] == lines
    done = git_repo.onex("format", "--no-lint", "--no-cache", "--check", "--quiet")
    assert (done.code, done.out) == (0, ""), done


def test_large_file_is_named(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": b"x = 1\n" * 1000, "onex.toml": "max-parse-bytes = 1000\n"})
    done = git_repo.onex("format", "--no-lint")
    assert "skipped: a.py: it has 6,000 bytes; the limit is 1,000" in done.out


def test_slow_file_is_refused(git_repo: Repository) -> None:
    git_repo.write_all(
        {
            "slow.py": b"x = [" + b"{'a': f(1, b)}," * 30_000 + b"]\n",
            "quick.py": b"x = {  }\n",
            "onex.toml": "[format]\ntimeout = 1.5\n",
        }
    )
    done = git_repo.onex("format", "--no-lint", "--jobs", "1")
    assert done.code == 1, done
    assert "slow.py:1:1" in done.out
    assert "it took longer than the 1.5 seconds" in done.out
    assert (git_repo.root / "quick.py").read_bytes() == b"x = {}\n"


def test_what_cannot_be_written_is_told(git_repo: Repository) -> None:
    git_repo.write("a.py", "x = {  }\n")
    os.link(git_repo.root / "a.py", git_repo.root / "b.txt")
    done = git_repo.onex("format", "--no-lint")
    assert done.code == 1
    assert "error[ONX005]" in done.out
    assert (git_repo.root / "a.py").read_text() == "x = {  }\n"


def test_links_are_not_followed(git_repo: Repository) -> None:
    outside = git_repo.root.parent / "outside.py"
    outside.write_text("x = {  }\n")
    (git_repo.root / "a.py").symlink_to(outside)
    os.mkfifo(git_repo.root / "pipe.py")
    assert git_repo.onex("format", "--no-lint").code == 0
    assert outside.read_text() == "x = {  }\n"


EVIL = "import pathlib\npathlib.Path('owned').write_text('x')\nblack = {}\nplugin = print\n"


@pytest.mark.parametrize(
    ("group", "key"),
    [
        ("isort.profiles", "profile"),
        ("isort.formatters", "formatter"),
        ("isort.sort_function", "sort_order"),
    ],
)
def test_repository_runs_no_plugin_of_its_own(git_repo: Repository, group: str, key: str) -> None:
    git_repo.write_all(
        {
            "evil.py": EVIL,
            "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
            "evil-1.dist-info/entry_points.txt": f"[{group}]\nevil = evil:plugin\n",
            "pyproject.toml": f"[tool.isort]\n{key} = 'evil'\n",
            "a.py": "import b\nimport a\n",
        }
    )
    done = git_repo.onex("format", PYTHONPATH=str(git_repo.root))
    assert done.code == 1, done
    assert "error[FMT021]" in done.out
    assert "pyproject.toml:2:1" in done.out
    assert not (git_repo.root / "owned").exists()
    assert (git_repo.root / "a.py").read_text() == "import b\nimport a\n"


def test_modules_of_the_repository_are_not_imported(git_repo: Repository) -> None:
    names = ("black", "isort", "flake8", "libcst", "tokenize", "pycodestyle", "tomllib", "json")
    git_repo.write_all({f"{name}.py": EVIL for name in names})
    git_repo.write(".flake8", "[flake8:local-plugins]\nextension =\n    X = evil:plugin\n")
    git_repo.write("evil.py", EVIL)
    # The variable has Python start anew: where runs are forked from, these are imported already.
    done = git_repo.onex("format", "--check", PYTHONHASHSEED="0")
    assert done.code == 1
    assert not (git_repo.root / "owned").exists()


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("pyproject.toml", "[tool.black\n", 1),
        ("pyproject.toml", "[tool.black]\nline-length = 'wide'\n", 2),
        ("pyproject.toml", "[tool.black]\nline-length = 0\n", 2),
        ("pyproject.toml", "[tool.black]\nexclude = '('\n", 2),
        ("pyproject.toml", "[tool.black]\ntarget-version = ['py1']\n", 2),
        ("pyproject.toml", "[tool.black]\nrequired-version = '1.0'\n", 2),
        ("pyproject.toml", "[tool.isort]\nno_such_setting = 1\n", 2),
        ("setup.cfg", "[isort]\nline_length = wide\n", 2),
        ("setup.cfg", "line before any section\n[flake8]\n", 1),
        (".flake8", "[flake8]\nmax-line-length = wide\n", 2),
        ("onex.toml", "[format]\nspdx = 'MIT OR'\n", 1),
        ("onex.toml", "[format]\nspdx = 'MITT'\n", 1),
    ],
)
def test_unusable_settings_are_told_once(
    git_repo: Repository, path: str, text: str, line: int
) -> None:
    messy = "import b\nimport a\nx = {  }\n"
    git_repo.write_all({path: text, "a.py": messy, "b.py": messy})
    done = git_repo.onex("format", "--no-lint", "--output-format", "json")
    assert done.code == 1, done
    found = [(one["code"], one["path"], one["line"]) for one in done.json()["findings"]]
    assert found == [("FMT021", path, line)], done
    assert (git_repo.root / "a.py").read_text() == messy


def test_file_in_an_encoding_that_cannot_hold_the_licence(git_repo: Repository) -> None:
    data = b"# coding: ascii\nx = 1\n"
    git_repo.write_all({"a.py": data, "onex.toml": '[format]\ncopyright = "2024 J\u00fcrgen"\n'})
    done = git_repo.onex("format", "--no-lint")
    assert "FMT030" in done.out, done
    assert (git_repo.root / "a.py").read_bytes() == data


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows them")
def test_newer_syntax_is_told(git_repo: Repository) -> None:
    git_repo.write("a.py", "type  A = int\ndef f[T](x: T) -> T: ...\n")
    done = git_repo.onex("format", "--no-lint")
    assert "it is no valid Python 3.11" in done.out


def test_links_in_a_circle_and_pipes_are_no_modules(git_repo: Repository) -> None:
    git_repo.write_all({"a.py": "x = 1\n", "package/b.py": "x = 1\n"})
    os.symlink("loop", git_repo.root / "loop")
    os.mkfifo(git_repo.root / "package" / "__init__.py")
    done = git_repo.onex("format", "--no-lint", "--quiet")
    assert (done.code, done.out) == (0, ""), done


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('src_paths = ["/**"]', "FMT021"),
        ('src_paths = ["***"]', "FMT021"),
        ('src_paths = ["a\\u0000b"]', "FMT001"),
        ('directory = "\\u0000"', "FMT021"),
        ('src_paths = ["/"]', "FMT001"),
    ],
)
def test_places_of_modules_that_are_none(git_repo: Repository, said: str, code: str) -> None:
    git_repo.write_all({"pyproject.toml": f"[tool.isort]\n{said}\n", "a.py": "x = {  }\n"})
    done = git_repo.onex("format", "--no-lint", "--check", "--output-format", "json")
    assert [one["code"] for one in done.json()["findings"]] == [code], done


def test_a_file_too_costly_to_parse_is_not_called_invalid(git_repo: Repository) -> None:
    git_repo.write("a.py", REFUSED["chain.py"][0])
    done = git_repo.onex("format", "--no-lint", "--output-format", "json")
    assert [one["message"] for one in done.json()["findings"]] == [
        "it is nested too deeply to parse"
    ]


@pytest.mark.parametrize(
    ("python", "root", "left"),
    [
        ("/usr", "/usr/src/app", ["/usr/lib"]),
        ("/app/.venv", "/app", ["/app/.venv/lib"]),
        ("/usr", "/app", ["/usr/lib"]),
    ],
)
def test_only_installed_packages_are_at_hand(
    monkeypatch: pytest.MonkeyPatch, python: str, root: str, left: list[str]
) -> None:
    from onex_tools.format.crew import _trust_installed_only

    for name in ("prefix", "exec_prefix", "base_prefix"):
        monkeypatch.setattr(sys, name, python)
    monkeypatch.setattr(sys, "path", ["", root, f"{root}/src", f"{python}/lib"])
    _trust_installed_only(root)
    assert sys.path == left


@pytest.mark.parametrize("setting", ["exclude", "extend-exclude", "force-exclude", "include"])
def test_pattern_that_takes_for_ever_is_refused(git_repo: Repository, setting: str) -> None:
    told = f"[tool.black]\nline-length = 88\n{setting} = '(a+)+$'\n"
    long = "a" * 46
    files = {f"{long}/b.py": "x = {  }\n", "aa.py": "x = {  }\n", f"{long}!.py": "x = {  }\n"}
    git_repo.write_all({"pyproject.toml": told, **files, "in/pyproject.toml": "[tool.black]\n"})
    git_repo.write("in/c.py", "x = {  }\n")
    done = git_repo.onex("format", "--no-lint", "--output-format", "json")
    assert done.code == 1, done
    (finding,) = done.json()["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == ("FMT021", "pyproject.toml", 3)
    assert f"`{setting}` takes more than 2 seconds" in finding["message"]
    assert all((git_repo.root / path).read_text() == text for path, text in files.items())
    assert (git_repo.root / "in/c.py").read_text() == "x = {}\n"


def test_globs_of_many_stars_are_quick(git_repo: Repository) -> None:
    told = f"[tool.isort]\nskip_glob = ['{'*a' * 40}b', '{'*[ab]' * 40}c']\n"
    git_repo.write_all({"pyproject.toml": told, f"{'a' * 200}/{'a' * 200}.py": "import b, a\n"})
    assert git_repo.onex("format", "--no-lint").code == 0


UNSETTLED = {
    "if.py": ("if x: import z; import a\n", "if x:\n    import a\n    import z\n"),
    "def.py": (
        "def f(): import z; import a; return z, a\n",
        "def f():\n    import a\n    import z\n\n    return z, a\n",
    ),
    "top.py": ("x = 1; import z; import a\n", "x = 1\nimport a\nimport z\n"),
}


def test_what_settles_later_is_formatted(git_repo: Repository) -> None:
    git_repo.write_all({path: text for path, (text, _) in UNSETTLED.items()})
    done = git_repo.onex("format", "--no-lint", "--quiet")
    assert (done.code, done.out) == (0, ""), done
    for path, (_, new) in UNSETTLED.items():
        assert (git_repo.root / path).read_text() == new, path
    done = git_repo.onex("format", "--no-lint", "--no-cache", "--check", "--quiet")
    assert (done.code, done.out) == (0, ""), done


def test_what_never_settles_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Project(str(tmp_path)).place("", HeaderWish())
    chain = Chain(place.recipe, str(tmp_path))
    monkeypatch.setattr(chain, "_black", lambda data, **_: data + b"\n")
    formed = chain.form("a.py", b"x = 1\n", Steps())
    assert (formed.new, formed.line) == (None, 1)
    assert formed.refused == "formatting it again and again gives something else each time"
