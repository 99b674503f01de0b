"""Mailgun.

Source: "API keys" and "Securing webhooks" on documentation.mailgun.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import HEX, LOWER_ALNUM
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class MailgunKey(ProviderToken):
    """A key of Mailgun stands in a file.

    Whoever has it sends mail in your name, or passes his messages off as Mailgun's. Replace it in
    the account's settings, and hand in the new one by the environment.
    """

    code, name = "SEC151", "mailgun-key"
    provider = "Mailgun"
    tokens = (
        Token("API key", "key-", Run(LOWER_ALNUM, 32)),
        Token(
            "API or signing key",
            Run(HEX, 32),
            "-",
            Run(HEX, 8),
            "-",
            Run(HEX, 8),
            near=("mail gun", "mg api key"),
        ),
        Token(
            "signing key",
            Run(LOWER_ALNUM, 32),
            "-",
            Run(LOWER_ALNUM, 8),
            "-",
            Run(LOWER_ALNUM, 8),
            near=("mail gun",),
        ),
        Token("validation key", "pubkey-", Run(LOWER_ALNUM, 32)),
        Token("password", Run(HEX, 32), near=("mail gun",), named=True),
    )
