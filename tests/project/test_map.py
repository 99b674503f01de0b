"""The map of the code in ARCHITECTURE.md has every module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import CHECKOUT

MAP = CHECKOUT / "ARCHITECTURE.md"
CODE = CHECKOUT / "onex_tools"
PLAIN = ("__init__.py", "__main__.py")


def rows(heading: str) -> Iterator[str]:
    """What is named, between backquotes, by the rows of the table below ``heading``."""
    text = MAP.read_text().partition(f"\n{heading}\n")[2]
    for row in re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines():
        yield from re.findall(r"`([^`]+)`", row)


def modules(folder: Path) -> set[str]:
    """The modules of a folder, without those that every package has."""
    return {path.name for path in folder.glob("*.py")} - set(PLAIN)


def test_every_module_and_folder_has_a_row() -> None:
    named = {name.removeprefix("onex_tools/") for name in rows("## Rooms")}
    folders = {f"{path.parent.name}/" for path in CODE.glob("*/__init__.py")}
    assert "engine.py" in named and "cli/" in folders
    assert (modules(CODE) | folders) - named == set()


def test_every_module_of_the_stamp_has_a_row() -> None:
    named = {name for name in rows("### The room of the stamp") if name.endswith(".py")}
    assert named == modules(CODE / "stamp")


def test_every_module_of_stamping_has_a_row() -> None:
    assert modules(CODE / "stamping") - set(rows("## Rooms")) == set()


def test_every_module_of_formatting_has_a_row() -> None:
    named = {name for name in rows("### The room of formatting") if name.endswith(".py")}
    assert named == modules(CODE / "format")


def test_every_module_of_docstrings_has_a_row() -> None:
    room = CHECKOUT / "validators/onex_validators/docstrings"
    named = set(rows("### The room of docstrings"))
    folders = [path.parent for path in room.glob("*/__init__.py")]
    assert {f"{folder.name}/" for folder in folders} - named == set()
    for folder in [room, *folders]:
        assert modules(folder) - named == set()


def test_every_module_of_secrets_has_a_row() -> None:
    room = CHECKOUT / "validators/onex_validators/secrets"
    named = set(rows("### The room of secrets"))
    assert modules(room) - named == set()


def test_every_module_of_the_environment_has_a_row() -> None:
    room = CHECKOUT / "validators/onex_validators/environment"
    named = {name for name in rows("### The room of the environment") if name.endswith(".py")}
    assert named == modules(room)


def test_no_row_names_a_module_that_is_gone() -> None:
    known = {path.name for path in CODE.rglob("*.py")}
    gone = [name for name in rows("## Rooms") if name.endswith(".py") and "/" not in name]
    assert [name for name in gone if name not in known] == []
