"""How much of what has to have a docstring has one: a count of each file, and the least of all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onex_tools.api import Bad, Extractor, Finding, Good, SourceFile, Tree, TreeValidator
from onex_validators.docstrings.code.definitions import definitions
from onex_validators.docstrings.presence.demand import (
    BLANK,
    OVERRIDING,
    Demand,
    complaint,
    fault_of,
)
from onex_validators.docstrings.presence.inheritance import DocstringAncestry, undocumented_above
from onex_validators.docstrings.settings import Docstrings


class DocstringCoverage(Extractor):
    """``{"documented": how many, "missing": [[rule, line, offset, what to say], ...]}``.

    What is missing by a rule on the whole tree may be inherited: it is missing where that rule
    finds something at the offset.
    """

    name = "docstring-coverage"
    kinds = ("python",)
    outline = True
    settings = Docstrings

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self._demand = Demand(self.options)

    def extract(self, file: SourceFile) -> Any:
        """The count, by the switches alone; None where nothing is asked for."""
        if self._demand.spares(file):
            return None
        documented, missing = 0, []
        for definition in file.shared(definitions):
            code = self._demand.code(definition)
            if code and definition.documented:
                documented += 1
            elif code:
                code = BLANK if fault_of(definition) == "blank" else code
                at = file.location(definition.span(file))
                missing.append([code, at.line, at.start, complaint(definition)])
        if not documented and not missing:
            return None
        return {"documented": documented, "missing": missing}


class LowDocstringCoverage(TreeValidator):
    """Too few definitions have a docstring.

    `fail-under` sets the least share, in per cent, of all that the settings ask for, wherever the
    rules on missing docstrings are ignored or waived. `onex coverage` shows where they are missing.
    The root's setting counts, for the tree as a whole.
    """

    code, name = "DCS020", "low-docstring-coverage"
    settings = Docstrings
    uses = (DocstringCoverage, DocstringAncestry)
    enabled_by = "config:docstrings.fail_under"
    examples = (
        Good("cart.py", '"""Carts."""\n', settings={"fail_under": 100}),
        Good("", settings={"fail_under": 100}, why="nothing is asked for"),
        Bad(
            "cart.py",
            "def add(a, b):\n    return a + b\n",
            at=((".", 1),),
            tree={"shop.py": '"""Shops."""\n'},
            settings={"fail_under": 50},
        ),
    )

    def check(self, tree: Tree) -> Iterable[Finding]:
        """Yield one finding for the whole tree."""
        counts = tree.facts(DocstringCoverage).values()
        documented = sum(count["documented"] for count in counts)
        missing = [row[0] for count in counts for row in count["missing"]]
        total = documented + len(missing)
        asked_above = sum(1 for code in missing if code in OVERRIDING.values())
        if asked_above:
            facts = tree.facts(DocstringAncestry)
            documented += asked_above - sum(
                1 for _ in undocumented_above(facts, *OVERRIDING.values())
            )
        wanted = self.options.fail_under
        if total and documented * 100 < wanted * total:
            share = documented * 1000 // total / 10
            yield tree.finding(
                self,
                ".",
                None,
                f"{share:g} % of what has to have a docstring has one ({documented:,} of"
                f" {total:,}), and {wanted:g} % is asked for",
                help="`onex coverage --missing` lists what has none",
                anchor=self.name,
            )
