"""The first text of a new rule: a file to fill in, its test, and a package to put it in."""

from __future__ import annotations

import re
from typing import NamedTuple

NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*\Z")
CODE = re.compile(r"[A-Z]{3}[0-9]{3}\Z")


class Starter(NamedTuple):
    """A rule that is to be written: ``name`` is the fault in kebab-case; ``tree`` its scope."""

    name: str
    code: str
    tree: bool = False

    @property
    def module(self) -> str:
        """The file's name without its ending."""
        return self.name.replace("-", "_")

    @property
    def cls(self) -> str:
        """The name of the class."""
        return "".join(word.capitalize() for word in self.name.split("-"))


def rule_text(rule: Starter) -> str:
    """The rule's file: it runs, and its Bad example fails until ``check`` is written."""
    form = _TREE_RULE if rule.tree else _FILE_RULE
    return form.format(cls=rule.cls, code=rule.code, name=rule.name, words=_words(rule))


def local_test(rule: Starter) -> str:
    """The test that stands beside a local rule file."""
    return _LOCAL_TEST.format(module=rule.module, words=_words(rule))


def package_files(rule: Starter, package: str) -> dict[str, str]:
    """A distribution with this one rule, by path: ``package`` is its import name."""
    return {
        "pyproject.toml": _PYPROJECT.format(dist=package.replace("_", "-"), package=package),
        f"{package}/__init__.py": _PACKAGE,
        f"{package}/py.typed": "",
        "tests/test_rules.py": _PACKAGE_TEST.format(package=package),
        f"{package}/{rule.module}.py": rule_text(rule),
    }


def _words(rule: Starter) -> str:
    return rule.name.replace("-", " ").capitalize()


_FILE_RULE = '''\
"""{words}: one rule."""

import re
from collections.abc import Iterable

from onex_tools.api import Bad, Finding, Good, SourceFile, Validator

_FAULT = re.compile(rb"^write here what to look for", re.MULTILINE)


class {cls}(Validator):
    """Say the fault in one line.

    Say why it matters, and what to do about it.
    """

    code, name = "{code}", "{name}"
    kinds = ("python",)
    examples = (
        Bad("bad.py", "fault = 1\\n", at=(1,)),
        Good("good.py", "sound = 1\\n"),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """One finding for every fault."""
        for match in _FAULT.finditer(file.data):
            yield file.finding(self, match.span(), "say what is wrong here")
'''

_TREE_RULE = '''\
"""{words}: a rule about the tree, and the facts that it joins."""

import re
from collections.abc import Iterable
from typing import Any

from onex_tools.api import (
    Bad,
    Extractor,
    Finding,
    Good,
    Location,
    SourceFile,
    Tree,
    TreeValidator,
)

_FACT = re.compile(rb"^write here what to look for", re.MULTILINE)


class {cls}Fact(Extractor):
    """Say what is kept about one file."""

    name = "{name}"
    kinds = ("python",)

    def extract(self, file: SourceFile) -> Any:
        """What JSON can hold, such as a place; None where the file has nothing to say."""
        match = _FACT.search(file.data)
        return list(file.location(match.span())[1:]) if match else None


class {cls}(TreeValidator):
    """Say the fault in one line.

    Say why it matters, and what to do about it.
    """

    code, name = "{code}", "{name}"
    uses = ({cls}Fact,)
    examples = (
        Bad("two.py", "fault = 1\\n", at=(1,), tree={{"one.py": "other = 1\\n"}}),
        Good("two.py", "sound = 1\\n", tree={{"one.py": "other = 1\\n"}}),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """One finding for every fault."""
        for path, at in tree.facts({cls}Fact).items():
            yield tree.finding(self, path, Location(path, *at), "say what is wrong here")
'''

_LOCAL_TEST = '''\
"""{words}: its examples are its test."""

from pathlib import Path

from onex_tools.testing import check_plugin


def test_{module}() -> None:
    check_plugin(Path(__file__).with_name("{module}.py"))
'''

_PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "{dist}"
version = "0.1.0"
description = "Rules for onex."
requires-python = ">=3.11"
dependencies = ["onex"]

[project.entry-points."onex.plugins"]
{package} = "{package}"

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
"""

_PACKAGE = '''\
"""Rules for onex: one file is one rule."""

from onex_tools.api import Extractor, Rule, hookimpl, rules_in


@hookimpl
def onex_validators() -> list[type[Rule] | type[Extractor]]:
    """Every rule and extractor in this package."""
    return rules_in(__name__)
'''

_PACKAGE_TEST = '''\
"""The rules do what their examples say, and nothing breaks them."""

import pytest

from onex_tools.testing import Case, check_plugin, example_cases


@pytest.mark.parametrize("case", example_cases("{package}"), ids=str)
def test_example(case: Case) -> None:
    case.check()


def test_plugin() -> None:
    check_plugin("{package}")
'''
