"""Anthropic.

Source: "API overview" on docs.anthropic.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Choice, Run, Token


class AnthropicKey(ProviderToken):
    """A key of Anthropic stands in a file.

    Whoever has it spends your money. Delete it in the console, and hand in a new one by the
    environment.
    """

    code, name = "SEC157", "anthropic-key"
    provider = "Anthropic"
    tokens = (
        Token(
            "key",
            Choice(
                (
                    "sk-ant-api03-",
                    "sk-ant-api02-",
                    "sk-ant-api01-",
                    "sk-ant-admin01-",
                    "sk-ant-oat01-",
                    "sk-ant-ort01-",
                    "sk-ant-sid01-",
                )
            ),
            Run(URL_SAFE, 40, 140),
        ),
        Token("key", "sk-ant-", Run(URL_SAFE, 80, 140)),
    )
