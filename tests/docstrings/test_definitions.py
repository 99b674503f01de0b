"""The walk: what it finds, what it says of each thing, and where the name stands."""

from __future__ import annotations

import ast
import keyword

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.api import ParseFailure, SourceFile
from onex_validators.docstrings.code.definitions import Trait, definitions, exports
from tests.conftest import examples

from .conftest import new_source


def table(file: SourceFile) -> list[tuple[str, str]]:
    return [(found.kind, found.qualified) for found in file.shared(definitions)[1:]]


def named(text: str | bytes, name: str, path: str = "shop/cart.py"):
    file = new_source(path, text)
    return next(found for found in definitions(file) if found.qualified == name)


EVERYWHERE = """\
if a:
    def in_if(): pass
elif b:
    def in_elif(): pass
else:
    def in_else(): pass
for a in b:
    def in_for(): pass
else:
    def in_for_else(): pass
while a:
    def in_while(): pass
else:
    def in_while_else(): pass
with a:
    def in_with(): pass
try:
    def in_try(): pass
except A:
    def in_except(): pass
else:
    def in_try_else(): pass
finally:
    def in_finally(): pass
try:
    def in_star(): pass
except* A:
    def in_except_star(): pass
match a:
    case 1:
        def in_case(): pass
    case _:
        class InDefault:
            def method(self):
                class Local:
                    def method(self): pass
                async def nested(): pass
async def outer():
    async for a in b:
        def in_async_for(): pass
    async with a:
        def in_async_with(): pass
"""


def test_finds_definitions_in_every_statement_in_source_order():
    file = new_source("a.py", EVERYWHERE)
    members = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    expected = [node for node in ast.walk(file.python) if isinstance(node, members)]
    expected.sort(key=lambda node: node.lineno)
    assert [found.node for found in definitions(file)[1:]] == expected
    assert ("method", "InDefault.method") in table(file)
    assert ("class", "InDefault.method.Local") in table(file)
    assert ("method", "InDefault.method.Local.method") in table(file)
    assert ("function", "InDefault.method.nested") in table(file)
    assert ("function", "outer.in_async_with") in table(file)


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("cart.py", "module", "cart"),
        ("shop/cart.v2.py", "module", "cart.v2"),
        ("shop/__init__.py", "package", "shop"),
        ("__init__.py", "package", "__init__"),
        ("shop/__main__.py", "module", "__main__"),
        ("bin/tool", "module", "tool"),
    ],
)
def test_names_the_module_or_package(path, kind, name):
    top = definitions(new_source(path, ""))[0]
    assert (top.kind, top.name, top.qualified, top.outer) == (kind, name, name, None)


TRAITS = """\
from typing import overload, override, overload as over
import typing as t
class Open:
    def method(self): pass
    def _hidden(self): pass
    def __mangled(self): pass
    def __str__(self): pass
    def __init__(self): pass
    def __new__(cls): pass
    def __call__(self): pass
    @property
    def size(self): pass
    @size.setter
    def size(self, value): self.set = value
    @size.deleter
    def size(self): del self.set
    @other.setter
    def foreign(self, value): pass
    @overload
    def plain(self): pass
    @t.overload
    def dotted(self): pass
    @over
    def renamed(self): pass
    @overload(1)
    def called(self): pass
    @override
    def inherited(self): pass
    class Inner: pass
class _Closed:
    def method(self): pass
def function():
    def local(): pass
    class Local:
        def method(self): pass
@override
def no_method(): pass
def __getattr__(name): pass
"""


@pytest.mark.parametrize(
    ("name", "traits"),
    [
        ("Open", 0),
        ("Open.method", 0),
        ("Open._hidden", Trait.PRIVATE),
        ("Open.__mangled", Trait.PRIVATE),
        ("Open.__str__", Trait.MAGIC),
        ("Open.__init__", Trait.INIT),
        ("Open.__new__", Trait.INIT),
        ("Open.__call__", 0),
        ("Open.foreign", 0),
        ("Open.plain", Trait.OVERLOAD),
        ("Open.dotted", Trait.OVERLOAD),
        ("Open.renamed", Trait.OVERLOAD),
        ("Open.called", 0),
        ("Open.inherited", Trait.OVERRIDE),
        ("Open.Inner", Trait.NESTED_CLASS),
        ("_Closed", Trait.PRIVATE),
        ("_Closed.method", Trait.PRIVATE),
        ("function", 0),
        ("function.local", Trait.LOCAL),
        ("function.Local", Trait.LOCAL | Trait.NESTED_CLASS),
        ("function.Local.method", Trait.LOCAL),
        ("no_method", 0),
        ("__getattr__", Trait.PRIVATE),
    ],
)
def test_says_what_may_excuse_a_definition(name, traits):
    assert named(TRAITS, name).traits == traits


def test_tells_a_property_from_its_setter_and_deleter():
    found = definitions(new_source("a.py", TRAITS))
    size = [one.traits for one in found if one.qualified == "Open.size"]
    assert size == [0, Trait.SETTER, Trait.SETTER]
    assert [one.public for one in found if one.qualified == "Open.size"] == [True, False, False]


