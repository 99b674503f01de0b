"""The times, sizes and inodes by which a warm run knows that a file is the same."""

from __future__ import annotations

import os
from types import SimpleNamespace

from onex_tools.snapshots import take_stats


def test_paths_are_below_the_root_wherever_the_run_starts(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.py").write_bytes(b"x = 1\n")
    paths = ["sub/a.py", "gone.py", "nul\0.py"]
    monkeypatch.chdir(tmp_path)
    here = take_stats(str(tmp_path), paths)
    monkeypatch.chdir(tmp_path / "sub")
    assert take_stats(str(tmp_path), paths) == here
    status = (tmp_path / "sub/a.py").lstat()
    known = [status.st_mtime_ns, status.st_ctime_ns, 6, status.st_ino]
    assert here.tolist() == [*known, 0, 0, 0, 0, 0, 0, 0, 0]


def test_inode_of_64_bits(tmp_path, monkeypatch):
    made_up = SimpleNamespace(st_mtime_ns=-5, st_ctime_ns=7, st_size=3, st_ino=2**64 - 2)
    monkeypatch.setattr(os, "lstat", lambda _path: made_up)
    first = take_stats(str(tmp_path), ["a"])
    made_up.st_ino -= 1
    assert take_stats(str(tmp_path), ["a"]) != first
