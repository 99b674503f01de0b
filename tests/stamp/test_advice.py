"""What the STP rules tell people to do: it is there, it is possible today, and it helps."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from onex_tools.api import Rule, Severity, TreeValidator, rules_in
from onex_tools.cli.commands import COMMANDS
from onex_tools.stamp import NOT_KEPT, recogniser
from onex_tools.trial import load_plugin, try_rules
from onex_validators import stamp_form
from onex_validators.stamp_form import (
    MalformedBlock,
    MisplacedBlock,
    StackedBlocks,
    UnclosedBlock,
)
from onex_validators.stamp_hash import PlaceholderLeft, StaleHash
from onex_validators.stamp_identity import WrongName

RULES: list[Any] = [
    rule
    for rule in rules_in("onex_validators")
    if issubclass(rule, Rule) and rule.code.startswith("STP")
]
BODY = "x = 1\n"
NO_HASH = dict.fromkeys(("STP004", "STP009"), Severity.INFO)
"""What is found in a legacy stamp without a hash that is right otherwise."""


def _worst(check: Any, path: str, text: str) -> dict[str, Severity]:
    """The severity of each rule that finds something."""
    return {
        rule.code: max(finding.severity for finding in found)
        for rule in RULES
        if not issubclass(rule, TreeValidator) and (found := check(rule, path, text))
    }


def _fixed(finding: Any, text: str) -> str:
    """``text`` after the fix that ``finding`` offers."""
    data = text.encode()
    for edit in reversed(finding.fix.edits):
        data = data[: edit.start] + edit.replacement + data[edit.end :]
    return data.decode()


def test_stack_becomes_one_stamp_with_the_oldest_identity(check: Any, forge: Any) -> None:
    text = forge.stack(3, BODY)
    oldest = "11111111-2222-4333-8444-555555555555"
    head, _, tail = text.rpartition("uuid: ")
    text = f"{head}uuid: {oldest}{tail[36:]}"
    (stack,) = check(StackedBlocks, "loader.md", text)
    assert stack.help.startswith("`onex stamp --migrate` makes one of them")
    assert not stack.fix.safe
    fixed = _fixed(stack, text)
    assert fixed.count("=== OmniNode:Metadata ===") == 1
    assert f"uuid: {oldest}\n" in fixed
    assert fixed.endswith(f"=== /OmniNode:Metadata === -->\n\n{BODY}")
    assert _worst(check, "loader.md", fixed) == {}


def test_stack_with_a_canonical_stamp_becomes_one(check: Any, forge: Any) -> None:
    _, above = forge.legacy("python-entry-at", forge.stamped(b"x = 1\n").decode())
    below = forge.stamped(forge.legacy("python-entry-at", BODY)[1].encode()).decode()
    for text in (above, below):
        (stack,) = check(StackedBlocks, "loader.py", text)
        fixed = _fixed(stack, text)
        assert _worst(check, "loader.py", fixed) == {}
        assert fixed.endswith(f"=== /OmniNode:Metadata ===\n\n{BODY}")
    twice = forge.stamped(forge.stamped(b"x = 1\n")).decode()
    (stack,) = check(StackedBlocks, "loader.py", twice)
    assert stack.help.startswith("`onex stamp` makes one of them")
    assert stack.fix.safe
    assert _fixed(stack, twice) == forge.stamped(b"x = 1\n").decode()


def test_finding_that_leaves_no_doubt_brings_a_fix_and_others_none(check: Any, forge: Any) -> None:
    right = forge.stamped(b"x = 1\n").decode()
    for wrong in (right.replace("x = 1", "x = 2"), right.replace("loader.py", "reader.py")):
        (finding,) = [f for rule in (StaleHash, WrongName) for f in check(rule, "loader.py", wrong)]
        assert _worst(check, "loader.py", _fixed(finding, wrong)) == {}
    unclosed = right.replace("# === /", "# ==== /")
    for rule in (UnclosedBlock, MalformedBlock):
        assert all(finding.fix is None for finding in check(rule, "loader.py", unclosed))
    twice = right.replace("# name", "# name: other.py\n# name")
    assert [f.fix for f in check(MalformedBlock, "loader.py", twice)] == [None]


def _with_hash(block: str, rest: str) -> str:
    """``block`` above ``rest``, its hash of zeros replaced by the one that an old tool wrote."""
    modified = re.sub(r"(last_modified_at:) \S+", r"\1 1970-01-01T00:00:00Z", block)
    sha = hashlib.sha256(f"{modified}\n{rest}".encode()).hexdigest()
    return block.replace("0" * 64, sha) + "\n" + rest


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [(MalformedBlock, "# uuid", "# words\n# uuid"), (WrongName, "name: loader.py", "name: a.py")],
)
def test_mended_legacy_stamp_loses_its_hash(
    check: Any, forge: Any, rule: Any, right: str, wrong: str
) -> None:
    block = forge.dialects["python-entry-at"].render("loader.py", "0" * 64, "2025-05-20")
    (finding,) = check(rule, "loader.py", _with_hash(block.replace(right, wrong), BODY))
    assert finding.help.endswith(NOT_KEPT)
    unhashed = block.replace(f"# hash: {'0' * 64}\n", "") + "\n" + BODY
    assert _worst(check, "loader.py", unhashed) == NO_HASH
    assert "STP003" in _worst(check, "loader.py", _with_hash(block, BODY).replace("acme", "acne"))


def test_moved_legacy_stamp_loses_its_hash(check: Any, forge: Any) -> None:
    block = forge.dialects["python-entry-at"].render("loader.py", "0" * 64, "2025-05-20")
    hashed = _with_hash(block, f"#!/bin/sh\n{BODY}")
    (finding,) = check(MisplacedBlock, "loader.py", hashed)
    assert finding.help.endswith(NOT_KEPT)
    moved = f"#!/bin/sh\n{hashed.replace(chr(10) + '#!/bin/sh', '')}"
    assert set(_worst(check, "loader.py", moved)) == {"STP003", "STP004"}
    unhashed = re.sub(r"# hash: \w+\n", "", moved)
    assert _worst(check, "loader.py", unhashed) == NO_HASH
    canonical = forge.stamped(b"#!/bin/sh\nx = 1\n")
    (finding,) = check(MisplacedBlock, "loader.py", canonical)
    assert finding.help == "move the stamp below the shebang"


def test_stamp_written_by_hand_is_finished_by_what_the_finding_says(check: Any) -> None:
    """What the page on stamps tells people to do until stamps are written for them."""
    lines = [
        "=== OmniNode:Metadata ===",
        "name: a.py",
        "uuid: 3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e",
        "hash: b3-v1:" + "0" * 64,
        "=== /OmniNode:Metadata ===",
    ]
    text = "".join(f"# {line}\n" for line in lines) + "\nx = 1\n"
    (finding,) = check(PlaceholderLeft, "a.py", text)
    written = text.replace("b3-v1:" + "0" * 64, finding.help.rpartition(" ")[2])
    assert written != text
    assert _worst(check, "a.py", written) == {}


@pytest.mark.parametrize("rule", RULES)
def test_every_finding_says_what_to_do_today(rule: type[Rule]) -> None:
    offer = load_plugin("onex_validators")
    for example in rule.examples:
        files = {**example.tree, **({example.path: example.text} if example.path else {})}
        outcome = try_rules(
            offer,
            [rule],
            {path: as_bytes(text) for path, text in files.items()},
            settings=example.settings,
            given={name: as_bytes(text) for name, text in example.given.items()},
        )
        for finding in outcome.findings:
            assert finding.help
            words = f"{finding.message} {finding.help}"
            assert set(re.findall(r"`onex ([\w-]+)", words)) <= set(COMMANDS)


def as_bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def test_every_fault_has_its_advice() -> None:
    room = Path(recogniser.__file__).parent
    text = "".join((room / name).read_text() for name in ("reader.py", "recogniser.py"))
    kinds = set(re.findall(r'_fault\(\s*"([a-z-]+)"', text))
    assert len(kinds) > 10
    assert set(stamp_form.ADVICE) == kinds - {"unclosed", "conflict-marker"}


def test_closing_line_in_the_help_closes_the_stamp(check: Any, forge: Any, dialect: str) -> None:
    style = forge.dialects[dialect]
    name, text = forge.legacy(dialect, BODY)
    if name.endswith(".tree"):  # a kind that carries no stamps
        return
    fields, _, rest = text.rpartition(style.closer)
    fields = fields.rstrip("\n") + "\n"
    (finding,) = check(UnclosedBlock, name, fields + rest)
    closed = fields + finding.help.split("`")[1] + rest
    assert check(UnclosedBlock, name, closed) == []
    faults = [fault for fault in style.faults if fault == "ambiguous-value"]
    severities = [finding.severity for finding in check(MalformedBlock, name, closed)]
    assert severities == [Severity.INFO] * len(faults)


@pytest.mark.parametrize(
    "path", ["b.py", "a/__init__.py", "a/node.onex.yaml", "Dockerfile", ".onexignore", "a/b-c.d.py"]
)
def test_namespace_of_the_advice_is_right(check: Any, forge: Any, path: str) -> None:
    name = path.rpartition("/")[2]
    text = forge.stamped(b"x = 1\n", ["namespace: acme.other"], name=name).decode()
    (finding,) = check(WrongName, path, text)
    ending = finding.help.rpartition("end in ")[2].strip("'")
    assert check(WrongName, path, text.replace(".other", ending)) == []
