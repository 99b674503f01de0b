"""Arguments that the docstring leaves out, makes up, or describes in another order."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence

from onex_tools.api import Bad, Finding, Good, SourceFile
from onex_validators.docstrings.agreement.cases import AgreementRule, Case, Named, listed, proposals
from onex_validators.docstrings.code.signature import FUNCTIONS, Parameter, Signature, is_property
from onex_validators.docstrings.rule import COMPLETE, STRUCTURED
from onex_validators.docstrings.settings import Docstrings


def undescribed(case: Case, options: Docstrings) -> Sequence[Parameter]:
    """The arguments that are asked for and that neither docstring of ``case`` lists."""
    listed = case.described | (case.twin.described if case.twin else frozenset())
    return _asked_for(case, listed, options)


def _unexplained(case: Case, options: Docstrings) -> Sequence[Parameter]:
    """As ``undescribed``, and those that are listed without a word."""
    explained = case.explained | (case.twin.explained if case.twin else frozenset())
    return _asked_for(case, explained, options)


def _asked_for(case: Case, done: frozenset[str], options: Docstrings) -> Sequence[Parameter]:
    taken = case.signature.parameters if case.signature else ()
    return [one for one in taken if one.name not in done and _is_asked_for(one, options)]


def _is_asked_for(parameter: Parameter, options: Docstrings) -> bool:
    if parameter.name.startswith("_"):
        return options.underscore_arguments and parameter.name.strip("_") != ""
    return not parameter.stars or (options.star_arguments and not parameter.unpacked)


class UndocumentedArgument(AgreementRule):
    """A docstring describes some of the arguments, but not all.

    Whoever reads the list takes it for complete. A name with no word on it is not described, be its
    type there or not. Names with a leading underscore are left alone, and `**kwargs: Unpack[...]`,
    which the typed dict describes. What the docstring of the class says counts for `__init__`, and
    the other way round.
    """

    code, name, aliases = "DCS301", "undocumented-argument", ("D417", "DOC101")
    enabled_by = STRUCTURED
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, b):\n    """Add.\n\n    Args:\n        a: One.\n'
            '        b: Another.\n    """\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, b, *, c):\n    """Add.\n\n    Args:\n'
            '        a: One.\n    """\n',
            at=(4,),
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, *rest):\n    """Add.\n\n    Parameters\n'
            '    ----------\n    a : int\n        One.\n    """\n',
            at=(4,),
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, b):\n    """Add.\n\n    Args:\n        a (int):\n'
            '        b: Another.\n    """\n',
            at=(4,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding that names all arguments of which nothing is said."""
        if not any(case.arguments) or case.is_spare(self.options.constructor):
            return
        missing = _unexplained(case, self.options)
        if missing:
            names = listed([parameter.written for parameter in missing])
            message = f"the docstring of `{case.definition.qualified}` does not describe {names}"
            advice = "describe it where the other arguments are described"
            yield self.at_name(file, case, message, help=advice)


class MissingArguments(AgreementRule):
    """A docstring has sections, but none that describes the arguments.

    Its other sections show that more than a summary was meant. With `complete = "all"` a docstring
    without any section has to describe them too.
    """

    code, name, aliases = "DCS302", "missing-argument-section", ("DOC101",)
    enabled_by = COMPLETE
    asks = True
    examples = (
        Good("cart.py", '"""Carts."""\n\n\ndef add(a, b):\n    """Add the two."""\n'),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, b):\n    """Add.\n\n    Returns:\n        The sum.\n'
            '    """\n    return a + b\n',
            at=(4,),
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, b):\n    """Add the two."""\n',
            at=(4,),
            settings={"complete": "all"},
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding that names all arguments."""
        if any(case.arguments) or not case.is_main(self.options.constructor):
            return
        missing = undescribed(case, self.options)
        if missing:
            names = listed([parameter.written for parameter in missing])
            message = f"the docstring of `{case.definition.qualified}` does not describe {names}"
            yield self.at_name(file, case, message, help="add a section on the arguments")


class UnknownArgument(AgreementRule):
    """A docstring describes an argument that does not exist.

    It was renamed or taken out, or its name is misspelt: whoever passes it gets a TypeError. Where
    the function takes `*args` or `**kwargs`, further names may be described, unless
    `further-arguments = false`; so may anything in the docstring of a class whose base classes take
    arguments.
    """

    code, name, aliases = "DCS303", "unknown-argument", ("DOC102", "DOC103")
    strict = False
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, **more):\n    """Add.\n\n    Args:\n        a: One.\n'
            '        color: Handed on.\n        **more: Others.\n    """\n',
            why="`color` is one of `more`",
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(amount):\n    """Add.\n\n    Args:\n'
            '        amuont: How many.\n    """\n',
            at=(8,),
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a):\n    """Add.\n\n    :param a: One.\n'
            '    :param b: Another.\n    """\n',
            at=(8,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each name, where it stands."""
        taken = case.signature
        if taken is None or not any(case.arguments) or _gives_callable(case):
            return
        known = {parameter.name for parameter in taken.parameters} | {taken.implicit}
        unknown = [
            named
            for section in case.arguments
            for named in section
            if _root(named) not in known and self._is_certain(named, taken)
        ]
        left = [one.written for one in undescribed(case, self.options)] if unknown else []
        hints = proposals((named.name for named in unknown), left, 0.5)
        for named, hint in zip(unknown, hints, strict=True):
            message = f"`{case.speaker.qualified}` has no argument `{named.name}`"
            advice = hint or "take it out of the docstring"
            yield file.finding(self, case.span(named.entry), message, help=advice)

    def _is_certain(self, named: Named, taken: Signature) -> bool:
        if not named.bare.isidentifier() or not taken.complete:
            return False
        if not taken.variadic or not self.options.further_arguments:
            return True
        # `**options` can only mean the one argument with these stars.
        return any(one.stars == "**" for one in taken.parameters) and named.name.startswith("**")


def _gives_callable(case: Case) -> bool:
    """A property has no arguments: those described are of what it gives."""
    return isinstance(case.definition.node, FUNCTIONS) and is_property(case.definition.node)


def _root(named: Named) -> str:
    """``options`` of ``options.color`` and ``options['color']``."""
    return named.bare.partition(".")[0].partition("[")[0].strip()


class ArgumentOrder(AgreementRule):
    """Arguments are described in another order than they have.

    Whoever passes them by position reads the order off the docstring. Each section counts by
    itself.
    """

    code, name, aliases = "DCS304", "argument-order", ("DOC104",)
    enabled_by = STRUCTURED
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, b):\n    """Add.\n\n    Args:\n        a: One.\n'
            '        b: Another.\n    """\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef add(a, b):\n    """Add.\n\n    Args:\n        b: Another.\n'
            '        a: One.\n    """\n',
            at=(8,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each section, at the first name that stands too early or late."""
        if case.signature is None:
            return
        order = {one.name: at for at, one in enumerate(case.signature.parameters)}
        for section in case.arguments:
            known = [named for named in section if named.bare in order]
            stray = first_stray(known, [order[named.bare] for named in known])
            if stray is not None:
                names = listed([named.name for named in sorted(known, key=lambda n: order[n.bare])])
                message = f"`{stray.name}` is described out of order"
                yield file.finding(
                    self, case.span(stray.entry), message, help=f"the order is {names}"
                )


def first_stray(known: Sequence[Named], places: Sequence[int]) -> Named | None:
    """The first name that is not part of the longest run in order; None where all are."""
    if all(a <= b for a, b in itertools.pairwise(places)):
        return None
    kept = _longest_rising(places)
    return next(named for at, named in enumerate(known) if at not in kept)


def _longest_rising(places: Sequence[int]) -> frozenset[int]:
    """The indexes of one longest rising part of ``places``."""
    ends: list[int] = []
    values: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        slot = bisect.bisect_right(values, place)
        before.append(ends[slot - 1] if slot else -1)
        ends[slot : slot + 1] = [at]
        values[slot : slot + 1] = [place]
    kept, at = set(), ends[-1]
    while at >= 0:
        kept.add(at)
        at = before[at]
    return frozenset(kept)
