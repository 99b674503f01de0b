"""What the stamp tests share: files without an engine, and forged stamps of every dialect."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest
from blake3 import blake3

from onex_tools.api import Extractor, Finding, Location, Rule, SourceFile, TreeValidator
from onex_tools.declared import groups_of
from onex_tools.kinds import kind_of_head, kind_of_name

UUIDS = ("3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e", "A1B2C3D4-0000-4111-8222-933344445555")


class PlainServices:
    """The hasher and the Python parser, as an engine hands them to a file."""

    def digest(self, data: bytes) -> str:
        return blake3(data).hexdigest()

    def comments(self, _: str) -> None:
        return None

    def parse(self, language: str, file: SourceFile) -> Any:
        return {"python": ast.parse}[language](file.data)


def make_source(path: str, data: str | bytes) -> SourceFile:
    """A source file of the kind that its name or shebang says."""
    raw = data.encode() if isinstance(data, str) else data
    kind = kind_of_name(path.rpartition("/")[2])
    return SourceFile(path, kind_of_head(raw) if kind == "unknown" else kind, raw, PlainServices())


class PlainTree:
    """A tree of files in memory."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = {path: make_source(path, data) for path, data in files.items()}

    def facts(self, extractor: type[Extractor]) -> dict[str, Any]:
        found = {path: extractor().extract(file) for path, file in self.files.items()}
        return {path: fact for path, fact in found.items() if fact is not None}

    def finding(self, rule: Rule, path: str, where: Location, message: str, **more: Any) -> Finding:
        return Finding(rule.code, where._replace(path=path), message, rule.severity, **more)


def run_rule(
    rule: type[Rule], files: Mapping[str, str | bytes], settings: Mapping[str, Any]
) -> list[Finding]:
    """The findings of ``rule``; a file rule sees the first of ``files`` if it wants its kind."""
    options = rule.settings(**settings) if rule.settings else None
    made: Any = rule(options)
    if issubclass(rule, TreeValidator):
        return list(made.check(PlainTree(files)))
    path, data = next(iter(files.items()))
    file = make_source(path, data)
    kinds = {*made.kinds}.union(*(groups_of({}).get(word, ()) for word in made.kinds))
    wanted = file.kind in kinds or path.endswith(".onexignore")
    return list(made.check(file)) if wanted else []


@pytest.fixture
def source() -> Callable[[str, str | bytes], SourceFile]:
    return make_source


@pytest.fixture
def check() -> Callable[..., list[Finding]]:
    def run(rule: type[Rule], path: str, data: str | bytes, **settings: Any) -> list[Finding]:
        return run_rule(rule, {path: data}, settings)

    return run


@pytest.fixture
def check_tree() -> Callable[..., list[Finding]]:
    def run(rule: type[Rule], files: Mapping[str, str | bytes], **settings: Any) -> list[Finding]:
        return run_rule(rule, files, settings)

    return run


@dataclass(frozen=True)
class Dialect:
    """One way that a tool once wrote its block: the lines around a field, and the fields."""

    suffix: str
    opener: str
    line: str
    closer: str
    layout: str
    order: str = "entry"
    quoted: bool = False
    entry: tuple[str, ...] = ("entrypoint: python@{name}",)
    extra: tuple[str, ...] = ()
    gap: str = ""
    closed: str = "closed"
    faults: tuple[str, ...] = ()
    hashed: bool = True

    def render(self, name: str, sha: str, modified: str) -> str:
        """The block, without a line break at its end."""
        fields = [
            "metadata_version: 0.1.0",
            f"name: {name}",
            f"uuid: {UUIDS[0]}",
            f"last_modified_at: {modified}",
            *([f"hash: {sha}"] if self.hashed else []),
            *(entry.format(name=name) for entry in self.entry),
            "runtime_language_hint: python>=3.11",
            f"namespace: acme.stamped.{name.partition('.')[0]}",
            *self.extra,
        ]
        if self.order == "alphabet":
            fields.sort()
        lines = [self.line.format(field) for field in fields]
        return "\n".join([self.opener, *lines, *([self.gap] if self.gap else []), self.closer])


