"""The published test vectors: current, complete, and right by rules that are written down twice."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from blake3 import blake3

from onex_tools.published import tables, vectors
from onex_tools.published.cases import CASES, NOW, REPOSITORY, Case
from onex_tools.stamp import Stamp, eligible, generated
from onex_tools.stamp.plan import Source, Wish, plan
from onex_tools.stamp.prologue import prologue
from onex_tools.stamp.styles import FILE_TYPES
from tests.conftest import CHECKOUT

READER = Path(__file__).with_name("second_reader.mjs")
VECTORS = CHECKOUT / "schemas" / "stamp-vectors.json"
KINDS = CHECKOUT / "schemas" / "stamp-kinds.json"


@cache
def published() -> Any:
    return json.loads(VECTORS.read_text())


def raw(text: str) -> bytes:
    return text.encode("latin-1")


def test_files_are_current() -> None:
    assert VECTORS.read_text() == vectors.as_data(), "run `make gen`"
    assert KINDS.read_text() == tables.as_data(), "run `make gen`"
    page = (CHECKOUT / "docs" / "stamp-format.md").read_text()
    assert page == tables.render(page), "run `make gen`"
    with pytest.raises(ValueError, match="generated: comments"):
        tables.render("# Page\n")


def test_part_without_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (CHECKOUT / "docs" / "stamp-format.md").read_text()
    monkeypatch.delitem(tables._WORDS, "shebang")
    with pytest.raises(ValueError, match="no words for the part 'shebang'"):
        tables.render(page)


def test_vectors_are_what_their_schema_says() -> None:
    schema = json.loads((CHECKOUT / "schemas" / "stamp-vectors.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert [error.message for error in validator.iter_errors(published())] == []
    assert list(validator.iter_errors(published() | {"now": 1}))


def test_patterns_against_a_stamp_stand_in_the_page() -> None:
    page = (CHECKOUT / "docs" / "stamp-format.md").read_text()
    for pattern in (
        *(row[0] for row in eligible._PATHS),
        eligible._MODELINE,
        eligible._SHELL,
        eligible._SEALED,
        eligible._SIGNED,
        generated.MARK,
        generated.MADE,
        generated.FORBIDDEN,
    ):
        text = pattern.pattern
        assert f"  {text if isinstance(text, str) else text.decode()}\n" in page


def test_every_style_every_part_and_every_action_has_a_vector() -> None:
    written = {
        FILE_TYPES[case.kind].styles[0].name
        for cases in CASES.values()
        for case in cases
        if case.action == "stamp"
    }
    assert written == {row.styles[0].name for row in FILE_TYPES.values()}
    found = {
        part.pattern
        for case in (*CASES["prologues"], *CASES["bytes"])
        for part, _, _ in prologue(case.data, FILE_TYPES[case.kind].prologue).parts
    }
    absent = {
        part.name
        for part in tables.parts()
        if part.pattern not in found and part.name != "Emacs mode line"
    }
    # What stands below the DOCTYPE is found by the pattern of what stands above it.
    assert absent <= {"processing instruction below the DOCTYPE"}
    actions = {vector["action"] for vector in published()["stamps"]}
    assert actions == {
        *("stamp", "right", "update", "move", "collapse", "migrate", "old", "leave", "refuse"),
    }


def test_a_case_that_comes_out_otherwise_is_no_vector() -> None:
    for case in (
        Case("x", "python", b"", "stamp"),
        Case("x", "shell", b"#!/bin/sh\nx\n", head=b""),
        Case("x", "python", b"# === /OmniNode:Metadata ===\n", "refuse", line=2),
    ):
        with pytest.raises(vectors.WrongVector):
            vectors._stamp("group", case)


# The rules once more, in a few lines that share nothing with the code -----------------------------

SIGN = rb"(?:[!-/:-@\[-`{-~]{1,4} )?"
"""A comment's sign: up to four signs of punctuation, and a blank."""
BLOCK = re.compile(
    rb"(?m)(?:^|(?<=\xef\xbb\xbf))" + SIGN + rb"=== OmniNode:Metadata ===\r?\n"
    rb"(?:[^\r\n]+\r?\n)+?" + SIGN + rb"=== /OmniNode:Metadata ===(?: \S+)?(?:\r?\n|\Z)"
    rb"(?:[ \t\r]*\n)*(?:[ \t\r]*\Z)?"
)


def digest(body: bytes) -> str:
    if b"\0" not in body[:8000] and body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        body = body[3:] if body[:3] == b"\xef\xbb\xbf" else body
        body = b"\n".join(body.split(b"\r\n"))
    return "b3-v1:" + blake3(body).hexdigest()


def stamps() -> list[Any]:
    """Vectors whose output has one canonical block, the first of what looks like one."""
    return [v for v in published()["stamps"] if len(v.get("blocks", ())) == 1]


