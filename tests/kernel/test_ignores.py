"""The life of a finding: comments, configuration, severity, locks."""

from __future__ import annotations

import json

import pytest

MODULE = '"""A module."""\n'


def found(repo, text, *arguments, path="m.py"):
    """``line CODE`` of every finding in a file with ``text``."""
    repo.write(path, MODULE + text)
    return [f"{row.rpartition(':')[2]}" for row in repo.codes(*arguments)]


@pytest.mark.parametrize(
    "comment",
    [
        "# onex: ignore[DCS005] -- known",
        "# onex: ignore[missing-function-docstring] -- known",
        "# onex: ignore[DCS003, DCS005] -- known",
        "# onex: ignore[D103] -- known by another tool's code",
        "# onex: ignore[DCS005] until=2999-01-01 -- known",
        "# noqa: D103",
        "# noqa: DCS005",
        "# noqa: DCS0, E501",
        "# noqa",
        "# noqa:E501,D103",
        "# a note  # noqa: D103",
        "# noqa: E501  # onex: ignore[DCS005] -- known",
    ],
)
def test_comment_on_the_line_waives(repo, comment):
    rows = found(repo, f"def public():  {comment}\n    pass\n")
    assert [row for row in rows if "DCS" in row] == []


def test_comment_above_waives_the_next_line_only(repo):
    first = "# onex: ignore[DCS005] -- known\n# more words\n\ndef a():\n    pass\n"
    text = first + "\ndef b():\n    pass\n"
    assert found(repo, text) == ["8 DCS005"]


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: E501",
        "# noqa: DCS001",
        "# onex: ignore[D101] -- another rule",
        "# noqa-ish",
        "# onex ignore[DCS005] -- no colon",
        "x = '# onex: ignore[DCS005] -- a string'",
        "# onex: ignore[DCS001] -- another rule",
    ],
)
def test_other_comments_waive_nothing(repo, comment):
    lead = "def public():  " if comment.startswith("#") else "def public(): "
    rows = found(repo, f"{lead}{comment}\n" + ("    pass\n" if comment.startswith("#") else ""))
    assert "2 DCS005" in rows


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# onex: ignore[DCS005]", "ONX012"),
        ("# onex: ignore[DCS005] until=2001-01-01 -- old", "ONX013"),
        ("# onex: ignore[DCS005] until=tomorrow -- soon", "ONX010"),
        ("# onex: ignore[DCS005] until=2027-02-30 -- no such day", "ONX010"),
        ("# onex: ignore -- everything", "ONX010"),
        ("# onex: ignore[DCS005] because", "ONX010"),
        ("# onex: ignore[DCS999] -- typo", "ONX011"),
        ("# onex: ignore[DCS003] -- nothing here", "ONX014"),
    ],
)
def test_faults_of_comments_are_findings(repo, comment, code):
    assert f"2 {code}" in found(repo, f"def public():  {comment}\n    pass\n")


def test_unused_is_not_said_of_rules_that_did_not_run(repo):
    text = 'def public():  # onex: ignore[DCS003] -- elsewhere\n    """Do."""\n'
    assert found(repo, text) == ["2 ONX014"]
    assert found(repo, text, "--select", "DCS005") == []


def test_unused_is_not_said_where_a_rule_could_not_do_its_work(repo):
    text = 'def public():  # onex: ignore[DCS005] -- legacy\n    """Do."""\n\n\nx = (\n'
    repo.write(
        "onex.toml",
        '[[per-file-ignores]]\npath = "m.py"\ncodes = ["DCS005"]\nreason = "legacy"\n',
    )
    assert found(repo, text) == ["6 ONX003"]
    repo.onex("validate", "--fix")
    assert (repo.root / "m.py").read_text() == MODULE + text
    assert "2 ONX014" in found(repo, text.replace("x = (", "x = 1"))


