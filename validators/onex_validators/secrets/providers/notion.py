"""Notion.

Source: "Authorization" on developers.notion.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, DIGITS
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class NotionToken(ProviderToken):
    """A token of Notion stands in a file.

    Whoever has it reads and changes what its integration sees. Refresh it under *My integrations*,
    and hand in the new one by the environment.
    """

    code, name = "SEC168", "notion-token"
    provider = "Notion"
    tokens = (
        Token("token", "ntn_", Run(DIGITS, 11), Run(BASE62, 35)),
        Token("token", "secret_", Run(BASE62, 43)),
    )
