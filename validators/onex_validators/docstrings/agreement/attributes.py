"""Attributes of a class: what its docstring describes, and what it has."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from onex_tools.api import Bad, Finding, Good, SourceFile
from onex_validators.docstrings.agreement.arguments import first_stray
from onex_validators.docstrings.agreement.cases import AgreementRule, Case, Named, listed, proposals
from onex_validators.docstrings.code.signature import class_attributes, last_name, member_names
from onex_validators.docstrings.code.types import same, text
from onex_validators.docstrings.rule import NO_CONVENTION, STRUCTURED

_CART = '"""Carts."""\n\n\nclass Cart:\n    """A cart.\n\n    Attributes:\n{}    """\n\n{}'
_A, _B = "        a (int): One.\n", "        b: Another.\n"
_CODE = "    a: int = 0\n    b = 1\n"


class AttributeRule(AgreementRule):
    """What the rules on attributes share: they look at classes that describe some, or should."""

    abstract = True

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield what ``judge_class`` finds, for each class whose docstring has attributes."""
        node = case.definition.node
        if isinstance(node, ast.ClassDef) and ("attributes" in case.sections or self.asks):
            yield from self.judge_class(file, case, node)

    def judge_class(self, file: SourceFile, case: Case, node: ast.ClassDef) -> Iterable[Finding]:
        """Yield the faults in what the docstring of ``node`` says of its attributes."""
        raise NotImplementedError


def _described(case: Case) -> Iterator[Named]:
    for section in case.sections.get("attributes", ()):
        for entry in section.entries:
            for name in entry.names:
                yield Named(name, entry)


class UndocumentedAttribute(AttributeRule):
    """A docstring does not describe an attribute of the class.

    Only what the class's own body assigns or declares is asked for, and no name with a leading
    underscore. What is described as an argument counts, too. A docstring without any section is
    left alone unless `complete = "all"`.
    """

    code, name, aliases = "DCS340", "undocumented-attribute", ("DOC601", "DOC603")
    enabled_by = NO_CONVENTION
    asks = True
    examples = (
        Good("cart.py", _CART.format(_A + _B, _CODE)),
        Bad("cart.py", _CART.format(_A, _CODE), at=(4,)),
    )

    def judge_class(self, file: SourceFile, case: Case, node: ast.ClassDef) -> Iterable[Finding]:
        """Yield one finding that names all attributes that are left out."""
        described = {named.name for named in _described(case)} | case.described
        names = [one.name for one in class_attributes(node)]
        missing = [name for name in names if name not in described and name[0] != "_"]
        if missing:
            whole = case.definition
            message = f"the docstring of `{whole.qualified}` does not describe {listed(missing)}"
            yield file.finding(self, whole.span(file), message, anchor=whole.qualified)


class UnknownAttribute(AttributeRule):
    """A docstring describes an attribute that the class never mentions.

    It was renamed or taken out, or its name is misspelt. A class with base classes, decorators or a
    metaclass may have it from there, and is left alone; so is one with `__getattr__`.
    """

    code, name, aliases = "DCS341", "unknown-attribute", ("DOC602",)
    enabled_by = STRUCTURED
    examples = (
        Good("cart.py", _CART.format(_A, "    def __init__(self):\n        self.a = 1\n")),
        Good("cart.py", _CART.format(_A, "").replace("Cart:", "Cart(Base):")),
        Bad("cart.py", _CART.format(_A + _B, "    a: int = 0\n"), at=(9,)),
    )

    def judge_class(self, file: SourceFile, case: Case, node: ast.ClassDef) -> Iterable[Finding]:
        """Yield one finding for each name, where it stands."""
        if not _is_whole(node):
            return
        known = member_names(node)
        if "__getattr__" in known or "__dict__" in known or "setattr" in known:
            return
        names = [one for one in _described(case) if one.name.isidentifier()]
        unknown = [named for named in names if named.name not in known]
        hints = proposals((named.name for named in unknown), known, 0.8)
        for named, hint in zip(unknown, hints, strict=True):
            message = f"`{case.definition.qualified}` has no attribute `{named.name}`"
            advice = hint or "take it out of the docstring"
            yield file.finding(self, case.span(named.entry), message, help=advice)


def _is_whole(node: ast.ClassDef) -> bool:
    """Nothing outside its body gives it members."""
    bases = all(
        last_name(base) in ("object", "Generic", "Protocol", "NamedTuple") for base in node.bases
    )
    return bases and not node.decorator_list and not node.keywords


class AttributeOrder(AttributeRule):
    """Attributes are described in another order than the class defines them.

    Only those count that the class's own body assigns or declares.
    """

    code, name, aliases = "DCS342", "attribute-order", ("DOC604",)
    enabled_by = NO_CONVENTION
    examples = (
        Good("cart.py", _CART.format(_A + _B, _CODE)),
        Bad("cart.py", _CART.format(_B + _A, _CODE), at=(8,)),
    )

    def judge_class(self, file: SourceFile, case: Case, node: ast.ClassDef) -> Iterable[Finding]:
        """Yield at most one finding, at the first name that stands too early or late."""
        order = {one.name: at for at, one in enumerate(class_attributes(node))}
        known = [named for named in _described(case) if named.name in order]
        stray = first_stray(known, [order[named.name] for named in known])
        if stray is not None:
            names = listed(sorted({named.name for named in known}, key=order.__getitem__))
            message = f"`{stray.name}` is described out of order"
            yield file.finding(self, case.span(stray.entry), message, help=f"the order is {names}")


class AttributeType(AttributeRule):
    """A docstring gives an attribute another type than its annotation.

    The types are compared as those of arguments are.
    """

    code, name, aliases = "DCS343", "attribute-type", ("DOC605",)
    enabled_by = "config:docstrings.types=both"
    examples = (
        Good("cart.py", _CART.format(_A + _B, _CODE), settings={"types": "both"}),
        Bad("cart.py", _CART.format(_A, "    a: str = ''\n"), at=(8,), settings={"types": "both"}),
    )

    def judge_class(self, file: SourceFile, case: Case, node: ast.ClassDef) -> Iterable[Finding]:
        """Yield one finding for each attribute with two different types."""
        hints = {one.name: text(one.annotation) for one in class_attributes(node)}
        for named in _described(case):
            hint, written = hints.get(named.name, ""), named.entry.type
            if hint and written and not same(written, hint):
                message = f"`{named.name}` is `{hint}` in the class, `{written[:80]}` here"
                yield file.finding(self, case.span(named.entry), message)
