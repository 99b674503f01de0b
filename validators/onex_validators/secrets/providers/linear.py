"""Linear.

Source: "Getting started" and "OAuth" on linear.app/developers.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import BASE62, HEX
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class LinearToken(ProviderToken):
    """A token of Linear stands in a file.

    Whoever has it reads and changes your issues. Revoke it in the settings, and hand in a new one
    by the environment.
    """

    code, name = "SEC169", "linear-token"
    provider = "Linear"
    tokens = (
        Token("API key", "lin_api_", Run(BASE62, 40)),
        Token("OAuth token", "lin_oauth_", Run(HEX, 64)),
        Token("webhook secret", "lin_wh_", Run(BASE62, 20, 48)),
        Token("client secret", Run(HEX, 32), near=("linear",), named=True),
    )
