"""Docstrings that are missing, and not inherited either: methods judged over the whole tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from onex_tools.api import (
    Bad,
    Extractor,
    Finding,
    Good,
    Location,
    SourceFile,
    Tree,
    TreeValidator,
)
from onex_validators.docstrings.code.decorators import dotted
from onex_validators.docstrings.code.definitions import Definition, Trait, definitions
from onex_validators.docstrings.code.lineage import Lineage, module_key
from onex_validators.docstrings.presence.demand import (
    INIT,
    MAGIC,
    METHOD,
    OVERRIDING,
    Demand,
    bases_of,
    complaint,
    undocumented,
)
from onex_validators.docstrings.settings import Docstrings

_BODIES = ("body", "orelse", "handlers", "finalbody", "cases")
_UNHEARD = Trait.SETTER | Trait.OVERLOAD
"""What Python does not show the documentation of."""


class DocstringAncestry(Extractor):
    """The classes of a file, and what it takes to find their bases; see ``lineage``."""

    name = "docstring-ancestry"
    kinds = ("python",)
    outline = True
    settings = Docstrings

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self._demand = Demand(self.options)
        self.outline = not self.options.inherit  # imports may stand anywhere

    def extract(self, file: SourceFile) -> Any:
        """The fact; None where nothing is inherited, or nothing asked but for being private."""
        if not self.options.inherit or self._demand.hides(file):
            return None
        classes = _classes(file)
        package = file.name.startswith("__init__.")
        names = _names(file, classes, package=package)
        asked = [] if self._demand.spares(file) else list(self._asked(file))
        fact = {"classes": classes, "names": names, "asked": asked}
        fact = {key: value for key, value in fact.items() if value}
        return fact if fact or package else None

    def _asked(self, file: SourceFile) -> Iterator[list[Any]]:
        """Rule, class, method, whether it says that it overrides, what to say, and where."""
        for code in OVERRIDING:
            for definition in file.shared(undocumented).get(code, ()):
                asking = self._demand.code(definition)
                if asking in OVERRIDING.values() and definition.outer:
                    yield [
                        asking,
                        definition.outer.qualified,
                        definition.name,
                        bool(definition.traits & Trait.OVERRIDE),
                        complaint(definition),
                        file.location(definition.span(file))[1:],
                    ]


def _classes(file: SourceFile) -> dict[str, tuple[list[str], list[str]]]:
    """The names of the bases and the documented methods of each class."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    members: dict[Definition, tuple[list[str], list[str]]] = {}
    for definition in file.shared(definitions):
        if definition.kind == "class":
            # A class may be defined in both branches of a condition.
            row = found.setdefault(definition.qualified, ([], []))
            members[definition] = row
            row[0].extend(bases_of(definition.node))
        elif (
            definition.kind == "method"
            and definition.documented
            and definition.outer
            and not definition.traits & _UNHEARD
        ):
            members[definition.outer][1].append(definition.name)
    return found


def _names(
    file: SourceFile, classes: Mapping[str, tuple[list[str], list[str]]], *, package: bool
) -> dict[str, list[tuple[str, str]]]:
    """What the names of the file stand for that bases may begin with, here or elsewhere.

    Those are the names that its own classes use, what a package offers, and else the names that
    are written as classes usually are.
    """
    used = {base.partition(".")[0] for bases, _ in classes.values() for base in bases}
    bindings = list(_bindings(file, local=any("." in name for name in classes)))
    used.update(name.partition(".")[0] for _, module, name in bindings if not module)
    found: dict[str, list[tuple[str, str]]] = {}
    for local, module, name in bindings:
        if package or local in used or local == "*" or local.lstrip("_")[:1].isupper():
            found.setdefault(local, []).append((module, name))
    return found


def _bindings(file: SourceFile, *, local: bool) -> Iterator[tuple[str, str, str]]:
    """Every name that an import or a plain assignment binds; ``local``: in functions too."""
    pending: list[Any] = [file.python.body]
    while pending:
        for node in pending.pop():
            if isinstance(node, ast.ImportFrom):
                module = "." * node.level + (node.module or "")
                for alias in node.names:
                    name = "" if alias.name == "*" else alias.name
                    yield alias.asname or alias.name, module, name
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    yield bound, alias.name if alias.asname else bound, ""
            elif isinstance(node, ast.Assign):
                if isinstance(node.value, (ast.Name, ast.Attribute)):
                    for target in node.targets:
                        if isinstance(target, ast.Name):
                            yield target.id, "", dotted(node.value)
            elif local or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                pending += filter(None, (getattr(node, body, None) for body in _BODIES))


