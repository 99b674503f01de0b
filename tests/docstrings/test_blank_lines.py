"""Blank lines before and after docstrings: DCS102 to DCS106, case by case."""

from __future__ import annotations

from .tabled import Row, assert_judged, table


@table(
    Row("def f():\n    '''Add.'''\n"),
    Row("def f():\n\n    '''Add.'''\n", [(3, 5)], "def f():\n    '''Add.'''\n"),
    Row("def f():\n\n\n    r'''Add.'''\n", [(4, 5)], "def f():\n    r'''Add.'''\n"),
    Row("def f():\r\n\r\n    'Add.'\r\n", [(3, 5)], "def f():\r\n    'Add.'\r\n"),
    Row("def f():\r\r    'Add.'\r", [(3, 5)], "def f():\r    'Add.'\r"),
    Row("def f():\n\t\n\t'Add.'\n", [(3, 2)], "def f():\n\t'Add.'\n"),
    Row("def f():\n  \t\n \x0c\n    'Add.'\n", [(4, 5)], "def f():\n    'Add.'\n"),
    Row("def f(a,\n\n      b):\n    'Add.'\n"),
    Row("def f(): 'Add.'\n"),
    Row("def f():  # Why.\n\n    'Add.'\n", [(3, 5)], "def f():  # Why.\n    'Add.'\n"),
    Row("def f():\n\n    # Why.\n    'Add.'\n"),
    Row("def f():\n    # Why.\n\n    'Add.'\n", [(4, 5)], "def f():\n    # Why.\n    'Add.'\n"),
    Row("def f():\n\n    ('Add.')\n"),
    Row("def f():\n\n    'Add.' 'More.'\n"),
    Row("def f():\n\n    b'Add.'\n"),
    Row("def f():\n\n    f'Add.'\n"),
    Row("class C:\n\n    'Carts.'\n"),
    Row("\n\n'Carts.'\n"),
    Row(
        "class C:\n    @cached\n\n    # Why.\n    async def f(self):\n\n        'Add.'\n",
        [(7, 9)],
        "class C:\n    @cached\n\n    # Why.\n    async def f(self):\n        'Add.'\n",
    ),
    Row(
        "def f():\n\n    'Add.'\n\n    def g():\n\n        'Sum.'\n",
        [(3, 5), (7, 9)],
        "def f():\n    'Add.'\n\n    def g():\n        'Sum.'\n",
    ),
    Row(
        "if x:\n    def größe():\n\n        'Größe.'\n",
        [(4, 9)],
        "if x:\n    def größe():\n        'Größe.'\n",
    ),
)
def test_blank_line_before_the_docstring_of_a_function(row):
    assert_judged("DCS102", row)


@table(
    Row("def f():\n    'Add.'\n    return 1\n"),
    Row(
        "def f():\n    'Add.'\n\n    return 1\n", [(2, 10)], "def f():\n    'Add.'\n    return 1\n"
    ),
    Row(
        "def f():\r\n    '''Add.\r\n\r\n    All.\r\n    '''\r\n\r\n\r\n    return 1\r\n",
        [(5, 5)],
        "def f():\r\n    '''Add.\r\n\r\n    All.\r\n    '''\r\n    return 1\r\n",
    ),
    Row("def f():\r\t'Add.'\r\t\r\treturn 1\r", [(2, 7)], "def f():\r\t'Add.'\r\treturn 1\r"),
    Row(
        "def f():\n    r'A\\'b.'  # Why.\n \n    return 1\n",
        [(2, 12)],
        "def f():\n    r'A\\'b.'  # Why.\n    return 1\n",
    ),
    Row(
        "def f():\n    'Add.'\n\n    # Why.\n\n    return 1\n",
        [(2, 10)],
        "def f():\n    'Add.'\n    # Why.\n\n    return 1\n",
    ),
    Row("def f():\n    'Add.'\n    # Why.\n\n    return 1\n"),
    Row("def f():\n    'Add.'\n\n"),
    Row("def f():\n    'Add.'\n\n    # Why.\n"),
    Row("def f():\n    'Add.'; return 1\n"),
    Row("def f():\n    'Add.';\n\n    return 1\n"),
    Row("def f():\n    'Add.'\n\n    def g(): pass\n"),
    Row("def f():\n    'Add.'\n\n    class C: pass\n"),
    Row("def f():\n    'Add.'\n\n    async def g(): pass\n"),
    Row("def f():\n    'Add.'\n\n    @cached\n    def g(): pass\n"),
    Row("def f():\n    'Add.'\n\n    # Why.\n    def g(): pass\n"),
    Row(
        "def f():\n    'Add.'\n\n\n    def g(): pass\n",
        [(2, 10)],
        "def f():\n    'Add.'\n\n    def g(): pass\n",
    ),
    Row("def f():\n    'Add.'\n    def g(): pass\n"),
    Row("class C:\n    'Carts.'\n\n    size = 1\n"),
    Row("'Carts.'\n\nsize = 1\n"),
    Row(
        "class C:\n    @cached\n    def f(self):\n        'Add.'\n\n        return 1\n",
        [(4, 14)],
        "class C:\n    @cached\n    def f(self):\n        'Add.'\n        return 1\n",
    ),
)
def test_blank_line_after_the_docstring_of_a_function(row):
    assert_judged("DCS103", row)


