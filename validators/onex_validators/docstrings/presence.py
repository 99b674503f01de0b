"""Docstrings that are missing: modules, packages, classes, methods and functions without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from onex_tools.api import Bad, Finding, Good, SourceFile, Validator
from onex_validators.docstrings.definitions import Definition, Trait, definitions, surroundings
from onex_validators.docstrings.settings import Docstrings, exempt_traits


def undocumented(file: SourceFile) -> Mapping[str, Sequence[Definition]]:
    """The definitions without a docstring, by the code of the rule they fall under.

    Ask for it by ``file.shared(undocumented)``.

    Raises:
        ParseFailure: the file is not valid Python.
    """
    missing: dict[str, list[Definition]] = {}
    for definition in file.shared(definitions):
        if not definition.documented:
            missing.setdefault(_code(definition), []).append(definition)
    return missing


def _code(definition: Definition) -> str:
    kind = definition.kind
    if kind == "method":
        if definition.name == "__init__":
            return MissingInitDocstring.code
        magic = definition.traits & Trait.MAGIC
        return MissingMagicDocstring.code if magic else MissingMethodDocstring.code
    if kind == "class":
        nested = definition.traits & Trait.NESTED_CLASS
        return MissingNestedClassDocstring.code if nested else MissingClassDocstring.code
    if kind == "function":
        return MissingFunctionDocstring.code
    return MissingModuleDocstring.code if kind == "module" else MissingPackageDocstring.code


class _Missing(Validator):
    """What the rules share; each has a word for what it finds, and says what to write."""

    kinds = ("python",)
    settings = Docstrings
    noun: ClassVar[str]
    advice: ClassVar[str]

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self._spared: frozenset[str] = frozenset()
        self._exempt = exempt_traits(self.options)

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield one finding, at its name, for each definition that has to have a docstring."""
        exempt = self._exempt
        if file.shared(surroundings) & exempt:
            return
        for definition in file.shared(undocumented).get(self.code, ()):
            if not definition.traits & exempt and definition.name not in self._spared:
                yield self._report(file, definition)

    def _report(self, file: SourceFile, definition: Definition) -> Finding:
        name, traits = definition.qualified, definition.traits
        reach = (
            "private" if traits & Trait.PRIVATE else "local" if traits & Trait.LOCAL else "public"
        )
        message = f"{reach} {self.noun} `{name}` has no docstring"
        # The names stay when the code moves, and they tell one `read` from another.
        span = definition.span(file)
        return file.finding(self, span, message, help=self.advice, anchor=name)


class MissingModuleDocstring(_Missing):
    """A module has no docstring.

    Whoever opens the file, or calls `help()` on it, first wants to know what it is for. Modules
    without code of their own are left alone unless `empty = true`.
    """

    code, name, aliases = "DCS001", "missing-module-docstring", ("D100",)
    noun = "module"
    advice = "open the file with one sentence in triple quotes that says what the module is for"
    examples = (
        Good("loader.py", '"""Reads the readings of the sensors."""\n\nLIMIT = 3\n'),
        Good("reading.py", "from shop.loader import read\n", why="it has no code of its own"),
        Good("_loader.py", "LIMIT = 3\n", why="the name says that it is private"),
        Bad("loader.py", "# Reads the readings of the sensors.\nLIMIT = 3\n", at=(1,)),
        Bad("empty.py", "", at=(1,), settings={"empty": True}),
    )


class MissingPackageDocstring(_Missing):
    """A package has no docstring in its `__init__.py`.

    It is the first page of the package's documentation: what is in it, and where to begin. An
    `__init__.py` that is empty or only imports is left alone unless `empty = true`.
    """

    code, name, aliases = "DCS002", "missing-package-docstring", ("D104",)
    noun = "package"
    advice = (
        "open `__init__.py` with one sentence in triple quotes that says what the package holds"
    )
    examples = (
        Good("shop/__init__.py", '"""Orders, carts and invoices."""\n\nVERSION = "1"\n'),
        Good("shop/__init__.py", "", why="there is nothing in it yet"),
        Bad("shop/__init__.py", 'VERSION = "1"\n', at=(1,)),
    )