@pytest.mark.parametrize(
    ("path", "traits"),
    [
        ("shop/cart.py", 0),
        ("shop/__main__.py", 0),
        ("_cart.py", Trait.PRIVATE),
        ("shop/_parts/cart.py", Trait.PRIVATE),
        ("_parts/web-shop/cart.py", 0),
        ("web-shop/_parts/cart.py", Trait.PRIVATE),
        ("shop/cart.pyi", Trait.STUB),
        ("shop/tests/cart.py", Trait.TEST),
        ("test/cart.py", Trait.TEST),
        ("shop/test/cart.py", 0),
        ("shop/test_cart.py", Trait.TEST),
        ("shop/cart_test.py", Trait.TEST),
        ("shop/conftest.py", Trait.TEST),
        ("shop/testing.py", 0),
        ("shop/latest.py", 0),
        ("shop/migrations/0001_initial.py", Trait.GENERATED),
        ("shop/migrations/loader.py", 0),
        ("shop/cart_pb2.py", Trait.GENERATED),
        ("docs/conf.py", Trait.DOCUMENTATION),
        ("docs/_ext/roles.py", Trait.DOCUMENTATION),
        ("shop/docs/render.py", 0),
    ],
)
def test_judges_a_file_by_its_path(path, traits):
    found = definitions(new_source(path, '"""Doc."""\nx = 1\ndef f(): pass\n'))
    assert [one.traits for one in found] == [traits, traits]


@pytest.mark.parametrize(
    ("head", "generated"),
    [
        ("# @generated by thrift", True),
        ("# Code GENERATED by a tool. DO NOT EDIT.", True),
        ("# Do not edit while the server runs.", False),
        ("# The report is generated here.", False),
    ],
)
def test_recognises_generated_code_by_its_head(head, generated):
    top = definitions(new_source("a.py", head + "\nx = 1\n"))[0]
    assert bool(top.traits & Trait.GENERATED) is generated


@pytest.mark.parametrize(
    ("body", "documented"),
    [
        ('"""Text."""', True),
        ("'Text.'", True),
        ("('Text' ' goes on.')", True),
        ('r"""Text."""', True),
        ("u'Text.'", True),
        ('""', False),
        ('""" \n """', False),
        ("b'Text.'", False),
        ("f'Text.'", False),
        ("'Text' f'{x}'", False),
        ("'Text.' % x", False),
        ("'Text.'.strip()", False),
        ("...", False),
        ("pass; 'Text.'", False),
        ("x = 'Text.'", False),
    ],
)
def test_takes_only_a_string_with_text_for_a_docstring(body, documented):
    assert definitions(new_source("a.py", body + "\n"))[0].documented is documented
    assert named(f"def f():\n    {body}\n", "f").documented is documented
    assert named(f"class C: {body}\n", "C").documented is documented


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        ("", True),
        ("# nothing yet\n", True),
        (
            "import a\nfrom b import c\n__all__ = ['a']\n__all__ += ['c']\n__x__: str = '1'\n",
            True,
        ),
        ("__all__ = names = []\n", False),
        ("x = 1\n", False),
        ("import a\ndef f(): pass\n", False),
    ],
)
def test_knows_a_module_without_code_of_its_own(body, empty):
    top = definitions(new_source("shop/__init__.py", body))[0]
    assert bool(top.traits & Trait.EMPTY) is empty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1", None),
        ("__all__: list[str]", (set(), False)),
        ("def f():\n    __all__ = ['a']", None),
        ("__all__ = []", (set(), True)),
        ("__all__ = ['a', \"b\"]", ({"a", "b"}, True)),
        ("__all__: tuple[str, ...] = ('a',)", ({"a"}, True)),
        ("__all__ = {'a'}", ({"a"}, True)),
        ("__all__ = x = ['a']", ({"a"}, True)),
        (
            "__all__ = ['a']\nif x:\n    __all__ += ['b']\nelse:\n    __all__ += ('c',)",
            ({*"abc"}, True),
        ),
        ("__all__ = ['a']\n__all__.append('b')\n__all__.extend(['c'])", ({*"abc"}, True)),
        ("__all__ = ['a']\n__all__.remove('a')", ({"a"}, True)),
        ("__all__ = other.__all__ + ['a'] + list(('b',))", ({"a", "b"}, True)),
        ("__all__ = [*other.__all__, 'a']", ({"a"}, True)),
        ("__all__ += other.__all__", (set(), True)),
        ("__all__ = [name for name in dir()]", (set(), False)),
        ("__all__ = names", (set(), False)),
        ("__all__ = ['a'] + names", ({"a"}, False)),
        ("__all__ = ['a', B.__name__]", ({"a"}, False)),
        ("__all__ = (value := ['a'])", ({"a"}, True)),
    ],
)
def test_reads_the_names_written_in_all(text, expected):
    assert exports(ast.parse(text)) == (expected and (frozenset(expected[0]), expected[1]))


