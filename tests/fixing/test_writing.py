"""Files are replaced whole or not at all, and never over somebody else's edit."""

from __future__ import annotations

import os
import random
import re
import signal
import stat
import subprocess
import sys
import time

import pytest

from onex_tools.writing import WriteRefused, drafts, remove_stale, replace_file, swap

OLD, NEW = b"old\r\n\0\xff", b"new \xfe"
DRAFT = re.compile(r"\.onex-[0-9a-f]{16}\.tmp")


@pytest.fixture(params=["exchange", "rename"])
def place(tmp_path, request, monkeypatch):
    """A folder with one file in a folder, where names can be exchanged, and where they cannot."""
    if request.param == "rename":
        monkeypatch.setattr(swap, "_function", lambda _: None)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(OLD)
    return tmp_path


def write(place, path="sub/a.txt", old=OLD, new=NEW):
    replace_file(str(place), path, old, new)


def content(place):
    """What the folder holds."""
    return {path.name: path.read_bytes() for path in (place / "sub").iterdir()}


def refusal(place, *arguments):
    with pytest.raises(WriteRefused) as caught:
        write(place, *arguments)
    return caught.value


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o4751, 0o200])
def test_bytes_are_replaced_and_the_mode_stays(place, mode):
    (place / "sub" / "a.txt").chmod(mode)
    write(place)
    assert content(place) == {"a.txt": NEW}
    assert stat.S_IMODE((place / "sub" / "a.txt").stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_owner_stays(place):
    os.chown(place / "sub" / "a.txt", 12345, 23456)
    write(place)
    status = (place / "sub" / "a.txt").stat()
    assert (status.st_uid, status.st_gid) == (12345, 23456)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_rights_of_an_owner_who_cannot_be_kept_are_not_kept(place, monkeypatch):
    target = place / "sub" / "a.txt"
    os.chown(target, 12345, 23456)
    target.chmod(0o6755)

    def forbidden(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(drafts.os, "fchown", forbidden)
    write(place)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_same_bytes_are_not_written(place):
    before = (place / "sub" / "a.txt").stat()
    write(place, "sub/a.txt", OLD, OLD)
    after = (place / "sub" / "a.txt").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_every_refusal_says_why(place, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.txt").write_bytes(OLD)
    sub = place / "sub"
    (place / "out").symlink_to(outside)
    (place / "in").symlink_to(sub)
    (sub / "link").symlink_to("a.txt")
    (sub / "twin").write_bytes(OLD)
    os.link(sub / "twin", sub / "twin2")
    os.mkfifo(sub / "pipe")
    (sub / "locked").write_bytes(OLD)
    (sub / "locked").chmod(0o444)
    expected = {
        "out/a.txt": "a folder above it is a symbolic link",
        "in/a.txt": "a folder above it is a symbolic link",
        "sub/a.txt/b": "a folder above it is a symbolic link",
        "sub/link": "it is a symbolic link",
        "sub/twin": "it has 2 names (hard links), and one would lag behind",
        "sub/pipe": "it is not a regular file",
        "sub/locked": "it is write-protected",
        "sub/gone": "no such file or directory",
        "../a.txt": "its path is not a plain one below the root",
        "sub/../sub/a.txt": "its path is not a plain one below the root",
        "/etc/passwd": "its path is not a plain one below the root",
        "sub/nul\0": "its path cannot be opened",
    }
    for path, reason in expected.items():
        refused = refusal(place, path)
        assert refused.reason == reason, path
        assert refused.message == f"{path}: not written: {reason}"
    assert (outside / "a.txt").read_bytes() == OLD
    assert (sub / "a.txt").read_bytes() == OLD
    assert not [name for name in os.listdir(sub) if DRAFT.match(name)]


@pytest.mark.parametrize("other", [b"", OLD + b"x", OLD[:-1] + b"x"])
def test_file_that_changed_is_refused(place, other):
    (place / "sub" / "a.txt").write_bytes(other)
    assert refusal(place).reason == "it was changed since it was read"
    assert content(place) == {"a.txt": other}


@pytest.mark.parametrize("by", ["in place", "replaced", "removed", "linked", "mode"])
def test_change_while_the_draft_is_written_is_seen(place, monkeypatch, by):
    target, real = place / "sub" / "a.txt", os.fsync

    def meddle(handle):
        real(handle)
        monkeypatch.setattr(drafts.os, "fsync", real)
        if by == "in place":
            target.write_bytes(b"by hand")
        elif by == "replaced":
            (place / "other").write_bytes(OLD)
            os.replace(place / "other", target)
        elif by == "removed":
            target.unlink()
        elif by == "linked":
            os.link(target, place / "other")
        else:
            target.chmod(0o600)

    monkeypatch.setattr(drafts.os, "fsync", meddle)
    refusal(place)
    left = {"in place": {"a.txt": b"by hand"}, "removed": {}}
    assert content(place) == left.get(by, {"a.txt": OLD})


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("name", ["urandom", "write", "fstat", "fchmod", "fsync", "put"])
def test_failing_step_leaves_the_old_bytes_and_no_draft(place, monkeypatch, name, error):
    def fail(*_, **__):
        raise error

    if name == "put":
        monkeypatch.setattr(drafts.os, "replace", fail)
        monkeypatch.setattr(swap.Renamer, "exchange", fail)
    else:
        monkeypatch.setattr(drafts.os, name, fail)
    with pytest.raises((WriteRefused, KeyboardInterrupt)) as caught:
        write(place)
    monkeypatch.undo()
    assert content(place) == {"a.txt": OLD}
    if isinstance(error, OSError):
        assert caught.value.reason == "no space left on device"


def test_read_only_folder_is_named(place, monkeypatch):
    real = os.open

    def forbid(path, flags, *rest, **more):
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(drafts.os, "open", forbid)
    assert refusal(place).reason == "its folder is read-only"


def test_no_handle_is_left_open(place):
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("needs /proc")
    before = os.listdir("/proc/self/fd")
    write(place)
    for path in ("sub/a.txt", "sub/gone", "no/folder", "sub/a.txt/b"):
        refusal(place, path)
    remove_stale(str(place), ["sub", "no", "sub/a.txt"])
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_only_own_old_drafts_are_removed(place):
    sub, old = place / "sub", time.time() - 3700
    names = {
        ".onex-0123456789abcdef.tmp": False,
        ".onex-0123456789abcdeg.tmp": True,
        ".onex-0123456789abcdef.tmp.txt": True,
        "a.onex-0123456789abcdef.tmp": True,
        ".onex-00000000000000ff.tmp": True,
    }
    for name in names:
        (sub / name).write_bytes(b"x")
        os.utime(sub / name, (old, old))
    os.utime(sub / ".onex-00000000000000ff.tmp")
    (sub / ".onex-aaaaaaaaaaaaaaaa.tmp").mkdir()
    (sub / ".onex-bbbbbbbbbbbbbbbb.tmp").symlink_to("a.txt")
    os.utime(sub / ".onex-bbbbbbbbbbbbbbbb.tmp", (old, old), follow_symlinks=False)
    (place / "in").symlink_to(sub)
    assert remove_stale(str(place), ["in", "nowhere", ""]) == 0
    assert remove_stale(str(place), ["sub", "sub"]) == 1
    assert {name: (sub / name).exists() for name in names} == names


KILLED = """
import sys
from onex_tools.writing import replace_file
root, size = sys.argv[1], int(sys.argv[2])
old, new = b"a" * size, b"b" * (size + 1)
print("ready", flush=True)
while True:
    replace_file(root, "a.txt", old, new)
    old, new = new, old
"""


def test_killed_process_leaves_old_bytes_or_new(tmp_path):
    size = 400_000
    target = tmp_path / "a.txt"
    target.write_bytes(b"a" * size)
    moment = random.Random(7)
    for _ in range(12):
        if target.read_bytes()[:1] == b"b":
            target.write_bytes(b"a" * size)
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), str(size)], stdout=subprocess.PIPE
        )
        assert process.stdout.readline() == b"ready\n"
        time.sleep(moment.uniform(0.001, 0.03))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        data = target.read_bytes()
        assert data in (b"a" * size, b"b" * (size + 1))
    left = [name for name in os.listdir(tmp_path) if name != "a.txt"]
    assert all(DRAFT.fullmatch(name) for name in left)
    for name in left:
        os.utime(tmp_path / name, (1, 1))
    assert remove_stale(str(tmp_path), [""]) == len(left)
    assert os.listdir(tmp_path) == ["a.txt"]


def test_killed_run_is_completed_by_the_next(fixes):
    files = {f"d{n % 5}/f{n}.txt": f"line {n} \n" * 50 for n in range(200)}
    command = [sys.executable, "-P", "-m", "onex_tools", "validate", "--fix"]
    moment = random.Random(3)
    for _ in range(3):
        fixes.write_all({"README.md": "", **files})
        process = subprocess.Popen(
            [*command, "--allow-local-plugins"],
            cwd=fixes.root,
            env=fixes.environment(),
            stdout=subprocess.DEVNULL,
        )
        first = next(iter(files))
        while fixes.read(first) == files[first].encode() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(moment.uniform(0, 0.05))
        process.kill()
        process.wait()
        for path, text in files.items():
            assert fixes.read(path) in (text.encode(), text.replace(" \n", "\n").encode())
    (fixes.root / "other").mkdir()
    (fixes.root / "other" / ".onex-0123456789abcdef.tmp").write_bytes(b"left")
    for path in fixes.root.rglob(".onex-*.tmp"):
        os.utime(path, (1, 1))
    assert fixes.fix("--fix").code == 0
    assert not list(fixes.root.rglob(".onex-*.tmp"))
    assert all(b" \n" not in fixes.read(path) for path in files)
