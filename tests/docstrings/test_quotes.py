"""Which quotes a docstring has, and backslashes in it: DCS120 and DCS121, case by case."""

from __future__ import annotations

import pytest

from .tabled import Row, assert_judged, table

# What the rule on backslashes is for, Python warns of.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]


@table(
    Row('"""Carts."""\n'),
    Row('r"""Carts."""\n'),
    Row("'''Carts.'''\n", [(1, 1)], '"""Carts."""\n'),
    Row("'Carts.'\n", [(1, 1)], '"""Carts."""\n'),
    Row('"Carts."\n', [(1, 1)], '"""Carts."""\n'),
    Row("R'A\\d.'\n", [(1, 1)], 'R"""A\\d."""\n'),
    Row("u'Größe.'\n", [(1, 1)], 'u"""Größe."""\n'),
    Row("\ufeff'''Carts.'''\n", [(1, 1)], '\ufeff"""Carts."""\n'),
    Row("'''Of \"\"\"carts.'''\n"),
    Row("'''Of \\\"\"\"carts.'''\n"),
    Row("'''Of \"\"carts.'''\n", [(1, 1)], '"""Of ""carts."""\n'),
    Row("'It\\'s.'\n", [(1, 1)], '"""It\\\'s."""\n'),
    Row('"Of \\"carts\\"."\n', [(1, 1)], '"""Of \\"carts\\"."""\n'),
    Row('"Of \\"carts\\""\n', [(1, 1)], '"""Of \\"carts\\""""\n'),
    Row("'Of \"carts\"'\n", [(1, 1)], None),
    Row("'\"Carts\".'\n", [(1, 1)], None),
    Row("'\"Carts\" '\n", [(1, 1)], None),
    Row('\'Of """carts.\'\n', [(1, 1)], None),
    Row("'Carts \\\\'\n", [(1, 1)], '"""Carts \\\\"""\n'),
    Row("r'Carts \\'\\'.'\n", [(1, 1)], 'r"""Carts \\\'\\\'."""\n'),
    Row(
        "def f():\r\n    '''Add.\r\n\r\n    All.\r\n    '''\r\n",
        [(2, 5)],
        'def f():\r\n    """Add.\r\n\r\n    All.\r\n    """\r\n',
    ),
    Row("def f():\r\t'Add, \\\r\tall.'\r", [(2, 2)], 'def f():\r\t"""Add, \\\r\tall."""\r'),
    Row("class C: 'Carts.'; size = 1\n", [(1, 10)], 'class C: """Carts."""; size = 1\n'),
    Row("class C:\n    ('Carts.')\n", [(2, 6)], 'class C:\n    ("""Carts.""")\n'),
    Row("'Carts.' 'Many.'\n"),
    Row("b'Carts.'\n"),
    Row("f'Carts.'\n"),
    Row("x = 'Carts.'\n"),
    Row("' '\n"),
    Row(
        "def f():\n    # Why.\n    '''Add.'''\n\n    @cached\n    def g(): 'Sum.'\n",
        [(3, 5), (6, 14)],
        'def f():\n    # Why.\n    """Add."""\n\n    @cached\n    def g(): """Sum."""\n',
    ),
)
def test_docstring_in_other_quotes(row):
    assert_judged("DCS120", row)


@table(
    Row('"""Carts."""\n'),
    Row('r"""A\\d."""\n'),
    Row('R"""A\\d."""\n'),
    Row('"""A\\d."""\n', [(1, 5)], 'r"""A\\d."""\n'),
    Row('"""A\\\\d."""\n', [(1, 5)], 'r"""A\\d."""\n'),
    Row("'''Größe \\d.'''\n", [(1, 10)], "r'''Größe \\d.'''\n"),
    Row("'It\\'s.'\n", [(1, 4)], None),
    Row('"It\\\'s \\d."\n', [(1, 4)], None),
    Row('u"""A\\d."""\n', [(1, 6)], None),
    Row('"""A\\t."""\n', [(1, 5)], None),
    Row('"""A\\d\\t."""\n', [(1, 5)], None),
    Row('"""A\\x41."""\n', [(1, 5)], None),
    Row('"""A\\0."""\n', [(1, 5)], None),
    Row('"""A\\u20ac \\U0001f600 \\N{EURO SIGN}."""\n'),
    Row('"""A\\u20ac \\d."""\n', [(1, 12)], None),
    Row('"""Of \\"\\"\\"carts."""\n'),
    Row('"""Of \\"""carts."""\n'),
    Row('"""Of \\""carts."""\n', [(1, 7)], None),
    Row("'''Of \\'\\'\\'carts.'''\n"),
    Row('"""Carts, \\\nmany."""\n'),
    Row('"""Carts, \\\r\nmany."""\r\n'),
    Row('"""Carts, \\\rmany."""\r'),
    Row('"""Carts, \\\nA\\d."""\n', [(2, 2)], None),
    Row('"""Carts \\\\"""\n', [(1, 10)], None),
    Row('"""Carts \\\\\\\\."""\n', [(1, 10)], 'r"""Carts \\\\."""\n'),
    Row('"""Carts.\n\n  \\b\n  many\n"""\n'),
    Row('"""Carts.\n\n\\f\n"""\n'),
    Row('"""Carts.\n\n\\b many\n"""\n', [(3, 1)], None),
    Row(
        "def f():\r\n    '''Add.\r\n\r\n\tA\\d.\r\n    '''\r\n",
        [(4, 3)],
        "def f():\r\n    r'''Add.\r\n\r\n\tA\\d.\r\n    '''\r\n",
    ),
    Row("class C: 'A\\d.'; size = '\\d'\n", [(1, 12)], "class C: r'A\\d.'; size = '\\d'\n"),
    Row("'A\\d.' 'Many.'\n"),
    Row("b'A\\d.'\n"),
    Row("def f():\n    # A\\d.\n    'Add.'\n"),
    Row(
        "class C:\n    'A\\d.'\n\n    @cached\n    def f(self):\n        'A\\s.'\n",
        [(2, 7), (6, 11)],
        "class C:\n    r'A\\d.'\n\n    @cached\n    def f(self):\n        r'A\\s.'\n",
    ),
)
def test_backslash_in_docstring(row):
    assert_judged("DCS121", row)