def test_other_tools_codes_are_unused_if_all_rules_ran_that_they_mean(repo):
    text = 'def public():  # onex: ignore[D103] -- documented\n    """Do."""\n'
    assert found(repo, text) == ["2 ONX014"]
    assert found(repo, text, "--select", "DCS005") == ["2 ONX014"]
    assert found(repo, text, "--select", "DCS004") == []
    text = text.replace("D103", "D102")  # it means a rule too that waits for `inherit`
    assert found(repo, text) == []
    repo.write("onex.toml", "[docstrings]\ninherit = true\n")
    assert found(repo, text) == ["2 ONX014"]


def test_codes_without_a_rule_are_not_taken_for_slips_of_the_pen(repo):
    for word, said in (("E501", "write `# noqa: E501`"), ("DCS9", "did you mean `DCS")):
        repo.write("m.py", MODULE + f"X = 1  # onex: ignore[{word}] -- long\n")
        run = repo.onex("validate", "m.py")
        assert f"no rule is called {word}" in run.out
        assert said in run.out


def test_an_ignore_list_from_ruff_stops_no_run(repo):
    repo.write("m.py", MODULE)
    repo.write("onex.toml", 'ignore = ["D421", "D103", "E501", "W503"]\n')
    run = repo.onex("validate", "--output-format", "json")
    assert (run.code, run.json()["findings"]) == (0, [])
    notes = [note["message"] for note in run.json()["notes"] if note["kind"] == "hint"]
    assert notes == [
        "onex.toml:1: `ignore` names D421, for which onex has no rule",
        "onex.toml:1: `ignore` names E501, W503, for which onex has no rule",
    ]
    refused = repo.onex("validate", "--select", "E501")
    assert refused.code == 2
    assert "flake8's own settings" in refused.err


def test_markdown_and_yaml_comments(repo):
    zeros = "0" * 64
    block = (
        "# === OmniNode:Metadata ===\n# uuid: 90aa7f47-6c8f-49f5-8484-27fdb2c79276\n"
        f"# hash: {zeros}\n# === /OmniNode:Metadata ===\n"
    )
    repo.write("a.yaml", block + "a: 1\n")
    before = repo.codes()
    assert before
    lines = sorted({row.split(" ")[1] for row in before})
    repo.write("a.yaml", f"# onex: ignore[{', '.join(lines)}] -- imported\n" + block + "a: 1\n")
    assert [row for row in repo.codes() if "STP011" not in row] == []


def test_per_file_ignores_need_a_reason_and_end(repo):
    entry = '[[per-file-ignores]]\npath = "old/**"\ncodes = ["DCS"]\n'
    repo.write("old/m.py", "def public():\n    pass\n")
    repo.write("onex.toml", entry)
    run = repo.onex("validate")
    assert run.code == 2
    assert "reason" in run.err
    repo.write("onex.toml", entry + 'reason = "to be rewritten"\n')
    assert repo.codes() == []
    repo.write("onex.toml", entry + 'reason = "to be rewritten"\nuntil = 2001-01-01\n')
    assert {row.split(" ")[1] for row in repo.codes()} == {"DCS001", "DCS005", "ONX013"}
    repo.write("onex.toml", entry.replace("old", "new") + 'reason = "gone"\n')
    assert "onex.toml:1 ONX014" in repo.codes()


def test_locked_rules_cannot_be_waived(repo):
    repo.write("onex.toml", 'locked = ["DCS005"]\n')
    repo.write("m.py", MODULE + "def public():  # onex: ignore[DCS005] -- please\n    pass\n")
    assert repo.codes() == ["m.py:2 DCS005", "m.py:2 ONX015"]
    repo.write("m.py", MODULE + "def public():  # noqa\n    pass\n")
    assert repo.codes() == ["m.py:2 DCS005"]
    repo.write("sub/onex.toml", 'ignore = ["DCS"]\n')
    run = repo.onex("validate")
    assert run.code == 2
    assert "locked" in run.err
    assert "sub/onex.toml" in run.err


