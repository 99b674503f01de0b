"""Mailchimp and Mandrill.

Source: "Fundamentals" and "Transactional quick start" on mailchimp.com/developer. A key ends with
the data centre of its account.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import DIGITS, HEX, URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class MailchimpKey(ProviderToken):
    """A key of Mailchimp stands in a file.

    Whoever has it reads your lists and sends mail to them. Disable it under *Extras, API keys*, and
    hand in a new one by the environment.
    """

    code, name = "SEC152", "mailchimp-key"
    provider = "Mailchimp"
    tokens = (
        Token("API key", Run(HEX, 32), "-us", Run(DIGITS, 1, 2)),
        Token("Mandrill key", Run(URL_SAFE, 22), near=("mandrill",)),
        Token("transactional key", "md-", Run(URL_SAFE, 22)),
    )
