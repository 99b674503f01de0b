"""What the rules on configuration share: which files they read, and each place said once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from onex_tools.api import Finding, Severity, SourceFile, Span, Validator
from onex_validators.environment.neighbour import has_secret
from onex_validators.environment.place import is_left_alone
from onex_validators.environment.settings import Environment
from onex_validators.environment.value import Value, matches

KINDS = (
    *("batch", "conf", "dockerfile", "dotenv", "editorconfig", "gitconfig", "hcl", "ini", "json"),
    *("json5", "powershell", "properties", "shell", "systemd", "toml", "xml", "yaml"),
)
"""Kinds of files whose settings are known."""
FILES = ("**/*.cnf", "**/*.config", "**/*.plist", "**/*.pubxml")


class ConfigurationRule(Validator):
    """A rule that judges what is set in committed configuration."""

    abstract = True
    severity = Severity.INFO
    kinds = KINDS
    files = FILES
    settings = Environment
    pattern: ClassVar[re.Pattern[str]]
    """What may be a fault."""
    sign: ClassVar[re.Pattern[bytes]] = re.compile(b"")
    """What a file with a fault holds: the settings of others are not looked for."""
    message: ClassVar[str]
    """What is wrong with it: it goes where ``{}`` stands."""
    help: ClassVar[str] = "take it from the environment"

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield what ``judge`` finds, each place once."""
        if not self.is_asked_of(file):
            return
        places = _Places(file)
        for value, match in matches(file, self.pattern):
            found = self.judge(file, value, match)
            span = places.next(value, found) if found else None
            if span is not None and not has_secret(file.data, span):
                yield file.finding(self, span, self.message.format(found), help=self.help)

    def is_asked_of(self, file: SourceFile) -> bool:
        """Whether the values of ``file`` are to be judged."""
        return self.sign.search(file.data) is not None and not is_left_alone(file, self.options)

    def judge(self, file: SourceFile, value: Value, match: re.Match[str]) -> str:
        """The part of ``value`` that is a fault, or empty."""
        raise NotImplementedError


class _Places:
    """Where texts stand in the bytes of values: the same text again is found further on."""

    def __init__(self, file: SourceFile) -> None:
        self._data = file.data
        self._seen: set[Span] = set()
        self._after: dict[tuple[Span, str], int] = {}

    def next(self, value: Value, text: str) -> Span | None:
        """The next place of ``text`` in ``value``, the whole of it where it is written otherwise.

        None for a place that was given before.
        """
        start, end = value.span
        written = text.encode("utf-8", "surrogateescape")
        at = self._data.find(written, self._after.get((value.span, text), start), end)
        self._after[value.span, text] = at + len(written) if at >= 0 else end
        span = Span(at, at + len(written)) if at >= 0 else value.span
        if span in self._seen:
            return None
        self._seen.add(span)
        return span
