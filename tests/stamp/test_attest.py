"""``onex attest`` and ``onex validate --attestation`` in a real repository."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from blake3 import blake3

from onex_tools.stamp.attestation import BODY, parse_attestation, render_attestation
from onex_validators.stamp_attestation import ChangedAttestedFile
from tests.conftest import CHECKOUT

CONFIG = """\
select = ["STP02", "ONX"]
max-scan-bytes = 300000

[stamp]
hash = "detached"
repository = "attested"
lock = ["data/"]
sidecar = ["beside.json"]
"""
CLOSING = b"# === /OmniNode:Metadata ===\n"


@pytest.fixture
def stamped(git_repo: Any) -> Any:
    """A stamped repository: two modules, a page, data in the lock, and a file with a sidecar."""
    git_repo.write_all(
        {
            "onex.toml": CONFIG,
            "src/a.py": "x = 1\n",
            "src/b.py": "y = 1\n",
            "docs/page.md": "# Page\n",
            "data/ports.json": '{"port": 80}\n',
            "beside.json": "[]\n",
            "plain.bin": b"\0\1",
        }
    )
    git_repo.git("add", ".")
    assert git_repo.onex("stamp", "--quiet").code == 0
    git_repo.git("add", ".")
    return git_repo


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A place for documents that is not in the repository."""
    place = tmp_path / "published"
    place.mkdir()
    return place


def attest(stamped: Any, place: Path, *paths: str) -> str:
    """Write an attestation to ``place``; gives its name."""
    run = stamped.onex("attest", "--output", str(place), *paths)
    assert run.code == 0 and not run.out, run
    assert re.fullmatch(
        rf"(wrote|not changed:) {re.escape(str(place))}: [\d,]+ files? attested\n", run.err
    ), run
    return str(place)


def edit(stamped: Any, path: str, old: bytes, new: bytes) -> None:
    full = stamped.root / path
    data = full.read_bytes()
    assert old in data
    full.write_bytes(data.replace(old, new))


def codes(stamped: Any, document: str, *more: str) -> list[str]:
    return stamped.codes("--attestation", document, *more)


# Attesting ---------------------------------------------------------------------------------------


def test_every_stamped_and_every_named_file_is_covered(stamped: Any) -> None:
    run = stamped.onex("attest")
    assert (run.code, run.err) == (0, "")
    read = parse_attestation(run.out.encode())
    assert [subject.path for subject in read.subjects] == [
        "beside.json",
        "data/ports.json",
        "docs/page.md",
        "onex.toml",
        "src/a.py",
        "src/b.py",
    ]
    for subject in read.subjects:
        data = (stamped.root / subject.path).read_bytes()
        assert subject.sha256 == hashlib.sha256(data).hexdigest()
    bodies = {subject.path: subject.hash for subject in read.subjects}
    assert bodies["src/a.py"] == f"b3-v1:{blake3(b'x = 1' + bytes([10])).hexdigest()}"
    assert b"hash:" not in (stamped.root / "src/a.py").read_bytes()


def test_same_files_give_the_same_bytes(stamped: Any, outside: Path, tmp_path: Path) -> None:
    first = Path(attest(stamped, outside / "a")).read_bytes()
    stamped.git("commit", "-qm", "x")
    stamped.git("clone", "-q", ".", str(tmp_path / "clone"))
    assert stamped.onex("-C", str(tmp_path / "clone"), "attest").out.encode() == first
    dated = stamped.onex("attest", SOURCE_DATE_EPOCH="0").out.encode()
    assert parse_attestation(dated).created_at == "1970-01-01T00:00:00Z"
    assert stamped.onex("attest", "--dated", SOURCE_DATE_EPOCH="0").out.encode() == dated
    assert parse_attestation(stamped.onex("attest", "--dated").out.encode()).created_at > "2020"


