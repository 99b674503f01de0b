"""Where the text begins and ends between its quotes: DCS101 and DCS111 to DCS114, case by case."""

from __future__ import annotations

from .tabled import Row, assert_judged, table

LONG = "x" * 79


@table(
    Row('"""Carts."""\n'),
    Row('"""\nCarts.\n"""\n', [(1, 1)], '"""Carts."""\n'),
    Row('"""Carts.\n"""\n', [(1, 1)], '"""Carts."""\n'),
    Row('"""\n\nCarts."""\n', [(1, 1)], '"""Carts."""\n'),
    Row(
        "def f():\r\n    r'''\r\n    A\\d.\r\n    '''\r\n",
        [(2, 5)],
        "def f():\r\n    r'''A\\d.'''\r\n",
    ),
    Row("def f():\r\t'''\r\tAdd.\r\t'''\r", [(2, 2)], "def f():\r\t'''Add.'''\r"),
    Row("class C: '''\n    Carts.'''\n", [(1, 10)], "class C: '''Carts.'''\n"),
    Row("class C: '''Carts.\n'''; size = 1\n", [(1, 10)], "class C: '''Carts.'''; size = 1\n"),
    Row("'''\n  Größe.  \n'''\n", [(1, 1)], "'''Größe.'''\n"),
    Row("\ufeff'''\nCarts.\n'''\n", [(1, 1)], "\ufeff'''Carts.'''\n"),
    Row('"""Carts.\n\nMany.\n"""\n'),
    Row('"""\n"""\n'),
    Row('"""Carts. \\\n"""\n'),
    Row('"Carts. \\\n"\n'),
    Row('b"""\nCarts.\n"""\n'),
    Row('f"""\nCarts.\n"""\n'),
    Row('"""\n"Carts".\n"""\n', [(1, 1)], None),
    Row('"""\nOf "carts"\n"""\n', [(1, 1)], None),
    Row("'''\nOf \"carts\"\n'''\n", [(1, 1)], "'''Of \"carts\"'''\n"),
    Row('"""\nOf \\"carts\\"\n"""\n', [(1, 1)], None),
    Row("'''\nOf \\'''carts.\n'''\n", [(1, 1)], "'''Of \\'''carts.'''\n"),
    Row(f'"""\n{LONG}...\n"""\n', [(1, 1)], f'"""{LONG}..."""\n'),
    Row(f'"""\n{LONG}....\n"""\n', [(1, 1)], None),
    Row(f'def f():\n    """\n    {LONG}.\n    """\n', [(2, 5)], None),
    Row('"""\n\tCarts.\n\t"""\n', [(1, 1)], '"""Carts."""\n'),
    Row(
        "class C:\n    @cached\n    def f(self):\n        # Why.\n        '''Add.\n        '''\n",
        [(5, 9)],
        "class C:\n    @cached\n    def f(self):\n        # Why.\n        '''Add.'''\n",
    ),
)
def test_one_liner_on_several_lines(row):
    assert_judged("DCS101", row)


@table(
    Row('"""Carts.\n\nMany.\n"""\n'),
    Row('"""Carts.\n\nMany."""\n', [(3, 6)], '"""Carts.\n\nMany.\n"""\n'),
    Row(
        "def f():\r\n    r'''Add.\r\n\r\n    A\\d.   '''\r\n",
        [(4, 12)],
        "def f():\r\n    r'''Add.\r\n\r\n    A\\d.\r\n    '''\r\n",
    ),
    Row("def f():\r\t'''Add.\r\r\tAll.'''\r", [(4, 6)], "def f():\r\t'''Add.\r\r\tAll.\r\t'''\r"),
    Row("'''Carts.\n\nGröße.'''  # Why.\n", [(3, 7)], "'''Carts.\n\nGröße.\n'''  # Why.\n"),
    Row(
        "class C: '''Carts.\n\n    Many.'''\n", [(3, 10)], "class C: '''Carts.\n\n    Many.\n'''\n"
    ),
    Row('"""Carts."""\n'),
    Row('"""Carts.\n"""\n'),
    Row('"""\nCarts."""\n'),
    Row('"Carts.\\\n\\\nMany."\n'),
    Row('"Carts.\\n\\\nMany."\n', [(2, 6)], None),
    Row("'''Carts.\n\nOf \"many\"'''\n", [(3, 10)], "'''Carts.\n\nOf \"many\"\n'''\n"),
    Row("'''Carts.\n\nOf 'many\\''''\n", [(3, 11)], "'''Carts.\n\nOf 'many\\'\n'''\n"),
    Row("'''Carts.\n\nMany.\\\n'''\n"),
    Row(
        "class C:\n    def f(self):\n        '''Add.\n\n        All.'''\n        pass\n",
        [(5, 13)],
        "class C:\n    def f(self):\n        '''Add.\n\n        All.\n        '''\n        pass\n",
    ),
)
def test_closing_quotes_not_on_own_line(row):
    assert_judged("DCS111", row)


