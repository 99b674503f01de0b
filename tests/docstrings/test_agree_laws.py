"""A docstring made from its signature has no fault; changed in one place, it has just that one."""

from __future__ import annotations

import contextlib
import keyword
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.api import Finding, ParseFailure
from onex_validators.docstrings.settings import Docstrings
from tests.conftest import examples

from .agreeing import CONVENTIONS, docstring, findings, function, is_on, rules

TYPES = ("int", "str", "list[int]", "dict[str, int]", "float | None", "shop.Cart", "'Cart'")
ERRORS = ("KeyError", "OSError", "shop.Broken", "ValueError")
# Words that the conventions read as something else than a name.
TAKEN = {"self", "cls", "optional", "default", "of", "or", "none"}


class Made(NamedTuple):
    """One function: how it is headed, and what its docstring has to say."""

    head: str
    body: str
    arguments: list[tuple[str, str]]
    result: str
    errors: list[str]

    def text(self, convention: str, arguments=None, result=None, errors=None) -> str:
        """The module, with a docstring that says something else where that is given."""
        said = {
            "arguments": self.arguments if arguments is None else arguments,
            "returns": [("", one) for one in [self.result if result is None else result] if one],
            "raises": [(one, "") for one in (self.errors if errors is None else errors)],
        }
        return function(self.head, docstring(convention, said), self.body)


names = st.from_regex(r"[a-z][a-z0-9_]{1,8}", fullmatch=True).filter(
    lambda name: not keyword.iskeyword(name) and name not in TAKEN
)


@st.composite
def functions(draw: st.DrawFn) -> Made:
    chosen = draw(st.lists(names, min_size=4, max_size=8, unique=True))
    types = [draw(st.sampled_from(TYPES)) for _ in chosen]
    stars = draw(st.booleans())
    arguments = list(zip(chosen, types, strict=True))
    positional = draw(st.integers(0, len(arguments) - 3))
    parts = [f"{name}: {type_}" for name, type_ in arguments]
    if positional:
        parts[positional - 1] += ", /"
    if stars:
        parts[-2], arguments[-2] = f"*{parts[-2]}", (f"*{chosen[-2]}", types[-2])
        if draw(st.booleans()):
            parts[-1], arguments[-1] = f"**{parts[-1]}", (f"**{chosen[-1]}", types[-1])
    result = draw(st.sampled_from(TYPES))
    errors = draw(st.lists(st.sampled_from(ERRORS), min_size=1, unique=True))
    body = "".join(f"if {chosen[0]}:\n    raise {error}(1)\n" for error in errors)
    start = draw(st.sampled_from(["def", "async def"]))
    head = f"{start} f({', '.join(parts)}) -> {result}:"
    return Made(head, f"{body}return {chosen[0]}\n", arguments, result, errors)


convention = st.sampled_from(CONVENTIONS)
MOST = Docstrings(convention="google", complete="begun", types="both")
ASKED = [rule.code for rule in rules() if is_on(rule, MOST)]
"""The rules of the strictest convention, asked of all three."""


def faults(text: str, convention: str) -> list[Finding]:
    return findings(text, *ASKED, convention=convention, types="both", further_arguments=False)


def codes(text: str, convention: str) -> list[str]:
    return [found.code for found in faults(text, convention)]


@given(functions(), convention)
def test_a_docstring_made_from_the_signature_has_no_fault(made, convention):
    assert codes(made.text(convention), convention) == []


@given(functions(), convention, st.data())
def test_an_argument_left_out(made, convention, data):
    at = data.draw(st.integers(0, len(made.arguments) - 1))
    left = made.arguments[:at] + made.arguments[at + 1 :]
    (found,) = faults(made.text(convention, left), convention)
    assert found.code == "DCS301"
    assert f"`{made.arguments[at][0]}`" in found.message


@given(functions(), convention, names, st.data())
def test_an_argument_made_up(made, convention, name, data):
    if name in {known.lstrip("*") for known, _ in made.arguments}:
        return
    at = data.draw(st.integers(0, len(made.arguments)))
    more = [*made.arguments[:at], (name, "int"), *made.arguments[at:]]
    text = made.text(convention, more)
    (found,) = faults(text, convention)
    assert found.code == "DCS303"
    assert text[found.location.start : found.location.end] == name


@given(functions(), convention, st.data())
def test_two_arguments_swapped(made, convention, data):
    one, other = sorted(
        data.draw(
            st.lists(st.integers(0, len(made.arguments) - 1), min_size=2, max_size=2, unique=True)
        )
    )
    moved = list(made.arguments)
    moved[one], moved[other] = moved[other], moved[one]
    assert codes(made.text(convention, moved), convention) == ["DCS304"]


@given(functions(), convention, st.data())
def test_an_argument_of_another_type(made, convention, data):
    at = data.draw(st.integers(0, len(made.arguments) - 1))
    changed = list(made.arguments)
    changed[at] = (changed[at][0], "bytes")
    assert codes(made.text(convention, changed), convention) == ["DCS305"]


@given(functions(), convention, st.data())
def test_an_argument_without_a_type(made, convention, data):
    at = data.draw(st.integers(0, len(made.arguments) - 3))
    changed = list(made.arguments)
    changed[at] = (changed[at][0], "")
    assert codes(made.text(convention, changed), convention) == ["DCS308"]


@given(functions(), convention)
def test_a_result_left_out_or_of_another_type(made, convention):
    assert codes(made.text(convention, result=""), convention) == ["DCS310"]
    assert codes(made.text(convention, result="bytes"), convention) == ["DCS312"]


@given(functions(), convention, st.data())
def test_an_error_left_out(made, convention, data):
    at = data.draw(st.integers(0, len(made.errors) - 1))
    left = made.errors[:at] + made.errors[at + 1 :]
    (found,) = faults(made.text(convention, errors=left), convention)
    assert found.code == "DCS330"
    assert f"`{made.errors[at]}`" in found.message


@given(functions(), convention)
def test_no_arguments_at_all(made, convention):
    assert codes(made.text(convention, arguments=[]), convention) == ["DCS302"]


@settings(max_examples=examples(200))
@given(st.binary(max_size=300), convention | st.just(""), st.booleans())
def test_any_bytes_are_survived(data, convention, inside):
    text = b'class C:\n    """S.\n\n    Args:\n' + data + b'\n    """\n    def f(a): pass\n'
    with contextlib.suppress(ParseFailure):
        findings(text if inside else data, convention=convention, complete="all", types="both")


WORDS = [
    *("Args:", "    a: b", "    *a (int): c", "Returns:", "Parameters", "-----", "a : int"),
    *(":param a:", ":type a: int", "Raises:", "    KeyError", "", "  ", "\t", "é", "    None"),
    *("Attributes:", ","),
]


@settings(max_examples=examples(200))
@given(st.lists(st.sampled_from(WORDS), max_size=12), convention | st.just(""))
def test_any_sections_are_survived(lines, convention):
    doc = "\n    ".join(["S.", "", *lines])
    text = f'def f(a, *b):\n    """{doc}"""\n    raise a\nclass C:\n    """{doc}"""\n    a = 1\n'
    for found in findings(text, convention=convention, complete="all", types="both"):
        assert 0 <= found.location.start <= found.location.end <= len(text.encode())
