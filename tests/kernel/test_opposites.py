"""Rules that ask for the contrary of each other: one of them runs, and the report says which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_tools.admission import engine_infos
from onex_tools.selection import opposed

CART = 'class Cart:\n    """What one visitor buys.\n\n    And more.\n    """\n\n    size = 1\n'
SET_OFF = CART.replace(":\n", ":\n\n", 1)
BELOW = CART.replace('"""What', '"""\n    What')
MODULE = '"""Carts."""\n\n\n'


def notes(run) -> list[tuple[str, str]]:
    """What the report says of opposites, and what to do."""
    said = [(note["message"], note["help"]) for note in run.json()["notes"]]
    return [one for one in said if "opposite" in one[0]]


def mend(repo, text: str, *arguments: str):
    """The file after ``--fix``, and what was said of opposites."""
    repo.write("cart.py", MODULE + text)
    run = repo.onex("validate", "--fix", "--output-format", "json", "cart.py", *arguments)
    assert "ONX006" not in run.out
    return (repo.root / "cart.py").read_text().removeprefix(MODULE), notes(run)


def off(lost: str, kept: str) -> list[tuple[str, str]]:
    said = f"{lost} is off, because {kept} asks for the opposite"
    return [(said, f"choose with --ignore {lost} or --ignore {kept}")]


@pytest.mark.parametrize(
    ("select", "lost", "kept", "text", "mended"),
    [
        ("DCS104,DCS105", "DCS104", "DCS105", SET_OFF, CART),
        ("DCS105,DCS104", "DCS104", "DCS105", SET_OFF, CART),
        ("D203,D211", "DCS104", "DCS105", SET_OFF, CART),
        ("DCS,DCS104", "DCS105", "DCS104", CART, SET_OFF),
        ("DCS113,DCS114", "DCS114", "DCS113", BELOW, CART),
        ("summary-not-on-second-line,D212", "DCS114", "DCS113", BELOW, CART),
    ],
)
def test_one_of_two_selected_together_runs(repo, select, lost, kept, text, mended):
    assert mend(repo, text, "--select", select) == (mended, off(lost, kept))
    assert mend(repo, text, "--select", select, "--ignore", lost) == (mended, [])
    words = ", ".join(f'"{word}"' for word in select.split(","))
    repo.write("onex.toml", f"select = [{words}]\n")
    assert mend(repo, text) == (mended, off(lost, kept))
    shown = repo.onex("rules", lost).out
    assert f"off: {kept} is on, and asks for the opposite" in shown


@pytest.mark.parametrize(
    ("config", "lost", "kept", "text", "mended"),
    [
        ('extend-select = ["DCS114"]', "DCS113", "DCS114", CART, BELOW),
        ('extend-select = ["DCS113", "DCS114"]', "DCS114", "DCS113", BELOW, CART),
        ('extend-select = ["DCS114"]\nlocked = ["DCS113"]', "DCS114", "DCS113", BELOW, CART),
    ],
)
def test_the_convention_gives_way_to_what_is_named(repo, config, lost, kept, text, mended):
    repo.write("onex.toml", f'{config}\n[docstrings]\nconvention = "google"\n')
    assert mend(repo, text) == (mended, off(lost, kept))


def test_parts_of_the_tree_may_choose_differently(repo):
    repo.write("onex.toml", 'select = ["DCS104", "DCS105"]\n')
    repo.write("a/onex.toml", 'ignore = ["DCS105"]\n')
    repo.write("b/onex.toml", 'extend-select = ["DCS001"]\n')
    repo.write_all({"a/cart.py": MODULE + CART, "b/cart.py": MODULE + SET_OFF})
    run = repo.onex("validate", "--output-format", "json")
    rows = [(found["path"], found["code"]) for found in run.json()["findings"]]
    assert rows == [("a/cart.py", "DCS104"), ("b/cart.py", "DCS105")]
    assert notes(run) == off("DCS104", "DCS105")
    assert "off: DCS104 is off, because DCS105" in repo.onex("validate", "--show-all").out


RULES = '''"""Rules that ask for contraries."""

from onex_tools.api import *


class Shared(Validator):
    """What rules share."""

    abstract = True
    files = ("*.txt",)
    examples = (Good("a.txt"), Bad("a.txt", "x"))

    def check(self, file):
        yield file.finding(self, None, self.name)


class Upper(Shared):
    """Upper case."""

    code, name = "TST001", "upper"
    opposites = ("TST002", "XYZ001")


class Lower(Shared):
    """Lower case."""

    code, name = "TST002", "lower"
    opposites = {lower}


class Title(Shared):
    """Title case."""

    code, name = "TST003", "title"
    opposites = ("TST002",)
'''


@pytest.mark.parametrize(
    ("arguments", "runs", "lost"),
    [
        ((), ["TST001", "TST003"], {"TST002"}),
        (("--extend-select", "TST002"), ["TST002"], {"TST001", "TST003"}),
        (("--ignore", "TST001"), ["TST003"], {"TST002"}),
        (("--ignore", "TST001,TST003"), ["TST002"], set()),
        (("--select", "TST"), ["TST001", "TST003"], {"TST002"}),
        (("--select", "TST,lower"), ["TST002"], {"TST001", "TST003"}),
    ],
)
def test_rules_of_plugins_name_their_opposites(repo, arguments, runs, lost):
    repo.write("rules.py", RULES.replace("{lower}", '("TST001",)'))
    repo.write("onex.toml", 'local-rules = ["rules.py"]\n')
    repo.write("a.txt", "a\n")
    run = repo.onex(
        "validate", "--allow-local-plugins", "--output-format", "json", "a.txt", *arguments
    )
    found = [finding["code"] for finding in run.json()["findings"]]
    assert [code for code in found if code.startswith("TST")] == runs
    assert {said.split(" ")[0] for said, _ in notes(run)} == lost


@pytest.mark.parametrize("wrong", ['"TST001"', '("TST002",)'])
def test_opposites_have_to_be_other_rules(repo, wrong):
    repo.write("rules.py", RULES.replace("{lower}", wrong))
    repo.write("onex.toml", 'local-rules = ["rules.py"]\n')
    run = repo.onex("validate", "--allow-local-plugins")
    assert run.code == 2
    assert "its opposites are" in run.out


CODES = [f"TST00{number}" for number in range(6)]


@given(st.dictionaries(st.sampled_from(CODES), st.sets(st.sampled_from(CODES))), st.data())
def test_opposites_never_run_together(opposites, data):
    model = next(engine_infos())
    weights = {code: data.draw(st.integers(0, 2)) for code in opposites}
    infos = [
        model._replace(code=code, opposites=tuple(named - {code}))
        for code, named in opposites.items()
    ]

    def choose(rules):
        return opposed(rules, lambda info: (weights[info.code],))

    out = choose(infos)
    assert choose(data.draw(st.permutations(infos))) == out
    running = opposites.keys() - out.keys()
    assert not any(opposites[code] & running - {code} for code in running)
    for lost, kept in out.items():
        assert kept in running
        assert lost in opposites[kept] or kept in opposites[lost]
        assert weights[lost] <= weights[kept]
