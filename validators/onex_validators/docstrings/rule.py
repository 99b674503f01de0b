"""What the rules on written docstrings share: which files and which docstrings they look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from onex_tools.api import Finding, SourceFile, Validator
from onex_validators.docstrings.code.decorators import Decorators
from onex_validators.docstrings.code.definitions import Trait, surroundings
from onex_validators.docstrings.reading.text import Docstring, docstrings
from onex_validators.docstrings.settings import Docstrings, exempt_traits

EVERY_CONVENTION = "config:docstrings.convention"
"""``enabled_by`` of a rule that all conventions agree on."""
NO_CONVENTION = "config:docstrings.convention="
"""``enabled_by`` of a rule that no convention has: it has to be asked for by its own code."""


def conventions(*names: str) -> str:
    """``enabled_by`` of a rule that only the conventions ``names`` have."""
    return f"{NO_CONVENTION}{','.join(names)}"


STRUCTURED = conventions("google", "numpy", "sphinx")
"""``enabled_by`` of what sections say, in the conventions that have sections."""
COMPLETE = "config:docstrings.complete=begun,all"
"""``enabled_by`` of what asks for more sections."""


class DocstringRule(Validator):
    """A rule that judges each docstring by itself, private ones too."""

    abstract = True
    kinds = ("python",)
    settings = Docstrings
    blank: ClassVar[bool] = True
    """Blank docstrings are judged too."""

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self._exempt = exempt_traits(self.options) & ~Trait.PRIVATE
        self._decorators = Decorators(self.options.ignore_decorators)

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield what ``judge`` finds, for each docstring that is not left alone."""
        if not file.shared(surroundings) & self._exempt:
            for docstring in file.shared(docstrings):
                said = self.blank or docstring.text
                if said and not self._decorators.has(docstring.definition):
                    yield from self.judge(file, docstring)

    def judge(self, file: SourceFile, docstring: Docstring) -> Iterable[Finding]:
        """Yield the faults of ``docstring``, which may be blank."""
        raise NotImplementedError


class WrittenRule(DocstringRule):
    """A rule that judges each docstring that says something: to be blank is a fault of its own."""

    abstract = True
    blank = False
