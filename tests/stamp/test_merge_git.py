"""The merge driver under real git: merge, rebase, cherry-pick, renames, and clones without it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bench.merges import FILES, PARAGRAPHS
from onex_tools.kinds import kind_of_name
from onex_tools.merging.setup import DRIVER, with_attribute
from onex_tools.stamp import Stamp, body_hash, file_type, read
from onex_tools.stamp.lock import Entry, parse_lock, render_lock
from onex_tools.stamp.plan import RIGHT, Source, Wish, plan
from tests.conftest import Repository, Run

NOW = "2026-03-04T05:06:07Z"
CONFIG = '[stamp]\nowner = "Acme"\nrepository = "acme"\n'
OPTIONS = Stamp(owner="Acme", repository="acme")
WISH = Wish(lambda: NOW)
ABSENT = DRIVER.replace("onex ", "onex-absent ")
"""The driver's line where no ``onex`` is on the PATH, whatever is on that of who runs the tests."""


def body(line: str, *changed: int) -> bytes:
    """Nine paragraphs of one line each, some of them changed."""
    numbers = (900 + n if n in changed else n for n in range(PARAGRAPHS))
    return "\n".join(map(line.format, numbers)).encode()


class Clone:
    """A repository with the driver, whose commits are of stamped files."""

    def __init__(self, repo: Repository, tools: Path) -> None:
        self.repo, self.tools = repo, tools

    def git(self, *arguments: str, code: int | None = 0) -> Run:
        path = f"{self.tools}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.repo.root,
            env=self.repo.environment(PATH=path, GIT_EDITOR="true"),
            capture_output=True,
            timeout=120,
            check=False,
        )
        run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert code is None or run.code == code, run
        return run

    def commit(self, files: Mapping[str, bytes], *more: str) -> None:
        """Commit ``files``, each with a right stamp, whatever stamp it had before."""
        for path, data in files.items():
            full = self.repo.root / path
            old = full.read_bytes() if full.exists() else b""
            self.repo.write(path, self.stamped(path, data, old))
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "words", *more)

    def stamped(self, path: str, data: bytes, old: bytes = b"") -> bytes:
        kind = kind_of_name(path.rpartition("/")[2])
        block = read(old, kind).blocks
        text = old[: block[0].after] + data if block else data
        return plan(Source(path, text, kind, file_type(kind)), OPTIONS, WISH).new

    def body(self, path: str) -> bytes:
        """The body of a file that has one right stamp."""
        data = self.data(path)
        kind = kind_of_name(path.rpartition("/")[2])
        planned = plan(Source(path, data, kind, file_type(kind)), OPTIONS, WISH)
        assert planned.action == RIGHT, (path, planned)
        return read(data, kind).body

    def data(self, path: str) -> bytes:
        return (self.repo.root / path).read_bytes()

    def branches(self, base: bytes, ours: bytes, theirs: bytes, path: str = "a.py") -> None:
        """Two branches that change one file; ``main`` is checked out."""
        self.commit({path: base})
        self.git("checkout", "--quiet", "-b", "topic")
        self.commit({path: theirs})
        self.git("checkout", "--quiet", "main")
        self.commit({path: ours})


@pytest.fixture
def bare(git_repo: Repository, tmp_path: Path) -> Clone:
    """A repository whose git finds ``onex``, but knows no driver yet."""
    tools = tmp_path / "bin"
    tools.mkdir()
    script = tools / "onex"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m onex_tools "$@"\n')
    script.chmod(0o755)
    git_repo.write("onex.toml", CONFIG)
    return Clone(git_repo, tools)


@pytest.fixture
def clone(bare: Clone) -> Clone:
    run = bare.repo.onex("init", "--merge-driver")
    assert run.code == 0, run
    return bare


LINE = FILES["a.py"]
WAYS: dict[str, Callable[[Clone], None]] = {
    "merge": lambda clone: void(clone.git("merge", "--message", "words", "topic")),
    "rebase": lambda clone: void(clone.git("rebase", "topic")),
    "cherry-pick": lambda clone: void(clone.git("cherry-pick", "topic")),
}


def void(_: object) -> None:
    """Drop an answer."""


