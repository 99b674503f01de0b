"""What a check says: findings, their places, and the edits that would mend them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple


class Severity(IntEnum):
    """How bad a finding is; ``--fail-on`` compares against it."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The lower-case word used in configuration and reports."""
        return self.name.lower()

    @classmethod
    def named(cls, label: str) -> Severity:
        """The severity called ``label`` (``info``, ``warning``, ``error``).

        Raises:
            KeyError: there is no such severity.
        """
        return cls[label.upper()]


class Confidence(IntEnum):
    """How sure a check is that the finding is real."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        """The lower-case word used in reports."""
        return self.name.lower()


class Span(NamedTuple):
    """A half-open range of byte offsets into one file: ``data[start:end]``."""

    start: int
    end: int


class Location(NamedTuple):
    """A span in a file, with the positions a person reads.

    ``path`` is relative to the root, with ``/`` between its parts; bytes that are not UTF-8 are
    surrogate-escaped. Offsets count bytes; lines and columns count from 1, columns in characters
    (code points). A finding on a whole file is the empty span at offset 0, line 1, column 1.
    """

    path: str
    start: int = 0
    end: int = 0
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Edit(NamedTuple):
    """Replace ``data[start:end]`` of one file by ``replacement``."""

    start: int
    end: int
    replacement: bytes


class _Record:
    """Compared by what it holds, which is not shown: files have secrets.

    No dataclass, nor is there one elsewhere in the kernel: to import what makes them takes longer
    than most checks of one file.
    """

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]


class Fix(_Record):
    """Edits to the finding's own file that mend it.

    A safe fix never changes what the file means; others run only with ``--unsafe-fixes``.
    """

    __slots__ = ("edits", "safe", "title")

    def __init__(self, title: str, edits: Sequence[Edit], safe: bool = True) -> None:
        self.title, self.edits, self.safe = title, edits, safe


class Related(NamedTuple):
    """Another place that explains a finding."""

    location: Location
    message: str


class Finding(_Record):
    """One fault at one place. It has no field for matched text: a secret never gets this far.

    ``anchor`` is what stays the same when lines move: by default a digest of the span's text
    without white space. The baseline's fingerprint is made from code, path, anchor and occurrence;
    where a rule is sensitive, a digest of the secret takes the anchor's place (`fingerprints.py`).
    ``details`` say by name what the message leaves out: machines read them, people below the frame.
    """

    __slots__ = (
        "anchor",
        "code",
        "confidence",
        "details",
        "fix",
        "help",
        "location",
        "message",
        "related",
        "severity",
    )

    def __init__(
        self,
        code: str,
        location: Location,
        message: str,
        severity: Severity = Severity.WARNING,
        confidence: Confidence = Confidence.HIGH,
        help: str = "",
        fix: Fix | None = None,
        related: Sequence[Related] = (),
        anchor: str = "",
        details: Mapping[str, str] | None = None,
    ) -> None:
        self.code, self.location, self.message = code, location, message
        self.severity, self.confidence, self.help = severity, confidence, help
        self.fix, self.related, self.anchor = fix, related, anchor
        self.details: Mapping[str, str] = {} if details is None else details

    @property
    def path(self) -> str:
        """The path of the file the finding is in."""
        return self.location.path

    def order(self) -> tuple[str, int, int, str, str]:
        """The key that puts findings in their one, stable order."""
        at = self.location
        return (at.path, at.start, at.end, self.code, self.message)

    def packed(self) -> list[Any]:
        """A plain list for the cache, without the path, which the cache knows."""
        fix = self.fix
        return [
            self.code,
            self.location[1:],
            self.message,
            int(self.severity),
            int(self.confidence),
            self.help,
            fix
            and [
                fix.title,
                [[e.start, e.end, e.replacement.decode("latin-1")] for e in fix.edits],
                fix.safe,
            ],
            [[related.location, related.message] for related in self.related],
            self.anchor,
            dict(self.details),
        ]

    @classmethod
    def unpacked(cls, path: str, row: list[Any]) -> Finding:
        """The finding that ``packed`` wrote, in the file at ``path``."""
        code, at, message, severity, confidence, help_, fix, related, anchor, details = row
        return cls(
            code,
            Location(path, *at),
            message,
            Severity(severity),
            Confidence(confidence),
            help_,
            fix
            and Fix(
                fix[0],
                [Edit(start, end, new.encode("latin-1")) for start, end, new in fix[1]],
                fix[2],
            ),
            tuple(Related(Location(*where), text) for where, text in related),
            anchor,
            details,
        )


IGNORE_MARKERS = (
    b"onex:",
    b"noqa",
    b"NOQA",
    b"NoQA",
    b"pragma: allowlist",
    b"pragma:allowlist",
    b"pragma: whitelist",
    b"gitleaks:allow",
    b"hadolint ignore",
    b"checkov:skip",
)
"""A file without any of these has no directive: the cheap test before a careful one."""
ANY_NOQA = "noqa"
"""The alias a bare ``# noqa`` stands for: every rule that has a flake8-style alias."""


SECRET_SCANNERS = ("detect-secrets", "gitleaks")
"""The aliases that comments of these tools stand for: every rule whose spans are secret."""


class Ignore(NamedTuple):
    """One directive: what it waives, and on which lines.

    ``tool`` is ``onex`` or the other tool's name; ``codes`` are ours (or names), or aliases of the
    other tool. ``line`` and ``column`` are the comment's; ``first`` to ``last`` the lines it
    covers (``first`` 0: the whole file). ``fault`` says what is wrong with it, or "".
    """

    tool: str
    codes: tuple[str, ...]
    line: int
    first: int
    last: int
    start: int
    end: int
    column: int = 1
    reason: str = ""
    until: str = ""
    fault: str = ""
