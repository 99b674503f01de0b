"""The sidecar: ``<file>.onex.yaml``, the full stamp of a file that cannot hold one and travels.

It is one block and nothing else: the markers are comments, the fields between them plain
``key: value`` lines, so that it is a stamp to us and a mapping of texts to any YAML loader.
``name`` is the name of the file it speaks for, which stands beside it, and ``hash`` that of all the
bytes of that file, made as a body's is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from onex_tools.stamp.block import CLOSED, V1, Block, Reading
from onex_tools.stamp.form import CLOSING, OPENING, SUFFIX

if TYPE_CHECKING:
    from onex_tools.stamp.render import NewField


def sidecar_of(path: str) -> str:
    """The path of the sidecar of the file at ``path``."""
    return path + SUFFIX


def file_of(path: str) -> str:
    """The path of the file that the sidecar at ``path`` speaks for."""
    return path.removesuffix(SUFFIX)


def is_sidecar(path: str, reading: Reading) -> bool:
    """Whether the file at ``path`` is a sidecar: by its name, and since it is one block alone.

    Its hash and its name are another file's, so what is said of stamps about their own file does
    not hold for it. No ordinary file is one: none that is empty below its block gets a stamp.
    """
    name = path.rpartition("/")[2]
    if not name.endswith(SUFFIX) or name == SUFFIX or len(reading.blocks) != 1:
        return False
    block = reading.blocks[0]
    alone = block.closed == CLOSED and not reading.body.strip()
    return alone and block.form == V1 and not reading.conflicted


def agrees(path: str, block: Block, hash_: str) -> bool:
    """Whether the sidecar at ``path`` is right: then it is not written.

    Args:
        path: where the sidecar is.
        block: its block.
        hash_: the hash of the file it speaks for.
    """
    name = file_of(path).rpartition("/")[2]
    return block.text("name") == name and block.text("hash") == hash_


def sidecar_bytes(path: str, hash_: str, fields: Iterable[NewField]) -> bytes:
    """The sidecar of the file at ``path``.

    Args:
        path: the file's path.
        hash_: ``body_hash`` of all its bytes, or ``hash_of_chunks`` of a large one.
        fields: what the stamp says, in order; ``name`` and ``hash`` are set here, and added as the
            first and the last where they are missing.
    """
    # Imported here: every check of a stamp asks what is a sidecar, and few runs write one.
    from onex_tools.stamp.comments import BARE
    from onex_tools.stamp.render import NewField, render
    from onex_tools.stamp.yaml_text import as_yaml

    own = {"name": path.rpartition("/")[2], "hash": hash_}
    rows = [NewField(f.key, own.pop(f.key)) if f.key in own else f for f in fields]
    if "name" in own:
        rows.insert(0, NewField("name", own["name"]))
    if "hash" in own:
        rows.append(NewField("hash", hash_))
    lines = render(rows, BARE).decode("ascii").split("\n")[1:-2]
    block = [f"# {OPENING}", *map(as_yaml, lines), f"# {CLOSING}", ""]
    return "\n".join(block).encode()
