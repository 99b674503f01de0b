"""Several processes at once: what is judged before there are any, and what ends one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import SimpleNamespace
from typing import Any

import pytest

from onex_tools import workers
from onex_tools.cache import Cache, Row, unpack
from onex_tools.filepass import Job
from onex_tools.registry import BUILT_IN, load_catalogue

SIZE = workers.WORTH_BYTES // 20


def apart(*arguments: Any) -> Mapping[str, Row]:
    """What ``judged`` gives in a process that may end."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(judged, *arguments).result(60)


def judged(deadly: str, size: int, jobs: int) -> Mapping[str, Row]:
    """The rows of 60 files by the built-in rules; the one at ``deadly`` ends whoever reads it."""
    catalogue = load_catalogue([BUILT_IN], Cache(None))
    scope: Any = SimpleNamespace(codes=frozenset({"SEC001"}), options=lambda _section: None)

    def read(path: str, _limit: int) -> bytes:
        if path == deadly:
            os._exit(9)
        return b"text\n"

    job = Job(
        catalogue=catalogue,
        tree=False,
        facts=frozenset(),
        scope_of=lambda _path: scope,
        read=read,
        max_bytes=1 << 20,
        max_parse_bytes=1 << 20,
        seconds=10,
    )
    tasks = [(f"{number:02}.txt", None, size) for number in range(60)]
    return workers.judge_all(job, tasks, jobs, None)


def codes(rows: Mapping[str, Row]) -> dict[str, list[str]]:
    found = {path: unpack(path, row.result)[0] for path, row in rows.items()}
    return {path: [one.code for one in some] for path, some in found.items() if some}


@pytest.mark.parametrize("number", [0, 1, workers.SAMPLE, 59])
def test_a_large_file_that_ends_a_process_is_one_finding(number: int) -> None:
    path = f"{number:02}.txt"
    rows = apart(path, workers.SMALL + 1, 2)
    assert len(rows) == 60
    assert codes(rows) == {path: ["ONX090"]}


def test_small_files_are_judged_before_there_are_processes() -> None:
    assert len(apart("", SIZE, 2)) == 60
    assert codes(apart("01.txt", SIZE, 2)) == {"01.txt": ["ONX090"]}
    with pytest.raises(BrokenProcessPool):
        apart("00.txt", SIZE, 2)


@pytest.mark.parametrize("size", [SIZE, workers.SMALL + 1])
def test_as_many_processes_as_may_be_say_the_same(size: int) -> None:
    one, three = (apart("", size, jobs) for jobs in (1, 3))
    assert one == three
