"""The documentation says what the code says: pages are fresh, and nothing is left out."""

from __future__ import annotations

import inspect
import re

import pytest

from onex_tools import api, hookspecs, hostile, pages, testing
from onex_tools.admission import build_catalogue
from onex_tools.config.keys import kebab
from onex_tools.registry import Plugin
from tests.conftest import CHECKOUT
from tests.plugins.conftest import HEAD, RULE

FOLDER = CHECKOUT / "docs" / "rules"
PLUGINS = (CHECKOUT / "docs" / "plugins.md").read_text(encoding="utf-8")


def on_disk():
    return {f"docs/rules/{path.name}": path.read_text("utf-8") for path in FOLDER.iterdir()}


def test_every_page_is_there_and_fresh():
    written, made = on_disk(), pages.files()
    assert sorted(written) == sorted(made), "run `make gen`"
    stale = [path for path, text in made.items() if written[path] != text]
    assert not stale, "run `make gen`"


def test_every_rule_and_setting_is_documented():
    catalogue = build_catalogue([Plugin("onex_validators", "onex_validators")], "test")
    written = on_disk()
    index = written["docs/rules/README.md"]
    for code, info in catalogue.rules.items():
        page = written[f"docs/rules/{info.family}.md"]
        assert f"\n## {code} {info.name}\n" in page
        assert info.explanation in page
        assert f"`{info.name}`" in index
        if info.section:
            assert f"[{kebab(info.section)}]" in page
            for field in catalogue.sections[info.section].fields:
                assert f"\n| `{kebab(field.name)}` |" in page


def test_links_of_the_index_lead_somewhere():
    written = on_disk()
    links = re.findall(r"\]\((\w+\.md)#([\w-]+)\)", written["docs/rules/README.md"])
    assert links
    for file, anchor in links:
        headings = re.findall(r"^## (.+)$", written[f"docs/rules/{file}"], re.MULTILINE)
        assert anchor in {heading.lower().replace(" ", "-") for heading in headings}


def test_every_hook_is_documented():
    hooks = [name for name in vars(hookspecs) if name.startswith("onex_")]
    assert hooks
    for name in hooks:
        assert f"`{name}`" in PLUGINS


@pytest.mark.parametrize("module", [api, testing], ids=lambda module: module.__name__)
def test_every_public_name_is_documented(module):
    missing = [name for name in module.__all__ if f"`{name}" not in PLUGINS]
    assert not missing


def test_hostile_bytes_are_counted_right():
    words = {9: "nine"}
    damages = words[len(hostile.variants(b"a"))]
    assert f"{len(hostile.CONTENTS)} sorts of hostile bytes" in PLUGINS
    assert f"each example damaged in {damages} ways" in PLUGINS
    contributing = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"each example damaged in {damages} ways" in contributing.replace("\n", " ")


def test_public_names_have_docstrings():
    for name in (*api.__all__, *testing.__all__):
        thing = getattr(api, name, None) or getattr(testing, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert inspect.getdoc(thing), name


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Makes an importable plugin of one module."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name, body):
        hook = f"\n\n@hookimpl\ndef onex_validators():\n    return rules_in('{name}')\n"
        (tmp_path / f"{name}.py").write_text(HEAD + body + hook)
        return name

    return write


def test_secret_examples_are_masked_in_pages(plugin):
    secret = RULE.replace("    files =", "    sensitive = True\n    files =").replace(
        "LOUD", "HUNTER2"
    )
    page = pages.Pages(plugin("secret_rules", secret)).texts()["TST.md"]
    assert "HUNTER2" not in page
    assert "quiet\n********\n" in page


def test_example_that_holds_a_fence_stays_inside_its_own(plugin):
    body = RULE.replace("a.txt", "a.md").replace("*.txt", "*.md").replace("quiet", "```quiet")
    page = pages.Pages(plugin("fenced_rules", body)).texts()["TST.md"]
    assert "\n````markdown\n```quiet\nLOUD\n````\n" in page


def test_pages_show_what_cannot_be_seen(plugin):
    body = RULE.replace('Good("a.txt", "quiet\\n")', 'Good("a.txt", "a\\x1b[31m\\u202eb\\r\\n")')
    page = pages.Pages(plugin("hidden_rules", body)).texts()["TST.md"]
    assert "a\\x1b[31m\\u202eb\\r\n" in page
    assert "\x1b" not in page


def test_command_writes_what_changed(plugin, tmp_path, capsys):
    folder = str(tmp_path / "out")
    name = plugin("written_rules", RULE)
    assert pages.main([folder, name]) == 0
    assert "TST.md" in capsys.readouterr().out
    assert pages.main([folder, name]) == 0
    assert capsys.readouterr().out == ""
    assert pages.main([]) == 2
    assert pages.main([folder, "nowhere_at_all"]) == 2
    assert "nowhere_at_all" in capsys.readouterr().err
