"""Results and errors: sections that are missing, and sections that are too many."""

from __future__ import annotations

import pytest

from .agreeing import CONVENTIONS, docstring, findings, function, said

EVERY = pytest.mark.parametrize("convention", CONVENTIONS)
RESULTS = ("DCS310", "DCS311", "DCS320", "DCS321")


def codes(text, *wanted, **settings):
    return [code for code, _, _ in said(text, *wanted, **settings)]


def with_sections(head, body, convention, *kinds):
    sections = {"arguments": [("a", "")]} | {kind: [("", "int")] for kind in kinds}
    return function(head, docstring(convention, sections), body)


SILENT = [
    ("def f(a):", "return a", ["returns"]),
    ("def f(a):", "yield a", ["yields"]),
    ("def f(a):", "return", []),
    ("def f(a):", "return None", []),
    ("def f(a):", "return None", ["returns"]),
    ("def f(a) -> None:", "return g(a)", []),
    ("def f(a) -> NoReturn:", "return g(a)", []),
    ("def f(a) -> 't.Never':", "raise NotImplementedError", []),
    ("def f(a) -> int:", "g(a)", ["returns"]),
    ("def f(a):", "raise NotImplementedError", ["returns"]),
    ("def f(a):", "raise NotImplementedError", ["yields"]),
    ("def f(a):", "...", ["returns"]),
    ("def f(a):", "pass", ["yields"]),
    ("@abstractmethod\ndef f(a):", "g(a)", ["returns"]),
    ("@property\ndef f(a):", "return a", []),
    ("@functools.cached_property\ndef f(a):", "return a", []),
    ("def f(a):", "yield", []),
    ("def f(a) -> Iterator[None]:", "yield g(a)", []),
    ("def f(a) -> Iterator[int]:", "yield a\nreturn g(a)", ["yields"]),
    ("def f(a) -> Generator[int, None, None]:", "yield a\nreturn g(a)", ["yields"]),
    ("def f(a):", "return iter(a)", ["yields"]),
    ("def f(a) -> Iterable[int]:", "return iter(a)", ["yields"]),
    ("@contextmanager\ndef f(a):", "yield a", ["returns"]),
    ("@pytest.fixture\ndef f(a):", "yield a", ["returns"]),
    ("def f(a):", "def g():\n    return 1\ng()", []),
]


@EVERY
@pytest.mark.parametrize(("head", "body", "kinds"), SILENT)
def test_silent(convention, head, body, kinds):
    assert (
        codes(with_sections(head, body, convention, *kinds), *RESULTS, convention=convention) == []
    )


FAULTS = [
    ("def f(a):", "return a", [], "DCS310"),
    ("async def f(a) -> int:", "return a", [], "DCS310"),
    ("def f(a):", "if a:\n    return 1", [], "DCS310"),
    ("def f(a):", "g(a)", ["returns"], "DCS311"),
    ("def f(a) -> None:", "g(a)", ["returns"], "DCS311"),
    ("def f(a):", "yield a", [], "DCS320"),
    ("async def f(a):", "yield a", [], "DCS320"),
    ("def f(a):", "yield from a", ["returns"], "DCS320"),
    ("def f(a):", "g(a)", ["yields"], "DCS321"),
    ("def f(a) -> int:", "return 1", ["yields", "returns"], "DCS321"),
    ("def f(a) -> Generator[int, None, str]:", "yield a\nreturn 'x'", ["yields"], "DCS310"),
]


@EVERY
@pytest.mark.parametrize(("head", "body", "kinds", "code"), FAULTS)
def test_faults(convention, head, body, kinds, code):
    text = with_sections(head, body, convention, *kinds)
    assert codes(text, *RESULTS, convention=convention) == [code]


def test_a_section_too_many_is_found_at_its_title():
    text = function("def f():", docstring("google", {"returns": [("", "")]}), "g()")
    (found,) = findings(text)
    at = found.location
    assert (found.code, text.encode()[at.start : at.end]) == ("DCS311", b"Returns:")
    assert found.message == "`f` returns no value"


