"""Private keys: whole, cut off, on one line, in base64, and what only speaks of them."""

from __future__ import annotations

import base64
import random

import pytest

from tests.conftest import Repository

ASK = ("validate", "--select", "SEC001", "--output-format", "json")
BAR = "-" * 5
LINES = ["".join(random.Random(n).choices("ABCDefgh0123+/xyz", k=64)) for n in range(6)]


def pem(label: str = "RSA PRIVATE KEY", between: str = "\n", *, ended: bool = True) -> str:
    """A text in the form of a key."""
    rows = [f"{BAR}BEGIN {label}{BAR}", *LINES, *([f"{BAR}END {label}{BAR}"] if ended else [])]
    return between.join(rows)


def lines(repo: Repository, text: str | bytes, name: str = "a.txt") -> list[tuple[int, int]]:
    """The first and last line of each key that is found."""
    repo.write(name, text)
    found = repo.onex(*ASK).json()["findings"]
    return [(one["line"], one["end_line"]) for one in found]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (pem(), [(1, 8)]),
        (pem(ended=False), [(1, 7)]),
        (pem(between="\r\n"), [(1, 8)]),
        (pem(between="\n#6 0.245 "), [(1, 8)]),
        (pem(between='\\n" +\n    "'), [(1, 8)]),
        (f'KEY="{pem(between=chr(92) + "n")}"\n', [(1, 1)]),
        (f"a\n{pem()}\nb\n{pem('OPENSSH PRIVATE KEY')}\n", [(2, 9), (11, 18)]),
        (pem("PGP PRIVATE KEY BLOCK"), [(1, 8)]),
        (pem(between=" "), [(1, 1)]),
        (base64.b64encode(pem().encode()).decode(), [(1, 1)]),
        (pem("PUBLIC KEY"), []),
        (pem("CERTIFICATE"), []),
        (f"{BAR}BEGIN PRIVATE KEY{BAR}\n...\n{BAR}END PRIVATE KEY{BAR}\n", []),
        (f"{BAR}BEGIN PRIVATE KEY{BAR}\n{LINES[0][:36]}\n{BAR}END PRIVATE KEY{BAR}\n", []),
        (f"if '{BAR}BEGIN RSA PRIVATE KEY{BAR}' in text:\n", []),
    ],
)
def test_where(repo: Repository, text: str, where: list[tuple[int, int]]) -> None:
    assert lines(repo, text) == where


def test_putty(repo: Repository) -> None:
    text = (
        "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\nAAAA\n"
        f"Private-Lines: 2\n{LINES[0]}\n{LINES[1]}\nPrivate-MAC: 0123456789abcdef\n"
    )
    assert lines(repo, text, "key.ppk") == [(1, 9)]


def test_one_with_a_passphrase_is_a_warning(repo: Repository) -> None:
    repo.write("a.pem", pem("ENCRYPTED PRIVATE KEY"))
    (found,) = repo.onex(*ASK).json()["findings"]
    assert (found["severity"], "passphrase" in found["message"]) == ("warning", True)


def test_binary_files_are_passed_over(repo: Repository) -> None:
    assert lines(repo, b"\0\1\2" + pem().encode(), "a.bin") == []