def test_attestation_that_is_right_is_not_written(stamped: Any, outside: Path) -> None:
    place = outside / "a"
    attest(stamped, place)
    before = place.stat()
    attest(stamped, place)
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_root_is_the_hash_of_a_lock_of_all(stamped: Any) -> None:
    lock = (stamped.root / "onex.lock").read_bytes()
    run = stamped.onex("attest", "--root", "data")
    assert (run.code, run.out) == (0, f"b3-v1:{blake3(lock).hexdigest()}\n")
    whole = stamped.onex("attest", "--root").out
    edit(stamped, "src/a.py", b"x = 1", b"x = 2")
    assert stamped.onex("attest", "--root").out not in (whole, run.out)
    assert stamped.onex("attest", "--root", "--output", "x").code == 2


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("src/a.py", CLOSING, b"", "src/a.py:1: stamp has no closing line"),
        ("src/a.py", CLOSING, b"<<<<<<< ours\n" + CLOSING, "merge conflict marker"),
        ("src/a.py", b"=== OmniNode:Metadata", b"== OmniNode:Metadata", "misspelt first or last"),
    ],
)
def test_file_in_doubt_leaves_nothing_attested(
    stamped: Any, outside: Path, path: str, old: bytes, new: bytes, said: str
) -> None:
    place = outside / "a"
    document = Path(attest(stamped, place)).read_bytes()
    edit(stamped, path, old, new)
    edit(stamped, "src/b.py", CLOSING, b"")
    run = stamped.onex("attest", "--output", str(place))
    assert (run.code, run.out) == (1, "") and said in run.err
    assert "src/b.py:1: stamp has no closing line" in run.err
    assert "nothing was attested: 2 files are in doubt" in run.err
    assert place.read_bytes() == document
    assert "src/b.py:1 STP020" in codes(stamped, str(place))


def test_file_that_cannot_be_read_leaves_nothing_attested(stamped: Any) -> None:
    if not os.getuid():
        pytest.skip("everything can be read")
    (stamped.root / "src/a.py").chmod(0)
    run = stamped.onex("attest")
    assert (run.code, run.out) == (1, "")
    assert "src/a.py: it cannot be read: permission denied" in run.err


def test_nothing_to_attest_is_no_empty_attestation(git_repo: Any) -> None:
    git_repo.write("a.py", "x = 1\n")
    run = git_repo.onex("attest")
    assert (run.code, run.out) == (1, "") and "nothing to attest" in run.err


def test_output_does_not_follow_a_link(stamped: Any, outside: Path) -> None:
    (outside / "real").write_text("kept")
    (outside / "link").symlink_to("real")
    run = stamped.onex("attest", "--output", str(outside / "link"))
    assert run.code == 2 and "not written" in run.err
    assert (outside / "real").read_text() == "kept"


@pytest.mark.parametrize("kind", ["fifo", "folder", "link to a device", "device", "nowhere"])
def test_output_goes_to_a_regular_file_only(stamped: Any, outside: Path, kind: str) -> None:
    place = outside / "a"
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "link to a device":
        place.symlink_to(os.devnull)
    else:
        place = Path(os.devnull) if kind == "device" else outside / "gone" / "a"
    kept = list(outside.iterdir())
    run = stamped.onex("attest", "--output", str(place))
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"onex: error: {place}: not written: ")
    assert list(outside.iterdir()) == kept
    assert place.is_file() is False


def test_dash_is_standard_output(stamped: Any) -> None:
    assert stamped.onex("attest", "--output", "-").out == stamped.onex("attest").out != ""
    assert not (stamped.root / "-").exists()


def test_large_files_are_read_in_pieces_or_refused(stamped: Any, outside: Path) -> None:
    big = b"\0" + b"12345678" * 50_000
    stamped.write("data/big.bin", big)
    stamped.write("src/unmarked.py", b"z = 1\n" * 60_000)
    document = attest(stamped, outside / "a")
    subjects = {s.path: s for s in parse_attestation(Path(document).read_bytes()).subjects}
    assert subjects["data/big.bin"].hash == f"b3-v1:{blake3(big).hexdigest()}"
    assert subjects["data/big.bin"].sha256 == hashlib.sha256(big).hexdigest()
    assert "src/unmarked.py" not in subjects
    assert codes(stamped, document, "--ignore", "ONX") == []
    stamped.write("data/big.bin", big + b"!")
    assert codes(stamped, document, "--ignore", "ONX") == ["data/big.bin:1 STP020"]
    stamped.write("src/a.py", (stamped.root / "src/a.py").read_bytes() + b"z = 1\n" * 60_000)
    run = stamped.onex("attest")
    assert run.code == 1 and "src/a.py: it has a stamp, and is too large to be read" in run.err


# Comparing ---------------------------------------------------------------------------------------