# Twenty files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_disjoint_edits_never_conflict(clone: Clone, way: str) -> None:
    # git calls the driver in the same way in all of them: each kind of file is merged once.
    files = FILES if way == "merge" else dict(list(FILES.items())[::4])
    clone.commit({path: body(line) for path, line in files.items()})
    before = {path: clone.data(path) for path in files}
    clone.git("checkout", "--quiet", "-b", "topic")
    clone.commit({path: body(line, 8) for path, line in files.items()})
    clone.git("checkout", "--quiet", "main")
    clone.commit({path: body(line, 0) for path, line in files.items()})
    WAYS[way](clone)
    for path, line in files.items():
        assert clone.body(path) == body(line, 0, 8)
        uuids = [
            read(data, kind_of_name(Path(path).name)).blocks[0].text("uuid")
            for data in (before[path], clone.data(path))
        ]
        assert uuids[0] == uuids[1]
    assert clone.git("status", "--porcelain").out == ""
    run = clone.repo.onex("stamp", "--check", *files)
    assert run.code == 0, run


def test_without_a_driver_every_one_conflicts(bare: Clone) -> None:
    bare.repo.write(".gitattributes", "* merge=onex\n")
    few = dict(list(FILES.items())[:5])
    bare.commit({path: body(line) for path, line in few.items()})
    bare.git("checkout", "--quiet", "-b", "topic")
    bare.commit({path: body(line, 8) for path, line in few.items()})
    bare.git("checkout", "--quiet", "main")
    bare.commit({path: body(line, 0) for path, line in few.items()})
    bare.git("merge", "topic", code=1)
    assert all(bare.data(path).count(b"<<<<<<<") == 1 for path in few)


# One file --------------------------------------------------------------------------------------


def test_conflict_in_the_body_is_left_to_people(clone: Clone) -> None:
    base, ours, theirs = body(LINE), body(LINE, 4), body(LINE, 4).replace(b"904", b"804")
    clone.branches(base, ours, theirs)
    before = clone.data("a.py")
    clone.git("merge", "topic", code=1)
    assert clone.git("status", "--porcelain").out == "UU a.py\n"
    text = clone.data("a.py")
    assert text.startswith(before[: before.index(b"=== /Omni")])
    assert b"<<<<<<< " in read(text, "python").body
    run = clone.repo.onex("stamp", "a.py")
    assert run.code == 1, run
    assert clone.data("a.py") == text
    clone.repo.write("a.py", before.replace(b"904", b"704"))
    clone.repo.onex("stamp", "--quiet", "a.py")
    assert clone.body("a.py") == ours.replace(b"904", b"704")


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_conflict_has_the_configured_style(clone: Clone, style: str) -> None:
    clone.git("config", "merge.conflictStyle", style)
    clone.commit({"a.py": body(LINE)})
    clone.repo.write(".gitattributes", "* merge=onex\n*.py conflict-marker-size=9\n")
    clone.branches(body(LINE, 1), body(LINE, 1, 4), body(LINE, 1, 4).replace(b"904", b"804"))
    clone.git("merge", "topic", code=1)
    text = clone.data("a.py")
    assert b"\n<<<<<<<<< " in text
    assert (b"\n||||||||| " in text) is (style == "diff3")


def test_crossed_branches(clone: Clone) -> None:
    clone.branches(body(LINE), body(LINE, 0), body(LINE, 8))
    clone.git("branch", "old")
    clone.git("merge", "--message", "words", "topic")
    clone.git("checkout", "--quiet", "topic")
    clone.git("merge", "--message", "words", "old")
    clone.commit({"a.py": body(LINE, 0, 8, 6)})
    clone.git("checkout", "--quiet", "main")
    clone.commit({"a.py": body(LINE, 0, 8, 2)})
    clone.git("merge", "--message", "words", "topic")
    assert clone.body("a.py") == body(LINE, 0, 2, 6, 8)


def test_crossed_branches_with_a_conflict_between_the_bases(clone: Clone) -> None:
    other = body(LINE, 4).replace(b"904", b"804")
    clone.branches(body(LINE), body(LINE, 4), other)
    clone.git("branch", "old")
    for branch, there in (("main", "topic"), ("topic", "old")):
        clone.git("checkout", "--quiet", branch)
        clone.git("merge", there, code=1)
        clone.git("checkout", "--ours", "a.py")
        clone.commit({"a.py": body(LINE, 4)})
    clone.commit({"a.py": body(LINE, 4, 8)})
    clone.git("checkout", "--quiet", "main")
    clone.commit({"a.py": body(LINE, 0, 4)})
    clone.git("merge", "--message", "words", "topic")
    assert clone.body("a.py") == body(LINE, 0, 4, 8)


