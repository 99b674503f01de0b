"""Whose docstring describes the making of an instance: the class's, or that of `__init__`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from onex_tools.api import Bad, Finding, Good, SourceFile
from onex_validators.docstrings.agreement.cases import ARGUMENTS, AgreementRule, Case
from onex_validators.docstrings.code.signature import FUNCTIONS
from onex_validators.docstrings.rule import STRUCTURED

_CONSTRUCTOR = "config:docstrings.constructor"
_CART = '"""Carts."""\n\n\nclass Cart:\n    """A cart.{}"""\n\n    def __init__(self, a):\n{}'
_SET = "        self.a = a\n"
_ARGUMENTS = "\n\n    Args:\n        a: One.\n    "
_INIT = '        """Make one.\n\n        Args:\n            a: One.\n        """\n'
_RAISES = "\n\n    Raises:\n        KeyError: If it is empty.\n    "


class InitDocstring(AgreementRule):
    """An `__init__` has a docstring, where the docstring of the class is to say it all.

    `constructor = "class"` asks for one place, so that nobody has to look at two.
    """

    code, name, aliases = "DCS350", "init-docstring", ("DOC301",)
    enabled_by = f"{_CONSTRUCTOR}=class"
    examples = (
        Good("cart.py", _CART.format(_ARGUMENTS, _SET), settings={"constructor": "class"}),
        Bad(
            "cart.py",
            _CART.format("", f'        """Make a cart."""\n{_SET}'),
            at=(7,),
            settings={"constructor": "class"},
        ),
    )

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield one finding for each such docstring, whatever is in it."""
        for case in self.cases(file):
            if case.definition.kind == "method" and case.definition.name == "__init__":
                message = f"`{case.definition.qualified}` has a docstring of its own"
                advice = "describe in the docstring of the class what an instance is made from"
                yield self.at_name(file, case, message, help=advice)


class ConstructorResult(AgreementRule):
    """The docstring of a class or of `__init__` describes a result.

    Making an instance returns that instance, and nothing else; `__init__` itself returns None. The
    docstring of a class with base classes or a `__call__` is left alone: it may mean the result of
    calling an instance.
    """

    code, name, aliases = (
        "DCS351",
        "constructor-result",
        ("DOC202", "DOC302", "DOC303", "DOC306", "DOC307"),
    )
    enabled_by = STRUCTURED
    examples = (
        Good("cart.py", _CART.format(_ARGUMENTS, _SET)),
        Bad("cart.py", _CART.format("\n\n    Returns:\n        A cart.\n    ", _SET), at=(7,)),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each such section, at its title."""
        if case.function and case.function.name == "__init__" and not _may_be_called(case):
            for kind in ("returns", "yields"):
                for section in case.sections.get(kind, ()):
                    message = f"the making of a `{_class_name(case)}` has no result to describe"
                    yield file.finding(
                        self, case.title_span(section), message, help="take the section out"
                    )


class SplitRule(AgreementRule):
    """What the rules share on sections that belong into the docstring of ``__init__``."""

    abstract = True
    enabled_by = f"{_CONSTRUCTOR}=init"
    section_kinds: Sequence[str] = ()

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each such section, at its title."""
        if case.speaks_for_class and case.function:
            for kind in self.section_kinds:
                for section in case.sections.get(kind, ()):
                    message = f"this belongs into the docstring of `{case.speaker.qualified}`"
                    yield file.finding(self, case.title_span(section), message)


class ArgumentsInClass(SplitRule):
    """The docstring of a class describes arguments, where that of `__init__` is to do so.

    `constructor = "init"` asks for one place, so that nobody has to look at two.
    """

    code, name, aliases = "DCS352", "arguments-in-class-docstring", ("DOC304",)
    section_kinds = ARGUMENTS
    examples = (
        Good("cart.py", _CART.format("", _INIT + _SET), settings={"constructor": "init"}),
        Bad("cart.py", _CART.format(_ARGUMENTS, _SET), at=(7,), settings={"constructor": "init"}),
    )


class RaisesInClass(SplitRule):
    """The docstring of a class describes errors, where that of `__init__` is to do so.

    `constructor = "init"` asks for one place, so that nobody has to look at two.
    """

    code, name, aliases = "DCS353", "raises-in-class-docstring", ("DOC305",)
    section_kinds = ("raises",)
    examples = (
        Good("cart.py", _CART.format("", _SET), settings={"constructor": "init"}),
        Bad("cart.py", _CART.format(_RAISES, _SET), at=(7,), settings={"constructor": "init"}),
    )


def _may_be_called(case: Case) -> bool:
    node = case.definition.node
    if not isinstance(node, ast.ClassDef):
        return not case.constructs
    calls = any(isinstance(one, FUNCTIONS) and one.name == "__call__" for one in node.body)
    return calls or bool(node.bases)


def _class_name(case: Case) -> str:
    outer = case.definition.outer
    return case.definition.name if case.speaks_for_class or outer is None else outer.name
