"""Full disks, failing calls and killed processes: every file is the old or the new one."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time

import pytest

from onex_tools.writing import Change, WriteRefused, drafts, replace_file, replace_files, swap

DRAFT = re.compile(r"\.onex-[0-9a-f]{16}\.tmp")
SITES = ("open", "create", "write", "pread", "fsync", "fchmod", "close", "unlink", "rename")
CHANGING = ("create", "write", "unlink", "rename", "exchange")
"""After any other call, the next one finds the same as before it."""
BY_NUMBER = {
    "exchange": (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.EINVAL),
    "create": (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES),
    "write": (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG),
    "fsync": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
}
OLD = {
    "a.txt": b"old a\n" * 2000,
    "gone.txt": b"to go\n",
    "made.txt": None,
    "sub/b.sh": b"#!/bin/sh\n",
    "sub/c.txt": b"\0\xff\r\n",
    "sub/more.txt": None,
}
NEW = {
    "a.txt": b"new a\n" * 3000,
    "gone.txt": None,
    "made.txt": b"made\n",
    "sub/b.sh": b"#!/bin/sh\n# stamped\n",
    "sub/c.txt": b"short",
    "sub/more.txt": b"more\n",
}
MODES = {"a.txt": 0o644, "gone.txt": 0o644, "sub/b.sh": 0o755, "sub/c.txt": 0o600}

DRIVER = """
import ctypes, json, os, sys, traceback
from onex_tools.writing import Change, replace_files
library = ctypes.CDLL(os.environ["LD_PRELOAD"])
replace_files("/nowhere", [Change("a", b"", b"a")])  # whatever is imported late is imported now
for line in sys.stdin:
    call, nth, error, kills, root, fired, changes = json.loads(line)
    sys.stdout.flush()
    child = os.fork()
    if not child:
        try:
            todo = [Change(p, *(d and d.encode("latin-1") for d in pair)) for p, *pair in changes]
            library.fault_set(call.encode(), nth, error, kills, root.encode(), fired.encode())
            refused = replace_files(root, todo)
            library.fault_set(b"", 0, 0, 0, b"", b"")
            print(json.dumps({r.path: r.reason for r in refused}), flush=True)
        except BaseException:
            traceback.print_exc()
            os._exit(70)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Faulty:
    """A process under the library, which writes the files once for every line it is told."""

    def __init__(self, library, root):
        self.root = root
        self.fired = root.with_name("fired")
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER],
            env={**os.environ, "LD_PRELOAD": str(library)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def write(self, call, nth, error=0, kills=0):
        """Write with one fault; gives the exit code and what was refused, or None if none came."""
        self.fired.unlink(missing_ok=True)
        changes = [
            (path, *(data if data is None else data.decode("latin-1") for data in pair))
            for path, *pair in ((path, OLD[path], NEW[path]) for path in OLD)
        ]
        order = (call, nth, error, kills, str(self.root), str(self.fired), changes)
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        refused = {}
        if line.startswith("{"):
            refused, line = json.loads(line), self.process.stdout.readline()
        return (int(line), refused) if self.fired.exists() else None

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        assert self.process.wait() == 0


@pytest.fixture(scope="module")
def faulty(fault_library, tmp_path_factory):
    """The process, and a folder for it."""
    one = Faulty(fault_library, tmp_path_factory.mktemp("faulty") / "root")
    yield one
    one.close()


def lay_out(root, files=OLD):
    shutil.rmtree(root, ignore_errors=True)
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if data is not None:
            (root / path).write_bytes(data)
            (root / path).chmod(MODES.get(path, 0o644))


def now(root, path):
    return (root / path).read_bytes() if (root / path).exists() else None


def drafts_in(root):
    return [path for path in root.rglob("*") if DRAFT.fullmatch(path.name)]


def finish(root, old, new):
    """A second run, when the drafts of the first are old: everything is new, and tidy."""
    for path in drafts_in(root):
        os.utime(path, (1, 1))
    assert (
        replace_files(str(root), [Change(path, now(root, path), new[path]) for path in old]) == []
    )
    assert {path: now(root, path) for path in old} == new
    assert drafts_in(root) == []
    for path, mode in MODES.items():
        if new.get(path) is not None:
            assert stat.S_IMODE((root / path).stat().st_mode) == mode, path


def check_failed(root, outcome, error):
    code, refused = outcome
    assert code == 0
    for path in OLD:
        reason = refused.get(path)
        written = reason is None or reason.startswith("it is written, but its folder")
        assert now(root, path) == (NEW if written else OLD)[path], (path, reason)
        if reason is not None:
            assert os.strerror(error).lower() in reason or "read-only" in reason


@pytest.mark.parametrize("call", [*SITES, "exchange"])
def test_failing_call_is_told_and_harms_nothing(faulty, call):
    for error in BY_NUMBER.get(call, (errno.EIO,)):
        for nth in range(1, 100):
            lay_out(faulty.root)
            outcome = faulty.write(call, nth, error)
            if outcome is None:
                break
            check_failed(faulty.root, outcome, error)
            assert call == "unlink" or not drafts_in(faulty.root)
            finish(faulty.root, OLD, NEW)
        assert 1 < nth < 99, "it never happened, or has no end"


@pytest.mark.parametrize("call", [*SITES, "exchange"])
def test_process_killed_at_any_call_leaves_old_or_new(faulty, call):
    for kills in (1, 2) if call in CHANGING else (1,):
        for nth in range(1, 100):
            lay_out(faulty.root)
            outcome = faulty.write(call, nth, 0, kills)
            if outcome is None:
                break
            assert outcome == (-signal.SIGKILL, {})
            for path in OLD:
                assert now(faulty.root, path) in (OLD[path], NEW[path]), path
            finish(faulty.root, OLD, NEW)
        assert 1 < nth < 99, "it never happened, or has no end"


MANY = {f"d{n % 7}/f{n}.txt": b"old %d\n" % n * 300 for n in range(280)}
MANY_NEW = {path: b"# stamped\n" + data for path, data in MANY.items()}
BACK_AND_FORTH = """
import signal, sys
from onex_tools.writing import Change, replace_files
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
root = sys.argv[1]
paths = {f"d{n % 7}/f{n}.txt": b"old %d\\n" % n * 300 for n in range(280)}
forth = [Change(path, data, b"# stamped\\n" + data) for path, data in paths.items()]
back = [Change(path, new, old) for path, old, new in forth]
print("ready", flush=True)
while True:
    for changes in (forth, back):
        refused = replace_files(root, changes)
        assert not refused, refused
"""


def test_process_killed_while_it_writes_hundreds_of_files(tmp_path):
    moment = random.Random(11)
    lay_out(tmp_path, MANY)
    for _ in range(5):
        words = [sys.executable, "-c", BACK_AND_FORTH, str(tmp_path)]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"ready\n"
            time.sleep(moment.uniform(0.005, 0.15))
            process.kill()
        assert process.returncode == -signal.SIGKILL
        for path in MANY:
            assert now(tmp_path, path) in (MANY[path], MANY_NEW[path])
        finish(tmp_path, MANY, MANY)


def test_interrupt_lets_files_finish_and_leaves_no_draft(tmp_path):
    moment = random.Random(13)
    lay_out(tmp_path, MANY)
    for _ in range(3):
        words = [sys.executable, "-c", BACK_AND_FORTH, str(tmp_path)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"ready\n"
            time.sleep(moment.uniform(0.005, 0.1))
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
        assert said.rstrip().endswith(b"KeyboardInterrupt")
        assert said.count(b"Traceback") == 1
        assert drafts_in(tmp_path) == []
        for path in MANY:
            assert now(tmp_path, path) in (MANY[path], MANY_NEW[path])
        finish(tmp_path, MANY, MANY)


ON_A_SMALL_DISK = """
import os, subprocess, sys
from onex_tools.writing import Change, replace_files
root = sys.argv[1]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", root], check=True)
print("mounted", flush=True)
old, new = b"o" * 8000, b"n" * 12000
paths = [f"f{n}" for n in range(40)]
for path in paths:
    open(os.path.join(root, path), "wb").write(old)
with open(os.path.join(root, "filler"), "wb", buffering=0) as filler:
    try:
        while True:
            filler.write(b"x" * 4096)
    except OSError:
        filler.truncate(filler.tell() - 16384)  # room for one draft, not for many
def content():
    return {path: open(os.path.join(root, path), "rb").read() for path in paths}
refused = replace_files(root, [Change(path, old, new) for path in paths])
assert refused and {r.reason for r in refused} == {"no space left on device"}, refused
kept = {r.path for r in refused}
for path, data in content().items():
    assert data == (old if path in kept else new), path
assert sorted(os.listdir(root)) == sorted([*paths, "filler"])
os.truncate(os.path.join(root, "filler"), 0)
os.unlink(os.path.join(root, "filler"))
again = [Change(path, data, new) for path, data in content().items()]
while refused := replace_files(root, again):
    assert len(refused) < len(again), refused  # a few drafts at a time fit
    kept = {r.path for r in refused}
    again = [change for change in again if change.path in kept]
assert set(content().values()) == {new}
print("done")
"""


def test_full_disk(tmp_path):
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare, for a mount of its own")
    words = [unshare, "--mount"] if os.geteuid() == 0 else [unshare, "--mount", "--map-root-user"]
    done = subprocess.run(
        [*words, sys.executable, "-c", ON_A_SMALL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "mounted" not in done.stdout:
        pytest.skip("may not mount a small disk here")
    assert done.stdout.split() == ["mounted", "done"], done.stderr


def test_file_that_may_not_be_so_large(tmp_path):
    lay_out(tmp_path, OLD)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        refused = replace_files(str(tmp_path), [Change(p, OLD[p], NEW[p]) for p in OLD])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [r.message for r in refused] == ["a.txt: not written: file too large"]
    assert {path: now(tmp_path, path) for path in OLD} == {**NEW, "a.txt": OLD["a.txt"]}
    assert drafts_in(tmp_path) == []


EDITOR = """
import os, random, sys, time
way = random.Random(5)
paths, rounds = sys.argv[2:], int(sys.argv[1])
for version in range(1, rounds):
    for path in paths:
        text = b"version %06d\\n" % version * 20
        if way.random() < 0.5:
            handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
            os.write(handle, text)
            os.close(handle)
        else:
            with open(path + "~", "wb") as stream:
                stream.write(text)
            os.replace(path + "~", path)
    time.sleep(way.uniform(0, 0.004))
"""


def test_no_edit_is_lost(tmp_path):
    paths = [f"f{n}.txt" for n in range(12)]
    lay_out(tmp_path, dict.fromkeys(paths, b"version 000000\n" * 20))
    rounds, made = 100, 0
    words = [sys.executable, "-c", EDITOR, str(rounds), *(str(tmp_path / p) for p in paths)]
    with subprocess.Popen(words) as editor:
        while editor.poll() is None:
            read = {path: now(tmp_path, path) for path in paths}
            changes = [
                Change(path, data, b"# stamp\n" + data)
                for path, data in read.items()
                if data and not data.startswith(b"#")
            ]
            refused = replace_files(str(tmp_path), changes)
            assert {r.reason for r in refused} <= {"it was changed since it was read"}
            made += len(changes) - len(refused)
    last = b"version %06d\n" % (rounds - 1) * 20
    assert editor.returncode == 0
    assert made
    for path in paths:
        assert now(tmp_path, path) in (last, b"# stamp\n" + last), path
    assert sorted(os.listdir(tmp_path)) == sorted(paths)


@pytest.mark.parametrize("by", ["replaced", "in place", "removed", "replaced twice"])
def test_edit_at_the_very_last_moment_gets_its_name_back(tmp_path, monkeypatch, by):
    target, other = tmp_path / "a.txt", tmp_path / "other"
    target.write_bytes(b"old\n")
    real, count = swap.Renamer.exchange, 0

    def late(self, folder, one, name):
        nonlocal count
        count += 1
        if count == 1 and by == "in place":
            target.write_bytes(b"abc\n")
        elif count == 1 and by == "removed":
            target.unlink()
        elif count == 1 or (count == 2 and by == "replaced twice"):
            other.write_bytes(b"new %d\n" % count)
            os.replace(other, target)
        exchanged = real(self, folder, one, name)
        if not exchanged:
            pytest.skip("names cannot be exchanged here")
        return exchanged

    monkeypatch.setattr(swap.Renamer, "exchange", late)
    with pytest.raises(WriteRefused):
        replace_file(str(tmp_path), "a.txt", b"old\n", b"stamped\n")
    left = {"replaced": b"new 1\n", "replaced twice": b"new 2\n", "in place": b"abc\n"}
    assert now(tmp_path, "a.txt") == left.get(by)
    assert drafts_in(tmp_path) == []


def test_links_put_in_the_way_lead_nowhere(tmp_path):
    root, outside, aside = tmp_path / "root", tmp_path / "outside", tmp_path / "aside"
    lay_out(root, MANY)
    lay_out(outside, {path.partition("/")[2]: data for path, data in MANY.items()})
    untouched = {path.name: path.stat().st_ino for path in outside.iterdir()}
    over = threading.Event()

    def swap_folder():
        while not over.is_set():
            os.rename(root / "d3", aside)
            (root / "d3").symlink_to(outside)
            time.sleep(0.001)
            (root / "d3").unlink()
            os.rename(aside, root / "d3")
            time.sleep(0.001)

    thread = threading.Thread(target=swap_folder)
    thread.start()
    try:
        refused = replace_files(str(root), [Change(p, MANY[p], MANY_NEW[p]) for p in MANY])
    finally:
        over.set()
        thread.join()
    assert {path.name: path.stat().st_ino for path in outside.iterdir()} == untouched
    assert {r.path for r in refused} <= {path for path in MANY if path.startswith("d3/")}
    kept = {r.path for r in refused}
    for path in MANY:
        assert now(root, path) == (MANY if path in kept else MANY_NEW)[path]


@pytest.mark.parametrize("thing", ["folder", "pipe", "link"])
def test_path_that_turns_into_something_else(tmp_path, monkeypatch, thing):
    lay_out(tmp_path, OLD)
    target, real = tmp_path / "a.txt", os.fsync

    def turn(handle):
        real(handle)
        monkeypatch.setattr(drafts.os, "fsync", real)
        target.unlink()
        if thing == "folder":
            target.mkdir()
        elif thing == "pipe":
            os.mkfifo(target)
        else:
            target.symlink_to("sub/b.sh")

    monkeypatch.setattr(drafts.os, "fsync", turn)
    with pytest.raises(WriteRefused, match="it was changed since it was read"):
        replace_file(str(tmp_path), "a.txt", OLD["a.txt"], NEW["a.txt"])
    assert target.is_dir() or target.is_fifo() or target.is_symlink()
    assert now(tmp_path, "sub/b.sh") == OLD["sub/b.sh"]
    assert drafts_in(tmp_path) == []
    monkeypatch.undo()
    with pytest.raises(WriteRefused, match=r"not a regular file|symbolic link"):
        replace_file(str(tmp_path), "a.txt", OLD["a.txt"], NEW["a.txt"])


def test_one_refused_file_stops_no_other_and_order_is_kept(tmp_path):
    lay_out(tmp_path, MANY)
    wrong = list(MANY)[3::40]
    for path in wrong[:-1]:
        (tmp_path / path).write_bytes(b"by hand")
    (tmp_path / wrong[-1]).chmod(0o444)
    changes = [Change(path, MANY[path], MANY_NEW[path]) for path in MANY]
    refused = replace_files(str(tmp_path), [*changes, changes[0]])
    assert [(r.path, r.reason) for r in refused] == [
        *((path, "it was changed since it was read") for path in wrong[:-1]),
        (wrong[-1], "it is write-protected"),
        (changes[0].path, "it is to be changed twice at once"),
    ]
    for path in MANY:
        if path not in wrong:
            assert now(tmp_path, path) == MANY_NEW[path]


def test_read_only_folder_holds_back_root_too(tmp_path):
    lay_out(tmp_path, OLD)
    (tmp_path / "sub").chmod(0o555)
    refused = replace_files(str(tmp_path), [Change(p, OLD[p], NEW[p]) for p in OLD])
    (tmp_path / "sub").chmod(0o755)
    assert {r.path: r.reason for r in refused} == {
        path: "its folder is read-only" for path in OLD if path.startswith("sub/")
    }


def test_hard_link_asked_for_is_replaced_under_its_name(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    os.link(tmp_path / "a", tmp_path / "b")
    changes = [Change("a", b"old", b"new")]
    assert [r.reason[:14] for r in replace_files(str(tmp_path), changes)] == ["it has 2 names"]
    assert replace_files(str(tmp_path), changes, hard_links=True) == []
    assert (tmp_path / "a").read_bytes() == b"new"
    assert (tmp_path / "b").read_bytes() == b"old"


@pytest.mark.parametrize("able", [True, False])
def test_files_are_made_and_removed(tmp_path, monkeypatch, able):
    if not able:
        monkeypatch.setattr(swap, "_function", lambda _: None)
    root, before = str(tmp_path), os.umask(0o027)
    try:
        replace_file(root, "new", None, b"made")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    with pytest.raises(WriteRefused, match="it has come to exist"):
        replace_file(root, "new", None, b"other")
    with pytest.raises(WriteRefused, match="it was changed"):
        replace_file(root, "new", b"else", None)
    with pytest.raises(WriteRefused, match="its path cannot be opened"):
        replace_file(root, "nul\0", None, b"made")
    assert os.listdir(tmp_path) == ["new"]
    replace_file(root, "new", b"made", None)
    replace_file(root, "never", None, None)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("newer", [False, True])
def test_edit_at_the_moment_of_removal_is_kept(tmp_path, monkeypatch, newer):
    target, real = tmp_path / "a", os.rename
    target.write_bytes(b"old")

    def late(*names, **folders):
        target.write_bytes(b"abc")
        real(*names, **folders)
        if newer:
            target.write_bytes(b"def")

    monkeypatch.setattr(drafts.os, "rename", late)
    with pytest.raises(WriteRefused, match="it was changed"):
        replace_file(str(tmp_path), "a", b"old", None)
    assert target.read_bytes() == (b"def" if newer else b"abc")
    assert os.listdir(tmp_path) == ["a"]


def test_thread_that_cannot_be_started_is_done_without(tmp_path, monkeypatch):
    lay_out(tmp_path, MANY)

    def refuse(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert replace_files(str(tmp_path), [Change(p, MANY[p], MANY_NEW[p]) for p in MANY]) == []
    assert {path: now(tmp_path, path) for path in MANY} == MANY_NEW