@pytest.mark.parametrize("says", ["None", "None: it has none.", "`None`"])
def test_a_section_that_says_none_is_right(says):
    assert said(function("def f():", f"Do.\n\nReturns:\n    {says}\n", "g()")) == []
    assert said(function("def f():", f"Do.\n\n:returns: {says}\n", "g()")) == []
    assert said(function("def f():", f"Do.\n\nReturns\n-------\n{says}\n", "g()")) == []


def test_a_summary_may_speak_of_the_result():
    text = function("def f(a):", "Return it.\n\nArgs:\n    a: One.\n", "return a")
    assert codes(text, convention="google") == []
    assert codes(text, convention="google", summary_result=False) == ["DCS310"]
    text = function(
        "def f(a):", "Return it.\n\nParameters\n----------\na : int\n    It.\n", "return a"
    )
    assert codes(text, convention="numpy") == ["DCS310"]


def test_the_advice_for_a_generator_that_says_returns():
    text = with_sections("def f(a):", "yield a", "google", "returns")
    (found,) = findings(text, convention="google")
    assert found.help == "make the section on what it returns one on what it yields"


RAISES = [
    ("raise KeyError", ["KeyError"], None),
    ("raise KeyError", ["LookupError"], None),
    ("raise errors.Gone(a)", ["Gone"], None),
    ("raise Gone(a)", ["shop.errors.Gone"], None),
    ("raise Gone(a)", ["~shop.errors.Gone"], None),
    ("raise IOError", ["OSError"], None),
    ("raise KeyError", ["ValueError"], "`KeyError`"),
    ("raise KeyError", ["Exception"], "`KeyError`"),
    ("raise LookupError", ["KeyError"], "`LookupError`"),
    ("raise KeyError\nraise errors.Gone", [], "`KeyError` and `errors.Gone`"),
    ("raise Exception", [], "`Exception`"),
    ("raise Exception", ["Exception"], None),
    ("raise a", [], None),
    ("assert a", [], None),
]


@EVERY
@pytest.mark.parametrize(("body", "written", "names"), RAISES)
def test_raises_that_are_missing(convention, body, written, names):
    sections = {"arguments": [("a", "")], "raises": [(name, "") for name in written]}
    text = function("def f(a):", docstring(convention, sections), body)
    found = [message for _, _, message in said(text, "DCS330", convention=convention)]
    expected = f"the docstring of `f` does not mention that it raises {names}"
    assert found == ([expected] if names else [])


def test_classes_and_imports_of_the_file_are_known():
    doc = docstring("google", {"raises": [("Base", "")]})
    text = function("def f(a):", doc, "raise Gone")
    assert codes(text, "DCS330", convention="google") == ["DCS330"]
    classes = "class Base(Exception): pass\nclass Mid(Base): pass\nclass Gone(Mid): pass\n"
    assert codes(classes + text, "DCS330", convention="google") == []
    assert codes("from b import Base as Gone\n" + text, "DCS330", convention="google") == []


def test_an_assertion_counts_by_setting():
    text = function("def f(a):", docstring("google", {"arguments": [("a", "")]}), "assert a")
    found = said(text, convention="google", assertions=True)
    assert [code for code, _, _ in found] == ["DCS330"]
    assert "`AssertionError`" in found[0][2]


@EVERY
def test_raises_that_are_too_many(convention):
    doc = docstring(convention, {"raises": [("KeyError", ""), ("OSError", "")]})
    text = function("def f():", doc, "raise KeyError")
    (found,) = findings(text, "DCS331", convention=convention)
    assert found.message == "`f` does not raise `OSError` itself"
    assert text.encode()[found.location.start : found.location.end] == b"OSError"
    for quiet in ("raise make()", "raise NotImplementedError", "..."):
        assert codes(function("def f():", doc, quiet), "DCS331", convention=convention) == []


def test_what_asks_for_more_waits_for_settings():
    text = with_sections("def f(a, b):", "raise KeyError\nreturn a", "google")
    assert codes(text) == []
    assert codes(text, convention="pep257", complete="") == []
    assert codes(text, convention="google", complete="") == ["DCS301", "DCS330"]
    assert codes(text, convention="numpy", complete="") == ["DCS301"]
    assert codes(text, convention="google") == ["DCS301", "DCS310", "DCS330"]
    assert codes(text, complete="begun") == ["DCS310", "DCS330"]
