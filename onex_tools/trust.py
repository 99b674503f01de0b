"""Which rule files of a repository may run: the user's own word, kept outside the repository."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from onex_tools.cache import digest
from onex_tools.globs import matches

MAX_FILES = 200


class NoHome(OSError):
    """There is no place of the user's own to keep the records in."""

    message = "there is no home folder to keep trust in"
    help = "set ONEX_TRUST_FILE"


def store_path() -> str:
    """Where the trust records are: ``ONEX_TRUST_FILE``, else the user's configuration folder.

    Raises:
        NoHome: the user has none; a relative path would let the checked folder trust itself.
    """
    chosen = os.environ.get("ONEX_TRUST_FILE")
    if chosen:
        return os.path.abspath(chosen)
    base = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(base):
        base = os.path.expanduser("~/.config")
    if not os.path.isabs(base):
        raise NoHome
    return os.path.join(base, "onex", "trust.json")


def rule_files(root: str, patterns: Sequence[str]) -> list[str]:
    """The Python files below ``root`` that ``patterns`` name, relative, sorted; links left out."""
    found: list[str] = []
    inside = os.path.join(os.path.realpath(root), "")
    for pattern in patterns:
        folder = pattern.split("*")[0].rpartition("/")[0]
        base = os.path.join(root, folder)
        if os.path.islink(base) or not os.path.join(os.path.realpath(base), "").startswith(inside):
            continue
        for entry in sorted(os.listdir(base)) if os.path.isdir(base) else ():
            path = f"{folder}/{entry}" if folder else entry
            plain = os.path.isfile(os.path.join(root, path)) and not os.path.islink(
                os.path.join(root, path)
            )
            if plain and entry.endswith(".py") and matches([pattern], path):
                found.append(path)
    return sorted(set(found))[:MAX_FILES]


def _records() -> dict[str, str]:
    try:
        with open(store_path(), encoding="utf-8") as stream:
            records = json.load(stream)
    except (OSError, ValueError):
        return {}
    return records if isinstance(records, dict) else {}


def _key(root: str, path: str) -> str:
    return f"{os.path.realpath(root)}\0{path}"


def _content(root: str, path: str) -> str:
    with open(os.path.join(root, path), "rb") as stream:
        return digest(stream.read())


def is_trusted(root: str, path: str) -> bool:
    """Whether the user trusts exactly these bytes at this place."""
    try:
        return _records().get(_key(root, path)) == _content(root, path)
    except OSError:
        return False


def record(root: str, paths: Sequence[str], *, trusted: bool) -> None:
    """Keep, or with ``trusted=False`` take back, the user's word for ``paths``.

    Raises:
        OSError: a file cannot be read, or the record cannot be written.
    """
    records = _records()
    for path in paths:
        if trusted:
            records[_key(root, path)] = _content(root, path)
        else:
            records.pop(_key(root, path), None)
    target = store_path()
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
    draft = f"{target}.{os.getpid()}.partial"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(records, stream, indent=1, sort_keys=True)
    os.replace(draft, target)