_HASH = Dialect(
    ".py",
    "# === OmniNode:Metadata ===",
    "# {}",
    "# === /OmniNode:Metadata ===",
    "hash",
)
_XML = Dialect(
    ".md",
    "<!-- === OmniNode:Metadata ===",
    "{}",
    "<!-- === /OmniNode:Metadata === -->",
    "xml",
)
_REPR = ("entrypoint: {{'type': 'python', 'target': '{name}'}}",)
DIALECTS = {
    "ignore-dict-repr": replace(_HASH, suffix=".onexignore", entry=_REPR),
    "markdown-lines": replace(_XML, line="<!-- {} -->", layout="xml-lines", entry=_REPR),
    "markdown-visible-close": replace(
        _XML,
        line="<!-- {} -->",
        layout="xml-lines",
        closer="=== /OmniNode:Metadata === -->",
        closed="visible",
        extra=("description: Stamped file: it.md",),
        faults=("ambiguous-value", "visible-close"),
    ),
    "markdown-plain": _XML,
    "markdown-plain-alphabet": replace(_XML, order="alphabet", quoted=True, gap="\n"),
    "markdown-one-comment": replace(_XML, closer="=== /OmniNode:Metadata === -->"),
    "python-alphabet-uri": replace(
        _HASH, order="alphabet", quoted=True, entry=("entrypoint: python://{name}", "tools: null")
    ),
    "python-entry-at": _HASH,
    "python-quoted-lists": replace(
        _HASH,
        hashed=False,
        entry=('entrypoint: "{name}"', "base_class:", "  - '[]'", "mock_safe: true"),
    ),
    "python-broken-list": replace(
        _HASH,
        entry=("protocols_supported:", '  - "["v0.1"]"'),
        faults=("ambiguous-value",),
    ),
    "python-dict-repr": replace(_HASH, entry=_REPR),
    "python-nested-nulls": replace(
        _HASH,
        quoted=True,
        entry=("entrypoint:", "  type: python", "  target: {name}"),
        extra=("tags: null", "x_extensions: {}", "compliance_profiles: []"),
    ),
    "python-tool-metadata": replace(
        _HASH,
        opener="# === OmniNode:Tool_Metadata ===",
        closer="# === /OmniNode:Tool_Metadata ===",
        hashed=False,
    ),
    "python-test-metadata": replace(
        _HASH,
        opener="# === OmniNode:Test_Metadata ===",
        closer="# === /OmniNode:Test_Metadata ===",
    ),
    "yaml-plain-between-hashes": replace(_HASH, suffix=".yaml", line="{}", layout="hash-bare"),
    "yaml-lines": replace(_HASH, suffix=".yaml", entry=_REPR),
    "slashes": replace(
        _HASH,
        suffix=".js",
        opener="// === OmniNode:Metadata ===",
        line="// {}",
        closer="// === /OmniNode:Metadata ===",
        layout="slashes",
    ),
    "dashes": replace(
        _HASH,
        suffix=".sql",
        opener="-- === OmniNode:Metadata ===",
        line="-- {}",
        closer="-- === /OmniNode:Metadata ===",
        layout="dashes",
    ),
    "c-comment": replace(
        _HASH,
        suffix=".ts",
        opener="/* === OmniNode:Tool_Metadata ===",
        line="{}",
        closer="=== /OmniNode:Tool_Metadata === */",
        layout="c",
    ),
    "bare": replace(
        _HASH,
        suffix=".tree",
        opener="=== OmniNode:Metadata ===",
        line="{}",
        closer="=== /OmniNode:Metadata ===",
        layout="bare",
    ),
    "python-opener-as-closer": replace(
        _HASH,
        closer="# === OmniNode:Metadata ===",
        closed="opener",
        faults=("opener-as-closer",),
    ),
    "markdown-opener-as-closer": replace(
        _XML,
        opener="<!-- === OmniNode:Metadata === -->",
        line="<!-- {} -->",
        closer="<!-- === OmniNode:Metadata === -->",
        layout="xml-lines",
        closed="opener",
        faults=("opener-as-closer",),
    ),
}
HASHED = sorted(name for name, dialect in DIALECTS.items() if dialect.hashed)
RULES = [
    (era, quotes, newlines, tail)
    for era, quotes, newlines in product(("late", "early"), ("bare", "quoted"), (1, 2, 3, 4))
    for tail in ("newline", "trimmed", *(("as-is",) if era == "early" else ()))
]
"""Every published way to compute a legacy hash."""

