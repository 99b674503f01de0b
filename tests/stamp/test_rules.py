"""The rules of the STP family: their examples, and what they say where it matters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from onex_tools.api import Bad, Good, Rule, Severity, TreeValidator
from onex_tools.stamp import NOT_KEPT
from onex_validators import stamp_form, stamp_hash, stamp_identity
from onex_validators.stamp_form import (
    ConflictMarkersInBlock,
    LegacyForm,
    MalformedBlock,
    MisplacedBlock,
    StackedBlocks,
    UnclosedBlock,
)
from onex_validators.stamp_hash import (
    InvalidLegacyHash,
    PlaceholderLeft,
    StaleHash,
    UnstampedFile,
)
from onex_validators.stamp_identity import DuplicateUuid, StampFact, WrongName

RULES: list[type[Rule]] = [
    UnstampedFile,
    StaleHash,
    InvalidLegacyHash,
    LegacyForm,
    StackedBlocks,
    DuplicateUuid,
    WrongName,
    UnclosedBlock,
    PlaceholderLeft,
    MalformedBlock,
    MisplacedBlock,
    ConflictMarkersInBlock,
]
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
BODY = "x = 1\n"


def test_codes_are_the_published_ones() -> None:
    assert [(rule.code, rule.name) for rule in RULES] == [
        ("STP001", "unstamped-file"),
        ("STP002", "stale-hash"),
        ("STP003", "invalid-legacy-hash"),
        ("STP004", "legacy-form"),
        ("STP005", "stacked-blocks"),
        ("STP006", "duplicate-uuid"),
        ("STP007", "wrong-name"),
        ("STP008", "unclosed-block"),
        ("STP009", "placeholder-left"),
        ("STP010", "malformed-block"),
        ("STP011", "misplaced-block"),
        ("STP012", "conflict-markers-in-block"),
    ]
    defined = {
        value
        for module in (stamp_form, stamp_hash, stamp_identity)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.code
    }
    assert defined == set(RULES)


def test_only_missing_stamps_wait_for_a_configuration() -> None:
    assert {rule.code: rule.enabled_by for rule in RULES if rule.enabled_by} == {
        "STP001": "config:stamp"
    }


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_both_kinds_of_example(rule: type[Rule]) -> None:
    assert {type(example) for example in rule.examples} == {Good, Bad}
    assert rule.summary()
    assert rule.explanation()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: type[Rule], example: Good | Bad, check_tree: Any) -> None:
    files = {example.path: example.text, **example.tree}
    found = check_tree(rule, files, **example.settings)
    lines = [
        f.location.line if f.path == example.path else (f.path, f.location.line) for f in found
    ]
    assert tuple(lines) == (example.at if isinstance(example, Bad) else ())


@pytest.mark.parametrize("rule", RULES)
def test_good_example_has_no_other_fault(rule: type[Rule], check: Any) -> None:
    """What one rule shows as right is right in the eyes of the whole family."""
    for example in rule.examples:
        for other in RULES:
            skipped = isinstance(example, Bad) or issubclass(other, TreeValidator)
            # An old stamp, and a file that needs none, are good examples of their own rules.
            if skipped or other in {LegacyForm, UnstampedFile} - {rule}:
                continue
            options = example.settings if other.settings is rule.settings else {}
            assert check(other, example.path, example.text, **options) == []


def test_each_rule_is_silent_without_a_stamp(check: Any) -> None:
    for rule in RULES[1:]:
        if not issubclass(rule, TreeValidator):
            assert check(rule, "a.py", "#!/bin/sh\nimport os\n") == []


def test_legacy_form_is_said_in_plain_words(check: Any, forge: Any, dialect: str) -> None:
    name, text = forge.legacy(dialect, BODY)
    found = check(LegacyForm, name, text)
    if name.endswith(".tree"):  # a kind that carries no stamps; only ``read`` knows it
        assert found == []
        return
    state = "; its SHA-256 hash is valid" if forge.dialects[dialect].hashed else ""
    assert [f.location.line for f in found] == [1]
    assert found[0].message.startswith("legacy stamp (")
    assert found[0].message.endswith(f"){state}")
    assert found[0].severity is Severity.INFO
    assert check(InvalidLegacyHash, name, text) == []


def test_stack_is_two_findings_and_no_more(check: Any, forge: Any) -> None:
    text = forge.stack(3, BODY)
    found = {
        rule.code: check(rule, "loader.md", text)
        for rule in RULES
        if not issubclass(rule, TreeValidator)
    }
    assert {code: [f.message for f in fs] for code, fs in found.items() if fs} == {
        "STP004": ["3 legacy stamps (one HTML comment per line); all 3 SHA-256 hashes are valid"],
        "STP005": ["3 stacked stamps: a file should have one"],
    }
    lines = [related.location.line for related in found["STP005"][0].related]
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.endswith("e:Metadata ===")]
    assert lines == starts[1:]


def test_partly_valid_stack_says_how_many(check: Any, forge: Any) -> None:
    text = forge.stack(3, BODY)
    top, rest = text.split("\n\n", 1)
    changed = top.replace("acme", "acne") + "\n\n" + rest
    (form,) = check(LegacyForm, "loader.md", changed)
    assert form.message == "3 legacy stamps (one HTML comment per line)"
    (invalid,) = check(InvalidLegacyHash, "loader.md", changed)
    assert (invalid.location.line, len(invalid.related)) == (6, 0)
    assert invalid.message == "1 of 3 SHA-256 hashes does not match the file"
    assert "STP005" in invalid.help
    (invalid,) = check(InvalidLegacyHash, "loader.md", text + "more\n")
    assert len(invalid.related) == 2
    assert invalid.message == "3 of 3 SHA-256 hashes do not match the file"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [(BODY, "x = 2\n", "STP003"), ("HASH", "0" * 64, "STP009"), ("HASH", "", "STP009")],
)
def test_what_is_wrong_with_a_legacy_hash_is_said_once(
    check: Any, forge: Any, old: str, new: str, code: str
) -> None:
    _, text = forge.legacy("python-entry-at", BODY)
    sha = text.split("hash: ")[1].split("\n")[0]
    changed = text.replace(old.replace("HASH", sha), new)
    found = {
        finding.code: finding.message
        for rule in RULES
        if not issubclass(rule, (UnstampedFile, TreeValidator))
        for finding in check(rule, "loader.py", changed)
    }
    assert found.pop("STP004") == "legacy stamp (`#` comments)"
    assert list(found) == [code]
    assert "hash" in found[code]


def test_stale_hash_names_the_right_one(check: Any, forge: Any) -> None:
    stamped = forge.stamped(b"x = 1\n")
    right = stamped.split(b"hash: ")[1].split(b"\n")[0].decode()
    (finding,) = check(
        StaleHash, "loader.py", stamped.replace(right.encode(), b"b3-v1:" + b"1" * 64)
    )
    assert finding.help.endswith(f"`onex stamp`, which writes {right}")
    assert finding.fix is not None
    (finding,) = check(StaleHash, "loader.py", stamped.replace(b"b3-v1:", b"b3-v2:"))
    assert "64 hexadecimal digits" in finding.message
    assert finding.fix is None  # a later version may know it


def test_old_block_above_a_canonical_one_does_not_make_it_stale(check: Any, forge: Any) -> None:
    stamped = forge.stamped(b"x = 1\n").decode()
    _, text = forge.legacy("python-entry-at", stamped)
    assert check(StaleHash, "loader.py", text) == []
    assert check(InvalidLegacyHash, "loader.py", text) == []
    assert len(check(StaleHash, "loader.py", text.replace("x = 1", "x = 2"))) == 1


def test_canonical_block_above_an_old_one_covers_it(check: Any, forge: Any) -> None:
    _, old = forge.legacy("python-entry-at", BODY)
    stamped = forge.stamped(old.encode()).decode()
    assert check(StaleHash, "loader.py", stamped) == []
    assert len(check(StaleHash, "loader.py", stamped.replace("python>=3.11", "python>=3.12"))) == 1


@pytest.mark.parametrize(
    ("path", "name", "namespace", "fields"),
    [
        ("a/b.py", "b.py", "acme.b", []),
        ("a/b.py", "b", "acme.tools.b", []),
        ("a/b.py", "The b tool", "", []),
        ("a/b.py", "a/b.py", "acme.B", []),
        ("a/b.py", "c.py", "acme.b", ["name"]),
        ("a/b.py", "b.py", "acme.c", ["namespace"]),
        ("a/b.py", "b.py", "acme.bb", ["namespace"]),
        ("a/b.py", "c.py", "acme.c", ["name", "namespace"]),
        ("a/__init__.py", "__init__.py", "acme.init", []),
        ("a/__init__.py", "__init__.py", "acme.a", []),
        ("a/node.onex.yaml", "node.onex.yaml", "acme.node_onex", []),
        ("a/node.onex.yaml", "stamper_node", "acme.node.onex", []),
        ("index.md", "index.md", "acme.index.md", []),
        (".onexignore", ".onexignore", "onex.ignore..onexignore", []),
        ("Dockerfile", "Dockerfile", "acme.dockerfile", []),
        ("a/b-c.d.py", "b-c.d.py", "python://acme.b_c_d", []),
        ("\u00fc.py", "\u00fc.py", "acme.u", []),
    ],
)
def test_legacy_names_are_judged_leniently(
    check: Any, forge: Any, path: str, name: str, namespace: str, fields: list[str]
) -> None:
    _, text = forge.legacy("python-entry-at", BODY)
    text = text.replace("# name: loader.py", f"# name: {name}")
    text = text.replace("acme.stamped.loader", namespace)
    found = check(WrongName, path, text)
    said = found[0].message if found else ""
    assert [f for f in ("name", "namespace") if f"`{f}` is" in said] == fields


def test_canonical_name_is_judged_strictly(check: Any, forge: Any) -> None:
    assert check(WrongName, "a/loader.py", forge.stamped(b"x = 1\n")) == []
    assert len(check(WrongName, "a/loader.py", forge.stamped(b"x = 1\n", name="loader"))) == 1
    quoted = forge.stamped(b"x = 1\n", name='"\\u00fc.py"')
    assert check(WrongName, "a/\u00fc.py", quoted) == []


def test_duplicate_uuid_is_that_of_the_oldest_block(check_tree: Any, forge: Any) -> None:
    _, old = forge.legacy("python-entry-at", BODY)
    new = old.replace("3f0c9a52", "99999999").rpartition("\n\n")[0]
    capitals = old.replace("3f0c9a52-7a10-4c7e-8d0e", "3F0C9A52-7A10-4C7E-8D0E")
    files = {"c.py": f"{new}\n\n{old}", "a.py": capitals, "b.py": old}
    found = check_tree(DuplicateUuid, files)
    assert [(f.path, f.related[0].location.path) for f in found] == [
        ("b.py", "a.py"),
        ("c.py", "a.py"),
    ]
    assert {f.message for f in found} == {"`uuid` is also that of a.py"}
    assert all("the stamps do not tell which" in f.help and NOT_KEPT in f.help for f in found)
    canonical = forge.stamped(b"x = 1\n")
    (finding,) = check_tree(DuplicateUuid, {"a.py": canonical, "b.py": canonical})
    assert NOT_KEPT not in finding.help
    assert found[1].location.line == old.count("\n", 0, old.index("uuid")) + 1 + new.count("\n") + 2


@pytest.mark.parametrize("uuid", ["", "not-a-uuid", "00000000-0000-0000-0000-000000000000"])
def test_no_uuid_is_no_identity(source: Any, forge: Any, uuid: str) -> None:
    text = forge.stamped(b"x = 1\n").replace(b"3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e", uuid.encode())
    assert StampFact().extract(source("loader.py", text)) is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("HASH", "0" * 64, "placeholder in `hash`"),
        ("HASH", "'" + "0" * 64 + "'", "placeholder in `hash`"),
        ("HASH", "auto-generated", "placeholder in `hash`"),
        ("HASH", "<to-be-stamped>", "placeholder in `hash`"),
        ("HASH", "", "stamp has no hash"),
        (
            "2025-05-20T16:42:46.060570",
            "'1970-01-01T00:00:00Z'",
            "placeholder in `last_modified_at`",
        ),
        ("name: loader.py", "name: <name>", "placeholder in `name`"),
        (
            "3f0c9a52-7a10-4c7e-8d0e-5b7f1a2c3d4e",
            "00000000-0000-0000-0000-000000000000",
            "placeholder in `uuid`",
        ),
    ],
)
def test_placeholder_is_found(check: Any, forge: Any, old: str, new: str, words: str) -> None:
    _, text = forge.legacy("python-entry-at", BODY)
    sha = text.split("hash: ")[1].split("\n")[0]
    (finding,) = check(PlaceholderLeft, "loader.py", text.replace(old.replace("HASH", sha), new))
    assert finding.message == words
    assert finding.severity is (Severity.WARNING if "placeholder" in words else Severity.INFO)


def test_all_that_is_left_to_fill_in_is_said_once(check: Any, forge: Any) -> None:
    right = forge.stamped(b"x = 1\n", ["created_at: 2025-05-20T16:42:46Z"]).decode()
    blank = re.sub(r"hash: \S+", "hash: <to-be-stamped>", right)
    blank = re.sub(r"uuid: \S+", "uuid: <to-be-stamped>", blank).replace("2025-05-20", "1970-01-01")
    blank = blank.replace("# name", "# metadata_version: 1.0.0\n# name")
    (finding,) = check(PlaceholderLeft, "loader.py", blank)
    assert finding.message == "placeholder in `uuid`, `created_at`, `hash`"
    assert [related.message for related in finding.related] == ["`created_at`", "`hash`"]
    right_hash = right.split("hash: ")[1].split("\n")[0]
    assert finding.help.split("; ") == [
        "`onex stamp` writes `uuid`",
        "`onex stamp` writes `created_at`",
        f"`onex stamp` writes `hash`: {right_hash}",
    ]
    _, both = forge.legacy("python-tool-metadata", BODY)
    (finding,) = check(PlaceholderLeft, "loader.py", both.replace(": loader.py", ": <name>"))
    assert finding.message == "placeholder in `name`, and no hash"


def test_truncated_hash_is_invalid_and_no_placeholder(check: Any, forge: Any) -> None:
    _, text = forge.legacy("python-entry-at", BODY)
    sha = text.split("hash: ")[1].split("\n")[0]
    short = text.replace(sha, sha[:40])
    assert len(check(InvalidLegacyHash, "loader.py", short)) == 1
    assert check(PlaceholderLeft, "loader.py", short) == []


def test_missing_hash_in_a_canonical_block_is_a_warning(check: Any, forge: Any) -> None:
    text = forge.stamped(b"x = 1\n").decode()
    text = "".join(line for line in text.splitlines(keepends=True) if "hash" not in line)
    (finding,) = check(PlaceholderLeft, "loader.py", text)
    assert finding.severity is Severity.WARNING
    assert check(PlaceholderLeft, "loader.py", text, hash="detached") == []


def test_utf8_declaration_pushed_down_is_only_information(check: Any, forge: Any) -> None:
    stamped = forge.stamped(b"# -*- coding: utf-8 -*-\nx = 1\n")
    assert [f.severity for f in check(MisplacedBlock, "loader.py", stamped)] == [Severity.INFO]
    stamped = stamped.replace(b"utf-8", b"latin-1")
    assert [f.severity for f in check(MisplacedBlock, "loader.py", stamped)] == [Severity.WARNING]


def test_lowest_block_above_a_shebang_is_the_misplaced_one(check: Any, forge: Any) -> None:
    _, old = forge.legacy("python-entry-at", "#!/usr/bin/env python3\nx = 1\n")
    (finding,) = check(MisplacedBlock, "loader.py", forge.stamped(old.encode()))
    lines = forge.stamped(old.encode()).decode().split("\n")
    assert finding.location.line == lines.index("# metadata_version: 0.1.0")
    assert finding.related[0].location.line == lines.index("#!/usr/bin/env python3") + 1


def test_misread_value_alone_is_only_information(check: Any, forge: Any) -> None:
    _, text = forge.legacy("python-broken-list", BODY)
    (finding,) = check(MalformedBlock, "loader.py", text)
    assert (finding.severity, finding.location.line) == (Severity.INFO, 8)
    (finding,) = check(MalformedBlock, "loader.py", text.replace("# uuid", "# !\n# uuid"))
    assert (finding.severity, finding.location.line) == (Severity.WARNING, 4)
    assert [related.location.line for related in finding.related] == [9]


def test_lines_of_an_unclosed_block_are_not_malformed_too(check: Any) -> None:
    text = "# === OmniNode:Metadata ===\n# This module moved.\nimport os\n"
    assert len(check(UnclosedBlock, "a.py", text)) == 1
    assert check(MalformedBlock, "a.py", text) == []


def test_conflict_silences_every_other_rule(check: Any) -> None:
    (bad,) = (e for e in ConflictMarkersInBlock.examples if isinstance(e, Bad))
    for rule in RULES[:-1]:
        if not issubclass(rule, TreeValidator):
            assert check(rule, bad.path, bad.text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", ""),
        ("a.py", "\n \n"),
        ("a.py", "#!/usr/bin/env python3\n"),
        ("a.py", "# @generated by a tool\nx = 1\n"),
        ("a.md", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
        ("a.py", "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> topic\n"),
        ("a.py", "x = 1\rx = 2\r"),
        ("a.py", b"\xff\xfex\0"),
        ("a.py", b"x = '\0'\n"),
        ("a.json", "{}\n"),
        ("a.txt", "words\n"),
        ("a.ini", "[a]\n"),
        (".env", "A=1\n"),
    ],
)
def test_no_stamp_is_asked_of_what_never_carries_one(
    check: Any, path: str, text: str | bytes
) -> None:
    assert check(UnstampedFile, path, text) == []


@pytest.mark.parametrize(
    "name",
    [
        *("a.toml", "a.sh", "a.ini", "a.mk", "a.conf", "a.properties", "a.tf", "a.pl", "a.ps1"),
        *("Dockerfile", "Makefile", ".env", ".gitignore", ".dockerignore", ".gitattributes"),
    ],
)
def test_stamps_are_read_wherever_lines_can_be_comments(check: Any, forge: Any, name: str) -> None:
    stamped = forge.stamped(b"words\n", name=name)
    wrong = [rule for rule in RULES[1:] if not issubclass(rule, TreeValidator)]
    assert [found for rule in wrong for found in check(rule, name, stamped)] == []
    assert len(check(StaleHash, name, stamped.replace(b"words", b"others"))) == 1


def test_include_and_exclude_choose_the_files(check: Any) -> None:
    def asked(path: str, **globs: tuple[str, ...]) -> bool:
        return bool(check(UnstampedFile, path, "x = 1\n", **globs))

    assert asked("src/a.py", include=("src/**",))
    assert not asked("docs/a.py", include=("src/**",))
    assert not asked("src/vendor/a.py", include=("src/**",), exclude=("vendor",))
    assert asked("a.py", exclude=("*.md",))


def test_documented_example_is_right(check: Any) -> None:
    page = (Path(__file__).parents[2] / "docs" / "stamps.md").read_text()
    example = page.split("```python\n")[1].split("```")[0]
    assert "hash: b3-v1:" in example
    for rule in RULES:
        if not issubclass(rule, TreeValidator):
            assert check(rule, "loader.py", example) == []
