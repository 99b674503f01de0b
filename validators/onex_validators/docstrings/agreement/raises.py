"""Errors: what a function raises by itself, and what its docstring says of that."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onex_tools.api import Bad, Finding, Good, SourceFile
from onex_validators.docstrings.agreement.cases import AgreementRule, Case, Named, listed
from onex_validators.docstrings.code.body import EVERYTHING, builtin_bases
from onex_validators.docstrings.code.definitions import definitions
from onex_validators.docstrings.code.signature import last_name
from onex_validators.docstrings.rule import COMPLETE, NO_CONVENTION, conventions

_MOST_BASES = 50


def exception_names(file: SourceFile) -> Mapping[str, Sequence[str]]:
    """What the classes and imports of ``file`` say of names: base classes, and what they stand for.

    Ask for it by ``file.shared(exception_names)``.
    """
    found: dict[str, list[str]] = {}
    for definition in file.shared(definitions):
        node = definition.node
        if isinstance(node, ast.ClassDef):
            found.setdefault(node.name, []).extend(map(last_name, node.bases))
        elif isinstance(node, ast.Module):
            for statement in node.body:
                if isinstance(statement, (ast.Import, ast.ImportFrom)):
                    for alias in statement.names:
                        if alias.asname:
                            found.setdefault(alias.asname, []).append(_last(alias.name))
    return found


def _last(name: str) -> str:
    return name.strip("`~! ").rpartition(".")[2]


def _documented(case: Case) -> Iterator[Named]:
    for section in case.sections.get("raises", ()):
        for entry in section.entries:
            # Some write only the exception, where others write a name and a text.
            for name in entry.names or (entry.type,):
                yield Named(name, entry)


def _kin(name: str, names: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """``name``, its base classes and other names, as far as the file and Python itself tell.

    Not Exception and BaseException, which say nothing.
    """
    pending, seen = [name], {name}
    while pending and len(seen) < _MOST_BASES:
        one = pending.pop()
        new = {*names.get(one, ()), *builtin_bases(one)} - seen - EVERYTHING
        seen |= new
        pending += new
    return frozenset(seen)


class MissingRaises(AgreementRule):
    """A function raises an exception that its docstring does not mention.

    Only what the body itself raises counts, and leaves it: not what the functions it calls raise,
    nor what it catches itself, nor variables, nor NotImplementedError. A base class stands for its
    subclasses, but for Exception. The google convention asks for all errors that matter to callers;
    numpy's wants only those that surprise, so that there `complete` has to ask for it.
    """

    code, name, aliases = "DCS330", "missing-raises-entry", ("DOC501", "DOC503", "DOC504")
    enabled_by = f"{conventions('google')}|{COMPLETE}"
    asks = True
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef get(a):\n    """Get.\n\n    Raises:\n        LookupError: None.'
            '\n    """\n    raise KeyError(a)\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef get(a):\n    """Get.\n\n    Args:\n        a: One.\n    """\n'
            "    raise KeyError(a)\n",
            at=(4,),
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef get(a):\n    """Get.\n\n    Raises:\n        KeyError: None.\n'
            '    """\n    if a < 0:\n        raise ValueError(a)\n    raise KeyError(a)\n',
            at=(4,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding that names all exceptions that are left out."""
        if not case.is_main(self.options.constructor) or case.body.placeholder:
            return
        raised = [one.name for one in case.body.raised]
        if case.body.asserts and self.options.assertions:
            raised.append("AssertionError")
        if not raised:
            return
        written = {_last(named.name) for named in _documented(case)}
        names = file.shared(exception_names)
        missing = [name for name in raised if not written & _kin(_last(name), names)]
        if missing:
            who = case.speaker.qualified
            message = f"the docstring of `{who}` does not mention that it raises {listed(missing)}"
            advice = "say in a section on errors when it does so"
            yield self.at_name(file, case, message, help=advice)


class SuperfluousRaises(AgreementRule):
    """A docstring mentions an exception that the body does not raise itself.

    It may come from a function that the body calls, which nobody can tell from one file: so this is
    off unless it is asked for.
    """

    code, name, aliases = "DCS331", "superfluous-raises-entry", ("DOC502",)
    enabled_by = NO_CONVENTION
    examples = (
        Good(
            "cart.py",
            '"""Carts."""\n\n\ndef get(a):\n    """Get.\n\n    Raises:\n        KeyError: None.\n'
            '    """\n    raise KeyError(a)\n',
        ),
        Bad(
            "cart.py",
            '"""Carts."""\n\n\ndef get(a):\n    """Get.\n\n    Raises:\n        KeyError: None.\n'
            '    """\n    return a\n',
            at=(8,),
        ),
    )

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield one finding for each such exception, where it stands."""
        if "raises" not in case.sections or case.function is None:
            return
        body = case.body
        if body.placeholder or body.unnamed:
            return
        names = file.shared(exception_names)
        raised = [one.last for one in body.raised]
        raised += ["AssertionError"] if body.asserts else []
        known = frozenset().union(*(_kin(one, names) for one in raised))
        for named in _documented(case):
            if _last(named.name) not in known:
                message = f"`{case.speaker.qualified}` does not raise `{named.name}` itself"
                yield file.finding(self, case.span(named.entry), message)
