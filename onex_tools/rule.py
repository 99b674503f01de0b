"""What a rule is: its name, its documentation, its examples, its settings, and its check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, TypeVar

from onex_tools.model import Confidence, Finding, Severity
from onex_tools.source import SourceFile, Tree

C = TypeVar("C", bound=type)


class Good(NamedTuple):
    """An input on which the rule says nothing.

    ``path`` and ``text`` are one file; ``tree`` maps further paths to texts, for a tree rule.
    ``settings`` are the values of the rule's settings that the example needs, ``given`` documents
    that the run is handed, by name.
    """

    path: str
    text: str | bytes = ""
    tree: Mapping[str, str | bytes] = {}
    settings: Mapping[str, Any] = {}
    why: str = ""
    given: Mapping[str, str | bytes] = {}


class Bad(NamedTuple):
    """An input with the fault: the rule reports exactly the lines ``at``.

    For a tree rule ``at`` holds ``(path, line)`` pairs for findings outside ``path``. ``fixed`` is
    ``text`` after the fix; it must be clean, and a second fix must leave it alone. An unsafe fix
    may leave something to report that has no fix.
    """

    path: str
    text: str | bytes = ""
    at: tuple[int | tuple[str, int], ...] = (1,)
    fixed: str | bytes | None = None
    tree: Mapping[str, str | bytes] = {}
    settings: Mapping[str, Any] = {}
    why: str = ""
    given: Mapping[str, str | bytes] = {}


def setting(
    default: Any,
    doc: str,
    *,
    choices: tuple[str, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    rules: tuple[str, ...] = (),
    switches: tuple[str, ...] = (),
) -> Any:
    """A field of a settings class: its default, one sentence on it, and the values allowed.

    The annotation says the type: bool, int, float, str, tuple[str, ...] or dict[str, str].
    ``choices`` are for strings, ``minimum`` and ``maximum`` for numbers. ``rules`` are the codes,
    or their beginnings, of the rules that it means something to (none: all of the family), and
    ``switches`` the codes of those that find nothing while it is off.
    """
    import dataclasses

    metadata = {"doc": doc, "choices": choices, "minimum": minimum, "maximum": maximum}
    metadata |= {"rules": rules, "switches": switches}
    if isinstance(default, dict):
        return dataclasses.field(default_factory=lambda: dict(default), metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def settings(section: str) -> Any:
    """Make a class the settings of a family: ``[tool.onex.<section>]`` in pyproject.toml."""
    import dataclasses

    def decorate(cls: C) -> C:
        made: Any = dataclasses.dataclass(frozen=True, slots=True, repr=False)(cls)
        made.section = section
        return made  # type: ignore[no-any-return]

    return decorate


class Rule:
    """What every rule has. The class's docstring is its documentation.

    The first line, without its full stop, is what lists, hooks and SARIF show; the rest says why
    the fault matters and what to do.

    Attributes:
        code: three capital letters for the family and three digits; never used again.
        name: the fault in words, ``kebab-case``.
        preview: off unless asked for by its code or by ``preview = true``.
        sensitive: what its spans cover is secret: frames are masked, and no digest of it is
            kept but a short one in the baseline, under its key.
        settings: a class made by ``@settings``, shared by the rules of a family, or None.
        aliases: codes of other tools whose ignores (``# noqa: D103``) and selections mean this.
        opposites: codes of rules that ask for the contrary: of two only one runs, and where
            nothing else decides it is the one that names the other.
        defers_to: codes of rules on single files, or what several codes begin with: where one of
            them says something of a place, what this rule says of it is left out.
        abstract: what rules share, and no rule itself; classes derived from it are rules again.
    """

    code: ClassVar[str] = ""
    name: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.WARNING
    confidence: ClassVar[Confidence] = Confidence.HIGH
    preview: ClassVar[bool] = False
    sensitive: ClassVar[bool] = False
    abstract: ClassVar[bool] = False
    enabled_by: ClassVar[str] = ""
    """Off by default until there is evidence: a glob that some file matches (``containers/**``),
    ``config:SECTION`` (the section is configured), ``config:SECTION.SETTING`` (that is set, and not
    to nothing), ``config:SECTION.SETTING=VALUE,VALUE`` (it is set to one of these; with no value
    after the sign: never); several are joined by ``|``. A ``select`` that names the rule or its
    family needs no evidence; where a value is asked for, only the rule's own code or name does
    without. Or ``given:NAME``, alone: the run was handed a document of that name; without it
    the rule never runs."""
    settings: ClassVar[type | None] = None
    aliases: ClassVar[tuple[str, ...]] = ()
    opposites: ClassVar[tuple[str, ...]] = ()
    defers_to: ClassVar[tuple[str, ...]] = ()
    examples: ClassVar[tuple[Good | Bad, ...]] = ()

    def __init__(self, options: Any = None) -> None:
        self.options: Any = options if options is not None else (self.settings and self.settings())

    @classmethod
    def summary(cls) -> str:
        """The first line of the docstring, without its full stop."""
        from inspect import cleandoc

        return cleandoc(cls.__doc__ or "").partition("\n")[0].rstrip(".")

    @classmethod
    def explanation(cls) -> str:
        """The docstring after its first line: why it matters, and what to do."""
        from inspect import cleandoc

        return cleandoc(cls.__doc__ or "").partition("\n")[2].strip()


class _ForFiles:
    """Which files a check is for: a kind or a glob on the path is enough.

    ``contains``, where given, narrows that to files with at least one of these texts (as UTF-8, or
    as UTF-16 under its mark): for the others the check is neither run nor imported. ``mentions``
    does so by words in however they are written: "api key" is in a file with ``API_KEY``,
    ``api-key`` or ``apiKey``. Where both are given, one text or one word is enough.

    ``outline`` says that of a Python file it reads ``file.outline`` and not ``file.python``. Where
    that holds for all checks of a file, the bodies of its functions are not parsed. An instance
    that needs more with its settings sets it to False.
    """

    kinds: ClassVar[tuple[str, ...]] = ()
    files: ClassVar[tuple[str, ...]] = ()
    contains: ClassVar[tuple[str, ...]] = ()
    mentions: ClassVar[tuple[str, ...]] = ()
    outline: bool = False


class Validator(_ForFiles, Rule):
    """A rule that judges one file at a time, from that file alone."""

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield the faults of ``file``. It neither filters nor reads anything else."""
        raise NotImplementedError


class Extractor(_ForFiles):
    """Small facts about one file, kept in the cache, for tree rules to join.

    ``name`` is unique among all plugins; ``settings`` as in Rule. ``files_from`` names those of the
    settings that hold globs: files that match one are wanted too.
    """

    name: ClassVar[str] = ""
    settings: ClassVar[type | None] = None
    files_from: ClassVar[tuple[str, ...]] = ()

    def __init__(self, options: Any = None) -> None:
        self.options: Any = options if options is not None else (self.settings and self.settings())

    def extract(self, file: SourceFile) -> Any:
        """A value that JSON can hold, or None where the file has no such fact."""
        raise NotImplementedError

    def extract_pieces(self, path: str, kind: str, pieces: Iterator[bytes]) -> Any:
        """``extract`` for a file that is larger than checks read, from its bytes piece by piece.

        An extractor without this method never sees such a file.
        """
        raise NotImplementedError


class TreeValidator(Rule):
    """A rule that judges the repository as a whole, from listings and facts."""

    uses: ClassVar[tuple[type[Extractor], ...]] = ()

    def check(self, tree: Tree) -> Iterable[Finding]:
        """Yield the faults of ``tree``, in any order."""
        raise NotImplementedError
