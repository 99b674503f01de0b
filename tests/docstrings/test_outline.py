"""Definitions read from an outline are those of the whole file, and so are findings and fixes."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onex_tools.api import ParseFailure, SourceFile
from onex_tools.filepass import new_services
from onex_tools.outline import reduced
from onex_validators.docstrings.code.definitions import definitions
from onex_validators.docstrings.settings import Docstrings
from tests.conftest import examples, no_hang, some

from .conftest import rule_classes

SERVICES = new_services(1 << 20)
EVERYTHING = Docstrings(
    private=True,
    magic=True,
    init=True,
    nested=True,
    property_setter=True,
    overload=True,
    override=True,
    tests=True,
    generated=True,
    documentation=True,
    stubs=True,
    empty=True,
    computed_all=False,
    option_classes=(),
    ignore_decorators=("app.*",),
)
LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = [path for path in LIBRARY.rglob("*.py") if "site-packages" not in path.parts]


def read(data, *, skim, path="lib/a.py"):
    """All that is found in a file; None where it is not valid Python."""
    file = SourceFile(path, "python", data, SERVICES)
    if skim:
        file.skim()
    try:
        table = [
            (one.kind, one.qualified, one.traits, one.documented, one.span(file))
            for one in file.shared(definitions)
        ]
        found = [
            finding.packed()
            for options in (EVERYTHING, Docstrings())
            for rule in rule_classes()
            for finding in rule(options).check(file)
        ]
    except ParseFailure:
        return None
    return table, found


def agree(data, path="lib/a.py"):
    whole = read(data, skim=False, path=path)
    if whole is not None:
        assert read(data, skim=True, path=path) == whole


# Which files are cut down, and which are not -----------------------------------------------------

PLAIN = {
    "nothing": "",
    "no definition": "import os\n\nLIMIT = 3\n",
    "a body": "def f(a):\n    x = 1\n    return x\n",
    "a docstring in brackets": 'class A:\n    ("""A."""\n     "b")\n    x = 1\n',
    "a docstring and more": 'def f(): "A."; x = 1\n',
    "a string that is none": 'def f():\n    "a" % b\n\n\ndef g():\n    b"a"\n',
    "a string with a definition": 'def f():\n    x = """\ndef g():\n    pass\n"""\n    return x\n',
    "a quote in a comment": "def f():\n    x = 1  # isn't\n\n    def g():\n        pass\n",
    "a string over lines": "x = 'a\\\ndef f(): pass'\n\n\nclass A:\n    y = 1\n",
    "decorators": "@a.b(c)\n# why\n\n@d(\n    {'(': [1]},\n)\nasync def f():\n    pass\n",
    "a header over lines": (
        "def f(\n    a,  # :(\n    b=(1, [2, {'3': (4, (5,))}]),\n) -> 'C':\n    x()\n"
    ),
    "a header that ends in a comment": "class A:  # class B:\n\n    # x\n\n    x = 1\n",
    "a header joined by backslashes": "class \\\n    A \\\n    :\n    x = 1\n",
    "bodies on the line": "class A: x: int = 1; y = {1: 2}\ndef f(a=lambda: 1): return a\n",
    "a definition first": "class A:\n    # a\n    @property\n    def f(self):\n        return 1\n",
    "blocks": "if x:\n    y = 1\n    def f():\n        z = 2\nelse:\n    class A:\n        t = 3\n",
    "a block first": "def f():\n    if x:\n        def g():\n            return 1\n    return g\n",
    "a block below a definition": (
        "class A:\n    def f(self):\n        x\n\n"
        "    if y:\n        z\n\n        def g(self):\n            x\n"
    ),
    "a block that ends another": (
        "class A:\n    x = 1\n\nif x:\n    def f():\n        pass\n    def g():\n        pass\n"
    ),
    "blocks in blocks": (
        "def f():\n  try:\n    for x in y:\n\n      def g(): pass\n"
        "  finally:\n   def h():\n    pass\n"
    ),
    "lines that stand out": (
        "def f():\n    x = '''\nif x:\n'''\n    y = [\n1,\n]\n\n    def g():\n        pass\n"
    ),
    "words that begin like others": "def f():\n    defer\n    classes\n    async_def = 1\n",
    "tabs": "class A:\n\tx = 1\n\n\tdef f(self):\n\t\treturn 1\n",
    "form feeds": "class A:\n    x = 1\n\x0c\n    def f(self):\n        y\n\x0c\ndef g():\n    x\n",
    "carriage returns": "class A:\r\n    x = 1\r\n\r\n    def f(self):  # a\r\n\r\n        y\r\n",
    "other letters": "class Größe:\n    x = 'ß'\n\n    def défi(self):\n        défaut = 1\n",
    "exports": "__all__ = [\n    'f',\n]\nif x:\n    y\n__all__ += (1)\ndef f():\n    '__all__'\n",
    "no line end": "def f():\n    pass",
    "a comment at the end": "def f():\n    pass\n# the end",
}

UNSURE = {
    "lone carriage returns": "def f():\r    pass\n",
    "a NUL byte": "def f():\n    x = '\0'\n",
    "a byte order mark": "\ufeffdef f():\n    pass\n",
    "a string without an end": "def f():\n    x = '\n",
    "an indent before a form feed": "class A:\n    x = 1\n\x0c    def f(self): pass\n",
    "an indent on a line of its own": "class A:\n    x = 1\n    \\\ndef f(self): pass\n",
    "a product over lines": "def f():\n    return (a\n    @ b)\n\n\ndef g():\n    pass\n",
    "a product behind a backslash": "def f():\n    a \\\n    @ b\n\n\ndef g():\n    pass\n",
    "exports in brackets": "x = f(\n__all__ = 1,\n)\n\n\ndef g():\n    pass\n",
    "a decorator of nothing": "@a\nx = 1\n",
    "less than a body": "def f():\nx = 1\n",
    "a block that begins nowhere": "x = 1\n    y = 2\n    def f(): pass\n",
    "brackets that do not end": "def f(a:\n    pass\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_files_are_cut_down(text):
    data = text.encode()
    cut = reduced(data)
    assert cut is not None
    ast.parse(cut)
    agree(data)
    agree(data, "lib/__init__.py")


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE)
def test_others_are_left_whole(text):
    assert reduced(text.encode()) is None
    agree(text.encode())


def test_bodies_are_not_parsed():
    text = (
        "class A:\n    x = [1]\n\n    def f(self, a=1):\n        y = 2\n        return {'z': y}\n"
    )
    file = SourceFile("a.py", "python", text.encode(), SERVICES)
    file.skim()
    tree = file.outline
    kept = {type(node) for node in ast.walk(tree)}
    assert not kept & {ast.List, ast.Dict, ast.Return, ast.Assign}
    assert ast.unparse(tree.body[0].body[1]).startswith("def f(self, a=1):")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "x = __all__ = ['f']\n"),
        ("", "if x:\n    __all__ = ['f']\n"),
        ("", "__all__ = ['f']\n\nif x:\n    __all__ += ['g']\n"),
        ("# coding: latin-1\n", "x = 'ä'\n"),
        ("", "x = 1" + " " * (1 << 20)),
    ],
)
def test_what_an_outline_does_not_say_is_read_from_the_whole(head, body):
    text = f"{head}def f():\n    pass\n\n\ndef g():\n    pass\n\n\n{body}"
    agree(text.encode("latin-1"))


def test_an_encoding_that_is_not_true_is_a_failure():
    for data in (b"def f():\n    x = '\xe4'\n", b"# coding: ascii\ndef f():\n    '\xc3\xa4'\n"):
        assert read(data, skim=True) is None
        assert read(data, skim=False) is None


FIELDS = [
    "f'{x[\"a\"]}'",
    'f"{x!r:>{width}} {{}} {x[1]}"',
    "f'''{x}\n{{def}}\n'''",
    'rf"\\d{x}"',
    'f"a\\\nb{x}"',
]


@pytest.mark.parametrize("field", FIELDS)
def test_fields_with_other_quotes_are_plain(field):
    text = f"def f():\n    return {field}\n\n\ndef g():\n    pass\n".encode()
    assert (
        reduced(text, (3, 12))
        == reduced(text, (3, 11))
        == text.replace(b"return " + field.encode(), b"0" + b"\n" * field.count("\n"))
        .replace(b"pass", b"0")
        .rstrip(b"\n")
    )


@pytest.mark.parametrize(
    "field",
    ['f"{x["a"]}"', "f'{x['''\ndef g(): pass''']}'", 'f"{x[\'}\']["a"]}"', "rf'{x['a']}'", "F'{'"],
)
def test_fields_with_the_same_quotes_are_not(field):
    text = f"def f():\n    return {field}\n\n\ndef g():\n    pass\n".encode()
    assert reduced(text, (3, 12)) is None
    agree(text)


@pytest.mark.parametrize("version", [(3, 11), (3, 12)])
@pytest.mark.parametrize(
    "piece",
    [
        "def f(", "def f(a, (", "def f(x=[[[[[1]]]]]): pass\n", "class A: x = (\n", "(", "[{\n",
        "@a(\n", "@a\n", "'''", '"', "f'{", "rf\"{x['", "\\\n", "async \\\n", "\n", "# \r\n",
        "def f(): pass\n", "def f():\n x\n", "__all__ = (\n", "__all__ = [[[[1]]]]\n",
        "if x:\n def f(): pass\n", "if x:\n  y = (\n1)\n  def f(): pass\n",
    ],
)  # fmt: skip
def test_nothing_hangs_it(piece, version):
    text = piece.encode() * (300_000 // len(piece))
    with no_hang():
        for tail in (b"", b")" * 1000, b"\ndef g(): pass\n", b"'''"):
            reduced(text + tail, version)


# Laws --------------------------------------------------------------------------------------------

SIMPLE = (
    "x = 1",
    "pass",
    "x = 1; y = 2",
    '"""Doc."""',
    "'Doc.' 'More.'",
    "('Doc.')",
    "' '",
    "'TODO(docstring)'",
    "b'Doc.'",
    "f'Doc.{x}'",
    "'a' % b",
    'x = """a\ndef f(): pass\n  class A:\n"""',
    "x = '''\\\n@a\ndef f():\n'''",
    "x = 'a\\\n def g(): pass'",
    "x = r'\\''",
    "x = '\\\\'",
    "x = (\n1,\n)",
    "x = [  # def f():\n  '(', \"'\",\n]",
    "x = 1 + \\\n  2",
    "x = (a\n@ b)",
    "if x: pass",
    "for x in y: break",
    "class_ = 1; define = 2",
    "async_ = lambda: (yield)",
    "import os",
    "__version__ = 1",
    "__all__ = ['f']",
    "__all__ += [\n'_f', *__all__\n]",
    "__all__.append('A')  # __all__",
    "x = f(\n__all__ = ['f'],\n)",
    "fields = '__all__'",
    "# def f(): isn't",
    "",
    "   ",
    "return",
)
HEADS = (
    "def f(a, b=(1, 2)) -> int:",
    "def _f(self):",
    "def __init__(self):",
    "async def f():",
    "async  def  f(*, a): # :",
    "def f(\n    a,  # x: (\n    b=']',\n):",
    "def f(a=\"'\", *b: 'c', d={1: [2, (3, (4,))]}):",
    "def f(a) -> 'x:':  # c",
    "class A:",
    "class A(B, metaclass=M(\n'''def''')):",
    "class \\\n  A:",
)
SHORT = (
    "def f(): pass",
    "def f(): 'Doc.'",
    "def f(a=lambda: 1): return {1: 2}",
    "class A: x: int = 1; y = 2",
    "class A: x = (\n1)",
    "async def f(): 'Doc.'; x = \\\n 1",
)
MARKS = (
    "@d",
    "@d(1, x='def f():')",
    "@d(\n  [{(1, (2,)): 3}]\n)",
    "@f.setter",
    "@overload  # c",
    "@override\n",
    "@app.route\n# def",
    "@x[lambda: 1]",
)
BLOCKS = (
    ("if x:",),
    ("if x:  # c", "else:"),
    ("if (x\nor y):", "elif 'def':", "else :"),
    ("for x in y:", "else:"),
    ("async for x in y:",),
    ("while x:",),
    ("with a, (\n b):",),
    ("try:", "except E:", "else:", "finally:"),
    ("try:", "finally:"),
)


@st.composite
def bodies(draw, indent="", depth=0):
    """Some statements, each at ``indent``."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        sort = draw(st.sampled_from(["simple", "simple", "short", "member", "member", "block"]))
        if sort == "simple" or depth > 3:
            lines.append(indent + draw(st.sampled_from(SIMPLE)))
            continue
        if sort in ("short", "member"):
            for mark in draw(st.lists(st.sampled_from(MARKS), max_size=2)):
                lines.append(indent + mark)
        if sort == "short":
            lines.append(indent + draw(st.sampled_from(SHORT)))
            continue
        heads = (
            draw(st.sampled_from(BLOCKS)) if sort == "block" else (draw(st.sampled_from(HEADS)),)
        )
        for head in heads:
            inner = indent + draw(st.sampled_from(["    ", "  ", "\t", " "]))
            lines += [indent + head, *draw(bodies(inner, depth + 1)), inner + "z"]
    return lines