MODIFIED = "2025-05-20T16:42:46.060570"


def legacy_sha(dialect: Dialect, name: str, body: str, rule: tuple[str, str, int, str]) -> str:
    """The hash that an old tool would have written: it rendered the block with placeholders."""
    era, quotes, newlines, tail = rule
    quote = "'" if quotes == "quoted" else ""
    modified = f"'{MODIFIED}'" if dialect.quoted else MODIFIED
    if era == "late":
        modified = f"{quote}1970-01-01T00:00:00Z{quote}"
    text = dialect.render(name, f"{quote}{'0' * 64}{quote}", modified)
    rest = body.replace("\r\n", "\n").lstrip("\n")
    if tail != "as-is":
        rest = rest.rstrip() + ("\n" if tail == "newline" else "")
    return hashlib.sha256((text + "\n" * newlines + rest).encode()).hexdigest()


class Forge:
    """Makes stamped files the way that old tools did, and the way that the format says."""

    dialects = DIALECTS
    rules = RULES

    def legacy(
        self, dialect: str, body: str, rule: tuple[str, str, int, str] = RULES[0], gap: int = 2
    ) -> tuple[str, str]:
        """A name and a file's text in ``dialect``, its hash right by ``rule``."""
        style = DIALECTS[dialect]
        name = style.suffix if style.suffix == ".onexignore" else f"loader{style.suffix}"
        sha = legacy_sha(style, name, body, rule)
        modified = f"'{MODIFIED}'" if style.quoted else MODIFIED
        return name, style.render(name, sha, modified) + "\n" * gap + body

    def stack(self, depth: int, body: str) -> str:
        """A Markdown page with ``depth`` legacy blocks above ``body``, their hashes right."""
        text = body
        for _ in range(depth):
            _, text = self.legacy("markdown-lines", text)
        return text

    def right_rules(self, dialect: str, body: str, rule: tuple[str, str, int, str]) -> set[str]:
        """The names of all rules that give the same hash as ``rule``: some coincide on a body."""
        style = DIALECTS[dialect]
        name = style.suffix if style.suffix == ".onexignore" else f"loader{style.suffix}"
        wanted = legacy_sha(style, name, body, rule)
        return {
            "/".join(map(str, other))
            for other in RULES
            if legacy_sha(style, name, body, other) == wanted
        }

    def stamped(self, body: bytes, lines: Iterable[str] = (), name: str = "loader.py") -> bytes:
        """A Python file with a canonical block above ``body``, hashed as the format says."""
        text = body.removeprefix(b"\xef\xbb\xbf")
        plain = b"\0" not in body[:8000] and body[:2] not in (b"\xff\xfe", b"\xfe\xff")
        plain = plain and body[:4] != b"\0\0\xfe\xff"
        hashed = text.replace(b"\r\n", b"\n") if plain else body
        fields = [f"name: {name}", f"uuid: {UUIDS[0]}", *lines]
        fields.append(f"hash: b3-v1:{blake3(hashed).hexdigest()}")
        block = "".join(f"# {field}\n" for field in fields)
        head = f"# === OmniNode:Metadata ===\n{block}# === /OmniNode:Metadata ===\n"
        return head.encode() + b"\n" + body


@pytest.fixture(scope="session")
def forge() -> Forge:
    return Forge()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give tests that ask for ``dialect`` all of them, and ``hashed_dialect`` those with a hash."""
    if "dialect" in metafunc.fixturenames:
        metafunc.parametrize("dialect", sorted(DIALECTS))
    if "hashed_dialect" in metafunc.fixturenames:
        metafunc.parametrize("hashed_dialect", HASHED)
