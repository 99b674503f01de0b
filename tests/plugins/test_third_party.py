"""A package that strangers install is equal to what is built in, and a broken one is loud."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from tests.conftest import Run
from tests.plugins.conftest import ACME

pytestmark = [pytest.mark.registry, pytest.mark.slow]


@pytest.fixture
def shop(repo, installed):
    """A repository of services that names the plugin, and the installed ``onex`` run in it."""
    repo.write_all(
        {
            "onex.toml": 'plugins = ["acme_rules"]\n\n[acme]\ndefault-owner = "platform"\n',
            "billing/service.toml": "port = 8080\n",
            "web/service.toml": 'owner = "web"\nport = 8080\n',
            "web/app.py": "def public():\n    pass\n",
        }
    )

    def onex(*arguments: str) -> Run:
        done = subprocess.run(
            [installed.bin / "onex", *arguments],
            cwd=repo.root,
            env=repo.environment(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    repo.onex = onex
    return repo


def found(run):
    """``path:line CODE`` of every finding in a JSON report."""
    return [f"{f['path']}:{f['line']} {f['code']}" for f in run.json()["findings"]]


def test_runs_outside_of_the_checkout(installed):
    command = "import onex_tools; print(onex_tools.__file__)"
    where = subprocess.check_output([installed.bin / "python", "-P", "-c", command], text=True)
    assert str(installed.bin.parent) in where


def test_its_own_tests_pass(installed, tmp_path):
    done = subprocess.run(
        [installed.bin / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull,
         "--import-mode=importlib", f"--rootdir={tmp_path}", f"--confcutdir={ACME / 'tests'}",
         ACME / "tests"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "9 passed" in done.stdout


def test_findings_settings_and_tree_rule(shop):
    run = shop.onex("validate", "--output-format", "json")
    assert run.code == 1
    assert found(run) == [
        "billing/service.toml:1 ACM001",
        "web/app.py:1 DCS001",
        "web/app.py:1 DCS005",
        "web/service.toml:2 ACM002",
    ]
    assert found(shop.onex("validate", "--output-format", "json")) == found(run)
    shop.write("onex.toml", 'plugins = ["acme_rules"]\n[acme]\nowner-keys = ["port"]\n')
    assert "billing/service.toml:1 ACM001" not in found(
        shop.onex("validate", "--output-format", "json")
    )
    shop.write("onex.toml", 'plugins = ["acme_rules"]\n[acme]\nowner-key = ["port"]\n')
    run = shop.onex("validate")
    assert run.code == 2
    assert "owner-keys" in run.err


def test_explained_and_listed_like_a_built_in_rule(shop):
    page = shop.onex("rules", "ACM001").out
    for words in (
        "ACM001 missing-owner",
        "A service names no owner.",
        "on: by default",
        "acme_rules",
        'default-owner = ""  (here: "platform")',
        "> 1 | port = 8080",
        'owner = "platform"',
    ):
        assert words in page
    rules = {
        rule["code"]: rule for rule in shop.onex("rules", "--output-format", "json").json()["rules"]
    }
    assert rules["ACM001"].keys() == rules["DCS001"].keys()
    assert rules["ACM002"]["uses"] == ["acme-port"]


def test_sarif_carries_its_metadata(shop):
    run = shop.onex("validate", "--select", "ACM", "--output-format", "sarif")
    driver = run.json()["runs"][0]["tool"]["driver"]
    rules = {rule["id"]: rule for rule in driver["rules"]}
    assert rules["ACM001"]["shortDescription"]["text"] == "A service names no owner"
    assert rules["ACM001"]["defaultConfiguration"]["level"] == "error"
    assert "on call" in rules["ACM001"]["fullDescription"]["text"]


def test_waivers_and_fixes(shop):
    ignore = "# onex: ignore[ACM001] -- moves next month\nport = 8080\n"
    shop.write("billing/service.toml", ignore)
    assert found(shop.onex("validate", "--select", "ACM001", "--output-format", "json")) == []
    shop.write("billing/service.toml", "port = 8081\n")
    run = shop.onex("validate", "--select", "ACM", "--fix")
    assert run.code == 0, run
    mended = (shop.root / "billing/service.toml").read_text()
    assert mended == 'owner = "platform"\nport = 8081\n'


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("raises", "No module named 'nowhere_at_all'"),
        ("taken", "code DCS001 belongs to"),
        ("worded", "its code is 'Broken-1'"),
        ("silent", "it has no docstring"),
        ("misspelt", "onex_validator"),
        ("no_check", "it has no check"),
        pytest.param("settings", "broken_rules.settings:Broken"),
        pytest.param("not_classes", "broken_not_classes"),
    ],
)
def test_broken_plugin_is_loud_and_silences_nothing(shop, name, words):
    shop.write("onex.toml", f'plugins = ["acme_rules", "broken_{name}"]\n')
    run = shop.onex("validate", "--output-format", "json")
    assert run.code == 2, run
    loud = [f for f in run.json()["findings"] if f["code"] == "ONX092"]
    assert any(words in f["message"] for f in loud), loud
    assert {"ACM001", "ACM002", "DCS001", "DCS005"} <= {f["code"] for f in run.json()["findings"]}
    assert json.dumps(run.json()) == json.dumps(
        shop.onex("validate", "--output-format", "json").json()
    )
    listed = shop.onex("rules")
    assert listed.code == 2
    assert words in listed.err
    assert "ACM001" in listed.out


def test_files_of_its_kind_carry_stamps(shop):
    shop.write("deploy.flow", "#!/usr/bin/acme\ndeploy everything\n")
    assert shop.onex("stamp", "deploy.flow").code == 0
    lines = (shop.root / "deploy.flow").read_text().split("\n")
    assert lines[:2] == ["#!/usr/bin/acme", "!! === OmniNode:Metadata ==="]
    shop.write("deploy.flow", "\n".join([*lines, "deploy the rest", ""]))
    for _ in range(2):
        run = shop.onex("validate", "--select", "STP002", "--output-format", "json")
        assert [finding["path"] for finding in run.json()["findings"]] == ["deploy.flow"]


def test_plugin_that_is_not_installed(shop):
    shop.write("onex.toml", 'plugins = ["acme_rules", "acme_rulez"]\n')
    run = shop.onex("validate", "--output-format", "json")
    assert run.code == 2
    loud = [f for f in run.json()["findings"] if f["code"] == "ONX092"]
    assert [f["message"] for f in loud] == ["plugin `acme_rulez` is not installed"]
    assert "acme_rules" in loud[0]["help"]
    assert {"ACM001", "DCS005"} <= {f["code"] for f in run.json()["findings"]}


def test_unnamed_plugin_does_not_run(shop):
    shop.write("onex.toml", "")
    run = shop.onex("validate", "--output-format", "json")
    assert {f["code"] for f in run.json()["findings"]} == {"DCS001", "DCS005"}
    assert shop.onex("rules", "ACM001").code == 2
