"""The processes that form files: one that is lost takes one file with it at most."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

from onex_tools.format.crew import CHUNK_BYTES, Order, Terms, form_all
from onex_tools.format.formed import Steps
from onex_tools.format.licence import HeaderWish
from onex_tools.format.project import Project

MESSY = b"x = {  }\n" + b"# a comment\n" * (CHUNK_BYTES // 12 + 1)


def test_process_killed_while_it_waits_loses_one_file(tmp_path: Path) -> None:
    recipe = Project(str(tmp_path)).place("", HeaderWish("", "", "")).recipe

    def orders() -> Iterator[Order]:
        for name in ("a.py", "b.py", "c.py"):
            if name == "b.py":
                for child in multiprocessing.active_children():
                    child.kill()
                    child.join()
            yield Order(name, MESSY, recipe, Steps(header=True, isort=True, black=True))

    done = {
        one.order.path: one.formed
        for one in form_all(orders(), Terms(str(tmp_path), 60, 1, keep=True))
    }
    assert sorted(done) == ["a.py", "b.py", "c.py"]
    assert [path for path, formed in done.items() if formed.refused] == ["b.py"]
    assert done["b.py"].refused == "formatting it ended the process"
    assert (done["c.py"].new or b"").startswith(b"x = {}\n")
