"""Square.

Source: "Access tokens" and "OAuth" on developer.squareup.com/docs.
"""

from __future__ import annotations

from onex_validators.secrets.alphabet import URL_SAFE
from onex_validators.secrets.provider import ProviderToken
from onex_validators.secrets.token import Run, Token


class SquareToken(ProviderToken):
    """A token of Square stands in a file.

    Whoever has it takes payments and reads orders in your name. Replace it in the developer
    dashboard, and hand in the new one by the environment.
    """

    code, name = "SEC146", "square-token"
    provider = "Square"
    tokens = (
        Token("access token", "EAAA", Run(URL_SAFE, 60)),
        Token("access token", "sq0atp-", Run(URL_SAFE, 22)),
        Token("OAuth secret", "sq0csp-", Run(URL_SAFE, 43)),
    )