@pytest.mark.parametrize("branch", ["main", "topic"])
def test_file_renamed_on_one_side(clone: Clone, branch: str) -> None:
    clone.branches(body(LINE), body(LINE, 0), body(LINE, 8))
    clone.git("checkout", "--quiet", branch)
    (clone.repo.root / "src").mkdir()
    clone.git("mv", "a.py", "src/b.py")
    clone.commit({"src/b.py": body(LINE, 0 if branch == "main" else 8)})
    clone.git("checkout", "--quiet", "main")
    clone.git("merge", "--message", "words", "topic")
    assert clone.body("src/b.py") == body(LINE, 0, 8)


def test_lock_of_two_branches(clone: Clone) -> None:
    def lock(**digits: str) -> bytes:
        rows = (Entry(f"b3-v1:{d * 64}", "f", f"{name}.json") for name, d in digits.items())
        return render_lock(rows)

    def commit(data: bytes) -> None:
        clone.repo.write("onex.lock", data)
        clone.commit({})

    commit(lock(a="1", b="1", c="1"))
    clone.git("checkout", "--quiet", "-b", "topic")
    commit(lock(a="2", b="2", c="1", d="1"))
    clone.git("checkout", "--quiet", "main")
    commit(lock(a="3", b="1", c="3"))
    run = clone.git("merge", "--message", "words", "topic")
    assert clone.data("onex.lock") == lock(a="3", b="2", c="3", d="1")
    assert not parse_lock(clone.data("onex.lock")).faults
    assert "a.json" in run.out + run.err
    assert "b.json" not in run.out + run.err


def test_broken_configuration_does_not_stop_a_merge(clone: Clone) -> None:
    clone.commit({})
    clone.branches(body(LINE), body(LINE, 0), body(LINE, 8))
    clone.repo.write("onex.toml", "[stamp\n")
    run = clone.git("merge", "--message", "words", "topic")
    assert "without the configuration" in run.err
    assert clone.body("a.py") == body(LINE, 0, 8)


# A driver that is not there ----------------------------------------------------------------------


def test_without_onex_on_the_path_git_merges_as_usual(clone: Clone) -> None:
    clone.branches(body(LINE), body(LINE, 0), body(LINE, 8))
    clone.git("config", "merge.onex.driver", ABSENT)
    run = clone.git("merge", "topic", code=1)
    assert "not found" in run.err
    text = clone.data("a.py")
    assert text.count(b"<<<<<<< ours") == 1
    assert text.endswith(body(LINE, 0, 8))


@pytest.mark.parametrize("code", [1, 2, 137, 255])
def test_where_onex_fails_git_merges_as_usual(clone: Clone, code: int) -> None:
    clone.branches(body(LINE), body(LINE, 0), body(LINE, 8))
    (clone.tools / "onex").write_text(f"#!/bin/sh\nexit {code}\n")
    clone.git("merge", "topic", code=1)
    text = clone.data("a.py")
    assert text.count(b"<<<<<<< ours") == 1
    assert text.endswith(body(LINE, 0, 8))


def test_binary_files_are_left_as_git_leaves_them(clone: Clone) -> None:
    for words, digit in (
        (("status",), 0),
        (("checkout", "-b", "topic"), 1),
        (("checkout", "main"), 2),
    ):
        clone.git(*words)
        clone.repo.write("a.bin", bytes([0, digit]))
        clone.commit({})
    clone.git("merge", "topic", code=1)
    assert clone.data("a.bin") == bytes([0, 2])
    assert clone.git("status", "--porcelain").out == "UU a.bin\n"


def test_files_without_stamps_merge_without_onex(clone: Clone) -> None:
    clone.git("config", "merge.onex.driver", ABSENT)
    for words, changed in (
        (("status",), ()),
        (("checkout", "-b", "topic"), (8,)),
        (("checkout", "main"), (0,)),
    ):
        clone.git(*words)
        clone.repo.write("a.json", body("{}\n", *changed))
        clone.commit({})
    clone.git("merge", "--message", "words", "topic")
    assert clone.data("a.json") == body("{}\n", 0, 8)


# The command -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [(), ("a", "b", "c"), ("--nonsense", "a", "b", "c", "d"), ("a", "b", "c", "d.py")],
)
def test_wrong_use_is_no_conflict(repo: Repository, arguments: tuple[str, ...]) -> None:
    run = repo.onex("merge-driver", *arguments)
    assert run.code == 255
    assert run.err
    assert list(repo.root.iterdir()) == []


