"""What the rules share that tell a secret by the name before it: their files, and what they say."""

from __future__ import annotations

from typing import ClassVar

from onex_tools.api import Confidence, Finding, Severity, SourceFile, Validator
from onex_validators.pattern import pattern
from onex_validators.secrets.entropy import entropy, is_random
from onex_validators.secrets.judgement import Candidate
from onex_validators.secrets.names import WORDS
from onex_validators.secrets.placeholder import is_counted
from onex_validators.secrets.places import is_documentation
from onex_validators.secrets.precedence import KEYS, PROVIDERS
from onex_validators.secrets.words import LOOSE

HELP = "hand it in at run time: a reference to the environment, a mounted file, or a secret store"
ON_REQUEST = "config:secrets.on-request="
"""``enabled_by`` of a rule on what is mostly no secret: it has to be asked for by its own code."""
_PART = pattern(r"[A-Za-z0-9+/=]{10,}")


class NamedSecret(Validator):
    """What the rules have in common."""

    abstract = True
    sensitive = True
    defers_to = (*PROVIDERS, KEYS)
    files = ("*",)
    mentions: ClassVar[tuple[str, ...]] = WORDS


def finding(rule: Validator, file: SourceFile, said: Candidate, help: str = HELP) -> Finding:
    """A finding on a candidate: what it is, where, and why it is taken for one.

    In documentation it is a warning, since most that is shown there was made for it.
    """
    kind = said.meaning.title
    decoded = f", decoded from {said.decoded_from}" if said.decoded_from else ""
    message = f"{kind} under {shown(said.name)} ({len(said.value)} characters{decoded})"
    sure = is_random(said.value)
    confidence = Confidence.HIGH if sure else Confidence.MEDIUM
    if said.meaning.kind == LOOSE:
        confidence = Confidence.MEDIUM if sure else Confidence.LOW
    is_shown = is_documentation(file)
    if is_shown or is_counted(said.value):
        confidence = Confidence.LOW
    severity = Severity.WARNING if is_shown else rule.severity
    details = {"kind": kind, "entropy": f"{entropy(said.value):.1f}"}
    return file.finding(
        rule,
        said.span,
        message,
        help=help,
        severity=severity,
        confidence=confidence,
        details=details,
    )


def shown(name: str) -> str:
    """``name`` as it may be shown: a part of it that looks drawn is left out."""
    return _PART.sub(lambda part: "…" if is_random(part[0], 10) else part[0], name[:120])
