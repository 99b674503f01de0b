"""Arguments: left out, made up, out of order, of every kind and in every convention."""

from __future__ import annotations

import pytest

from .agreeing import CONVENTIONS, docstring, findings, function, said

EVERY = pytest.mark.parametrize("convention", CONVENTIONS)


def described(convention, *names):
    return docstring(convention, {"arguments": [(name, "") for name in names]})


@EVERY
@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("def f(a, b):", ["a", "b"]),
        ("def f(a, /, b, *, c):", ["a", "b", "c"]),
        ("def f(a=1, *args, b=2, **more):", ["a", "*args", "b", "**more"]),
        ("def f(a=1, *args, b=2, **more):", ["a", "args", "b", "more"]),
        ("async def f(a: int = 3) -> None:", ["a"]),
        ("def f(a, _b, __):", ["a"]),
        ("def f(a, **more: Unpack[Options]):", ["a"]),
        ("def f(a, **more: t.Unpack[Options]):", ["a"]),
    ],
)
def test_a_full_list_has_no_findings(convention, head, names):
    assert said(function(head, described(convention, *names)), convention=convention) == []


@EVERY
def test_what_is_left_out_is_named_at_the_function(convention):
    text = function("def f(a, b, *rest, c, **more):", described(convention, "b"))
    found = findings(text, convention=convention)
    assert [(f.code, f.message) for f in found] == [
        ("DCS301", "the docstring of `f` does not describe `a`, `*rest`, `c` and `**more`")
    ]
    at = found[0].location
    assert (at.line, at.column, at.end_column) == (1, 5, 6)


@EVERY
def test_what_is_made_up_is_named_where_it_stands(convention):
    doc = described(convention, "amuont")
    found = findings(function("def f(amount):", doc), "DCS303", convention=convention)
    assert [f.message for f in found] == ["`f` has no argument `amuont`"]
    assert found[0].help == "did you mean `amount`?"
    text = function("def f(amount):", doc).encode()
    assert text[found[0].location.start : found[0].location.end] == b"amuont"


@EVERY
def test_each_made_up_name_is_a_finding(convention):
    text = function("def f(a):", described(convention, "x", "a", "y"))
    found = said(text, convention=convention)
    assert [message for _, _, message in found] == [
        "`f` has no argument `x`",
        "`f` has no argument `y`",
    ]


@EVERY
def test_the_first_name_out_of_order_is_named(convention):
    text = function("def f(a, b, c, d):", described(convention, "a", "d", "b", "c"))
    found = findings(text, convention=convention)
    assert [(f.code, f.message, f.help) for f in found] == [
        ("DCS304", "`d` is described out of order", "the order is `a`, `b`, `c` and `d`")
    ]


@EVERY
def test_names_missing_in_between_are_no_fault_of_order(convention):
    text = function("def f(a, b, c):", described(convention, "a", "c"))
    assert [code for code, _, _ in said(text, convention=convention)] == ["DCS301"]


@EVERY
def test_further_names_go_with_stars_unless_the_setting_says_no(convention):
    text = function("def f(**more):", described(convention, "color", "more"))
    assert said(text, convention=convention) == []
    strict = said(text, convention=convention, further_arguments=False)
    assert [message for _, _, message in strict] == ["`f` has no argument `color`"]


@EVERY
def test_two_stars_can_only_mean_the_one_argument(convention):
    text = function("def f(**kwargs):", described(convention, "**options"))
    found = said(text, "DCS303", convention=convention)
    assert [message for _, _, message in found] == ["`f` has no argument `**options`"]


METHODS = [
    ("def m(self, a):", ""),
    ("def m(this, a):", ""),
    ("def m(cls, a):", "@classmethod\n"),
    ("def m(mcs, a):", ""),
    ("def m(a):", "@staticmethod\n"),
    ("def m(a):", "@abc.abstractmethod\n@staticmethod\n"),
    ("def __new__(cls, a):", ""),
    ("def __call__(self, a):", ""),
    ("async def m(self, /, a):", ""),
]


@EVERY
@pytest.mark.parametrize(("head", "above"), METHODS)
def test_what_python_fills_in_is_left_out(convention, head, above):
    inner = above + function(head, described(convention, "a"), "pass\n")
    text = "class C:\n" + "".join(f"    {line}\n" for line in inner.splitlines())
    assert said(text, convention=convention) == []


