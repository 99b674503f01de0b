"""The entry points of installed distributions, read from their files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator


def entry_points(group: str, avoid: str) -> Iterator[tuple[str, str]]:
    """Name and module of every installed entry point in ``group``; none from below ``avoid``.

    Read from the files: importing importlib.metadata costs more than a whole warm run.
    """
    prefixes = tuple({sys.prefix, sys.exec_prefix, sys.base_prefix, os.path.expanduser("~/.local")})
    for folder in dict.fromkeys(sys.path):
        inside = os.path.abspath(folder).startswith(prefixes)
        if not folder or (not inside and os.path.abspath(folder).startswith(avoid)):
            continue
        try:
            names = [
                name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))
            ]
        except OSError:
            continue
        for name in sorted(names):
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), encoding="utf-8") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                continue
            yield from _points_in(text, group)


def _points_in(text: str, group: str) -> Iterator[tuple[str, str]]:
    section = ""
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == group and "=" in line:
            name, _, value = line.partition("=")
            yield name.strip(), value.strip().partition(":")[0]
