"""``onex trust``: the user's word for exactly these bytes; and one rule file works everywhere."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.plugins.conftest import HEAD, RULE

PATH = "tools/rules/shouting.py"
OTHER = "tools/rules/other.py"


@pytest.fixture
def local(repo):
    """A repository with two rule files and a file that shouts."""
    repo.write(PATH, HEAD + RULE)
    other = (
        RULE.replace("TST001", "TST002").replace("shouting", "other").replace("Shouting", "Other")
    )
    repo.write(OTHER, HEAD + other)
    repo.write("onex.toml", f'local-rules = ["{PATH}", "{OTHER}"]\nselect = ["TST"]\n')
    repo.write("a.txt", "LOUD\n")
    return repo


def b3sum(repo, path):
    from blake3 import blake3

    return blake3((repo.root / path).read_bytes()).hexdigest()


def test_shows_and_records_what_may_run(local):
    assert local.onex("validate").code == 2
    run = local.onex("trust")
    assert run.code == 0
    assert run.out.splitlines() == [
        f"trusted      {b3sum(local, path)}  {path}" for path in (OTHER, PATH)
    ]
    assert local.codes() == ["a.txt:1 TST001", "a.txt:1 TST002"]


def test_one_file_is_trusted_alone(local):
    assert local.onex("trust", PATH).code == 0
    listed = local.onex("trust", "--list").out.splitlines()
    assert [line.split("  ")[0] for line in listed] == ["not trusted", "trusted"]
    assert {"a.txt:1 TST001"} < set(local.codes())
    assert local.onex("validate").code == 2


def test_changed_file_is_no_longer_trusted(local):
    local.onex("trust")
    local.write(PATH, HEAD + RULE + "\n# changed\n")
    assert local.onex("validate").code == 2
    assert "not trusted" in local.onex("trust", "--list").out
    assert local.onex("trust").code == 0
    assert local.onex("validate").code == 1


def test_trust_is_taken_back(local):
    local.onex("trust")
    assert local.onex("trust", "--revoke", PATH).code == 0
    assert local.onex("validate").code == 2
    local.onex("trust")
    assert local.onex("trust", "--revoke").code == 0
    assert json.loads((local.cache / "trust.json").read_text()) == {}


def test_file_that_is_gone_can_be_revoked(local):
    local.onex("trust")
    (local.root / OTHER).unlink()
    assert local.onex("trust", "--revoke", OTHER).code == 0
    assert len(json.loads((local.cache / "trust.json").read_text())) == 1


def test_typed_from_another_folder(local):
    run = local.onex("-C", "tools/rules", "trust", "shouting.py")
    assert run.code == 0
    assert PATH in run.out


def test_list_changes_nothing(local):
    local.onex("trust", "--list")
    assert not (local.cache / "trust.json").exists()
    local.write("onex.toml", "")
    run = local.onex("trust", "--list")
    assert (run.code, run.out) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.py"], "there is no such file"),
        (["a.txt"], "does not name it"),
        (["--revoke", "--list"], "exclude each other"),
    ],
)
def test_wrong_use(local, arguments, words):
    run = local.onex("trust", *arguments)
    assert run.code == 2
    assert words in run.err
    assert not (local.cache / "trust.json").exists()


def test_nothing_to_trust(repo):
    run = repo.onex("trust")
    assert run.code == 2
    assert "local-rules" in run.err


def test_one_rule_in_hook_ci_and_pytest_alike(local, pytester_run):
    local.write("onex.toml", f'local-rules = ["{PATH}"]\nselect = ["TST"]\n')
    local.git("init", "--quiet")
    local.git("add", ".")
    hook = local.codes("--scope", "file", "--allow-local-plugins", "a.txt")
    staged = local.codes("--staged", "--scope", "file", "--allow-local-plugins")
    build = local.codes("--allow-local-plugins")
    local.onex("trust")
    assert hook == staged == build == local.codes() == ["a.txt:1 TST001"]
    local.write(
        "tests/test_rule.py",
        "from onex_tools.testing import check_plugin\n\n"
        f"def test_rule():\n    check_plugin({str(local.root / PATH)!r})\n",
    )
    done: subprocess.CompletedProcess[str] = pytester_run(local.root / "tests/test_rule.py")
    assert done.returncode == 0, done.stdout


def test_settings_of_a_rule_that_may_not_run_are_no_unknown_keys(local):
    settings = '@settings(\'mine\')\nclass Mine:\n    """Mine."""\n\n'
    settings += "    loud: bool = setting(True, 'Whether it is loud.')\n\n\n"
    local.write(
        PATH, HEAD + settings + RULE.replace("    files =", "    settings = Mine\n    files =")
    )
    local.write("onex.toml", f'local-rules = ["{PATH}"]\n[mine]\nloud = false\n')
    assert local.onex("validate", "--allow-local-plugins").code == 1
    run = local.onex("validate", "--output-format", "json")
    assert run.code == 2
    codes = [finding["code"] for finding in run.json()["findings"]]
    assert codes.count("ONX092") == 1
    assert "DCS004" in codes  # everything else is still checked


def test_codes_of_rules_that_may_not_run_are_no_unknown_codes(local):
    local.write("onex.toml", f'local-rules = ["{PATH}"]\n')
    local.write("a.py", '"""Doc."""\n\nA = 1  # onex: ignore[TST001] -- it is shouted\n')
    unknown = ("ONX011", "ONX014")
    refused, allowed = local.onex("validate"), local.onex("validate", "--allow-local-plugins")
    assert refused.code == 2 and "ONX092" in refused.out
    assert not any(code in refused.out for code in unknown)
    assert "ONX011" not in allowed.out
    local.write("onex.toml", "")
    assert "ONX011" in local.onex("validate").out  # there nobody knows of such a rule


def test_no_byte_code_is_left_beside_a_rule_file(local):
    local.onex("validate", "--allow-local-plugins", PYTHONDONTWRITEBYTECODE="")
    assert sorted(path.name for path in (local.root / "tools/rules").iterdir()) == [
        "other.py", "shouting.py",
    ]  # fmt: skip
