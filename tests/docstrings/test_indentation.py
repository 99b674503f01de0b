"""How the lines of a docstring are indented: DCS109 and DCS110, case by case."""

from __future__ import annotations

from .tabled import Row, assert_judged, table


@table(
    Row("def f():\n    '''Add.\n\n    All.\n    '''\n"),
    Row("def f():\n    '''Add.\n\n      All.\n    '''\n"),
    Row(
        "def f():\n    '''Add.\n\n  All.\n    '''\n",
        [(4, 3)],
        "def f():\n    '''Add.\n\n    All.\n    '''\n",
    ),
    Row(
        "def f():\n    '''Add.\n\nAll:\n  one\n\n    two\n'''\n",
        [(4, 1)],
        "def f():\n    '''Add.\n\n    All:\n      one\n\n        two\n    '''\n",
    ),
    Row(
        "def f():\n    '''Add.\n\n    All.\n  Some.\n    '''\n",
        [(5, 3)],
        "def f():\n    '''Add.\n\n    All.\n    Some.\n    '''\n",
        safe=False,
    ),
    Row(
        "def f():\n    '''Add.\n\n    All.\n'''\n",
        [(5, 1)],
        "def f():\n    '''Add.\n\n    All.\n    '''\n",
    ),
    Row(
        "def f():\r\n    r'''Add.\r\n\r\n  A\\d.\r\n  '''\r\n",
        [(4, 3)],
        "def f():\r\n    r'''Add.\r\n\r\n    A\\d.\r\n    '''\r\n",
    ),
    Row(
        "class C:\r\tdef f(self):\r\t\t'''Add.\r\r\tAll.\r\t\t'''\r",
        [(5, 2)],
        "class C:\r\tdef f(self):\r\t\t'''Add.\r\r\t\tAll.\r\t\t'''\r",
    ),
    Row("def f():\n        '''Add.\n\n\tAll.\n\t'''\n"),
    Row("def f():\n    '''Add, \\\nall.'''\n"),
    Row("def f():\n    'Add, \\\nall.'\n"),
    Row("def f():\n    '''Add.\n\n    A \\\nB.\n    '''\n"),
    Row("def f(): '''Add.\n\nAll.\n'''\n"),
    Row("def f():\n    ('''Add.\n\nAll.\n''')\n"),
    Row("'''Carts.\n\nMany.\n'''\n"),
    Row("def f():\n    b'''Add.\nAll.\n'''\n"),
    Row(
        "class C:\n  @cached\n  def f(self):\n    # Why.\n    '''Add.\n\n  Größe.\n    '''\n",
        [(7, 3)],
        "class C:\n  @cached\n  def f(self):\n    # Why.\n    '''Add.\n\n    Größe.\n    '''\n",
    ),
)
def test_under_indented_docstring(row):
    assert_judged("DCS109", row)


@table(
    Row("def f():\n    '''Add.\n\n    All.\n    '''\n"),
    Row("def f():\n    '''Add.\n\n    All:\n        one\n    '''\n"),
    Row(
        "def f():\n    '''Add.\n\n      All:\n        one\n    '''\n",
        [(4, 7)],
        "def f():\n    '''Add.\n\n    All:\n      one\n    '''\n",
    ),
    Row(
        "def f():\n    '''Add.\n\n    All.\n      '''\n",
        [(5, 7)],
        "def f():\n    '''Add.\n\n    All.\n    '''\n",
    ),
    Row(
        "def f():\n    '''Add.\n      '''\n",
        [(3, 7)],
        "def f():\n    '''Add.\n    '''\n",
    ),
    Row(
        "'''Carts.\r\n\r\n  A\\\\d.\r\n  '''\r\n",
        [(3, 3)],
        "'''Carts.\r\n\r\nA\\\\d.\r\n'''\r\n",
    ),
    Row(
        "def f():\r\t'''Add.\r\r\t\tAll.\r\t\t'''\r",
        [(4, 3)],
        "def f():\r\t'''Add.\r\r\tAll.\r\t'''\r",
    ),
    Row(
        "def f():\n    '''Add.\n\n        All.'''\n",
        [(4, 9)],
        "def f():\n    '''Add.\n\n    All.'''\n",
    ),
    Row("def f(): '''Add.\n\n        All.\n        '''\n"),
    Row("def f():\n    '''Add, \\\n        all.'''\n"),
    Row("def f():\n        '''Add.\n\n\tAll.\n        '''\n"),
    Row("class C:\n    f'''Carts.\n\n        Many.\n    '''\n"),
    Row(
        "def f():\n  def g():\n    # Why.\n    r'''Sum.\n\n      A\\d.\n    '''\n",
        [(6, 7)],
        "def f():\n  def g():\n    # Why.\n    r'''Sum.\n\n    A\\d.\n    '''\n",
    ),
    Row("'''Add.\n\n\tA.\n  B.\n'''\n", [(3, 2)]),
    Row("def f():\n    '''Add.\n\n    \u3000All.\n    \u3000Some.\n    '''\n"),
    Row(
        "def f():\n    '''Add.\n\n      \u3000All.\n      \xa0Some.\n    '''\n",
        [(4, 8)],
        "def f():\n    '''Add.\n\n    \u3000All.\n    \xa0Some.\n    '''\n",
    ),
)
def test_over_indented_docstring(row):
    assert_judged("DCS110", row)


@table(
    Row("class C:\n  def f():\n  \t'''Add \\\n\tall.'''\n"),
    Row(
        "def f():\n    '''Add.\n\n  \t\u3000All.\n    '''\n",
        [(4, 5)],
        "def f():\n    '''Add.\n\n        \u3000All.\n    '''\n",
    ),
)
def test_tabs_in_indentation(row):
    assert_judged("DCS108", row)
