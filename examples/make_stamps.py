"""Writes the hash of every stamp in sample-repo that is meant to be right, after an edit.

    .venv/bin/python examples/make_stamps.py [FOLDER]

It follows the published rules by itself and imports nothing of onex, so the sample's stamps are
right for another reason than that onex says so. The stamps in WRONG are left as they are.
"""

import hashlib
import re
import sys
from pathlib import Path

from blake3 import blake3

WRONG = (
    "containers/embedder/src/embedder/core/pooling.py",  # never closed
    "docs/models.md",  # edited since
    "manifests/hardware.yaml",  # edited since
    "scripts/check_ports.py",  # placeholder
)
MARK = "=== OmniNode:Metadata ==="
BLOCK = re.compile(
    rb"^(?:# |<!-- )=== OmniNode:Metadata ===.*?=== /OmniNode:Metadata ===(?: -->)?\n",
    re.DOTALL | re.MULTILINE,
)
HASH = re.compile(rb"^((?:# |<!-- )?hash: )(.*?)((?: -->)?)$", re.MULTILINE)
CHANGED = re.compile(rb"^((?:# |<!-- )?last_modified_at: )(.*?)((?: -->)?)$", re.MULTILINE)


def main(root: Path) -> None:
    """Write the hashes below ``root``; a file whose hashes are right is not written."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if MARK.encode() in data and path.relative_to(root).as_posix() not in WRONG:
            hashed = with_hashes(data)
            if hashed != data:
                path.write_bytes(hashed)
                print(path.relative_to(root))


def with_hashes(data: bytes) -> bytes:
    """``data`` with the hash of each block; the lowest first, since those above cover it."""
    for block in reversed(list(BLOCK.finditer(data))):
        before, text, after = data[: block.start()], block[0], data[block.end() :]
        if b"hash: b3-v1:" in text:
            body = before + after.lstrip(b"\n")
            value = b"b3-v1:" + blake3(body).hexdigest().encode()
        else:
            value = legacy_hash(text, after)
        data = before + HASH.sub(rb"\g<1>" + value + rb"\g<3>", text, count=1) + after
    return data


def legacy_hash(block: bytes, after: bytes) -> bytes:
    """The SHA-256 that the tools of 2025 wrote, for one block and what stands below it."""
    quote = b"'" if b"created_at: '" in block else b""  # then its placeholders were quoted too
    zeros = quote + b"0" * 64 + quote
    text = HASH.sub(rb"\g<1>" + zeros + rb"\g<3>", block, count=1)
    if b"created_at: 2025-05-19" not in block:  # the tool of that day kept the date
        epoch = quote + b"1970-01-01T00:00:00Z" + quote
        text = CHANGED.sub(rb"\g<1>" + epoch + rb"\g<3>", text, count=1)
    blank = len(after) - len(after.lstrip(b"\n"))
    rest = b"\n" * (1 + blank) + after.strip() + b"\n"
    return hashlib.sha256(text.rstrip(b"\n") + rest).hexdigest().encode()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent / "sample-repo")
