"""Types of arguments and results: where they stand, and whether both places say the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from onex_tools.api import Bad, Finding, Good, SourceFile
from onex_validators.docstrings.agreement.cases import AgreementRule, Case, Named
from onex_validators.docstrings.code.signature import Parameter
from onex_validators.docstrings.code.types import (
    generator_result,
    same,
    text,
    yielded,
)
from onex_validators.docstrings.reading.parts import Entry

_TYPES = "config:docstrings.types"
_BOTH = {"types": "both"}
_OPTIONAL = re.compile(r"\b(?:optional|defaults?)\b", re.IGNORECASE)
_ADD = '"""Carts."""\n\n\ndef add({}):\n    """Add.\n\n    Args:\n        a{}: One.\n    """\n'
_GET = (
    '"""Carts."""\n\n\ndef get(a){}:\n    """Get.\n\n    {}:\n        {}: One.\n    """\n    {} a\n'
)


class HintRule(AgreementRule):
    """What the rules on the types of arguments share: the arguments that both sides have."""

    abstract = True

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield what ``judge_pair`` finds, for each argument that is described and exists."""
        if case.signature is None:
            return
        taken = {one.name: one for one in case.signature.parameters}
        for section in case.arguments:
            for named in section:
                parameter = taken.get(named.bare)
                if parameter is not None:
                    yield from self.judge_pair(file, case, named, parameter)

    def judge_pair(
        self, file: SourceFile, case: Case, named: Named, parameter: Parameter
    ) -> Iterable[Finding]:
        """Yield the fault of one argument's type, if any."""
        raise NotImplementedError


class ArgumentType(HintRule):
    """A docstring gives an argument another type than the signature.

    One of the two is out of date. Both are compared by what they mean, as text: spellings such as
    `Optional[int]` and `int | None`, the order of a union, quotes, and names of modules make no
    difference, nor do `int or None` and `list of int`. `int, optional` may be `int` or
    `int | None`.
    """

    code, name, aliases = "DCS305", "argument-type", ("DOC105",)
    enabled_by = f"{_TYPES}=both"
    examples = (
        Good("cart.py", _ADD.format("a: int | None", " (Optional[int])"), settings=_BOTH),
        Bad("cart.py", _ADD.format("a: int", " (str)"), at=(8,), settings=_BOTH),
    )

    def judge_pair(
        self, file: SourceFile, case: Case, named: Named, parameter: Parameter
    ) -> Iterable[Finding]:
        """Yield one finding where both types are there and differ."""
        hint = text(parameter.annotation)
        written = named.entry.type
        if not hint or not written or same(written, hint, optional=_is_optional(case, named.entry)):
            return
        message = f"`{named.name}` is `{hint}` in the signature, `{_short(written)}` here"
        yield file.finding(self, case.span(named.entry), message)


def _is_optional(case: Case, entry: Entry) -> bool:
    raw = case.docstring.raw
    line = raw[entry.start : entry.start + 1000].partition("\n")[0]
    return _OPTIONAL.search(line) is not None


def _short(written: str) -> str:
    one_line = " ".join(written.split())
    return one_line if len(one_line) <= 80 else f"{one_line[:77]}..."