def test_path_may_be_any_word(repo: Repository) -> None:
    for name, text in (("O", "a\nb\nc\n"), ("A", "A\nb\nc\n"), ("B", "a\nb\nC\n")):
        repo.write(name, text)
    run = repo.onex("merge-driver", "--labels", "%S", "%X", "%Y", "--", "O", "A", "B", "-x.py")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (repo.root / "A").read_bytes() == b"A\nb\nC\n"


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ((), (b"<<<<<<< ours\n", b">>>>>>> theirs\n")),
        (("%S", "%X", "%Y"), (b"<<<<<<< ours\n", b">>>>>>> theirs\n")),
        (("", "", ""), (b"<<<<<<< ours\n", b">>>>>>> theirs\n")),
        (("x", "HEAD", "-a b"), (b"<<<<<<< HEAD\n", b">>>>>>> -a b\n")),
    ],
)
def test_labels(repo: Repository, given: tuple[str, ...], marks: tuple[bytes, bytes]) -> None:
    for name, text in (("O", "a\n"), ("A", "b\n"), ("B", "c\n")):
        repo.write(name, text)
    labels = ("--labels", *given) if given else ()
    assert repo.onex("merge-driver", *labels, "--", "O", "A", "B", "a.py").code == 1
    assert (repo.root / "A").read_bytes() == marks[0] + b"b\n=======\nc\n" + marks[1]


# Setting a clone up ------------------------------------------------------------------------------


def test_set_up_twice_is_as_once(bare: Clone) -> None:
    first = bare.repo.onex("init", "--merge-driver")
    files = {path: path.read_bytes() for path in bare.repo.root.rglob("*") if path.is_file()}
    again = bare.repo.onex("init", "--merge-driver")
    assert first.code == again.code == 0
    assert files == {p: p.read_bytes() for p in bare.repo.root.rglob("*") if p.is_file()}
    assert "wrote .gitattributes" in first.out
    assert "already" in again.out
    assert "GitHub" in again.out


def test_other_attributes_win(bare: Clone) -> None:
    bare.repo.write(".gitattributes", "*.png binary\n*.csv merge=union\n")
    assert bare.repo.onex("init", "--merge-driver").code == 0
    said = bare.git("check-attr", "merge", "a.py", "a.png", "a.csv").out.splitlines()
    assert [line.rpartition(": ")[2] for line in said] == ["onex", "unset", "union"]


def test_attribute_that_overrules_ours_is_named(bare: Clone) -> None:
    bare.repo.write(".gitattributes", "* merge=union\n")
    run = bare.repo.onex("init", "--merge-driver")
    assert run.code == 1
    assert "union" in run.err


def test_outside_of_git_there_is_nothing_to_set_up(repo: Repository) -> None:
    repo.write("onex.toml", "root = true\n")
    run = repo.onex("init", "--merge-driver")
    assert run.code == 1
    assert "no git repository" in run.err
    assert not (repo.root / ".gitattributes").exists()


def test_attribute_goes_below_a_stamp(bare: Clone) -> None:
    old = bare.stamped(".gitattributes", b"*.png binary\n")
    bare.repo.write(".gitattributes", old)
    bare.repo.onex("init", "--merge-driver")
    text = bare.body(".gitattributes")
    assert text.splitlines()[1:] == [b"* merge=onex", b"*.png binary"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b"#C\n* merge=onex\n"),
        (b"a b\n", b"#C\n* merge=onex\na b\n"),
        (b"a b\r\n", b"#C\r\n* merge=onex\r\na b\r\n"),
        (b"\xef\xbb\xbfa b", b"\xef\xbb\xbf#C\n* merge=onex\na b"),
        (b"# * merge=onex\n", b"#C\n* merge=onex\n# * merge=onex\n"),
        (b"*.py text merge=onex", b"*.py text merge=onex"),
    ],
)
def test_attribute_is_the_first_line(old: bytes, new: bytes) -> None:
    comment = with_attribute(b"").split(b"\n")[0]
    assert with_attribute(old) == new.replace(b"#C", comment)
    assert with_attribute(new) == new


def test_hash_of_a_merge_is_that_of_its_body(clone: Clone) -> None:
    clone.branches(body(LINE), body(LINE, 0), body(LINE, 8))
    clone.git("merge", "--message", "words", "topic")
    block = read(clone.data("a.py"), "python").blocks[0]
    assert block.text("hash") == body_hash(body(LINE, 0, 8))
