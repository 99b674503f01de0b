"""Heroku.

Source: "Platform API reference, Authentication" on devcenter.heroku.com.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import UUID, Run, Token


class HerokuKey(ProviderToken):
    """A key of Heroku stands in a file.

    Whoever has it deploys your apps and reads their settings. Regenerate it under *Account
    settings*, and hand in the new one by the environment.
    """

    code, name = "SEC105", "heroku-key"
    provider = "Heroku"
    tokens = (
        Token("API key", "HRKU-", Run(URL_SAFE, 36, 64)),
        Token("API key", *UUID, near=("heroku",), named=True),
    )
