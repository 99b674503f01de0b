"""Real stamped files, kept beside the checkout: what is read agrees with their index."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from onex_tools.stamp import LEGACY, judge, read
from onex_validators.stamp_form import LegacyForm, StackedBlocks

EXAMPLES = Path(__file__).parents[3] / "shared" / "examples" / "stamps"
KINDS = {"py": "python", "md": "markdown", "yaml": "yaml", "onexignore": "ignore"}
FAULTS = {
    "ambiguous-value": "body-not-yaml-mapping",
    "malformed-line": "body-not-yaml-mapping",
    "visible-close": "visible-close-line",
    "unclosed": "unclosed",
}
QUOTES = {"q": "quoted"}
TAILS = {"norm": "newline", "asis": "as-is"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are not here"),
]


def _index() -> list[dict[str, str]]:
    if not EXAMPLES.is_dir():
        return []
    with (EXAMPLES / "index.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def _rule(text: str) -> str:
    """A rule as the index writes it (``zero/1970Z/2/after/norm``, ``late/asis/q/...``) as ours."""
    if not text:
        return ""
    parts = text.split("/")
    if parts[0] == "late":
        return f"late/{QUOTES.get(parts[2], 'bare')}/{parts[3]}/{TAILS[parts[4]]}"
    era = "early" if parts[1] == "keep" else "late"
    return f"{era}/bare/{parts[2]}/{TAILS[parts[4]]}"


@pytest.mark.parametrize("row", _index(), ids=lambda row: str(row["file"]))
def test_index_is_reproduced(row: dict[str, str]) -> None:
    data = (EXAMPLES / row["file"]).read_bytes()
    reading = read(data, KINDS[row["file_type"]])
    defects = {FAULTS[fault.kind] for fault in reading.faults}
    defects |= {f"{part.name.replace(' ', '-')}-displaced" for part in reading.displaced}
    if len(reading.blocks) > 1:
        defects.add("stacked")
    assert len(reading.blocks) == int(row["blocks"])
    assert defects == set(row["defects"].split(";")) - {"none"}
    assert ("no" if defects else "yes") == row["well_formed"]
    assert {block.form for block in reading.blocks} == {LEGACY}
    hashes = [v for v in judge(data, reading) if v.state in ("right", "wrong")]
    verifies = {"right": "yes", "wrong": "no"}[hashes[0].state] if hashes else "n/a"
    assert verifies == row["hash_verifies"]
    assert {v.rule for v in hashes} == ({_rule(row["hash_rule"])} if hashes else set())


def test_the_specification_carries_three_valid_blocks(check: Any) -> None:
    data = (EXAMPLES.parents[1] / "spec" / "infrastructure.md").read_bytes()
    (form,) = check(LegacyForm, "infrastructure.md", data)
    (stack,) = check(StackedBlocks, "infrastructure.md", data)
    assert form.message.startswith("3 legacy stamps (")
    assert form.message.endswith("; all 3 SHA-256 hashes are valid")
    assert stack.message.startswith("3 stacked stamps")


def _as_they_were(row: dict[str, str]) -> str:
    """The name that the example had in its repository."""
    source = row["source"] if ":" in row["source"] else row["file"]
    return source.rpartition(":")[2].rpartition("/")[2]


@pytest.mark.parametrize("row", _index(), ids=lambda row: str(row["file"]))
def test_every_example_migrates_to_one_right_block_or_is_refused(
    row: dict[str, str], git_repo: Any
) -> None:
    data = (EXAMPLES / row["file"]).read_bytes()
    name = _as_they_were(row)
    kind = KINDS[row["file_type"]]
    old = read(data, kind)
    path = git_repo.write(name, data)
    left = git_repo.onex("stamp", name)
    assert path.read_bytes() == data
    run = git_repo.onex("stamp", "--migrate", name)
    if "unclosed" in row["defects"]:
        assert left.code == run.code == 1
        assert path.read_bytes() == data
        line = old.blocks[0].line
        assert run.err.startswith(f"{name}:{line}: refused: stamp has no closing line")
        return
    assert (left.code, run.code) == (0, 0)
    new = path.read_bytes()
    reading = read(new, kind)
    assert (reading.body, reading.faults, reading.displaced) == (old.body, (), ())
    assert [(v.block.form, v.rule) for v in judge(new, reading)] == [("v1", "b3-v1")]
    oldest = next((b.text("uuid") for b in reversed(old.blocks) if b.text("uuid")), None)
    assert reading.blocks[0].text("uuid") == (oldest or reading.blocks[0].text("uuid"))
    assert git_repo.onex("stamp", "--check").code == 0
    findings = git_repo.codes("--select", "STP", "--fail-on", "info")
    assert [f for f in findings if f.startswith(name)] == []
    assert git_repo.onex("stamp", "--remove", name).code == 0
    assert path.read_bytes() == old.body