def test_body_counts_and_stamp_and_line_endings_do_not(stamped: Any, outside: Path) -> None:
    document = attest(stamped, outside / "a")
    assert codes(stamped, document) == []
    edit(stamped, "src/a.py", b"# lifecycle: active", b"# lifecycle: deprecated")
    edit(stamped, "src/b.py", b"\n", b"\r\n")
    assert codes(stamped, document) == []
    edit(stamped, "src/a.py", b"x = 1", b"x = 2")
    run = stamped.onex("validate", "--attestation", document)
    assert run.code == 1
    assert "error[STP020]: content is not what the attestation says\n --> src/a.py:1:1" in run.out
    assert "no signature was verified" in run.out
    edit(stamped, "src/a.py", b"x = 2", b"x = 1")
    assert codes(stamped, document) == []


def test_file_without_its_stamp_is_all_body(stamped: Any, outside: Path) -> None:
    document = attest(stamped, outside / "a")
    assert stamped.onex("stamp", "--remove", "--quiet", "src").code == 0
    assert codes(stamped, document) == []
    stamped.write("src/a.py", "x = 3\n")
    assert codes(stamped, document) == ["src/a.py:1 STP020"]


def test_files_that_are_gone_and_files_that_are_new(stamped: Any, outside: Path) -> None:
    document = attest(stamped, outside / "a")
    stamped.git("mv", "src/b.py", "src/c.py")
    stamped.write("data/more.json", "1\n")
    stamped.write("unstamped.py", "z = 1\n")
    assert codes(stamped, document) == [
        "data/more.json:1 STP022",
        "src/b.py:1 STP021",
        "src/c.py:1 STP022",
    ]


def test_other_document_is_judged_anew_on_a_warm_run(stamped: Any, outside: Path) -> None:
    first = attest(stamped, outside / "a")
    edit(stamped, "src/a.py", b"x = 1", b"x = 2")
    second = attest(stamped, outside / "b")
    for _ in range(2):
        assert codes(stamped, first) == ["src/a.py:1 STP020"]
        assert codes(stamped, second) == []
        assert stamped.codes() == []
    os.replace(second, first)
    assert codes(stamped, first) == [] == codes(stamped, first, "--no-cache")


def test_document_about_some_paths_expects_nothing_of_others(stamped: Any, outside: Path) -> None:
    document = attest(stamped, outside / "a", "src")
    assert json.loads(Path(document).read_bytes())["predicate"]["paths"] == ["src"]
    assert codes(stamped, document) == []
    stamped.write("src/new.py", (stamped.root / "src/a.py").read_bytes())
    stamped.write("docs/new.md", (stamped.root / "docs/page.md").read_bytes())
    assert codes(stamped, document) == ["src/new.py:1 STP022"]


def test_named_files_only_are_compared_and_that_is_said(stamped: Any, outside: Path) -> None:
    document = attest(stamped, outside / "a")
    edit(stamped, "src/a.py", b"x = 1", b"x = 2")
    (stamped.root / "src/b.py").unlink()
    run = stamped.onex("validate", "--attestation", document, "src/a.py")
    assert run.code == 1 and "STP020" in run.out and "STP021" not in run.out
    assert "compared with these files only" in run.out
    stamped.git("commit", "-qm", "x")
    run = stamped.onex("validate", "--attestation", document, "--since", "HEAD")
    assert "STP020" in run.out and "compared with these files only" in run.out


def test_links_and_odd_names_are_covered(stamped: Any, outside: Path) -> None:
    odd = b"data/\xff\x1b \xe2\x80\xae.json"
    with open(os.path.join(os.fsencode(stamped.root), odd), "wb") as file:
        file.write(b"{}\n")
    (stamped.root / "data/link").symlink_to("ports.json")
    document = attest(stamped, outside / "a")
    rows = {row["name"]: row for row in json.loads(Path(document).read_bytes())["subject"]}
    assert rows["data/link"] == {
        "name": "data/link",
        "digest": {BODY: blake3(b"ports.json").hexdigest()},
        "annotations": {"onexLink": True},
    }
    assert r'"data/\xff\x1b \xe2\x80\xae.json"' in rows
    assert codes(stamped, document) == []
    os.unlink(os.path.join(os.fsencode(stamped.root), odd))
    (stamped.root / "data/link").unlink()
    (stamped.root / "data/link").symlink_to("other.json")
    found = codes(stamped, document)
    assert [line.rpartition(" ")[2] for line in found] == ["STP020", "STP021"]
    (stamped.root / "data/link").unlink()
    stamped.write("data/link", "ports.json")
    assert "data/link:1 STP020" in codes(stamped, document)


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "github", "concise"])
def test_every_format_has_the_findings(stamped: Any, outside: Path, name: str) -> None:
    document = attest(stamped, outside / "a")
    edit(stamped, "src/a.py", b"x = 1", b"x = 2")
    run = stamped.onex("validate", "--attestation", document, "--output-format", name)
    assert run.code == 1 and "STP020" in run.out and "src/a.py" in run.out


