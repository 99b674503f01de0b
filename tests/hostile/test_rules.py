"""Rules that misbehave: named, exit code 2, and everything else is still found."""

from __future__ import annotations

import pytest

from tests.hostile.conftest import FAULT

BODIES = {
    "raises": "raise ValueError('canary')",
    "loops": "while True: pass",
    "loops in a regular expression": "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')",
    "swallows": "\n".join(
        ["while True:", "    try:", "        while True: pass", "    except Exception: pass"]
    ),
    "recursion": "def f(): f()\nf()",
    "memory": "raise MemoryError",
    "exits": "sys.exit(0)",
    "rubbish": "yield 'rubbish'",
    "wrong span": "yield file.finding(self, (10**12, -5), 'odd')\nyield 3",
    "bad fix": "yield file.finding(self, None, 'x', fix=Fix('t', [Edit(0, 0, 'text')]))",
}


@pytest.mark.parametrize("pooled", [False, True])
@pytest.mark.parametrize("name", BODIES)
def test_misbehaving_rule_is_named_and_silences_nothing(ground, name, pooled):
    body = "if file.name == 'bad.txt':\n" + "\n".join(
        "    " + line for line in BODIES[name].splitlines()
    )
    ground.local_rule(body, config="timeout = 1\n")
    ground.write_all({"a.txt": "a", "bad.txt": "b", "z.txt": "z", "m.py": FAULT})
    if pooled:
        ground.write("bulk.md", b"text\n" * 400_000)
    jobs = ("--jobs", "2" if pooled else "1")
    run = ground.check("--allow-local-plugins", *jobs, codes=(2,))
    found = run.found()
    assert found >= {("a.txt", "TST001"), ("z.txt", "TST001"), ("m.py", "DCS005")}
    assert {code for path, code in found if path == "bad.txt"} & {"ONX090", "ONX091"}
    assert all("canary" not in message for message in run.messages("bad.txt"))


def test_rule_that_kills_its_process_in_the_pool_is_named(ground):
    ground.local_rule("if file.name == 'bad.txt': os._exit(0)")
    ground.write_all({"a.txt": "a", "bad.txt": "b", "z.txt": "z", "m.py": FAULT})
    ground.write("bulk.md", b"text\n" * 400_000)
    run = ground.check("--allow-local-plugins", "--jobs", "2", codes=(2,))
    assert run.found() >= {("a.txt", "TST001"), ("bad.txt", "ONX090"), ("m.py", "DCS005")}


def test_rule_that_yields_for_ever_is_cut_off(ground):
    ground.local_rule("while True: yield file.finding(self, None, 'again')")
    ground.write("a.txt", "a")
    run = ground.check("--allow-local-plugins", codes=(1,))
    assert ("a.txt", "TST001") in run.found()
    assert any("the rest is left out" in message for message in run.messages("a.txt"))