def test_removal_and_hash_follow_from_the_page() -> None:
    checked = 0
    for vector in stamps():
        if vector["action"] == "old":
            continue
        data = raw(vector["output"] or vector["input"])
        match = BLOCK.search(data)
        assert match, vector["name"]
        body = data[: match.start()] + data[match.end() :]
        assert body == raw(vector["removed"]), vector["name"]
        assert digest(body) == vector["hash"], vector["name"]
        assert match[0].startswith(raw(vector["blocks"][0])), vector["name"]
        said = re.search(rb"hash: (\S+)", match[0])
        assert said is None or said[1].decode() == vector["hash"], vector["name"]
        assert match[0].isascii()
        checked += 1
        if vector["action"] == "stamp":
            assert body == raw(vector["input"]), vector["name"]
    assert checked > 90
    for row in published()["hashes"]:
        body = b"".join(raw(piece) * times for piece, times in row["pieces"])
        if row["name"] != "UTF-32, big end first":
            assert digest(body) == row["hash"], row["name"]


def test_some_vectors_are_written_by_hand() -> None:
    by_name = {vector["name"]: vector for vector in published()["stamps"]}
    name = "src/loader\nb3-v1:1c47dd004ff551e54a3c23cba2f64f879a1ba583fd41431de17fd72b4d095559"
    assert by_name["prologues: shebang"]["output"] == (
        "#!/bin/sh\n"
        "# === OmniNode:Metadata ===\n"
        "# name: loader\n"
        f"# uuid: {uuid.uuid5(uuid.UUID(REPOSITORY), name)}\n"
        "# hash: b3-v1:1c47dd004ff551e54a3c23cba2f64f879a1ba583fd41431de17fd72b4d095559\n"
        "# === /OmniNode:Metadata ===\n"
        "\n"
        "echo\n"
    )
    page = by_name["styles: style xml"]["output"]
    assert page.startswith("<!-- === OmniNode:Metadata ===\nmetadata_version: 1.0.0\n")
    assert page.endswith("\n=== /OmniNode:Metadata === -->\n\n# Page\n")
    whole = by_name["migration: stack of old stamps"]["output"]
    assert whole.count("OmniNode") == 2
    assert "\n# uuid: 3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e\n" in whole
    assert "\n# created_at: 2025-05-21T12:41:40Z\n" in whole
    # Published with BLAKE3 itself: the hash of no bytes.
    (nothing,) = [row for row in published()["hashes"] if not row["pieces"]]
    assert nothing["hash"].startswith("b3-v1:af1349b9f5f9a1a6a0404dea36dcc949")


def test_sidecars_are_read_by_yaml_as_they_were_meant() -> None:
    for row in published()["sidecars"]:
        said = yaml.safe_load(row["sidecar"])
        assert said == dict(row["fields"]) | {"hash": row["hash"]}
        assert list(said) == ["name", "uuid", "owner", "hash"]


# A second implementation -------------------------------------------------------------------------


def second_reader(vectors: Path) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    return subprocess.run(
        [node, str(READER), str(vectors), str(KINDS)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_second_reader_finds_every_vector_right() -> None:
    done = second_reader(VECTORS)
    assert done.returncode == 0, done.stdout[:2000] + done.stderr
    assert int(done.stdout.split()[0]) > 900


def test_second_reader_tells_wrong_vectors(tmp_path: Path) -> None:
    data = json.loads(VECTORS.read_text())
    touched = 0
    for vector in data["stamps"]:
        if vector.get("output"):
            vector["output"] += "!"
            touched += 1
    for row in data["hashes"]:
        row["pieces"].append(["!", 1])
        touched += 1
    for row in data["wrong_locks"]:
        row["line"] += 1
        touched += 1
    changed = tmp_path / "vectors.json"
    changed.write_text(json.dumps(data))
    done = second_reader(changed)
    assert done.returncode == 1, done.stderr
    assert int(done.stdout.splitlines()[-1].split()[2]) > touched


BLOCKS = [case.data[:-6] for case in CASES["stamped before"] if case.data.endswith(b"x = 1\n")] * 3


def test_second_reader_agrees_on_files_that_nobody_chose(tmp_path: Path) -> None:
    """Heads thrown together from the lines of all cases, for every kind: both say the same."""
    chance = random.Random(3)
    lines = [
        line + b"\n"
        for cases in CASES.values()
        for case in cases
        for line in case.data.split(b"\n")[:3]
    ]
    made = []
    for kind in [*FILE_TYPES] * 8:
        data = b"".join(chance.choices([*lines, *BLOCKS], k=chance.randint(1, 6)))
        case = Case("random", kind, data)
        source = Source(case.path, data, kind, FILE_TYPES[kind])
        planned = plan(source, Stamp(**case.options), Wish(lambda: NOW))
        if planned.action in ("stamp", "right", "update", "move", "collapse"):
            case = case._replace(action=planned.action)
            made.append(vectors._stamp(repr(data), case))
    assert len(made) > 200
    assert {"stamp", "move"} <= {vector["action"] for vector in made}
    changed = tmp_path / "vectors.json"
    changed.write_text(json.dumps(published() | {"stamps": made}))
    done = second_reader(changed)
    assert done.returncode == 0, done.stdout[:2000] + done.stderr