def test_envelope_is_opened_and_nobody_claims_to_have_verified_it(
    stamped: Any, outside: Path
) -> None:
    document = Path(attest(stamped, outside / "a"))
    payload = base64.b64encode(document.read_bytes()).decode()
    envelope = {
        "payloadType": "application/vnd.in-toto+json",
        "payload": payload,
        "signatures": [{"sig": "AA=="}],
    }
    document.write_text(json.dumps(envelope))
    for _ in range(2):
        run = stamped.onex("validate", "--attestation", str(document))
        assert run.code == 0
        assert "is a DSSE envelope with 1 signature: no signature was verified" in run.out


def test_page_shows_a_document_as_it_is_written() -> None:
    page = (CHECKOUT / "docs/attestation.md").read_text()
    shown = page.partition("```json\n")[2].partition("```")[0].encode()
    read = parse_attestation(shown)
    assert render_attestation(read) == shown
    link, module = read.subjects
    assert link.hash == f"b3-v1:{blake3(b'releases/1').hexdigest()}"
    example = ChangedAttestedFile.examples[0].text.encode()
    assert module.sha256 == hashlib.sha256(example).hexdigest()
    for code in ("STP020", "STP021", "STP022"):
        assert f"rules/STP.md#{code.lower()}-" in page


def test_hash_that_is_left_in_a_file_is_still_verified(stamped: Any) -> None:
    edit(stamped, "onex.toml", b'select = ["STP02", "ONX"]', b'select = ["STP"]')
    assert stamped.codes("--select", "STP002,STP009") == []
    for digits, found in (
        (blake3(b"x = 1\n").hexdigest(), []),
        ("0123" * 16, ["src/a.py:16 STP002"]),
    ):
        line = b"# hash: b3-v1:" + digits.encode() + b"\n"
        edit(stamped, "src/a.py", CLOSING, line + CLOSING)
        assert stamped.codes("--select", "STP002,STP009", "src/a.py") == found
        edit(stamped, "src/a.py", line, b"")


# Wrong use ---------------------------------------------------------------------------------------


def test_broken_document_is_wrong_use(stamped: Any, outside: Path) -> None:
    document = outside / "broken"
    for data, said in (
        (b"{", "expected JSON"),
        (b"{}", "this is no in-toto Statement"),
        (b'{"_type":"https://in-toto.io/Statement/v0.1"}', "Statement/v0.1', expected 'https"),
    ):
        document.write_bytes(data)
        run = stamped.onex("validate", "--attestation", str(document))
        assert (run.code, run.out) == (2, "") and said in run.err
    assert "no such file" in stamped.onex("validate", "--attestation", "nowhere.json").err
    assert stamped.onex("validate", "--attestation", ".").code == 2


def test_document_that_is_no_regular_file_is_not_waited_for(stamped: Any, outside: Path) -> None:
    os.mkfifo(outside / "pipe")
    (outside / "link").symlink_to("pipe")
    for document in (outside / "pipe", outside / "link", outside, Path("/dev/zero")):
        run = stamped.onex("validate", "--attestation", str(document))
        assert (run.code, run.out) == (2, "")
        assert f"--attestation {document}: it is not a regular file" in run.err
    (outside / "link").unlink()
    (outside / "link").symlink_to(attest(stamped, outside / "a"))
    assert codes(stamped, str(outside / "link")) == []


def test_run_that_would_compare_nothing_is_wrong_use(stamped: Any, outside: Path) -> None:
    document = attest(stamped, outside / "a")
    for more in (
        ["--staged"],
        ["--stdin-filename", "src/a.py"],
        ["--scope", "file"],
        ["--select", "DCS"],
        ["--ignore", "STP02"],
    ):
        run = stamped.onex("validate", "--attestation", document, *more)
        assert (run.code, run.out) == (2, "") and "--attestation" in run.err, more


def test_rules_are_off_without_a_document(stamped: Any) -> None:
    edit(stamped, "onex.toml", b'select = ["STP02", "ONX"]\n', b"")
    run = stamped.onex("validate", "--extend-select", "STP020")
    assert "STP02" not in run.out
    assert "waits for `--attestation`" in stamped.onex("rules", "STP020").out