@table(
    Row('"""Carts."""\n'),
    Row('""" Carts."""\n', [(1, 5)], '"""Carts."""\n'),
    Row('"""Carts.\t"""\n', [(1, 4)], '"""Carts."""\n'),
    Row("r' A\\d. '\n", [(1, 4)], "r'A\\d.'\n"),
    Row("def f(): ' Größe. '\n", [(1, 12)], "def f(): 'Größe.'\n"),
    Row('"""\tCarts.\r\n\r\nMany.\r\n"""\r\n', [(1, 5)], '"""Carts.\r\n\r\nMany.\r\n"""\r\n'),
    Row('"""Carts. \n\nMany. """\n'),
    Row('"""\n  Carts.\n"""\n'),
    Row('"""   """\n'),
    Row('""" "Carts". """\n', [(1, 5)], '""" "Carts"."""\n'),
    Row('""" Of "carts" """\n', [(1, 5)], '"""Of "carts" """\n'),
    Row('""" "Carts" """\n'),
    Row("''' \"Carts\" '''\n", [(1, 5)], "'''\"Carts\"'''\n"),
    Row('" \\"Carts\\" "\n', [(1, 3)], '"\\"Carts\\" "\n'),
    Row('""" Carts. \\\n"""\n', [(1, 5)], '"""Carts. \\\n"""\n'),
    Row(
        "class C:\n    ''' Carts. '''; size = 1\n",
        [(2, 9)],
        "class C:\n    '''Carts.'''; size = 1\n",
    ),
    Row("b' Carts. '\n"),
)
def test_white_space_around_text(row):
    assert_judged("DCS112", row)


@table(
    Row('"""Carts.\n\nMany.\n"""\n'),
    Row('"""\nCarts.\n\nMany.\n"""\n', [(2, 1)], '"""Carts.\n\nMany.\n"""\n'),
    Row('"""  \n\n\tCarts.\n\n\tMany.\n"""\n', [(3, 2)], '"""Carts.\n\n\tMany.\n"""\n'),
    Row(
        "def f():\r\n    r'''\r\n    A\\d.\r\n\r\n    All.\r\n    '''\r\n",
        [(3, 5)],
        "def f():\r\n    r'''A\\d.\r\n\r\n    All.\r\n    '''\r\n",
    ),
    Row("def f():\r\t'''\r\tAdd.\r\t'''\r", [(3, 2)], "def f():\r\t'''Add.\r\t'''\r"),
    Row('"""\n"Carts".\n\nMany.\n"""\n', [(2, 1)], None),
    Row("'''\n\"Carts\".\n\nMany.\n'''\n", [(2, 1)], "'''\"Carts\".\n\nMany.\n'''\n"),
    Row('"""\\\nCarts.\n\nMany.\n"""\n'),
    Row('"""\\n\nCarts.\n"""\n'),
    Row('"""Carts."""\n'),
    Row('"""\nCarts."""\n', [(2, 1)], '"""Carts."""\n'),
    Row(
        "class C: '''\n    Größe.\n\n    Viele.\n    '''\n",
        [(2, 5)],
        "class C: '''Größe.\n\n    Viele.\n    '''\n",
    ),
)
def test_summary_not_on_first_line(row):
    assert_judged("DCS113", row)


@table(
    Row('"""\nCarts.\n\nMany.\n"""\n'),
    Row('"""Carts.\n\nMany.\n"""\n', [(1, 4)], '"""\nCarts.\n\nMany.\n"""\n'),
    Row(
        "def f():\r\n    r''' A\\d.\r\n\r\n    All.\r\n    '''\r\n",
        [(2, 10)],
        "def f():\r\n    r'''\r\n    A\\d.\r\n\r\n    All.\r\n    '''\r\n",
    ),
    Row("def f():\r\t'''Add.\r\t'''\r", [(2, 5)], "def f():\r\t'''\r\tAdd.\r\t'''\r"),
    Row('"""Carts."""\n'),
    Row('"""Carts.\\\n\nMany.\n"""\n'),
    Row('"Carts, \\\nmany."\n'),
    Row('"Carts.\\n\\\nmany."\n'),
    Row("'''\"Carts\".\n\nMany.\n'''\n", [(1, 4)], "'''\n\"Carts\".\n\nMany.\n'''\n"),
)
def test_summary_not_on_second_line(row):
    assert_judged("DCS114", row)
