"""Results: what a function returns or yields, and what its docstring says of that."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onex_tools.api import Bad, Finding, Good, SourceFile
from onex_validators.docstrings.agreement.cases import AgreementRule, Case
from onex_validators.docstrings.code.signature import is_property, marks
from onex_validators.docstrings.code.types import generator_result, is_iterator, is_nothing
from onex_validators.docstrings.code.types import yielded as yielded_type
from onex_validators.docstrings.reading.parts import Section
from onex_validators.docstrings.rule import COMPLETE

_NOTHING = re.compile(r"[-\s]*(?::\w+:\s*)?`*None\b")
_WRAPPED = frozenset(("asynccontextmanager", "contextmanager", "fixture", "yield_fixture"))


class ResultRule(AgreementRule):
    """What the rules on results share."""

    abstract = True

    def says_result(self, case: Case) -> bool:
        """The summary says enough on the result."""
        may = self.options.summary_result and self.options.convention != "numpy"
        return may and case.summary_names_result


class MissingReturns(ResultRule):
    """A function returns a value, and its docstring has no section on that.

    Properties, functions that return nothing but None, and bodies that are still to be written are
    left alone; so are docstrings without any section, unless `complete = "all"`, and those whose
    summary begins with "Return", unless `summary-result = false`.
    """

    code, name, aliases = "DCS310", "missing-returns-section", ("DOC201",)
    enabled_by = COMPLETE
    asks = True
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a):\n    """Return one more.\n\n    Args:\n'
            '        a: One.\n    """\n    return a + 1\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a):\n    """Add one.\n\n    Args:\n'
            '        a: One.\n    """\n    return a + 1\n',
            at=(4,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding, at the function's name."""
        if case.constructs or "returns" in case.sections or case.function is None:
            return
        if not case.body.value or self.says_result(case) or is_property(case.function):
            return
        if "yields" in case.sections and not case.body.yields:
            return
        annotation = case.function.returns
        result = generator_result(annotation) if case.body.yields else annotation
        if is_nothing(result) or (case.body.yields and result is None and annotation is not None):
            return
        message = (
            f"`{case.definition.qualified}` returns a value, but its docstring does not say which"
        )
        yield self.at_name(file, case, message, help="add a section on what it returns")


class SuperfluousReturns(ResultRule):
    """A docstring describes a result, but the function returns none.

    Callers wait for a value and get None. Annotations count as well as `return`; abstract methods,
    bodies that are still to be written and generators are left alone, and so is a section that
    only says None.
    """

    code, name, aliases = "DCS311", "superfluous-returns-section", ("DOC202",)
    strict = False
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a):\n    """Add one.\n\n    Returns:\n'
            '        The sum.\n    """\n    raise NotImplementedError\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a):\n    """Add one.\n\n    Returns:\n'
            '        The sum.\n    """\n    a += 1\n',
            at=(7,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each such section, at its title."""
        sections = case.sections.get("returns", ())
        if not sections or case.constructs or case.function is None:
            return
        body, annotation = case.body, case.function.returns
        if body.value or body.nothing or body.placeholder or body.yields:
            return
        if annotation is not None and not is_nothing(annotation):
            return
        for section in sections:
            if _says_nothing(case, section):
                continue
            message = f"`{case.definition.qualified}` returns no value"
            advice = "return one, or take the section out of the docstring"
            yield file.finding(self, case.title_span(section), message, help=advice)


def _says_nothing(case: Case, section: Section) -> bool:
    """The section only says that the result is None."""
    lines = case.docstring.lines[section.line + (section.title != "") : section.end]
    return _NOTHING.match(" ".join(lines)) is not None


class MissingYields(ResultRule):
    """A generator yields values, and its docstring has no section on them.

    A section on what it returns is not enough: the values come one by one. Context managers and
    fixtures may describe what they give as their result, since that is what their users see.
    """

    code, name, aliases = "DCS320", "missing-yields-section", ("DOC402",)
    enabled_by = COMPLETE
    asks = True
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef count(a):\n    """Count.\n\n    Args:\n        a: The last.\n\n'
            '    Yields:\n        Each number.\n    """\n    yield from range(a)\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef count(a):\n    """Count.\n\n    Args:\n        a: The last.\n'
            '    """\n    yield from range(a)\n',
            at=(4,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding, at the function's name."""
        if case.constructs or "yields" in case.sections or case.function is None:
            return
        if not case.body.yielded or self.says_result(case):
            return
        annotation = yielded_type(case.function.returns)
        if annotation is not None and is_nothing(annotation):
            return
        returns = "returns" in case.sections
        if returns and marks(case.function) & _WRAPPED:
            return
        message = (
            f"`{case.definition.qualified}` yields values, but its docstring does not say which"
        )
        advice = "make the section on what it returns one on what it yields"
        advice = advice if returns else "add a section on what it yields"
        yield self.at_name(file, case, message, help=advice)


class SuperfluousYields(ResultRule):
    """A docstring describes what is yielded, but the function is no generator.

    Whoever loops over its result gets something else. A function that returns an iterator may say
    what that yields.
    """

    code, name, aliases = "DCS321", "superfluous-yields-section", ("DOC403",)
    strict = False
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef count(a):\n    """Count.\n\n    Yields:\n'
            '        Each number.\n    """\n    return iter(range(a))\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef count(a):\n    """Count.\n\n    Yields:\n'
            '        Each number.\n    """\n    print(a)\n',
            at=(7,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each such section, at its title."""
        sections = case.sections.get("yields", ())
        if not sections or case.function is None or case.speaks_for_class:
            return
        body, annotation = case.body, case.function.returns
        if body.yields or body.placeholder or is_iterator(annotation):
            return
        if body.value and annotation is None:
            return
        for section in sections:
            message = f"`{case.definition.qualified}` yields nothing"
            advice = "make it a section on what it returns, or take it out"
            yield file.finding(self, case.title_span(section), message, help=advice)
