"""Judge the hash of every block of a file: right, wrong, missing, or a placeholder."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeVar

from onex_tools.stamp.block import V1, Block, Reading
from onex_tools.stamp.hashing import body_hash
from onex_tools.stamp.legacy import verify_legacy
from onex_tools.stamp.reader import Readable, reading, without

T = TypeVar("T")

RIGHT = "right"
WRONG = "wrong"
MISSING = "missing"
PLACEHOLDER = "placeholder"

_DIGEST = re.compile(r"(?:b3-\S*|[0-9a-fA-F]{16,})")
_ZEROS = re.compile(r"(?:b3-v1:)?0+")


class Verdict(NamedTuple):
    """A block and the state of its hash: ``right``, ``wrong``, ``missing`` or ``placeholder``.

    ``rule`` says how a right hash was verified: ``b3-v1``, or the name of a legacy rule.
    """

    block: Block
    state: str
    rule: str = ""


class Shared(Readable, Protocol):
    """What a source file offers that judging needs."""

    def shared(self, compute: Callable[[Any], T]) -> T:
        """``compute`` on the file, once."""


class Placed(Shared, Protocol):
    """A source file that knows its path."""

    path: str


def verdicts(file: Shared) -> tuple[Verdict, ...]:
    """``judge`` on a source file; for ``file.shared``, so that no hash is computed twice."""
    return judge(file.data, file.shared(reading))


def judge(data: bytes, read: Reading) -> tuple[Verdict, ...]:
    """The verdict on each settled block of a file, in the order of the file."""
    return tuple(_judge_block(data, read, block) for block in read.settled)


def _judge_block(data: bytes, read: Reading, block: Block) -> Verdict:
    value = block.text("hash")
    if value in ("", "null", "~"):
        return Verdict(block, MISSING)
    if _ZEROS.fullmatch(value) or not _DIGEST.fullmatch(value):
        return Verdict(block, PLACEHOLDER)
    if block.form == V1:
        right = verify(data, read, block)
        return Verdict(block, RIGHT, "b3-v1") if right else Verdict(block, WRONG)
    rule = verify_legacy(data, block)
    return Verdict(block, RIGHT, rule) if rule else Verdict(block, WRONG)


def verify(data: bytes, read: Reading, block: Block) -> bool:
    """Whether the hash of a v1 block is that of the body.

    An older tool may have put its own block above ours, or ours may stand above an old one, so
    the blocks below ours count as body if the hash says so.
    """
    value = block.text("hash")
    if value == body_hash(read.body):
        return True
    above = read.blocks[: read.blocks.index(block) + 1]
    return len(above) < len(read.blocks) and value == body_hash(without(data, above))
