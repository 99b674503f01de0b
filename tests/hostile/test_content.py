"""Files with bytes nobody wishes for: each is survived, and the good ones are still judged."""

from __future__ import annotations

import pytest

from tests.hostile.conftest import FAULT

STAMP = b"# === OmniNode:Metadata ===\n"
BOMB = b"a: &a [x, x]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c, *%c]\n" % (98 + n, 98 + n, *([97 + n] * 4)) for n in range(20)
)
CONTENTS = {
    "empty.py": b"",
    "nul.py": FAULT + b"\0" * 100,
    "bom.py": b"\xef\xbb\xbf" + FAULT,
    "utf16.py": FAULT.decode().encode("utf-16"),
    "utf32.yaml": "a: 1\n".encode("utf-32"),
    "latin1.py": b"# -*- coding: latin-1 -*-\n'\xe4\xf6\xfc'\n" + FAULT,
    "undeclared.py": b"'\xe4\xf6\xfc'\n",
    "wrong-cookie.py": b"# coding: ascii\n'\xe4'\n",
    "no-such-cookie.py": b"# coding: no-such-codec\n",
    "rot13.py": b"# coding: rot13\nqrs s(): cnff\n",
    "undefined.py": b"# coding: undefined\n",
    "idna.py": b"# coding: idna\n" + b"x" * 100_000,
    "cr-only.py": FAULT.replace(b"\n", b"\r"),
    "mixed.py": b"x = 1\r\ny = 2\rz = 3\n" + FAULT,
    "form-feed.py": b"\x0c\n" + FAULT,
    "brackets.py": b"x = " + b"(" * 5_000 + b")" * 5_000,
    "sum.py": b"x = " + b"1+" * 100_000 + b"1\n",
    "attributes.py": b"x = a" + b".b" * 100_000 + b"\n",
    "unary.py": b"x = " + b"-" * 100_000 + b"1\n",
    "ifs.py": b"".join(b" " * n + b"if x:\n" for n in range(99)) + b" " * 99 + b"pass\n",
    "fstring.py": b"f'" + b"{" * 20_000 + b"}" * 20_000 + b"'\n",
    "decorators.py": b"@a\n" * 50_000 + FAULT,
    "digits.py": b"x = " + b"9" * 10_000 + b"\n",
    "exponent.py": b"x = 1e999999999\n",
    "comments.py": b"# a comment\n" * 50_000,
    "noqas.py": b"x = 1  # noqa: D103\n" * 20_000,
    "ignores.py": b"# onex: ignore[DCS005] -- why\n" * 20_000,
    "open-ignores.py": b"# onex: ignore[" * 50_000,
    "one-line.py": b"x = '" + b"a" * 900_000 + b"'\n",
    "one-line.md": b"# " + b"=" * 4_000_000,
    "stamps.md": b"<!-- === OmniNode:Metadata ===\n" * 20_000,
    "stamps.py": STAMP * 20_000,
    "equals.yaml": b"# " + b"=" * 1_000_000 + b" OmniNode:\n",
    "bomb.yaml": STAMP + BOMB,
    "flow.yaml": STAMP + b"[" * 20_000,
    "compact.yaml": STAMP + b"- " * 20_000 + b"a\n",
    "questions.yaml": STAMP + b"? " * 20_000 + b"a\n",
    "merge.yaml": STAMP + b"a: &a {b: 1}\nc:\n  <<: *a\n  <<: [*a, *a]\n",
    "dates.yaml": STAMP + b"a: 2025-99-99\nb: 0000-00-00T99:99:99\n? [1]\n: 2\n",
    "random.yaml": bytes(range(256)) * 1_000,
    "random.md": bytes(range(255, -1, -1)) * 1_000,
}


@pytest.fixture(scope="module")
def report(shared_ground):
    """The report on one tree with all of them, serial and cold."""
    shared_ground.write_all({f"bad/{name}": data for name, data in CONTENTS.items()})
    shared_ground.write_all({"a.py": FAULT, "z.py": FAULT})
    return shared_ground.check("--jobs", "1", codes=(1,))


def test_good_files_are_judged_beside_bad_ones(report):
    for path in ("a.py", "z.py"):
        assert {code for where, code in report.found() if where == path} == {"DCS001", "DCS005"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nul.py", "ONX003"),
        ("utf16.py", "ONX003"),
        ("undeclared.py", "ONX003"),
        ("wrong-cookie.py", "ONX003"),
        ("no-such-cookie.py", "ONX003"),
        ("brackets.py", "ONX003"),
        ("sum.py", "ONX003"),
        ("digits.py", "ONX003"),
        ("bom.py", "DCS005"),
        ("latin1.py", "DCS005"),
        ("mixed.py", "DCS005"),
        ("form-feed.py", "DCS005"),
        ("decorators.py", "DCS005"),
        ("ignores.py", "ONX014"),
    ],
)
def test_what_is_wrong_is_said(report, name, code):
    assert (f"bad/{name}", code) in report.found()


def test_no_check_failed(report):
    assert not report.json()["summary"]["failed"]


@pytest.mark.parametrize("output_format", ["text", "concise", "jsonl", "sarif", "github"])
def test_every_format_and_the_pool_survive(report, shared_ground, output_format):
    run = shared_ground.onex(
        "validate", "--output-format", output_format, "--jobs", "2", codes=(1,)
    )
    assert "DCS005" in run.out
    assert report.code == run.code


def test_a_file_over_the_limit_is_said_and_costs_nothing(ground):
    ground.write("huge.py", b"x = 1\n" * 11_000_000)
    ground.write("a.py")
    run = ground.check(codes=(1,))
    assert ("huge.py", "ONX002") in run.found()
    assert ("a.py", "DCS005") in run.found()
    assert run.cpu < 10


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("a.py", b"# onex: ignore[ABC001] -- "),
        ("a.py", b'"""\\'),
        ("a.py", b"'x' # noqa "),
        ("a.md", b"<!-- === OmniNode:Metadata ===\n---\n"),
        ("a.yaml", b"# === OmniNode:Metadata ===\n# hash: " + b"0" * 64 + b"\n"),
        ("a.yaml", b"[{"),
        ("a.py", b"{" * 50 + b"f'"),
    ],
)
def test_twice_the_size_is_no_more_than_some_times_the_work(ground, name, unit):
    """A hang guard, not a benchmark: quadratic work would be sixteen times as much."""
    small, large = 60_000 // len(unit), 240_000 // len(unit)
    ground.write(name, unit * small)
    first = ground.check("--no-cache")
    ground.write(name, unit * large)
    second = ground.check("--no-cache")
    assert second.cpu < 10 * max(first.cpu, 0.4)
