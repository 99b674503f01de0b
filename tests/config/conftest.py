"""A tree of files to load configurations from, some settings and some rules to mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from onex_tools.api import setting, settings
from onex_tools.config import ConfigError, ConfigTree, Overrides, describe, load
from onex_tools.result import RuleInfo, SectionSpec


@settings("docs-style")
class DocsStyle:
    """How documentation is judged."""

    convention: str = setting("google", "The convention.", choices=("google", "numpy"))
    max_length: int = setting(79, "The longest line.")
    ratio: float = setting(0.5, "How much must be documented.")
    private: bool = setting(False, "Ask for private names too.")
    skip_names: tuple[str, ...] = setting((), "Names that need none.")
    labels: dict[str, str] = setting({"a": "b"}, "Labels by name.")


SECTIONS: Mapping[str, SectionSpec] = {"docs-style": describe(DocsStyle)}


def rule(code: str, name: str, *aliases: str, preview: bool = False, severity: int = 2) -> RuleInfo:
    """A rule as the catalogue knows it."""
    blank: dict[str, object] = dict.fromkeys(RuleInfo._fields, "")
    blank |= {"code": code, "name": name, "aliases": aliases, "preview": preview}
    blank |= {"severity": severity, "scope": "file", "uses": ()}
    return RuleInfo(**blank)  # type: ignore[arg-type]


RULES = (
    rule("STP001", "unstamped-file"),
    rule("STP002", "stale-hash", severity=3),
    rule("DCS001", "missing-module-docstring", "D100"),
    rule("DCS005", "missing-function-docstring", "D103"),
    rule("DCS090", "new-docstring-rule", preview=True),
)


@dataclasses.dataclass
class Tree:
    """A root folder; ``load`` finds every configuration file in it."""

    root: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def load(self, overrides: Overrides | None = None) -> ConfigTree:
        """The configuration of the whole tree."""
        found = [*self.root.rglob("onex.toml"), *self.root.rglob("pyproject.toml")]
        listing = [path.relative_to(self.root).as_posix() for path in found]
        return load(str(self.root), listing, SECTIONS, overrides or Overrides())

    def problems(self, overrides: Overrides | None = None) -> list[str]:
        """What ``load`` complains about, one line each."""
        with pytest.raises(ConfigError) as caught:
            self.load(overrides)
        return str(caught.value).splitlines()


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """An empty root."""
    root = tmp_path / "root"
    root.mkdir()
    return Tree(root)


@pytest.fixture
def onex(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line; gives exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        from onex_tools.cli import main

        code = main(list(arguments))
        said = capfd.readouterr()
        return code, said.out, said.err

    return run
