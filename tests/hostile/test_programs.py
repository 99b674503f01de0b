"""Nothing that a checked repository ships may run: a canary shows if it did."""

from __future__ import annotations

import sys

import pytest

from tests.hostile.conftest import FAULT

RUNS = (
    ("validate",),
    ("validate", "--staged"),
    ("validate", "--since", "HEAD"),
    ("validate", "a.py"),
    ("validate", "--diff"),
    ("waivers",),
)
SETTINGS = {
    "fsmonitor": ("core.fsmonitor", "{program}"),
    "hooks": ("core.hooksPath", "{aside}"),
    "pager": ("core.pager", "{program}"),
    "editor": ("core.editor", "{program}"),
    "ssh": ("core.sshCommand", "{program}"),
    "clean": ("filter.x.clean", "{program}"),
    "smudge": ("filter.x.smudge", "{program}"),
    "process": ("filter.x.process", "{program}"),
    "external": ("diff.external", "{program}"),
    "textconv": ("diff.x.textconv", "{program}"),
    "credential": ("credential.helper", "!{program}"),
    "alias": ("alias.ls-files", "!{program}"),
    "askpass": ("core.askPass", "{program}"),
    "gpg": ("gpg.program", "{program}"),
}
INSTEAD = {"process": ("clean", "smudge"), "external": ("textconv",)}
"""Settings that hide others: git does not look at these where it has those."""
TOGETHER = {
    "all": [name for name in SETTINGS if name not in INSTEAD],
    "those instead": [name for name in SETTINGS if name not in sum(INSTEAD.values(), ())],
}


@pytest.fixture
def attacked(ground):
    """A repository with a staged and an unstaged change, and attributes that name filters."""
    ground.write_all({"a.py": FAULT, "b.py": FAULT, ".gitattributes": "* filter=x diff=x\n"})
    ground.commit()
    ground.write("a.py", FAULT + b"X = 1\n")
    ground.git("add", "a.py")
    ground.write("b.py", FAULT + b"Y = 1\n")
    return ground


@pytest.mark.parametrize("names", TOGETHER.values(), ids=TOGETHER)
def test_git_settings_of_the_repository_run_nothing(attacked, names):
    """Each program says its name in the canary, which is shown."""
    for hook in ("post-index-change", "fsmonitor-watchman", "query-watchman", "pre-commit"):
        attacked.program(hook)
    for name in names:
        key, value = SETTINGS[name]
        program = attacked.program(f"program-{name}")
        attacked.git("config", key, value.format(program=program, aside=attacked.aside))
    for arguments in RUNS:
        attacked.onex(*arguments, seconds=30)
    assert attacked.check("--staged", codes=(1,)).found() >= {("a.py", "DCS005")}


def test_every_git_setting_is_tried():
    assert set().union(*TOGETHER.values()) == set(SETTINGS)


@pytest.mark.parametrize("name", ["fsmonitor", "clean", "process", "external"])
def test_the_trap_works(attacked, name):
    """What the settings name does run where git simply does its work."""
    key, value = SETTINGS[name]
    attacked.git("config", key, value.format(program=attacked.program(), aside=attacked.aside))
    attacked.write("b.py", FAULT + b"Z = 1\n")
    attacked.git("diff") if name == "external" else attacked.git("add", "b.py")
    assert attacked.canary.exists()


def test_git_settings_that_lead_elsewhere(attacked):
    for key, value in (
        ("core.worktree", str(attacked.aside)),
        ("core.excludesFile", "/dev/zero"),
        ("include.path", str(attacked.aside / "missing")),
    ):
        attacked.git("config", key, value)
        for arguments in RUNS[:4]:
            attacked.onex(*arguments, seconds=30)
        attacked.git("--work-tree=.", "config", "--unset", key)


@pytest.mark.parametrize("content", ["gitdir: /nowhere\n", "gitdir: .git\n", "\0\0", ""])
def test_broken_git_file_is_said(ground, content):
    ground.write("a.py")
    ground.write(".git", content)
    run = ground.onex("validate", codes=(2,))
    assert "git" in run.err


def test_corrupt_index_is_said(attacked):
    (attacked.root / ".git/index").write_bytes(b"DIRC" + b"\xff" * 200)
    assert "git" in attacked.onex("validate", codes=(2,)).err


MODULE = "import os\nos.system('echo ran >> {canary}')\n"


@pytest.mark.parametrize(
    "name", ["click", "yaml", "blake3", "pluggy", "sitecustomize", "onex_tools"]
)
def test_modules_in_the_checked_folder_are_not_imported(ground, name):
    ground.write(f"{name}.py", MODULE.format(canary=ground.canary))
    ground.write("a.py")
    ground.check(codes=(1,))
    unsafe = (sys.executable, "-m", "onex_tools")
    # With -m Python itself puts the folder first: it finds the kernel's own name there at once.
    if name not in ("onex_tools", "sitecustomize"):
        ground.check(codes=(1,), command=unsafe)


def test_plugins_come_from_installations_only(ground):
    ground.write("evil.py", MODULE.format(canary=ground.canary))
    ground.write("evil-1.0.dist-info/entry_points.txt", "[onex.plugins]\nevil = evil\nos = os\n")
    ground.write("evil-1.0.dist-info/METADATA", "Name: evil\nVersion: 1.0\n")
    for plugin in ("evil", "os", "this", "antigravity"):
        ground.write("onex.toml", f'plugins = ["{plugin}"]\n')
        for command in (None, (sys.executable, "-m", "onex_tools")):
            run = ground.check(codes=(2,), command=command)
            assert ("onex.toml", "ONX092") in run.found()


def test_local_rules_do_not_run_without_trust(ground):
    ground.local_rule("")
    ground.write("tools/rules.py", MODULE.format(canary=ground.canary))
    ground.write("a.py")
    run = ground.check(codes=(2,))
    assert ("a.py", "DCS005") in run.found()
    ground.onex("rules", codes=(0, 2))
    ground.onex("config", "show", codes=(0, 2))


@pytest.mark.parametrize(
    "config",
    [
        'extends = ["../aside/x.toml"]',
        'extends = ["/etc/passwd"]',
        'extends = ["link.toml"]',
        'baseline = "/etc/passwd"',
        'baseline = "../aside/x"',
        'local-rules = ["../aside/*.py"]',
        "x = " + "[" * 50_000,
        "a" + ".a" * 50_000 + " = 1",
        "[" + "a." * 50_000 + "a]",
        "x = " + "9" * 10_000,
        "x = 2025-99-99",
        'select = ["' + "A" * 500_000 + '"]',
        'exclude = ["' + "**/a" * 200 + '"]',
        "\0",
    ],
)
def test_hostile_configuration_is_refused_with_words(ground, config):
    (ground.aside / "x.toml").write_text('ignore = ["DCS"]\n')
    (ground.root / "link.toml").symlink_to(ground.aside / "x.toml")
    ground.write("onex.toml", config + "\n")
    ground.write("a/a/a/a/a/a/a/a/b.py")
    run = ground.onex("validate", seconds=20)
    assert "root:x:" not in run.out + run.err
    assert run.code == 2 or "exclude" in config
