"""Accepted secrets: another secret is new, a moved one is not, and the baseline tells little."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from blake3 import blake3
from hypothesis import assume, given
from hypothesis import strategies as st

from onex_tools.baseline import Baseline, make_baseline
from onex_tools.fingerprints import DIGEST_BYTES, Evidence, Secrets
from onex_tools.model import Finding, Location
from onex_tools.result import RuleInfo
from tests.conftest import Repository
from tests.secrets.values import drawn

FILE = "onex-baseline.txt"
SEC = ("--select", "SEC", "--ignore", "SEC030")
KEY = bytes(range(32))
NONE = "# nothing is secret here\n"


def key(seed: str) -> str:
    """The lines of a private key that opens nothing."""
    bar, lines = "-" * 5, [drawn(f"{seed} {n}", 64) for n in range(3)]
    return "\n".join([f"{bar}BEGIN PRIVATE KEY{bar}", *lines, f"{bar}END PRIVATE KEY{bar}"])


def packed(seed: str) -> str:
    """A password as Kubernetes wants it."""
    return base64.b64encode(drawn(seed, 15).encode()).decode()


FORMS: dict[str, tuple[str, Callable[[str], str]]] = {
    "password": ("app.yaml", lambda seed: f"db:\n  password: {drawn(seed, 14)}\n"),
    "token": ("app.toml", lambda seed: f'api_key = "{drawn(seed, 32)}"\n'),
    "url": ("a.env", lambda seed: f"URL=postgres://app:{drawn(seed, 14)}@db.internal/app\n"),
    "key": ("server.key", lambda seed: key(seed) + "\n"),
    "kubernetes": (
        "secret.yaml",
        lambda seed: f"kind: Secret\ndata:\n  password: {packed(seed)}\n",
    ),
}
"""A path, and its text with a secret drawn from a seed; texts are equally long."""


@pytest.fixture
def accept(repo: Repository) -> Callable[[str, str], Repository]:
    """Writes a file and accepts what is found in it."""
    repo.write("onex.toml", 'select = ["SEC"]\npreview = true\nignore = ["SEC030"]\n')

    def write(path: str, text: str) -> Repository:
        repo.write(path, text)
        assert repo.codes(), "it has to be found first"
        assert repo.onex("baseline", "create").code == 0
        return repo

    return write


def new(repo: Repository, *words: str) -> list[str]:
    """What the baseline does not know: code and path."""
    found = repo.codes("--baseline", FILE, *words)
    return [one.partition(":")[0] + one.rpartition(" ")[2] for one in found if "ONX016" not in one]


@pytest.mark.parametrize("form", FORMS)
def test_another_secret_of_the_same_form_is_new(
    accept: Callable[[str, str], Repository], form: str
) -> None:
    path, text = FORMS[form]
    repo = accept(path, text("old"))
    assert new(repo) == []
    repo.write(path, text("new"))
    assert len(new(repo)) == 1
    assert len(new(repo, "--no-cache")) == 1
    repo.write(path, text("old"))
    assert new(repo) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_that_moved_is_known(accept: Callable[[str, str], Repository], form: str) -> None:
    path, text = FORMS[form]
    repo = accept(path, text("old"))
    for _ in range(2):  # cold, then warm
        repo.write(path, "# a line\n\n" * 3 + text("old") + "# another\n")
        assert new(repo) == []
    repo.write("other.yaml", FORMS["password"][1]("old"))
    assert "other.yamlSEC010" in new(repo)


def test_a_key_that_is_indented_is_the_same(accept: Callable[[str, str], Repository]) -> None:
    repo = accept("a.yaml", "tls: |\n  " + key("old").replace("\n", "\n  ") + "\n")
    repo.write("a.yaml", "tls: |\n      " + key("old").replace("\n", "\r\n      ") + "\n")
    assert new(repo) == []


def test_each_baseline_has_its_key_and_keeps_it(
    accept: Callable[[str, str], Repository],
) -> None:
    path, text = FORMS["password"]
    repo = accept(path, text("old"))
    first = (repo.root / FILE).read_text()
    assert repo.onex("baseline", "create").code == 0
    assert (repo.root / FILE).read_text() == first
    assert repo.onex("baseline", "create", "second.txt").code == 0
    second = (repo.root / "second.txt").read_text()
    assert not {*first.splitlines()[1:]} & {*second.splitlines()[1:]}
    for name in (FILE, "second.txt", FILE):  # of one cache
        assert repo.codes("--baseline", name) == []
    repo.write(path, text("new"))
    for name in (FILE, "second.txt"):
        assert f"{path}:2 SEC010" in repo.codes("--baseline", name)


def test_a_baseline_of_the_first_version_is_read_and_brought_up_to_date(
    accept: Callable[[str, str], Repository],
) -> None:
    path, text = FORMS["password"]
    repo = accept(path, text("old"))
    newest = (repo.root / FILE).read_text()
    # As the first version made it: of the message instead of the secret.
    (said,) = repo.onex("validate", "--output-format", "json").json()["findings"]
    anchor = blake3(said["message"].encode()).hexdigest()[:16]
    row = "\0".join(("SEC010", path, anchor, "1")).encode()
    mark = blake3(row, key=bytes.fromhex(newest.split()[3])).hexdigest(16)
    lines = ["onex-baseline 1", newest.splitlines()[1], f"{mark} SEC010 {path}", ""]
    repo.write(FILE, "\n".join(lines))
    assert new(repo) == []
    assert "takes a changed secret for the old one" in repo.onex("validate", "--baseline", FILE).out
    repo.write(path, text("new"))
    assert new(repo) == []
    repo.write(path, text("old"))
    assert repo.onex("baseline", "create").code == 0
    assert (repo.root / FILE).read_text() == newest


def test_the_index_is_what_a_staged_secret_is_compared_with(git_repo: Repository) -> None:
    path, text = FORMS["password"]
    git_repo.write(path, text("old"))
    git_repo.write("onex.toml", 'select = ["SEC"]\npreview = true\nignore = ["SEC030"]\n')
    assert git_repo.onex("baseline", "create").code == 0
    git_repo.git("add", path)
    git_repo.write(path, text("new"))
    assert new(git_repo, "--staged") == []
    git_repo.git("add", path)
    git_repo.write(path, text("old"))
    assert new(git_repo, "--staged") == [f"{path}SEC010"]


def test_fingerprints_of_reports_follow_the_secret_under_the_key_of_the_baseline(
    accept: Callable[[str, str], Repository],
) -> None:
    path, text = FORMS["password"]
    repo = accept(path, NONE + text("old"))

    def prints(*words: str) -> list[str]:
        report = repo.onex("validate", "--output-format", "json", *words).json()
        return [one["fingerprint"] for one in (*report["findings"], *report["waived"])]

    plain, keyed = prints(), prints("--baseline", FILE)
    assert plain != keyed
    repo.write(path, NONE * 2 + text("old"))
    assert (prints(), prints("--baseline", FILE)) == (plain, keyed)
    repo.write(path, NONE + text("new"))
    assert prints() == plain
    assert keyed[0] not in prints("--baseline", FILE)


def test_no_digest_of_a_secret_is_in_the_cache(accept: Callable[[str, str], Repository]) -> None:
    path, text = FORMS["password"]
    repo = accept(path, text("old"))
    secret = drawn("old", 14).encode()
    assert new(repo) == []
    kept = b"".join(one.read_bytes() for one in repo.cache.rglob("*") if one.is_file())
    assert b"SEC010" in kept, "the finding has to be kept"
    whole = blake3(secret)
    for digest in (whole.digest(), whole.hexdigest().encode()):
        assert digest[:8] not in kept
    held = (repo.root / FILE).read_bytes()
    assert whole.hexdigest()[:8].encode() not in held
    under_key = blake3(secret, key=bytes.fromhex(held.split()[3].decode()))
    assert under_key.hexdigest()[:8].encode() not in held


# Laws --------------------------------------------------------------------------------------------


RULE = RuleInfo(
    "SEC999", "a-secret", "", "", 3, 3, False, True, "file", (), (), "", "", (), (), "", "", False
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1)


def evidence(data: bytes) -> Evidence:
    """A file of these bytes at every path."""
    return Evidence({"SEC999": RULE, "PLN001": RULE._replace(sensitive=False)}, lambda _: data)


def finding(start: int, end: int, path: str = "a", code: str = "SEC999") -> Finding:
    """A finding on the bytes from ``start`` to ``end``."""
    return Finding(code, Location(path, start, end), "m", anchor="m")


@given(TEXTS, TEXTS, st.binary(max_size=9))
def test_what_stands_before_and_behind_does_not_matter(
    secret: str, other: str, before: bytes
) -> None:
    data = secret.encode()
    here = Secrets(KEY, evidence(data)).anchor(finding(0, len(data)))
    at = len(before)
    there = Secrets(KEY, evidence(before + data + before))
    assert there.anchor(finding(at, at + len(data))) == here
    assert len(here) == 2 * DIGEST_BYTES
    assert Secrets(KEY[::-1], evidence(data)).anchor(finding(0, 1, code="PLN001")) == "m"
    assume(other != secret)
    elsewhere = [
        Secrets(KEY, evidence(other.encode())).anchor(finding(0, len(other.encode()))),
        Secrets(KEY[::-1], evidence(data)).anchor(finding(0, len(data))),
        Secrets(KEY, evidence(data)).anchor(finding(0, len(data), path="b")),
    ]
    # One of them may be equal by chance: a digest has 16 bits.
    assert elsewhere.count(here) < 2


@given(st.lists(st.sampled_from([b"one", b"two", b"three"]), max_size=6), st.data())
def test_a_baseline_knows_as_many_of_a_secret_as_it_was_shown(
    secrets: list[bytes], draw: st.DataObject
) -> None:
    def made(words: list[bytes]) -> tuple[list[Finding], Evidence]:
        starts = [sum(map(len, words[:n])) for n in range(len(words))]
        spans = [(at, at + len(word)) for at, word in zip(starts, words, strict=True)]
        return [finding(*span) for span in spans], evidence(b"".join(words))

    baseline: Baseline = make_baseline("b", *made(secrets), KEY)
    assert len(baseline.entries) == len(secrets)
    moved = draw.draw(st.permutations(secrets))
    assert {*baseline.fingerprints(*made([*moved]))} == {*baseline.entries}
    more = {*baseline.fingerprints(*made([*moved, b"one"]))} - {*baseline.entries}
    assert len(more) == 1
