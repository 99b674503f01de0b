"""Which tool a file is from, told by what is in it."""

from __future__ import annotations

import os

from onex_tools.accepted import detect_secrets, gitleaks
from onex_tools.accepted.document import Document, read_text
from onex_tools.accepted.entry import Entry, Ground


def read_entries(path: str, root: str) -> list[Entry]:
    """The accepted findings in the file at ``path`` (as typed), their paths relative to ``root``.

    A JSON object is a baseline of detect-secrets, an array a report of gitleaks, anything else
    its ignore file.

    Raises:
        AcceptedError: it cannot be read, or is none of them.
    """
    text = read_text(path)
    ground = Ground(root, os.path.dirname(os.path.abspath(path)))
    if not text.lstrip().startswith(("{", "[")):
        return list(gitleaks.ignored(path, text, ground))
    document = Document(path, text)
    if isinstance(document.value, dict):
        return list(detect_secrets.entries(document, ground))
    return list(gitleaks.reported(document, ground))
