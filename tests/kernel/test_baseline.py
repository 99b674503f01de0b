"""The baseline: what was there stays accepted wherever it moves; what is new is new."""

from __future__ import annotations

import random

import pytest

HEADER = '"""A module."""\n\n\n'


def functions(count):
    """Source with ``count`` functions without a docstring."""
    return [f"def f{number}(a):\n    return a + {number}\n\n\n" for number in range(count)]


def new(repo):
    """The findings that the baseline does not know."""
    return repo.codes("--baseline", "onex-baseline.txt")


@pytest.fixture
def accepted(repo):
    """A repository whose 40 faults are accepted."""
    repo.write("a.py", HEADER + "".join(functions(30)))
    repo.write("pkg/b.py", "class A:\n    pass\n\n\n" + "".join(functions(8)))
    assert len(repo.codes()) == 40
    run = repo.onex("baseline", "create")
    assert run.code == 0
    assert "40 findings accepted" in run.out
    return repo


def test_accepted_findings_do_not_count(accepted):
    assert new(accepted) == []
    text = (accepted.root / "onex-baseline.txt").read_text()
    assert text.startswith("onex-baseline 2\nkey ")
    body = text.splitlines()[2:]
    assert len(body) == 40
    assert body == sorted(body, key=lambda line: line.split(" ")[::-1])
    again = accepted.onex("baseline", "create", "onex-baseline.txt")
    assert again.code == 0
    assert (accepted.root / "onex-baseline.txt").read_text() == text


def test_two_hundred_insertions_make_nothing_new(accepted):
    chance = random.Random(20260101)
    path = accepted.root / "a.py"
    lines = path.read_text().splitlines(keepends=True)
    fillers = ["\n", "# a comment\n", "X = 1\n", "import os\n", "\n\n\n"]
    for number in range(200):
        at = chance.randrange(len(lines) + 1)
        while at < len(lines) and lines[at].startswith(" "):
            at += 1
        lines.insert(max(at, 1), chance.choice(fillers))
        if number % 25 == 24:
            path.write_text("".join(lines))
            assert new(accepted) == []


def test_second_copy_is_new(accepted):
    path = accepted.root / "a.py"
    path.write_text(path.read_text() + functions(1)[0])
    assert [row.split(" ")[1] for row in new(accepted)] == ["DCS005"]
    path.write_text(path.read_text() + "def another():\n    pass\n")
    assert len(new(accepted)) == 2


def test_mended_entries_are_stale_and_pruned(accepted):
    path = accepted.root / "a.py"
    path.write_text(path.read_text().replace("def f3(a):\n", 'def f3(a):\n    """Add."""\n'))
    assert new(accepted) == ["onex-baseline.txt:1 ONX016"]
    accepted.write("onex.toml", 'baseline = "onex-baseline.txt"\n')
    assert "1 entries dropped, 39 kept" in accepted.onex("baseline", "prune").out
    assert accepted.codes() == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "onex-baseline.txt:1"),
        ("onex-baseline 1\nkey 00\n", "onex-baseline.txt:2"),
        ("onex-baseline 1\nkey " + "0" * 64 + "\n<<<<<<< HEAD\n", "onex-baseline.txt:3"),
    ],
)
def test_broken_baseline_is_said(repo, text, words):
    repo.write("onex-baseline.txt", text)
    run = repo.onex("validate", "--baseline", "onex-baseline.txt")
    assert run.code == 2
    assert words in run.err


def test_what_was_not_looked_for_is_not_gone(accepted):
    arguments = ("--baseline", "onex-baseline.txt")
    assert accepted.codes(*arguments, "--select", "STP002") == []
    assert accepted.codes(*arguments, "--ignore", "DCS005") == []


def test_baseline_is_a_plain_file_of_the_tree(accepted, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    (accepted.root / "link.txt").symlink_to(secret)
    (accepted.root / "zero.txt").symlink_to("/dev/zero")
    for name in ("link.txt", "zero.txt"):
        run = accepted.onex("validate", "--baseline", name)
        assert run.code == 2
        assert "symbolic link" in run.err
        assert "canary" not in run.err
    assert accepted.onex("baseline", "create", "../outside.txt").code == 2
    assert not (tmp_path / "outside.txt").exists()
