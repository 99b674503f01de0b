"""What rules of its own recognise by its form: there, the rules on names say nothing."""

from __future__ import annotations

from onex_tools.api import SourceFile
from onex_validators.pattern import pattern
from onex_validators.secrets import authorization, connection, credential_file, url, web_token

_KEYS = pattern(rb"PRIVATE KEY|LS0tLS1CRUdJTi|PuTTY-User-Key-File")


def is_recognised(file: SourceFile, span: tuple[int, int]) -> bool:
    """Whether a rule on a format of secrets finds one at ``span``."""
    start, end = span
    if any(start < one[1] and one[0] < end for one in file.shared(_spans)):
        return True
    return _KEYS.search(file.data, start, end) is not None


def _spans(file: SourceFile) -> tuple[tuple[int, int], ...]:
    return (
        *(one.span for one in file.shared(url.logins)),
        *(one.span for one in file.shared(connection.pairs)),
        *(one.span for one in file.shared(web_token.tokens)),
        *(one.span for one in file.shared(authorization.headers)),
        *(one.span for one in file.shared(credential_file.lines)),
    )
