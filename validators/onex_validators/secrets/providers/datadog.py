"""Datadog.

Source: "API and application keys" on docs.datadoghq.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX, LOWER_ALNUM, WORD
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class DatadogKey(ProviderToken):
    """A key of Datadog stands in a file.

    Whoever has it reads your data, or sends false ones. Revoke it under *Organization settings*,
    and hand in a new one by the environment.
    """

    code, name = "SEC160", "datadog-key"
    provider = "Datadog"
    tokens = (
        Token(
            "application key",
            Run(HEX, 40),
            near=("datadog", "dd app key", "dd application key"),
            named=True,
        ),
        Token("application key", Run(LOWER_ALNUM, 40), near=("datadog",), named=True),
        Token("API key", Run(HEX, 32), near=("datadog", "dd api key", "dd apikey"), named=True),
        Token("application key", "ddapp_", Run(BASE62, 34)),
        Token("personal access token", "ddpat_", Run(WORD, 30, 80)),
    )
