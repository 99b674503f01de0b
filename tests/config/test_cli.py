"""``onex config`` and ``onex init``, through the command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import uuid

import jsonschema
import pytest
import yaml


@pytest.fixture
def repository(tree, tmp_path, monkeypatch):
    """An empty git repository that is the current folder; the user's own files stay out of it."""
    monkeypatch.setenv("ONEX_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    subprocess.run(["git", "init", "--quiet", tree.root], check=True)
    tree.write("app.py", '"""An app."""\n')
    monkeypatch.chdir(tree.root)
    return tree


def test_show_tells_value_and_origin_of_every_key(repository, onex):
    repository.write(
        "onex.toml", 'timeout = 3\nexclude = ["a\\u202eb"]\n[docstrings]\ninit = true\n'
    )
    repository.write("a/onex.toml", "ignore = ['DCS']\n")
    repository.write("a/b.py", "")
    code, out, err = onex("config", "show", "a/b.py")
    assert (code, err) == (0, "")
    lines = {line.partition(" = ")[0]: line for line in out.splitlines()}
    assert re.fullmatch(r"timeout = 3\.0 +# onex\.toml:1", lines["timeout"])
    assert re.fullmatch(r'ignore = \["DCS"\] +# a/onex\.toml:1', lines["ignore"])
    assert re.fullmatch(r"docstrings\.init = true +# onex\.toml:4", lines["docstrings.init"])
    assert lines["jobs"].endswith("# default")
    assert "\u202e" not in out


def test_show_as_json_is_complete_and_for_a_folder_too(repository, onex):
    repository.write("onex.toml", "ignore = ['STP']\n")
    repository.write("a/onex.toml", "ignore = ['DCS']\n")
    answers = {}
    for path in (".", "a", "a/onex.toml", "app.py"):
        code, out, _ = onex("config", "show", path, "--output-format", "json")
        assert code == 0
        answers[path] = json.loads(out)["settings"]
    assert answers["."] == answers["app.py"] != answers["a"] == answers["a/onex.toml"]
    assert answers["a"]["ignore"] == {"value": ["DCS"], "origin": "a/onex.toml:1"}
    assert answers["."]["fail-on"] == {"value": "warning", "origin": "default"}


def test_a_broken_configuration_ends_with_2_and_every_fault(repository, onex):
    repository.write("onex.toml", "selct = ['STP']\ntimeout = 'x'\n")
    code, out, err = onex("config", "show")
    assert (code, out) == (2, "")
    assert "onex.toml:1: there is no key `selct`; did you mean `select`?" in err
    assert "onex.toml:2: `timeout` is the string 'x'; allowed: a number" in err


def test_an_unknown_code_ends_with_2(repository, onex):
    repository.write("onex.toml", "ignore = ['XYZ999']\n")
    code, _, err = onex("config", "show")
    assert code == 2
    assert "onex.toml:1: `ignore` names `XYZ999`, which is no rule" in err


@pytest.mark.usefixtures("repository")
def test_the_printed_schema_is_valid_and_knows_the_rules_settings(onex):
    code, out, err = onex("config", "schema")
    assert (code, err) == (0, "")
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["docstrings"]["properties"]["init"]["type"] == "boolean"


def test_init_writes_a_configuration_that_holds(repository, onex):
    code, out, err = onex("init")
    assert (code, err) == (0, "")
    assert "wrote onex.toml" in out
    text = (repository.root / "onex.toml").read_text()
    assert "On here: " in text
    code, out, err = onex("config", "show", "--output-format", "json")
    assert (code, err) == (0, "")
    settings = json.loads(out)["settings"]
    assert settings["required-version"]["origin"].startswith("onex.toml:")
    # Nothing that was clean fails for want of a stamp: the table is there to be switched on.
    assert settings["stamp.repository"]["origin"] == "default"
    (named,) = re.findall(r'(?m)^# repository = "(.+)"$', text)
    assert uuid.UUID(named).version == 4


def test_what_init_comments_out_is_right_too(repository, onex):
    onex("init")
    target = repository.root / "onex.toml"
    text = re.sub(r"(?m)^# (?=[a-z-]+ = |\[)", "", target.read_text())
    # The example of a table ends the keys before it, so it goes to the end.
    table = text[text.index("[[") : text.index("\n\n", text.index("[["))]
    target.write_text(text.replace(table, "") + "\n" + table + "\n")
    code, out, err = onex("config", "show", "--output-format", "json")
    assert (code, err) == (0, "")
    settings = json.loads(out)["settings"]
    keys = ("select", "exclude", "fail-on", "locked", "per-file-ignores")
    chosen = ("docstrings.convention", "docstrings.fail-under", "format.spdx", "stamp.repository")
    for key in (*keys, *chosen):
        assert settings[key]["origin"].startswith("onex.toml:"), key


def test_init_finds_what_is_usually_excluded(repository, onex):
    repository.write("third_party/x.py", "")
    onex("init")
    assert '# exclude = ["third_party/"]' in (repository.root / "onex.toml").read_text()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("onex.toml", "# mine\n"),
        ("onex.toml", "jobs = 1\n"),
        ("pyproject.toml", "[tool.onex]\njobs = 1\n"),
    ],
)
def test_init_never_changes_what_is_there(repository, onex, name, text):
    repository.write(name, text)
    code, _, err = onex("init")
    assert code == 1
    assert f"{name} is there already" in err
    assert (repository.root / name).read_text() == text
    assert not (name == "pyproject.toml" and (repository.root / "onex.toml").exists())


