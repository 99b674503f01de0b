"""``onex new validator``: the start of a rule, where it belongs; and what it needs to be green."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.conftest import CHECKOUT


def new(repo, *arguments):
    return repo.onex("new", "validator", *arguments)


def files(repo):
    return sorted(
        str(path.relative_to(repo.root)) for path in repo.root.rglob("*") if path.is_file()
    )


def last_commands(run):
    """The three commands that end the output."""
    lines = run.out.splitlines()
    assert lines[-4] == "Next:"
    return [line.strip() for line in lines[-3:]]


@pytest.mark.parametrize("scope", [[], ["--tree"]], ids=["file", "tree"])
def test_local_rule_fails_until_it_is_written(repo, pytester_run, scope):
    run = new(repo, "no-todo", *scope)
    assert run.code == 0, run
    assert files(repo) == ["tools/onex_rules/no_todo.py", "tools/onex_rules/test_no_todo.py"]
    assert 'local-rules = ["tools/onex_rules/no_todo.py"]' in run.out
    assert last_commands(run) == [
        "python -m pytest tools/onex_rules/test_no_todo.py",
        "onex trust tools/onex_rules/no_todo.py",
        "onex validate --select LOC001",
    ]
    test = repo.root / "tools/onex_rules/test_no_todo.py"
    done = pytester_run(test)
    assert done.returncode == 1
    assert "1 fault in `local:" in done.stdout
    assert "LOC001 no-todo, example 1: Bad(" in done.stdout
    rule = test.with_name("no_todo.py")
    rule.write_text(rule.read_text().replace("write here what to look for", "fault"))
    done = pytester_run(test)
    assert done.returncode == 0, done.stdout


def test_printed_commands_work(repo):
    repo.write("onex.toml", "[docstrings]\n")
    repo.write("app.py", "fault = 1\n")
    run = new(repo, "no-todo")
    line = next(line for line in run.out.splitlines() if "local-rules" in line)
    repo.write("onex.toml", f"{line.strip()}\n[docstrings]\n")
    _, trust, validate = last_commands(run)
    assert repo.onex(*validate.split()[1:]).code == 2
    assert repo.onex(*trust.split()[1:]).code == 0
    assert repo.onex(*validate.split()[1:]).code == 0


@pytest.mark.parametrize("scope", [[], ["--tree"]], ids=["file", "tree"])
def test_what_is_written_satisfies_the_linters(repo, scope):
    new(repo, "no-todo", *scope)
    new(repo, "missing-owner", "--plugin", "acme", *scope)
    settings = CHECKOUT / "pyproject.toml"
    for command in (["check"], ["format", "--check", "--diff"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "--config", settings, "."]
        done = subprocess.run(ruff, cwd=repo.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    repo.write("onex.toml", "")
    assert repo.codes() == []


@pytest.mark.slow
def test_what_is_written_has_its_types(repo):
    new(repo, "no-todo")
    new(repo, "missing-owner", "--plugin", "acme", "--tree")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--explicit-package-bases"]
    paths = [
        "tools/onex_rules/no_todo.py",
        "acme/acme/missing_owner.py",
        "acme/tests/test_rules.py",
    ]
    done = subprocess.run(
        [*mypy, *paths], cwd=repo.root, capture_output=True, text=True, check=False,
        env=repo.environment(MYPYPATH=str(CHECKOUT)),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_next_rule_gets_the_next_code(repo):
    new(repo, "no-todo")
    assert "LOC002" in new(repo, "second_one").out
    assert (repo.root / "tools/onex_rules/second_one.py").exists()
    assert "OPS001" in new(repo, "third", "--code", "OPS").out
    assert "OPS007" in new(repo, "fourth", "--code", "OPS007").out
    assert "OPS008" in new(repo, "fifth", "--code", "OPS").out


def test_rules_that_are_configured_stay_in_the_line(repo):
    new(repo, "no-todo")
    repo.write("onex.toml", 'local-rules = ["tools/onex_rules/no_todo.py"]\n')
    out = new(repo, "second").out
    assert 'local-rules = ["tools/onex_rules/no_todo.py", "tools/onex_rules/second.py"]' in out
    repo.write("onex.toml", 'plugins = ["other"]\n')
    assert 'plugins = ["other", "acme"]' in new(repo, "third", "--plugin", "acme").out


def test_nothing_is_overwritten(repo):
    repo.write("tools/onex_rules/test_no_todo.py", "mine\n")
    run = new(repo, "no-todo")
    assert run.code == 2
    assert "test_no_todo.py is there already" in run.err
    assert files(repo) == ["tools/onex_rules/test_no_todo.py"]
    repo.write("acme/acme/__init__.py", "mine\n")
    run = new(repo, "no-todo", "--plugin", "acme")
    assert run.code == 2
    assert not (repo.root / "acme/pyproject.toml").exists()


def test_plugin_package_is_made_and_grows(repo, pytester_run, monkeypatch):
    run = new(repo, "missing-owner", "--plugin", "acme-rules")
    assert run.code == 0
    assert files(repo) == [
        "acme-rules/acme_rules/__init__.py",
        "acme-rules/acme_rules/missing_owner.py",
        "acme-rules/acme_rules/py.typed",
        "acme-rules/pyproject.toml",
        "acme-rules/tests/test_rules.py",
    ]
    assert "ACM001" in run.out
    assert 'plugins = ["acme_rules"]' in run.out
    assert last_commands(run)[0] == "python -m pip install --editable acme-rules"
    run = new(repo, "second", "--plugin", "acme-rules")
    assert "ACM002" in run.out
    assert (repo.root / "acme-rules/acme_rules/second.py").exists()
    monkeypatch.setenv("PYTHONPATH", str(repo.root / "acme-rules"))
    done = pytester_run(repo.root / "acme-rules")
    assert done.returncode == 1
    assert "ACM001-1-bad" in done.stdout
    assert "ACM002-1-bad" in done.stdout
    assert "2 passed" in done.stdout  # the Good ones


def test_package_below_src_is_found(repo):
    shutil.copytree(CHECKOUT / "tests/plugins/acme-onex-rules", repo.root / "acme")
    run = new(repo, "third-one", "--plugin", "acme", "--code", "ACM")
    assert run.code == 0, run
    assert (repo.root / "acme/src/acme_onex_rules/third_one.py").exists()
    assert "ACM003" in run.out


@pytest.mark.parametrize(
    "text", ["", "[project]\nname = 'x'\n", "no toml", "[project.entry-points.'onex.plugins']\n"]
)
def test_foreign_package_is_left_alone(repo, text):
    repo.write("acme/pyproject.toml", text)
    run = new(repo, "no-todo", "--plugin", "acme")
    assert run.code == 2
    assert "onex.plugins" in run.err
    assert files(repo) == ["acme/pyproject.toml"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["No Todo"], "kebab-case"),
        (["../escape"], "kebab-case"),
        (["missing-module-docstring"], "another rule is called"),
        (["no-todo", "--code", "DCS001"], "DCS001 belongs to another rule"),
        (["no-todo", "--code", "todo"], "three capital letters"),
        (["no-todo", "--plugin", "a", "--local", "b"], "exclude each other"),
        (["no-todo", "--local", "/elsewhere"], "not below the root"),
    ],
)
def test_wrong_use_is_two_and_writes_nothing(repo, arguments, words):
    run = new(repo, *arguments)
    assert run.code == 2
    assert words in run.err
    assert files(repo) == []


def test_from_a_folder_below_the_root(git_repo):
    git_repo.write("services/api/app.py", "")
    run = git_repo.onex("-C", "services/api", "new", "validator", "no-todo")
    assert run.code == 0
    assert (git_repo.root / "tools/onex_rules/no_todo.py").exists()
    assert 'local-rules = ["tools/onex_rules/no_todo.py"]' in run.out
    assert "onex trust ../../tools/onex_rules/no_todo.py" in run.out


def test_built_in_rule_is_one_file_and_needs_a_family(repo):
    repo.write("validators/onex_validators/__init__.py", "")
    run = new(repo, "no-todo")
    assert run.code == 2
    assert "--code is needed" in run.err
    run = new(repo, "no-todo", "--code", "DCS")
    assert run.code == 0
    assert "validators/onex_validators/no_todo.py" in files(repo)
    assert len(files(repo)) == 2
    assert len(last_commands(run)) == 3
