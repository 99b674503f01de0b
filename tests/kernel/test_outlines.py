"""Bodies are parsed where some check of a file needs them, and only there."""

from __future__ import annotations

import pytest

RULES = '''"""Rules that say how much of a file they see."""
import ast
from onex_tools.api import Bad, Good, Validator

class Nodes(Validator):
    """Nodes are there.

    They are counted.
    """

    kinds = ("python",)
    abstract = True
    examples = (Good("a.py", ""), Bad("a.py", "def f(): pass\\n"))

    def seen(self, file):
        return file.python

    def check(self, file):
        count = sum(isinstance(node, ast.Constant) for node in ast.walk(self.seen(file)))
        yield file.finding(self, 1, str(count))


class Outlined(Nodes):
    """The outline has constants."""

    code, name = "TST001", "outlined"
    outline = True

    def seen(self, file):
        return file.outline


class Whole(Nodes):
    """The file has constants."""

    code, name = "TST002", "whole"


class Needy(Nodes):
    """The file has constants, where it has a word."""

    code, name = "TST003", "needy"
    contains = ("needed",)
'''
BODY = "def f(a=1):\n    x = 2\n    return [x, 3, 4]\n"


@pytest.fixture
def local(repo):
    repo.write("onex.toml", 'local-rules = ["rules.py"]\n')
    repo.write("rules.py", RULES)
    repo.write("a.py", BODY)
    return repo


def counts(repo, *codes):
    run = repo.onex(
        "validate",
        "--allow-local-plugins",
        "--output-format=json",
        "--select",
        ",".join(codes),
        "a.py",
    )
    return {finding["code"]: finding["message"] for finding in run.json()["findings"]}


def test_an_outline_is_made_where_all_checks_do_with_it(local):
    assert counts(local, "TST001") == {
        "TST001": "2"
    }  # the default, and what stands in for the body
    assert counts(local, "TST001", "TST003") == {"TST001": "2"}


def test_one_tree_serves_all_where_one_check_needs_the_whole(local):
    assert counts(local, "TST001", "TST002") == {"TST001": "4", "TST002": "4"}
    local.write("a.py", BODY + "# needed\n")
    assert counts(local, "TST001", "TST003") == {"TST001": "4", "TST003": "4"}


def test_settings_may_need_the_whole(local):
    more = "outline = True\n\n    def __init__(self, options=None):\n        self.outline = False\n"
    local.write("rules.py", RULES.replace("outline = True\n", more))
    assert counts(local, "TST001") == {"TST001": "4"}


def test_a_rule_that_cannot_be_made_is_a_finding(local):
    more = "outline = True\n\n    def __init__(self, options=None):\n        raise KeyError\n"
    local.write("rules.py", RULES.replace("outline = True\n", more))
    assert "TST001 crashed on this file" in counts(local, "TST001", "TST003")["ONX090"]


def test_an_outline_is_told_by_true_or_false(local):
    local.write("rules.py", RULES.replace("outline = True", 'outline = "yes"'))
    run = local.onex("validate", "--allow-local-plugins")
    assert run.code == 2
    assert "its outline is 'yes'" in run.out


@pytest.mark.parametrize("body", ["x = = 1", "return [", "print x", "x = {1: }"])
def test_a_fault_in_a_body_is_found_with_the_rules_that_are_on(repo, body):
    repo.write("a.py", f'"""Doc."""\n\n\ndef f():\n    y\n    {body}\n')
    assert repo.codes("--select", "D1") == ["a.py:4 DCS005"]
    assert repo.codes("--select", "D1,DCS303") == ["a.py:6 ONX003"]
    assert repo.codes() == ["a.py:6 ONX003"]


@pytest.mark.parametrize(
    "text",
    [
        "def f(a b): pass\n",
        "@\ndef f(): pass\n",
        "def f():\npass\n",
        "def f():\n    x = '''\n",
        "class A:\n    x = 1\n   def f(self): pass\n",
        "def f():\n    x\n        def g(): pass\n",
        "def f():\n    'a' 'b' c\n",
        "x = '\0'\n\ndef f(): pass\n",
    ],
)
def test_a_fault_around_definitions_is_always_found(repo, text):
    repo.write("a.py", text)
    assert [row.split()[1] for row in repo.codes("--select", "D1")] == ["ONX003"]


def test_a_file_over_the_limit_is_not_read_for_its_outline(repo):
    repo.write("onex.toml", "max-parse-bytes = 100\n")
    repo.write("a.py", "def f():\n" + "    x = 1\n" * 20)
    assert repo.codes("--select", "D1") == ["a.py:1 ONX003"]
