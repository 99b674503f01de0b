"""The rules on the lock and on sidecars, asked as people ask: ``onex validate`` in a repository."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

from onex_tools.api import Rule
from onex_tools.cache import RACY_NS
from onex_tools.config import Overrides
from onex_tools.discover import Reader
from onex_tools.engine import Request, run
from onex_tools.model import Ignore
from onex_tools.session import Session, open_session
from onex_tools.stamp.form import LOCK
from onex_tools.stamp.hashing import body_hash
from onex_tools.stamp.lock import Entry, render_lock
from onex_tools.stamp.render import NewField
from onex_tools.stamp.sidecar import sidecar_bytes, sidecar_of
from onex_validators import stamp_lock, stamp_sidecar

UUID = "6d2a7e1c-4b1f-5f0e-9a53-0c8a3a2b7d11"
SETTINGS = """\
select = ["STP", "ONX"]
exclude = ["out/"]
max-scan-bytes = 10000

[stamp]
lock = ["data/", "*.bin"]
sidecar = ["free/*.json"]
exclude = ["data/left/", "onex.toml", ".gitignore"]
"""
FILES: dict[str, bytes] = {
    "data/a.json": b'{"a": 1}\n',
    "data/b.json": b"[]\r\n",
    "data/run": b"\0\1",
    "large.bin": b"z" * 20_000,
}

FLOWS = """
from onex_tools.api import CommentStyle, hookimpl


@hookimpl
def onex_comment_styles():
    return [CommentStyle("acme-flow", ("*.flow",), line="!!")]