def test_init_does_not_write_through_a_link(repository, onex):
    (repository.root / "onex.toml").symlink_to("elsewhere.toml")
    code, _, _ = onex("init")
    assert code == 1
    assert not (repository.root / "elsewhere.toml").exists()


def test_init_writes_at_the_root_from_any_folder(repository, onex, monkeypatch):
    (repository.root / "a").mkdir()
    monkeypatch.chdir(repository.root / "a")
    assert onex("init")[0] == 0
    assert (repository.root / "onex.toml").exists()
    assert os.listdir(repository.root / "a") == []


def test_init_writes_hooks_that_exist(repository, onex):
    from onex_tools.cli.commands import COMMANDS

    code, out, _ = onex("init", "--pre-commit")
    assert code == 0
    assert "wrote .pre-commit-config.yaml" in out
    [local] = yaml.safe_load((repository.root / ".pre-commit-config.yaml").read_text())["repos"]
    assert local["repo"] == "local"
    for hook in local["hooks"]:
        assert hook["entry"].split()[0] == "onex"
        assert hook["entry"].split()[1] in COMMANDS
        assert "--fix" not in hook["entry"]
    code, out, _ = onex("init", "--pre-commit")
    assert code == 0
    assert "has the hooks already" in out


def test_init_prints_the_hooks_where_a_file_is_there(repository, onex):
    mine = "repos:\n  - repo: local\n    hooks: []\n"
    repository.write(".pre-commit-config.yaml", mine)
    code, out, err = onex("init", "--pre-commit")
    assert code == 1
    assert "left as it is" in err
    assert (repository.root / ".pre-commit-config.yaml").read_text() == mine
    snippet = out[out.index("  - repo: local") :]
    assert len(yaml.safe_load(mine + snippet)["repos"]) == 2


def test_hooks_that_write_are_commented_out_until_they_are_asked_for(repository, onex):
    _, out, _ = onex("init", "--pre-commit")
    assert "for you to choose: onex-format, onex-stamp\n" in out
    target = repository.root / ".pre-commit-config.yaml"
    text = re.sub(r"(?m)^      # (?=- id| )", "      ", target.read_text())
    [local] = yaml.safe_load(text)["repos"]
    wanted = ["onex-format", "onex-stamp", "onex-validate", "onex-validate-tree"]
    assert [hook["id"] for hook in local["hooks"]] == wanted
    repository.write("onex.toml", "[format]\n")
    code, out, _ = onex("init", "--pre-commit")
    assert (code, out.count("- id:")) == (1, 1)
    assert "- id: onex-format\n" in out
    target.write_text(text)
    code, out, _ = onex("init", "--pre-commit")
    assert (code, "has the hooks already" in out) == (0, True)


@pytest.mark.usefixtures("repository")
def test_the_hooks_are_accepted_by_pre_commit(onex):
    from pre_commit.clientlib import load_config

    onex("init", "--pre-commit")
    assert len(load_config(".pre-commit-config.yaml")["repos"]) == 1