class MissingClassDocstring(_Missing):
    """A class has no docstring.

    A reader cannot tell from the methods what one instance stands for and who makes it.
    """

    code, name, aliases = "DCS003", "missing-class-docstring", ("D101",)
    noun = "class"
    advice = "write as its first statement what one instance stands for, and its attributes"
    examples = (
        Good("cart.py", '"""Carts."""\n\nclass Cart:\n    """What one visitor wants to buy."""\n'),
        Good("cart.py", '"""Carts."""\n\nclass _Row:\n    pass\n', why="it is private"),
        Bad("cart.py", '"""Carts."""\n\nclass Cart:\n    pass\n', at=(3,)),
        Bad("cart.py", '"""Carts."""\n\nclass Cart:\n    """ """\n', at=(3,), why="it is blank"),
    )


class MissingMethodDocstring(_Missing):
    """A method has no docstring.

    Setters and deleters of properties, `@overload` and `@override` are left alone, since another
    definition speaks for them; their settings ask for them too. `__call__` counts as a method.
    """

    code, name, aliases = "DCS004", "missing-method-docstring", ("D102",)
    noun = "method"
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
        ),
    )


class MissingFunctionDocstring(_Missing):
    """A function has no docstring.

    Its callers have to read the body to learn what it takes, gives back and raises.
    """

    code, name, aliases = "DCS005", "missing-function-docstring", ("D103",)
    noun = "function"
    advice = "write as its first statement what it does, its arguments, its result and its errors"
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n__all__ = ["add"]\n\n\ndef add(a, b):\n    """The sum."""\n\n\n'
            "def helper():\n    pass\n",
            why="`__all__` leaves `helper` out",
        ),
        Good("tests/test_cart.py", "def test_add():\n    assert True\n"),
        Bad("cart.py", '"""Carts."""\n\n\n@cache\nasync def add(a, b):\n    return a\n', at=(5,)),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a):\n    f"Add {a}."\n',
            at=(4,),
            why="an f-string",
        ),
    )


class MissingMagicDocstring(_Missing):
    """A magic method has no docstring.

    Most of them do what the language says they do, so nothing is asked for unless `magic = true`.
    """

    code, name, aliases = "DCS006", "missing-magic-docstring", ("D105",)
    noun = "magic method"
    advice = "write as its first statement what is particular about it here"
    examples = (
        Good("cart.py", '"""Carts."""\n\nclass _Cart:\n    def __len__(self):\n        return 0\n'),
        Bad(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    """A."""\n\n    def __len__(self):\n        pass\n',
            at=(6,),
            settings={"magic": True},
        ),
    )


class MissingInitDocstring(_Missing):
    """An `__init__` has no docstring.

    Its arguments can be described in the class's docstring instead, so nothing is asked for unless
    `init = true`.
    """

    code, name, aliases = "DCS007", "missing-init-docstring", ("D107",)
    noun = "method"
    advice = "write as its first statement what the arguments mean"
    examples = (
        Good(
            "cart.py", '"""Carts."""\n\nclass Cart:\n    """A."""\n\n    def __init__(self): ...\n'
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\nclass Cart:\n    """A cart."""\n\n    def __init__(self): ...\n',
            at=(6,),
            settings={"init": True},
        ),
    )


class MissingNestedClassDocstring(_Missing):
    """A class inside another class has no docstring.

    It does not inherit the docstring of the class around it. Classes that only hold options for a
    framework (`option_classes`) are left alone.
    """

    code, name, aliases = "DCS008", "missing-nested-class-docstring", ("D106",)
    noun = "class"
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
        ),
    )

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self._spared = frozenset(self.options.option_classes)
