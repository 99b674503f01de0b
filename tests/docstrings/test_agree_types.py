"""Types are compared by what their text means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex_validators.docstrings.code.types import normal, same

from .agreeing import CONVENTIONS, docstring, function, said

SAME = [
    ("int", "int"),
    ("int | None", "Optional[int]"),
    ("None | int", "int|None"),
    ("int or None", "Optional[int]"),
    ("int, str, or None", "None | str | int"),
    ("Union[int, str]", "typing.Union[str,int]"),
    ("Union[Optional[int], str]", "int | str | None"),
    ("List[int]", "list[int]"),
    ("t.Dict[str, t.Any]", "dict[str,Any]"),
    ("'Cart'", "Cart"),
    ('list["Cart"]', "List[Cart]"),
    ("'int | str'", "str | int"),
    (":class:`~shop.Cart`", "shop.Cart"),
    ("``int``", "int"),
    ("numpy.ndarray", "np.ndarray"),
    ("Literal['a', \"b\"]", 'Literal["a","b"]'),
    ("{'a', 'b'}", "Literal['a', 'b']"),
    ("list of int", "list[int]"),
    ("tuple of int", "tuple[int, ...]"),
    ("Callable[[int, str], None]", "collections.abc.Callable[[int,str],None]"),
    ("Annotated[int, 'at least 1']", "int"),
    ("ClassVar[int]", "int"),
    ("string", "str"),
    ("boolean", "bool"),
    ("sequence of hashable", "Sequence[Hashable]"),
    ("(int)", "int"),
    ("dict[\n    str,\n    int,  # a price\n]", "dict[str, int]"),
    ("a  text  that is no type", "a text that is no type"),
]
DIFFERENT = [
    ("int", "str"),
    ("int", "int | None"),
    ("list", "list[int]"),
    ("dict[str, int]", "dict[int, str]"),
    ("tuple[int, str]", "tuple[str, int]"),
    ("Literal['a']", "Literal['b']"),
    ("Literal['int']", "int"),
    ("tuple[int]", "tuple[int, ...]"),
    ("array_like of shape (n,)", "ndarray"),
    ("int]", "int"),
    ("[[[", "int"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one, other):
    assert same(one, other) and same(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one, other):
    assert not same(one, other) and not same(other, one)


def test_optional_arguments_may_have_none():
    assert same("int", "int | None", optional=True)
    assert same("int", "int", optional=True)
    assert not same("int", "str | None", optional=True)


@given(st.text(alphabet="aN.,|[](){}'\"`~:* \n#0", max_size=60))
def test_any_text_has_a_normal_form_that_stays(text):
    once = normal(text)
    assert same(text, text)
    assert isinstance(once, str)


TYPED = {"types": "both"}


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_types_of_arguments(convention):
    doc = docstring(convention, {"arguments": [("a", "int"), ("b", ""), ("c", "str")]})
    found = said(function("def f(a: str, b: int, c):", doc), convention=convention, **TYPED)
    assert sorted((code, message) for code, _, message in found) == [
        ("DCS305", "`a` is `str` in the signature, `int` here"),
        ("DCS306", "`c` has no annotation"),
        ("DCS308", "`b` is described without its type"),
    ]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_types_in_one_place_only(convention):
    doc = docstring(convention, {"arguments": [("a", "int"), ("b", ""), ("*c", "")]})
    text = function("def f(a, b: int, *c):", doc)
    code = said(text, convention=convention, types="code")
    assert [(c, m.split("`")[1]) for c, _, m in code] == [("DCS306", "a"), ("DCS309", "a")]
    docs = said(text, convention=convention, types="docstring")
    assert [(c, m.split("`")[1]) for c, _, m in docs] == [("DCS307", "b"), ("DCS308", "b")]


@pytest.mark.parametrize(
    ("head", "body", "kind", "type_", "messages"),
    [
        ("def f() -> int:", "return 1", "returns", "int", []),
        ("def f() -> int:", "return 1", "returns", "str", ["`int` in the signature, `str` here"]),
        ("def f():", "return 1", "returns", "str", ["the signature does not give the type `str`"]),
        ("def f() -> Iterator[int]:", "yield 1", "yields", "int", []),
        ("def f() -> Generator[int, None, str]:", "yield 1", "yields", "int", []),
        ("def f() -> Generator[int, None, str]:", "yield 1", "returns", "str", []),
        ("def f() -> t.AsyncIterator[int]:", "yield 1", "yields", "int", []),
        (
            "def f() -> Iterator[int]:",
            "yield 1",
            "yields",
            "str",
            ["`int` in the signature, `str` here"],
        ),
    ],
)
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_types_of_results(convention, head, body, kind, type_, messages):
    text = function(head, docstring(convention, {kind: [("", type_)]}), body)
    found = said(text, "DCS312", "DCS322", convention=convention, **TYPED)
    assert [message for _, _, message in found] == messages


def test_several_entries_of_a_result_are_a_tuple():
    doc = docstring("numpy", {"returns": [("x", "int"), ("y", "str")]})
    good = function("def f() -> tuple[int, str]:", doc, "return 1, ''")
    bad = function("def f() -> tuple[str, int]:", doc, "return 1, ''")
    assert said(good, convention="numpy", **TYPED) == []
    assert [code for code, _, _ in said(bad, convention="numpy", **TYPED)] == ["DCS312"]
