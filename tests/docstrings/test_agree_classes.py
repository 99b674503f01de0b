"""Attributes of classes, and whose docstring describes the making of an instance."""

from __future__ import annotations

import pytest

from .agreeing import findings, said

ATTRIBUTES = ("DCS340", "DCS341", "DCS342", "DCS343")


def cart(lines, code, head="class Cart:", convention="google"):
    sections = {
        "google": [
            "Attributes:",
            *(f"    {n} ({t}): It." if t else f"    {n}: It." for n, t in lines),
        ],
        "numpy": ["Attributes", "----------", *(f"{n} : {t}\n        It." for n, t in lines)],
        "sphinx": [f":ivar {n}: It." for n, _ in lines],
    }[convention]
    doc = "\n    ".join(["A cart.", "", *(sections if lines else ())])
    body = "".join(f"    {line}\n" for line in code.splitlines())
    return f'{head}\n    """{doc}\n    """\n{body}'


def messages(text, *codes, **settings):
    return [message for _, _, message in said(text, *codes, **settings)]


@pytest.mark.parametrize("convention", ["google", "numpy", "sphinx"])
def test_attributes_that_agree(convention):
    text = cart([("a", "int"), ("b", "str")], "a: int = 0\nb: str\n_c = 1", convention=convention)
    assert said(text, *ATTRIBUTES, convention=convention, types="both") == []


@pytest.mark.parametrize("convention", ["google", "numpy", "sphinx"])
def test_attributes_left_out_made_up_and_out_of_order(convention):
    text = cart(
        [("c", "int"), ("a", "int"), ("z", "int")], "a = b = 0\nc: int", convention=convention
    )
    assert messages(text, "DCS340", convention=convention) == [
        "the docstring of `Cart` does not describe `b`"
    ]
    assert messages(text, "DCS341", convention=convention) == ["`Cart` has no attribute `z`"]
    assert messages(text, "DCS342", convention=convention) == ["`c` is described out of order"]


def test_attributes_of_another_type():
    text = cart([("a", "str")], "a: int = 0")
    assert messages(text, convention="google", types="both") == [
        "`a` is `int` in the class, `str` here"
    ]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("class Cart:", "def __init__(self):\n    self.z = 1"),
        ("class Cart:", "def load(self):\n    for self.z in x: pass"),
        ("class Cart:", "@property\ndef z(self): pass"),
        ("class Cart:", "__slots__ = ('z',)"),
        ("class Cart:", "def __init__(self, **z):\n    self.__dict__.update(z)"),
        ("class Cart:", "def __getattr__(self, name): pass"),
        ("class Cart:", "class z: pass"),
        ("class Cart(Base):", "pass"),
        ("class Cart(metaclass=Meta):", "pass"),
        ("@fill\nclass Cart:", "pass"),
    ],
)
def test_an_attribute_may_come_from_elsewhere(head, code):
    assert said(cart([("z", "")], code, head), "DCS341", convention="google") == []


def test_what_is_described_as_an_argument_is_described():
    text = 'class Cart:\n    """A.\n\n    Args:\n        a: It.\n    """\n    a: int\n    b: int\n'
    assert messages(text, "DCS340") == ["the docstring of `Cart` does not describe `b`"]


INIT = "    def __init__(self, a):\n"
ARGS = "\n\n    Args:\n        a: One.\n\n    Raises:\n        KeyError: Then.\n    "


def test_the_class_describes_the_constructor():
    text = f'class C:\n    """A.{ARGS}"""\n{INIT}        raise KeyError\n'
    assert said(text, convention="google") == []
    assert said(text, convention="google", constructor="class") == []
    found = said(text, convention="google", constructor="init")
    assert [(code, line) for code, line, _ in found] == [("DCS352", 4), ("DCS353", 7)]


def test_init_describes_the_constructor():
    doc = ARGS.replace("\n    ", "\n        ")
    text = f'class C:\n    """A."""\n{INIT}        """Make.{doc}"""\n        raise KeyError\n'
    assert said(text, convention="google") == []
    assert said(text, convention="google", constructor="init") == []
    found = findings(text, convention="google", constructor="class")
    assert [(f.code, f.location.line) for f in found] == [("DCS350", 3)]


def test_what_init_raises_is_asked_of_the_class_when_it_has_the_say():
    text = 'class C:\n    """A.\n\n    Args:\n        a: One.\n    """\n'
    assert messages(f"{text}{INIT}        raise KeyError\n", convention="google") == [
        "the docstring of `C.__init__` does not mention that it raises `KeyError`"
    ]
    own = f'{text}{INIT}        """Make."""\n        raise KeyError\n'
    assert messages(own, convention="google") == []


@pytest.mark.parametrize("title", ["Returns", "Yields"])
def test_a_constructor_has_no_result(title):
    section = f"\n\n    {title}:\n        It.\n    "
    outer = f'class C:\n    """A.{section}"""\n{INIT}        pass\n'
    inner = f'class C:\n    """A."""\n{INIT}        """M.{section}"""\n'
    for text, line in ((outer, 4), (inner, 6)):
        found = said(text, "DCS351", "DCS311", "DCS321", convention="google")
        assert found == [("DCS351", line, "the making of a `C` has no result to describe")]


@pytest.mark.parametrize("head", ["class C(Base):", "class C:\n    def __call__(self): pass\n"])
def test_a_class_may_speak_of_the_result_of_calling_an_instance(head):
    first, _, rest = head.partition("\n")
    text = f'{first}\n    """A.\n\n    Returns:\n        It.\n    """\n{rest}{INIT}        pass\n'
    assert said(text, "DCS351", convention="google") == []


def test_new_returns_the_instance():
    text = 'class C:\n    def __new__(cls, a):\n        """M.\n\n        Args:\n'
    text += '            a: One.\n        """\n        return object()\n'
    assert said(text, convention="google") == []
