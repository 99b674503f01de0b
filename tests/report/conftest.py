"""Results to report on, built the way a run builds them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from onex_tools.model import Edit, Finding, Fix, Location, Related, Severity
from onex_tools.report import Style, writer
from onex_tools.result import Note, Result, RuleInfo, Waived, Waiver
from onex_tools.source import SourceFile


def rule_info(code: str, name: str, **changes: object) -> RuleInfo:
    """Metadata of a rule, as the catalogue would hold it."""
    info = RuleInfo(
        code=code,
        name=name,
        summary=f"Something is {name.replace('-', ' ')}",
        explanation="Why it matters, and what to do.",
        severity=Severity.WARNING,
        confidence=3,
        preview=False,
        sensitive=False,
        scope="file",
        kinds=(),
        files=(),
        enabled_by="",
        section="",
        aliases=(),
        uses=(),
        plugin="onex_validators",
        where="onex_validators.some:Rule",
        fixable=False,
    )
    return info._replace(**changes)


class Repository:
    """Files, rules and findings that grow into a result."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.reads: list[str] = []
        self.result = Result("/home/somebody/repository", rules={}, read=self._read, files=0)

    def _read(self, path: str) -> bytes | None:
        self.reads.append(path)
        return self.files.get(path)

    def rule(self, code: str, name: str, **changes: object) -> None:
        """Add a rule."""
        self.result.rules = {**self.result.rules, code: rule_info(code, name, **changes)}

    def file(self, path: str, data: bytes) -> bytes:
        """Add a file."""
        self.files[path] = data
        self.result.files = len(self.files)
        return data

    def at(self, path: str, what: bytes | tuple[int, int]) -> Location:
        """The place of the bytes ``what``, or of a span, in a file."""
        data = self.files[path]
        if isinstance(what, bytes):
            start = data.index(what)
            what = (start, start + len(what))
        return SourceFile(path, "unknown", data, None).location(what)

    def find(
        self, code: str, at: Location, message: str = "this is wrong", **more: object
    ) -> Finding:
        """Add a finding."""
        if code not in self.result.rules:
            self.rule(code, "wrong-thing")
        more.setdefault("anchor", "0f" * 8)
        finding = Finding(code, at, message, **more)
        self.result.findings.append(finding)
        return finding

    def waive(self, finding: Finding, waiver: Waiver) -> None:
        """Move a finding to the waived ones."""
        self.result.findings.remove(finding)
        self.result.waived.append(Waived(finding, waiver))

    def write(self, name: str, style: Style | None = None) -> str:
        """The report of the format ``name``."""
        out = io.StringIO()
        writer(name)(self.result, out, style or Style())
        return out.getvalue()


@pytest.fixture
def repo() -> Repository:
    """An empty repository."""
    return Repository()


@pytest.fixture(scope="session")
def new_repo() -> Callable[[], Repository]:
    """Makes empty repositories, for tests that need one for each example."""
    return Repository


@pytest.fixture
def services(repo: Repository) -> Repository:
    """A repository of one service, with three faults; docs/reports.md shows its reports."""
    repo.rule(
        "SEC104",
        "database-password",
        summary="A database password is written in a configuration file",
        sensitive=True,
        severity=Severity.ERROR,
    )
    repo.rule("DCS004", "missing-method-docstring", summary="A public method has no docstring")
    repo.rule(
        "TXT001",
        "missing-final-newline",
        summary="Text does not end with a newline",
        severity=Severity.INFO,
    )
    repo.rule("IMG003", "floating-tag", summary="The tag of a base image moves")
    repo.file(
        "services/billing/app.py",
        b'class Invoice:\n    """One bill."""\n\n'
        b"    def total(self) -> int:\n        return sum(self.lines)\n",
    )
    config = repo.file(
        "services/billing/config.yaml",
        b"database:\n  host: db.internal\n"
        b"  user: billing\n  password: correct-horse-battery\n  pool: 5",
    )
    repo.file("services/billing/Dockerfile", b"FROM python:latest\n")
    repo.find(
        "DCS004",
        repo.at("services/billing/app.py", b"def total(self) -> int:"),
        "method `total` has no docstring",
        related=[Related(repo.at("services/billing/app.py", b"class Invoice"), "in this class")],
    )
    secret = repo.at("services/billing/config.yaml", b"correct-horse-battery")
    repo.find(
        "SEC104",
        secret,
        "database password written in a configuration file",
        severity=Severity.ERROR,
        help="change the password, and let the environment give it",
        fix=Fix(
            "read it from the environment",
            [Edit(secret.start, secret.end, b"${DATABASE_PASSWORD}")],
            safe=False,
        ),
    )
    repo.find(
        "TXT001",
        repo.at("services/billing/config.yaml", (len(config), len(config))),
        "last line has no newline",
        severity=Severity.INFO,
        fix=Fix("add the newline", [Edit(len(config), len(config), b"\n")]),
    )
    tag = repo.find("IMG003", repo.at("services/billing/Dockerfile", b"latest"), "tag moves")
    repo.waive(tag, Waiver("inline", "services/billing/Dockerfile:1", "pinned by the mirror"))
    repo.result.notes = [
        Note("skipped", "assets/logo.bin: over 5 MiB", "scan.max-size"),
        Note("off", "STP stamp: no stamp found", "onex init"),
    ]
    return repo
