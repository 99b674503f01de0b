"""Docstrings that are missing: modules, packages, classes, methods and functions without one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from onex_tools.api import Bad, Finding, Good, SourceFile, Validator
from onex_validators.docstrings.code.definitions import Definition
from onex_validators.docstrings.presence.demand import Demand, complaint, undocumented
from onex_validators.docstrings.presence.marked_stubs import marked_stub
from onex_validators.docstrings.settings import Docstrings


class MissingDocstring(Validator):
    """What the rules share; each says what to write."""

    abstract = True
    kinds = ("python",)
    outline = True
    settings = Docstrings
    advice: ClassVar[str]

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self._demand = Demand(self.options)

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield one finding, at its name, for each definition that has to have a docstring."""
        if self._demand.spares(file):
            return
        for definition in file.shared(undocumented).get(self.code, ()):
            if self._demand.code(definition) == self.code:
                yield self._report(file, definition)

    def _report(self, file: SourceFile, definition: Definition) -> Finding:
        span = definition.span(file)
        return file.finding(
            self,
            span,
            complaint(definition),
            help=self.advice,
            fix=marked_stub(file, definition, span),
            # The names stay when the code moves, and they tell one `read` from another.
            anchor=definition.qualified,
        )


class MissingModuleDocstring(MissingDocstring):
    """A module has no docstring.

    Whoever opens the file, or calls `help()` on it, first wants to know what it is for. Modules
    without code of their own are left alone unless `empty = true`.
    """

    code, name, aliases = "DCS001", "missing-module-docstring", ("D100",)
    advice = "open the file with one sentence in triple quotes that says what the module is for"
    examples = (
        Good("loader.py", '"""Reads the readings of the sensors."""\n\nLIMIT = 3\n'),
        Good("reading.py", "from shop.loader import read\n", why="it has no code of its own"),
        Good("_loader.py", "LIMIT = 3\n", why="the name says that it is private"),
        Bad(
            "loader.py",
            "# Reads the readings of the sensors.\nLIMIT = 3\n",
            at=(1,),
            fixed="# Reads the readings of the sensors.\n"
            '"""TODO(docstring): Describe the module `loader`."""\n\nLIMIT = 3\n',
        ),
        Bad("empty.py", "", at=(1,), settings={"empty": True}),
    )


class MissingPackageDocstring(MissingDocstring):
    """A package has no docstring in its `__init__.py`.

    It is the first page of the package's documentation: what is in it, and where to begin. An
    `__init__.py` that is empty or only imports is left alone unless `empty = true`.
    """

    code, name, aliases = "DCS002", "missing-package-docstring", ("D104",)
    advice = (
        "open `__init__.py` with one sentence in triple quotes that says what the package holds"
    )
    examples = (
        Good("shop/__init__.py", '"""Orders, carts and invoices."""\n\nVERSION = "1"\n'),
        Good("shop/__init__.py", "", why="there is nothing in it yet"),
        Bad(
            "shop/__init__.py",
            'VERSION = "1"\n',
            at=(1,),
            fixed='"""TODO(docstring): Describe the package `shop`."""\n\nVERSION = "1"\n',
        ),
    )


class MissingClassDocstring(MissingDocstring):
    """A class has no docstring.

    A reader cannot tell from the methods what one instance stands for and who makes it.
    """

    code, name, aliases = "DCS003", "missing-class-docstring", ("D101",)
    advice = "write as its first statement what one instance stands for, and its attributes"
    examples = (
        Good("cart.py", '"""Carts."""\n\nclass Cart:\n    """What one visitor wants to buy."""\n'),
        Good("cart.py", '"""Carts."""\n\nclass _Row:\n    pass\n', why="it is private"),
        Bad("cart.py", '"""Carts."""\n\nclass Cart:\n    pass\n', at=(3,)),
        Bad(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    price = 0\n',
            at=(3,),
            fixed='"""Carts."""\n\nclass Cart:\n'
            '    """TODO(docstring): Describe the class `Cart`."""\n\n    price = 0\n',
        ),
    )


class MissingMethodDocstring(MissingDocstring):
    """A method has no docstring.

    Setters and deleters of properties, `@overload` and `@override` are left alone, since another
    definition speaks for them; their settings ask for them too. `__call__` counts as a method.
    """

    code, name, aliases = "DCS004", "missing-method-docstring", ("D102",)
    advice = "write as its first statement what it does, its arguments, its result and its errors"
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\nclass _Cart:\n    def add(self, item):\n        return item\n',
            why="what holds it is private",
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    """A cart."""\n\n    @property\n'
            "    def total(self):\n        return 0\n\n    @total.setter\n"
            "    def total(self, value):\n        pass\n",
            at=(7,),
            fixed='"""Carts."""\n\nclass Cart:\n    """A cart."""\n\n    @property\n'
            '    def total(self):\n        """TODO(docstring): Describe the method `total`."""\n'
            "        return 0\n\n    @total.setter\n"
            "    def total(self, value):\n        pass\n",
        ),
    )