def test_waivers_say_why_and_whose(repo):
    repo.write("CODEOWNERS", "* @all\n/src/ @team-src\n")
    repo.write("src/m.py", MODULE + "def public():  # onex: ignore[DCS005] -- known\n    pass\n")
    repo.write("m.py", MODULE + "def public():  # noqa: D103\n    pass\n")
    run = repo.onex("waivers", "--output-format", "json")
    rows = {row["path"]: row for row in json.loads(run.out)["waivers"]}
    assert rows["src/m.py"]["owners"] == ["@team-src"]
    assert rows["src/m.py"]["reason"] == "known"
    assert rows["m.py"]["kind"] == "foreign"
    assert rows["m.py"]["owners"] == ["@all"]
    text = repo.onex("waivers").out
    assert "src/m.py:2" in text
    assert "@team-src" in text


def test_only_comments_of_the_files_own_language_count(repo):
    example = "```python\ndef f():  # onex: ignore[DCS005] -- shown, not meant\n```\n"
    repo.write("README.md", example)
    assert repo.codes() == []
    repo.write("README.md", example + "<!-- onex: ignore[STP005] -- meant, and unused -->\n")
    assert repo.codes() == ["README.md:4 ONX014"]


def test_entry_for_rules_that_did_not_run_is_not_unused(repo):
    entry = '[[per-file-ignores]]\npath = "old/**"\ncodes = ["DCS"]\nreason = "kept"\n'
    repo.write("onex.toml", "# a comment\n" + entry)
    repo.write("m.py", MODULE)
    assert repo.codes() == ["onex.toml:2 ONX014"]
    assert repo.codes("--select", "STP002") == []


def test_no_neighbour_of_a_setting_is_shown(repo):
    """The next line of an environment file is where the password stands."""
    canary = "canary-" + "0123456789"[::-1]
    repo.write(".env", f"# === OmniNode:Metadata ===\n# name: .env\nDB_PASSWORD={canary}\n")
    for output_format in ("text", "concise", "json", "sarif", "github"):
        run = repo.onex("validate", "--output-format", output_format)
        assert "STP008" in run.out
        assert canary not in run.out


def test_entries_on_one_line_are_told_apart(repo):
    both = ", ".join(
        f'{{path = "{path}", codes = ["DCS"], reason = "kept"}}' for path in ("m.py", "gone.py")
    )
    repo.write("onex.toml", f"per-file-ignores = [{both}]\n")
    repo.write("m.py", "def f():\n    pass\n")
    assert repo.codes() == ["onex.toml:1 ONX014"]


def test_engine_rules_follow_severity_and_ignore(repo):
    entry = '[[per-file-ignores]]\npath = "old"\ncodes = ["DCS"]\nreason = "kept"\n'
    repo.write("m.py", MODULE)
    repo.write("onex.toml", '[severity]\nONX014 = "error"\n' + entry)
    assert repo.onex("validate", "--fail-on", "error").code == 1
    repo.write("onex.toml", 'ignore = ["ONX014"]\n' + entry)
    assert repo.codes() == []
    assert repo.codes("--ignore", "ONX") == []


