"""``onex rules``: the list, the pages, the states and why, and the same for programs."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from onex_tools.admission import build_catalogue
from onex_tools.registry import Plugin
from tests.plugins.conftest import HEAD, RULE

KEYS = {
    "aliases", "code", "confidence", "contains", "defers_to", "enabled_by", "examples",
    "explanation", "family", "files", "fixable", "kinds", "mentions", "name", "opposites",
    "outline", "plugin", "preview", "reason", "scope", "section", "sensitive", "settings",
    "severity", "state", "summary", "uses",
}  # fmt: skip
"""What every record has; members may be added, never taken away."""


@cache
def catalogue():
    """All rules that onex brings along."""
    return build_catalogue([Plugin("onex_validators", "onex_validators")], "test").rules


def states(run):
    """State and reason by code."""
    return {rule["code"]: (rule["state"], rule["reason"]) for rule in run.json()["rules"]}


@pytest.fixture
def local(repo):
    """A repository with rules of its own: one plain, one preview, one that waits, one secret."""
    body = RULE
    for code, name, line in (
        ("TST002", "new-line", "preview = True"),
        ("TST003", "waiting-line", 'enabled_by = "containers/**|config:docstrings"'),
        ("TST004", "secret-line", "sensitive = True"),
    ):
        text = RULE.replace("TST001", code).replace("shouting-line", name)
        class_ = name.title().replace("-", "")
        body += "\n\n" + text.replace("Shouting", class_).replace(
            "    files =", f"    {line}\n    files ="
        )
    repo.write("tools/lines.py", HEAD + body)
    repo.write("onex.toml", 'local-rules = ["tools/lines.py"]\n')
    return repo


def listed(repo, *arguments, **environment):
    return repo.onex("rules", "--allow-local-plugins", *arguments, **environment)


def test_every_rule_is_listed_in_families(repo):
    run = repo.onex("rules")
    assert run.code == 0
    lines = run.out.splitlines()
    codes = [line.split()[0] for line in lines if line[:3].isupper()]
    assert codes == sorted(catalogue())
    head = lines[0]
    assert head.split() == ["code", "name", "severity", "scope", "fix", "state", "plugin", "why"]
    for line in lines[1:-1]:
        if line:
            assert line[head.index("state") :].split()[0] in ("on", "off", "preview")
            assert line[head.index("severity") :].split()[0] in ("error", "warning", "info")
    assert lines[-1].startswith(f"{len(codes)} rules, ")
    assert max(len(line[: head.index("why")]) for line in lines) < 110


def test_families_stand_apart(repo):
    blocks = repo.onex("rules").out.split("\n\n")[1:-1]
    families = [{line[:3] for line in block.splitlines()} for block in blocks]
    assert all(len(family) == 1 for family in families)
    assert len(families) == len({info.family for info in catalogue().values()})


@pytest.mark.parametrize("family", sorted({info.family for info in catalogue().values()}))
def test_every_rule_has_its_page(repo, family):
    codes = [code for code, info in sorted(catalogue().items()) if info.family == family]
    run = repo.onex("rules", *codes)
    assert run.code == 0
    heads = [f"{code} {catalogue()[code].name}\n" for code in codes]
    starts = [run.out.index(head) for head in heads]
    assert starts == sorted(starts)
    for code, start, end in zip(codes, starts, [*starts[1:], None], strict=True):
        assert_page(catalogue()[code], run.out[start:end])


def assert_page(info, page):
    """The page of a rule has all its parts."""
    code, lines = info.code, page.splitlines()
    assert lines[0] == f"{code} {info.name}"
    assert lines[1] == f"{info.summary}."
    assert info.explanation.splitlines()[-1] in lines
    assert any(line.startswith("  state     ") for line in lines)
    if info.scope == "format":  # these are of another command, whose tests show them
        assert f'codes = ["{code}"]' in page
    elif info.scope != "engine":
        assert sum(line.startswith("Good") for line in lines) >= 1
        assert sum(line.startswith("Bad") for line in lines) >= 1
        assert f'ignore = ["{code}"]' in page
        assert f"onex: ignore[{code}]" in page


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (["DCS005"], ["DCS005"]),
        (["dcs005"], ["DCS005"]),
        (["D103"], ["DCS005"]),
        (["missing-function-docstring"], ["DCS005"]),
        (["DCS00"], [f"DCS00{n}" for n in range(1, 10)]),
        (["DCS"], sorted(code for code in catalogue() if code.startswith("DCS"))),
        (["STP002", "DCS001", "STP002"], ["STP002", "DCS001"]),
    ],
)
def test_rules_are_found_by_any_of_their_names(repo, asked, codes):
    rules = repo.onex("rules", *asked, "--output-format", "json").json()["rules"]
    assert [rule["code"] for rule in rules] == codes
    pages = repo.onex("rules", *asked).out
    assert [pages.index(f"\n{code} " if n else f"{code} ") for n, code in enumerate(codes)]


@pytest.mark.parametrize(
    ("asked", "near"),
    [("DCS0055", "DCS005"), ("missing-fnction-docstring", "missing-function-docstring"),
     ("dcs099", "DCS"), ("zzzz", "`onex rules` lists them all"), ("\x1b[31m", "\\x1b")],
)  # fmt: skip
def test_unknown_rule_is_two_with_the_nearest(repo, asked, near):
    run = repo.onex("rules", "DCS001", asked)
    assert run.code == 2
    assert not run.out
    assert near in run.err
    assert "\x1b" not in run.err


def test_examples_mark_the_reported_lines(local):
    page = listed(local, "TST001").out
    assert "    1 | quiet\n  > 2 | LOUD\n" in page
    assert page.count("  > ") == 1


def test_secret_examples_are_printed_as_given(local):
    assert "  > 2 | LOUD\n" in listed(local, "TST004").out


def test_states_say_why(local):
    found = states(listed(local, "TST", "ONX001", "--output-format", "json"))
    assert found["ONX001"] == ("on", "always")
    assert found["TST001"] == ("on", "by default")
    assert found["TST002"][0] == "preview"
    assert "preview = true" in found["TST002"][1]
    assert found["TST003"][0] == "off"
    assert "`containers/**`" in found["TST003"][1]
    assert "`[docstrings]`" in found["TST003"][1]


def test_states_follow_the_configuration(local):
    local.write("containers/a/Dockerfile", "FROM scratch\n")
    local.write(
        "onex.toml",
        'local-rules = ["tools/lines.py"]\nignore = ["DCS", "TST001"]\nextend-select = ["TST002"]\n'
        '[severity]\nSTP = "error"\n',
    )
    run = listed(local, "--output-format", "json")
    found = states(run)
    assert found["DCS001"] == ("off", "`DCS` in ignore (onex.toml:2)")
    assert found["TST001"] == ("off", "`TST001` in ignore (onex.toml:2)")
    assert found["TST002"] == ("on", "`TST002` in extend-select (onex.toml:3)")
    assert found["TST003"] == ("on", "there is evidence for it")
    levels = {rule["code"]: rule["severity"] for rule in run.json()["rules"]}
    assert levels["STP002"] == "error"
    assert "here error" in listed(local, "STP002").out


def test_states_agree_with_what_runs(local):
    local.write(
        "onex.toml",
        'local-rules = ["tools/lines.py"]\nselect = ["TST", "DCS"]\nignore = ["TST004"]\n',
    )
    local.write("a.txt", "LOUD\n")
    found = states(listed(local, "TST", "--output-format", "json"))
    on = {code for code, (state, _) in found.items() if state == "on"}
    found = local.codes("--allow-local-plugins", "a.txt")
    ran = {line.split()[1] for line in found}
    assert on == ran


def test_select_shows_what_validate_would_run(local):
    found = states(listed(local, "--select", "TST002,STP", "--output-format", "json"))
    assert found["TST002"] == ("on", "`TST002` in select (command line)")
    assert found["STP002"][0] == "on"
    assert found["TST001"] == ("off", "not in select (command line)")
    assert listed(local, "--select", "NOPE").code == 2


def test_nested_configuration_can_switch_a_rule_on(local):
    local.write("new/onex.toml", 'extend-select = ["TST002"]\n')
    found = states(listed(local, "--output-format", "json"))
    assert found["TST002"] == ("on", "in a nested folder only")


def test_settings_show_what_holds_here(repo):
    repo.write("onex.toml", "[docstrings]\nprivate = true\n")
    page = repo.onex("rules", "DCS001").out
    assert "  private = false  (here: true)\n" in page
    assert "  empty = false\n" in page


def test_untrusted_rules_are_named_and_two(local):
    run = local.onex("rules")
    assert run.code == 2
    assert "TST001" not in run.out
    assert "onex trust tools/lines.py" in run.err
    assert "tools/lines.py" in local.onex("rules", "TST001").err


def test_json_is_strict_and_stable(local):
    local.write("bytes.py", HEAD + RULE.replace('"quiet\\n"', 'b"\\xff quiet\\n"'))
    local.write("onex.toml", 'local-rules = ["bytes.py"]\n')
    run = listed(local, "--output-format", "json")
    answer = json.loads(run.out, parse_constant=lambda word: pytest.fail(word))
    assert answer.keys() == {"version", "rules", "problems"}
    assert answer["version"] == 1
    assert answer["problems"] == []
    assert run.out.isascii()
    for rule in answer["rules"]:
        assert rule.keys() == KEYS
    rule = next(rule for rule in answer["rules"] if rule["code"] == "TST001")
    good, bad = rule["examples"]
    assert good["files"] == [{"path": "a.txt", "hex": b"\xff quiet\n".hex()}]
    assert bad["at"] == [{"path": "a.txt", "line": 2}]
    assert run.out == listed(local, "--output-format", "json").out


def test_colours_only_where_wanted(repo):
    plain = repo.onex("rules", "DCS001").out
    assert "\x1b" not in plain
    painted = repo.onex("rules", "DCS001", "--color", "always").out
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    assert "\x1b" not in repo.onex("rules", NO_COLOR="1").out
    assert "\x1b[1;33m" in repo.onex("rules", FORCE_COLOR="1").out


def test_any_terminal_can_print_it(local):
    local.write("tools/lines.py", HEAD + RULE.replace("quiet", "still \u2014"))
    run = listed(local, "TST001", PYTHONIOENCODING="latin-1")
    assert run.code == 0
    assert "    1 | still \\u2014\n" in run.out


def test_rule_whose_switch_is_off_is_off(repo):
    assert states(repo.onex("rules", "DCS006", "DCS007", "--output-format", "json")) == {
        "DCS006": ("off", "waits for `magic` in `[docstrings]`"),
        "DCS007": ("off", "waits for `init` in `[docstrings]`"),
    }
    repo.write("a.py", '"""Doc."""\n\n\nclass A:\n    """Doc."""\n\n    def __str__(self): pass\n')
    repo.write("onex.toml", 'select = ["DCS006", "DCS008"]\n')
    assert repo.codes() == []
    assert re.search(r"^DCS006 .* off .* waits for `magic` in", repo.onex("rules").out, re.M)
    repo.write("onex.toml", "[docstrings]\nmagic = true\nnested-classes = false\n")
    assert repo.codes() == ["a.py:7 DCS006"]
    found = states(repo.onex("rules", "DCS006", "DCS008", "--output-format", "json"))
    assert {code: state for code, (state, _) in found.items()} == {"DCS006": "on", "DCS008": "off"}


def test_switch_in_a_nested_folder_counts(repo):
    repo.write("a/onex.toml", "[docstrings]\nmagic = true\n")
    found = states(repo.onex("rules", "DCS006", "--output-format", "json"))
    assert found == {"DCS006": ("on", "in a nested folder only")}


def test_page_has_the_settings_that_the_rule_reads(repo):
    repo.write("pyproject.toml", "[tool.onex]\n")
    lines = repo.onex("rules", "DCS001").out.splitlines()
    assert "  empty = false" in lines
    assert "  private = false" in lines
    assert not [line for line in lines if line.startswith(("  magic =", "  convention ="))]
    (rest,) = [line for line in lines if "that other rules read" in line]
    assert rest.endswith("`onex config show`")
    shown = [line for line in lines if re.match(r"  [a-z-]+ = ", line)]
    everything = repo.onex("config", "show").out.count("\ndocstrings.")
    assert len(shown) + int(rest.split()[1]) == everything
    record = repo.onex("rules", "DCS001", "--output-format", "json").json()["rules"][0]
    assert len(record["settings"]) == len(shown)
