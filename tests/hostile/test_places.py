"""What is no plain file: FIFOs, devices, links, unreadable files, and names from hell."""

from __future__ import annotations

import os

import pytest

from tests.hostile.conftest import FAULT, NOBODY

NAMES = (
    b"new\nline.py",
    b"\x1b[31mred.py",
    "right\u202eto-left.py".encode(),
    b"undecodable-\xff\xfe.py",
    b"-dash.py",
    b"space name.py",
    b"quote'\".py",
    b"colon:comma,.py",
    b"percent%0A.py",
    b"::error::.py",
    b"x" * 250 + b".py",
    b"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80.py",
)


@pytest.mark.parametrize("tracked", [False, True])
def test_odd_names_are_judged_and_printed_safely(ground, tracked):
    for name in NAMES:
        ground.write(name)
    if tracked:
        ground.commit()
    runs = [ground.check(codes=(1,)) for _ in range(2)]
    assert runs[0].out == runs[1].out
    assert len({path for path, _ in runs[0].found()}) == len(NAMES)
    for output_format in ("text", "concise", "jsonl", "sarif", "github"):
        run = ground.onex("validate", "--show-all", "--output-format", output_format, codes=(1,))
        assert run.out.count("DCS005") >= len(NAMES)
    ground.check("--", "-dash.py", codes=(1,))


@pytest.mark.parametrize("tracked", [False, True])
def test_what_is_no_plain_file_is_neither_opened_nor_followed(ground, tracked):
    ground.write("a.py")
    outside = ground.aside / "outside.py"
    outside.write_bytes(FAULT)
    for name, target in {
        "zero.py": "/dev/zero",
        "random.md": "/dev/random",
        "stdin.py": "/dev/stdin",
        "out.py": str(outside),
        "folder": str(ground.aside),
        "dangling.py": "nowhere",
        "loop.py": "loop.py",
    }.items():
        (ground.root / name).symlink_to(target)
    if tracked:
        ground.commit()
    os.mkfifo(ground.root / "pipe.py")
    run = ground.check(codes=(1,))
    assert {path for path, _ in run.found()} == {"a.py"}
    assert any("7 symbolic links" in note["message"] for note in run.json()["notes"])
    ground.check("pipe.py", "zero.py", "out.py", codes=(0,))
    ground.check("folder/outside.py", codes=(0, 1, 2), seconds=20)


def test_index_entry_below_a_folder_that_is_a_link_now(ground):
    ground.write("sub/a.py")
    ground.commit()
    (ground.root / "sub/a.py").unlink()
    (ground.root / "sub").rmdir()
    (ground.aside / "a.py").write_bytes(FAULT)
    (ground.root / "sub").symlink_to(ground.aside)
    run = ground.check()
    assert not {code for path, code in run.found() if path == "sub/a.py"} - {"ONX001"}


@pytest.mark.parametrize(
    "name", ["onex.toml", "pyproject.toml", "CODEOWNERS", ".onexignore", "sub/onex.toml"]
)
def test_fifo_in_the_place_of_our_own_files(ground, name):
    ground.write("a.py")
    ground.write("sub/b.py")
    os.mkfifo(ground.root / name)
    ground.onex("validate", seconds=20)
    ground.onex("waivers", seconds=20)


def test_fifo_as_a_baseline(ground):
    ground.write("a.py")
    os.mkfifo(ground.root / "b.txt")
    run = ground.onex("validate", "--baseline", "b.txt", codes=(2,), seconds=20)
    assert "b.txt" in run.err


@pytest.mark.usefixtures("needs_root")
def test_unreadable_files_and_folders_are_said(ground):
    ground.write_all({"a.py": FAULT, "secret.py": FAULT, "closed/b.py": FAULT})
    ground.base.chmod(0o755)
    for parent in ground.base.parents:
        if not os.stat(parent).st_mode & 0o001:
            pytest.skip("somebody else cannot reach the test's folder")
    (ground.root / "secret.py").chmod(0)
    (ground.root / "closed").chmod(0)
    run = ground.check(
        user=NOBODY, env={"ONEX_CACHE_DIR": str(ground.base / "nowhere"), "HOME": "/nonexistent"}
    )
    assert ("a.py", "DCS005") in run.found()
    assert ("secret.py", "ONX001") in run.found()


def test_a_file_that_goes_away_and_one_that_is_a_folder_now(ground):
    ground.write_all({"a.py": FAULT, "b.py": FAULT})
    ground.commit()
    ground.check(codes=(1,))
    (ground.root / "b.py").unlink()
    (ground.root / "b.py").mkdir()
    run = ground.check(codes=(1,))
    assert {path for path, _ in run.found()} == {"a.py"}
