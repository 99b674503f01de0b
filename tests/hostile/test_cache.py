"""A cache that lies, is broken or is not to be had: the run is a cold one, and says the same."""

from __future__ import annotations

import os
import random
import subprocess

import pytest
from blake3 import blake3

from tests.hostile.conftest import FAULT


@pytest.fixture
def warm(ground):
    """A repository and its report, with the cache filled."""
    ground.write_all({"a.py": FAULT, "b.md": "# text\n", "c/d.py": FAULT})
    ground.commit()
    ground.said = ground.check("--no-cache", codes=(1,)).out
    assert ground.check(codes=(1,)).out == ground.said
    assert kept(ground)
    return ground


def kept(ground):
    """The files of the cache that hold results."""
    return [p for p in ground.cache.rglob("*") if p.is_file() and "empty.git" not in p.parts]


def poison(data: bytes, how: str, chance: random.Random) -> bytes:
    body = data[32:]
    if how == "random":
        return chance.randbytes(len(data))
    if how == "empty":
        return b""
    if how == "truncated":
        return data[: len(data) // 2]
    if how == "flipped":
        at = chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    lies = {
        "sealed rubbish": chance.randbytes(len(body)),
        "sealed nothing": b"",
        "sealed half": body[: len(body) // 2],
        "sealed types": body.replace(b'"tree": {', b'"tree": [').replace(b"[[", b"{}"),
        "sealed huge": b"onex-snapshot 2\n" + b"9" * 3_000 + b"\n",
    }[how]
    return blake3(lies).digest() + lies


@pytest.mark.parametrize(
    "how",
    ["random", "empty", "truncated", "flipped", "sealed rubbish", "sealed nothing",
     "sealed half", "sealed types", "sealed huge"],
)  # fmt: skip
def test_poisoned_cache_changes_nothing(warm, how):
    chance = random.Random(how)
    for path in kept(warm):
        path.write_bytes(poison(path.read_bytes(), how, chance))
    assert warm.check(codes=(1,)).out == warm.said
    assert warm.check(codes=(1,)).out == warm.said


def test_other_things_in_the_cache_place(warm):
    for path in kept(warm):
        path.unlink()
        path.mkdir()
    assert warm.check(codes=(1,)).out == warm.said
    for path in list(warm.cache.rglob("*")):
        if path.is_dir() and not any(path.iterdir()) and "empty.git" not in path.parts:
            path.rmdir()
            os.mkfifo(path)
    assert warm.check(codes=(1,), seconds=20).out == warm.said


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null", "/dev/null/x"])
def test_no_place_for_a_cache(warm, place):
    assert warm.check(codes=(1,), env={"ONEX_CACHE_DIR": place}).out == warm.said
    environment = {"ONEX_CACHE_DIR": None, "HOME": None, "XDG_CACHE_HOME": place}
    assert warm.check(codes=(1,), env=environment).out == warm.said


def test_concurrent_runs_share_one_cache(warm):
    warm.write("new.py")
    processes = [warm.start("validate", "--output-format", "json") for _ in range(6)]
    outs = {process.communicate(timeout=60)[0] for process in processes}
    assert len(outs) == 1
    assert not list(warm.cache.rglob("*.partial"))


@pytest.mark.parametrize("words", [("--jobs", "2"), ()])
def test_an_interrupt_leaves_nothing_behind(ground, words):
    import signal
    import time

    ground.write_all({f"f{number}.py": FAULT * 2_000 for number in range(200)})
    process = ground.start("validate", "--no-cache", *words)
    time.sleep(1.0)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert b"Traceback" not in err
    assert process.returncode in (130, -signal.SIGINT, 0, 1)
    left = subprocess.run(["pgrep", "-g", str(process.pid)], capture_output=True, check=False)
    assert not left.stdout.strip()
