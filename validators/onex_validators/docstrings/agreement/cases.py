"""Each docstring beside the code it speaks of: what the rules on agreement look at."""

from __future__ import annotations

import ast
import re
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from onex_tools.api import Finding, SourceFile, Span
from onex_validators.docstrings.code.body import Body, body
from onex_validators.docstrings.code.definitions import Definition, Trait, definitions, surroundings
from onex_validators.docstrings.code.signature import (
    Function,
    Signature,
    constructor,
    instance_signature,
    signature,
)
from onex_validators.docstrings.reading.parts import Entry, Reading, Section
from onex_validators.docstrings.reading.sections import read
from onex_validators.docstrings.reading.text import Docstring, docstrings
from onex_validators.docstrings.rule import DocstringRule

ARGUMENTS = ("arguments", "other arguments", "receives")
_TELLING = frozenset(
    (*ARGUMENTS, "returns", "yields", "raises", "warns", "attributes", "methods", "examples")
)
_FORMS = ("google", "numpy", "sphinx")
_MOST = 20
"""A message names so many things, and so many findings of a docstring come with a proposal."""
_RESULT = re.compile(r"\s*(?:Return|Yield)s?\b", re.IGNORECASE)


class Named(NamedTuple):
    """One name that a docstring describes, and the entry it stands in."""

    name: str
    entry: Entry

    @property
    def bare(self) -> str:
        """The name without stars."""
        return self.name.lstrip("*")


class Case:
    """One docstring and the code it speaks of.

    The docstring of a class speaks for its constructor too, where that has none of its own.

    Attributes:
        docstring: what was written.
        definition: what the docstring stands in.
        speaker: whose name a finding on something missing stands at: the constructor, for the
            arguments that a class's docstring describes; else ``definition``.
        function: the code spoken of; None for a class without a constructor of its own.
        twin: the docstring of the class for one in its constructor, and the other way round.
    """

    def __init__(
        self,
        docstring: Docstring,
        reading: Reading,
        speaker: Definition,
        function: Function | None,
    ) -> None:
        self.docstring, self.reading, self.speaker = docstring, reading, speaker
        self.definition = docstring.definition
        self.function = function
        self._twin: Callable[[], Case | None] = lambda: None

    @property
    def twin(self) -> Case | None:
        """See above; none of two holds the other, since nobody looks for such circles."""
        return self._twin()

    @twin.setter
    def twin(self, other: Case) -> None:
        self._twin = weakref.ref(other)

    @cached_property
    def sections(self) -> Mapping[str, Sequence[Section]]:
        """What the docstring has, by kind."""
        found: dict[str, list[Section]] = {}
        for section in self.reading.sections:
            found.setdefault(section.kind, []).append(section)
        return found

    @property
    def tells(self) -> bool:
        """The docstring has a section, and so more than running text."""
        return not _TELLING.isdisjoint(self.sections)

    @cached_property
    def arguments(self) -> Sequence[Sequence[Named]]:
        """The names described as arguments, section by section."""
        return [
            [Named(name, entry) for entry in section.entries for name in entry.names]
            for kind in ARGUMENTS
            for section in self.sections.get(kind, ())
        ]

    @cached_property
    def described(self) -> frozenset[str]:
        """The arguments that the docstring lists, stars left out."""
        return frozenset(named.bare for section in self.arguments for named in section)

    @cached_property
    def explained(self) -> frozenset[str]:
        """Those of ``described`` of which anything is said."""
        every = (named for section in self.arguments for named in section)
        return frozenset(named.bare for named in every if named.entry.described)

    @cached_property
    def signature(self) -> Signature | None:
        """What can be described as an argument; None where the code does not say."""
        if self.speaks_for_class:
            node = self.definition.node
            assert isinstance(node, ast.ClassDef)
            return instance_signature(node)
        assert self.function is not None
        return signature(self.definition, self.function)

    @cached_property
    def body(self) -> Body:
        """What the code does."""
        return body(self.docstring.file, self.function) if self.function else Body()

    @property
    def speaks_for_class(self) -> bool:
        """It is the docstring of a class."""
        return self.definition.kind == "class"

    @property
    def constructs(self) -> bool:
        """It is about the making of an instance, which has no result."""
        return self.speaks_for_class or (
            self.definition.kind == "method" and self.definition.name in ("__init__", "__new__")
        )

    def is_main(self, constructor: str) -> bool:
        """Whether arguments, results and errors are to be described here and not in the twin.

        ``constructor`` is the setting of that name.
        """
        if self.function is None:
            return False
        if self.twin is None:
            return True
        return self.speaks_for_class == (constructor == "class")

    def is_spare(self, constructor: str) -> bool:
        """Whether the twin is to describe all, so that nothing is missing here."""
        return self.twin is not None and constructor != "" and not self.is_main(constructor)

    @property
    def summary_names_result(self) -> bool:
        """The first line begins with ``Return`` or ``Yield``."""
        return _RESULT.match(self.docstring.lines[self.docstring.summary]) is not None

    def span(self, entry: Entry) -> Span:
        """Where ``entry`` stands in the file."""
        return self.docstring.span(entry.start, entry.end)

    def title_span(self, section: Section) -> Span:
        """Where the title of ``section``, or its first field, stands in the file."""
        return self.docstring.line_span(section.line)