class UnannotatedArgument(AgreementRule):
    """An argument has no annotation, where types are to stand in the code.

    `types = "code"` and `types = "both"` ask for one. `*args` and `**kwargs` are left alone.
    """

    code, name, aliases = "DCS306", "unannotated-argument", ("DOC106", "DOC107")
    enabled_by = f"{_TYPES}=code,both"
    examples = (
        Good("cart.py", _ADD.format("a: int", ""), settings={"types": "code"}),
        Bad("cart.py", _ADD.format("a", ""), at=(4,), settings={"types": "code"}),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each argument, where it stands in the signature."""
        if case.is_main(self.options.constructor) and case.signature is not None:
            for one in case.signature.parameters:
                if one.annotation is None and not one.stars and one.name.strip("_"):
                    message = f"`{one.name}` has no annotation"
                    yield file.finding(self, one.node, message)


class AnnotatedArgument(AgreementRule):
    """An argument has an annotation, where types are to stand in docstrings.

    `types = "docstring"` says so.
    """

    code, name, aliases = "DCS307", "annotated-argument", ("DOC108",)
    enabled_by = f"{_TYPES}=docstring"
    examples = (
        Good("cart.py", _ADD.format("a", " (int)"), settings={"types": "docstring"}),
        Bad("cart.py", _ADD.format("a: int", " (int)"), at=(4,), settings={"types": "docstring"}),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each argument, where its annotation stands."""
        if case.is_main(self.options.constructor) and case.signature is not None:
            for one in case.signature.parameters:
                if one.annotation is not None:
                    message = f"`{one.name}` has an annotation"
                    yield file.finding(self, one.annotation, message)


class UntypedEntry(HintRule):
    """A docstring gives an argument no type, where types are to stand in docstrings.

    `types = "docstring"` and `types = "both"` ask for one. `*args` and `**kwargs` are left alone.
    """

    code, name, aliases = "DCS308", "untyped-entry", ("DOC109", "DOC110")
    enabled_by = f"{_TYPES}=docstring,both"
    examples = (
        Good("cart.py", _ADD.format("a", " (int)"), settings={"types": "docstring"}),
        Bad("cart.py", _ADD.format("a", ""), at=(8,), settings={"types": "docstring"}),
    )

    def judge_pair(
        self, file: SourceFile, case: Case, named: Named, parameter: Parameter
    ) -> Iterable[Finding]:
        """Yield one finding where the type is not there."""
        if not named.entry.type and not parameter.stars:
            message = f"`{named.name}` is described without its type"
            yield file.finding(self, case.span(named.entry), message)


class TypedEntry(HintRule):
    """A docstring gives the type of an argument, where types are to stand in the code.

    `types = "code"` says so: written twice, they drift apart.
    """

    code, name, aliases = "DCS309", "typed-entry", ("DOC111",)
    enabled_by = f"{_TYPES}=code"
    examples = (
        Good("cart.py", _ADD.format("a: int", ""), settings={"types": "code"}),
        Bad("cart.py", _ADD.format("a: int", " (int)"), at=(8,), settings={"types": "code"}),
    )

    def judge_pair(
        self, file: SourceFile, case: Case, named: Named, _parameter: Parameter
    ) -> Iterable[Finding]:
        """Yield one finding where the type is there."""
        if named.entry.type:
            message = f"the type of `{named.name}` belongs into the signature"
            yield file.finding(self, case.span(named.entry), message)


class SectionTypeRule(AgreementRule):
    """What the rules on the types of results share: sections of one kind, and their types."""

    abstract = True
    enabled_by = f"{_TYPES}=both"
    kind = ""

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each section, where the type stands or should stand."""
        if case.function is None or case.constructs:
            return
        for section in case.sections.get(self.kind, ()):
            written = [entry.type for entry in section.entries]
            hint = text(self.hint(case))
            if not _agree(written, hint):
                first = section.entries[0] if section.entries else None
                span = case.span(first) if first else case.title_span(section)
                yield file.finding(self, span, _complaint(written, hint))

    def hint(self, case: Case) -> ast.expr | None:
        """What the signature says."""
        raise NotImplementedError


class ReturnType(SectionTypeRule):
    """A docstring gives the result another type than the signature, or only one of them gives it.

    The types are compared as those of arguments are; several entries together are a tuple.
    """

    code, name, aliases = "DCS312", "return-type", ("DOC203",)
    examples = (
        Good("cart.py", _GET.format(" -> int", "Returns", "int", "return"), settings=_BOTH),
        Bad("cart.py", _GET.format(" -> int", "Returns", "str", "return"), at=(8,), settings=_BOTH),
        Bad("cart.py", _GET.format("", "Returns", "str", "return"), at=(8,), settings=_BOTH),
    )
    kind = "returns"

    def hint(self, case: Case) -> ast.expr | None:
        """The annotation of the result; of a generator, of the result in the end if it has one."""
        assert case.function is not None
        annotation = case.function.returns
        return (case.body.yields and generator_result(annotation)) or annotation


class YieldType(SectionTypeRule):
    """A docstring gives what is yielded another type than the signature, or only one gives it.

    The type is the first in `Iterator[...]` or `Generator[...]`.
    """

    code, name, aliases = "DCS322", "yield-type", ("DOC404", "DOC405")
    examples = (
        Good("cart.py", _GET.format(" -> Iterator[int]", "Yields", "int", "yield"), settings=_BOTH),
        Bad(
            "cart.py",
            _GET.format(" -> Iterator[int]", "Yields", "str", "yield"),
            at=(8,),
            settings=_BOTH,
        ),
    )
    kind = "yields"

    def hint(self, case: Case) -> ast.expr | None:
        """The type of what comes out of the annotated iterator."""
        assert case.function is not None
        return yielded(case.function.returns)


def _agree(written: Sequence[str], hint: str) -> bool:
    types = [one for one in written if one]
    if not types or not hint:
        return not types and not hint
    if len(types) == 1 and same(types[0], hint):
        return True
    return len(types) > 1 and same(f"tuple[{', '.join(types)}]", hint)


def _complaint(written: Sequence[str], hint: str) -> str:
    types = _short(", ".join(one for one in written if one))
    if not types:
        return f"the type `{hint}` of the signature is not given here"
    if not hint:
        return f"the signature does not give the type `{types}`"
    return f"`{hint}` in the signature, `{types}` here"
