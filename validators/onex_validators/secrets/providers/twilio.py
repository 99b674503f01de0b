"""Twilio.

Source: "API keys" and "Auth tokens" on twilio.com/docs/iam.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class TwilioKey(ProviderToken):
    """A key of Twilio stands in a file.

    Whoever has it sends messages and calls for your money. Delete it in the console, and hand in a
    new one by the environment.
    """

    code, name = "SEC154", "twilio-key"
    provider = "Twilio"
    tokens = (
        Token("API key", "SK", Run(HEX, 32)),
        Token(
            "auth token",
            Run(HEX, 32),
            near=("twilio", "twilio auth token", "twilio api secret"),
            named=True,
        ),
        Token("auth token", Run(BASE62, 32), near=("twilio",), named=True),
    )
