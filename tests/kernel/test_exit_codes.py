"""The same exit code for every format; what fails is named, and silences nothing else."""

from __future__ import annotations

import json

import pytest

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github")
LOCAL = '''
"""A rule that does what its file is called."""

from onex_tools.api import Bad, Edit, Fix, Good, Validator


class Misbehaves(Validator):
    """A file is there.

    For tests of what the engine does with rules that fail.
    """

    code, name = "TST001", "file-is-there"
    files = ("*.txt",)
    examples = (Good("a.py"), Bad("a.txt"))

    def check(self, file):
        if file.name == "crash.txt":
            raise ValueError("boom")
        if file.name == "slow.txt":
            while True:
                pass
        if file.name == "rubbish.txt":
            yield "not a finding"
        if file.name == "text-edit.txt":
            wrong = Fix("wrong", [Edit(0, 0, "text, not bytes")])
            yield file.finding(self, None, "it is there", fix=wrong)
            return
        yield file.finding(self, None, "it is there")
'''


@pytest.fixture
def local(repo):
    """A repository with a rule of its own that misbehaves."""
    repo.write("tools/rules.py", LOCAL)
    repo.write("onex.toml", 'local-rules = ["tools/rules.py"]\nselect = ["TST"]\ntimeout = 0.5\n')
    return repo


@pytest.mark.parametrize("output_format", FORMATS)
def test_code_is_the_same_for_every_format(repo, output_format):
    repo.write("clean.py", '"""A module."""\n')
    assert repo.onex("validate", "--output-format", output_format).code == 0
    repo.write("dirty.py", "def public():\n    pass\n")
    assert repo.onex("validate", "--output-format", output_format).code == 1
    assert repo.onex("validate", "--output-format", output_format, "--exit-zero").code == 0
    assert repo.onex("validate", "--output-format", output_format, "--fail-on", "error").code == 0
    run = repo.onex("validate", "--output-format", output_format, "--severity", "DCS=error")
    assert run.code == 1
    repo.write("onex.toml", "no-such-key = 1\n")
    run = repo.onex("validate", "--output-format", output_format)
    assert run.code == 2
    assert "no-such-key" in run.err


@pytest.mark.parametrize("name", ["crash.txt", "slow.txt", "rubbish.txt", "text-edit.txt"])
def test_failed_check_is_named_and_silences_nothing(local, name):
    local.write_all({"a.txt": "", name: "", "z.txt": ""})
    arguments = ("validate", "--allow-local-plugins", "--output-format", "json")
    runs = [local.onex(*arguments) for _ in range(2)]
    for run in runs:
        assert run.code == 2
        found = {(f["path"], f["code"]) for f in run.json()["findings"]}
        failure = "ONX091" if name == "slow.txt" else "ONX090"
        assert found == {("a.txt", "TST001"), (name, failure), ("z.txt", "TST001")}
        message = next(f["message"] for f in run.json()["findings"] if f["path"] == name)
        assert "TST001" in message
        assert "boom" not in message
    assert runs[0].out == runs[1].out


def test_failure_cannot_be_waived(local):
    local.write("crash.txt", "")
    local.write(
        "onex.toml",
        'local-rules = ["tools/rules.py"]\n'
        '[[per-file-ignores]]\npath = "*"\ncodes = ["ONX"]\nreason = "no"\n',
    )
    assert local.onex("validate", "--allow-local-plugins").code == 2


def test_untrusted_rule_is_a_missing_check(local):
    local.write("a.txt", "")
    run = local.onex("validate", "--output-format", "json")
    assert run.code == 2
    (finding,) = run.json()["findings"]
    assert finding["code"] == "ONX092"
    assert "tools/rules.py" in finding["message"]
    assert "onex trust" in finding["help"]