@table(
    Row("class C:\n\n    'Carts.'\n"),
    Row("class C:\n    'Carts.'\n", [(2, 5)], "class C:\n\n    'Carts.'\n"),
    Row("class C:\r\n    'Carts.'\r\n", [(2, 5)], "class C:\r\n\r\n    'Carts.'\r\n"),
    Row("class C:\n\t\n\n\tr'Carts.'\n", [(4, 2)], "class C:\n\n\tr'Carts.'\n"),
    Row("class C: 'Carts.'\n"),
    Row("class C: 'Carts.'; size = 1\n"),
    Row("class C:\n    # Why.\n    'Carts.'\n", [(3, 5)], "class C:\n    # Why.\n\n    'Carts.'\n"),
    Row(
        "class C:\n\n    # Why.\n    'Carts.'\n",
        [(4, 5)],
        "class C:\n\n    # Why.\n\n    'Carts.'\n",
    ),
    Row("def f():\n    'Add.'\n"),
)
def test_no_blank_line_before_the_docstring_of_a_class(row):
    assert_judged("DCS104", row)


@table(
    Row("class C:\n    'Carts.'\n"),
    Row("class C:\n\n    'Carts.'\n", [(3, 5)], "class C:\n    'Carts.'\n"),
    Row("class C:\r\n \r\n\r\n    'Carts.'\r\n", [(4, 5)], "class C:\r\n    'Carts.'\r\n"),
    Row("class C:\n\n\tr'Carts.'\n", [(3, 2)], "class C:\n\tr'Carts.'\n"),
    Row("class C: 'Carts.'\n"),
    Row("class C(\n\n    A,\n): 'Carts.'\n"),
    Row("class C:\n\n    # Why.\n    'Carts.'\n"),
    Row("class C:\n    # Why.\n\n    'Carts.'\n", [(4, 5)], "class C:\n    # Why.\n    'Carts.'\n"),
    Row("@final\n\nclass C:\n    'Carts.'\n"),
    Row("def f():\n\n    'Add.'\n"),
    Row(
        "def f():\n    class C:\n\n        'Carts.'\n\n        class D:\n\n            'One.'\n",
        [(4, 9), (8, 13)],
        "def f():\n    class C:\n        'Carts.'\n\n        class D:\n            'One.'\n",
    ),
)
def test_blank_line_before_the_docstring_of_a_class(row):
    assert_judged("DCS105", row)


@table(
    Row("class C:\n    'Carts.'\n\n    size = 1\n"),
    Row(
        "class C:\n    'Carts.'\n    size = 1\n",
        [(2, 12)],
        "class C:\n    'Carts.'\n\n    size = 1\n",
    ),
    Row(
        "class C:\n    'Carts.'\n\n \n    size = 1\n",
        [(2, 12)],
        "class C:\n    'Carts.'\n\n    size = 1\n",
    ),
    Row(
        "class C:\r\n\t'''Carts.\r\n\r\n\tMany.\r\n\t'''\r\n\tsize = 1\r\n",
        [(5, 2)],
        "class C:\r\n\t'''Carts.\r\n\r\n\tMany.\r\n\t'''\r\n\r\n\tsize = 1\r\n",
    ),
    Row(
        "class C:\r    'Carts.'  # Why.\r    size = 1\r",
        [(2, 12)],
        "class C:\r    'Carts.'  # Why.\r\r    size = 1\r",
    ),
    Row(
        "class C:\n    'Carts.'\n    # Why.\n    size = 1\n",
        [(2, 12)],
        "class C:\n    'Carts.'\n\n    # Why.\n    size = 1\n",
    ),
    Row("class C:\n    'Carts.'\n\n    # Why.\n\n    size = 1\n"),
    Row(
        "class C:\n    'Carts.'\n    @cached\n    def f(self): pass\n",
        [(2, 12)],
        "class C:\n    'Carts.'\n\n    @cached\n    def f(self): pass\n",
    ),
    Row("class C: 'Carts.'; size = 1\n", [(1, 17)], None),
    Row("class C:\n    'Carts.'; size = 1\n", [(2, 12)], None),
    Row("class C: 'Carts.'\n"),
    Row("class C:\n    'Carts.'\n"),
    Row("class C:\n    'Carts.'\n\n\nsize = 1\n"),
    Row("class C:\n    'Carts.'\n    # Why.\n"),
    Row("def f():\n    'Add.'\n    return 1\n"),
    Row(
        "class C:\n    'Carts.'\n\n    class D:\n        'One.'\n        size = 1\n",
        [(5, 14)],
        "class C:\n    'Carts.'\n\n    class D:\n        'One.'\n\n        size = 1\n",
    ),
)
def test_no_blank_line_after_the_docstring_of_a_class(row):
    assert_judged("DCS106", row)
