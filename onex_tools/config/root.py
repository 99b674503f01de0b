"""Where the root is: the folder whose configuration holds for everything below it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onex_tools.config.document import NAMES, Document, read_document
from onex_tools.config.problem import ConfigError


class Root(NamedTuple):
    """The root's absolute path, and what makes it the root.

    ``why`` is ``config`` (it says ``root = true``), ``git``, ``topmost`` (no folder above it has a
    configuration) or ``start`` (there is neither a repository nor a configuration).
    """

    path: str
    why: str


def find_root(start: str, environ: Mapping[str, str]) -> Root:
    """The root that the folder ``start`` belongs to.

    The nearest folder upwards with a configuration that says ``root = true`` or with ``.git``,
    else the topmost one with a configuration, else ``start``. As git does, the search stops below
    the folders in ``GIT_CEILING_DIRECTORIES``.
    """
    start = os.path.abspath(start)
    topmost = ""
    for folder in _upwards(start, environ):
        if os.path.lexists(os.path.join(folder, ".git")):
            return Root(folder, "git")
        documents = _documents(folder)
        if any(document.table.get("root") is True for document in documents):
            return Root(folder, "config")
        if documents:
            topmost = folder
    return Root(topmost, "topmost") if topmost else Root(start, "start")


def _upwards(start: str, environ: Mapping[str, str]) -> Iterator[str]:
    listed = environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    ceilings = {os.path.abspath(folder) for folder in listed if os.path.isabs(folder)}
    folder = start
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder or parent in ceilings:
            return
        folder = parent


def _documents(folder: str) -> list[Document]:
    """What can be read of the folder's configuration; ``load`` says what is wrong with the rest."""
    found = []
    for name in NAMES:
        try:
            document = read_document(folder, name, folder, name)
        except ConfigError:
            continue
        if document is not None and document.table:
            found.append(document)
    return found


def configs_towards(root: str, path: str) -> list[str]:
    """The configuration files that can hold for ``path`` (relative to ``root``), nearest last.

    For a run on named files, which lists nothing: only the folders above ``path`` are looked at.
    """
    found = []
    parts = path.split("/")[:-1]
    for depth in range(1, len(parts) + 1):
        folder = "/".join(parts[:depth])
        for name in NAMES:
            if os.path.lexists(os.path.join(root, folder, name)):
                found.append(f"{folder}/{name}")
    return found
