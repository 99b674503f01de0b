"""The search for secrets over 40 MB of mixed text, against two finders of secrets."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench import django
from bench.corpus import commit
from bench.lab import Command, Lab, Row

TOOLS = ("kingfisher-bin", "detect-secrets")
OWN = ("ahocorasick_rs",)
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
    hook = lab.compare(folder, _hook(lab), 9)
    cold = lab.compare(folder, _cold(lab), 5)
    slow = lab.compare(folder, _slow(lab), 1, warmups=0)  # theirs takes five minutes
    return [*cold, *slow, *hook]


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
    """Nobody remembers a file; both keep what they prepared of their rules, by default."""
    theirs = [lab.tool("kingfisher"), "scan", ".", "--no-validate", "--no-update-check"]
    theirs += ["--git-history", "none", "--format", "json"]
    return [
        _ours(lab, "`onex validate --select SEC`", KINGFISHER, limit=2.0),
        _ours(lab, "the same, one process", KINGFISHER, "--jobs", "1"),
        Command(KINGFISHER, theirs, exits=(0, 200, 205)),
    ]


def _slow(lab: Lab) -> list[Command]:
    plain = [lab.tool("detect-secrets"), "scan", "--all-files", "--no-verify"]
    name = "`onex validate --select SEC`, against detect-secrets"
    return [_ours(lab, name, DETECT_SECRETS, limit=1 / 20), Command(DETECT_SECRETS, plain)]


def _ours(lab: Lab, name: str, base: str, *options: str, limit: float = 0.0) -> Command:
    def forget() -> None:
        """Forget all results; what is known of the rules themselves stays."""
        for folder in (lab.work / "onex-cache").iterdir():
            if folder.name != "catalogues" and folder.is_dir():
                shutil.rmtree(folder)

    words = [lab.onex, "validate", "--select", "SEC", "--quiet", *options]
    return Command(name, words, (base,), limit=limit, exits=(0, 1), before=forget)


def _hook(lab: Lab) -> list[Command]:
    ours = [lab.onex, "validate", "--select", "SEC", "--quiet", HOOK]
    hook = [lab.tool("detect-secrets-hook"), "--no-verify", HOOK]
    theirs = "detect-secrets-hook, one file"
    return [
        Command(
            "`onex validate --select SEC`, one file", ours, (theirs,), budget=0.06, exits=(0, 1)
        ),
        Command(theirs, hook, exits=(0, 1)),
    ]
