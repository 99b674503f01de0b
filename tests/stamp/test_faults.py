"""``onex stamp`` on a bad disk: failing calls are said, and a second run finishes."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CONFIG = '[stamp]\nowner = "Acme"\nrepository = "acme"\n'
FILES = {
    "onex.toml": CONFIG,
    "a.py": "x = 1\n",
    "b/run.sh": "#!/bin/sh\necho\n",
    "c/page.md": "# Page\n",
}
CLOCK = {"SOURCE_DATE_EPOCH": "1767323045"}
STRIKES = [
    ("create", 1, errno.ENOSPC),
    ("create", 3, errno.EACCES),
    ("write", 2, errno.EDQUOT),
    ("fsync", 1, errno.EIO),
    ("fchmod", 4, errno.EIO),
    ("exchange", 2, errno.ENOSPC),
]
DEATHS = [("write", 1, "after"), ("fsync", 4, "before")]
DEATHS += [("exchange", nth, when) for nth in (1, 3) for when in ("before", "after")]


class Disk:
    """A repository on a disk that fails once."""

    def __init__(self, repo: Any, library: Path) -> None:
        self.repo, self.library = repo, library
        repo.write_all(FILES)
        (repo.root / "b/run.sh").chmod(0o755)
        self.fired = repo.root.with_name("fired")

    def stamp(self, call: str, nth: int, error: int = 0, kill: str = "") -> tuple[int, str]:
        """Stamp with that fault; gives the exit code and all that was said."""
        fault = {
            "LD_PRELOAD": str(self.library),
            "ONEX_FAULT_CALL": call,
            "ONEX_FAULT_NTH": str(nth),
            "ONEX_FAULT_ERRNO": str(error),
            "ONEX_FAULT_KILL": kill,
            "ONEX_FAULT_ROOT": str(self.repo.root),
            "ONEX_FAULT_FIRED": str(self.fired),
        }
        done = subprocess.run(
            [sys.executable, "-P", "-m", "onex_tools", "stamp"],
            cwd=self.repo.root,
            env={**self.repo.environment(**CLOCK), **fault},
            capture_output=True,
            text=True,
            check=False,
        )
        assert self.fired.exists(), done
        return done.returncode, done.stdout + done.stderr

    def contents(self) -> dict[str, bytes]:
        return {path: (self.repo.root / path).read_bytes() for path in FILES}

    def drafts(self) -> list[Path]:
        return list(self.repo.root.rglob(".onex-*.tmp"))

    def finish(self) -> None:
        """A second run, when the drafts are old, finishes, and leaves nothing to do."""
        for path in self.drafts():
            os.utime(path, (1, 1))
        assert self.repo.onex("stamp", **CLOCK).code == 0
        assert self.drafts() == []
        assert self.repo.onex("stamp", "--check").code == 0
        assert stat.S_IMODE((self.repo.root / "b/run.sh").stat().st_mode) == 0o755


@pytest.fixture
def disk(git_repo: Any, fault_library: Path) -> Disk:
    return Disk(git_repo, fault_library)


@pytest.mark.parametrize(("call", "nth", "error"), STRIKES)
def test_failing_call_is_said_and_a_second_run_finishes(
    disk: Disk, call: str, nth: int, error: int
) -> None:
    before = disk.contents()
    code, said = disk.stamp(call, nth, error)
    assert code == 1
    assert "Traceback" not in said, said
    kept = [path for path, data in disk.contents().items() if data == before[path]]
    assert len(kept) == 1, said
    reason = "its folder is read-only" if error == errno.EACCES else os.strerror(error).lower()
    lines = [line for line in said.splitlines() if kept[0] in line]
    assert f"not written: {reason}" in lines[0]
    assert disk.drafts() == []
    disk.finish()


@pytest.mark.parametrize(("call", "nth", "when"), DEATHS)
def test_killed_run_is_finished_by_the_next(disk: Disk, call: str, nth: int, when: str) -> None:
    before = disk.contents()
    code, _ = disk.stamp(call, nth, kill=when)
    assert code == -signal.SIGKILL
    after = disk.contents()
    disk.finish()
    for path, right in disk.contents().items():
        assert after[path] in (before[path], right), path
