"""A document that the run is handed: who asked for it is judged anew with another, nobody else."""

from __future__ import annotations

from onex_tools.stamp.attestation import Attestation, Subject, render_attestation
from onex_tools.testing import check_plugin

RULES = '''
"""A repository's own rules."""

import os

from onex_tools.api import Bad, Good, TreeValidator


def tally(word):
    """Leave a trace of a check that ran."""
    with open(os.environ.get("TALLY", os.devnull), "a") as file:
        file.write(word)


class Handed(TreeValidator):
    """Document is handed over.

    For tests.
    """

    code, name = "TST001", "handed"
    enabled_by = "given:attestation"
    examples = (
        Good("a.txt", "x"),
        Bad("a.txt", "x", given={"attestation": "y"}),
    )

    def check(self, tree):
        """One finding at the first file, if there is a document."""
        tally("h")
        data = tree.given("attestation")
        if data is not None:
            yield tree.finding(self, tree.paths()[0], None, f"{len(data)} bytes")


class Deaf(TreeValidator):
    """Rule asks for no document.

    For tests.
    """

    code, name = "TST002", "deaf"
    examples = (Good("a.txt", "x"), Bad("bad.txt", "x"))

    def check(self, tree):
        """One finding at each bad file."""
        tally("d")
        assert tree.given("other") is None
        for path in tree.paths("bad.txt"):
            yield tree.finding(self, path, None, "bad")
'''


def document(paths: tuple[str, ...] = ()) -> bytes:
    """An attestation of nothing that is there."""
    return render_attestation(Attestation([Subject("a", "b3-v1:" + "0" * 64)], paths))


def test_only_those_who_asked_are_judged_anew(repo, tmp_path):
    repo.write_all({"rules.py": RULES, "onex.toml": 'local-rules = ["rules.py"]\n'})
    tally = tmp_path / "tally"
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_bytes(document())
    second.write_bytes(document(("elsewhere",)))

    def run(*given):
        """Which rules were judged, and what they found."""
        tally.write_text("")
        found = repo.codes("--select", "TST,ONX", "--allow-local-plugins", *given, TALLY=str(tally))
        return "".join(sorted(tally.read_text())), [line.partition(" ")[2] for line in found]

    assert run() == ("d", [])
    one, other = ("--attestation", str(first)), ("--attestation", str(second))
    assert run(*one) == ("dh", ["TST001"])
    assert run(*other) == ("h", ["TST001"])
    assert run(*other) == ("", ["TST001"])
    assert run(*one) == ("h", ["TST001"])
    assert run("--scope", "tree", *one)[1] == ["TST001"]


def test_examples_may_need_a_document(tmp_path):
    path = tmp_path / "rules.py"
    path.write_text(RULES)
    check_plugin(str(path))