HEADER = "def public(\n    a,\n    b=(1, 2),\n) -> int:"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}  # noqa: D103\n    pass\n",
        f"{HEADER}  # onex: ignore[DCS005] -- known\n    pass\n",
        HEADER.replace("def", "async  def") + "  # noqa\n    pass\n",
        HEADER.replace("\n", "\r\n") + " # noqa:D103\r\n    pass\r\n",
        'def public(\n    a="""x\n:""",  # a: \\\n  b={1: ":"},\n):  # noqa: D103\n    pass\n',
        "def public(a, \\\n    b):  # noqa: D103\n    pass\n",
        "def \\\n  public(a, \\\n\\\n    b): pass  # noqa: D103\n",
        'def public(a): return """\n"""  # noqa: D103\n',
        'def public(a="""\n""", b="""\n""", \\\n c=1): pass  # noqa: D103\n',
        f"{HEADER}  # noqa: E501\n    pass\n".replace("b=(1", "# noqa:\n    b=(1").replace(
            "public(", "public(  # noqa: D103"
        ),
    ],
)
def test_comment_at_the_end_of_joined_lines_speaks_for_them_all(repo, text):
    assert found(repo, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "def public(\n    a,  # noqa: D103\n):\n    pass\n",
        "def public(\n    a,\n): pass  # noqa: D103\n",
        "def public(\n    a,\n):\n    if a:  # noqa: D103\n        pass\n",
        "def public(\n    a,\n):\n    return {\n        1:  # noqa: D103\n        2}\n",
        "def public(a):  # a note \\\n    return a  # noqa: D103\n",
        'def public(a):\n    a = """\n"""  # noqa: D103\n',
        "def public(a):\n    pass  # noqa: D103\n",
    ],
)
def test_comment_speaks_for_no_line_that_is_not_joined_to_its_own(repo, text):
    assert found(repo, text) == ["2 DCS005"]


def test_comment_after_a_decorator_speaks_for_the_decorator(repo):
    assert found(repo, "@cache  # noqa: D103\ndef public(): pass\n") == ["3 DCS005"]


@pytest.mark.parametrize("codes", ["D1", "D10", "E501,D1", "D1 E501", "D"])
def test_beginning_of_a_foreign_code_means_all_that_begin_with_it(repo, codes):
    assert found(repo, f"def public():  # noqa: {codes}\n    pass\n") == []


@pytest.mark.parametrize("comment", ["# noqa: D2", "# noqa: D1030", "# see noqa", "# DCS0, noqa"])
def test_words_in_comments_and_other_codes_waive_nothing(repo, comment):
    assert found(repo, f"def public():  {comment}\n    pass\n") == ["2 DCS005"]


def test_comment_for_the_file_stands_alone(repo):
    assert found(repo, "# flake8: noqa: D103\ndef public(): pass\n") == []
    assert found(repo, "def public(): pass  # flake8: noqa: D103\n") == ["2 DCS005"]


def test_ignore_at_the_end_of_joined_lines_is_unused_where_nothing_is_found(repo):
    text = 'def public(\n    a,\n):  # onex: ignore[DCS005] -- old\n    """Do."""\n'
    assert found(repo, text) == ["4 ONX014"]
    assert found(repo, text.replace("onex: ignore[DCS005] -- old", "noqa: D103")) == []


def test_many_comments_and_joined_lines_cost_time_in_proportion(repo):
    text = "def f(\n    a,\n):  # noqa: D103\n    return [\n        a,\n    {a:  # noqa\n    a}]\n"
    rest = "if a:  # noqa\n    a\n" * 20_000 + 'x = """' + "\n" * 50_000 + '"""  # noqa: D103\n'
    repo.write("m.py", MODULE + text * 900 + rest)
    assert repo.codes("--select", "DCS") == []


def test_text_in_json_is_no_directive(repo):
    repo.write("m.py", "x = 1  # onex: ignore[DCS001]\n")
    report = repo.onex("validate", "--output-format", "sarif").out
    assert "onex: ignore[CODE]" in report
    repo.write_all({"a.sarif": report, "b.json": report.replace("\n", "")})
    assert [row for row in repo.codes() if not row.startswith("m.py")] == []


def test_comments_in_json_are_read(repo):
    value = "Qx7vRmTz2Kp9" + "LwBn4c"
    repo.write(
        "a.json",
        f'{{\n  // onex: ignore[SEC010] -- made up\n  "a_password": "{value}1",\n'
        f'  "b_password": "{value}2" /* onex: ignore[SEC010] -- made up */,\n'
        f'  "c_password": "{value}3", // onex: ignore[SEC010] -- made up\n'
        f'  "d_password": "{value}4"\n}}\n',
    )
    assert repo.codes("--select", "SEC") == ["a.json:6 SEC010"]