def test_missing_plugin_is_named(repo):
    repo.write("onex.toml", 'plugins = ["nowhere"]\n')
    repo.write("bare.py", "")
    repo.write("dirty.py", "def public():\n    pass\n")
    run = repo.onex("validate", "--output-format", "json")
    assert run.code == 2
    codes = {finding["code"] for finding in run.json()["findings"]}
    assert {"ONX092", "DCS005"} <= codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "--output-format", "xml"],
        ["validate", "--select", "NOPE"],
        ["validate", "missing.py"],
        ["validate", "--severity", "DCS=fatal"],
        ["validate", "--baseline", "missing.txt"],
        ["validate", "--staged", "--since", "HEAD"],
        ["validate", "--since", "HEAD"],
        ["rules", "NOPE999"],
        ["frobnicate"],
        ["validate", "--frobnicate"],
    ],
)
def test_wrong_use_is_two_with_words(repo, arguments):
    repo.write("a.py", '"""A module."""\n')
    run = repo.onex(*arguments)
    assert run.code == 2
    assert run.err.strip()
    assert not run.out.strip()


def test_several_reports_at_once(repo):
    repo.write("dirty.py", "def public():\n    pass\n")
    run = repo.onex(
        "validate",
        "--output-format=concise",
        "--output-file=sarif=out/r.sarif",
        "--output-file=r.json",
    )
    assert run.code == 2  # the folder "out" is not there: said, not made
    (repo.root / "out").mkdir()
    run = repo.onex(
        "validate",
        "--output-format=concise",
        "--output-file=sarif=out/r.sarif",
        "--output-file=r.json",
    )
    assert run.code == 1
    assert "dirty.py:1" in run.out
    sarif = json.loads((repo.root / "out/r.sarif").read_text())
    plain = json.loads((repo.root / "r.json").read_text())
    assert len(sarif["runs"][0]["results"]) == len(plain["findings"]) == 2


def test_entry_point_that_two_packages_claim_is_refused(repo, monkeypatch, tmp_path):
    """Which of the two would run is nobody's guess."""
    from onex_tools import registry

    for number in (1, 2):
        info = tmp_path / f"dist{number}-1.0.dist-info"
        info.mkdir()
        (info / "entry_points.txt").write_text(f"[onex.plugins]\nacme = acme{number}\n")
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    plugins, problems = registry.find_plugins(["acme", "acne"], str(repo.root))
    assert [plugin.name for plugin in plugins] == ["onex_validators"]
    assert "`acme1` and `acme2`" in problems[0].message
    assert "did you mean `acme`?" in problems[1].help


TREE = '''
"""A tree rule that fails, and one that reads."""

import os

from onex_tools.api import Bad, Good, TreeValidator, Validator


class Broken(TreeValidator):
    """The tree is there.

    For tests.
    """

    code, name = "TST001", "tree-is-there"
    examples = (Good(""), Bad(""))

    def check(self, tree):
        raise {error}
'''


@pytest.mark.parametrize("error", ["ValueError", "SystemExit(0)", "RecursionError", "MemoryError"])
def test_failed_tree_rule_is_named_however_it_is_run(repo, error):
    repo.write("rules.py", TREE.format(error=error))
    repo.write("onex.toml", 'local-rules = ["rules.py"]\nselect = ["TST", "DCS"]\n')
    repo.write("a.py", '"""A module."""\n')
    for paths in ([], [], ["."], ["a.py"], ["--scope", "tree"]):
        run = repo.onex("validate", "--allow-local-plugins", "--output-format", "json", *paths)
        assert run.code == 2, paths
        assert "ONX090" in {finding["code"] for finding in run.json()["findings"]}, paths


def test_check_that_leaves_the_program_is_a_crash(local):
    rules = (local.root / "tools/rules.py").read_text()
    local.write("tools/rules.py", rules.replace('ValueError("boom")', "SystemExit(0)"))
    local.write_all({"a.txt": "", "crash.txt": ""})
    assert local.onex("validate", "--allow-local-plugins").code == 2
    local.write("tools/rules.py", rules + "\nraise SystemExit(0)\n")
    run = local.onex("validate", "--allow-local-plugins", "--output-format", "json")
    assert run.code == 2
    assert [finding["code"] for finding in run.json()["findings"]] == ["ONX092"]


def test_python_without_docstrings_is_told(repo):
    repo.write("a.txt", "")
    run = repo.onex("validate", "a.txt", PYTHONOPTIMIZE="2")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert "PYTHONOPTIMIZE" in run.err
    assert repo.onex("validate", "a.txt", PYTHONOPTIMIZE="1").code == 0