def test_all_decides_over_the_members_of_the_module_only():
    text = (
        "__all__ = ['C', '_f']\nclass C:\n    def m(self): pass\nclass D:\n    def m(self): pass\n"
    )
    assert named(text, "C").public and named(text, "C.m").public
    assert not named(text, "D").public and not named(text, "D.m").public
    assert not named(text + "def _f(): pass\n", "_f").public


def test_an_unreadable_all_leaves_the_question_open():
    found = named("__all__ = sorted(names)\nclass C:\n    def m(self): pass\n", "C.m")
    assert found.traits == Trait.UNLISTED and found.public
    assert named("__all__ = []\ndef f(): pass\n", "f").traits == Trait.PRIVATE


@pytest.mark.parametrize(
    "text",
    [
        b"def name(): pass",
        b"\xef\xbb\xbfdef name(): pass",
        b"\xef\xbb\xbf# one\r\nclass name: pass",
        b"x = 1\r\n\r\nasync def name(): pass\r\n",
        b"x = 1\rdef name(): pass\r",
        b"@cache\n@other(\n 1)\n\x0casync \\\n  def  \\\r\n\tname (): pass",
        b"if x:\n\tclass\tname (object): pass",
        b"class\\\n name: pass",
        b"def name[T: int](x: T): pass" if hasattr(ast, "TypeAlias") else b"def name(x): pass",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\ndef name(): pass",
        b"x = '''a\rb\r\nc\n'''\ndef name(): pass",
        b"# \xe2\x80\xa8 no line end\ndef name(): pass",
        b"\\\ndef name(): pass",
    ],
)
def test_points_at_the_name(text):
    file = new_source("a.py", text)
    span = definitions(file)[1].span(file)
    assert text[span.start : span.end] == b"name"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def größe(): pass", "größe"),
        ("def ﬁle(): pass", "ﬁle"),
    ],
)
def test_points_at_names_that_are_not_ascii(text, name):
    file = new_source("a.py", text)
    span = definitions(file)[1].span(file)
    assert file.data[span.start : span.end].decode() == name


def test_points_at_the_name_in_another_encoding():
    file = new_source("a.py", "# coding: latin-1\ndef größe(): pass\n".encode("latin-1"))
    span = definitions(file)[1].span(file)
    assert file.data[span.start : span.end] == "größe".encode("latin-1")


def test_survives_an_encoding_that_moves_the_lines():
    text = b"# coding: unicode_escape\nx = 1\\ndef name(): pass\\n\n"
    file = new_source("a.py", text)
    span = definitions(file)[1].span(file)
    assert 0 <= span.start <= span.end <= len(text)


def test_deep_code_needs_no_deep_stack():
    text = "".join(" " * depth + f"def f{depth}():\n" for depth in range(90)) + " " * 90 + "pass\n"
    found = definitions(new_source("a.py", text))
    assert len(found) == 91
    assert found[-1].qualified == ".".join(f"f{depth}" for depth in range(90))
    chain = ast.parse("x")
    body = chain.body
    for _ in range(20_000):
        branch = ast.If(test=ast.Constant(True), body=[ast.Pass()], orelse=[])
        body.append(branch)
        body = branch.orelse
    body.append(ast.parse("def last(): pass").body[0])

    class Given:
        def parse(self, *_):
            return chain

    file = SourceFile("a.py", "python", b"", Given())
    assert table(file) == [("function", "last")]


def test_lets_a_syntax_error_through():
    with pytest.raises(ParseFailure):
        definitions(new_source("a.py", "def f(:\n"))


names = st.from_regex(r"[a-z_][a-z0-9_]{0,6}", fullmatch=True).filter(
    lambda n: not keyword.iskeyword(n)
)
gaps = st.sampled_from([b" ", b"\t", b"  ", b" \\\n ", b"\\\r\n", b" \x0c"])
ends = st.sampled_from([b"\n", b"\r\n"])


@given(st.lists(st.tuples(names, st.sampled_from([b"def", b"class", b"async def"]), gaps)), ends)
@settings(max_examples=examples(60), deadline=None)
def test_every_span_is_its_name(members, end):
    parts = []
    for name, keywords, gap in members:
        head = gap.join([*keywords.split(), name.encode()])
        parts.append(head + (b":" if keywords == b"class" else b"():") + b" pass" + end)
    file = new_source("a.py", b"\xef\xbb\xbf" + b"".join(parts))
    found = definitions(file)[1:]
    assert [one.name for one in found] == [name for name, _, _ in members]
    for one in found:
        start, stop = one.span(file)
        assert file.data[start:stop] == one.name.encode()


@given(st.binary(max_size=200), st.text("abc/._", max_size=12))
@settings(max_examples=examples(150), deadline=None)
def test_any_bytes_give_definitions_or_a_parse_failure(data, path):
    file = new_source(path, data)
    try:
        found = definitions(file)
    except ParseFailure:
        return
    for one in found:
        span = one.span(file)
        assert 0 <= span.start <= span.end <= len(data)
