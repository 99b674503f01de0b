"""The search for secrets over 40 MB of mixed text, against two finders of secrets."""

from __future__ import annotations

import subprocess
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench import django
from bench.corpus import commit
from bench.lab import Command, Lab, Row

TOOLS = ("kingfisher-bin", "detect-secrets")
KINGFISHER, DETECT_SECRETS = "kingfisher scan --no-validate", "detect-secrets scan --no-verify"
ANSIBLE = "12.3.0"
MEGABYTES = 40
SHARES = {
    "yaml": (".yml", ".yaml"),
    "data": (".json", ".toml", ".cfg", ".ini", ".xml", ".lock"),
    "text": (".md", ".rst", ".txt", ".html", ".po", ".js", ".css", ".ps1", ".sh"),
    "python": (".py",),
}
"""Kinds of files by their endings; each has at most a quarter of the tree, Python has the rest."""
HOOK = "django/conf/global_settings.py"
"""One file of some size, as a hook is given it."""


def run(lab: Lab) -> list[Row]:
    """A cold run over the whole tree, and one file."""
    folder = tree(lab)
    return [*lab.compare(folder, _cold(lab), 3, warmups=1), *lab.compare(folder, _hook(lab), 9)]


def tree(lab: Lab) -> Path:
    """Files of Django, of Ansible's collections and of Python's library, as a repository."""
    folder = lab.work / "secrets" / "tree"
    if not (folder / ".git" / "complete").exists():
        left = dict.fromkeys(SHARES, MEGABYTES * 1000000 // 4)
        written = 0
        for path, data in _files(lab):
            share = _share(path)
            room = MEGABYTES * 1_000_000 - written if share == "python" else left.get(share, 0)
            if len(data) > room or len(data) > 1_000_000:
                continue
            if share != "python":
                left[share] -= len(data)
            written += len(data)
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        commit(folder)
    return folder


def _share(path: str) -> str:
    ending = Path(path).suffix
    return next((name for name, endings in SHARES.items() if ending in endings), "")


def _files(lab: Lab) -> Iterator[tuple[str, bytes]]:
    """All files that may be taken, those of Python last: they fill what is left."""
    files = [*_of_folder(django.tree(lab), "django"), *_of_wheel(_ansible(lab))]
    files += _of_folder(Path(sysconfig.get_paths()["stdlib"]), "library")
    yield from sorted(files, key=lambda file: _share(file[0]) == "python")


def _of_folder(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if _share(path.name) and not {".git", "site-packages"} & {*inside.parts} and path.is_file():
            yield str(inside) if name == "django" else f"{name}/{inside}", path.read_bytes()


def _of_wheel(wheel: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if _share(name):
                yield name, archive.read(name)


def _ansible(lab: Lab) -> Path:
    place = lab.work / "secrets"
    if not any(place.glob("ansible-*.whl")):
        pip = [lab.python, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--dest", str(place), f"ansible=={ANSIBLE}"], check=True)
    return next(place.glob("ansible-*.whl"))


def _cold(lab: Lab) -> list[Command]:
    """Nobody remembers anything; kingfisher keeps its compiled rules, as it does by default."""
    ours = [lab.onex, "validate", "--select", "SEC", "--no-cache", "--quiet"]
    theirs = [lab.tool("kingfisher"), "scan", ".", "--no-validate", "--no-update-check"]
    theirs += ["--git-history", "none", "--format", "json"]
    plain = [lab.tool("detect-secrets"), "scan", "--all-files", "--no-verify"]
    exits = (0, 1)
    return [
        Command("`onex validate --select SEC`", ours, (KINGFISHER,), limit=2.0, exits=exits),
        Command("the same, one process", [*ours, "--jobs", "1"], (DETECT_SECRETS,), exits=exits),
        Command(KINGFISHER, theirs, exits=(0, 200, 205)),
        Command(DETECT_SECRETS, plain),
    ]


def _hook(lab: Lab) -> list[Command]:
    ours = [lab.onex, "validate", "--select", "SEC", "--no-cache", "--quiet", HOOK]
    hook = [lab.tool("detect-secrets-hook"), "--no-verify", HOOK]
    theirs = "detect-secrets-hook, one file"
    return [
        Command(
            "`onex validate --select SEC`, one file", ours, (theirs,), budget=0.06, exits=(0, 1)
        ),
        Command(theirs, hook, exits=(0, 1)),
    ]
