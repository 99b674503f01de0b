"""Confluent.

Source: "Manage API keys" on docs.confluent.io/cloud.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE64, UPPER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class ConfluentSecret(ProviderToken):
    """A secret of Confluent stands in a file.

    Whoever has it reads and writes your topics. Delete the key, and hand in a new one by the
    environment.
    """

    code, name = "SEC126", "confluent-secret"
    provider = "Confluent"
    tokens = (
        Token("API secret", "cflt", Run(BASE64, 60)),
        Token("API secret", Run(BASE64, 64), near=("confluent", "kafka api secret")),
        Token("API key", Run(UPPER_ALNUM, 16), near=("confluent",), named=True),
    )
