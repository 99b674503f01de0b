"""What the body of a function does by itself: one table a question."""

from __future__ import annotations

import ast
import textwrap

import pytest

from onex_validators.docstrings.code.body import body

from .conftest import new_source


def of(code: str, head: str = "def f(a):"):
    text = f"{head}\n{textwrap.indent(code, '    ')}\n"
    file = new_source("a.py", text)
    node = next(node for node in ast.walk(file.python) if isinstance(node, ast.FunctionDef))
    return body(file, node)


@pytest.mark.parametrize(
    ("code", "value", "nothing"),
    [
        ("return 1", True, False),
        ("return a or None", True, False),
        ("return", False, False),
        ("return None", False, True),
        ("if a:\n    return None\nreturn 0", True, True),
        ("pass", False, False),
        ("while a:\n    with b:\n        for c in d:\n            return e", True, False),
        ("try:\n    pass\nexcept E:\n    return 1", True, False),
        ("try:\n    pass\nfinally:\n    return 1", True, False),
        ("match a:\n    case 1:\n        return 2", True, False),
        ("def g():\n    return 1", False, False),
        ("class C:\n    def g(self):\n        return 1", False, False),
        ("b = lambda: 1", False, False),
        ("async def g():\n    return 1\nreturn", False, False),
    ],
)
def test_returns(code, value, nothing):
    found = of(code)
    assert (found.value, found.nothing) == (value, nothing)


@pytest.mark.parametrize(
    ("code", "yields", "yielded"),
    [
        ("yield a", True, True),
        ("yield", True, False),
        ("yield None", True, False),
        ("yield from a", True, True),
        ("b = yield", True, False),
        ("return (yield a)", True, True),
        ("f((yield a), 1)", True, True),
        ("if (b := (yield a)):\n    pass", True, True),
        ("with (yield a) as b:\n    pass", True, True),
        ("def g():\n    yield 1", False, False),
        ("b = lambda: (yield 1)", False, False),
        ("return (b for b in a)", False, False),
        ("print('yield')", False, False),
    ],
)
def test_yields(code, yields, yielded):
    found = of(code)
    assert (found.yields, found.yielded) == (yields, yielded)


@pytest.mark.parametrize(
    ("code", "raised", "unnamed"),
    [
        ("raise KeyError", ["KeyError"], False),
        ("raise KeyError(a)", ["KeyError"], False),
        ("raise pkg.errors.Broken(a) from None", ["pkg.errors.Broken"], False),
        ("raise KeyError(a) from a", ["KeyError"], False),
        ("raise KeyError(a).with_traceback(b)", ["KeyError"], False),
        ("raise KeyError if a else ValueError(a)", ["KeyError", "ValueError"], False),
        ("raise Failed[int](a)", ["Failed"], False),
        ("raise socket.error(a)", ["socket.error"], False),
        ("raise Broken.from_error(a)", [], True),
        ("raise pkg.Broken.from_error(a)", [], True),
        ("raise a", [], True),
        ("raise a(1)", [], True),
        ("raise a.Error", [], True),
        ("raise self.failure(1)", [], True),
        ("raise make(1)", [], True),
        ("raise type(b)(1)", [], True),
        ("raise NotImplementedError", [], False),
        ("raise NotImplementedError('x')", [], False),
        ("try:\n    a()\nexcept NotImplementedError:\n    raise", [], False),
        ("raise", [], True),
        ("error = KeyError(1)\nraise error", ["KeyError"], False),
        (
            "if a:\n    e = KeyError()\nelse:\n    e = OSError()\nraise e",
            ["KeyError", "OSError"],
            0,
        ),
        ("error = make()\nraise error", [], True),
        ("error = KeyError()\nerror = a\nraise error", [], True),
        ("for error in a:\n    raise error", [], True),
        ("def make():\n    pass\nraise make()", [], True),
        ("from b import Gone\nraise Gone", ["Gone"], False),
        ("try:\n    a()\nexcept KeyError:\n    raise", ["KeyError"], False),
        ("try:\n    a()\nexcept (KeyError, b.Gone):\n    raise", ["KeyError", "b.Gone"], False),
        ("try:\n    a()\nexcept KeyError as e:\n    raise e", ["KeyError"], False),
        (
            "try:\n    a()\nexcept KeyError as e:\n    raise ValueError from e",
            ["ValueError"],
            False,
        ),
        ("try:\n    a()\nexcept Exception:\n    raise", [], True),
        ("try:\n    a()\nexcept (Exception, KeyError):\n    raise", [], True),
        ("try:\n    a()\nexcept:\n    raise", [], True),
        (
            "try:\n    a()\nexcept A as e:\n    try:\n        b()\n    except B:\n        raise e",
            ["A"],
            0,
        ),
        ("try:\n    a()\nexcept A as e:\n    b = e\nraise b", [], True),
        ("try:\n    raise KeyError\nexcept KeyError:\n    pass", [], False),
        ("try:\n    raise KeyError\nexcept LookupError:\n    pass", [], False),
        ("try:\n    raise KeyError\nexcept OSError:\n    pass", ["KeyError"], False),
        ("try:\n    raise Broken\nexcept Exception:\n    pass", [], False),
        (
            "try:\n    raise KeyboardInterrupt\nexcept Exception:\n    pass",
            ["KeyboardInterrupt"],
            0,
        ),
        ("try:\n    raise KeyboardInterrupt\nexcept:\n    pass", [], False),
        ("try:\n    raise KeyError\nexcept Exception:\n    a()\n    raise", ["KeyError"], True),
        ("try:\n    raise KeyError\nexcept KeyError:\n    raise OSError", ["OSError"], False),
        ("try:\n    raise KeyError\nexcept* KeyError:\n    pass", [], False),
        (
            "try:\n    pass\nexcept KeyError:\n    pass\nelse:\n    raise KeyError",
            ["KeyError"],
            False,
        ),
        ("try:\n    a()\nexcept KeyError:\n    raise KeyError", ["KeyError"], False),
        ("def g():\n    raise KeyError", [], False),
        ("raise KeyError\nraise OSError\nraise KeyError", ["KeyError", "OSError"], False),
    ],
)
def test_raises(code, raised, unnamed):
    found = of(code)
    assert [one.name for one in found.raised] == raised
    assert found.unnamed == bool(unnamed)


@pytest.mark.parametrize(
    ("code", "head", "placeholder"),
    [
        ("pass", "def f(a):", True),
        ("...", "def f(a):", True),
        ("'doc'", "def f(a):", True),
        ("'doc'\nraise NotImplementedError('x')", "def f(a):", True),
        ("raise NotImplementedError", "def f(a):", True),
        ("a = 1", "@abstractmethod\ndef f(a):", True),
        ("a = 1", "@abc.abstractmethod\ndef f(a):", True),
        ("a = 1", "@typing.overload\ndef f(a):", True),
        ("return", "def f(a):", False),
        ("raise KeyError", "def f(a):", False),
        ("a()\nraise NotImplementedError", "def f(a):", False),
    ],
)
def test_placeholders(code, head, placeholder):
    assert of(code, head).placeholder == placeholder


def test_asserts():
    assert of("assert a").asserts
    assert not of("def g():\n    assert a").asserts
