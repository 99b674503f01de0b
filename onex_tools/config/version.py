"""Whether this version of onex is one that a configuration asks for."""

from __future__ import annotations

import re

from onex_tools import __version__
from onex_tools.config.keys import BY_NAME

_VERSION = (
    r"(?P<numbers>[0-9]+(?:\.[0-9]+)*)(?:(?P<stage>a|b|rc)(?P<stage_number>[0-9]+))?"
    r"(?:\.post(?P<post>[0-9]+))?(?:\.dev(?P<dev>[0-9]+))?"
)
_CLAUSE = r"(==|>=|<=|~=|<|>) *([0-9a-z.]+)"
_STAGES = {"a": 0, "b": 1, "rc": 2}
_FINAL = 3
_Order = tuple[tuple[int, ...], int, int, int, float]


def check_version(wanted: str, running: str = __version__) -> str:
    """What is wrong with running ``running`` where ``wanted`` is asked for, or "".

    A malformed ``wanted`` is not judged here: the check of the key says what is allowed.
    """
    if not wanted or not re.search(BY_NAME["required-version"].pattern, wanted):
        return ""
    if all(
        _holds(operator, order(version), version, running)
        for operator, version in re.findall(_CLAUSE, wanted)
    ):
        return ""
    return f"this configuration asks for onex {wanted}; this is onex {running}"


def order(version: str) -> _Order:
    """A key that sorts versions as PEP 440 does; a local part is left out.

    Raises:
        ValueError: it is not such a version.
    """
    match = re.match(_VERSION, version)
    if match is None:
        raise ValueError(f"not a version: {version!r}")
    numbers = _numbers(match["numbers"])
    stage = _STAGES[match["stage"]] if match["stage"] else _FINAL
    post = int(match["post"]) + 1 if match["post"] else 0
    dev = float(match["dev"]) if match["dev"] else float("inf")
    if match["dev"] and not match["stage"] and not match["post"]:
        stage = -1
    return numbers, stage, int(match["stage_number"] or 0), post, dev


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [int(part) for part in text.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _holds(operator: str, wanted: _Order, version: str, running: str) -> bool:
    now = order(running)
    if operator == "==":
        return now == wanted
    if operator == ">=":
        return now >= wanted
    if operator == "<=":
        return now <= wanted
    if operator == ">":
        return now > wanted
    if operator == "<":
        return now < wanted
    match = re.match(_VERSION, version)
    assert match is not None
    kept = match["numbers"].split(".")[:-1]
    begun = [int(part) for part in _running_numbers(running)[: len(kept)]]
    begun += [0] * (len(kept) - len(begun))
    return now >= wanted and begun == [int(part) for part in kept]


def _running_numbers(version: str) -> list[str]:
    """The dotted numbers a version begins with, as text."""
    match = re.match(_VERSION, version)
    return match["numbers"].split(".") if match else []
