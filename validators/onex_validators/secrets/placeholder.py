"""Values that stand for a secret and are none: they are to be replaced by whoever reads them."""

from __future__ import annotations

import re

_SAID = re.compile(r"(?i)example|placeholder|changeme|redacted|dummy|your[_-]?|x{6}|\*{4}")
_FEW = 5
"""Different characters that a real token of some length has more of."""


def is_made_up(body: str) -> bool:
    """Whether ``body``, a token without the mark of its format, only fills a place."""
    return bool(_SAID.search(body)) or len(set(body)) < min(_FEW, len(body))
