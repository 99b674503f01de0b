"""The settings of the family: what has to have a docstring, and how it is written."""

from __future__ import annotations

from onex_tools.api import setting, settings
from onex_validators.docstrings.code.definitions import Trait

_COUNTED = "DCS020"
_ASKED_OF_METHODS = ("DCS004", "DCS006", "DCS007", "DCS010", "DCS011", "DCS012", _COUNTED)
_ASKED_IN_MODULES = ("DCS003", "DCS005", "DCS008", *_ASKED_OF_METHODS)
_ASKED = ("DCS001", "DCS002", *_ASKED_IN_MODULES)
_WRITTEN = ("DCS1", "DCS2", "DCS3")
_ARGUMENTS = ("DCS301", "DCS302", "DCS303")


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
        rules=_WRITTEN,
    )
    imperative: bool = setting(
        False,
        'Ask for a command at the beginning ("Return", not "Returns"), whatever the convention '
        "(DCS132).",
        rules=("DCS132",),
    )
    summary_line: bool = setting(
        False,
        "The summary is the first line only, also where the paragraph goes on (DCS130, DCS131).",
        rules=("DCS130", "DCS131"),
    )
    private: bool = setting(
        False,
        "Ask for names with a leading underscore, names that `__all__` leaves out, and what they "
        "hold.",
        rules=_ASKED,
    )
    magic: bool = setting(
        False,
        "Ask for magic methods such as `__str__` (DCS006).",
        rules=(_COUNTED,),
        switches=("DCS006", "DCS011"),
    )
    init: bool = setting(
        False,
        "Ask for `__init__` (DCS007) and `__new__`.",
        rules=(_COUNTED, "DCS004"),
        switches=("DCS007", "DCS012"),
    )
    nested: bool = setting(
        False,
        "Ask for functions and classes inside a function.",
        rules=_ASKED_IN_MODULES,
    )
    nested_classes: bool = setting(
        True, "Ask for classes inside a class (DCS008).", rules=(_COUNTED,), switches=("DCS008",)
    )
    property_setter: bool = setting(
        False,
        "Ask for the setter and the deleter of a property.",
        rules=_ASKED_OF_METHODS,
    )
    overload: bool = setting(
        False,
        "Ask for signatures marked with `@overload`.",
        rules=(*_ASKED_OF_METHODS, "DCS005"),
    )
    override: bool = setting(
        False,
        "Ask for methods marked with `@override`.",
        rules=_ASKED_OF_METHODS,
    )
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
        rules=(_COUNTED, "DCS001", "DCS002"),
    )
    computed_all: bool = setting(
        True,
        "Where `__all__` is computed and names nothing in writing, go by underscores; off: take "
        "all as private.",
        rules=_ASKED_IN_MODULES,
    )
    option_classes: tuple[str, ...] = setting(
        ("Config", "Media", "Meta"),
        "Nested classes that only hold options for a framework; they are never asked for.",
        rules=(_COUNTED, "DCS008"),
    )
    ignore_decorators: tuple[str, ...] = setting(
        (),
        "Functions and classes under one of these decorators are left alone: names with dots, "
        "`*` for anything (`app.route`, `*.command`).",
        rules=(*_ASKED_IN_MODULES, *_WRITTEN),
    )
    inherit: bool = setting(
        False,
        "A method counts as documented where a class of the repository that it inherits from "
        "documents it.",
        rules=_ASKED_OF_METHODS,
    )
    complete: str = setting(
        "",
        "Which docstrings have to describe all arguments, results and errors: those that have "
        "`begun`, with some section, or `all` (DCS302, DCS310, DCS320, DCS330).",
        choices=("begun", "all"),
        rules=("DCS302", "DCS310", "DCS320", "DCS330"),
    )
    summary_result: bool = setting(
        True,
        "A summary that begins with `Return` or `Yield` says enough on the result (not with "
        '`convention = "numpy"`).',
        rules=("DCS310", "DCS320"),
    )
    star_arguments: bool = setting(
        True,
        "Ask for `*args` and `**kwargs`.",
        rules=_ARGUMENTS,
    )
    underscore_arguments: bool = setting(
        False,
        "Ask for arguments whose names begin with an underscore.",
        rules=_ARGUMENTS,
    )
    further_arguments: bool = setting(
        True,
        "Where a function takes `*args` or `**kwargs`, other names may be described as well.",
        rules=("DCS303",),
    )
    types: str = setting(
        "",
        "Where the types of arguments and results stand; what is missing there, superfluous "
        "elsewhere or different is found (DCS305 to DCS309, DCS312, DCS322, DCS343).",
        choices=("code", "docstring", "both"),
        rules=("DCS305", "DCS306", "DCS307", "DCS308", "DCS309", "DCS312", "DCS322", "DCS343"),
    )
    constructor: str = setting(
        "",
        "Whose docstring describes what an instance is made from: that of the class or that of "
        "`__init__` (DCS350 to DCS353).",
        choices=("class", "init"),
        rules=("DCS3",),
    )
    assertions: bool = setting(
        False,
        "An `assert` counts as raising AssertionError.",
        rules=("DCS330",),
    )
    fail_under: float = setting(
        0.0,
        "The least share of documented definitions, in per cent (DCS020).",
        minimum=0,
        maximum=100,
        rules=("DCS020",),
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
