"""Moving over from detect-secrets and gitleaks: what they were told to accept stays accepted."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from tests.conftest import Repository
from tests.secrets.values import drawn

FIRST, SECOND, THIRD = drawn("first", 14), drawn("second", 32), drawn("third", 14)
ON = 'preview = true\nbaseline = "onex-baseline.txt"\nselect = ["SEC"]\n'


def sha1(text: str) -> str:
    """What detect-secrets keeps of a secret."""
    return hashlib.sha1(text.encode()).hexdigest()


def result(secret: str, line: int = 1, **more: Any) -> dict[str, Any]:
    """A finding as detect-secrets writes it."""
    return {"type": "Secret Keyword", "hashed_secret": sha1(secret), "line_number": line, **more}


def baseline(repo: Repository, results: Any) -> None:
    """Write a baseline of detect-secrets, whose paths are those of ``results``."""
    whole = {"version": "1.5.0", "plugins_used": [], "filters_used": [], "results": results}
    repo.write(".secrets.baseline", json.dumps(whole, indent=2))


def take(repo: Repository, *words: str) -> str:
    """Import, and give all that was said; no secret is in it, nor in what was written."""
    run = repo.onex("baseline", "import", *words)
    assert run.code == 0, run
    written = (repo.root / "onex-baseline.txt").read_text() if "--write" not in words else ""
    for secret in (FIRST, SECOND, THIRD):
        assert secret not in run.out + run.err + written
    return run.out + run.err


@pytest.fixture
def three(repo: Repository) -> Repository:
    """A repository with three secrets in two files."""
    repo.write("onex.toml", ON)
    repo.write("a.yaml", f"password: {FIRST}\napi_key: {SECOND}\n")
    repo.write("b.py", f"password = '{THIRD}'\n")
    assert repo.onex("baseline", "create", "none.txt").code == 0
    (repo.root / "none.txt").unlink()
    return repo


def new(repo: Repository) -> list[str]:
    """The secrets that count."""
    return [row for row in repo.codes("a.yaml", "b.py") if " SEC" in row]


def test_what_detect_secrets_accepts_stays_accepted(three: Repository) -> None:
    baseline(three, {"a.yaml": [result(FIRST)], "b.py": [result(THIRD)]})
    assert "2 findings accepted" in take(three, ".secrets.baseline")
    assert new(three) == ["a.yaml:2 SEC011"]


def test_lines_may_have_moved_since(three: Repository) -> None:
    baseline(three, {"a.yaml": [result(SECOND, 90)]})
    three.write("a.yaml", f"# one\n# two\nx: 1\npassword: {FIRST}\napi_key: {SECOND}\n")
    take(three, ".secrets.baseline")
    assert new(three) == ["a.yaml:4 SEC010", "b.py:1 SEC020"]


def test_second_copy_is_accepted_too_and_a_later_third_is_new(three: Repository) -> None:
    line = f"password = '{THIRD}'\n"
    three.write("b.py", line + "x = 1\n" + line)
    baseline(three, {"b.py": [result(THIRD)]})
    assert "2 findings accepted" in take(three, ".secrets.baseline")
    three.write("b.py", line * 3)
    assert new(three) == ["a.yaml:1 SEC010", "a.yaml:2 SEC011", "b.py:3 SEC020"]


def test_baseline_that_is_there_is_added_to(three: Repository) -> None:
    baseline(three, {"a.yaml": [result(FIRST)]})
    take(three, ".secrets.baseline")
    before = (three.root / "onex-baseline.txt").read_text()
    baseline(three, {"b.py": [result(THIRD)]})
    assert "1 finding accepted" in take(three, ".secrets.baseline")
    after = (three.root / "onex-baseline.txt").read_text()
    assert set(before.splitlines()) < set(after.splitlines())
    assert "0 findings accepted" in take(three, ".secrets.baseline")
    assert (three.root / "onex-baseline.txt").read_text() == after


def test_what_fits_nothing_is_named(three: Repository) -> None:
    there = {"a.yaml": [result("gone", 7)], "gone.py": [result("x", 3)], "../b.py": [result("y")]}
    baseline(three, there)
    said = take(three, ".secrets.baseline")
    assert "a.yaml:7 Secret Keyword: onex finds no such secret there" in said
    assert "gone.py:3 Secret Keyword: there is no such file to check" in said
    assert "0 findings accepted" in said
    baseline(three, {"a.yaml": [result(f"gone {number}", number) for number in range(1, 31)]})
    assert "and 10 more: --show-all names them" in take(three, ".secrets.baseline")
    assert "a.yaml:30" in take(three, ".secrets.baseline", "--show-all")


def test_a_comment_waives_already(three: Repository) -> None:
    three.write("b.py", f"password = '{THIRD}'  # pragma: allowlist secret\n")
    baseline(three, {"b.py": [result(THIRD)]})
    said = take(three, ".secrets.baseline")
    assert "0 findings accepted" in said and "not taken over" not in said


def test_audited_secrets_are_named(three: Repository) -> None:
    baseline(three, {"a.yaml": [result(FIRST, is_secret=True)], "b.py": [result(THIRD)]})
    said = take(three, ".secrets.baseline")
    assert "an audit calls it a real secret" in said
    assert "a.yaml:1 SEC010" in said and "b.py" not in said


def test_digest_of_what_all_begin_with_means_one_by_its_line(three: Repository) -> None:
    """detect-secrets keeps but the head of some: here only ``ghp``."""
    mark = "gh" + "p"
    tokens = [f"{mark}_{drawn(seed, 36)}" for seed in "ab"]
    three.write("b.py", f"A = '{tokens[0]}'\nB = '{tokens[1]}'\n")
    baseline(three, {"b.py": [result(mark, 2)]})
    take(three, ".secrets.baseline")
    assert [row for row in new(three) if row.startswith("b.py")] == ["b.py:1 SEC110"]
    baseline(three, {"b.py": [result(mark, 7)]})
    assert "how several secrets there begin" in take(three, ".secrets.baseline")


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("ey{a}.{a}.{b}", "ey{a}.{a}."),
        ("sk_" + "live_{a}{b}", "sk_" + "live_{a}"),
        ("{a}{b}", '"{a}{b}"'),
    ],
)
def test_a_secret_may_be_cut_otherwise(three: Repository, whole: str, kept: str) -> None:
    parts = {"a": "J" + drawn("a", 23), "b": drawn("b", 40)}
    three.write("b.py", f'api_key="{whole.format(**parts)}"\n')
    baseline(three, {"b.py": [result(kept.format(**parts), 9)]})
    assert "1 finding accepted" in take(three, ".secrets.baseline")


def test_locked_rules_stay(three: Repository) -> None:
    three.write("onex.toml", ON + 'locked = ["SEC010"]\n')
    baseline(three, {"a.yaml": [result(FIRST), result(SECOND)]})
    said = take(three, ".secrets.baseline")
    assert "1 finding accepted" in said and "1 finding of locked rules" in said
    assert new(three) == ["a.yaml:1 SEC010", "b.py:1 SEC020"]


# gitleaks ----------------------------------------------------------------------------------


def test_what_gitleaks_ignores_is_accepted_by_its_line(three: Repository) -> None:
    three.write(".gitleaksignore", "# ours\n\na.yaml:generic-api-key:2\n./b.py:rule:9\n")
    said = take(three, ".gitleaksignore")
    assert "1 finding accepted" in said
    assert ".gitleaksignore:4: b.py:9 rule: onex finds no secret on that line" in said
    assert new(three) == ["a.yaml:1 SEC010", "b.py:1 SEC020"]


def test_one_of_two_on_a_line_is_not_guessed(three: Repository) -> None:
    three.write("a.yaml", f"{{password: {FIRST}, api_key: {SECOND}}}\n")
    three.write(".gitleaksignore", "a.yaml:generic-api-key:1\n")
    said = take(three, ".gitleaksignore")
    assert "onex finds 2 secrets on that line, and 1 accepted" in said
    three.write(".gitleaksignore", "a.yaml:generic-api-key:1\na.yaml:other:1\n")
    assert "2 findings accepted" in take(three, ".gitleaksignore")


def test_lines_of_a_commit_are_found_where_they_stand_now(git_repo: Repository) -> None:
    git_repo.write("onex.toml", ON)
    git_repo.write("a.yaml", f"password: {FIRST}\n")
    git_repo.git("add", ".")
    git_repo.git("commit", "--quiet", "-m", "x")
    commit = git_repo.git("rev-parse", "HEAD").strip()
    git_repo.write("a.yaml", f"api_key: {SECOND}\npassword: {FIRST}\n")
    fingerprints = f"{commit}:a.yaml:rule:1\n{'0' * 40}:a.yaml:rule:2\n"
    git_repo.write(".gitleaksignore", fingerprints)
    said = take(git_repo, ".gitleaksignore")
    assert "a.yaml:2 rule: commit 000000000000 is not in this clone" in said
    assert git_repo.codes("a.yaml") == ["a.yaml:1 SEC011"]


def leak(secret: str, line: int, **more: Any) -> dict[str, Any]:
    """A finding of a report."""
    place = {"StartLine": line, "EndLine": line, "File": "a.yaml", "Commit": ""}
    return {"RuleID": "rule", "Secret": secret, "Match": secret, **place, **more}


def test_a_report_is_a_baseline(three: Repository) -> None:
    three.write("report.json", json.dumps([leak(SECOND, 99)]))
    assert "1 finding accepted" in take(three, "report.json")
    three.write("report.json", json.dumps([leak("REDACTED", 1)]))
    assert "1 finding accepted" in take(three, "report.json")
    assert new(three) == ["b.py:1 SEC020"]


def test_a_report_of_another_folder_is_read_from_there(three: Repository) -> None:
    three.write("app/c.py", f"password = '{FIRST}'\n")
    three.write("app/report.json", json.dumps([leak(FIRST, 1, File="c.py")]))
    assert "1 finding accepted" in take(three, "app/report.json")
    whole = str(three.root / "b.py")
    three.write("report.json", json.dumps([leak(THIRD, 1, File=whole)]))
    assert "1 finding accepted" in take(three, "report.json")


LISTS = r"""
[extend]
useDefault = true