@st.composite
def modules(draw):
    """A module, as bytes."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(draw(bodies())) + draw(st.sampled_from(["", "\n", "\n# x", "\n\n"]))
    return text.replace("\n", end).encode()


@given(modules(), st.sampled_from(["lib/a.py", "lib/__init__.py"]))
@settings(max_examples=examples(600), deadline=None)
def test_an_outline_says_what_the_whole_does(data, path):
    agree(data, path)


@given(modules(), st.data())
@settings(max_examples=examples(600), deadline=None)
def test_a_damaged_file_is_judged_alike_or_not_valid(data, draw):
    at = draw.draw(st.integers(0, len(data)))
    if draw.draw(st.booleans()):
        piece = draw.draw(
            st.sampled_from([b"'", b'"', b'"""', b"(", b")", b"\\", b"\n", b" ", b"#"])
        )
        agree(data[:at] + piece + data[at:])
    else:
        agree(data[:at] + data[at:].partition(b"\n")[2])


@given(modules())
@settings(max_examples=examples(200), deadline=None)
def test_newer_versions_are_no_less_careful(data):
    assert reduced(data, (3, 12)) in (None, reduced(data, (3, 11)))


@given(st.binary(max_size=80) | st.text("def clas():\n\t '\"\\#@", max_size=80).map(str.encode))
@settings(max_examples=examples(400), deadline=None)
def test_any_bytes_are_judged_alike_or_not_valid(data):
    agree(data)


@pytest.mark.parametrize("path", some(FILES, 16), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_real_files_are_judged_alike(path):
    agree(path.read_bytes())


def test_most_real_files_are_cut_down():
    cut = [reduced(path.read_bytes()) is not None for path in some(FILES, 16)]
    assert sum(cut) > len(cut) * 0.9
