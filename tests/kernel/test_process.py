"""Programs that are asked: their output, their complaints, their end."""

from __future__ import annotations

import os
import sys

import pytest

from onex_tools.process import ask

LOUD = """
import sys
for _ in range(300):
    sys.stderr.write("e" * 1000)
    sys.stdout.write("o" * 1000)
sys.exit(len(sys.stdin.read()) + 3)
"""


def test_both_streams_are_read_however_much_comes():
    """Either pipe alone holds 64 KiB: a reader of one after the other would wait for ever."""
    answer = ask([sys.executable, "-c", LOUD], os.environ, 60)
    assert answer == (3, b"o" * 300_000, b"e" * 300_000)


def test_program_that_is_killed():
    answer = ask([sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"], os.environ, 60)
    assert answer.code == -15


def test_program_that_never_ends_is_stopped(tmp_path):
    number = tmp_path / "number"
    endless = (
        f"import os, time; open({str(number)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    )
    with pytest.raises(TimeoutError):
        ask([sys.executable, "-c", endless], {}, 2)
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)


def test_no_such_program_leaves_nothing_open():
    before = os.listdir("/dev/fd")
    with pytest.raises(FileNotFoundError):
        ask(["no-such-program-anywhere"], os.environ, 1)
    assert os.listdir("/dev/fd") == before
