"""Which releases of the tools are installed, told from the names of folders, without an import."""

from __future__ import annotations

import os
import sys

NEEDED = ("black", "flake8", "isort", "libcst")
"""What the extra ``format`` installs."""
INSTALL = "type: pip install 'onex[format]' (in a checkout of onex: pip install '.[format]')"
"""What to do where one is missing."""


class MissingTools(Exception):
    """Tools are not installed; ``help`` has the command to type."""

    def __init__(self, names: list[str]) -> None:
        self.message = f"onex format needs {' and '.join(names)}, which Python does not find"
        self.help = INSTALL
        super().__init__(self.message)


def installed() -> dict[str, str]:
    """The name of the metadata folder of each tool, which has its release.

    Raises:
        MissingTools: one is not installed.
    """
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder) if folder else []
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                found.setdefault(name.partition("-")[0].lower(), name)
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise MissingTools(missing)
    return {name: found[name] for name in NEEDED}
