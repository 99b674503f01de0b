"""The proof tells what a formatter may change from what it may not."""

from __future__ import annotations

import ast

import pytest

from onex_tools.format.proof import (
    Doubt,
    Licence,
    compare_comments,
    compare_header,
    compare_meaning,
)

NONE = Licence()
SAME = (
    ("import a\nimport b\n", "import b\nimport a\n", NONE),
    ("from a import b\nfrom a import c\n", "from a import c, b\n", NONE),
    ("import a\nimport a\n", "import a\n", NONE),
    ("if x:\n    import b\n    import a\n", "if x:\n    import a\n    import b\n", NONE),
    ('def f():\n    """ a\n      b """\n', 'def f():\n    """a\n    b"""\n', NONE),
    ("del (a, b)\n", "del a, b\n", NONE),
    ("x = u'a'\n", 'x = "a"\n', NONE),
    ("x = 1\nimport a\n", "import a\nx = 1\n", Licence(floats=True)),
    ("x = [2, 1]\n", "x = [1, 2]\n", Licence(sorts_literals=True)),
    ("x = 1\n", "import a\nx = 1\n", Licence(adds=True)),
    ("import os\nx = 1\n", "x = 1\n", Licence(removes=frozenset({"os"}))),
    ("import a as a\n", "import a\n", Licence(plain_aliases=True)),
    ("from a import *\nfrom a import b\n", "from a import *\n", Licence(stars=True)),
    ("x = " + "-" * 500 + "1\n", "x = " + "-" * 500 + "1\n", NONE),
)
OTHER = (
    ("x = 1\n", "x = 2\n", NONE),
    ("x = 1\n", "x = 1.0\n", NONE),
    ("x = 1\n", "x = True\n", NONE),
    ("x = 'a '\n", "x = 'a'\n", NONE),
    ("x = 1\ny = 2\n", "x = 1\n", NONE),
    ("import a\n", "import a, b\n", NONE),
    ("import a, b\n", "import a\n", NONE),
    ("import a as b\n", "import a\n", NONE),
    ("import a as a\n", "import a\n", NONE),
    ("from . import a\n", "from .. import a\n", NONE),
    ("x = 1\nimport a\n", "import a\nx = 1\n", NONE),
    ("import a\nif x:\n    import b\n", "import b\nif x:\n    import a\n", NONE),
    ("x = [2, 1]\n", "x = [1, 2]\n", NONE),
    ("def f():\n    x = 1\n", "def f():\n    import a\n    x = 1\n", Licence(adds=True)),
    ("import os.path\n", "", Licence(removes=frozenset({"os"}))),
    ('def f():\n    """a"""\n', "def f():\n    pass\n", NONE),
    ("x = f(*a)\n", "x = f(a)\n", NONE),
)


@pytest.mark.parametrize(("before", "after", "licence"), SAME)
def test_same_meaning(before: str, after: str, licence: Licence) -> None:
    compare_meaning(ast.parse(before), ast.parse(after), licence)


@pytest.mark.parametrize(("before", "after", "licence"), OTHER)
def test_other_meaning(before: str, after: str, licence: Licence) -> None:
    with pytest.raises(Doubt):
        compare_meaning(ast.parse(before), ast.parse(after), licence)


def test_line_of_a_doubt_is_that_before() -> None:
    with pytest.raises(Doubt) as doubt:
        compare_meaning(ast.parse("a = 1\n\n\nb = 2\n"), ast.parse("a = 1\nb = 3\n"), NONE)
    assert doubt.value.line == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"#a\nx = 1\n", b"# a\nx = 1\n"),
        (b"import b # b\nimport a # a\n", b"import a  # a\nimport b  # b\n"),
        (b"from a import b # c\nfrom a import d # e\n", b"from a import b, d  # c; e\n"),
        (b"x = '# no comment'\n", b"x = 1\n"),
        (b"from a import (  # c\n    b,  # e; f\n)\n", b"from a import b  # c  # e; f\n"),
        (b"#\nx = 1\n", b"x = 1\n"),
    ],
)
def test_no_comment_lost(before: bytes, after: bytes) -> None:
    compare_comments(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# a\nx = 1\n", b"x = 1\n"),
        (b"x = 1\n# why\n", b"x = 1  # what\n"),
        (b"x = 1  # why\n", b"x = '# why'\n"),
        (b"from a import *  # c\nfrom a import *  # why\nx = 1  # nosec\n", b"x = 1  # nosec\n"),
        (b"x = 1  # noqa\ny = 2  # noqa: F401\n", b"x = 1\ny = 2  # noqa: F401\n"),
    ],
)
def test_comment_lost(before: bytes, after: bytes) -> None:
    with pytest.raises(Doubt, match="comment"):
        compare_comments(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import a\n'text'\n", "'text'\nimport a\n"),
        ("x = 1\n", "'''TODO'''\nx = 1\n"),
        (
            "'a'\nx = 1\nfrom __future__ import annotations\n",
            "'a'\nfrom __future__ import annotations\nx = 1\n",
        ),
    ],
)
def test_header_in_order(before: str, after: str) -> None:
    compare_header(ast.parse(before), ast.parse(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'a'\nx = 1\n", "x = 1\n"),
        ("x = 1\n", "'a'\n'b'\nx = 1\n"),
        ("from __future__ import annotations\nx = 1\n", "x = 1\n"),
        ("x = 1\ny = 2\n", "y = 2\nx = 1\n"),
    ],
)
def test_header_spoilt(before: str, after: str) -> None:
    with pytest.raises(Doubt):
        compare_header(ast.parse(before), ast.parse(after))
