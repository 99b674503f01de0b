"""``onex stamp`` keeps the lock and the sidecars of files that cannot hold a stamp."""

from __future__ import annotations

from typing import Any

import pytest
from blake3 import blake3

CONFIG = """\
[stamp]
repository = "acme"
lock = ["*.json", "*.png", "run", "link"]
sidecar = ["*.png"]
"""
JSON, PNG, ELF = b'{"a": 1}\n', b"\x89PNG\r\n\0\0", b"\x7fELF\0\0"


@pytest.fixture
def tree(git_repo: Any) -> Any:
    """A repository with files that cannot hold a stamp."""
    git_repo.write_all(
        {
            "onex.toml": CONFIG,
            "a.py": "x = 1\n",
            "data/b.json": JSON,
            "data/c.png": PNG,
            "run": ELF,
        }
    )
    (git_repo.root / "run").chmod(0o755)
    (git_repo.root / "link").symlink_to("a.py")
    return git_repo


def lock(tree: Any) -> str:
    return (tree.root / "onex.lock").read_text()


def hashed(data: bytes) -> str:
    return "b3-v1:" + blake3(data).hexdigest()


def test_lock_and_sidecars_are_written_once_and_then_left_alone(tree: Any) -> None:
    run = tree.onex("stamp")
    assert run.code == 0, run
    assert "stamped onex.lock (4 new)\n" in run.out
    assert "stamped data/c.png.onex.yaml\n" in run.out
    assert lock(tree) == (
        "onex-lock 1\n"
        f"{hashed(JSON)}  f  data/b.json\n"
        f"{hashed(PNG)}  f  data/c.png\n"
        f"{hashed(b'a.py')}  l  link\n"
        f"{hashed(ELF)}  x  run\n"
    )
    before = {p: p.stat().st_mtime_ns for p in tree.root.rglob("*") if p.is_file()}
    again = tree.onex("stamp")
    assert again.out == "4 right.\n", again
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert tree.codes("--select", "STP") == []


def test_changes_are_found_and_mended(tree: Any) -> None:
    tree.onex("stamp", "-q")
    tree.write("data/b.json", '{"a": 2}\n')
    tree.write("data/c.png", b"\x89PNG\r\n\0\1")
    (tree.root / "run").unlink()
    (tree.root / "link").unlink()
    (tree.root / "link").symlink_to("onex.toml")
    tree.write("new.json", "[]\n")
    check = tree.onex("stamp", "--check")
    assert check.code == 1
    assert check.out.splitlines()[:2] == [
        "would update data/c.png.onex.yaml (hash)",
        "would update onex.lock (1 new, 1 gone, 3 changed)",
    ]
    assert tree.codes("--select", "STP") != []
    assert tree.onex("stamp").code == 0
    assert tree.onex("stamp", "--check").code == 0
    assert tree.codes("--select", "STP") == []
    uuid = [line for line in sidecar(tree).splitlines() if line.startswith("uuid")]
    tree.write("data/c.png", b"\x89PNG\r\n\0\2")
    tree.onex("stamp", "data/c.png")
    assert [line for line in sidecar(tree).splitlines() if line.startswith("uuid")] == uuid
    assert tree.onex("stamp", "--check").code == 0


def sidecar(tree: Any) -> str:
    return (tree.root / "data/c.png.onex.yaml").read_text()


def test_named_files_change_their_own_entries(tree: Any) -> None:
    tree.onex("stamp", "-q")
    before = lock(tree)
    tree.write("data/b.json", "{}\n")
    tree.write("new.json", "[]\n")
    (tree.root / "run").unlink()
    run = tree.onex("stamp", "data/b.json")
    assert "updated onex.lock (1 gone, 1 changed)\n" in run.out
    assert "new.json" not in lock(tree)
    assert before.replace(before.splitlines()[1], lock(tree).splitlines()[1]).startswith(lock(tree))


def test_broken_lock_is_refused_with_its_line(tree: Any) -> None:
    tree.write("onex.lock", "onex-lock 1\nwords\n")
    run = tree.onex("stamp")
    assert run.code == 1
    assert run.err.startswith("onex.lock:2: refused: no hash")
    assert lock(tree) == "onex-lock 1\nwords\n"
    tree.write("data/c.png.onex.yaml", "a: 1\n")
    run = tree.onex("stamp")
    assert "data/c.png.onex.yaml:1: refused: it is there, and is no sidecar" in run.err


def test_large_files_are_hashed_in_pieces(tree: Any) -> None:
    tree.write("onex.toml", "max-scan-bytes = 1000\n" + CONFIG)
    large = b"\xef\xbb\xbf" + b"[1,\r\n" * 50_000
    plain = b"[1,\n" * 50_000
    tree.write("data/b.json", large)
    assert tree.onex("stamp").code == 0
    assert f"{hashed(plain)}  f  data/b.json\n" in lock(tree)


def test_lock_is_added_to_the_index_with_the_rest(tree: Any) -> None:
    tree.onex("stamp", "-q")
    tree.git("add", ".")
    tree.git("commit", "-q", "-m", "one")
    tree.write("data/b.json", "{}\n")
    tree.git("add", ".")
    run = tree.onex("stamp", "--update-index", "data/b.json")
    assert run.code == 0, run
    assert tree.git("diff", "--name-only") == ""
    assert tree.git("diff", "--cached", "--name-only").split() == ["data/b.json", "onex.lock"]


def test_refused_lock_writes_nothing_and_stands_in_no_ones_way(tree: Any) -> None:
    tree.write("data/B.json", "{}\n")
    run = tree.onex("stamp")
    assert run.code == 1
    assert run.err.startswith("onex.lock:1: refused: ")
    assert not (tree.root / "onex.lock").exists()
    assert (tree.root / "data/c.png.onex.yaml").exists()
    (tree.root / "data/B.json").unlink()
    assert tree.onex("stamp").code == 0


def test_odd_sidecar_stops_nothing_else(tree: Any) -> None:
    tree.write("data/d.png", b"\x89PNG\r\n\0\3")
    (tree.root / "data/c.png.onex.yaml").symlink_to("/tmp/nowhere")
    run = tree.onex("stamp")
    assert run.code == 1
    assert run.err == "data/c.png.onex.yaml:1: refused: it is a symbolic link\n"
    assert (tree.root / "data/d.png.onex.yaml").exists()
    assert "data/d.png\n" in lock(tree)


def test_file_where_a_sidecar_belongs_is_not_stamped(tree: Any) -> None:
    tree.write("data/c.png.onex.yaml", "a: 1\n")
    run = tree.onex("stamp")
    assert "data/c.png.onex.yaml:1: refused: it is there, and is no sidecar" in run.err
    assert (tree.root / "data/c.png.onex.yaml").read_text() == "a: 1\n"
