"""The settings of the family: what has to have a docstring, and how it is written."""

from __future__ import annotations

from onex_tools.api import setting, settings
from onex_validators.docstrings.code.definitions import Trait


@settings("docstrings")
class Docstrings:
    """What has to have a docstring, and how one is written.

    Public code always has to have one; each switch asks for more.
    """

    convention: str = setting(
        "",
        "How docstrings are written. It switches the rules on form on (DCS1xx, DCS2xx), but for "
        "those that the convention leaves out.",
        choices=("google", "numpy", "pep257", "sphinx"),
    )
    imperative: bool = setting(
        False,
        'Ask for a command at the beginning ("Return", not "Returns"), whatever the convention '
        "(DCS132).",
    )
    summary_line: bool = setting(
        False,
        "The summary is the first line only, also where the paragraph goes on (DCS130, DCS131).",
    )
    private: bool = setting(
        False,
        "Ask for names with a leading underscore, names that `__all__` leaves out, and what they "
        "hold.",
    )
    magic: bool = setting(False, "Ask for magic methods such as `__str__` (DCS006).")
    init: bool = setting(False, "Ask for `__init__` (DCS007) and `__new__`.")
    nested: bool = setting(False, "Ask for functions and classes inside a function.")
    nested_classes: bool = setting(True, "Ask for classes inside a class (DCS008).")
    property_setter: bool = setting(False, "Ask for the setter and the deleter of a property.")
    overload: bool = setting(False, "Ask for signatures marked with `@overload`.")
    override: bool = setting(False, "Ask for methods marked with `@override`.")
    tests: bool = setting(
        False,
        "Ask in tests: below a folder `tests`, below `test` at the root, and in `test_*.py`, "
        "`*_test.py`, `tests.py` and `conftest.py`.",
    )
    generated: bool = setting(
        False,
        "Ask in generated code: numbered files in `migrations`, `*_pb2.py`, `*_pb2_grpc.py`, and "
        "files that say so in their first 1,000 bytes (`@generated`, `generated ... do not edit`).",
    )
    documentation: bool = setting(False, "Ask below a folder `docs` or `doc` at the root.")
    stubs: bool = setting(False, "Ask in stub files (`.pyi`).")
    empty: bool = setting(
        False,
        "Ask for modules and packages without code of their own: nothing at all, or only imports "
        "and assignments to names such as `__all__`.",
    )
    computed_all: bool = setting(
        True,
        "Where `__all__` is computed and names nothing in writing, go by underscores; off: take "
        "all as private.",
    )
    option_classes: tuple[str, ...] = setting(
        ("Config", "Media", "Meta"),
        "Nested classes that only hold options for a framework; they are never asked for.",
    )
    ignore_decorators: tuple[str, ...] = setting(
        (),
        "Functions and classes under one of these decorators are left alone: names with dots, "
        "`*` for anything (`app.route`, `*.command`).",
    )
    inherit: bool = setting(
        False,
        "A method counts as documented where a class of the repository that it inherits from "
        "documents it.",
    )
    complete: str = setting(
        "",
        "Which docstrings have to describe all arguments, results and errors: those that have "
        "`begun`, with some section, or `all` (DCS302, DCS310, DCS320, DCS330).",
        choices=("begun", "all"),
    )
    summary_result: bool = setting(
        True,
        "A summary that begins with `Return` or `Yield` says enough on the result (not with "
        '`convention = "numpy"`).',
    )
    star_arguments: bool = setting(True, "Ask for `*args` and `**kwargs`.")
    underscore_arguments: bool = setting(
        False, "Ask for arguments whose names begin with an underscore."
    )
    further_arguments: bool = setting(
        True,
        "Where a function takes `*args` or `**kwargs`, other names may be described as well.",
    )
    types: str = setting(
        "",
        "Where the types of arguments and results stand; what is missing there, superfluous "
        "elsewhere or different is found (DCS305 to DCS309, DCS312, DCS322, DCS343).",
        choices=("code", "docstring", "both"),
    )
    constructor: str = setting(
        "",
        "Whose docstring describes what an instance is made from: that of the class or that of "
        "`__init__` (DCS350 to DCS353).",
        choices=("class", "init"),
    )
    assertions: bool = setting(False, "An `assert` counts as raising AssertionError.")
    fail_under: float = setting(
        0.0,
        "The least share of documented definitions, in per cent (DCS020).",
        minimum=0,
        maximum=100,
    )


_SWITCHES = {
    "private": Trait.PRIVATE,
    "magic": Trait.MAGIC,
    "init": Trait.INIT,
    "nested": Trait.LOCAL,
    "nested_classes": Trait.NESTED_CLASS,
    "property_setter": Trait.SETTER,
    "overload": Trait.OVERLOAD,
    "override": Trait.OVERRIDE,
    "tests": Trait.TEST,
    "generated": Trait.GENERATED,
    "stubs": Trait.STUB,
    "empty": Trait.EMPTY,
    "documentation": Trait.DOCUMENTATION,
    "computed_all": Trait.UNLISTED,
}


def exempt_traits(options: Docstrings) -> int:
    """The traits, together, of what ``options`` leave alone."""
    return sum(bit for name, bit in _SWITCHES.items() if not getattr(options, name))
