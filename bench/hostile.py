"""The search for secrets in one file that is made to break it."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.corpus import commit
from bench.lab import Command, Lab, Row
from bench.secrets import KINGFISHER

TOOLS = ("kingfisher-bin",)
OWN = ("ahocorasick_rs",)
SIZE = 5_000_000
"""Bytes of most of the files: larger ones are told, and not read."""


def run(lab: Lab) -> list[Row]:
    """Each file by itself, by both programs."""
    rows: list[Row] = []
    for number, (title, name, text) in enumerate(FILES):
        folder = lab.work / "hostile" / str(number)
        if not (folder / ".git" / "complete").exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text())
            commit(folder)
        rows += lab.compare(folder, _commands(lab, title), 3, warmups=1)
    return rows


def _commands(lab: Lab, title: str) -> list[Command]:
    ours = [lab.onex, "validate", "--select", "SEC", "--quiet", "--no-cache", "--jobs", "1"]
    theirs = [lab.tool("kingfisher"), "scan", ".", "--no-validate", "--no-update-check"]
    theirs += ["--git-history", "none", "--format", "json"]
    base = f"{title}: {KINGFISHER}"
    return [
        Command(title, ours, (base,), exits=(0, 1, 2)),
        Command(base, theirs, exits=(0, 200, 205)),
    ]


def _line(size: int) -> bytes:
    return b"text: " + b"a word and another " * (size // 19) + b"password: unknown\n"


def _binary() -> bytes:
    return random.Random("binary").randbytes(SIZE)


def _brackets() -> bytes:
    return b'{"token":[' * (SIZE // 10)


def _nested() -> bytes:
    return b"".join(b" " * level + b"token%d:\n" % level for level in range(3100))


def _aliases() -> bytes:
    lines = [b"a0: &a0 {password: x}\n"]
    for level in range(1, 60):
        lines.append(b"a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 9)))
    return b"".join(lines)


def _encodings() -> bytes:
    chance = random.Random("encodings")
    text = "password: unknown, ключ: ü\n"
    forms = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "koi8-u")
    lines = (text.encode(chance.choice(forms), "replace") for _ in range(SIZE // 60))
    return b"\xff\xfe" + b"".join(lines)


def _names() -> bytes:
    return b"".join(b"- name: token%d\n  value: {{ x }}\n" % at for at in range(SIZE // 36))


def _quotes() -> bytes:
    return b"password: \"x' y\n" * (SIZE // 16)


FILES: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("one line of 64 MB", "a.yaml", lambda: _line(64_000_000)),
    ("one line of 5 MB", "a.yaml", lambda: _line(SIZE)),
    ("random bytes", "a.yaml", _binary),
    ("500,000 open brackets", "a.json", _brackets),
    ("3,100 levels", "a.yaml", _nested),
    ("aliases of aliases", "a.yaml", _aliases),
    ("five encodings in turn", "a.yaml", _encodings),
    ("names beside values", "a.yaml", _names),
    ("quotes that never close", "a.yaml", _quotes),
)
"""What it is, its name, and what makes its bytes."""
