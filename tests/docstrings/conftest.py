"""A source file as the engine would make it, and the rules to run over it."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from blake3 import blake3

from onex_tools.api import Finding, ParseFailure, SourceFile, Validator
from onex_validators.docstrings import settings as docstring_settings
from onex_validators.docstrings.presence import missing as docstring_presence

ROOT = Path(__file__).resolve().parents[2]


class Services:
    """The hasher and Python's own parser."""

    def digest(self, data: bytes) -> str:
        """64 hexadecimal digits of BLAKE3."""
        return blake3(data).hexdigest()

    def parse(self, language: str, file: SourceFile) -> Any:
        """The syntax tree; ParseFailure where Python refuses the file."""
        try:
            return ast.parse(file.data)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ParseFailure(language, str(error)) from None


def new_source(path: str, text: str | bytes) -> SourceFile:
    data = text.encode() if isinstance(text, str) else text
    return SourceFile(path, "python", data, Services())


def rule_classes() -> list[type[Validator]]:
    found = vars(docstring_presence).values()
    classes = [cls for cls in found if isinstance(cls, type) and issubclass(cls, Validator)]
    return [cls for cls in classes if cls.code]


@pytest.fixture
def source() -> Callable[[str, str | bytes], SourceFile]:
    """Makes a file from a path and its text."""
    return new_source


@pytest.fixture
def classes() -> list[type[Validator]]:
    """Every rule of the module."""
    return rule_classes()


@pytest.fixture
def run() -> Callable[..., list[Finding]]:
    """Runs every rule over one file, with the settings given by name; findings in order."""

    def run_all(path: str, text: str | bytes, **settings: Any) -> list[Finding]:
        options = docstring_settings.Docstrings(**settings)
        file = new_source(path, text)
        found = [finding for cls in rule_classes() for finding in cls(options).check(file)]
        return sorted(found, key=Finding.order)

    return run_all


@pytest.fixture(scope="session")
def bench() -> ModuleType:
    """The module ``bench/docstrings.py``, which compares with ruff."""
    spec = importlib.util.spec_from_file_location(
        "bench_docstrings", ROOT / "bench" / "docstrings.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pages() -> dict[str, str]:
    """The text of every page of the documentation, by its path below ``docs``."""
    folder = ROOT / "docs"
    found = folder.rglob("*.md")
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture
def guide() -> str:
    """The text of ``docs/docstrings.md``."""
    return (ROOT / "docs" / "docstrings.md").read_text(encoding="utf-8")
