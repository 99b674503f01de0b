"""Texts that a machine drew, under no name that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from onex_tools.api import Bad, Confidence, Finding, Good, Severity, SourceFile, Span, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets.entropy import entropy, is_random
from onex_validators.secrets.made_up import drawn
from onex_validators.secrets.named import named
from onex_validators.secrets.named_secret import ON_REQUEST
from onex_validators.secrets.places import is_documentation, is_passed_over, is_test
from onex_validators.secrets.precedence import KEYS, PROVIDERS
from onex_validators.secrets.recognised import is_recognised

_LITERAL = pattern(rb"(?P<q>[\"'`])(?P<value>[A-Za-z0-9+/_\-]{32,128}+={0,2})(?P=q)")
_DIGEST = pattern(
    rb"(?i)sha\d|integrity|digest|checksum|hash|md5|fingerprint|public|uuid|guid|etag|nonce|commit|rev"
)
_BEFORE = 60
"""Bytes before a literal in which a word may say that it is a digest."""
_BITS = 4.2
_MOST = 20
"""Such texts in a file: more are a table of data."""


class _Examples:
    def __get__(self, _: object, owner: type[Validator]) -> tuple[Good | Bad, ...]:
        text = drawn("entropy", 44)
        return (
            Bad("send.py", f'send("{text}")\n'),
            Good("send.py", f'send(integrity="{text}")\n'),
            Good("send.py", 'send("a-text-of-words-that-somebody-wrote-by-hand")\n'),
        )


class HighEntropyString(Validator):
    """A literal looks drawn by a machine.

    No name says what it is for, and it is long, with letters of both cases and digits in no order.
    It may be a key; it may be an identifier, or data. If it is a secret, read it at run time; if
    not, say so with a comment that ignores this rule. Most are none, so this rule runs only where
    its own code is selected.
    """

    code, name = "SEC030", "high-entropy-string"
    severity = Severity.WARNING
    confidence = Confidence.LOW
    enabled_by = ON_REQUEST
    sensitive = True
    defers_to = (*PROVIDERS, KEYS)
    files = ("*",)
    contains = ('"', "'", "`")
    examples: ClassVar[Any] = _Examples()

    def check(self, file: SourceFile) -> Iterable[Finding]:
        """Yield every literal that no other rule on secrets knows."""
        if file.is_binary or is_test(file.path) or is_documentation(file) or is_passed_over(file):
            return
        found = [(span, bits) for span, bits in _literals(file.data) if not _is_known(file, span)]
        for span, bits in found if len(found) <= _MOST else ():
            message = f"a literal of {span.end - span.start} characters looks drawn by a machine"
            yield file.finding(self, span, message, details={"entropy": f"{bits:.1f}"})


def _literals(data: bytes) -> Iterator[tuple[Span, float]]:
    for literal in _LITERAL.finditer(data):
        text, start = literal["value"].decode(), literal.start()
        mixed = re.search(r"\d", text) and re.search(r"[a-z]", text) and re.search(r"[A-Z]", text)
        if not mixed or text.count("/") > 3 or not is_random(text, 32):
            continue
        bits = entropy(text)
        head = data[max(start - _BEFORE, 0) : start].rpartition(b"\n")[2]
        if bits >= _BITS and not _DIGEST.search(head):
            yield Span(*literal.span("value")), bits


def _is_known(file: SourceFile, span: Span) -> bool:
    """Whether another rule on secrets reports what stands at ``span``."""
    spans = (one.span for one in file.shared(named))
    return is_recognised(file, span) or any(s < span.end and span.start < e for s, e in spans)
