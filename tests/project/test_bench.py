"""The benchmarks' own parts: the corpus they measure on, their arithmetic, and their page."""

from __future__ import annotations

import ast
import sys

import pytest

from bench import corpus, headers, mixed, table
from bench.__main__ import GROUPS
from bench.lab import Command, Figure, Lab, Row, Usage, row_of, spend


@pytest.fixture
def small(monkeypatch):
    """A corpus of 60 Python files, 10 YAML files and 10 Markdown files."""
    monkeypatch.setattr(corpus, "PYTHON_FILES", 60)
    monkeypatch.setattr(corpus, "OTHER_FILES", 10)


def contents(folder):
    """Every file's bytes by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


@pytest.mark.usefixtures("small")
def test_corpus_is_the_same_each_time_and_clean(tmp_path, repo):
    first = corpus.tree(tmp_path / "a", "tree")
    files = contents(first)
    assert files == contents(corpus.tree(tmp_path / "b", "tree"))
    assert (
        sorted(path.rpartition(".")[2] for path in files)
        == ["md"] * 10 + ["py"] * 60 + ["yaml"] * 10
    )
    for path, data in files.items():
        if path.endswith(".py"):
            ast.parse(data)
    said = repo.onex("-C", str(first), "validate", "--extend-select", "DCS,STP003", "--isolated")
    assert said.code == 0, said.out
    assert "Found nothing in 80 files" in said.out


@pytest.mark.usefixtures("small")
def test_faulty_corpus_has_a_finding_in_every_python_file(tmp_path, repo):
    folder = corpus.tree(tmp_path, "faulty", faulty=True)
    said = repo.onex("-C", str(folder), "validate", "--select", "DCS", "--output-format", "json")
    findings = said.json()["findings"]
    assert {finding["path"] for finding in findings} == {
        path for path in contents(folder) if path.endswith(".py")
    }
    assert len(findings) == 60


def test_mixed_tree_is_the_same_each_time_and_takes_stamps(tmp_path, repo):
    size = (200, 900)
    files = dict(mixed.files(60, size, headed=True))
    assert files == dict(mixed.files(60, size, headed=True))
    assert {"." + path.rpartition(".")[2] for path in files} == {k.ending for k in mixed.KINDS}
    folder = mixed.tree(tmp_path, "tree", 60, size, headed=True)
    said = repo.onex("-C", str(folder), "stamp", "--quiet")
    assert (said.code, said.out) == (0, "")
    for path, data in files.items():
        stamped = (folder / path).read_bytes()
        assert stamped.count(b"=== OmniNode:Metadata ===") == 1
        if path.endswith(".py"):
            ast.parse(stamped)
        assert b"SPDX-License-Identifier: " in data
    assert repo.onex("-C", str(folder), "stamp", "--check").code == 0


def test_insert_license_is_called_once_for_each_style(tmp_path, monkeypatch):
    monkeypatch.setattr(Lab, "tool", lambda _, name: f"/tools/{name}")
    lab = Lab()
    lab.work = tmp_path
    words = headers.insert_license(lab, "all", ["a.py", "b.sh", "c.js", "d.sql", "e.md"])
    calls = (tmp_path / "all.sh").read_text(encoding="utf-8").splitlines()[1:-1]
    assert words == ["sh", str(tmp_path / "all.sh")]
    assert len(calls) == len({kind.comment for kind in mixed.KINDS}) == 4
    assert (tmp_path / "all-0.txt").read_bytes() == b"a.py\0b.sh\0"
    assert "'<!--||-->'" in calls[1]
    assert headers.insert_license(lab, "one", ["d.sql"])[-2:] == ["|--|", "d.sql"]


def test_process_is_charged_for_its_children(tmp_path):
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    used, code, said = spend([sys.executable, "-c", parent], tmp_path, {})
    assert (code, said) == (0, "")
    assert used.cpu >= 0.3
    _, code, said = spend([sys.executable, "-c", "raise SystemExit('no')"], tmp_path, {})
    assert (code, said) == (1, "no\n")


def test_figures_and_lines():
    assert Figure.of([3.0, 1.0, 2.0]) == (2.0, 1.0, 3.0)
    assert Figure.of([4.0, 1.0, 2.0, 3.0]) == (2.5, 1.0, 4.0)
    ratio = Figure(1.25, 1.0, 1.5)
    command = Command("onex", ["onex"], ("ruff", "cat"), limit=1.2)
    cpu = Figure(0.1, 0.09, 0.2)
    [line] = table.markdown([Row(command, cpu, cpu, 21.4, ratio)]).splitlines()[2:]
    times, to = "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"
    said = f"1.25 (1.00{to}1.50) {times} ruff + cat"
    assert line == f"| onex | 100 (90{to}200) | 100 | 21 | {said} | ≤ 1.2 {times}: missed |"


def test_differences_and_wall_times_in_lines():
    base = {"walk": [Usage(1.0, 2.0, 9.0)] * 3}
    own = [Usage(1.25, 3.0, 9.0), Usage(1.5, 8.0, 9.0), Usage(1.0, 2.0, 9.0)]
    used = {**base, "onex": own}
    more = Command("onex", ["onex"], ("walk",), more=0.3)
    by_wall = Command("onex", ["onex"], ("walk",), limit=1.2, by="wall")
    rows = [row_of(command, used) for command in (more, by_wall)]
    first, second = table.markdown(rows).splitlines()[2:]
    times, to = "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"
    assert first.endswith(f"| 250 (0{to}500) ms more than walk | ≤ 300 ms more: met |")
    assert second.endswith(
        f"| 1.50 (1.00{to}4.00) {times} walk by wall time | ≤ 1.2 {times}: missed |"
    )


def test_tables_are_written_between_their_markers(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- bench:warm -->\nold\n<!-- /bench:warm -->\nb\n", encoding="utf-8")
    table.write("warm", "new \\1", page)
    table.write("warm", "newer \\1", page)
    assert page.read_text(encoding="utf-8") == (
        "a\n<!-- bench:warm -->\nnewer \\1\n<!-- /bench:warm -->\nb\n"
    )
    with pytest.raises(KeyError):
        table.write("cold", "x", page)


def test_page_has_a_place_for_every_table():
    text = table.PAGE.read_text(encoding="utf-8")
    for name in GROUPS:
        assert f"<!-- bench:{name} -->\n" in text
        assert f"\n<!-- /bench:{name} -->" in text