class _Cases:
    """The cases of one file, read by one convention at a time."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._read: dict[tuple[str, bool], Sequence[Case]] = {}

    def by(self, convention: str, *, strictly: bool) -> Sequence[Case]:
        """All cases, the docstrings read by ``convention``.

        Unless ``strictly``, one without any entry in that convention is read by its own.
        """
        strict, loose = (convention, True), (convention, False)
        if strict not in self._read:
            self._read[strict] = list(_cases(self._file, lambda one: read(one, convention)))
        if not strictly and loose not in self._read:
            found = self._read[strict]
            if any(_read_loosely(c.docstring, convention) is not c.reading for c in found):
                found = list(_cases(self._file, lambda one: _read_loosely(one, convention)))
            self._read[loose] = found
        return self._read[strict if strictly else loose]


def _read_loosely(docstring: Docstring, convention: str) -> Reading:
    found = read(docstring, convention)
    if convention not in _FORMS or _has_entries(found):
        return found
    # What google and numpy have in common is read under either.
    other = read(docstring, "" if convention == "sphinx" else "sphinx")
    return other if _has_entries(other) else found


def _has_entries(reading: Reading) -> bool:
    return any(section.entries for section in reading.sections)


def _cases(file: SourceFile, read_by: Callable[[Docstring], Reading]) -> Iterator[Case]:
    by_node = {definition.node: definition for definition in file.shared(definitions)}
    classes: dict[Definition, Case] = {}
    for docstring in file.shared(docstrings):
        definition = docstring.definition
        node = definition.node
        if not definition.documented or definition.traits & Trait.OVERLOAD:
            continue
        if isinstance(node, ast.ClassDef):
            function = constructor(node)
            speaker = by_node.get(function, definition) if function else definition
            case = Case(docstring, read_by(docstring), speaker, function)
            classes[definition] = case
            yield case
        elif not isinstance(node, ast.Module):
            case = Case(docstring, read_by(docstring), definition, node)
            whole = classes.get(definition.outer) if definition.outer else None
            if whole and whole.function is node:
                case.twin, whole.twin = whole, case
            yield case


class AgreementRule(DocstringRule):
    """A rule that compares one docstring with the code it speaks of."""

    abstract = True
    asks = False
    """It asks for more to be written, and so leaves docstrings without any section alone."""
    strict = True
    """It looks at docstrings in the convention that is set, if one is, and at no others."""

    def cases(self, file: SourceFile) -> Sequence[Case]:
        """The docstrings of ``file`` beside their code; none where the file is left alone."""
        if file.shared(surroundings) & self._exempt:
            return ()
        return file.shared(_Cases).by(self.options.convention, strictly=self.strict)

    def _skips(self, case: Case) -> bool:
        """A docstring that is not to be there is a fault as a whole, and has no others."""
        if self._decorators.has(case.definition):
            return True
        init = case.constructs and not case.speaks_for_class
        return init and self.options.constructor == "class"

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield what ``compare`` finds, for each docstring of a file that is not left alone."""
        short = self.asks and self.options.complete == "all"
        for case in self.cases(file):
            if (short or case.tells) and not self._skips(case):
                yield from self.compare(file, case)

    def compare(self, file: SourceFile, case: Case) -> Iterable[Finding]:
        """Yield where the docstring and the code of ``case`` disagree."""
        raise NotImplementedError

    def at_name(self, file: SourceFile, case: Case, message: str, **more: Any) -> Finding:
        """A finding at the name of the function or class that lacks something."""
        span = case.speaker.span(file)
        return file.finding(self, span, message, anchor=case.speaker.qualified, **more)


def listed(names: Sequence[str]) -> str:
    """``a``, ``b`` and ``c``, in quotes; of very many the first ones and the number of others."""
    quoted = [f"`{name}`" for name in names[:_MOST]]
    if len(names) > _MOST:
        quoted.append(f"{len(names) - _MOST} more")
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def proposals(names: Iterable[str], known: Collection[str], cutoff: float) -> Iterator[str]:
    """For each name the one of ``known`` that it may be meant for, as a question, or "".

    Only the first ones get one, and none where there is a lot to choose from: it takes its time.
    """
    import difflib

    few = known if len(known) <= 10 * _MOST else ()
    for at, name in enumerate(names):
        near = difflib.get_close_matches(name[:80], few, 1, cutoff) if at < _MOST else ()
        yield f"did you mean `{near[0]}`?" if near else ""