def test_a_method_without_a_first_argument_loses_none():
    text = "class C:\n    def m(*args, a):\n"
    text += '        """Do.\n\n        Args:\n            a: One.\n        """\n'
    assert said(text, convention="google", star_arguments=False) == []
    assert [code for code, _, _ in said(text, convention="google")] == ["DCS301"]


def test_a_function_in_a_method_has_no_self():
    text = "class C:\n    def m(self):\n        def g(self, a):\n"
    text += '            """Do.\n\n            Args:\n                a: One.\n            """\n'
    assert [message for _, _, message in said(text, convention="google")] == [
        "the docstring of `C.m.g` does not describe `self`"
    ]


def test_self_may_be_described():
    text = "class C:\n    def m(self, a):\n"
    text += (
        '        """Do.\n\n        Args:\n            self: It.\n            a: One.\n        """\n'
    )
    assert said(text, convention="google") == []


def test_a_property_may_describe_the_arguments_of_what_it_gives():
    text = "class C:\n    @property\n    def m(self):\n"
    text += '        """Do.\n\n        Args:\n            a: One.\n        """\n        return f\n'
    assert said(text, convention="google") == []


@EVERY
def test_stars_and_underscores_by_setting(convention):
    text = function("def f(a, _b, *c):", described(convention, "a"))
    assert said(text, convention=convention, star_arguments=False) == []
    found = said(text, convention=convention, underscore_arguments=True)
    assert [message for _, _, message in found] == [
        "the docstring of `f` does not describe `_b` and `*c`"
    ]


def test_short_docstrings_are_left_alone_unless_asked_for():
    text = function("def f(a):", "Do it.", "return a\n")
    assert said(text, convention="google") == []
    assert [code for code, _, _ in said(text, convention="google", complete="all")] == [
        "DCS302",
        "DCS310",
    ]


def test_overloads_speak_for_nobody():
    text = "@overload\n" + function("def f(a: int):", described("google", "b"))
    assert said(text, convention="google") == []


CLASSES = [
    "class C:\n    {}\n    def __init__(self, a, b): pass\n",
    "class C(Base):\n    {}\n    def __init__(self, a, b): pass\n",
    "class C:\n    {}\n    def __new__(cls, a, b): pass\n",
    "@dataclass\nclass C:\n    {}\n    a: int\n    b: int = 0\n    c: ClassVar[int] = 1\n"
    "    _: KW_ONLY\n    d: int = field(init=False)\n",
    "@attr.s\nclass C:\n    {}\n    a = attr.ib()\n    b = attr.ib()\n    c = 1\n",
    "@attrs.define(slots=True)\nclass C:\n    {}\n    a: int\n    b: int\n",
    "class C(NamedTuple):\n    {}\n    a: int\n    b: int = 0\n",
    "class C(pydantic.BaseModel):\n    {}\n    a: int\n    b: int = 0\n",
]


@pytest.mark.parametrize("text", CLASSES)
def test_the_docstring_of_a_class_describes_what_it_is_made_from(text):
    def of(*names):
        lines = described("google", *names).splitlines()
        return '"""' + "\n    ".join(lines) + '\n    """'

    assert said(text.format(of("a", "b")), convention="google") == []
    few = said(text.format(of("a")), "DCS301", convention="google")
    assert [message for _, _, message in few] == ["the docstring of `C` does not describe `b`"]
    many = said(text.format(of("a", "b", "z")), "DCS303", convention="google")
    assert [message.partition(" has ")[2] for _, _, message in many] == ["no argument `z`"]


def test_a_class_that_takes_arguments_from_elsewhere_is_left_alone():
    doc = '    """Do.\n\n    Args:\n        a: One.\n    """\n'
    assert said("class C(Base):\n" + doc, convention="google") == []
    assert said("@dataclass\nclass C(Base):\n" + doc + "    b: int\n", "DCS303") == []


def test_class_and_init_share_the_work():
    text = 'class C:\n    """Do.\n\n    Args:\n        a: One.\n    """\n'
    text += '    def __init__(self, a, b):\n        """Do.\n\n        Args:\n'
    text += '            b: Two.\n        """\n'
    assert said(text, convention="google") == []


def test_contradictions_are_found_without_a_convention():
    for convention in CONVENTIONS:
        text = function("def f(a):", described(convention, "b"))
        assert [code for code, _, _ in said(text, "DCS303")] == ["DCS303"]


