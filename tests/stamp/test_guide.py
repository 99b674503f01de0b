"""What docs/stamps.md shows is what happens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from onex_tools.hooks import HOOKS
from tests.conftest import CHECKOUT
from tests.contributing.walks import follow, shims, surroundings, walks_in

PAGE = CHECKOUT / "docs" / "stamps.md"
B3SUM = """\
#!{python}
import sys
from blake3 import blake3
print(blake3(sys.stdin.buffer.read()).hexdigest() + "  -")
"""


def test_walks_are_true(tmp_path: Path) -> None:
    """One after the other, in one repository; ``b3sum`` is a stand-in of one line."""
    commands = shims(tmp_path / "bin")
    (commands / "b3sum").write_text(B3SUM.format(python=sys.executable))
    (commands / "b3sum").chmod(0o755)
    environment = surroundings(commands, tmp_path / "cache", SOURCE_DATE_EPOCH="1767323045")
    folder = tmp_path / "repo"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    walks = walks_in(PAGE)
    assert list(walks) == ["first-steps", "migration"]
    for steps in walks.values():
        follow(steps, folder, environment)


def test_every_rule_of_the_family_is_in_the_page() -> None:
    pages = (CHECKOUT / "docs" / "rules" / "STP.md").read_text()
    shown = PAGE.read_text()
    rules = [line.split("`")[1] for line in pages.splitlines() if line.startswith("| [STP")]
    assert rules
    assert [name for name in rules if f"`{name}`" not in shown] == []


def test_hooks_of_the_example_exist_and_come_in_order() -> None:
    text = PAGE.read_text().split("```yaml\n")[1].split("```")[0]
    repositories: Any = yaml.safe_load(text)["repos"]
    hooks = [hook["id"] for repository in repositories for hook in repository["hooks"]]
    ours = [hook["id"] for hook in repositories[-1]["hooks"]]
    assert set(ours) <= {hook.id for hook in HOOKS}
    assert hooks.index("onex-stamp") > max(map(hooks.index, ("ruff-format", "end-of-file-fixer")))
    assert ours[0] == "onex-stamp"


def test_stamp_and_licence_live_in_one_file(tmp_path: Path) -> None:
    environment = surroundings(shims(tmp_path / "bin"), tmp_path / "cache")
    folder = tmp_path / "repo"
    folder.mkdir()
    walks = walks_in(CHECKOUT / "docs" / "stamps-and-licences.md")
    for steps in walks.values():
        follow(steps, folder, environment)
