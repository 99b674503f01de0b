"""What checks of one file share is computed once, and not begun again if it took too long."""

from __future__ import annotations

import pytest

from onex_tools import source
from onex_tools.api import SourceFile
from onex_tools.filepass import new_services
from onex_tools.watchdog import CheckTimeout


class Slow:
    """Is stopped each time; counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0

    def __call__(self, _: SourceFile) -> str:
        self.begun += 1
        raise CheckTimeout


@pytest.fixture
def file() -> SourceFile:
    return SourceFile("a", "unknown", b"", new_services(0))


def ask(file: SourceFile, slow: Slow) -> None:
    for nth in range(3):
        with pytest.raises(CheckTimeout) as stop:
            file.shared(slow)
        assert ("what it shares" in str(stop.value)) == (nth >= slow.begun)


def test_what_was_stopped_after_a_while_is_not_begun_again(
    file: SourceFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_WHILE", -1.0)
    slow = Slow()
    ask(file, slow)
    assert slow.begun == 1


def test_what_was_stopped_at_once_is_begun_again(file: SourceFile) -> None:
    slow = Slow()
    ask(file, slow)
    assert slow.begun == 3


def test_what_failed_is_begun_again(file: SourceFile) -> None:
    asked = []

    def fail(_: SourceFile) -> None:
        asked.append(1)
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            file.shared(fail)
    assert len(asked) == 2