def test_very_many_names_are_cut_short():
    head = f"def f({', '.join(f'a{n}' for n in range(60))}):"
    (found,) = said(function(head, "Do.\n\nReturns:\n    One.\n"), "DCS302", convention="google")
    assert "`a19` and 40 more" in found[2]


GOOGLE, NUMPY = "Do it.\n\nArgs:\n", "Do it.\n\nParameters\n----------\n"


@pytest.mark.parametrize(
    ("convention", "doc", "missing"),
    [
        ("google", GOOGLE + "    x:\n    y: Fine.\n", "`x`"),
        ("google", GOOGLE + "    x (int):\n    y (int): Fine.\n", "`x`"),
        ("google", GOOGLE + "    x (int)\n    y: Fine.\n", "`x`"),
        ("google", GOOGLE + "    x:\n        Below.\n    y: Fine.\n", ""),
        ("google", GOOGLE + "    x (int):\n\n        Below.\n    y: Fine.\n", ""),
        ("google", GOOGLE + "    x:\n\n    y: Fine.\n", "`x`"),
        ("google", GOOGLE + "    x:   \n    y: \t\n", "`x` and `y`"),
        ("google", GOOGLE + "    y: Fine.\n    x:\n\nReturns:\n    One.\n", "`x`"),
        ("google", GOOGLE + "    x, y: Fine.\n", ""),
        ("google", GOOGLE + "    x, y:\n", "`x` and `y`"),
        ("google", GOOGLE + "    x:\n    y: Fine.\n\nKeyword Args:\n    x: Here.\n", ""),
        ("numpy", NUMPY + "x : int\ny : int\n    Fine.\n", "`x`"),
        ("numpy", NUMPY + "x\ny\n    Fine.\n", "`x`"),
        ("numpy", NUMPY + "x, y\n", "`x` and `y`"),
        ("numpy", NUMPY + "x, y : int\n    Fine.\n", ""),
        ("numpy", NUMPY + "x : int\n\ny : int\n", "`x` and `y`"),
        ("numpy", NUMPY + "x :\n    Fine.\ny: int\n", "`y`"),
        ("sphinx", "Do it.\n\n:param x:\n:param y: Fine.\n", "`x`"),
        ("sphinx", "Do it.\n\n:param int x:\n:type y: int\n:param y:\n    Fine.\n", "`x`"),
    ],
)
def test_a_name_without_a_word_on_it_is_not_described(convention, doc, missing):
    text = function("def f(x, y):", doc, "return x\n")
    found = said(text, "DCS301", convention=convention)
    message = f"the docstring of `f` does not describe {missing}"
    assert found == ([("DCS301", 1, message)] if missing else [])


def test_a_word_in_the_docstring_of_the_class_is_enough():
    text = (
        'class Cart:\n    """Do it.\n\n    Args:\n        x:\n        y: Fine.\n    """\n\n'
        '    def __init__(self, x, y):\n        """Do it.\n\n        Args:\n            x: {}\n'
        '            y:\n        """\n'
    )
    assert said(text.format("Fine."), "DCS301", convention="google") == []
    lines = [line for _, line, _ in said(text.format(""), "DCS301", convention="google")]
    assert lines == [9, 9]


OTHERS = [(mine, other) for mine in CONVENTIONS for other in CONVENTIONS if mine != other]


@pytest.mark.parametrize(("convention", "other"), OTHERS)
def test_contradictions_are_found_in_whichever_convention(convention, other):
    arguments = docstring(other, {"arguments": [("b", ""), ("x", "")]})
    returns = docstring(other, {"returns": [("", "int")]})
    yields = docstring(other, {"yields": [("", "int")]})
    for doc, code in ((arguments, "DCS303"), (returns, "DCS311"), (yields, "DCS321")):
        found = said(function("def f(a, b):", doc, "g()\n"), convention=convention, complete="")
        by_fields = "sphinx" in (convention, other)
        rest = [] if by_fields or code != "DCS303" else ["DCS301"]
        assert sorted(one for one, _, _ in found) == [*rest, code]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_docstring_in_the_convention_that_is_set_is_read_by_no_other(convention):
    doc = docstring(convention, {"arguments": [("a", "")]})
    own = {"google": "\n    :param x: Text.\n", "sphinx": "\nArgs:\n    x: Text.\n"}
    text = function("def f(a):", doc + own.get(convention, "\n:param x: Text.\n"))
    assert said(text, convention=convention, complete="") == []