"""


class Locked:
    """A repository with a lock and a sidecar, both right."""

    def __init__(self, repo: Any) -> None:
        self.repo, self.root = repo, repo.root
        repo.write("onex.toml", SETTINGS)
        repo.write_all(FILES)
        (self.root / "data/run").chmod(0o755)
        (self.root / "data/link").symlink_to("a.json")
        (self.root / "other").symlink_to("onex.toml")
        repo.write("data/left/c.json", "{}")
        repo.write("out/d.bin", "left out")
        (self.root / "out/link").symlink_to("nowhere")
        repo.write("free/e.json", "{}\n")
        self.write_lock(*self.entries())
        self.write_sidecar("free/e.json")

    def entries(self) -> list[Entry]:
        kinds = {"data/run": "x"}
        found = [Entry(body_hash(data), kinds.get(p, "f"), p) for p, data in FILES.items()]
        return [*found, Entry(body_hash(b"a.json"), "l", "data/link")]

    def write_lock(self, *entries: Entry) -> None:
        self.repo.write(LOCK, render_lock(entries))

    def write_sidecar(self, path: str, uuid: str = UUID) -> None:
        hash_ = body_hash((self.root / path).read_bytes())
        fields = [NewField("uuid", uuid)]
        self.repo.write(sidecar_of(path), sidecar_bytes(path, hash_, fields))

    def found(self, *arguments: str) -> list[str]:
        """What a warm run says."""
        codes: list[str] = self.repo.codes(*arguments)
        return codes

    def cold(self) -> list[str]:
        """What a run says that remembers nothing."""
        return self.found("--no-cache")

    def said(self, *arguments: str) -> list[str]:
        run = self.repo.onex("validate", "--output-format", "json", *arguments)
        return [f"{one['path']}: {one['message']}" for one in json.loads(run.out)["findings"]]


@pytest.fixture
def tree(git_repo: Any) -> Locked:
    made = Locked(git_repo)
    git_repo.git("add", ".")
    git_repo.git("commit", "--quiet", "-m", "x")
    assert made.found() == []
    return made


def test_codes_are_the_published_ones() -> None:
    defined = {
        (rule.code, rule.name, rule.enabled_by)
        for module in (stamp_lock, stamp_sidecar)
        for rule in vars(module).values()
        if isinstance(rule, type) and issubclass(rule, Rule) and rule.code
    }
    lock, sidecar = "/onex.lock|config:stamp.lock", "*?.onex.yaml|config:stamp.sidecar"
    assert sorted(defined) == [
        ("STP013", "malformed-lock", ""),
        ("STP014", "unlisted-file", lock),
        ("STP015", "stray-lock-entry", lock),
        ("STP016", "changed-locked-file", lock),
        ("STP017", "stale-sidecar", sidecar),
        ("STP018", "orphan-sidecar", sidecar),
        ("STP019", "missing-sidecar", "config:stamp.sidecar"),
    ]


def test_changed_content_is_noticed(tree: Locked) -> None:
    tree.repo.write("data/a.json", '{"a": 2}\n')
    assert tree.found() == ["data/a.json:1 STP016"]
    assert tree.said() == [f"data/a.json: content is not what {LOCK} says"]
    tree.repo.write("data/a.json", '{"a": 1}\r\n')
    assert tree.found() == []
    tree.repo.write("large.bin", b"z" * 20_001)
    assert tree.found() == ["large.bin:1 STP016"]
    assert tree.cold() == tree.found()


def test_the_right_to_execute_is_noticed(tree: Locked) -> None:
    (tree.root / "data/run").chmod(0o644)
    (tree.root / "data/a.json").chmod(0o755)
    assert tree.found() == ["data/a.json:1 STP016", "data/run:1 STP016"]
    assert tree.cold() == tree.found()
    assert tree.said() == [
        "data/a.json: it may be executed now",
        "data/run: it may not be executed any more",
    ]
    (tree.root / "data/run").chmod(0o755)
    (tree.root / "data/a.json").chmod(0o644)
    assert tree.found() == []


def test_what_a_link_points_to_is_noticed(tree: Locked) -> None:
    link = tree.root / "data/link"
    link.unlink()
    link.symlink_to("b.json")
    assert tree.found() == ["data/link:1 STP016"]
    assert "points to another place" in tree.said()[0]
    link.unlink()
    link.write_text("a.json")
    assert tree.said() == [f"data/link: it is a file, and a symbolic link in {LOCK}"]
    link.unlink()
    assert tree.found() == [f"{LOCK}:4 STP015"]
    link.symlink_to("a.json")
    assert tree.found() == []


def test_files_that_come_and_go_are_noticed(tree: Locked) -> None:
    tree.repo.write("data/new.json", "{}")
    (tree.root / "data/b.json").unlink()
    (tree.root / "data/newlink").symlink_to("a.json")
    assert tree.found() == [
        "data/new.json:1 STP014",
        "data/newlink:1 STP014",
        f"{LOCK}:3 STP015",
    ]
    assert tree.cold() == tree.found()
    tree.repo.write(".gitignore", "data/new*\ndata/run\n")
    tree.repo.git("rm", "--quiet", "--cached", "data/run")
    assert tree.found() == [f"{LOCK}:3 STP015", f"{LOCK}:5 STP015"]
    assert "it is gone, ignored by git, or excluded" in tree.said()[0]


def test_a_file_that_can_hold_a_stamp_is_not_for_the_lock(tree: Locked) -> None:
    tree.repo.write("data/tool.py", "x = 1\n")
    assert tree.found() == ["data/tool.py:1 STP001"]
    hash_ = body_hash(b"x = 1\n")
    tree.write_lock(*tree.entries(), Entry(hash_, "f", "data/tool.py"))
    assert tree.found() == ["data/tool.py:1 STP001", f"{LOCK}:6 STP015"]
    assert tree.said("--select", "STP015")[0].endswith("or it is to hold a stamp")
    tree.repo.write("data/tool.py", "# @generated\nx = 1\n")
    assert tree.found() == ["data/tool.py:1 STP016"]
    assert tree.repo.onex("stamp").code == 0
    assert tree.found() == []


def test_the_command_mends_what_the_rules_report(tree: Locked) -> None:
    """Kinds that a plugin declares, and files that are not asked for a stamp, included."""
    tree.repo.write("rules.py", FLOWS)
    settings = SETTINGS.replace("select", 'local-rules = ["rules.py"]\nselect')
    tree.repo.write("onex.toml", settings.replace('".git', '"rules.py", ".git'))
    assert tree.repo.onex("trust").code == 0
    tree.repo.write("data/a.json", "changed")
    (tree.root / "data/b.json").unlink()
    (tree.root / "data/run").chmod(0o644)
    (tree.root / "data/newlink").symlink_to("a.json")
    tree.repo.write("data/set.ini", "[a]\n")
    tree.repo.write("data/a.flow", "deploy\n")
    tree.repo.write("data/large.flow", "deploy\n" * 2_000)
    tree.repo.write("free/e.json", "changed")
    tree.repo.write("free/f.json", "{}")
    assert {one.rpartition(" ")[2] for one in tree.found()} == {
        *("STP001", "STP014", "STP015", "STP016", "STP017", "STP019"),
        "ONX002",
    }
    assert tree.repo.onex("stamp").code == 0
    assert tree.found("--ignore", "ONX002") == []
    listed = (tree.root / LOCK).read_text()
    assert "data/set.ini" in listed
    assert "data/large.flow" in listed
    assert "data/a.flow" not in listed


def test_of_a_malformed_lock_only_that_is_said(tree: Locked) -> None:
    lock = (tree.root / LOCK).read_bytes()
    tree.repo.write("data/a.json", "changed")
    tree.repo.write("data/new.json", "{}")
    tree.repo.write(LOCK, b"<<<<<<< HEAD\n".join(lock.partition(b"\n")[::2]) + b"\n")
    assert [code.rpartition(" ")[2] for code in tree.found()] == ["STP013"]
    tree.repo.write(LOCK, lock.replace(b"\n", b"\r\n"))
    assert tree.found() == [f"{LOCK}:1 STP013"]
    tree.repo.write(LOCK, lock + b"x" * 11_000)
    assert tree.found() == [f"{LOCK}:1 ONX002"]


def test_without_a_lock_there_is_one_finding(tree: Locked) -> None:
    (tree.root / LOCK).unlink()
    assert tree.found() == [f"{LOCK}:1 STP014"]
    assert tree.said() == [f"{LOCK}: there is no {LOCK}, and it is to cover 5 files"]


def test_without_settings_the_lock_covers_nothing(tree: Locked) -> None:
    tree.repo.write("onex.toml", 'select = ["STP", "ONX"]\nignore = ["STP001"]\n')
    assert tree.found() == [f"{LOCK}:1 STP015"]
    assert tree.said() == [f"{LOCK}: 5 files listed, but `lock` in `[stamp]` names none"]


def test_paths_that_collide_cannot_be_listed(tree: Locked) -> None:
    tree.repo.write("data/A.json", "{}")
    if (tree.root / "data/a.json").read_bytes() == b"{}":
        pytest.skip("here the two are one file")
    assert tree.found() == ["data/A.json:1 STP014"]
    assert "differs from data/a.json in case" in tree.said()[0]


def test_paths_of_any_bytes_are_told_apart(tree: Locked) -> None:
    try:
        path = os.fsencode(tree.root) + b"/data/\xff\n.json"
        with open(path, "wb") as stream:
            stream.write(b"{}")
    except OSError:
        pytest.skip("no such names here")
    assert [one.rpartition(" ")[2] for one in tree.found()] == ["STP014"]
    name = os.fsdecode(b"data/\xff\n.json")
    tree.write_lock(*tree.entries(), Entry(body_hash(b"{}"), "f", name))
    assert tree.found() == []


def test_named_files_and_a_branch_are_judged_against_the_whole_lock(tree: Locked) -> None:
    tree.repo.write("data/a.json", "changed")
    tree.repo.write("data/new.json", "{}")
    tree.repo.write("free/e.json", "changed")
    assert tree.found("data/a.json") == ["data/a.json:1 STP016"]
    assert tree.found("data/new.json") == ["data/new.json:1 STP014"]
    assert tree.found("data/b.json") == []
    both = ["data/a.json:1 STP016", "data/new.json:1 STP014"]
    assert tree.found("data") == both
    assert tree.found("--since", "HEAD") == both
    tree.repo.write("free/e.json.onex.yaml", (tree.root / "free/e.json.onex.yaml").read_bytes())
    assert tree.found("free/e.json.onex.yaml") == ["free/e.json.onex.yaml:4 STP017"]


def test_a_lock_alone_is_checked_for_named_files(git_repo: Any) -> None:
    git_repo.write("a.json", "{}")
    git_repo.write(LOCK, "onex-lock 1\n")
    assert git_repo.codes("--select", "STP", "a.json") == []
    off = git_repo.onex("validate", "a.json").out
    assert "STP014" not in off
    (git_repo.root / LOCK).unlink()
    off = git_repo.onex("validate", "a.json").out
    assert "STP014, STP015, STP016 are off" in off
    assert "on with a file `/onex.lock`, `lock` in [stamp] or --extend-select STP014,STP0" in off


def test_an_edit_makes_one_file_be_read_again(
    tree: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree.root)
    monkeypatch.setenv("ONEX_CACHE_DIR", str(tree.repo.cache))
    read: list[str] = []
    reads = Reader.__call__
    pieces = Reader.pieces

    def read_and_tell(self: Reader, path: str, limit: int) -> bytes:
        read.append(path)
        return reads(self, path, limit)

    def cut_and_tell(self: Reader, path: str) -> Iterator[bytes]:
        read.append(path)
        return pieces(self, path)

    monkeypatch.setattr(Reader, "__call__", read_and_tell)
    monkeypatch.setattr(Reader, "pieces", cut_and_tell)

    def run_again() -> tuple[list[str], set[str]]:
        read.clear()
        result = run(open_session([], Overrides()), Request())
        return [finding.code for finding in result.findings], set(read)

    time.sleep(RACY_NS / 1e9 + 0.1)  # what was just written would be looked at again anyway
    assert run_again()[0] == []
    assert run_again() == ([], set())
    tree.repo.write("unrelated.json", "{}")
    assert run_again()[1] <= {"unrelated.json", "onex.lock"}
    tree.repo.write("data/a.json", "changed")
    codes, paths = run_again()
    assert codes == ["STP016"]
    assert paths <= {"unrelated.json", "onex.lock", "data/a.json"}


def test_a_lock_is_searched_for_waivers_once_however_much_is_wrong_with_it(
    tree: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = [Entry(body_hash(b""), "f", f"data/gone/{number:03d}") for number in range(80)]
    tree.write_lock(*tree.entries(), *gone)
    monkeypatch.chdir(tree.root)
    monkeypatch.setenv("ONEX_CACHE_DIR", str(tree.repo.cache))
    searched: list[str] = []
    search = Session.ignores_in

    def search_and_tell(self: Session, path: str) -> list[Ignore]:
        searched.append(path)
        return search(self, path)

    monkeypatch.setattr(Session, "ignores_in", search_and_tell)
    result = run(open_session([], Overrides()), Request())
    assert [finding.code for finding in result.findings] == ["STP015"] * len(gone)
    assert searched == [LOCK]


# Sidecars


def test_a_right_sidecar_is_no_ordinary_stamp(tree: Locked) -> None:
    tree.repo.write("alone.data", "no setting names it\n")
    tree.write_sidecar("alone.data", "0d5f3a10-9c1e-5b7a-8e42-7f1b2c3d4e5f")
    assert tree.found() == []
    beside = (tree.root / "alone.data.onex.yaml").read_text()
    zeros = (
        beside[: beside.index("b3-v1:")] + "b3-v1:" + "0" * 64 + beside[beside.index("\n# ===") :]
    )
    tree.repo.write("alone.data.onex.yaml", zeros)
    assert tree.found() == ["alone.data.onex.yaml:4 STP017"]
    tree.repo.write("alone.data.onex.yaml", beside)
    tree.repo.write("alone.data", "edited\n")
    assert tree.found() == ["alone.data.onex.yaml:4 STP017"]
    (tree.root / "alone.data").unlink()
    assert tree.found() == ["alone.data.onex.yaml:2 STP018"]


def test_sidecars_that_are_stale_lost_or_missing_are_noticed(tree: Locked) -> None:
    beside = tree.root / "free/e.json.onex.yaml"
    tree.repo.write("free/e.json", "{ }\n")
    assert tree.found() == ["free/e.json.onex.yaml:4 STP017"]
    (tree.root / "free/e.json").unlink()
    assert tree.found() == ["free/e.json.onex.yaml:2 STP018"]
    tree.repo.write("free/f.json", "{}\n")
    beside.rename(tree.root / "free/f.json.onex.yaml")
    assert tree.found() == ["free/f.json.onex.yaml:2 STP017"]
    assert tree.said()[0].endswith("`name` is 'e.json', but the file beside it is 'f.json'")
    (tree.root / "free/f.json.onex.yaml").unlink()
    assert tree.found() == ["free/f.json:1 STP019"]
    tree.repo.write("free/f.json.onex.yaml", "more: 1\n")
    assert "is not a sidecar" in tree.said("--select", "STP019")[0]


def test_large_files_have_sidecars_where_the_settings_name_them(tree: Locked) -> None:
    tree.repo.write("free/g.json", b"1" * 11_000)
    tree.write_sidecar("free/g.json")
    tree.repo.write("h.data", b"1" * 11_000)
    tree.write_sidecar("h.data")
    assert tree.found("--ignore", "STP006") == ["h.data.onex.yaml:4 STP017"]
    run = tree.repo.onex("validate", "--select", "STP017", "--output-format", "json")
    assert [one["severity"] for one in run.json()["findings"]] == ["info"]
    tree.repo.write("free/g.json", b"1" * 11_001)
    assert "free/g.json.onex.yaml:4 STP017" in tree.found()