class MissingFunctionDocstring(MissingDocstring):
    """A function has no docstring.

    Its callers have to read the body to learn what it takes, gives back and raises.
    """

    code, name, aliases = "DCS005", "missing-function-docstring", ("D103",)
    advice = "write as its first statement what it does, its arguments, its result and its errors"
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n__all__ = ["add"]\n\n\ndef add(a, b):\n    """The sum."""\n\n\n'
            "def helper():\n    pass\n",
            why="`__all__` leaves `helper` out",
        ),
        Good("tests/test_cart.py", "def test_add():\n    assert True\n"),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\n@cache\nasync def add(a, b):\n    return a\n',
            at=(5,),
            fixed='"""Carts."""\n\n\n@cache\nasync def add(a, b):\n'
            '    """TODO(docstring): Describe the function `add`."""\n    return a\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a):\n    f"Add {a}."\n',
            at=(4,),
            why="an f-string",
        ),
    )


class MissingMagicDocstring(MissingDocstring):
    """A magic method has no docstring.

    Most of them do what the language says they do, so nothing is asked for unless `magic = true`.
    """

    code, name, aliases = "DCS006", "missing-magic-docstring", ("D105",)
    advice = "write as its first statement what is particular about it here"
    examples = (
        Good("cart.py", '"""Carts."""\n\nclass _Cart:\n    def __len__(self):\n        return 0\n'),
        Bad(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    """A."""\n\n    def __len__(self):\n        pass\n',
            at=(6,),
            fixed='"""Carts."""\n\nclass Cart:\n    """A."""\n\n    def __len__(self):\n'
            '        """TODO(docstring): Describe the method `__len__`."""\n        pass\n',
            settings={"magic": True},
        ),
    )


class MissingInitDocstring(MissingDocstring):
    """An `__init__` has no docstring.

    Its arguments can be described in the class's docstring instead, so nothing is asked for unless
    `init = true`.
    """

    code, name, aliases = "DCS007", "missing-init-docstring", ("D107",)
    advice = "write as its first statement what the arguments mean"
    examples = (
        Good(
            "cart.py", '"""Carts."""\n\nclass Cart:\n    """A."""\n\n    def __init__(self): ...\n'
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    """A cart."""\n\n    def __init__(self): ...\n',
            at=(6,),
            fixed='"""Carts."""\n\nclass Cart:\n    """A cart."""\n\n    def __init__(self):\n'
            '        """TODO(docstring): Describe the method `__init__`."""\n        ...\n',
            settings={"init": True},
        ),
    )


class MissingNestedClassDocstring(MissingDocstring):
    """A class inside another class has no docstring.

    It does not inherit the docstring of the class around it. Classes that only hold options for a
    framework (`option-classes`) are left alone.
    """

    code, name, aliases = "DCS008", "missing-nested-class-docstring", ("D106",)
    advice = "write as its first statement what one instance stands for, and its attributes"
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    """A."""\n\n    class Meta:\n        ordering = ()\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    """A cart."""\n\n    class Row:\n        price = 0\n',
            at=(6,),
            fixed='"""Carts."""\n\nclass Cart:\n    """A cart."""\n\n    class Row:\n'
            '        """TODO(docstring): Describe the class `Row`."""\n\n        price = 0\n',
        ),
    )


class BlankDocstring(MissingDocstring):
    """A docstring has nothing in it but white space.

    It says that somebody meant to write one. `help()` shows an empty page, and no other rule counts
    it: the definition is neither missing a docstring nor documented. Private code is judged too.
    """

    code, name, aliases = "DCS009", "blank-docstring", ("D419",)
    advice = "say in one sentence what it is for, or take the quotes out"
    examples = (
        Good("cart.py", '"""Carts."""\n\nclass Cart:\n    """What one visitor wants to buy."""\n'),
        Bad("cart.py", '"""Carts."""\n\nclass _Cart:\n    """ """\n', at=(3,)),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield one finding, at its name, for each definition with a blank docstring."""
        if not self._demand.hides(file):
            for definition in file.shared(undocumented).get(self.code, ()):
                yield self._report(file, definition)