class MissingInheritedDocstring(TreeValidator):
    """What the rules share; each says what to write."""

    abstract = True
    settings = Docstrings
    uses = (DocstringAncestry,)
    enabled_by = "config:docstrings.inherit"
    advice: ClassVar[str] = (
        "document it here or in the base class; where a base outside of the repository does, say so"
        " with `@typing.override`"
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """Yield one finding for each method that is documented neither here nor above."""
        facts = tree.facts(DocstringAncestry)
        for path, row in undocumented_above(facts, self.code):
            _, owner, name, _, said, at = row
            yield tree.finding(
                self,
                path,
                Location(path, *at),
                f"{said}, and inherits none",
                help=self.advice,
                anchor=f"{owner}.{name}",
            )


def undocumented_above(facts: Mapping[str, Any], *codes: str) -> Iterator[tuple[str, list[Any]]]:
    """Path and row of each method that the rules ``codes`` ask for, and that inherits nothing."""
    asked = [
        (path, row)
        for path, fact in facts.items()
        for row in fact.get("asked", ())
        if row[0] in codes
    ]
    if not asked:
        return
    lineage = Lineage(facts)
    for path, row in asked:
        owner = (module_key(path), row[1])
        # Where `@override` stands, a type checker has seen that an unseen base has the method.
        trusted = row[3] and lineage.ancestors(owner).unseen
        if not trusted and not lineage.documents(owner, row[2]):
            yield path, row


_BASE = (
    '"""Shapes."""\n\nclass Shape:\n    """A."""\n\n    def area(self):\n        """The area."""\n'
)
_SQUARE = (
    '"""Squares."""\n\nfrom .shape import Shape\n\nclass Square(Shape):\n    """A square."""\n\n'
)


_TWO = (
    '"""Doc."""\n\nclass A:\n    """A."""\n\n    def area(self):\n        """B."""\n\n'
    'class C(A):\n    """C."""\n\n    def area(self):\n        return 1\n'
)


class MissingOverridingDocstring(MissingInheritedDocstring):
    """A method has no docstring, and no class above it in the repository documents it.

    With `inherit = true` this rule asks in classes with bases, and the rule on methods
    (`missing-method-docstring`) in all others. Bases are found through imports, over any number of
    files. A base outside of the repository is not looked at and documents nothing; where it does,
    mark the method with `@typing.override`.
    """

    code, name, aliases = OVERRIDING[METHOD], "missing-overriding-docstring", ("D102",)
    examples = (
        Good(
            "shop/square.py",
            _SQUARE + "    def area(self):\n        return 1\n",
            tree={"shop/shape.py": _BASE},
            settings={"inherit": True},
        ),
        Good(
            "shop/square.py",
            _SQUARE + "    @override\n    def sides(self):\n        return 4\n",
            settings={"inherit": True},
        ),
        Bad(
            "shop/square.py",
            _SQUARE + "    def sides(self):\n        return 4\n",
            at=(8,),
            tree={"shop/shape.py": _BASE},
            settings={"inherit": True},
        ),
    )


class MissingOverridingMagicDocstring(MissingInheritedDocstring):
    """A magic method has no docstring, and no class above it in the repository documents it.

    Asked for with `inherit = true` and `magic = true`; see `missing-overriding-docstring`.
    """

    code, name, aliases = OVERRIDING[MAGIC], "missing-overriding-magic-docstring", ("D105",)
    examples = (
        Good(
            "square.py",
            _TWO.replace("area", "__len__"),
            settings={"inherit": True, "magic": True},
        ),
        Bad(
            "shop/square.py",
            _SQUARE + "    def __len__(self):\n        return 4\n",
            at=(8,),
            settings={"inherit": True, "magic": True},
        ),
    )


class MissingOverridingInitDocstring(MissingInheritedDocstring):
    """An `__init__` has no docstring, and no class above it in the repository documents it.

    Asked for with `inherit = true` and `init = true`; see `missing-overriding-docstring`.
    """

    code, name, aliases = OVERRIDING[INIT], "missing-overriding-init-docstring", ("D107",)
    examples = (
        Good(
            "square.py",
            _TWO.replace("area", "__init__"),
            settings={"inherit": True, "init": True},
        ),
        Bad(
            "shop/square.py",
            _SQUARE + "    def __init__(self):\n        pass\n",
            at=(8,),
            settings={"inherit": True, "init": True},
        ),
    )