[[allowlists]]
description = "made up"
paths = ['''^b\.py$''', '''(?i)odd''', '''.*''']
stopwords = ["made"]

[[allowlists]]
condition = "AND"
paths = ['''a''']
regexes = ['''b''']

[[rules]]
id = "generic-api-key"
[rules.allowlist]
paths = ['''c''']
"""


def test_allowed_files_become_entries(three: Repository) -> None:
    three.write(".gitleaks.toml", LISTS)
    run = three.onex("baseline", "import", ".gitleaks.toml")
    entry = '[[per-file-ignores]]\npath = ["/b.py"]\ncodes = ["SEC"]\nreason = "made up"\n'
    assert run.code == 0 and entry in run.out
    assert ".gitleaks.toml:7: '(?i)odd' says what no glob says" in run.err
    assert ".gitleaks.toml:7: '.*' fits every file" in run.err
    assert ".gitleaks.toml:8: words of what is no secret" in run.err
    assert ".gitleaks.toml:12: files and regexes have to fit both" in run.err
    assert ".gitleaks.toml:15: it is for generic-api-key alone" in run.err
    assert not (three.root / "onex-baseline.txt").exists()


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("onex.toml", 'select = ["SEC"]\npreview = true'),
        ("pyproject.toml", '[tool.onex]\npreview = true\nselect = ["SEC"]'),
    ],
)
def test_entries_are_written_where_that_is_asked_for(
    repo: Repository, name: str, head: str
) -> None:
    repo.write_all({"b.py": f"password = '{THIRD}'\n", name: head, ".gitleaks.toml": LISTS})
    assert "1 entry added" in take(repo, ".gitleaks.toml", "--write")
    assert repo.codes("b.py") == []


def test_entry_that_would_waive_nothing_is_left_out(three: Repository) -> None:
    three.write(".gitleaks.toml", "[allowlist]\npaths = ['^docs/']\n")
    run = three.onex("baseline", "import", ".gitleaks.toml", "--write")
    assert ".gitleaks.toml:2: onex finds no secret in these files" in run.err
    assert (three.root / "onex.toml").read_text() == ON


def test_entries_are_not_written_into_an_array(three: Repository) -> None:
    text = 'per-file-ignores = [{path = "x", codes = ["SEC"], reason = "r"}]\n'
    three.write("onex.toml", text)
    three.write(".gitleaks.toml", LISTS)
    run = three.onex("baseline", "import", ".gitleaks.toml", "--write")
    assert run.code == 2 and "not written" in run.err
    assert (three.root / "onex.toml").read_text() == text


# Hostile files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '{"results": []}', "a.json:1: expected `results`, an object"),
        ("a.json", "{}", "a.json:1: expected `results`"),
        ("a.json", '{\n"results": {\n"a": 3}}', "a.json:3: expected an array"),
        ("a.json", '{"results": {"a": [\n{},\n3]}}', "a.json:2: expected `hashed_secret`"),
        (
            "a.json",
            json.dumps({"results": {"a": [{**result("x"), "line_number": "1"}]}}, indent=1),
            "a.json:7: expected `line_number` to be a number",
        ),
        (
            "a.json",
            json.dumps({"results": {"a": [{**result("x"), "is_secret": 1}]}}, indent=1),
            "a.json:8: expected `is_secret` to be true or false",
        ),
        ("a.json", '{"results"\n: 1,,}', "a.json:2: not valid JSON"),
        ("a.json", "[" * 100_000, "a.json: it is nested too deeply"),
        ("a.json", "[" + "9" * 5000 + "]", "a.json: a number in it is too long"),
        ("a.json", "[1]", "a.json:1: expected an object with `RuleID`"),
        ("a.json", '[{"File": "a",\n"Secret": 1}]', "a.json:2: expected `Secret` to be a text"),
        ("a.json", '[{"File": "a", "StartLine": true}]', "expected `StartLine` to be the number"),
        ("a.json", '[{"File": "a",\n"Commit": "--x"}]', "a.json:2: expected `Commit`"),
        (".gitleaksignore", "\nodd\n", ".gitleaksignore:2: expected a fingerprint"),
        (".gitleaksignore", "a:b:-1\n", ".gitleaksignore:1: expected a fingerprint"),
        (".gitleaksignore", b"a:b:1\n\xff\n", ".gitleaksignore:2: it is not UTF-8"),
        ("a.toml", "allowlist = 1\n", "a.toml:1: expected `[[allowlist]]`, tables"),
        ("a.toml", "[[allowlists]]\n\npaths = [1]\n", "a.toml:3: expected `paths`"),
        ("a.toml", "[allowlist]\npaths = 'a'\n", "a.toml:2: expected `paths`"),
        ("a.toml", "[[rules]]\nid = 1\n", "a.toml:2: expected `id` to be a text"),
        ("a.toml", "[x\n", "a.toml:1: not valid TOML"),
    ],
)
def test_what_is_odd_is_refused(three: Repository, name: str, text: str | bytes, said: str) -> None:
    three.write(name, text)
    run = three.onex("baseline", "import", name)
    assert run.code == 2 and said in run.err, run
    assert not (three.root / "onex-baseline.txt").exists()


def test_a_missing_file_a_link_and_a_folder_are_refused(three: Repository) -> None:
    (three.root / "link").symlink_to("a.yaml")
    for name in ("gone", "link", ".", "gone.toml"):
        run = three.onex("baseline", "import", name)
        assert run.code == 2 and name in run.err, run


# Comments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "password = '{}'  # pragma: allowlist secret"),
        ("a.py", "password = '{}'  # pragma:allowlist secret"),
        ("a.py", "password = '{}'  # pragma: whitelist secret"),
        ("a.py", "password = '{}'  # pragma: allowlist-secret"),
        ("a.py", "# pragma: allowlist nextline secret\npassword = '{}'"),
        ("a.py", "password = '{}'  #gitleaks:allow"),
        ("a.yaml", "password: {}  # pragma: allowlist secret"),
        ("a.yaml", "# pragma: allowlist nextline secret\npassword: {}"),
        ("a.yaml", "password: {}  # gitleaks:allow"),
        ("a.ini", "[a]\n; pragma: allowlist nextline secret\npassword = {}"),
        (".env", "DB_PASSWORD={} # gitleaks:allow"),
        ("a.js", "const password = '{}';  // pragma: allowlist secret"),
        ("a.js", "const password = '{}'; /* gitleaks:allow */"),
        ("a.xml", '<a password="{}"/> <!-- pragma: allowlist secret -->'),
        ("a.json", '{{"password": "{}", "why": "gitleaks:allow"}}'),
        ("a.md", "```shell\nexport DB_PASSWORD={} # gitleaks:allow\n```"),
    ],
)
def test_comments_of_both_tools_count(repo: Repository, name: str, text: str) -> None:
    repo.write("onex.toml", ON.replace("baseline", "#"))
    bare = text.replace("gitleaks", "x").replace("pragma", "x")
    for line, expected in ((bare, 1), (text, 0)):
        repo.write(name, line.format(FIRST) + "\n")
        found = [row for row in repo.codes() if " SEC" in row]
        assert len(found) == expected, (line, found)


def test_a_comment_for_the_next_line_stands_alone(repo: Repository) -> None:
    text = "x = 1  # pragma: allowlist nextline secret\npassword = '{}'\n"
    repo.write("a.py", text.format(FIRST))
    assert repo.codes("--select", "SEC020") == ["a.py:2 SEC020"]


def test_comments_waive_secrets_alone(repo: Repository) -> None:
    repo.write("a.py", '"""A."""\n\n\ndef f():  # gitleaks:allow\n    return 1\n')
    assert repo.codes() == ["a.py:4 DCS005"]
